"""PolNeAR: its reader, the scores of attribution, and the trained parts that were trained on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks import polnear as benchmark
from benchmarks.frame import main
from dateline.assembly import load_pipeline
from dateline.attribution import Attributing, Tagger
from dateline.attribution.extents import FIRST, Reading, candidates, features, runs
from dateline.attribution.stage import view_of
from dateline.attribution.tagging import AFTER, CUE, KNOWN, LABELS
from dateline.attribution.view import View
from dateline.corpora import polnear
from dateline.knowledge.trained import Linear, Trained
from dateline.records import Attribution, Dossier, Report, Span, UsageError
from dateline.training.attribution import gold, texts
from dateline.training.attribution_words import as_linear, labels
from dateline.training.ranking import rank

TEXT = 'The mayor said the bridge fell. "It is gone," he added.'
STANDOFF = """\
T1	Source 0 9	The mayor
T2	Cue 10 14	said
T3	Content 15 30	the bridge fell
T4	Attribution 10 14	said
E1	Attribution:T4 Content:T3 Cue:T2 Source:T1
T5	Source 46 48	he
T6	Cue 49 54	added
T7	Content 32 37;38 45	"It i s gone,
E2	Attribution:T6 Content:T7 Cue:T6 Source:T5 Source2:T1
A1	Level E1 plain
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder of corpora in the published format, written by us."""
    for part in ("train", "dev", "test"):
        for name in ("text", "attributions"):
            (tmp_path / "polnear" / part / name).mkdir(parents=True)
        (tmp_path / "polnear" / part / "text" / f"{part}_[one].txt").write_text(TEXT, "utf-8")
        (tmp_path / "polnear" / part / "attributions" / f"{part}_[one]_b.ann").write_text("", "utf-8")
        (tmp_path / "polnear" / part / "attributions" / f"{part}_[one]_a.ann").write_text(STANDOFF, "utf-8")
    (tmp_path / "polnear" / "dev" / "text" / "bare.txt").write_text("Nothing.", "utf-8")
    return tmp_path


def test_attributions_are_read_with_all_their_stretches(corpora: Path) -> None:
    (path,) = (path for path in polnear.files(corpora) if polnear.in_part(path, "score"))
    (story,) = polnear.read([path])
    first, second = story.attributions
    assert first == polnear.Attributed((Span(0, 9),), (Span(10, 14),), (Span(15, 30),))
    assert second.source == (Span(0, 9), Span(46, 48))
    assert second.content == (Span(32, 37), Span(38, 45))
    assert story.elements("cue") == [(Span(10, 14),), (Span(49, 54),)]


def test_parts_are_folders_and_other_folders_are_read_as_all(corpora: Path) -> None:
    files = polnear.files(corpora)
    assert [path.stem for path in files if polnear.in_part(path, "look")] == ["train_[one]"]
    assert len([path for path in files if polnear.in_part(path, "all")]) == 3
    assert [path.stem for path in polnear.files(corpora / "polnear" / "test")] == ["test_[one]"]
    with pytest.raises(UsageError):
        texts(corpora / "polnear" / "dev" / "text", "look")


def test_scores_tell_exact_from_strict_and_lenient() -> None:
    wanted: benchmark.Elements = {"source": [(Span(0, 9),)], "cue": [(Span(10, 14),)], "content": [(Span(15, 30),)]}
    given: benchmark.Elements = {"source": [(Span(4, 9),)], "cue": [(Span(10, 14),)], "content": [(Span(15, 31),)]}
    tally = benchmark.Tally()
    tally.add(TEXT, wanted, given)
    assert [tally.figures(measure, "source")[2] for measure in benchmark.MEASURES] == [0.0, 0.0, 1.0]
    assert [tally.figures(measure, "cue")[2] for measure in benchmark.MEASURES] == [1.0, 1.0, 1.0]
    assert [tally.figures(measure, "content")[2] for measure in benchmark.MEASURES] == [1.0, 0.0, 1.0]


def test_what_is_missed_lowers_recall_alone() -> None:
    wanted: benchmark.Elements = {"source": [(Span(0, 9),), (Span(46, 48),)], "cue": [], "content": []}
    tally = benchmark.Tally()
    given: benchmark.Elements = {"source": [(Span(0, 9),)], "cue": [], "content": []}
    tally.add(TEXT, wanted, given)
    assert tally.figures("exact", "source") == pytest.approx((1.0, 0.5, 2 / 3))


def test_the_baseline_takes_quotations_and_the_name_beside_said() -> None:
    found = benchmark.baseline(TEXT)
    assert [span.of(TEXT) for (span,) in found["content"]] == ['"It is gone,"']
    assert [span.of(TEXT) for (span,) in found["cue"]] == ["added"]
    assert [span.of(TEXT) for (span,) in found["source"]] == ["he"]


def test_a_quotation_counts_with_its_marks() -> None:
    assert benchmark.with_marks(TEXT, Span(33, 43)).of(TEXT) == '"It is gone,"'
    assert benchmark.with_marks(TEXT, Span(15, 30)) == Span(15, 30)


@pytest.mark.model
@pytest.mark.gazetteer
def test_the_benchmark_runs_and_shows_its_errors(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(benchmark.BENCHMARK, ["--corpora", str(corpora), "--json"]) == 0
    shown = capsys.readouterr().out
    for name in ("exact F1, source", "rules only", "baseline", "published: BERT"):
        assert name in shown
    assert main(benchmark.BENCHMARK, ["--corpora", str(corpora), "--errors"]) == 0


def test_labels_begin_and_go_on() -> None:
    roles = frozenset({1, 2}), frozenset({3}), frozenset({4, 6, 7})
    assert labels([1, 2, 3, 4, 5, 6, 7], roles) == ["BS", "IS", "BC", "BT", "O", "BT", "IT"]


def test_a_ranking_learns_what_the_right_ones_share() -> None:
    choices = [([{"good": 1.0, "a": 1.0}, {"bad": 1.0, "b": 1.0}], 0), ([{"bad": 1.0}, {"good": 1.0}], 1)] * 4
    model = rank(choices, penalty=0.1, least=1)
    assert model.scores({"good": 1.0})[0] > model.scores({"bad": 1.0})[0]
    assert model.scores({"a": 1.0})[0] > 0 > model.scores({"b": 1.0})[0]


def before(text: str) -> Dossier:
    """The dossier of a text before attribution."""
    dossier = Dossier(Report("test", text))
    for stage in load_pipeline(trained=False).stages:
        if stage.contract.name == Attributing.contract.name:
            break
        dossier = dossier.adding(stage(dossier))
    return dossier


def seen(text: str) -> View:
    view = view_of(before(text))
    assert view is not None
    return view


def weights(cues: dict[str, float], words: dict[str, dict[str, float]]) -> Tagger:
    """A tagger of weights by hand: a score a feature of a cue, a score a label a feature of a word."""
    likely = Linear(
        ("none", CUE), list(cues), np.array([[0.0, score] for score in cues.values()]), np.array([2.0, 0.0])
    )
    state = {(name, label): score for name, row in words.items() for label, score in row.items()}
    return Tagger(likely, as_linear(state, {}))


@pytest.mark.model
@pytest.mark.gazetteer
def test_the_gold_standard_is_found_among_the_words() -> None:
    view = seen(TEXT)
    story = polnear.Story("one", TEXT, tuple(polnear.standoff(STANDOFF)))
    found = gold(view, story)
    words = {view.tree.parse.texts[cue]: roles for cue, roles in found.items()}
    assert set(words) == {"said", "added"}
    assert [view.tree.parse.texts[token] for token in sorted(words["said"][2])] == ["the", "bridge", "fell"]


@pytest.mark.model
@pytest.mark.gazetteer
def test_weights_decide_what_is_a_cue_and_what_its_words_are() -> None:
    text = "Bek hailed the raid."
    assert all(one.cue is None for one in Attributing()(before(text)) if isinstance(one, Attribution))
    words = {"d=nsubj": {"BS": 4.0}, "d=ROOT": {"BC": 5.0}, "d=det": {"BT": 3.0}, "d=dobj": {"IT": 4.0}}
    for score, count in ((9.0, 1), (-9.0, 0)):
        tagger = weights({KNOWN + "hail,VERB": 0.0, "l=hail": score}, words)
        stage = Attributing(attitudes=True, trained=tagger)
        found = [one for one in stage(before(text)) if isinstance(one, Attribution) and one.cue is not None]
        assert len(found) == count
        if found:
            (one,) = found
            assert one.chain[0].span is not None
            assert one.chain[0].span.of(text) == "Bek"
            assert one.cue is not None
            assert one.cue.of(text) == "hailed"
            assert [span.of(text) for span in one.covers] == ["the raid"]


@pytest.mark.model
@pytest.mark.gazetteer
def test_attitudes_stay_acts_in_reports() -> None:
    text = "Bek hailed the raid."
    tagger = weights({KNOWN + "hail,VERB": 0.0, "l=hail": 9.0}, {"d=nsubj": {"BS": 4.0}, "d=dobj": {"BT": 4.0}})
    found = [one for one in Attributing(trained=tagger)(before(text)) if isinstance(one, Attribution)]
    assert [one.manner for one in found] == ["narration"]


def test_a_further_word_never_stands_without_a_first() -> None:
    tagger = weights({}, {AFTER + "x": {"BS": 0.0}})
    scores = np.zeros((3, len(LABELS)))
    scores[:, LABELS.index("IT")] = 9.0
    found = [LABELS[label] for label in tagger.best(scores)]
    assert found == ["BT", "IT", "IT"]


@pytest.mark.model
@pytest.mark.gazetteer
def test_likely_extents_hold_the_labels_own_and_others() -> None:
    view = seen("The army said the bridge had been blown up after dark.")
    cue = next(token for token, word in enumerate(view.tree.parse.texts) if word == "said")
    words = view.around(cue)
    labels = [FIRST if number == 3 else FIRST + 1 if number > 3 else 0 for number in range(len(words))]
    labels[2] = LABELS.index("BC")
    scores = np.zeros((len(words), len(LABELS)))
    reading = Reading(view, cue, words, scores, labels, np.zeros((len(LABELS), len(LABELS))))
    found = candidates(reading)
    assert list(range(3, len(words))) in [one.words for one in found]
    assert len(found) > 1
    assert all(2 not in one.words for one in found)
    described = features(reading, found[0])
    assert described["score"] == found[0].lacks == 0.0
    assert any(name.startswith("r=") for name in described)


def test_runs_are_numbers_without_a_gap() -> None:
    assert runs([1, 2, 4, 7, 8]) == [(1, 2), (4, 4), (7, 8)]


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor said on Monday that the bridge had fallen.", "The mayor", "said", "that the bridge had fallen"),
        ("Bek told reporters the town was quiet.", "Bek", "told", "the town was quiet"),
    ],
)
def test_installed_weights_read_plain_sentences(text: str, source: str, cue: str, content: str) -> None:
    tagger = Tagger.of(Trained())
    if tagger is None:
        pytest.skip("no weights are installed")
    stage = Attributing(trained=tagger)
    (one,) = (one for one in stage(before(text)) if isinstance(one, Attribution) and one.manner != "narration")
    held: Callable[[Span | None], str] = lambda span: "" if span is None else span.of(text)  # noqa: E731
    assert source in held(one.chain[0].span)
    assert cue in held(one.cue)
    assert [span.of(text) for span in one.covers] == [content]


def test_no_weights_are_no_tagger() -> None:
    assert Tagger.of(Trained(wanted=False)) is None
