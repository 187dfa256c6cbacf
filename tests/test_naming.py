"""Who and what is mentioned: known actors, forces of states, persons, described groups, places."""

from __future__ import annotations

import pytest

from benchmarks.references import read
from dateline.api import code_text
from dateline.records import Mention, Toponym

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def mention(text: str, words: str) -> Mention:
    """Return the widest mention that ends where `words` end."""
    end = text.index(words) + len(words)
    found = [m for m in read(text).all(Mention) if m.span.end == end]
    assert found, [m.span.of(text) for m in read(text).all(Mention)]
    return max(found, key=lambda m: len(m.span))


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Al-Shabaab attacked a base near Kismayo in Somalia.", "Al-Shabaab", "al-shabaab"),
        ("The M23 advanced on Sake in eastern Congo.", "M23", "m23"),
        ("The Lord's Resistance Army (LRA) raided villages in Uganda.", "LRA", "lra"),
        ("Fighters of Hezbollah fired rockets from Lebanon.", "Hezbollah", "hezbollah"),
        ("The Arakan Army took a base in Rakhine, Myanmar.", "Arakan Army", "arakan-army"),
        ("Boko Haram burned Baga in Nigeria.", "Boko Haram", "boko-haram"),
        ("The ELN blew up a pipeline in Arauca, Colombia.", "ELN", "eln"),
        ("The Houthis hit Marib in Yemen.", "Houthis", "houthis"),
        ("The Rapid Support Forces (RSF) shelled El Fasher in Sudan.", "RSF", "rsf"),
        ("The Taliban took Kunduz in Afghanistan.", "Taliban", "taliban"),
        ("Hamas fired rockets from Gaza.", "Hamas", "hamas"),
    ],
)
def test_known_actors(text: str, words: str, entity: str) -> None:
    found = mention(text, words)
    assert found.named
    assert entity in found.entity, found
    assert found.evidence.rule == "catalogue"


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("The TTP attacked a police post in Peshawar, Pakistan.", "TTP", "ttp"),
        ("The SDF and its allies entered Raqqa in Syria.", "SDF", "sdf"),
        ("The ADF killed villagers near Beni in the Democratic Republic of Congo.", "ADF", "adf"),
        ("The NLA fought the army in Colombia.", "Colombia", ""),
    ],
)
def test_acronyms_in_their_country(text: str, words: str, entity: str) -> None:
    assert entity in mention(text, words).entity


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Afghan forces entered Kunduz.", "Afghan forces", "AF:state-force"),
        ("Ethiopian troops crossed the river.", "Ethiopian troops", "ET:state-force"),
        ("The Malian army left Tessalit.", "The Malian army", "ML:state-force"),
        ("Sudan's army shelled Omdurman.", "army", "SD:state-force"),
        ("In Nigeria, the army killed bandits near Gusau.", "the army", "NG:state-force"),
        ("Police in Kenya fired tear gas in Nairobi.", "Police", "KE:police"),
        ("The Colombian government met the envoy.", "The Colombian government", "CO:government"),
        ("Ukrainian soldiers held Bakhmut.", "Ukrainian soldiers", "UA:state-force"),
        ("Iraqi police searched homes in Mosul.", "Iraqi police", "IQ:police"),
        ("The Lebanese army closed the road.", "The Lebanese army", "LB:state-force"),
        ("Burkinabe soldiers were ambushed near Djibo.", "Burkinabe soldiers", "BF:state-force"),
        ("The Kremlin denied the strike.", "Kremlin", "RU:government"),
        ("Somali police arrested two men in Baidoa.", "Somali police", "SO:police"),
    ],
)
def test_forces_of_states(text: str, words: str, entity: str) -> None:
    assert mention(text, words).entity == entity


def test_the_army_takes_the_country_that_the_user_gives() -> None:
    from dateline.assembly import cleaning, load_resources, naming, parsing
    from dateline.records import Dossier, Report

    dossier, known = Dossier(Report("t", "The army shelled the hills.", country="MM")), load_resources()
    for stage in (cleaning(known), parsing(known), naming(known)):
        dossier = dossier.adding(stage(dossier))
    assert dossier.all(Mention)[0].entity == "MM:state-force"


def test_a_single_soldier_keeps_his_words() -> None:
    found = mention("Three Ukrainian soldiers died in Bakhmut.", "Three Ukrainian soldiers")
    assert (found.name, found.entity) == ("Ukrainian soldiers", "UA:state-force")


def test_the_army_keeps_the_words_of_the_report() -> None:
    assert mention("The Ethiopian army left Mekelle.", "The Ethiopian army").name == "Ethiopian army"


@pytest.mark.parametrize(
    ("text", "words", "name", "role"),
    [
        ("Badghis Governor Hessam Rahimi called for help.", "Hessam Rahimi", "Hessam Rahimi", "Governor"),
        ("Amina Yusuf, the mayor of Gao, fled.", "Amina Yusuf", "Amina Yusuf", "mayor"),
        ("General Moussa Keita arrived in Gao.", "Moussa Keita", "Moussa Keita", "General"),
        ("The army spokesman Ahmed Salem gave no toll.", "Ahmed Salem", "Ahmed Salem", "spokesman"),
        ("Taliban spokesman Zabihullah Karimi denied it.", "Zabihullah Karimi", "Zabihullah Karimi", "spokesman"),
    ],
)
def test_persons_have_their_offices(text: str, words: str, name: str, role: str) -> None:
    found = mention(text, words)
    assert found.label == "person"
    assert found.name == name
    assert role.lower() in found.role.lower()


def test_the_spokesman_of_an_actor_belongs_to_it() -> None:
    assert mention("Taliban spokesman Zabihullah Karimi denied it.", "Zabihullah Karimi").entity == "taliban"


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Masked gunmen stormed a bank in Sinaloa.", "Masked gunmen", "armed-unidentified"),
        ("On Monday the rebels entered Goma.", "the rebels", "rebel"),
        ("Villagers fled Masisi.", "Villagers", "civilian"),
        ("Protesters filled the square in Khartoum.", "Protesters", "protester"),
        ("Two journalists were held in Minsk.", "Two journalists", "journalist"),
    ],
)
def test_described_groups(text: str, words: str, kind: str) -> None:
    found = mention(text, words)
    assert not found.named
    assert found.kind == kind
    assert not found.entity


def test_officials_are_described_with_what_they_belong_to() -> None:
    text = "Officials of the provincial security services confirmed the raid in Kandahar."
    found = mention(text, "Officials")
    assert found.name == "Officials of the provincial security services"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fighting reached Kalemie on Sunday.", "Kalemie"),
        ("Troops withdrew from Lashkar Gah.", "Lashkar Gah"),
        ("Shells fell in Avdiivka.", "Avdiivka"),
        ("They fled to Cox's Bazar.", "Cox's Bazar"),
        ("A bomb went off near Deir ez-Zor.", "Deir ez-Zor"),
    ],
)
def test_places(text: str, words: str) -> None:
    assert mention(text, words).label == "place"


def test_a_name_is_a_place_through_the_whole_report() -> None:
    text = "Fighters entered Palma in Mozambique. Palma was quiet. Residents of Palma hid."
    labels = {m.label for m in read(text).all(Mention) if m.name == "Palma"}
    assert labels == {"place"}


def test_a_surname_alone_is_the_person() -> None:
    text = "Maria Torres leads Corinto. The rebels threatened Torres."
    assert [m.label for m in read(text).all(Mention) if m.name == "Torres"] == ["person"]


def test_a_city_stays_a_city_beside_a_person_of_its_name() -> None:
    text = "Carlos Medina fled to Medina. Soldiers held the road in Medina."
    last = [m for m in read(text).all(Mention) if m.name == "Medina"]
    assert last
    assert last[-1].label == "place"


def test_mentions_are_ordered_and_consistent() -> None:
    text = "Indian and Pakistani troops exchanged fire in Kashmir, officials of both armies said on Monday."
    dossier = read(text)
    mentions = dossier.all(Mention)
    assert [m.span.start for m in mentions] == sorted(m.span.start for m in mentions)
    for m in mentions:
        assert m.first <= m.head < m.last
        assert m.span.of(text).strip() == m.span.of(text)
        assert m.evidence.stage == "naming"


def test_a_place_of_which_the_tagger_took_only_the_first_word() -> None:
    found = code_text("A car bomb hit the city of Deir Ezzor in Syria.", published="2016-06-22").dossier.all(Mention)
    assert "Deir Ezzor" in {m.name for m in found if m.label == "place"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marib was lost, a Houthi commander said.", "Marib"),
        ("Kidal was captured by the Malian army and its allies.", "Kidal"),
        ("Wad Madani was taken by the Rapid Support Forces on Monday.", "Wad Madani"),
        ("The ministry denied that Menaka had fallen, Malian officers said.", "Menaka"),
        ("Deir al-Zor was captured by the jihadists on Friday.", "Deir al-Zor"),
        ("Pul-e Alam was captured by the Taliban on Friday.", "Pul-e Alam"),
        ("Al Hazm, the centre of Al Jawf province, fell to the Houthis.", "Al Hazm"),
        ("Bwayla, the centre of a district in Kachin State, was shelled.", "Bwayla"),
        ("Lysychansk fell without a fight, the Ukrainian governor said.", "Lysychansk"),
    ],
)
def test_what_is_taken_or_falls_is_a_place(text: str, name: str) -> None:
    assert name in {m.name for m in read(text).all(Mention) if m.label == "place"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Noriega was captured by American soldiers.", "Noriega"),
        ("Saddam Hussein was captured near Tikrit in Iraq.", "Saddam Hussein"),
        ("Santos was taken to hospital in Bogota.", "Santos"),
        ("Lopez fell ill in Madrid.", "Lopez"),
        ("Diaz was handed over to the guerrillas in Colombia.", "Diaz"),
        ("The rebels captured General Garcia in Colombia.", "Garcia"),
    ],
)
def test_who_is_taken_or_falls_ill_is_a_person(text: str, name: str) -> None:
    assert name in {m.name for m in read(text).all(Mention) if m.label == "person"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fighting went on in the districts of Dand and Panjwai in Kandahar.", {"Dand", "Panjwai", "Kandahar"}),
        ("Rebels attacked Kafr-Nabl and Khan-Shaykhun in Syria.", {"Kafr-Nabl", "Khan-Shaykhun", "Syria"}),
        ("Troops were sent to Bosnia and Herzegovina.", {"Bosnia and Herzegovina"}),
    ],
)
def test_two_places_tagged_as_one_are_two(text: str, names: set[str]) -> None:
    assert {t.span.of(text) for t in code_text(text).dossier.all(Toponym)} == names
