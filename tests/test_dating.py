"""Times: the grammar's own examples, anchors, intervals, and which time dates which predicate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from dateline.api import code_text
from dateline.dating import Dating, TimeTagger
from dateline.dating.composing import compose
from dateline.dating.context import Anchor
from dateline.dating.lexicon import Rule, rules
from dateline.dating.tokens import tokenise
from dateline.records import (
    Block,
    Debris,
    Dossier,
    Evidence,
    Flag,
    Parse,
    Predication,
    Report,
    Sentence,
    Span,
    TimeExpression,
    Timing,
)
from dateline.records.claim import Status

PAGE = "2023-05-10"
WEDNESDAY = dt.date(2021, 7, 7)
TAGGER = TimeTagger()


def read(text: str, day: dt.date | None = WEDNESDAY) -> list[tuple[str, str, str]]:
    """Return (words, start, end) of the expressions that stand on the calendar, with their prepositions."""
    tokens = tokenise(text)
    times = compose(TAGGER.find(tokens, Anchor(day, "published")), tokens)
    return [
        (tokens.slice(t.first, t.last), str(t.moment.start or ""), str(t.moment.end or ""))
        for t in times
        if t.moment.kind == "point" and (t.moment.start or t.moment.end)
    ]


def values(text: str) -> list[tuple[str, str, str]]:
    """Return (words, kind, value) of all expressions but attributes."""
    tokens = tokenise(text)
    found = TAGGER.find(tokens, Anchor(WEDNESDAY, "published"))
    return [(tokens.slice(f.first, f.last), f.moment.kind, f.moment.value) for f in found if not f.loose]


@pytest.mark.parametrize("rule", rules().rule, ids=lambda rule: rule.id)
def test_examples_of_rule(rule: Rule) -> None:
    for example in rule.examples:
        found = TAGGER.find(tokenise(example), Anchor(WEDNESDAY, "published"))
        assert rule.id in {one.rule for one in found}, example
    for example in rule.counterexamples:
        found = TAGGER.find(tokenise(example), Anchor(WEDNESDAY, "published"))
        assert rule.id not in {one.rule for one in found}, example


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on 7 July 2021.", ("7 July 2021", "2021-07-07", "2021-07-07")),
        ("The bridge fell on July 4th.", ("July 4th", "2021-07-04", "2021-07-04")),
        ("The bridge fell on 4 October.", ("4 October", "2020-10-04", "2020-10-04")),
        ("The bridge fell on 2021-06-30.", ("2021-06-30", "2021-06-30", "2021-06-30")),
        ("The bridge fell on Friday.", ("Friday", "2021-07-02", "2021-07-02")),
        ("The bridge will open on Friday.", ("Friday", "2021-07-09", "2021-07-09")),
        ("The bridge fell last Monday.", ("last Monday", "2021-07-05", "2021-07-05")),
        ("The bridge opens next Friday.", ("next Friday", "2021-07-09", "2021-07-09")),
        ("The bridge fell on Monday night.", ("Monday night", "2021-07-05", "2021-07-05")),
        ("The bridge fell last night.", ("last night", "2021-07-06", "2021-07-06")),
        ("The bridge fell overnight.", ("overnight", "2021-07-06", "2021-07-07")),
        ("The bridge fell three days ago.", ("three days ago", "2021-07-04", "2021-07-04")),
        ("The bridge fell earlier this month.", ("earlier this month", "2021-07-01", "2021-07-07")),
        ("The bridge fell last year.", ("last year", "2020-01-01", "2020-12-31")),
        ("The bridge fell last week.", ("last week", "2021-06-28", "2021-07-04")),
        ("The bridge fell over the weekend.", ("the weekend", "2021-07-03", "2021-07-04")),
        ("The bridge was shelled in recent weeks.", ("recent weeks", "", "2021-07-07")),
        ("It was shelled over the past three days.", ("the past three days", "2021-07-04", "2021-07-07")),
        ("It was shelled in the past year.", ("the past year", "2020-07-07", "2021-07-07")),
        ("It has been shelled since May.", ("since May", "2021-05-01", "")),
        ("It was built in the 1990s.", ("the 1990s", "1990-01-01", "1999-12-31")),
        ("It was built in early 2015.", ("early 2015", "2015-01-01", "2015-04-30")),
        ("It was built in mid-June.", ("mid-June", "2021-06-11", "2021-06-20")),
        ("It was built in the winter of 2015.", ("the winter of 2015", "2015-12-01", "2016-02-29")),
        ("It will be ready by the end of August.", ("by the end of August", "", "2021-08-31")),
        ("The curfew holds until Friday.", ("until Friday", "", "2021-07-09")),
        ("It was shelled between 3 and 5 March.", ("between 3 and 5 March", "2021-03-03", "2021-03-05")),
        ("It was shelled from April to June.", ("from April to June", "2021-04-01", "2021-06-30")),
        ("It was shelled on 3-5 May 2020.", ("3-5 May 2020", "2020-05-03", "2020-05-05")),
        ("It fell before dawn on Tuesday.", ("before dawn on Tuesday", "2021-07-06", "2021-07-06")),
        ("It fell at 5 p.m. on Monday.", ("5 p.m. on Monday", "2021-07-05", "2021-07-05")),
        (
            "The base was held from December to February.",
            ("from December to February", "2020-12-01", "2021-02-28"),
        ),
    ],
)
def test_intervals(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "day", "start"),
    [
        ("The post fell on 28 December.", dt.date(2021, 1, 3), "2020-12-28"),
        ("The post fell in December.", dt.date(2021, 1, 3), "2020-12-01"),
        ("The post fell on Sunday.", dt.date(2021, 1, 3), "2021-01-03"),
        ("Talks will begin on 4 January.", dt.date(2020, 12, 30), "2021-01-04"),
        ("The post fell yesterday.", dt.date(2020, 3, 1), "2020-02-29"),
    ],
)
def test_turn_of_the_year(text: str, day: dt.date, start: str) -> None:
    assert read(text, day)[0][1] == start


@pytest.mark.parametrize(
    "text",
    [
        "They may march in spring water.",
        "A second man came to gate 7.",
        "Some 2000 people and 300 soldiers came.",
        "The 7th floor of the building burned.",
        "The 12-year-old boy was hurt.",
        "They fall back and spring a trap.",
    ],
)
def test_no_point_in_time(text: str) -> None:
    assert read(text) == []


def test_lengths_and_frequencies_are_no_points() -> None:
    assert values("The siege lasted three months.") == [("three months", "duration", "P3M")]
    assert values("They shell it twice a day and on Fridays.") == [
        ("twice a day", "frequency", "P1D"),
        ("Fridays", "frequency", "XXXX-WXX-5"),
    ]
    assert values("It was recently built.") == [("recently", "vague", "PAST_REF")]


def test_counted_from_what_was_told_before() -> None:
    text = "The post fell on 3 May 2019. Two days later the village burned. The next morning both were empty."
    assert [start for _, start, _ in read(text)] == ["2019-05-03", "2019-05-05", "2019-05-06"]


def test_without_any_day_nothing_is_invented() -> None:
    assert read("The post fell on Wednesday and the mill yesterday.", None) == []


# The stage -----------------------------------------------------------------------------------------


def evidence(span: Span) -> Evidence:
    return Evidence((span,), "test", "test")


def a_report(
    text: str, published: dt.date | None = None, debris: Sequence[tuple[str, str]] = ()
) -> tuple[Dossier, list[object]]:
    """Return the dossier of a report whose blocks are its lines, and what the stage adds."""
    report = Report("r", text, published=published)
    blocks, records, position = [], [], 0
    held = {words for words, _ in debris}
    for line in text.split("\n"):
        span = Span(position, position + len(line))
        if line and line not in held:
            blocks.append(Block(span, "body", evidence(span)))
        position += len(line) + 1
    for words, kind in debris:
        at = text.index(words)
        records.append(Debris(Span(at, at + len(words)), kind, evidence(Span(at, at + len(words)))))
    dossier = Dossier(report).adding([*blocks, *records])
    return dossier, list(Dating()(dossier))


def starts(records: list[object]) -> dict[int, str]:
    return {r.span.start: r.start for r in records if isinstance(r, TimeExpression)}


def codes(records: list[object]) -> list[str]:
    return [r.code for r in records if isinstance(r, Flag)]


def test_the_day_of_the_text_comes_before_the_page() -> None:
    text = "26 July 2021\nRebels on Wednesday (July 7th) took the mill.\nThe dam was lost on Wednesday morning."
    _, added = a_report(text, debris=[("26 July 2021", "dateline")])
    found = [r for r in added if isinstance(r, TimeExpression)]
    assert [r.start for r in found] == ["2021-07-07", "2021-07-07"]
    assert found[1].anchor == "text-day"
    (flag,) = [r for r in added if isinstance(r, Flag)]
    assert flag.code == "date-conflict"
    assert "2021-07-26 (Monday)" in flag.message
    assert [text[s.start : s.end] for s in flag.spans] == ["26 July 2021", "Wednesday (July 7th)"]


def test_a_dateline_fixes_the_day() -> None:
    text = "GOMA, Feb 7 (XYZ) - Shells hit the port on Tuesday."
    _, added = a_report(text, dt.date(2024, 2, 8), [("GOMA, Feb 7 (XYZ) - ", "dateline")])
    assert list(starts(added).values()) == ["2024-02-06"]
    assert codes(added) == []


def test_a_page_a_day_later_does_not_conflict() -> None:
    _, added = a_report("Rebels took the mill on Wednesday, July 7.", dt.date(2021, 7, 8))
    assert codes(added) == []


def test_a_weekday_that_does_not_fit_its_date() -> None:
    text = "Rebels took the mill on Friday, July 7, 2021."
    _, added = a_report(text, dt.date(2021, 7, 8))
    assert codes(added) == ["date-conflict"]


def test_an_older_dated_weekday_beside_news_is_no_conflict() -> None:
    text = "Rebels took the mill on Wednesday, July 7.\nThey had come on Friday, June 18."
    _, added = a_report(text, dt.date(2021, 7, 7))
    assert codes(added) == []


def test_figures_that_can_be_read_in_two_ways_are_named() -> None:
    _, added = a_report("The deal was signed on 03/04/2020.", dt.date(2021, 7, 7))
    assert codes(added) == ["ambiguous-date"]
    _, added = a_report("The deal was signed on 25/04/2020.", dt.date(2021, 7, 7))
    assert codes(added) == []


def test_words_of_a_translator_do_not_break_a_time() -> None:
    text = "They were in town this [jeudi] morning."
    _, added = a_report(text, dt.date(2021, 7, 8), [("[jeudi]", "translation")])
    (found,) = [r for r in added if isinstance(r, TimeExpression)]
    assert text[found.span.start : found.span.end] == "this [jeudi] morning"
    assert found.start == "2021-07-08"


def test_dots_are_read_day_first_and_old_agencies_years() -> None:
    _, added = a_report("The deal was signed on 03.04.2020.", dt.date(2021, 7, 7))
    assert list(starts(added).values()) == ["2020-04-03"]
    assert codes(added) == []
    _, added = a_report("LIMA, 12 FEB 88 -- \nTODAY A CONVOY LEFT.", None, [("LIMA, 12 FEB 88 -- ", "dateline")])
    assert list(starts(added).values()) == ["1988-02-12"]


def test_a_time_counted_from_an_unknown_event_is_no_point() -> None:
    _, added = a_report("Hours after the raid they left.", dt.date(2021, 7, 7))
    (found,) = [r for r in added if isinstance(r, TimeExpression)]
    assert (found.kind, found.anchor, found.start, found.end) == ("vague", "event", "", "")


# Which time dates which predicate: parses by hand, (word, part of speech, tag, dependency, head) -------

Row = tuple[str, str, str, str, int]


def the_rows(table: str) -> list[Row]:
    """Return the rows of a sentence written as "word pos tag dependency head | ..."."""
    cells = [row.split(" ") for row in table.split(" | ")]
    return [(word, pos, tag, dep, int(head)) for word, pos, tag, dep, head in cells]


def parsed(text: str, sentences: Sequence[Sequence[Row]]) -> Parse:
    """Return a Parse of sentences given row by row; heads count within their sentence, all in one block."""
    columns: list[list[str]] = [[], [], [], [], []]
    heads: list[int] = []
    starts_: list[int] = []
    ends: list[int] = []
    of: list[int] = []
    spans = []
    position = 0
    for number, rows in enumerate(sentences):
        base = len(heads)
        for word, pos, tag, dep, head in rows:
            position = text.index(word, position)
            starts_.append(position)
            position += len(word)
            ends.append(position)
            lemma = LEMMAS.get(word.lower(), word.lower())
            for column, value in zip(columns, (word, lemma, pos, tag, dep), strict=True):
                column.append(value)
            heads.append(base + head)
            of.append(number)
        spans.append(Sentence(base, len(heads), 0))
    children: list[list[int]] = [[] for _ in heads]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    texts, lemmas, pos_, tags, deps = (tuple(column) for column in columns)
    below = tuple(tuple(one) for one in children)
    return Parse(texts, lemmas, pos_, tags, deps, tuple(heads), tuple(starts_), tuple(ends), tuple(of), below,
                 tuple(spans), (), "test")  # fmt: skip


LEMMAS = {
    "said": "say",
    "took": "take",
    "have": "have",
    "burned": "burn",
    "killed": "kill",
    "fled": "flee",
    "left": "leave",
}


def dated(
    text: str, sentences: Sequence[Sequence[Row]], triggers: dict[str, Status], day: dt.date | None
) -> tuple[dict[str, Timing], list[object]]:
    """Return the Timing of each trigger word, and all that the stage adds."""
    parse = parsed(text, sentences)
    report = Report("r", text, published=day)
    made = []
    for word, status in triggers.items():
        token = parse.texts.index(word)
        span = parse.span(token, token + 1)
        made.append(
            Predication(span, token, (), "test", "ASSAULT", "", None, (), (), status, "affirmed", 0, evidence(span))
        )
    block = Block(Span(0, len(text)), "body", evidence(Span(0, len(text))))
    added: list[object] = list(Dating()(Dossier(report).adding([block, parse, *made])))
    timings = {text[t.trigger.start : t.trigger.end]: t for t in added if isinstance(t, Timing)}
    return timings, added


def test_own_clause_and_day_of_saying() -> None:
    text = "Rebels took the mill on Monday, he said on Tuesday."
    rows = the_rows(
        "Rebels NOUN NNS nsubj 1 | took VERB VBD ccomp 8 | the DET DT det 3 | "
        "mill NOUN NN dobj 1 | on ADP IN prep 1 | Monday PROPN NNP pobj 4 | , PUNCT , punct 8 | "
        "he PRON PRP nsubj 8 | said VERB VBD ROOT 8 | on ADP IN prep 8 | "
        "Tuesday PROPN NNP pobj 9 | . PUNCT . punct 8"
    )
    timings, _ = dated(text, [rows], {"took": "asserted"}, WEDNESDAY)
    time = timings["took"].time
    assert (time.start, time.end, time.text, time.anchor) == (
        "2021-07-05",
        "2021-07-05",
        "Monday",
        "published",
    )


def test_the_day_of_saying_is_only_assumed() -> None:
    text = "Rebels took the mill, he said on Tuesday."
    rows = the_rows(
        "Rebels NOUN NNS nsubj 1 | took VERB VBD ccomp 6 | the DET DT det 3 | "
        "mill NOUN NN dobj 1 | , PUNCT , punct 6 | he PRON PRP nsubj 6 | said VERB VBD ROOT 6 | "
        "on ADP IN prep 6 | Tuesday PROPN NNP pobj 7 | . PUNCT . punct 6"
    )
    timings, added = dated(text, [rows], {"took": "asserted"}, WEDNESDAY)
    assert timings["took"].time.anchor.startswith("assumed")
    assert timings["took"].evidence.confidence == "low"
    assert "assumed-date" in codes(added)


TWO = [
    the_rows(
        "Rebels NOUN NNS nsubj 1 | took VERB VBD ROOT 1 | it PRON PRP dobj 1 | on ADP IN prep 1 | "
        "Monday PROPN NNP pobj 3 | . PUNCT . punct 1"
    ),
    the_rows("Guards NOUN NNS nsubj 1 | fled VERB VBD ROOT 1 | . PUNCT . punct 1"),
]


def test_the_narrative_goes_on() -> None:
    timings, added = dated(
        "Rebels took it on Monday. Guards fled.", TWO, {"took": "asserted", "fled": "asserted"}, WEDNESDAY
    )
    assert timings["fled"].time.start == "2021-07-05"
    assert timings["fled"].time.anchor == "preceding"
    assert codes(added) == []


def test_a_day_told_of_something_else_dates_what_follows() -> None:
    text = "Rebels took it on Monday. Guards fled."
    timings, _ = dated(text, TWO, {"fled": "asserted"}, WEDNESDAY)
    assert (timings["fled"].time.start, timings["fled"].evidence.rule) == ("2021-07-05", "told-before")
    assert timings["fled"].evidence.confidence == "low"


def test_what_is_planned_does_not_follow_the_narrative() -> None:
    timings, _ = dated(
        "Rebels took it on Monday. Guards fled.", TWO, {"took": "asserted", "fled": "planned"}, WEDNESDAY
    )
    time = timings["fled"].time
    assert (time.start, time.end) == ("2021-07-05", None)
    assert time.anchor == "assumed-text-day"


def test_background_is_never_dated_by_assumption() -> None:
    timings, _ = dated("Guards fled.", TWO[1:], {"fled": "background"}, WEDNESDAY)
    assert timings == {}


def test_assumptions_have_names() -> None:
    timings, added = dated("Guards fled.", TWO[1:], {"fled": "asserted"}, WEDNESDAY)
    assert timings["fled"].time.anchor == "assumed-published"
    assert timings["fled"].time.start == "2021-07-07"
    assert codes(added) == ["assumed-date"]
    timings, added = dated("Guards fled.", TWO[1:], {"fled": "asserted"}, None)
    assert timings == {}
    assert codes(added) == ["assumed-date"]


def test_since_is_closed_for_what_is_over_and_open_for_what_goes_on() -> None:
    text = "Rebels killed dozens since May."
    rows = the_rows(
        "Rebels NOUN NNS nsubj 1 | killed VERB VBD ROOT 1 | dozens NOUN NNS dobj 1 | "
        "since SCONJ IN prep 1 | May PROPN NNP pobj 3 | . PUNCT . punct 1"
    )
    over, _ = dated(text, [rows], {"killed": "asserted"}, WEDNESDAY)
    assert (over["killed"].time.start, over["killed"].time.end) == ("2021-05-01", "2021-07-07")
    on, _ = dated(text, [rows], {"killed": "ongoing"}, WEDNESDAY)
    assert (on["killed"].time.start, on["killed"].time.end) == ("2021-05-01", None)


def test_hours_after_an_event_dates_the_event_by_what_followed() -> None:
    text = "Hours after troops left, rebels took it on Monday."
    rows = the_rows(
        "Hours NOUN NNS npadvmod 3 | after SCONJ IN mark 3 | troops NOUN NNS nsubj 3 | "
        "left VERB VBD advcl 6 | , PUNCT , punct 6 | rebels NOUN NNS nsubj 6 | "
        "took VERB VBD ROOT 6 | it PRON PRP dobj 6 | on ADP IN prep 6 | "
        "Monday PROPN NNP pobj 8 | . PUNCT . punct 6"
    )
    timings, _ = dated(text, [rows], {"left": "asserted", "took": "asserted"}, WEDNESDAY)
    assert timings["took"].time.start == "2021-07-05"
    left = timings["left"].time
    assert (left.start, left.end, left.anchor) == ("2021-07-04", "2021-07-05", "event")


def test_what_has_lasted_ends_at_the_day_of_the_report() -> None:
    text = "Rebels have held it for two years."
    rows = the_rows(
        "Rebels NOUN NNS nsubj 2 | have AUX VBP aux 2 | held VERB VBN ROOT 2 | it PRON PRP dobj 2 | "
        "for ADP IN prep 2 | two NUM CD nummod 6 | years NOUN NNS pobj 4 | . PUNCT . punct 2"
    )
    timings, _ = dated(text, [rows], {"held": "asserted"}, WEDNESDAY)
    time = timings["held"].time
    assert (time.start, time.end, timings["held"].evidence.rule) == ("2019-07-08", "2021-07-07", "lasting")


def test_a_time_wedged_before_its_verb_leaves_the_clause_before() -> None:
    text = "After killed by fire, rebels on Monday took it."
    rows = the_rows(
        "After ADP IN prep 8 | killed VERB VBN pcomp 0 | by ADP IN prep 1 | fire NOUN NN pobj 2 | "
        ", PUNCT , punct 8 | rebels NOUN NNS nsubj 8 | on ADP IN prep 1 | Monday PROPN NNP pobj 6 | "
        "took VERB VBD ROOT 8 | it PRON PRP dobj 8 | . PUNCT . punct 8"
    )
    timings, _ = dated(text, [rows], {"took": "asserted"}, WEDNESDAY)
    assert timings["took"].evidence.rule == "own-clause"
    assert timings["took"].time.start == "2021-07-05"


def test_spans_slice_to_their_text() -> None:
    text = "Rebels took it on Monday. Guards fled."
    timings, added = dated(text, TWO, {"took": "asserted", "fled": "asserted"}, WEDNESDAY)
    for timing in timings.values():
        assert timing.time.span is not None
        assert text[timing.time.span.start : timing.time.span.end] == timing.time.text
    assert all(text[r.span.start : r.span.end] for r in added if isinstance(r, TimeExpression))


def test_the_same_input_gives_the_same_output() -> None:
    text = "Rebels took it on Monday. Guards fled."
    first = dated(text, TWO, {"took": "asserted"}, WEDNESDAY)[1]
    assert first == dated(text, TWO, {"took": "asserted"}, WEDNESDAY)[1]


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "1" * 5000, "May " * 3000, "the " * 5000, "7 July " * 2000, "\u202e5 May\u202c \x00 7"],
)
def test_strange_texts_are_read_in_time(text: str) -> None:
    TAGGER.find(tokenise(text), Anchor(WEDNESDAY, "published"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The siege (412-410 BC) ended badly.", ["BC0412", "BC0410"]),
        ("It lasted from 387 to 385 BC.", ["BC0387", "BC0385"]),
        ("About 300 or 400 men fell.", []),
    ],
)
def test_years_share_the_era(text: str, values: list[str]) -> None:
    assert [found.moment.value for found in TAGGER.find(tokenise(text), Anchor(WEDNESDAY, "published"))] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They came at about two in the morning on Saturday.", "2021-07-03TMO"),
        ("It began at dawn, on 5 May.", "2021-05-05TMO"),
    ],
)
def test_a_part_of_the_day_belongs_to_the_day_named_after_it(text: str, value: str) -> None:
    tokens = tokenise(text)
    (time,) = compose(TAGGER.find(tokens, Anchor(WEDNESDAY, "published")), tokens)
    assert (time.moment.value, time.moment.grain) == (value, "part-of-day")


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize(
    ("text", "word", "start", "end"),
    [
        ("In two months of shelling 300 people were killed in Kherson, the mayor said.", "killed", "2023-03-11", PAGE),
        ("Over ten days of clashes at least 45 farmers were killed in Plateau.", "killed", "2023-04-30", PAGE),
        ("Nine soldiers died in four days of fighting near Lashio.", "died", "2023-05-06", PAGE),
        ("Nine soldiers died in fighting near Lashio on Sunday.", "died", "2023-05-07", "2023-05-07"),
        (
            "Rebels did not take the city of Marib. The town is calm. Fresh troops were sent there last night.",
            "take",
            PAGE,
            PAGE,
        ),
    ],
)
def test_what_a_length_or_a_night_in_passing_dates(text: str, word: str, start: str, end: str) -> None:
    claims = code_text(text, published=PAGE).claims
    time = next(c.time for c in claims if c.predication.trigger.of(text) == word)
    assert time is not None
    assert (time.start, time.end) == (start, end)
