"""FA-KES: the one incident of a report, its day, governorate, actor, cause and dead, against its coders.

The coders gave every report one incident and wrote 0 for what it does not report; so is it scored here, and
only here. Their `date` is the day of the page for most reports and, for the rest, a day that stands nowhere
in the text; "any day of the text" is right where any day that the report names is the coded one, and is the
most that a reader of the text can reach. So the day is also scored against days read by hand from the
reports of the part to look at (`fakes_days.toml`).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.corpora import Part
from dateline.corpora.fakes import FIGURES, Coded, files, read
from dateline.exporting.incident import Incident, main_incident
from dateline.knowledge.actors import actors
from dateline.reading.assembling import Given, assemble
from dateline.reading.drafts import Draft, headed
from dateline.records import Claim, Dossier, Participant, Report, TimeExpression, Toponym

RULES, BASELINE, CEILING = f"{OURS}, rules only", "naive", "any day of the text"
BY_HAND = "day, as the text gives it (by hand)"
UNKNOWN = "unknown"


class _Actor(msgspec.Struct, frozen=True):
    value: str
    entities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class _Crosswalk(msgspec.Struct, frozen=True):
    governorate: dict[str, tuple[str, ...]]
    actor: tuple[_Actor, ...]
    cause: dict[str, str]
    cause_by_effect: dict[str, str]


class Answer(msgspec.Struct, frozen=True):
    """A report as a system codes it, in the corpus's terms; a figure that is not reported is None."""

    day: dt.date | None
    governorate: str
    actor: str
    cause: str
    civilians: float | None
    children: float | None
    women: float | None
    noncivilians: float | None


@functools.cache
def crosswalk() -> _Crosswalk:
    """Load `fakes.toml`."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return msgspec.convert(table, _Crosswalk)


@functools.cache
def by_hand() -> dict[str, tuple[dt.date, dt.date]]:
    """Load `fakes_days.toml`: the first and the last day that the text allows, by the report's key."""
    table = tomllib.loads(Path(__file__).with_name("fakes_days.toml").read_text("utf-8"))["day"]
    split = {key: value.split("/") for key, value in table.items()}
    return {key: (dt.date.fromisoformat(days[0]), dt.date.fromisoformat(days[-1])) for key, days in split.items()}


def report_of(coded: Coded) -> Report:
    """Return the report as Dateline reads it: title, text and outlet; its day is what the text itself says."""
    draft = Draft(text=headed(coded.title, coded.text), title=coded.title, outlet=coded.outlet)
    return assemble(draft, Given())


def governorate_of(unit: str) -> str:
    """Return the corpus's name for a first-order unit of Syria; "" for any other."""
    known = {name: value for value, names in crosswalk().governorate.items() for name in names}
    return known.get(unit, "")


def actor_of(people: Sequence[Participant]) -> str:
    """Return the corpus's actor for those who acted: of the first who is of one of its values."""
    for person in people:
        for row in crosswalk().actor:
            if _is_of(person, row):
                return row.value
    return UNKNOWN


def _is_of(person: Participant, row: _Actor) -> bool:
    held = set(actors().lineage(person.entity)) if person.entity else set()
    if held & set(row.entities) or (person.kind in row.kinds and person.country in row.countries):
        return True
    if held and person.kind in row.named:
        return True
    return not person.entity and any(word in person.name.lower() for word in row.words)


def answered(dossier: Dossier) -> Answer:
    """Return Dateline's answer: the main incident of its claims.

    All incidents of the corpus are in Syria: where the place found is not, the first unit of Syria that the
    report names is answered.
    """
    found = main_incident(dossier.all(Claim), dossier.all(Toponym))
    if found is None:
        return Answer(dossier.report.published, _first_unit(dossier), UNKNOWN, UNKNOWN, None, None, None, None)
    walk = crosswalk()
    cause = walk.cause.get(found.mode) or walk.cause_by_effect.get(found.effect, UNKNOWN)
    toll = found.toll
    return Answer(
        day=found.last or dossier.report.published,
        governorate=(governorate_of(found.place.admin1) if found.place else "") or _first_unit(dossier),
        actor=actor_of(found.actors), cause=cause, civilians=toll.civilians, children=toll.children,
        women=toll.women, noncivilians=toll.combatants,
    )  # fmt: skip


def _first_unit(dossier: Dossier) -> str:
    places = sorted(dossier.all(Toponym), key=lambda place: place.span)
    return next((unit for place in places if (unit := governorate_of(place.admin1))), "")


_KILLED = re.compile(r"\b(\d+)\b(?=[^.]{0,60}\b(?:killed|dead|died|deaths)\b)|\bkill(?:s|ed|ing)?\D{0,20}?(\d+)")


def naive(dossier: Dossier, actor: str, cause: str) -> Answer:
    """Return the baseline: page's day, unit of the first place, the commonest actor and cause, first number killed."""
    unit = _first_unit(dossier)
    found = _KILLED.search(dossier.report.text)
    number = float(found[1] or found[2]) if found else None
    return Answer(dossier.report.published, unit, actor, cause, number, None, None, None)


def _same(name: str, row: Coded, ours: Answer) -> bool:
    """Whether a field is as coded; a figure that is not reported counts as 0, as it did for the coders."""
    gold, value = getattr(row, name), getattr(ours, name)
    return bool(gold == ((value or 0) if name in FIGURES else value))


def measured(rows: Sequence[Coded], answers: Sequence[Answer], system: str) -> Iterator[Score]:
    """Score the answers of one system."""
    n = len(rows)

    def rate(name: str, right: Callable[[Coded, Answer], bool]) -> Score:
        return Score(name, system, sum(right(row, ours) for row, ours in zip(rows, answers, strict=True)) / n, n)

    yield rate("day, exact", lambda row, ours: row.day == ours.day)
    days = [(by_hand()[r.key], a.day) for r, a in zip(rows, answers, strict=True) if r.key in by_hand()]
    if days:
        right = sum(day is not None and first <= day <= last for (first, last), day in days)
        yield Score(BY_HAND, system, right / len(days), len(days))
    yield rate("day, within 1", lambda row, ours: ours.day is not None and abs((row.day - ours.day).days) <= 1)
    for name in ("governorate", "actor", "cause"):
        yield rate(name, functools.partial(_same, name))
    for name in FIGURES:
        yield rate(f"{name}, exact", functools.partial(_same, name))
        off = [abs(getattr(row, name) - (getattr(ours, name) or 0)) for row, ours in zip(rows, answers, strict=True)]
        yield Score(f"{name}, mean absolute error", system, sum(off) / n, n)
    for name in FIGURES:
        pairs = [(getattr(r, name), getattr(a, name)) for r, a in zip(rows, answers, strict=True)]
        said = [(gold, value) for gold, value in pairs if value is not None]
        share = sum(gold == value for gold, value in said) / len(said) if said else 0.0
        yield Score(f"{name}, exact where a number was read", system, share, len(said))


def _days_of(dossier: Dossier) -> set[dt.date]:
    """Return the days that a report names: that of its page, and those of its times."""
    starts = {time.start[:10] for time in dossier.all(TimeExpression) if len(time.start) >= 10}
    return {*map(dt.date.fromisoformat, starts), *filter(None, [dossier.report.published])}


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Score Dateline with and without its trained parts, the baseline, and what any reader could reach of the day."""
    rows = [row for path in paths for row in read(path, part)]
    dossiers = [pipeline().run(report_of(row)) for row in rows]
    yield from measured(rows, [answered(dossier) for dossier in dossiers], OURS)
    by_rules = [answered(pipeline(trained=False).run(report_of(row))) for row in rows]
    yield from measured(rows, by_rules, RULES)
    named = [_days_of(dossier) for dossier in dossiers]
    right = sum(row.day in days for row, days in zip(rows, named, strict=True))
    yield Score("day, exact", CEILING, right / len(rows), len(rows))
    actor, cause = (Counter(getattr(row, name) for row in rows).most_common(1)[0][0] for name in ("actor", "cause"))
    yield from measured(rows, [naive(dossier, actor, cause) for dossier in dossiers], BASELINE)


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield what differs from the coding in the part to look at, with the words that were taken."""
    for row in (row for path in paths for row in read(path, "look")):
        dossier = pipeline().run(report_of(row))
        ours, text = answered(dossier), dossier.report.text
        found = main_incident(dossier.all(Claim), dossier.all(Toponym))
        words = _words(text, found) if found else text[:300]
        for name in ("day", "governorate", "actor", "cause", *FIGURES):
            if not _same(name, row, ours):
                yield Case(f"{row.key} {row.outlet}", name, words, str(getattr(row, name)), str(getattr(ours, name)))


def _words(text: str, found: Incident) -> str:
    spans = found.claim.predication.clause or (found.claim.predication.trigger,)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return f"{text[max(0, start - 60) : start]}⟦{text[start:end]}⟧{text[end : end + 120]}"


BENCHMARK = Benchmark(
    name="fakes",
    about="FA-KES: the main incident of reports of the Syrian war; not reported is 0 here only",
    files=files,
    measure=measure,
    errors=errors,
    lower=tuple(f"{name}, mean absolute error" for name in FIGURES),
)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
