"""Whether what looks like an incident is one to report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.training.muc4.entities import Entity
from dateline.training.muc4.features import NONE, Chances, Index, age
from dateline.training.muc4.incidents import Incident

ROLES = ("human", "physical", "instrument", "organisation", "individual")
STEPS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def steps(name: str, value: float, at: Sequence[float] = STEPS) -> Iterator[str]:
    """Yield a feature for each step that a value reaches."""
    for step in at:
        if value >= step:
            yield f"{name}>={step}"


def keep_features(
    index: Index,
    place: int,
    incidents: Sequence[Incident],
    entities: Sequence[Sequence[Entity]],
    chances: Sequence[Chances],
) -> Iterator[str]:
    """Yield the features of the incident at `place` among a text's incidents."""
    story, incident, members = index.story, incidents[place], entities[place]
    weights = [1 - chances[n][NONE] for n in incident.sentences]
    yield from steps("best", max(weights))
    yield from steps("sum", sum(weights), (0.5, 1.0, 1.5, 2.0, 3.0, 4.0))
    yield from steps("kind", max(chances[n].get(incident.kind, 0.0) for n in incident.sentences))
    yield f"kind={incident.kind}"
    yield f"sentences={min(len(incident.sentences), 5)}"
    yield f"first={min(incident.sentences[0], 8)}"
    yield f"incidents={min(len(incidents), 5)}"
    yield f"place={min(place, 4)}"
    others = [max(1 - chances[n][NONE] for n in one.sentences) for at, one in enumerate(incidents) if at != place]
    rank = sum(other > max(weights) for other in others)
    yield f"rank={min(rank, 4)}"
    yield f"rank={min(rank, 4)} {incident.kind}"
    alike = [at for at, one in enumerate(incidents) if one.kind == incident.kind and at != place]
    yield f"alike={min(len(alike), 3)} {any(at < place for at in alike)}"
    mine = {entity.words for entity in members}
    shared = {e.words for at, held in enumerate(entities) if at != place for e in held}
    yield f"shares={bool(mine & shared)}"
    targets = [e for e in members if e.role in ("human", "physical")]
    own = [e for e in targets if e.words not in shared]
    yield f"own targets={min(len(own), 3)}"
    for role in ROLES:
        found = [e for e in members if e.role == role]
        yield f"{role}={min(len(found), 3)}"
        yield from steps(f"{role} best", max((e.chance for e in found), default=0.0), (0.3, 0.5, 0.7, 0.9))
        for entity in found:
            for thing in entity.things:
                yield f"{role}:{thing.mention.kind or thing.mention.label}"
    human = [thing.mention.kind for e in members if e.role == "human" for thing in e.things]
    armed = {"state-force", "police", "rebel", "armed", "militia", "intelligence"}
    yield f"only armed={bool(human) and all(kind in armed for kind in human)} {bool(own)}"
    for number in incident.sentences:
        for claim in index.claims[number]:
            event = claim.predication
            yield f"s={event.sense}"
            if event.plover == "ASSAULT":
                yield f"age={age(story, claim)}"
                yield f"status={event.status} {event.polarity}"
                if claim.place is not None:
                    yield f"country={claim.place.country_code}"
    yield f"home={story.text.place.upper()}"
    head = story.text.words[: story.text.body].upper()
    for word in ("COMMENTARY", "EDITORIAL", "SPEECH", "INTERVIEW", "REPORT", "CLANDESTINE", "COMMUNIQUE", "ARTICLE"):
        if word in head:
            yield f"sort={word}"
