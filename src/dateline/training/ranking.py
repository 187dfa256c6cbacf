"""Fit a linear model that chooses one of several candidates, by softmax over their scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dateline.knowledge.trained import Linear

Choice = tuple[Sequence[Mapping[str, float]], int]  # the candidates' features, and the number of the right one


def rank(choices: Sequence[Choice], *, penalty: float = 2.0, least: int = 3, smallest: float = 0.0) -> Linear:
    """Return a model of one class, "choice", whose score is highest for the right candidates.

    `penalty` is the weight of the squared weights (L2), features of fewer than `least` candidates are left
    out, and so are those whose weights are not over `smallest`. Fitted by L-BFGS from zero.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(name for candidates, _ in choices for one in candidates for name in one)
    rows = {name: row for row, name in enumerate(sorted(name for name, count in counts.items() if count >= least))}
    columns: list[int] = []
    values: list[float] = []
    ends, starts, right = [0], [], []
    for candidates, number in choices:
        starts.append(len(ends) - 1)
        right.append(len(ends) - 1 + number)
        for one in candidates:
            for name, value in one.items():
                if name in rows:
                    columns.append(rows[name])
                    values.append(value)
            ends.append(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(rows)))
    sizes = np.diff([*starts, len(ends) - 1])
    true = np.zeros(len(ends) - 1)
    true[right] = 1.0

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        grown = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chances = grown / np.repeat(np.add.reduceat(grown, starts), sizes)
        value = -np.log(chances[right] + 1e-12).sum() + penalty / 2 * (weights @ weights)
        return float(value), matrix.T @ (chances - true) + penalty * weights

    found = minimize(loss, np.zeros(len(rows)), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    kept = np.abs(found) > smallest
    names = [name for name, row in rows.items() if kept[row]]
    return Linear(("choice",), names, found[kept][:, None], np.zeros(1))
