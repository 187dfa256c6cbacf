"""Who holds what: each rule of docs/control.md on hand-made claims; the rules' own examples read by the pipeline."""

from __future__ import annotations

import itertools
import re

import pytest

from dateline.api import code_text
from dateline.exporting.situation import day_table, picture, printed, rows
from dateline.knowledge.control import control_rules
from dateline.records import (
    Attribution,
    Claim,
    Control,
    Event,
    Evidence,
    Filed,
    Participant,
    Place,
    Polarity,
    Predication,
    Role,
    Source,
    Span,
    Status,
    Time,
)
from dateline.situation import ASSUMED_BEFORE, controls, namesakes, of_capitals, on_day, timeline
from dateline.situation.saying import sayings

GOV, TALIBAN = "AF:state-force", "taliban"
Things = tuple[tuple[Role, str, str], ...]
KINDS = {GOV: "state-force", TALIBAN: "rebel", "": ""}
TOWNS = {"Kunduz": 1135689, "Aybak": 1127768, "Taloqan": 1123004, "Imam Sahib": 1140258, "Baghlan": 1147540}


class Town:
    """A small gazetteer: the province of Kunduz with its capital and two districts."""

    def capital(self, province: Place) -> Place | None:
        return place("Kunduz") if province.name == "Kunduz Province" else None

    def districts(self, _province: Place) -> tuple[Place, ...]:
        return tuple(place(name, precision=3) for name in ("Archi", "Imam Sahib"))

    def district(self, _town: Place) -> Place | None:
        return None

    def named(self, name: str, _beside: Place) -> Place | None:
        return place(name) if name in TOWNS else None

    def feature(self, where: Place) -> str:
        return {1: "city", 3: "admin2", 4: "admin1"}.get(where.precision, "")

    def is_capital(self, where: Place) -> bool:
        return where.name in ("Kunduz", "Aybak", "Taloqan")


def place(name: str, precision: int = 1, words: str = "") -> Place:
    span = Span(words.index(name), words.index(name) + len(name)) if name in words else None
    return Place(name, name, "Afghanistan", "AF", precision, "", "Kunduz", TOWNS.get(name), 36.7, 68.8, span)


class Desk:
    """Claims of reports, each of one sentence, and the events they are of: one a claim, or one by name."""

    def __init__(self) -> None:
        self.filed: dict[str, Filed] = {}
        self.events: dict[str, list[str]] = {}
        self.count = itertools.count(1)

    def tell(
        self, words: str, effect: str, *, actor: str = "", target: str = "", at: str = "Kunduz",
        day: str | None = "2021-08-08", voice: Source | None = None, outlet: str = "", published: str = "",
        status: Status = "asserted", polarity: Polarity = "affirmed", precision: int = 1, original: str = "",
        things: Things = (), anchor: str = "text-day", sense: str = "sense", beneficiary: str = "",
    ) -> Desk:  # fmt: skip
        number = next(self.count)
        people = [
            Participant(role, who, None, who, KINDS[who]) for role, who in _roles(actor, target, beneficiary) if who
        ]
        for role, name, kind in things:
            start = words.index(name)
            people.append(Participant(role, name, Span(start, start + len(name)), "", kind))
        evidence = Evidence((Span(0, len(words)),), "coding", "test")
        verb = re.search(r"\bholds?\b", words)
        trigger = Span(*verb.span()) if verb else Span(0, 1)
        said = Predication(
            trigger, 0, (Span(0, len(words)),), sense, "ASSAULT", "", None, tuple(people), (), status, polarity, 0,
            evidence, effect,
        )  # fmt: skip
        outlet = outlet or f"Outlet {number}"
        chain = (voice or Source(outlet, "outlet"), *((Source(outlet, "outlet"),) if voice else ()))
        time = Time(day, day, "day", "Sunday", anchor) if day else None
        by, where = Attribution(chain, (), "indirect", evidence), place(at, precision, words)
        claim = Claim(f"c{number}", evidence, said, by, where, time, 0.9)
        when = published or day or "2021-08-08"
        self.filed[claim.id] = Filed(
            claim, f"r{number}", number, outlet, "", when, f"{when}T12:00:00Z", original or f"r{number}", words
        )  # fmt: skip
        self.events[f"e{number}"] = [claim.id]
        return self

    def control(self, units: Town | None = None) -> list[Control]:
        made = [event_of(name, tuple(claims)) for name, claims in self.events.items()]
        return controls(made, self.filed, units)

    def at(self, name: str = "Kunduz", units: Town | None = None) -> list[tuple[str | None, str, str]]:
        return [(one.start, one.side, one.hold) for one in timeline(self.control(units), name)]


def event_of(name: str, claims: tuple[str, ...]) -> Event:
    return Event(
        name, "", "", "", None, "", "affirmed", "single-source", None, None, (), claims, (), (), (), 1.0
    )  # fmt: skip


def _roles(actor: str, target: str, beneficiary: str) -> tuple[tuple[Role, str], ...]:
    return ("actor", actor), ("target", target), ("beneficiary", beneficiary)


SPOKESMAN = Source("Zabihullah Mujahid", "person", entity=TALIBAN, side="Taliban")
GOVERNOR = Source("the governor", "office", entity="AF:government", side="Afghan government")
MINISTRY = Source("the defence ministry", "office", entity="AF:government", side="Afghan government")
RESIDENT = Source("a resident", "unnamed")
MISSION = Source("UNAMA", "organisation", entity="unama")
BEFORE = (None, "government", "unknown")


def fell(desk: Desk, voice: Source | None = None, **more: str) -> Desk:
    return desk.tell("The Taliban captured Kunduz", "takes-place", actor=TALIBAN, voice=voice, **more)  # type: ignore[arg-type]


def denied(desk: Desk, voice: Source = MINISTRY, **more: str) -> Desk:
    return desk.tell("Kunduz has not fallen", "loses-place", actor=TALIBAN, voice=voice, polarity="denied", **more)  # type: ignore[arg-type]


def test_a_fall_that_only_the_taker_tells_is_claimed() -> None:
    desk = fell(Desk(), SPOKESMAN)
    assert desk.at() == [BEFORE, ("2021-08-08", "taliban", "claimed")]
    before, after = desk.control()
    assert before.reason == ASSUMED_BEFORE
    assert before.end == "2021-08-08"
    assert after.end is None
    assert after.claims == ("c1",)
    assert after.events == ("e1",)
    assert "its own side alone" in after.reason
    assert [voice.name for voice in after.voices] == ["Zabihullah Mujahid"]
    assert after.voices[0].side == "Taliban"


def test_what_the_other_side_concedes_is_confirmed() -> None:
    desk = fell(Desk(), GOVERNOR)
    assert desk.at()[-1] == ("2021-08-08", "taliban", "confirmed")
    assert "conceded by the governor" in desk.control()[-1].reason


def test_two_independent_sources_confirm_and_copies_of_one_do_not() -> None:
    assert fell(fell(Desk())).at()[-1][2] == "confirmed"
    assert fell(fell(Desk(), original="r1"), original="r1").at()[-1][2] == "claimed"


def test_one_named_source_on_no_side_confirms() -> None:
    assert fell(Desk(), MISSION).at()[-1][2] == "confirmed"
    assert fell(Desk(), RESIDENT).at()[-1][2] == "claimed"


def test_what_the_other_side_denies_is_contested_and_opens_on_both() -> None:
    desk = denied(fell(Desk(), SPOKESMAN))
    assert desk.at()[-1] == ("2021-08-08", "taliban", "contested")
    last = desk.control()[-1]
    assert (last.claims, last.against) == (("c1",), ("c2",))
    assert {voice.side for voice in last.voices} == {"Taliban", "Afghan government"}


def test_a_later_concession_confirms_from_the_day_of_the_fall() -> None:
    desk = denied(fell(Desk(), SPOKESMAN))
    assert desk.at()[-1][2] == "contested", "as the desk knew it then"
    fell(desk, GOVERNOR, day="2021-08-10", anchor="assumed-text-day")
    assert desk.at()[1:] == [("2021-08-08", "taliban", "confirmed")]
    last = desk.control()[-1]
    assert last.against == ("c2",)
    assert "denied before by the defence ministry" in last.reason


def test_a_denial_that_independent_reports_outlive_falls() -> None:
    desk = denied(fell(Desk(), SPOKESMAN))
    for _ in range(2):
        fell(desk, day="2021-08-08", published="2021-08-11")
    assert desk.at()[-1] == ("2021-08-08", "taliban", "confirmed")


def test_a_later_fall_that_more_sources_tell_is_a_change_of_its_own() -> None:
    desk = denied(fell(Desk(), SPOKESMAN, day="2021-08-04"), day="2021-08-04")
    fell(fell(desk, day="2021-08-13"), day="2021-08-13")
    assert desk.at()[1:] == [("2021-08-04", "taliban", "contested"), ("2021-08-13", "taliban", "confirmed")]


@pytest.mark.parametrize("status", ["planned", "possible", "hypothetical", "opinion", "background", "attempted"])
def test_what_did_not_happen_changes_nothing(status: Status) -> None:
    assert Desk().tell("The Taliban may take Kunduz", "takes-place", actor=TALIBAN, status=status).at() == []


def test_a_denial_of_what_nobody_tells_leaves_the_denier_in_place() -> None:
    assert denied(Desk()).at()[-1] == ("2021-08-08", "government", "claimed")


def test_who_leaves_leaves_the_place_to_nobody_known() -> None:
    desk = Desk().tell("Government forces left Kunduz", "withdraws", actor=GOV)
    assert desk.at() == [BEFORE, ("2021-08-08", "", "unknown")]
    assert "who came is not said" in desk.control()[-1].reason


def test_leaving_and_taking_within_two_days_are_one_change() -> None:
    desk = Desk().tell("Government forces left Kunduz", "withdraws", actor=GOV, day="2021-08-07")
    fell(desk, SPOKESMAN)
    assert [side for _, side, _ in desk.at()] == ["government", "taliban"]
    assert set(desk.control()[-1].claims) == {"c1", "c2"}


def test_where_they_fled_to_is_not_where_they_left() -> None:
    assert Desk().tell("Soldiers fled to Kunduz", "withdraws", actor=GOV).at() == []


def test_a_recapture_gives_the_place_back() -> None:
    desk = fell(fell(Desk()))
    desk.tell("The army retook Kunduz", "regains-place", actor=GOV, target=TALIBAN, day="2021-08-20", voice=MINISTRY)
    assert desk.at()[1:] == [("2021-08-08", "taliban", "confirmed"), ("2021-08-20", "government", "claimed")]


def test_taken_back_on_the_day_is_contested_that_day() -> None:
    desk = Desk().tell("The Taliban entered Kunduz", "enters-place", actor=TALIBAN)
    desk.tell("The army drove the Taliban out of Kunduz", "regains-place", actor=GOV, target=TALIBAN, voice=MINISTRY)
    assert desk.at() == [BEFORE, ("2021-08-08", "government", "contested"), ("2021-08-09", "government", "claimed")]


def test_a_part_of_a_town_is_not_the_town() -> None:
    desk = Desk().tell(
        "The Taliban took the police headquarters in Kunduz", "takes-place", actor=TALIBAN,
        things=(("target", "police headquarters", "facility"),),
    )  # fmt: skip
    assert desk.at() == [BEFORE, ("2021-08-08", "government", "contested")]
    assert "police headquarters" in desk.control()[-1].reason


@pytest.mark.parametrize(
    "words", ["The Taliban hold most of Kunduz", "Taliban fighters hold parts of the city of Kunduz"]
)
def test_most_of_a_town_is_not_the_town(words: str) -> None:
    assert Desk().tell(words, "holds-place", actor=TALIBAN).at()[-1] == ("2021-08-08", "government", "contested")


def test_something_in_a_province_is_not_the_province() -> None:
    desk = Desk().tell(
        "A crossing in Kunduz Province fell to the Taliban", "takes-place", actor=TALIBAN, at="Kunduz Province",
        precision=4, things=(("target", "crossing in Kunduz Province", "place"),),
    )  # fmt: skip
    assert desk.at("Kunduz Province", Town())[-1][2] == "contested"
    assert timeline(desk.control(Town()), "Kunduz") == []


def test_a_part_still_held_does_not_undo_a_fall() -> None:
    desk = fell(fell(Desk()))
    desk.tell("Kunduz: the army still holds the airport", "holds-place", actor=GOV, day="2021-08-09")
    desk.tell("The army holds the airport", "holds-place", actor=GOV, at="Kunduz", day="2021-08-09")
    assert desk.at()[-1] == ("2021-08-08", "taliban", "confirmed")


def test_whoever_enters_does_not_hold_yet() -> None:
    desk = Desk().tell("The Taliban entered Kunduz", "enters-place", actor=TALIBAN, sense="enter-place")
    assert desk.at()[-1] == ("2021-08-08", "government", "contested")
    assert fell(fell(desk, day="2021-08-10"), day="2021-08-10").at()[-1] == ("2021-08-10", "taliban", "confirmed")


def test_whoever_comes_near_or_besieges_changes_nothing() -> None:
    desk = Desk().tell("The Taliban advanced on Kunduz", "enters-place", actor=TALIBAN, sense="advance-on")
    desk.tell("The Taliban besieged Kunduz", "besieges", actor=TALIBAN)
    assert desk.at() == []


def test_whoever_repels_holds_and_contests_the_claim() -> None:
    desk = fell(Desk(), SPOKESMAN)
    desk.tell(
        "The army repelled the attack on Kunduz", "repels", actor=GOV, target=TALIBAN, day="2021-08-09", voice=MINISTRY
    )
    assert desk.at()[-1] == ("2021-08-08", "taliban", "contested")


def test_the_holder_s_side_that_says_the_other_holds_it_concedes() -> None:
    desk = fell(fell(Desk()))
    desk.tell("The army retook Kunduz", "regains-place", actor=GOV, target=TALIBAN, day="2021-08-10", voice=MINISTRY)
    desk.tell("The Taliban hold Kunduz", "holds-place", actor=TALIBAN, day="2021-08-13", voice=GOVERNOR)
    assert desk.at()[-2:] == [("2021-08-10", "government", "claimed"), ("2021-08-13", "taliban", "confirmed")]


def test_surrender_alone_is_no_fall() -> None:
    desk = Desk().tell("Soldiers in Kunduz surrendered to the Taliban", "surrenders", actor=GOV, target=TALIBAN)
    assert desk.at() == []
    fell(desk, SPOKESMAN)
    desk.tell("Soldiers in Kunduz surrendered to the Taliban", "surrenders", actor=GOV, target=TALIBAN, voice=GOVERNOR)
    assert "c3" in desk.control()[-1].claims


def test_handed_over_goes_to_the_one_who_is_given_it() -> None:
    desk = Desk().tell("The governor handed Kunduz over to the Taliban", "transfers", actor=GOV, beneficiary=TALIBAN)
    assert desk.at()[-1][1] == "taliban"


def test_days_one_apart_are_one_change_on_the_day_that_most_sources_give() -> None:
    desk = fell(fell(fell(Desk(), day="2021-08-09"), day="2021-08-08"), day="2021-08-08")
    assert desk.at()[1:] == [("2021-08-08", "taliban", "confirmed")]
    assert "2021-08-09" in desk.control()[-1].reason


def test_an_assumed_day_is_named() -> None:
    assert "the day is assumed" in fell(Desk(), day="2021-08-08", anchor="assumed-published").control()[-1].reason


def test_the_same_told_again_without_a_day_is_no_second_fall() -> None:
    desk = fell(fell(Desk()))
    desk.tell("The army retook Kunduz", "regains-place", actor=GOV, target=TALIBAN, day="2021-08-09", voice=MINISTRY)
    fell(desk, day="2021-08-10", anchor="assumed-text-day")
    assert [side for _, side, _ in desk.at()] == ["government", "taliban", "government"]


def test_a_province_says_of_its_capital_only_by_way_of_it() -> None:
    desk = Desk().tell(
        "The Taliban seized Kunduz Province", "takes-place", actor=TALIBAN, at="Kunduz Province", precision=4
    )
    desk.tell("The Taliban seized Kunduz Province", "takes-place", actor=TALIBAN, at="Kunduz Province", precision=4)
    assert desk.at("Kunduz Province", Town())[-1][2] == "confirmed"
    assert desk.at("Kunduz", Town())[-1] == ("2021-08-08", "taliban", "claimed")
    assert "by way of the province" in timeline(desk.control(Town()), "Kunduz")[-1].reason


def test_all_the_districts_are_each_district_and_not_the_capital() -> None:
    desk = Desk().tell(
        "All the districts of Kunduz Province have fallen", "loses-place", actor=TALIBAN, at="Kunduz Province",
        precision=4, things=(("target", "districts", "place"),),
    )  # fmt: skip
    held = desk.control(Town())
    assert {one.place.name for one in held} == {"Archi", "Imam Sahib"}
    assert "one of all the districts of Kunduz Province" in timeline(held, "Archi")[-1].reason


def test_some_districts_are_none_in_particular() -> None:
    desk = Desk().tell(
        "Two districts of Kunduz Province have fallen", "loses-place", actor=TALIBAN, at="Kunduz Province",
        precision=4, things=(("target", "districts", "place"),),
    )  # fmt: skip
    assert desk.control(Town()) == []


def test_a_district_says_nothing_of_the_town_that_bears_its_name() -> None:
    desk = Desk().tell("The Taliban took Kunduz district", "takes-place", actor=TALIBAN)
    held = namesakes(desk.control(), "Kunduz")
    assert {one.place.precision for one in held} == {3}
    assert "as the words call it" in held[-1].reason


def test_each_place_of_a_list_is_taken() -> None:
    desk = Desk().tell(
        "The Taliban captured Kunduz, Aybak and Taloqan", "takes-place", actor=TALIBAN,
        things=(("target", "Kunduz", ""), ("target", "Aybak", ""), ("target", "Taloqan", "")),
    )  # fmt: skip
    held = desk.control(Town())
    assert {one.place.name for one in held if one.side == "taliban"} == {"Kunduz", "Aybak", "Taloqan"}


def test_a_place_from_the_context_alone_changes_nothing() -> None:
    assert Desk().tell("The city has fallen", "loses-place", actor=TALIBAN, at="Kunduz").at() == []


def test_a_place_that_only_says_where_is_not_taken() -> None:
    assert Desk().tell("The Taliban took a base 20 km from Kunduz", "takes-place", actor=TALIBAN).at() == []


def test_a_day_and_a_timeline_and_the_same_bytes() -> None:
    desk = fell(fell(Desk()))
    desk.tell("The Taliban captured Aybak", "takes-place", actor=TALIBAN, at="Aybak", day="2021-08-09", voice=SPOKESMAN)
    held = desk.control()
    assert [(one.place.name, one.side) for one in on_day(held, "2021-08-08")] == [
        ("Aybak", "government"),
        ("Kunduz", "taliban"),
    ]
    assert [one.start for one in timeline(held, 1127768)] == [None, "2021-08-09"]
    assert held == desk.control()
    assert of_capitals(held, Town()) == held
    assert printed(picture(held)) == printed(picture(desk.control()))


def test_the_picture_says_by_letters_what_colour_says() -> None:
    desk = fell(fell(Desk()))
    desk.tell("The Taliban captured Aybak", "takes-place", actor=TALIBAN, at="Aybak", day="2021-08-09", voice=SPOKESMAN)
    desk.tell("The Taliban entered Taloqan", "enters-place", actor=TALIBAN, at="Taloqan", day="2021-08-09")
    drawn = printed(picture(desk.control()))
    found = {line.split("  ")[0].strip(): line.split("  ")[-1].strip() for line in drawn.splitlines()}
    assert found["Kunduz"] == "·TTT"
    assert found["Aybak"] == "··tt"
    assert found["Taloqan"] == "··xx"
    assert "T Taliban, confirmed; t claimed" in drawn
    assert "\x1b" not in drawn
    assert "\x1b[" in printed(picture(desk.control()), colour=True)
    assert printed(picture([])) == "No change of control is known.\n"


def test_the_table_of_a_day_and_the_rows_say_how_sure_it_is() -> None:
    held = denied(fell(Desk(), SPOKESMAN)).control()
    assert "contested" in printed(day_table(on_day(held, "2021-08-08"), "2021-08-08"))
    before, after = rows(held)
    assert before.assumed
    assert not after.assumed
    assert after.sources == 2
    assert after.against == ("c2",)


EXAMPLES = [(rule.id, text) for rule in control_rules().rule for text in rule.examples]
COUNTEREXAMPLES = [(rule.id, text) for rule in control_rules().rule for text in rule.counterexamples]


def said_of(text: str) -> list[str]:
    """Return what the claims of a sentence say of places, as the pipeline codes it."""
    coded = code_text(text, published="2021-08-16", country="" if "Bambari" in text or "Libreville" in text else "AF")
    found: list[str] = []
    for claim in coded.claims:
        words = " … ".join(span.of(text) for span in claim.evidence.spans)
        filed = Filed(claim, "r", 1, "", "", "2021-08-16", "2021-08-16T12:00:00Z", "r", words)
        told = [one for one in sayings(event_of("e", (claim.id,)), filed, None, None) if one.says != "bears-out"]
        told = [one for one in told if not one.part or one.says == "enters"]
        found += [one.says for one in told if one.holder or one.loser or one.says == "loses"]
    return found


@pytest.mark.model
@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_example_of_a_rule(rule: str, text: str) -> None:
    says = next(one for one in control_rules().rule if one.id == rule)
    wanted = {says.says, "takes"} if says.since else {says.says}
    assert wanted & set(said_of(text)), said_of(text)


@pytest.mark.model
@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES)
def test_counterexample_of_a_rule(rule: str, text: str) -> None:
    assert said_of(text) == []


def test_every_effect_has_one_rule_without_conditions_at_most() -> None:
    bare = [effect for rule in control_rules().rule if not rule.senses and not rule.needs for effect in rule.effects]
    assert len(bare) == len(set(bare))
