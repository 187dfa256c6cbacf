"""The sheet: statuses in words, who says what, disputes, widths, and nothing that a terminal would obey."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest

from dateline.exporting import wording
from dateline.exporting.coded import MadeBy, QuantityOut, TimeOut, coded_out
from dateline.exporting.sheet import one_claim, sheet
from dateline.exporting.table import rows
from dateline.exporting.wording import Look
from dateline.records import (
    Attribution,
    Claim,
    Debris,
    Dossier,
    Evidence,
    Flag,
    Participant,
    Place,
    Polarity,
    Predication,
    Quantity,
    Report,
    Source,
    Span,
    Status,
    Time,
)

MADE = MadeBy("0", "none", "", "none", "none", ("all",))
TEXT = """Bridge lost at Rumbek

Rebels seized the bridge at Rumbek on Monday; the army denied it had withdrawn.
Subscribe to read more.
"""


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def claim(
    name: str,
    trigger: str,
    evidence: tuple[str, ...],
    speaker: Source,
    status: Status = "asserted",
    polarity: Polarity = "affirmed",
    **more: object,
) -> Claim:
    spans = tuple(span(words) for words in evidence)
    read = Evidence(spans, "test", "rule-of-the-test", "medium")
    actor = Participant("actor", "Rebels of the South", span("Rebels"), kind="rebel")
    target = Participant("target", "bridge", span("the bridge"))
    quantity = Quantity("killed", span("Monday"), low=12, best=12, who="soldiers", qualifier="at least")
    said = Predication(
        span(trigger), 0, spans, "take-place", "ASSAULT", "", ("Battles", "Armed clash"), (actor, target),
        (quantity,), status, polarity, 0, read,
    )  # fmt: skip
    place = Place("Rumbek", "Rumbek", "South Sudan", "SS", 1, "named", lat=6.8, lon=-29.7, span=span("Rumbek"))
    time = Time("2023-03-06", "2023-03-06", "day", "Monday", "text-day", span("Monday"))
    chain = (speaker, Source("Plainview", "outlet"))
    attribution = Attribution(chain, spans, "indirect", read)
    return Claim(name, read, said, attribution, place, time, 0.6, **more)  # type: ignore[arg-type]


ARMY = Source("the army", "organisation", channel="text message")
FIRST, SECOND = "aaaaaaaa11111111", "bbbbbbbb22222222"
WITNESS = Source("a trader", "unnamed")


def dossier(title: str = "Bridge lost at Rumbek") -> Dossier:
    claims = [
        claim(FIRST, "seized", ("Rebels seized the bridge",), WITNESS, disputes=(SECOND,)),
        claim(
            SECOND,
            "withdrawn",
            ("the army", "it had withdrawn"),
            ARMY,
            "asserted",
            "denied",
            disputes=(FIRST,),
        ),
        claim("cccccccc33333333", "lost", ("Bridge lost",), WITNESS, "planned", same_as=(FIRST,)),
    ]
    flag = Flag("source-conflict", "two accounts of the bridge", (span("seized"),))
    debris = Debris(span("Subscribe to read more."), "paywall", Evidence((), "test", "test"))
    return Dossier(Report("r", TEXT, title=title, outlet="Plainview")).adding([flag, debris, *claims])


def drawn(width: int = 100, colour: bool = False, **given: str) -> str:
    return sheet(coded_out(dossier(**given), MADE), Look(width, colour))


def test_flags_come_before_claims() -> None:
    page = drawn()
    assert page.index("source-conflict") < page.index("seized")
    assert "1 flag: look at this first" in page
    assert "(line 3)" in page


def test_claims_stand_under_who_says_them() -> None:
    page = drawn()
    trader, army = page.index("a trader (not named)  [2 claims]"), page.index("the army  [1 claim]")
    assert trader < page.index("  1 asserted") < page.index("  3 PLANNED") < army < page.index("  2 DENIED")
    assert "channel: text message · → Plainview" in page


def test_every_value_is_in_words() -> None:
    page = drawn()
    assert "Rebels of the South (“Rebels”) → bridge" in page
    assert "Rumbek, South Sudan  (exact place)" in page
    assert "2023-03-06 (day) “Monday” (counted from the text's day)" in page
    assert "soldiers killed: 12 or more" in page
    assert "60% sure · line 3 · aaaaaaaa" in page
    assert "Not the story, so not coded: paywall (line 4)" in page


def test_disputes_name_the_other_claim_and_its_speaker() -> None:
    page = drawn()
    assert "disputed   by 2 (bbbbbbbb): the army, “withdrawn”" in page
    assert "disputed   by 1 (aaaaaaaa): a trader, “seized”" in page
    assert "also told  in 1 (aaaaaaaa)" in page


def test_the_trigger_is_marked_without_colour_and_styled_with_it() -> None:
    assert "“Rebels *seized* the bridge”" in drawn()
    assert "“the army … it had *withdrawn*”" in drawn()
    page = drawn(colour=True)
    assert "*seized*" not in page
    assert "\x1b[1;4mseized" in page


@pytest.mark.parametrize("width", [48, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    page = drawn(width, title="戦闘の報告 " * 12 + "and a very long headline of many words " * 4)
    for line in page.splitlines():
        cells = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
        assert cells <= width, line


def test_the_text_of_a_report_cannot_command_the_terminal() -> None:
    page = drawn(title="Calm \x1b[2J\x1b]0;owned\x07 day \u202e reversed \x9b31m [bold]not markup[/bold] :boom:")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(page)
    assert "[bold]not markup[/bold] :boom:" in page


def test_one_claim_keeps_its_number() -> None:
    page = one_claim(coded_out(dossier(), MADE), 2, Look(80))
    assert "  2 DENIED" in page
    assert "asserted" not in page


def test_a_cell_cannot_be_run_by_a_spreadsheet() -> None:
    made = rows(coded_out(dossier('=HYPERLINK("http://example.org";"x")'), MADE))
    first = next(csv.reader(io.StringIO(made, newline="")))
    assert '\'=HYPERLINK("http://example.org";"x")' in first
    assert "-29.7" in first, "a number stays a number"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (30, 30, None, "30 or more"),
        (30, None, None, "30 or more"),
        (None, None, 200, "up to 200"),
        (None, 1200, None, "about 1,200"),
        (12, 12, 12, "12"),
        (20, None, 99, "20 to 99"),
        (20, 50, 99, "20 to 99, best 50"),
        (180, 200, None, "about 200, at least 180"),
        (None, 2.5, 3, "about 2.5, at most 3"),
        (None, None, None, "a number that is not said"),
    ],
)
def test_bounds(low: float | None, best: float | None, high: float | None, words: str) -> None:
    assert wording.bounds(low, best, high) == words


@pytest.mark.parametrize(
    ("start", "end", "anchor", "words"),
    [
        ("2023-03-06", "2023-03-06", "absolute", "2023-03-06 (day) “then”"),
        ("2023-05-01", None, "absolute", "since 2023-05-01 (day) “then”"),
        (None, "2023-08-31", "event", "until 2023-08-31 (day) “then” (counted from another event)"),
        ("2023-03-01", "2023-03-31", "assumed-published",
         "2023-03-01 to 2023-03-31 (day) (ASSUMED: the day of publication, “then”)"),
        (None, None, "absolute", "day not known (day) “then”"),
    ],
)  # fmt: skip
def test_when(start: str | None, end: str | None, anchor: str, words: str) -> None:
    assert wording.when(TimeOut(start, end, "day", "then", anchor, None, None)) == words


def test_a_number_that_nobody_gave_is_not_zero() -> None:
    assert "0" not in wording.quantity(QuantityOut("killed", "people", None, None, None, "several", "several", 0, 7))
