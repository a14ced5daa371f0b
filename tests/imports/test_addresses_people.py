"""Shapes in which people stand in what is pasted, each with what is read: given | family | address | organisation."""

from __future__ import annotations

import pytest

from app.imports.addresses import parse_addresses


def read(text: str, **how) -> list[str]:
    """Return what is read of a text, each entry as "given | family | address | organisation | problem"."""
    return [
        " | ".join(part or "" for part in (p.given_name, p.family_name, p.email, p.organisation, p.problem)).rstrip(
            " |"
        )
        for p in parse_addresses(text, **how)
    ]


MATTI = "Matti | Virtanen | matti.virtanen@vm.example"
ANNA = "Anna | Korhonen | anna.korhonen@stm.example"

ONE = {
    # the Finnish government's: family name first, the organisation in brackets
    "Virtanen Matti (VM) <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Virtanen Matti (VM)": "Matti | Virtanen |  | VM",
    "Virtanen Matti (VM) <a@b>": "Matti | Virtanen | a@b | VM",
    "Järvinen Äijä Outi (STM)": "Äijä Outi | Järvinen |  | STM",
    "Lybeck Tuula (VM)": "Tuula | Lybeck |  | VM",
    "Virtanen Matti (VM) (ext)": "Matti | Virtanen |  | VM",
    "Virtanen Matti (VM)(VM) <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Virtanen  Matti  ( VM ) <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Virtanen Matti(VM)<matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Virtanen Matti (VM / JulkICT)": "Matti | Virtanen |  | VM",
    "Virtanen Matti (VM (JulkICT))": "Matti | Virtanen |  | VM",
    "Virtanen Matti (VM <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Virtanen Matti VM) <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Korhonen Anna (Digi- ja väestötietovirasto)": "Anna | Korhonen |  | Digi- ja väestötietovirasto",
    "Korhonen Anna (Helsinki) <anna.korhonen@stm.example>": f"{ANNA} | Helsinki",
    "Virtanen Matti [VM] <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Virtanen (VM) Matti": "Matti | Virtanen |  | VM",
    "Virtanen Matti VM": "Matti | Virtanen |  | VM",
    "Meikäläinen Matti VM TTO": "Matti | Meikäläinen |  | VM",
    "Oja Otto ABCD": "Otto | Oja |  | ABCD",
    "Korhonen Anna Hämis Palvelut Oy": "Anna | Korhonen |  | Hämis Palvelut Oy",
    "Oja Otto STUK": "Otto | Oja |  | STUK",
    "Virtanen Matti, VM": "Matti | Virtanen |  | VM",
    "Virtanen Matti, VM, 040 1234567, matti.virtanen@vm.example": f"{MATTI} | VM",
    "VM Virtanen Matti": "Matti | Virtanen |  | VM",
    "Virtanen Matti (VM ext)": "Matti | Virtanen |  | VM",
    "Virtanen Matti {VM}": "Matti | Virtanen |  | VM",
    "Korhonen Anna Digi- ja väestötietovirasto": "Anna | Korhonen |  | Digi- ja väestötietovirasto",
    "Korhonen Anna Liisa Oulun kaupunki": "Anna Liisa | Korhonen |  | Oulun kaupunki",
    "Anna Korhonen Finlands Kommunförbund": "Anna | Korhonen |  | Finlands Kommunförbund",
    "Korhonen Anna Suomen Kuntaliitto": "Anna | Korhonen |  | Suomen Kuntaliitto",
    "Wide Ebu Oulun yliopisto <ebu.wide@x.example>": "Ebu | Wide | ebu.wide@x.example | Oulun yliopisto",
    "STM: Korhonen Anna": "Anna | Korhonen |  | STM",
    # given name first, the organisation after a stroke, a dash, a comma
    "Matti Virtanen / VM": "Matti | Virtanen |  | VM",
    "VM / Virtanen Matti": "Matti | Virtanen |  | VM",
    "Matti Virtanen - Kuntaliitto": "Matti | Virtanen |  | Kuntaliitto",
    "Matti Virtanen | VM <matti.virtanen@vm.example>": f"{MATTI} | VM",
    "Matti Virtanen @ VM": "Matti | Virtanen |  | VM",
    "Anna Korhonen, Digi- ja väestötietovirasto": "Anna | Korhonen |  | Digi- ja väestötietovirasto",
    "Tuula Lybeck, Solita Oy": "Tuula | Lybeck |  | Solita Oy",
    '"Matti Virtanen, Solita" <matti.virtanen@vm.example>': f"{MATTI} | Solita",
    "Anna Korhonen, neuvotteleva virkamies, STM": "Anna | Korhonen |  | STM",
    "Virtanen Matti Valtiovarainministeriö": "Matti | Virtanen |  | Valtiovarainministeriö",
    "Maija Meikäläinen – TEM – Alueosasto": "Maija | Meikäläinen |  | TEM",
    # a comma within the name
    "Virtanen, Matti": "Matti | Virtanen",
    "Virtanen, Matti (VM)": "Matti | Virtanen |  | VM",
    "Virtanen, Matti VM": "Matti | Virtanen |  | VM",
    "Virtanen, Matti Johannes": "Matti Johannes | Virtanen",
    '"Korhonen, Anna" <anna.korhonen@stm.example>': ANNA,
    "Korhonen, Anna <anna.korhonen@stm.example>": ANNA,
    "Korhonen, Anna, STM <anna.korhonen@stm.example>": f"{ANNA} | STM",
    "Korhonen, Dr. Anna": "Anna | Korhonen",
    '"Virtanen, Matti (VM)" <matti.virtanen@vm.example>': f"{MATTI} | VM",
    "\"'Virtanen, Matti'\" <matti.virtanen@vm.example>": MATTI,
    '"Virtanen; Matti \\"Masa\\"" <matti.virtanen@vm.example>': MATTI,
    "af Ursin, Carl-Gustaf": "Carl-Gustaf | af Ursin",
    "von der Heide, Ursula": "Ursula | von der Heide",
    "O'Brien, Conor": "Conor | O'Brien",
    "Ozoux, Pierre <pierre@x.example>": "Pierre | Ozoux | pierre@x.example",
    # quotation marks
    "'Matti Virtanen' <matti.virtanen@vm.example>": MATTI,
    "“Matti Virtanen” <matti.virtanen@vm.example>": MATTI,
    "«Matti Virtanen» <matti.virtanen@vm.example>": MATTI,
    "„Matti Virtanen“ <matti.virtanen@vm.example>": MATTI,
    "Matti 'Masa' Virtanen": "Matti | Virtanen",
    '"Matti ""Masa"" Virtanen" <matti.virtanen@vm.example>': MATTI,
    '"Virtanen Matti <matti.virtanen@vm.example>"': MATTI,
    "O’Brien Pat <pat.obrien@x.example>": "Pat | O’Brien | pat.obrien@x.example",
    # where the address stands
    "Matti Virtanen (matti.virtanen@vm.example)": MATTI,
    "matti.virtanen@vm.example (Matti Virtanen)": MATTI,
    "<matti.virtanen@vm.example> Matti Virtanen": MATTI,
    "Matti Virtanen matti.virtanen@vm.example": MATTI,
    "Matti Virtanen - matti.virtanen@vm.example": MATTI,
    "Matti Virtanen: matti.virtanen@vm.example": MATTI,
    "Matti Virtanen, matti.virtanen@vm.example": MATTI,
    "Matti Virtanen, sähköposti: matti.virtanen@vm.example, puh. 040 123 4567": MATTI,
    "Matti Virtanen [mailto:matti.virtanen@vm.example]": MATTI,
    "Matti Virtanen <mailto:matti.virtanen@vm.example>": MATTI,
    "Matti Virtanen <matti.virtanen@vm.example<mailto:matti.virtanen@vm.example>>": MATTI,
    "[Matti Virtanen](mailto:matti.virtanen@vm.example)": MATTI,
    '<a href="mailto:matti.virtanen@vm.example">Matti Virtanen</a>': MATTI,
    "“Virtanen, Matti” ‹matti.virtanen@vm.example›": MATTI,
    "Matti Virtanen &lt;matti.virtanen@vm.example&gt;": MATTI,
    "Matti Virtanen <@relay.example,@hub.example:matti.virtanen@vm.example>": MATTI,
    "Matti Virtanen <matti.virtanen@vm.example> [Ulkoinen]": MATTI,
    "Matti Virtanen <matti.virtanen@vm.example>.": MATTI,
    "Matti Virtanen <https://x.example/m> <tel:+358401234567> <matti.virtanen@vm.example>": MATTI,
    "<tr><td>Matti Virtanen</td><td>matti.virtanen@vm.example</td></tr>": MATTI,
    "Anna Korhonen anna.korhonen(ät)stm.example": ANNA,
    # what is written beside a name and is none of it
    "EXT-Virtanen Matti": "Matti | Virtanen",
    "[EXT] Matti Virtanen <matti.virtanen@vm.example>": MATTI,
    "Matti Virtanen (Guest)": "Matti | Virtanen",
    "Virtanen Matti (etänä)": "Matti | Virtanen",
    "Virtanen Matti (VM) (hän/he)": "Matti | Virtanen |  | VM",
    "Matti Virtanen (he/him)": "Matti | Virtanen",
    "Tuula Lybeck (varajäsen, DVV)": "Tuula | Lybeck |  | DVV",
    "Anna Korhonen (STM, pj.)": "Anna | Korhonen |  | STM",
    "Otto Oja (os. Lehto)": "Otto | Oja",
    "Korhonen Anna (Anni)": "Anna | Korhonen",
    "Anna (Annu) Korhonen": "Anna | Korhonen",
    "Matti Virtanen 040 123 4567": "Matti | Virtanen",
    "Matti Virtanen (puh. 040 123 4567)": "Matti | Virtanen",
    "Mme Hélène Girard": "Hélène | Girard",
    "Dr. Matti Virtanen": "Matti | Virtanen",
    "Dr Matti Virtanen PhD": "Matti | Virtanen",
    "FT Matti Virtanen": "Matti | Virtanen",
    "Matti Virtanen, VTM": "Matti | Virtanen",
    "Prof. Dr. Otto Oja": "Otto | Oja",
    "Ministeri Matti Virtanen": "Matti | Virtanen",
    "Kunta- ja alueministeri Anna Korhonen": "Anna | Korhonen",
    "ylijohtaja Otto Oja (VM)": "Otto | Oja |  | VM",
    "Matti Virtanen via Teams": "Matti | Virtanen",
    "😀 Matti Virtanen": "Matti | Virtanen",
    "suurlähettiläs Anna Korhonen": "Anna | Korhonen",
    "Matti Virtanen p. 040 1234567": "Matti | Virtanen",
    'Matti "Masa" Virtanen': "Matti | Virtanen",
    "<Matti Virtanen> matti.virtanen@vm.example": MATTI,
    "Anna Korhonen {anna.korhonen@stm.example}": ANNA,
    "Virtanen Matti, VM/JulkICT": "Matti | Virtanen |  | VM",
    "Heinonen, Pekka / VM": "Pekka | Heinonen |  | VM",
    "Smith John EXT": "John | Smith",
    "Virtanen, Mina": "Mina | Virtanen",
    "WIDE, EBU": "Ebu | Wide",
    "KORHONEN EVA": "Eva | Korhonen",
    # families and given names of several words, capitals, initials
    "von Essen Anna (UM)": "Anna | von Essen |  | UM",
    "Carl-Johan af Forselles": "Carl-Johan | af Forselles",
    "Berg, Jan van den": "Jan | van den Berg",
    "Berg van den, Sietske": "Sietske | van den Berg",
    "'t Hart, Bram": "Bram | 't Hart",
    "LE GOFF Maëlle": "Maëlle | Le Goff",
    "DE LA TOUR Anne": "Anne | De La Tour",
    "María del Carmen Ruiz <mariadelcarmen.ruiz@x.example>": "María del Carmen | Ruiz | mariadelcarmen.ruiz@x.example",
    "Abdi Warsame Fadumo <fadumo.abdi@x.example>": "Fadumo | Abdi Warsame | fadumo.abdi@x.example",
    "Juuso, Biret Ristin": "Biret Ristin | Juuso",
    "Ek Bo": "Bo | Ek",
    "Zhou Mei-Ling": "Mei-Ling | Zhou",
    "IJsbrand Terpstra": "IJsbrand | Terpstra",
    "Jan van den Berg (TNO)": "Jan | van den Berg |  | TNO",
    "De la Cruz María": "María | De la Cruz",
    "José García López": "José | García López",
    "Virtanen-Korhonen Anna-Liisa": "Anna-Liisa | Virtanen-Korhonen",
    "Ó Briain Seán": "Seán | Ó Briain",
    "Le Van Hung <hung.le@x.example>": "Van Hung | Le | hung.le@x.example",
    "Svinhufvud af Qvalstad, Pehr": "Pehr | Svinhufvud af Qvalstad",
    "Смирнова Ольга <olga.smirnova@x.example>": "Ольга | Смирнова | olga.smirnova@x.example",
    "Nguyen Van An <an.nguyen@x.example>": "Van An | Nguyen | an.nguyen@x.example",
    "Magga Áile-Biret": "Áile-Biret | Magga",
    "Näkkäläjärvi Niillas": "Niillas | Näkkäläjärvi",
    "Matti J. Virtanen": "Matti J. | Virtanen",
    "Virtanen M.": "M. | Virtanen",
    "JP Virtanen": "JP | Virtanen",
    "Oja P-O": "P-O | Oja",
    "VIRTANEN Matti": "Matti | Virtanen",
    "Anna Liisa KORPI": "Anna Liisa | Korpi",
    "MATTI VIRTANEN": "Matti | Virtanen",
    "matti virtanen": "Matti | Virtanen",
    "Matti": "Matti",
    "Virtanen": " | Virtanen",
    "Matti Virtanen/VM/FI@VM": "Matti | Virtanen |  | VM",
    "CN=Matti Virtanen/OU=HQ/O=VM": "Matti | Virtanen |  | VM",
    # MIME words of a header
    "=?utf-8?Q?Virtanen=2C_=C3=84ij=C3=A4?= <a@x.example>": "Äijä | Virtanen | a@x.example",
    "=?iso-8859-1?B?SuRydmluZW4gT3V0aQ==?= <o@x.example>": "Outi | Järvinen | o@x.example",
    "=?utf-8?Q?Meik=C3=A4l=C3=A4inen?=\n =?utf-8?Q?_Maija?= <m@x.example>": "Maija | Meikäläinen | m@x.example",
    # addresses without a name, of which none is made up
    "matti.virtanen@vm.example": " |  | matti.virtanen@vm.example",
    "'matti.virtanen@vm.example' <matti.virtanen@vm.example>": " |  | matti.virtanen@vm.example",
    "matti.virtanen@vm.example<mailto:matti.virtanen@vm.example>": " |  | matti.virtanen@vm.example",
    "mailto:matti.virtanen@vm.example?subject=Hei": " |  | matti.virtanen@vm.example",
    "matti.virtanen [at] vm.example": " |  | matti.virtanen@vm.example",
    "Sukunimi Etunimi <etunimi.sukunimi@x.example>": "Etunimi | Sukunimi | etunimi.sukunimi@x.example",
    "matti.virtanen@vm.example (VM)": " |  | matti.virtanen@vm.example | VM",
    "jarvi@x.example": " |  | jarvi@x.example",
}


@pytest.mark.parametrize(("text", "person"), ONE.items())
def test_a_person_is_read_as_written(text, person):
    assert read(text) == [person]


@pytest.mark.parametrize(
    ("name", "local", "person"),
    [
        ("Lybeck Tuula", "tuula.lybeck", "Tuula | Lybeck"),
        ("Aro Kauri", "kauri.aro", "Kauri | Aro"),
        ("Kauri Aro", "kauri.aro", "Kauri | Aro"),
        ("Virtanen Xu", "virtanenx", "Xu | Virtanen"),
        ("Aro Reko", "raro", "Reko | Aro"),
        ("Reko Aro", "reko.a", "Reko | Aro"),
        ("Toivo Lauri", "lauri.toivo", "Lauri | Toivo"),
        ("Lauri Toivo", "lauri.toivo", "Lauri | Toivo"),
        ("Äöry Ölä", "oelae.aeoery", "Ölä | Äöry"),
        ("Låho Ebu", "ebu.laho", "Ebu | Låho"),
        ("Ebu Låho", "ebu.loho", "Ebu | Låho"),
        ("Aro-Xan Reko", "reko.xan", "Reko | Aro-Xan"),
        ("Aro Reko Taru-Ebu", "taru-ebu.aro", "Reko Taru-Ebu | Aro"),
        ("Aro Xan Reko", "reko.aroxan", "Reko | Aro Xan"),
        ("Aro Reko", "ext-reko.aro2", "Reko | Aro"),
        ("Wide Ebu", "ebu.laho", "Ebu | Wide"),
        ("Tuula Lybeck", "lybeck.tuula", "Tuula | Lybeck"),
    ],
)
def test_the_address_tells_which_name_is_which(name, local, person):
    assert read(f"{name} <{local}@x.example>") == [f"{person} | {local}@x.example"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Ebu Wide", False),
        ("Wide Ebu (VM)", False),
        ("Wide, Ebu", True),
        ("Wide Ebu <ebu.wide@x.example>", True),
        ("Wide Anna", True),
        ("Virtanen Xu", True),
        ("Virtanen", False),
    ],
)
def test_a_guess_at_the_order_says_that_it_is_one(text, sure):
    assert [p.sure for p in parse_addresses(text)] == [sure]


def test_names_of_one_paste_are_written_in_one_order():
    clear = "Virtanen Matti (VM); Korhonen Anna (VM); "
    assert read(clear + "Wide Ebu")[-1] == "Ebu | Wide"
    assert read("Matti Virtanen; Anna Korhonen; Ebu Wide (VM)")[-1] == "Ebu | Wide |  | VM"


def test_organisations_that_are_known_are_found_without_brackets():
    known = ["Hämärävirasto", "Hämis", "Kaste & Kumppanit"]
    assert read("Virtanen Matti Hämis; Matti Virtanen, Kaste & Kumppanit", organisations=known) == [
        "Matti | Virtanen |  | Hämis",
        "Matti | Virtanen |  | Kaste & Kumppanit",
    ]
