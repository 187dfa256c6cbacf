"""The reader of marked times, on hand-made files in the two published formats, and the scores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from benchmarks.wikiwars import BENCHMARK, baseline, measure, pair
from dateline.corpora.timex import Timex, files, read

TIMEX2 = """<?xml version="1.0"?><DOC><DOCID>a</DOCID>
<DATETIME><TIMEX2 val="2010-02-03">2010-02-03</TIMEX2></DATETIME><TEXT>
The siege began on <TIMEX2 val="1412-03-04">4 March 1412</TIMEX2> &amp; ended
<TIMEX2 val="P3W">three weeks after <TIMEX2 val="1412-03-04">that day</TIMEX2></TIMEX2>.</TEXT></DOC>"""
TIMEML = """<TimeML><DCT>
<TIMEX3 tid="t0" type="DATE" value="2013-05-06" functionInDocument="CREATION_TIME">6 May</TIMEX3></DCT>
<TEXT>Troops left <TIMEX3 tid="t1" type="DATE" value="2013-05-05">yesterday</TIMEX3>.</TEXT></TimeML>"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for folder, name, text in (("wikiwars", "a.key.xml", TIMEX2), ("platinum", "b.tml", TIMEML)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, "utf-8")
    return tmp_path


def test_both_formats_are_found_and_read(corpora: Path) -> None:
    timeml, timex2 = sorted((read(path) for path in files(corpora)), key=lambda text: not text.timeml)
    assert [timex2.text[t.start : t.end] for t in timex2.gold] == ["4 March 1412", "three weeks after that day"]
    assert [t.value for t in timex2.gold] == ["1412-03-04", "P3W"]
    assert "& ended" in timex2.text
    assert (timeml.day, timeml.text[: timeml.gold[0].start]) == (dt.date(2013, 5, 6), "Troops left ")


def test_the_scores_count_extents_and_values(corpora: Path) -> None:
    scores = {(s.measure, s.system): s.value for s in measure(BENCHMARK.files(corpora), "all")}
    assert scores["relaxed F1", "dateline"] > scores["relaxed F1", "full dates by expression"]
    assert scores["strict F1", "dateline"] < scores["relaxed F1", "dateline"]  # "three weeks after" is cut short
    assert scores["value F1", "full dates by expression"] == pytest.approx(0.5)


def test_expressions_pair_one_to_one() -> None:
    gold = [Timex(0, 4, "a"), Timex(6, 9, "b")]
    assert pair(gold, [Timex(0, 9, "a")]) == [(gold[0], Timex(0, 9, "a"))]
    assert pair(gold, []) == []


def test_the_baseline_reads_whole_dates(corpora: Path) -> None:
    sample = next(read(path) for path in files(corpora) if path.suffix == ".xml")
    assert [t.value for t in baseline(sample)] == ["1412-03-04"]
