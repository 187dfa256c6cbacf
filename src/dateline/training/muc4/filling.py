"""From an incident and those who take part in it to a template."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dateline.corpora.muc4 import Fill, Template
from dateline.knowledge.actors import countries
from dateline.knowledge.numerals import value_of
from dateline.records import Parse
from dateline.training.muc4.entities import Entity
from dateline.training.muc4.features import NONE, Chances, Index, lemmas, sentence_features, thing_features
from dateline.training.muc4.incidents import Incident
from dateline.training.muc4.matching import content
from dateline.training.muc4.places import country_name, days, home, places
from dateline.training.muc4.stories import Story, Thing

Predict = Callable[[int, Mapping[str, float]], Mapping[str, float]]
"""The probabilities of the values of a set slot, by its number, for features."""
EMPTY = "-"
ALWAYS = frozenset({13, 20})  # sets that are filled wherever there is something to fill them for
UNNAMED = 70  # the type of an instrument that is not named: our number for slot 7 without slot 6
HALF = 0.5
NAMED_IN = {"human": 19, "physical": 12, "instrument": 6, "organisation": 10, "individual": 9}
SETS_OF = {"human": (20, 23), "physical": (13, 16), "instrument": (7,), "organisation": (11,), "individual": ()}
BARRED = {
    "KIDNAPPING": frozenset({6, 7, 12, 13, 14, 15, 16, 17}),
    "ARSON": frozenset({6, 7}),
    "FORCED WORK STOPPAGE": frozenset({6, 7}),
}
NATIONS = {
    "US": "UNITED STATES", "GB": "UNITED KINGDOM", "RU": "USSR", "CN": "PEOPLES REP OF CHINA", "DE": "WEST GERMANY",
    "KR": "REPUBLIC OF KOREA", "TW": "REPUBLIC OF CHINA", "ZA": "REPUBLIC OF SOUTH AFRICA", "SU": "USSR",
    "KP": "DEMOCRATIC PEOPLES REP OF KOREA", "VA": "VATICAN CITY", "CZ": "CZECHOSLOVAKIA",
}  # fmt: skip


def fill_features(index: Index, thing: Thing, chances: Sequence[Chances], words: str, title: str) -> dict[str, float]:
    """Return the features by which the values of a thing's sets are chosen."""
    found = thing_features(index, thing, chances)
    for word in content(words):
        found[f"W={word}"] = 1.0
        found[f"WC={index.clusters.get(word.lower())}"] = 1.0
    for word in content(title) if title else ():
        found[f"T={word}"] = 1.0
        found[f"TC={index.clusters.get(word.lower())}"] = 1.0
    if words:
        found[f"W-1={content(words)[-1] if content(words) else ''}"] = 1.0
    for word in lemmas(index.story.parse, thing.sentence):
        found[f"L={word}"] = 1.0
    for claim in index.claims[thing.sentence]:
        if claim.attribution.chain and claim.attribution.cue is not None:
            speaker = claim.attribution.chain[0]
            found[f"by={speaker.kind}"] = 1.0
            found[f"by={speaker.entity or speaker.side}:{thing.mention.entity}"] = 1.0
            found[f"by itself={bool(speaker.entity) and speaker.entity == thing.mention.entity}"] = 1.0
        found[f"S={claim.predication.sense}"] = 1.0
        found[f"E={claim.predication.effect}"] = 1.0
        for quantity in claim.predication.quantities:
            found[f"Q={quantity.what}:{quantity.best == 0}"] = 1.0
    for role, claim in index.roles(thing):
        for quantity in claim.predication.quantities:
            found[f"R={role}:{quantity.what}:{quantity.best == 0}"] = 1.0
        found[f"A={bool(claim.attribution.cue)}:{claim.predication.status}:{claim.attribution.hedge}"] = 1.0
    return found


def incident_features(index: Index, incident: Incident, entities: Sequence[Entity]) -> dict[str, float]:
    """Return the features of an incident as a whole."""
    found: dict[str, float] = {f"kind={incident.kind}": 1.0}
    for number in incident.sentences:
        for name, value in sentence_features(index, number).items():
            if name.startswith(("w=", "ww=", "s=", "p=", "age=")):
                found[name] = max(found.get(name, 0.0), value)
    for entity in entities:
        for thing in entity.things:
            found[f"{entity.role}={thing.mention.kind or thing.mention.label}"] = 1.0
        if entity.role in ("individual", "organisation"):
            for word in content(entity.words):
                found[f"{entity.role}:{word}"] = 1.0
    for role in ("individual", "organisation", "human", "physical", "instrument"):
        found[f"has {role}={any(entity.role == role for entity in entities)}"] = 1.0
    found[f"has perp={any(e.role in ('individual', 'organisation') for e in entities)}"] = 1.0
    return found


class Filling:
    """Fills the slots of one incident."""

    def __init__(self, index: Index, incident: Incident, chances: Sequence[Chances], predict: Predict) -> None:
        self.index, self.incident, self.chances, self.predict = index, incident, chances, predict
        self.fills: dict[int, list[Fill]] = {}
        self.abroad = home(index.story)

    def put(self, slot: int, value: str, *refers: str) -> None:
        """Add a filler, unless it is empty."""
        if value and value != EMPTY:
            self.fills.setdefault(slot, []).append(Fill((value,), refers))

    def whole(self, entities: Sequence[Entity]) -> None:
        """Fill what is the incident's as a whole."""
        weights = [1 - one[NONE] for one in self.chances]
        sentences = self.incident.sentences
        choices = {2: days(self.index, sentences, weights), 3: places(self.index, sentences, weights)}
        for slot, offered in choices.items():
            scored = [
                (self.predict(slot, dict.fromkeys(one.features, 1.0)).get("yes", 0.0), one.words) for one in offered
            ]
            self.put(slot, max(scored)[1] if scored else EMPTY)
        self.put(4, self.incident.kind)
        features = incident_features(self.index, self.incident, entities)
        for slot in (5, 8):
            self.put(slot, chosen(self.predict(slot, features), 0.0))
        if not any(entity.role == "instrument" for entity in entities):
            self.put(7, chosen(self.predict(UNNAMED, features), HALF), EMPTY)

    def entity(self, entity: Entity) -> None:
        """Fill what one entity gives."""
        if entity.personal and entity.role == "human":
            self.put(18, entity.words)
            self.put(19, entity.title, entity.words)
        else:
            self.put(NAMED_IN[entity.role], entity.words)
        for slot in SETS_OF[entity.role]:
            self.put(slot, self._chosen_for(slot, entity), entity.words)
        if entity.role in ("physical", "human"):
            number, foreign = (14, 15) if entity.role == "physical" else (21, 22)
            self.put(number, how_many(self.index.story, entity), entity.words)
            self.put(foreign, nation(entity, self.abroad), entity.words)

    def _chosen_for(self, slot: int, entity: Entity) -> str:
        """Return the value that the entity's things together make most probable."""
        totals: Counter[str] = Counter()
        for thing in entity.things:
            features = fill_features(self.index, thing, self.chances, entity.words, entity.title)
            for value, chance in self.predict(slot, features).items():
                totals[value] += math.log(max(chance, 1e-4))  # type: ignore[assignment]
        return max(sorted(totals), key=lambda value: totals[value], default=EMPTY)


def template_of(
    index: Index,
    incident: Incident,
    entities: Sequence[Entity],
    chances: Sequence[Chances],
    predict: Predict,
    number: int,
) -> Template:
    """Return the template of an incident."""
    filling = Filling(index, incident, chances, predict)
    filling.whole(entities)
    for entity in entities:
        filling.entity(entity)
    barred = BARRED.get(incident.kind, frozenset())
    kept = {slot: tuple(held) for slot, held in filling.fills.items() if slot not in barred}
    return Template(index.story.name, number, kept, False, barred)


def chosen(chances: Mapping[str, float], least: float) -> str:
    """Return the most probable value, EMPTY where it is not sure enough."""
    if not chances:
        return EMPTY
    best = max(sorted(chances), key=lambda value: chances[value])
    return best if chances[best] >= least else EMPTY


def how_many(story: Story, entity: Entity) -> str:
    """Return the number of an entity as templates have it: 1, 50, ~50, 6-, PLURAL."""
    if entity.personal:
        return "1"
    votes: Counter[str] = Counter()
    for thing in entity.things:
        votes[_counted(story.parse, thing)] += 1
    exact = [value for value, _ in votes.most_common() if value not in ("PLURAL", "1")]
    return exact[0] if exact else votes.most_common(1)[0][0]


def _counted(parse: Parse, thing: Thing) -> str:
    head = thing.mention.head
    for child in parse.children[head]:
        if parse.deps[child] == "nummod" or (parse.tags[child] == "CD" and child < head):
            value = value_of(parse.texts[child].lower())
            if value is None:
                continue
            before = [parse.lemmas[t] for t in range(max(0, child - 3), child)]
            number = str(int(value))
            if "about" in before or "approximately" in before or "some" in before or "nearly" in before:
                return f"~{number}"
            if before[-2:] == ["at", "least"] or before[-1:] == ["least"] or before[-2:] == ["more", "than"]:
                return f"{number}-"
            return number
    if parse.tags[head] in ("NNS", "NNPS"):
        return "PLURAL"
    return "1"


def nation(entity: Entity, abroad: str) -> str:
    """Return the nation of an entity of another country than the incident's, where its words say it."""
    known = countries()
    for word in (*content(entity.words), *content(entity.title)):
        for country in (*known.by_demonym(word), *known.by_name(word)) if len(word) > 3 else ():
            if country.iso2 != abroad:
                return NATIONS.get(country.iso2) or country_name(country.iso2)
    joined = f"{entity.words} {entity.title}"
    if any(name in joined for name in ("U.S.", "UNITED STATES", "NORTH AMERICAN")):
        return "UNITED STATES"
    if "SOVIET" in joined:
        return "USSR"
    return ""
