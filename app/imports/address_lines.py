"""Lines of pasted text: broken ones mended, rows of tables read cell by cell, lists at their semicolons. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from app.imports.address_entries import Entry, entries_of, says_body
from app.imports.address_owners import matched
from app.imports.address_parts import Part, parts_of
from app.imports.columns import field_of
from app.imports.local_parts import INITIAL, best_fit, related
from app.imports.names_known import NOT, SURE, given_weight
from app.imports.organisations_written import Known, is_profession, is_role, nobodys

LONGEST_HEADINGS = 1000
OF_NAMES = {"name", "family_name", "given_name"}


def with_tabs(text: str) -> str:
    """Return a table whose headings stand between semicolons, commas or strokes with tabs there, else the text."""
    first = text.lstrip("\n").partition("\n")[0]
    if "@" in first or len(first) > LONGEST_HEADINGS:
        return text
    mark = next((mark for mark in ";,|" if len([cell for cell in first.split(mark) if field_of(cell)]) > 1), None)
    if mark is None:
        return text
    try:
        rows = list(csv.reader(text.split("\n"), delimiter=mark, skipinitialspace=True))
    except csv.Error:
        return text  # a cell that is longer than any is
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def entries_in(text: str, known: Known) -> list[Entry]:
    """Return the entries of a text that was made even, in its order."""
    found: list[Entry] = []
    headings: list[str | None] = []
    lines = list(_lines(parts_of(text), known))
    family_first = _have_commas(lines)
    for number, line in enumerate(lines):
        rows = any(part.after == "\t" for part in line)
        named = [field_of(part.name) for part in line] if rows else []
        if _are_headings(named, first=not found) and all(part.address is None for part in line):
            headings = named
        elif rows and not _are_people(line):
            found += _row(line, number, known, headings)
        else:
            body = _body_before(line, known)
            for parts in _split(line, ";\t" if rows else ";"):
                of_parts = entries_of(parts, number, known, family_first=family_first)
                for entry in of_parts:
                    entry.notes += body
                found += of_parts
    return matched(found, known)


def _are_headings(named: Sequence[str | None], *, first: bool) -> bool:
    return len(set(named) - {None}) > 1 or (first and not OF_NAMES.isdisjoint(named))


def _are_people(line: Sequence[Part]) -> bool:
    """Whether the cells of a row are each somebody: two or more addresses, or whole names."""
    if any(part.address is not None for part in line):
        return sum(part.address is not None for part in line) > 1
    return sum(len(part.words) > 1 and max(map(given_weight, part.words)) == SURE for part in line) > 1


def _have_commas(lines: Sequence[Sequence[Part]]) -> bool:
    """Whether a comma parts all that is between semicolons and line ends, as names are: "Heikki, Matti; Oja, Anna"."""
    groups = [parts for line in lines for parts in _split(line, ";") if parts]
    if len(groups) < 2 or any(len(parts) != 2 or parts[0].after != "," for parts in groups):
        return False
    if any(part.address is not None or not part.words for parts in groups for part in parts):
        return False
    if any(len(family.words) > 1 or NOT in map(given_weight, given.words) for family, given in groups):
        return False
    return any(given_weight(family.words[0]) == NOT for family, _ in groups)


def _body_before(line: Sequence[Part], known: Known) -> list[str]:
    """Return the organisation that stands before a colon, of all whom the line names: "VM: Matti Oja, Anna Lind"."""
    label = line[0].label if line else None
    if label is None or not says_body(label, known) or len(line) == 1:
        return []
    line[0].label = None
    return [label]


def _lines(parts: Sequence[Part], known: Known) -> Iterator[list[Part]]:
    """Yield the parts of each line, of those that a mail program broke as of one; a blank line as an empty one."""
    flowing = any(part.after == ";" or (part.after == "," and part.address is not None) for part in parts)
    line: list[Part] = []
    for part in parts:
        if line and line[-1].after == "\n":
            last = line[-1]
            if last.empty and len(line) > 1 and line[-2].after == "," and line[-2].address is None and not part.empty:
                line.pop()  # broken after the comma of a name
            elif not last.empty and not part.empty and _is_broken(last, part, flowing, known):
                part.start, part.words, part.notes = last.start, last.words + part.words, last.notes + part.notes
                part.label = last.label or part.label
                line.pop()
            else:
                yield _without_end(line)
                line = []
        line.append(part)
    if line:
        yield _without_end(line)


def _without_end(line: list[Part]) -> list[Part]:
    return line[:-1] if line[-1].empty and line[-1].after == "\n" else line


def _is_broken(last: Part, first: Part, flowing: bool, known: Known) -> bool:
    """Whether a line end stands within a name: "Virtanen" above "Matti <matti.virtanen@vm.example>"."""
    if last.address is not None or last.notes or not last.words or nobodys(last.name) or nobodys(first.name):
        return False
    if not first.words:
        return bool(first.notes) and first.address is not None  # (VM) <matti.virtanen@vm.example>
    if known.is_organisation(last.name) or known.is_organisation(first.name):
        return False
    if flowing:
        return len(last.words) == 1 or len(first.words) == 1
    if len(last.words) > 1 or len(first.words) > 2 or first.address is None:
        return False
    local = first.address.split("@")[0]
    return related(last.words, local) and best_fit(last.words + first.words, local) > best_fit(first.words, local)


def _split(line: Sequence[Part], marks: str) -> Iterator[list[Part]]:
    parts: list[Part] = []
    for part in line:
        if not part.empty:
            parts.append(part)
        if part.after in marks and part.after:
            yield parts
            parts = []
    yield parts


def _row(line: Sequence[Part], number: int, known: Known, headings: Sequence[str | None]) -> list[Entry]:
    """Return the one entry of a row whose cells stand between tabs, by the headings or by what the cells hold."""
    cells = list(_cells(line))
    whole = Entry(line[0].start, line[-1].end, number)
    of_field: dict[str, str] = {}
    texts: list[str] = []
    for place, cell in enumerate(cells):
        text = ", ".join(part.name for part in cell if part.words)
        for part in cell:
            whole.notes += part.notes
            whole.formula |= part.formula
            if part.address is not None:
                whole.address = part.address
        field = headings[place] if place < len(headings) else None
        if field and text:
            of_field.setdefault(field, text)
        elif text and not headings:
            texts.append(text)
    if of_field.get("organisation"):
        whole.notes.insert(0, of_field["organisation"])
    if "family_name" in of_field or "given_name" in of_field:
        whole.names = [of_field.get("family_name", ""), of_field.get("given_name", "")]
        whole.by_headings = True
    elif "name" in of_field:
        whole.names = [of_field["name"]]
    elif texts:
        _take_cells(whole, texts, known)
    return [whole] if whole.names or whole.address is not None else []


def _take_cells(whole: Entry, texts: list[str], known: Known) -> None:
    """Find the name in the cells of a row without headings: what the address fits, else what comes first."""
    names: list[str] = []
    for text in texts:
        aside = known.knows(text) or is_profession(text) or is_role(text) or not any(c.isalpha() for c in text)
        if aside or (names and known.is_organisation(text)):
            whole.notes.append(text)
        else:
            names.append(text)
    fitting = next((text for text in names if best_fit(text.replace(",", " ").split(), whole.local) >= INITIAL), None)
    if fitting:
        whole.names = [fitting]
    elif len(names) > 1 and len(names[0].split()) == 1 == len(names[1].split()):
        whole.names, whole.ordered = names[:2], False
    else:
        whole.names = names[:1]
    if not fitting and len(whole.names) == 2 and whole.address:
        pairs = [names[place : place + 2] for place in range(len(names) - 1)]
        whole.names = next((pair for pair in pairs if best_fit(pair, whole.local) >= INITIAL), whole.names)


def _cells(line: Sequence[Part]) -> Iterator[list[Part]]:
    cell: list[Part] = []
    for part in line:
        cell.append(part)
        if part.after in "\t\n":
            yield cell
            cell = []
    if cell:
        yield cell
