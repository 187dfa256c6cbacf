"""The meanings that the rules of rules.toml name: from the words of a form to a stretch of the calendar.

Each takes the form and the context and returns a `Moment`, or None where the words turn out to tell no time
(the 77th of a month).
"""

from __future__ import annotations

from dateline.dating import absolute, relative
from dateline.dating.forms import Meaning

MEANINGS: dict[str, Meaning] = {
    made.__name__: made
    for made in (
        absolute.date,
        absolute.iso,
        absolute.figures,
        absolute.short_year,
        absolute.decade,
        absolute.century,
        absolute.season,
        relative.deictic,
        relative.before_yesterday,
        absolute.weekday,
        relative.ref_part,
        relative.part_beside,
        relative.part,
        absolute.holiday,
        absolute.ref_named,
        relative.ref_unit,
        relative.edge_unit,
        relative.unit_beside,
        relative.ago,
        relative.from_now,
        relative.shift,
        relative.span_ref,
        relative.the_weekend,
        relative.since_then,
        relative.duration,
        relative.frequency,
        relative.frequency_word,
        absolute.clock,
        relative.vague,
        relative.loose,
    )
}
