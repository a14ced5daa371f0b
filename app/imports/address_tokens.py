"""What pasted text is made of: words, separators, and what stands between brackets and quotation marks. Pure."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""[ ]*(?:
      (?P<word>[^\s;,<>"()\[\]|]+)
    | (?P<end>;+|,+|\|+|[\t\n])
    | (?P<stray>"{3,}|[])>]+)
    | (?P<angle><[^<>]{0,400}>)
    | (?P<quoted>(?<![^\s;,<(\[>"':])"(?:[^"\\<\n]|\\[^\n]|\n(?!\n)){0,250}")
    | (?P<note>\(+)
    | (?P<bracket>\[[^\[\]\n]{0,300}\])
    | (?P<other>.)
    )""",
    re.VERBOSE,
)
TAG = re.compile(r"</?(?:a|b|i|u|p|br|div|span|td|th|tr|li|ul|ol|table|tbody|strong|em|font|html|body|o:p)[\s/>]", re.I)
HREF = re.compile(r"mailto:([^\"'\s>?]{1,300})", re.I)
ROUTE = re.compile(r"@[^:<>]{1,200}:")
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
SCHEME = re.compile(r"(?:mailto|smtp|sip|e-?mail|s-?posti|sähköposti|e-?post):", re.I)
LABELS = frozenset(
    "email e-mail mail sähköposti s-posti sposti e-post epost mejl osoite mailto smtp puh puhelin tel gsm mob mobile"
    " matkapuhelin p tfn phone nimi namn name".split()
)
INTERNAL = ("/o=", "/ou=", "/cn=")  # X.500, as Exchange writes whom it knows itself
AND = frozenset("ja sekä och samt and & und".split())
POINTS = ".:!?…'`´’‘_~^*"
WEB = ("http://", "https://", "www.")
ASIDE = re.compile(r"\(([^()]{1,100})\)|\[([^\[\]]{1,100})\]")
NICKNAME = re.compile(r'\s?\\"[^"\\]{1,60}\\"')
QUOTES = "'‘’`´*"


def closing_brackets(text: str) -> dict[int, int]:
    """Return for every round bracket that opens and is no inner one the place that closes it on the same line."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for found in re.finditer(r"[()\n]", text):
        mark = found[0]
        if mark == "(":
            opened.append(found.start())
        elif mark == "\n":
            opened.clear()
        elif opened:
            closing[opened.pop()] = found.start()
    return closing
