"""Names in a report: known actors, countries and peoples, places of the gazetteer, and the tagger's names.

The order is the one that measured best (docs/decisions): actors before the tagger's names, places after
it. A name keeps one meaning through a report: what the tagger calls a person here and a city there is
decided once, by all its occurrences together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from dateline.knowledge.actors import Catalogue, Countries
from dateline.knowledge.gazetteer import Candidate
from dateline.knowledge.takings import takings
from dateline.records import Parse, Report

NameKind = Literal[
    "actor", "state", "country", "people", "place", "person", "organisation", "community", "date", "other"
]
TAGS: dict[str, NameKind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "community",
    "DATE": "date", "TIME": "date", "EVENT": "other", "PRODUCT": "other", "LAW": "other", "WORK_OF_ART": "other",
}  # fmt: skip
LOCATIVE = frozenset("in at near from to into around outside inside towards toward of across throughout".split())
WITHIN = frozenset({"in", "at", "near", "inside", "outside"})
TITLES = frozenset(
    "mr mrs ms dr president minister general colonel gen col lt maj capt captain major governor sheikh senator king"
    " commander spokesman spokeswoman spokesperson chief ambassador secretary mullah ayatollah pope prince imam".split()
)
PLACE_WORDS = frozenset(
    "village town city district province suburb neighbourhood neighborhood camp settlement area region commune valley"
    " island port checkpoint crossing outskirt township county department locality hamlet circle prefecture".split()
)
# What a place is called in apposition to its name: "Maidan Shahr, the capital of Wardak".
SEATS = PLACE_WORDS | frozenset("capital centre center seat stronghold hometown birthplace".split())
SAYING = frozenset("say tell add claim announce declare confirm warn note explain insist write report ask".split())
LONGEST = 5
PARTICLES = frozenset({"e", "al", "el", "de", "la", "es", "ar"})
CERTAIN = 3.0  # the vote from which a name that the gazetteer lacks is a place
TOWN = 5_000  # inhabitants from which a place is spoken of by its bare name; the seat of a unit is always
RIVAL = 0.3  # the share of the largest place's population that makes a namesake a rival


class PlaceNames(Protocol):
    """What naming needs of the gazetteer."""

    def best_feature(self, surface: str) -> str | None:
        """Return the feature of the best entry that has this name, or None."""
        ...

    def exact(self, name: str) -> Sequence[Candidate]:
        """Return the entries that have this name, the weightiest first."""
        ...


class Name(msgspec.Struct, frozen=True):
    """A name at tokens `first` to `last` (half-open); `ids` are actor ids or a country's iso2 code."""

    first: int
    last: int
    kind: NameKind
    ids: tuple[str, ...] = ()


class NameFinder:
    """Finds the names of a report."""

    def __init__(self, actors: Catalogue, countries: Countries, places: PlaceNames | None) -> None:
        self.actors = actors
        self.countries = countries
        self.places = places

    def countries_of(self, surface: str) -> set[str]:
        """Return the countries (ISO2) of the places of this name that matter: the largest and its rivals."""
        found = self.places.exact(surface) if self.places else ()
        least = found[0].population * RIVAL if found else 0
        return {c.country for c in found if c.population >= least and c.country}

    def find(self, report: Report, parse: Parse) -> dict[int, Name]:
        """Return, for each token that is part of a name, that name."""
        owner: dict[int, Name] = {}
        for name in self._known(report, parse):
            _claim(owner, name)
        for name in self._countries(parse, owner):
            _claim(owner, name)
        for name in self._tagged(parse, owner):
            _claim(owner, name)
        surnames = _surnames(parse, owner)
        return self._places(report, parse, owner, surnames)

    def _known(self, report: Report, parse: Parse) -> list[Name]:
        found: dict[tuple[int, int], list[str]] = {}
        for start, end, actor, _ in self.actors.find(report.text):
            found.setdefault((start, end), []).append(actor)
        names = []
        for (start, end), ids in sorted(found.items()):
            first = bisect_left(parse.starts, start)
            last = bisect_left(parse.starts, end)
            if first < last and parse.starts[first] == start and parse.ends[last - 1] == end:
                names.append(Name(first, last, "actor", tuple(ids)))
        return names

    def _countries(self, parse: Parse, owner: dict[int, Name]) -> list[Name]:
        names, token, texts = [], 0, parse.texts
        people = {
            t for e in parse.entities if e.label == "PERSON" and e.last - e.first > 1 for t in range(e.first, e.last)
        }
        while token < len(texts):
            step = 1
            if texts[token][:1].isupper() and token not in owner and token not in people:
                for length in range(min(LONGEST, len(texts) - token), 0, -1):
                    words = " ".join(texts[token : token + length])
                    name = self._country(token, token + length, words)
                    if name is not None:
                        names.append(name)
                        step = length
                        break
            token += step
        return names

    def _country(self, first: int, last: int, words: str) -> Name | None:
        """Return the country, the people or the stand-in for a government ("Kremlin") that `words` name."""
        if found := self.countries.by_name(words):
            return Name(first, last, "country", tuple(c.iso2 for c in found))
        if found := self.countries.by_demonym(words):
            return Name(first, last, "people", tuple(c.iso2 for c in found))
        stands = self.countries.by_metonym(words)
        # A capital is a place first; whether it stands for its government is decided by the clause (placing).
        if stands and words not in {c.capital for c, _ in stands}:
            return Name(first, last, "state", tuple(f"{c.iso2}:{kind}" for c, kind in stands))
        return None

    def _tagged(self, parse: Parse, owner: dict[int, Name]) -> list[Name]:
        names = []
        for entity in parse.entities:
            kind = TAGS.get(entity.label)
            first, last = entity.first, entity.last
            if kind is None:
                continue
            if kind != "date":
                while first < last and parse.texts[first].lower() in ("the", "a", "an", '"', "'"):
                    first += 1
                while first < last and parse.texts[last - 1] in ("'s", "'", '"', ","):
                    last -= 1
                # A name that holds a known actor or a country at its edge is cut there: "Badghis Governor
                # Hessamuddin Shams", "Taliban spokesman Zabihullah".
                while first < last and first in owner and kind == "person":
                    first += 1
                while kind == "person" and first < last - 1 and parse.texts[first].lower().rstrip(".") in TITLES:
                    first += 1
                while first < last and parse.lemmas[last - 1] in ("and", "or"):
                    last -= 1
            if first < last and parse.texts[first][:1].isalnum():
                names += [Name(begin, end, kind) for begin, end in self._parts(parse, first, last, kind)]
        return names

    def _parts(self, parse: Parse, first: int, last: int, kind: NameKind) -> list[tuple[int, int]]:
        """Return the names in what was tagged as one: "Dand and Panjwai" are two, "Bosnia and Herzegovina" is one."""
        joint = next((t for t in range(first + 1, last - 1) if parse.lemmas[t] == "and"), -1)
        parts = [(first, joint), (joint + 1, last)]
        if kind in ("date", "person") or joint < 0 or self._is_place(parse, first, last):
            return [(first, last)]
        return parts if all(self._is_place(parse, *part) for part in parts) else [(first, last)]

    def _is_place(self, parse: Parse, first: int, last: int) -> bool:
        words = " ".join(parse.texts[first:last]).replace(" - ", "-")
        return self.places is not None and bool(self.places.best_feature(words))

    def _places(
        self, report: Report, parse: Parse, owner: dict[int, Name], surnames: frozenset[str]
    ) -> dict[int, Name]:
        """Decide for each surface whether it is a place, and put the places in."""
        if self.places is None:
            return owner
        votes: dict[str, float] = {}
        spots: dict[str, list[tuple[int, int]]] = {}
        spoken = self._spoken_of(parse, owner)
        candidates = [*_candidates(parse, owner), *self._longer(parse, owner), *self._hyphened(parse, owner)]
        candidates += _called(report, parse, owner)
        for first, last in dict.fromkeys(candidates):
            surface = _surface(parse, first, last)
            if surface in surnames:
                continue
            taken = self._taken(report, parse, first, last, spoken)
            of_people = first in owner and owner[first].kind == "community"
            inside = first > 0 and parse.texts[first - 1].lower() in WITHIN
            if of_people and not taken and not (inside and self._is_town(surface, spoken)):
                continue  # a people, until it stands where a place stands
            spots.setdefault(surface, []).append((first, last))
            vote = _vote(parse, owner, first, last) + taken
            votes[surface] = votes.get(surface, 0.0) + vote
        claimed: set[int] = set()
        for surface in sorted(spots, key=lambda s: (-len(s.split()), s)):
            # What no gazetteer knows is a place where the words around it say so: "the village of Nyaung Kone".
            known = bool(self.places.best_feature(surface))
            if votes[surface] < 0 or (not known and votes[surface] < CERTAIN):
                continue
            for first, last in spots[surface]:
                if claimed.isdisjoint(range(first, last)):
                    claimed.update(range(first, last))
                    for token in range(first, last):
                        held = owner.get(token)
                        if held is not None and held.kind != "actor":
                            for other in range(held.first, held.last):
                                owner.pop(other, None)
                    _claim(owner, Name(first, last, "place"))
        return owner

    def _spoken_of(self, parse: Parse, owner: dict[int, Name]) -> set[str]:
        """Return the countries (ISO2) of the actors, peoples and surely tagged places of a report."""
        spoken: set[str] = set()
        for name in {(n.first, n.last): n for n in owner.values()}.values():
            if name.kind == "actor":
                spoken.update(c for i in name.ids for c in self.actors.by_id[i].country)
            elif name.kind in ("country", "people"):
                spoken.update(name.ids)
            elif name.kind == "place":
                spoken.update(self.countries_of(_surface(parse, name.first, name.last)))
        return spoken

    def _taken(self, report: Report, parse: Parse, first: int, last: int, spoken: set[str]) -> float:
        """Weigh what is done to a name, or what it is called: a place is conquered, falls, is the centre of Y."""
        known = takings()
        if known.is_called(report.text[parse.ends[last - 1] : parse.ends[last - 1] + 90]):
            return CERTAIN + 1.0
        told = _undergoes(parse, first, last)
        if told is None:
            return 0.0
        lemma, sure = told
        if lemma in known.places and sure:
            return 2.0
        return 2.0 if self._is_town(_surface(parse, first, last), spoken) else 0.0

    def _is_town(self, surface: str, spoken: set[str]) -> bool:
        """Whether the gazetteer has a town of this name where the report plays, or a seat where it does not say."""
        found = self.places.exact(surface) if self.places else ()
        alone = not spoken and len({place.country for place in found}) == 1
        return any(
            (place.capital or place.official or place.population >= TOWN)
            if alone or spoken.intersection(place.countries)
            else place.capital and not spoken
            for place in found
            if place.feature in ("city", "admin1", "admin2")
        )

    def _hyphened(self, parse: Parse, owner: dict[int, Name]) -> list[tuple[int, int]]:
        """Return names of places of which the tagger took only what stands behind a hyphen: "Pul-e" and "Alam"."""
        found = []
        for name in {(n.first, n.last): n for n in owner.values() if n.kind not in ("actor", "date")}.values():
            first = name.first
            while first > 0 and name.last - first < 2 * LONGEST and _tied(parse, first):
                first -= 1
            if first == name.first or not parse.texts[first][:1].isupper():
                continue
            if self.places is not None and self.places.best_feature(_surface(parse, first, name.last)):
                found.append((first, name.last))
        return found

    def _longer(self, parse: Parse, owner: dict[int, Name]) -> list[tuple[int, int]]:
        """Return names of places of which the tagger took only the first word: "Deir Ezzor", "Qala Naw"."""
        found = []
        for name in {(n.first, n.last): n for n in owner.values() if n.kind in ("place", "other")}.values():
            last = name.last
            if last >= len(parse) or parse.pos[last] != "PROPN" or not parse.texts[last][:1].isupper():
                continue
            held = owner.get(last)
            free = held is None or (held.last - held.first == 1 and held.kind in ("place", "other", "person"))
            same = parse.sentence_of[last] == parse.sentence_of[name.first]
            surface = " ".join(parse.texts[name.first : last + 1])
            if free and same and self.places is not None and self.places.best_feature(surface):
                found.append((name.first, last + 1))
        return found


def _called(report: Report, parse: Parse, owner: dict[int, Name]) -> list[tuple[int, int]]:
    """Return single words, taken for common ones, that are called places: "Nili, centre of Daykundi"."""
    known = takings()
    return [
        (token, token + 1)
        for token in range(len(parse))
        if token not in owner
        and parse.pos[token] in ("NOUN", "ADJ")
        and parse.texts[token].istitle()
        and known.is_called(report.text[parse.ends[token] : parse.ends[token] + 90])
    ]


def _surface(parse: Parse, first: int, last: int) -> str:
    return " ".join(parse.texts[first:last]).replace(" - ", "-").replace(" '", "'")


def _tied(parse: Parse, token: int) -> bool:
    """Whether a name goes on to the left of `token`: over a hyphen, or over a particle behind one."""
    before = parse.texts[token - 1]
    close = parse.starts[token] == parse.ends[token - 1] and "-" in (before, parse.texts[token])
    behind = token > 1 and before.islower() and len(before) < 3 and parse.texts[token - 2] == "-"
    return close or behind


def _undergoes(parse: Parse, first: int, last: int) -> tuple[str, bool] | None:
    """Return the verb that a name undergoes as a place does, and whether only a place can; None without one."""
    known = takings()
    head = next((t for t in range(last - 1, first - 1, -1) if not first <= parse.heads[t] < last), last - 1)
    while parse.deps[head] == "conj" and parse.pos[parse.heads[head]] == "PROPN" and parse.heads[head] != head:
        head = parse.heads[head]
    dep, verb = parse.deps[head], parse.heads[head]
    lemma = parse.lemmas[verb].lower()
    if (
        dep == "nsubjpass"
        and lemma in known.carried
        and any(parse.lemmas[c].lower() in ("to", "into", "from", "away") for c in parse.of_dep(verb, "prep", "advmod"))
    ):
        return None  # "was taken to hospital": a person
    if dep in ("nsubjpass", "dobj") and lemma in known.places | known.either:
        return lemma, lemma in known.places
    if dep == "nsubj" and lemma in known.passes:
        near = [c for p in parse.of_dep(verb, "prep") for c in parse.of_dep(p, "pobj")] + parse.of_dep(verb, "dobj")
        return (lemma, False) if any(parse.lemmas[c].lower() in known.under for c in near) else None
    if dep == "nsubj" and lemma in known.given:
        to = [c for p in parse.of_dep(verb, "prep") if parse.lemmas[p].lower() == "to" for c in parse.of_dep(p, "pobj")]
        return (lemma, False) if any(parse.pos[c] == "PROPN" for c in to) else None
    if dep != "nsubj" or lemma not in known.yields:
        return None
    for child in parse.children[verb]:
        if parse.deps[child] in ("acomp", "oprd", "attr", "dobj", "prt"):
            return None
        if parse.deps[child] == "prep" and child > verb:
            inner = {parse.lemmas[c].lower() for c in parse.children[child]}
            if parse.lemmas[child].lower() not in known.with_ or inner & known.unlike:
                return None
    return lemma, False


def _claim(owner: dict[int, Name], name: Name) -> None:
    if not any(token in owner for token in range(name.first, name.last)):
        for token in range(name.first, name.last):
            owner[token] = name


def _surnames(parse: Parse, owner: dict[int, Name]) -> frozenset[str]:
    """Name the persons whose full name stands elsewhere, and return the last words of the full names.

    The tagger takes a surname that stands alone for a city, an organisation or nothing at all.
    """
    full = {n.last for n in owner.values() if n.kind == "person" and n.last - n.first > 1}
    located = {
        parse.texts[n.first]
        for n in owner.values()
        if n.kind in ("country", "people", "actor") and n.last - n.first == 1
    }
    known = frozenset(parse.texts[last - 1] for last in full if len(parse.texts[last - 1]) > 2) - located
    for token in range(len(parse)) if known else ():
        held = owner.get(token)
        alone = held is None or (held.last - held.first == 1 and held.kind in ("place", "organisation", "other"))
        before = parse.texts[token - 1].lower() if token else ""
        if parse.texts[token] in known and alone and before not in LOCATIVE:
            owner[token] = Name(token, token + 1, "person")
    return known


def _candidates(parse: Parse, owner: dict[int, Name]) -> list[tuple[int, int]]:
    """Return the stretches that may be names of places: tagged names, and capitalised words with no name."""
    kinds = ("place", "person", "organisation", "other", "community")
    found = {(n.first, n.last) for n in owner.values() if n.kind in kinds}
    token, count = 0, len(parse)
    while token < count:
        if token in owner or parse.pos[token] != "PROPN" or not parse.texts[token][:1].isupper():
            token += 1
            continue
        last = token + 1
        while last - token < LONGEST and _goes_on(parse, owner, token, last):
            last += 1
        found.add((token, last))
        token = last
    return sorted(found)


def _goes_on(parse: Parse, owner: dict[int, Name], first: int, token: int) -> bool:
    """Whether `token` is a further part of a name that begins at `first`: "Qala-e Naw", "Deir al-Zor"."""
    if token >= len(parse) or token in owner or parse.sentence_of[token] != parse.sentence_of[first]:
        return False
    hyphen = parse.texts[token] == "-" and token + 1 < len(parse) and parse.starts[token + 1] == parse.ends[token]
    return parse.pos[token] == "PROPN" or hyphen or parse.texts[token].lower() in PARTICLES


def _is_called_place(parse: Parse, first: int) -> bool:
    """Whether an apposition that begins at `first` says that the name before it is a place's: "the capital of ..."."""
    token, last = first, min(first + 5, len(parse) - 1)
    while token < last and parse.pos[token] in ("DET", "ADJ", "NOUN", "ADV") and parse.lemmas[token] not in SEATS:
        token += 1
    return token < last and parse.lemmas[token] in SEATS and parse.texts[token + 1].lower() in ("of", "in")


def _vote(parse: Parse, owner: dict[int, Name], first: int, last: int) -> float:
    """Weigh one occurrence: above 0 speaks for a place, below 0 for a person or an organisation."""
    name = owner.get(first)
    vote = {"place": 2.0, "person": -1.0, "organisation": -0.5, "other": 0.0}.get(name.kind, 0.0) if name else 0.5
    before = parse.texts[first - 1].lower() if first else ""
    after = parse.texts[last].lower() if last < len(parse) else ""
    head = last - 1
    if before in LOCATIVE:
        vote += 1.5
    elif before == "on":  # "advanced on El Fasher", "an attack on Goma"; but also "on Monday"
        vote += 0.7
    if all(parse.texts[t].isupper() and len(parse.texts[t]) < 5 for t in range(first, last)) and last - first == 1:
        vote -= 1.5  # an acronym
    if before == "of" and first > 1 and parse.lemmas[first - 2] in PLACE_WORDS:
        vote += 2.0
    if after in PLACE_WORDS and parse.texts[last][:1].islower():
        vote += 2.0
    if after == "," and _is_called_place(parse, last + 1):
        vote += 3.0
    if before.rstrip(".") in TITLES:
        vote -= 3.0
    verb = parse.heads[head]
    if parse.deps[head] in ("nsubj", "appos") and parse.lemmas[verb] in SAYING:
        vote -= 2.0
    if parse.deps[head] == "dobj" and parse.pos[verb] == "VERB":
        vote += 1.0
    return vote
