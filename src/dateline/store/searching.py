"""Full-text search over claims and reports."""

from __future__ import annotations

from typing import Any

from sqlalchemy import literal_column, text
from sqlalchemy.sql import false

from dateline.store.words import INDEXED, fts5, terms, tsquery


def matching(index: str, query: str, on_sqlite: bool, testing: bool = False) -> Any:
    """Return the condition that a row's text holds what the user asks for; a query without words finds nothing.

    With `testing` rows that are found otherwise are tested, instead of being found by it.
    """
    wanted = terms(query)
    if not wanted:
        return false()
    table = next(table for name, table, _ in INDEXED if name == index)
    if on_sqlite:
        sought = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :sought").bindparams(sought=fts5(wanted))
        return literal_column(f"{'+' if testing else ''}{table}.seq").in_(sought)
    return text(f"{table}.{index} @@ to_tsquery('dateline', :sought)").bindparams(sought=tsquery(wanted))
