"""FA-KES: which reports tell of one incident, and whether an event shows every count that they give.

Pairs are two reports of the same governorate within three days, as coded; a pair is right where day, governorate
and cause are coded the same. That is coarser than an incident: so it is scored for the weighing `unit-day`,
which is trained on the part to look at, and for the desk's own, `incident`. All that a system uses is what it
read itself; no system sees what was coded. The threshold of the baseline is that best on the part to look at.

python -m benchmarks.linking [--part score|look|all]     the scores
python -m benchmarks.linking --fit                       train `unit-day` and print its weights
python -m benchmarks.linking --crossed                   all reports, each scored by weights trained on the others
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.fakes import Answer, answered, report_of
from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.corpora import Part
from dateline.corpora.fakes import Coded, files, read
from dateline.exporting.incident import main_incident
from dateline.knowledge.joining import Weighing, weighing
from dateline.reconciling import events_of
from dateline.reconciling.copies import Text, copies
from dateline.reconciling.pairs import NAMES, matrix
from dateline.reconciling.sketches import Rows, Sketches
from dateline.reconciling.telling import NOT_YET, tellings
from dateline.records import Claim, Event, Filed, Toponym

DAYS = 3
INCIDENT, BY_VALUES, BY_WORDS = f"{OURS}, incident", "same day and place", "TF-IDF agglomerative"
# Weights that labels of a day and a province cannot teach, and how far the others may move from the hand's.
KEPT = ("copies of one dispatch", "told apart in one report", "who holds two places",
    "who holds a place, and of one less exact")  # fmt: skip
LEAST, MOST, TRUST, BIAS_TRUST = 0.02, 4.0, 0.3, 0.03
Pair = tuple[int, int]


class Read(msgspec.Struct):
    """A report as Dateline reads it: its claims, the chief claim of its main incident, and its answers."""

    row: Coded
    text: str
    chief: str
    filed: list[Filed]
    answer: Answer


def reads(rows: Sequence[Coded]) -> list[Read]:
    """Read the reports. Two rows with one text are one report in two places: they get ids of their own."""
    found = [_read(order, row) for order, row in enumerate(rows, 1)]
    texts = [Text(one.row.key, one.text, one.row.outlet, "", _day(one), at) for at, one in enumerate(found)]
    original = {copy.report: copy.of for group in copies(texts) for copy in group.how}
    for one in found:
        of = original.get(one.row.key, one.row.key)
        one.filed = [msgspec.structs.replace(filed, original=of) for filed in one.filed]
    return found


def _day(one: Read) -> str | None:
    return one.filed[0].published if one.filed else None


def _read(order: int, row: Coded) -> Read:
    report = report_of(row)
    dossier = pipeline().run(report)
    claims = dossier.all(Claim)
    incident = main_incident(claims, dossier.all(Toponym))
    day = report.published.isoformat() if report.published else None
    own = {claim.id: f"{row.key}-{claim.id}" for claim in claims}
    filed = [
        Filed(
            _renamed(claim, own),
            row.key,
            order,
            row.outlet,
            report.agency,
            day,
            "",
            row.key,
            _words(claim, report.text),
        )
        for claim in claims
    ]
    return Read(row, report.text, own[incident.claim.id] if incident else "", filed, answered(dossier))


def _renamed(claim: Claim, own: Mapping[str, str]) -> Claim:
    return msgspec.structs.replace(
        claim, id=own[claim.id], disputes=tuple(own[one] for one in claim.disputes if one in own),
        same_as=tuple(own[one] for one in claim.same_as if one in own),
    )  # fmt: skip


def _words(claim: Claim, text: str) -> str:
    return " ".join(span.of(text) for span in claim.evidence.spans)


def candidates(rows: Sequence[Coded]) -> list[Pair]:
    """Return the pairs of reports of one governorate within three days, by their coding."""
    return [
        (i, j)
        for i, j in combinations(range(len(rows)), 2)
        if rows[i].governorate == rows[j].governorate and abs((rows[i].day - rows[j].day).days) <= DAYS
    ]


def gold(rows: Sequence[Coded], pair: Pair) -> bool:
    """Whether two reports are coded as of one incident."""
    one, two = (rows[at] for at in pair)
    return (one.day, one.governorate, one.cause) == (two.day, two.governorate, two.cause)


def scored(pairs: Sequence[Pair], right: Sequence[bool], said: Sequence[bool], system: str) -> Iterator[Score]:
    """Score the pairs that a system takes for one incident."""
    hits = sum(a and b for a, b in zip(right, said, strict=True))
    precision, recall = hits / max(1, sum(said)), hits / max(1, sum(right))
    yield Score("pairs, precision", system, precision, len(pairs))
    yield Score("pairs, recall", system, recall, len(pairs))
    yield Score("pairs, F1", system, 2 * precision * recall / max(1e-9, precision + recall), len(pairs))


def by_event(found: Sequence[Read], pairs: Sequence[Pair], joining: str | Weighing) -> tuple[list[bool], list[Event]]:
    """Return which pairs of reports both tell of the event that is the main incident of one, and the events."""
    events = events_of([one for report in found for one in report.filed], joining=joining)
    of = {claim: event.id for event in events for claim in event.claims}
    chief = [of.get(one.chief, f"none-{one.row.key}") for one in found]
    told = [{of[filed.claim.id] for filed in one.filed if filed.claim.id in of} for one in found]
    return [chief[i] in told[j] or chief[j] in told[i] for i, j in pairs], events


def by_values(found: Sequence[Read], pairs: Sequence[Pair]) -> list[bool]:
    """Return which pairs have the same day and governorate, as read."""
    keys = [(one.answer.day, one.answer.governorate) for one in found]
    return [all(keys[i]) and keys[i] == keys[j] for i, j in pairs]


def by_words(texts: Sequence[str], pairs: Sequence[Pair], threshold: float) -> list[bool]:
    """Return which pairs are in one cluster of average linkage over the cosines of TF-IDF vectors."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors: Any = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts).toarray()
    made = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=threshold
    ).fit(vectors)
    return [bool(made.labels_[i] == made.labels_[j]) for i, j in pairs]


@functools.cache
def _best_threshold(paths: tuple[Path, ...]) -> float:
    """Return the threshold of the words' baseline that is best on the part to look at."""
    rows = [row for path in paths for row in read(path, "look")] or [row for path in paths for row in read(path, "all")]
    pairs, texts = candidates(rows), [report_of(row).text for row in rows]
    right = [gold(rows, pair) for pair in pairs]

    def f1(threshold: float) -> float:
        *_, last = scored(pairs, right, by_words(texts, pairs, threshold), "")
        return last.value

    return max((step / 100 for step in range(50, 99, 2)), key=f1)


def shown(found: Sequence[Read], events: Sequence[Event]) -> Iterator[Score]:
    """Score, over gold groups whose coded civilians differ, whether each number of dead stands in its event.

    These are all numbers that the group's reports give as facts: of civilians, children, women, fighters or anybody.
    One stands there where the event of its claim has an account of that number among whose voices the claim is, with
    the report's outlet. Whether the main numbers of a group are in one event is counted apart.
    """
    of = {claim: event for event in events for claim in event.claims}
    groups: dict[object, list[Read]] = {}
    for one in found:
        groups.setdefault((one.row.day, one.row.governorate, one.row.cause), []).append(one)
    differing = [g for g in groups.values() if len({one.row.civilians for one in g}) > 1]
    told = [[stands for one in group for stands in _counts_shown(one, of)] for group in differing]
    whole = [all(group) for group in told if group]
    each = [one for group in told for one in group]
    chief = [[claim for one in group if (claim := _with_dead(one))] for group in differing]
    together = [len({of[claim.id].id for claim in group}) == 1 for group in chief if len(group) > 1]
    yield Score("differing groups, every count read is shown with its outlet", OURS, _share(whole), len(whole))
    yield Score("differing groups, counts shown with their outlet", OURS, _share(each), len(each))
    yield Score("differing groups, all main counts in one event", OURS, _share(together), len(together))


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _dead(claim: Claim) -> list[float]:
    return [q.best for q in claim.predication.quantities if q.what == "killed" and q.best is not None]


def _with_dead(one: Read) -> Claim | None:
    """Return the claim of the main incident, where it gives a number of dead."""
    chief = next((filed.claim for filed in one.filed if filed.claim.id == one.chief), None)
    return chief if chief is not None and _dead(chief) else None


def _counts_shown(one: Read, of: Mapping[str, Event]) -> Iterator[bool]:
    """Yield, for each number of dead in a report, whether its event has it from its outlet."""
    for claim in (filed.claim for filed in one.filed):
        said = claim.predication
        if said.polarity != "affirmed" or said.status in NOT_YET:
            continue
        accounts = [account for field in of[claim.id].fields if field.name == "killed" for account in field.accounts]
        given = {
            account.best
            for account in accounts
            for voice in account.voices
            if claim.id in voice.claims and one.row.outlet in voice.outlets
        }
        yield from (number in given for number in _dead(claim))


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Score Dateline's events, by both weighings, and the two baselines."""
    rows = [row for path in paths for row in read(path, part)]
    found, pairs = reads(rows), candidates(rows)
    right = [gold(rows, pair) for pair in pairs]
    said, events = by_event(found, pairs, "unit-day")
    yield from scored(pairs, right, said, OURS)
    yield from scored(pairs, right, by_event(found, pairs, "incident")[0], INCIDENT)
    yield from scored(pairs, right, by_values(found, pairs), BY_VALUES)
    words = by_words([one.text for one in found], pairs, _best_threshold(tuple(paths)))
    yield from scored(pairs, right, words, BY_WORDS)
    yield from shown(found, events)


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield the pairs of the part to look at that are joined wrongly or left apart."""
    rows = [row for path in paths for row in read(path, "look")]
    found, pairs = reads(rows), candidates(rows)
    said, _ = by_event(found, pairs, "unit-day")
    for (i, j), ours in zip(pairs, said, strict=True):
        truth = gold(rows, (i, j))
        if truth != ours:
            kind = "left apart" if truth else "joined"
            words = f"{rows[i].title} ⟦{found[i].answer}⟧ || {rows[j].title} ⟦{found[j].answer}⟧"
            yield Case(f"{rows[i].key}, {rows[j].key}", kind, words, str(truth), str(ours))


def labelled(found: Sequence[Read], pairs: Sequence[Pair]) -> tuple[list[Pair], NDArray[np.float64]]:
    """Return the pairs of which both reports have a main incident, and the features of its two tellings."""
    told = tellings([one for report in found for one in report.filed])
    claims = [one.claim.id for report in found for one in report.filed]
    of = {claims[member]: at for at, one in enumerate(told) for member in one.members}
    sketches = Sketches()
    for one in told:
        sketches.add(one)
    rows: Rows = sketches.rows()
    kept = [(i, j) for i, j in pairs if found[i].chief and found[j].chief]
    ones, twos = ([of[found[pair[at]].chief] for pair in kept] for at in (0, 1))
    return kept, matrix(rows[ones], rows[twos])


def fit(features: NDArray[np.float64], right: NDArray[np.float64]) -> Weighing:
    """Return the weighing that fits labelled pairs best, held to the signs of the weights set by hand.

    Logistic regression with a normal prior around the weights of `incident`; a weight may shrink to a fiftieth of
    the hand's or grow to four times it, and not change its sign: labels as coarse as these say nothing else.
    """
    from scipy.optimize import minimize

    prior = weighing("incident")
    begun = np.array([*(prior.weights[name] for name in NAMES), prior.bias])
    trust = np.array([*(TRUST for _ in NAMES), BIAS_TRUST])
    with_bias = np.column_stack([features, np.ones(len(features))])
    limits = [_limits(name, weight) for name, weight in zip(NAMES, begun, strict=False)]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = with_bias @ weights
        off = weights - begun
        wrong = 1 / (1 + np.exp(-odds)) - right
        cost = (np.logaddexp(0, odds) - right * odds).sum() + 0.5 * (trust * off**2).sum()
        return float(cost), with_bias.T @ wrong + trust * off

    found = minimize(loss, begun, jac=True, method="L-BFGS-B", bounds=[*limits, (None, None)]).x
    weights = {name: round(float(weight), 3) for name, weight in zip(NAMES, found, strict=False)}
    return Weighing("unit-day", "", "", round(float(found[-1]), 3), weights)


def _limits(name: str, weight: float) -> tuple[float, float]:
    if name in KEPT:
        return weight, weight
    low, high = sorted((weight * LEAST, weight * MOST))
    return (low, high) if weight else (-0.5, 0.5)


def _fitted(rows: Sequence[Coded], found: Sequence[Read], pairs: Sequence[Pair]) -> Weighing:
    kept, features = labelled(found, pairs)
    return fit(features, np.array([gold(rows, pair) for pair in kept], float))


def print_fit(paths: list[Path]) -> None:
    """Train on the part to look at and print the weights as TOML."""
    rows = [row for path in paths for row in read(path, "look")]
    made = _fitted(rows, reads(rows), candidates(rows))
    print(f"bias = {made.bias}\n[weighing.weights]")
    print("\n".join(f'"{name}" = {weight}' for name, weight in made.weights.items()))


def print_crossed(paths: list[Path], folds: int = 5) -> None:
    """Score all reports, the weights for each governorate and month trained on the others."""
    rows = [row for path in paths for row in read(path, "all")]
    found, pairs = reads(rows), candidates(rows)
    blocks = sorted({(row.governorate, row.day.year, row.day.month) for row in rows})
    fold = {block: at % folds for at, block in enumerate(blocks)}
    of = [fold[row.governorate, row.day.year, row.day.month] for row in rows]
    said: dict[Pair, bool] = {}
    for number in range(folds):
        out = [(i, j) for i, j in pairs if of[i] == number or of[j] == number]
        weights = _fitted(rows, found, [pair for pair in pairs if pair not in set(out)])
        said.update(zip(out, by_event(found, out, weights)[0], strict=True))
    right = [gold(rows, pair) for pair in pairs]
    threshold = _best_threshold(tuple(paths))
    systems: Mapping[str, Callable[[], list[bool]]] = {
        f"{OURS}, crossed": lambda: [said[pair] for pair in pairs],
        INCIDENT: lambda: by_event(found, pairs, "incident")[0],
        BY_VALUES: lambda: by_values(found, pairs),
        BY_WORDS: lambda: by_words([one.text for one in found], pairs, threshold),
    }
    for name, answers in systems.items():
        figures = ", ".join(f"{one.measure[7:]} {one.value:.3f}" for one in scored(pairs, right, answers(), name))
        print(f"{name:24s} {figures} ({len(pairs)} pairs, {sum(right)} of one incident)")


BENCHMARK = Benchmark(
    name="linking",
    about="FA-KES: pairs of reports of one governorate within three days that are of one incident",
    files=files,
    measure=measure,
    errors=errors,
)


def _main(arguments: Sequence[str]) -> int:
    extra = {"--fit": print_fit, "--crossed": print_crossed}
    wanted = [name for name in extra if name in arguments]
    if not wanted:
        return main(BENCHMARK, arguments)
    folder = arguments[arguments.index("--corpora") + 1] if "--corpora" in arguments else os.environ["DATELINE_CORPORA"]
    extra[wanted[0]](files(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
