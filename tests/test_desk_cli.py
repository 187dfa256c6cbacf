"""The verbs that ask a desk and judge it, in the terminal, on a small desk of reports of our own."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dateline.cli import run
from dateline.desk import open_desk
from dateline.exporting.accounts import side_by_side
from dateline.exporting.changes import differences
from dateline.exporting.eventlist import EventLine, EventList, toll
from dateline.exporting.hits import Sought, marked
from dateline.exporting.sides import GOVERNMENT, OTHERS, side_of
from dateline.exporting.wording import Look, days
from dateline.records import Voice

needs_model = [pytest.mark.model, pytest.mark.gazetteer]
FALL = (
    "Taliban fighters seized the city of Zaranj, the capital of Nimroz province, on Friday, the deputy governor"
    " said.\n\nThe fighters opened the prison and freed 350 inmates, a former guard said. The shops stayed closed all"
    " day, according to a teacher who lives near the bridge."
)
REPORTS = [
    ("Taliban take Zaranj", "A Wire", "2021-08-07", FALL),
    ("Taliban take Zaranj", "The Morning Daily", "2021-08-08", FALL),
    ("Statement", "Ministry of Defence", "2021-08-07", "The ministry of defence denied on Saturday that Zaranj had"
     " fallen to the Taliban. The security forces control the city of Zaranj, the ministry said."),
    ("Victory in Zaranj", "Radio North", "2021-08-07", "The Taliban captured Zaranj on Friday, Zabihullah Mujahid, a"
     " spokesman for the Taliban, said in a statement."),
    ("Bomb kills twelve in Herat", "A Wire", "2021-08-03", "A car bomb killed 12 people in the city of Herat on"
     " Monday, the police said."),
    ("Blast in Herat", "Radio North", "2021-08-03", "A car bomb killed 30 people in the city of Herat on Monday, a"
     " doctor at the hospital said."),
    ("Army to retake Kunduz", "A Wire", "2021-08-10", "The army will retake the city of Kunduz this week, the ministry"
     " of defence said. The Taliban captured Kunduz on Sunday, residents said."),
]  # fmt: skip
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of the reports, coded and reconciled once."""
    folder = tmp_path_factory.mktemp("desk")
    rows = [{"title": t, "outlet": o, "date": d, "text": words} for t, o, d, words in REPORTS]
    (folder / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with open_desk(folder / "a.desk", create=True) as desk:
        desk.add(folder / "reports.jsonl", known="published", country="AF")
        desk.code(workers=1)
        desk.reconcile()
    return folder / "a.desk"


@pytest.fixture
def desk(coded: Path, tmp_path: Path) -> Path:
    """A copy of it, to be written to."""
    return Path(shutil.copy(coded, tmp_path / "a.desk"))


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Run a verb; return its exit status, what it printed, and what it told."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str | Path, typed: str | None = None, width: int = 0) -> tuple[int, str, str]:
        if typed is not None:
            monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        if width:
            monkeypatch.setenv("COLUMNS", str(width))
        status = run([str(one) for one in arguments])
        told = capfd.readouterr()
        return status, told.out, told.err

    return call


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def fall(said: Said, desk: Path) -> dict[str, Any]:
    """The event of the city that fell."""
    (found,) = [e for e in lines(said("events", desk, "--place", "Zaranj", "--json")[1]) if len(e["reports"]) > 2]
    return found


class TestAsking:
    pytestmark = needs_model

    def test_events_are_lines_with_totals_beside_them(self, coded: Path, said: Said) -> None:
        status, out, err = said("events", coded)
        assert status == 0
        head, *rows = out.splitlines()
        assert head.split()[:4] == ["event", "day", "place", "standing"]
        assert [row.split("  ")[1] for row in rows] == sorted(row.split("  ")[1] for row in rows)
        assert f"{len(rows)} events: " in err
        assert any("! disputed" in row and "Zaranj" in row for row in rows)
        assert any("NOT YET" in row and "Kunduz" in row for row in rows)
        assert any("12/" in row and "/30" in row for row in rows)
        assert "\x1b" not in out

    def test_events_fit_filters(self, coded: Path, said: Said) -> None:
        def listed(*options: str) -> set[str]:
            return {one["id"] for one in lines(said("events", coded, *options, "--json")[1])}

        everything = listed()
        disputed = listed("--standing", "disputed")
        assert disputed < everything
        assert disputed | listed("--standing", "agreed") | listed("--standing", "single-source") == everything
        assert listed("--until", "2021-08-05") | listed("--since", "2021-08-06") == everything
        assert listed("--text", "bomb") == listed("--place", "Herat")
        assert listed("--happened", "not-yet") < listed("--place", "Kunduz")
        assert listed("--type", "assault", "--country", "IR") == set()
        assert len(listed("--limit", "2")) == 2
        last = lines(said("events", coded, "--descending", "--order", "reports", "--json")[1])
        assert [len(one["reports"]) for one in last] == sorted((len(one["reports"]) for one in last), reverse=True)

    def test_as_of_a_day_later_reports_are_not_known(self, coded: Path, said: Said) -> None:
        now, then = (said("events", coded, *when, "--json")[1] for when in ((), ("--as-of", "2021-08-04")))
        assert {one["place"]["name"] for one in lines(then)} == {"Herat"}
        assert len(lines(then)) < len(lines(now))
        assert len(lines(said("events", coded, "--as-of", "2021-08-20", "--limit", "1", "--json")[1])) == 1
        ident = lines(then)[0]["id"]
        assert said("show", coded, ident, "--as-of", "2021-08-04")[0] == 0
        status, _, err = said("show", coded, fall(said, coded)["id"], "--as-of", "2021-08-04")
        assert (status, "there is no such event" in err) == (2, True)

    def test_query_marks_what_was_found_and_says_who_says_it(self, coded: Path, said: Said) -> None:
        status, out, err = said("query", coded, "bombs killing", "--source", "doctor")
        assert (status, err) == (0, "dateline: 1 claim\n")
        assert "*bomb* *killed* 30 people" in out
        assert "doctor at the hospital → Radio North · published 2021-08-03" in out
        assert "event " in out
        assert said("query", coded, "nothing-of-the-kind")[1:] == (
            "", "dateline: no claim fits; fewer words or filters find more\n"
        )  # fmt: skip
        (found,) = lines(said("query", coded, '"car bomb"', "--source", "doctor", "--json")[1])
        assert found["claim"]["evidence"][0]["text"] in found["words"]
        assert found["event"] in {one["id"] for one in lines(said("events", coded, "--json")[1])}
        planned = lines(said("query", coded, "--status", "planned", "--json")[1])
        assert planned
        assert {one["claim"]["status"] for one in planned} == {"planned"}

    def test_accounts_stand_beside_each_other_by_side(self, coded: Path, said: Said) -> None:
        status, out, _ = said("claims", coded, fall(said, coded)["id"][:8])
        assert status == 0
        (head,) = [line for line in out.splitlines() if line.startswith("GOVERNMENT")]
        assert [name.strip() for name in head.split("│")][:2] == ["GOVERNMENT", "TALIBAN"]
        assert "WHO HOLDS IT  ! disputed" in out
        assert "2 reports (A Wire" in out
        government = " ".join(line.split("│")[0].strip() for line in out.splitlines() if "│" in line)
        assert "DENIED" in government
        assert "Ministry of Defence" in government
        taliban = " ".join(line.split("│")[1].strip() for line in out.splitlines() if "│" in line)
        assert "Zabihullah Mujahid" in taliban
        assert "The Taliban captured Zaranj on Friday" in taliban

    @pytest.mark.parametrize("width", [60, 80, 100, 120])
    @pytest.mark.parametrize("verb", [("claims",), ("show", "--why")])
    def test_no_word_is_lost_on_a_narrow_terminal(
        self, coded: Path, said: Said, width: int, verb: tuple[str, ...]
    ) -> None:
        event = fall(said, coded)
        _, out, _ = said(verb[0], coded, event["id"], *verb[1:], width=width)
        assert max(map(len, out.splitlines())) <= width
        flat = "".join(out.split())
        with open_desk(coded, read_only=True) as held:
            for one in held.claims(event["id"]):
                assert verb[0] == "claims" or "".join(one.words.split()) in flat
        assert said("events", coded, width=width)[1]

    def test_one_column_where_it_is_narrow(self, coded: Path, said: Said) -> None:
        event = fall(said, coded)
        with open_desk(coded, read_only=True) as held:
            claims = list(held.claims(event["id"]))
            out = side_by_side(held.event(event["id"]), claims, Look(48))
        assert "│" not in out
        assert "  GOVERNMENT" in out.splitlines()
        for one in claims:
            assert "".join(one.words.split()) in "".join(out.split())

    def test_an_event_is_shown_whole(self, coded: Path, said: Said) -> None:
        event = fall(said, coded)
        out = said("show", coded, event["id"][:10])[1]
        assert "(exact place)" in out
        assert "2 reports (A Wire, The Morning Daily), 1 independent source" in out.replace("\n", " ").replace(
            "      ", ""
        )
        assert "WHY THESE CLAIMS" not in out
        why = said("show", coded, event["id"], "--why")[1]
        assert "a copy of the same dispatch" in why
        assert "same place +" in why
        toll = said("show", coded, lines(said("events", coded, "--place", "Herat", "--json")[1])[0]["id"])[1]
        assert "lowest: 12 (" in toll
        assert "highest: 30 (" in toll.replace("\n", " ")

    def test_control_says_on_whose_word(self, coded: Path, said: Said) -> None:
        out = said("control", coded, "Zaranj")[1]
        assert "since 2021-08-06" in out
        assert "says so" in out
        opened = said("control", coded, "zaranj", "--claims")[1]
        assert "“The Taliban captured Zaranj on Friday”" in opened
        assert "Taliban" in said("control", coded, "--on", "2021-08-09")[1]
        assert said("control", coded, "--picture", width=80)[1].splitlines()
        held = lines(said("control", coded, "--on", "2021-08-07", "--json")[1])
        assert {one["place"] for one in held} >= {"Zaranj"}
        for wrong in (("control", coded), ("control", coded, "Atlantis"), ("control", coded, "--on", "yesterday")):
            assert said(*wrong)[:2] == (2, "")

    def test_json_keeps_to_the_schema_that_is_printed(self, desk: Path, said: Said) -> None:
        ident = fall(said, desk)["id"]
        asked = {
            "events": (), "show": (ident,), "claims": (ident,), "query": ("Zaranj",), "control": ("Zaranj",),
            "runs": (), "log": (), "reconcile": (),
        }  # fmt: skip
        for verb, rest in asked.items():
            schema = json.loads(said("schema", verb)[1])
            found = lines(said(verb, desk, *rest, "--json")[1])
            assert found, verb
            for one in found:
                jsonschema.validate(one, schema)
        status, _, err = said("schema", "nonsense")
        assert (status, "there is none of that name" in err) == (2, True)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("show", "ffffffffffff"), "there is no such event. `dateline events` lists them"),
            (("show", ""), "there is no such event"),
            (("events", "--standing", "wrong"), "it is one of disputed, agreed, single-source"),
            (("events", "--happened", "perhaps"), "it is one of affirmed, disputed"),
            (("events", "--order", "size"), "it is one of day, reports, killed, id"),
            (("events", "--type", "WAR"), "no such type. PLOVER has ACCUSE"),
            (("events", "--since", "07/08/2021"), "write the day as 2021-08-06"),
            (("events", "--as-of", "soon"), "write a day (2021-08-08) or a moment"),
            (("query", "--status", "true"), "it is one of asserted"),
            (("query", "..."), "there is no word in it"),
            (("diff", "aaaa", "bbbb"), "run"),
            (("export", "docx"), "there is no such format. There are events-csv"),
            (("merge", "ffffffffffff", "eeeeeeeeeeee", "--by", "M"), "there is no such event"),
            (("judge", "ffff", "wrong", "--by", "M"), "there is no such claim"),
            (("judge", "ffff", "--by", "M"), "give one or more claims, then one of right, wrong"),
            (("review", "--by", " "), "needs the name"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_remedy(
        self, coded: Path, said: Said, arguments: tuple[str, ...], words: str
    ) -> None:
        verb, *rest = arguments
        status, out, err = said(verb, coded, *rest)
        assert (status, out) == (2, "")
        assert words in err
        assert len(err.splitlines()) == 1

    def test_an_id_that_begins_like_several(self, coded: Path, said: Said) -> None:
        ids = [one["id"] for one in lines(said("events", coded, "--json")[1])]
        firsts = [ident[0] for ident in ids]
        twice = next((first for first in firsts if firsts.count(first) > 1), None)
        if twice is not None:
            status, _, err = said("show", coded, twice)
            assert (status, "several events begin so: " in err) == (2, True)

    def test_a_desk_that_was_never_reconciled_says_so(self, tmp_path: Path, said: Said) -> None:
        (tmp_path / "one.txt").write_text(FALL, "utf-8")
        place = tmp_path / "new.desk"
        said("init", place)
        status, _, err = said("events", place)
        assert (status, "nothing is coded yet" in err) == (2, True)
        said("add", place, tmp_path / "one.txt", "--published", "2021-08-07")
        assert said("code", "--desk", place, "--workers", "1", "--no-reconcile")[0] == 0
        for verb in (("events",), ("show", "aa"), ("claims", "aa"), ("control", "Zaranj"), ("export", "events-csv")):
            status, out, err = said(verb[0], place, *verb[1:])
            assert (status, out) == (2, "")
            assert err.rstrip().endswith(f"Run: dateline reconcile {place}")
        assert said("query", place, "seized")[0] == 0
        status, _, err = said("code", "--desk", place, "--workers", "1")
        assert (status, "make " in err) == (0, True)
        assert said("events", place)[0] == 0

    def test_whoever_reads_may_go_away(self, coded: Path) -> None:
        command = f"{sys.executable} -m dateline claims {coded} $({sys.executable} -m dateline events {coded} --place"
        command += " Zaranj --order reports --descending --json | head -n 1 | cut -c 8-23) | head -n 3"
        found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
        assert found.stdout.count("\n") == 3
        assert "Traceback" not in found.stderr

    def test_both_databases_answer_alike(self, coded: Path, place: str, said: Said) -> None:
        with open_desk(place, create=True) as desk:
            desk.add(coded.parent / "reports.jsonl", known="published", country="AF")
            desk.code(workers=1)
            assert desk.waiting() == "never"
            desk.reconcile()
            assert desk.waiting() == ""
        event = fall(said, coded)["id"]
        asked = (("events",), ("events", "--standing", "disputed", "--order", "killed"), ("claims", event[:9]),
                 ("show", event, "--why"), ("query", "bomb* killed"), ("control", "Zaranj", "--claims"),
                 ("control", "--on", "2021-08-09"), ("export", "accounts-csv"))  # fmt: skip
        for verb, *rest in asked:
            assert said(verb, place, *rest)[:2] == said(verb, coded, *rest)[:2]
        assert said("judge", place, event[:4], "wrong", "--by", "M")[0] == 2
        assert said("review", place, "--by", "Mina", typed="u\n")[0] == 0
        assert [line["what"] for line in lines(said("log", place, "--json")[1])][-2:] == ["judge", "review"]


class TestJudging:
    pytestmark = needs_model

    def test_a_merge_survives_coding_again_and_reconciling(self, desk: Path, said: Said) -> None:
        events = lines(said("events", desk, "--json")[1])
        one, two = fall(said, desk)["id"], next(e["id"] for e in events if e["place"]["name"] == "Herat")
        status, out, _ = said("merge", desk, one[:9], two[:9], "--by", "Mina", "--reason", "to try it", "--json")
        assert status == 0
        decided = json.loads(out)
        jsonschema.validate(decided, json.loads(said("schema", "merge")[1]))
        (merged,) = decided["events"]
        claims = {claim for e in events if e["id"] in (one, two) for claim in e["claims"]}
        assert set(merged["claims"]) == claims
        gone = two if merged["id"] == one else one
        status, _, err = said("show", desk, gone[:9])
        assert (status, "its oldest claim is now part of" in err) == (0, True)
        assert said("code", "--desk", desk, "--workers", "1", "--rules-only")[0] == 0
        assert said("reconcile", desk)[0] == 0
        again = json.loads(said("show", desk, merged["id"], "--json")[1])
        assert set(again["claims"]) >= claims & {
            c for e in lines(said("events", desk, "--json")[1]) for c in e["claims"]
        }
        assert "merge by Mina" in said("show", desk, merged["id"])[1]

    def test_claims_split_off_stay_apart(self, desk: Path, said: Said) -> None:
        event = fall(said, desk)
        ministry = [one["id"] for one in lines(said("claims", desk, event["id"], "--json")[1])
                    if one["outlet"] == "Ministry of Defence"]  # fmt: skip
        status, out, _ = said("split", desk, event["id"], *ministry, "--by", "Mina", "--json")
        assert status == 0
        parts = {frozenset(e["claims"]) for e in json.loads(out)["events"]}
        assert any(part >= set(ministry) and not part & (set(event["claims"]) - set(ministry)) for part in parts)
        said("reconcile", desk)
        after = {frozenset(e["claims"]) for e in lines(said("events", desk, "--json")[1])}
        assert parts <= after

    def test_a_claim_judged_wrong_counts_no_more(self, desk: Path, said: Said) -> None:
        (doctor,) = lines(said("query", desk, "bomb", "--source", "doctor", "--json")[1])
        status, out, err = said("judge", desk, doctor["id"][:9], "wrong", "--by", "Mina", "--reason", "a rumour")
        assert status == 0
        assert "Herat" in out
        assert "is kept: wrong" in err
        (event,) = lines(said("events", desk, "--place", "Herat", "--json")[1])
        assert doctor["id"] not in event["claims"]
        said("judge", desk, doctor["id"], "right", "--by", "Mina")
        (event,) = lines(said("events", desk, "--place", "Herat", "--json")[1])
        assert doctor["id"] in event["claims"]
        said("judge", desk, doctor["id"], "wrong", "--field", "killed", "--value", "13", "--by", "Mina")
        (event,) = lines(said("events", desk, "--place", "Herat", "--json")[1])
        assert doctor["id"] in event["claims"]
        assert "wrong by Mina: killed of" in said("show", desk, event["id"])[1]
        log = lines(said("log", desk, "--json")[1])
        assert [one["detail"]["verdict"] for one in log if one["what"] == "judge"] == ["wrong", "right", "wrong"]

    def test_review_asks_once_and_goes_on_where_it_stopped(self, desk: Path, said: Said) -> None:
        disputed = lines(said("events", desk, "--standing", "disputed", "--json")[1])
        assert len(disputed) >= 2
        status, out, err = said("review", desk, "--by", "Mina", typed="note look again\nbogus\nwrong 99\nunsure\nq\n")
        assert status == 0
        assert f"{len(disputed)} events to review by Mina" in err
        assert "'bogus' is no answer" in err
        assert "99: no claim of this event has that number" in err
        assert out.count("═" * 40) >= 2
        assert f"1 judgement kept; {len(disputed) - 1} event" in err
        err = said("review", desk, "--by", "Mina", typed="")[2]
        assert f"{len(disputed) - 1} event" in err.splitlines()[0]
        err = said("review", desk, "--by", "Noor", typed="")[2]
        assert f"{len(disputed)} event" in err.splitlines()[0]
        out = said("review", desk, "--by", "Mina", "--json", typed="u\n" * len(disputed))[1]
        assert [next(iter(one)) for one in lines(out)] == ["event", "judgement"] * (len(disputed) - 1)
        assert "nothing is left to review by Mina" in said("review", desk, "--by", "Mina", typed="u\n")[2]

    def test_review_of_single_claims_takes_effect(self, desk: Path, said: Said) -> None:
        err = said("review", desk, "--by", "Mina", "--place", "Herat", typed="wrong 1\n\n")[2]
        assert "kept: wrong, 1 claim" in err
        assert "nothing changed" not in err
        assert "nothing is left" in said("review", desk, "--by", "Mina", "--place", "Herat", typed="")[2]

    def test_review_may_be_interrupted(self, desk: Path) -> None:
        command = [sys.executable, "-m", "dateline", "review", str(desk), "--by", "Mina"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stderr is not None
            process.stdin.write("u\n")
            process.stdin.flush()
            for line in process.stderr:
                if "kept: unsure" in line:
                    break
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
            assert process.wait(timeout=60) == 130
        assert "1 judgement kept. To go on: dateline review" in rest
        with open_desk(desk, read_only=True) as held:
            assert [one.verdict for one in held.store.judgements()] == ["unsure"]


class TestLookingBack:
    pytestmark = needs_model

    def test_runs_and_how_they_differ(self, desk: Path, said: Said) -> None:
        (first,) = lines(said("runs", desk, "--json")[1])
        assert said("code", "--desk", desk, "--workers", "1", "--rules-only")[0] == 0
        _, second = lines(said("runs", desk, "--json")[1])
        ids = first["run"]["id"], second["run"]["id"]
        assert second["current"]
        status, out, err = said("diff", desk, *ids, "--json")
        assert status == 0
        found = lines(out)
        assert {one["kind"] for one in found} <= {"added", "gone", "changed"}
        assert f"{len(found)} claim" in err
        assert ("changed in: " in err) == any(one["fields"] for one in found)
        full = said("diff", desk, ids[0][:6], ids[1][:6], "--full")[1]
        assert full.count(" → ") >= sum(len(one["fields"]) for one in found)
        assert said("diff", desk, ids[0], ids[0])[1:] == ("", "dateline: the claims of the two runs are the same\n")
        assert "the desk speaks by it" in said("runs", desk)[1]
        assert [line.split()[3] for line in said("log", desk)[1].splitlines() if line[:4].isdecimal()][:3] == [
            "add", "code", "reconcile",
        ]  # fmt: skip

    def test_exports_go_to_files_and_to_standard_output(self, coded: Path, tmp_path: Path, said: Said) -> None:
        status, out, err = said("export", coded)
        assert (status, out.startswith("events-csv")) == (0, True)
        status, out, err = said("export", coded, "events-csv")
        events = lines(said("events", coded, "--json")[1])
        assert {row["event_id"] for row in csv.DictReader(io.StringIO(out))} == {one["id"] for one in events}
        assert f"{len(events)} events to standard output" in err
        file = tmp_path / "out.csv"
        assert said("export", coded, "events-csv", "-o", file, "--quiet") == (0, "", "")
        assert file.read_text("utf-8") == out.replace("\r\n", "\n")
        written = json.loads(said("export", coded, "claims-csv", "-o", file, "--json", "--quiet")[1])
        assert written["rows"] == {"claims": sum(len(one["claims"]) for one in events)}
        assert said("export", coded, "events-csv", "--names", "--name", "A B")[0] == 2
        assert said("export", coded, "events-csv", "-o", tmp_path / "out.csv" / "x")[0] == 2

    def test_the_python_interface_exports_too(self, coded: Path) -> None:
        one, two = io.BytesIO(), io.BytesIO()
        with open_desk(coded, read_only=True) as desk:
            desk.export("events-jsonl", one)
            desk.export("events-jsonl", two)
            assert len(one.getvalue().splitlines()) == len(desk.events())
        assert one.getvalue() == two.getvalue()


class TestDrawing:
    """What needs no desk."""

    def test_days_are_short(self) -> None:
        assert days("2021-08-06", "2021-08-06") == "2021-08-06"
        assert days("2021-08-06", "2021-08-09") == "2021-08-06/09"
        assert days("2021-07-30", "2021-08-02") == "2021-07-30/08-02"
        assert days("2020-12-30", "2021-01-02") == "2020-12-30/2021-01-02"
        assert days("2021-08-06", None) == "2021-08-06/.."
        assert days(None, "2021-08-06") == "../2021-08-06"

    def test_tolls_tell_what_is_not_given(self) -> None:
        assert toll((12, 12, 12)) == "12"
        assert toll((12, 20, 30)) == "12/20/30"
        assert toll((None, None, 30)) == "?/?/30"
        assert toll((None, None, None)) == ""

    def test_words_are_marked_by_their_stem(self) -> None:
        def shown(words: str, *sought: Sought) -> str:
            return marked(words, sought, Look()).plain

        assert shown("The city was captured by capturing forces", Sought(("capture",))) == (
            "The city was *captured* by *capturing* forces"
        )
        assert shown("bombs bombed bombing bomber combing", Sought(("bomb",))) == (
            "*bombs* *bombed* *bombing* *bomber* combing"
        )
        assert shown("the car bomb, a bomb car", Sought(("car", "bomb"))) == "the *car bomb*, a bomb car"
        assert shown("Herat, Herati", Sought(("hera",), prefix=True)) == "*Herat*, *Herati*"
        assert shown("The man and the many", Sought(("man",))) == "The *man* and the many"

    @pytest.mark.parametrize(
        ("side", "home", "expected"),
        [
            ("Afghan government", "AF", GOVERNMENT), ("Afghan police", "AF", GOVERNMENT), ("AF:state-force", "AF",
             GOVERNMENT), ("taliban", "AF", "Taliban"), ("Taliban", "AF", "Taliban"), ("Iranian government", "AF",
             "Iranian government"), ("United Nations", "AF", OTHERS), ("", "AF", OTHERS), ("a baker", "AF", OTHERS),
        ],
    )  # fmt: skip
    def test_voices_stand_on_sides(self, side: str, home: str, expected: str) -> None:
        assert side_of(Voice("k", "n", "person", "", side, (), (), ()), home) == expected

    def test_lines_are_folded_only_to_a_width_that_somebody_gave(self) -> None:
        def lines_of() -> Iterator[EventLine]:
            yield EventLine("0123456789abcdef", "Fighting, Herat: " + "Very long name " * 20, "Herat", "", "2021-08-01",
                            "2021-08-01", "denied", "agreed", 2, 1, 3, (1, None, 4))  # fmt: skip

        folded = "".join(EventList(Look(80)).lines(lines_of()))
        assert max(map(len, folded.splitlines())) <= 80
        assert folded.count("Very long name") + folded.count("Very\n") >= 1
        piped = "".join(EventList(Look(80), fold=False).lines(lines_of()))
        assert len(piped.splitlines()) == 2
        assert "DENIED Fighting: Very long name" in piped
        assert "1/?/4" in piped

    def test_differences_are_named_by_their_path(self) -> None:
        before = {"name": "a", "spans": [{"start": 1}, {"start": 2}], "same": 1}
        after = {"name": "b", "spans": [{"start": 1}, {"start": 3}], "same": 1}
        assert differences(before, after) == [("name", "a", "b"), ("spans.2.start", 2, 3)]
        assert differences([1], [1, 2]) == [("", [1], [1, 2])]
