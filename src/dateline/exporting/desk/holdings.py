"""What a desk gives to be exported, and the same in the order, and with the names masked, in which it leaves.

An exporter sees only a `Release`: its records are masked and ordered already, so that no exporter, a third party's
neither, can let a name through that should not leave, or write the same desk in two orders.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec

from dateline.exporting.coded import ClaimOut, claim_out
from dateline.exporting.desk.masking import Mask, mask_of
from dateline.knowledge.gazetteer import Gazetteer
from dateline.records import Claim, Control, Event, Filed, GazetteerError

T = TypeVar("T")


@functools.cache
def _gazetteer() -> Gazetteer | None:
    try:
        return Gazetteer.open()
    except GazetteerError:
        return None


def known_place(name: str) -> bool:
    """Return whether a place of the gazetteer bears this name; without a gazetteer False, so that more is masked."""
    gazetteer = _gazetteer()
    return gazetteer is not None and gazetteer.has_name(name)


class Reported(msgspec.Struct, frozen=True):
    """What is known of a report of the desk: `published` is its day (ISO 8601) or None.

    `text` may be left "": the columns that quote single words of a claim (trigger, cue, numbers) are then empty.
    `people` are names of persons that the reading saw in it, each with the office that it saw, "" for none.
    """

    id: str
    outlet: str = ""
    title: str = ""
    published: str | None = None
    url: str = ""
    agency: str = ""
    language: str = "en"
    text: str = ""
    people: tuple[tuple[str, str], ...] = ()


class Holdings(msgspec.Struct, frozen=True):
    """What a desk holds, as it is: `name` of the desk, its events, claims, control and reports.

    The iterables are gone through once each. `made_by` names versions: dateline, model, gazetteer, knowledge...
    `is_place` says of a name whether some place bears it, so that places are not masked as persons.
    `licence` (an SPDX id) is what a data package says of its data; it is for the owner of the desk to choose.
    """

    name: str
    events: Iterable[Event]
    claims: Iterable[Filed]
    control: Iterable[Control] = ()
    reports: Iterable[Reported] = ()
    made_by: Mapping[str, str] = {}
    licence: str = "CC-BY-4.0"
    is_place: Callable[[str], bool] = known_place


class Release:
    """What leaves a desk: records in a fixed order, masked unless the user asked otherwise.

    Events are ordered by first day (those without one last) and id; claims by the order of their reports, then by
    where in the report they stand; control by place and day; reports by id.
    """

    def __init__(self, holdings: Holdings, mask: bool = True, named: Iterable[str] = ()) -> None:
        events, claims = list(holdings.events), list(holdings.claims)
        control, reports = list(holdings.control), list(holdings.reports)
        self.licence = holdings.licence
        self.made_by: dict[str, str] = dict(sorted(holdings.made_by.items()))
        self.mask: Mask = mask_of(events, claims, control, reports, tuple(named), holdings.is_place) if mask else Mask()
        self.masked = mask
        self.name = self.mask.text(holdings.name)
        self.events: tuple[Event, ...] = self._out(sorted(events, key=_event_order))
        self.claims: tuple[Filed, ...] = self._out(sorted(claims, key=_claim_order))
        self.control: tuple[Control, ...] = self._out(sorted(control, key=_control_order))
        bare = (msgspec.structs.replace(one, text="", people=()) for one in sorted(reports, key=lambda one: one.id))
        self.reports: dict[str, Reported] = {one.id: one for one in self._out(bare)}
        # Spans point into the text as it was, so that words are cut from it first and masked after.
        self._texts = {one.id: one.text for one in reports}

    def _out(self, records: Iterable[T]) -> tuple[T, ...]:
        return tuple(map(self.mask.record, records)) if self.mask else tuple(records)

    @functools.cached_property
    def filed(self) -> dict[str, Filed]:
        """The claims by their ids."""
        return {one.claim.id: one for one in self.claims}

    @functools.cached_property
    def event_of(self) -> dict[str, str]:
        """The id of the event of each claim that is part of one."""
        return {claim: event.id for event in self.events for claim in event.claims}

    def claim_out(self, one: Filed) -> ClaimOut:
        """Return a claim in the shape of the JSON; words of a report whose text is not at hand are ""."""
        made = claim_out(one.claim, self._texts.get(one.report, ""))
        return self.mask.record(made) if self.mask else made

    def claims_of(self, event: Event) -> list[Filed]:
        """Return the claims of an event in the order of the release."""
        found = [self.filed[claim] for claim in event.claims if claim in self.filed]
        return sorted(found, key=_claim_order)

    def reports_of(self, event: Event) -> list[Reported]:
        """Return the reports of an event in the order of their days; of one not given, what its claims know."""
        known = {one.report: Reported(one.report, one.outlet, published=one.published) for one in self.claims_of(event)}
        for name in event.reports:
            if name in self.reports:
                known[name] = self.reports[name]
        return sorted(known.values(), key=lambda one: (one.published or "9999", one.id))


def _where(claim: Claim) -> tuple[int, int]:
    return claim.predication.trigger.start, claim.predication.trigger.end


def _event_order(event: Event) -> tuple[str, str, str]:
    day = event.time.start or event.time.end if event.time else None
    return day or "9999", (event.time.end or "9999") if event.time else "9999", event.id


def _claim_order(one: Filed) -> tuple[int, str, int, int, str]:
    return one.order, one.report, *_where(one.claim), one.claim.id


def _control_order(one: Control) -> tuple[str, str, str, int, str, str, str]:
    place = one.place
    return (
        place.country_code,
        place.admin1,
        place.name,
        place.geonameid or 0,
        one.start or "",
        one.end or "9999",
        one.holder,
    )
