"""The decisions by trained models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dateline.knowledge.trained import Linear
from dateline.training.muc4 import wording
from dateline.training.muc4.deciding import Settings
from dateline.training.muc4.features import NONE, Chances, Index, sentence_features, thing_features
from dateline.training.muc4.filling import ALWAYS, EMPTY
from dateline.training.muc4.linking import Roles, link_features

NAME = "muc4"
SETS = (2, 3, 5, 7, 8, 11, 13, 16, 20, 23, 70)
LEAST = 0.01  # chances below this are left out


class Learned:
    """Decides by linear models."""

    def __init__(
        self, models: Mapping[str, Linear], settings: Settings | None = None, clusters: Mapping[str, int] | None = None
    ) -> None:
        """`models` are "sentence", "role", "link", "keep" and "set-N" for each slot N of SETS."""
        self.models = models
        self.settings = settings or Settings()
        self.clusters = clusters or {}

    @classmethod
    def load(cls, folder: Path) -> Learned:
        """Read the models of a folder. Raises KnowledgeError where one is not there."""
        names = ("sentence", "role", "link", "keep", *(f"set-{slot}" for slot in SETS))
        models = {name: Linear.load(folder / f"{name}.npz") for name in names}
        return cls(models, clusters=wording.load(folder / "clusters.npz"))

    def chances(self, index: Index) -> list[Chances]:
        """Return for each sentence the chance of each type of incident."""
        model = self.models["sentence"]
        return [named(model, sentence_features(index, number)) for number in range(len(index.story.parse.sentences))]

    def roles(self, index: Index, chances: Sequence[Chances]) -> Roles:
        """Return for each thing the chance of each role."""
        model = self.models["role"]
        found = {}
        for thing in index.story.things:
            given = model.probabilities(thing_features(index, thing, chances))
            found[thing.number] = {
                role: float(chance) for role, chance in zip(model.classes, given, strict=True) if role != "none"
            }
        return found

    def link(self, index: Index, one: int, two: int, chances: Sequence[Chances], roles: Roles) -> float:
        """Return the chance that two sentences tell of one incident."""
        return yes(self.models["link"], list(link_features(index, one, two, chances, roles)), "same")

    def predict(self, slot: int, features: Mapping[str, float]) -> Mapping[str, float]:
        """Return the chances of the values of a set slot."""
        model = self.models[f"set-{slot}"]
        given = dict(zip(model.classes, map(float, model.probabilities(features)), strict=True))
        if slot in ALWAYS:
            given.pop(EMPTY, None)
        return given

    def keep(self, features: Sequence[str]) -> float:
        """Return the chance that an incident is to be reported."""
        return yes(self.models["keep"], features, "yes")


def named(model: Linear, features: Mapping[str, float]) -> Chances:
    """Return the chances of a sentence by type, the smallest left out."""
    given = zip(model.classes, model.probabilities(features), strict=True)
    return {name: round(float(chance), 3) for name, chance in given if chance > LEAST or name == NONE}


def yes(model: Linear, features: Sequence[str], label: str) -> float:
    """Return the chance of a label."""
    return float(model.probabilities(features)[model.classes.index(label)])
