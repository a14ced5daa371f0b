"""Where one works: renaming, switching, and having no role."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import AccountSession
from app.secretariats.models import Role, Secretariat
from tests import cast


@pytest.fixture
def other(session) -> Secretariat:
    made = Secretariat(name="Metsäneuvoston sihteeristö")
    session.add(made)
    session.flush()
    cast.group(session, "Metsäneuvosto", secretariat_id=made.id)
    session.commit()
    return made


def test_an_owner_gives_the_secretariat_another_name(signed_in, session, other):
    assert signed_in.post("/secretariats/name", data={"name": "Siltojen sihteeristö"}).status_code == 303
    assert session.scalars(select(Secretariat.name).order_by(Secretariat.id)).all()[0] == "Siltojen sihteeristö"
    for wrong in ("", other.name.replace("M", "m")):
        answer = signed_in.post("/secretariats/name", data={"name": wrong})
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text


def test_who_has_roles_in_several_goes_from_one_to_another(signed_in, session, helmi, other):
    assert other.name not in signed_in.get("/").text
    session.add(Role(account_id=helmi.id, secretariat_id=other.id, role="viewer"))
    session.commit()
    assert "at-work" in signed_in.get("/people").text
    assert signed_in.get("/groups").text.count("Metsäneuvosto") == 0
    assert signed_in.post(f"/secretariats/{other.id}/work").headers["location"] == "/"
    page = signed_in.get("/groups").text
    assert "Metsäneuvosto<" in page and f'<span class="at-work">{other.name}</span>' in page
    assert signed_in.post("/groups/new").status_code == 403


def test_nobody_works_where_they_have_no_role(signed_in, session, helmi, other):
    assert signed_in.post(f"/secretariats/{other.id}/work").status_code == 404
    assert session.scalars(select(AccountSession.secretariat_id)).all() == [1]


def test_who_has_no_role_is_told_so_everywhere(signed_in, session, helmi):
    session.delete(session.scalars(select(Role)).one())
    session.commit()
    pages = {signed_in.get(path).text for path in ("/", "/people", "/events/1", "/outbox")}
    assert len(pages) == 1 and "/sign-out" in pages.pop()
    assert [signed_in.get("/").status_code, signed_in.post("/people/new").status_code] == [403, 403]
    assert signed_in.get("/secretariats").status_code == 200
