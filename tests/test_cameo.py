"""The CAMEO corpora: their readers, their scores, and the models that were trained on them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from dateline.assembly import load_pipeline, load_resources
from dateline.claiming.gist import ClassModel, main_verb, root_of, value_features
from dateline.claiming.parties import candidates, parties
from dateline.corpora import cameo
from dateline.knowledge.crosswalk.pentaclass import PENTACLASS, pentaclass_of, pentaclass_rules
from dateline.knowledge.trained import Trained
from dateline.language.vectors import vectors_of
from dateline.reading import make_report
from dateline.records import Claim
from dateline.training import cameo as training
from dateline.training.cameo import folds, keep_seen, mark, read, span_f1, words_of
from dateline.training.cameo_class import class_f1, macro_f1

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


@pytest.mark.model
@pytest.mark.gazetteer
def test_phrases_offer_their_parts_as_extents() -> None:
    text = "Soldiers of the army shelled the town of Aleppo (Halab) in the north, killing ten people."
    parse = read(text).parse
    words = {" ".join(parse.texts[a:b]) for a, b in candidates(parse, 0, len(parse))}
    assert {"Soldiers", "Soldiers of the army", "army", "the town", "the town of Aleppo", "ten people"} <= words
    assert not any(one.endswith(",") for one in words)


@pytest.mark.model
@pytest.mark.gazetteer
def test_source_and_target_are_found_apart_from_each_other() -> None:
    model = Trained().linear("cameo-spans")
    assert model is not None
    text = "Boko Haram fighters killed six soldiers on Monday."
    parse, mentions, predications = read(text)
    found = parties(parse, mentions, predications, 0, len(parse), model)
    said = {party.role: " ".join(parse.texts[party.first : party.last]) for party in found}
    assert said["S"] == "Boko Haram fighters"
    assert said["T"] == "six soldiers"
    assert all(one.last <= other.first for one, other in itertools.pairwise(found))


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Rebels ambushed a convoy near the border and killed four soldiers.", "material conflict"),
        ("Norway provided food to refugees in Chad.", "material cooperation"),
        ("The foreign minister will meet his Polish counterpart for talks in Riga.", "verbal cooperation"),
        ("The parliament rejected the proposal of the president.", "verbal conflict"),
        ("A spokesman for the ministry declined to comment.", "statement"),
    ],
)
def test_the_class_of_a_sentence_is_the_same_by_numbers_and_by_matrices(text: str, label: str) -> None:
    model = Trained().linear("cameo-class")
    assert model is not None
    vectors = vectors_of(load_resources(trained=False).model)
    parse, _, predications = read(text)
    plain = model.probabilities(value_features(parse, predications, 0, len(parse), vectors))
    fast = ClassModel(model, vectors).probabilities(parse, predications, 0, len(parse))
    assert max(fast, key=fast.__getitem__) == label
    assert list(fast.values()) == pytest.approx(plain.tolist(), abs=1e-4)


@pytest.mark.model
@pytest.mark.gazetteer
def test_the_main_verb_is_what_a_verb_of_saying_reports() -> None:
    parse = read("The army said its troops had left the town.").parse
    root = root_of(parse, 0, len(parse))
    assert (parse.texts[root], parse.texts[main_verb(parse, root)]) == ("said", "left")


@pytest.mark.model
@pytest.mark.gazetteer
def test_a_second_reading_is_among_the_grounds_only_where_there_are_models() -> None:
    text = "Rebels ambushed an army convoy on Monday and killed four soldiers."
    with_models, without = (
        {ground for claim in load_pipeline(trained=t).run(make_report(text)).all(Claim) for ground in claim.grounds}
        for t in (True, False)
    )
    assert {"clause: main", "second reading, class: agrees", "second reading, actor: agrees"} <= with_models
    assert "clause: main" in without
    assert not any(ground.startswith("second") for ground in without)


def test_spans_are_brought_back_to_the_words_of_the_corpus(corpora: Path) -> None:
    sentence = cameo.tagged(cameo.tagged_files(corpora), "all")[0]
    start = sentence.text.index("rebel-held")
    assert words_of(sentence, start, start + len("rebel-held town")) == (6, 10)
    assert words_of(sentence, len(sentence.text) + 5, len(sentence.text) + 9) is None


def test_scores_of_spans_and_classes() -> None:
    gold = [[("S", 0, 1), ("T", 2, 4)], [("S", 0, 2)]]
    found = [[("S", 0, 1), ("T", 2, 3)], [("S", 0, 2), ("T", 3, 4)]]
    assert span_f1(gold, found, "S") == 1.0
    assert span_f1(gold, found, "ST") == pytest.approx(2 * 2 / (3 + 4))
    assert class_f1(["statement", "statement"], ["statement", "verbal conflict"], "statement") == pytest.approx(2 / 3)
    assert macro_f1(list(PENTACLASS), list(PENTACLASS)) == 1.0


def test_what_a_model_was_trained_on_is_kept(corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = cameo.classed(cameo.classed_files(corpora), "all")
    (tmp_path / "some").mkdir()
    keep_seen(tmp_path / "some", sentences[:2])
    monkeypatch.setattr(training, "FOLDER", tmp_path)
    assert training.seen("some") == {mark(one.key) for one in sentences[:2]}
    assert training.seen("other") == frozenset()


def test_folds_judge_every_sentence_once(corpora: Path) -> None:
    sentences = cameo.classed(cameo.classed_files(corpora), "all")
    judged = [at for train, test in folds(sentences) for at in test if at not in train]
    assert sorted(judged) == list(range(len(sentences)))
