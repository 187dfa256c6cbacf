"""Reconciling: tellings, joins that do not chain, accounts with their voices, judgements that bind."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest

from dateline.knowledge.incidents import family_of, incidents
from dateline.knowledge.joining import weighing, weighings
from dateline.reconciling import events_of
from dateline.reconciling.clustering import clusters
from dateline.reconciling.pairs import NAMES
from dateline.records import (
    Attribution,
    Claim,
    Event,
    Evidence,
    Field,
    Filed,
    Judgement,
    Participant,
    Place,
    Polarity,
    Predication,
    Quantity,
    Source,
    Span,
    Status,
    Time,
    UsageError,
)

TOWNS = {
    "Homs": (34.73, 36.71, "Homs", 169577), "Palmyra": (34.56, 38.27, "Homs", 163345),
    "Idlib": (35.93, 36.63, "Idlib", 169389), "Homs Province": (34.7, 37.5, "Homs", 169575),
}  # fmt: skip
PEOPLE = {"rebels": ("", "rebel"), "army": ("SY:state-force", "state-force"), "IS": ("islamic-state", "rebel")}
MINISTRY = Source("defence ministry", "organisation", entity="SY:government", side="Syrian government")
OBSERVER = Source("Observatory", "organisation", entity="sohr")
RESIDENTS = Source("residents", "unnamed")


class Reports:
    """Reports of one claim or of several, as a desk takes them in."""

    def __init__(self) -> None:
        self.filed: list[Filed] = []
        self.count = itertools.count(1)

    def tell(
        self, words: str, effect: str = "kills", *, at: str = "Homs", day: str | None = "2016-05-03", killed: str = "",
        who: str = "people", voice: Source | None = None, outlet: str = "", published: str = "", actor: str = "army",
        target: str = "", mode: str = "", status: Status = "asserted", polarity: Polarity = "affirmed",
        original: str = "", report: str = "", plover: str = "ASSAULT", said_day: bool = True, headline: bool = False,
    ) -> str:  # fmt: skip
        """Add a claim; return its id. `killed` is "12", "30-", "10-20" or a word with its bounds: "dozens:24-"."""
        number = next(self.count)
        report = report or f"r{number}"
        outlet = outlet or f"Outlet {report}"
        evidence = Evidence((Span(0, len(words)),), "coding", "test")
        people = tuple(
            Participant(role, name, None, *PEOPLE[name])  # type: ignore[arg-type]
            for role, name in (("actor", actor), ("target", target))
            if name
        )
        said = Predication(
            Span(number, number + 1), 0, (), effect, plover, mode, None, people, _numbers(killed, who), status,
            polarity, 0, evidence, effect, headline,
        )  # fmt: skip
        chain = (voice, Source(outlet, "outlet")) if voice else (Source(outlet, "outlet"),)
        lat, lon, admin1, ident = TOWNS[at]
        place = Place(at, at, "Syria", "SY", 4 if "Province" in at else 1, "named", admin1, ident, lat, lon, Span(0, 1))
        time = Time(day, day, "day", "Tuesday", "preceding" if said_day else "assumed-published") if day else None
        claim = Claim(f"c{number:03}", evidence, said, Attribution(chain, (), "indirect", evidence), place, time, 0.7)
        order = next((one.order for one in self.filed if one.report == report), number)
        when = published or day or "2016-05-03"
        self.filed.append(Filed(claim, report, order, outlet, "", when, when, original or report, words))
        return claim.id

    def events(self, *judgements: Judgement) -> list[Event]:
        return events_of(self.filed, judgements)

    def one(self, *judgements: Judgement) -> Event:
        (event,) = self.events(*judgements)
        return event


def _numbers(killed: str, who: str) -> tuple[Quantity, ...]:
    if not killed:
        return ()
    words, _, bounds = killed.rpartition(":")
    low, dash, high = bounds.partition("-")
    ends = (float(low) if low else None, float(high) if high else None) if dash else (float(low), float(low))
    best = ends[0] if not dash else None
    qualifier = words or ("at least" if dash and not high else "")
    return (Quantity("killed", Span(0, 2), ends[0], best, ends[1], who, qualifier),)


def field(event: Event, name: str, of: str = "") -> Field:
    found = event.field(name, of)
    assert found is not None, f"{name} {of}: {[(one.name, one.of) for one in event.fields]}"
    return found


def values(found: Field) -> dict[str, set[str]]:
    return {account.value: {voice.name for voice in account.voices} for account in found.accounts}


def groups(events: Sequence[Event]) -> set[tuple[str, ...]]:
    return {tuple(sorted(event.claims)) for event in events}


# Joining


def test_reports_of_one_incident_are_one_event_and_others_are_not() -> None:
    told = Reports()
    a = told.tell("Shells killed 12 people in a market of Homs", killed="12", mode="heavy-weapons")
    b = told.tell("Twelve died when shells hit the market in Homs", killed="12", mode="heavy-weapons")
    c = told.tell("A raid killed 3 in Palmyra", at="Palmyra", killed="3", mode="aerial")
    d = told.tell("Shells killed 12 people in a market of Homs", day="2016-05-20", killed="12", mode="heavy-weapons")
    assert groups(told.events()) == {(a, b), (c,), (d,)}


def test_a_join_names_what_spoke_for_it_and_the_shares_add_up() -> None:
    told = Reports()
    told.tell("Shells killed 12 people in a market of Homs", killed="12", mode="heavy-weapons")
    told.tell("Twelve died when shells hit the market in Homs", killed="12", mode="heavy-weapons")
    (join,) = told.one().joins
    reasons = dict(join.reasons)
    assert reasons["same place"] > 0
    assert reasons["same number of dead"] > 0
    odds = weighing().bias + sum(reasons.values())
    assert join.score == pytest.approx(1 / (1 + 2.718281828**-odds), abs=0.01)


def test_clusters_do_not_chain() -> None:
    chain = [(at, at + 1, 0.9) for at in range(9)]
    made = clusters(10, chain)
    assert max(made.count(root) for root in made) <= 2
    assert len(set(clusters(10, [(a, b, 0.9) for a in range(10) for b in range(a + 1, 10)]))) == 1


def test_clusters_do_not_depend_on_the_order_of_the_edges() -> None:
    chance = random.Random(5)
    edges = [(a, b, round(chance.random(), 2)) for a in range(40) for b in range(a + 1, 40) if chance.random() < 0.2]
    expected = clusters(40, edges)
    for _ in range(5):
        chance.shuffle(edges)
        assert clusters(40, edges) == expected


def test_two_places_that_change_hands_on_one_day_are_two_events() -> None:
    told = Reports()
    told.tell("The army retook Homs", "regains-place", at="Homs", target="IS")
    told.tell("The army retook Palmyra", "regains-place", at="Palmyra", target="IS")
    told.tell("The army retook all of the province of Homs", "regains-place", at="Homs Province", target="IS")
    assert len(told.events()) == 3


def test_claims_of_one_report_on_one_incident_are_one_telling() -> None:
    told = Reports()
    told.tell("A raid hit Homs", "air-strike", report="r", mode="aerial")
    told.tell("Nine people died", killed="9", report="r", said_day=False)
    event = told.one()
    assert [join.by for join in event.joins] == ["report"]
    assert field(event, "killed").accounts[0].value == "9"


def test_what_is_only_planned_is_no_event_that_happened() -> None:
    told = Reports()
    told.tell("The army took Homs", "takes-place")
    told.tell("The army wants to take Homs", "takes-place", status="planned")
    happened = {event.happened for event in told.events()}
    assert happened == {"affirmed", "not-yet"}


def test_ids_hold_whatever_the_order_and_when_the_event_grows() -> None:
    told = Reports()
    told.tell("Shells killed 12 people in a market of Homs", killed="12", mode="heavy-weapons")
    before = told.one().id
    told.tell("Twelve died when shells hit the market in Homs", killed="12", mode="heavy-weapons")
    assert told.one().id == before
    shuffled = events_of(told.filed[::-1])
    assert [event.id for event in shuffled] == [before]
    assert shuffled == told.events()


# Judgements


def test_a_merge_and_a_split_bind_and_the_later_word_holds() -> None:
    told = Reports()
    a = told.tell("Shells killed 12 people in a market of Homs", killed="12", mode="heavy-weapons")
    b = told.tell("Twelve died when shells hit the market in Homs", killed="12", mode="heavy-weapons")
    c = told.tell("A raid killed 3 in Palmyra", at="Palmyra", killed="3", mode="aerial")
    split = Judgement("j1", "split", (b,), "R", "1", apart=(a,))
    merge = Judgement("j2", "merge", (b, c), "R", "2")
    again = Judgement("j3", "merge", (a, b), "R", "3")
    assert groups(told.events(split)) == {(a,), (b,), (c,)}
    assert groups(told.events(split, merge)) == {(a,), (b, c)}
    assert groups(told.events(split, again)) == {(a, b), (c,)}
    assert {join.by for event in told.events(split, merge) for join in event.joins} == {"judgement"}


def test_a_claim_judged_wrong_tells_of_nothing_until_judged_right() -> None:
    told = Reports()
    a = told.tell("Shells killed 12 people in a market of Homs", killed="12")
    b = told.tell("Twelve died when shells hit the market in Homs", killed="12")
    wrong = Judgement("j1", "wrong", (a,), "R", "1")
    right = Judgement("j2", "right", (a,), "R", "2")
    assert groups(told.events(wrong)) == {(b,)}
    assert groups(told.events(wrong, right)) == {(a, b)}


def test_a_split_parts_claims_of_one_report() -> None:
    told = Reports()
    a = told.tell("Shells killed 12 people in a market of Homs", killed="12", report="r")
    b = told.tell("Nine people were wounded", "wounds", report="r")
    assert groups(told.events()) == {(a, b)}
    split = Judgement("j1", "split", (b,), "R", "1", apart=(a,))
    assert groups(told.events(split)) == {(a,), (b,)}
    assert groups(told.events(split, Judgement("j2", "merge", (a, b), "R", "2"))) == {(a, b)}


def test_a_field_judged_wrong_gives_no_value() -> None:
    told = Reports()
    a = told.tell("Shells killed 12 people in a market of Homs", killed="12", voice=MINISTRY)
    told.tell("Shells killed 30 people in a market of Homs", killed="30", voice=OBSERVER)
    wrong = Judgement("j1", "wrong", (a,), "R", "1", field="killed")
    assert values(field(told.one(wrong), "killed")) == {"30": {"Observatory"}}
    right = Judgement("j2", "right", (a,), "R", "2", field="killed")
    assert len(field(told.one(wrong, right), "killed").accounts) == 2
    denied = Judgement("j3", "wrong", (a,), "R", "3", field="polarity", value="denied")
    assert told.one(denied).happened == "disputed"
    nowhere = Judgement("j4", "wrong", (a,), "R", "4", field="place")
    assert all(voice.name != "defence ministry" for event in told.events(nowhere) for one in event.fields
        if one.name == "place" for account in one.accounts for voice in account.voices)  # fmt: skip


# Accounts


def test_figures_that_cannot_both_hold_stand_side_by_side_with_their_owners() -> None:
    told = Reports()
    told.tell("Shells killed 12 in Homs", killed="12", voice=MINISTRY)
    told.tell("Shells killed 30 in Homs, it said", killed="30", voice=OBSERVER)
    event = told.one()
    killed = field(event, "killed")
    assert (event.standing, killed.standing) == ("disputed", "disputed")
    assert values(killed) == {"12": {"defence ministry"}, "30": {"Observatory"}}
    assert killed.low is not None
    assert (killed.low.value, killed.low.owners) == (12, ("defence ministry",))
    assert killed.high is not None
    assert (killed.high.value, killed.high.owners) == (30, ("Observatory",))
    assert killed.best in {account.key for account in killed.accounts}
    assert killed.rule


@pytest.mark.parametrize(
    ("one", "two", "standing"),
    [
        ("38", "dozens:24-", "agreed"), ("34", "30-", "agreed"), ("12", "12", "agreed"), ("12", "15", "disputed"),
        ("90", "100-", "disputed"),
    ],
)  # fmt: skip
def test_numbers_told_in_several_ways_agree_where_they_agree(one: str, two: str, standing: str) -> None:
    told = Reports()
    told.tell("Shells killed some in the market of Homs", killed=one, voice=MINISTRY)
    told.tell("Shells killed some in the market of Homs", killed=two, voice=OBSERVER)
    assert field(told.one(), "killed").standing == standing


def test_nobody_is_a_number_that_a_toll_contradicts_and_a_denied_toll_is_none() -> None:
    told = Reports()
    told.tell("Shells killed 12 in a market of Homs", killed="12", voice=OBSERVER)
    told.tell("Nobody was killed in a market of Homs", killed="0", voice=MINISTRY, polarity="denied")
    killed = field(told.one(), "killed")
    assert killed.standing == "disputed"
    assert values(killed) == {"12": {"Observatory"}, "0": {"defence ministry"}}
    other = Reports()
    other.tell("That 12 were killed in Homs is false", killed="12", voice=MINISTRY, polarity="denied")
    assert other.one().field("killed") is None


def test_women_and_children_make_up_the_civilians() -> None:
    told = Reports()
    told.tell("10 children were killed in Homs", killed="10", who="children", report="a", voice=MINISTRY)
    told.tell("5 women were killed in Homs", killed="5", who="women", report="a", voice=MINISTRY)
    told.tell("15 civilians were killed in Homs", killed="15", who="civilians", voice=OBSERVER)
    (account,) = field(told.one(), "killed", "civilians").accounts
    assert any("make 15 civilians" in reason for reason in account.agrees)


def test_a_later_figure_of_one_source_takes_the_place_of_its_earlier_one_and_both_are_kept() -> None:
    told = Reports()
    told.tell("Shells killed 12 in a market of Homs", killed="12", voice=MINISTRY, published="2016-05-03")
    told.tell("Shells killed 17 in a market of Homs", killed="17", voice=MINISTRY, published="2016-05-04")
    killed = field(told.one(), "killed")
    assert killed.standing == "single-source"
    old, new = sorted(killed.accounts, key=lambda account: account.value)
    assert old.superseded == tuple(voice.key for voice in old.voices)
    assert not new.superseded
    assert killed.best == new.key


def test_agreed_single_source_and_silent_are_told_apart() -> None:
    told = Reports()
    told.tell("Shells killed 12 in Homs", killed="12", voice=MINISTRY)
    assert told.one().standing == "single-source"
    assert told.one().field("wounded") is None  # silence is no number
    told.tell("Shells killed 12 in Homs", killed="12", voice=OBSERVER)
    assert told.one().standing == "agreed"


def test_a_denial_makes_an_event_disputed_and_alone_it_is_denied() -> None:
    told = Reports()
    told.tell("The rebels say that they took Homs", "takes-place", actor="rebels", voice=RESIDENTS)
    told.tell(
        "The ministry denied that Homs had fallen", "takes-place", actor="rebels", voice=MINISTRY, polarity="denied"
    )
    event = told.one()
    assert (event.happened, event.standing) == ("disputed", "disputed")
    assert values(field(event, "holder")) == {"rebels": {"residents"}, "not rebels": {"defence ministry"}}
    alone = Reports()
    alone.tell(
        "The ministry denied that Homs had fallen", "takes-place", actor="rebels", voice=MINISTRY, polarity="denied"
    )
    assert alone.one().happened == "denied"


def test_two_holders_of_one_place_on_one_day_are_disputed() -> None:
    told = Reports()
    told.tell("IS has taken Palmyra, residents say", "takes-place", actor="IS", at="Palmyra", voice=RESIDENTS)
    told.tell("The army holds Palmyra, it says", "holds-place", actor="army", at="Palmyra", voice=MINISTRY)
    holder = field(told.one(), "holder")
    assert holder.standing == "disputed"
    assert {account.key for account in holder.accounts} == {"islamic-state", "government"}


# Sources


def test_a_person_quoted_by_many_is_one_source_in_all_spellings() -> None:
    told = Reports()
    for name in ("Hessamuddin Shams", "Hassamuddin Shams", "Husamuddin Shams"):
        governor = Source(name, "person", role="governor", entity="AF:government", side="Afghan government")
        told.tell("The army killed 12 in Homs, he said", killed="12", voice=governor)
    event = told.one()
    (voice,) = field(event, "killed").accounts[0].voices
    assert len(event.sources) == 1
    assert len(voice.reports) == 3
    assert len(voice.also) == 2
    assert voice.how


def test_copies_of_one_dispatch_are_one_source_with_several_carriers() -> None:
    told = Reports()
    told.tell("Shells killed 12 people in a market of Homs", killed="12", report="wire", outlet="Wire")
    told.tell(
        "Shells killed 12 people in a market of Homs", killed="12", report="daily", outlet="Daily", original="wire"
    )
    event = told.one()
    assert len(event.reports) == 2
    assert len(event.sources) == 1
    (voice,) = field(event, "killed").accounts[0].voices
    assert set(voice.outlets) == {"Wire", "Daily"}
    assert [join.by for join in event.joins] == ["copy"]


def test_a_headline_is_no_source_beside_those_whom_its_report_quotes() -> None:
    told = Reports()
    told.tell("Shells kill 12 in Homs", killed="12", report="r", headline=True)
    told.tell("Shells killed 12 in Homs, the ministry said", killed="12", report="r", voice=MINISTRY)
    event = told.one()
    assert len(event.sources) == 1
    (voice,) = field(event, "killed").accounts[0].voices
    assert voice.name == "defence ministry"
    alone = Reports()
    alone.tell("Shells kill 12 in Homs", killed="12", report="r", outlet="Daily", headline=True)
    assert alone.one().sources == ("outlet:daily",)


def test_a_ministry_under_several_names_is_one_source_and_its_own_outlet_too() -> None:
    told = Reports()
    for name in ("interior ministry", "Ministry of Interior Affairs", "Syrian Ministry of the Interior"):
        ministry = Source(name, "organisation", entity="SY:government", side="Syrian government")
        told.tell("Shells killed 12 in Homs", killed="12", voice=ministry)
    told.tell("Shells killed 12 in Homs", killed="12", outlet="Ministry of Interior Affairs")
    told.tell("Shells killed 12 in Homs", killed="12", voice=MINISTRY)
    assert len(told.one().sources) == 2


def test_unnamed_officials_of_two_dispatches_may_be_two() -> None:
    told = Reports()
    told.tell("Shells killed 12 in Homs", killed="12", voice=RESIDENTS)
    told.tell("Shells killed 12 in Homs", killed="12", voice=RESIDENTS)
    assert len(told.one().sources) == 2


# Data


def test_every_weighing_weighs_every_feature() -> None:
    for one in weighings().values():
        assert set(one.weights) == set(NAMES), one.id
    with pytest.raises(UsageError, match="no way of joining"):
        events_of([], joining="nonsense")


def test_an_effect_is_of_one_family() -> None:
    effects = [effect for family in incidents().family for effect in family.effects]
    assert len(effects) == len(set(effects))
    assert family_of("takes-place", "ASSAULT") == "control"
    assert family_of("", "ASSAULT") == "violence"
    assert family_of("", "CONSULT") == "consult"
