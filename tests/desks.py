"""A small desk made by hand, for what reads a desk: its events, claims, reports and control."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.exporting.desk import Holdings, Reported
from dateline.records import (
    Account,
    Attribution,
    Bound,
    Claim,
    Control,
    Event,
    Evidence,
    Field,
    Filed,
    Happened,
    Participant,
    Place,
    Predication,
    Quantity,
    Source,
    Span,
    Standing,
    Time,
    Voice,
)

HERAT = Place("Herat", "Herat", "Afghanistan", "AF", 1, "a named city", "Herat", 1140026, 34.34817, 62.19967)
PROVINCE = Place("Badghis", "the province", "Afghanistan", "AF", 4, "a province", "Badghis", 1147707, 35.0, 63.75)
COUNTRY = Place("Afghanistan", "the country", "Afghanistan", "AF", 6, "only the country", "", 1149361, 33.0, 65.0)
NOWHERE = Place("Sang Atesh", "Sang Atesh", "Afghanistan", "AF", 2, "no entry", "Badghis")
TALIBAN = Participant("actor", "Taliban", Span(0, 7), "taliban", "rebel", "AF")
ARMY = Participant("actor", "Afghan armed forces", Span(0, 7), "AF:state-force", "state-force", "AF")
FAMILY = Participant("target", "family", Span(0, 7), "", "civilian", "")
BASE = Participant("target", "base", Span(0, 7), "", "facility", "")
RESIDENT = Source("Karim Ahmadi", "person", "resident")
TEACHER = Source("Laila Noorzai", "person", "teacher")
GOVERNOR = Source("Hessamuddin Shams", "person", "Badghis Governor", entity="AF:government", side="AF:government")
SPOKESMAN = Source("Zabihullah Mujahid", "person", "spokesman", "Taliban", "taliban", "taliban")
MINISTRY = Source("Ministry of Defence", "organisation", entity="AF:government", side="AF:government")
PRIVATE = ("Karim", "Ahmadi", "Laila", "Noorzai", "Yusuf", "Rahimi")


def filed(
    name: str,
    order: int,
    words: str,
    source: Source,
    participants: Sequence[Participant] = (),
    quantities: Sequence[Quantity] = (),
    place: Place | None = HERAT,
    day: str | None = "2021-08-12",
    original: str = "",
) -> Filed:
    """Return a claim as a desk has it; its report is report-ORDER of the outlet Outlet ORDER."""
    outlet = Source(f"Outlet {order}", "outlet")
    evidence = Evidence((Span(0, len(words)),), "claiming", "made by hand")
    said = Predication(
        Span(order, order + 5), 1, (Span(0, len(words)),), "attack", "ASSAULT", "firearms", ("Battles", "Armed clash"),
        tuple(participants), tuple(quantities), "asserted", "affirmed", 0, evidence,
    )  # fmt: skip
    attribution = Attribution((source, outlet), (Span(0, len(words)),), "indirect", evidence)
    time = Time(day, day, "day", "Thursday", "published") if day else None
    claim = Claim(name, evidence, said, attribution, place, time, 0.7)
    report, known = f"report-{order}", f"2021-08-{12 + order:02}T06:00:00+00:00"
    return Filed(
        claim, report, order, f"Outlet {order}", "", f"2021-08-{12 + order:02}", known, original or report, words
    )


def voice(source: Source, claim: str, order: int, also: Sequence[str] = ()) -> Voice:
    """Return the voice of a source that gives a value in one claim."""
    day = f"2021-08-{12 + order:02}"
    key = f"{source.kind}:{source.name.lower().replace(' ', '-')}"
    side = "taliban" if source.side == "taliban" else "government" if source.side else ""
    return Voice(
        key, source.name, source.kind, source.role, side, (claim,), (f"report-{order}",), (f"Outlet {order}",), day,
        day, tuple(also),
    )  # fmt: skip


def told(
    name: str, of: str, *accounts: Account, standing: Standing = "single-source", rule: str = "only account"
) -> Field:
    """Return a field whose first account is the best."""
    figures = [(one.low, one.voices[0].name) for one in accounts if one.low is not None]
    tops = [(one.high if one.high is not None else one.best, one.voices[0].name) for one in accounts]
    given = [(value, owner) for value, owner in tops if value is not None]
    low = Bound(min(figures)[0], (min(figures)[1],)) if figures else None
    high = Bound(max(given)[0], (max(given)[1],)) if given else None
    return Field(name, standing, accounts, accounts[0].key, rule, of, low, high)


def number(value: float, *voices: Voice) -> Account:
    """Return an account that gives a number."""
    return Account(f"{value:g}", f"{value:g}", voices, value, value, value)


def event(
    name: str,
    claims: Sequence[Filed],
    fields: Sequence[Field],
    place: Place | None = HERAT,
    time: Time | None = None,
    happened: Happened = "affirmed",
    acled: tuple[str, str] | None = ("Battles", "Armed clash"),
    plover: str = "ASSAULT",
    mode: str = "firearms",
) -> Event:
    """Return an event of claims, with its fields."""
    standing: Standing = "disputed" if any(field.standing == "disputed" for field in fields) else "agreed"
    return Event(
        name, "Fighting in Herat", plover, mode, acled, "clash", happened, standing, place,
        time or Time("2021-08-12", "2021-08-12", "day", "", "published"), tuple(fields),
        tuple(one.claim.id for one in claims), tuple(one.report for one in claims),
        tuple(f"source-{number}" for number, _ in enumerate(claims)), (), 0.7,
    )  # fmt: skip


def desk() -> Holdings:
    """Return a desk of a disputed toll, an attack on a family, a plan, a denial, and places of all precisions."""
    one = filed(
        "c1", 1, "Taliban fighters attacked the base, killing 12, resident Karim Ahmadi said. KARIM's house burned.",
        RESIDENT, [TALIBAN, BASE], [Quantity("killed", Span(45, 47), 12, 12, 12)],
    )  # fmt: skip
    two = filed("c2", 2, "Thirty soldiers were killed, Zabihullah Mujahid said.", SPOKESMAN, [TALIBAN])
    three = filed(
        "c3", 3, "Ms Noorzai, who teaches with Yusuf Rahimi, 45, in Sang Atesh, said a family of four was shot.",
        TEACHER, [TALIBAN, FAMILY], place=NOWHERE, day="2021-08-14",
    )  # fmt: skip
    four = filed("c4", 4, "Shams said an attack is planned.", GOVERNOR, [TALIBAN])
    five = filed("c5", 5, "The army denied that it had struck the town.", MINISTRY, [ARMY], place=PROVINCE)
    six = filed("c6", 6, "Fighting goes on, the ministry said.", MINISTRY, [ARMY, TALIBAN], place=COUNTRY)
    v1, v2 = voice(RESIDENT, "c1", 1, ["Kareem Ahmadi"]), voice(SPOKESMAN, "c2", 2)
    v3, v5, v6 = voice(TEACHER, "c3", 3), voice(MINISTRY, "c5", 5), voice(MINISTRY, "c6", 6)
    events = [
        event("e1", [one, two], [
            told("actor", "", Account("taliban", "Taliban", (v1, v2)), standing="agreed"),
            told("target", "", Account("base", "base", (v1,))),
            told("killed", "", number(12, v1), number(30, v2), standing="disputed", rule="most sources"),
            told("wounded", "civilians", number(3, v1)),
        ]),
        event("e2", [three], [
            told("actor", "", Account("taliban", "Taliban", (v3,))),
            told("target", "", Account("family", "family", (v3,))),
            told("killed", "civilians", number(4, v3)),
        ], place=NOWHERE, time=Time("2021-08-14", "2021-08-20", "week", "", "published"),
              acled=("Violence against civilians", "Attack")),
        event("e3", [four], [], happened="not-yet"),
        event("e4", [five], [told("actor", "", Account("AF:state-force", "Afghan armed forces", (v5,)))],
              place=PROVINCE, happened="denied"),
        event("e5", [six], [told("actor", "", Account("AF:state-force", "Afghan armed forces", (v6,)))],
              place=COUNTRY),
        event("e6", [], [], place=PROVINCE, time=Time(None, None, "interval", "", "")),
        event("e7", [], [], place=None, happened="disputed", acled=("Protests", "Peaceful protest"), plover="PROTEST",
              mode="demo"),
    ]  # fmt: skip
    reports = [
        Reported(f"report-{n}", f"Outlet {n}", title, f"2021-08-{12 + n:02}", f"https://outlet{n}.example/{slug}")
        for n, title, slug in (
            (1, "=Fighting in Herat, says Karim Ahmadi", "2021/karim-ahmadi-tells"),
            (2, "Taliban claim 30", "x?by=KarimAhmadi"),
            (3, "Family of Laila Noorzai's pupil shot", "%20Noorzai"),
            (4, "A warning", ""), (5, "A denial", ""), (6, "+War", ""),
        )
    ]  # fmt: skip
    control = [
        Control(HERAT, "taliban", "Taliban", "taliban", "confirmed", "2021-08-12", None, "said by Karim Ahmadi",
                ("e1",), ("c1",), (), (v1,)),
    ]  # fmt: skip
    made = {"dateline": "0.1.0", "model": "md", "knowledge": "abc"}
    return Holdings(
        "Herat desk", events, [one, two, three, four, five, six], control, reports, made, is_place=lambda _: False
    )
