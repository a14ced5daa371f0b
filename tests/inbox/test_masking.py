"""No personal link comes out of a mail, however a program has written it."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

from app.inbox.masking import whole_text, without_links

TOKEN = "a1b2c3d4" * 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("> http://k.example/i/TOKEN", "> …"),
        ('<a href="https://k.example/x/i/TOKEN">', '<a href="…">'),
        ("Peru: https://k.example/i/undo/17-TOKEN.", "Peru: …"),
        ("https://k.example/m/ab12cd?x=1 ja muuta", "… ja muuta"),
        ("https://k.example/join/Xy_-9 https://k.example/reset/Xy_-9", "… …"),
        ("> https://k.example/i/\n> TOKEN", "> https://k.example/i/\n> …"),
        (
            "https://k.example/events/1 ja kirjaimia jotka jatkuvat",
            "https://k.example/events/1 ja kirjaimia jotka jatkuvat",
        ),
        ("TOKEN0 xTOKEN", "TOKEN0 xTOKEN"),
    ],
)
def test_links_are_masked(text, shown):
    assert without_links(text.replace("TOKEN", TOKEN)) == shown.replace("TOKEN", TOKEN)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_whole_mail_is_read_without_links_however_it_is_encoded(encoding):
    message = EmailMessage()
    message["From"], message["Subject"] = "Otso Öksä <otso@rm.example>", f"Re: /i/{TOKEN}"
    message.set_content(f"Tulen yöllä.\n> http://k.example/i/{TOKEN}\n", cte=encoding)
    folded = "DESCRIPTION:Vastaa: http://k.exa\r\n mple/i/" + TOKEN[:9] + "\r\n " + TOKEN[9:]
    message.add_attachment(f"BEGIN:VCALENDAR\r\n{folded}\r\n", subtype="calendar", cte=encoding, filename="kutsu.ics")
    message.add_attachment(TOKEN.encode(), maintype="application", subtype="pdf", filename="kutsu.pdf")
    lines = [line for line in whole_text(bytes(message)).splitlines() if line and "Content" not in line]
    assert [line for line in lines if "MIME" not in line] == [
        "From: Otso Öksä <otso@rm.example>", "Subject: Re: /i/…", "Tulen yöllä.", "> …",
        "BEGIN:VCALENDAR", "DESCRIPTION:Vastaa: …", "[application/pdf kutsu.pdf]",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\n" * 40_000, b"Content-Type: multipart/mixed; boundary=x\n\n" * 30])
def test_what_cannot_be_read_is_none(content):
    assert whole_text(content) is None


CROCKFORD, URLSAFE = "0a1b2c3d4e5f6g7h8j9kamcnepfqgrhs", "-Xy_9Zab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"Kiitos! <https://koolle.example/join/{URLSAFE}>\nT. Otso", "Kiitos! <…>\nT. Otso"),
        (f"https://koolle.example/reset/{URLSAFE} en pyytänyt", "… en pyytänyt"),
        (f"https://koolle.example/i/undo/12-{CROCKFORD}", "…"),
        (f"https://koolle.example/koolle/i/{CROCKFORD}", "…"),
        (f"https://safe.example/?url=https%3A%2F%2Fkoolle.example%2Fi%2F{CROCKFORD}&data=5",
         "https://safe.example/?url=https%3A%2F%2Fkoolle.example%2Fi%2F…&data=5"),
        (f"linkki oli i/\n{CROCKFORD.upper()}", "linkki oli i/\n…"),
        ("https://koolle.example/meeting/9 ja https://ministry.example/i", None),
        ("Ympäristöministeriön kokoussalissa, lentokonesuihkuturbiini", None),
        (f"i/undo/\n12-{CROCKFORD}", "i/undo/\n…"),
        ("2026-11-27_ohjausryhma_muistio.docx ja sosiaaliturvauudistuskomitea", None),
        ("https://teams.example/l/meetup-join/19%3ameeting_NzkxYzE4ZTctYjA0Zi00ZDk5LTk1@thread.v2", None),
        ("https://finlex.example/fi/laki/ajantasa/lait-ja-asetukset-2026-uusimmat", None),
        ("____________________________________", None),
        ("------------------------------------\nLähettäjä: Otso", None),
    ],
)  # fmt: skip
def test_what_opens_something_is_left_out_of_a_letter_and_nothing_else(written, read):
    assert without_links(written) == (written if read is None else read)


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("line", ["-", "https://", "a1", "http://x/i", "%2F0"])
def test_no_line_takes_long(line):
    begun = time.process_time()
    without_links(line * (1_000_000 // len(line)))
    assert time.process_time() - begun < 5  # what grows with the square would take an hour
