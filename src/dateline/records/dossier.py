"""A report with the records read so far, and what a stage of the pipeline is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

import msgspec

from dateline.records.claim import Claim, Placement, Predication, Timing
from dateline.records.report import Block, Debris, Flag, Quotation, Report
from dateline.records.source import Attribution
from dateline.records.syntax import Mention, Parse, Reference, TimeExpression, Toponym

Record = (
    Block | Debris | Flag | Quotation | Parse | Mention | Reference | Attribution
    | Predication | Toponym | Placement | TimeExpression | Timing | Claim
)  # fmt: skip
R = TypeVar("R")


class Dossier(msgspec.Struct, frozen=True):
    """A report and, by type, the records that the stages have added, in the order they were added."""

    report: Report
    records: Mapping[type, tuple[object, ...]] = {}

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of type `kind`; an empty tuple where there are none."""
        return self.records.get(kind, ())  # type: ignore[return-value]

    def only(self, kind: type[R]) -> R:
        """Return the one record of type `kind`.

        Raises LookupError where there is none or more than one.
        """
        (record,) = self.all(kind) or (None,)
        if record is None:
            raise LookupError(f"the dossier holds no {kind.__name__}")
        return record

    def adding(self, records: Iterable[object]) -> Dossier:
        """Return a dossier that holds `records` besides its own."""
        grown = {kind: list(held) for kind, held in self.records.items()}
        for record in records:
            grown.setdefault(type(record), []).append(record)
        return Dossier(self.report, {kind: tuple(held) for kind, held in grown.items()})


class Contract(msgspec.Struct, frozen=True):
    """What a stage reads and what it adds; the runner holds it to both."""

    name: str
    reads: frozenset[type]
    adds: frozenset[type]


class Stage(Protocol):
    """A stage: it reads a dossier and returns only what it adds.

    It is pure: no clock, no randomness, no files, no network; what it needs to know (a model, a lexicon,
    the gazetteer) it was given when it was made.
    """

    @property
    def contract(self) -> Contract:
        """What the stage reads and adds."""
        ...

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the records that the stage adds to `dossier`."""
        ...
