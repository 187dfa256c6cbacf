"""What an expression is counted from: the anchor day, what was told before, and the direction of the verb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from dateline.dating.calendar import Moment, a_day, date_of

Style = Literal["news", "history"]
_NEAR = 45  # days: how far a date in figures may lie from the anchor to be told by it


class Anchor(msgspec.Struct, frozen=True):
    """The day that "today" and "Wednesday" are counted from, and what fixed it.

    `day` is None where neither the text nor the page says. `name` is "text-day" or "published". `weekdays`
    are the weekdays that the text itself dates ("Wednesday (July 7th)"). `event_day` is the day of the main
    event as the text gives it.
    """

    day: dt.date | None = None
    name: str = "text-day"
    weekdays: Mapping[int, dt.date] = {}
    event_day: dt.date | None = None


class Context:
    """The state of one reading of one text, from left to right."""

    def __init__(self, anchor: Anchor, style: Style, future: Callable[[int], bool | None]) -> None:
        self.anchor = anchor
        self.style = style
        self.future = future
        self.previous: Moment | None = None
        self.explicit: Moment | None = None
        self.flashback: Moment | None = None
        self.aged = 0
        self.fine: Moment | None = None
        self.here: Moment | None = None
        self.at = 0

    @property
    def today(self) -> Moment | None:
        """The anchor day; in a history, which has none, what was told last."""
        if self.style == "history" and self.previous is not None:
            return self.previous
        return a_day(self.anchor.day, "", self.anchor.name) if self.anchor.day else None

    @property
    def told(self) -> Moment | None:
        """What was told last, else the anchor day."""
        return self.previous or self.today

    @property
    def told_day(self) -> Moment | None:
        """What was told last; of a night its morning, as an hour or a part of the day after it is of that day."""
        told = self.told
        if told is None or told.grain != "part-of-day" or told.end is None or told.end == told.start:
            return told
        return a_day(told.end, "", told.anchor)

    @property
    def name(self) -> str:
        """What `today` is called as an anchor."""
        return "preceding" if self.style == "history" and self.previous is not None else self.anchor.name

    def new_sentence(self, paragraph: bool = False) -> None:
        """Forget the year that the last sentence spoke of: a report returns to its own day.

        What lies years back is told on for a sentence more: "In January 2009 ... In May they gave up."
        """
        if self.style == "news":
            self.explicit = None
            self.aged += 1
            if paragraph or self.aged > 1:
                self.flashback = None
        self.here = None

    def remember(self, moment: Moment, explicit_year: bool) -> None:
        """Keep what was told for what is counted from it."""
        if moment.kind == "point" and moment.year is not None:
            if self.style == "history" and self._aside(moment):
                return
            self.previous = self.here = moment
            if moment.grain in ("day", "part-of-day", "hour"):
                self.fine = moment
            if explicit_year:
                self.explicit = moment
            if explicit_year or moment.anchor == "preceding":
                self._keep_flashback(moment)

    def _keep_flashback(self, moment: Moment) -> None:
        """Keep a month or a day that lies more than a year before the report's: a story told from there."""
        today, year = self.anchor.day, moment.year
        if today and year and today.year - year > 1 and moment.grain in ("month", "day", "part-of-day", "hour"):
            self.flashback, self.aged = moment, 0

    def _aside(self, moment: Moment) -> bool:
        """Whether a bare year leaps far from what is being told: an aside, not where the story goes."""
        before = self.previous.year if self.previous else None
        return moment.grain == "year" and before is not None and abs((moment.year or 0) - before) > 10

    def year_for(self, month: int, day: int | None = None) -> tuple[int, str] | None:
        """Return the year of a month or day that is told without one, and what fixed it.

        In a history the year told last; in a report, too, where this sentence speaks of another year; else
        the nearest in the direction of the verb: back for the past, forward for what is to come.
        """
        if self.style == "history" and self.previous is not None and self.previous.year is not None:
            return self.previous.year, "preceding"
        today = self.anchor.day
        if today is None:
            return (self.explicit.year, "preceding") if self.explicit and self.explicit.year else None
        if self.explicit and self.explicit.year not in (None, today.year):
            return self.explicit.year or today.year, "preceding"
        ahead = self.future(self.at)
        told = self.flashback
        if told and told.year and told.month and told.month <= month and not ahead:
            return told.year, "preceding"
        candidates = [today.year - 1, today.year, today.year + 1]
        if day is None:
            now = today.month
            back = today.year if month <= now else today.year - 1
            forth = today.year if month >= now else today.year + 1
            return (forth if ahead else back), self.anchor.name
        dates = [found for year in candidates if (found := date_of(year, month, day))]
        past = [found for found in dates if found <= today]
        coming = [found for found in dates if found >= today]
        if ahead and coming:
            return coming[0].year, self.anchor.name
        # a few days ahead of the anchor is nearer the truth than almost a year back
        if coming and (coming[0] - today).days <= 21 and (not past or (today - past[-1]).days > 300):
            return coming[0].year, self.anchor.name
        return (past[-1].year if past else today.year), self.anchor.name

    def figures(self, first: int, second: int, year: int) -> tuple[dt.date | None, bool]:
        """Return the date of figures and whether they can be read in another way, too."""
        readings = [date_of(year, second, first), date_of(year, first, second)]
        valid = sorted({found for found in readings if found}, key=lambda d: d != readings[0])
        if len(valid) < 2:
            return (valid[0] if valid else None), False
        if self.anchor.day:
            near = [found for found in valid if abs((found - self.anchor.day).days) <= _NEAR]
            if len(near) == 1:
                return near[0], True
        return valid[0], True
