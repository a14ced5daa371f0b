"""Pasted text made even: one kind of line end, space and quotation mark, nothing hidden, no bullets. Pure."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from html import unescape
from quopri import decodestring
from unicodedata import category, normalize

OVERRIDE = "\u202e"  # stands for both overrides, so that what held one can be refused

LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_spaces = {code: " " for code in range(0x3001) if category(chr(code)) == "Zs"}
_hidden = {
    code: None
    for code in [*range(0x110), *range(0x2000, 0x2070), 0x61C, 0xFEFF, 0xFFFE, 0xFFFF, *range(0xFFF9, 0xFFFC)]
    if category(chr(code)) in ("Cc", "Cf", "Cn") and code not in (0x09, 0x0A)
}
EVEN = (
    _hidden
    | _spaces
    | {ord(c): '"' for c in "“”„‟«»″＂"}
    | str.maketrans("{}‹›＜＞＠；，、", "()<><>@;,,")
    | {0x202D: OVERRIDE, 0x202E: OVERRIDE}
)

ENTITY = re.compile(r"&(?:lt|gt|quot|amp|nbsp|apos|[aouAOU]uml|[aA]ring|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
AT = re.compile(r"(?<=[\w-]) ?[\[({](?:at|ät|miukumauku)[\])}] ?(?=\w)", re.IGNORECASE)
DOT = re.compile(r"(?<=[\w-]) ?[\[({](?:dot|piste|punkt)[\])}] ?(?=\w)", re.IGNORECASE)
ENCODED = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{1,10})?\?([bBqQ])\?([^?\n]{0,1000})\?=")
FOLDED = re.compile(r"(\?=)[ \t]*\n?[ \t]+(?==\?)")

HEADER = re.compile(
    r"(?:^|(?<=[;\n]))[ \t*_]*+(?:to|cc|bcc|from|reply-to|sender|recipients?|attendees?|required|optional|organi[sz]er"
    r"|vastaanottaja|vastaanottajat|kopio|kopiot|piilokopio|lähettäjä|pakolliset|valinnaiset|järjestäjä|osallistujat"
    r"|kutsutut|saaja|saajat|jakelu|tiedoksi|vastausosoite|till|kopia|hemlig kopia|från|avsändare|mottagare|deltagare"
    r"|obligatoriska|valfria|arrangör|svar till|an|von|de|à|kellelt|kellele|kenelle|keneltä|participants|invited"
    r"|inbjudna|läsnä|poissa|(?:pakollinen|valinnainen) osallistuja)"
    r"[ \t*_]*:[ \t*_]*",
    re.IGNORECASE,
)
OTHER_HEADER = re.compile(
    r"^[ \t*_]*+(?:subject|aihe|otsikko|ämne|betreff|objet|teema|date|sent|päivämäärä|päiväys|lähetetty|skickat"
    r"|gesendet|envoyé|saadetud|datum|when|where|location|sijainti|paikka|aika|plats|tid|attachments?|liitteet|bilagor|anlagen"
    r"|importance|tärkeys|prioritet|priorität)[ \t*_]*:.*$"
    r"|^[ \t]*-{2,}[^\n@-]*(?:message|viesti|meddelande|nachricht)[^\n@-]*-{2,}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
BULLET = re.compile(
    r"^[ \t]*(?:[-*•·–—▪◦‣●○■□☐☑✓✔→o]+[ \t]+(?=\S)|\(?\d{1,4}[.)]\)?[ \t]+|[a-zA-Z]\)[ \t]+"
    r"|\[[ xX]?\][ \t]*)",
    re.MULTILINE,
)
INDENTED = re.compile(r"^ *\t+(?=[^\t\n]*$)", re.MULTILINE)
QUOTED = re.compile(r"^[ \t]*>[> ]*", re.MULTILINE)
WROTE = ("wrote", "kirjoitti", "skrev", "schrieb", "a écrit", "escribió", "kirjutas")
ANSWERED = re.compile(
    rf"^(.{{0,200}}?(?:\n.{{0,200}}?)?)[ \n](?:{'|'.join(WROTE)})\b(.{{0,200}}):[ \t]*$", re.MULTILINE
)
TIME = re.compile(r"\d{1,2}[.:]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?,?", re.IGNORECASE)
EMPTY_LINES = re.compile(r"\n[ \t]*\n[ \t\n]+(?<=\n)")
PICTURES = re.compile("[\u2190-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]+")
ON_BEHALF = re.compile(r"[ \n](?:on behalf of|i uppdrag av)[ \n]", re.IGNORECASE)
NESTED = re.compile(r"<([^<>@\s]{1,100}@[^<>\s]{1,255})<mailto:[^<>]{0,400}>>")


def made_even(text: str) -> str:
    """Return pasted text with line ends as \\n, plain spaces and quotation marks, MIME words and entities decoded.

    What nobody sees is gone (control, zero-width and bidirectional characters); an override of the direction of text
    stays as OVERRIDE. Bullets, numbers, marks of quoting, and the names of header fields are gone as well.
    """
    text = EMPTY_LINES.sub("\n\n", LINE_ENDS.sub("\n", text))
    if "=?" in text:
        text = ENCODED.sub(_decoded, FOLDED.sub(r"\1", text))
    if "&" in text:
        text = ENTITY.sub(lambda found: unescape(found[0]), text)
    text = PICTURES.sub(" ", normalize("NFC", text).translate(EVEN))
    if AT.search(text):
        text = DOT.sub(".", AT.sub("@", text))
    text = INDENTED.sub(" ", text)
    text = BULLET.sub("", QUOTED.sub("", OTHER_HEADER.sub("", text)))
    if any(verb in text for verb in WROTE):
        text = ANSWERED.sub(_who_wrote, text)
    text = ON_BEHALF.sub("; ", text.replace("\\,", ","))
    return NESTED.sub(r"<\1>", HEADER.sub("\n", text))


def _who_wrote(found: re.Match[str]) -> str:
    """Return who wrote, out of the line that a mail program sets above what it quotes: "klo 9.14 Anna kirjoitti:"."""
    before, after = (TIME.split(said)[-1].strip() for said in found.groups())
    return before or after


def _decoded(found: re.Match[str]) -> str:
    """Return what an encoded word (RFC 2047) says, as a quoted string; the word itself where it is broken."""
    charset, encoding, word = found.groups()
    try:
        if encoding in "bB":
            raw = b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
        else:
            raw = decodestring(word.encode("ascii"), header=True)
        said = raw.decode(charset)
    except (LookupError, ValueError, Error):
        return found[0]
    return '"' + "".join(" " if c in '"\\\n' else c for c in said) + '"'
