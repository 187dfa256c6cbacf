"""How many: the numbers that go with who is killed, freed, displaced or taken."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from dateline.coding.classes import through_partitive
from dateline.coding.reading import Reading
from dateline.knowledge.partitives import parts
from dateline.records import Predication, Quantity, Span

COUNTED = {
    "kills": "killed", "wounds": "wounded", "abducts": "abducted", "arrests": "arrested", "releases": "freed",
    "displaced": "displaced", "prison-break": "escaped", "surrenders": "surrendered", "mass-grave": "bodies found",
    "deploys": "deployed", "suicide": "killed", "intercepts": "intercepted", "downs-aircraft": "shot down",
    "executes": "killed", "takes-refuge": "sheltering", "protest": "protesters", "evacuates": "evacuated",
}  # fmt: skip
TOLLS = frozenset({"killed", "wounded"})
BESIDE = 8  # words between a toll and the number beside it
SINGLE = frozenset({"kills", "wounds", "abducts", "arrests", "releases"})


def phrase_span(reading: Reading, token: int) -> Span:
    """Return the span of the noun phrase of `token` with its left modifiers and a partitive's complement."""
    parse = reading.parse
    first = min([token, *(t for c in parse.children[token] if c < token for t in parse.subtree(c))])
    last = token
    for child in parse.children[token]:
        if child > token and parse.deps[child] in ("prep", "nummod", "quantmod") and child == token + 1:
            complement = parse.of_dep(child, "pobj")
            last = complement[-1] if complement and parse.lemmas[child] == "of" else last
    return parse.span(first, last + 1)


def quantity_at(reading: Reading, token: int, effect: str) -> Quantity | None:
    """Return the number in the noun phrase headed by `token`, or None where it holds none."""
    parse = reading.parse
    span = phrase_span(reading, token)
    amount = reading.amount_in(span)
    if amount is None:
        return _one(reading, token, span, effect)
    if amount.unit not in ("", "percent"):
        return None
    start, end = amount.start, amount.end
    what = "percent" if amount.unit == "percent" else COUNTED.get(effect, parse.lemmas[token])
    if what in ("killed", "wounded"):
        what = befell(reading, token) or what
    who = _who(reading, token)
    return Quantity(what, Span(start, end), amount.low, amount.best, amount.high, who, amount.qualifier)


def befell(reading: Reading, token: int) -> str:
    """Return what a participle right behind a number says of those counted: "eight killed 58 others injured"."""
    parse, at = reading.parse, token + 1
    while at < len(parse) and parse.lemmas[at] in ("other", "more", "people", "person"):
        at += 1
    if at >= len(parse) or parse.sentence_of[at] != parse.sentence_of[token]:
        return ""
    return parts().befell.get(parse.texts[at].lower(), "")


def with_befallen(reading: Reading, told: Sequence[Predication]) -> list[Predication]:
    """Return the predications, a toll with the numbers that stand beside it: "12 were killed, 30 wounded".

    Parsers seldom see that the second number is a subject; the participle behind it says what befell those counted.
    """
    found, taken = list(told), {q.span for p in told for q in p.quantities}
    for amount in reading.amounts:
        span = Span(amount.start, amount.end)
        token = bisect_left(reading.parse.starts, amount.end) - 1
        what = befell(reading, token) if token >= 0 and not amount.unit else ""
        if not what or any(span.overlaps(one) for one in taken):
            continue
        at = next((i for i in reversed(range(len(found))) if _beside(reading, found[i], token, what)), -1)
        if at >= 0:
            one = Quantity(what, span, amount.low, amount.best, amount.high, "", amount.qualifier)
            found[at] = msgspec.structs.replace(found[at], quantities=(*found[at].quantities, one))
    return found


def _beside(reading: Reading, toll: Predication, token: int, what: str) -> bool:
    """Whether a number of the dead or wounded stands right behind the clause of a toll of the other kind."""
    parse, effects = reading.parse, {q.what for q in toll.quantities}
    between = range(toll.token + 1, token)
    return (
        toll.token < token
        and parse.sentence_of[toll.token] == parse.sentence_of[token]
        and bool(effects & TOLLS)
        and what not in effects
        and len(between) <= BESIDE
        and all(parse.pos[t] not in ("VERB", "AUX") for t in between)
    )


def _one(reading: Reading, token: int, span: Span, effect: str) -> Quantity | None:
    """Return one, where a single person is said to be killed, wounded, taken or freed: "a soldier", a name."""
    parse, mention = reading.parse, reading.at.get(token)
    if effect not in SINGLE or parse.tags[token] not in ("NN", "NNP", "DT", "CD", "PRP"):
        return None
    determiners = {parse.lemmas[c] for c in parse.of_dep(token, "det", "nummod", "amod")} | {parse.lemmas[token]}
    named = mention is not None and mention.named and mention.label == "person"
    if not (
        named
        or ("person" in reading.classes.of(token) and determiners & {"a", "an", "another", "one"})
        or parse.lemmas[token] == "another"
    ):
        return None
    return Quantity(COUNTED[effect], span, 1.0, 1.0, 1.0, _who(reading, token))


def _who(reading: Reading, token: int) -> str:
    """Return the noun that tells who is counted, through "dozens of" and "22 of"; "" for a bare number."""
    parse = reading.parse
    counted = through_partitive(parse, token)
    if counted is None and parse.pos[token] == "NUM":
        return ""
    word = parse.texts[counted if counted is not None else token].lower()
    return "" if word in ("them", "whom", "those") else word
