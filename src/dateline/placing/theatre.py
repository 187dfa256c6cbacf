"""The theatre of a report: the places that it names, what it is about, and where what it told so far happened."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.knowledge.gazetteer import Gazetteer
from dateline.placing.focus import Focus, within
from dateline.placing.precision import FIRST, NEAR
from dateline.placing.toponyms import Found, headings, of_entry
from dateline.records import Block, Dossier, Mention, Parse, Reference, Span


class Located(msgspec.Struct, frozen=True):
    """Where a predicate happened: the place named, the words that say so here, the step and the reason.

    `spread` is the feature ("admin1", "country") of the unit that holds the place, where it happened all over that
    unit ("the districts fell"); "" elsewhere.
    `loss` is how many steps less exact than the place itself this is known.
    """

    found: Found
    words: Span
    step: str
    reason: str
    spread: str = ""
    loss: int = 0


class Theatre:
    """What the steps that locate predicates know of one report.

    `found` are its names of places in text order, `at` the usable ones by token, `opening` the names in capitals
    that paragraphs open with, by block; `references` the places that nouns stand for, by token; `home` and `focus`
    the country and the place that it is about; `told` the triggers located so far by words of their own sentence.
    """

    def __init__(self, dossier: Dossier, found: Sequence[Found], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.parse: Parse = dossier.only(Parse)
        self.text = dossier.report.text
        self.found = found
        self.at: dict[int, Found] = {}
        for one in found:
            if one.mention and one.usable:
                for token in range(one.mention.first, one.mention.last):
                    self.at[token] = one
        self.opening = self._headed(dossier)
        self.references = self._references(dossier.all(Mention), dossier.all(Reference))
        self.aim = Focus(dossier, found)
        self.home = self.aim.home
        self.focus = self.aim.found_at
        self.told: list[tuple[int, Located]] = []

    def block(self, token: int) -> int:
        """Return the number of the block (headline, paragraph) that holds a token."""
        return self.parse.sentences[self.parse.sentence_of[token]].block

    def named_beside(self, token: int) -> Found | None:
        """Return the name that stands with the noun ("Badghis province", "the city of Homs"), or None."""
        parse = self.parse
        for child in parse.children[token]:
            if child in self.at:
                return self.at[child]
            if parse.deps[child] == "prep" and (inner := next(filter(self.at.get, parse.children[child]), None)):
                return self.at[inner]
            nested = parse.children[child] if parse.deps[child] in ("compound", "appos") else ()
            if inner := next(filter(self.at.get, nested), None):
                return self.at[inner]
        # A name or apposition that the parser hung elsewhere: "Jonglei state", "a capital, Qala-e Naw".
        if before := self.at.get(token - 1):
            return before
        if token + 2 < len(parse) and parse.texts[token + 1] == ",":
            return self.at.get(token + 2)
        return self.at.get(token + 1)

    def indefinite(self, token: int) -> bool:
        """Whether the noun brings in something new ("a village", "large cities"): it refers to nothing."""
        parse = self.parse
        if any(parse.deps[child] == "prep" and parse.lemmas[child] == "of" for child in parse.children[token]):
            return parse.lemmas[token].lower() != "capital"
        words = {parse.lemmas[child].lower() for child in parse.children[token] if child < token}
        if words & {"a", "an", "another", "any", "every", "each", "several", "many", "some", "other", "few"}:
            return True
        definite = words & {
            "the",
            "this",
            "that",
            "these",
            "those",
            "its",
            "their",
            "our",
            "all",
            "entire",
            "whole",
        }
        return parse.tags[token] in ("NNS", "NNPS") and not definite

    def in_focus(self) -> Located | None:
        """Return the place that the report is about, else its country where the report names something of it."""
        if self.focus is None:
            country = self.gazetteer.countries.get(self.home)
            place = self.gazetteer.of_key(country.geonameid) if country else None
            named = next((one for one in self.found if one.toponym.country == self.home), None)
            if place is None or named is None:
                return None
            why = "the country that the report is about; the words do not say where"
            return Located(of_entry(place, named.toponym.span, why), named.toponym.span, "focus", why)
        words = self.focus.toponym.span
        return Located(self.focus, words, "focus", "focus of the report; the words do not say where", loss=1)

    def _headed(self, dossier: Dossier) -> dict[int, Found]:
        opening = headings(dossier.report, dossier.all(Block), self.gazetteer)
        by_span = {one.toponym.span: one for one in self.found if one.place}
        return {number: by_span[name.span] for number, name in opening.items() if name.span in by_span}

    def _references(self, mentions: Sequence[Mention], references: Sequence[Reference]) -> dict[int, Found]:
        named = {one.mention.span: one for one in self.found if one.mention and one.known}
        by_span = {mention.span: mention for mention in mentions}
        referring = {}
        for reference in references:
            mention, meant = by_span.get(reference.span), named.get(reference.antecedent)
            if not mention or not meant or mention.label != "place" or meant.toponym.stands_for:
                continue
            opening = self.opening.get(self.block(mention.head))
            outside = opening is not None and meant.toponym.span.start < opening.toponym.span.start
            if not outside and not self.named_beside(mention.head) and not self.indefinite(mention.head):
                referring[mention.head] = meant
        return referring


def finer(one: Located, than: Located) -> bool:
    """Whether a place lies in another and is not spread over the unit that holds it."""
    return not one.spread and within(one.found, than.found)


def loosened(code: int, loss: int) -> int:
    """Return a precision code made `loss` steps less exact; never beyond the country."""
    for _ in range(loss):
        code = NEAR if code < NEAR else FIRST if code < FIRST else code
    return code
