"""Status and polarity: every example of the cues and of the light verbs; denials that point back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.api import Coded, code_text
from dateline.coding.lexicon import lexicon
from dateline.coding.participants import Casting
from dateline.coding.reading import Reading
from dateline.coding.sides import Sides
from dateline.coding.stage import cast
from dateline.coding.status import judge
from dateline.coding.triggers import find_triggers
from dateline.knowledge.actors import actors, countries
from dateline.knowledge.light_verbs import light_verbs
from dateline.knowledge.loading import load_toml
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.statuses import StatusFile
from dateline.knowledge.weapons import weapons
from dateline.records import Claim, Stage
from tests.conftest import dossier_of, run
from tests.markup import Marked, read_marked

FILE: StatusFile = load_toml("status.toml", StatusFile)
STATUSES = frozenset(
    "asserted ongoing attempted planned possible hypothetical opinion background denied affirmed".split()
)


def cases() -> Iterator[tuple[str, str, bool]]:
    for cue in FILE.cue:
        for good, examples in ((True, cue.examples), (False, cue.counterexamples)):
            for example in examples:
                sentence, _, expected = example.rpartition(" -> ")
                yield sentence, expected, good


CASES = list(cases())
LIGHT = [(light.verb, example) for light in light_verbs() for example in light.examples]
Judged = dict[str, tuple[str, str]]


def test_the_file_of_cues_is_well_written() -> None:
    for sentence, expected, _ in CASES:
        assert set(expected.split()) <= STATUSES, expected
        read_marked(sentence)
    assert len(CASES) > 50
    statuses = {cue.status for cue in FILE.cue}
    assert {"attempted", "planned", "possible", "hypothetical", "opinion", "ongoing"} <= statuses
    assert any(cue.polarity == "denied" for cue in FILE.cue)


def test_weapons_are_written_once() -> None:
    assert len(weapons()) > 200
    assert all(weapon.id for weapon in weapons().values())


@pytest.fixture(scope="module")
def judged(language: tuple[Stage, ...]) -> Judged:
    """All sentences as one report, a paragraph each: status and polarity of the marked event."""
    sentences = list(dict.fromkeys(sentence for sentence, _, _ in CASES))
    marked = [read_marked(sentence) for sentence in sentences]
    dossier = run(language, dossier_of([m.text for m in marked], country="XX"))
    reading = Reading(dossier, noun_lexicon(), lexicon())
    triggers, parse, offset = find_triggers(reading, lexicon()), reading.parse, 0
    out: Judged = {}
    for sentence, m in zip(sentences, marked, strict=True):
        token = next(t for t in range(len(parse)) if parse.starts[t] >= offset + m.trigger[0])
        held = triggers.get(token)
        clause = held.clause if held and not held.witnessed else token if parse.pos[token] == "VERB" else -1
        verdict = judge(reading, token, clause, held.phase if held else "")
        out[sentence] = (verdict.status, verdict.polarity)
        offset += len(m.text) + 2
    return out


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "expected", "good"), CASES, ids=[f"{e}: {s}" for s, e, _ in CASES])
def test_cue_is_read(sentence: str, expected: str, good: bool, judged: Judged) -> None:
    status, polarity = judged[sentence]
    for word in expected.split():
        assert (word in (status, polarity)) is good or not good, (status, polarity)
    if not good:
        assert expected in (status, polarity)


Carried = dict[str, tuple[Marked, int, list[tuple[str, int, int]] | None]]


@pytest.fixture(scope="module")
def carried(language: tuple[Stage, ...]) -> Carried:
    """The examples of light verbs as one report: marked sentence, offset, roles found; None where nothing was read."""
    sentences = list(dict.fromkeys(example for _, example in LIGHT))
    marked = [read_marked(sentence) for sentence in sentences]
    dossier = run(language, dossier_of([m.text for m in marked], country="XX"))
    reading = Reading(dossier, noun_lexicon(), lexicon())
    casting = Casting(reading, Sides(reading, actors(), countries()))
    triggers, offset = find_triggers(reading, lexicon()), 0
    out: Carried = {}
    for sentence, m in zip(sentences, marked, strict=True):
        start, end = offset + m.trigger[0], offset + m.trigger[1]
        tokens = {token: t for t in triggers.values() for token in (t.token, *t.tokens)}
        at = [t for token, t in tokens.items() if start <= reading.parse.starts[token] < end]
        people = [p for t in at for p in cast(reading, casting, t)[0]]
        out[sentence] = (m, offset, [(p.role, p.span.start, p.span.end) for p in people if p.span] if at else None)
        offset += len(m.text) + 2
    return out


@pytest.mark.model
@pytest.mark.parametrize(("verb", "example"), LIGHT, ids=[f"{v}: {e}" for v, e in LIGHT])
def test_light_verb_gives_its_roles(verb: str, example: str, carried: Carried) -> None:
    marked, offset, found = carried[example]
    assert found is not None, "no event read"
    for role, start, end in marked.roles:
        assert any(r == role and s < offset + end and e > offset + start for r, s, e in found), (role, found)


# Denials that point back ------------------------------------------------------------------------------


def denials_in(text: str) -> tuple[Coded, list[Claim]]:
    coded = code_text(text, published="2023-05-10")
    return coded, [c for c in coded.claims if c.predication.polarity == "denied"]


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    ("text", "denier", "event"),
    [
        ("Rebels said that the Malian army shelled Kidal on Monday. The army denied this.", "army", "shelled"),
        (
            "Tigrayan officials said that Eritrean troops killed civilians in Aksum, which Asmara rejects.",
            "Asmara",
            "killed",
        ),
        (
            "Kyiv said that Russian troops bombed a school in Kramatorsk. Moscow rejected the allegation.",
            "Moscow",
            "bombed",
        ),
        (
            "Residents said that police killed six protesters in Nairobi. Police denied any involvement.",
            "Police",
            "killed",
        ),
        (
            "Activists said that the militia burned homes in Masisi. The militia dismissed the accusations.",
            "militia",
            "burned",
        ),
        (
            "Officials said that Hezbollah fired rockets at Metula. Hezbollah denied responsibility.",
            "Hezbollah",
            "fired",
        ),
        (
            "The rebels said that they had captured the airport of Goma. The army said that was not true.",
            "army",
            "captured",
        ),
        (
            "The militia said that it had captured the town of Babanusa. The army called this a lie.",
            "army",
            "captured",
        ),
        (
            'Kyiv said that Russian troops had shelled a market in Sumy. "This is a lie," the Russian ministry said.',
            "Russian ministry",
            "shelled",
        ),
        (
            "The ministry of defence said that commandos had retaken Singa. Residents reached by phone denied it.",
            "Residents",
            "retaken",
        ),
        (
            "Houthi fighters shelled Marib on Monday. An army commander said that the Houthis had been pushed back."
            " A Houthi spokesman denied that.",
            "Houthi spokesman",
            "pushed",
        ),
        (
            "Rebels fled from Gao on Monday. An officer claimed that the army had taken Kidal; a resident denied this.",
            "resident",
            "taken",
        ),
    ],
)
def test_a_denial_that_points_back_is_a_claim_of_the_denier(text: str, denier: str, event: str) -> None:
    coded, denied = denials_in(text)
    assert denied, [c.predication.trigger.of(text) for c in coded.claims]
    claim = denied[0]
    assert denier.lower() in claim.attribution.chain[0].name.lower()
    assert any(event in span.of(text) for span in claim.predication.clause)
    told = next(c for c in coded.claims if c.predication.trigger.of(text) == event)
    assert told.predication.polarity == "affirmed"
    assert claim.predication.plover == told.predication.plover
    assert claim.id in told.disputes
    assert told.id in claim.disputes
    assert not claim.predication.quantities


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    "text",
    [
        "The rebels shelled Goma on Monday. The government rejected the offer.",
        "The army killed five men in Mopti. A resident confirmed this.",
        "Rebels withdrew from Gao. They had claimed the city of Kidal twice, and the army had denied it each time.",
        "The army killed five men in Mopti. This is true, a resident said.",
    ],
)
def test_what_is_no_denial_denies_nothing(text: str) -> None:
    assert not denials_in(text)[1]


@pytest.mark.model
@pytest.mark.gazetteer
def test_a_rumour_with_a_content_denies_that_content_alone() -> None:
    text = "The attack on Taiz was repelled by the army. The rumours about the fall of the city are nonsense."
    assert [c.predication.trigger.of(text) for c in denials_in(text)[1]] == ["fall"]


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    ("text", "word", "status", "polarity"),
    [
        ("The army did not attack Kidal.", "attack", "asserted", "denied"),
        ("No soldier was killed in Marib.", "killed", "asserted", "denied"),
        ("Rebels failed to capture Goma on Sunday.", "capture", "attempted", "affirmed"),
        ("The general said that troops would attack Lashkar Gah.", "attack", "planned", "affirmed"),
        ("If the rebels attack Juba, the army will strike.", "attack", "hypothetical", "affirmed"),
        ("The junta may have bombed Sagaing.", "bombed", "possible", "affirmed"),
        ("Did the army shell Avdiivka?", "shell", "hypothetical", "affirmed"),
        ("The army is shelling Bakhmut.", "shelling", "ongoing", "affirmed"),
        ("Gunmen killed two teachers in Maiduguri.", "killed", "asserted", "affirmed"),
        ("The police denied that officers beat protesters in Minsk.", "beat", "asserted", "denied"),
        ("Instead of attacking Kidal, the rebels fled.", "attacking", "asserted", "denied"),
        ("Rather than attack Kidal, the rebels fled.", "attack", "asserted", "denied"),
        ("The army did not enter Kidal, nor did it shell Gao.", "shell", "asserted", "denied"),
        ("Neither the army nor the rebels shelled Gao.", "shelled", "asserted", "denied"),
        ("No attack on Kidal was announced.", "attack", "asserted", "denied"),
        ("The army launched no attack on Kidal.", "attack", "asserted", "denied"),
        ("The rebels did not have weapons to attack Kidal.", "attack", "asserted", "denied"),
        ("The rebels have not given up attempts to capture Kidal.", "capture", "attempted", "affirmed"),
        ("If the soldiers are surrounded and captured, the army will leave.", "captured", "hypothetical", "affirmed"),
        ("The rebels captured Kidal after the army had fled.", "captured", "asserted", "affirmed"),
        ("The claim of the rebels that the town of Saraqib has fallen is not true.", "fallen", "asserted", "denied"),
        ("The claim that the whole city of Bakhmut has fallen is not correct.", "fallen", "asserted", "denied"),
        ("The news that 41 farmers were killed by our fighters in Nyala is false.", "killed", "asserted", "denied"),
        ("The rumours about the fall of the city of El Fasher are baseless.", "fall", "asserted", "denied"),
        (
            "Reports that the army has withdrawn from Lashio are untrue.",
            "withdrawn",
            "asserted",
            "denied",
        ),
        ("It is not true that Hodeidah was captured, a Houthi spokesman said.", "captured", "asserted", "denied"),
        ("The report of the capture of Myawaddy was false.", "capture", "asserted", "denied"),
        ("Rumours that the town had been taken turned out to be false.", "taken", "asserted", "denied"),
        ("The army rejected false claims that the town had been captured.", "captured", "asserted", "denied"),
        ("An officer denied in a message that the town of Kidal had been captured.", "captured", "asserted", "denied"),
        ("It is a lie that our troops killed civilians in Moura, the army said.", "killed", "asserted", "denied"),
        ("There is no evidence that rebels captured the town of Gao.", "captured", "asserted", "denied"),
        ("The governor will return when the rebels are driven out of Kidal.", "driven", "planned", "affirmed"),
        ("The army will open the road once the village of Sake is captured.", "captured", "planned", "affirmed"),
        ("The residents of Homs will remember when soldiers shelled the town.", "shelled", "asserted", "affirmed"),
        # what is true, judged or beyond doubt is not denied
        ("The claim of the army that the town had been captured is true.", "captured", "asserted", "affirmed"),
        ("The president said that it was wrong that civilians were killed.", "killed", "asserted", "affirmed"),
        ("There is no doubt that rebels captured the town of Saraqib.", "captured", "asserted", "affirmed"),
        (
            "The governor confirmed reports that the rebels had captured the town.",
            "captured",
            "asserted",
            "affirmed",
        ),
        ("There were fears that the town would be captured.", "captured", "possible", "affirmed"),
    ],
)
def test_status_through_the_whole_pipeline(text: str, word: str, status: str, polarity: str) -> None:
    claim = next(c for c in code_text(text).claims if c.predication.trigger.of(text) == word)
    assert (claim.predication.status, claim.predication.polarity) == (status, polarity), claim.evidence.rule


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    ("text", "word", "denier"),
    [
        ("The army rejected the Houthis' claim that the city of Marib had fallen.", "fallen", "army"),
        ("The claim that the whole city has fallen is not correct, the general staff said.", "fallen", "general staff"),
        ("The claim that the town had been captured was denied by the army.", "captured", "army"),
        ("The rumours that the town had fallen are false, the mayor said.", "fallen", "mayor"),
        ("The office of the mayor rejected a claim by rebels on Monday that the town had fallen.", "fallen", "office"),
        ("The ministry denied reports on Sunday that the town of Singa had been captured.", "captured", "ministry"),
    ],
)
def test_whoever_denies_what_others_claim_is_the_source(text: str, word: str, denier: str) -> None:
    claim = next(c for c in code_text(text).claims if c.predication.trigger.of(text) == word)
    assert claim.predication.polarity == "denied"
    assert denier in claim.attribution.chain[0].name
