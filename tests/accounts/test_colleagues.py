"""Helmi invites Lumi, who joins; people change roles and leave; an invitation that has run out opens nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from app.accounts.models import Account, AccountInvitation, AccountSession
from app.audit.models import AuditEntry
from app.mail.models import OutgoingMail
from app.secretariats.models import Role, Secretariat
from tests import cast
from tests.accounts.moving import later, link_in, mailed, sit
from tests.conftest import NOW, PASSWORD
from tests.posted import opened, posted

LUMI = {"email": "lumi@koolle.example", "name": "Lumi Lehtonen", "role": "secretary", "language": "fi"}
CHOSEN = "hiljaa sataa räntää"


@pytest.fixture
def link(signed_in, session, settings) -> str:
    """What Lumi's mail leads to."""
    assert signed_in.post("/accounts", data=LUMI).status_code == 303
    [(to, text)] = mailed(session, settings)
    assert to == LUMI["email"]
    return link_in(text)


def stranger(client):
    client.cookies.clear()
    return client


def accounts(session) -> list[tuple[str, str]]:
    query = select(Account.email, Role.role).join(Role, Role.account_id == Account.id).order_by(Account.id)
    return [tuple(row) for row in session.execute(query)]


@pytest.mark.long
def test_lumi_gets_a_mail_in_which_all_stands(link, session, settings):
    [(_to, text)] = mailed(session, settings)
    assert text.replace(link, "/join/…").replace("\xa0", " ").splitlines() == [
        "Hyvä Lumi Lehtonen",
        "",
        "Helmi Hakala kutsuu sinut mukaan Koolleen. Sihteeristö: Sihteeristö. Roolisi: sihteeri.",
        "",
        "Avaa tämä linkki viimeistään 4.9.2026 klo 12.00 ja valitse, miten kirjaudut. Linkki avautuu kerran.",
        "http://testserver/join/…",
        "",
        "--",
        "Sihteeristö",
    ]


def test_a_name_is_words_in_every_part_of_a_mail(signed_in, session, settings):
    session.scalars(select(Secretariat)).one().name = name = "</title><script>ran(51)</script>"
    session.commit()
    assert signed_in.post("/accounts", data=LUMI).status_code == 303
    [mail] = posted(session, settings, "account")
    html = opened(settings, mail).get_body(("html",)).get_content()
    assert opened(settings, mail)["Subject"] == f"Kutsu Koolleen: {name}"
    assert (html.count("<script"), html.count("&lt;script&gt;ran(51)&lt;/script&gt;")) == (0, 2)


def test_lumi_joins_with_a_password_once(client, session, link):
    browser = stranger(client)
    page = browser.get(link)
    assert (page.status_code, "Lumi Lehtonen" in page.text) == (200, True)
    answer = browser.post(link, data={"password": CHOSEN, "role": "owner", "email": "kaino@koolle.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/people").status_code == 200
    assert browser.get("/accounts").status_code == 404  # a secretary's sees nothing of them
    assert accounts(session) == [("helmi@koolle.example", "owner"), ("lumi@koolle.example", "secretary")]
    stranger(client)
    assert [client.get(link).status_code, client.post(link, data={"password": CHOSEN}).status_code] == [410] * 2
    assert client.post("/sign-in", data={"email": LUMI["email"], "password": CHOSEN}).status_code == 303


def test_the_trail_holds_no_link(client, session, link):
    stranger(client).post(link, data={"password": CHOSEN})
    entries = session.execute(select(AuditEntry.actor_id, AuditEntry.act, AuditEntry.about).order_by(AuditEntry.number))
    lumis = {"colleague": "lumi@koolle.example", "role": "secretary"}
    assert [tuple(entry) for entry in entries] == [
        ("helmi@koolle.example", "/accounts", {**lumis, "secretariat": 1}),
        ("lumi@koolle.example", "/join/{join_token}", {**lumis, "secretariat": 1}),
    ]  # fmt: skip


def test_only_the_hash_of_the_link_is_kept(session, link):
    row = session.scalars(select(AccountInvitation)).one()
    token = link.rpartition("/")[2]
    assert len(token) == 43  # 256 bits
    assert token.encode() not in row.token_hash


def test_a_weak_password_is_refused_and_the_invitation_stays(client, session, link):
    for weak in ("short", "Lumi Lehtonen", "1qaz2wsx3edc", "koolle koolle koolle", "x" * 1025):
        answer = stranger(client).post(link, data={"password": weak})
        assert answer.status_code == 422
    assert accounts(session) == [("helmi@koolle.example", "owner")]
    assert client.post(link, data={"password": CHOSEN}).status_code == 303


@pytest.mark.parametrize("ending", ["ran out", "withdrawn", "renewed"])
def test_an_invitation_that_ended_activates_nothing_by_any_way(client, session, settings, link, ending):
    """CVE-2023-48220: an expired invitation was still accepted through the password reset."""
    [invitation] = session.scalars(select(AccountInvitation))
    if ending == "ran out":
        later(client, hours=72)
    else:
        action = "withdraw" if ending == "withdrawn" else "renew"
        client.post(f"/accounts/invitations/{invitation.id}", data={"action": action})
    stranger(client)
    before = len(mailed(session, settings))
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": CHOSEN}).status_code == 410
    assert client.post(link, data={"credential": "{}"}).status_code == 410
    assert client.post(f"{link}/passkey").status_code == 404
    assert client.post("/reset", data={"email": LUMI["email"]}).status_code == 200
    assert client.post("/sign-in", data={"email": LUMI["email"], "password": CHOSEN}).status_code == 422
    assert len(mailed(session, settings)) == before
    assert accounts(session) == [("helmi@koolle.example", "owner")]


def test_a_renewed_invitation_opens_by_its_new_link_for_another_72_hours(client, session, settings, link):
    [invitation] = session.scalars(select(AccountInvitation))
    later(client, hours=80)
    sit(client, session, session.scalars(select(Account)).one(), later(client, hours=80))
    assert "vanhentunut" in client.get("/accounts").text
    client.post(f"/accounts/invitations/{invitation.id}", data={"action": "renew"})
    new = link_in(mailed(session, settings)[-1][1])
    later(client, hours=151)
    assert [stranger(client).get(path).status_code for path in (link, new)] == [410, 200]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "Helmi@koolle.example"}, "email"),
        ({"email": "LUMI@koolle.example"}, "email"),
        ({"email": "x"}, "email"),
        ({"name": ""}, "name"),
        ({"role": "root"}, "role"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(signed_in, session, link, changed, field):
    answer = signed_in.post("/accounts", data=LUMI | {"email": "uusi@koolle.example"} | changed)
    assert (answer.status_code, f'href="#field-{field}"' in answer.text) == (422, True)
    assert len(session.scalars(select(AccountInvitation)).all()) == 1


def lumi(session, role="secretary", **values) -> Account:
    made = cast.account(session, role, email="lumi@koolle.example", name="Lumi Lehtonen", **values)
    session.commit()
    return made


def test_a_new_role_ends_the_sessions_at_once(client, session, helmi):
    one = lumi(session)
    hers = sit(client, session, one)
    assert client.get("/people").status_code == 200
    sit(client, session, helmi)
    assert client.post(f"/accounts/{one.id}", data={"role": "viewer"}).status_code == 303
    client.cookies.set("session", hers)
    assert client.get("/people").status_code == 303
    assert accounts(session)[1] == ("lumi@koolle.example", "viewer")


def test_whose_access_ends_is_out_on_the_next_request_and_stays_out(client, session, settings, helmi):
    one = lumi(session)
    hers = sit(client, session, one)
    sit(client, session, helmi)
    assert client.post(f"/accounts/{one.id}/end").status_code == 303
    client.cookies.set("session", hers)
    assert client.get("/people").status_code == 303
    assert client.post("/sign-in", data={"email": one.email, "password": PASSWORD}).status_code == 422
    client.post("/reset", data={"email": one.email})
    assert mailed(session, settings) == []
    session.expire_all()
    gone = session.get(Account, one.id)
    assert (gone.ended_at, gone.password_hash) == (NOW, None)
    assert session.scalars(select(AccountSession).where(AccountSession.account_id == one.id)).all() == []


def test_who_was_gone_comes_back_by_a_new_invitation(client, session, settings, helmi):
    one = lumi(session)
    sit(client, session, helmi)
    client.post(f"/accounts/{one.id}/end")
    client.post("/accounts", data=LUMI)
    link = link_in(mailed(session, settings)[-1][1])
    assert stranger(client).post(link, data={"password": CHOSEN}).status_code == 303
    assert client.get("/people").status_code == 200
    session.expire_all()
    assert (session.get(Account, one.id).ended_at, len(accounts(session))) == (None, 2)


def test_the_last_owner_stays(signed_in, session, helmi):
    for path, data in ((f"/accounts/{helmi.id}", {"role": "secretary"}), (f"/accounts/{helmi.id}/end", {})):
        assert signed_in.post(path, data=data).status_code == 409
    lumi(session, "owner")
    assert signed_in.post(f"/accounts/{helmi.id}", data={"role": "secretary"}).status_code == 303
    assert accounts(session) == [("helmi@koolle.example", "secretary"), ("lumi@koolle.example", "owner")]


def test_people_of_another_secretariat_are_out_of_reach(signed_in, session, helmi):
    other = Secretariat(name="Toinen")
    session.add(other)
    session.flush()
    one = cast.account(session, "owner", other.id, email="saima@koolle.example", name="Saima")
    theirs = AccountInvitation(
        secretariat_id=other.id, email="x@koolle.example", name="Otso", role="viewer", language="fi",
        token_hash=b"x" * 32, made_at=NOW, expires_at=NOW,
    )  # fmt: skip
    session.add(theirs)
    session.commit()
    page = signed_in.get("/accounts")
    assert [word in page.text for word in ("Saima", "Otso", "Helmi")] == [False, False, True]
    assert signed_in.get(f"/accounts/{one.id}").status_code == 404
    for path in (f"/accounts/{one.id}", f"/accounts/{one.id}/end", f"/accounts/invitations/{theirs.id}"):
        assert signed_in.post(path, data={"role": "viewer", "action": "withdraw"}).status_code == 404
    assert accounts(session)[1] == ("saima@koolle.example", "owner")


def test_access_to_one_of_two_secretariats_ends_there_alone(client, session, helmi):
    other = Secretariat(name="Toinen")
    session.add(other)
    one = lumi(session)
    session.flush()
    session.add(Role(account_id=one.id, secretariat_id=other.id, role="viewer"))
    session.commit()
    sit(client, session, helmi)
    client.post(f"/accounts/{one.id}/end")
    session.expire_all()
    assert session.get(Account, one.id).ended_at is None
    assert client.post("/sign-in", data={"email": one.email, "password": PASSWORD}).status_code == 303
    assert client.get("/").status_code == 200


def test_who_has_an_account_already_says_yes_and_keeps_their_password(client, session, settings, helmi):
    other = Secretariat(name="Toinen")
    session.add(other)
    session.flush()
    cast.account(session, "viewer", other.id, email="lumi@koolle.example", name="Lumi Lehtonen")
    session.commit()
    sit(client, session, helmi)
    client.post("/accounts", data=LUMI)
    link = link_in(mailed(session, settings)[-1][1])
    answer = stranger(client).post(link, data={"password": "jokin aivan toinen sana"})
    assert (answer.headers["location"], "session" in client.cookies) == ("/sign-in", False)
    assert client.post("/sign-in", data={"email": LUMI["email"], "password": PASSWORD}).status_code == 303
    assert sorted(role for email, role in accounts(session) if email == LUMI["email"]) == ["secretary", "viewer"]


@pytest.mark.parametrize("role", ["secretary", "viewer", "auditor"])
def test_only_owners_govern(client, session, helmi, role):
    one = lumi(session, role)
    sit(client, session, one)
    assert client.get("/accounts").status_code == 404
    assert client.post("/accounts", data=LUMI | {"email": "x@koolle.example"}).status_code == 403
    assert client.post(f"/accounts/{one.id}", data={"role": "owner"}).status_code == 403
    assert client.post(f"/accounts/{helmi.id}/end").status_code == 403
    assert client.get("/account").status_code == 200


def test_who_has_no_role_anywhere_has_an_own_account_and_no_more(client, session, helmi):
    one = lumi(session)
    session.execute(delete(Role).where(Role.account_id == one.id))
    sit(client, session, one)
    assert [client.get(path).status_code for path in ("/account", "/", "/accounts")] == [200, 403, 403]


def test_the_demos_mailbox_shows_the_mail_to_an_owner(client, session, helmi, link):
    [mail] = session.scalars(select(OutgoingMail))
    mail.state, mail.sent_at = "sent", NOW
    session.commit()
    sit(client, session, helmi)
    page = client.get(f"/mailbox/{mail.id}")
    assert (page.status_code, "Lumi Lehtonen" in page.text) == (200, True)
