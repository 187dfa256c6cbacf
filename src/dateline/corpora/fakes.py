"""FA-KES: reports of the Syrian war, each with the one incident that its coders saw in it (CSV).

A row is a report: `article_title`, `article_content` (one paragraph, the lines joined), `source` (the outlet),
and what was coded: `date` (month/day/year), `location` (the governorate), `actor`, `cause_of_death`, and the
numbers killed, 0 where none is reported. Licence: CC BY 4.0 (Abu Salem et al. 2019, zenodo.2607278).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import msgspec

from dateline.corpora import Part, taken

FIGURES = ("civilians", "children", "women", "noncivilians")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")


class Coded(msgspec.Struct, frozen=True):
    """A report with its coding: the day, the governorate, who killed, how, and how many of whom."""

    key: str
    title: str
    text: str
    outlet: str
    day: dt.date
    governorate: str
    actor: str
    cause: str
    civilians: int
    children: int
    women: int
    noncivilians: int


def files(corpora: Path) -> list[Path]:
    """Return the corpus's files in a folder of corpora, or in its own folder."""
    return sorted([*(corpora / "fa-kes").glob("*.csv"), *corpora.glob("fa*kes*.csv")])


def read(path: Path, part: Part = "all") -> list[Coded]:
    """Read the rows of one part. Raises ValueError where a row lacks what was coded."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [_coded(row) for row in rows if taken(row["unit_id"], part)]


def _coded(row: dict[str, str]) -> Coded:
    return Coded(
        key=row["unit_id"], title=_clean(row["article_title"]), text=_clean(row["article_content"]),
        outlet=row["source"].strip(), day=_day(row["date"]), governorate=row["location"].strip().lower(),
        actor=row["actor"].strip().lower(), cause=row["cause_of_death"].strip().lower(),
        **{name: int(row[f"nb_{name}"] or 0) for name in FIGURES},
    )  # fmt: skip


def _day(value: str) -> dt.date:
    found = _DAY.fullmatch(value.strip())
    if found is None:
        raise ValueError(f"{value!r} is not a day written as month/day/year")
    month, day, year = map(int, found.groups())
    return dt.date(year + 2000 if year < 100 else year, month, day)


def _clean(text: str) -> str:
    """Return a text without the control characters that stray in it (bytes of another encoding)."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+", " ", text).strip()
