"""What ended after a backup and lives again is told, on both databases, by the database that was in use until then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.colleagues import change_role, end_access
from app.accounts.models import Account, Authenticator, Identity, Passkey, RecoveryCode
from app.audit.models import AuditEntry
from app.backups.again import done_again
from app.backups.since import undone
from app.commands.backups import tell_undone
from app.db import Database
from app.events.models import Event
from app.links.links import link_of
from app.links.revoking import renew_links, revoke_links
from app.people.models import Person
from app.secretariats.models import Role
from tests import cast
from tests.conftest import NOW
from tests.migrated import name_of, new_database, new_file, run

LIVES_AGAIN = [
    ("Access that was ended, and goes on again", ["Eino Erä <eino@koolle.example>"]),
    (
        "Roles that were taken away or changed, and hold again",
        ["Taimi Tuuli <taimi@koolle.example>: owner of Sihteeristö"],
    ),
    ("Passwords that were changed, and are the earlier ones again", ["Helmi Hakala <helmi@koolle.example>"]),
    ("Passkeys that were removed, and open again", ["Helmi Hakala <helmi@koolle.example>: puhelin"]),
    (
        "Second factors that were added, changed or removed, and are as they were before",
        ["Helmi Hakala <helmi@koolle.example>", "Taimi Tuuli <taimi@koolle.example>"],
    ),
    (
        "Recovery codes that were used or made anew, and are the earlier ones again",
        ["Taimi Tuuli <taimi@koolle.example>"],
    ),
    (
        "Personal links that were revoked or renewed, and open again",
        [
            "/events/1 Verkostojen iltapäivä: Otso Orava (invitation)",
            "/events/1 Verkostojen iltapäivä: Pilvi Poutanen (papers)",
        ],
    ),
    ("People who were deleted, and are there again", ["/people/4 Kaino Kallio", "/people/7 Viima Vuori"]),
    (
        "People whose data or address were erased, and are there again",
        ["/privacy/people/5 Tuulia Torni", "/privacy/people/6 Usva Ukkonen"],
    ),
    ("Events whose data were erased, and are there again", ["/privacy/events/1 Verkostojen iltapäivä"]),
]
DONE_AGAIN = [
    ("Links with the organisation's sign-in that were removed", ["Taimi Tuuli <taimi@koolle.example>"]),
    ("Events that were marked not public", ["/events/1 Verkostojen iltapäivä: salassa pidettävä"]),
]


def then(session: Session, settings) -> None:
    """What a backup holds."""
    helmi = cast.account(session)
    cast.account(session, name="Eino Erä", email="eino@koolle.example", role="viewer")
    taimi = cast.account(session, name="Taimi Tuuli", email="taimi@koolle.example")
    session.add_all(
        [
            Authenticator(account_id=taimi.id, sealed=b"1", confirmed_at=NOW),
            *(RecoveryCode(account_id=taimi.id, code_hash=code) for code in (b"1", b"2")),
            Identity(account_id=taimi.id, issuer="https://a.example", subject="t", linked_at=NOW),
            Identity(account_id=helmi.id, issuer="https://a.example", subject="h", linked_at=NOW),
        ]
    )
    session.add(Passkey(account_id=helmi.id, credential_id=b"1", public_key=b"2", sign_count=0, name="puhelin",
                        added_at=NOW))  # fmt: skip
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    for name, purpose in (
        ("Otso Orava", "invitation"), ("Pilvi Poutanen", "papers"), ("Saima Salo", "invitation"),
    ):  # fmt: skip
        link_of(session, settings, event_id=event.id, person_id=cast.person(session, name).id, purpose=purpose)
    cast.person(session, "Kaino Kallio")
    cast.person(session, "Tuulia Torni", "tuulia@koolle.example")
    session.add(Person(given_name="Usva", family_name="Ukkonen", title="ylijohtaja"))
    session.flush()
    cast.person(session, "Viima Vuori", "viima@koolle.example")


def since(session: Session, settings) -> None:
    """What happened after it."""
    helmi, eino, taimi = session.scalars(select(Account).order_by(Account.id))
    role = {one.account_id: one for one in session.scalars(select(Role))}
    end_access(session, 1, role[eino.id], NOW)
    change_role(session, 1, role[taimi.id], "viewer")
    helmi.password_hash = "x"
    session.delete(session.scalar(select(Passkey)))
    event = session.scalar(select(Event.id))
    people = list(session.scalars(select(Person).order_by(Person.id)))
    revoke_links(session, event, people[0].id, NOW)
    renew_links(session, settings, event, people[1].id, NOW)
    session.delete(people[3])
    people[4].email = None
    people[5].title = None
    people[6].given_name, people[6].family_name = "Joku", "Muu"  # SQLite gave the number to somebody else
    session.add(Authenticator(account_id=helmi.id, sealed=b"3", confirmed_at=NOW))
    session.get(Authenticator, taimi.id).step = 9
    session.get(Authenticator, taimi.id).sealed = b"2"
    session.delete(session.get(RecoveryCode, b"1"))
    session.execute(delete(Identity).where(Identity.account_id == taimi.id))
    session.get(Event, event).confidentiality, session.get(Event, event).erased_at = "salassa pidettävä", NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request, tmp_path, settings) -> Iterator[tuple[str, str]]:
    """The addresses of the database that was in use, and of the one that was put back."""
    if request.param == "sqlite":
        now = new_file(tmp_path / "now.db")
    else:
        now = new_database(request.getfixturevalue("postgres_url"))
    write(now, then, settings)
    if request.param == "sqlite":
        before = f"sqlite:///{shutil.copy(tmp_path / 'now.db', tmp_path / 'before.db')}"
    else:
        before = new_database(request.getfixturevalue("postgres_url"), name_of(now))
    yield before, now
    if request.param == "postgresql":
        for url in (before, now):
            run(request.getfixturevalue("postgres_url"), f"DROP DATABASE {name_of(url)}")


def write(url: str, step, settings) -> None:
    database = Database(url)
    with database.session() as session:
        step(session, settings)
    database.close()


def test_what_ended_since_is_told_with_its_name(both, settings):
    before, now = both
    assert list(undone(before, now)) == []
    write(before, since, settings)
    assert [(one.what, one.which) for one in undone(before, now)] == LIVES_AGAIN


def test_what_is_safe_is_done_again_and_told(both, settings):
    before, now = both
    assert list(done_again(before, now, b"0" * 32, NOW)) == []
    write(before, since, settings)
    assert [(one.what, one.which) for one in done_again(before, now, b"0" * 32, NOW)] == DONE_AGAIN
    assert list(done_again(before, now, b"0" * 32, NOW)) == []
    database = Database(now)
    with database.session(readonly=True) as session:
        [told] = session.scalars(select(AuditEntry.about).where(AuditEntry.actor_id == "restore"))
        assert (told["unlinked"], len(told["marked"])) == (1, 1)
        left = session.execute(select(Identity.subject)).all(), session.execute(select(Event.confidentiality)).all()
    database.close()
    assert left == ([("h",)], [("salassa pidettävä",)])


def test_a_person_on_a_bad_day_reads_what_to_do(tmp_path, settings, capsys):
    now = new_file(tmp_path / "now.db")
    write(now, then, settings)
    before = f"sqlite:///{shutil.copy(tmp_path / 'now.db', tmp_path / 'before.db')}"
    write(before, since, settings)
    tell_undone(before, now, settings.secret)
    said = capsys.readouterr().out
    assert said.startswith("Links with the organisation's sign-in that were removed (removed again):\n  Taimi Tuuli")
    assert "\nAccess that was ended, and goes on again (end it again under /accounts" in said
    assert "\n  Eino Erä <eino@koolle.example>\n" in said and "koolle links renew-all" in said
    (tmp_path / "broken.db").write_bytes(b"no database at all" * 100)
    for unread in (f"sqlite:///{tmp_path}/broken.db", None):
        tell_undone(unread, now, settings.secret)
        assert capsys.readouterr().out.startswith("What ended after the backup lives again")
