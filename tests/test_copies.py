"""Copies of one dispatch are one source with several carriers; what two reporters tell of one event is not."""

from __future__ import annotations

import random

import pytest

from dateline.reconciling.bodies import body_of, shared, story
from dateline.reconciling.copies import Text, copies, shared_quotations

QUOTE = "“We will not give up one street of this town to those who burned the granary and the school of our children”"
DISPATCH = (
    "MARAVI, May 3 (Northwire) - Rebel fighters took the bridge at Maravi before dawn on Tuesday after two days of "
    "shelling, residents and a local official said.\n\n"
    "The district head, Osman Tel, said nineteen soldiers had been killed and that the garrison had withdrawn to the "
    "sugar mill on the eastern bank. He spoke by telephone from the provincial capital.\n\n"
    f"{QUOTE}, a rebel spokesman told reporters in a recorded statement.\n\n"
    "The army did not answer calls. On Monday it had said that the bridge was firmly in its hands and that "
    "reinforcements were on the road from the north.\n\n"
    "Maravi, a market town of some 40,000, lies on the only paved road between the two provinces. It has changed hands "
    "three times since fighting resumed in the winter."
)
PARAGRAPHS = DISPATCH.split("\n\n")
LOCAL = (
    "Bridge at Maravi falls to rebels\nThe Herald, 3 May\nBy our staff\n\n"
    + "\n\n".join([PARAGRAPHS[0].replace("MARAVI, May 3 (Northwire) - ", ""), *PARAGRAPHS[1:]])
    + "\n\nSubscribe to our newsletter for more news of the region every morning."
)
SHORT = "Rebels take bridge\n\n" + "\n\n".join(PARAGRAPHS[:2])
EDITED = (
    DISPATCH.replace("before dawn on Tuesday", "early Tuesday")
    .replace("nineteen soldiers had been killed", "19 soldiers had died")
    .replace("did not answer calls", "could not be reached")
    .replace("firmly in its hands", "under its control")
)
OTHER = (
    "MARAVI - Government troops lost control of a strategic crossing on the Sel river on Tuesday, according to people "
    "in the area who were contacted by phone.\n\n"
    f"{QUOTE}, a rebel spokesman said in an audio message.\n\n"
    "Nineteen members of the army died, said Osman Tel, who heads the district. He said that those who survived had "
    "pulled back to a factory east of the river. A military spokesman had no immediate comment.\n\n"
    "The town saw heavy fighting last month as well, when a convoy was ambushed and its commander was captured."
)
BACKGROUND = (
    "\n\nIn the capital, the speaker of parliament called a special session for Thursday. Fuel prices rose by a tenth "
    "within hours, drivers at two stations said, and the bus company stopped its night service to the south until "
    "further notice. Schools in four districts stayed shut."
)


def text(
    name: str, words: str, outlet: str = "", agency: str = "", day: str | None = "2023-05-03", order: int = 0
) -> Text:
    return Text(name, words, outlet, agency, day, order)


def groups(*reports: Text) -> list[list[str]]:
    return [sorted(group.carriers) for group in copies(reports)]


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (text("b", LOCAL, "The Herald"), "exact"),
        (text("b", DISPATCH, "The Herald"), "exact"),
        (text("b", EDITED, "The Herald"), "near"),
        (text("b", SHORT, "The Herald"), "shortened"),
        (text("b", DISPATCH + BACKGROUND * 2, "The Herald"), "extended"),
        (text("b", EDITED, "Northwire", "Northwire"), "update"),
        (text("b", LOCAL, "The Herald", "", None), "exact"),
    ],
)
def test_copies(copy: Text, kind: str) -> None:
    found = copies([text("a", DISPATCH, "Northwire", "Northwire", "2023-05-03T08:00"), copy])
    assert [(group.original, group.carriers) for group in found] == [("a", ("a", "b"))]
    assert [(one.report, one.of, one.kind) for one in found[0].how] == [("b", "a", kind)]
    assert found[0].how[0].reasons


@pytest.mark.parametrize(
    "other",
    [
        text("b", OTHER, "Southwire", "Southwire"),
        text("b", OTHER, "The Herald"),
        text("b", BACKGROUND.strip(), "The Herald", "Northwire"),
        text("b", DISPATCH, "The Herald", day="2023-05-09"),
        text("b", "No comment.", "The Herald"),
        text("b", "", "The Herald"),
        text("b", "\n".join(SHORT.split()[:4]), "The Herald"),
    ],
)
def test_no_copies(other: Text) -> None:
    assert groups(text("a", DISPATCH, "Northwire", "Northwire"), other) == []


def test_nothing_is_a_copy_of_nothing() -> None:
    assert groups(text("a", ""), text("b", ""), text("c", "Photo."), text("d", "Photo.")) == []


def test_a_shared_quotation_is_named_but_joins_nothing() -> None:
    pair = [text("a", DISPATCH, "Northwire", "Northwire"), text("b", OTHER, "Southwire", "Southwire", order=1)]
    assert copies(pair) == []
    found = shared_quotations(pair)
    assert [(one.report, one.of, one.kind) for one in found] == [("b", "a", "shared-quotation")]
    assert found[0].reasons == ("the same quotation of 22 words",)


BULLETIN = (
    "In the past day the northern command counted {} clashes along the front. The enemy shelled {} villages in the "
    "border districts with mortars and guns. Air defences shot down {} drones. The situation in the other sectors has "
    "not changed, and no signs of the forming of assault groups were found."
)


def test_a_daily_bulletin_is_no_copy_of_yesterdays() -> None:
    first, second = BULLETIN.format(31, 17, 4), BULLETIN.format(28, 22, 9)
    assert groups(text("a", first, "Command", day="2023-05-03"), text("b", second, "Command", day="2023-05-04")) == []
    assert groups(text("a", first, "Command", day="2023-05-03"), text("b", first, "Herald", day="2023-05-04")) == [
        ["a", "b"]
    ]


def test_an_agency_on_one_day_needs_less_and_two_agencies_need_more() -> None:
    half = "\n\n".join([PARAGRAPHS[0], PARAGRAPHS[1], BACKGROUND.strip(), OTHER.split("\n\n")[3]])
    one = text("a", "\n\n".join(PARAGRAPHS), "Herald", "Northwire")
    assert groups(one, text("b", half, "Times", "Northwire")) == [["a", "b"]]
    assert groups(one, text("b", half, "Times", "Southwire")) == []


def test_the_original_is_the_earliest_then_the_agencys_own_then_the_first() -> None:
    later = text("a", DISPATCH, "Northwire", "Northwire", "2023-05-04")
    earlier = text("b", LOCAL, "The Herald", "", "2023-05-03")
    assert copies([later, earlier])[0].original == "b"
    same_day = text("c", LOCAL, "The Herald", "Northwire", "2023-05-04", 1)
    assert copies([same_day, later])[0].original == "a"
    assert copies([text("e", LOCAL, order=2), text("d", DISPATCH, order=1)])[0].original == "d"


def test_copies_are_not_chained() -> None:
    """Each of a row of texts is half of its neighbours; the ends share nothing."""
    parts = [*PARAGRAPHS[:2], *OTHER.split("\n\n")[::2], BACKGROUND.strip(), BULLETIN.format(1, 2, 3)]
    row = [text(str(at), "\n\n".join(parts[at : at + 3]), order=at) for at in range(len(parts) - 2)]
    for group in copies(row):
        original = body_of(row[int(group.original)].text)
        longest = max((body_of(row[int(one)].text) for one in group.carriers), key=lambda body: body.shingles)
        for one in group.carriers:
            body = body_of(row[int(one)].text)
            assert max(shared(body, original)[0], shared(body, longest)[0]) >= 0.45


def test_groups_do_not_hang_on_the_order_of_reading() -> None:
    reports = [
        text("a", DISPATCH, "Northwire", "Northwire"), text("b", LOCAL, "The Herald"), text("c", SHORT, "Times"),
        text("d", OTHER, "Southwire", "Southwire"), text("e", EDITED, "Post"), text("f", OTHER, "Echo"),
        text("g", BACKGROUND, "Echo"), text("h", DISPATCH + BACKGROUND * 2, "Star", day="2023-05-04"),
    ]  # fmt: skip
    expected = copies(reports)
    assert [sorted(group.carriers) for group in expected] == [["a", "b", "c", "e", "h"], ["d", "f"]]
    for seed in range(10):
        random.Random(seed).shuffle(reports)
        assert copies(iter(reports)) == expected


def test_the_body_is_the_story() -> None:
    body = story("THE HERALD\nMonday, 3 May\n\n" + DISPATCH + "\n\n(Reporting by Ana Bel; editing by Tom Cor)\n")
    assert body.startswith("Rebel fighters took the bridge")
    assert body.endswith("resumed in the winter.")
    assert story("no sentence here") == "no sentence here"


def test_long_texts_are_sampled_evenly() -> None:
    words = random.Random(3).choices([f"word{number}" for number in range(4000)], k=9000)
    whole, half = body_of(" ".join(words) + "."), body_of(" ".join(words[:4500]) + ".")
    assert whole.level > half.level > 0
    assert len(whole.prints) <= 512
    assert shared(whole, half)[0] == pytest.approx(1, abs=0.01)
    assert shared(whole, half)[1] == pytest.approx(0.5, abs=0.1)
