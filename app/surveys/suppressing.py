"""Which classes of those who answered are left out, so that nobody can be recognised in what is shown. Pure.

Primary suppression hides a class of fewer than `least` answers; complementary suppression hides more, until what is
hidden cannot be computed as the difference between all and what is shown for fewer than `least` together (Hundepool and
others, Statistical Disclosure Control, 2012, chapter 4).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Class = TypeVar("Class", bound=Hashable)


def hidden(answers: Mapping[Class, int], least: int, already: Collection[Class] = ()) -> set[Class]:
    """Return the classes that must not be shown of one question, of which the figures of all together are shown.

    answers: how many of each class have answered it, of which the classes are disjoint and complete. already: what is
    hidden of a question that this one depends on; it stays hidden, since how many were led on from there tells how many
    answered so. Of classes of one size it is always the same that is hidden: another one at a second look would tell
    both.
    """
    away = {one for one, number in answers.items() if number < least or one in already}
    left = sorted((one for one in answers if one not in away), key=lambda one: (answers[one], one is None, one))
    while 0 < sum(answers[one] for one in away) < least and left:
        away.add(left.pop(0))
    return away
