"""Pasted addresses, read without a database."""

from __future__ import annotations

import argparse
import json
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE


def parse_addresses(args: argparse.Namespace) -> None:
    """Print one JSON object a line for every entry of the text on standard input.

    It is UTF-8, or UTF-16 with a byte order mark, else Windows' own (1252).
    """
    from app.imports.address_problems import sentence
    from app.imports.addresses import parse_addresses

    for one in parse_addresses(_decoded(sys.stdin.buffer.read())):
        shown = {
            "given_name": one.given_name,
            "family_name": one.family_name,
            "email": one.email,
            "organisation": one.organisation,
            "problem": sentence(one.problem) if one.problem else None,
        }
        print(json.dumps(shown, ensure_ascii=False))


def _decoded(raw: bytes) -> str:
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
