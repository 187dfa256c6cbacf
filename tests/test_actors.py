"""The tables of actors, countries and conflicts, and the search for names in a text."""

from __future__ import annotations

import doctest
import itertools
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.actors import STATE_KINDS, Ambiguous, actors, countries, fold, kinds, variants
from dateline.knowledge.actors.matching import capital_stretches
from dateline.knowledge.loading import load_tsv

AMBIGUOUS = load_tsv("actors/ambiguous.tsv", Ambiguous)


def found(text: str) -> list[tuple[str, str]]:
    return [(match.actor, text[match.start : match.end]) for match in actors().find(text)]


def ids(text: str) -> set[str]:
    return {match.actor for match in actors().find(text)}


# The tables hold together.


def test_ids_are_unique() -> None:
    assert len(actors().by_id) == len(actors().all)
    assert len({conflict.id for conflict in actors().conflicts}) == len(actors().conflicts)
    assert len(countries().by_iso2) == len(countries().all)
    assert len(actors().all) > 700


def test_actor_rows() -> None:
    roots = {row.id for row in actors().all if not row.parent}
    for row in actors().all:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.id), row
        assert row.kind in kinds(), row
        assert not row.parent or row.parent in actors().by_id, row
        assert all(code in countries().by_iso2 for code in row.country), row
        assert re.fullmatch(r"(Q\d+)?", row.wikidata), row
        assert all(re.fullmatch(r"(\d{4})?", year) for year in (row.active_from, row.active_to)), row
        assert not (row.active_from and row.active_to) or row.active_from <= row.active_to, row
        forms = (row.name, *row.aliases, *row.acronyms)
        assert all(form == form.strip() and len(form) > 1 for form in forms), row
        assert list(actors().lineage(row.id))[-1] in roots, row


def test_conflict_rows() -> None:
    for row in actors().conflicts:
        assert re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", row.began), row
        assert re.fullmatch(r"(\d{4}-(0[1-9]|1[0-2]))?", row.ended), row
        assert not row.ended or row.began <= row.ended, row
        assert all(code in countries().by_iso2 for code in row.countries), row
        assert len(row.sides) >= 2, row
        for name in (name for side in row.sides for name in side):
            state, _, kind = name.partition(":")
            assert name in actors().by_id or (state in countries().by_iso2 and kind in kinds()), (row, name)


def test_kinds_name_known_sectors_and_interactions() -> None:
    inter = {"State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters"}
    assert {kind.acled_inter for kind in kinds().values()} <= inter | {
        "Civilians",
        "External/Other forces",
        "",
    }
    assert all(re.fullmatch("[A-Z]{3}", kind.plover_sector) for kind in kinds().values())
    assert set(STATE_KINDS) <= set(kinds())


def test_shared_forms_are_listed_and_only_those() -> None:
    listed = {row.form for row in AMBIGUOUS if row.reading == "shared" and row.note != "in capitals only"}
    shared = {form: {alias for _, alias in owners} for form, owners in actors().table.forms.items() if len(owners) > 1}
    assert [form for form, aliases in shared.items() if not aliases & listed] == []
    assert listed <= {alias for aliases in shared.values() for alias in aliases}
    assert all(row.form in actors().table.forms for row in AMBIGUOUS if row.reading == "word")


def test_no_form_is_a_bare_common_noun() -> None:
    generic = {"Army", "Police", "Government", "The Resistance", "Resistance", "Coalition", "Rebels", "State"}
    assert not generic & set(actors().table.forms)


def test_country_codes() -> None:
    rows = countries().all
    assert len({row.iso_numeric for row in rows if row.iso_numeric}) == sum(bool(r.iso_numeric) for r in rows)
    for field in ("gw", "cow"):
        numbers = [getattr(row, field) for row in rows if getattr(row, field)]
        assert len(numbers) == len(set(numbers))
        assert all(number.isdigit() for number in numbers)
    assert all(kind in kinds() for row in rows for _, _, kind in [m.rpartition(":") for m in row.metonyms])
    assert all(row.demonyms for row in rows)


# Names in a text.

CASES = [
    # Afghanistan
    (
        "The Taliban and the Haqqani Network denied it; the NDS and ISIS-K did not comment.",
        {"taliban", "haqqani-network", "afghan-nds", "islamic-state-khorasan"},
    ),
    # Syria
    (
        "Hay’at Tahrir al-Sham shelled positions of the Syrian Arab Army, SOHR said.",
        {"hts", "syrian-arab-army", "sohr"},
    ),
    ("Da'esh fighters surrendered to the YPG near the river.", {"islamic-state", "ypg"}),
    # Iraq
    ("Kataib Hezbollah, part of the Hashd al-Sha'abi, blamed the Peshmerga.",
     {"kataib-hezbollah", "pmf", "peshmerga"}),
    # Yemen
    ("Ansar Allah fired at Giants Brigades; the Southern Transitional Council withdrew.",
     {"houthis", "giants-brigades", "stc"}),
    # Sudan
    ("Rapid Support Forces met the Sudanese Armed Forces and the JEM at the market.",
     {"rsf-sudan", "saf-sudan", "jem"}),
    # Ethiopia
    ("Fano and the ENDF fought while the TPLF looked on.", {"fano", "endf", "tplf"}),
    # Congo
    ("FARDC and Wazalendo lost the hill to the M23, MONUSCO noted.",
     {"fardc", "wazalendo", "m23", "monusco"}),
    # Sahel
    ("Jama'at Nusrat al-Islam wal-Muslimin struck a post of the Volunteers for the Defence of the Homeland.",
     {"jnim", "vdp-burkina"}),
    # Nigeria
    ("Boko Haram and the Islamic State West Africa Province clashed on the lake.", {"boko-haram", "iswap"}),
    # Mozambique
    ("Ansar al-Sunna burned huts before SAMIM came.", {"ansar-al-sunna-mozambique", "samim"}),
    # Myanmar
    ("The Ta’ang National Liberation Army and the Tatmadaw traded fire.", {"tnla", "tatmadaw"}),
    # Ukraine
    ("The SBU said that Wagner and the Donetsk People's Republic had lost men.", {"sbu", "wagner", "dpr"}),
    # Karabakh
    ("The Artsakh Defense Army denied what the Azerbaijani Armed Forces claimed.",
     {"artsakh-defence-army", "azerbaijani-armed-forces"}),
    # Colombia, Mexico, Haiti
    ("Clan del Golfo, the ELN and Tren de Aragua", {"clan-del-golfo", "eln", "tren-de-aragua"}),
    ("The CJNG hunts the Mayiza; Viv Ansanm rules the port.", {"cjng", "la-mayiza", "viv-ansanm"}),
    # Israel and Palestine
    ("Hamas's Izz al-Din al-Qassam Brigades and Hizbullah fired; the IDF answered.",
     {"qassam-brigades", "hamas", "hezbollah", "idf"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda value: str(value)[:30])
def test_find_names(text: str, expected: set[str]) -> None:
    assert ids(text) == expected


def test_longest_name_wins() -> None:
    assert found("The Pakistani Taliban struck.") == [("ttp", "Pakistani Taliban")]
    assert found("ISIS-K struck.") == [("islamic-state-khorasan", "ISIS-K")]
    assert ids("Russia's Security Council met; so did the National Security Council.") == {
        "russian-security-council",
        "national-security-council",
    }
    assert found("Associated Press of Pakistan reported it.") == [("app", "Associated Press of Pakistan")]


@pytest.mark.parametrize(
    "name", ["al-Shabaab", "Al-Shabab", "Al Shabaab", "al Shabab", "Al‑Shabaab", "Shebab", "AL-SHABAAB"]
)
def test_spellings_of_one_name(name: str) -> None:
    assert "al-shabaab" in ids(f"Fighters of {name} left." if not name.isupper() else f"{name} LEFT TOWN")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("al-Qa'ida", "al-qaeda"), ("Al Qaida", "al-qaeda"), ("Al-Qaïda", "al-qaeda"),
        ("Lashkar-i-Taiba", "lashkar-e-taiba"), ("Jaish-e-Muhammad", "jaish-e-mohammed"),
        ("Séléka", "seleka"), ("Seleka", "seleka"), ("Popular Mobilisation Forces", "pmf"),
        ("Free Syrian\nArmy", "free-syrian-army"), ("Hezbollah-held", "hezbollah"),
    ],
)  # fmt: skip
def test_marks_and_spellings(text: str, actor: str) -> None:
    assert ids(f"It was {text} there.") == {actor}


def test_words_are_not_cut() -> None:
    assert found("Talibanisation, SAFARI, Hamasaki and misfits") == []


def test_case_counts() -> None:
    assert found("He is here, who said it, and will mend the map.") == []
    assert found("IS struck; the WHO came.") == [("islamic-state", "IS"), ("who", "WHO")]


def test_text_in_capitals() -> None:
    text = "THE FARABUNDO MARTI\nNATIONAL LIBERATION FRONT, WHO IS STRONG, MET THE TALIBAN."
    assert found(text) == [
        ("fmln", "FARABUNDO MARTI\nNATIONAL LIBERATION FRONT"),
        ("taliban", "TALIBAN"),
    ]
    mixed = "HEZBOLLAH FIRES ROCKETS\nThe man who is there blamed IS."
    assert found(mixed) == [("hezbollah", "HEZBOLLAH"), ("islamic-state", "IS")]


def test_capital_stretches_cover_the_text() -> None:
    text = "KABUL FALLS\n\nAFP\nAll quiet.\nNO NEWS HERE\n"
    stretches = capital_stretches(text)
    assert "".join(text[start:end] for start, end, _ in stretches) == text
    assert [capital for _, _, capital in stretches] == [True, False, True]
    assert capital_stretches("All quiet.") == []


def test_a_name_with_an_article_may_be_the_start_of_another() -> None:
    assert found("The Independent Election Commission spoke.") == []
    assert found("The Independent wrote so.") == [("independent", "The Independent")]
    assert found("The Guardian Council met.") == [("guardian-council", "Guardian Council")]


def test_shared_names_are_for_the_caller_to_choose() -> None:
    catalogue = actors()
    assert ids("The SDF fired.") == {"sdf-syria", "rada"}
    assert len({(m.start, m.end) for m in catalogue.find("The SDF fired.")}) == 1
    assert catalogue.choose(["sdf-syria", "rada"], "SY") == ("sdf-syria",)
    assert catalogue.choose(["al-shabaab", "ansar-al-sunna-mozambique"], "MZ") == ("ansar-al-sunna-mozambique",)
    assert catalogue.choose(["pdf-myanmar", "popular-defence-forces-sudan"], "", 2023) == ("pdf-myanmar",)
    assert catalogue.choose(["afp", "afp-philippines"], "AF") == ("afp", "afp-philippines")
    assert catalogue.choose([], "AF", 2021) == ()


@given(st.text(max_size=300))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="ISA al-Qaed'’TNO\n.", max_size=120))
def test_matches_stay_inside_and_in_order(text: str) -> None:
    spans = sorted({(match.start, match.end) for match in actors().find(text)})
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_variants_stay_few() -> None:
    assert variants("Free Syrian Army", {}) == ["Free Syrian Army"]
    assert "Daesh" in variants("Da'esh", {})
    assert max(len(owners) for owners in actors().table.forms.values()) <= 3
    assert len(actors().table.forms) < 12 * len(actors().all)


def test_find_is_fast() -> None:
    text = ("The Taliban and al-Qaeda fought the ANA near Kunduz, the provincial police chief said. " * 50)[:4000]
    actors().find(text)
    begun = time.perf_counter()
    for _ in range(20):
        actors().find(text)
    assert (time.perf_counter() - begun) / 20 < 0.01  # a tenth of this on an idle machine


# Who fights whom.


@pytest.mark.parametrize(
    ("actor", "country", "when", "first"),
    [
        ("AF:government", "AF", (2021, 7), "taliban"),
        ("taliban", "AF", (2021, 7), "AF:state-force"),
        ("afghan-nds", "AF", (2019, None), "taliban"),
        ("SO:police", "SO", (2022, None), "al-shabaab"),
        ("rsf-sudan", "SD", (2024, None), "saf-sudan"),
        ("saf-sudan", "SD", (2024, None), "rsf-sudan"),
        ("UA:government", "UA", (2023, None), "RU:state-force"),
        ("RU:state-force", "UA", (2023, None), "UA:state-force"),
        ("m23", "CD", (2025, None), "fardc"),
        ("qassam-brigades", "PS", (2024, None), "IL:state-force"),
        ("LK:state-force", "LK", (2008, None), "ltte"),
        ("artsakh-government", "AZ", (2020, 10), "AZ:state-force"),
        ("karenni-army", "MM", (2023, None), "tatmadaw"),
    ],
)
def test_opponents(actor: str, country: str, when: tuple[int, int | None], first: str) -> None:
    assert actors().opponents(actor, country, *when)[0] == first


def test_opponents_of_what_no_side_names() -> None:
    catalogue = actors()
    assert catalogue.opponents("radwan-force", "LB", 2024)[0] == "IL:state-force"  # by its parent
    assert catalogue.opponents("NG:intelligence", "NG", 2020)[0] == "boko-haram"  # by its state
    assert catalogue.opponents("reuters", "AF", 2021) == ()
    assert catalogue.opponents("nobody", "AF", 2021) == ()
    assert catalogue.opponents("taliban", "PE", 2021) == ()


def test_conflicts_have_their_time() -> None:
    named = {conflict.id for conflict in actors().conflicts_of("AF", 2021, 7)}
    assert "afghanistan-republic" in named
    assert "afghanistan-emirate" not in named
    assert "afghanistan-emirate" in {c.id for c in actors().conflicts_of("AF", 2022)}
    assert actors().conflicts_of("IS", 2021) == ()


def test_the_guide_tells_the_truth() -> None:
    guide = Path(__file__).parent.parent / "docs" / "actors.md"
    result = doctest.testfile(str(guide), module_relative=False)
    assert result.attempted > 4
    assert result.failed == 0


# Countries.


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Afghanistan", {"AF"}), ("the United States of America", {"US"}), ("U.S.", {"US"}), ("UAE", {"AE"}),
        ("DRC", {"CD"}), ("Congo", {"CD", "CG"}), ("Burma", {"MM"}), ("Côte d’Ivoire", {"CI"}),
        ("Cote d'Ivoire", {"CI"}), ("SYRIA", {"SY"}), ("us", set()), ("Nowhere", set()),
        ("the Netherlands", {"NL"}), ("Türkiye", {"TR"}), ("Kosovo's", {"XK"}),
    ],
)  # fmt: skip
def test_country_by_name(name: str, codes: set[str]) -> None:
    assert {row.iso2 for row in countries().by_name(name)} == codes


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Afghans", {"AF"}), ("Congolese", {"CD", "CG"}), ("Burkinabè", {"BF"}), ("Burkinabe", {"BF"}),
        ("Nigerien", {"NE"}), ("Nigerian", {"NG"}), ("Palestinians", {"PS"}), ("SUDANESE", {"SD"}),
        ("Dominican", {"DM", "DO"}), ("table", set()),
    ],
)  # fmt: skip
def test_country_by_demonym(word: str, codes: set[str]) -> None:
    assert {row.iso2 for row in countries().by_demonym(word)} == codes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the Kremlin", ("RU", "government")), ("White House", ("US", "government")),
        ("Pentagon", ("US", "state-force")), ("Kabul", ("AF", "government")),
        ("Élysée", ("FR", "government")), ("Elysee", ("FR", "government")),
        ("Kyiv", ("UA", "government")), ("Kiev", ("UA", "government")), ("Tehran", ("IR", "government")),
    ],
)  # fmt: skip
def test_metonyms(name: str, expected: tuple[str, str]) -> None:
    assert [(row.iso2, kind) for row, kind in countries().by_metonym(name)] == [expected]
