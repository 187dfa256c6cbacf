"""The sample desk beside its gold: what is contested is shown so, and wire copies count once."""

from __future__ import annotations

import pytest

from benchmarks.sample_desk import Result, carriers, contradictions, sample
from dateline.reconciling import events_of
from dateline.records import Event, Filed, Report

SHOWN = 0.55  # a little below what is measured: docs/accuracy-desk.md

Sample = tuple[list[Report], list[Filed], list[Event]]


@pytest.fixture(scope="module")
def desk() -> Sample:
    reports, filed = sample()
    return reports, filed, events_of(filed)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_contradictions_of_reports_are_shown_as_disputed(desk: Sample) -> None:
    rows: list[Result] = contradictions(*desk)
    shown, linked = (sum(getattr(row, name) for row in rows) for name in ("shown", "linked"))
    assert len(rows) >= 55
    assert shown / len(rows) >= SHOWN
    assert shown > linked  # bringing reports together shows more than each report does alone


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_wire_copies_are_found_and_count_once(desk: Sample) -> None:
    reports, filed, events = desk
    right, found, there = carriers(reports)
    assert (right, found) == (there, there)
    assert there >= 12
    carried = {one.report for one in filed if one.original != one.report}
    assert len(carried) == there
    for event in events:
        originals = {one.original for one in filed if one.report in event.reports}
        told = {voice.key for field in event.fields for account in field.accounts for voice in account.voices}
        assert told <= set(event.sources)
        outlets = [key for key in event.sources if key.startswith(("outlet:", "agency:", "dispatch:"))]
        assert len(outlets) <= len(originals)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_the_same_claims_in_any_order_make_the_same_events(desk: Sample) -> None:
    _, filed, events = desk
    assert events_of(filed[::-1]) == events
