"""Code what is new in a desk, in several processes, so that it may be interrupted at any moment."""

from __future__ import annotations

import functools
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dateline.desk.ingesting import Progress, Step
from dateline.reading import Failure
from dateline.records import Claim, Debris, Flag, GazetteerError, KnowledgeError, ModelError, Report, Run
from dateline.scaling.workers import in_order
from dateline.store import CodedReport, Store

# What one transaction holds at most: what a kill can cost, and how long others who write must wait.
_REPORTS, _SECONDS = 50, 1.0
_REPORT = "The other reports are not touched by it. Please report it"


class Settings(msgspec.Struct, frozen=True):
    """How reports are coded: the language model, CSV files of places, and whether trained parts are used."""

    model: str = ""
    places: tuple[str, ...] = ()
    trained: bool = True


class Made(msgspec.Struct, frozen=True):
    """What became of a report: its claims with their words, or why there are none."""

    claims: tuple[Claim, ...] = ()
    words: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    debris: tuple[Debris, ...] = ()
    problem: str = ""
    remedy: str = ""


class CodedTotals(msgspec.Struct):
    """What was coded: `reports` with their `claims`, those `kept` (not English), and what failed.

    `run` is the id of the run; `before` how many reports it had coded already, `failed_before` how many fail in
    it and were not tried again.
    """

    run: str = ""
    reports: int = 0
    claims: int = 0
    kept: int = 0
    before: int = 0
    failed_before: int = 0
    failures: list[Failure] = []


def run_of(how: Settings) -> Run:
    """Return the run of these settings: its id is a hash of the versions, the hashes and the settings.

    Raises ModelError, GazetteerError or KnowledgeError.
    """
    from dateline.assembly import load_pipeline, load_resources, made_by

    load_pipeline(how.model, how.places, how.trained)  # which trained parts are used shows when it is put together
    made = made_by(load_resources(how.model, how.places, how.trained))
    places = sorted(hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16] for path in how.places)
    settings = (("places", " ".join(places)), ("trained", "yes" if how.trained else "no"))
    run = Run("", made.dateline, made.model, made.model_hash, made.gazetteer, made.knowledge, made.trained, settings)
    return msgspec.structs.replace(run, id=hashlib.sha256(msgspec.json.encode(run)).hexdigest()[:12])


def work(how: Settings, report: Report) -> Made:
    """Code one report; an error of ours in it is a failure of that report alone.

    Raises ModelError, GazetteerError or KnowledgeError, which concern all reports.
    """
    from dateline.api import code_report

    try:
        coded = code_report(report, model=how.model, places=how.places, trained=how.trained)
        # The report's own flags are kept with it.
        flags = tuple(flag for flag in coded.flags if flag not in report.flags)
        words = tuple(said(claim, report.text) for claim in coded.claims)
        if len({claim.id for claim in coded.claims}) != len(coded.claims):
            return Made(problem="two of its claims have one id", remedy=_REPORT)
        return Made(coded.claims, words, flags, coded.dossier.all(Debris))
    except (ModelError, GazetteerError, KnowledgeError):
        raise
    except Exception as error:
        problem = f"its coding stopped with an error ({type(error).__name__}: {error})"
        return Made(problem=problem, remedy=_REPORT)


def said(claim: Claim, text: str) -> str:
    """Return the words of a claim, on one line; " … " stands where something is left out."""
    return " … ".join(" ".join(span.of(text).split()) for span in claim.evidence.spans)


def _gave_up(_: Report) -> Made:
    problem = "the process that coded it was killed, again and again"
    return Made(problem=problem, remedy="Free some memory or use fewer --workers, and run code --retry")


def code(
    store: Store, how: Settings, *, workers: int | None = None, retry: bool = False, progress: Progress | None = None
) -> CodedTotals:
    """Code what these settings have not coded yet; `Desk.code` says how."""
    run = run_of(how)
    done = CodedTotals(run.id)
    waiting, length = store.count_uncoded(run.id, retry=retry)
    counts = store.codings_by_status(run.id)
    done.before = counts.get("coded", 0) + counts.get("kept", 0)
    done.failed_before = 0 if retry else counts.get("failed", 0)
    if waiting or done.before:
        store.begin_run(run)
    if progress is not None:
        progress(Step(total=length))
    pending: list[tuple[Report, Made]] = []
    since = time.monotonic()
    try:
        for report, made in _made(store.uncoded(run.id, retry=retry), how, workers, waiting):
            pending.append((report, made))
            if len(pending) >= _REPORTS or time.monotonic() - since > _SECONDS:
                _keep(store, run.id, pending, done)
                since = time.monotonic()
            if progress is not None:
                failure = Failure(report.path or report.id, made.problem, made.remedy) if made.problem else None
                progress(Step(report.path, len(report.text), len(made.claims), failure))
    finally:
        # What was coded before an interruption is kept.
        _keep(store, run.id, pending, done)
    if done.reports or done.kept or done.failures:
        store.note("code", run=run.id, reports=done.reports, claims=done.claims, failures=len(done.failures))
    return done


def _made(reports: Iterator[Report], how: Settings, workers: int | None, waiting: int) -> Iterator[tuple[Report, Made]]:
    """Yield each report with what became of it, in their order."""
    task = functools.partial(work, how)
    if workers == 1 or not waiting:
        for report in reports:
            yield report, task(report)
        return
    from dateline.assembly import load_pipeline

    load_pipeline(how.model, how.places, how.trained)  # here, so that the workers share it
    yield from in_order(reports, task, min(workers or cores(), waiting), _gave_up)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _keep(store: Store, run: str, pending: list[tuple[Report, Made]], done: CodedTotals) -> None:
    """Write what was coded in one transaction."""
    if not pending:
        return
    with store.transaction():
        kept = set(store.save_codings(run, [_coded(report, made) for report, made in pending]))
        for report, made in pending:
            if made.problem:
                path = report.path or report.id
                store.fail(path, made.problem, made.remedy, stage="code", report=report.id, run=run)
            else:
                store.resolve(stage="code", report=report.id)
    fresh = [(report, made) for report, made in pending if report.id in kept]
    done.failures += [
        Failure(report.path or report.id, made.problem, made.remedy) for report, made in pending if made.problem
    ]
    pending.clear()
    _count(fresh, done)


def _coded(report: Report, made: Made) -> CodedReport:
    status = "failed" if made.problem else "coded" if report.language == "en" else "kept"
    return CodedReport(report.id, made.claims, made.words, made.flags, made.debris, status)


def _count(kept: Sequence[tuple[Report, Made]], done: CodedTotals) -> None:
    for report, made in kept:
        if made.problem:
            continue
        if report.language != "en":
            done.kept += 1
        else:
            done.reports += 1
            done.claims += len(made.claims)
