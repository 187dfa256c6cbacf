"""What the key says of a text's things and sentences, to train on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from dateline.corpora.muc4 import TYPE, Template
from dateline.training.muc4.features import NONE, Index
from dateline.training.muc4.matching import same
from dateline.training.muc4.stories import Story

SLOTS = {18: "human", 19: "human", 12: "physical", 6: "instrument", 10: "organisation", 9: "individual"}
WEIGHT = {"human": 2.0, "physical": 2.0, "instrument": 1.5, "organisation": 0.6, "individual": 1.0}
ENOUGH = 1.5
CLASSES = ("human", "physical", "instrument", "organisation", "individual")


class Labels(msgspec.Struct, frozen=True):
    """For each sentence its templates (by place in the key) and type; for each thing its roles by template.

    `roles[thing]` maps a template to the role that the thing has in it, wherever in the text it stands;
    `kind[sentence]` is the type of the sentence's best template or NONE.
    """

    templates: list[list[int]]
    kind: list[str]
    roles: list[dict[int, str]]


def labels_of(index: Index, key: Sequence[Template]) -> Labels:
    """Return the labels of a text."""
    story: Story = index.story
    count = len(story.parse.sentences)
    roles: list[dict[int, str]] = [{} for _ in story.things]
    points: list[dict[int, float]] = [defaultdict(float) for _ in range(count)]
    matched: list[dict[int, list[float]]] = [defaultdict(list) for _ in range(count)]
    for place, template in enumerate(key):
        for slot, role in SLOTS.items():
            for fill in template.fills.get(slot, ()):
                seen = set()
                for thing in story.things:
                    if any(same(thing, value, slot in (10, 18)) for value in fill.values):
                        roles[thing.number].setdefault(place, role)
                        if thing.sentence not in seen:
                            seen.add(thing.sentence)
                            matched[thing.sentence][place].append(WEIGHT[role])
    for number in range(count):
        violent = any(c.predication.plover == "ASSAULT" for c in index.claims[number])
        for place, weights in matched[number].items():
            points[number][place] = sum(weights) + (0.8 if violent else 0.0)
    templates: list[list[int]] = []
    kinds: list[str] = []
    for number in range(count):
        good = {place: value for place, value in points[number].items() if value >= ENOUGH + 0.6}
        if not good:
            templates.append([])
            kinds.append(NONE)
            continue
        most = max(good.values())
        best = [place for place, value in good.items() if value >= most - 0.01]
        templates.append(best)
        common = Counter(key[place].values(TYPE)[0] for place in best if key[place].values(TYPE)).most_common(1)
        kinds.append(common[0][0] if common else NONE)
    return Labels(templates, kinds, roles)
