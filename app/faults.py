"""What kept a request from being done: a disk that is full, a database that is gone or busy, or a fault of ours. Pure.

Both drivers say what happened in a code of their own: SQLite by its result codes (sqlite.org/rescode.html), PostgreSQL
by SQLSTATE (appendix A of its manual).
"""

from __future__ import annotations

import errno

FULL, GONE = "full", "gone"

# SQLITE_FULL; SQLITE_IOERR_WRITE, which is a limit on the size of a file; SQLITE_IOERR_SHMSIZE
FULL_IN_SQLITE = {13, 778, 4874}
# disk_full; the shared-memory or temporary files could not grow (53000 is "insufficient resources")
FULL_IN_POSTGRESQL = {"53100"}
FULL_ON_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def fault_of(error: BaseException | None) -> str | None:
    """Return FULL where there was no room to write, GONE where the database cannot be reached or written to just now,
    and None for whatever else. What caused an error is looked at as well."""
    seen: set[int] = set()
    gone = False
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _is_full(error):
            return FULL
        gone = gone or type(error).__name__ in ("OperationalError", "InterfaceError", "TimeoutError", "PoolTimeout")
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__
    return GONE if gone else None


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL_ON_DISK
    if getattr(error, "sqlite_errorcode", None) in FULL_IN_SQLITE:
        return True
    return getattr(error, "sqlstate", None) in FULL_IN_POSTGRESQL
