"""The commands as they are typed: what they print, where, and how they end."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from app.accounts.models import Account
from app.cli import main
from app.commands.serving import port_of, welcome
from app.errors import BadSetting, Refused
from app.memos.models import Attachment, Section
from app.migrations import migrated
from app.output import write_together
from app.people.models import Organisation
from app.secretariats.models import Role, Secretariat
from app.settings import read_settings
from bench.cpu import free_port

ROOT = Path(__file__).parent.parent
DOCUMENT = {
    "format": "koolle-event/1",
    "organisations": [{"name": "rakenneministeriö", "abbreviation": "RM"}],
    "people": [
        {"name": "Aarne Ahde", "email": "aarne@rm.example", "organisation": "RM"},
        {"name": "Otso Oja", "email": "otso@rm.example", "organisation": "RM"},
        {"name": "Pilvi Pelto", "organisation": "RM"},
    ],
    "groups": [{"name": "Neuvottelukunta", "members": [{"person": "aarne@rm.example", "role": "chair"}]}],
    "event": {
        "title": "Verkostojen iltapäivä",
        "convener": "Neuvottelukunta",
        "starts_at": "2026-09-10T13:00",
        "invitees": [
            {"person": "otso@rm.example"},
            {"person": {"name": "Pilvi Pelto", "organisation": "RM"}},
        ],
        "attendance": [{"person": "otso@rm.example"}],
        "memo": {
            "sections": [{"heading": "Keskustelusta", "body": "Äänekästä."}],
            "attachments": [{"title": "Luettelo", "file": "luettelo.csv"}],
            "distribution": [{"attended": True}],
            "for_information": [{"invited": True}, {"group": "Neuvottelukunta"}],
        },
    },
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Two data folders, made once: `empty`, and `imported` with the document's event."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "luettelo.csv").write_text("nimi\n")
    (folder / "event.json").write_text(json.dumps(DOCUMENT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOOLLE_DATA", str(folder / "empty"))
        assert main(["migrate"]) == 0
        shutil.copytree(folder / "empty", folder / "imported")
        patch.setenv("KOOLLE_DATA", str(folder / "imported"))
        assert main(["import", str(folder / "event.json")]) == 0
    return folder


@pytest.fixture(autouse=True)
def installation(made, tmp_path, monkeypatch) -> Path:
    """An installation of the test's own, where commands are given."""
    for name in [name for name in os.environ if name.startswith("KOOLLE_") or name == "PORT"]:
        monkeypatch.delenv(name)
    shutil.copytree(made / "empty", tmp_path / "data")
    monkeypatch.setenv("KOOLLE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def event(made, installation) -> str:
    """The id of an imported event, whose file lies here too."""
    shutil.copytree(made / "imported", installation / "data", dirs_exist_ok=True)
    for name in ("event.json", "luettelo.csv"):
        shutil.copy(made / name, installation)
    return "1"


@pytest.mark.long
def test_import_prints_what_was_made_and_the_id_last(event, capsys):
    assert main(["import", "event.json"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == str(int(event) + 1)
    assert "matched person Otso Oja" in out
    assert err == ""


@pytest.mark.long
def test_what_is_exported_can_be_imported_and_exported_to_the_same_bytes(event, installation, capsys, monkeypatch):
    (installation / "out").mkdir()
    assert main(["export", event, "--output", "out/event.json"]) == 0
    assert (installation / "out" / "luettelo.csv").read_text() == "nimi\n"
    monkeypatch.setenv("KOOLLE_DATA", str(installation / "other"))
    assert main(["import", "out/event.json"]) == 0
    assert main(["export", capsys.readouterr().out.splitlines()[-1]]) == 0
    out, err = capsys.readouterr()
    assert out == (installation / "out" / "event.json").read_text()
    assert err == "koolle: left out (--output writes them): luettelo.csv\n"


def test_the_memo_is_written_whole(event, installation):
    assert main(["memo", event, "--output", "memo.pdf"]) == 0
    assert (installation / "memo.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in installation.iterdir()) == ["data", "event.json", "luettelo.csv", "memo.pdf"]


PAPERS = {
    "fi": ["Muistio.pdf", "Liite 1 Luettelo.csv", "Kutsu.pdf", "Osallistujat.pdf", "Osallistujaluettelo.pdf",
           "Nimikyltit.pdf"],
    "en": ["Memorandum.pdf", "Attachment 1 Luettelo.csv", "Invitation.pdf", "Participants.pdf", "Attendance list.pdf",
           "Name badges.pdf"],
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("language", "asked"), [("fi", []), ("en", ["--language", "en"])])
def test_every_paper_is_written_under_a_name_that_says_what_it_is(event, installation, capsys, language, asked):
    assert main(["papers", event, "--output", "papers", *asked]) == 0
    assert capsys.readouterr().out.splitlines() == PAPERS[language]
    written = {path.name: path.read_bytes()[:5] for path in (installation / "papers").iterdir()}
    assert written == {name: b"nimi\n" if name.endswith("csv") else b"%PDF-" for name in PAPERS[language]}


def test_a_title_of_any_letters_is_a_file_name(event, installation, capsys):
    with migrated(read_settings().database_url) as database, database.session() as session:
        session.execute(update(Attachment).values(title="../" + "橋" * 300))
    assert main(["papers", event, "--output", "papers"]) == 0
    name = next(name for name in capsys.readouterr().out.splitlines() if "橋" in name)
    assert (installation / "papers" / name).read_bytes() == b"nimi\n"
    assert name.startswith("Liite 1 .. 橋橋") and name.endswith("橋.csv")


def test_where_a_paper_cannot_be_made_none_is_written(event, installation, capsys):
    with migrated(read_settings().database_url) as database, database.session() as session:
        session.execute(update(Section).values(body="x" * 100_001))
    assert main(["papers", event, "--output", "papers"]) == 1
    assert "enintään 100 kt" in capsys.readouterr().err and not (installation / "papers").exists()
    assert main(["papers", event, "--output", "event.json"]) == 1
    assert main(["papers", "9", "--output", "papers"]) == 1


@pytest.mark.parametrize(
    ("field", "lines"),
    [
        ("distribution", ["Otso Oja\totso@rm.example\tOsallistuneet"]),
        (
            "for_information",
            ["Pilvi Pelto\t-\tTilaisuuteen kutsutut", "Aarne Ahde\taarne@rm.example\tNeuvottelukunta"],
        ),
    ],
)
def test_resolve_prints_a_line_a_person_once(event, field, lines, capsys):
    assert main(["resolve", event, field]) == 0
    assert capsys.readouterr().out.splitlines() == lines


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("import nowhere.json", "koolle: nowhere.json: No such file or directory"),
        ("import broken.json", None),
        ("export 77", "koolle: there is no event 77"),
        ("export 99999999999999999999", "koolle: there is no event 99999999999999999999"),
        ("memo 77 --output memo.pdf", "koolle: there is no event 77"),
        ("resolve -1 distribution", "koolle: there is no event -1"),
        ("account add helmi --name Helmi", "koolle: 'helmi' is not an e-mail address"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(command, complaint, installation, capsys):
    (installation / "broken.json").write_text("{")
    assert main(command.split()) == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert complaint is None or err == complaint + "\n"


def test_the_ministries_come_with_the_first_account_and_none_comes_back(installation, capsys):
    def names(session) -> list[str]:
        return list(session.scalars(select(Organisation.abbreviation).order_by(Organisation.id)))

    assert main("account add helmi@rm.example --name Helmi".split()) == 0
    with migrated(read_settings().database_url) as database, database.session() as session:
        assert names(session) == [*"VNK UM OM SM PLM VM OKM MMM LVM TEM STM YM DVV".split(), None]
        session.execute(delete(Organisation).where(Organisation.abbreviation == "VM"))
    assert main("account add otso@rm.example --name Otso".split()) == 0
    with migrated(read_settings().database_url) as database, database.session() as session:
        assert len(names(session)) == 13


def test_every_problem_of_a_file_is_named_and_nothing_is_written(event, installation, capsys):
    wrong = {**DOCUMENT, "event": {**DOCUMENT["event"], "starts_at": "2026-02-30T13:00", "lenght": 3}}
    (installation / "event.json").write_text(json.dumps(wrong))
    assert main(["import", "event.json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "event.starts_at: there is no such date and time: 2026-02-30T13:00",
        "event.lenght: unknown key",
    ]
    assert main(["export", str(int(event) + 1)]) == 1


def test_an_event_without_a_memo_has_none_to_print(installation, capsys):
    bare = {**DOCUMENT, "event": {key: value for key, value in DOCUMENT["event"].items() if key != "memo"}}
    (installation / "event.json").write_text(json.dumps(bare))
    main(["import", "event.json"])
    capsys.readouterr()
    assert main(["memo", "1", "--output", "memo.pdf"]) == 1
    assert capsys.readouterr().err == "koolle: event 1 has no memo yet\n"
    assert not (installation / "memo.pdf").exists()


def test_an_account_gets_a_role_in_a_secretariat_by_its_name(installation, capsys):
    words = "account add {}@rm.example --name X".format
    assert main(words("helmi").split()) == 0
    assert main(["secretariat", "add", "Siltaväki"]) == 0
    assert main([*words("otso").split(), "--role", "viewer", "--secretariat", "Siltaväki"]) == 0
    assert main([*words("lumi").split(), "--secretariat", "SILTAVÄKI"]) == 0
    capsys.readouterr()
    assert main([*words("pilvi").split(), "--secretariat", "Muu"]) == 1
    assert capsys.readouterr().err == "koolle: there is no secretariat 'Muu'; `koolle secretariat list` names them\n"
    with migrated(read_settings().database_url) as database, database.session() as session:
        query = select(Account.email, Role.role, Secretariat.name).join(Role, Role.account_id == Account.id)
        found = session.execute(query.join(Secretariat, Secretariat.id == Role.secretariat_id).order_by(Account.id))
        assert [tuple(row) for row in found] == [
            ("helmi@rm.example", "owner", "Sihteeristö"), ("otso@rm.example", "viewer", "Siltaväki"),
            ("lumi@rm.example", "owner", "Siltaväki"),
        ]  # fmt: skip


def test_an_account_gets_a_password_once(capsys):
    words = ["account", "add", "Helmi@RM.example", "--name", "Helmi Hakala", "--language", "sv"]
    assert main(words) == 0
    assert len(capsys.readouterr().out.splitlines()[-1]) >= 16
    assert main(words) == 1
    assert capsys.readouterr().err == "koolle: Helmi@RM.example has an account already\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_pasted_addresses_are_printed_a_line_each_without_a_database(encoding, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("KOOLLE_DATABASE_URL", "nonsense")
    text = 'Järvinen Äijä (STM) <aija@stm.example>;\r\n"Oja, Otto" <otto@@x.example>; VM kaikki\r\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode(encoding))))
    assert main(["parse-addresses"]) == 0
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert [list(line) for line in lines] == 3 * [["given_name", "family_name", "email", "organisation", "problem"]]
    assert [list(line.values())[:4] for line in lines] == [
        ["Äijä", "Järvinen", "aija@stm.example", "STM"], ["Otto", "Oja", None, None], [None, None, None, "VM"],
    ]  # fmt: skip
    assert [(line["problem"] or "").split(".")[0] for line in lines] == [
        "", "The address has more than one @", "This looks like a distribution list and not a person",
    ]  # fmt: skip
    assert "Äijä" in out
    assert err == ""


# --- settings and usage ---


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOOLLE_DATA", "/proc/nowhere"),
        ("KOOLLE_DATABASE_URL", "mysql://db.example/koolle"),
        ("KOOLLE_DATABASE_URL", "postgresql://db.example:port/koolle"),
        ("KOOLLE_DATABASE_URL", "postgresql://127.0.0.1:1/koolle"),
        ("KOOLLE_BASE_URL", "koolle.example"),
        ("KOOLLE_SECRET", "short"),
        ("KOOLLE_SMTP_URL", "mail.example"),
        ("KOOLLE_MAIL_FROM", "nobody"),
    ],
)
def test_a_nonsense_setting_stops_the_start_with_its_name(name, value, monkeypatch, capsys):
    monkeypatch.setenv(name, value)
    assert main(["migrate"]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith(f"koolle: {name}")


@pytest.mark.long
@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, False),
        ({"KOOLLE_SMTP_URL": "smtp://mail.example"}, True),
        ({"KOOLLE_SMTP_URL": "smtp://mail.example", "KOOLLE_BASE_URL": "https://koolle.example"}, False),
    ],
)
def test_links_that_nobody_else_can_open_are_told_of(variables, told, tmp_path):
    environ = {"KOOLLE_DATA": str(tmp_path), "KOOLLE_MAIL_FROM": "koolle@koolle.example"} | variables
    settings = read_settings(environ)
    with migrated(settings.database_url) as database:
        lines = welcome(database, settings).splitlines()
    assert lines[0] == f"Koolle is at {settings.base_url}"
    assert any("KOOLLE_BASE_URL" in line for line in lines) == told


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "8.5", "٣", "http"])
def test_a_port_is_a_number(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    args = type("Args", (), {"port": None})
    if port:
        with pytest.raises(BadSetting, match="PORT must be a number from 1 to 65535"):
            port_of(args)
    else:
        assert port_of(args) == 8000


@pytest.mark.parametrize("words", [["no-such-command"], ["export"], ["export", "one"], ["resolve", "1", "everybody"]])
def test_a_wrong_command_line_ends_with_two(words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_koolle_alone_helps(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("usage: koolle")


@pytest.mark.long
def test_a_closed_pipe_is_no_crash(event, installation):
    command = ["bash", "-c", f"{sys.executable} -m app export {event} | true"]
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "KOOLLE_DATA": f"{installation}/data"}, capture_output=True
    )
    assert ended.stderr == b""


# --- files ---


def test_nothing_of_somebody_elses_is_overwritten(tmp_path):
    (tmp_path / "plan.csv").write_text("another")
    with pytest.raises(Refused, match="plan.csv: is there already"):
        write_together(tmp_path / "event.json", b"{}", {"a.csv": b"a", "plan.csv": b"one"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()} == {"plan.csv": "another"}


@pytest.mark.parametrize("name", ["../outside.csv", "event.json", "/tmp/outside.csv"])
def test_a_files_name_does_not_lead_elsewhere(name, tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    with pytest.raises(Refused, match="choose another name"):
        write_together(folder / "event.json", b"{}", {name: b"x"})
    assert list(folder.iterdir()) == []


def test_a_missing_folder_is_named(event, capsys):
    assert main(["memo", event, "--output", "none/memo.pdf"]) == 1
    assert capsys.readouterr().err == "koolle: none: there is no such folder\n"


def test_mails_are_held_shown_and_let_go(capsys):
    assert [main(["outbox", act]) for act in ("hold", "show", "release", "show")] == [0, 0, 0, 0]
    shown = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("waiting")]
    rest = ["oldest due\t-", "perhaps sent\t0", "failed\t0"]
    assert shown == [
        "No mail leaves until: koolle outbox release", "leaving\tno: no mail server", *rest, "Mails leave again.",
        "leaving\tno: no mail server", *rest,
    ]  # fmt: skip


def test_with_a_mail_server_it_says_whether_mails_leave(capsys, monkeypatch):
    monkeypatch.setenv("KOOLLE_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("KOOLLE_MAIL_FROM", "sihteeristo@koolle.example")
    main(["outbox", "hold"])
    main(["outbox", "show"])
    main(["outbox", "release"])
    main(["outbox", "show"])
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line.startswith("leaving")] == ["leaving\tno: by_hand", "leaving\tyes"]


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (
            ["worker"],
            "a SQLite database is a file of one machine, whose server sends its mails itself (koolle serve);"
            " more workers need PostgreSQL: set KOOLLE_DATABASE_URL to postgresql://…",
        ),
        (
            ["serve", "--no-worker", "--port", "a free one"],
            "with SQLite no other process sends mails, so this one has to; leave --no-worker away",
        ),
    ],
    ids=["worker", "no worker"],
)
def test_on_sqlite_the_server_sends_and_nothing_else_does(command, complaint, capsys):
    port = str(free_port())  # now: one that was free when the tests were collected may be taken since
    assert main([port if word == "a free one" else word for word in command]) == 1
    assert capsys.readouterr().err == f"koolle: {complaint}\n"
