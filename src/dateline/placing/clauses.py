"""The places tied to a predicate: in its clause, in the clauses that govern it, elsewhere in its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.placing.cues import cues, feature_of_noun
from dateline.placing.focus import within
from dateline.placing.referring import Referents
from dateline.placing.theatre import Located, Theatre, finer
from dateline.placing.toponyms import Found
from dateline.records import Predication

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
CLAUSAL = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "parataxis", "conj", "csubj", "pcomp"})
FURTHEST = 12


class Clauses:
    """Finds the places that the sentences of one report tie to their predicates."""

    def __init__(self, theatre: Theatre) -> None:
        self.parse = theatre.parse
        self.found = theatre.found
        self.at = theatre.at
        self.home = theatre.home
        self.aim = theatre.aim
        self.referents = Referents(theatre)

    def tied(self, trigger: int) -> Iterable[tuple[tuple[int, int], int]]:
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
                if self.referents.refers(child) and not self._in_passing(child):
                    yield (cost, depth), child

    def best(self, tied: Iterable[tuple[tuple[int, int], int]], step: str, word: str) -> Located | None:
        """Return the closest of the places tied to a predicate or its governor, or a finer one that lies in it."""
        chosen: Located | None = None
        for _, token in sorted(tied):
            located = self.referents.named(token, step, word)
            if chosen is None:
                chosen = located
            elif located and not chosen.spread and finer(located, chosen):
                # "north of Hodeidah in Yemen": the finer place, wherever in the clause it stands.
                chosen = located
        return chosen

    def finest(self, located: Located | None, predication: Predication) -> Located | None:
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

    def in_sentence(self, predication: Predication) -> Located | None:
        """Return the place of a clause that governs the predicate, else one named elsewhere in its sentence."""
        parse, below = self.parse, predication.token
        reporting = cues().locative.reporting
        for above in parse.ancestors(predication.token)[:FURTHEST]:
            reported = parse.deps[below] in ("ccomp", "parataxis") and parse.lemmas[above] in reporting
            if parse.pos[above] in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and not reported:
                located = self.best(self.tied(above), "sentence", parse.texts[above])
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
