"""The gazetteer: keys of names, our own tables, the built file, a user's places."""

from __future__ import annotations

import math
import multiprocessing
import pickle
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dateline.knowledge.gazetteer import Gazetteer, builder, content_version
from dateline.knowledge.gazetteer.folding import exact_key, folded_key
from dateline.knowledge.gazetteer.sources import Alias, Capital, CountryPoint, OwnPlace, Point
from dateline.knowledge.loading import load_tsv
from dateline.placing.geography import distance_km
from dateline.records import GazetteerError, ReadingError

pytestmark = pytest.mark.gazetteer
FEATURES = {
    "country", "admin1", "admin2", "city", "region", "sea", "lake", "river", "island", "mountain", "camp",
    "airport", "base", "crossing",
}  # fmt: skip


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Qala-e Naw", "Qala i Naw", "Qal`eh-ye Now", "Qala-i-Nau"),
        ("Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr"),
        ("Kandahar", "Qandahar"),
        ("Hodeidah", "Al Hudaydah", "Hudaida"),
        ("Sana'a", "Sanaa", "Ṣanʿā’"),
        ("Mykolaiv", "Mykolayiv"),
        ("Faizabad", "Fayzabad", "Feyzabad"),
        ("Al-Qusayr", "Qusair"),
    ],
)
def test_spellings_of_one_name_share_a_folded_key(spellings: tuple[str, ...]) -> None:
    assert len({folded_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Homs", "Hama"), ("Paktia", "Paktika"), ("Gao", "Goma"), ("Mali", "Malta"), ("Niger", "Nigeria")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert folded_key(one) != folded_key(other)


def test_exact_key_forgives_accents_and_punctuation_only() -> None:
    assert exact_key("Mazār-e Sharīf") == exact_key("Mazar-e-Sharif") == "mazar e sharif"
    assert exact_key("Kunduz") != exact_key("Konduz")


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("Marjah", "city", "AF"), ("Torkham", "crossing", ""), ("Eastern Ghouta", "region", "SY"),
        ("Donbas", "region", "UA"), ("Bunagana", "city", "CD"), ("Rubaya", "city", "CD"),
        ("Pibor", "city", "SS"),
        ("Hombori", "city", "ML"), ("Jabalia camp", "camp", "PS"), ("Nagorno-Karabakh", "region", "AZ"),
        ("Darfur", "region", "SD"), ("Jebel Marra", "mountain", "SD"), ("Tigray", "admin1", "ET"),
        ("Black Sea", "sea", ""), ("Bagram Airfield", "base", "AF"), ("North Kivu", "admin1", "CD"),
        ("Iran", "country", "IR"), ("DRC", "country", "CD"), ("Cabo Delgado", "admin1", "MZ"),
    ],
)  # fmt: skip
def test_places_in_the_news_are_known(places: Gazetteer, name: str, feature: str, country: str) -> None:
    first = places.candidates(name)[0]
    assert first.feature == feature
    assert not country or first.country == country


def test_names_that_neighbours_carry_in_the_source_of_points_are_not_taken_over(places: Gazetteer) -> None:
    # Natural Earth has Daykundi as Uruzgan, Panjshir as Parwan, and mixes up Paktia and Paktika.
    for name, lat, lon in [
        ("Daykundi", 33.8, 66.3),
        ("Panjshir", 35.3, 69.8),
        ("Paktia", 33.6, 69.4),
        ("Paktika", 32.5, 68.7),
    ]:
        units = [place for place in places.exact(name) if place.feature == "admin1"]
        assert [unit.admin1_name for unit in units] == [name]
        assert distance_km(units[0].lat, units[0].lon, lat, lon) < 60


def test_the_cascade_says_which_step_matched(places: Gazetteer) -> None:
    assert places.candidates("Kharkiv")[0].step == "exact"
    assert places.candidates("Deir Ezzor")[0].step in ("exact", "folded")
    assert places.candidates("Qal'a Nau")[0].name == "Qala-e Naw"
    misspelt = places.candidates("Kramatorks", ["UA"])[0]
    assert (misspelt.step, misspelt.name) == ("fuzzy", "Kramatorsk")
    assert places.candidates("Kramatorks") == []
    assert all("UA" in place.countries for place in places.fuzzy("Avdivka", ["UA"]))


def test_words_of_class_may_stand_in_the_name(places: Gazetteer) -> None:
    assert places.candidates("Helmand Province")[0].feature == "admin1"
    assert places.candidates("Donetsk region")[0].admin1_name == "Donetsk"


def test_ordinary_words_are_no_names_of_places(places: Gazetteer) -> None:
    assert not any(places.has_name(word) for word in ("Police", "General", "Monday", "May", "Hassan", "Grad", ""))
    assert places.has_name("Qala-e Naw")
    assert places.best_feature("Kabul") == "city"
    assert places.best_feature("Sudan") == "country"


def test_seats_of_provinces_and_countries(places: Gazetteer) -> None:
    kivu = places.candidates("North Kivu")[0]
    seat = places.seat("CD", kivu.admin1)
    assert seat
    assert seat.name == "Goma"
    national = places.seat("SD")
    assert national
    assert national.name == "Khartoum"
    assert places.seat("ZZ") is None
    unit = places.unit("CD", kivu.admin1)
    assert unit
    assert unit.feature == "admin1"


def test_districts_without_a_point_say_so(places: Gazetteer) -> None:
    with_cities = [p for p in places.exact("Masisi") if p.feature == "admin2"]
    assert all(place.located in ("mean", "parent") for place in with_cities)


def test_nationalities(places: Gazetteer) -> None:
    assert places.demonyms["afghan"] == "AF"
    assert places.demonyms["syrians"] == "SY"


def test_absent_gazetteer_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="dateline gazetteer build"):
        Gazetteer.open(tmp_path / "none.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"not a database at all, only some bytes" * 40)
    with pytest.raises(GazetteerError, match="dateline gazetteer build"):
        Gazetteer.open(broken)
    stale = tmp_path / "stale.sqlite"
    with sqlite3.connect(stale) as file:
        file.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        file.execute("INSERT INTO meta VALUES ('version', 'older')")
    with pytest.raises(GazetteerError, match=content_version()):
        Gazetteer.open(stale)


def test_a_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path, _report: object) -> None:
        raise GazetteerError("a source is absent")

    monkeypatch.setattr(builder, "_write", fail)
    with pytest.raises(GazetteerError):
        builder.build(tmp_path / "g.sqlite", progress=False)
    assert list(tmp_path.iterdir()) == []


def test_shared_between_threads_and_processes(places: Gazetteer) -> None:
    names = ["Kabul", "Homs", "Goma", "Mosul"] * 5
    expected = [places.candidates(name)[0].key for name in names]
    fresh: Gazetteer = pickle.loads(pickle.dumps(places))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: fresh.candidates(name)[0].key, names)) == expected
    with multiprocessing.get_context("fork").Pool(1) as workers:
        assert [found[0].key for found in workers.map(fresh.candidates, names[:4])] == expected[:4]


def test_a_users_places_come_first_and_count_in_the_version(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,lat,lon,country,admin1,feature,aliases\n"
        "Ouled Test Ferme,16.5,-0.5,ML,Gao,camp,Farm of the Test|Ferme du Test\n"
    )
    own = Gazetteer.open(own=[table])
    assert own.version.startswith(content_version())
    assert own.version != content_version()
    first = own.candidates("Farm of the Test")[0]
    assert (first.name, first.feature, first.admin1_name, first.geonameid) == (
        "Ouled Test Ferme",
        "camp",
        "Gao",
        None,
    )
    assert own.has_name("Ouled Test Ferme")
    assert pickle.loads(pickle.dumps(own)).version == own.version


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("name,lat\nX,1\n", "no column lon"),
        ("name,lat,lon\nX,north,1\n", "line 2"),
        ("name,lat,lon\nX,99,1\n", "not on the earth"),
    ],
)
def test_a_users_table_that_cannot_be_read_names_the_line(tmp_path: Path, content: str, problem: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(content)
    with pytest.raises(ReadingError, match=problem):
        Gazetteer.open(own=[table])


def test_our_own_tables_are_sound() -> None:
    points = {point.code: point for point in load_tsv("places/country_points.tsv", CountryPoint)}
    seen = set()
    for place in load_tsv("places/places.tsv", OwnPlace):
        assert place.feature in FEATURES, place.name
        assert math.fabs(place.lat) <= 90, place.name
        assert math.fabs(place.lon) <= 180, place.name
        assert (place.name, place.country, place.feature) not in seen, place.name
        seen.add((place.name, place.country, place.feature))
        if len(place.country) == 2 and place.feature not in ("sea", "island") and (point := points.get(place.country)):
            # Within the bounds of its country, give or take its own size and a border drawn otherwise.
            slack = 1.5 + place.extent_km / 60
            assert point.south - slack <= place.lat <= point.north + slack, place.name
            if point.east - point.west < 100:
                assert point.west - slack <= place.lon <= point.east + slack, place.name
    assert len(seen) > 400
    assert load_tsv("places/admin1_points.tsv", Point)
    assert load_tsv("places/aliases.tsv", Alias)
    assert load_tsv("places/capitals.tsv", Capital)
