"""The days of an event as other schemes want them."""

from __future__ import annotations

import calendar
import datetime as dt

import msgspec

from dateline.records import Time

_TO_THE_DAY = frozenset({"hour", "part-of-day", "day"})


class Days(msgspec.Struct, frozen=True):
    """First and last day, both known, and whether the time is told to the day."""

    first: dt.date
    last: dt.date
    granularity: str

    @property
    def length(self) -> int:
        """Number of days, 1 for a single day."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> dt.date:
        """The day in the middle, the earlier of two."""
        return self.first + (self.last - self.first) // 2

    @property
    def to_the_day(self) -> bool:
        """Whether it is one day, told as one."""
        return self.length == 1 and self.granularity in _TO_THE_DAY

    @property
    def in_a_month(self) -> bool:
        """Whether it is no longer than a month."""
        days = calendar.monthrange(self.first.year, self.first.month)[1]
        return self.length <= days


def days_of(time: Time | None) -> Days | None:
    """Return the days of a time, None where one of its sides is open or is no day."""
    if time is None or time.start is None or time.end is None:
        return None
    try:
        first, last = dt.date.fromisoformat(time.start[:10]), dt.date.fromisoformat(time.end[:10])
    except ValueError:
        return None
    return Days(first, last, time.granularity) if first <= last else None
