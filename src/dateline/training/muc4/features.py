"""Features of sentences and of things, by name, for the models that fill templates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dateline.records import Claim, Parse
from dateline.training.muc4.stories import Story, Thing

Chances = Mapping[str, float]
"""The probability of each type of incident, "NONE" among them."""
NONE = "NONE"


class Index:
    """What of a story stands in which sentence."""

    def __init__(self, story: Story, clusters: Mapping[str, int] | None = None) -> None:
        """`clusters` numbers words of like meaning; see `wording`."""
        self.story = story
        self.clusters = clusters or {}
        count = len(story.parse.sentences)
        self.claims: list[list[Claim]] = [[] for _ in range(count)]
        self.things: list[list[Thing]] = [[] for _ in range(count)]
        self.of_span: dict[tuple[int, int], list[tuple[str, Claim]]] = {}
        for claim in story.claims:
            self.claims[story.parse.sentence_of[claim.predication.token]].append(claim)
            for part in claim.predication.participants:
                if part.span is not None:
                    self.of_span.setdefault((part.span.start, part.span.end), []).append((part.role, claim))
        for thing in story.things:
            self.things[thing.sentence].append(thing)

    def roles(self, thing: Thing) -> list[tuple[str, Claim]]:
        """Return the roles that Dateline's own claims give a thing."""
        span = thing.mention.span
        found = self.of_span.get((span.start, span.end))
        if found is not None:
            return found
        head = self.story.parse.starts[thing.mention.head]
        return [pair for (start, end), pairs in self.of_span.items() if start <= head < end for pair in pairs]


def lemmas(parse: Parse, number: int) -> list[str]:
    """Return the lemmas of a sentence, numbers and names of things left as their shapes."""
    sentence = parse.sentences[number]
    found = []
    for token in range(sentence.first, sentence.last):
        lemma = parse.lemmas[token]
        if parse.pos[token] in ("PUNCT", "SPACE"):
            continue
        found.append("0" if lemma[:1].isdigit() else lemma)
    return found


def sentence_features(index: Index, number: int) -> dict[str, float]:
    """Return the features of a sentence: its words and pairs of words, its claims, and those around it."""
    parse = index.story.parse
    found: dict[str, float] = {}
    words = lemmas(parse, number)
    for word in words:
        found[f"w={word}"] = 1.0
    for one, two in itertools.pairwise(words):
        found[f"ww={one} {two}"] = 1.0
    for place in (-2, -1, 1):
        other = number + place
        if 0 <= other < len(parse.sentences):
            for claim in index.claims[other]:
                found[f"{place}s={claim.predication.sense}"] = 1.0
            if place != -2:
                for word in lemmas(parse, other):
                    found[f"{place}w={word}"] = 0.5
    for name in _claimed(index, number):
        found[name] = 1.0
    for thing in index.things[number]:
        mention = thing.mention
        found[f"k={mention.kind or mention.label}"] = 1.0
    found[f"at={min(number, 12)}"] = 1.0
    found["first"] = float(number < 2)
    return found


def _claimed(index: Index, number: int) -> Iterator[str]:
    """Yield the features of a sentence's claims."""
    story = index.story
    for claim in index.claims[number]:
        event = claim.predication
        yield f"s={event.sense}"
        yield f"s={event.sense} {event.status}"
        yield f"p={event.plover} {event.status} {event.polarity}"
        if claim.time is not None and claim.time.end and story.day is not None:
            yield f"age={age(story, claim)} {event.plover == 'ASSAULT'}"
        for part in event.participants:
            if part.kind:
                yield f"s={event.plover} {part.role}={part.kind}"


def age(story: Story, claim: Claim) -> str:
    """Return how long before the text's day a claim is said to have happened, in classes."""
    if claim.time is None or not claim.time.end or story.day is None:
        return "unknown"
    days = (story.day - date.fromisoformat(claim.time.end)).days
    for most, name in ((-1, "future"), (3, "days"), (14, "weeks"), (62, "months"), (400, "year")):
        if days <= most:
            return name
    return "old"


def up(parse: Parse, token: int) -> Iterator[tuple[str, int]]:
    """Yield the dependencies above a token and the tokens they lead to; conjuncts stand where the first does."""
    for _ in range(6):
        if parse.heads[token] == token:
            return
        dep = parse.deps[token]
        token = parse.heads[token]
        if dep not in ("conj",):
            yield dep, token


def thing_features(index: Index, thing: Thing, chances: Sequence[Chances]) -> dict[str, float]:
    """Return the features of a thing: what it is, where it stands in its clause, what its sentence tells."""
    found: dict[str, float] = {}
    for features in (_itself, _governed, _neighbours, _in_claims):
        for name in features(index, thing):
            found[name] = 1.0
    found.update(_told(index, thing, chances))
    return found


def kind_of(thing: Thing) -> str:
    """Return the kind of a thing, or what sort of thing it is."""
    return thing.mention.kind or thing.mention.label


def _itself(index: Index, thing: Thing) -> Iterator[str]:
    """Yield what a thing is by its words."""
    parse, mention = index.story.parse, thing.mention
    head, kind = parse.lemmas[mention.head], kind_of(thing)
    yield f"hn={head}" if mention.named else f"h={head}"
    yield f"hc={'name' if mention.named else index.clusters.get(head)}"
    yield f"k={kind}"
    yield f"k={kind} {mention.named}"
    yield f"l={mention.label} {mention.named}"
    yield f"pos={parse.tags[mention.head]}"
    yield f"at={min(thing.sentence, 6)}"
    if mention.entity:
        yield f"e={mention.entity}"
    if mention.role:
        yield "role"
        yield f"role={mention.role.split()[-1].lower()}"
    for token in range(mention.first, mention.last):
        if token != mention.head:
            yield "m=NAME" if parse.pos[token] == "PROPN" and mention.named else f"m={parse.lemmas[token]}"
            if not mention.named:
                yield f"mc={index.clusters.get(parse.lemmas[token])}"
    for child in parse.children[mention.head]:
        if parse.deps[child] in ("acl", "relcl", "prep", "appos", "amod", "compound", "poss"):
            yield f"c={parse.deps[child]}:{parse.lemmas[child]}"


def _governed(index: Index, thing: Thing) -> Iterator[str]:
    """Yield what stands above a thing in its clause."""
    parse, kind = index.story.parse, kind_of(thing)
    path = ""
    for step, (dep, token) in enumerate(up(parse, thing.mention.head)):
        if step == 4:
            return
        lemma, like = parse.lemmas[token], index.clusters.get(parse.lemmas[token])
        path = f"{path}>{dep}"
        passive = any(parse.deps[child] == "nsubjpass" for child in parse.children[token])
        yield f"u{step}={path}:{lemma}"
        yield f"uu={lemma}:{step}"
        if step < 2:
            yield f"uc{step}={dep}:{like}"
            yield f"uc{step}={dep}:{like}:{kind}"
        if step < 3:
            yield f"u{step}={path}:{lemma}:{kind}"
            yield f"u{step}k={path}:{parse.pos[token]}:{passive}:{kind}"
        if parse.pos[token] in ("VERB", "AUX"):
            yield f"v={path}:{lemma}"
            yield f"vp={path}:{lemma}:{passive}:{thing.mention.named}"
            first = path.split(">")[1]
            for child in parse.children[token]:
                if parse.deps[child] in ("dobj", "nsubj", "nsubjpass"):
                    yield f"vo={first}:{lemma}:{parse.lemmas[child]}"


def _neighbours(index: Index, thing: Thing) -> Iterator[str]:
    """Yield the words on either side."""
    parse, mention = index.story.parse, thing.mention
    for place in (-2, -1, 1, 2):
        token = mention.first + place if place < 0 else mention.last - 1 + place
        if 0 <= token < len(parse) and parse.sentence_of[token] == thing.sentence:
            yield f"n{place}={parse.lemmas[token]}"
            if place == -1 and token:
                yield f"n-2-1={parse.lemmas[token - 1]} {parse.lemmas[token]}"


def _in_claims(index: Index, thing: Thing) -> Iterator[str]:
    """Yield the roles that Dateline's claims give, and the claims of the sentence."""
    mention, kind = thing.mention, kind_of(thing)
    shape = "name" if mention.named else index.story.parse.lemmas[mention.head]
    roles = index.roles(thing)
    for role, claim in roles:
        event = claim.predication
        yield f"r={role}:{event.sense}"
        yield f"r={role}:{event.plover}"
        yield f"r={role}:{event.plover}:{kind}"
        yield f"r={role}:{event.plover}:{shape}"
        if event.effect:
            yield f"r={role}:{event.effect}"
        yield f"rs={event.status} {event.polarity}"
    if not roles:
        yield "r=none"
    nearest = sorted(index.claims[thing.sentence], key=lambda claim: abs(claim.predication.token - mention.head))
    for place, claim in enumerate(nearest):
        event = claim.predication
        if place == 0:
            yield f"near={event.sense}:{'before' if event.token < mention.head else 'after'}"
            yield f"near={event.sense}:{kind}"
        yield f"in={event.sense}:{kind}"
        yield f"in={event.plover}:{kind}"


def _told(index: Index, thing: Thing, chances: Sequence[Chances]) -> dict[str, float]:
    """Return what the sentences are thought to tell of, crossed with what the thing is."""
    parse, mention, kind = index.story.parse, thing.mention, kind_of(thing)
    head = parse.lemmas[mention.head]
    way = next((f">{dep}" for dep, _ in up(parse, mention.head)), "")
    found: dict[str, float] = {}
    for name, chance in chances[thing.sentence].items():
        crossed = [kind, f"{way}:{mention.label}", f"like {'name' if mention.named else index.clusters.get(head)}"]
        for other in crossed if mention.named else [*crossed, head]:
            found[f"t={name}:{other}"] = chance
        found[f"t={name}"] = chance
    for place in (-1, 1):
        if 0 <= thing.sentence + place < len(chances):
            found[f"t{place}"] = 1 - chances[thing.sentence + place][NONE]
    best = max((1 - one[NONE] for one in chances), default=0.0)
    found["t best"] = best
    found[f"best={int(best * 5)}:{kind}"] = 1.0
    return found
