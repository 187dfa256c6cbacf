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

from collections.abc import Iterable, Sequence

import msgspec

from dateline.knowledge.gazetteer import Gazetteer
from dateline.placing.cues import cues, feature_of_noun
from dateline.placing.focus import Focus, within
from dateline.placing.precision import FIRST, NEAR
from dateline.placing.toponyms import Found, headings, of_entry
from dateline.records import Attribution, Block, Dossier, Mention, Parse, Predication, Reference, Span

ARGUMENTS = {
    "dobj": 1,
    "nsubj": 3,
    "nsubjpass": 1,
    "appos": 1,
    "nmod": 2,
    "compound": 2,
    "poss": 2,
    "attr": 2,
    "amod": 2,
}
TALK = frozenset({"CONSULT", "AGREE", "COOPERATE"})
RESULTS = frozenset({"kills", "wounds", "loses-life", "casualties", "bodies-found"})
# Effects by which a place is taken, held or lost, and those by which somebody leaves one.
HELD = frozenset({"takes-place", "regains-place", "loses-place", "holds-place", "transfers", "besieges", "encircles"})
LEFT = frozenset({"withdraws", "takes-refuge"})
GOALS = frozenset({"to", "toward", "towards", "into", "for"})
UNITS = frozenset("state provincial regional district county departmental governorate prefectural".split())
CLAUSAL = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "parataxis", "conj", "csubj", "pcomp"})
FURTHEST = 12


class Located(msgspec.Struct, frozen=True):
    """Where a predicate happened: the place named, the words that say so here, the step and the reason.

    `spread` is True where it happened all over the unit that holds the place ("the districts fell").
    `loss` is how many steps less exact than the place itself this is known.
    """

    found: Found
    words: Span
    step: str
    reason: str
    spread: str = ""
    loss: int = 0


class Locator:
    """Locates the predicates of one report, in text order."""

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
        self.by_source: dict[str, Located] = {}
        self.attributions = dossier.all(Attribution)
        self.by_sense: list[tuple[str, frozenset[str], Located]] = []
        self.told: list[tuple[int, Located]] = []
        self.talks: set[int] = set()  # the triggers of what only is said or agreed

    def locate(self, predication: Predication) -> Located | None:
        """Return the place of a predicate, or None where the report names no place at all."""
        if predication.plover in TALK:
            self.talks.add(predication.token)
        located = (
            self._taken(predication)
            or self._finest(self._in_clause(predication), predication)
            or self._in_sentence(predication)
            or (self._before(predication) if self._block(predication.token) in self.opening else None)
            or self._in_heading(predication)
            or self._nationwide(predication)
            or self._same_event(predication)
            or self._same_source(predication)
            or self._before(predication)
            or self._in_focus()
        )
        if located and located.step in ("clause", "sentence", "reference"):
            if speaker := self.speaker(predication):
                self.by_source[speaker] = located
            self.by_sense.append((predication.sense, _doers(predication), located))
            self.told.append((predication.token, located))
        if located and self._apart(predication, located):
            reason = f"{located.reason}; what is held is at {located.found.toponym.name}, not the town itself"
            return msgspec.structs.replace(located, reason=reason, loss=max(1, located.loss))
        return located

    # The clause --------------------------------------------------------------------------------------

    def _taken(self, predication: Predication) -> Located | None:
        """Return the place that is itself taken, held or lost: "Homs falls; only Damascus is left" is at Homs."""
        if predication.effect not in HELD:
            return None
        spans = [p.span for p in predication.participants if p.span and p.role in ("target", "object")]
        named = [
            one
            for span in spans
            for one in self.found
            # "Central Darfur: Zalingei is besieged": of a unit the clause may name a part.
            if one.toponym.feature == "city"
            if one.usable and one.mention and span.contains(one.toponym.span) and self._whole(span, one)
        ]
        if not named:
            return None
        one = named[0]
        word = self.parse.texts[predication.token]
        return Located(one, one.toponym.span, "clause", f"named with “{word}”")

    def _apart(self, predication: Predication, located: Located) -> bool:
        """Whether only an airport or a base at the town is taken, held or lost ("the airport is still held")."""
        if predication.effect not in HELD or located.found.toponym.feature != "city" or located.spread:
            return False
        parse, told = self.parse, set(_objects(self.parse, predication.token))
        spans = [p.span for p in predication.participants if p.span and p.role in ("target", "object")]
        for token in range(len(parse)) if spans else ():
            inside = [span for span in spans if span.start <= parse.starts[token] < span.end]
            if any(not (span.start <= parse.starts[parse.heads[token]] < span.end) for span in inside):
                told.add(token)
        what = [token for token in told if token not in self.at]
        return (
            bool(what) and len(what) == len(told) and {parse.lemmas[t].lower() for t in what} <= cues().locative.grounds
        )

    def _whole(self, span: Span, one: Found) -> bool:
        """Whether the words of a participant name a place itself ("the city of Homs"), not something in it."""
        rest = f"{self.text[span.start : one.toponym.span.start]} {self.text[one.toponym.span.end : span.end]}"
        plain = {word.lower() for word in rest.replace(",", " ").split()}
        return plain <= {"the", "of", "all", "city", "town", "village"}

    def _in_clause(self, predication: Predication) -> Located | None:
        trigger = predication.token
        tied = list(self._tied(trigger))
        if predication.effect in LEFT and (left := [one for one in tied if not self._is_goal(one[1])]):
            tied = left
        elif predication.effect in LEFT and tied and (stood := self._before(predication) or self._left_behind(tied)):
            return stood  # "The forces withdrew to X": from where they stood
        return self._best(tied, "clause", self.parse.texts[trigger])

    def _left_behind(self, goals: Sequence[tuple[tuple[int, int], int]]) -> Located | None:
        """Return the town that the report is about, where somebody went elsewhere than there."""
        went = {self.at[token].toponym.name for _, token in goals if token in self.at}
        focus = self.focus
        if focus is None or focus.toponym.feature != "city" or not went or focus.toponym.name in went:
            return None
        return self._in_focus()

    def _is_goal(self, token: int) -> bool:
        """Whether a place is only where somebody went: "withdrew to Kabul", "fled towards the border"."""
        parse, above = self.parse, self.parse.heads[token]
        while parse.deps[token] in ("conj", "compound", "appos") and above != token:
            token, above = above, parse.heads[above]
        return parse.deps[token] == "pobj" and parse.lemmas[above].lower() in GOALS

    def _finest(self, located: Located | None, predication: Predication) -> Located | None:
        """Return the finer place of the sentence where the clause has only the country of some noun.

        "Four soldiers of the mission in X died when their convoy hit a mine near Y" happened near Y.
        """
        if not located or located.found.toponym.feature != "country" or located.step != "clause":
            return located
        head = located.found.head
        if head < 0 or self.parse.deps[head] != "pobj" or located.found.toponym.country != self.home:
            return located
        noun = self.parse.heads[self.parse.heads[head]]
        if noun == predication.token or self.parse.pos[noun] not in ("NOUN", "PROPN"):
            return located
        sentence = self.parse.sentences[self.parse.sentence_of[predication.token]]
        for one in self.found:
            inside = sentence.first <= one.head < sentence.last and one.usable and self.aim.leaning(one) == 1
            if inside and one.toponym.feature in ("", "city") and within(one, located.found):
                return Located(one, one.toponym.span, "sentence", "named elsewhere in the sentence")
        return located

    def _tied(self, trigger: int) -> Iterable[tuple[tuple[int, int], int]]:
        """Yield (rank, token) of the places that hang on `trigger`, without going into other clauses."""
        parse, locative = self.parse, cues().locative
        open_nodes = [(trigger, 0, 0)]
        while open_nodes:
            node, rank, depth = open_nodes.pop()
            for child in parse.children[node]:
                if child == trigger:
                    continue
                dep, lemma = parse.deps[child], parse.lemmas[child].lower()
                if dep in CLAUSAL and parse.pos[child] in ("VERB", "AUX"):
                    continue
                cost = rank
                if dep == "prep":
                    inside = lemma in locative.inside or parse.texts[child].lower() in locative.inside
                    towards, source = lemma in locative.towards, lemma in locative.source
                    cost = max(rank, 1 if inside else 2 if towards else 3 if source else 5)
                elif dep in ARGUMENTS and node == trigger:
                    cost = max(rank, ARGUMENTS[dep])
                if depth < FURTHEST:
                    open_nodes.append((child, cost, depth + 1))
                if self._refers(child) and not self._in_passing(child):
                    yield (cost, depth), child

    def _in_passing(self, token: int) -> bool:
        """Whether a place only says where someone is of: "X-based"; abroad "the X winger", "three soldiers from X"."""
        one, parse = self.at.get(token), self.parse
        hyphened = parse.texts[token + 1 : token + 2] == ("-",) and parse.starts[token + 1] == parse.ends[token]
        if one is not None and hyphened and parse.tags[token + 2 : token + 3] == ("VBN",):
            return True  # "the Britain-based monitor", "US-backed fighters"
        if one is not None and self._is_yardstick(token):
            return True
        if one is None or one.toponym.country == self.home or not self.home:
            return False
        while parse.deps[token] == "conj" and parse.heads[token] != token:
            token = parse.heads[token]
        above = parse.heads[token]
        if parse.deps[token] in ("compound", "nmod", "poss"):
            return parse.pos[above] == "NOUN" and not feature_of_noun(parse.lemmas[above].lower())
        from_it = parse.deps[token] == "pobj" and parse.lemmas[above].lower() == "from"
        return from_it and parse.pos[parse.heads[above]] in ("NOUN", "NUM", "PRON", "PROPN")

    def _is_yardstick(self, token: int) -> bool:
        """Whether a place only says how near another is: "the closest town to Kabul"."""
        parse, above = self.parse, self.parse.heads[token]
        if parse.deps[token] != "pobj" or parse.lemmas[above].lower() != "to":
            return False
        return any(parse.tags[child] == "JJS" for child in parse.of_dep(parse.heads[above], "amod"))

    def _refers(self, token: int) -> bool:
        return token in self.at or token in self.references or self._bare(token) != ""

    def _bare(self, token: int) -> str:
        """Return the feature of a noun of place without a name ("city" in "the city prison")."""
        lemma = self.parse.lemmas[token].lower()
        if self.parse.pos[token] in ("NOUN", "PROPN") and self.parse.texts[token].islower():
            feature = feature_of_noun(lemma)
            above = self.parse.lemmas[self.parse.heads[token]].lower()
            if self.parse.deps[token] == "compound" and (above == "hall" or above in cues().government.rulers):
                # "The town hall", "the state government".
                return ""
            if lemma == "state" and self.parse.deps[token] in ("compound", "amod", "nmod") and above != "capital":
                return ""  # "state media", "state television"
            if feature == "country" and above == "of" and self._in_name_of(token):
                return ""  # "volunteers for the defence of the homeland"
            if feature in ("country", "admin1") and self.parse.deps[token] in ("nsubj", "poss"):
                # "The state promised", "the country's largest rebel group": not where, but who or whose.
                return ""
            if feature == "admin1" and self.parse.tags[token] == "NNS" and self._indefinite(token):
                # "In several provinces": nothing less than the country holds them.
                return "country"
            if lemma == "capital" and self.parse.tags[token] == "NNS":
                return "country"  # "six provincial capitals"
            if not feature or self._indefinite(token) or (lemma != "capital" and self._named_beside(token)):
                return ""
            return feature
        if self.parse.pos[token] == "ADJ":
            return cues().nouns.adjectives.get(lemma, "")
        return ""

    def _in_name_of(self, token: int) -> bool:
        """Whether a noun only says what for people have come together: "the front for the freedom of the country"."""
        parse = self.parse
        above = parse.ancestors(token)[1:4]
        return any(parse.lemmas[node].lower() == "for" and parse.deps[node] == "prep" for node in above)

    def _named_beside(self, token: int) -> Found | None:
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

    def _indefinite(self, token: int) -> bool:
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

    def _best(self, tied: Iterable[tuple[tuple[int, int], int]], step: str, word: str) -> Located | None:
        chosen: Located | None = None
        for _, token in sorted(tied):
            located = self._named(token, step, word)
            if chosen is None:
                chosen = located
            elif located and not chosen.spread and _finer(located, chosen):
                # "north of Hodeidah in Yemen": the finer place, wherever in the clause it stands.
                chosen = located
        return chosen

    def _named(self, token: int, step: str, word: str) -> Located | None:
        """Return the place that a token names or refers to."""
        parse = self.parse
        if token in self.at:
            found = self.at[token]
            return Located(found, found.toponym.span, step, f"named with “{word}”")
        span = Span(parse.starts[token], parse.ends[token])
        said, lemma = span.of(self.text), parse.lemmas[token].lower()
        if lemma == "capital" and parse.tags[token] != "NNS" and (capital := self._capital(token, span, step)):
            return capital
        wanted = feature_of_noun(lemma)
        if wanted in ("city", "any") and parse.deps[token] != "compound":
            scene = self._scene(token, wanted)
            if scene and lemma != "capital" and scene.toponym.country == self.home:
                return Located(scene, span, step, f"“{said}” is taken for {scene.toponym.name}")
        if token in self.references and (wanted not in ("country", "admin1") or _fits(self.references[token], wanted)):
            found = self.references[token]
            return Located(found, span, step, f"“{said}” refers to {found.toponym.name}")
        feature = self._bare(token)
        if not feature:
            return None
        if parse.tags[token] == "NNS" and lemma in cues().nouns.spread:
            holder = self._last_before(token, "any") or self._last_before(token, "")
            unit = "country" if holder and holder.toponym.feature in ("country",) else "admin1"
            if holder is None:
                return None
            reason = f"“{said}” of the unit that holds {holder.toponym.name}"
            return Located(holder, span, step, reason, spread=unit)
        if feature == "country":
            people = self._nationality(token) or self._country_in_focus()
            if people is None:
                return None
            return Located(people, span, step, f"“{said}” is taken for {people.toponym.name}")
        meant = self._last_before(token, feature)
        if meant is None and feature == "admin1" and self.focus:
            reason = f"“{said}” is taken for the one that holds {self.focus.toponym.name}"
            return Located(self.focus, span, step, reason, spread="admin1")
        if meant is None:
            return None
        return Located(meant, span, step, f"“{said}” is taken for {meant.toponym.name}, named before")

    def _scene(self, token: int, wanted: str) -> Found | None:
        """Return what "the town", "the area" mean: where the last thing was told, or what the report is about.

        None where the noun takes up a name of its own sentence.
        """
        sentence = self.parse.sentence_of[token]
        reference = self.references.get(token)
        if reference and reference.head >= 0 and self.parse.sentence_of[reference.head] == sentence:
            return None
        block = self._block(token)
        for other, located in reversed(self.told):
            if self._block(other) != block:
                break
            if located.found.toponym.country != self.home:
                continue
            if other < token and not located.spread and located.found.place and _fits(located.found, wanted):
                return located.found
        if scene := self._set_before(token, block, wanted):
            return scene
        return self.focus if self.focus and _fits(self.focus, wanted) and block not in self.opening else None

    def _set_before(self, token: int, block: int, wanted: str) -> Found | None:
        """Return the town that an earlier sentence of the paragraph opens in: "In Bamyan the governor left. ..."."""
        parse, here = self.parse, self.parse.sentence_of[token]
        for one in reversed(self.found):
            if one.head < 0 or one.head >= token or self._block(one.head) != block:
                continue
            sentence = parse.sentences[parse.sentence_of[one.head]]
            first = one.mention.first if one.mention else -1
            opens = first == sentence.first + 1 and parse.lemmas[sentence.first].lower() in ("in", "at")
            if opens and parse.sentence_of[one.head] < here and one.place and one.toponym.country == self.home:
                return one if _fits(one, wanted) else None
        return None

    def _last_before(self, token: int, feature: str) -> Found | None:
        """Return the last place named before a token that fits a feature, else the one in focus."""
        start = self.parse.starts[token]
        for one in reversed(self.found):
            if one.toponym.span.start < start and one.known and _fits(one, feature):
                if not one.usable and (feature == "any" or (feature == "" and one.toponym.feature == "country")):
                    continue
                return one
        return self.focus if self.focus and _fits(self.focus, feature) else None

    def _capital(self, token: int, span: Span, step: str) -> Located | None:
        """Return what "capital" means: that of what stands beside it, of the paragraph's heading, or the country's."""
        beside = self._named_beside(token)
        if beside and not self._compared(token, beside):
            return self._seat(beside, span, step)
        if self.parse.deps[token] == "appos" and (named := self._apposed(token)):
            return Located(named, named.toponym.span, step, "named as the capital")
        heading = self.opening.get(self._block(token))
        demonyms = self.gazetteer.demonyms
        if heading and not any(self.parse.texts[child].lower() in demonyms for child in self.parse.children[token]):
            return self._seat(heading, span, step)
        return self._seat_in_focus(token, span, step) or self._national_capital(token, span, step)

    def _seat_in_focus(self, token: int, span: Span, step: str) -> Located | None:
        """Return the seat of the unit that a report is about, where it names both: "Badakhshan: ... Faizabad".

        "The provincial capital" is that of the unit in focus, named or not.
        """
        focus = self.focus.place if self.focus else None
        if self.focus is None or focus is None or focus.capital == "country":
            return None
        units = [one for one in self.found if one.place and one.place.feature == "admin1"]
        unit = next((one for one in units if one == self.focus or within(self.focus, one)), None)
        seat = self._seat(unit, span, step) if unit else None
        key = seat.found.place.key if seat and seat.found.place else None
        if self.focus == unit and {self.parse.texts[child].lower() for child in self.parse.children[token]} & UNITS:
            return seat
        return seat if any(one.place and one.place.key == key for one in self.found) else None

    def _compared(self, token: int, beside: Found) -> bool:
        """Whether a name only says what a capital is seen from: "the closest provincial capital to Kabul"."""
        parse, head = self.parse, beside.head
        if head < 0 or parse.deps[head] != "pobj":
            return False
        preposition = parse.heads[head]
        return parse.heads[preposition] == token and parse.lemmas[preposition].lower() not in ("of", "in", "at")

    def _apposed(self, token: int) -> Found | None:
        """Return the name that a noun stands beside as an apposition, over "the city of"."""
        parse, above = self.parse, self.parse.heads[token]
        inner = [c for p in parse.of_dep(above, "prep") if parse.lemmas[p] == "of" for c in parse.of_dep(p, "pobj")]
        return next((one for node in (above, *inner) if (one := self.at.get(node))), None)

    def _seat(self, unit: Found, span: Span, step: str) -> Located | None:
        """Return the capital of a unit: "the capital of Badghis province", "the Afghan capital"."""
        if unit.place and unit.place.feature in ("admin1", "country"):
            place = self.gazetteer.seat(unit.place.country, unit.place.admin1)
            if place:
                found = of_entry(place, span, f"the seat of {unit.toponym.name}")
                return Located(found, span, step, f"the capital of {unit.toponym.name}")
            return None
        return Located(unit, unit.toponym.span, step, "named as the capital")

    def _national_capital(self, token: int, span: Span, step: str) -> Located | None:
        """Return the capital of the country: "the Libyan capital"; "the capital", if it is not that of a province."""
        beside = {self.parse.texts[child].lower() for child in self.parse.children[token] if child < token}
        if beside & UNITS or any(self.parse.lemmas[child] == "of" for child in self.parse.of_dep(token, "prep")):
            return None
        demonyms = self.gazetteer.demonyms
        code = next((demonyms[word] for word in sorted(beside) if word in demonyms), self.home)
        place = self.gazetteer.seat(code, "") if code else None
        if place is None or any(one.place == place for one in self.found):
            return None  # it is named: the reference finds it
        found = of_entry(place, span, "the capital of the country")
        return Located(found, span, step, f"“{span.of(self.text)}” is taken for the country's")

    def _country_in_focus(self) -> Found | None:
        """Return the country of the place in focus, where the report names it; else the one last named."""
        named = [one for one in self.found if one.place and one.place.feature == "country"]
        if self.focus and self.focus.toponym.country:
            same = [one for one in named if one.toponym.country == self.focus.toponym.country]
            country = self.gazetteer.countries.get(self.focus.toponym.country)
            place = self.gazetteer.of_key(country.geonameid) if country and not same else None
            if place:
                return of_entry(place, self.focus.toponym.span, "the country of the place in focus")
            named = same or named
        return named[-1] if named else None

    def _nationality(self, token: int) -> Found | None:
        """Return the country of "Afghan territory", "the Syrian nation"."""
        parse, demonyms = self.parse, self.gazetteer.demonyms
        for child in parse.children[token]:
            code = demonyms.get(parse.texts[child].lower())
            country = self.gazetteer.countries.get(code) if code else None
            place = self.gazetteer.of_key(country.geonameid) if country else None
            if place:
                span = Span(parse.starts[child], parse.ends[child])
                return of_entry(place, span, "the country of that nationality")
        return None

    # Further out -------------------------------------------------------------------------------------

    def _in_sentence(self, predication: Predication) -> Located | None:
        parse, below = self.parse, predication.token
        reporting = cues().locative.reporting
        for above in parse.ancestors(predication.token)[:FURTHEST]:
            reported = parse.deps[below] in ("ccomp", "parataxis") and parse.lemmas[above] in reporting
            if parse.pos[above] in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and not reported:
                located = self._best(self._tied(above), "sentence", parse.texts[above])
                if located and (above not in self.at):
                    return located
            if reported and parse.pos[above] in ("VERB", "AUX"):
                break
            below = above
        return self._beside_in_sentence(predication)

    def _beside_in_sentence(self, predication: Predication) -> Located | None:
        """Return the nearest place of the sentence that no verb of reporting holds."""
        parse = self.parse
        sentence = parse.sentences[parse.sentence_of[predication.token]]
        near = sorted(
            (self.aim.leaning(one) < 1, abs(one.head - predication.token), number)
            for number, one in enumerate(self.found)
            if one.usable
            and one.known
            and self.aim.leaning(one) >= self._least(one)
            and sentence.first <= one.head < sentence.last
        )
        for _, _, number in near:
            one = self.found[number]
            if self._in_passing(one.head):
                continue
            verb = next((above for above in parse.ancestors(one.head) if parse.pos[above] == "VERB"), -1)
            if verb < 0 or parse.lemmas[verb] not in cues().locative.reporting:
                return Located(one, one.toponym.span, "sentence", "named elsewhere in the sentence")
        return None

    def _least(self, one: Found) -> float:
        """Return how firmly a name elsewhere in the sentence must say where: abroad, only within it."""
        return 0.4 if one.toponym.country == self.home else 1.0

    def _block(self, token: int) -> int:
        return self.parse.sentences[self.parse.sentence_of[token]].block

    def _in_heading(self, predication: Predication) -> Located | None:
        """Return the place in capitals that the paragraph opens with."""
        one = self.opening.get(self._block(predication.token))
        return Located(one, one.toponym.span, "heading", "the paragraph is headed by it") if one else None

    def _same_event(self, predication: Predication) -> Located | None:
        if self.parse.pos[predication.token] != "NOUN":
            # A verb tells of something new; "the withdrawal", "the advance" take up what was told.
            return None
        doers = _doers(predication)
        for sense, others, located in reversed(self.by_sense):
            if sense == predication.sense and doers & others:
                reason = f"the same was said before of {located.found.toponym.name}"
                return msgspec.structs.replace(located, step="same event", reason=reason)
        return None

    def speaker(self, predication: Predication) -> str:
        """Return the name of who says it; "" for the report itself, which speaks of many places."""
        if not 0 <= predication.source < len(self.attributions):
            return ""
        attribution = self.attributions[predication.source]
        return "" if attribution.manner == "narration" or not attribution.chain else attribution.chain[0].name

    def _same_source(self, predication: Predication) -> Located | None:
        located = self.by_source.get(self.speaker(predication))
        if located is None:
            return None
        reason = f"the same source spoke of {located.found.toponym.name} before"
        return msgspec.structs.replace(located, step="source", reason=reason)

    def _before(self, predication: Predication) -> Located | None:
        """Return the place of what was told before in the paragraph, else the place named last in it."""
        parse = self.parse
        here = parse.sentence_of[predication.token]
        block = parse.sentences[here].block
        for token, located in reversed(self.told):
            sentence = parse.sentence_of[token]
            if token >= predication.token:
                continue
            if parse.sentences[sentence].block != block or here - sentence > 2:
                break
            if self.focus and located.found.toponym.feature == "admin1" and within(self.focus, located.found):
                return None
            if not located.found.toponym.country:
                continue
            if (token in self.talks) != (predication.token in self.talks):
                continue  # where talks are held says nothing of where men fight
            if located.found.toponym.feature != "country" and (
                located.found.place or located.found == self.focus or (here - sentence <= 1 and _is_result(predication))
            ):
                reason = f"what was told before happened at {located.found.toponym.name}"
                return msgspec.structs.replace(located, step="before", reason=reason)
        return self._named_before(predication)

    def _named_before(self, predication: Predication) -> Located | None:
        parse = self.parse
        here = parse.sentence_of[predication.token]
        block = parse.sentences[here].block
        start = parse.starts[parse.sentences[here].first]
        chosen: Located | None = None
        for one in reversed(self.found):
            if not (one.usable and one.known and one.mention) or one.toponym.span.start >= start:
                continue
            sentence = parse.sentence_of[one.head]
            if parse.sentences[sentence].block != block or here - sentence > 2:
                break
            if one.toponym.country != self.home:
                continue
            if self.aim.leaning(one) < 1 or one.toponym.feature == "country" or not (one.place or one == self.focus):
                continue
            located = Located(one, one.toponym.span, "before", "named in the sentence before")
            if chosen is None:
                chosen = located
            elif parse.sentence_of[chosen.found.head] == sentence and _finer(located, chosen):
                # "in Old Fangak, Jonglei state": the finer of the two.
                chosen = located
        return chosen

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

    def _in_focus(self) -> Located | None:
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
            opening = self.opening.get(self._block(mention.head))
            outside = opening is not None and meant.toponym.span.start < opening.toponym.span.start
            if not outside and not self._named_beside(mention.head) and not self._indefinite(mention.head):
                referring[mention.head] = meant
        return referring


def _objects(parse: Parse, verb: int) -> list[int]:
    """Return what is done something to: the objects of a verb, or the subjects of its passive, with all coordinated."""
    first = parse.of_dep(verb, "dobj", "nsubjpass")
    return first + [c for token in first for c in parse.of_dep(token, "conj")]


def _finer(one: Located, than: Located) -> bool:
    return not one.spread and within(one.found, than.found)


def _fits(one: Found, feature: str) -> bool:
    if not one.known or one.toponym.stands_for:
        return False
    have = one.toponym.feature or "city"
    if feature in ("", "any"):
        return have != "country" or feature == ""
    if feature == "admin1":
        return have in ("admin1", "region") and bool(one.toponym.country)
    if feature == "city":
        return have in ("city", "camp") and one.usable
    return have == feature


def _is_result(predication: Predication) -> bool:
    """Whether this tells what came of something: victims and no doer."""
    told = any(p.role == "actor" and p.span for p in predication.participants)
    return predication.effect in RESULTS and not told


def _doers(predication: Predication) -> frozenset[str]:
    return frozenset(
        part.entity or part.name.lower() for part in predication.participants if part.role in ("actor", "party")
    )


def loosened(code: int, loss: int) -> int:
    """Return a precision code made `loss` steps less exact; never beyond the country."""
    for _ in range(loss):
        code = NEAR if code < NEAR else FIRST if code < FIRST else code
    return code
