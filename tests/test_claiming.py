"""Claims: ids that stay, what cannot both hold, what is told twice, background, flags and confidence."""

from __future__ import annotations

import msgspec
import pytest

from dateline.api import code_text
from dateline.claiming import Claiming
from dateline.claiming.stage import claim_id
from dateline.records import (
    Attribution,
    Claim,
    Dossier,
    Evidence,
    Flag,
    Participant,
    Place,
    Placement,
    Predication,
    Quantity,
    Report,
    Role,
    Source,
    Span,
    Time,
    Timing,
)

REPORT = Report("r", "x" * 200)
HERE = Evidence((Span(0, 5),), "test", "test")


class Told:
    """A small report made of records: claims by different voices, in order."""

    def __init__(self) -> None:
        self.records: list[object] = []
        self.count = 0
        self.voices: list[str] = []

    def say(
        self, voice: str, effect: str, actor: str = "", target: str = "", *, place: str = "Kunduz",
        day: str | None = "2021-07-07", status: str = "asserted", polarity: str = "affirmed",
        killed: float | None = None, who: str = "people", plover: str = "ASSAULT", anchor: str = "absolute",
        qualifier: str = "",
    ) -> Told:  # fmt: skip
        trigger = Span(10 * self.count, 10 * self.count + 5)
        sides: list[tuple[Role, str]] = [("actor", actor), ("target", target)]
        people = [Participant(role, name, trigger, f"{name}-id", "rebel") for role, name in sides if name]
        high = None if qualifier == "at least" else killed
        counted = [Quantity("killed", trigger, killed, killed, high, who, qualifier)] if killed is not None else []
        self.records.append(
            Predication(
                trigger, self.count, (trigger,), "sense", plover, "", None, tuple(people), tuple(counted), status,  # type: ignore[arg-type]
                polarity, self.count, HERE, effect,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        manner = "narration" if voice == "outlet" else "indirect"
        self.records.append(Attribution((Source(voice, "person"),), (trigger,), manner, HERE))  # type: ignore[arg-type]
        if place:
            self.records.append(Placement(trigger, Place(place, place, "Afghanistan", "AF", 1, "exact"), HERE))
        if day:
            self.records.append(Timing(trigger, Time(day, day, "day", day, anchor), HERE))
        self.count += 1
        return self

    def claims(self) -> tuple[list[Claim], list[Flag]]:
        made = list(Claiming()(Dossier(REPORT).adding(self.records)))
        return [c for c in made if isinstance(c, Claim)], [f for f in made if isinstance(f, Flag)]


def disputed(told: Told) -> bool:
    one, two = told.claims()[0]
    assert (one.id in two.disputes) == (two.id in one.disputes)
    return two.id in one.disputes


# Ids --------------------------------------------------------------------------------------------------


def test_an_id_stays_when_values_change() -> None:
    first = Told().say("army", "takes-place", "army", "", place="Kunduz").claims()[0][0]
    other = (
        Told()
        .say("army", "kills", "rebels", "army", place="Herat", day=None, status="possible", killed=3)
        .claims()[0][0]
    )
    assert first.id == other.id
    assert len(first.id) == 16


def test_an_id_changes_with_report_trigger_and_depth() -> None:
    claim = Told().say("army", "takes-place", "army").claims()[0][0]
    said, by = claim.predication, claim.attribution
    deeper = msgspec.structs.replace(by, chain=(*by.chain, Source("AFP", "agency")))
    moved = msgspec.structs.replace(said, trigger=Span(0, 6))
    ids = {
        claim_id(REPORT, said, by), claim_id(Report("s", "x"), said, by), claim_id(REPORT, said, deeper),
        claim_id(REPORT, moved, by),
    }  # fmt: skip
    assert len(ids) == 4


def test_ids_are_unique_in_a_report() -> None:
    made = Told().say("a", "kills", "x").say("a", "kills", "x").say("b", "kills", "x").claims()[0]
    assert len({c.id for c in made}) == 3


# What cannot both hold --------------------------------------------------------------------------------


def test_affirmed_and_denied_dispute_each_other() -> None:
    assert disputed(
        Told().say("rebels", "takes-place", "rebels").say("army", "takes-place", "rebels", polarity="denied")
    )


def test_present_and_gone_dispute_each_other() -> None:
    assert disputed(Told().say("rebels", "enters-place", "rebels").say("army", "withdraws", "rebels", plover="RETREAT"))


def test_there_and_beaten_dispute_each_other() -> None:
    assert disputed(Told().say("rebels", "takes-place", "rebels").say("army", "repels", "army", "rebels"))


@pytest.mark.parametrize(
    "second",
    [
        {"place": "Herat"},
        {"day": "2021-07-12"},
        {"status": "planned"},
        {"status": "possible"},
    ],
)
def test_another_place_day_or_status_is_no_dispute(second: dict[str, str]) -> None:
    told = Told().say("rebels", "takes-place", "rebels")
    assert not disputed(told.say("army", "takes-place", "rebels", polarity="denied", **second))  # type: ignore[arg-type]


def test_counts_by_different_voices_that_do_not_meet() -> None:
    assert disputed(Told().say("army", "kills", "rebels", killed=5).say("doctors", "kills", "rebels", killed=12))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"killed": 5}, {"killed": 5}),
        ({"killed": 5, "qualifier": "at least"}, {"killed": 12}),
        ({"killed": 5, "who": "soldiers"}, {"killed": 12, "who": "rebels"}),
        ({"killed": 5}, {"killed": 12, "place": "Herat"}),
    ],
)
def test_counts_that_can_both_hold(first: dict[str, object], second: dict[str, object]) -> None:
    told = Told().say("army", "kills", "rebels", **first).say("doctors", "kills", "rebels", **second)  # type: ignore[arg-type]
    assert not disputed(told)


def test_one_voice_does_not_contradict_itself_by_two_numbers() -> None:
    assert not disputed(Told().say("army", "kills", "rebels", killed=5).say("army", "kills", "rebels", killed=12))


# The same event, background, flags, confidence --------------------------------------------------------


def test_the_same_event_told_twice() -> None:
    first, second = Told().say("army", "takes-place", "rebels").say("police", "takes-place", "rebels").claims()[0]
    assert second.same_as == (first.id,)
    assert first.same_as == ()


@pytest.mark.parametrize(
    "second", [{"place": "Herat"}, {"actor": "others"}, {"polarity": "denied"}, {"day": "2021-07-20"}]
)
def test_another_event_is_not_the_same(second: dict[str, str]) -> None:
    given = {"actor": "rebels", **second}
    one = Told().say("army", "takes-place", "rebels").say("police", "takes-place", **given)  # type: ignore[arg-type]
    assert one.claims()[0][1].same_as == ()


def test_what_happened_years_before_is_background() -> None:
    told = Told().say("army", "takes-place", "rebels", day="2015-03-01").say("army", "takes-place", "rebels")
    assert [c.predication.status for c in told.claims()[0]] == ["background", "asserted"]


@pytest.mark.parametrize("extra", [{"day": "2020-12-01"}, {"day": "2015-03-01", "status": "planned"}, {"day": None}])
def test_what_is_not_years_before_is_no_background(extra: dict[str, str]) -> None:
    told = Told().say("army", "takes-place", "rebels", **extra).say("army", "takes-place", "rebels")  # type: ignore[arg-type]
    assert "background" not in [c.predication.status for c in told.claims()[0]]


def test_a_source_against_itself_is_flagged_once() -> None:
    told = Told().say("governor", "takes-place", "rebels").say("governor", "withdraws", "rebels", plover="RETREAT")
    flags = [f for f in told.claims()[1] if f.code == "source-conflict"]
    assert len(flags) == 1
    assert flags[0].message.startswith("governor says things that cannot both hold")
    assert flags[0].spans == (Span(0, 5), Span(10, 15))


def test_two_sources_against_each_other_are_no_source_conflict() -> None:
    told = Told().say("governor", "takes-place", "rebels").say("mayor", "withdraws", "rebels", plover="RETREAT")
    assert not [f for f in told.claims()[1] if f.code == "source-conflict"]


def test_numbers_that_conflict_are_flagged() -> None:
    told = Told().say("army", "kills", "rebels", killed=5).say("doctors", "kills", "rebels", killed=12)
    (flag,) = [f for f in told.claims()[1] if f.code == "count-conflict"]
    assert "killed" in flag.message


def test_confidence_falls_with_what_was_assumed() -> None:
    full = Told().say("army", "kills", "rebels", "people").claims()[0][0]
    assumed = Told().say("army", "kills", "rebels", "people", anchor="assumed-published").claims()[0][0]
    bare = Told().say("army", "kills", place="", day=None).claims()[0][0]
    assert 1 > full.confidence > assumed.confidence > bare.confidence > 0
    assert "time: assumed-published" in assumed.grounds
    assert {"place: none", "time: none", "target: none"} <= set(bare.grounds)


def test_what_nobody_is_made_to_say_belongs_to_the_outlet() -> None:
    trigger = Span(0, 5)
    said = Predication(trigger, 0, (trigger,), "s", "ASSAULT", "", None, (), (), "asserted", "affirmed", -1, HERE)
    made = list(Claiming()(Dossier(Report("r", "x" * 20, outlet="Example Wire")).adding([said])))
    (claim,) = [c for c in made if isinstance(c, Claim)]
    assert [s.name for s in claim.attribution.chain] == ["Example Wire"]
    assert claim.attribution.manner == "narration"


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    "text",
    [
        "Rebels said they had captured Kidal on 3 May 2023. The Malian army denied that the rebels captured Kidal.",
        "Doctors said that 12 people were killed in Idlib on 3 May 2023. The army said that three people were killed in"
        " Idlib on 3 May 2023.",
    ],
)
def test_disputes_through_the_whole_pipeline(text: str) -> None:
    claims = code_text(text, published="2023-05-04").claims
    linked = [c for c in claims if c.disputes]
    assert len(linked) >= 2, [(c.predication.trigger.of(text), c.predication.polarity) for c in claims]
    known = {c.id for c in claims}
    assert all(set(c.disputes) <= known for c in linked)
