"""The sample desk's capitals: the day each fell by the reports, beside the day of the public fact.

    python -m benchmarks.capitals [--place NAME] [--reports FOLDER]

The reports of examples/afghanistan-2021 are coded, reconciled, and who holds what is derived. For each capital of
facts.tsv it prints the fact's day and ours, the difference in days, how sure it is, whether the contest is shown, and
the number of independent sources; then the shares. `--place` prints the timeline of one place with its claims.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.api import code_all
from dateline.assembly import load_resources
from dateline.reading import Failure
from dateline.reconciling import events_of
from dateline.records import Control, Event, Filed
from dateline.situation import GazetteerUnits, controls, on_day, timeline

SAMPLE = Path(__file__).parents[1] / "examples/afghanistan-2021"
HOLDS = ("confirmed", "claimed", "contested")
ACTORS = {"Taliban": "taliban"}


class Fact(NamedTuple):
    """A row of facts.tsv."""

    place: str
    province: str
    geonameid: str
    fell_on: str
    holder_after: str
    contested: str
    note: str


class Line(NamedTuple):
    """A capital: the fact and what the desk says; `day` is None where no claim says that it fell."""

    fact: Fact
    day: str | None
    days_off: int | None
    hold: str
    contested: bool
    sources: int


def facts(folder: Path = SAMPLE) -> list[Fact]:
    """Return the public facts."""
    lines = [line for line in (folder / "facts.tsv").read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [Fact(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def filed_reports(folder: Path) -> list[Filed]:
    """Return the claims of the reports of a folder as a desk files them: in the order of the file names."""
    found: list[Filed] = []
    for order, path in enumerate(sorted(folder.iterdir()), 1):
        for coded in code_all(path):
            if isinstance(coded, Failure):
                raise coded.error()
            report = coded.report
            published = report.published.isoformat()[:10] if report.published else None
            for claim in coded.claims:
                words = " … ".join(span.of(report.text) for span in claim.evidence.spans)
                known = f"{published or '2021-08-16'}T12:00:00Z"
                outlet, agency = report.outlet or "", report.agency or ""
                found.append(Filed(claim, report.id, order, outlet, agency, published, known, report.id, words))
    return found


def derived(reports: Path = SAMPLE / "reports") -> tuple[list[Control], dict[str, Filed]]:
    """Return who held what by the reports of a folder, and their claims by id."""
    filed = filed_reports(reports)
    events: list[Event] = events_of(filed, ())
    by_id = {one.claim.id: one for one in filed}
    return controls(events, by_id, GazetteerUnits(load_resources("", (), True).gazetteer)), by_id


def lines(held: Sequence[Control], known: Sequence[Fact]) -> Iterator[Line]:
    """Yield each capital's line: the day is the first on which the holder after is confirmed, else claimed."""
    for fact in known:
        place = timeline(held, fact.geonameid) or timeline(held, fact.place)
        after = last_reign(place, ACTORS[fact.holder_after])
        surest = next((o for hold in HOLDS for o in after if o.hold == hold), None)
        day = surest.start if surest else None
        off = (dt.date.fromisoformat(day) - dt.date.fromisoformat(fact.fell_on)).days if day else None
        contested = any(one.hold == "contested" or one.against for one in place)
        yield Line(fact, day, off, surest.hold if surest else "", contested, len(surest.voices) if surest else 0)


def last_reign(place: Sequence[Control], holder: str) -> list[Control]:
    """Return the last stretches, one after the other, in which a place is the holder's, contested or not."""
    found: list[Control] = []
    for one in place:
        if one.holder != holder:
            continue
        if found and found[-1].end != one.start:
            found.clear()
        found.append(one)
    return found


def report(found: Sequence[Line]) -> Iterator[str]:
    """Yield the table and the shares."""
    for line in found:
        off = "" if line.days_off is None else f"{line.days_off:+d}" if line.days_off else "0"
        yield (
            f"{line.fact.place:<16}{line.fact.fell_on}  {line.day or '-':<12}{off:>4}  {line.hold:<10}"
            f"{line.fact.contested:<4}{'yes' if line.contested else 'no':<4}{line.sources:>3}"
        )
    near = [line for line in found if line.days_off is not None and abs(line.days_off) <= 1]
    same = [line for line in found if line.days_off == 0]
    disputed = [line for line in found if line.fact.contested == "yes"]
    yield f"within one day: {len(near)} of {len(found)}; the same day: {len(same)}"
    yield f"contested ones shown so: {sum(line.contested for line in disputed)} of {len(disputed)}"


def july(held: Sequence[Control], folder: Path = SAMPLE) -> Iterator[str]:
    """Yield the contested days of July: what is said to have happened, who held the place after, and who by ours."""
    text = (folder / "facts-july.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    right = total = 0
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        place = timeline(held, row["geonameid"]) if row["geonameid"] else []
        here = on_day(place or timeline(held, row["place"]), row["day"])
        one = here[0] if here else None
        ours = "" if one is None else "contested" if one.hold == "contested" else one.name
        same = row["holder_after"].casefold() in ours.casefold() and bool(ours)
        right, total = right + same, total + 1
        wrong = "" if same else "  <-"
        yield f"{row['place']:<14}{row['day']}  {row['what']:<11}{row['holder_after']:<12}{ours}{wrong}"
    yield f"held after as the facts have it: {right} of {total}"


def story(held: Sequence[Control], filed: Mapping[str, Filed], place: str) -> Iterator[str]:
    """Yield the timeline of a place with its claims."""
    for one in timeline(held, place):
        yield f"{one.start or '...'} - {one.end or '...'}  {one.name or 'nobody known'}  {one.hold}: {one.reason}"
        for mark, ids in (("+", one.claims), ("-", one.against)):
            for claim in ids:
                told = filed[claim]
                time = told.claim.time
                day = f"{told.claim.predication.effect}, {time.start} {time.anchor}" if time else "no day"
                speaker = told.claim.attribution.chain[0].name if told.claim.attribution.chain else ""
                yield f"    {mark} {told.published} {told.outlet}: {speaker}: {told.words!r} [{day}]"


def main() -> None:
    """Print the table, or the story of one place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=SAMPLE / "reports")
    parser.add_argument("--place", default="")
    args = parser.parse_args()
    held, by_id = derived(args.reports)
    told = story(held, by_id, args.place) if args.place else (*report(list(lines(held, facts()))), *july(held))
    sys.stdout.writelines(f"{line}\n" for line in told)


if __name__ == "__main__":
    main()
