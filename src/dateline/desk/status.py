"""What a desk holds, what failed and why, and what there is to do."""

from __future__ import annotations

import msgspec

from dateline.records import Run
from dateline.store import Counts, FailureRow, Store


class RunStatus(msgspec.Struct, frozen=True):
    """A run and how many reports it has: coded, kept (not English), failed, and those it has not seen."""

    run: Run
    current: bool
    coded: int
    kept: int
    failed: int
    waiting: int


class Status(msgspec.Struct, frozen=True):
    """All of it; `failures` still stand, the oldest first."""

    desk: str
    version: str
    made_at: str
    read_only: bool
    counts: Counts
    runs: list[RunStatus]
    failures: list[FailureRow]


def status(store: Store) -> Status:
    """Return what a desk holds, at one moment."""
    with store.snapshot():
        current = store.current_run()
        facts = store.facts()
        return Status(
            store.name,
            facts.get("version", ""),
            facts.get("made_at", ""),
            store.read_only,
            store.counts(),
            [_run(store, run, current is not None and run.id == current.id) for run in store.runs()],
            list(store.failures()),
        )


def _run(store: Store, run: Run, current: bool) -> RunStatus:
    counts = store.codings_by_status(run.id)
    return RunStatus(
        run, current, counts.get("coded", 0), counts.get("kept", 0), counts.get("failed", 0),
        store.count_waiting(run.id),
    )  # fmt: skip
