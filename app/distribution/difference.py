"""What has changed in whom recipients reach since they were used. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Then(NamedTuple):
    """A person as they were reached: person_id is None once the person is deleted."""

    person_id: int | None
    name: str
    email: str | None
    reached_by: str


@dataclass(frozen=True)
class Difference:
    """joined: ids of those who are reached now and were not; left: those who were and are not; readdressed: (name,
    address then, address now) of those whose address is another."""

    joined: Sequence[int]
    left: Sequence[Then]
    readdressed: Sequence[tuple[str, str | None, str | None]]

    def __bool__(self) -> bool:
        return bool(self.joined or self.left or self.readdressed)


def difference(then: Sequence[Then], now: Iterable[tuple[int, str | None]]) -> Difference:
    """Compare whom recipients reached with (id, address) of those whom they reach now."""
    before = {one.person_id: one for one in then if one.person_id is not None}
    addresses = dict(now)
    return Difference(
        joined=[person_id for person_id in addresses if person_id not in before],
        left=[one for one in then if one.person_id not in addresses],
        readdressed=[
            (one.name, one.email, addresses[person_id])
            for person_id, one in before.items()
            if person_id in addresses and (one.email or "") != (addresses[person_id] or "")
        ],
    )
