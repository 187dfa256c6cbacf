"""Toponyms recognised: peoples, institutions, what the model takes for places; and names put beside others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dateline.assembly import load_pipeline
from dateline.knowledge.actors import actors, countries
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.joined_names import joined_name
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.trained import Linear, Trained
from dateline.language import LanguageModel, Naming, Parsing, Referring
from dateline.placing import Placing
from dateline.placing.context import read_name
from dateline.placing.recognising import ASSOCIATIVE, LITERAL, OTHER, Scene, recognised
from dateline.placing.resolving import Choice, resolve
from dateline.placing.senses import is_nationality, of_nationality, of_part
from dateline.reading import make_report
from dateline.records import Dossier, Mention, Parse, Span, Stage, Toponym
from tests.conftest import dossier_of, run

pytestmark = [pytest.mark.gazetteer, pytest.mark.model]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="module")
def stages(model: LanguageModel, places: Gazetteer) -> tuple[Stage, ...]:
    return Parsing(model), Naming(actors(), countries(), noun_lexicon(), places), Referring(places)


def toponyms(stages: Sequence[Stage], placing: Placing, text: str) -> dict[str, Toponym]:
    dossier = run(stages, dossier_of([text]))
    found = dossier.adding(placing(dossier)).all(Toponym)
    return {one.span.of(text): one for one in found}


def choices(places: Gazetteer, text: str, *names: str) -> dict[str, Choice]:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    found = resolve([read_name(text, span, places) for span in spans], places, {})
    return dict(zip(names, found, strict=True))


# What a name may mean -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Syrian", "Syria"),
        ("Germans", "Germany"),
        ("Bavarian", "Bavaria"),
        ("Texans", "Texas"),
        ("Scottish", "Scotland"),
    ],
)
def test_words_for_peoples_lead_to_their_country_or_unit(places: Gazetteer, word: str, place: str) -> None:
    assert is_nationality(word, places)
    assert [one.name for one in of_nationality(word, places)][:1] == [place]


@pytest.mark.parametrize("word", ["Market", "Soldiers", "Yesterday"])
def test_other_words_are_of_no_people(places: Gazetteer, word: str) -> None:
    assert not is_nationality(word, places)
    assert of_nationality(word, places) == []


@pytest.mark.parametrize(
    ("name", "place"),
    [("Kunduz General Hospital", "Kunduz"), ("Bank of Japan", "Japan"), ("Ukrainian Air Force", "Ukraine")],
)
def test_the_name_of_an_institution_leads_to_the_place_in_it(places: Gazetteer, name: str, place: str) -> None:
    found = of_part(name, places, [])
    assert found[0].name == place
    assert found[0].step == "part"


@pytest.mark.parametrize("name", ["General Hospital", "Wolverine Brigade", "Tal Xqzvt"])
def test_a_name_with_words_of_its_own_leads_to_no_part(places: Gazetteer, name: str) -> None:
    assert of_part(name, places, []) == []


# Names resolved together --------------------------------------------------------------------------------


def test_namesakes_in_one_small_area_speak_for_each_other(places: Gazetteer) -> None:
    found = choices(places, "A barn burnt near Paris, and Henry County sent two engines.", "Paris", "Henry County")
    alone = choices(places, "A barn burnt near Paris.", "Paris")
    assert alone["Paris"].place
    assert alone["Paris"].place.country == "FR"
    assert found["Paris"].place
    assert found["Paris"].place.admin1_name == "Tennessee"
    assert found["Henry County"].place
    assert found["Henry County"].place.admin1_name == "Tennessee"


def test_an_unknown_place_is_put_where_the_others_gather(places: Gazetteer) -> None:
    text = "Shells fell on Saraqib, Maarrat Misrin and Xqzvtown."
    unknown = choices(places, text, "Saraqib", "Maarrat Misrin", "Xqzvtown")["Xqzvtown"]
    assert unknown.place is None
    assert unknown.around
    assert unknown.around.admin1_name == "Idlib"
    assert unknown.gathered > 0.6


def test_the_capital_district_is_not_meant_by_its_bare_name(places: Gazetteer) -> None:
    assert places.exact("Columbia")[0].feature == "city"
    assert places.exact("District of Columbia")[0].admin1 == "DC"


def test_points_of_countries_are_inside_and_those_of_the_common_tables(places: Gazetteer) -> None:
    points = {code: places.of_key(row.geonameid) for code, row in places.countries.items()}
    assert (points["RU"].lat, points["RU"].lon) == (60.0, 100.0)  # type: ignore[union-attr]
    # The middle that directions are compared with is still the middle.
    assert abs(places.countries["CL"].lat + 35.5) < 1


# Recognition --------------------------------------------------------------------------------------------


def test_peoples_and_institutions_are_toponyms_of_associative_use(stages: Sequence[Stage], places: Gazetteer) -> None:
    text = "Japanese officials met the Bank of England in Geneva on Monday."
    found = toponyms(stages, Placing(places), text)
    assert (found["Japanese"].use, found["Japanese"].country) == (ASSOCIATIVE, "JP")
    assert found["Geneva"].use == LITERAL
    assert found["England"].use == ASSOCIATIVE


def test_with_the_trained_model_persons_and_offices_are_no_toponyms(stages: Sequence[Stage], places: Gazetteer) -> None:
    text = "President Jordan Wells and Prime Minister Anna Berg spoke in Warsaw before Polish troops left for Germany."
    found = toponyms(stages, Placing(places, Trained()), text)
    assert {"Warsaw", "Germany", "Polish"} <= set(found)
    assert not {"Jordan", "President", "Wells", "Berg", "Prime Minister"} & set(found)


def test_a_model_decides_and_overlaps_are_settled_by_probability(stages: Sequence[Stage], places: Gazetteer) -> None:
    dossier: Dossier = run(stages, dossier_of(["Rebels left the University of Aleppo in Syria."]))
    parse, text = dossier.only(Parse), dossier.report.text
    scene = Scene(text, parse, dossier.all(Mention), [], places)
    classes = (ASSOCIATIVE, LITERAL, OTHER)
    features = ["entry=country", "inside=ORG"]
    yes = Linear(classes, features, np.array([[0.0, 5.0, 0.0], [5.0, 0.0, 0.0]]), np.array([0.0, 0.0, 2.0]))
    found = {scene.words(tokens): use for tokens, use in recognised(scene, yes).items()}
    assert found["Syria"].literal
    assert not found["Aleppo"].literal
    assert "Rebels" not in found
    no = Linear(classes, features, np.zeros((2, 3)), np.array([0.0, 0.0, 9.0]))
    assert recognised(scene, no) == {}


def test_the_shipped_weights_have_the_classes_and_a_card() -> None:
    model = Trained().linear("toponyms")
    assert model is not None
    assert set(model.classes) == {LITERAL, ASSOCIATIVE, OTHER}
    # Every stretch has a feature that the model knows: the sums over features need one each.
    assert {"placed=True", "placed=False"} <= set(model.rows)
    folder = Trained().path("toponyms", "card.toml")
    assert isinstance(folder, Path)
    assert "GeoWebNews" in folder.read_text("utf-8")


def test_the_name_of_an_agency_is_no_place_like_it() -> None:
    report = make_report("A car bomb killed nine people near Deir el-Zour, SANA said. SANA blamed rebels from Homs.")
    named = {one.span.of(report.text) for one in load_pipeline().run(report).all(Toponym)}
    assert "SANA" not in named
    assert {"Deir el-Zour", "Homs"} <= named


# Names written with hyphens -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("KABUL - Insurgents attacked the city of Qala-e-Naw on Wednesday.", "Qala-e-Naw"),
        ("Fighting continued in Mazar-i-Sharif overnight.", "Mazar-i-Sharif"),
        ("Jihadists attacked Deir-ez-Zor on Monday.", "Deir-ez-Zor"),
        ("A car bomb killed six people near Bab-al-Hawa in Syria.", "Bab-al-Hawa"),
        ("Gangs attacked Port-au-Prince on Friday.", "Port-au-Prince"),
        ("A missile hit an apartment block in Ivano-Frankivsk.", "Ivano-Frankivsk"),
        ("Rebels attacked Kafr-Nabl in Syria.", "Kafr-Nabl"),
        ("Militiamen killed two people in Al-Bu-Kamal.", "Al-Bu-Kamal"),
    ],
)
def test_a_name_written_with_hyphens_is_one_place(
    stages: Sequence[Stage], places: Gazetteer, sentence: str, place: str
) -> None:
    found = toponyms(stages, Placing(places), sentence)
    assert place in found
    assert found[place].lat is not None


@pytest.mark.parametrize("words", ["Commander-in-Chief", "Israel-Hamas", "Stand-off", "MiG-29", "Al-Qaeda"])
def test_what_hyphens_join_otherwise_is_no_joined_name(words: str) -> None:
    assert joined_name().fullmatch(words) is None
