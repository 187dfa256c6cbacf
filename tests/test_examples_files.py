"""The example reports: every gold file is well-formed, and NAME.txt is its text."""

import datetime as dt
import sys
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the benchmarks are not installed

from benchmarks.examples import FOLDERS, Example, below, load, unmark
from benchmarks.gold import CodedReport, Gold, GoldClaim
from benchmarks.scoring import bounds, same_name, same_time, score

MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial"
        " drone heavy-weapons crowd-control unconventional"
    ),
    "-": "",
}
ACLED = {
    "Battles": ["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
    "Protests": ["Excessive force against protesters", "Protest with intervention", "Peaceful protest"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Strategic developments": [
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ],
}
SUBTYPES = {"-"} | {f"{main} / {sub}" for main, subs in ACLED.items() for sub in subs}
STATUSES = {
    "asserted",
    "ongoing",
    "attempted",
    "planned",
    "possible",
    "hypothetical",
    "opinion",
    "background",
}
FLAGS = {
    "date-conflict",
    "geography-conflict",
    "source-conflict",
    "count-conflict",
    "language",
    "assumed-date",
}
PATHS = [path for folder in FOLDERS for path in sorted(folder.glob("*.gold.txt"))]


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parent.name}/{path.name[: -len('.gold.txt')]}")
def example(request: pytest.FixtureRequest) -> Example:
    path: Path = request.param
    return load(path)


def test_text_agrees(example: Example) -> None:
    assert example.path.read_text(encoding="utf-8") == example.gold.text


def test_quotes_are_of_the_text(example: Example) -> None:
    text = example.gold.text
    for quote in (*example.gold.debris, *example.gold.accept):
        assert text.count(quote) >= 1, quote
    assert not set("⟦⟧") & set(text)


def test_heading(example: Example) -> None:
    head = example.heading
    assert head.note == "Written for Dateline as an example, from public facts; not a real report."
    dt.date.fromisoformat(head.published)
    assert set(head.given) <= {"published", "outlet", "country"}
    assert set(head.flags) <= FLAGS
    assert 100 <= len(example.gold.text.split()) <= 650


def test_claims(example: Example) -> None:
    for name, claim in example.gold.claims.items():
        for option in claim.plover.split("|") if claim.plover else []:
            kind, _, mode = option.partition("/")
            assert kind in MODES, (name, option)
            assert not mode or mode in MODES[kind].split(), (name, option)
        assert not claim.acled or set(claim.acled.split("|")) <= SUBTYPES, (name, claim.acled)
        assert set(claim.status.split("|")) <= STATUSES, name
        assert set(claim.polarity.split("|")) <= {"affirmed", "denied"}, name
        assert set(claim.disputes) <= example.gold.claims.keys(), name
        assert all(claim.by), name
        assert not claim.codable or (claim.plover and claim.acled), name
        for option in claim.time.split("|") if claim.time else []:
            first, last = bounds(option)
            assert first is None or last is None or first <= last, (name, option)


def test_marks_of_evidence_are_trimmed(example: Example) -> None:
    for name, (start, end) in example.gold.evidence.items():
        words = example.gold.text[start:end]
        assert words, name
        assert words == words.strip(), name


def test_there_are_enough() -> None:
    folders = [path.parent.name for path in PATHS]
    assert min(folders.count("open"), folders.count("held")) >= 18


def test_unmark_nests_and_complains() -> None:
    text, ranges = unmark("⟦a|x ⟦b|y⟧ z⟧ w")
    assert (text, ranges) == ("x y z w", {"b": (2, 3), "a": (0, 5)})
    with pytest.raises(ValueError, match="not closed"):
        unmark("⟦a|x")
    with pytest.raises(ValueError, match="not opened"):
        unmark("x⟧")


def test_names_and_times() -> None:
    assert same_name("Houthis|Ansar Allah", "the Ansar Allah movement")
    assert not same_name("Red Cross", "Green Crescent")
    assert same_time("2021-06", "2021-06-01", "2021-06-30")
    assert same_time("2021-05/", "2021-05-01", None)
    assert not same_time("2021-07-07", "2021-07-08", "2021-07-08")


def _coded(text: str, **claim: object) -> CodedReport:
    trigger = {"start": 11, "end": 18, "text": text[11:18]}
    base = {
        "id": "1",
        "status": "asserted",
        "polarity": "affirmed",
        "evidence": [{"start": 0, "end": 25, "text": text[:25]}],
        "event": {"plover": "ASSAULT", "acled": ["Battles", "Armed clash"], "trigger": trigger},
        "attribution": [{"name": "The Paper"}],
    }
    return msgspec.convert({"report": {"text": text}, "claims": [base | claim]}, CodedReport)


def test_scoring() -> None:
    text = "The rebels stormed Abala. They may storm Menaka."
    claim = GoldClaim(status="asserted", by=["The Paper"], plover="ASSAULT", acled="Battles / Armed clash")
    gold = Gold(text, {"a": claim}, {"a": (0, 24)})
    right = score(_coded(text), gold)
    assert (right.recall, right.precision, right.overall) == (1.0, 1.0, 1.0)
    wrong = score(_coded(text, event={"plover": "AID", "trigger": {"start": 11, "end": 18}}), gold)
    assert wrong.rate("type") == 0.0
    assert wrong.misses == ["a: type", "a: acled"]


def test_a_barred_stretch_is_a_false_coding() -> None:
    text = "The rebels stormed Abala. They may storm Menaka."
    gold = Gold(text, {"a": GoldClaim(status="hypothetical", by=[], codable=False)}, {"a": (0, 24)})
    result = score(_coded(text), gold)
    assert len(result.false_codings) == 1
    assert result.precision == 0.0
    assert not score(_coded(text, status="planned"), gold).false_codings


def test_floors_and_ceilings() -> None:
    assert below({"precision": 0.5, "bad_spans": 1}, {"precision": 0.4, "bad_spans": 0}) == [
        "bad_spans is 1.000, the floor is 0.000"
    ]
