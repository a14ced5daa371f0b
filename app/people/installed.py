"""The organisations that come with the installation: rows like any others, to be changed and deleted.

Names are those of the Government's own lists of ministries in Finnish, Swedish and English, and of the two bodies' own
pages. Finnish and Swedish ministries begin with a small letter inside a sentence.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.collation import folded
from app.people.models import Organisation

COLUMNS = ("name", "abbreviation", "name_sv", "abbreviation_sv", "name_en")
INSTALLED = (
    ("valtioneuvoston kanslia", "VNK", "statsrådets kansli", "SRK", "Prime Minister’s Office"),
    ("ulkoministeriö", "UM", "utrikesministeriet", "UM", "Ministry for Foreign Affairs"),
    ("oikeusministeriö", "OM", "justitieministeriet", "JM", "Ministry of Justice"),
    ("sisäministeriö", "SM", "inrikesministeriet", "IM", "Ministry of the Interior"),
    ("puolustusministeriö", "PLM", "försvarsministeriet", "FSM", "Ministry of Defence"),
    ("valtiovarainministeriö", "VM", "finansministeriet", "FM", "Ministry of Finance"),
    (
        "opetus- ja kulttuuriministeriö", "OKM",
        "undervisnings- och kulturministeriet", "UKM", "Ministry of Education and Culture",
    ),
    (
        "maa- ja metsätalousministeriö", "MMM",
        "jord- och skogsbruksministeriet", "JSM", "Ministry of Agriculture and Forestry",
    ),
    (
        "liikenne- ja viestintäministeriö", "LVM",
        "kommunikationsministeriet", "KM", "Ministry of Transport and Communications",
    ),
    (
        "työ- ja elinkeinoministeriö", "TEM",
        "arbets- och näringsministeriet", "ANM", "Ministry of Economic Affairs and Employment",
    ),
    (
        "sosiaali- ja terveysministeriö", "STM",
        "social- och hälsovårdsministeriet", "SHM", "Ministry of Social Affairs and Health",
    ),
    ("ympäristöministeriö", "YM", "miljöministeriet", "MM", "Ministry of the Environment"),
    (
        "Digi- ja väestötietovirasto", "DVV",
        "Myndigheten för digitalisering och befolkningsdata", "MDB", "Digital and Population Data Services Agency",
    ),
    ("Kuntaliitto", None, "Kommunförbundet", None, "Association of Finnish Municipalities"),
)  # fmt: skip


def missing(session: Session) -> list[Organisation]:
    """Return those of which neither the name nor the abbreviation is there, not added yet; by one statement."""
    rows = session.execute(select(Organisation.name, Organisation.abbreviation))
    there = {folded(words) for row in rows for words in row if words}
    return [_made(values) for values in INSTALLED if there.isdisjoint(folded(words) for words in values[:2] if words)]


def add_missing(session: Session) -> list[Organisation]:
    """Add what is missing and return it; what is there is left as it is."""
    added = missing(session)
    session.add_all(added)
    session.flush()
    return added


def _made(values: tuple[str | None, ...]) -> Organisation:
    named = dict(zip(COLUMNS, values, strict=True))
    return Organisation(**named, print_as="abbreviation" if named["abbreviation"] else "name")
