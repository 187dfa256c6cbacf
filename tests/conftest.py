"""What the tests share: the model, the knowledge, and reports made from single sentences."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import settings

from dateline.knowledge.actors import actors, countries
from dateline.knowledge.nouns import noun_lexicon
from dateline.language import LanguageModel, Naming, Parsing, Referring, load_model
from dateline.records import Block, Dossier, Evidence, Report, Span, Stage

# The same examples in every run of continuous integration; new ones each time on a desk.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

EVIDENCE = Evidence((), "test", "test")


@pytest.fixture(scope="session")
def model() -> LanguageModel:
    return load_model()


@pytest.fixture(scope="session")
def language(model: LanguageModel) -> tuple[Stage, ...]:
    """The language stages without a gazetteer."""
    return Parsing(model), Naming(actors(), countries(), noun_lexicon(), None), Referring(None)


def dossier_of(blocks: Sequence[str], **known: object) -> Dossier:
    """Return a dossier of a report whose paragraphs are `blocks`."""
    text, made = "", []
    for block in blocks:
        made.append(Block(Span(len(text), len(text) + len(block)), "body", EVIDENCE))
        text += block + "\n\n"
    return Dossier(Report("test", text, **known)).adding(made)  # type: ignore[arg-type]


def run(stages: Sequence[Stage], dossier: Dossier) -> Dossier:
    """Return the dossier after the stages."""
    for stage in stages:
        dossier = dossier.adding(stage(dossier))
    return dossier
