"""Puts the parts of a pasted text together to entries, one for each person, mailbox or list. Pure.

A comma stands between two people or within a name ("Virtanen, Matti"), so does a line end, and in rows of a table a
semicolon. What an address says of the names beside it decides, then their shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.imports.address_parts import Part
from app.imports.columns import field_of
from app.imports.local_parts import INITIAL, PARTLY, best_fit, looks_like_a_name, related
from app.imports.names_known import MAYBE, NOT, SURE, given_weight
from app.imports.organisations_written import BETWEEN, Known, is_degree, is_mailbox, is_profession, is_role, nobodys
from app.people.names import PARTICLES, SMALL_PARTICLES

HIDDEN = ("undisclosed", "hidden recip", "dolda mottagare", "piilotetut vastaanottajat")


@dataclass(slots=True)
class Entry:
    """What is written about one person. names are the pieces of the name between commas or cells, in their order.

    ordered says that of two pieces the first is the family name; by_headings that they are (family, given), either may
    be empty. address is as written, "" for <>, None for none. hidden: recipients that the mail program does not tell.
    line counts from 0.
    """

    start: int
    end: int
    line: int
    names: list[str] = field(default_factory=list)
    ordered: bool = True
    by_headings: bool = False
    notes: list[str] = field(default_factory=list)
    address: str | None = None
    formula: bool = False
    hidden: bool = False

    @property
    def words(self) -> list[str]:
        return " ".join(self.names).replace(",", " ").split()

    @property
    def local(self) -> str:
        return (self.address or "").split("@")[0]

    def take(self, others: Sequence[Entry], *, ordered: bool = True) -> None:
        """Take in the names and notes of what stands before or after about the same person."""
        for other in reversed(others):
            self.names = other.names + self.names if other.start < self.start else self.names + other.names
            self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.notes += [note for other in others for note in other.notes]
        self.ordered = ordered


def says_body(label: str, known: Known) -> bool:
    """Whether what stands before a colon is the organisation of whom it names."""
    if known.knows(label):
        return True
    return known.is_organisation(label) and not (label.isupper() or is_profession(label) or field_of(label))


def entry_of(part: Part, line: int, known: Known) -> Entry:
    """Return the entry that a part is by itself."""
    names = [part.name] if part.words else []
    label = part.label or ""
    if not names and part.address is not None and len(label.split()) > 1 and not nobodys(label):
        names = [label]
    elif says_body(label, known):
        part.notes.append(label)
    elif len(part.words) == 1 and part.address is None and nobodys(label):
        names = [f"{label} {part.name}"]  # Ryhmä: Digi
    notes = [note for note in part.notes[: part.inner] if known.is_organisation(note)] + part.notes[part.inner :]
    hidden = part.address is None and not names and label.lower().startswith(HIDDEN)
    return Entry(
        part.start, part.end, line, names, notes=notes, address=part.address, formula=part.formula,
        hidden=hidden,
    )  # fmt: skip


def entries_of(parts: Sequence[Part], line: int, known: Known, *, family_first: bool = False) -> list[Entry]:
    """Return the entries of parts between which only commas stand, or nothing.

    family_first says that two words between commas are one person's whatever they are: "Heikki, Matti".
    """
    done: list[Entry] = []
    waiting: list[Entry] = []
    alone = sum(part.address is not None for part in parts) == 1
    for part in parts:
        entry = entry_of(part, line, known)
        before = waiting or done
        if entry.address is None:
            if before and not entry.formula and is_aside(entry, before[-1], known):
                before[-1].notes += entry.names + entry.notes
                before[-1].end = entry.end
            elif entry.names or entry.hidden:
                waiting.append(entry)
            continue
        owners = _before_bare(waiting, entry, alone) if not entry.names else _before_named(waiting, entry, known)
        done += paired(waiting[: len(waiting) - len(owners)], known, family_first)
        entry.take(owners, ordered=part.words != [] or len(owners) < 2)
        done.append(entry)
        waiting = []
    done += paired(waiting, known, family_first)
    if len(done) == 2 and _stands_before(*done, known):
        done[1].take([Entry(done[0].start, done[0].end, line, notes=done[0].names)], ordered=done[1].ordered)
        del done[0]
    return done


def _stands_before(first: Entry, second: Entry, known: Known) -> bool:
    """Whether the first of two is the organisation or the title of the second: "VM, Matti Virtanen"."""
    if first.address is not None or first.notes or not first.names or not second.words:
        return False
    text = first.names[0]
    says = known.is_organisation(text) or (is_profession(text) and not any(given_weight(w) > 0 for w in first.words))
    return says and not nobodys(second.names[0]) and not known.is_organisation(second.names[0])


def is_aside(entry: Entry, before: Entry, known: Known) -> bool:
    """Whether what stands after a comma says something of the one before: organisation, degree, title, role."""
    if not entry.names:
        return bool(entry.notes)
    text = entry.names[0]
    if known.knows(text) and before.names and known.knows(before.names[-1]):
        return False  # VM, STM
    if (
        not any(c.isalpha() for c in text)
        or known.knows(BETWEEN.split(text)[0])
        or is_role(text)
        or all(is_degree(word) for word in entry.words)
    ):
        return True
    if text.islower() and before.names and not before.names[0].islower() and text.split()[0] not in SMALL_PARTICLES:
        return not any(given_weight(word) > 0 for word in entry.words)
    if text.isupper() and before.names and before.names[0].isupper():
        return False  # VIRTANEN, MATTI
    if any(given_weight(word) > 0 for word in entry.words):
        return False
    return known.is_organisation(text) or is_profession(text)


def paired(entries: Sequence[Entry], known: Known, family_first: bool) -> list[Entry]:
    """Return names without addresses, where two are family and given name of one person as one."""
    found: list[Entry] = []
    for entry in entries:
        apart = not found or len(found[-1].names) != 1 or not entry.names or known.knows(entry.names[0])
        last = len(entries) == 2 or (len(found) > 1 and len(found[-2].names) == 2 and entry is entries[-1])
        if not apart and (family_first or may_pair(found[-1], entry, only=last)):
            entry.take([found.pop()])
        found.append(entry)
    return found


def may_pair(first: Entry, second: Entry, *, only: bool) -> bool:
    """Whether two pieces between commas can be the family and the given name of one person."""
    family, given = first.words, second.words
    if first.notes or first.formula or second.formula or not family or not 0 < len(given) <= 3:
        return False
    weights = [given_weight(word) for word in given if len(given) == 1 or _is_a_name_of_several(word)]
    of_family = [given_weight(word) for word in family if word not in SMALL_PARTICLES] or [NOT]
    if max(of_family) == SURE or nobodys(first.names[0]) or nobodys(second.names[0]):
        return False
    of_particles = family[0].lower() in PARTICLES or not SMALL_PARTICLES.isdisjoint(family)
    if len(family) > 1 and not of_particles and not (only and len(family) == 2 and len(given) == 1):
        return False
    if all(weight >= MAYBE for weight in weights):
        return True
    return NOT not in weights and (only or min(of_family) == NOT)


def _is_a_name_of_several(word: str) -> bool:
    return not word.isupper() and word not in SMALL_PARTICLES


def _before_bare(waiting: Sequence[Entry], entry: Entry, alone: bool) -> Sequence[Entry]:
    """Return the names that an address without one belongs to: "Virtanen, Matti, matti.virtanen@vm.example"."""
    if not waiting or waiting[-1].formula:
        return ()
    local, last = entry.local, waiting[-1]
    two = waiting[-2:]
    words = [word for one in two for word in one.words]
    if len(last.words) > 1 and best_fit(last.words, local) >= PARTLY:
        return waiting[-1:]
    if len(two) == 2 and best_fit(words, local) >= INITIAL:
        return two
    if not alone:
        return waiting[-1:] if len(last.words) == 1 and related(last.words, local) else ()
    if nobodys(last.names[0]):
        return waiting[-1:]
    if is_mailbox(local) or (looks_like_a_name(local) and not related(words, local)):
        return ()
    if len(waiting) == 2 and may_pair(*two, only=True):
        return two
    return waiting[-1:] if len(waiting) == 1 or related(last.words, local) else ()


def _before_named(waiting: Sequence[Entry], entry: Entry, known: Known) -> Sequence[Entry]:
    """Return the family name that stands before a comma: "Virtanen, Matti <…>", or all of it before "VM <…>"."""
    if not waiting or waiting[-1].formula or "," in entry.names[0]:
        return ()
    last, local = waiting[-1], entry.local
    if is_aside(entry, last, known):
        entry.notes, entry.names = entry.names + entry.notes, []
        return waiting[-2:] if len(waiting) > 1 and may_pair(*waiting[-2:], only=True) else waiting[-1:]
    own, both = best_fit(entry.words, local), best_fit(last.words + entry.words, local)
    if own >= INITIAL and own >= both:
        return ()
    if both >= INITIAL and len(last.words) < 4:
        return waiting[-1:]
    return waiting[-1:] if may_pair(last, entry, only=len(entry.words) == 1) else ()
