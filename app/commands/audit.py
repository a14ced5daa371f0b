"""The audit trail: verified, printed."""

from __future__ import annotations

import argparse
import json

from app.commands.opening import opened
from app.errors import Refused


def verify(args: argparse.Namespace) -> None:
    """Print what is wrong, a fact a line; raises Refused where anything is."""
    from app.audit.chain import anchor_of
    from app.audit.checking import checked

    unreadable = "an anchor is a number, a hyphen and 64 digits, as `koolle audit verify` prints it"
    with opened() as (database, settings), database.session(readonly=True) as session:
        try:
            found = checked(session, settings, [*map(anchor_of, args.anchor)])
        except ValueError:
            raise Refused(unreadable) from None
    if found.anchors is None:
        raise Refused(unreadable)
    for fault in found.faults:
        print(fault.number, fault.kind, sep="\t")
    if found.faults:
        raise Refused(f"the trail is not what was written: {len(found.faults)} places")
    print(f"The trail is whole. Its anchor: {found.head.words()}" if found.head else "The trail is empty.")


def show(args: argparse.Namespace) -> None:
    """Print a JSON object a line, the oldest first."""
    from app.audit.trail import entries

    with opened() as (database, _settings), database.session(readonly=True) as session:
        for fact, _digest in entries(session):
            print(json.dumps(vars(fact) | {"at": fact.at.isoformat()}, ensure_ascii=False))
