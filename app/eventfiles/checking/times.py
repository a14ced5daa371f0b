"""Whether local times can be, in a zone and in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.dates import place_in_zone
from app.eventfiles.kinds import Reader
from app.eventfiles.localtime import occurs_twice


def zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


@dataclass(frozen=True)
class Clockwork:
    """The clock of one event's zone."""

    zone: str
    reader: Reader

    def placed(self, local: datetime | None, place: str, not_before: datetime | None = None) -> datetime | None:
        """Return the aware time, or None; note a time that never is, and an offset that is wrong or has no business."""
        if local is None:
            return None
        try:
            aware = place_in_zone(local, self.zone, not_before)
        except ValueError:
            bare = f"{local:%Y-%m-%dT%H:%M}"
            if local.tzinfo is None or not self._exists(local):
                self.reader.problem(place, f"the clock never shows {bare} in {self.zone}")
            else:
                self.reader.problem(place, f"{bare} has not the offset {local.isoformat()[-6:]} in {self.zone}")
            return None
        if local.tzinfo is not None and not occurs_twice(local, self.zone):
            self.reader.problem(place, "carries an offset, which only a time that occurs twice may")
        return aware

    def ordered(
        self, earlier: datetime | None, later: datetime | None, place: str, sentence: str, *, may_equal=False
    ) -> None:
        """Note that a later aware time comes before an earlier one (or at it, unless that may be)."""
        if earlier is None or later is None:
            return
        apart = later.timestamp() - earlier.timestamp()
        if apart < 0 or (apart == 0 and not may_equal):
            self.reader.problem(place, sentence)

    def _exists(self, local: datetime) -> bool:
        try:
            place_in_zone(local.replace(tzinfo=None), self.zone)
        except ValueError:
            return False
        return True
