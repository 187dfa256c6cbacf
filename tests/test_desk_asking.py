"""A desk that is coded and reconciled: the same events again, judgements that survive, moments, tables, SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline.desk import Desk, open_desk
from dateline.records import DeskError, UsageError

REPORTS = {
    "01-wire.txt": (
        "A Wire Agency", "May 3, 2016", "Shelling kills 12 in Homs",
        "Shells killed 12 people in a market of Homs on Tuesday, the defence ministry of Syria said.",
    ),
    "02-daily.txt": (
        "A Daily", "May 4, 2016", "Thirty dead in Homs, residents say",
        "Shells killed 30 people in a market of Homs on Tuesday, residents said.",
    ),
    "03-site.txt": (
        "A Site", "May 4, 2016", "Raid on Palmyra",
        "An air strike killed three soldiers in Palmyra on Wednesday, the Syrian army said.",
    ),
    "04-radio.txt": (
        "A Radio", "May 12, 2016", "Islamic State takes Palmyra",
        "Islamic State captured Palmyra on Wednesday, residents said. The Syrian army denied that Palmyra had fallen.",
    ),
}  # fmt: skip


def write(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, (outlet, day, title, text) in REPORTS.items():
        (folder / name).write_text(f"{title}\n\nDAMASCUS, {day} ({outlet}) - {text}\n", "utf-8")
    return folder


@pytest.fixture
def desk(place: str, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(place, create=True) as made:
        folder = write(tmp_path / "reports")
        for name, (outlet, *_) in REPORTS.items():
            made.add(folder / name, outlet=outlet, country="SY", known="published")
        made.code(workers=1, trained=False)
        made.reconcile()
        yield made


def state(desk: Desk) -> list[object]:
    return [*desk.events(order="id"), *desk.control()]


@pytest.mark.gazetteer
@pytest.mark.model
def test_coding_and_reconciling_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = state(desk)
    for name, (outlet, *_) in REPORTS.items():
        assert desk.add(tmp_path / "reports" / name, outlet=outlet, country="SY", known="published").new == 0
    assert desk.code(workers=1, trained=False).reports == 0
    again = desk.reconcile()
    assert (again.new, again.changed, again.retired) == (0, 0, 0)
    assert state(desk) == before
    assert len(desk.runs()) == 1


@pytest.mark.gazetteer
@pytest.mark.model
def test_accounts_of_two_reports_stand_side_by_side(desk: Desk) -> None:
    (event,) = desk.events(place="Homs", standing="disputed")
    killed = next(field for field in event.fields if field.name == "killed")
    assert {account.best for account in killed.accounts} == {12, 30}
    assert {one.outlet for one in desk.claims(event)} == {"A Wire Agency", "A Daily"}
    assert event.id in {one.id for one in desk.events(text="market", since="2016-05-01", until="2016-05-05")}
    assert [one.id for one in desk.events(type="ASSAULT", actor="nobody at all")] == []


@pytest.mark.gazetteer
@pytest.mark.model
def test_a_split_and_a_merge_survive_another_run(desk: Desk) -> None:
    (event,) = desk.events(place="Homs", standing="disputed")
    later = [one.claim.id for one in desk.claims(event) if one.outlet == "A Daily"]
    desk.split(event.id, later, by="R", reason="two markets")
    desk.reconcile()
    parted = {one.id for one in desk.events(place="Homs", since="2016-05-01", until="2016-05-05")}
    assert event.id in parted
    assert len(parted) == 2
    desk.code(workers=1)  # another run: with trained parts
    desk.reconcile()
    told = [set(one.claims) for one in desk.events(place="Homs")]
    assert not any(set(later) <= claims and event.claims[0] in claims for claims in told)
    desk.merge(sorted(parted), by="R", reason="one after all")
    changed = desk.reconcile()
    assert changed.retired >= 1
    gone = next(one for one in parted if one != event.id)
    assert desk.event(gone).id == event.id  # a retired event leads to the one that holds its claims


@pytest.mark.gazetteer
@pytest.mark.model
def test_a_claim_judged_wrong_leaves_its_event_and_the_judgement_stays(desk: Desk) -> None:
    (event,) = desk.events(place="Homs", standing="disputed")
    wrong = [one.claim.id for one in desk.claims(event) if one.outlet == "A Daily"]
    desk.judge("wrong", wrong, by="R", reason="another town")
    desk.reconcile()
    assert not desk.events(place="Homs", standing="disputed")
    assert [one.verdict for one in desk.store.judgements()] == ["wrong"]


@pytest.mark.gazetteer
@pytest.mark.model
def test_as_of_a_day_only_what_was_known_by_then_counts(desk: Desk) -> None:
    (event,) = desk.events(place="Homs", as_of="2016-05-03")
    assert len(event.reports) == 1
    assert event.standing == "single-source"
    assert desk.event(event.id[:8], as_of="2016-05-03") == event
    assert not desk.events(as_of="2016-05-02")
    assert {one.id: one for one in desk.events(as_of="2030-01-01")} == {one.id: one for one in desk.events()}


@pytest.mark.gazetteer
@pytest.mark.model
def test_who_holds_a_place_is_contested_where_it_is_denied(desk: Desk) -> None:
    held = desk.control("Palmyra", on="2016-05-11")
    assert [one.hold for one in held] == ["contested"]
    assert held[0].against
    with pytest.raises(DeskError, match="no report says who holds"):
        desk.control("Atlantis")


@pytest.mark.gazetteer
@pytest.mark.model
def test_errors_name_the_remedy(desk: Desk) -> None:
    with pytest.raises(DeskError, match="there is no such event"):
        desk.event("ffffffffffffffff")
    with pytest.raises(UsageError, match="write the day as"):
        desk.events(since="yesterday")
    with pytest.raises(UsageError, match="write a day"):
        desk.events(as_of="soon")
    with pytest.raises(UsageError, match="two different events"):
        desk.merge([desk.events()[0].id] * 2, by="R")
    with pytest.raises(UsageError, match="name of who makes it"):
        desk.judge("right", desk.events()[0].claims, by=" ")
    with pytest.raises(UsageError, match="no way of joining"):
        desk.reconcile(joining="anyhow")
    with pytest.raises(UsageError, match="there are"):
        list(desk.query("market", colour="red"))


@pytest.mark.gazetteer
@pytest.mark.model
def test_lists_become_tables_and_html(desk: Desk) -> None:
    events = desk.events()
    frame = events.to_pandas()
    assert list(frame["id"]) == [one.id for one in events]
    assert len(events.to_polars()) == len(events)
    points = events.to_geopandas()
    assert points.crs.to_epsg() == 4326
    assert points.geometry.notna().sum() == frame["lat"].notna().sum()
    page = events._repr_html_()
    assert "<mark>Shells killed 12 people" in page
    assert "disputed" in page
    assert "http" not in page
    assert len(desk.claims(events[0]).to_pandas()) == len(events[0].claims)
    assert set(desk.control().to_pandas()["place"]) >= {"Palmyra"}


@pytest.mark.gazetteer
@pytest.mark.model
def test_duckdb_reads_the_file_and_cannot_write_it(desk: Desk) -> None:
    if not desk.store.on_sqlite:
        with pytest.raises(UsageError, match="files"):
            desk.duckdb()
        return
    connection = desk.duckdb()
    (count,) = connection.sql("SELECT count(*) FROM desk.events WHERE retired_at IS NULL").fetchone() or (0,)
    assert count == len(desk.events())
    with pytest.raises(Exception, match="read-only"):
        connection.execute("DELETE FROM desk.events")


def test_open_is_dateline_open(tmp_path: Path) -> None:
    with dateline.open(tmp_path / "new.desk", create=True) as made:
        assert made.status().counts.reports == 0
