"""Training of the models that fill templates, each on what the ones before it say of texts they have not seen.

The texts are cut into five parts by a hash of their names. A model is trained six times: once without each
part, and once on all. What a model says of a text, for the next model to be trained on, comes from the
training without that text's part (stacking, Wolpert 1992).
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dateline.corpora.muc4 import Template, Templates
from dateline.knowledge.trained import Linear
from dateline.training.linear import Example, fit
from dateline.training.muc4.deciding import Found, Settings, incidents_of
from dateline.training.muc4.entities import Entity
from dateline.training.muc4.examples import set_examples
from dateline.training.muc4.features import NONE, Chances, Index, sentence_features, thing_features
from dateline.training.muc4.keeping import keep_features
from dateline.training.muc4.labels import Labels, labels_of
from dateline.training.muc4.learned import Learned, named
from dateline.training.muc4.linking import Roles, link_features
from dateline.training.muc4.matching import same
from dateline.training.muc4.places import Choice, days, places
from dateline.training.muc4.stories import Story

PARTS = 5
SEEN = 0.03  # things of sentences less probable than this are never asked about
SMALLEST = 0.01
SLOTS_OF = {"human": (18, 19), "physical": (12,), "instrument": (6,), "organisation": (10,), "individual": (9,)}
STRENGTH = {
    "sentence": 0.3, "role": 0.1, "link": 0.1, "keep": 0.05, "set-2": 0.1, "set-3": 0.1, "set-5": 0.3, "set-7": 0.5,
    "set-8": 0.1, "set-11": 0.1, "set-13": 0.5, "set-16": 0.1, "set-20": 0.5, "set-23": 0.1, "set-70": 0.1,
}  # fmt: skip


def part_of(name: str) -> int:
    """Return the part that a text is in."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % PARTS


class Rows:
    """Examples of one model: features, label, the text, and its weight."""

    def __init__(self) -> None:
        self.features: list[Example] = []
        self.labels: list[str] = []
        self.texts: list[str] = []
        self.weights: list[float] = []

    def add(self, features: Example, label: str, text: str, weight: float = 1.0) -> None:
        """Add an example."""
        self.features.append(features)
        self.labels.append(label)
        self.texts.append(text)
        self.weights.append(weight)


class Trainer:
    """Trains the models in turn; `models[part]` are those trained without a part, `models[PARTS]` those on all."""

    def __init__(
        self,
        stories: Mapping[str, Story],
        key: Templates,
        clusters: Mapping[str, int],
        *,
        whole: bool = True,
        seed: int = 0,
    ) -> None:
        """`whole` is False where only the models without a part are wanted."""
        self.stories = {name: story for name, story in stories.items() if len(story.parse) and name in key.by_text}
        self.key, self.seed = key.by_text, seed
        self.models: list[dict[str, Linear]] = [{} for _ in range(PARTS + (1 if whole else 0))]
        self.indexes = {name: Index(story, clusters) for name, story in self.stories.items()}
        self.labels: dict[str, Labels] = {
            name: labels_of(index, self.key[name]) for name, index in self.indexes.items()
        }
        self.chances: dict[str, list[Chances]] = {}
        self.roles: dict[str, Roles] = {}
        self.examples = 0

    def fitted(self, name: str, rows: Rows, least: int = 3) -> None:
        """Train the model `name` on its rows."""
        parts = [part_of(text) for text in rows.texts]
        self.examples += len(parts)
        for number, models in enumerate(self.models):
            chosen = [row for row, part in enumerate(parts) if part != number]
            models[name] = fit(
                [rows.features[row] for row in chosen],
                [rows.labels[row] for row in chosen],
                strength=STRENGTH[name],
                least=least,
                smallest=SMALLEST,
                weights=[rows.weights[row] for row in chosen],
                seed=self.seed,
            )

    def sentences(self) -> None:
        """Train the model of sentences."""
        rows = Rows()
        held: dict[str, list[Mapping[str, float]]] = {}
        for name, index in self.indexes.items():
            held[name] = [sentence_features(index, n) for n in range(len(index.story.parse.sentences))]
            for number, kind in enumerate(self.labels[name].kind):
                rows.add(held[name][number], kind, name)
        self.fitted("sentence", rows)
        for name, features_of in held.items():
            model = self.models[part_of(name)]["sentence"]
            self.chances[name] = [named(model, features) for features in features_of]

    def things(self) -> None:
        """Train the model of roles; a filler of the key in a sentence that tells of no incident is left out."""
        rows = Rows()
        held: list[tuple[str, int, Mapping[str, float]]] = []
        for name, index in self.indexes.items():
            labels, chances = self.labels[name], self.chances[name]
            for thing in index.story.things:
                if 1 - chances[thing.sentence][NONE] < SEEN:
                    continue
                features = thing_features(index, thing, chances)
                held.append((name, thing.number, features))
                given = labels.roles[thing.number]
                here = [given[place] for place in labels.templates[thing.sentence] if place in given]
                if here or not given:
                    rows.add(features, Counter(here).most_common(1)[0][0] if here else "none", name)
        self.fitted("role", rows)
        found: dict[str, dict[int, dict[str, float]]] = defaultdict(dict)
        for name, number, told in held:
            model = self.models[part_of(name)]["role"]
            given_chances = zip(model.classes, model.probabilities(told), strict=True)
            found[name][number] = {role: float(chance) for role, chance in given_chances if role != "none"}
        self.roles = dict(found)

    def sets(self) -> None:
        """Train the models of the sets."""
        rows: dict[int, Rows] = defaultdict(Rows)
        for name, index in self.indexes.items():
            if self.key[name]:
                given = set_examples(index, self.key[name], self.labels[name], self.chances[name])
                for slot, features, value in given:
                    rows[slot].add(features, value, name)
        for slot, one in sorted(rows.items()):
            self.fitted(f"set-{slot}", one, least=2)

    def links(self) -> None:
        """Train the model of pairs of sentences; a text counts once for each of its sentences."""
        rows = Rows()
        for name, index in self.indexes.items():
            templates = self.labels[name].templates
            told = [number for number, held in enumerate(templates) if held]
            for at, one in enumerate(told):
                for two in told[at + 1 :]:
                    features = list(link_features(index, one, two, self.chances[name], self.roles.get(name, {})))
                    label = "same" if set(templates[one]) & set(templates[two]) else "other"
                    rows.add(features, label, name, 1 / len(told))
        self.fitted("link", rows)

    def found(self, settings: Settings) -> dict[str, Found]:
        """Return the incidents of every text by the models that have not seen it."""
        by = [Learned(models, settings) for models in self.models[:PARTS]]
        return {
            name: incidents_of(index, by[part_of(name)], self.chances[name], self.roles.get(name, {}))
            for name, index in self.indexes.items()
        }

    def incidents(self, settings: Settings) -> None:
        """Train the models of days, places and of which incidents to keep."""
        kept, chosen = Rows(), {2: Rows(), 3: Rows()}
        for name, (incidents, members) in self.found(settings).items():
            index, chances = self.indexes[name], self.chances[name]
            weights = [1 - one[NONE] for one in chances]
            pairs = dict(aligned(self.key[name], incidents_kinds(incidents), members))
            for place in range(len(incidents)):
                features = list(keep_features(index, place, incidents, members, chances))
                kept.add(features, "yes" if place in pairs else "no", name)
            told = {pairs[place]: incident.sentences for place, incident in enumerate(incidents) if place in pairs}
            for place, template in enumerate(self.key[name]):
                # An incident that was not found is learned from where the key's fillers are told.
                own = tuple(n for n, held in enumerate(self.labels[name].templates) if place in held)
                sentences = told.get(place, own)
                if not sentences:
                    continue
                choices = {2: days(index, sentences, weights), 3: places(index, sentences, weights)}
                for slot, offered in choices.items():
                    values = template.values(slot)
                    for choice in offered if values else ():
                        chosen[slot].add(choice.features, "yes" if right(slot, choice, values) else "no", name)
        self.fitted("keep", kept)
        for slot, rows in chosen.items():
            self.fitted(f"set-{slot}", rows, least=2)

    def scores(self, settings: Settings) -> dict[str, float]:
        """Return how many of the key's incidents are found, and of those found are the key's, in unseen texts."""
        asked = given = right_ones = 0
        for name, (incidents, members) in self.found(settings).items():
            by = Learned(self.models[part_of(name)], settings)
            index, chances = self.indexes[name], self.chances[name]
            kept = [
                place
                for place in range(len(incidents))
                if by.keep(list(keep_features(index, place, incidents, members, chances))) >= settings.keep
            ]
            pairs = dict(aligned(self.key[name], incidents_kinds(incidents), members))
            asked += sum(not one.optional for one in self.key[name])
            given += len(kept)
            right_ones += sum(place in pairs for place in kept)
        return {
            "incidents found, five parts": round(right_ones / max(asked, 1), 3),
            "incidents right, five parts": round(right_ones / max(given, 1), 3),
        }

    def run(self, settings: Settings) -> None:
        """Train everything."""
        self.sentences()
        self.things()
        self.sets()
        self.links()
        self.incidents(settings)


def incidents_kinds(incidents: Sequence[object]) -> list[str]:
    """Return the types of incidents."""
    return [one.kind for one in incidents]  # type: ignore[attr-defined]


def aligned(
    key: Sequence[Template], kinds: Sequence[str], members: Sequence[Sequence[Entity]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of an incident and the template it stands for: those that share most, the best first."""
    scores = []
    for place, entities in enumerate(members):
        for number, template in enumerate(key):
            shared = sum(
                any(same(thing, value, slot in (10, 18)) for thing in entity.things)
                for entity in entities
                for slot in SLOTS_OF[entity.role]
                for fill in template.fills.get(slot, ())
                for value in fill.values[:3]
            )
            if shared:
                scores.append((-shared - (kinds[place] in template.values(4)), place, number))
    used: set[int] = set()
    taken: set[int] = set()
    for _, place, number in sorted(scores):
        if place not in used and number not in taken:
            used.add(place)
            taken.add(number)
            yield place, number


def right(slot: int, choice: Choice, values: Sequence[str]) -> bool:
    """Return whether a day or a place is the key's: the same day, the same lowest place."""
    for value in values:
        if slot == 2:
            if _day(value) == _day(choice.words):
                return True
        elif _last(value) == choice.last:
            return True
    return False


def _day(value: str) -> str:
    return " ".join(part.lstrip("0") for part in value.upper().split())


def _last(value: str) -> str:
    return value.upper().split(":")[-1].split("(")[0].strip()
