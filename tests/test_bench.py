"""The frame of the benchmarks: tables, reports and the places for them in a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import frame
from benchmarks.bench import MODULES, benchmark, markdown, put_into
from benchmarks.frame import OURS, Benchmark, Case, Outcome, Score, grid, ran
from dateline.corpora import Part, hash_of

SCORES = (
    Score("day", OURS, 0.5, 10),
    Score("day", "baseline", 0.25, 10),
    Score("error", OURS, 3.0, 10),
    Score("day", "published: X", 0.6),
)


def _measure(files: list[Path], part: Part) -> Iterator[Score]:
    yield from SCORES if files and part == "score" else ()


def _errors(files: list[Path]) -> Iterator[Case]:
    for path in files:
        yield Case(path.name, "missed", "the words\n around", "gold", "-")
        yield Case(path.name, "extra", "other words", "-", "ours")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("made/*.txt"))


MADE = Benchmark("made", "a corpus made for the test", _files, _measure, _errors, ("error",))


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "a.txt").write_text("a", "utf-8")
    return tmp_path


def test_a_row_holds_every_system(corpora: Path) -> None:
    systems, rows = grid(ran(MADE, _files(corpora), "score"))
    assert systems == [OURS, "baseline", "published: X"]
    assert rows == [["day", "10", "0.500", "0.250", "0.600"], ["error (less is better)", "10", "3.000", "", ""]]


def test_an_absent_corpus_is_skipped_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.main(MADE, ["--corpora", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert (out, "absent" in err) == ("", True)


def test_errors_can_be_browsed_by_kind(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.main(MADE, ["--corpora", str(corpora), "--errors", "--kind", "missed"]) == 0
    out = capsys.readouterr().out
    assert "the words around" in out
    assert "other words" not in out


def test_the_outcome_can_be_had_as_json(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.main(MADE, ["--corpora", str(corpora), "--json"]) == 0
    assert '"value":0.25' in capsys.readouterr().out


def test_the_hash_is_of_the_bytes(corpora: Path) -> None:
    before = hash_of(_files(corpora))
    (corpora / "made" / "a.txt").write_text("b", "utf-8")
    assert hash_of(_files(corpora)) != before


def test_a_report_names_what_is_absent(corpora: Path) -> None:
    text = markdown([ran(MADE, _files(corpora), "score")], ["geo"])
    assert "Absent, not measured: geo." in text
    assert "| day | 10 | 0.500 | 0.250 | 0.600 |" in text


def test_tables_go_to_their_places_in_a_document(corpora: Path) -> None:
    document = corpora / "accuracy.md"
    document.write_text("before\n<!-- measured: made -->\nold\n<!-- end -->\nafter\n", "utf-8")
    outcome = ran(MADE, _files(corpora), "score")
    for _ in range(2):
        put_into(document, [outcome])
        text = document.read_text("utf-8")
        assert text.startswith("before\n")
        assert text.endswith("after\n")
        assert text.count("| day |") == 1
        assert "old" not in text
    with pytest.raises(ValueError, match="no place for other"):
        put_into(document, [Outcome("other", "", "score", "", 0, SCORES)])


@pytest.mark.parametrize("name", MODULES)
def test_every_benchmark_is_there_and_finds_nothing_in_an_empty_folder(name: str, tmp_path: Path) -> None:
    chosen = benchmark(name)
    assert chosen.name == name
    assert chosen.files(tmp_path) == []
