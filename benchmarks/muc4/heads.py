"""The score of recent papers on MUC-4: five slots of fillers and the incident type, by template.

The variant is the one of "Template filling with generative transformers" (Du, Rush and Cardie 2021), whose
published evaluation was followed rule by rule:

- a template is its incident type and five slots: PerpInd (9), PerpOrg (10), Target (12), Victim (18, names
  alone), Weapon (6); optional templates and fillers count as any other, equal templates of a text count once;
- a filler of the key is an entity: all its alternatives. An answered filler is right where its string,
  without case, articles and marks, is one of them;
- answered templates are paired with templates of the key of the same incident type; the pairing of a text is
  the one that gives the most (there every pairing is tried for the best F, here an optimal assignment on the
  sum of precision and recall does it);
- precision counts answered fillers that are right, recall entities of the key that some filler answers; the
  incident type of a template counts as one filler more; all of it is summed over texts.

Two things differ: there, mentions that do not stand in the text are dropped from the key (a step of making
training data), and texts are split into other parts than here.

`heads=True` is the older measure (Patwardhan and Riloff 2007): a filler is right where its head noun is the
head noun of a mention of the entity, and a Victim is a name with its descriptions, or a description.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.muc4.matching import head_of, words_of
from benchmarks.muc4.official import f_measure
from dateline.corpora.muc4 import TYPE, Template, Templates

SLOTS = {"PerpInd": 9, "PerpOrg": 10, "Target": 12, "Victim": 18, "Weapon": 6}
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
Entity = frozenset[str]


class Filled(msgspec.Struct, frozen=True):
    """A template cut down to its incident types and the entities of five slots."""

    types: tuple[str, ...]
    slots: tuple[tuple[Entity, ...], ...]


class Counts(msgspec.Struct):
    """Right and all, of what was answered and of what was asked for."""

    right: int = 0
    answered: int = 0
    found: int = 0
    asked: int = 0

    @property
    def precision(self) -> float:
        """Return the share of the answered fillers that are right."""
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the entities of the key that were found."""
        return self.found / self.asked if self.asked else 0.0

    @property
    def f(self) -> float:
        """Return F1."""
        return f_measure(self.precision, self.recall)


def plain(value: str) -> str:
    """Return a mention in lower case without marks, articles and white space around it."""
    kept = "".join(character for character in value.lower() if character.isalnum() or character.isspace())
    return " ".join(_ARTICLES.sub(" ", kept).split())


def _head(value: str) -> str:
    return head_of(value) or " ".join(words_of(value))


def filled(template: Template, heads: bool = False) -> Filled:
    """Return a template cut down; with `heads` its mentions are head nouns and descriptions are Victims too."""
    slots = []
    for name, slot in SLOTS.items():
        entities = [list(fill.values) for fill in template.fills.get(slot, ())]
        if name == "Victim" and heads:
            for fill in template.fills.get(19, ()):
                named = next((held for held in entities if set(fill.refers) & set(held)), None)
                if named is None:
                    entities.append(list(fill.values))
                else:
                    named += fill.values
        kept = (frozenset(_head(one) if heads else plain(one) for one in held) for held in entities)
        slots.append(tuple(dict.fromkeys(entity for entity in kept if entity)))
    return Filled(tuple(template.values(TYPE)), tuple(slots))


def _answers(key: Entity, answer: Entity, heads: bool) -> bool:
    return bool(key & answer) if heads else answer <= key


def _paired(key: Filled, answer: Filled, heads: bool) -> list[tuple[int, int]]:
    """Return for the type and every slot: how many answered fillers are right, how many entities are found."""
    made = [(1, 1)]
    for asked, given in zip(key.slots, answer.slots, strict=True):
        right = sum(any(_answers(entity, said, heads) for entity in asked) for said in given)
        found = sum(any(_answers(entity, said, heads) for said in given) for entity in asked)
        made.append((right, found))
    return made


def _sizes(template: Filled) -> list[int]:
    return [1, *map(len, template.slots)]


def score_slots(key: Templates, answers: Templates, heads: bool = False) -> dict[str, Counts]:
    """Return the counts of the incident type, of each slot, and of all together ("all")."""
    names = ("type", *SLOTS)
    counts = {name: Counts() for name in (*names, "all")}

    def add(asked: Sequence[Filled], given: Sequence[Filled]) -> None:
        for field, templates in (("asked", asked), ("answered", given)):
            for template in templates:
                for name, size in zip(names, _sizes(template), strict=True):
                    setattr(counts[name], field, getattr(counts[name], field) + size)
        if not asked or not given:
            return
        wanted, said = (sum(sum(_sizes(one)) for one in side) for side in (asked, given))
        made: dict[tuple[int, int], list[tuple[int, int]]] = {}
        gains = np.zeros((len(asked), len(given)))
        for row, one in enumerate(asked):
            for column, other in enumerate(given):
                if set(one.types) & set(other.types):
                    made[row, column] = _paired(one, other, heads)
                    right, found = (sum(part) for part in zip(*made[row, column], strict=True))
                    gains[row, column] = right / said + found / wanted
        for pair in zip(*(side.tolist() for side in linear_sum_assignment(gains, maximize=True)), strict=True):
            for name, (right, found) in zip(names, made.get(pair, ()), strict=False):
                counts[name].right += right
                counts[name].found += found

    for text, templates in key.by_text.items():
        asked = list(dict.fromkeys(filled(template, heads) for template in templates))
        given = list(dict.fromkeys(filled(template, heads) for template in answers.by_text.get(text, ())))
        add(asked, given)
    for name in names:
        for field in Counts.__struct_fields__:
            setattr(counts["all"], field, getattr(counts["all"], field) + getattr(counts[name], field))
    return counts
