"""The order of the stages; runs them and holds them to their contract."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import msgspec

from dateline.records import ContractError, Dossier, Flag, Record, Report, Span, Stage

CHECKED = ("span", "outer", "inner", "trigger", "antecedent", "cue", "channel_span")


class Pipeline:
    """Stages in order, checked once when it is made: what a stage reads, an earlier one must add.

    Raises ContractError where a stage reads what none before it adds.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        added: set[type] = set()
        for stage in stages:
            missing = stage.contract.reads - added
            if missing:
                names = ", ".join(sorted(kind.__name__ for kind in missing))
                raise ContractError(f"stage {stage.contract.name!r} reads {names}, which no stage before it adds")
            added |= stage.contract.adds
        self.stages = tuple(stages)

    def run(self, report: Report) -> Dossier:
        """Return the dossier of `report` with the records of all stages.

        A report that is not in English is kept with its flags and not coded. Raises ContractError where a
        stage adds a record that it did not declare or whose span lies outside the report.
        """
        dossier = Dossier(report).adding(report.flags)
        if report.language != "en":
            return dossier
        for stage in self.stages:
            dossier = dossier.adding(checked(stage, stage(dossier), len(report.text)))
        return dossier

    def timed(self, report: Report) -> tuple[Dossier, dict[str, float]]:
        """Do as `run` and return the seconds that each stage took besides."""
        dossier, took = Dossier(report).adding(report.flags), {}
        for stage in self.stages:
            begun = time.perf_counter()
            dossier = dossier.adding(checked(stage, stage(dossier), len(report.text)))
            took[stage.contract.name] = time.perf_counter() - begun
        return dossier, took


def checked(stage: Stage, records: object, length: int) -> Iterator[Record]:
    """Yield the records of a stage, each checked for its type and the bounds of its spans."""
    for record in records:  # type: ignore[attr-defined]
        if type(record) not in stage.contract.adds:
            raise ContractError(
                f"stage {stage.contract.name!r} added a {type(record).__name__}, which it does not declare"
            )
        for span in spans_of(record):
            if not 0 <= span.start < span.end <= length:
                what = f"{type(record).__name__} with {span}, the report has {length} characters"
                raise ContractError(f"stage {stage.contract.name!r}: {what}")
        yield record


def spans_of(record: msgspec.Struct) -> Iterator[Span]:
    """Yield the spans of a record and of its evidence."""
    for name in CHECKED:
        span = getattr(record, name, None)
        if isinstance(span, Span):
            yield span
    evidence = getattr(record, "evidence", None)
    if evidence is not None:
        yield from evidence.spans
    if isinstance(record, Flag):
        yield from record.spans
