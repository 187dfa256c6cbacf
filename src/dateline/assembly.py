"""Put the pipeline together: what the stages need to know is loaded once, and the stages are found.

Stages come in through the entry-point group `dateline.stages`, the built-in ones too. An entry point is
named by its place in the order and its name ("40 coding") and points to a function that takes
`Resources` and returns a Stage.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

import msgspec

import dateline
from dateline.attribution import Attributing, Tagger
from dateline.claiming import Claiming, ClassModel, SecondReading
from dateline.cleaning import Cleaning
from dateline.coding import Coding
from dateline.dating import Dating
from dateline.exporting.coded import MadeBy
from dateline.knowledge.actors import Catalogue, Countries, actors, countries
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.nouns import NounLexicon, noun_lexicon
from dateline.knowledge.trained import Trained
from dateline.language import LanguageModel, Naming, Parsing, Referring, Truecaser, dictionary, load_model
from dateline.language.vectors import vectors_of
from dateline.pipeline import Pipeline
from dateline.placing import Placing
from dateline.records import Stage

GROUP = "dateline.stages"


class Resources(msgspec.Struct, frozen=True):
    """What stages are made from: the model, the gazetteer and the knowledge."""

    model: LanguageModel
    gazetteer: Gazetteer
    actors: Catalogue
    countries: Countries
    nouns: NounLexicon
    trained: Trained


def cleaning(_: Resources) -> Stage:
    """Make the stage that marks what is not the story."""
    return Cleaning()


def parsing(known: Resources) -> Stage:
    """Make the stage that finds sentences and words."""
    return Parsing(known.model, lambda word: bool(known.countries.by_name(word) or known.countries.by_demonym(word)))


def naming(known: Resources) -> Stage:
    """Make the stage that finds who and what is mentioned."""
    return Naming(known.actors, known.countries, known.nouns, known.gazetteer)


def referring(known: Resources) -> Stage:
    """Make the stage that says what stands for what."""
    return Referring(known.gazetteer)


def attributing(known: Resources) -> Stage:
    """Make the stage that says who says it."""
    return Attributing(trained=Tagger.of(known.trained))


def coding(known: Resources) -> Stage:
    """Make the stage that says what happened."""
    return Coding(known.actors, known.countries, known.nouns, known.trained.linear("conflict"))


def placing(known: Resources) -> Stage:
    """Make the stage that says where."""
    return Placing(known.gazetteer, known.trained)


def dating(_: Resources) -> Stage:
    """Make the stage that says when."""
    return Dating()


def claiming(known: Resources) -> Stage:
    """Make the stage that puts claims together."""
    classes, parties = known.trained.linear("cameo-class"), known.trained.linear("cameo-spans")
    return Claiming(SecondReading(ClassModel(classes, vectors_of(known.model)) if classes else None, parties))


def truecaser(known: Resources) -> Truecaser:
    """Make what gives text in capitals its case back."""

    def names(text: str) -> Iterator[tuple[int, int, str]]:
        for match in known.actors.find(text):
            yield match.start, match.end, match.alias
        yield from known.countries.in_capitals(text)

    return Truecaser(dictionary(known.model), names, known.trained.linear("truecasing"))


@functools.cache
def load_resources(model: str = "", places: tuple[str, ...] = (), trained: bool = True) -> Resources:
    """Load model, gazetteer and knowledge once; `places` are paths of the user's own CSV files of places.

    Without `trained` the stages are made of rules alone.
    Raises ModelError, GazetteerError or KnowledgeError, each naming what to do.
    """
    gazetteer = Gazetteer.open()
    for path in places:
        gazetteer.add_csv(Path(path))
    return Resources(load_model(model), gazetteer, actors(), countries(), noun_lexicon(), Trained(trained))


@functools.cache
def load_pipeline(model: str = "", places: tuple[str, ...] = (), trained: bool = True) -> Pipeline:
    """Return the pipeline of all installed stages, in the order of their names."""
    known = load_resources(model, places, trained)
    found = sorted(metadata.entry_points(group=GROUP), key=lambda entry: entry.name)
    return Pipeline([entry.load()(known) for entry in found], truecaser(known))


@functools.cache
def knowledge_hash() -> str:
    """Return a hash over the knowledge files and the trained weights, 16 hex digits."""
    root = resources.files("dateline.knowledge")
    digest = hashlib.sha256()
    pending = [root]
    names = []
    while pending:
        for entry in pending.pop().iterdir():
            if entry.is_dir():
                pending.append(entry)
            elif entry.name.endswith((".toml", ".tsv", ".txt", ".npz", ".crfsuite")):
                names.append((entry.name, hashlib.sha256(entry.read_bytes()).hexdigest()))
    for name, one in sorted(names):
        digest.update(f"{name}{one}".encode())
    return digest.hexdigest()[:16]


def made_by(known: Resources) -> MadeBy:
    """Return the versions and hashes that an output names."""
    return MadeBy(dateline.__version__, known.model.name, known.model.hash, known.gazetteer.version, knowledge_hash(),
        tuple(sorted(known.trained.given)),
    )  # fmt: skip
