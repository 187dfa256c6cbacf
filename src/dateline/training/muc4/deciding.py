"""From a story to its templates: which model decides what, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from dateline.corpora.muc4 import Template
from dateline.training.muc4.entities import Entity, gathered
from dateline.training.muc4.features import NONE, Chances, Index
from dateline.training.muc4.filling import template_of
from dateline.training.muc4.incidents import Incident, grouped
from dateline.training.muc4.keeping import keep_features
from dateline.training.muc4.linking import Roles
from dateline.training.muc4.stories import Thing

TARGETS = ("human", "physical")
ROLES = {"human": 0.3, "physical": 0.3, "instrument": 0.35, "organisation": 0.25, "individual": 0.25}


class Settings(msgspec.Struct, frozen=True):
    """From which chance on something counts: chosen by the official score in five folds of the texts looked at.

    `sentence`: a sentence tells of an incident; `incident`: the best of its sentences does; `link`: two
    sentences tell of the same; `keep`: an incident is reported; `role`: a thing has a role; `beside`: a
    sentence next to an incident's is searched for those who take part in it; `far`: a thing anywhere else
    takes part in the closest incident; `only`: the likeliest target of an incident that has none.
    """

    sentence: float = 0.2
    incident: float = 0.25
    link: float = 0.65
    keep: float = 0.3
    beside: float = 0.05
    far: float = 0.45
    only: float = 0.1
    role: Mapping[str, float] = msgspec.field(default_factory=lambda: dict(ROLES))


class Deciding(Protocol):
    """What the decisions are made by: trained models, or rules."""

    settings: Settings
    clusters: Mapping[str, int]

    def chances(self, index: Index) -> list[Chances]:
        """Return for each sentence the chance of each type of incident."""
        ...

    def roles(self, index: Index, chances: Sequence[Chances], /) -> Roles:
        """Return for each thing, by its number, the chance of each role."""
        ...

    def link(self, index: Index, one: int, two: int, chances: Sequence[Chances], roles: Roles, /) -> float:
        """Return the chance that two sentences tell of one incident."""
        ...

    def predict(self, slot: int, features: Mapping[str, float]) -> Mapping[str, float]:
        """Return the chances of the values of a set slot (days and places: of "yes")."""
        ...

    def keep(self, features: Sequence[str]) -> float:
        """Return the chance that an incident is to be reported."""
        ...


Found = tuple[list[Incident], list[list[Entity]]]


def incidents_of(index: Index, by: Deciding, chances: Sequence[Chances], roles: Roles) -> Found:
    """Return the incidents that a text may tell of, and who and what takes part in each."""
    settings = by.settings
    known: dict[tuple[int, int], float] = {}

    def link(within: Index, one: int, two: int) -> float:
        pair = (min(one, two), max(one, two))
        if pair not in known:
            known[pair] = by.link(within, *pair, chances, roles)
        return known[pair]

    weights = [1 - one[NONE] for one in chances]
    found = grouped(index, chances, weights, settings.sentence, link, settings.link, {})
    incidents = [one for one in found if one.chance >= settings.incident]
    taken = {number for one in incidents for number in one.sentences}
    members = []
    for place, incident in enumerate(incidents):
        near = set(incident.sentences)
        for number, weight in enumerate(weights):
            if number not in taken and weight >= settings.beside and _nearest(incidents, number) == place:
                near.add(number)
        things = [thing for number in sorted(near) for thing in index.things[number]]
        things += [
            thing
            for thing in index.story.things
            if thing.sentence not in taken
            and thing.sentence not in near
            and max(roles.get(thing.number, {}).values(), default=0.0) >= settings.far
            and _closest(incidents, thing.sentence) == place
        ]
        members.append(_taking_part(index, things, roles, settings))
    return incidents, members


def _taking_part(index: Index, things: list[Thing], roles: Roles, settings: Settings) -> list[Entity]:
    """Return who and what takes part in an incident; the likeliest target where none is likely enough.

    An incident without a target is not worth reporting, and there is hardly ever one without.
    """
    found = gathered(index.story, things, roles, settings.role)
    if any(entity.role in TARGETS for entity in found):
        return found
    lower = {role: settings.only if role in TARGETS else least for role, least in settings.role.items()}
    more = [entity for entity in gathered(index.story, things, roles, lower) if entity.role in TARGETS]
    return sorted([*found, *more[:1]], key=lambda entity: -entity.chance)


def _nearest(incidents: Sequence[Incident], number: int) -> int:
    """Return the place of the incident that has a sentence right beside this one, -1 where none has."""
    apart = [min(abs(number - other) for other in one.sentences) for one in incidents]
    return apart.index(1) if 1 in apart else -1


def _closest(incidents: Sequence[Incident], number: int) -> int:
    """Return the place of the incident whose sentences are closest, the earlier of two."""
    apart = [min(abs(number - other) for other in one.sentences) for one in incidents]
    return apart.index(min(apart))


def templates_of(index: Index, by: Deciding) -> list[Template]:
    """Return the templates of a text."""
    if not len(index.story.parse):
        return []
    chances = by.chances(index)
    roles = by.roles(index, chances)
    incidents, members = incidents_of(index, by, chances, roles)
    made: list[Template] = []
    for place, (incident, entities) in enumerate(zip(incidents, members, strict=True)):
        features = list(keep_features(index, place, incidents, members, chances))
        if by.keep(features) >= by.settings.keep:
            made.append(template_of(index, incident, entities, chances, by.predict, len(made) + 1))
    return made
