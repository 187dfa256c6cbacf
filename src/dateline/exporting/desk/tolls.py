"""How many were killed or wounded in an event, from the fields that count them.

Where a field counts all people, it is the number. Where only groups are counted (civilians, children, a party's
fighters), their numbers are added: children and women count as civilians unless civilians are counted too, and
fighters whom nobody assigns are not added to those of named parties. No account: no number, which is not zero.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.exporting.desk.parties import chosen
from dateline.knowledge.actors import fold
from dateline.knowledge.victims import victim_group
from dateline.records import Account, Event, Field

_ADDED = "sum of the groups counted"


class Bounds(msgspec.Struct, frozen=True):
    """Lowest, chosen and highest number; None where none is given."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(_plus(self.low, other.low), _plus(self.best, other.best), _plus(self.high, other.high))


class Toll(msgspec.Struct, frozen=True):
    """A toll: its bounds, by which rule, how its accounts stand, and the groups that are counted apart."""

    bounds: Bounds
    rule: str
    standing: str
    groups: dict[str, Bounds]


def toll(event: Event, what: str) -> Toll | None:
    """Return the toll of `what` (killed, wounded) of an event, None where no account gives a number."""
    fields = [one for one in event.fields if one.name == what and _bounds(one) != Bounds()]
    if not fields:
        return None
    groups = {one.of: _bounds(one) for one in fields if not _of_all(one)}
    standing = _standing(fields)
    whole = next((one for one in fields if _of_all(one)), None)
    if whole is not None:
        return Toll(_bounds(whole), whole.rule, standing, groups)
    rules = "; ".join(dict.fromkeys(one.rule for one in fields if one.rule))
    only = len(fields) == 1
    return Toll(_added(groups), rules if only else f"{_ADDED}: {rules}" if rules else _ADDED, standing, groups)


def _of_all(field: Field) -> bool:
    return not field.of or victim_group(fold(field.of).casefold()) == "anybody"


def _bounds(field: Field) -> Bounds:
    told = [one for one in field.accounts if _figure(one) is not None]
    if not told:
        return Bounds()
    picked = chosen(field)
    lows = [one.low if one.low is not None else _figure(one) for one in told]
    highs = [one.high if one.high is not None else _figure(one) for one in told]
    low = field.low.value if field.low else min(number for number in lows if number is not None)
    high = field.high.value if field.high else max(number for number in highs if number is not None)
    return Bounds(_whole(low), _whole(_figure(picked)) if picked else None, _whole(high))


def _figure(account: Account) -> float | None:
    """Return the number of an account; where its words give only a bound, the bound."""
    return next((one for one in (account.best, account.low, account.high) if one is not None), None)


def _added(groups: dict[str, Bounds]) -> Bounds:
    kinds: dict[str, Bounds] = {}
    for of, bounds in groups.items():
        group = victim_group(fold(of).casefold()) or "named"
        kinds[group] = kinds.get(group, Bounds()) + bounds
    unarmed = kinds.get("civilians") or kinds.get("children", Bounds()) + kinds.get("women", Bounds())
    return unarmed + (kinds.get("named") or kinds.get("combatants", Bounds())) + kinds.get("members", Bounds())


def _standing(fields: Sequence[Field]) -> str:
    found = [one.standing for one in fields]
    return next((one for one in ("disputed", "agreed", "single-source") if one in found), "silent")


def _plus(one: int | None, two: int | None) -> int | None:
    given = [number for number in (one, two) if number is not None]
    return sum(given) if given else None


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
