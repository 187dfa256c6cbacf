"""The static word vectors that come with the language model, at unit length."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.language.model import LanguageModel

Vectors = Callable[[str], NDArray[np.float32] | None]
KEPT = 1 << 16  # words


def vectors_of(model: LanguageModel) -> Vectors:
    """Return what gives the vector of a word, or None where the model has none for it."""
    vocab: Any = model.nlp.vocab

    @functools.lru_cache(KEPT)
    def vector(word: str) -> NDArray[np.float32] | None:
        if not vocab.has_vector(word):
            return None
        found = np.asarray(vocab.get_vector(word), dtype=np.float32)
        length = float(np.linalg.norm(found))
        return found / length if length else None

    return vector
