"""Every parser of what comes from outside: what it is given, how it is called, and with what it may refuse."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.agenda.numbering import sound_pattern
from app.attendance.report_routes import text_of
from app.attendance.report_tables import NoReport
from app.attendance.reports import read_report
from app.backups.sealing import Unsealed
from app.comments.blocks import join, split
from app.distribution.addresses import address_line
from app.distribution.codes import term_from
from app.errors import BadSetting, Invalid, Refused
from app.events.details import read_clock
from app.files.handing import disposition
from app.files.measuring import KINDS, media_type_of, wrong_with
from app.files.names import safe_names
from app.follow_ups.board import read_filter
from app.forms import Reading, clean_line, clean_text, key_of, sound_address
from app.guests.guessing import neighbourhood
from app.imports.addresses import parse_addresses
from app.imports.columns import fields_of as columns_of
from app.imports.reading import refused_at_once
from app.imports.reading.child import messages
from app.imports.reading.door import kind_of
from app.imports.reading.encoding import encoding_of
from app.imports.values import read_values
from app.inbox.authentication import authentication, results_of, server_of
from app.inbox.calendars import calendar_part, mail_address, unescaped
from app.inbox.headers import Unreadable, plain_address
from app.inbox.masking import whole_text, without_links
from app.inbox.reading import read_mail
from app.invitations.placeholders import fill, in_addresses, unknown, without_empty
from app.language import preferred
from app.links.links import sought
from app.links.tokens import typed_code
from app.mail.replies import asks_for_a_slower_pace, greylists, names_nobody, speaks_of_us, status_of, wait_of
from app.mail.returning import returned
from app.markdown import markdown
from app.memos.passages import passages
from app.memos.references import linked, mentions_all, references_in, renumbered
from app.pdf.reader import found as read_pdf
from app.people.names import split_name
from app.people.paging import page_of
from app.privacy.forgetting import names
from app.settings import read_settings
from app.surveys.answering import Asked, read_one
from app.surveys.models import QUESTION_KINDS
from app.urlencoded import fields_of
from app.web import own_path, posted_form
from tests.attendance import report_files
from tests.conftest import settings_in
from tests.eventfiles.cases import FILES, check_only
from tests.eventfiles.test_any_file import changed_cases
from tests.files.test_measuring import OPEN_TEXT, WORD, archive
from tests.imports.fuzz_reading import seeds
from tests.inbox import programs
from tests.inbox.test_anything import LINES, WHOLE
from tests.pdf import sheets
from tests.security.hostile_texts import WORDS

FOLDER = Path(tempfile.gettempdir()) / "koolle-fuzz-parsers"
FOLDER.mkdir(exist_ok=True)
HERE = settings_in(FOLDER)


class Parser(NamedTuple):
    """given: what it is tried with; call: reads one; refusals: what it may raise, as its docstring says."""

    given: st.SearchStrategy[Any]
    call: Callable[[Any], Any]
    refusals: tuple[type[BaseException], ...] = ()


# --- what is given ---

TEXT = st.one_of(
    st.text(max_size=200), st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
)  # fmt: skip
BYTES = st.binary(max_size=2_000)


@st.composite
def damaged(draw, whole: Iterable[bytes]) -> bytes:
    """One of some sound files, with a few pieces replaced, or cut off."""
    content = draw(st.sampled_from([*whole]))
    for _piece in range(draw(st.integers(0, 6))):
        at, length = draw(st.integers(0, len(content))), draw(st.integers(0, 20))
        content = content[:at] + draw(st.binary(max_size=12)) + content[at + length :]
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 5)) == 0 else content


def spoken(words: str, pieces: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[str]:
    """Texts of the words of a format, between spaces here, and of anything."""
    return st.lists(st.sampled_from(words.split()) | pieces | st.just(" "), max_size=25).map("".join)


MARKDOWN = spoken(
    "# ## - 1. > | |---| ``` ` ** * _ [a](b) [^1] [^1]: <a> <https://x.example> ![x](y) \\ \n \n\n (liite 2) ~~~ ---"
)
RESULTS = spoken(
    'mx.example; dkim=pass spf=fail dmarc=none header.from=rm.example smtp.mailfrom= (a (b) " ; = 1 \\ reason='
)
ADDRESSES = spoken("< > ( ) [ ] \" ' ; : , @ . = a@x.example <b@x.example> To: von (VM) =?utf-8?Q?a?= mailto: \n")
REPORTS = st.one_of(
    TEXT, damaged([text.encode() for text in vars(report_files).values() if isinstance(text, str) and "\n" in text])
)
CALENDARS = st.lists(LINES | st.text(max_size=60) | st.sampled_from(WORDS), max_size=30).map("\r\n".join)
FIELDS = st.dictionaries(st.sampled_from(["a", "show", "owner", "series", "group", "page", "q"]), TEXT, max_size=5)
MAILS = [*WHOLE, programs.dsn(programs.OURS)]
UPLOADS = [
    b"%PDF-1.7\n%%EOF", archive(WORD), archive(OPEN_TEXT), sheets.image(), sheets.image(kind="JPEG"),
    sheets.png_of(9_000, 5_000),
]  # fmt: skip
MULTIPART = (
    b'--k\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--k\r\nContent-Disposition: form-data; name="file"; '
    b'filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--k--\r\n'
)
SETTINGS = [
    f"KOOLLE_{name}" for name in (
        "BASE_URL", "DATABASE_URL", "SMTP_URL", "IMAP_URL", "MAIL_FROM", "MAIL_NAME", "MAIL_AUTHSERV", "PROXIES",
        "LINK_DAYS", "BACKUPS", "SECRET", "LEAKED",
    )
]  # fmt: skip
SETTING = spoken(
    "https:// smtp:// imaps:// sqlite:/// postgresql:// user:pass@ x.example :25 / 10.0.0.1 /8 :: [ ] off 30"
)


# --- how it is called ---


def form_read(sent: tuple[str, bytes]) -> None:
    """Read a body as a route does."""
    kind, body = sent
    scope = {
        "type": "http",
        "method": "POST",
        "app": None,
        "headers": [(b"content-type", kind.encode("latin-1", "replace"))],
    }

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def read() -> None:
        request = Request(scope, receive)
        try:
            await posted_form(request)
        finally:
            await request.close()

    asyncio.run(read())


def fields_read(text: str) -> None:
    reading = Reading(FormData([("a", text)]))
    for read in (
        reading.line,
        reading.text,
        reading.whole,
        reading.day,
        reading.local_time,
        reading.address,
        reading.tick,
    ):
        read("a")
    reading.choice("a", ["x"])
    read_clock(reading, "a")
    clean_line(text), clean_text(text), key_of(text), sound_address(text), sound_pattern(text)


def answers_read(given: tuple[str, list[str]]) -> None:
    kind, texts = given
    names = ("q1", "q1_2", "q1_3", "q1_other", "question-1", "question-1-2")
    read_one(Asked(1, kind, True, 1, 5, (2, 3), open=3), dict.fromkeys(names, texts))


def report_read(given: str | bytes) -> None:
    text = text_of(given) if isinstance(given, bytes) else given
    read_report(text, datetime(2026, 9, 1, 9), datetime(2026, 9, 1, 11), "Europe/Helsinki")


def event_file_read(case: dict[str, Any]) -> None:
    for name, content in FILES.items():
        if not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(content)
    check_only(case, FOLDER)


def source_read(kind: str) -> Callable[[bytes], None]:
    name = {"xlsx": "a.xlsx", "csv": "a.csv", "vcard": "a.vcf"}[kind]

    def read(content: bytes) -> None:
        if not refused_at_once(name, content):
            for message in messages(kind_of(content), content):
                assert message.get("unreadable", [""])[0] != "unforeseen" if isinstance(message, dict) else True

    return read


def upload_read(given: tuple[str, bytes]) -> None:
    name, content = given
    wrong_with(name, content), media_type_of(name)
    safe_names([name, name]), disposition(name)


def markdown_read(text: str) -> None:
    markdown(text), join(split(text)), passages(text), references_in(text), mentions_all(text)
    renumbered(text, {1: 2, 2: None}), linked(str(markdown(text)), {1: "#a"})


def replies_read(text: str) -> None:
    for read in (wait_of, names_nobody, speaks_of_us, asks_for_a_slower_pace, greylists):
        read(text)
    status_of(text, 450), unescaped(text), mail_address(text), plain_address(text), returned(HERE, text)


def sealed_read(content: bytes) -> None:
    Unsealed(BytesIO(content), b"0" * 32).read()


def links_read(text: str) -> None:
    typed_code(text), sought(text), own_path(text), preferred(text, text), neighbourhood(text)
    page_of(range(99), text), term_or_none(text)


def term_or_none(text: str) -> None:
    try:
        term_from(text)
    except ValueError:
        pass


def letters_read(text: str) -> None:
    unknown(text), in_addresses(text), without_empty(text, {"link": ""}), fill(text, {"link": "{title}", "title": "x"})
    address_line(text, "a@x.example"), split_name(text), without_links(text), names(text, "a@x.example")


def rows_read(cells: list[str]) -> None:
    read_values(cells, columns_of(cells, [cells]))
    encoding_of("\n".join(cells).encode("utf-16"))


PARSERS: dict[str, Parser] = {
    "calendar replies": Parser(CALENDARS, calendar_part, (Unreadable,)),
    "mails, bounces": Parser(BYTES | damaged(MAILS), lambda content: (read_mail(content, HERE), whole_text(content))),
    "Authentication-Results": Parser(
        RESULTS,
        lambda text: (authentication([text], "otso@rm.example", "mx.example"), results_of(text), server_of(text)),
    ),
    "replies of mail servers, return addresses": Parser(TEXT, replies_read),
    "workbooks (XLSX)": Parser(BYTES | damaged(seeds()["xlsx"]), source_read("xlsx")),
    "delimited text (CSV)": Parser(BYTES | damaged(seeds()["csv"]), source_read("csv")),
    "address cards (vCard)": Parser(BYTES | damaged(seeds()["vcard"]), source_read("vcard")),
    "pasted address lines": Parser(ADDRESSES, lambda text: list(parse_addresses(text))),
    "cells of a row": Parser(st.lists(TEXT, max_size=8), rows_read),
    "attendance reports (Teams, Zoom)": Parser(REPORTS | BYTES, report_read, (NoReport,)),
    "event files (JSON)": Parser(changed_cases(), event_file_read, (Invalid,)),
    "urlencoded bodies": Parser(
        BYTES | TEXT.map(lambda t: t.encode(errors="replace")), lambda body: fields_of(body, 99), (ValueError,)
    ),
    "multipart bodies": Parser(
        st.tuples(
            st.sampled_from(
                ["multipart/form-data; boundary=k", "multipart/form-data", "multipart/form-data; boundary="]
            )
            | TEXT.map(lambda text: f"multipart/form-data; boundary={text}"),
            BYTES | damaged([MULTIPART]),
        ),
        form_read,
        (HTTPException,),
    ),
    "Markdown, references": Parser(MARKDOWN | TEXT, markdown_read, (Refused,)),
    "fields: dates, clocks, numbers, addresses": Parser(TEXT, fields_read),
    "answers to a survey": Parser(st.tuples(st.sampled_from(QUESTION_KINDS), st.lists(TEXT, max_size=4)), answers_read),
    "codes, tokens, languages, own paths, pages, terms": Parser(
        TEXT | spoken('[ ] "person" null , 1 "text" [] // \\ ;q= en'), links_read
    ),
    "queries that filter": Parser(FIELDS, read_filter),
    "letters' placeholders, names": Parser(TEXT | spoken("{ } {link} {a.b} {{ }} {0} [ ]( ) %s"), letters_read),
    "uploads, their names": Parser(
        st.tuples(st.sampled_from([*map("a{}".format, KINDS)]) | TEXT, BYTES | damaged(UPLOADS)), upload_read
    ),
    "PDFs and images": Parser(BYTES | damaged(UPLOADS), read_pdf),
    "sealed backups": Parser(BYTES | damaged([b"koolle-backup-1\n" + bytes(200)]), sealed_read, (Refused,)),
    "settings": Parser(
        st.dictionaries(st.sampled_from(SETTINGS), SETTING, max_size=4),
        lambda given: read_settings({"KOOLLE_DATA": str(FOLDER)} | given),
        (BadSetting,),
    ),
}
