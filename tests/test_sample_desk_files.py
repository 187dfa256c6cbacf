"""The sample desk of Afghanistan 2021: its tables are well-formed and speak of reports that are there."""

import csv
import datetime as dt
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "afghanistan-2021"
REPORTS = {path.name: path for path in sorted((FOLDER / "reports").glob("*.txt"))}
NOTE = "Note: written for Dateline as an example, from public facts; not a real report."


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert all(None not in row and None not in row.values() for row in rows), name
    return rows


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_says_that_it_was_written_for_the_example(name: str) -> None:
    text = REPORTS[name].read_text(encoding="utf-8")
    assert text.endswith(f"\n\n{NOTE}\n")
    assert 50 <= len(text.split()) <= 400


def test_facts() -> None:
    rows = _rows("facts.tsv")
    assert len({row["geonameid"] for row in rows}) == len(rows) == 32
    for row in rows:
        assert dt.date(2021, 8, 6) <= dt.date.fromisoformat(row["fell_on"]) <= dt.date(2021, 8, 15)
        assert row["contested"] in ("yes", "no")
        assert row["geonameid"].isdigit()


def test_each_contested_fall_is_a_dispute_of_the_reports() -> None:
    disputes = _rows("disputes.tsv")
    told = {row["place"] for row in disputes if row["what"] in ("fall", "attack")}
    assert {row["place"] for row in _rows("facts.tsv") if row["contested"] == "yes"} <= told
    for row in disputes:
        dt.date.fromisoformat(row["day"])
        assert all(row.values()), row
        assert set(row["files"].split(";")) <= REPORTS.keys(), row


def test_copies_are_reports_in_groups() -> None:
    rows = _rows("copies.tsv")
    groups = [row["group"] for row in rows]
    assert all(groups.count(group) >= 2 for group in groups)
    assert len({row["file"] for row in rows}) == len(rows)
    assert {row["file"] for row in rows} <= REPORTS.keys()
