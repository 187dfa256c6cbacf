"""Who takes part: through passives, relative clauses, coordination, control, possessives and partitives."""

from __future__ import annotations

import pytest

from dateline.api import Coded, code_text
from dateline.records import Claim, Participant

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def coded(text: str, published: str = "2023-05-10", country: str = "") -> Coded:
    return code_text(text, published=published, country=country)


def claim(text: str, word: str, **known: str) -> Claim:
    made = coded(text, **known)
    found = [c for c in made.claims if c.predication.trigger.of(text) == word]
    assert found, [c.predication.trigger.of(text) for c in made.claims]
    return found[0]


def who(text: str, word: str, role: str, **known: str) -> list[Participant]:
    return [p for p in claim(text, word, **known).predication.participants if p.role == role]


def names(text: str, word: str, role: str) -> set[str]:
    return {p.name.lower() for p in who(text, word, role)}


@pytest.mark.parametrize(
    ("text", "word", "actor", "target"),
    [
        # active and passive
        ("Gunmen killed a judge in Kirkuk.", "killed", "gunmen", "judge"),
        ("A judge was killed by gunmen in Kirkuk.", "killed", "gunmen", "judge"),
        ("Two teachers were abducted by militants near Kaya.", "abducted", "militants", "teachers"),
        # relative clauses
        ("The soldiers arrested rebels who had attacked a convoy near Gao.", "attacked", "rebels", "convoy"),
        ("Police found the students that gunmen had abducted in Kuriga.", "abducted", "gunmen", "students"),
        # coordination
        ("Militants stormed the prison and freed inmates in Butembo.", "freed", "militants", "inmates"),
        ("The bandits entered the village, abducted farmers and left.", "abducted", "bandits", "farmers"),
        # control
        ("The rebels tried to attack the garrison in Bangassou.", "attack", "rebels", "garrison"),
        ("The court accused the militia of killing farmers in Ituri.", "killing", "militia", "farmers"),
        # nominalisations, possessives, by, against
        ("The rebels' attack on the garrison in Bambari failed.", "attack", "rebels", "garrison"),
        ("An attack by bandits on a village near Katsina alarmed the governor.", "attack", "bandits", "village"),
        ("Militants launched an attack against villagers in Cabo Delgado.", "attack", "militants", "villagers"),
        # light verbs that turn the roles round
        ("The convoy came under attack from militants near Sevare.", "came", "militants", "convoy"),
    ],
)
def test_actor_and_target(text: str, word: str, actor: str, target: str) -> None:
    assert any(actor in name for name in names(text, word, "actor")), names(text, word, "actor")
    assert any(target in name for name in names(text, word, "target")), names(text, word, "target")


def test_two_actors_are_two_participants() -> None:
    text = "The army and the police killed five men in Conakry."
    assert len(who(text, "killed", "actor")) == 2


@pytest.mark.parametrize(
    ("text", "word", "entities"),
    [
        (
            "Armenian and Azerbaijani troops clashed near Martuni on Monday.",
            "clashed",
            {"AM:state-force", "AZ:state-force"},
        ),
        ("Indian and Pakistani troops exchanged fire in Kashmir.", "exchanged", {"IN:state-force", "PK:state-force"}),
        ("Clashes erupted between the Taliban and Afghan forces in Kunduz.", "Clashes", {"taliban", "AF:state-force"}),
        ("The M23 fought the Congolese army near Sake.", "fought", {"m23", "CD:state-force"}),
    ],
)
def test_both_sides_of_a_fight_take_part(text: str, word: str, entities: set[str]) -> None:
    found = {p.entity for p in claim(text, word).predication.participants}
    assert entities <= {e.split("/")[-1] for e in found}, found


@pytest.mark.parametrize(
    ("text", "word", "role", "name"),
    [
        ("Dozens of soldiers were killed in Gedo.", "killed", "target", "soldiers"),
        ("A group of gunmen attacked a bus near Taiz.", "attacked", "actor", "gunmen"),
        ("Hundreds of villagers were displaced in Tillaberi.", "displaced", "target", "villagers"),
    ],
)
def test_partitives_give_who_is_counted(text: str, word: str, role: str, name: str) -> None:
    assert any(name in found for found in names(text, word, role)), names(text, word, role)


def test_delegations_stand_for_those_who_sent_them() -> None:
    text = "Delegations from Saudi Arabia and Iran met in Baghdad on Sunday."
    assert {p.country for p in who(text, "met", "actor")} >= {"SA", "IR"}


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Russian warplanes bombed a market in Idlib.", "bombed", "RU"),
        ("Israeli drones struck a car in Tyre, Lebanon.", "struck", "IL"),
        ("A Turkish drone hit a house near Kobani.", "hit", "TR"),
    ],
)
def test_platforms_are_those_of_their_owners(text: str, word: str, country: str) -> None:
    (actor,) = who(text, word, "actor")
    assert (actor.country, actor.entity) == (country, f"{country}:state-force")


def test_a_platform_without_owner_says_so() -> None:
    (actor,) = who("Warplanes bombed a market in Idlib.", "bombed", "actor")
    assert not actor.entity
    assert "not said" in actor.reason


def test_a_weapon_is_an_instrument() -> None:
    found = claim("Rebels attacked the base with rockets near Homs.", "attacked").predication
    assert [p.name for p in found.participants if p.role == "instrument"]
    assert not [p for p in found.participants if p.role == "actor" and "rocket" in p.name]


def test_a_blast_is_no_actor() -> None:
    made = coded("A car bomb killed nine people in Mogadishu.")
    for one in made.claims:
        assert not [p for p in one.predication.participants if p.role == "actor" and "bomb" in p.name]


def test_nobody_takes_part_for_no_group() -> None:
    made = coded("No group has claimed the bombing in Quetta.")
    assert not [p for c in made.claims for p in c.predication.participants if p.role == "actor" and "group" in p.name]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Taliban said that the enemy was defeated in Kunduz, Afghanistan.", "defeated"),
        ("Afghan forces repelled an attack on Kunduz on Monday.", "repelled"),
    ],
)
def test_who_is_only_understood_is_marked_as_assumed(text: str, word: str) -> None:
    people = claim(text, word, published="2020-05-10").predication.participants
    unsaid = [p for p in people if p.span is None]
    assert unsaid, people
    assert all(p.reason.startswith("assumed: ") for p in unsaid)


def test_who_is_read_has_words_and_no_assumption() -> None:
    text = "The Malian army attacked rebels in Kidal. They fled. The group said its fighters had killed ten soldiers."
    for one in coded(text).claims:
        for p in one.predication.participants:
            assert (p.span is None) == p.reason.startswith("assumed"), p


def test_a_pronoun_is_given_its_name_and_reason() -> None:
    text = "The Houthis entered Marib. They abducted two aid workers."
    (actor,) = who(text, "abducted", "actor")
    assert "houthi" in actor.entity
    assert actor.span is not None
    assert actor.span.of(text) == "They"
    assert "stands for" in actor.reason


def test_its_troops_belong_to_whom_its_stands_for() -> None:
    (actor,) = who("Russia said that its troops attacked Soledar in Ukraine.", "attacked", "actor")
    assert actor.entity == "RU:state-force"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Militants attacked a mosque in Djibo, killing twelve worshippers.", "attacked"),
        ("An air strike killed five people in Aleppo.", "killed"),
        ("Five people were killed in an air strike in Aleppo.", "killed"),
        ("Gunmen raided a farm near Jos, wounding two men.", "raided"),
    ],
)
def test_result_and_cause_are_one_claim(text: str, word: str) -> None:
    made = [c for c in coded(text).claims if c.predication.plover == "ASSAULT"]
    assert [c.predication.trigger.of(text) for c in made] == [word]
    assert made[0].predication.quantities


def test_coordinated_acts_stay_two_claims() -> None:
    text = "Rebels bombed the market and killed five traders in Bamenda."
    assert len([c for c in coded(text).claims if c.predication.plover == "ASSAULT"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Rebels overran the city of Sake, leaving only the airport in the hands of government forces.",
        "The Taliban entered Jalalabad on Sunday, leaving Kabul as the last city of the government.",
        "RSF fighters took Nyala, leaving El Fasher the last stronghold of the army in Darfur.",
        "The rebels took the hill, leaving the town of Idlib under army control.",
    ],
)
def test_what_a_capture_leaves_to_the_other_side_is_no_withdrawal(text: str) -> None:
    assert not [c for c in coded(text).claims if c.predication.plover == "RETREAT"]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The rebels withdrew from Kidal, leaving the town in the hands of the army.", "rebels"),
        ("Soldiers looted the shops of Bor before leaving the town.", "soldiers"),
        ("The Taliban captured Mazar on Saturday. A lawmaker said that the militias gave up.", "militias"),
        ("M23 rebels took the town of Sake. The forces withdrew to Goma.", "forces"),
        ("Houthi fighters stormed the town of Harib. The militia withdrew after an hour.", "houthis"),
    ],
)
def test_who_withdraws_or_surrenders(text: str, actor: str) -> None:
    acts = [c.predication for c in coded(text).claims if c.predication.plover == "RETREAT"]
    who = {(p.entity or p.name).lower() for act in acts for p in act.participants if p.role == "actor"}
    assert who
    assert all(actor in one or one.endswith("state-force") for one in who), who
