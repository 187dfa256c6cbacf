"""What people decide, and what was done with the desk: only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import select

from dateline.records import Judgement
from dateline.store.base import Connected, now
from dateline.store.columns import plain
from dateline.store.schema import judgements, log

_IDS = tuple[str, ...]


class Judgements(Connected):
    """The part of the store that holds judgements and the log of actions."""

    def judge(self, one: Judgement) -> bool:
        """Keep a judgement; returns False where one of the same id is there already."""
        row = {
            "id": one.id, "verdict": one.verdict, "subject": _listed(one.subject), "apart": _listed(one.apart),
            "field": one.field, "value": plain(one.value), "reviewer": plain(one.reviewer),
            "reason": plain(one.reason), "at": one.at or now(),
        }  # fmt: skip
        with self.transaction() as connection:
            adding = self.upsert(judgements).values(row).on_conflict_do_nothing(index_elements=["id"])
            return connection.execute(adding.returning(judgements.c.id)).first() is not None

    def judgements(self, *, as_of: str | None = None) -> Iterator[Judgement]:
        """Yield all judgements in the order in which they were made, or those made by a moment."""
        query = select(judgements).order_by(judgements.c.seq)
        if as_of is not None:
            query = query.where(judgements.c.at <= as_of)
        for row in self.rows(query):
            yield Judgement(
                row.id, row.verdict, _ids(row.subject), row.reviewer, row.at, row.reason, row.field, row.value,
                _ids(row.apart),
            )  # fmt: skip

    def note(self, what: str, *, at: str = "", **detail: Any) -> None:
        """Write in the log what was done, with its details: now, or at the moment from which it counts."""
        with self.transaction() as connection:
            row = {"at": at or now(), "what": what, "detail": msgspec.json.encode(detail).decode()}
            connection.execute(log.insert(), row)

    def notes(self, what: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield (moment, what, details) of all that was done, the oldest first."""
        query = select(log).order_by(log.c.seq)
        for row in self.rows(query.where(log.c.what == what) if what else query):
            yield row.at, row.what, msgspec.json.decode(row.detail)


def _listed(ids: tuple[str, ...]) -> str:
    return msgspec.json.encode(ids).decode()


def _ids(kept: str) -> tuple[str, ...]:
    return msgspec.json.decode(kept, type=_IDS)
