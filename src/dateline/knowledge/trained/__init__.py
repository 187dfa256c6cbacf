"""Trained weights: linear models in NumPy's own format, each with its card; the pipeline works without them.

A model is a folder NAME in this one: `weights.npz` (arrays and no objects: nothing in it is run when it is
loaded) and `card.toml`, which says what it was trained on, under which licence, how well it does, and the
command that trains it again. `dateline train NAME` writes both.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dateline.records import KnowledgeError

FOLDER = Path(__file__).parent


class Linear:
    """A linear model over named features: one column of weights a class.

    `classes` name the columns; `features` maps a feature to its row; `weights` has the shape (features,
    classes) and `bias` (classes,), both float32. A feature that is not known counts for nothing.
    """

    def __init__(self, classes: Sequence[str], features: Sequence[str], weights: ArrayLike, bias: ArrayLike) -> None:
        self.classes = tuple(classes)
        self.rows = {feature: row for row, feature in enumerate(features)}
        self.weights = np.asarray(weights, dtype=np.float32)
        self.bias = np.asarray(bias, dtype=np.float32)

    def scores(self, features: Iterable[str] | Mapping[str, float]) -> NDArray[np.float32]:
        """Return one score a class (log odds up to a constant) for features, or for features with values."""
        if isinstance(features, Mapping):
            known = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
            if not known:
                return self.bias
            rows, values = zip(*known, strict=True)
            return np.asarray(self.bias + np.asarray(values, dtype=np.float32) @ self.weights[list(rows)])
        rows = [row for name in features if (row := self.rows.get(name)) is not None]  # type: ignore[assignment]
        return np.asarray(self.bias + self.weights[rows].sum(axis=0)) if rows else self.bias

    def probabilities(self, features: Iterable[str] | Mapping[str, float]) -> NDArray[np.float32]:
        """Return the probability of each class: softmax over the scores, the sigmoid where there is one class."""
        scores = self.scores(features)
        if len(scores) == 1:
            return np.asarray(1 / (1 + np.exp(-scores)))
        grown = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum())

    def best(self, features: Iterable[str] | Mapping[str, float]) -> tuple[str, float]:
        """Return the most probable class and its probability."""
        found = self.probabilities(features)
        column = int(found.argmax())
        return self.classes[column], float(found[column])

    def save(self, path: Path) -> None:
        """Write the model to an .npz file: weights as float16, names as UTF-8 bytes, the same bytes each time."""
        ordered = sorted(self.rows, key=self.rows.__getitem__)
        np.savez_compressed(
            path,
            allow_pickle=False,
            classes=_packed(self.classes),
            features=_packed(ordered),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
        )

    @classmethod
    def load(cls, path: Path) -> Linear:
        """Read a model. Raises KnowledgeError where the file is not one."""
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls(_unpacked(held["classes"]), _unpacked(held["features"]), held["weights"], held["bias"])
        except (OSError, ValueError, KeyError) as error:
            raise KnowledgeError(f"{path}: not a trained model ({error}). Install Dateline again") from error


def _packed(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n")


class Trained:
    """The trained models that are installed, or none of them; `given` are the names of those asked for and there."""

    def __init__(self, wanted: bool = True) -> None:
        """`wanted` is False for a pipeline of rules alone."""
        self.wanted = wanted
        self.given: set[str] = set()

    def linear(self, name: str) -> Linear | None:
        """Return the linear model of that name, or None where it is not there or not wanted.

        Raises KnowledgeError where its file is damaged.
        """
        found = _linear(name) if self.wanted else None
        if found is not None:
            self.given.add(name)
        return found

    def path(self, name: str, file: str) -> Path | None:
        """Return the path of a file of the model `name`, or None where it is not there or not wanted."""
        path = FOLDER / name / file
        if not self.wanted or not path.is_file():
            return None
        self.given.add(name)
        return path


def installed() -> list[str]:
    """Return the names of the models that are there."""
    return sorted(path.parent.name for path in FOLDER.glob("*/card.toml"))


def verify(name: str) -> str:
    """Compare a model's files with its card; return what the model does.

    Raises KnowledgeError where a file is missing or another one.
    """
    path = FOLDER / name / "card.toml"
    try:
        card = tomllib.loads(path.read_text("utf-8"))
        for file, expected in card["sha256"].items():
            if hashlib.sha256((FOLDER / name / file).read_bytes()).hexdigest() != expected:
                raise KnowledgeError(f"{FOLDER / name / file}: not the file that its card names")
        return str(card["what"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


@functools.cache
def _linear(name: str) -> Linear | None:
    path = FOLDER / name / "weights.npz"
    return Linear.load(path) if path.is_file() else None
