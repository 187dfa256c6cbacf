"""The accounts of an event: per value who gives it, which accounts cannot both hold, and which one is best.

A field's accounts are the values that its claims give. A voice that gives a later value that does not agree with
its earlier one has replaced it: the earlier is kept and marked superseded. What is then left tells the
standing: disputed where two accounts of different voices cannot both hold, agreed where several voices give one
account or such that agree, single-source, silent. The best is one of the accounts, never an average.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from dateline.reconciling.sources import Speaker, voices
from dateline.records import Account, Field, Filed, Standing

Reason = str
Compatible = Callable[[int, int], tuple[bool, Reason]]


_SOURCES_FIRST = (
    "most independent sources", "the more exact of equally many sources", "the latest of equally many sources",
    "the first that the desk took in",
)  # fmt: skip
_EXACT_FIRST = (
    "the most exact",
    "most independent sources of equally exact ones",
    "the latest of equally many sources",
    "the first that the desk took in",
)


class Value(msgspec.Struct, frozen=True):
    """A value of a field and the claims that give it.

    `weight` ranks accounts of equally many sources; `support` counts further sources whose vaguer values fit it.
    """

    key: str
    text: str
    filed: tuple[Filed, ...]
    low: float | None = None
    best: float | None = None
    high: float | None = None
    weight: float = 0.0
    support: int = 0


def field(
    name: str,
    values: Sequence[Value],
    spoken: Mapping[str, Speaker],
    compatible: Compatible,
    of: str = "",
    exact_first: bool = False,
) -> Field:
    """Return a field from its values; `compatible` says of two of them whether both can hold, and why.

    With `exact_first` the best is the most exact account, whatever the number of its sources: of a town and its
    province the town.
    """
    agreeing = {
        (i, j): compatible(i, j) for i in range(len(values)) for j in range(i + 1, len(values))
    }  # fmt: skip
    latest = _latest(values, spoken)
    superseded = [_superseded(at, values, spoken, agreeing, latest) for at in range(len(values))]
    accounts = tuple(_account(at, value, values, spoken, agreeing, superseded[at]) for at, value in enumerate(values))
    live = [at for at, one in enumerate(accounts) if any(v.key not in superseded[at] for v in one.voices)]
    best, rule = _best(accounts, values, live, exact_first)
    return Field(name, _standing(accounts, live, agreeing, superseded), accounts, best, rule, of)


def _moment(one: Filed) -> tuple[str, int, int]:
    return (one.published or "", one.order, one.claim.predication.trigger.start)


def _latest(values: Sequence[Value], spoken: Mapping[str, Speaker]) -> dict[tuple[int, str], tuple[str, int, int]]:
    """Return when each voice last gave each value."""
    found: dict[tuple[int, str], tuple[str, int, int]] = {}
    for at, value in enumerate(values):
        for one in value.filed:
            key = (at, spoken[one.claim.id].key)
            found[key] = max(found.get(key, ("", 0, 0)), _moment(one))
    return found


def _superseded(
    at: int,
    values: Sequence[Value],
    spoken: Mapping[str, Speaker],
    agreeing: Mapping[tuple[int, int], tuple[bool, Reason]],
    latest: Mapping[tuple[int, str], tuple[str, int, int]],
) -> tuple[str, ...]:
    """Return the voices that later gave a value that does not agree with this one."""
    own = sorted({spoken[one.claim.id].key for one in values[at].filed})
    return tuple(
        key
        for key in own
        for other in range(len(values))
        if other != at
        and not agreeing[min(at, other), max(at, other)][0]
        and latest.get((other, key), ("", 0, 0)) > latest[at, key]
    )


def _account(
    at: int,
    value: Value,
    values: Sequence[Value],
    spoken: Mapping[str, Speaker],
    agreeing: Mapping[tuple[int, int], tuple[bool, Reason]],
    superseded: Sequence[str],
) -> Account:
    reasons = (
        (values[other].text, agreeing[min(at, other), max(at, other)]) for other in range(len(values)) if other != at
    )
    agrees = tuple(f"{text}: {reason}" if reason else text for text, (fits, reason) in reasons if fits)
    return Account(
        value.key, value.text, voices(value.filed, spoken), value.low, value.best, value.high,
        tuple(dict.fromkeys(superseded)), agrees,
    )  # fmt: skip


def _standing(
    accounts: Sequence[Account],
    live: Sequence[int],
    agreeing: Mapping[tuple[int, int], tuple[bool, Reason]],
    superseded: Sequence[Sequence[str]],
) -> Standing:
    if not accounts:
        return "silent"
    for place, one in enumerate(live):
        for two in live[place + 1 :]:
            if not agreeing[one, two][0] and _different(accounts, superseded, one, two):
                return "disputed"
    keys = {voice.key for at in live for voice in accounts[at].voices}
    return "agreed" if len(keys) > 1 else "single-source"


def _different(accounts: Sequence[Account], superseded: Sequence[Sequence[str]], one: int, two: int) -> bool:
    """Whether two accounts are held by different voices: one that gives both at once does not contradict itself."""
    mine, theirs = ({v.key for v in accounts[at].voices} - set(superseded[at]) for at in (one, two))
    return (bool(mine - theirs) and bool(theirs - mine)) or not mine & theirs


def _best(
    accounts: Sequence[Account], values: Sequence[Value], live: Sequence[int], exact_first: bool
) -> tuple[str, str]:
    """Return the key of the best account and the rule that picked it."""
    if not accounts:
        return "", ""
    if len(accounts) == 1:
        return accounts[0].key, "the only account"
    if len(live) == 1:
        return accounts[live[0]].key, "the only account that nobody has replaced"

    def rank(at: int) -> tuple[float, float, str, int]:
        last = max((voice.last or "" for voice in accounts[at].voices), default="")
        sources, exact = float(len(accounts[at].voices) + values[at].support), values[at].weight
        order = -min(one.order for one in values[at].filed)
        return (exact, sources, last, order) if exact_first else (sources, exact, last, order)

    ordered = sorted(live or range(len(accounts)), key=rank, reverse=True)
    first, second = rank(ordered[0]), rank(ordered[1])
    rules = _EXACT_FIRST if exact_first else _SOURCES_FIRST
    rule = next((name for name, a, b in zip(rules, first, second, strict=True) if a != b), "the first of one report")
    return accounts[ordered[0]].key, rule
