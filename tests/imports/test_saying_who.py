"""On the preview Helmi says who a row is, and mends what was written wrong without writing it anew."""

from __future__ import annotations

from tests import cast
from tests.imports.test_flow import outcomes, paste


def test_a_row_without_an_address_is_said_to_be_somebody_who_is_there(signed_in, session):
    otso, other = cast.person(session, "Otso Oksanen"), cast.person(session, "Pilvi Poutanen")
    session.commit()
    at = paste(signed_in, "Oksanen Otso; Aho Aarne <aarne@tm.example>")
    assert f'name="person" value="{otso.id}"' in signed_in.get(at).text
    assert signed_in.post(f"{at}/rows/1/person", data={"person": str(other.id)}).status_code == 404
    signed_in.post(f"{at}/rows/1/person", data={"person": str(otso.id)})
    assert outcomes(session) == [(1, "known", []), (2, "new", [])]
    signed_in.post(f"{at}/check")
    assert outcomes(session) == [(1, "known", []), (2, "new", [])]
    signed_in.post(f"{at}/rows/1/person", data={"person": ""})
    assert outcomes(session) == [(1, "new", []), (2, "new", [])]


def test_a_broken_address_stands_in_the_form_to_be_mended(signed_in):
    at = paste(signed_in, "Poutanen Pilvi <pilvi@@rm.example>; Aarne Aho")
    assert 'value="pilvi@@rm.example"' in signed_in.get(f"{at}?mend=1").text
    assert "pilvi@@" not in signed_in.get(f"{at}?mend=2").text.partition('name="given_name"')[2]
