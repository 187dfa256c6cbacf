"""The order of the stages; runs them and holds them to their contract."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence

import msgspec

from dateline.records import ContractError, Dossier, Parse, Record, Report, Span, Stage


class Pipeline:
    """Stages in order, checked once when it is made: what a stage reads, an earlier one must add.

    `reads` gives the text as the stages read it, of the same length as the report's own: text in capitals
    in mixed case. Raises ContractError where a stage reads what none before it adds.
    """

    def __init__(self, stages: Sequence[Stage], reads: Callable[[str], str] = str) -> None:
        added: set[type] = set()
        for stage in stages:
            missing = stage.contract.reads - added
            if missing:
                names = ", ".join(sorted(kind.__name__ for kind in missing))
                raise ContractError(f"stage {stage.contract.name!r} reads {names}, which no stage before it adds")
            added |= stage.contract.adds
        self.stages = tuple(stages)
        self.reads = reads

    def run(self, report: Report) -> Dossier:
        """Return the dossier of `report` with the records of all stages.

        A report that is not in English is kept with its flags and not coded. Raises ContractError where a
        stage adds a record that it did not declare or whose span lies outside the report.
        """
        return self.timed(report)[0]

    def timed(self, report: Report) -> tuple[Dossier, dict[str, float]]:
        """Do as `run` and return the seconds that each stage took besides."""
        text = self.reads(report.text) if report.language == "en" else report.text
        if len(text) != len(report.text):
            raise ContractError("the text as the stages read it is not as long as the report's")
        read = report if text == report.text else msgspec.structs.replace(report, text=text)
        dossier, took = Dossier(read).adding(report.flags), {}
        for stage in self.stages if report.language == "en" else ():
            begun = time.perf_counter()
            dossier = dossier.adding(checked(stage, stage(dossier), len(report.text)))
            took[stage.contract.name] = time.perf_counter() - begun
        return Dossier(report, dossier.records), took


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


def spans_of(record: object) -> Iterator[Span]:
    """Yield every span in a record, in what it holds and in its evidence; a Parse holds offsets, no spans."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from spans_of(part)
    elif isinstance(record, msgspec.Struct) and not isinstance(record, Parse):
        for name in _holding(type(record)):
            yield from spans_of(getattr(record, name))


@functools.cache
def _holding(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields of a type of record that can hold spans: those that are no plain text or number."""
    plain = (str, int, float, bool)
    return tuple(f.name for f in msgspec.structs.fields(kind) if f.type not in plain)
