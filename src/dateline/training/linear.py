"""Fit a linear model over named features with scikit-learn, and keep only the weights that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dateline.knowledge.trained import Linear

Example = Sequence[str] | Mapping[str, float]


def fit(
    examples: Sequence[Example],
    labels: Sequence[str],
    *,
    strength: float = 1.0,
    least: int = 2,
    balanced: bool = False,
    smallest: float = 0.0,
    weights: Sequence[float] | None = None,
    seed: int = 0,
) -> Linear:
    """Return a logistic regression (L2, L-BFGS) of `labels` on the features of `examples`.

    `strength` is scikit-learn's C; features in fewer than `least` examples are left out, and those whose
    weights are all smaller than `smallest`; `weights` is one weight an example. With two labels the model
    has both as classes, so that its probabilities add up to one.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for example in examples for name in set(example))
    rows = {name: number for number, name in enumerate(sorted(n for n, count in counts.items() if count >= least))}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for example in examples:
        held = example if isinstance(example, Mapping) else dict.fromkeys(example, 1.0)
        for name, value in held.items():
            if name in rows:
                columns.append(rows[name])
                values.append(value)
        ends.append(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(examples), len(rows)), dtype=np.float64)
    model = LogisticRegression(
        C=strength, max_iter=300, class_weight="balanced" if balanced else None, random_state=seed
    )
    model.fit(matrix, list(labels), sample_weight=weights)
    table, bias = _both(model.coef_.T, model.intercept_)
    kept = np.abs(table).max(axis=1) > smallest
    names = [name for name, number in rows.items() if kept[number]]
    return Linear([str(label) for label in model.classes_], names, table[kept], bias)


def _both(table: Any, bias: Any) -> tuple[Any, Any]:
    """Return a column for each of two classes where scikit-learn gives one: half the odds to either."""
    if table.shape[1] > 1:
        return table, bias
    return np.hstack([-table / 2, table / 2]), np.concatenate([-bias / 2, bias / 2])
