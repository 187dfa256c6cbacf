"""News without armed conflict: which stories they are, and that no act of armed violence is read in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import peaceful as benchmark
from dateline.assembly import load_pipeline
from dateline.coding.setting import FEW, LISTS, log_odds, weighed
from dateline.corpora import peaceful, scored
from dateline.knowledge.settings import setting_words
from dateline.knowledge.trained import Linear
from dateline.records import Claim, Report

LGL = """<?xml version="1.0"?>
<articles>
 <article docid="{one}"><title>Fair opens</title><text>The county fair opened on Friday.</text></article>
 <article docid="{two}"><title>Base attacked</title><text>Militants attacked a base.</text></article>
</articles>"""

CONFLICT = {
    "attack on a village": "Gunmen attacked a village in the province of Kaduna on Sunday. Twelve people were killed"
    " and houses were burned, residents said. Troops arrived the next morning, and dozens of families fled to a camp.",
    "shelling": "The army shelled two districts of the city for the third day. Rebel fighters hit back with rockets."
    " Nine civilians were killed, among them three children, a monitor of the war said. A ceasefire has collapsed.",
    "a single sentence": "Militants attacked a police station in the south.",
}
PEACE = {
    "words": "The senator attacked his rival's record on taxes at a rally on Tuesday. His attacks on the candidate drew"
    " applause from voters. The campaign said that polls gave her the lead before the primary in the county. Her"
    " supporters called the attack on her a sign of a desperate nominee, and a debate was set for next week.",
    "crime": "A man was shot in the leg outside of a store on Main Street, the sheriff's office said. A suspect, 24,"
    " was arrested and charged with robbery. A judge set his bail at $20,000 and a trial is set for May in the county"
    " court. The victim, who killed time in the parking lot, was in stable condition, a deputy said.",
    "accident": "Two students were killed when their car hit a tree on the highway near the college. The driver, 19,"
    " died at the scene of the crash, and two passengers were injured. Firefighters found a third body. The coroner"
    " said that the accident destroyed the car. Their school will hold a service on Friday, the teacher said.",
    "sport": "The team attacked from the first minute and beat its old rival by three goals. The captain shot twice"
    " from the edge of the area and hit the post. The coach said that his players fought for every ball, and"
    " that the defence was destroyed in the second half of the game. Fans stormed the field after the match.",
}


def violence(text: str, *, trained: bool) -> list[str]:
    claims = load_pipeline(trained=trained).run(Report("test", text)).all(Claim)
    return [c.predication.trigger.of(text) for c in claims if c.predication.plover == "ASSAULT"]


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("trained", [True, False])
@pytest.mark.parametrize("name", PEACE)
def test_no_act_of_armed_violence_is_read_in_peaceful_news(name: str, trained: bool) -> None:
    assert not violence(PEACE[name], trained=trained)


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("trained", [True, False])
@pytest.mark.parametrize("name", CONFLICT)
def test_the_violence_of_a_conflict_is_read(name: str, trained: bool) -> None:
    assert violence(CONFLICT[name], trained=trained)


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("trained", [True, False])
def test_fighters_in_peaceful_news_are_read(trained: bool) -> None:
    text = f"{PEACE['words']} She recalled that militants killed four soldiers with a rocket in the war."
    assert "killed" in violence(text, trained=trained)


# The words ---------------------------------------------------------------------------------------------


def test_without_a_model_the_lists_decide() -> None:
    nothing = log_odds(frozenset(), None)
    assert log_odds(frozenset({"troop", "shelling", "ceasefire"}), None) > nothing
    assert log_odds(frozenset({"candidate", "voter", "poll"}), None) < nothing


def test_no_word_is_of_both() -> None:
    words = setting_words()
    assert not words.armed & words.civil


def test_the_vector_of_many_words_has_the_length_one() -> None:
    values = weighed(frozenset(map(str, range(4 * FEW)))).values()
    assert sum(value * value for value in values) == pytest.approx(1)
    assert sum(value * value for value in weighed(frozenset({"few"})).values()) < 1 / 2


def test_the_model_gives_log_odds_of_conflict() -> None:
    model = Linear(["conflict", "peace"], ["troop", "poll"], [[9.0, -9.0], [-9.0, 9.0]], [0.0, 0.0])
    assert log_odds(frozenset({"troop"}), model) > 0 > log_odds(frozenset({"poll"}), model)
    assert log_odds(frozenset({"other"}), model) == LISTS * log_odds(frozenset({"other"}), None)


# The stories -------------------------------------------------------------------------------------------


def corpora(folder: Path) -> Path:
    names = iter(str(number) for number in range(100))
    look = next(name for name in names if not scored(name))
    kept = next(name for name in names if scored(name))
    (folder / "geo").mkdir()
    (folder / "geo" / "lgl.xml").write_text(LGL.format(one=look, two=kept), "utf-8")
    for part, name in (("train", look), ("train", kept), ("dev", look)):
        texts = folder / "polnear" / part / "text"
        texts.mkdir(parents=True, exist_ok=True)
        (texts / f"{name}.txt").write_text(f"The senator spoke in {part}.", "utf-8")
    return folder


def test_stories_are_read_and_parted(tmp_path: Path) -> None:
    files = peaceful.files(corpora(tmp_path))
    every = list(peaceful.stories(files))
    assert len(every) == 5
    looked, kept = list(peaceful.stories(files, "look")), list(peaceful.stories(files, "score"))
    assert len(looked) == 2
    assert sorted(s.text for s in looked + kept) == sorted(s.text for s in every)
    assert all("dev" not in story.text for story in looked)


def test_absent_corpora_give_no_files(tmp_path: Path) -> None:
    assert peaceful.files(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "is_peaceful"),
    [
        ("The troops left.", False),
        ("A suicide bombing shook the city.", False),
        ("ISIS was named.", False),
        ("A coupon for the fair.", True),
        ("A man was shot in a robbery.", True),
        ("The candidates clashed over taxes.", True),
    ],
)
def test_the_rule_of_the_stories(text: str, is_peaceful: bool) -> None:
    assert peaceful.Story("LGL", "1", "", text, True).peaceful is is_peaceful


# The benchmark -----------------------------------------------------------------------------------------


def test_rates_are_per_hundred_stories() -> None:
    tally = benchmark.Tally()
    tally.add("LGL, peaceful", ["ASSAULT", "ASSAULT", "COERCE"])
    tally.add("PolNeAR, peaceful", [])
    assert tally.rate("ASSAULT", "LGL, peaceful", "PolNeAR, peaceful") == (100.0, 2)
    assert tally.rate("PROTEST", "LGL, peaceful") == (0.0, 1)


@pytest.mark.model
@pytest.mark.gazetteer
def test_every_system_is_measured_in_one_run(tmp_path: Path) -> None:
    found = list(benchmark.measure(peaceful.files(corpora(tmp_path)), "all"))
    rates = {score.system: score for score in found if score.measure == benchmark.RATE}
    assert set(rates) == {"dateline", "dateline, rules only", benchmark.BASELINE}
    assert {score.count for score in rates.values()} == {4}
    assert {score.value for score in rates.values()} == {0.0}
