"""Second figures: "a nurse counted five", "the rebels put it at 60", "the ministry, at least 50".

A report tells an event with a number once, then gives the numbers of others without telling it again. Each is a
claim of its own: the event is that of the nearest count before it, the number and the voice are new. A bare number
is read so only where nothing else was counted in between; one with a noun ("50 dead") where a count of that kind
was told. Ages, sums, days, and what is not people are left alone: nobody counted them before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dateline.coding.figure_clauses import Figure, figure_at, tells, token_of
from dateline.coding.participants import Casting
from dateline.coding.quantities import COUNTED
from dateline.coding.reading import Reading
from dateline.coding.voices import voiced
from dateline.knowledge.numerals import Amount
from dateline.knowledge.partitives import parts
from dateline.records import Attribution, Evidence, Predication, Quantity, Span

RULE = "figure-of-earlier-event"
KINDS = frozenset(COUNTED.values()) - {"deployed", "intercepted", "shot down"}
REACH = 4  # sentences back
ANYBODY = frozenset("people persons civilians men victims others residents".split())


def with_figures(
    reading: Reading, casting: Casting, told: Sequence[Predication]
) -> Iterator[tuple[Predication, Attribution | None]]:
    """Yield a predication for each second figure, in text order.

    With it comes the attribution to its voice, where the attribution stage has none.
    """
    taken = [q.span for p in told for q in p.quantities if q.what in KINDS or q.part]
    triggers = {p.token for p in told}
    events = list(told)
    found: list[Amount] = []
    for amount in reading.amounts:
        span = Span(amount.start, amount.end)
        if amount.unit or amount.best == 0 or any(span.overlaps(one) for one in taken):
            continue
        figure = figure_at(reading, amount)
        if figure is None or figure.token in triggers:
            continue
        event = _event(reading, figure, events, found)
        if event is None:
            continue
        found.append(amount)
        one, said = _claim(reading, casting, figure, *event)
        events.append(one)
        yield one, said


def with_own_figures(reading: Reading, told: Sequence[Predication]) -> list[Predication]:
    """Return the predications, those of counting verbs with the number that these give: "counted 57 dead"."""
    found, taken = list(told), [q.span for p in told for q in p.quantities if q.what in KINDS or q.part]
    by_verb = {p.token: i for i, p in enumerate(told)}
    for amount in reading.amounts:
        if amount.unit or amount.best == 0 or any(Span(amount.start, amount.end).overlaps(one) for one in taken):
            continue
        figure = figure_at(reading, amount)
        one = found[by_verb[figure.verb]] if figure is not None and figure.verb in by_verb else None
        if figure is None or one is None or COUNTED.get(one.effect) not in figure.kinds:
            continue
        if not any(q.what in KINDS for q in one.quantities):
            number = _number(figure, COUNTED[one.effect], "")
            found[by_verb[figure.verb]] = msgspec.structs.replace(one, quantities=(*one.quantities, number))
    return found


def _number(figure: Figure, what: str, who: str) -> Quantity:
    amount = figure.amount
    span = Span(amount.start, amount.end)
    return Quantity(what, span, amount.low, amount.best, amount.high, figure.who or who, amount.qualifier)


def _claim(
    reading: Reading, casting: Casting, figure: Figure, event: Predication, counted: Quantity
) -> tuple[Predication, Attribution | None]:
    span = reading.parse.span(figure.first, figure.last)
    source, said = voiced(reading, casting, figure.verb, figure.speaker, figure.token, span, RULE)
    number = _number(figure, counted.what, counted.who)
    told = (event.of or event.trigger).of(reading.report.text)
    rule = f"{event.sense}; {RULE}: {told!r} told before"
    one = msgspec.structs.replace(
        event, trigger=reading.span(figure.token), token=figure.token, clause=(span,), quantities=(number,),
        status=figure.status, source=source, evidence=Evidence((span,), "coding", rule), headline=False,
        of=None if figure.elsewhere else event.of or event.trigger,
    )  # fmt: skip
    return one, said


def _event(
    reading: Reading, figure: Figure, told: Sequence[Predication], found: Sequence[Amount]
) -> tuple[Predication, Quantity] | None:
    """Return the event that a figure is of, and the number that was told of it before; None where there is none."""
    parse = reading.parse
    here, block = parse.sentence_of[figure.token], _block(reading, figure.token)
    near: list[tuple[Predication, Quantity]] = []
    for one in told:
        if one.token >= figure.token or one.headline or one.polarity != "affirmed":
            continue
        back = block - _block(reading, one.token)
        if back > 1 or here - parse.sentence_of[one.token] > REACH or one.status not in ("asserted", "ongoing"):
            continue
        if back and not (figure.kinds or figure.pointing):
            continue
        counted = [q for q in one.quantities if q.what in KINDS and not q.part]
        if not counted and COUNTED.get(one.effect) in figure.kinds:  # "the inmates were freed; 300 got out"
            counted = [Quantity(COUNTED[one.effect], one.trigger)]
        near += [(one, q) for q in counted if q.span.end <= figure.amount.start and _fits(figure, q)]
    if not near:
        return None
    event, number = max(near, key=lambda pair: (pair[1].span.start, pair[0].token))
    if figure.kinds:
        return event, number
    others = {q.what for p, q in near if parse.sentence_of[p.token] == parse.sentence_of[event.token]}
    if len(others) > 1 or _counted_since(reading, event, number, figure, found):
        return None  # "killed 15 and wounded 20; the rebels said 12": of which?
    return event, number


def _fits(figure: Figure, counted: Quantity) -> bool:
    """Whether a figure can be of those who were counted."""
    if figure.kinds and counted.what not in figure.kinds:
        return False
    return not figure.who or figure.pointing or figure.who == counted.who or figure.who in ANYBODY


def _counted_since(
    reading: Reading, event: Predication, counted: Quantity, figure: Figure, found: Sequence[Amount]
) -> bool:
    """Whether something else was counted between the event's number and the figure."""
    known = {(q.span.start, q.span.end) for q in event.quantities}
    speakers = [s.span for a in reading.attributions for s in a.chain if s.span is not None]
    for amount in reading.amounts:
        if not (counted.span.end <= amount.start and amount.end <= figure.amount.start):
            continue
        span = Span(amount.start, amount.end)
        aside = amount.unit or amount in found or any(span.overlaps(s) for s in speakers)
        if not aside and (amount.start, amount.end) not in known and not _of_speakers(reading, amount):
            behind = token_of(reading, amount) + 1
            if _part(reading, behind):
                continue  # "350, some 50 of them rebels": a part
            return True
    return False


def _part(reading: Reading, behind: int) -> bool:
    """Whether "of them" stands behind a number."""
    of, them = [w.lower() for w in (*reading.parse.texts[behind : behind + 2], "", "")][:2]
    return of == "of" and them in parts().them


def _of_speakers(reading: Reading, amount: Amount) -> bool:
    """Whether a number counts those who speak: "two lawmakers said"."""
    parse = reading.parse
    token = token_of(reading, amount)
    noun = parse.heads[token]
    return parse.deps[token] == "nummod" and parse.deps[noun] == "nsubj" and tells(reading, parse.heads[noun])


def _block(reading: Reading, token: int) -> int:
    return reading.parse.sentences[reading.parse.sentence_of[token]].block
