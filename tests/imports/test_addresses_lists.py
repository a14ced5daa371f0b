"""Many people in one paste, what is no person, and what cannot be right."""

from __future__ import annotations

import pytest

from app.imports.addresses import parse_addresses
from tests.imports.test_addresses_people import read

M = "Matti | Virtanen"
A = "Anna | Korhonen"
O = "Otto | Oja"  # noqa: E741
MM, AA, OO = f"{M} | matti.virtanen@vm.example", f"{A} | anna.korhonen@stm.example", f"{O} | otto.oja@x.example"

MANY = {
    "Virtanen Matti (VM) <matti.virtanen@vm.example>; Korhonen Anna (STM)": [f"{MM} | VM", f"{A} |  | STM"],
    "Matti Virtanen <matti.virtanen@vm.example>, Anna Korhonen <anna.korhonen@stm.example>": [MM, AA],
    "Virtanen, Matti <m@x.example>, Korhonen, Anna <a@x.example>": [f"{M} | m@x.example", f"{A} | a@x.example"],
    "Virtanen, Matti; Korhonen, Anna": [M, A],
    "Virtanen, Matti, Korhonen, Anna": [M, A],
    "Virtanen, Matti, Wide, Ebu": [M, "Ebu | Wide"],
    "Heikki, Matti; Korhonen, Anna; Paavo, Liisa Emilia": ["Matti | Heikki", A, "Liisa Emilia | Paavo"],
    "Oliveira, João Pedro de; Sousa e Silva, Ana": ["João Pedro | de Oliveira", "Ana | Sousa e Silva"],
    "VM, Matti Virtanen, matti.virtanen@vm.example": [f"{MM} | VM"],
    "Valtiovarainministeriö, Matti Virtanen\nOikeusministeriö: Otto Oja": [
        f"{M} |  | Valtiovarainministeriö", f"{O} |  | Oikeusministeriö",
    ],
    "Osastopäällikkö, ylijohtaja Matti Virtanen": [M],
    "Virtanen Matti, Korhonen Anna, Oja Otto": [M, A, O],
    "Virtanen Matti VM, Korhonen Anna STM": [f"{M} |  | VM", f"{A} |  | STM"],
    "Virtanen Matti, VM, Korhonen Anna, STM": [f"{M} |  | VM", f"{A} |  | STM"],
    '"Virtanen, Matti" <m@x.example>, Oja, Otto <o@x.example>, x@x.example': [
        f"{M} | m@x.example", f"{O} | o@x.example", " |  | x@x.example",
    ],
    "Matti Virtanen, anna.korhonen@stm.example": [M, " |  | anna.korhonen@stm.example"],
    "Virtanen Matti; matti.virtanen@vm.example": [MM],
    "Matti Virtanen <matti.virtanen@vm.example> Anna Korhonen <anna.korhonen@stm.example>": [MM, AA],
    "a@x.example b@x.example,c@x.example;d@x.example": [f" |  | {c}@x.example" for c in "abcd"],
    "<a@x.example>,<b@x.example>": [" |  | a@x.example", " |  | b@x.example"],
    "a@x.example; A@x.example": [" |  | a@x.example", " |  | A@x.example"],
    ";; ,Matti Virtanen <matti.virtanen@vm.example>;; , ;": [MM],
    "Matti Virtanen, Anna Korhonen ja Otto Oja": [M, A, O],
    "Anna Korhonen <anna.korhonen@stm.example> on behalf of Matti Virtanen": [AA, M],
    "Matti Virtanen <matti.virtanen@vm.example; Anna Korhonen <anna.korhonen@stm.example": [MM, AA],
    '"Virtanen Matti <matti.virtanen@vm.example>; "Korhonen, Anna" <anna.korhonen@stm.example>': [MM, AA],
    "Matti Virtanen\n+358 40 123 4567\nmatti.virtanen@vm.example": [MM],
    "VM, STM": [" |  |  | VM | mailbox", " |  |  | STM | mailbox"],
    # lines, wrapped and not
    "Virtanen Matti (VM)\nKorhonen Anna (STM)": [f"{M} |  | VM", f"{A} |  | STM"],
    "Virtanen, Matti\nKorhonen, Anna\n\n": [M, A],
    "Virtanen\n Matti <matti.virtanen@vm.example>": [MM],
    "Virtanen Matti; Korhonen\nAnna (STM) <anna.korhonen@stm.example>; Oja\r\nOtto": [M, f"{AA} | STM", O],
    "Oja Otto; Korhonen Anna\n (STM) <anna.korhonen@stm.example>": [O, f"{AA} | STM"],
    "Oja Otto; Korhonen,\n Anna (STM)": [O, f"{A} |  | STM"],
    "Matti Virtanen,\nAnna Korhonen,\nOtto Oja": [M, A, O],
    "Matti Virtanen\nmatti.virtanen@vm.example\n\nAnna Korhonen\nanna@x.example": [MM, f"{A} | anna@x.example"],
    "Matti Virtanen\nmv1@x.example\nAnna Korhonen\nak2@x.example": [f"{M} | mv1@x.example", f"{A} | ak2@x.example"],
    "Matti Virtanen\nErityisasiantuntija\nVM\nmatti.virtanen@vm.example": [f"{MM} | VM"],
    "1. Matti Virtanen\n2) Anna Korhonen\n- Otto Oja\n• Lybeck Tuula (VM)\n> Kai Mäki": [
        M, A, O, "Tuula | Lybeck |  | VM", "Kai | Mäki",
    ],
    "Anna Korhonen\nErityisasiantuntija\nSosiaali- ja terveysministeriö\nDigiosasto\npuh. 0295 1234\nwww.stm.example\n"
    "anna.korhonen@stm.example\np. 0295 16001": [f"{AA} | Sosiaali- ja terveysministeriö"],
    "Anna Korhonen\nSenior Specialist\nMinistry of Finance\nanna.korhonen@stm.example": [f"{AA} | Ministry of Finance"],
    "Anna Korhonen\nLagstiftningsråd\nOtto Oja": [A, O],
    "Anna Korhonen\nOtto Oja\nanna.korhonen@stm.example": [A, O, " |  | anna.korhonen@stm.example"],
    "VM: Matti Virtanen, Anna Korhonen\nDVV: Otto Oja": [f"{M} |  | VM", f"{A} |  | VM", f"{O} |  | DVV"],
    # headers of a mail
    "-----Alkuperäinen viesti-----\nVon: Oja, Otto\nGesendet: Montag, 1. Juni\nAn: Korhonen, Anna\nBetreff: A": [O, A],
    "ma 1. kesäk. 2026 klo 9.14 Matti Virtanen (matti.virtanen@vm.example) kirjoitti:": [MM],
    "On Mon, Jun 1, 2026 at 9:14 AM Matti Virtanen\n<matti.virtanen@vm.example> wrote:": [MM],
    "Matti Virtanen kirjoitti 1.6.2026 kello 9.14:": [M],
    "Den mån 1 juni 2026 kl 09:14 skrev Matti Virtanen <matti.virtanen@vm.example>:": [MM],
    "Pakollinen osallistuja: Virtanen Matti\nValinnainen osallistuja: Oja Otto": [M, O],
    "From: Virtanen Matti (VM)\nSent: Monday, 1.6.\nTo: Korhonen Anna; Oja, Otto\nCc: VM kaikki\nSubject: Re: A, B": [
        f"{M} |  | VM", A, O, " |  |  | VM | list",
    ],
    "Lähettäjä: Virtanen Matti\nVastaanottaja: Korhonen Anna\nKopio: Oja Otto\nAihe: Kokous": [M, A, O],
    "Från: Matti Virtanen\nTill: Anna Korhonen; Otto Oja\nKopia: Kai Mäki\nÄmne: Möte": [M, A, O, "Kai | Mäki"],
    "Puheenjohtaja: Matti Virtanen <matti.virtanen@vm.example>\nJäsenet:\nAnna Korhonen\nOtto Oja": [MM, A, O],
    "Johtoryhmä: a@x.example, b@x.example;": [" |  | a@x.example", " |  | b@x.example"],
    # rows of tables
    "Matti Virtanen\tmatti.virtanen@vm.example\nanna.korhonen@stm.example\tAnna Korhonen": [MM, AA],
    "Otto\tOja\totto.oja@x.example\tVM": [f"{OO} | VM"],
    "Oja\tOtto": [O],
    "1\tVirtanen\tMatti\tmatti.virtanen@vm.example": [MM],
    '"Virtanen, Matti"\tmatti.virtanen@vm.example': [MM],
    "VM\tVirtanen Matti\nSTM\tKorhonen Anna": [f"{M} |  | VM", f"{A} |  | STM"],
    "Matti Virtanen\tJohtaja\tVM\t+358 40 123 4567\tmatti.virtanen@vm.example": [f"{MM} | VM"],
    "Nimi\tVirasto\tSähköposti\nVirtanen Matti\tSolita\tmatti.virtanen@vm.example\nKorhonen Anna\t\t": [
        f"{MM} | Solita", A,
    ],
    "Förnamn\tEfternamn\tE-post\nReko\tLauri\treko@x.example": ["Reko | Lauri | reko@x.example"],
    "Sukunimi\tEtunimi\nLauri\tReko\nMatti\tVirtanen": ["Reko | Lauri", "Virtanen | Matti"],
    "Osallistuja\tVastaus\nVirtanen Matti (VM)\tHyväksytty": [f"{M} |  | VM"],
    "Järjestäjä\tVirtanen Matti\nPakollinen\tKorhonen Anna": [M, A],
    "Efternamn;Förnamn;E-post\nVirtanen;Matti;\nOja;Otto;otto.oja@x.example": [M, OO],
    'Name,Email,Company\n"Virtanen, Matti",matti.virtanen@vm.example,VM': [f"{MM} | VM"],
    "| Nimi | Virasto |\n|---|---|\n| Virtanen Matti | VM |": [f"{M} |  | VM"],
    "Virtanen Matti\tKorhonen Anna\tOja Otto": [M, A, O],
    "matti.virtanen@vm.example;Virtanen;Matti\notto.oja@x.example;Oja;Otto": [MM, OO],
    "Nimi: Matti Virtanen\nSähköposti: matti.virtanen@vm.example": [MM],
    "Virtanen;Matti;matti.virtanen@vm.example;VM\nOja;Otto;otto.oja@x.example;VM": [f"{MM} | VM", f"{OO} | VM"],
    "Virtanen,Matti,matti.virtanen@vm.example\nOtto,Oja,otto.oja@x.example": [MM, OO],
    '"Virtanen, Matti",matti.virtanen@vm.example,VM': [f"{MM} | VM"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "people"), MANY.items())
def test_each_person_of_a_paste_is_one_entry(text, people):
    assert read(text) == people


NOBODY = {
    "VM Digitoimisto kaikki": " |  |  | VM | list",
    "DL-Ohjausryhmä": " |  |  |  | list",
    "+ Johtoryhmä": " |  |  |  | list",
    "#VM kaikki": " |  |  |  | list",
    "Digi arkeen -neuvottelukunta": " |  |  |  | list",
    "Digi arkeen -neuvottelukunta <digi@x.example>": " |  | digi@x.example |  | list",
    "STM johtajat": " |  |  | STM | list",
    "Ministeriöt": " |  |  |  | list",
    "Kansliapäällikkö": " |  |  |  | no_name",
    "Verkoston jäsenet": " |  |  |  | list",
    "Projekti 2026": " |  |  |  | list",
    "VM Kirjaamo <kirjaamo@vm.example>": " |  | kirjaamo@vm.example | VM | mailbox",
    "info@x.example": " |  | info@x.example |  | mailbox",
    "Neuvonta (DVV)": " |  |  | DVV | mailbox",
    "Kuntaliitto": " |  |  | Kuntaliitto | mailbox",
    "VM": " |  |  | VM | mailbox",
    "vm-kaikki@vm.example": " |  | vm-kaikki@vm.example |  | list",
    "Ryhmä: Digi": " |  |  |  | list",
    "VM-JulkICT-kaikki": " |  |  |  | list",
    "Registratur <registratur@x.example>": " |  | registratur@x.example |  | mailbox",
    "undisclosed-recipients:;": " |  |  |  | hidden",
    "040 123 4567": " |  |  |  | no_name",
    "Best regards": " |  |  |  | no_name",
    "Matti Virtanen c/o Anna Korhonen": " |  |  |  | no_name",
    '=HYPERLINK("http://x.example";"x") <a@x.example>': " |  | a@x.example |  | formula",
    "=1+1": " |  |  |  | formula",
    "@SUM(1+1)": " |  |  |  | formula",
    "Matti Virtanen <a@@x.example>": f"{M} |  |  | two_at",
    "Matti Virtanen <a@b@x.example>": f"{M} |  |  | two_at",
    "a@b@x.example": " |  |  |  | two_at",
    "Matti Virtanen <matti>": f"{M} |  |  | no_domain",
    "Matti Virtanen <matti@.>": f"{M} |  |  | no_domain",
    "@vm.example": " |  |  |  | no_domain",
    "matti@": " |  |  |  | no_domain",
    "Matti Virtanen <matti virtanen@x.example>": f"{M} |  |  | space",
    "matti.virtanen@ vm.example": " |  |  |  | space",
    "matti.virtanen @vm.example": " |  |  |  | space",
    "Matti Virtanen <matti.\nvirtanen@x.example>": f"{M} |  |  | broken",
    "Matti Virtanen <mätti@x.example>": f"{M} |  |  | letters",
    "Matti Virtanen <>": f"{M} |  |  | empty",
    f"Matti Virtanen <{'m' * 250}@x.example>": f"{M} |  |  | long",
    "Matti Virtanen <etunimi.sukunimi@x.example>": f"{M} |  |  | pattern",
    "Matti Virtanen <no-reply@x.example>": f"{M} |  |  | noreply",
    "Matti Virtanen <matti@x..example>": f"{M} |  |  | unsound",
    "Matti Virtanen </O=EXCHANGELABS/OU=GROUP (FYDI)/CN=RECIPIENTS/CN=1>": f"{M} |  |  | internal",
    "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDI)/CN=RECIPIENTS/CN=1": " |  |  |  | internal",
    "Matti \u202eVirtanen <m@x.example>": " |  | m@x.example |  | turned",
    "Matti Virtanen <m\u202e@x.example>": f"{M} |  |  | turned",
}


@pytest.mark.parametrize(("text", "said"), NOBODY.items())
def test_what_is_no_person_or_cannot_be_right_is_said_and_what_is_sound_is_kept(text, said):
    assert read(text) == [said]
    assert read(f"Oja Otto; {text}; Korhonen Anna")[1] == said


def test_what_nobody_sees_is_gone():
    text = "\ufeffMatti\u00a0Virtanen\u200b <\u202amatti.virtanen@vm.example\u202c>;\u2028Anna\u00ad Korhonen\x00"
    assert read(text) == [MM, A]


@pytest.mark.parametrize("text", ["", " \n\t;,", "To:", "Cc: ;", "<br>", "[Ulkoinen]", "...", "Jäsenet:"])
def test_where_nobody_is_named_nothing_is_read(text):
    assert read(text) == []


def test_the_source_is_what_stood_there():
    found = parse_addresses("- Virtanen, Matti (VM) <m@x.example>; Oja\u202e Otto")
    assert [one.source for one in found] == ["Virtanen, Matti (VM) <m@x.example>", "Oja Otto"]
