"""MUC-4: the reader of messages and templates, and the official score, rule by rule, on files of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.muc4.baseline import naive
from benchmarks.muc4.benchmark import BENCHMARK, run
from benchmarks.muc4.heads import score_slots
from benchmarks.muc4.matching import Credit, head_of, same_fill, same_value
from benchmarks.muc4.official import Report, Rules, Tally, reported_f, score, table
from dateline.corpora.muc4 import (
    SLOT,
    Fill,
    Template,
    Templates,
    files,
    keys,
    read_fill,
    read_templates,
    read_texts,
    texts,
    written,
)

MESSAGES = """TST2-MUC4-0001

   PORT HOPE, 3 MAR 90 (RADIO HOPE [RH]) -- [TEXT] A BOMB EXPLODED AT A MILL
IN PORT HOPE YESTERDAY.

   THE RED HAND CLAIMED THE BOMBING.


TST2-MUC4-0002 (OURS)

   NO CITY (CHILE), NO DATE -- THE HARVEST WAS GOOD.
"""
KEY = """;;; a comment of those who made the key

0.  MESSAGE: ID                     TST2-MUC4-0001 (OURS, AND OTHERS)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  (02 MAR 90) / (- 03 MAR 90)
3.  INCIDENT: LOCATION              CHILE: PORT HOPE (CITY / TOWN): DOCKS (NEIGHBORHOOD)
4.  INCIDENT: TYPE                  BOMBING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID         "BOMB"
7.  INCIDENT: INSTRUMENT TYPE       BOMB: "BOMB"
8.  PERP: INCIDENT CATEGORY         TERRORIST ACT
9.  PERP: INDIVIDUAL ID             ? "TWO MEN IN A CAR" / "MEN"
10. PERP: ORGANIZATION ID           "RED HAND" / "THE \\"RED HAND\\""
11. PERP: ORGANIZATION CONFIDENCE   (CLAIMED OR ADMITTED / REPORTED AS FACT): "RED HAND" / "THE \\"RED HAND\\""
12. PHYS TGT: ID                    "OLD FLOUR MILL" / "MILL"
                                    "HOUSES" /
                                    "NEARBY HOUSES: A ROW"
13. PHYS TGT: TYPE                  COMMERCIAL: "OLD FLOUR MILL" / "MILL"
                                    CIVILIAN RESIDENCE: "HOUSES" / "NEARBY HOUSES: A ROW"
14. PHYS TGT: NUMBER                1: "OLD FLOUR MILL" / "MILL"
                                    6 -: "HOUSES"
15. PHYS TGT: FOREIGN NATION        -
16. PHYS TGT: EFFECT OF INCIDENT    DESTROYED / SOME DAMAGE: "OLD FLOUR MILL" / "MILL"
17. PHYS TGT: TOTAL NUMBER          -
18. HUM TGT: NAME                   "ANA RIOS PAZ"
19. HUM TGT: DESCRIPTION            "OWNER" / "MILL OWNER": "ANA RIOS PAZ"
                                    "WORKERS"
20. HUM TGT: TYPE                   CIVILIAN: "ANA RIOS PAZ"
                                    CIVILIAN: "WORKERS"
21. HUM TGT: NUMBER                 1: "ANA RIOS PAZ"
                                    PLURAL: "WORKERS"
22. HUM TGT: FOREIGN NATION         -
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "ANA RIOS PAZ"
24. HUM TGT: TOTAL NUMBER           -

0.  MESSAGE: ID                     TST2-MUC4-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
4.  INCIDENT: TYPE                  KIDNAPPING
6.  INCIDENT: INSTRUMENT ID         *
18. HUM TGT: NAME                   "LUIS MAR"

0.  MESSAGE: ID                     TST2-MUC4-0002
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
"""


def of(*templates: Template, others: tuple[str, ...] = ()) -> Templates:
    held: dict[str, tuple[Template, ...]] = {}
    for template in templates:
        held[template.text] = (*held.get(template.text, ()), template)
    return Templates(held | dict.fromkeys(others, ()))


def made(text: str = "T1", optional: bool = False, barred: tuple[int, ...] = (), **slots: str) -> Template:
    """A template whose slots are given as s4="BOMBING"; several fillers of a slot stand on lines of their own."""
    fills = {}
    for name, lines in slots.items():
        slot = SLOT[int(name[1:])]
        read = tuple(fill for line in lines.split("\n") if (fill := read_fill(line, slot)))
        if read:
            fills[slot.number] = read
    return Template(text, 1, fills, optional, frozenset(barred))


def counts(tally: Tally) -> tuple[int, ...]:
    """Correct, partial, incorrect, spurious, missing."""
    return tally.correct, tally.partial, tally.incorrect, tally.spurious, tally.missing


def scored(key: Template, answer: Template) -> Report:
    return score(of(key), of(answer))


def bomb(text: str = "T1", optional: bool = False, barred: tuple[int, ...] = (), **more: str) -> Template:
    """A bombing of a mill, with more slots."""
    return made(text, optional, barred, s4="BOMBING", s12='"MILL"', **more)


def test_messages_are_read_with_their_dateline() -> None:
    first, second = read_texts(MESSAGES)
    assert (first.name, first.place, first.source, first.day) == (
        "TST2-MUC4-0001", "PORT HOPE", "RADIO HOPE [RH]", date(1990, 3, 3),
    )  # fmt: skip
    assert first.words[first.body :].startswith("A BOMB EXPLODED")
    assert first.words.rstrip().endswith("BOMBING.")
    assert (second.name, second.place, second.country, second.day) == ("TST2-MUC4-0002", "", "CHILE", None)


def test_templates_are_read_with_all_their_marks() -> None:
    read = read_templates(KEY)
    assert list(read.by_text) == ["TST2-MUC4-0001", "TST2-MUC4-0002"]
    assert read.by_text["TST2-MUC4-0002"] == ()
    first, second = read.all
    assert (first.number, first.optional, second.number, second.optional) == (1, False, 2, True)
    assert first.fills[2][0].values == ("02 MAR 90", "- 03 MAR 90")
    assert first.fills[3][0].values == ("CHILE: PORT HOPE (CITY / TOWN): DOCKS (NEIGHBORHOOD)",)
    assert first.fills[9] == (Fill(("TWO MEN IN A CAR", "MEN"), (), True),)
    assert first.fills[10][0].values == ("RED HAND", 'THE "RED HAND"')
    assert first.fills[11][0].values == ("CLAIMED OR ADMITTED", "REPORTED AS FACT")
    assert [fill.values for fill in first.fills[12]] == [
        ("OLD FLOUR MILL", "MILL"),
        ("HOUSES", "NEARBY HOUSES: A ROW"),
    ]
    assert first.fills[13][1] == Fill(("CIVILIAN RESIDENCE",), ("HOUSES", "NEARBY HOUSES: A ROW"))
    assert first.fills[14][1] == Fill(("6-",), ("HOUSES",))
    assert first.fills[19] == (Fill(("OWNER", "MILL OWNER"), ("ANA RIOS PAZ",)), Fill(("WORKERS",)))
    assert 15 not in first.fills
    assert second.barred == {6}


def test_what_is_written_reads_the_same() -> None:
    read = read_templates(KEY)
    assert read_templates(written(read)) == read


@pytest.mark.parametrize(
    ("line", "fill"),
    [
        ('"16 OTHERS / "OTHERS"', Fill(("16 OTHERS", "OTHERS"))),
        ('MACHINEGUNS"', Fill(("MACHINEGUNS",))),
        ('?"MEN"/"ARMED MEN"', Fill(("MEN", "ARMED MEN"), (), True)),
        ("-", None),
        ("*", None),
    ],
)
def test_sloppy_strings_are_read(line: str, fill: Fill | None) -> None:
    assert read_fill(line, SLOT[9]) == fill


def test_a_reference_without_marks_and_a_dummy_one_are_read() -> None:
    assert read_fill("MACHINE GUN: -", SLOT[7]) == Fill(("MACHINE GUN",), ("-",))
    assert read_fill('NO INJURY OR DEATH / NO INJURY: "-"', SLOT[23]) == Fill(
        ("NO INJURY OR DEATH", "NO INJURY"), ("-",)
    )


def test_a_string_broken_over_two_lines_is_one() -> None:
    broken = (
        "0. MESSAGE: ID   tst2-muc4-0001\n1. MESSAGE: TEMPLATE  1\n4. INCIDENT: TYPE BOMBING\n"
        '12. PHYS TGT: ID  "OLD\n                  FLOUR MILL"\n'
    )
    (template,) = read_templates(broken).by_text["TST2-MUC4-0001"]
    assert template.values(4) == ["BOMBING"]
    assert template.values(12) == ["OLD FLOUR MILL"]


def test_files_are_found_by_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "messages").write_text(MESSAGES)
    (tmp_path / "one" / "key-tst2.v9").write_text(KEY)
    (tmp_path / "one" / "answers-of-a-system").write_text(KEY.replace("BOMBING", "ARSON"))
    (tmp_path / "one" / "notes").write_text("nothing of the corpus")
    found = files(tmp_path)
    assert sorted(path.name for path in found) == ["key-tst2.v9", "messages"]
    assert len(texts(found, "score")) == 2
    assert texts(found, "look") == []
    assert [template.values(4) for template in keys(found, "all").all] == [["BOMBING"], ["KIDNAPPING"]]


def test_the_key_against_itself_is_all_right() -> None:
    key = read_templates(KEY)
    total = score(key, key).all
    assert total.f() == 1.0
    assert (total.incorrect, total.spurious, total.missing) == (0, 0, 0)
    assert reported_f(total) == 100


def test_no_answer_misses_what_is_asked_for_and_no_more() -> None:
    key = read_templates(KEY)
    report = score(key, Templates({}))
    asked = sum(1 for fills in key.all[0].fills.values() for fill in fills if not fill.optional)
    assert counts(report.all) == (0, 0, 0, 0, asked)
    assert counts(report.rows["template-id"]) == (0, 0, 0, 0, 1)
    assert counts(report.rows["TEXT FILTERING"]) == (0, 0, 0, 0, 1)


def test_an_optional_template_costs_nothing_unanswered_and_counts_answered() -> None:
    key = of(bomb(optional=True))
    assert counts(score(key, of(others=("T1",))).all) == (0, 0, 0, 0, 0)
    assert counts(score(key, of(bomb())).all) == (2, 0, 0, 0, 0)
    assert score(key, of(others=("T1",))).rows["TEXT FILTERING"].noncommittal == 1


def test_an_optional_filler_costs_nothing_unanswered_and_counts_answered() -> None:
    key = bomb(s9='? "MEN"')
    assert counts(scored(key, bomb()).rows["perp-ind-id"]) == (0, 0, 0, 0, 0)
    assert counts(scored(key, bomb(s9='"MEN"')).rows["perp-ind-id"]) == (1, 0, 0, 0, 0)
    assert counts(scored(key, bomb(s9='"THIEVES"')).rows["perp-ind-id"]) == (0, 0, 0, 1, 0)


def test_fillers_left_over_are_incorrect_in_pairs_then_missing_or_spurious() -> None:
    key = bomb(s9='"MEN"\n"WOMEN"\n"REBELS"')
    assert counts(scored(key, bomb(s9='"SOLDIERS"\n"REBELS"')).rows["perp-ind-id"]) == (1, 0, 1, 0, 1)
    key = bomb(s9='"MEN"')
    assert counts(scored(key, bomb(s9='"SOLDIERS"\n"REBELS"')).rows["perp-ind-id"]) == (0, 0, 1, 1, 0)


def test_an_empty_slot_on_both_sides_is_noncommittal_and_a_barred_one_is_not_scored() -> None:
    report = scored(bomb(barred=(18,)), bomb())
    assert report.rows["perp-org-id"].noncommittal == 1
    assert report.rows["hum-tgt-name"].noncommittal == 0


def test_templates_are_mapped_only_with_a_shared_type_and_an_identifying_slot() -> None:
    key = made(s4="BOMBING", s5="ACCOMPLISHED", s12='"MILL"')
    other_target = made(s4="BOMBING", s5="ACCOMPLISHED", s12='"BRIDGE"')
    other_type = made(s4="KIDNAPPING", s12='"MILL"')
    for answer in (other_target, other_type):
        report = scored(key, answer)
        assert counts(report.rows["template-id"]) == (0, 0, 0, 1, 1)
        assert report.all.correct == 0
    assert counts(scored(key, made(s4="ATTACK", s12='"MILL"')).rows["inc-type"]) == (0, 1, 0, 0, 0)


def test_what_may_be_mapped_is_an_option() -> None:
    key, answer = made(s4="BOMBING", s12='"MILL"'), made(s4="BOMBING", s12='"BRIDGE"')
    assert score(of(key), of(answer), Rules(identifying=())).all.correct == 1
    other = made(s4="ARSON", s5="ATTEMPTED", s12='"MILL"')
    assert score(of(key), of(other), Rules(type_slot=None, identifying=())).all.correct == 1


def test_templates_are_mapped_for_the_most_points_whatever_their_order() -> None:
    first, second = bomb(s9='"MEN"'), bomb(s9='"WOMEN"')
    assert counts(score(of(first, second), of(second, first)).all) == (6, 0, 0, 0, 0)


def test_missing_and_spurious_templates_count_in_their_rows() -> None:
    key = of(bomb("T1"), bomb("T2"), others=("T3",))
    answers = of(bomb("T1"), bomb("T3", s9='"MEN"'), others=("T2",))
    rows = score(key, answers).rows
    assert counts(rows["MATCHED ONLY"]) == (2, 0, 0, 0, 0)
    assert counts(rows["MATCHED/MISSING"]) == (2, 0, 0, 0, 2)
    assert counts(rows["MATCHED/SPURIOUS"]) == (2, 0, 0, 3, 0)
    assert counts(rows["ALL TEMPLATES"]) == (2, 0, 0, 3, 2)
    assert counts(rows["STRING FILLS ONLY"]) == (1, 0, 0, 0, 1)
    assert counts(rows["TEXT FILTERING"]) == (1, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("slot", "key", "answer", "credit"),
    [
        (4, "BOMBING", "BOMBING", 2),
        (4, "BOMBING", "ATTACK", 1),
        (4, "BOMBING", "ARSON", 0),
        (7, "VEHICLE BOMB", "EXPLOSIVE", 1),
        (7, "VEHICLE BOMB", "GUN", 0),
        (16, "DESTROYED", "SOME DAMAGE", 1),
        (2, "03 MAR 90", "3 MAR 90", 2),
        (2, "- 03 MAR 90", "03 MAR 90", 1),
        (2, "01 MAR 90 - 03 MAR 90", "02 MAR 90", 1),
        (2, "03 MAR 90", "04 MAR 90", 0),
        (2, "- 03 MAR 90", "02 MAR 90", 0),
        (3, "CHILE: PORT HOPE (CITY)", "CHILE: PORT HOPE (CITY)", 2),
        (3, "CHILE: PORT HOPE (CITY / TOWN)", "CHILE: PORT HOPE (TOWN)", 2),
        (3, "CHILE: PORT HOPE (CITY)", "CHILE: PORT HOPE (DEPARTMENT)", 1),
        (3, "CHILE: PORT HOPE (CITY)", "CHILE", 1),
        (3, "CHILE: PORT HOPE (CITY)", "PERU", 0),
        (3, "PERU: LIMA (DEPARTMENT): LIMA (CITY)", "PERU: LIMA (DEPARTMENT): LIMA (CITY)", 2),
        (14, "5", "5", 2),
        (14, "~5", "5", 1),
        (14, "5-", "7", 1),
        (14, "5", "6", 0),
        (14, "PLURAL", "6", 0),
        (12, "MILL", "THE MILL", 2),
        (12, "MILL", "2 OLD MILLS", 0),
        (12, "MILL", "OLD FLOUR MILL OF THE PORT", 2),
        (12, "OLD FLOUR MILL", "MILL", 1),
        (12, "MILL", "MILL OWNER", 0),
        (9, "GROUP OF ARMED MEN", "ARMED MEN", 1),
        (9, "ARMED MEN", "GROUP OF ARMED MEN", 2),
        (9, "MASKED MEN", "ARMED MEN", 1),
        (10, "RED HAND", "RED HAND (RH)", 2),
        (10, "RED HAND", "BLACK HAND", 0),
        (10, "RED HAND", "RED HAND GUERRILLAS", 1),
        (18, "ANA RIOS PAZ", "PAZ", 1),
        (18, "ANA RIOS PAZ", "ANA PAZ", 1),
        (18, "ANA RIOS PAZ", "JUAN PAZ", 0),
        (18, "ANA RIOS PAZ", "SENATOR ANA RIOS PAZ", 2),
        (18, "ANA RIOS PAZ", "WIFE OF ANA RIOS PAZ", 1),
    ],
)
def test_values_are_compared_by_the_kind_of_their_slot(slot: int, key: str, answer: str, credit: int) -> None:
    assert same_value(SLOT[slot], key, answer).credit == Credit(credit)


def test_a_wrong_cross_reference_takes_a_half() -> None:
    key = Fill(("DEATH",), ("ANA RIOS PAZ", "OWNER"))
    for refers, credit in ((("OWNER",), 2), (("WORKERS",), 1), ((), 1), (("-",), 1)):
        assert same_fill(SLOT[23], key, Fill(("DEATH",), refers)).credit == credit
    part = Fill(("NO INJURY OR DEATH",), ("-",))
    assert same_fill(SLOT[23], part, Fill(("NO INJURY",), ())).credit == 1
    assert same_fill(SLOT[23], part, Fill(("NO INJURY",), ("OWNER",))).credit == 0


@pytest.mark.parametrize(
    ("phrase", "head"),
    [("A GROUP OF ARMED MEN", "MEN"), ("DRIVER OF THE BUS", "DRIVER"), ("RED HAND [RH]", "HAND"), ("ONE", "ONE")],
)
def test_the_head_of_a_phrase(phrase: str, head: str) -> None:
    assert head_of(phrase) == head


def test_the_official_f_is_made_of_whole_percents() -> None:
    tally = Tally(correct=2, missing=1, spurious=2)
    assert tally.recall == pytest.approx(2 / 3)
    assert tally.precision == pytest.approx(0.5)
    assert reported_f(tally) == pytest.approx(2 * 67 * 50 / 117)
    assert reported_f(tally, 2.0) > reported_f(tally) > reported_f(tally, 0.5)


def test_the_report_has_every_row_of_the_official_one() -> None:
    lines = list(table(scored(bomb(), bomb())))
    assert sum(not line.startswith("-") for line in lines) == 1 + 24 + 4 + 7 + 2
    assert lines[-1].split() == ["F-MEASURES", "100.00", "100.00", "100.00"]


def test_five_slots_take_any_mention_or_the_head_and_count_the_type() -> None:
    key = bomb(s9='"ARMED MEN" / "REBELS"', s18='"ANA RIOS PAZ"', s19='"OWNER": "ANA RIOS PAZ"\n"WORKERS"')
    answer = made(s4="BOMBING", s9='"THE REBELS"', s12='"FLOUR MILL"', s19='"OWNER"')
    counted = score_slots(of(key), of(answer))
    assert (counted["all"].right, counted["all"].answered, counted["all"].asked) == (2, 3, 4)
    by_head = score_slots(of(key), of(answer), heads=True)
    assert (by_head["all"].right, by_head["all"].answered) == (4, 4)
    assert (by_head["Victim"].found, by_head["Victim"].asked) == (1, 2)
    assert score_slots(of(key), of(key))["all"].f == 1.0
    assert score_slots(of(key), of(made(s4="ARSON", s9='"REBELS"')))["all"].right == 0


def test_the_baseline_answers_texts_with_a_trigger() -> None:
    (template,) = naive(read_texts(MESSAGES))
    assert (template.text, template.values(4), template.values(2)) == ("TST2-MUC4-0001", ["BOMBING"], ["- 03 MAR 90"])


def test_any_file_of_answers_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, answers = tmp_path / "key", tmp_path / "answers"
    key.write_text(KEY)
    given = Templates({"TST2-MUC4-0001": tuple(read_templates(KEY).all[:1]), "OTHER-MUC4-0001": ()})
    answers.write_text(written(given))
    assert run(["--key", str(key), "--answers", str(answers)]) == 0
    shown = capsys.readouterr()
    assert "ALL TEMPLATES" in shown.out
    assert "F 100.00" in shown.out
    assert "1 texts that the key does not have" in shown.err


def test_the_benchmark_finds_errors_in_the_part_to_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.muc4.benchmark.answering", lambda: None)
    (tmp_path / "texts").write_text(MESSAGES.replace("TST2", "TST1"))
    (tmp_path / "key").write_text(KEY.replace("TST2", "TST1"))
    assert {case.text for case in BENCHMARK.errors(files(tmp_path))} == {"TST1-MUC4-0001"}
