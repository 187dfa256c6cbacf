"""Places: names resolved together, governments told from places, the place of a predicate, conflicts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dateline.knowledge.actors import actors, countries
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.nouns import noun_lexicon
from dateline.language import LanguageModel, Naming, Parsing, Referring
from dateline.placing import Placing, explain
from dateline.placing.context import read_name
from dateline.placing.geography import bearing, compass, degrees_of, distance_km, offset
from dateline.records import (
    Attribution,
    Dossier,
    Evidence,
    Flag,
    Parse,
    Placement,
    Predication,
    Source,
    Span,
    Stage,
    Toponym,
)  # fmt: skip
from tests.conftest import dossier_of, run

pytestmark = [pytest.mark.gazetteer, pytest.mark.model]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="module")
def stages(model: LanguageModel, places: Gazetteer) -> tuple[Stage, ...]:
    return (
        Parsing(model),
        Naming(actors(), countries(), noun_lexicon(), places),
        Referring(places),
    )


@pytest.fixture(scope="module")
def placing(places: Gazetteer) -> Placing:
    return Placing(places)


def placed(
    stages: Sequence[Stage],
    placing: Placing,
    blocks: Sequence[str],
    triggers: Sequence[str] = (),
    **known: object,
) -> Dossier:
    """Return the dossier of a report; each of the words `triggers` is a predicate of the narration."""
    dossier = run(stages, dossier_of(blocks, **known))
    text, parse = dossier.report.text, dossier.only(Parse)
    whole = Span(0, len(text))
    narration = Attribution(
        (Source("the report", "outlet"),), (whole,), "narration", Evidence((whole,), "test", "test")
    )
    made = []
    for word in triggers:
        token = next(t for t in range(len(parse)) if text[parse.starts[t] :].startswith(word))
        span = Span(parse.starts[token], parse.ends[token])
        made.append(
            Predication(
                span, token, (span,), f"sense-{word}", "", "", None, (), (), "asserted", "affirmed", 0,
                Evidence((span,), "test", "test"),
            )
        )  # fmt: skip
    dossier = dossier.adding([narration, *made])
    return dossier.adding(placing(dossier))


def toponym(dossier: Dossier, name: str, nth: int = 0) -> Toponym:
    found = [t for t in dossier.all(Toponym) if t.span.of(dossier.report.text) == name]
    return found[nth]


def where(dossier: Dossier, trigger: str) -> Placement:
    return next(p for p in dossier.all(Placement) if p.trigger.of(dossier.report.text) == trigger)


# Names --------------------------------------------------------------------------------------------------


def test_the_report_decides_together_which_namesake_is_meant(stages: Sequence[Stage], placing: Placing) -> None:
    libya = placed(stages, placing, ["Rival militias fought south of Tripoli and in Misrata, Libyan medics said."])
    lebanon = placed(
        stages, placing, ["The Lebanese army deployed in Tripoli and Sidon after the unrest, officials said."]
    )
    assert toponym(libya, "Tripoli").country == "LY"
    assert toponym(lebanon, "Tripoli").country == "LB"


@pytest.mark.parametrize(
    ("sentence", "name", "feature"),
    [
        ("Fighting spread through Kunduz province in Afghanistan on Monday.", "Kunduz", "admin1"),
        ("Rebels shelled the city of Idlib in Syria on Monday.", "Idlib", "city"),
        ("Shells hit Herat, capital of the province of the same name in Afghanistan.", "Herat", "city"),
        ("Gunmen raided Goma, North Kivu, in the Democratic Republic of Congo.", "Goma", "city"),
    ],
)
def test_words_beside_a_name_tell_the_province_from_its_city(
    stages: Sequence[Stage], placing: Placing, sentence: str, name: str, feature: str
) -> None:
    found = [t for t in placed(stages, placing, [sentence]).all(Toponym) if t.name == name]
    assert [t.feature for t in found] == [feature]


def test_a_containing_unit_picks_the_namesake(stages: Sequence[Stage], placing: Placing) -> None:
    text = ["Militants attacked a convoy near Bunagana, North Kivu, wounding six soldiers."]
    one = toponym(placed(stages, placing, text), "Bunagana")
    assert (one.country, one.admin1, one.precision) == ("CD", "North Kivu", 2)
    assert "near" in one.reason


def test_an_offset_moves_the_point_and_keeps_the_name(stages: Sequence[Stage], placing: Placing) -> None:
    dossier = placed(
        stages, placing, ["A drone struck a depot 30 km north of Hodeidah in Yemen overnight."], ["struck"]
    )
    place = where(dossier, "struck").place
    assert place.name == "Hodeidah"
    assert place.precision == 2
    assert place.lat is not None
    assert place.lon is not None
    assert 25 < distance_km(place.lat, place.lon, 14.80, 42.95) < 36
    assert place.lat > 15.0


def test_an_unknown_name_is_kept_without_a_point(stages: Sequence[Stage], placing: Placing, places: Gazetteer) -> None:
    name = read_name("Shells fell on Xqzvtown near the river.", Span(15, 23), places)
    assert name.surface == "Xqzvtown"
    assert explain("Xqzvtown", places) == []


# Governments --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "name", "stands_for"),
    [
        ("Kyiv accused Moscow of shelling the convoy.", "Kyiv", "UA:government"),
        ("Kyiv accused Moscow of shelling the convoy.", "Moscow", "RU:government"),
        ("Talks between Khartoum and Juba stalled again.", "Khartoum", "SD:government"),
        ("Talks between Khartoum and Juba stalled again.", "Juba", "SS:government"),
        ("The authorities in Bamako promised an inquiry.", "Bamako", "ML:government"),
        ("Rwanda rejected the report on Tuesday.", "Rwanda", "RW:government"),
        ("An explosion shook Khartoum on Tuesday.", "Khartoum", ""),
        ("The delegations met in Doha on Tuesday.", "Doha", ""),
        ("Thousands of people fled from Sudan into Chad.", "Sudan", ""),
        ("Fighting has spread across Myanmar since the coup.", "Myanmar", ""),
    ],
)
def test_a_capital_or_country_is_its_government_only_where_the_clause_says_so(
    stages: Sequence[Stage], placing: Placing, sentence: str, name: str, stands_for: str
) -> None:
    assert toponym(placed(stages, placing, [sentence]), name).stands_for == stands_for


def test_a_government_is_never_the_place(stages: Sequence[Stage], placing: Placing) -> None:
    blocks = ["Kyiv accused Moscow of breaking the truce. The army said its troops repelled an assault at Avdiivka."]
    place = where(placed(stages, placing, blocks, ["assault"]), "assault").place
    assert place.name == "Avdiivka"


# Predicates ---------------------------------------------------------------------------------------------

CLAUSES = [
    ("Militants entered Palma in Mozambique at dawn and burned houses.", "entered", "Palma", "clause"),
    ("Militants entered Palma in Mozambique at dawn and burned houses.", "burned", "Palma", "sentence"),
    ("Soldiers withdrew from Sake on Friday, residents of the Congo said.", "withdrew", "Sake", "clause"),
    ("Airstrikes killed nine people in the Syrian town of Saraqib.", "killed", "Saraqib", "clause"),
    ("The withdrawal of French soldiers from Mali is complete.", "withdrawal", "Mali", "clause"),
    ("Bakhmut in Ukraine fell after months of siege.", "fell", "Bakhmut", "clause"),
]


@pytest.mark.parametrize(("sentence", "trigger", "name", "step"), CLAUSES)
def test_the_place_in_the_clause(
    stages: Sequence[Stage], placing: Placing, sentence: str, trigger: str, name: str, step: str
) -> None:
    found = where(placed(stages, placing, [sentence], [trigger]), trigger)
    assert found.place.name == name
    assert found.evidence.rule == f"place.{step}"
    assert found.place.country


def test_the_city_refers_back(stages: Sequence[Stage], placing: Placing) -> None:
    blocks = [
        "Fighters of the RSF advanced on El Fasher in Sudan.",
        "They shelled the city on Sunday and looted its market.",
    ]
    found = where(placed(stages, placing, blocks, ["shelled"]), "shelled").place
    assert (found.name, found.text, found.country_code) == ("El Fasher", "city", "SD")
    assert found.precision == 1


def test_the_districts_are_those_of_the_province(stages: Sequence[Stage], placing: Placing) -> None:
    blocks = ["The rebels reached Maymana in Afghanistan's Faryab province. All the districts fell within days."]
    found = where(placed(stages, placing, blocks, ["fell"]), "fell").place
    assert (found.name, found.precision) == ("Faryab", 4)


def test_a_place_in_an_office_is_not_where_it_happened(stages: Sequence[Stage], placing: Placing) -> None:
    blocks = [
        "Gunmen ambushed a patrol near Monguno in Nigeria on Thursday.",
        "Kano governor Musa Bello condemned the ambush, in which four soldiers died.",
    ]
    found = where(placed(stages, placing, blocks, ["died"]), "died").place
    assert found.name == "Monguno"


def test_the_focus_is_less_exact_and_says_so(stages: Sequence[Stage], placing: Placing) -> None:
    blocks = [
        "Residents of Lysychansk in Ukraine described heavy shelling.",
        "Two volunteers came from Italy.",
        "Seven people were killed.",
    ]
    found = where(placed(stages, placing, blocks, ["killed"]), "killed")
    assert found.evidence.rule == "place.focus"
    assert (found.place.name, found.place.precision) == ("Lysychansk", 2)
    assert "focus of the report" in found.place.reason


def test_between_two_places_is_neither(stages: Sequence[Stage], placing: Placing) -> None:
    blocks = ["A bus was attacked between Gossi and Hombori in Mali, killing eleven."]
    found = where(placed(stages, placing, blocks, ["attacked"]), "attacked").place
    assert found.precision == 5
    assert found.name == "between Gossi and Hombori"


def test_no_place_in_the_report_gives_no_placement(stages: Sequence[Stage], placing: Placing) -> None:
    dossier = placed(stages, placing, ["Several soldiers were killed, a spokesman said."], ["killed"])
    assert dossier.all(Placement) == ()


# Conflicts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "conflict"),
    [
        ("Fighters took Faizabad in southwestern Afghanistan on Sunday.", "north-east"),
        ("Fighters took Faizabad in northeastern Afghanistan on Sunday.", ""),
        ("Shelling hit Kharkiv in the south of Ukraine on Sunday.", "by its coordinates"),
        ("Shelling hit Kharkiv in eastern Ukraine on Sunday.", ""),
        ("Clashes broke out in Basra, capital of Nineveh, in Iraq.", "does not lie in it"),
        ("Clashes broke out in Mosul, capital of Nineveh, in Iraq.", ""),
        ("Gunmen stormed Bangui, near the border with Chad, on Sunday.", "km from it"),
        ("Gunmen stormed Birao, near the border with Sudan, on Sunday.", ""),
        ("Civilians fled Kandahar for camps in northern Pakistan.", ""),
    ],
)
def test_words_that_contradict_the_map_are_flagged(
    stages: Sequence[Stage], placing: Placing, sentence: str, conflict: str
) -> None:
    dossier = placed(stages, placing, [sentence])
    messages = [flag.message for flag in dossier.all(Flag) if flag.code == "geography-conflict"]
    assert bool(messages) == bool(conflict), messages
    assert all(conflict in message for message in messages)


# Explaining, geography ----------------------------------------------------------------------------------


def test_explain_ranks_candidates_with_reasons(places: Gazetteer) -> None:
    plain = explain("Tripoli", places)
    assert plain[0].place.country == "LY"
    asked = explain("Tripoli", places, countries=["LB"])
    assert asked[0].place.country == "LB"
    assert asked[0].reason
    assert asked[0].score > asked[1].score
    assert explain("Kunduz", places, hint="admin1")[0].place.feature == "admin1"


def test_points_and_directions() -> None:
    assert distance_km(34.53, 69.17, 24.86, 67.01) == pytest.approx(1094, abs=6)
    assert compass(bearing(0, 0, 10, 10)) == "north-east"
    assert degrees_of("northwestern") == degrees_of("north-west") == 315
    assert degrees_of("sideways") is None
    north = offset(15.0, 43.0, 0, 111.2)
    assert north == pytest.approx((16.0, 43.0), abs=0.01)


SCENES = {
    "a village that nobody knows goes before the province": (
        [
            "Gunmen burned down a market in the village of Tarkwenu in Kaduna state, Nigeria, on Monday.",
            "The attackers also abducted eleven traders.",
        ],
        "abducted",
        "Tarkwenu",
    ),
    "where a soldier comes from is not where he died": (
        ["A bomb hit a patrol in Gao in Mali on Monday.", "Three peacekeepers from Uruguay were killed."],
        "killed",
        "Gao",
    ),
    "aircraft are no places": (
        ["Rebels hold the city of Marib in Yemen.", "Apache helicopters bombed a depot on Friday."],
        "bombed",
        "Marib",
    ),
    "the town is the one of the last event": (
        ["Shells fell on Kramatorsk in Ukraine on Monday, and families left for Dnipro. Two people died in the town."],
        "died",
        "Kramatorsk",
    ),
    "a toll since a year is one of the country": (
        ["A mine exploded in Gao in Mali.", "More than 200 soldiers have been killed since 2013."],
        "killed",
        "Mali",
    ),
    "a capital that was taken for its government": (
        ["Bombs fell on Benghazi in Libya.", "Envoys will meet in Tunis on Friday."],
        "meet",
        "Tunis",
    ),
}


@pytest.mark.parametrize("name", SCENES)
def test_where_what_is_told_happens(stages: Sequence[Stage], placing: Placing, name: str) -> None:
    blocks, verb, expected = SCENES[name]
    assert where(placed(stages, placing, blocks, [verb]), verb).place.name == expected
