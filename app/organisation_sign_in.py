"""What the installation is told of the organisation's own sign-in (OpenID Connect), and how an address is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import SplitResult, urlsplit

from app.errors import BadSetting


def read_sign_in(environ: Mapping[str, str]) -> dict[str, str | None]:
    """The organisation's sign-in: all of it, or nothing. Only a provider on this machine may do without TLS."""
    issuer = environ.get("KOOLLE_OIDC_ISSUER") or None
    if issuer is None:
        return {}
    parts = server_of(issuer, ("https", "http"))
    near = parts is not None and parts.hostname in ("127.0.0.1", "localhost")
    if parts is None or parts.query or parts.fragment or parts.username or (parts.scheme == "http" and not near):
        raise BadSetting("KOOLLE_OIDC_ISSUER", "must be the provider's https:// address, as its own description has it")
    for name in ("KOOLLE_OIDC_CLIENT_ID", "KOOLLE_OIDC_CLIENT_SECRET"):
        if not environ.get(name):
            raise BadSetting(name, "is needed with KOOLLE_OIDC_ISSUER")
    name = environ.get("KOOLLE_OIDC_NAME") or parts.hostname or ""
    if not name.isprintable() or len(name) > 60:
        raise BadSetting("KOOLLE_OIDC_NAME", "must be a name on one line, of at most 60 characters")
    return {
        "oidc_issuer": issuer, "oidc_client_id": environ["KOOLLE_OIDC_CLIENT_ID"],
        "oidc_client_secret": environ["KOOLLE_OIDC_CLIENT_SECRET"], "oidc_name": name,
    }  # fmt: skip


def server_of(text: str, schemes: Collection[str]) -> SplitResult | None:
    """Take an address of one of the schemes apart; None for what names no server."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if sound and text.isprintable() and " " not in text else None
