"""Claims that nobody made: a desk of any size, to measure on and never to learn from.

`generate(count, seed)` makes reports of one to six claims about incidents of an invented war in the provinces
of one country: each incident is told by one to nine reports of several outlets within three days, with its
own place, day, parties and toll, some of them told differently; the number of incidents a day is fixed, so
that a larger desk is a longer war, not a denser one. Its words are drawn from a small list.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator

import msgspec

from dateline.records import (
    Attribution,
    Claim,
    Evidence,
    Participant,
    Place,
    Predication,
    Quantity,
    Report,
    Source,
    Span,
    Time,
)

INCIDENTS_A_DAY = 40
PROVINCES, TOWNS = 34, 12
FIRST_DAY = dt.date(2011, 1, 1)
OUTLETS = tuple(f"Outlet {number}" for number in range(1, 41))
KINDS = (
    ("kills", "ASSAULT", "firearms"), ("air-strike", "ASSAULT", "aerial"), ("shells", "ASSAULT", "heavy-weapons"),
    ("explodes", "ASSAULT", "explosives"), ("clash", "ASSAULT", ""), ("takes-place", "ASSAULT", ""),
    ("abducts", "ASSAULT", "abduct"), ("withdraws", "RETREAT", "withdraw"),
)  # fmt: skip
PARTIES = (("taliban", "Taliban", "rebel"), ("AF:state-force", "Afghan armed forces", "state-force"))
WORDS = tuple(
    "market convoy school bridge post night river road mosque clinic farm hill valley square depot bus station "
    "village wedding funeral patrol gate tower field camp border".split()
)


class Made(msgspec.Struct, frozen=True):
    """A report with its claims and their words; `incidents` are the numbers of the incidents they tell of."""

    report: Report
    claims: tuple[Claim, ...]
    words: tuple[str, ...]
    incidents: tuple[int, ...]


class _Incident(msgspec.Struct, frozen=True):
    number: int
    day: dt.date
    place: Place
    kind: tuple[str, str, str]
    actor: tuple[str, str, str]
    target: tuple[str, str, str]
    killed: int
    words: tuple[str, ...]


def generate(count: int, seed: int = 0) -> Iterator[Made]:
    """Yield reports until `count` claims were made, in the order of their publication."""
    chance = random.Random(seed)
    made, number, day = 0, 0, FIRST_DAY
    waiting: dict[dt.date, list[tuple[_Incident, ...]]] = {}
    while made < count:
        for _ in range(INCIDENTS_A_DAY):
            number += 1
            one = _incident(chance, number, day)
            for _ in range(min(9, 1 + int(chance.expovariate(0.6)))):
                out = day + dt.timedelta(days=chance.choice((0, 0, 1, 1, 2)))
                waiting.setdefault(out, []).append((one,))
        for told in waiting.pop(day, []):
            report = _report(chance, day, told)
            yield report
            made += len(report.claims)
            if made >= count:
                return
        day += dt.timedelta(days=1)


def _incident(chance: random.Random, number: int, day: dt.date) -> _Incident:
    actor, target = chance.sample(PARTIES, 2)
    return _Incident(
        number, day, _place(chance.randrange(PROVINCES), chance.randrange(TOWNS)), chance.choice(KINDS), actor, target,
        int(chance.paretovariate(1.2)), tuple(chance.sample(WORDS, 5)),
    )  # fmt: skip


def _place(province: int, town: int) -> Place:
    lat, lon = 30 + province % 6 * 1.3 + town * 0.07, 61 + province // 6 * 1.9 + town * 0.05
    name = f"Town {province}-{town}"
    return Place(
        name, name, "Afghanistan", "AF", 1, "named", f"Province {province}", 9_000_000 + province * 100 + town, lat, lon
    )


def _report(chance: random.Random, day: dt.date, told: tuple[_Incident, ...]) -> Made:
    outlet = chance.choice(OUTLETS)
    sentences: list[str] = []
    claims: list[Claim] = []
    parts: list[tuple[_Incident, int]] = [(one, n) for one in told for n in range(chance.randint(1, 4))]
    ident = f"{chance.getrandbits(64):016x}"
    start = 0
    for one, part in parts:
        toll = max(1, round(one.killed * chance.choice((1, 1, 1, 1.2, 0.8))))
        some = " ".join(chance.sample(one.words, 3))
        words = f"{one.actor[1]} {one.kind[0]} {toll} in {one.place.name} by the {some}."
        sentences.append(words)
        claims.append(_claim(ident, one, part, toll, Span(start, start + len(words)), outlet, chance))
        start += len(words) + 1
    text = " ".join(sentences)
    report = Report(
        id=ident, text=text, path=f"made/{ident}.txt", title=sentences[0], outlet=outlet, published=day,
        raw_hash=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    return Made(report, tuple(claims), tuple(sentences), tuple(one.number for one, _ in parts))


def _claim(report: str, one: _Incident, part: int, toll: int, span: Span, outlet: str, chance: random.Random) -> Claim:
    effect, plover, mode = one.kind
    evidence = Evidence((span,), "made", "made")
    trigger = Span(span.start + len(one.actor[1]) + 1, span.start + len(one.actor[1]) + 1 + len(effect))
    at = Span(span.start, span.start + len(one.actor[1]))
    people = (
        Participant("actor", one.actor[1], at, one.actor[0], one.actor[2]),
        Participant("target", one.target[1], None, one.target[0], one.target[2]),
    )
    quantities = (
        (Quantity("killed", Span(trigger.end + 1, trigger.end + 1 + len(str(toll))), toll, toll, toll, "people"),)
        if part == 0 and effect not in ("takes-place", "withdraws")
        else ()
    )
    said = Predication(
        trigger, 0, (span,), effect, plover, mode, None, people, quantities, "asserted",
        "denied" if chance.random() < 0.03 else "affirmed", 0, evidence, effect,
    )  # fmt: skip
    speaker = chance.choice((None, None, one.actor, one.target))
    chain: tuple[Source, ...] = (Source(outlet, "outlet"),)
    if speaker is not None:
        chain = (Source(speaker[1], "organisation", entity=speaker[0], side=speaker[1]), *chain)
    day = one.day.isoformat()
    begin = trigger.end + len(str(toll)) + 5
    where = Span(begin, begin + len(one.place.name))
    if effect in ("takes-place", "withdraws"):
        people = (people[0], Participant("target", one.place.name, where, "", "place"))
    return Claim(
        id=hashlib.sha256(f"{report}{span.start}".encode()).hexdigest()[:16], evidence=evidence, predication=said,
        attribution=Attribution(chain, (span,), "narration", evidence),
        place=msgspec.structs.replace(one.place, span=where), confidence=0.5,
        time=Time(day, day, "day", day, "published"),
    )  # fmt: skip
