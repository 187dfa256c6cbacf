"""The CAMEO corpora: their readers, their scores, and the models that were trained on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.corpora import cameo
from dateline.knowledge.crosswalk.pentaclass import PENTACLASS, pentaclass_of, pentaclass_rules

BIO = """\
The O
Army B-S
of I-S
Ruritania I-S
shelled O
a B-T
rebel I-T
- I-T
held I-T
town I-T
. O

Envoys B-R
met O
monks B-R
. O
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder of corpora in the published formats, written by us."""
    (tmp_path / "cameo_ner").mkdir()
    (tmp_path / "cameo_ner" / "test.txt").write_text(BIO, "utf-8")
    (tmp_path / "cameo_class").mkdir()
    rows = ["The army shelled a town.\t4", "Ruritania gave tents.\t2", "Monks urged calm.\t0", ""]
    (tmp_path / "cameo_class" / "dev.tsv").write_text("\n".join(rows), "utf-8")
    return tmp_path


def test_spans_are_read_with_their_words_in_running_text(corpora: Path) -> None:
    first, second = cameo.tagged(cameo.tagged_files(corpora), "all")
    assert first.text == "The Army of Ruritania shelled a rebel-held town."
    assert [first.text[a:b] for a, b in first.offsets] == list(first.words)
    assert first.spans == (("S", 1, 4), ("T", 5, 10))
    assert second.spans == (("R", 0, 1), ("R", 2, 3))


def test_spans_that_touch_and_spans_without_a_beginning() -> None:
    assert cameo.spans_of(["B-S", "B-S", "I-T", "I-T", "O", "I-R"]) == (
        ("S", 0, 1), ("S", 1, 2), ("T", 2, 4), ("R", 5, 6),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("the U.S. - led force ’ s base", "the U.S.-led force’s base"),
        ("some 20 , 000 euros ( $ 1 . 5 million )", "some 20,000 euros ($1.5 million)"),
        ("the town ' s U . K . envoy", "the town's U.K. envoy"),
        ("talks - of a kind - began", "talks-of a kind-began"),
    ],
)
def test_words_are_put_together(words: str, text: str) -> None:
    made, offsets = cameo.joined(tuple(words.split()))
    assert made == text
    assert [made[a:b] for a, b in offsets] == words.split()


def test_classes_are_read_by_name(corpora: Path) -> None:
    found = cameo.classed(cameo.classed_files(corpora), "all")
    assert [one.label for one in found] == ["material conflict", "material cooperation", "statement"]


def test_a_line_without_a_class_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("A sentence.\t1\nA sentence.\t7\n", "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        cameo.classed([path], "all")


def test_a_sentence_lies_on_one_side_of_the_split_however_it_is_spaced() -> None:
    assert cameo.key_of("The Army's U.S.-led raid.") == cameo.key_of("The Army 's U.S. - led raid .")


def test_corpus_and_crosswalk_name_the_same_classes() -> None:
    assert cameo.PENTACLASS == PENTACLASS
    assert {rule.to for rule in pentaclass_rules()} == set(PENTACLASS)


@pytest.mark.parametrize(
    ("plover", "status", "polarity", "label"),
    [
        ("ASSAULT", "asserted", "affirmed", "material conflict"),
        ("AID", "planned", "affirmed", "verbal cooperation"),
        ("AID", "planned", "denied", "verbal conflict"),
        ("SANCTION", "asserted", "affirmed", "verbal conflict"),
        ("AID", "opinion", "affirmed", "statement"),
        ("", "asserted", "affirmed", "statement"),
    ],
)
def test_plover_types_lead_to_classes(plover: str, status: str, polarity: str, label: str) -> None:
    assert pentaclass_of(plover, status, polarity) == label
