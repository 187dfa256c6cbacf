"""What a noun of place without a name refers to: "the city", "the province", "several districts", "the homeland"."""

from __future__ import annotations

from dateline.placing.capitals import Capitals
from dateline.placing.cues import cues, feature_of_noun
from dateline.placing.theatre import Located, Theatre
from dateline.placing.toponyms import Found, of_entry
from dateline.records import Span


class Referents:
    """Finds the places that the words of one report name or refer to."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.gazetteer = theatre.gazetteer
        self.parse = theatre.parse
        self.text = theatre.text
        self.found = theatre.found
        self.at = theatre.at
        self.opening = theatre.opening
        self.references = theatre.references
        self.home = theatre.home
        self.focus = theatre.focus
        self.capitals = Capitals(theatre)

    def refers(self, token: int) -> bool:
        """Whether a token names a place or may refer to one."""
        return token in self.at or token in self.references or self._bare(token) != ""

    def named(self, token: int, step: str, word: str) -> Located | None:
        """Return the place that a token names or refers to."""
        parse = self.parse
        if token in self.at:
            found = self.at[token]
            return Located(found, found.toponym.span, step, f"named with “{word}”")
        span = Span(parse.starts[token], parse.ends[token])
        said, lemma = span.of(self.text), parse.lemmas[token].lower()
        if lemma == "capital" and parse.tags[token] != "NNS" and (capital := self.capitals.capital(token, span, step)):
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
            if feature == "admin1" and self.parse.tags[token] == "NNS" and self.theatre.indefinite(token):
                # "In several provinces": nothing less than the country holds them.
                return "country"
            if lemma == "capital" and self.parse.tags[token] == "NNS":
                return "country"  # "six provincial capitals"
            if not feature or self.theatre.indefinite(token):
                return ""
            if lemma != "capital" and self.theatre.named_beside(token):
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

    def _scene(self, token: int, wanted: str) -> Found | None:
        """Return what "the town", "the area" mean: where the last thing was told, or what the report is about.

        None where the noun takes up a name of its own sentence.
        """
        sentence = self.parse.sentence_of[token]
        reference = self.references.get(token)
        if reference and reference.head >= 0 and self.parse.sentence_of[reference.head] == sentence:
            return None
        block = self.theatre.block(token)
        for other, located in reversed(self.theatre.told):
            if self.theatre.block(other) != block:
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
            if one.head < 0 or one.head >= token or self.theatre.block(one.head) != block:
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
