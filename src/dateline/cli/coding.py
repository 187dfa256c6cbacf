"""`dateline code`: read, code and print reports as they come; never more than a few in memory."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from dateline.cli.stopping import put, say
from dateline.exporting.wording import Look
from dateline.reading import Failure
from dateline.records import Report

Shape = Literal["sheet", "json", "csv"]
_LISTED = 10


class Job(msgspec.Struct, frozen=True):
    """How reports are coded and in which shape they come out."""

    shape: Shape = "sheet"
    look: Look = Look()
    model: str = ""
    places: tuple[str, ...] = ()
    trained: bool = True


class Outcome(msgspec.Struct, frozen=True):
    """What became of an input: bytes to print, or a failure with the traceback behind it."""

    data: bytes = b""
    claims: int = 0
    failure: Failure | None = None
    trace: str = ""


class Totals(msgspec.Struct):
    """What was done."""

    reports: int = 0
    claims: int = 0
    failures: list[Failure] = []
    skipped: list[str] = []
    passed_over: int = 0


def work(job: Job, item: Report | Failure) -> Outcome:
    """Code one report; an error of ours in one report is a failure of that report alone.

    Raises ModelError, GazetteerError or KnowledgeError, which concern all reports.
    """
    if isinstance(item, Failure):
        return Outcome(failure=item)
    from dateline.api import code_report
    from dateline.assembly import load_pipeline

    load_pipeline(job.model, job.places, job.trained)
    try:
        coded = code_report(item, model=job.model, places=job.places, trained=job.trained)
        return Outcome(_shaper(job)(coded), len(coded.claims))
    except Exception as error:
        problem = f"its coding stopped with an error ({type(error).__name__}: {error})"
        remedy = "The other reports are not touched by it; --debug shows where, please report it"
        return Outcome(failure=Failure(item.path or item.id, problem, remedy), trace=traceback.format_exc())


def _shaper(job: Job) -> Callable[..., bytes]:
    """Return the function that makes the bytes of a coded report."""
    if job.shape == "json":
        return lambda coded: coded.json().encode() + b"\n"
    if job.shape == "csv":
        from dateline.exporting.table import rows

        return lambda coded: rows(coded.out()).encode("utf-8", "replace")
    from dateline.exporting.sheet import sheet

    return lambda coded: sheet(coded.out(), job.look, _glosses() if job.look.rules else None).encode("utf-8", "replace")


@functools.cache
def _glosses() -> Mapping[str, str]:
    from dateline.knowledge.predicates import predicates

    return {sense.id: sense.gloss for sense in predicates()}


def outcomes(job: Job, items: Iterator[Report | Failure], workers: int) -> Iterator[tuple[Report | Failure, Outcome]]:
    """Yield each input with what became of it, in order, coded by one process or by several."""
    task = functools.partial(work, job)
    if workers == 1:
        for item in items:
            yield item, task(item)
        return
    # The first report loads the model here, so that the workers share it.
    for item in items:
        yield item, task(item)
        if isinstance(item, Report):
            break
    from dateline.scaling.workers import in_order

    yield from in_order(items, task, workers, _gave_up)


def _gave_up(item: Report | Failure) -> Outcome:
    path = item.path or getattr(item, "id", "")
    problem = "the process that coded it was killed, again and again"
    return Outcome(failure=Failure(path, problem, "Free some memory, use fewer workers, or split the file"))


def code_and_print(
    job: Job, paths: Sequence[str], items: Iterator[Report | Failure], workers: int, quiet: bool, debug: bool
) -> int:
    """Print the reports and tell the failures; return the exit status."""
    from dateline.cli.progress import Bar

    totals = Totals()
    if job.shape == "csv":
        from dateline.exporting.table import header

        put(header())
    with Bar(paths, hidden=quiet) as bar:
        for item, outcome in outcomes(job, items, workers):
            if outcome.failure is not None:
                _failed(totals, outcome, debug, bar.say)
            else:
                put(outcome.data)
                totals.reports += 1
                totals.claims += outcome.claims
            bar.passed(item.path, len(item.text) if isinstance(item, Report) else 0)
    return _told(totals, quiet)


def _failed(totals: Totals, outcome: Outcome, debug: bool, tell: Callable[[str], None]) -> None:
    failure = outcome.failure
    if failure is None:
        return
    if failure.skipped:
        totals.passed_over += 1
        if len(totals.skipped) < _LISTED:
            totals.skipped.append(failure.path)
        return
    # The list of failures holds no text, so it stays small beside what it is about.
    totals.failures.append(failure)
    tell(f"dateline: {failure}")
    if debug and outcome.trace:
        for line in outcome.trace.splitlines():
            tell(line)


def _told(totals: Totals, quiet: bool) -> int:
    """Say what was done, list the failures again, and return the exit status."""
    from dateline.cli import DONE, SOME_FAILED
    from dateline.exporting.wording import count

    failed = len(totals.failures)
    if (totals.reports + failed > 1 or totals.passed_over) and not quiet:
        parts = [f"{count(totals.reports, 'report')} coded, {count(totals.claims, 'claim')}"]
        if totals.passed_over:
            names = ", ".join(totals.skipped) + (", ..." if totals.passed_over > _LISTED else "")
            parts.append(f"{count(totals.passed_over, 'input')} without a report passed over ({names})")
        say(f"dateline: {'; '.join(parts)}")
    if failed and totals.reports + failed > 1:
        say(f"dateline: {count(failed, 'input')} failed:")
        for failure in totals.failures:
            say(f"- {failure}")
    if not failed and not totals.reports:
        say("dateline: there was nothing to code. Give files or folders with reports.")
        return SOME_FAILED
    return SOME_FAILED if failed else DONE
