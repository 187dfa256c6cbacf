"""What quality may not fall below: the example reports, and corpora where they are."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from benchmarks.bench import benchmark
from benchmarks.examples import FLOORS, main
from benchmarks.frame import OURS
from dateline.corpora import hash_of

CORPORA = Path(os.environ.get("DATELINE_CORPORA", "absent"))
# These two parse a thousand texts and more, minutes on a fresh machine: only `make bench` holds them to their floors.
LONG = () if os.environ.get("DATELINE_FLOORS") == "all" else ("geo", "peaceful")
CORPUS_FLOORS = tomllib.loads(FLOORS.read_text("utf-8"))["corpora"]


def test_floors_name_both_parts() -> None:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    assert {"open", "held"} <= set(floors)
    for name in ("open", "more", "fresh", "held"):
        part = floors[name]
        assert {"claim_recall", "precision", "overall", "bad_spans"} <= set(part)
        assert part["bad_spans"] == 0


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_the_examples_reach_their_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--floor"]) == 0, capsys.readouterr().err


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("name", sorted(CORPUS_FLOORS))
def test_the_scores_on_a_corpus_reach_their_floors(name: str) -> None:
    floors = CORPUS_FLOORS[name]
    if name in LONG:
        pytest.skip("takes minutes; make bench measures it (DATELINE_FLOORS=all)")
    chosen = benchmark(name)
    files = chosen.files(CORPORA)
    if not files:
        pytest.skip(f"{name} is not there; set DATELINE_CORPORA")
    if hash_of(files) != floors["sha256"]:
        pytest.skip(f"{name} is another edition or part than the one that the floors were measured on")
    reached: dict[str, float] = {}
    for score in chosen.measure(files, "score"):
        if score.system == OURS:
            reached[score.measure] = score.value
        if floors["measures"].keys() <= reached.keys():
            break  # the peers, some of them trained on the spot, are for `make bench`
    for measure, floor in floors["measures"].items():
        if measure in chosen.lower:
            assert reached[measure] <= floor, measure
        else:
            assert reached[measure] >= floor, measure


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_reports_are_linked_better_than_by_equal_values_or_by_words() -> None:
    chosen = benchmark("linking")
    files = chosen.files(CORPORA)
    if not files or hash_of(files) != CORPUS_FLOORS["linking"]["sha256"]:
        pytest.skip("the corpus is not there; set DATELINE_CORPORA")
    reached = {score.system: score.value for score in chosen.measure(files, "score") if score.measure == "pairs, F1"}
    ours = reached.pop(OURS)
    assert all(ours > value for system, value in reached.items()), (ours, reached)
