"""Examples for the sets: which value the key gives to a thing that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dateline.corpora.muc4 import SLOT, TYPE, Template
from dateline.training.muc4.entities import Entity, fullest, is_person, title_of
from dateline.training.muc4.features import Chances, Index
from dateline.training.muc4.filling import EMPTY, SETS_OF, UNNAMED, fill_features, incident_features
from dateline.training.muc4.incidents import Incident
from dateline.training.muc4.labels import Labels
from dateline.training.muc4.matching import same


def set_examples(
    index: Index, key: Sequence[Template], labels: Labels, chances: Sequence[Chances]
) -> Iterator[tuple[int, dict[str, float], str]]:
    """Yield slot, features and value for the sets of things and of whole incidents."""
    story = index.story
    for place, template in enumerate(key):
        entities: dict[tuple[str, str], list[int]] = defaultdict(list)
        for thing in story.things:
            role = labels.roles[thing.number].get(place)
            if role is None:
                continue
            here = place in labels.templates[thing.sentence]
            entities[(role, thing.group)].append(thing.number)
            person = is_person(thing)
            words = fullest(story, thing) if person else thing.words
            title = title_of(story, words) if person else ""
            if not here:
                continue
            features = fill_features(index, thing, chances, words, title)
            for slot in SETS_OF[role]:
                wanted = [
                    fill.values[0]
                    for fill in template.fills.get(slot, ())
                    if any(
                        same(thing, name, name_slot in (10, 18))
                        for name in fill.refers
                        for name_slot in SLOT[slot].refers
                    )
                ]
                yield slot, features, wanted[0] if wanted else EMPTY
        sentences = tuple(n for n, held in enumerate(labels.templates) if place in held)
        if sentences:
            kind = template.values(TYPE)[0] if template.values(TYPE) else "ATTACK"
            members = [
                Entity(role, words, 1.0, tuple(story.things[n] for n in numbers))
                for (role, words), numbers in entities.items()
            ]
            whole = incident_features(index, Incident(sentences, kind, 1.0), members)
            for slot in (5, 8):
                yield slot, whole, (template.values(slot) or [EMPTY])[0]
            if not template.fills.get(6) and 6 not in template.barred:
                yield UNNAMED, whole, (template.values(7) or [EMPTY])[0]
