"""FA-KES: its reader, and the scores on a table made by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from benchmarks.fakes import Answer, actor_of, governorate_of, measured
from dateline.corpora.fakes import files, read
from dateline.records import Participant

HEADER = (
    "unit_id,article_title,article_content,source,date,location,actor,cause_of_death,"
    "nb_children,nb_civilians,nb_noncivilians,nb_women,label\r\n"
)
ROW = (
    '17,"Shells hit, two die","Mon 04 May 2015 ""Two die"" \x95 near Homs.",example,5/4/15,homs,unknown,shelling,'
    "1,2,0,0,1\r\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "fa-kes"
    folder.mkdir()
    (folder / "fa-kes.csv").write_text(HEADER + ROW, encoding="utf-8", newline="")
    return tmp_path


def test_a_row_is_read(corpus: Path) -> None:
    (path,) = files(corpus)
    (row,) = read(path)
    assert (row.key, row.outlet, row.day) == ("17", "example", dt.date(2015, 5, 4))
    assert row.text == 'Mon 04 May 2015 "Two die"   near Homs.'
    assert (row.civilians, row.children, row.women, row.noncivilians) == (2, 1, 0, 0)


def test_a_wrong_day_is_an_error(corpus: Path) -> None:
    (path,) = files(corpus)
    path.write_text(HEADER + ROW.replace("5/4/15", "soon"), encoding="utf-8")
    with pytest.raises(ValueError, match="soon"):
        read(path)


def test_scores(corpus: Path) -> None:
    rows = read(files(corpus)[0])
    answer = Answer(dt.date(2015, 5, 3), "homs", "unknown", "explosion", 3.0, None, None, None)
    scores = {s.measure: s.value for s in measured(rows, [answer], "ours")}
    assert scores["day, exact"] == 0
    assert scores["day, within 1"] == 1
    assert (scores["governorate"], scores["actor"], scores["cause"]) == (1, 1, 0)
    assert (scores["civilians, exact"], scores["civilians, mean absolute error"]) == (0, 1)
    assert (scores["women, exact"], scores["children, exact"]) == (1, 0)


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        (Participant("actor", "Syrian armed forces", None, "SY:state-force", "state-force", "SY"), "syrian government"),
        (Participant("actor", "Kurdish fighters", None), "self administration"),
        (Participant("actor", "terrorists", None, kind="rebel"), "unknown"),
        (Participant("actor", "rebels", None, kind="rebel"), "armed opposition"),
        (Participant("actor", "US-led coalition", None, "us-led-coalition", "external-force"), "international"),
        (Participant("actor", "Islamic State", None, "islamic-state", "rebel"), "the organization of the islamic"),
    ],
)
def test_actors_in_the_terms_of_the_corpus(person: Participant, wanted: str) -> None:
    assert actor_of([person]).startswith(wanted)


def test_governorates() -> None:
    assert governorate_of("Rif Dimashq") == "damascus"
    assert governorate_of("Texas") == ""
