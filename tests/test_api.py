"""Dateline from Python."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import dateline
from dateline.api import Coded, code, code_all, code_report, code_text
from dateline.reading import Failure, make_report
from dateline.records import Claim, Flag, ReadingError, UsageError

TEXT = "Gunmen killed a judge in Kirkuk on Monday, police said.\n\nThe army denied that its soldiers fled.\n"

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kirkuk.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_code_takes_a_file(file: Path) -> None:
    coded = dateline.code(file, published="2021-07-28", outlet="Example Wire", country="IQ")
    assert isinstance(coded, Coded)
    assert coded.report.published == dt.date(2021, 7, 28)
    assert (coded.report.outlet, coded.report.country) == ("Example Wire", "IQ")
    assert coded.claims
    assert all(isinstance(claim, Claim) for claim in coded.claims)
    assert [c.predication.trigger for c in coded.claims] == sorted(c.predication.trigger for c in coded.claims)
    assert f"{len(coded.claims)} claims" in repr(coded)


def test_code_takes_words_for_a_path_as_well(file: Path) -> None:
    assert code(str(file)).json() == code(file).json()


def test_json_is_one_line_of_what_out_says(file: Path) -> None:
    coded = code(file)
    line = coded.json()
    assert "\n" not in line
    made = json.loads(line)
    assert made["report"]["text"] == coded.report.text
    assert [c["id"] for c in made["claims"]] == [c.id for c in coded.claims] == [c.id for c in coded.out().claims]
    assert made["made_by"]["dateline"] == dateline.__version__
    assert made["made_by"]["knowledge"]


def test_many_files_and_what_cannot_be_read(tmp_path: Path, file: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    found = list(code_all(tmp_path))
    assert [type(one).__name__ for one in found] == ["Failure", "Coded"]
    assert isinstance(found[0], Failure)
    assert "empty.txt" in str(found[0].error())


def test_what_cannot_be_read_is_an_error_of_code(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="nowhere"):
        code(tmp_path / "nowhere.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(ReadingError, match="empty"):
        code(tmp_path / "empty.txt")


def test_a_file_of_many_reports_is_for_code_all(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps({"text": f"{TEXT} {n}"}) + "\n" for n in range(2)))
    with pytest.raises(ReadingError, match="holds 2 reports"):
        code(path)
    assert len(list(code_all(path))) == 2


def test_columns_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f'nr,words\n1,"{TEXT}"\n')
    (coded,) = code_all(path, columns={"text": "words"})
    assert isinstance(coded, Coded)
    assert coded.claims


def test_wrong_use_is_said_at_once(file: Path) -> None:
    with pytest.raises(UsageError, match="2021-13-45"):
        code_text(TEXT, published="2021-13-45")
    with pytest.raises(UsageError):
        list(code_all(file, country="Nowhere"))


def test_a_text_without_a_file() -> None:
    coded = code_text(TEXT, published=dt.date(2021, 7, 28))
    assert coded.report.text == TEXT or coded.report.text.strip() == TEXT.strip()
    assert coded.claims
    assert coded.report.path == ""


def test_a_report_that_was_read_already() -> None:
    report = make_report(TEXT, published="2021-07-28")
    assert code_report(report).json() == code_text(TEXT, published="2021-07-28").json()


def test_another_language_is_kept_and_flagged() -> None:
    text = "Des hommes armés ont attaqué le village dans la nuit de lundi à mardi, selon les habitants. " * 4
    coded = code_text(text)
    assert not coded.claims
    assert coded.flags
    assert all(isinstance(flag, Flag) for flag in coded.flags)


def test_debris_is_given() -> None:
    coded = code_text(TEXT + "\nRead also: Ten things to know about the river\n")
    assert [d.kind for d in coded.debris] == ["related"]


def test_a_users_places_are_used(tmp_path: Path) -> None:
    places = tmp_path / "places.csv"
    places.write_text("name,lat,lon,country\nQuxabar,35.5,44.4,IQ\n")
    report = make_report("Gunmen killed a judge in Quxabar on Monday.", country="IQ")
    (claim,) = code_report(report, places=[places]).claims
    assert claim.place is not None
    assert (claim.place.lat, claim.place.lon) == (35.5, 44.4)


def test_the_package_names_what_it_offers() -> None:
    for name in dateline.__all__:
        assert hasattr(dateline, name), name
