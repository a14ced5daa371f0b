"""A letter as everybody's, as a table."""

from __future__ import annotations

import pytest

from app.invitations.impersonal import impersonal

GENERAL = {"name": "(nimi)", "group": "(taho)"}
PRINTED = ("when", "place", "online")


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Hyvä {name}\n\nTervetuloa.", "Tervetuloa."),
        ("Hyvä {name},\n\nTervetuloa.", "Tervetuloa."),
        ("{name}\n\nTervetuloa.", "Tervetuloa."),
        ("Edustatte: {group}\nAika: {when}\nTervetuloa.", "Tervetuloa."),
        ("Kutsumme teidät, {name}, edustamaan.", "Kutsumme teidät, (nimi), edustamaan."),
        (
            "Hyvä vastaanottaja {name}, tervetuloa verkoston {group} puolesta tilaisuuteen.",
            "Hyvä vastaanottaja (nimi), tervetuloa verkoston (taho) puolesta tilaisuuteen.",
        ),
        ("Tilaisuus on {when}.", "Tilaisuus on {when}."),
        ("Paikka: {place}", ""),
        ("Kysykää: {contacts}", "Kysykää: {contacts}"),
        ("Vastatkaa.\n\n{link}\n\nTerveisin", "Vastatkaa.\n\nTerveisin"),
        ("Tervetuloa.\n\nVastatkaa tästä:\n\n{link}\n\nTerveisin", "Tervetuloa.\n\nTerveisin"),
        ("Tervetuloa.\n\nVastatkaa tästä:\n{link}\nTerveisin", "Tervetuloa.\n\nTerveisin"),
        ("{{name}} {a.b} {env}", "{{name}} {a.b} {env}"),
        ("", ""),
    ],
)
def test_impersonal(body, left):
    assert impersonal(body, GENERAL, PRINTED) == left
