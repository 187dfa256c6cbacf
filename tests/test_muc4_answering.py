"""Templates from texts: the parts of it, and the rules alone on texts of our own."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.assembly import load_pipeline
from dateline.corpora.muc4 import Fill, Template, Templates, Text, read_texts
from dateline.training.muc4 import wording
from dateline.training.muc4.deciding import incidents_of, templates_of
from dateline.training.muc4.entities import cleaned_role, gathered
from dateline.training.muc4.features import Index
from dateline.training.muc4.labels import labels_of
from dateline.training.muc4.learning import Trainer, aligned, part_of
from dateline.training.muc4.matching import content, head
from dateline.training.muc4.places import days, home, places, written_day
from dateline.training.muc4.ruled import Ruled
from dateline.training.muc4.stories import Story, story_of
from dateline.training.muc4.training import report_of

WORDS = """TST9-MUC4-0001

   LIMA, 12 MAY 90 (XPT) -- [TEXT] SHINING PATH GUERRILLAS KIDNAPPED MAYOR PEDRO
QUISPE MAMANI IN AYACUCHO YESTERDAY.  THE POLICE SAID THAT THREE PEASANTS WERE
KILLED.

   THE WEATHER IN LIMA WAS MILD.
"""
NAME = "TST9-MUC4-0001"


def story(words: str = WORDS) -> Story:
    text = read_texts(words)[0]
    return story_of(text, load_pipeline(trained=False).run(report_of(text)))


@pytest.fixture(scope="module")
def read() -> Story:
    return story()


def test_a_story_has_things_in_the_words_of_the_report(read: Story) -> None:
    words = {thing.words for thing in read.things}
    assert {"PEDRO QUISPE MAMANI", "PEASANTS"} <= words
    assert not {"XPT", "TEXT"} & words
    assert read.day == date(1990, 5, 12)
    assert home(read) == "PE"


def test_rules_alone_make_a_template(read: Story) -> None:
    made = templates_of(Index(read), Ruled())
    assert [one.values(4) for one in made][:1] == [["KIDNAPPING"]]
    first = made[0]
    assert first.values(18) == ["PEDRO QUISPE MAMANI"]
    assert first.values(19)[:1] == ["MAYOR"]
    assert first.values(5) == ["ACCOMPLISHED"]
    assert first.values(2) == ["11 MAY 90"]
    assert first.values(3)[0].startswith("PERU: AYACUCHO")
    assert not first.values(12)
    assert 12 in first.barred


def test_an_incident_without_a_target_gets_the_likeliest_one(read: Story) -> None:
    index, by = Index(read), Ruled()
    chances = by.chances(index)
    peasants = next(thing.number for thing in read.things if thing.words == "PEASANTS")
    _, members = incidents_of(index, by, chances, {peasants: {"human": 0.2}})
    assert ["PEASANTS"] in [[entity.words for entity in held] for held in members]
    _, members = incidents_of(index, by, chances, {peasants: {"human": 0.05}})
    assert not any(members)


def test_a_text_without_incidents_has_no_template() -> None:
    calm = "TST9-MUC4-0002\n\n   LIMA, 12 MAY 90 (XPT) -- [TEXT] THE COUNCIL OPENED A SCHOOL IN CUSCO TODAY.\n"
    assert templates_of(Index(story(calm)), Ruled()) == []


def test_an_empty_text_has_no_template() -> None:
    assert templates_of(Index(story("TST9-MUC4-0003\n\n")), Ruled()) == []


def test_content_and_head_leave_out_what_does_not_count() -> None:
    assert content("THE THREE PEASANTS") == ("PEASANTS",)
    assert head("MAYOR OF HUANTA") == "MAYOR"
    assert head("TWO POLICE STATIONS NEAR LIMA") == "STATIONS"


def test_a_role_is_cleaned_of_the_name_and_of_what_is_none() -> None:
    assert cleaned_role("mayor Pedro", ("PEDRO", "QUISPE")) == "MAYOR"
    assert cleaned_role("Hernando", ("QUISPE",)) == ""


def test_labels_say_which_sentence_tells_of_which_template(read: Story) -> None:
    key = Template(NAME, 1, {4: (Fill(("KIDNAPPING",)),), 18: (Fill(("PEDRO QUISPE MAMANI",)),)})
    found = labels_of(Index(read), [key])
    assert found.kind[0] == "KIDNAPPING"
    assert found.templates[0] == [0]
    assert found.kind[-1] == "NONE"


def test_an_incident_stands_for_the_template_that_it_shares_most_with(read: Story) -> None:
    index = Index(read)
    chances = Ruled().chances(index)
    roles = Ruled().roles(index, chances)
    members = [gathered(read, read.things, roles, Ruled.settings.role)]
    other = Template(NAME, 1, {4: (Fill(("BOMBING",)),), 12: (Fill(("BRIDGE",)),)})
    same = Template(NAME, 2, {4: (Fill(("KIDNAPPING",)),), 18: (Fill(("PEDRO QUISPE MAMANI",)),)})
    assert list(aligned([other, same], ["KIDNAPPING"], members)) == [(0, 1)]


def test_days_and_places_are_offered_as_templates_write_them(read: Story) -> None:
    index, weights = Index(read), [0.9] + [0.1] * (len(read.parse.sentences) - 1)
    assert {"11 MAY 90", "12 MAY 90", "- 12 MAY 90"} <= {one.words for one in days(index, (0,), weights)}
    assert {"PERU", "PERU: LIMA (CITY)"} <= {one.words for one in places(index, (0,), weights)}
    assert written_day(date(1989, 3, 4)) == "04 MAR 89"


def test_clusters_are_written_and_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    table = {"bridge": 3, "tower": 3, "mayor": 7}
    wording.save(table, tmp_path / "clusters.npz")
    assert wording.load(tmp_path / "clusters.npz") == table


def test_what_is_trained_without_a_part_is_asked_about_that_part() -> None:
    places_of = ("HUANTA", "CUSCO", "PUNO", "TACNA", "ICA", "PIURA", "HUARAZ", "CUZCO", "JAUJA", "TARMA")
    stories: dict[str, Story] = {}
    key: dict[str, tuple[Template, ...]] = {}
    for number in range(30):
        name = f"TST9-MUC4-{number + 100:04d}"
        place = places_of[number % len(places_of)]
        hit = number % 2 == 0
        told = (
            f"REBELS KILLED TWO PEASANTS IN {place} TODAY" if hit else f"THE COUNCIL OPENED A SCHOOL IN {place} TODAY"
        )
        text = Text(name, f"   LIMA, 12 MAY 90 (XPT) -- [TEXT] {told}.\n", "LIMA", "", "XPT", date(1990, 5, 12), 38)
        stories[name] = story_of(text, load_pipeline(trained=False).run(report_of(text)))
        filled: dict[int, tuple[Fill, ...]] = {
            4: (Fill(("ATTACK",)),),
            19: (Fill(("PEASANTS",)),),
            9: (Fill(("REBELS",)),),
        }
        key[name] = (Template(name, 1, filled),) if hit else ()
    trainer = Trainer(stories, Templates(key), {}, whole=False)
    trainer.sentences()
    right = [
        (max(1 - one["NONE"] for one in trainer.chances[name]) > 0.5) == bool(key[name]) for name in trainer.chances
    ]
    assert sum(right) >= 27
    assert {part_of(name) for name in stories} == set(range(5))
