"""Whether questions can stand in an order: whatever waits for an answer comes after what it waits for. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def out_of_order(order: Sequence[int], waits_for: Mapping[int, int]) -> set[tuple[int, int]]:
    """Return the pairs of a question and what it waits for, of which the first stands before the second."""
    places = {question: place for place, question in enumerate(order)}
    return {
        (question, asked)
        for question, asked in waits_for.items()
        if question in places and asked in places and places[question] < places[asked]
    }


def moved(order: Sequence[int], question: int, steps: int) -> list[int]:
    """Return an order with one question moved up (negative) or down, not past the ends."""
    place = order.index(question)
    others = [one for one in order if one != question]
    return [*others[: max(place + steps, 0)], question, *others[max(place + steps, 0) :]]


def rearranged(order: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Return the wanted order; what it does not name, being newer than the page, stays behind in its own."""
    known = [question for question in dict.fromkeys(wanted) if question in order]
    return known + [question for question in order if question not in known]


def last_of_section(order: Sequence[int], sections: Collection[int], section: int) -> int:
    """Return the place after the last question of a section, where the next one of it stands."""
    place = order.index(section) + 1
    while place < len(order) and order[place] not in sections:
        place += 1
    return place
