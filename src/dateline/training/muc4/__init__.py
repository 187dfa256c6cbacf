"""MUC-4: what is read of a text for its templates, and the training of the models that fill them."""

from __future__ import annotations

from pathlib import Path

from dateline.training.cards import Card


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train the models; see `training`."""
    from dateline.training.muc4 import training  # heavy: the whole pipeline

    return training.train(corpora, folder, seed)
