"""Which column of a list is which field: by its heading in three languages, else by what stands in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.forms import sound_address
from app.people.collation import folded

FIELDS = (
    "given_name", "family_name", "name", "email", "organisation", "title", "unit", "language", "group",
)  # fmt: skip

# headings as secretaries write them, and those of Outlook's, Google's, Exchange's and Entra's own exports
HEADINGS = {
    "given_name": "etunimi|etunimet|kutsumanimi|förnamn|tilltalsnamn|first name|given name|forename",
    "family_name": "sukunimi|efternamn|släktnamn|last name|family name|surname|sn",
    "name": """nimi|koko nimi|henkilö|osallistuja|jäsen|näyttönimi|namn|hela namnet|person|deltagare|medlem|
        visningsnamn|name|full name|whole name|display name|e-mail display name|sähköpostin näyttönimi|sukunimi etunimi|
        etunimi sukunimi|sukunimi, etunimi|efternamn, förnamn|förnamn efternamn|efternamn förnamn|last name, first name|
        participant|member|file as|henkilön nimi|osallistujan nimi|jäsenen nimi""",
    "email": """sähköposti|sähköpostiosoite|sähköpostit|s-posti|sposti|meili|e-post|e-postadress|epost|mejl|mail|
        mailadress|email|e-mail|e-mail address|email address|e-mail 1 - value|e-mail 1|e-mail 1 address|smtp|
        smtp address|primary smtp address|windows email address|external email address|user principal name|work email|
        osoite (sähköposti)|sähköposti 1|sähköpostiosoite 1""",
    "organisation": """organisaatio|organisaation nimi|virasto|ministeriö|yritys|työnantaja|taustaorganisaatio|yhteisö|
        taho|edustaa|edustettu taho|edustama taho|laitos|kunta|organisation|organisationens namn|ämbetsverk|företag|
        arbetsgivare|ministerium|företräder|organization|company|company name|employer|organization name|
        organisation name|organization 1 - name|agency|ministry|affiliation|represents""",
    "title": """titteli|virkanimike|tehtävä|tehtävänimike|nimike|asema|rooli työssä|tjänst|tjänstebeteckning|befattning|
        titel|tjänstetitel|title|job title|position|organization title|organization 1 - title|työnimike""",
    "unit": """yksikkö|osasto|toimiala|enhet|avdelning|department|unit|division|organization department|
        organization 1 - department|office""",
    "language": """kieli|asiointikieli|äidinkieli|kirjeenvaihtokieli|språk|kontaktspråk|language|preferred language""",
    "group": """ryhmä|ryhmän nimi|verkosto|verkoston nimi|työryhmä|toimielin|grupp|arbetsgrupp|nätverk|organ|group|
        network|working group|group name""",
}
BETWEEN = re.compile(r"[\W_]+")
IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")


def _bare(heading: str) -> str:
    return BETWEEN.sub("", folded(heading))


KNOWN = {_bare(heading): field for field, headings in HEADINGS.items() for heading in headings.split("|")}


def field_of(heading: str) -> str | None:
    """Return the field that a heading names: `Sähköposti (työ)`, `PrimarySmtpAddress`, `Efternamn`."""
    return KNOWN.get(_bare(heading)) or KNOWN.get(_bare(IN_BRACKETS.sub(" ", heading)))


def has_headings(first: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bool:
    """Whether a list's first row says what the columns are, rather than being somebody like the rows below."""
    if any("@" in cell and not field_of(cell) for cell in first):
        return False
    addresses = [cells for cells in _by_content(rows, len(first)) if _share(cells, sound_address) > 0.5]
    return any(map(field_of, first)) or bool(addresses and all(cell.strip() for cell in first))


def fields_of(first: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str | None]:
    """Return for each column the field that it seems to be, each field at most once.

    first is the row of headings, or empty where there are none; rows are some of those below.
    """
    width = max(map(len, [first, *rows]), default=0)
    named = [field_of(cell) for cell in first] + [None] * (width - len(first))
    if "jobtitle" in map(_bare, first):  # then Outlook's other title is Mr or Dr
        named = [None if _bare(cell) == "title" else field for cell, field in zip(first, named, strict=False)]
    found = [field if field and field not in named[:place] else None for place, field in enumerate(named)]
    by_content = _by_content(rows, width)
    if "email" not in found:
        _place(found, "email", [_share(cells, sound_address) for cells in by_content])
    if not {"name", "family_name", "given_name"} & set(found) and not any(named):
        _find_names(found, by_content)
    if "name" in found and {"given_name", "family_name"} <= set(found):
        found[found.index("name")] = None
    return found


def _by_content(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return what stands in each column."""
    return [[row[place].strip() for row in rows if place < len(row) and row[place].strip()] for place in range(width)]


def _share(cells: Sequence[str], holds) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _place(found: list[str | None], field: str, shares: Sequence[float]) -> None:
    """Call the free column of which most cells are so by the field's name."""
    best = max(range(len(found)), key=lambda place: (found[place] is None, shares[place]), default=None)
    if best is not None and found[best] is None and shares[best] > 0.5:
        found[best] = field


def _find_names(found: list[str | None], by_content: Sequence[Sequence[str]]) -> None:
    """Find one column of whole names, else two of single words beside each other, in a list without headings."""
    whole = [_share(cells, lambda cell: len(_words(cell)) in (2, 3)) for cells in by_content]
    single = [_share(cells, lambda cell: len(_words(cell)) == 1 and not cell.isupper()) for cells in by_content]
    pairs = [p for p in range(len(found) - 1) if found[p] is found[p + 1] is None and min(single[p : p + 2]) > 0.7]
    if pairs:
        found[pairs[0] : pairs[0] + 2] = _ordered(by_content[pairs[0]], by_content[pairs[0] + 1])
    else:
        _place(found, "name", whole)


def _ordered(left: Sequence[str], right: Sequence[str]) -> list[str | None]:
    """Return which of two columns has the family names: where more end as only those do."""
    if _share(left, _looks_like_family) > _share(right, _looks_like_family):
        return ["family_name", "given_name"]
    return ["given_name", "family_name"]


def _looks_like_family(name: str) -> bool:
    return folded(name).endswith(("nen", "sson", "strom", "berg", "lund", "maki", "qvist", "holm"))


def _words(cell: str) -> list[str]:
    words = cell.replace(",", " ").split()
    return words if all(word.replace("-", "").replace("’", "").isalpha() for word in words) else []
