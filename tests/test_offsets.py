"""Every span of every record and of the JSON leads to its words; on the examples, on odd texts, on corpora."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.offsets import check, faults_in_json, faults_in_records, reports, spans_in
from dateline.api import code, code_text
from dateline.records import Evidence, Flag, Span

EXAMPLES = sorted(p for p in (Path(__file__).parents[1] / "examples").glob("*/*.txt") if ".gold." not in p.name)
SENTENCES = st.sampled_from(
    [
        "Gunmen killed 12 people in Goma on Monday. ", "“We repelled the attack”, the army said. ", "\n\n", "\n",
        "He said: «They left the city (…) at night». ", "«The rebels“", "\ufeff", "🙂", "\u202bحلب\u202c ", "\x00",
        "\x85", "The army denied this. ", "Read also: Ten days in May\n", "AFP - ", "THE REBELS TOOK MARIB. ",
        "e\u0301 ", "According to residents, shells hit the market. ", "- two were wounded\n",
        "“It [mercredi] fell", "\r\n",
    ]
)  # fmt: skip


def test_spans_are_found_however_deep() -> None:
    assert list(spans_in(Flag("x", "y", (Span(1, 2), Span(3, 4))))) == [Span(1, 2), Span(3, 4)]
    assert list(spans_in((Evidence((Span(1, 2),), "s", "r"), [Span(5, 6)]))) == [Span(1, 2), Span(5, 6)]


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_offsets_of_the_examples() -> None:
    counts: Counter[str] = Counter()
    for path in EXAMPLES:
        coded = code(path)
        assert not [*faults_in_records(coded, counts), *faults_in_json(coded.json(), counts)], path.name
    assert counts["Claim"] > 5000
    assert counts["json"] > 3000


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SENTENCES, min_size=1, max_size=12).map("".join))
@pytest.mark.model
@pytest.mark.gazetteer
def test_offsets_of_odd_texts(text: str) -> None:
    if not text.strip("\x00\ufeff\x85 \r\n\t"):
        return
    coded, counts = code_text(text), Counter[str]()
    assert not [*faults_in_records(coded, counts), *faults_in_json(coded.json(), counts)]
    assert coded.json() == code_text(text).json()


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_offsets_and_bytes_on_corpora(tmp_path: Path) -> None:
    rows = reports(Path(os.environ.get("DATELINE_CORPORA", "absent")), 40)
    if not rows:
        pytest.skip("no corpora; set DATELINE_CORPORA")
    faults, counts = check(rows, tmp_path)
    assert not faults
    assert counts["reports"] == len(rows)
