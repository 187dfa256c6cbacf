"""Training of the weights in `dateline.knowledge.trained` from folders of public corpora.

A trainer is a function of the folder of corpora, the folder to write to, and the seed; it returns the card
of what it wrote. It trains on the part to look at only, and gives in its card the scores on the other.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from dateline.records import UsageError
from dateline.training.cards import Card, folder_of, write_card

Trainer = Callable[[Path, Path, int], Card]
TRAINERS: dict[str, str] = {
    "attribution-cues": "attribution_cues",
    "attribution-extents": "attribution_extents",
    "attribution-words": "attribution_words",
    "cameo-class": "cameo_class",
    "cameo-spans": "cameo_spans",
    "conflict": "conflict",
    "factuality": "factuality",
    "muc4": "muc4",
    "toponyms": "toponyms",
    "truecasing": "truecasing",
}  # the name of a model, and the module that holds its function `train`


def train(name: str, corpora: Path, out: Path | None = None, seed: int = 0) -> Path:
    """Train the model `name` from a folder of corpora and write weights and card; return the card's path.

    `out` is the folder of models, by default the installed one. Raises UsageError where there is no such
    model, no corpus, or a library that training needs is missing.
    """
    if name not in TRAINERS:
        raise UsageError(f"there is no model {name!r} to train. The models are: {', '.join(sorted(TRAINERS))}")
    try:
        trainer: Trainer = importlib.import_module(f"dateline.training.{TRAINERS[name]}").train
        folder = folder_of(name, out)
        return write_card(trainer(corpora, folder, seed), folder)
    except ModuleNotFoundError as error:
        raise UsageError(f"training needs {error.name}. Install dateline[train]") from error
