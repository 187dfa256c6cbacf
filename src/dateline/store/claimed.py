"""Filters of claims made into conditions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, literal_column, or_, select

from dateline.store.rows import ClaimFilter
from dateline.store.schema import claims, event_claims, reports
from dateline.store.searching import matching


def aside(column: Any, on_sqlite: bool) -> Any:
    """Return a column in a form by which SQLite will not look for rows, but only test those that it has.

    Its planner knows no numbers of rows (sampled ones misled it) and takes any index that fits: by a country that
    all claims share, it would sort them all to show the first fifty.
    """
    return literal_column(f"+{column.table.name}.{column.name}") if on_sqlite else column


def which_claims(wanted: ClaimFilter, on_sqlite: bool, walking: bool = False) -> list[Any]:
    """Return the conditions on claims and their reports, save for which run they are of.

    `walking` is True where the claims are looked through in an order until enough are found.
    """
    c = claims.c
    country, kind = (aside(column, on_sqlite and walking) for column in (c.country_code, c.plover))
    tests: list[tuple[object, Any]] = [
        (wanted.country, country == wanted.country.upper()),
        (wanted.admin1, func.lower(c.admin1) == lowered(wanted.admin1)),
        (wanted.place, func.lower(c.place_name) == lowered(wanted.place)),
        (wanted.geonameid is not None, c.geonameid == wanted.geonameid),
        (wanted.first or wanted.last, touches(claims, wanted.first, wanted.last)),
        (wanted.plover, kind == wanted.plover.upper()),
        (wanted.mode, c.mode == wanted.mode),
        (wanted.acled, or_(c.acled_type == wanted.acled, c.acled_sub == wanted.acled)),
        (wanted.status, c.status == wanted.status),
        (wanted.polarity, c.polarity == wanted.polarity),
        (wanted.source_kind, c.source_kind == wanted.source_kind),
        (wanted.side, c.source_side == wanted.side),
        (wanted.report, c.report_id == wanted.report),
        (wanted.outlet, func.lower(reports.c.outlet) == lowered(wanted.outlet)),
        (wanted.headline is not None, c.headline == int(bool(wanted.headline))),
    ]
    found = [test for asked, test in tests if asked]
    if wanted.actor:
        found.append(taking_part(claims, wanted.actor, on_sqlite))
    if wanted.source:
        found.append(or_(holds(c.source_name, wanted.source, on_sqlite), c.source_id == wanted.source))
    if wanted.event:
        found.append(c.id.in_(select(event_claims.c.claim_id).where(event_claims.c.event_id == wanted.event)))
    if wanted.text:
        found.append(matching("claim_words", wanted.text, on_sqlite))
    return found


def touches(table: Any, first: str | None, last: str | None) -> Any:
    """Return the condition that an interval of days touches another; what has no day at all touches none."""
    c = table.c
    tests = [or_(c.first != "", c.last != "")]
    if last:
        tests.append(c.first <= last)
    if first:
        tests.append(or_(c.last >= first, c.last == ""))
    return and_(*tests)


def taking_part(table: Any, actor: str, on_sqlite: bool) -> Any:
    """Return the condition that an actor acts or suffers: by id, or by a part of the name."""
    c = table.c
    ids, names = c.actor_ids + c.target_ids, c.actors + "; " + c.targets
    return or_(holds(ids, f"|{actor}|", on_sqlite), holds(names, actor, on_sqlite))


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def lowered(words: str) -> str:
    """Return words in small letters as both databases make them: only those of ASCII change."""
    return words.translate(_LOWER)


def holds(column: Any, words: str, on_sqlite: bool) -> Any:
    """Return the condition that a column holds the words, whatever their case."""
    escaped = lowered(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    # SQLite's LIKE makes no difference of case; its lower() would be called for every row.
    return (column.like if on_sqlite else column.ilike)(f"%{escaped}%", escape="\\")
