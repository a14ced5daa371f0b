"""People pasted out of a mail program: paste, press, look, press; and all of it taken back."""

from __future__ import annotations

from tests.browser.test_secretary import sign_in

PASTED = """Orava Otso (TieM) <otso.orava@tiem.example>; Pilvi Poutanen <pilvi@@tiem.example>;
Aarne Aho <aarne.aho@tiem.example>"""


def test_pasted_people_come_in_and_go_again(small_house, sit_down):
    helmi = sit_down(small_house, width=320)
    sign_in(helmi)
    helmi.go("/people")
    helmi.press("Bring people in")
    helmi.fits()
    helmi.write({"Pasted names and addresses": PASTED})
    helmi.press("Look at the rows")
    helmi.sees("Adds 2 people and 1 organisation, 1 row is left out.")
    helmi.fits()
    helmi.press("Correct row 2")
    helmi.write({"E-mail": "pilvi@tiem"})
    helmi.press("Save the row")
    helmi.sees("One thing needs correcting")
    helmi.look()
    helmi.fits()
    helmi.write({"E-mail": "pilvi@tiem.example"})
    helmi.press("Save the row")
    helmi.sees("Adds 3 people and 1 organisation.")
    helmi.press("Leave out row 3")
    helmi.sees("Adds 2 people and 1 organisation, 1 row is left out.")
    helmi.press("Add 2 people")
    helmi.sees("Added 2 people and 1 organisation")
    helmi.press("Undo the import")
    helmi.sees("Otso Orava, Pilvi Poutanen")
    helmi.press("Undo the import")
    helmi.sees("The import was undone.")
    helmi.go("/people")
    helmi.sees("Nobody here yet")
