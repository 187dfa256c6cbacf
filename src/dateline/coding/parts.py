"""Parts of a toll: "58 people including 11 children", "19 dead, six of them children", "six children among 19 dead".

The numbers stand outside the phrase that a predicate counts, and parsers hang them anywhere; so they are read
from the order of the words in the sentence, between the words that announce a part and the next clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from dateline.coding.reading import Reading
from dateline.knowledge.partitives import parts
from dateline.knowledge.victims import victim_group
from dateline.records import Quantity, Span

TOLLS = frozenset({"killed", "wounded", "abducted", "displaced", "freed"})
REACH = 24  # words between a number and what announces its parts
_LIST = frozenset({"DET", "NUM", "ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT", "ADV"})


def with_parts(reading: Reading, counted: Iterable[Quantity]) -> list[Quantity]:
    """Return the quantities with the parts of each that its sentence gives."""
    held = list(counted)
    taken = {q.span for q in held}
    found = list(held)
    for whole in held:
        if whole.what not in TOLLS or whole.part:
            continue
        for part in (*_after(reading, whole, held), *_before(reading, whole)):
            if not any(part.span.overlaps(span) for span in taken) and _fits(part, whole):
                taken.add(part.span)
                found.append(part)
    return found


def _fits(part: Quantity, whole: Quantity) -> bool:
    """Whether a number can be part of another."""
    return part.best is not None and (whole.best is None or part.best <= whole.best)


def _after(reading: Reading, whole: Quantity, counted: list[Quantity]) -> list[Quantity]:
    """Return the parts behind "including", "among them" or in "six of them children"."""
    parse, words = reading.parse, parts()
    first = bisect_left(parse.starts, whole.span.end)
    if not first or first >= len(parse):
        return []
    end = parse.sentences[parse.sentence_of[first - 1]].last
    others = {bisect_left(parse.starts, q.span.start) for q in counted if q is not whole and q.what != whole.what}
    for at in range(first, min(end, first + REACH)):
        if at in others:
            return []  # "killed 15 people and injured 20, including six children"
        if parse.lemmas[at] in words.including and parse.tags[at] in ("VBG", "IN"):
            return _listed(reading, at + 1, end, whole.what)
        behind = parse.texts[at + 1].lower() if at + 1 < end else ""
        if parse.lemmas[at] in words.among and behind in words.them:
            return _listed(reading, at + 2, end, whole.what)
        if parse.lemmas[at] == "of" and behind in words.them and parse.pos[at - 1] == "NUM":
            return _of_them(reading, at, end, whole.what)
    return []


def _of_them(reading: Reading, at: int, end: int, what: str) -> list[Quantity]:
    """Return the part in "six of them children"."""
    parse = reading.parse
    for noun in range(at + 2, min(end, at + 5)):
        if parse.pos[noun] == "NOUN" or victim_group(parse.texts[noun].lower()):
            amount = reading.amount_in(reading.span(at - 1))
            if amount is None or not _people(reading, noun):
                return []
            return [_part(what, Span(amount.start, amount.end), amount.best, parse.texts[noun])]
    return []


def _before(reading: Reading, whole: Quantity) -> list[Quantity]:
    """Return the parts before "... were among 19 dead"."""
    parse, words = reading.parse, parts()
    at = bisect_left(parse.starts, whole.span.start) - 1
    while at > 0 and parse.pos[at] in ("DET", "PUNCT"):
        at -= 1
    if at < 1 or parse.lemmas[at] not in words.among:
        return []
    first = at
    begin = parse.sentences[parse.sentence_of[at]].first
    while first > begin and at - first < REACH and _in_list(reading, first - 1):
        first -= 1
    return _listed(reading, first, at, whole.what)


def _in_list(reading: Reading, token: int) -> bool:
    parse = reading.parse
    return parse.pos[token] in _LIST or parse.lemmas[token] in ("be", "of", *parts().including)


def _listed(reading: Reading, first: int, end: int, what: str) -> list[Quantity]:
    """Return the people that a list counts from token `first` on: "three children and two women"."""
    parse = reading.parse
    found: list[Quantity] = []
    number = -1
    for token in range(first, min(end, first + REACH)):
        if parse.pos[token] == "NUM" or (parse.lemmas[token] in ("a", "an", "another") and number < 0):
            number = token
        elif parse.pos[token] == "NOUN" and number >= 0:
            if token + 1 < end and parse.pos[token + 1] in ("NOUN", "PROPN") and parse.heads[token] == token + 1:
                continue  # a noun before its head: "two police officers"
            if not _people(reading, token):
                break
            amount = reading.amount_in(reading.span(number))
            span = Span(amount.start, amount.end) if amount else reading.span(number)
            best = amount.best if amount else 1.0
            found.append(_part(what, span, best, parse.texts[token]))
            number = -1
        elif not _in_list(reading, token) and parse.lemmas[token] not in ("at", "least", "some", "about"):
            break
    return found


def _part(what: str, span: Span, best: float | None, noun: str) -> Quantity:
    return Quantity(what, span, best, best, best, noun.lower(), part=True)


def _people(reading: Reading, token: int) -> bool:
    classes = reading.classes.of(token)
    return bool(classes & {"person", "civilian", "armed"}) or bool(victim_group(reading.parse.texts[token].lower()))
