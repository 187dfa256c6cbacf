"""When, where, who says it, who acts and ACLED's type in short reports of many forms: floors by field.

`python -m tests.test_fields [WORD...]` prints the shares and what is not right.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from benchmarks.gold import CodedClaim, CodedReport, GoldClaim
from benchmarks.scoring import FIELDS
from dateline.assembly import load_pipeline, load_resources, made_by
from dateline.exporting.coded import line
from dateline.reading import make_report

TABLE = Path(__file__).with_name("fields.toml")
ASKED = ("time", "place", "country", "source", "actor", "acled")
FLOORS = {"found": 0.87, "time": 0.94, "place": 0.88, "country": 0.84, "source": 0.95, "actor": 0.90, "acled": 0.88}


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one claim should hold; `at` are words around its trigger."""

    at: str
    time: str = ""
    place: str = ""
    country: str = ""
    by: str = ""
    actor: str | list[str] = ""
    acled: str = ""

    def gold(self) -> GoldClaim:
        """Return it in the form that the benchmarks compare."""
        by = [self.by] if self.by else []
        return GoldClaim("", by, self.actor, place=self.place, country=self.country, time=self.time)


class Short(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short report and its claims."""

    name: str
    form: str
    outlet: str
    text: str
    claims: list[Wanted]
    published: str | None = None


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    about: dict[str, str]
    report: list[Short]


def shorts() -> list[Short]:
    """Return the short reports."""
    return msgspec.convert(tomllib.loads(TABLE.read_text(encoding="utf-8")), Table).report


def _verdict(field: str, want: Wanted, got: CodedClaim) -> bool | None:
    if field == "acled":
        if not want.acled:
            return None
        have = (got.event.acled if got.event else None) or ["", ""]
        return have[-1] in want.acled.split("|")
    return FIELDS[field](want.gold(), got, {})


def _shown(got: CodedClaim) -> dict[str, str]:
    """Return the values of a claim as they are printed beside what was wanted."""
    actors = [f"{p.name}" for p in got.participants if p.role == "actor"]
    return {
        "time": f"{got.time.start}/{got.time.end}" if got.time else "-",
        "place": f"{got.place.name} ({got.place.text})" if got.place else "-",
        "country": (got.place.country_code or "-") if got.place else "-",
        "source": " < ".join(f"{one.name} {one.role or ''}".strip() for one in got.attribution),
        "actor": "; ".join(actors) or "-",
        "acled": " / ".join((got.event.acled if got.event else None) or ["-"]),
    }


def judged(report: Short) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return how often each field was asked for, how often it was right, and what was wrong, a line each."""
    dossier = load_pipeline().run(make_report(report.text, published=report.published, outlet=report.outlet))
    coded = msgspec.json.decode(line(dossier, made_by(load_resources())), type=CodedReport, strict=False)
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []
    text = coded.report.text
    for want in report.claims:
        start = text.index(want.at)
        end = start + len(want.at)
        here = [
            c for c in coded.claims
            if c.event and c.event.trigger and c.event.trigger.start < end and c.event.trigger.end > start
        ]  # fmt: skip
        asked["found"] += 1
        right["found"] += bool(here)
        if not here:
            wrong.append(f"{report.name}: «{want.at}» is not found")
            continue
        got = max(here, key=lambda c: sum(_verdict(field, want, c) is True for field in ASKED))
        for field in ASKED:
            verdict = _verdict(field, want, got)
            if verdict is None:
                continue
            asked[field] += 1
            right[field] += verdict
            if not verdict:
                wanted = want.by if field == "source" else getattr(want, field)
                wrong.append(f"{report.name}: «{want.at}» {field}: {_shown(got)[field]!r}, wanted {wanted!r}")
    return asked, right, wrong


def shares() -> tuple[dict[str, float], list[str]]:
    """Return the share that is right by field, over all short reports, and what is wrong."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for report in shorts():
        more_asked, more_right, more_wrong = judged(report)
        asked += more_asked
        right.update(more_right)
        wrong += more_wrong
    return {field: right[field] / asked[field] for field in ("found", *ASKED)}, wrong


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """The shares by field."""
    return shares()[0]


@pytest.mark.parametrize("field", FLOORS)
def test_share_right(figures: dict[str, float], field: str) -> None:
    """The share of claims whose field is right does not fall."""
    assert figures[field] >= FLOORS[field], f"{field}: {figures[field]:.3f}"


if __name__ == "__main__":
    found, lines = shares()
    lines = [one for one in lines if len(sys.argv) < 2 or any(word in one for word in sys.argv[1:])]
    print(*lines, *(f"{field:8} {share:.3f}" for field, share in found.items()), sep="\n")
