"""What a report is about: its country, and the place that its headline, dateline and first words speak of."""

from __future__ import annotations

import collections
from collections.abc import Sequence

from dateline.placing.cues import cues
from dateline.placing.senses import lies_in
from dateline.placing.toponyms import Found, first_story_blocks
from dateline.records import Block, Dossier, Mention, Parse, Span

# How much a name of a wide feature counts towards what a report is about, beside one of a town.
BREADTH = {"country": 0.35, "admin1": 0.7, "river": 0.3, "sea": 0.3, "mountain": 0.7}


class Focus:
    """The country and the place that one report is about.

    `home` is the code of the country, "" where there is none; `found_at` the place, or None.
    """

    def __init__(self, dossier: Dossier, found: Sequence[Found]) -> None:
        self.parse: Parse = dossier.only(Parse)
        self.text = dossier.report.text
        outlet = dossier.report.outlet.lower()
        self.found = [one for one in found if one.known or one.toponym.name.lower() != outlet]
        self.home = self._home(dossier.all(Mention))
        self.found_at = self._focus(dossier.all(Block))

    def leaning(self, one: Found) -> float:
        """Return how firmly a name says where something is: 1 in it, less towards, from or far from it."""
        if one.mention is None:
            return 1.0
        if one.choice.name.offset and one.choice.name.offset.km is not None:
            return 0.3
        parse, token = self.parse, one.head
        for _ in range(3):
            above = parse.heads[token]
            if parse.deps[token] == "pobj":
                lemma = parse.lemmas[above].lower()
                if lemma == "from":
                    return 0.3
                if lemma in cues().locative.towards:
                    return 1.0 if parse.lemmas[parse.heads[above]].lower() in cues().locative.arrivals else 0.4
                if lemma != "of":
                    return 1.0
                above = parse.heads[above]
            elif parse.deps[token] not in ("conj", "appos", "compound"):
                return 1.0
            token = above
        return 1.0

    def _home(self, mentions: Sequence[Mention]) -> str:
        """Return the code of the country that most of the names speak of; "" where there is none."""
        cast: dict[str, float] = collections.defaultdict(float)
        for one in self.found:
            if one.known and not one.toponym.stands_for:
                cast[one.toponym.country] += 0.6 if one.toponym.feature == "country" else 1.0
            elif one.toponym.stands_for:
                cast[one.toponym.country] += 0.3
        for mention in mentions:
            if mention.country and mention.label in ("actor", "person"):
                cast[mention.country] += 0.2
        cast.pop("", None)
        return max(cast, key=lambda code: (cast[code], code), default="")

    def _focus(self, blocks: Sequence[Block]) -> Found | None:
        """Return the place that the report is about: by where and how often it is named, the finer first.

        A place that the report names where it says what it is about takes half the weight of what holds it.
        """
        weight: dict[tuple[str, str, bool], float] = collections.defaultdict(float)
        first: dict[tuple[str, str, bool], Found] = {}
        lead = first_story_blocks(blocks)
        body = next((block.span for block in lead if block.kind != "headline"), None)
        opening = self._first_sentence(body) if body else None
        for one in self.found:
            if not one.known or one.toponym.stands_for or not one.grounded:
                continue
            span = one.toponym.span
            key = one.toponym.name, one.toponym.country, one.toponym.feature == "admin1"
            first.setdefault(key, one)
            worth = 0.7 if one.usable else 0.2
            if one.mention is None or self._sent_from(one, lead):
                worth = 1.0
            elif opening and opening.contains(span):
                worth *= 6.0
            elif any(block.span.contains(span) for block in lead):
                worth *= 5.0 if body is None or span.start < body.start else 3.0
            if one.mention:
                worth *= self.leaning(one)
            if one.toponym.country != self.home:
                worth *= 0.4
            if not one.place and worth < 2:
                worth *= 0.3
            weight[key] += worth * BREADTH.get(one.toponym.feature, 1.0)
        if not weight:
            return None
        units = [key for key in weight if first[key].toponym.feature in ("country", "admin1")]
        total = {
            key: own + sum(0.5 * weight[unit] for unit in units if own > 1 and within(first[key], first[unit]))
            for key, own in weight.items()
        }
        return first[max(total, key=lambda key: (total[key], -first[key].toponym.span.start))]

    def _first_sentence(self, body: Span) -> Span | None:
        parse = self.parse
        for sentence in parse.sentences:
            span = parse.span(sentence.first, sentence.last) if sentence.last > sentence.first else None
            if span and span.end > body.start and span.end - span.start > 40:
                return span
        return None

    def _sent_from(self, one: Found, lead: Sequence[Block]) -> bool:
        """Whether a name opens a paragraph as a dateline does ("GOMA, Feb 7 -", "Juba / Bor, 3 May.")."""
        end = one.toponym.span.end
        opens = any(one.toponym.span.start == block.span.start and block.kind == "body" for block in lead)
        return opens and self.text[end : end + 2].strip()[:1] in (",", "/", "(", "-", "–", "—", ":")


def within(one: Found, whole: Found) -> bool:
    """Whether a place lies in another; one that the gazetteer lacks lies in the country it was put into."""
    if whole.place is None:
        return False
    if one.place is not None:
        return lies_in(one.place, whole.place)
    there, unit = one.toponym, whole.toponym
    if not there.country or there.country != unit.country:
        return False
    if unit.name in one.choice.name.inside:
        return True
    return unit.feature == "country" or (unit.feature == "admin1" and there.admin1 in ("", unit.admin1))
