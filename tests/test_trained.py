"""Trained weights: what is stored is what was fitted, cards tell the truth, and nothing depends on them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pytest

from dateline.api import code_report
from dateline.corpora import scored, taken
from dateline.knowledge.trained import FOLDER, Linear, Trained
from dateline.reading import make_report
from dateline.records import KnowledgeError, UsageError
from dateline.training import TRAINERS, train
from dateline.training.cards import Card
from dateline.training.linear import fit

LARGEST = 15 * 1024 * 1024
MODELS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("*.toml")))
EXAMPLES = [["wet", "cold"], ["wet"], ["dry"], ["dry", "cold"], ["wet", "windy"], ["dry", "windy"]]
LABELS = ["rain", "rain", "sun", "sun", "rain", "sun"]


def test_a_model_is_the_same_after_it_was_stored(tmp_path: Path) -> None:
    made = fit(EXAMPLES, LABELS)
    made.save(tmp_path / "weights.npz")
    again = Linear.load(tmp_path / "weights.npz")
    assert again.classes == ("rain", "sun")
    for features in (["wet"], ["dry", "cold"], ["unheard of"], []):
        assert np.allclose(made.scores(features), again.scores(features), atol=1e-3)
    assert again.best(["wet", "cold"])[0] == "rain"
    assert again.best({"dry": 2.0})[0] == "sun"
    assert again.best({"dry": 2.0})[1] > again.best({"dry": 1.0})[1]


def test_the_same_model_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        fit(EXAMPLES, LABELS, seed=1).save(tmp_path / name)
    one, two = (Linear.load(tmp_path / name) for name in ("a.npz", "b.npz"))
    assert list(one.rows) == list(two.rows)
    assert np.array_equal(one.weights, two.weights)


def test_probabilities_add_up() -> None:
    made = fit([["a"], ["b"], ["c"], ["a"], ["b"], ["c"]], list("xyzxyz"))
    assert made.probabilities(["a"]).sum() == pytest.approx(1)
    assert fit(EXAMPLES, LABELS).probabilities(["wet"]).sum() == pytest.approx(1)


def test_rare_and_small_features_are_left_out() -> None:
    assert "windy" not in fit(EXAMPLES, LABELS, least=3).rows
    assert set(fit(EXAMPLES, LABELS, smallest=0.2).rows) == {"wet", "dry"}


def test_a_damaged_model_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"not a model")
    with pytest.raises(KnowledgeError, match=r"weights\.npz"):
        Linear.load(path)


def test_an_array_of_objects_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, classes=np.array([{}], dtype=object), features=np.zeros(1), weights=np.zeros(1), bias=np.zeros(1))
    with pytest.raises(KnowledgeError):
        Linear.load(path)


def test_without_trained_parts_there_are_none() -> None:
    for name in MODELS:
        assert Trained(False).linear(name) is None
        assert Trained(False).path(name, "weights.npz") is None
    assert Trained().linear("no such model") is None


def test_all_weights_together_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < LARGEST


@pytest.mark.parametrize("name", MODELS)
def test_a_card_names_the_weights_beside_it(name: str) -> None:
    card = tomllib.loads((FOLDER / name / "card.toml").read_text("utf-8"))
    assert set(card) == set(Card.__struct_fields__)
    assert card["name"] == name
    assert name in TRAINERS
    assert f"dateline train {name}" in card["command"]
    assert card["scores"]
    assert card["sha256"]
    for file, expected in card["sha256"].items():
        assert hashlib.sha256((FOLDER / name / file).read_bytes()).hexdigest() == expected
    assert not [path for path in (FOLDER / name).iterdir() if path.suffix in (".pkl", ".pickle", ".joblib")]


def test_what_cannot_be_trained_is_told_with_what_can(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no model 'absent'"):
        train("absent", tmp_path)


@pytest.mark.parametrize("name", sorted(TRAINERS))
def test_training_without_the_corpus_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        train(name, tmp_path / "corpora", tmp_path / "out")


def test_a_third_of_the_texts_is_only_scored() -> None:
    names = [f"text-{number}" for number in range(2000)]
    share = sum(map(scored, names)) / len(names)
    assert 0.27 < share < 0.33
    for name in names[:50]:
        assert taken(name, "look") != taken(name, "score")
        assert taken(name, "all")


@pytest.mark.model
@pytest.mark.gazetteer
def test_rules_alone_code_a_report_and_say_so() -> None:
    report = make_report("Rebels attacked the town of Kidal on Monday, killing four soldiers.", outlet="Example Wire")
    for trained in (True, False):
        coded = code_report(report, trained=trained)
        assert [claim.predication.plover for claim in coded.claims] == ["ASSAULT"]
        assert bool(coded.made_by.trained) is trained
        assert "toponyms" in coded.made_by.trained or not trained
        assert not {"muc4", "factuality"} & set(coded.made_by.trained)  # no stage asks for them
