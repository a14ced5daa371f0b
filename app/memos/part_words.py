"""What a part of the memo that fills itself in says, as a text in CommonMark that a hand can go on with. Pure.

It takes the contents that the paper's templates take (app/memos/paper.py, participants.py) and returns what prints the
same words: lines keep their ends, proposals and the programme stay tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from app.memos.paper import FollowUpRow, FollowUps, ProgrammeRow
from app.memos.paper_figures import Count, QuestionSummary, SurveySummary
from app.memos.participants import Participants, Table

SPECIAL = re.compile(r"([\\`*_\[\]<>|&])")
AT_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=]+$|~{3,}|\d{1,9}(?=[.)](?:\s|$)))")
BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|blockquote)>|<br ?/?>")
TAG = re.compile(r"<[^>]+>")
HARD_BREAK = "  \n"
LINE_END = re.compile(r" *\n(?=[^\n])")


def words_of(kind: str, content: object, headings: Sequence[str] = ()) -> str:
    """Return a part's words; kind is one of AUTO_SECTIONS, content what `memo_paper.filled` gives of it, headings those
    of its table in the language of the paper. Nothing to print is an empty text."""
    if not content:
        return ""
    if kind == "time_and_place":
        return lines(content)
    if kind == "participants":
        return participants(content)
    if kind == "agenda":
        return agenda(content, headings)
    if kind == "follow_ups":
        return follow_ups(content, headings)
    return survey_summary(content)


def with_line_ends(text: str) -> str:
    """What is written by hand in place of a part, as it prints: a part is made of lines, so each line ends where it
    was ended, also where the hand has not put two spaces."""
    return LINE_END.sub(HARD_BREAK, text)


def escaped(text: str) -> str:
    """Words that mean themselves in CommonMark, on one line."""
    plain = SPECIAL.sub(r"\\\1", " ".join(text.split()))
    found = AT_START.match(plain)
    if not found:
        return plain
    start = found.end() if found[0].isdigit() else 0  # of "4." it is the point that makes a list
    return f"{plain[:start]}\\{plain[start:]}"


def lines(rows: Iterable[str]) -> str:
    """Lines that keep their ends."""
    return HARD_BREAK.join(escaped(row) for row in rows)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are CommonMark of one line."""
    head = [_row(header), _row(["---"] * len(header))]
    return "\n".join([*head, *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def participants(content: Participants) -> str:
    """The table of seats first, then each group under its heading, a line each."""
    blocks = [_seats(content.table)] if content.table else []
    for group in content.groups:
        if group.lines:
            blocks += [f"**{escaped(group.heading)}**"] if group.heading else []
            blocks.append(lines(group.lines))
    return "\n\n".join(blocks)


def _seats(seats: Table) -> str:
    return table([escaped(cell) for cell in seats.header], [[escaped(cell) for cell in row] for row in seats.rows])


def agenda(rows: Iterable[ProgrammeRow], headings: Sequence[str]) -> str:
    """A table of times, items and speakers; a day and a heading are rows of their own."""
    found: list[Sequence[str]] = []
    for row in rows:
        about = " ".join(plain(row.about).split())
        title = " ".join(filter(None, (escaped(row.number or ""), escaped(row.title))))
        found += [["", f"**{escaped(row.day)}**", ""]] if row.day else []
        title = f"**{title}**" if row.heading else title
        item = ": ".join(filter(None, (title, escaped(about))))
        found.append([escaped(row.time), item, "; ".join(escaped(one) for one in row.speakers)])
    return table(headings, found)


def follow_ups(tables: Iterable[FollowUps], headings: Sequence[str]) -> str:
    """A table of what arose, and under its heading one of what returned."""
    blocks = []
    for one in tables:
        blocks += [f"**{escaped(one.heading)}**"] if one.heading else []
        blocks.append(table(headings, [_follow_up(row) for row in one.rows]))
    return "\n\n".join(blocks)


def _follow_up(row: FollowUpRow) -> list[str]:
    text = f"{escaped(row.text)} (*{escaped(row.note)}*)" if row.note else escaped(row.text)
    return [text, escaped(row.owner), escaped(row.due), escaped(row.state)]


def survey_summary(content: SurveySummary) -> str:
    """Who answered, and each question with its figures and what was written."""
    blocks = [*_paragraphs(content.introduction), escaped(content.answered), *_paragraphs(content.opening)]
    for question in content.questions:
        blocks += _question(question)
    return "\n\n".join(filter(None, [*blocks, *_paragraphs(content.closing)]))


def _question(question: QuestionSummary) -> list[str]:
    mark = "#" if question.heading or not question.deep else "##"
    blocks = [f"{mark} {escaped(question.text)}", escaped(question.note)]
    blocks.append(_counts([*question.rows, *(question.matrix.rows if question.matrix else ())]))
    blocks += [_counts(question.themes)]
    blocks += [escaped(question.written)] if question.texts and question.written else []
    blocks += [_quoted(paragraphs, whose) for paragraphs, whose in question.texts]
    return [*blocks, *_paragraphs(question.comment)]


def _counts(rows: Iterable[Count]) -> str:
    return "\n".join(f"- {escaped(' '.join(filter(None, (f'{row.label}:', row.count))))}" for row in rows)


def _quoted(paragraphs: Sequence[str], whose: str | None) -> str:
    said = [escaped(one) for one in paragraphs] + ([f"– {escaped(whose)}"] if whose else [])
    return "\n>\n".join(f"> {one}" for one in said)


def _paragraphs(html: str) -> list[str]:
    return [escaped(one) for one in plain(html).split("\n") if one.strip()]


def plain(html: str) -> str:
    """The words of sanitised HTML, a block a line."""
    return unescape(TAG.sub("", BLOCK_END.sub("\n", str(html)))).strip()
