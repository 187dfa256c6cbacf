"""Whether two sentences of a text tell of one incident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.records import Claim
from dateline.training.muc4.entities import fullest, is_person
from dateline.training.muc4.features import NONE, Chances, Index
from dateline.training.muc4.incidents import kind_of

Roles = Mapping[int, Mapping[str, float]]
CUES = frozenset(
    "meanwhile also another other second later similarly likewise addition additionally furthermore moreover elsewhere"
    " previously earlier recently yesterday today same simultaneously then subsequently third first finally"
    " next".split()
)
TELLS = 0.25


def _taking_part(index: Index, number: int, roles: Roles) -> dict[str, set[str]]:
    """Return the groups of the things of a sentence by the role that they probably have."""
    found: dict[str, set[str]] = {}
    for thing in index.things[number]:
        given = roles.get(thing.number, {})
        for role, chance in given.items():
            if chance >= TELLS:
                name = fullest(index.story, thing) if is_person(thing) else thing.group
                found.setdefault(role, set()).add(name)
    return found


def _times(claims: Sequence[Claim]) -> set[str]:
    return {
        f"{c.time.start}/{c.time.end}"
        for c in claims
        if c.time is not None and not c.time.anchor.startswith("assumed") and c.time.anchor != "preceding"
    }


def _places(index: Index, number: int) -> set[str]:
    sentence = index.story.parse.sentences[number]
    parse = index.story.parse
    low, high = parse.starts[sentence.first], parse.ends[sentence.last - 1]
    return {t.name for t in index.story.toponyms if low <= t.span.start < high and t.feature != "country"}


def _compared(name: str, one: set[str], two: set[str]) -> str:
    if not one or not two:
        return f"{name}: {'one' if one or two else 'none'}"
    return f"{name}: {'same' if one & two else 'other'}"


def link_features(index: Index, one: int, two: int, chances: Sequence[Chances], roles: Roles) -> Iterator[str]:
    """Yield the features of a pair of sentences, `one` before `two`."""
    parse = index.story.parse
    kinds = kind_of(chances[one])[0], kind_of(chances[two])[0]
    same = kinds[0] == kinds[1]
    apart = two - one
    between = sum(1 - chances[n][NONE] > 0.4 for n in range(one + 1, two))
    yield f"kinds {kinds[0]} {kinds[1]}"
    yield f"same kind {same}"
    yield f"apart {min(apart, 8)}"
    yield f"apart {min(apart, 4)} {same}"
    yield f"between {min(between, 4)} {same}"
    blocks = parse.sentences[one].block, parse.sentences[two].block
    yield f"paragraphs {min(blocks[1] - blocks[0], 4)} {same}"
    ours, theirs = _taking_part(index, one, roles), _taking_part(index, two, roles)
    for role in ("human", "physical", "instrument", "organisation", "individual"):
        told = _compared(role, ours.get(role, set()), theirs.get(role, set()))
        yield told
        yield f"{told} {same}"
        yield f"{told} {min(apart, 3)}"
    targets = [
        _compared(role, ours.get(role, set()), theirs.get(role, set())).split(": ")[1] for role in ("human", "physical")
    ]
    yield f"targets {targets} {same}"
    place = _compared("place", _places(index, one), _places(index, two))
    time = _compared("time", _times(index.claims[one]), _times(index.claims[two]))
    yield place
    yield time
    yield f"{place} {time}"
    yield f"{place} {same}"
    yield f"{time} {same}"
    yield f"{targets} {place}"
    start = parse.sentences[two].first
    words = [parse.lemmas[t] for t in range(start, parse.sentences[two].last)]
    for place_in, word in enumerate(words):
        if word in CUES:
            yield f"cue {word}"
            yield f"cue {word} {'early' if place_in < 4 else 'late'}"
    yield f"begins {words[0] if words else ''}"
    senses = [{c.predication.sense for c in index.claims[n]} for n in (one, two)]
    yield f"senses shared {bool(senses[0] & senses[1])}"
    for token in range(start, parse.sentences[two].last):
        if parse.pos[token] == "DET" and parse.lemmas[parse.heads[token]] in (
            "attack",
            "bomb",
            "explosion",
            "murder",
            "kidnapping",
            "incident",
            "assassination",
            "killing",
            "crime",
            "bombing",
            "victim",
            "massacre",
            "blast",
            "action",
            "device",
            "body",
            "death",
        ):
            yield f"determined {parse.lemmas[token]} {parse.lemmas[parse.heads[token]]}"
            yield f"determined {parse.lemmas[token]}"
    if any(parse.pos[t] == "PRON" for t in range(start, min(start + 4, parse.sentences[two].last))):
        yield "pronoun"
    total = sum(1 - c[NONE] > 0.4 for c in chances)
    yield f"total {min(total, 12)}"
    yield f"total {min(total, 12)} {same}"
