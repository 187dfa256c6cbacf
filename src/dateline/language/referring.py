"""The stage that says what a pronoun, a role noun or a bare place noun stands for.

Rules over the mentions in text order, nearest fitting antecedent first, subjects before others. Each
reference names its rule. "The enemy" depends on who speaks and is left to coding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dateline.knowledge.references import ReferringWords, referring_words
from dateline.knowledge.takings import takings
from dateline.language.names import PlaceNames
from dateline.records import Contract, Dossier, Evidence, Mention, Parse, Record, Reference

SINGULAR_PERSON = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves", "theirs"})
NEUTER = frozenset({"it", "its", "itself"})
ARMED = frozenset({"rebel", "militia", "identity-militia", "armed-unidentified", "criminal"})
STATE = frozenset({"state-force", "police", "intelligence", "external-force", "private-security"})
GROUPS = ARMED | STATE | {"government", "igo", "ngo", "party", "opposition", "religious", "other", "legislature"}
NON_STATE = ARMED | {"party", "opposition", "religious", "other", "ngo"}
MILITIAS = frozenset({"militia", "identity-militia"})
APART = frozenset({"with", "around", "behind", "near", "among", "beside", "before", "after"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
REACH = 60  # mentions back that an antecedent may stand


class Referring:
    """Adds the references of a report."""

    contract = Contract("referring", frozenset({Parse, Mention}), frozenset({Reference}))

    def __init__(self, places: PlaceNames | None) -> None:
        self.places, self.words = places, referring_words()

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return one Reference for each mention that stands for another; several for "the two sides"."""
        scan = _Scan(dossier.only(Parse), dossier.all(Mention), self.places, self.words)
        return list(scan.references())


class _Scan:
    """Goes through the mentions once, keeping those that can be referred to."""

    def __init__(
        self, parse: Parse, mentions: tuple[Mention, ...], places: PlaceNames | None, words: ReferringWords
    ) -> None:
        self.parse, self.mentions, self.places, self.words = parse, mentions, places, words
        self.past: list[Mention] = []

    def references(self) -> Iterator[Reference]:
        for mention in self.mentions:
            rule, found = self._resolve(mention)
            for antecedent in found:
                yield Reference(
                    mention.span,
                    antecedent.span,
                    Evidence((mention.span, antecedent.span), "referring", rule),
                )
            if len(found) == 1:
                self.past.append(found[0])
            elif not found and self._can_be_meant(mention):
                self.past.append(mention)

    def _can_be_meant(self, mention: Mention) -> bool:
        return mention.named or bool(mention.entity) or mention.label == "person" or mention.kind in ARMED

    def _back(self) -> Iterator[Mention]:
        seen = set()
        for mention in reversed(self.past[-REACH:]):
            if mention not in seen:
                seen.add(mention)
                yield mention

    def _resolve(self, mention: Mention) -> tuple[str, list[Mention]]:
        lemma, word = self.parse.lemmas[mention.head], self.parse.texts[mention.head].lower()
        nouns = self.words.nouns
        if mention.kind == "pronoun":
            return self._pronoun(mention, word)
        if mention.label == "person" and mention.named:
            return "surname", self._surname(mention)
        if not self._definite(mention):
            return "", []
        if lemma in nouns.pair and self._says_two(mention):
            return "pair", self._pair(mention)
        if word in ("latter", "former"):
            pair = self._pair(mention)
            return f"the-{word}", pair[-1:] if word == "latter" else pair[:1]
        if self.parse.tags[mention.head] == "NN" and (holder := self._holder(mention, lemma)):
            return "role.office", holder
        if mention.entity or mention.named or self._modified(mention):
            return "", []
        plural = self.parse.tags[mention.head] in ("NNS", "NNPS")
        owned = bool(self.parse.of_dep(mention.head, "poss"))  # "its forces"
        if plural and lemma in nouns.many and not owned:
            return "", []  # "the militias", "the forces" are several, or those of another side than the group named
        if lemma in nouns.of_militia:
            return "role.militia", self._first(mention, self._is_militia)
        if lemma in nouns.armed:
            return "role.armed", self._first(mention, lambda m: bool(m.entity) and m.kind in ARMED)
        if lemma in nouns.group:
            if mention.kind in ARMED or lemma in nouns.armed_group:
                return "role.armed-group", self._first(mention, lambda m: bool(m.entity) and m.kind in ARMED)
            return "role.group", self._first(mention, lambda m: bool(m.entity) and m.kind in NON_STATE)
        if lemma in self.words.places:
            return f"place.{lemma}", self._place(mention, self.words.places[lemma])
        return "", []

    def _pronoun(self, mention: Mention, word: str) -> tuple[str, list[Mention]]:
        if word in SINGULAR_PERSON:
            named = self._first(mention, lambda m: m.label == "person" and m.named)
            office = self._first(mention, self._one_official)
            # The person named, unless an office without a name was the last to speak or act.
            if named and office and named[0].span.start < office[0].span.start:
                named = (
                    office if self.parse.sentence_of[office[0].head] > self.parse.sentence_of[named[0].head] else named
                )
            return "pronoun.person", named or office
        if word in PLURAL:
            return "pronoun.plural", self._first(mention, self._plural)
        if word in NEUTER:
            if place := self._taken(mention):
                return "pronoun.taken-place", place
            organs = word != "itself"  # "accused the army of having fired itself": the last actor, no office before it
            return "pronoun.neuter", self._first(mention, lambda m: self._one_body(m, organs=organs))
        return "", []

    def _taken(self, mention: Mention) -> list[Mention]:
        """Return the place that "it" stands for, where what is said of it is said of places: "it fell", "retook it".

        It is an argument of this clause's sentence or of the one before, a named place before another.
        """
        parse, verb, dep = self.parse, self.parse.heads[mention.head], self.parse.deps[mention.head]
        known, lemma = takings(), parse.lemmas[verb]
        if dep == "nsubj":
            after = {parse.lemmas[t] for t in parse.of_dep(verb, "prep", "dobj", "acomp", "oprd", "xcomp", "prt")}
            if lemma not in known.yields or not after <= known.with_:
                return []
        elif dep not in ("dobj", "nsubjpass") or not (lemma in known.places | known.either or self._given_up(verb)):
            return []
        here = parse.sentence_of[mention.head]
        for sentence in (here, here - 1):
            spots = [
                past
                for past in self.mentions
                if parse.sentence_of[past.head] == sentence
                and past.span.start < mention.span.start
                and past.label in ("place", "facility")
                and past.kind != "government"
                and not self._same_clause(past, mention)
            ]
            arguments = [past for past in spots if parse.deps[past.head] in ARGUMENTS]
            if arguments or (spots and dep == "nsubj"):
                named = [past for past in (arguments or spots) if past.named]
                return (named or [past for past in spots if past.named and dep == "nsubj"] or arguments)[-1:]
        return []

    def _given_up(self, verb: int) -> bool:
        return self.parse.lemmas[verb] == "give" and "up" in {
            self.parse.lemmas[t] for t in self.parse.of_dep(verb, "prt")
        }

    # Which antecedents fit ---------------------------------------------------------------------------

    def _first(self, mention: Mention, fits: Callable[[Mention], bool]) -> list[Mention]:
        """Return the best fitting antecedent: the subject of this or the preceding sentence, else the nearest."""
        here = self.parse.sentence_of[mention.head]
        nearest: Mention | None = None
        for past in self._back():
            if not fits(past) or past.span.overlaps(mention.span) or self._same_clause(past, mention):
                continue
            distance = here - self.parse.sentence_of[past.head]
            if distance <= 1 and self.parse.deps[past.head] in ("nsubj", "nsubjpass"):
                return [past]
            nearest = nearest or past
        return [nearest] if nearest else []

    def _same_clause(self, past: Mention, mention: Mention) -> bool:
        """A pronoun cannot stand for another argument of its own verb: "police fired at them"."""
        parse, governor = self.parse, self.parse.heads[mention.head]
        if parse.deps[mention.head] == "pobj" and parse.lemmas[governor] not in APART:
            governor = parse.heads[governor]
        if mention.kind != "pronoun" or parse.tags[mention.head] == "PRP$":
            return False
        above, argument = parse.heads[past.head], parse.deps[mention.head] in ("dobj", "pobj", "dative")
        if argument and parse.deps[past.head] == "nsubj":  # "soldiers dragged men out and shot them": not the soldiers
            while parse.deps[governor] == "conj" and governor != above and not parse.of_dep(governor, "nsubj"):
                governor = parse.heads[governor]
        return above == governor

    def _one_body(self, mention: Mention, *, organs: bool) -> bool:
        """A group, an organ of a state, or a country that does something."""
        if mention.kind == "government" and mention.label == "place":
            return self.parse.deps[mention.head] == "nsubj" and self.parse.pos[self.parse.heads[mention.head]] == "VERB"
        organ = organs and self.parse.lemmas[mention.head] in self.words.nouns.body
        body = mention.label == "actor" or organ
        return mention.kind in GROUPS and (body or ":" in mention.entity)

    def _is_militia(self, mention: Mention) -> bool:
        """A group that is a militia, or that the report calls one ("the Houthi militia")."""
        called = {self.parse.lemmas[t] for t in range(mention.first, mention.last)} & self.words.nouns.militia
        return bool(mention.entity) and (mention.kind in MILITIAS or bool(called))

    def _holder(self, mention: Mention, office: str) -> list[Mention]:
        """Return the person named with this office before."""
        return self._first(mention, lambda m: m.named and m.label == "person" and office in m.role.lower().split())

    def _plural(self, mention: Mention) -> bool:
        if mention.kind in GROUPS and mention.label == "actor":
            return True
        return mention.label in ("person", "actor") and self.parse.tags[mention.head] in ("NNS", "NNPS")

    def _one_official(self, mention: Mention) -> bool:
        singular = self.parse.tags[mention.head] in ("NN", "NNP")
        body = self.parse.lemmas[mention.head] in self.words.nouns.body
        return mention.label == "person" and singular and not body and mention.kind not in ("", "civilian")

    def _surname(self, mention: Mention) -> list[Mention]:
        words = mention.name.split()
        for past in self._back():
            full = past.name.split()
            if past.label == "person" and past.named and len(full) > len(words) and set(words) <= set(full):
                return [past]
        return []

    def _place(self, mention: Mention, feature: str) -> list[Mention]:
        for past in self._back():
            if past.label != "place" or not past.named:
                continue
            if feature == "country" and past.kind != "government":
                continue
            if feature in ("city", "admin") and not self._is(past, feature):
                continue
            if not self._fits_size(past, self.parse.lemmas[mention.head]):
                continue
            if feature == "any" and past.kind == "government":
                continue
            return [past]
        return []

    def _fits_size(self, mention: Mention, noun: str) -> bool:
        """A village is no city of a million, a city no hamlet; what the gazetteer does not count fits."""
        low, high = self.words.sizes.get(noun, (0, 0))
        found = self.places.exact(mention.name) if self.places and high else ()
        counted = [c.population for c in found if c.population]
        return not counted or any(low <= population <= high for population in counted[:3])

    def _is(self, mention: Mention, feature: str) -> bool:
        if mention.kind == "government" and mention.country:
            return False  # a country
        last, lemmas = mention.last, self.parse.lemmas
        after = lemmas[last] if last < len(lemmas) else ""
        if self.words.places.get(after) == "admin":
            return feature == "admin"
        if feature == "city" and self.places and any(c.feature == "city" for c in self.places.exact(mention.name)[:5]):
            return True  # Marib and Idlib are cities as well as governorates
        best = (self.places.best_feature(mention.name) if self.places else None) or "city"
        return best.startswith("admin") == (feature == "admin") or best == "city"

    def _pair(self, mention: Mention) -> list[Mention]:
        """Return the two actors last named, in text order, where one sentence or paragraph names them."""
        return self._two(mention, with_countries=False) or self._two(mention, with_countries=True)

    def _two(self, mention: Mention, with_countries: bool) -> list[Mention]:
        found: list[Mention] = []
        for past in self._back():
            if past.label == "place" and not with_countries:
                continue
            if (
                past.kind in ("igo", "ngo", "media", "agency")
                or not self._is_actor(past)
                or past.span.end > mention.span.start
            ):
                continue
            joined = self._joined(past)
            if joined is not None:  # "the government and the rebels" is a pair before any two that stand apart
                return sorted((past, joined), key=lambda m: m.span)
            if len(found) < 2 and all(past.name != other.name for other in found):
                found.append(past)
        return sorted(found, key=lambda m: m.span) if len(found) == 2 else []

    def _is_actor(self, mention: Mention) -> bool:
        if mention.label == "person":
            return ":" in mention.entity and self.parse.lemmas[mention.head] in self.words.nouns.body
        return (mention.label == "actor" and mention.evidence.rule != "people") or (
            mention.label == "place" and mention.kind == "government"
        )

    def _joined(self, mention: Mention) -> Mention | None:
        """Return the actor that `mention` is coordinated with, if any."""
        if self.parse.deps[mention.head] != "conj":
            return None
        first = self.parse.heads[mention.head]
        return next(
            (m for m in self._back() if m.head == first and self._is_actor(m) and m.name != mention.name),
            None,
        )

    def _says_two(self, mention: Mention) -> bool:
        return any(self.parse.lemmas[t] in ("two", "both") for t in range(mention.first, mention.head))

    def _definite(self, mention: Mention) -> bool:
        words = {self.parse.lemmas[t] for t in range(mention.first, mention.head)}
        if words & {"all", "several", "many", "some"} or (
            mention.label == "place" and self.parse.tags[mention.head] == "NNS"
        ):
            return False
        determined = words & {"the", "this", "that", "these", "those", "both", "its", "their"}
        return bool(determined) or (self.parse.lemmas[mention.head] == "town" and not words)

    def _modified(self, mention: Mention) -> bool:
        """A role noun with a name beside it ("the group al-Shabaab") says itself who is meant."""
        head, parse = mention.head, self.parse
        if mention.country and mention.kind != "government":
            return True
        if mention.label == "place" and any(parse.pos[t] == "PROPN" for t in range(mention.first, head)):
            return True  # "the Hasahisa camp" is no camp told before
        return any(parse.deps[c] in ("appos",) and parse.pos[c] == "PROPN" for c in parse.children[head])
