"""Numbers told in several ways: "dozens" and 38, "at least 30" and 34, "10 children and 5 women" and 15 civilians.

Each number is read as the range that its words can stand for; two numbers agree where their ranges meet. How far a
range without a bound reaches, and which group of victims holds which, is data (`knowledge/numbers/agreement.toml`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import msgspec

from dateline.knowledge.agreement import agreement, vague_reaches
from dateline.knowledge.numerals import read_number
from dateline.knowledge.victims import victim_group

Shape = Literal["exact", "range", "nearly", "about", "above", "below", "vague", "unbounded"]
# From the most to the least exact: what an account is named by.
_ORDER: dict[Shape, int] = {
    "exact": 0, "range": 2, "nearly": 3, "about": 4, "above": 5, "below": 6, "vague": 7, "unbounded": 8,
}  # fmt: skip


class Told(Protocol):
    """A number as a report tells it: a `records.Quantity`, a `Number`, or anything else with these fields."""

    @property
    def what(self) -> str:
        """Return what befell those counted."""

    @property
    def who(self) -> str:
        """Return who is counted, in the report's word."""

    @property
    def low(self) -> float | None:
        """Return the lower bound."""

    @property
    def best(self) -> float | None:
        """Return the number itself, where one is named."""

    @property
    def high(self) -> float | None:
        """Return the upper bound."""

    @property
    def qualifier(self) -> str:
        """Return the words that set the bounds."""

    @property
    def part(self) -> bool:
        """Return whether those counted are part of another number of the same report."""


class Number(msgspec.Struct, frozen=True):
    """A told number without its place in a text; the fields are those of `records.Quantity`."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    qualifier: str = ""
    what: str = ""
    who: str = ""
    part: bool = False


class Agreement(msgspec.Struct, frozen=True):
    """Whether two numbers agree, and why.

    `comparable` is False where they count different things (killed and wounded, or children and all people), so
    that they neither support nor contradict each other; then `agrees` is False too.
    """

    agrees: bool
    reason: str
    comparable: bool = True


class _Reach(NamedTuple):
    """What a told number can stand for: `low` to `high`, with its shape and its words."""

    shape: Shape
    low: float
    high: float
    words: str


def agree(a: Told, b: Told) -> Agreement:
    """Return whether two told numbers agree; the reason is a sentence for the analyst.

    Each agrees with the other where their ranges meet. Numbers of different things, or of groups of which neither
    is the other, are not comparable; nor is a smaller number of a part with a larger one of the whole.
    """
    if a.what and b.what and a.what != b.what:
        return Agreement(False, f"{a.what} and {b.what} are counted apart", comparable=False)
    narrow, wide = _part_first(a, b)
    if narrow is None:
        return Agreement(False, f"{a.who} and {b.who} are counted apart", comparable=False)
    found = _meet(_reach(a), _reach(b))
    if found.agrees or wide is None:
        return found
    inner, outer = _reach(narrow), _reach(wide)
    if inner.low < outer.high:
        told = f"{inner.words} {narrow.who or 'of them'}".strip()
        return Agreement(False, f"{told} may be among {outer.words} {wide.who}".strip(), comparable=False)
    return found


def parts_agree(parts: Sequence[Told], whole: Told) -> Agreement:
    """Return whether disjoint groups add up to the whole: "10 children and 5 women" and 15 civilians.

    Not comparable where a part is not held in the whole, where two parts overlap, or where the parts leave room
    for others (their sum is smaller, and they are not all the groups that there are).
    """
    groups = [_group(part, beside=len(parts) > 1) for part in parts]
    whole_group = _group(whole)
    holders = agreement().within
    if len(parts) < 2:
        return Agreement(False, "fewer than two groups make no sum", comparable=False)
    for part, group in zip(parts, groups, strict=True):
        if part.what and whole.what and part.what != whole.what:
            return Agreement(False, f"{part.what} and {whole.what} are counted apart", comparable=False)
        if whole_group not in holders.get(group, ()):
            return Agreement(False, f"{part.who or 'people'} are no part of {whole.who}", comparable=False)
    for at, first in enumerate(groups):
        for second in groups[at + 1 :]:
            if first == second or first in holders.get(second, ()) or second in holders.get(first, ()):
                return Agreement(False, f"{first} and {second} overlap", comparable=False)
    return _summed(parts, whole, any(set(groups) >= entry.groups for entry in agreement().complete))


def _summed(parts: Sequence[Told], whole: Told, complete: bool) -> Agreement:
    """Return whether the sum of `parts` is `whole`; `complete` where the parts leave nobody out."""
    reaches = [_reach(part) for part in parts]
    exact = all(reach.shape == "exact" for reach in reaches)
    told = [f"{reach.words} {part.who}".strip() for reach, part in zip(reaches, parts, strict=True)]
    names = f"{', '.join(told[:-1])} and {told[-1]}"
    low, high = sum(reach.low for reach in reaches), sum(reach.high for reach in reaches)
    words = _figure(low) if low == high else f"{_figure(low)} to {_figure(high)}"
    total, target = _Reach("exact" if exact else "range", low, high, words), _reach(whole)
    named = f"{target.words} {whole.who}".strip()
    if _meet(total, target).agrees:
        same = exact and target.shape == "exact" and low == target.low
        return Agreement(True, f"{names} make {named}" if same else f"{names} make {words}, which fits {named}")
    if high < target.low and not complete:
        return Agreement(False, f"{names} leave others of {named} untold", comparable=False)
    return Agreement(False, f"{names} make {words}, not {named}")


def _group(told: Told, beside: bool = False) -> str:
    """Return the group of victims that is counted: "anybody" for a noun that says nothing of it."""
    noun = told.who.lower().split()[-1] if told.who.strip() else ""
    named = agreement().beside.get(noun) if beside else None
    group = named or victim_group(noun)
    return group if group in agreement().within else "anybody"


def _part_first(a: Told, b: Told) -> tuple[Told | None, Told | None]:
    """Return the number of the narrower group and that of the wider one.

    The second is None where both count the same, both where they are counted apart.
    """
    first, second = _group(a), _group(b)
    if first != second:
        holders = agreement().within
        if second in holders.get(first, ()):
            return a, b
        return (b, a) if first in holders.get(second, ()) else (None, None)
    if a.part != b.part:
        return (a, b) if a.part else (b, a)
    return a, None


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _worded(qualifier: str, figure: str) -> str:
    """Return a figure with its qualifier on its side: "at least 30", "30 or more"."""
    after = qualifier.startswith(("or ", "and ")) or qualifier == "plus"
    return f"{figure} {qualifier}" if after else f"{qualifier} {figure}".strip()


def _reach(told: Told) -> _Reach:
    """Return what the told number can stand for, in its own words."""
    limits, low, best, high = agreement().tolerance, told.low, told.best, told.high
    words = told.qualifier.strip().lower()
    vague = _vague(words, told)
    if vague is not None:
        return vague
    if low is not None and high is not None:
        if low == high:
            return _Reach("exact", low, high, _figure(low))
        span = f"{_figure(low)} to {_figure(high)}"
        return _Reach("range", low, high, _worded(words.removesuffix("between").strip(), span))
    if low is not None:
        return _Reach("above", low, _upper(low), _worded(words or "at least", _figure(low)))
    if high is not None and best is None:
        return _Reach("below", _lower(high), high, _worded(words or "up to", _figure(high)))
    if best is None:
        return _Reach("unbounded", 1.0, math.inf, words or "a number that is not given")
    slack = max(best * limits.about, min(limits.about_least, best))
    least = min(max(best - slack, 1.0), best)
    if high is not None:
        return _Reach("nearly", least, high, _worded(words or "nearly", _figure(best)))
    return _Reach("about", least, best + slack, _worded(words or "about", _figure(best)))


def _vague(words: str, told: Told) -> _Reach | None:
    """Return the reach of a vague word ("dozens"), alone or under a floor or a ceiling, else None."""
    known = vague_reaches()
    entry = known.get(words)
    if entry is not None:
        return _Reach("vague", entry.low, math.inf if entry.high is None else entry.high, words)
    tail = next((word for word in sorted(known, key=len, reverse=True) if words.endswith(f" {word}")), None)
    if tail is None or told.best is not None:
        return None
    entry = known[tail]
    # Before a vague word stands a floor or a ceiling ("at least dozens", "up to several hundred").
    if _is_ceiling(words.removesuffix(tail).strip()):
        high = math.inf if entry.high is None else entry.high
        return _Reach("vague", _lower(entry.low), high, words)
    return _Reach("vague", entry.low, math.inf if entry.high is None else _upper(entry.high), words)


def _is_ceiling(words: str) -> bool:
    """Return whether "<words> 2" gives a ceiling: "up to", "fewer than"."""
    amount = read_number([*words.split(), "2"])
    return amount is not None and amount.low is None and amount.high is not None


def _upper(low: float) -> float:
    limits = agreement().tolerance
    return max(low * limits.reach, low + limits.reach_least)


def _lower(high: float) -> float:
    """Return how far down a ceiling reaches; never to none, which is said in other words."""
    limits = agreement().tolerance
    return max(min(high / limits.reach, high - limits.reach_least), min(1.0, high))


def _zeros(value: float) -> bool:
    """Return whether a number may be a rounded one."""
    limits = agreement().tolerance
    return value >= limits.round_from and value % 10**limits.round_zeros == 0


def _meet(a: _Reach, b: _Reach) -> Agreement:
    """Return whether two reaches meet."""
    a, b = sorted((a, b), key=lambda reach: (_ORDER[reach.shape], reach))
    if b.shape == "exact":
        return _exact(a, b)
    low, high = max(a.low, b.low), min(a.high, b.high)
    if a.words == b.words:
        return Agreement(True, f"both say {a.words}")
    if a.shape == "exact":
        return _one_exact(a, b)
    if low <= high:
        span = (
            _figure(low) if low == high else f"{_figure(low)} to {_figure(high)}" if high < math.inf else "any number"
        )
        return Agreement(True, f"{a.words} and {b.words} meet at {span}")
    return Agreement(False, f"{a.words} and {b.words} do not meet")


def _exact(a: _Reach, b: _Reach) -> Agreement:
    if a.low == b.low:
        return Agreement(True, f"both say {a.words}")
    # Two rounded numbers differ; only a more exact one can have been rounded to the other.
    for fine, rounded in ((a, b), (b, a)):
        off = agreement().tolerance.round_off * rounded.low
        if _zeros(rounded.low) and not _zeros(fine.low) and abs(fine.low - rounded.low) <= off:
            return Agreement(True, f"{fine.words} may be rounded to {rounded.words}")
    return Agreement(False, f"{a.words} and {b.words} differ")


def _one_exact(exact: _Reach, other: _Reach) -> Agreement:
    inside = other.low <= exact.low <= other.high
    if other.shape in ("vague", "range", "unbounded"):
        return Agreement(inside, f"{exact.words} lies {'within' if inside else 'outside'} {other.words}")
    if not inside and other.shape == "above" and exact.low > other.high:
        return Agreement(False, f"{exact.words} is far above {other.words}")
    if not inside and other.shape == "below" and exact.low < other.low:
        return Agreement(False, f"{exact.words} is far below {other.words}")
    if inside and exact.words in other.words.split():
        return Agreement(True, f"{exact.words} is the number that {other.words} names")
    return Agreement(inside, f"{exact.words} is {'' if inside else 'not '}{other.words}")
