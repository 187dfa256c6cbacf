"""Dateline's answers to MUC-4: each text through the whole pipeline, and templates from what it read there."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.parses import pipeline
from dateline.corpora.muc4 import Template, Text
from dateline.knowledge.trained import FOLDER
from dateline.training.muc4.deciding import Deciding, templates_of
from dateline.training.muc4.features import Index
from dateline.training.muc4.learned import NAME, Learned
from dateline.training.muc4.ruled import Ruled
from dateline.training.muc4.stories import story_of
from dateline.training.muc4.training import report_of


def answers(texts: Sequence[Text], trained: bool = True) -> list[Template]:
    """Return the templates of all texts, in their order; by rules alone where `trained` is False.

    Raises KnowledgeError where trained models are wanted and not there.
    """
    by: Deciding = Learned.load(FOLDER / NAME) if trained else Ruled()
    reads = pipeline(trained=trained)
    made: list[Template] = []
    for text in texts:
        made += templates_of(Index(story_of(text, reads.run(report_of(text))), by.clusters), by)
    return made
