"""What quality may not fall below: the example reports, and corpora where they are."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks.examples import FLOORS, main

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("DATELINE_CORPORA", "absent"))
# Hit rates on the scored parts, a little below what was measured when they were written.
GEO_ABOVE_BASELINE = 0.02


def test_floors_name_both_parts() -> None:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    assert {"open", "held"} <= set(floors)
    for part in floors.values():
        assert {"claim_recall", "precision", "overall", "bad_spans"} <= set(part)
        assert part["bad_spans"] == 0


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_the_examples_reach_their_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--floor"]) == 0, capsys.readouterr().err


def benchmark(name: str, *options: str) -> str:
    words = [sys.executable, "-m", f"benchmarks.{name}", "--corpora", str(CORPORA), *options]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.model
def test_attribution_on_polnear() -> None:
    if not (CORPORA / "polnear").is_dir():
        pytest.skip("PolNeAR is not there; set DATELINE_CORPORA")
    benchmark("polnear", "--floors", "--limit", "30")


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.gazetteer
def test_places_beat_the_most_populous_namesake() -> None:
    if not (CORPORA / "geo").is_dir():
        pytest.skip("the corpora of places are not there; set DATELINE_CORPORA")
    rows = [line.split() for line in benchmark("geo").splitlines()[1:]]
    assert rows
    for row in rows:
        ours, baseline = float(row[-4]), float(row[-3])
        assert ours >= baseline + GEO_ABOVE_BASELINE, row
