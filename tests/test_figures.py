"""Second figures: other voices give other numbers without telling the event again."""

from __future__ import annotations

import functools

import pytest

from dateline.api import Coded, code_text
from dateline.records import Claim

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]

RULE = "figure-of-earlier-event"


@functools.cache
def coded(text: str) -> Coded:
    return code_text(text, published="2023-05-10")


def figures(text: str) -> list[Claim]:
    """Return the claims that only give another number of an earlier event."""
    return [c for c in coded(text).claims if RULE in c.evidence.rule]


@pytest.mark.parametrize(
    ("text", "what", "best", "voice"),
    [
        ("Five civilians were killed in Idlib on Monday, the White Helmets said. A local doctor counted eight.",
         "killed", 8, "doctor"),
        ("Rebels freed about 300 inmates in Bunia on Friday, a guard said. The governor spoke of about 200.",
         "freed", 200, "governor"),
        ("Rebels freed about 300 inmates in Bunia on Friday, a guard said. The mayor says 150.", "freed", 150, "mayor"),
        ("Two policemen were killed in Gao, a source said; a spokesman for the rebels gave their number as 33.",
         "killed", 33, "spokesman"),
        ("Nine soldiers were killed in El Fasher, the army said. A statement by the RSF put their number at 100.",
         "killed", 100, "RSF"),
        ("Nine soldiers were killed in Marib on Tuesday, a medic said. Another official gave the figure as 65.",
         "killed", 65, "official"),
        ("Nine soldiers were killed in Marib on Tuesday, a medic said. The ministry, at least 50.",
         "killed", 50, "ministry"),
        ("Nine rebels were killed in Kidal on Monday, the army said. A doctor said the toll was 34.",
         "killed", 34, "doctor"),
        ("Clashes killed 12 people in Taiz on Monday, a medic said. Residents spoke of 14 dead.",
         "killed", 14, "Residents"),
        ("Gunmen killed six villagers in Plateau, the police said, while residents said the number was 14.",
         "killed", 14, "residents"),
        ("Gunmen kidnapped 40 students in Zamfara on Friday, the police said. Parents said the number was 73.",
         "abducted", 73, "Parents"),
        ("The junta bombed a village near Monywa, killing 11 people. Local media gave a lower figure, at least eight.",
         "killed", 8, "media"),
        ("Some 5,000 people fled Malakal on Monday, the UN said. The governor put the figure at 9,000.",
         "displaced", 9000, "governor"),
        ("Shelling killed 20 soldiers in Bakhmut on Monday, Kyiv said. The army later put it at 31.", "killed", 31, ""),
        ("Rebels freed 350 inmates in Bunia on Friday, some 50 of them fighters, a guard said. The mayor says 150.",
         "freed", 150, "mayor"),
        ("Rebels freed the inmates of a prison in Bunia on Friday. About 300 got away, a guard said.",
         "freed", 300, "guard"),
    ],
)  # fmt: skip
def test_a_second_figure_is_a_claim_of_its_own(text: str, what: str, best: float, voice: str) -> None:
    found = figures(text)
    assert [(q.what, q.best) for c in found for q in c.predication.quantities] == [(what, best)]
    claim = found[0]
    assert voice in claim.attribution.chain[0].name
    quantity = claim.predication.quantities[0]
    assert claim.predication.trigger.start >= quantity.span.start
    assert any(span.contains(quantity.span) for span in claim.evidence.spans)


def test_the_event_is_that_of_the_earlier_count() -> None:
    text = "Gunmen killed six villagers in Plateau on Monday, the police said. Residents said 14."
    first, second = coded(text).claims
    assert second.predication.plover == first.predication.plover == "ASSAULT"
    assert second.predication.effect == first.predication.effect
    assert [p.name for p in second.predication.participants] == [p.name for p in first.predication.participants]
    assert second.place is not None
    assert first.place is not None
    assert second.place.name == first.place.name
    assert second.time is not None
    assert first.time is not None
    assert second.time.start == first.time.start
    assert second.confidence < first.confidence
    assert first.id in second.disputes
    assert second.id in first.disputes


def test_ids_are_unique() -> None:
    text = "Nine were killed in Marib, the army said. A medic counted 12. A nurse counted 15. The mayor, 20."
    claims = coded(text).claims
    assert len({c.id for c in claims}) == len(claims) > 2


def test_a_figure_of_another_place_is_there() -> None:
    text = "Rebels freed 350 inmates in Beni on Friday. In Goma it was 200, the governor said; a guard said 150."
    assert [c.place.name for c in figures(text) if c.place] == ["Goma", "Goma"]


@pytest.mark.parametrize(
    "text",
    [
        "Shelling killed 12 people in Kharkiv on Monday, the mayor said. The fire brigade counted 300 calls.",
        "Shelling killed 12 people in Kharkiv on Monday. The mayor said 14 schools were closed.",
        "Shelling killed 12 people in Kharkiv on Monday. The front is 30 kilometres away, an officer said.",
        "Shelling killed 12 people in Kharkiv on Monday. A resident, 34, said that she ran. The doctor is 45.",
        "Clashes killed 12 people in Taiz on Monday. Food prices rose by 30 percent; the mayor said 40 percent.",
        "Clashes killed 12 people in Taiz on Monday and wounded 30, a medic said. The Houthis said 20.",
        "Clashes killed 12 people in Taiz on Monday. The rebels hold six of nine districts; a lawmaker said seven.",
        "Shelling killed 12 people in Sumy on Monday, the mayor said. The repair costs 40 million, he said.",
        "Shelling killed 12 people in Sumy on Monday, the mayor said. Officials did not say 20.",
        "Militants killed four guards in Mopti on Monday. The governor spoke of two others.",
        "Militants killed four guards in Mopti in 2022. The governor spoke of 2019.",
        "Militants killed four guards in Mopti. The number of checkpoints was put at 20 by the governor.",
        "The council met in Geneva on Monday. The mayor said 40.",
    ],
)
def test_other_numbers_are_no_figures(text: str) -> None:
    assert not figures(text)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("267 rebels were killed, 119 wounded and four arrested in Hasakah on Monday.", 267, 119),
        ("Twelve people were killed in Kharkiv on Monday, 30 injured and 14 houses burnt.", 12, 30),
    ],
)
def test_a_number_beside_a_toll(text: str, killed: float, wounded: float) -> None:
    found = {q.what: q.best for c in coded(text).claims for q in c.predication.quantities}
    assert (found["killed"], found["wounded"]) == (killed, wounded)


def test_the_later_number_of_a_correction_holds() -> None:
    text = "Nine rebels were killed in Homs. The ministry corrected the number of dead from 77 to 94."
    assert [q.best for c in figures(text) for q in c.predication.quantities] == [94]


def test_tens_are_a_number() -> None:
    found = [q for c in coded("Tens of insurgents were killed in Mocha.").claims for q in c.predication.quantities]
    assert [(q.what, q.low, q.best) for q in found] == [("killed", 20, None)]


def test_a_counting_verb_that_tells_its_event_keeps_its_number() -> None:
    text = "A drone hit a shelter in Zalingei on Friday. A medical group, which counted 57 dead, blamed the rebels."
    tolls = [q for c in coded(text).claims for q in c.predication.quantities if q.best == 57]
    assert [q.what for q in tolls] == ["killed"]
