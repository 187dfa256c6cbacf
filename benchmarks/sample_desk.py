"""The sample desk beside its gold: are contested claims shown as disputed, and wire copies counted once?

python -m benchmarks.sample_desk [--misses]

The reports of examples/afghanistan-2021 are coded and reconciled in memory. A row of disputes*.tsv is shown where an
event that the row's files tell of, at the row's place, has a disputed field of the row's kind (who holds a place,
whether it happened, a number) with accounts of voices in those files. Rows about what no field holds (how a
city fell, why troops left) are not counted and are told. The baseline shows a contradiction where one report's
own claims are linked as disputes, without reconciling.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import dateline
from benchmarks.parses import pipeline
from dateline.reading import Failure, read
from dateline.reconciling import events_of
from dateline.reconciling.copies import Text, copies
from dateline.records import Claim, Event, Field, Filed, Report

FOLDER = Path(__file__).parents[1] / "examples" / "afghanistan-2021"
# What a row is about, and the fields that hold it.
FIELDS = {
    **dict.fromkeys(
        ("fall", "control", "recapture", "entry", "army base", "prison", "agreement", "convoy", "surrender", "retreat",
         "attack", "crossing", "airport", "camp", "base", "hospital", "aid"), ("happened", "holder"),
    ),
    **dict.fromkeys(("killed", "dead", "toll", "civilians"), ("killed", "happened")),
    **dict.fromkeys(("prisoners freed", "prisoners", "inmates"), ("freed", "captured", "happened")),
    "wounded": ("wounded",),
}  # fmt: skip


class Row(NamedTuple):
    """A contradiction between reports: at which place, about what, and in which files."""

    place: str
    day: str
    what: str
    account_a: str
    who_a: str
    account_b: str
    who_b: str
    files: str


class Result(NamedTuple):
    """A row, whether the desk shows it, and whether one report's own links do."""

    row: Row
    shown: bool
    linked: bool


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the sample desk."""
    lines = [line for line in (FOLDER / name).read_text("utf-8").splitlines() if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def sample() -> tuple[list[Report], list[Filed]]:
    """Return the reports of the sample desk and their claims, copies told from originals."""
    reports = [one for one in read(FOLDER / "reports") if not isinstance(one, Failure)]
    original = {copy.report: copy.of for copy in _copies(reports)}
    filed = []
    for order, report in enumerate(reports, 1):
        day = report.published.isoformat() if report.published else None
        for claim in pipeline().run(report).all(Claim):
            words = " … ".join(span.of(report.text) for span in claim.evidence.spans)
            of = original.get(report.id, report.id)
            filed.append(Filed(claim, report.id, order, report.outlet, report.agency, day, "", of, words))
    return reports, filed


def _copies(reports: Sequence[Report]) -> list[dateline.records.Copy]:
    texts = (
        Text(one.id, one.text, one.outlet, one.agency, one.published.isoformat() if one.published else None, order)
        for order, one in enumerate(reports)
    )
    return [copy for group in copies(texts) for copy in group.how]


def contradictions(reports: Sequence[Report], filed: Sequence[Filed], events: Sequence[Event]) -> list[Result]:
    """Return, for each row that a field can hold, whether it is shown."""
    name_of = {report.id: Path(report.path).name for report in reports}
    by_report: dict[str, list[Filed]] = {}
    for one in filed:
        by_report.setdefault(name_of[one.report], []).append(one)
    event_of = {claim: event for event in events for claim in event.claims}
    found = []
    for name in ("disputes.tsv", "disputes-july.tsv"):
        for row in (Row(**one) for one in table(name)):
            if row.what not in FIELDS:
                continue
            told = [one for file in row.files.split(";") for one in by_report.get(file, ())]
            near = {event_of[one.claim.id].id: event_of[one.claim.id] for one in told if one.claim.id in event_of}
            own = {one.claim.id for one in told}
            shown = any(_shows(event, row, own) for event in near.values())
            found.append(Result(row, shown, any(one.claim.disputes and _of(one, row) for one in told)))
    return found


def _of(one: Filed, row: Row) -> bool:
    return one.claim.place is None or _same(one.claim.place.name, row.place)


def _same(one: str, two: str) -> bool:
    a, b = ("".join(filter(str.isalpha, name.casefold())) for name in (one, two))
    return a[:4] == b[:4] or a in b or b in a


def _shows(event: Event, row: Row, own: set[str]) -> bool:
    places = [account.value for field in event.fields if field.name == "place" for account in field.accounts]
    if (
        event.place is not None
        and event.place.precision < 4
        and not any(_same(name.split(",")[0], row.place) for name in (event.place.name, *places))
    ):
        return False
    held = (field for field in event.fields if field.name in FIELDS[row.what])
    return any(field.standing == "disputed" and _by(field, own) for field in held)


def _by(field: Field, own: set[str]) -> bool:
    """Whether two accounts of a field are given by claims of these reports."""
    return sum(any(own & set(voice.claims) for voice in account.voices) for account in field.accounts) > 1


def carriers(reports: Sequence[Report]) -> tuple[int, int, int]:
    """Return how many copies were found rightly, how many were found, and how many there are."""
    group = {one["file"]: one["group"] for name in ("copies.tsv", "copies-july.tsv") for one in table(name)}
    name_of = {report.id: Path(report.path).name for report in reports}
    found = [(name_of[copy.report], name_of[copy.of]) for copy in _copies(reports)]
    right = sum(group.get(a, a) == group.get(b, b) for a, b in found)
    return right, len(found), len(group) - len(set(group.values()))


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list the contradictions that are not shown")
    given = parser.parse_args(arguments)
    reports, filed = sample()
    events = events_of(filed)
    rows = contradictions(reports, filed, events)
    shown, linked = sum(one.shown for one in rows), sum(one.linked for one in rows)
    right, found, there = carriers(reports)
    print(f"reports {len(reports)}, claims {len(filed)}, events {len(events)}")
    print(f"contested claims shown as disputed: {shown}/{len(rows)} = {shown / len(rows):.2f}")
    print(f"  by links within one report alone:  {linked}/{len(rows)} = {linked / len(rows):.2f}")
    print(f"wire copies found: {right}/{there}, wrongly {found - right}")
    if given.misses:
        for one in rows:
            if not one.shown:
                accounts = f"{one.row.account_a} / {one.row.account_b}"
                print(f"  not shown: {one.row.place} {one.row.day} {one.row.what}: {accounts}")
                print(f"     {one.row.files}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
