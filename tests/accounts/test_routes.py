"""Helmi signs in, out, and is asked to when she is not."""

from __future__ import annotations

from tests.conftest import PASSWORD


def test_helmi_signs_in_with_her_password(client, helmi):
    answer = client.post("/sign-in", data={"email": "Helmi@koolle.example", "password": PASSWORD, "next": "/people"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert client.cookies["session"]


def test_a_wrong_password_keeps_the_address_and_tells_nobody_who_exists(client, helmi):
    wrong = client.post("/sign-in", data={"email": "helmi@koolle.example", "password": "väärä"})
    nobody = client.post("/sign-in", data={"email": "kaino@koolle.example", "password": "väärä"})
    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert 'value="helmi@koolle.example"' in wrong.text
    assert wrong.text.replace("helmi@", "kaino@") == nobody.text


def test_signing_out_ends_the_session(signed_in):
    cookie = signed_in.cookies["session"]
    assert signed_in.get("/").status_code == 200
    signed_in.post("/sign-out")
    signed_in.cookies.set("session", cookie)
    assert signed_in.get("/").headers["location"] == "/sign-in?next=/"


def test_a_form_from_elsewhere_is_refused(client):
    assert client.post("/sign-in", data={}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/sign-in", data={}, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403


def test_a_foreign_host_is_refused(client):
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_next_leads_only_to_our_own_pages(client, helmi):
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil"):
        answer = client.post("/sign-in", data={"email": helmi.email, "password": PASSWORD, "next": elsewhere})
        assert answer.headers["location"] == "/"
