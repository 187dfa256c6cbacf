"""Is a desk whole? What the store can say of itself, and whether each report is the one that its id names."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.reading import identity
from dateline.store import Check, Store

_SHOWN = 5


def examine(store: Store) -> Iterator[Check]:
    """Yield every check of a desk as it is done. It changes nothing."""
    yield from store.checks()
    wrong, seen = [], 0
    for report in store.texts():
        seen += 1
        if identity(report) != report.id:
            wrong.append(f"{report.path} ({report.id})")
    yield Check("hashes of the reports", seen, len(wrong), tuple(wrong[:_SHOWN]))
