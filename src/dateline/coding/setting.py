"""Whether a report is one of armed conflict, and what in news without it only looks like violence.

"Attacked his rival's record", "killed in a crash", "shot in a robbery": the words of armed violence are those
of politics, accidents and crime too. ACLED leaves ordinary crime out, and so do we. Whether a predicate tells
of armed conflict is judged from three sides: what the report is about, what the sentences around it are about,
and who and what takes part in it: fighters, soldiers, weapons of war. The first two are given by a trained
linear model over lemmas, or by two lists of words where there is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from dateline.coding.arms import weapons_of
from dateline.coding.reading import Reading
from dateline.coding.triggers import FIGHTERS, Trigger
from dateline.knowledge.settings import setting_words
from dateline.knowledge.trained import Linear
from dateline.records import Parse

CONFLICT = "conflict"
UNREST = frozenset({"protester", "rioter"})
OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
SHORT = 2  # letters: words no longer than this say nothing
FEW = 30  # distinct words: fewer weigh no more each than if there were so many
OWN = 2.0  # what a fighter, or a weapon of war, that takes part weighs
LEAST = -3.0  # log odds under which an act of violence is not one of armed conflict
LISTS = 0.5  # what the lists of words weigh beside the model
UNKNOWN = 1.5  # log odds of a report of which no word is known
ARMED_WORD, CIVIL_WORD = 4.0, 8.0
MOST = 8.0


class Setting:
    """What a report is about, as log odds that it is armed conflict."""

    def __init__(self, reading: Reading, model: Linear | None) -> None:
        self.reading, self.model = reading, model
        self.whole = self.odds(0, len(reading.parse))

    def odds(self, first: int, last: int) -> float:
        """Return the log odds that the tokens `first` to `last` (half-open) tell of armed conflict."""
        return log_odds(words_of(self.reading.parse, first, last), self.model)

    def near(self, token: int) -> float:
        """Return the log odds of the sentence of a token and its neighbours."""
        parse = self.reading.parse
        number = parse.sentence_of[token]
        first = parse.sentences[max(0, number - 1)].first
        last = parse.sentences[min(len(parse.sentences) - 1, number + 1)].last
        return self.odds(first, last)

    def tells(self, trigger: Trigger) -> bool:
        """Whether a trigger of violence tells of armed conflict."""
        score = self.whole + self.near(trigger.token)
        if score >= LEAST:
            return True
        return score + OWN * sum(_own(self.reading, trigger)) >= LEAST


def words_of(parse: Parse, first: int, last: int) -> frozenset[str]:
    """Return the lemmas of nouns, verbs, adjectives and adverbs; adjectives of nations and names are left out."""
    return frozenset(
        parse.lemmas[t].lower()
        for t in range(first, last)
        if parse.pos[t] in OPEN_CLASSES
        and len(parse.lemmas[t]) > SHORT
        and parse.lemmas[t].isalpha()
        and (parse.pos[t] in ("NOUN", "VERB") or parse.texts[t].islower())
    )


def weighed(words: frozenset[str]) -> dict[str, float]:
    """Return the words with the value that each has in the model: together the vector has the length 1."""
    value = 1 / math.sqrt(max(len(words), FEW))
    return dict.fromkeys(sorted(words), value)


def log_odds(words: frozenset[str], model: Linear | None) -> float:
    """Return the log odds that words are those of armed conflict, by the model and the lists, or by the lists."""
    listed = _listed(words)
    if model is None:
        return listed
    scores = model.scores(weighed(words))
    column = model.classes.index(CONFLICT)
    return float(scores[column] - scores[1 - column]) + LISTS * listed


def _listed(words: frozenset[str]) -> float:
    known = setting_words()
    armed, civil = len(words & known.armed), len(words & known.civil)
    return max(-MOST, min(MOST, UNKNOWN + (ARMED_WORD * armed - CIVIL_WORD * civil) / math.sqrt(max(len(words), FEW))))


def _own(reading: Reading, trigger: Trigger) -> Iterator[bool]:
    """Yield whether fighters take part in what a trigger tells, the police against a crowd, and weapons of war."""
    fillers = [filler for slot in trigger.slots.values() for filler in slot]
    yield any(_fights(reading, filler) for filler in fillers)
    yield any(not reading.classes.of(filler).isdisjoint(UNREST) for filler in fillers)
    yield any(weapon.id not in setting_words().everyday for _, weapon in weapons_of(reading, trigger))


def _fights(reading: Reading, filler: int) -> bool:
    """Whether a filler is a fighter; a captain or a recruit may be one of a team or of a fire brigade."""
    mention = reading.at.get(filler)
    first, last = (mention.first, mention.last) if mention else (filler, filler + 1)
    words = {lemma.lower() for lemma in reading.parse.lemmas[first:last]}
    return words.isdisjoint(setting_words().ranks) and not reading.classes.of(filler).isdisjoint(FIGHTERS)


def of_armed_conflict(setting: Setting, triggers: dict[int, Trigger]) -> dict[int, Trigger]:
    """Return the triggers without the acts of violence that are not of armed conflict."""
    barred = {
        trigger.token
        for trigger in triggers.values()
        if trigger.entry.sense.plover == "ASSAULT" and not setting.tells(trigger)
    }
    return {token: trigger for token, trigger in triggers.items() if token not in barred}
