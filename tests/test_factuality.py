"""How certain a text makes it that an event happened: the corpus, the numbers, the benchmark."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from benchmarks import factuality as benchmark
from dateline.coding.factuality import EDGES, certainty, expected
from dateline.coding.status import Verdict
from dateline.corpora import factuality
from dateline.knowledge.trained import Linear

ROWS = """0\tThe\t_\tDT\t1\tdet\tthe
1\tarmy\t_\tNN\t2\tnsubj\tarmy
2\tleft\t3.0\tVBD\t2\tROOT\tleave
3\t.\t_\t.\t2\tpunct\t.

0\tThe\t_\tDT\t1\tdet\tthe
1\trebels\t_\tNNS\t4\tnsubj\trebel
2\tdid\t_\tVBD\t4\taux\tdo
3\tn't\t_\tRB\t4\tneg\tnot
4\tattack\t-2.8\tVB\t4\tROOT\tattack
5\t.\t_\t.\t4\tpunct\t.

0\tHAVANA\t_\tNNP\t0\tROOT\thavana
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "factuality-uw"
    folder.mkdir()
    for name in ("train", "dev", "test"):
        (folder / f"{name}.conll").write_text(ROWS, "utf-8")
    return tmp_path


def test_sentences_are_read_with_their_values(corpus: Path) -> None:
    found = list(factuality.sentences(factuality.files(corpus), "look"))
    assert [sentence.name for sentence in found] == ["train 0", "train 1"]
    assert found[1].text == "The rebels didn't attack."
    (word,) = found[1].values
    start, end = found[1].offsets[word]
    assert (found[1].text[start:end], found[1].values[word]) == ("attack", -2.8)


def test_a_file_of_another_name_is_read_where_all_is_asked_for(corpus: Path) -> None:
    names = {s.name.split()[0] for s in factuality.sentences(factuality.files(corpus), "all")}
    assert names == {"train", "dev", "test"}
    assert {s.name.split()[0] for s in factuality.sentences(factuality.files(corpus), "score")} == {"dev"}


def test_a_value_that_is_no_number_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "factuality-uw").mkdir()
    (tmp_path / "factuality-uw" / "dev.conll").write_text("0\tleft\tyes\tVBD\t0\tROOT\tleave\n", "utf-8")
    with pytest.raises(ValueError, match="yes"):
        list(factuality.sentences(factuality.files(tmp_path), "all"))


def model_of(*shares: float) -> Linear:
    """A model that gives these shares of what lies above each edge, whatever the features."""
    odds = [math.log(share / (1 - share)) for share in shares]
    return Linear([str(edge) for edge in EDGES], ["none"], np.zeros((1, len(EDGES))), np.array(odds))


def test_what_is_expected_is_the_median() -> None:
    assert expected(model_of(0.9, 0.8, 0.4, 0.3, 0.2, 0.2, 0.1), []) == pytest.approx(0.1 + 0.8 * 0.3 / 0.4, abs=1e-4)
    assert expected(model_of(0.9, 0.9, 0.9, 0.9, 0.8, 0.8, 0.6), []) == 3.0
    assert expected(model_of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), []) < -1.5


def test_shares_that_rise_again_count_as_level() -> None:
    assert expected(model_of(0.9, 0.4, 0.9, 0.9, 0.9, 0.9, 0.9), []) < 0.1


def test_what_is_denied_or_failed_is_below_nought() -> None:
    assert certainty(Verdict("asserted", "affirmed", ())) == 3.0
    assert certainty(Verdict("asserted", "denied", ())) < 0
    assert certainty(Verdict("attempted", "affirmed", ("'failed': failed",))) < 0
    assert 0 < certainty(Verdict("possible", "affirmed", ())) < 3.0


@pytest.mark.model
@pytest.mark.gazetteer
def test_every_system_is_measured_in_one_run(corpus: Path) -> None:
    found = list(benchmark.measure(factuality.files(corpus), "score"))
    away = {score.system: score for score in found if score.measure == benchmark.AWAY}
    assert away[benchmark.BASELINE].value == pytest.approx((0 + 5.8) / 2)
    assert away[benchmark.RULES].value < away[benchmark.BASELINE].value
    assert away["dateline"].value < away[benchmark.BASELINE].value
    assert away["dateline"].count == 2
