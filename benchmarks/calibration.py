"""Stated confidence against observed: of the claims that say .8, how many would a careful coder sign?

    python -m benchmarks.calibration [--fit]

A claim counts as right where it answers a claim of the gold and everything that the gold states of it
agrees: type, parties, place, time, status and whether it is denied. What each ground weighs is learned on
the example reports in `open` and `more`; the rules were made by these, so that they are right more often
there than elsewhere. Their height and spread are therefore set (Platt 1999) on `held`, which no rule was
made by. The table of `held` is cross-fitted: what is stated of a report was set without it. The baseline
states the mean for every claim. `ece` is the expected calibration error over fifths, `brier` the mean
squared error; less is better for both. --fit writes src/dateline/knowledge/confidence.toml.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

import dateline
from benchmarks.examples import FOLDERS, Example, examples
from benchmarks.gold import CodedReport
from benchmarks.scoring import FIELDS, match
from dateline.knowledge.confidence import PATH, Weights

ASKED = ("type", "actor", "target", "place", "country", "time", "status", "polarity")
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)


class Judged(NamedTuple):
    """A claim: its report, the grounds of its confidence, what it states, and whether it is right."""

    report: str
    grounds: tuple[str, ...]
    stated: float
    right: bool


def judged(example: Example) -> list[Judged]:
    """Code an example and judge each claim that the gold has an answer to."""
    given = {} if example.heading.outlet in example.gold.text else {"outlet": example.heading.outlet}
    coded = dateline.code(example.path, **(given | example.heading.given))
    plain = msgspec.json.decode(coded.json(), type=CodedReport, strict=False)
    begin = plain.report.text.find(example.gold.text.strip()) - example.gold.text.find(example.gold.text.strip())
    where = {name: (a + begin, b + begin) for name, (a, b) in example.gold.evidence.items()}
    answers = match(plain.claims, example.gold, where)
    asked = {claim: name for name, claim in answers.items()}
    found = []
    for claim, out in zip(coded.claims, plain.claims, strict=True):
        trigger = out.trigger
        if claim.id in asked:
            want = example.gold.claims[asked[claim.id]]
            verdicts = [FIELDS[field](want, out, answers) for field in ASKED]
            found.append(
                Judged(example.path.stem, claim.grounds, claim.confidence, all(v is not False for v in verdicts))
            )
        elif trigger is not None and not _beside(example, plain.report.text, trigger.start, trigger.end, where):
            found.append(Judged(example.path.stem, claim.grounds, claim.confidence, False))
    return found


def _beside(example: Example, text: str, start: int, end: int, where: dict[str, tuple[int, int]]) -> bool:
    """Return whether the words lie where the gold leaves open what to code."""
    for quote in example.gold.accept:
        at = text.find(quote)
        if at < end and start < at + len(quote):
            return True
    return any(a < end and start < b for name, (a, b) in where.items() if example.gold.claims[name].codable)


def fit(data: Sequence[Judged]) -> Weights:
    """Return the weights: logistic regression with L2, the strength chosen by five-fold likelihood."""
    from sklearn.linear_model import LogisticRegressionCV

    names = sorted({name for one in data for name in one.grounds})
    matrix = np.array([[name in one.grounds for name in names] for one in data], dtype=float)
    model = LogisticRegressionCV(
        Cs=12, cv=5, scoring="neg_log_loss", max_iter=2000, random_state=0, l1_ratios=(0,), use_legacy_attributes=False
    )
    model.fit(matrix, np.array([one.right for one in data]))
    return Weights(
        float(model.intercept_[0]), dict(zip(names, (float(weight) for weight in model.coef_[0]), strict=True))
    )


def levelled(weights: Weights, data: Sequence[Judged]) -> Weights:
    """Return the weights with height and spread set on other data by Platt's method, the spread not below 0."""
    from sklearn.linear_model import LogisticRegression

    odds = np.array([[weights.base + sum(weights.weights.get(g, 0.0) for g in one.grounds)] for one in data])
    model = LogisticRegression(C=10.0).fit(odds, np.array([one.right for one in data]))
    spread, height = max(0.0, float(model.coef_[0][0])), float(model.intercept_[0])
    table = {name: round(spread * weight, 2) for name, weight in weights.weights.items()}
    return Weights(round(height + spread * weights.base, 2), {name: weight for name, weight in table.items() if weight})


def crossed(weights: Weights, data: Sequence[Judged], folds: int = 5) -> list[Judged]:
    """Return the data with what would be stated of each report by weights levelled on the reports of other folds."""
    reports = sorted({one.report for one in data})
    made = []
    for fold in range(folds):
        inside = set(reports[fold::folds])
        level = levelled(weights, [one for one in data if one.report not in inside])
        made += [one._replace(stated=level.probability(one.grounds)) for one in data if one.report in inside]
    return made


def write(weights: Weights, count: int) -> None:
    """Write confidence.toml."""
    lines = PATH.read_text("utf-8").partition("[weights]")[0].splitlines()
    lines = [f"base = {weights.base}" if line.startswith("base =") else line for line in lines]
    lines = [f"claims = {count}" if line.startswith("claims =") else line for line in lines]
    rows = sorted(weights.weights.items(), key=lambda row: (-row[1], row[0]))
    PATH.write_text(
        "\n".join([*lines, "[weights]", *(f'"{name}" = {weight}' for name, weight in rows)]) + "\n", "utf-8"
    )


def calibration_error(stated: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error over fifths (Naeini et al. 2015)."""
    fifths = np.minimum((np.array(stated) * 5).astype(int), 4)
    hits, said = np.array(right, dtype=float), np.array(stated)
    return float(
        sum(abs(hits[fifths == f].mean() - said[fifths == f].mean()) * (fifths == f).mean() for f in set(fifths))
    )


def table(data: Sequence[Judged], base: float | None = None) -> str:
    """Return stated against observed as lines of text."""
    stated, right = [one.stated for one in data], [one.right for one in data]
    lines = [f"{'stated':>12}{'claims':>8}{'mean stated':>13}{'observed':>10}"]
    for low, high in itertools.pairwise(BINS):
        held = [one for one in data if low <= one.stated < high]
        if held:
            mean, share = np.mean([one.stated for one in held]), np.mean([one.right for one in held])
            lines.append(f"{low:.1f} to {min(high, 1):.1f}{len(held):>10}{mean:>13.2f}{share:>10.2f}")
    systems = {"dateline": stated} | ({f"always {base:.2f}": [base] * len(data)} if base is not None else {})
    for name, said in systems.items():
        brier = np.mean((np.array(said) - np.array(right)) ** 2)
        lines.append(f"{name}: ece {calibration_error(said, right):.3f}, brier {brier:.3f}, auc {auc(said, right):.3f}")
    return "\n".join(lines)


def auc(stated: Sequence[float], right: Sequence[bool]) -> float:
    """Return how often a right claim states more than a wrong one, ties counted half."""
    good = np.array([s for s, r in zip(stated, right, strict=True) if r])[:, None]
    bad = np.array([s for s, r in zip(stated, right, strict=True) if not r])[None, :]
    return float(((good > bad) + 0.5 * (good == bad)).mean()) if good.size and bad.size else 0.5


def main() -> int:
    """Print the tables; with --fit write the weights."""
    options = argparse.ArgumentParser(description="Stated confidence against observed.")
    options.add_argument("--fit", action="store_true", help="write the weights")
    options.add_argument("--others", nargs="*", default=[], metavar="FOLDER", help="judge these as stated, too")
    given = options.parse_args()
    learned, held = (
        [one for example in examples([f for f in FOLDERS if f.name in names]) for one in judged(example)]
        for names in (("open", "more"), ("held",))
    )
    weights = fit(learned)
    if given.fit:
        write(levelled(weights, held), len(learned) + len(held))
    base = float(np.mean([one.right for one in held]))
    print(f"open and more, {len(learned)} claims: what a claim is worth is learned here\n{table(learned)}\n")
    print(f"held, {len(held)} claims, cross-fitted\n{table(crossed(weights, held), base)}")
    for folder in given.others:
        others = [one for example in examples([Path(folder)]) for one in judged(example)]
        print(f"\n{folder}, {len(others)} claims, as stated\n{table(others, base)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
