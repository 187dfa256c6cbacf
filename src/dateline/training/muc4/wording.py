"""Words of like meaning under one number: the word vectors of the language model in a few hundred clusters.

What a model learns of a "pylon" then holds, in part, of a "transformer" that it has not seen. The table is
made once, when the models are trained, so that no vectors are looked up when texts are answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from dateline.language import LanguageModel

COUNT = 200


def clusters(model: LanguageModel, seed: int = 0) -> dict[str, int]:
    """Return the number of the cluster of each noun, verb and adjective that has a vector; k-means, seeded."""
    from sklearn.cluster import MiniBatchKMeans

    tables = model.nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index", {})
    vocab = model.nlp.vocab
    listed = sorted({word for part in ("noun", "verb", "adj") for word in tables.get(part, ())})
    words = [word for word in listed if word.isalpha() and word.islower() and vocab.has_vector(word)]
    vectors = np.array([vocab.get_vector(word) for word in words], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    fitted = MiniBatchKMeans(COUNT, random_state=seed, n_init=1, batch_size=4096, max_iter=40).fit(vectors)
    return dict(zip(words, map(int, fitted.labels_), strict=True))


def save(table: Mapping[str, int], path: Path) -> None:
    """Write a table of clusters: words as UTF-8 bytes, a number each."""
    words = sorted(table)
    packed = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    numbers = np.array([table[word] for word in words], dtype=np.uint8 if COUNT <= 256 else np.uint16)
    np.savez_compressed(path, allow_pickle=False, words=packed, numbers=numbers)


def load(path: Path) -> dict[str, int]:
    """Read a table of clusters."""
    with np.load(path, allow_pickle=False) as held:
        words = held["words"].tobytes().decode().split("\n")
        return dict(zip(words, held["numbers"].tolist(), strict=True))
