"""Score a coded report against its gold.

Matching is one to one. A coded claim can answer a gold claim when its evidence covers at least half of the
gold's evidence; pairs that agree on most fields are matched first. An event counts as coded when its status
is asserted or ongoing, its polarity affirmed, and it has a trigger. A coded event that answers nothing is
held against precision, unless it lies in words that the gold accepts, or is the first surplus claim on a
gold claim's words. A false coding is a coded event read from debris or from a claim that is not codable.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from benchmarks.gold import CodedClaim, CodedReport, Gold, GoldClaim, Named, Range

_LOOSE = frozenset({"the", "of", "a", "an", "in", "and", "city", "province", "forces", "force", "on", "to"})


class Score(msgspec.Struct):
    """Counts over one or more reports; they add up with `+`."""

    wanted: int = 0
    found: int = 0
    judged: int = 0
    right: int = 0
    flags_wanted: int = 0
    flags_found: int = 0
    bad_spans: int = 0
    asked: Counter[str] = msgspec.field(default_factory=Counter)
    hits: Counter[str] = msgspec.field(default_factory=Counter)
    false_codings: list[str] = []
    misses: list[str] = []

    def __add__(self, other: Score) -> Score:
        """Return the counts of both."""
        return Score(
            wanted=self.wanted + other.wanted,
            found=self.found + other.found,
            judged=self.judged + other.judged,
            right=self.right + other.right,
            flags_wanted=self.flags_wanted + other.flags_wanted,
            flags_found=self.flags_found + other.flags_found,
            bad_spans=self.bad_spans + other.bad_spans,
            asked=self.asked + other.asked,
            hits=self.hits + other.hits,
            false_codings=self.false_codings + other.false_codings,
            misses=self.misses + other.misses,
        )

    @property
    def recall(self) -> float:
        """The share of the gold's claims that were found."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """The share of the coded events that answer a gold claim."""
        return self.right / self.judged if self.judged else 0.0

    def rate(self, field: str) -> float | None:
        """The accuracy of `field` over the gold claims that state it; None where none does."""
        return self.hits[field] / self.asked[field] if self.asked[field] else None

    @property
    def overall(self) -> float:
        """The mean of recall, precision and the accuracy of every field that was asked for."""
        rates = [rate for field in FIELDS if (rate := self.rate(field)) is not None]
        return (self.recall + self.precision + sum(rates)) / (2 + len(rates))


def _words(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return set(re.sub(r"[^a-z0-9]+", " ", plain).split()) - _LOOSE


def same_name(want: str, got: str) -> bool:
    """Whether half of the shorter name's words are common to both; `want` may list alternatives."""
    have = _words(got)
    options = (_words(option) for option in want.split("|"))
    return any(len(w & have) / min(len(w), len(have)) >= 0.5 for w in options if w and have)


def _edge(part: str, last: bool) -> dt.date | None:
    if not part:
        return None
    numbers = [int(n) for n in part.split("-")]
    year, month, day = numbers[0], *(numbers[1:2] or [12 if last else 1]), *(numbers[2:3] or [0])
    if day or not last:
        return dt.date(year, month, day or 1)
    after = dt.date(year, month, 28) + dt.timedelta(days=4)
    return after - dt.timedelta(days=after.day)


def bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of an ISO date, month, year or interval; an open side is None."""
    first, _, last = text.partition("/")
    return _edge(first, False), _edge(last if "/" in text else first, True)


def same_time(want: str, start: str | None, end: str | None) -> bool:
    """Whether both bounds agree: on the day for a single day, within a day for longer intervals."""
    first, last = (start or "")[:10], (end or "")[:10]
    single = start == end and "/" not in want
    got = bounds(first if single else f"{first}/{last}")
    asked = bounds(want)
    slack = 0 if asked[0] == asked[1] else 1

    def near(x: dt.date | None, y: dt.date | None) -> bool:
        return x is y if x is None or y is None else abs((x - y).days) <= slack

    return all(near(x, y) for x, y in zip(asked, got, strict=True))


def _each(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _number(value: object) -> float | None:
    digits = re.sub(r"[^\d.]", "", str(value)) if value is not None else ""
    return float(digits) if digits else None


Ids = Mapping[str, str]  # id of a gold claim -> id of the coded claim that answers it


def _type(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    have = (got.event.plover if got.event else None) or "-"
    return any(have == w.split("/")[0] for w in gold.plover.split("|")) if gold.plover else None


def _acled(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    have = " / ".join((got.event.acled if got.event else None) or ["-"])
    same = (have == "-" if w == "-" else _words(w) == _words(have) for w in gold.acled.split("|"))
    return any(same) if gold.acled else None


def _actor(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    have = [p.name or p.text or "" for p in got.participants if p.role == "actor"]
    return all(any(same_name(w, h) for h in have) for w in _each(gold.actor)) if gold.actor else None


def _target(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    have = [p.name or p.text or "" for p in got.participants]
    return all(any(same_name(w, h) for h in have) for w in _each(gold.target)) if gold.target else None


def _place(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    have = f"{got.place.name or ''} {got.place.text or ''}" if got.place else ""
    return same_name(re.sub(r"\(.*?\)", "", gold.place), have) if gold.place else None


def _country(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    have = got.place.country_code if got.place else None
    return have in gold.country.split("|") if gold.country else None


def _time(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    if not gold.time:
        return None
    when = got.time
    return when is not None and any(same_time(w, when.start, when.end) for w in gold.time.split("|"))


def _status(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    return got.status in gold.status.split("|")


def _polarity(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    return got.polarity in gold.polarity.split("|")


def _source(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    if not gold.by:
        return None
    first = got.attribution[0] if got.attribution else Named()
    return same_name(gold.by[0].split(",")[0], f"{first.name or ''} {first.role or ''}")


def _channel(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    shared = (_words(gold.channel) & _words(link.channel or "") for link in got.attribution)
    return any(shared) if gold.channel else None


def _quantity(gold: GoldClaim, got: CodedClaim, _: Ids) -> bool | None:
    if gold.quantity is None:
        return None
    wanted = gold.quantity if isinstance(gold.quantity, list) else [gold.quantity]
    have = {_number(value) for q in got.quantities for value in (q.best, q.low)}
    most = {_number(q.high) for q in got.quantities}  # "up to 20" may be read as a bound alone
    return all(q.best in have or (q.high is not None and q.high in most) for q in wanted)


def _disputes(gold: GoldClaim, got: CodedClaim, ids: Ids) -> bool | None:
    return any(ids.get(d) in got.disputes for d in gold.disputes) if gold.disputes else None


FIELDS: Mapping[str, Callable[[GoldClaim, CodedClaim, Ids], bool | None]] = {
    "type": _type,
    "acled": _acled,
    "actor": _actor,
    "target": _target,
    "place": _place,
    "country": _country,
    "time": _time,
    "status": _status,
    "polarity": _polarity,
    "source": _source,
    "channel": _channel,
    "quantity": _quantity,
    "disputes": _disputes,
}


def _overlap(ranges: Iterable[Range], other: Range) -> int:
    return max((min(end, other[1]) - max(start, other[0]) for start, end in ranges), default=0)


def match(claims: list[CodedClaim], gold: Gold, where: Mapping[str, Range]) -> dict[str, str]:
    """Pair gold claims with coded claims, one to one: gold id -> id of the coded claim."""
    pairs = []
    for name, want in gold.claims.items():
        if not want.codable:
            continue
        for claim in claims:
            shared = _overlap(claim.ranges, where[name])
            if shared * 2 >= where[name][1] - where[name][0]:
                agreed = sum(agree(want, claim, {}) is True for agree in FIELDS.values())
                pairs.append((agreed, shared, name, claim.id))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, name, claim_id in sorted(pairs, reverse=True):
        if name not in matched and claim_id not in taken:
            matched[name] = claim_id
            taken.add(claim_id)
    return matched


def _shift(gold: Gold, text: str) -> int:
    """Return where the gold's text begins in the report's text (a reader may trim white space)."""
    body = gold.text.strip()
    start = text.find(body)
    if start < 0:
        raise ValueError("the text of the coded report is not the text of the example")
    return start - gold.text.find(body)


def _fields(score: Score, gold: Gold, claims: Mapping[str, CodedClaim], matched: Ids) -> None:
    """Count into `score` which fields of the gold's claims agree."""
    for name, want in gold.claims.items():
        if not want.codable or want.optional:
            continue
        got = claims.get(matched.get(name, ""))
        if got is None:
            score.misses.append(f"{name}: no claim")
        for field, agree in FIELDS.items():
            verdict = agree(want, got or CodedClaim(id=""), matched)
            if verdict is None:
                continue
            score.asked[field] += 1
            score.hits[field] += verdict and got is not None
            if got is not None and not verdict:
                score.misses.append(f"{name}: {field}")


def _coded(score: Score, gold: Gold, coded: CodedReport, where: Mapping[str, Range], taken: set[str]) -> None:
    """Count into `score` which coded events are right, surplus or false."""
    text = coded.report.text

    def at(quote: str) -> Range:
        start = text.find(quote)
        return start, start + len(quote)

    barred = [where[name] for name, claim in gold.claims.items() if not claim.codable]
    barred += [at(quote) for quote in gold.debris]
    free = [at(quote) for quote in gold.accept]
    surplus: set[str] = set()
    for claim in coded.claims:
        trigger = claim.trigger
        if trigger is None:
            continue
        here = (trigger.start, trigger.end)
        if claim.id in taken:
            score.right += 1
        elif any(_overlap([here], span) * 2 > here[1] - here[0] for span in barred):
            score.false_codings.append(f"false coding: {claim.id} from «{trigger.text}»")
        elif any(_overlap([here], span) > 0 for span in free):
            continue
        else:
            homes = (n for n, c in gold.claims.items() if c.codable and _overlap([here], where[n]) > 0)
            home = next(homes, None)
            if home is not None and home not in surplus:
                surplus.add(home)
                continue
            score.misses.append(f"surplus: {claim.id} from «{trigger.text}»")
        score.judged += 1


def score(coded: CodedReport, gold: Gold) -> Score:
    """Score one coded report against its gold.

    Raises ValueError where the coded report has another text than the gold.
    """
    shift = _shift(gold, coded.report.text)
    where = {name: (start + shift, end + shift) for name, (start, end) in gold.evidence.items()}
    matched = match(coded.claims, gold, where)
    codes = {flag.code for flag in coded.flags}
    result = Score(
        wanted=sum(claim.codable and not claim.optional for claim in gold.claims.values()),
        found=sum(not gold.claims[name].optional for name in matched),
        flags_wanted=len(gold.flags),
        flags_found=len(codes & set(gold.flags)),
        bad_spans=sum(coded.report.text[e.start : e.end] != e.text for c in coded.claims for e in c.evidence),
    )
    _fields(result, gold, {claim.id: claim for claim in coded.claims}, matched)
    _coded(result, gold, coded, where, set(matched.values()))
    return result
