"""The official score of MUC-4 (1992): answers aligned with the key, every filler in one of six categories.

`score` takes the key's templates and the answers' and returns a `Report`: a tally for every slot and the
rows of the official report, of which ALL TEMPLATES is the figure that systems were compared by. Source of
the method: N. Chinchor, "MUC-4 evaluation metrics" (1992), the documentation of the task, and the
configuration and report of the official scorer 3.3; docs/decisions/muc4-scoring.md says where they are
silent and what is done there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.muc4.matching import Credit, Found, same_fill, set_size
from dateline.corpora.muc4 import SLOT, SLOTS, TYPE, Fill, Slot, Template, Templates

IDENTIFYING = (12, 13, 18, 19, 20, 9, 10)
SUBTOTALS = {
    "inc-total": range(2, 8),
    "perp-total": range(8, 12),
    "phys-tgt-total": range(12, 18),
    "hum-tgt-total": range(18, 25),
}
WEIGHTS = {"P&R": 1.0, "2P&R": 0.5, "P&2R": 2.0}


class Rules(msgspec.Struct, frozen=True):
    """What the alignment asks for: a shared incident type, and one of the identifying slots at least in part.

    The official configuration of 1992 names as identifying slots: identity and type of physical targets;
    name, description and type of human targets; individual and organization of the perpetrators.
    """

    type_slot: int | None = TYPE
    identifying: tuple[int, ...] = IDENTIFYING


class Tally(msgspec.Struct):
    """Counts of fillers: correct, partial, incorrect, spurious, missing, noncommittal (empty on both sides).

    `judged` and `judged_part` are the correct and partial ones that our rule for strings and dates gave in
    place of a person's judgement; `open` counts the wrong answers that a set would have allowed.
    """

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    judged: int = 0
    judged_part: int = 0
    spurious: int = 0
    missing: int = 0
    noncommittal: int = 0
    open: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def possible(self) -> int:
        """Return how many fillers the key asks for."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """Return how many fillers the answers give."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def points(self) -> float:
        """Return the points: one for each correct filler, a half for each partial one."""
        return self.correct + 0.5 * self.partial

    @property
    def recall(self) -> float:
        """Return points over possible, 0 where nothing is possible."""
        return self.points / self.possible if self.possible else 0.0

    @property
    def precision(self) -> float:
        """Return points over actual, 0 where nothing is answered."""
        return self.points / self.actual if self.actual else 0.0

    @property
    def overgeneration(self) -> float:
        """Return spurious over actual."""
        return self.spurious / self.actual if self.actual else 0.0

    @property
    def substitution(self) -> float:
        """Return what is wrong among the fillers that both sides give."""
        both = self.correct + self.partial + self.incorrect
        return (self.incorrect + 0.5 * self.partial) / both if both else 0.0

    @property
    def fallout(self) -> float:
        """Return incorrect and spurious over the wrong answers that were possible; for sets alone."""
        return (self.incorrect + self.spurious) / self.open if self.open else 0.0

    def f(self, beta: float = 1.0) -> float:
        """Return the F measure; beta above 1 weighs recall more."""
        return f_measure(self.precision, self.recall, beta)


def f_measure(precision: float, recall: float, beta: float = 1.0) -> float:
    """Return van Rijsbergen's F."""
    below = beta * beta * precision + recall
    return (1 + beta * beta) * precision * recall / below if below else 0.0


class Outcome(msgspec.Struct, frozen=True):
    """One filler of a slot: what was asked for, what was answered (either may be None), what it gave."""

    text: str
    slot: Slot
    kind: str  # correct, partial, incorrect, spurious, missing
    key: Fill | None
    answer: Fill | None
    mapped: bool = True


class Pair(msgspec.Struct, frozen=True):
    """A template of the key and the answer mapped to it; one of them is None where nothing is mapped."""

    key: Template | None
    answer: Template | None


class Report(msgspec.Struct):
    """Tallies by row: every slot over all templates, and the rows of the summary."""

    rows: dict[str, Tally]
    pairs: list[Pair]
    outcomes: list[Outcome]

    @property
    def all(self) -> Tally:
        """Return the row ALL TEMPLATES."""
        return self.rows["ALL TEMPLATES"]


def _aligned(slot: Slot, keys: Sequence[Fill], answers: Sequence[Fill]) -> list[tuple[int, int, Found]]:
    """Return pairs of fillers, one to one, that give the most points; only pairs that give some."""
    if not keys or not answers:
        return []
    found = [[same_fill(slot, key, answer) for answer in answers] for key in keys]
    gains = np.array([[one.points + 0.001 * one.plain * one.points for one in row] for row in found])
    rows, columns = linear_sum_assignment(gains, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column, found[row][column]) for row, column in pairs if found[row][column].credit]


def compared(slot: Slot, key: Template | None, answer: Template | None, text: str) -> tuple[Tally, list[Outcome]]:
    """Return the tally of a slot of a pair, and its fillers one by one.

    Fillers are paired for the most points; a filler that is left over on either side makes an incorrect one
    with another, or stays missing or spurious. An optional filler counts only where it is matched.
    """
    tally, outcomes = Tally(), []
    asked = key.fills.get(slot.number, ()) if key else ()
    given = answer.fills.get(slot.number, ()) if answer else ()
    mapped = key is not None and answer is not None

    def put(kind: str, wanted: Fill | None, said: Fill | None) -> None:
        setattr(tally, kind, getattr(tally, kind) + 1)
        outcomes.append(Outcome(text, slot, kind, wanted, said, mapped))

    pairs = _aligned(slot, asked, given)
    for row, column, found in pairs:
        put("correct" if found.credit == Credit.ALL else "partial", asked[row], given[column])
        tally.judged += not found.plain and found.credit == Credit.ALL
        tally.judged_part += not found.plain and found.credit == Credit.PART
    rows, columns = {row for row, _, _ in pairs}, {column for _, column, _ in pairs}
    left = [fill for row, fill in enumerate(asked) if row not in rows and not fill.optional]
    over = [fill for column, fill in enumerate(given) if column not in columns]
    shared = min(len(left), len(over))
    for wanted, said in zip(left[:shared], over[:shared], strict=True):
        put("incorrect", wanted, said)
    for wanted in left[shared:]:
        put("missing", wanted, None)
    for said in over[shared:]:
        put("spurious", None, said)
    barred = key is not None and slot.number in key.barred
    if not outcomes and not barred and (key is None or not key.optional or mapped):
        tally.noncommittal += 1
    if slot.kind == "set" and not barred:
        tally.open += max(0, set_size(slot.number) - len(asked))
    return tally, outcomes


def gain(key: Template, answer: Template, rules: Rules) -> float | None:
    """Return the points of a pair of templates, None where the rules do not let them be mapped."""

    def touches(slot: int) -> bool:
        return bool(_aligned(SLOT[slot], key.fills.get(slot, ()), answer.fills.get(slot, ())))

    if rules.type_slot is not None and not touches(rules.type_slot):
        return None
    identified = any(key.fills.get(slot) for slot in rules.identifying)
    if identified and not any(touches(slot) for slot in rules.identifying):
        return None
    return sum(compared(slot, key, answer, key.text)[0].points for slot in SLOTS)


def mapped(keys: Sequence[Template], answers: Sequence[Template], rules: Rules) -> list[Pair]:
    """Return the templates of a text paired for the most points; what is left over is paired with None."""
    pairs: list[Pair] = []
    taken: set[int] = set()
    used: set[int] = set()
    if keys and answers:
        gains = np.zeros((len(keys), len(answers)))
        for row, key in enumerate(keys):
            for column, answer in enumerate(answers):
                points = gain(key, answer, rules)
                gains[row, column] = -1.0 if points is None else points + 0.001
        wanted = np.where(gains > 0, gains, 0.0)
        for row, column in zip(*(side.tolist() for side in linear_sum_assignment(wanted, maximize=True)), strict=True):
            if gains[row, column] > 0:
                pairs.append(Pair(keys[row], answers[column]))
                taken.add(row)
                used.add(column)
    pairs += [Pair(key, None) for row, key in enumerate(keys) if row not in taken]
    return [*pairs, *(Pair(None, answer) for column, answer in enumerate(answers) if column not in used)]


def _summed(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total += tally
    return total


def score(key: Templates, answers: Templates, rules: Rules | None = None) -> Report:
    """Score answers against a key; a text of the key without answers counts as answered with no template.

    Answers for texts that the key does not have are left out.
    """
    rules = rules or Rules()
    pairs: list[Pair] = []
    filtering = Tally()
    for text, wanted in key.by_text.items():
        given = answers.by_text.get(text, ())
        pairs += mapped(wanted, given, rules)
        relevant = any(not template.optional for template in wanted)
        if given:
            filtering.correct += bool(wanted)
            filtering.spurious += not wanted
        else:
            filtering.missing += relevant
            filtering.noncommittal += not relevant
    filtering.open = filtering.spurious + filtering.noncommittal

    identity = Tally()
    states: dict[str, list[dict[int, Tally]]] = {"both": [], "missing": [], "spurious": []}
    outcomes: list[Outcome] = []
    for pair in pairs:
        state = "both" if pair.key and pair.answer else "missing" if pair.key else "spurious"
        identity.correct += state == "both"
        identity.spurious += state == "spurious"
        if pair.key and state == "missing":
            identity.missing += not pair.key.optional
            identity.noncommittal += pair.key.optional
            if pair.key.optional:
                continue
        held = pair.key or pair.answer
        assert held
        made = {slot.number: compared(slot, pair.key, pair.answer, held.text) for slot in SLOTS}
        states[state].append({number: tally for number, (tally, _) in made.items()})
        outcomes += [outcome for _, found in made.values() for outcome in found]

    def row(kinds: Sequence[str], wanted: Callable[[Slot], bool]) -> Tally:
        numbers = [slot.number for slot in SLOTS if wanted(slot)]
        return _summed(held[number] for kind in kinds for held in states[kind] for number in numbers)

    every = ("both", "missing", "spurious")
    rows = {"template-id": identity}
    for slot in SLOTS:
        rows[slot.row] = row(every, lambda one, number=slot.number: one.number == number)  # type: ignore[misc]
    for name, numbers in SUBTOTALS.items():
        rows[name] = row(every, lambda one, numbers=numbers: one.number in numbers)  # type: ignore[misc]
    rows["MATCHED/MISSING"] = row(("both", "missing"), lambda _: True)
    rows["MATCHED/SPURIOUS"] = row(("both", "spurious"), lambda _: True)
    rows["MATCHED ONLY"] = row(("both",), lambda _: True)
    rows["ALL TEMPLATES"] = row(every, lambda _: True)
    rows["SET FILLS ONLY"] = row(("both", "missing"), lambda slot: slot.kind == "set")
    rows["STRING FILLS ONLY"] = row(("both", "missing"), lambda slot: slot.kind == "string")
    rows["TEXT FILTERING"] = filtering
    return Report(rows, pairs, outcomes)


def _percent(value: float) -> int:
    return math.floor(100 * value + 0.5)


def reported_f(tally: Tally, beta: float = 1.0) -> float:
    """Return F in percent as the official report gave it: from recall and precision rounded to whole percents."""
    return f_measure(_percent(tally.precision), _percent(tally.recall), beta)


def table(report: Report) -> Iterator[str]:
    """Yield the lines of the official report. ICR and IPA are what our rule gave in place of a person."""
    line = "-" * 29 + "+" + "-" * 11 + "+" + "-" * 7 + "+" + "-" * 11 + "+" + "-" * 15
    yield f"{'SLOT':<20}  POS ACT|COR PAR INC|ICR IPA|SPU MIS NON|REC PRE OVG FAL"
    for name, tally in report.rows.items():
        if name in {"template-id", "inc-total", "MATCHED/MISSING"}:
            yield line
        bare = name in SUBTOTALS or (name.isupper() and name not in {"SET FILLS ONLY", "TEXT FILTERING"})
        sets = name in {"SET FILLS ONLY", "TEXT FILTERING"} or any(
            slot.row == name and slot.kind == "set" for slot in SLOTS
        )
        fallout = "  *" if not sets or bare else f"{_percent(tally.fallout):3}"
        yield (
            f"{name:<20} {tally.possible:4} {tally.actual:3}"
            f"|{tally.correct:3} {tally.partial:3} {tally.incorrect:3}|{tally.judged:3} {tally.judged_part:3}"
            f"|{tally.spurious:3} {tally.missing:3} {tally.noncommittal:3}"
            f"|{_percent(tally.recall):3} {_percent(tally.precision):3} {_percent(tally.overgeneration):3} {fallout}"
        )
    yield line
    yield f"{'':<50}{'P&R':>9} {'2P&R':>9} {'P&2R':>9}"
    yield f"{'F-MEASURES':<50}" + " ".join(f"{reported_f(report.all, beta):9.2f}" for beta in WEIGHTS.values())
