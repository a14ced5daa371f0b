"""The audit trail: verified, printed."""

from __future__ import annotations

import argparse
import json

from app.commands.opening import opened
from app.errors import Refused


def verify(args: argparse.Namespace) -> None:
    """Print what is wrong, a fact a line; raises Refused where anything is."""
    from app.audit.anchoring import anchors_in
    from app.audit.chain import anchor_of, faults, key_of
    from app.audit.trail import entries, head_of

    with opened() as (database, settings), database.session(readonly=True) as session:
        try:
            anchors = [*anchors_in(settings.data), *map(anchor_of, args.anchor)]
        except ValueError:
            raise Refused("an anchor is a number, a hyphen and 64 digits, as `koolle audit verify` prints it") from None
        found = 0
        for fault in faults(entries(session), key_of(settings.secret), anchors):
            found += 1
            print(fault.number, fault.kind, sep="\t")
        head = head_of(session)
    if found:
        raise Refused(f"the trail is not what was written: {found} places")
    print(f"The trail is whole. Its anchor: {head.words()}" if head else "The trail is empty.")


def show(args: argparse.Namespace) -> None:
    """Print a JSON object a line, the oldest first."""
    from app.audit.trail import entries

    with opened() as (database, _settings), database.session(readonly=True) as session:
        for fact, _digest in entries(session):
            print(json.dumps(vars(fact) | {"at": fact.at.isoformat()}, ensure_ascii=False))
