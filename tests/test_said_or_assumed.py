"""What no word of the report says is marked as such: whose forces they are, why a claim is background."""

from __future__ import annotations

import pytest

import dateline
from dateline.records import Claim

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def claim_of(text: str, trigger: str) -> Claim:
    report = dateline.code_text(text, published="2023-05-09")
    return next(c for c in report.claims if c.predication.trigger.of(text) == trigger)


def actor_reason(claim: Claim) -> str:
    return next(p.reason for p in claim.predication.participants if p.role == "actor")


@pytest.mark.parametrize(
    ("text", "trigger", "country"),
    [
        ("Gunmen raided Gao in Mali on Monday. Soldiers killed two gunmen near Gao in Mali.", "killed", "Mali"),
        ("Rebels left Bria in the Central African Republic. Police arrested three men in Bria.", "arrested", "Central"),
    ],
)
def test_forces_without_a_country_say_that_theirs_is_assumed(text: str, trigger: str, country: str) -> None:
    reason = actor_reason(claim_of(text, trigger))
    assert "assumed: the country that the report is about" in reason
    assert reason.startswith(country)


def test_forces_with_a_country_assume_nothing() -> None:
    claim = claim_of("Malian soldiers killed two gunmen near Gao on Monday.", "killed")
    assert "assumed" not in actor_reason(claim)


def test_what_is_background_only_by_its_day_says_so() -> None:
    text = "Gunmen killed four farmers near Gao on Monday. In March 2019 rebels attacked the same village."
    claim = claim_of(text, "attacked")
    assert claim.predication.status == "background"
    assert "background by its day" in claim.evidence.rule
    assert "background by its day" not in claim_of(text, "killed").evidence.rule


@pytest.mark.parametrize(
    ("text", "trigger", "note"),
    [
        ("The army failed to capture Bria on Monday.", "capture", "failed"),
        ("Rebels reportedly attacked Gao on Monday.", "attacked", "hedged"),
    ],
)
def test_what_a_cue_says_besides_the_status_is_kept(text: str, trigger: str, note: str) -> None:
    rules = claim_of(text, trigger).evidence.rule.split("; ")
    assert any(rule.startswith("'") and note in rule.partition(": ")[2] for rule in rules)


@pytest.mark.parametrize(
    ("denier", "why"), [("The army", "the denier has a part in it"), ("Norway", "assumed: the last event told")]
)
def test_a_denial_says_why_it_is_about_this_event(denier: str, why: str) -> None:
    claim = claim_of(f"The army killed four farmers near Gao on Monday. {denier} denied the killing.", "denied")
    assert claim.predication.polarity == "denied"
    assert why in claim.evidence.rule


TAKEN_BACK = [
    ("2021-07-09", "Karukh was retaken on Friday. The Taliban had held it for a week.", "retaken", "Afghan"),
    ("2021-07-09", "A Taliban spokesman said that Karukh was retaken on Friday.", "retaken", "Taliban"),
    ("2021-07-09", "Karukh in Afghanistan was retaken from the Taliban.", "retaken", "Afghan"),
    ("2022-10-02", "The town of Lyman in Ukraine was liberated from Russian forces.", "liberated", "Ukrainian"),
    ("2022-10-02", "Kherson was retaken from the Russians.", "retaken", ""),
    ("2025-03-28", "Khartoum airport was recaptured from the Rapid Support Forces.", "recaptured", "Sudanese"),
    ("2024-01-15", "Laukkai was retaken from the junta.", "retaken", "People's"),
    ("2015-11-15", "Bama in Nigeria was cleared of Boko Haram.", "cleared", "Nigerian"),
    ("2023-01-15", "The town was liberated, al-Shabaab said in a statement on Monday.", "liberated", "al-Shabaab"),
    ("2015-11-15", "Two villages near Raqqa were recaptured from Islamic State.", "recaptured", ""),
]


@pytest.mark.parametrize(("day", "text", "trigger", "taker"), TAKEN_BACK)
def test_who_takes_a_place_back_is_the_opponent_of_who_lost_it(day: str, text: str, trigger: str, taker: str) -> None:
    claims = dateline.code_text(text, published=day).claims
    told = next(c.predication for c in claims if c.predication.trigger.of(text) == trigger)
    actors = [p for p in told.participants if p.role == "actor"]
    assert [p.name.split()[0] for p in actors] == ([taker] if taker else [])
    assert all(p.assumed == "party" for p in actors)


@pytest.mark.parametrize(
    ("text", "acled"),
    [
        ("The village of Orta was liberated.", "Government regains territory"),
        ("The militants were thrown out of the town.", "Government regains territory"),
        ("The town was captured from the rebels on Monday.", "Government regains territory"),
        ("The rebels recaptured the town.", "Non-state actor overtakes territory"),
        ("The town was recaptured from the army by the rebels.", "Non-state actor overtakes territory"),
    ],
)
def test_a_place_taken_back_by_nobody_named_is_no_gain_of_who_lost_it(text: str, acled: str) -> None:
    assert [c.predication.acled for c in dateline.code_text(text).claims] == [("Battles", acled)]
