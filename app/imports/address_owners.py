"""Takes addresses, titles and telephone numbers that stand alone to the name before or after them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.imports.address_entries import Entry, is_aside
from app.imports.local_parts import INITIAL, best_fit, looks_like_a_name, related
from app.imports.names_known import given_weight
from app.imports.organisations_written import Known, is_profession

MOST_LINES = 7  # of a signature above the address


def matched(entries: Sequence[Entry], known: Known) -> list[Entry]:
    """Return the entries with addresses that stand alone taken to the name before or after them that they fit."""
    done: list[Entry] = []
    for entry in entries:
        if entry.address and not entry.names and not entry.notes:
            if owners := _standing_before(done, entry, known):
                del done[-len(owners) :]
                for one in owners:
                    if one is not owners[0] and (len(owners[0].words) > 1 or is_detail(one, known)):
                        one.notes, one.names = one.notes + one.names, []
                entry.take(owners, ordered=False)
        elif _are_two_after(done[-2:], entry):
            done[-2].take([done.pop(), entry], ordered=False)
            continue
        elif entry.address is None and entry.names and done and _standing_after(done[-1], entry, known):
            if done[-1].names:
                entry.notes, entry.names = entry.names + entry.notes, []
            done[-1].take([entry], ordered=False)
            continue
        done.append(entry)
    return _with_details(_alternating(done))


def is_detail(entry: Entry, known: Known) -> bool:
    """Whether a line above an address says something else than a name: a title, an organisation, a unit, a number."""
    of_a_person = any(given_weight(word) > 0 for word in entry.words)
    return _is_title_or_number(entry) or (
        not of_a_person and (known.is_organisation(entry.names[0]) or entry.words[-1].islower())
    )


def _with_details(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, the line of a title or a telephone number taken to whom the line above names."""
    kept: list[Entry] = []
    line = 0
    for entry in entries:
        below = bool(kept) and entry.line - line == 1 and entry.address is None and not entry.formula
        line = entry.line
        if below and len(entry.names) == 1 and _is_title_or_number(entry):
            kept[-1].notes += entry.names
            kept[-1].end = entry.end
        else:
            kept.append(entry)
    return kept


def _is_title_or_number(entry: Entry) -> bool:
    if any(len(word) > 2 and given_weight(word) > 0 for word in entry.words):
        return False
    return is_profession(entry.names[0]) or sum(map(str.isdigit, entry.names[0])) > 4


def _standing_before(done: Sequence[Entry], entry: Entry, known: Known) -> Sequence[Entry]:
    """Return the last entries without address, of this line and the few above, whose name the address fits."""
    words: list[str] = []
    for back in range(1, min(MOST_LINES, len(done)) + 1):
        one = done[-back]
        if one.address is not None or not one.names or entry.line - one.line > back + 1 or one.formula:
            break
        if is_detail(one, known):
            continue
        words = one.words + words if len(one.words) == 1 else one.words
        if 2 <= len(words) <= 4 and best_fit(words, entry.local) >= INITIAL:
            return done[-back:]
        if back == 1 and entry.line - one.line == 1 and len(words) > 1 and related(words, entry.local):
            return done[-1:]
        if len(one.words) > 1:
            break  # somebody else
    return ()


def _standing_after(last: Entry, entry: Entry, known: Known) -> bool:
    """Whether a name stands after the address that it fits, or an organisation after both in a row of a table."""
    if not last.address or entry.line - last.line > 1:
        return False
    if last.names:
        return not last.ordered and entry.line == last.line and is_aside(entry, last, known)
    return len(entry.words) <= 4 and best_fit(entry.words, last.local) >= INITIAL


def _are_two_after(last: Sequence[Entry], entry: Entry) -> bool:
    """Whether a family and a given name stand after the address that they fit: "m.oja@vm.example;Oja;Matti"."""
    if len(last) < 2 or not last[0].address or last[0].names or entry.line != last[0].line:
        return False
    if last[1].address is not None or entry.address is not None or not len(last[1].words) == len(entry.words) == 1:
        return False
    return best_fit(last[1].words + entry.words, last[0].local) >= INITIAL


def _alternating(entries: list[Entry]) -> list[Entry]:
    """Return two or more names that each stand on the line above an address as one entry each with it."""
    names, addresses = entries[::2], entries[1::2]
    if len(names) != len(addresses) or len(names) < 2:
        return entries
    for name, address in zip(names, addresses, strict=True):
        contrary = looks_like_a_name(address.local) and not related(name.words, address.local)
        if name.address is not None or not name.names or not address.address or address.names or contrary:
            return entries
        if address.line - name.line != 1:
            return entries
    for name, address in zip(names, addresses, strict=True):
        address.take([name])
    return addresses
