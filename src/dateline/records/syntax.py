"""The sentences, words and names of a report."""

from __future__ import annotations

from typing import Literal

import msgspec

from dateline.records.span import Evidence, Span

MentionLabel = Literal["actor", "person", "place", "facility", "object", "event", "date", "other"]


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: its tokens, `first` to `last` (half-open), and the number of its block."""

    first: int
    last: int
    block: int


class Entity(msgspec.Struct, frozen=True):
    """What the model's tagger took for a name: tokens `first` to `last` (half-open) and spaCy's label."""

    first: int
    last: int
    label: str


class Parse(msgspec.Struct, frozen=True):
    """The tokens of a whole report in columns of equal length, one entry a token.

    `texts` are the words as they were parsed (quotation marks and stray capitals normalised; the report's
    own words are `report.text[starts[i]:ends[i]]`). `heads[i]` is the index of the head of token i in the
    same columns; a root is its own head. `children[i]` are the indices of its children, in order.
    `sentence_of[i]` is the number of its sentence. `pos`, `tags`, `deps` and `morphs` are spaCy's strings
    for universal part of speech, Penn tag, ClearNLP dependency and morphological features; `deps` are
    empty where no parser ran. `model` names the level that made it: "md", "sm", "blank", or the user's own.
    """

    texts: tuple[str, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence_of: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    model: str

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> Span:
        """Return the span in the report's text of the tokens `first` to `last` (half-open)."""
        return Span(self.starts[first], self.ends[last - 1])

    def subtree(self, token: int) -> list[int]:
        """Return the indices of the tokens in the subtree of `token`, itself included, in order."""
        found = [token]
        for node in found:
            found.extend(self.children[node])
        return sorted(found)

    def ancestors(self, token: int) -> list[int]:
        """Return the heads above `token`, nearest first."""
        above: list[int] = []
        while self.heads[token] != token and len(above) < len(self.texts):
            token = self.heads[token]
            above.append(token)
        return above

    def of_dep(self, token: int, *deps: str) -> list[int]:
        """Return the children of `token` that stand in one of the dependencies `deps`, in order."""
        return [child for child in self.children[token] if self.deps[child] in deps]


class Mention(msgspec.Struct, frozen=True):
    """A stretch of words that names or describes someone or something.

    Tokens `first` to `last` (half-open), `head` the index of the head token. `name` is the canonical name
    where the mention is known, else its own words. `entity` is the id of a known actor, or "". `kind` is
    the actor's kind (see docs/codebook.md: state-force, government, police, rebel, militia, civilian,
    organisation, media, ...) or, for other labels, a class of noun from the lexicon ("weapon", "prison").
    `country` is an ISO 3166-1 alpha-2 code, or "". `role` is the office of a person ("Governor of Badghis").
    `named` is True where it contains a name rather than only a description.
    """

    span: Span
    first: int
    last: int
    head: int
    label: MentionLabel
    name: str
    evidence: Evidence
    entity: str = ""
    kind: str = ""
    country: str = ""
    role: str = ""
    named: bool = True


class Reference(msgspec.Struct, frozen=True):
    """A mention that stands for something named elsewhere ("he", "the insurgents", "the city").

    `span` is the referring mention and `antecedent` the mention that it stands for (equal to one of the
    report's `Mention.span`). For "the two parties" there is one record for each.
    """

    span: Span
    antecedent: Span
    evidence: Evidence


class Toponym(msgspec.Struct, frozen=True):
    """A name of a place and the entry of the gazetteer that it was resolved to.

    `feature` is the gazetteer's class: country, admin1, admin2, city, region, sea, airport, ...
    `precision` is UCDP's code from 1 to 7. `reason` says in words why this entry and no other.
    `stands_for` is the id of the actor where the name stands for a government; then it is not a place.
    `use` is "literal", or "associative" for what only belongs to the place: its people ("Japanese
    officials") or an institution that bears its name ("Bank of Japan"); that is never where an event was.
    """

    span: Span
    name: str
    feature: str
    country: str
    evidence: Evidence
    admin1: str = ""
    admin2: str = ""
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = 6
    reason: str = ""
    stands_for: str = ""
    use: str = "literal"


class TimeExpression(msgspec.Struct, frozen=True):
    """A time expression as an interval of whole days, ISO 8601; an open side is "".

    `granularity` is hour, part-of-day, day, week, month, season, year or interval. `anchor` names what it
    was counted from: "absolute" (nothing), "text-day", "published", "preceding" (the time expression
    before it), or "event". `kind` is "point", "duration", "frequency" or "vague"; only points place a
    claim in time. `value` is the TIMEX2/TimeML value ("2021-07-07TMO", "P3W", "PAST_REF").
    """

    span: Span
    start: str
    end: str
    granularity: str
    anchor: str
    evidence: Evidence
    kind: str = "point"
    value: str = ""
