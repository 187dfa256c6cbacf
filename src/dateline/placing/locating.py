"""Find where each predicate happened: in its clause, its sentence, what its source said before, the focus.

The order is fixed, and the reason names the step that found the place:
1. a place tied to the trigger or its arguments in the same clause, by name or by reference ("the city");
2. a clause that governs it, or one coordinated with it, in the same sentence; a name elsewhere in it;
3. the place in capitals that its paragraph opens with ("HERAT. ...");
4. the country, where a headline names only that or the clause speaks of all of it ("killed since 2013");
5. the place of an earlier predicate of the same sense and the same doer;
6. the place of an earlier predicate by the same source;
7. the place of what was told before in the paragraph, else the last place named in it;
8. the place that the report is about (its headline and first paragraphs, its dateline, all its places).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.knowledge.gazetteer import Gazetteer
from dateline.placing.clauses import Clauses
from dateline.placing.cues import cues
from dateline.placing.earlier import Earlier
from dateline.placing.holding import LEFT, Holding
from dateline.placing.theatre import Located, Theatre
from dateline.placing.toponyms import Found, of_entry
from dateline.records import Attribution, Dossier, Predication, Span


class Locator:
    """Locates the predicates of one report, in text order."""

    def __init__(self, dossier: Dossier, found: Sequence[Found], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.theatre = theatre = Theatre(dossier, found, gazetteer)
        self.parse = theatre.parse
        self.found = found
        self.opening = theatre.opening
        self.home = theatre.home
        self.clauses = Clauses(theatre)
        self.earlier = Earlier(theatre, dossier.all(Attribution))
        self.holding = Holding(theatre)

    def locate(self, predication: Predication) -> Located | None:
        """Return the place of a predicate, or None where the report names no place at all."""
        self.earlier.meet(predication)
        located = (
            self.holding.taken(predication)
            or self.clauses.finest(self._in_clause(predication), predication)
            or self.clauses.in_sentence(predication)
            or (self.earlier.before(predication) if self.theatre.block(predication.token) in self.opening else None)
            or self._in_heading(predication)
            or self._nationwide(predication)
            or self.earlier.same_event(predication)
            or self.earlier.same_source(predication)
            or self.earlier.before(predication)
            or self.theatre.in_focus()
        )
        if located and located.step in ("clause", "sentence", "reference"):
            self.earlier.keep(predication, located)
        if located and self.holding.apart(predication, located):
            reason = f"{located.reason}; what is held is at {located.found.toponym.name}, not the town itself"
            return msgspec.structs.replace(located, reason=reason, loss=max(1, located.loss))
        return located

    def _in_clause(self, predication: Predication) -> Located | None:
        trigger = predication.token
        tied = list(self.clauses.tied(trigger))
        if predication.effect in LEFT and tied:
            if left := [one for one in tied if not self.holding.is_goal(one[1])]:
                tied = left
            elif stood := self.earlier.before(predication) or self.holding.left_behind(tied):
                return stood  # "The forces withdrew to X": from where they stood
        return self.clauses.best(tied, "clause", self.parse.texts[trigger])

    def _in_heading(self, predication: Predication) -> Located | None:
        """Return the place in capitals that the paragraph opens with."""
        one = self.opening.get(self.theatre.block(predication.token))
        return Located(one, one.toponym.span, "heading", "the paragraph is headed by it") if one else None

    def _nationwide(self, predication: Predication) -> Located | None:
        """Return the country where a headline names it, or where the clause speaks of the whole country."""
        country = self.gazetteer.countries.get(self.home)
        place = self.gazetteer.of_key(country.geonameid) if country else None
        if place is None:
            return None
        parse = self.parse
        sentence = parse.sentences[parse.sentence_of[predication.token]]
        span = parse.span(sentence.first, sentence.last)
        why = ""
        if predication.headline:
            for token in range(sentence.first, sentence.last):
                if self.gazetteer.demonyms.get(parse.texts[token].lower()) == self.home:
                    why = f"the headline says “{parse.texts[token]}”"
            for one in self.found:
                if (
                    span.contains(one.toponym.span)
                    and one.toponym.feature == "country"
                    and one.toponym.country == self.home
                ):
                    why = f"the headline says “{one.toponym.name}”"
        elif noun := self._national(predication):
            why = f"“{noun}” is of the whole country"
        if not why:
            return None
        words = Span(parse.starts[predication.token], parse.ends[predication.token])
        return Located(of_entry(place, words, why), words, "focus", why)

    def _national(self, predication: Predication) -> str:
        """Return the words that make an event one of the whole country; "" where there are none."""
        parse, level, trigger = self.parse, cues().level, predication.token
        passive = any(parse.deps[child] == "nsubjpass" for child in parse.children[trigger])
        counted = passive or bool(predication.quantities)
        for token in (trigger, *parse.children[trigger]):
            if parse.lemmas[token].lower() in level.national and parse.pos[token] in ("NOUN", "ADV"):
                return parse.texts[token]
            opens = token if token != trigger else -1
            if parse.deps[token] == "advcl" and parse.children[token]:
                opens = parse.children[token][0]
            if opens < 0 or not counted or parse.lemmas[opens].lower() != "since":
                continue
            for inner in parse.subtree(token)[:14]:
                year = parse.texts[inner].isdigit() and len(parse.texts[inner]) == 4
                if year or parse.lemmas[inner].lower() in level.since:
                    return f"{parse.texts[opens]} … {parse.texts[inner]}"
        return ""
