"""Where a desk is kept: one file of SQLite, or a PostgreSQL database, with the same methods."""

from dateline.store.base import moment, now
from dateline.store.checking import Check
from dateline.store.events import Written, place_key
from dateline.store.rows import (
    Arrival,
    Change,
    ClaimFilter,
    CodedReport,
    Coding,
    Counts,
    EventFilter,
    EventRow,
    FailureRow,
    Hit,
    ReportFilter,
    ReportRow,
    Stored,
)
from dateline.store.store import Store

__all__ = [
    "Arrival",
    "Change",
    "Check",
    "ClaimFilter",
    "CodedReport",
    "Coding",
    "Counts",
    "EventFilter",
    "EventRow",
    "FailureRow",
    "Hit",
    "ReportFilter",
    "ReportRow",
    "Store",
    "Stored",
    "Written",
    "moment",
    "now",
    "place_key",
]
