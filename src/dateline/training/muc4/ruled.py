"""The decisions by rules alone: Dateline's claims are the incidents, their participants have the roles."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.records import Claim
from dateline.training.muc4.deciding import Settings
from dateline.training.muc4.features import NONE, Chances, Index, age
from dateline.training.muc4.filling import EMPTY
from dateline.training.muc4.linking import Roles
from dateline.training.muc4.stories import Thing

SURE, UNSURE = 0.9, 0.02
HAPPENED = frozenset({"asserted", "ongoing", "attempted"})
FAR = 8  # sentences


@functools.cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))


class Ruled:
    """Decides by rules."""

    clusters: Mapping[str, int] = {}
    settings = Settings(sentence=0.5, incident=0.5, link=0.5, keep=0.5, beside=1.0, role=dict.fromkeys(
        ("human", "physical", "instrument", "organisation", "individual"), 0.5))  # fmt: skip

    def __init__(self) -> None:
        self.rules = _rules()
        self.armed = frozenset(self.rules["kinds"]["armed"])

    def kind(self, index: Index, claim: Claim) -> str:
        """Return the type of incident that a claim tells of, NONE where it tells of none to report."""
        event = claim.predication
        if event.plover != "ASSAULT" or event.polarity == "denied" or event.status not in HAPPENED:
            return NONE
        if event.sense in self.rules["fighting"]["senses"] or age(index.story, claim) in ("old", "year", "future"):
            return NONE
        targets = [part for part in event.participants if part.role == "target"]
        if targets and all(part.kind in self.armed for part in targets):
            return NONE
        if not event.participants and not event.quantities:
            return NONE
        types = self.rules["types"]
        return str(types.get(event.sense) or types.get(event.mode) or "ATTACK")

    def chances(self, index: Index) -> list[Chances]:
        """Return for each sentence its type by its claims."""
        found: list[Chances] = []
        for claims in index.claims:
            kinds = [kind for claim in claims if (kind := self.kind(index, claim)) != NONE]
            chosen = next((kind for kind in kinds if kind != "ATTACK"), kinds[0] if kinds else NONE)
            found.append({chosen: SURE, NONE: 1 - SURE} if kinds else {NONE: 1.0})
        return found

    def roles(self, index: Index, _: Sequence[Chances]) -> Roles:
        """Return the role of each thing that takes part in a claim."""
        found: dict[int, dict[str, float]] = {}
        for thing in index.story.things:
            for role, claim in index.roles(thing):
                if self.kind(index, claim) != NONE and (named := self._role(role, thing)):
                    found[thing.number] = {named: SURE}
        return found

    def _role(self, role: str, thing: Thing) -> str:
        mention, kinds = thing.mention, self.rules["kinds"]
        if role == "instrument":
            return "instrument" if mention.kind == "weapon" else ""
        if role == "actor":
            if mention.kind == "weapon":
                return "instrument"
            if mention.kind not in kinds["perpetrators"]:
                return ""
            return "organisation" if mention.named else "individual"
        if role in ("target", "object"):
            if mention.label == "facility" or mention.kind in kinds["physical"]:
                return "" if mention.label == "place" else "physical"
            return "human" if mention.label in ("person", "actor") else ""
        return ""

    def link(self, _: Index, one: int, two: int, chances: Sequence[Chances], __: Roles) -> float:
        """Return SURE where two sentences not far apart tell of the same type of incident."""
        kinds = [max((k for k in chances[n] if k != NONE), key=lambda k: chances[n][k], default="") for n in (one, two)]
        return SURE if kinds[0] == kinds[1] and two - one <= FAR else UNSURE

    def predict(self, slot: int, features: Mapping[str, float]) -> Mapping[str, float]:
        """Return the value of a set by words and kinds, of a day or place by what its claim says."""
        if slot == 2:
            return {"yes": self._weight(features, ("best claim", 2), ("told body in best", 3), ("until text day", 1.5),
                                        ("anchor assumed-text-day", -1.5), ("text day", -0.5))}  # fmt: skip
        if slot == 3:
            return {"yes": self._weight(features, ("claim best True", 3), ("in best", 2), ("kind country", 0.5),
                                        ("interest True", 2), ("home True", 1), ("dateline", 0.4))}  # fmt: skip
        return {self._value(slot, features): 1.0}

    def keep(self, features: Sequence[str]) -> float:
        """Return SURE where an incident has someone or something that it was done to."""
        return SURE if any(f in features for f in ("own targets=1", "own targets=2", "own targets=3")) else UNSURE

    @staticmethod
    def _weight(features: Mapping[str, float], *worth: tuple[str, float]) -> float:
        return sum(value for name, value in worth if name in features)

    def _value(self, slot: int, features: Mapping[str, float]) -> str:
        words = [name[2:] for name in features if name.startswith("W=")]
        kinds = [name[2:] for name in features if name.startswith("k=")]
        if slot == 5:
            return "ACCOMPLISHED"
        if slot == 8:
            state = any(f"{role}={kind}" in features for role in ("organisation", "individual")
                        for kind in self.rules["kinds"]["state"])  # fmt: skip
            return "STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT"
        if slot == 11:
            return "REPORTED AS FACT"
        if slot in (7, 13):
            table = self.rules["instruments" if slot == 7 else "targets"]
            found = [value for value, listed in table.items() if any(word in listed for word in words)]
            return found[0] if found else "EXPLOSIVE" if slot == 7 else "OTHER"
        if slot == 20:
            return next((value for kind in kinds if (value := self.rules["people"].get(kind))), "CIVILIAN")
        effects = self.rules["effects"]
        for name, value in effects.items():
            physical = name in ("damages", "destroys")
            if physical == (slot == 16) and any(f.startswith("r=") and f.endswith(f":{name}") for f in features):
                return str(value)
        return EMPTY
