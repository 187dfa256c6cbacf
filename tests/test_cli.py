"""The command line: exit statuses, pure data on standard output, the same bytes however it is run."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

import dateline
from dateline.cli import run
from dateline.cli.app import app, command
from dateline.exporting.coded import schema
from dateline.exporting.table import COLUMNS
from dateline.records import Report

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[1]
REPORT = """Rebels take border town, monitors say

KASSALA, 12 March 2023 (Plainview News) - Rebels attacked an army base near Kassala in eastern Sudan on
Friday, killing at least 12 soldiers, the army said in a statement. A rebel spokesman denied that his
fighters had attacked the base.

"Our troops repelled the attack," General Omar Salih told reporters on Saturday. Residents said the shelling
wounded three children. The army plans to send reinforcements to Kassala next week.
"""
DIARY = """Two buses were burned in Cali, Colombia, on 3 May 2021. Police arrested four protesters,
a councillor said.

Protesters blocked the road to the port of Buenaventura on Tuesday, the governor said.
"""


@pytest.fixture
def dl(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process; return exit status, standard output and standard error."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        status = run([str(one) for one in arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "kassala.txt"
    file.write_text(REPORT, "utf-8")
    return file


@pytest.fixture
def several(tmp_path: Path, report: Path) -> Path:
    """A folder: two reports, an empty file between them, a French one, and a picture."""
    (tmp_path / "cali.txt").write_text(DIARY, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "notes.md").write_text("# Le marché de Goma\n\n" + "Des tirs ont retenti hier soir dans la ville. " * 9)
    (tmp_path / "photo.gif").write_bytes(b"GIF89a" + bytes(200))
    return tmp_path


def started(*arguments: str | Path, **given: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    words = [sys.executable, "-m", "dateline", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, timeout=300, **given)  # type: ignore[call-overload, no-any-return]


# --- usage


def test_help_names_every_verb_and_loads_no_model() -> None:
    shown = CliRunner().invoke(app, ["--help"])
    assert shown.exit_code == 0
    for verb in ("code", "schema", "places", "explain", "doctor", "gazetteer"):
        assert verb in shown.output
    program = (
        "import sys, dateline.cli; dateline.cli.run(['code', '--help']);"
        " print([m for m in ('spacy', 'numpy', 'trafilatura', 'dateline.assembly') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version(dl: Run) -> None:
    assert dl("--version") == (0, f"dateline {dateline.__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code", "--nonsense"], "No such option"),
        (["code", "x.txt", "--json", "--csv"], "exclude each other"),
        (["code", "x.txt", "--published", "some day"], "is not a day"),
        (["code", "x.txt", "--country", "Sudan"], "code of two letters"),
        (["code", "x.txt", "--language", "English!"], "ISO 639-1"),
        (["code", "x.txt", "--map", "text"], "FIELD=COLUMN"),
        (["code", "x.txt", "--map", "colour=blue"], "no field colour"),
        (["code", "x.txt", "--places", "absent.csv"], "no such file"),
        (["code", "x.txt", "--workers", "0"], "workers"),
        (["code", "x.txt", "--workers", "many"], "workers"),
        (["explain", "x.txt"], "CLAIM"),
        (["sing"], "No such command"),
        (["gazetteer", "burn"], "No such command"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(dl: Run, arguments: list[str], words: str) -> None:
    status, out, err = dl(*arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_debug_shows_the_traceback_wherever_it_stands(dl: Run) -> None:
    for arguments in (["--debug", "code", "x", "--map", "a"], ["code", "x", "--map", "a", "--debug"]):
        status, _, err = dl(*arguments)
        assert status == 2
        assert "Traceback" in err


def test_a_terminal_without_a_path_is_told_what_to_give(dl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    status, out, err = dl("code")
    assert (status, out) == (2, "")
    assert "pipe a report in" in err


# --- what cannot be read


def test_a_missing_file_is_told_with_its_remedy(dl: Run, tmp_path: Path) -> None:
    status, out, err = dl("code", tmp_path / "absent.txt")
    assert (status, out) == (3, "")
    assert err.count("absent.txt") == 1, "one input is told once"
    assert "Check the name" in err


def test_nothing_to_code(dl: Run, tmp_path: Path) -> None:
    (tmp_path / "photo.gif").write_bytes(b"GIF89a" + bytes(200))
    status, out, err = dl("code", tmp_path)
    assert (status, out) == (3, "")
    assert "photo.gif" in err
    assert "nothing to code" in err


@pytest.mark.model
@pytest.mark.gazetteer
def test_one_bad_file_stops_nothing(dl: Run, several: Path) -> None:
    status, out, err = dl("code", several, "--json")
    assert status == 3
    paths = [Path(json.loads(line)["report"]["path"]).name for line in out.splitlines()]
    assert paths == ["cali.txt", "kassala.txt", "notes.md"]
    assert err.count("empty.txt") == 2, "at once, and again in the list at the end"
    assert err.rstrip().splitlines()[-1].startswith("- ")
    assert "3 reports coded" in err
    assert "photo.gif" in err


@pytest.mark.model
@pytest.mark.gazetteer
def test_quiet_tells_failures_and_nothing_else(dl: Run, several: Path) -> None:
    status, _, err = dl("code", several, "--json", "--quiet")
    assert status == 3
    assert "coded" not in err
    assert "empty.txt" in err


@pytest.mark.model
@pytest.mark.gazetteer
def test_a_report_that_breaks_a_stage_is_a_failure_of_its_own(
    dl: Run, several: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.pipeline import Pipeline

    whole = Pipeline.run

    def broken(self: Pipeline, report: Report) -> object:
        if "Cali" in report.text:
            raise KeyError("nothing here")
        return whole(self, report)

    monkeypatch.setattr(Pipeline, "run", broken)
    status, out, err = dl("code", several, "--json")
    assert status == 3
    assert len(out.splitlines()) == 2
    assert "cali.txt: its coding stopped with an error (KeyError" in err
    assert "Traceback" not in err


# --- the data


def test_schema_is_a_schema(dl: Run) -> None:
    status, out, err = dl("schema")
    assert (status, err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(json.loads(out))
    assert json.loads(out) == schema()


@pytest.mark.model
@pytest.mark.gazetteer
def test_json_keeps_to_the_schema_and_to_the_text(dl: Run, several: Path) -> None:
    _, out, _ = dl("code", several, "--json", "--outlet", "Plainview News", "--country", "SD")
    validator = jsonschema.Draft202012Validator(schema())
    claims = 0
    for line in out.splitlines():
        coded = json.loads(line)
        validator.validate(coded)
        text = coded["report"]["text"]
        assert coded["report"]["outlet"] == "Plainview News"
        for words in _words(coded):
            assert text[words["start"] : words["end"]] == words["text"]
        claims += len(coded["claims"])
        assert coded["report"]["language"] == "en" or (not coded["claims"] and coded["flags"])
    assert claims >= 6


def _words(value: object) -> list[dict[str, object]]:
    """Return every object below `value` that has words with offsets of their own."""
    if isinstance(value, list):
        return [found for one in value for found in _words(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() and isinstance(value["start"], int) else []
    return own + [found for one in value.values() for found in _words(one)]


@pytest.mark.model
@pytest.mark.gazetteer
def test_csv_says_what_the_json_says(dl: Run, several: Path) -> None:
    _, as_json, _ = dl("code", several, "--json")
    _, as_csv, _ = dl("code", several, "--csv")
    assert as_csv.count("\r\n") == len(list(csv.reader(io.StringIO(as_csv, newline=""))))
    rows = list(csv.DictReader(io.StringIO(as_csv, newline="")))
    claims = [claim for line in as_json.splitlines() for claim in json.loads(line)["claims"]]
    assert list(rows[0]) == list(COLUMNS)
    assert [row["claim_id"] for row in rows] == [claim["id"] for claim in claims]
    for row, claim in zip(rows, claims, strict=True):
        assert row["status"] == claim["status"]
        assert row["plover"] == (claim["event"]["plover"] or "")
        assert row["trigger"] == claim["event"]["trigger"]["text"]
        assert row["evidence"] == " [...] ".join(words["text"] for words in claim["evidence"])
        actors = [one["name"] for one in claim["participants"] if one["role"] == "actor"]
        assert row["actors"].split(";") == (actors or [""])
        assert len(row["actors"].split(";")) == len(row["actor_ids"].split(";"))
        assert row["place"] == (claim["place"] or {"name": ""})["name"]
        assert row["lat"] == "" or float(row["lat"]) == claim["place"]["lat"]
        assert row["low"].split(";") == ([_number(q["low"]) for q in claim["quantities"]] or [""])
        assert row["sources"].split(";") == [source["name"] for source in claim["attribution"]]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


@pytest.mark.model
@pytest.mark.gazetteer
def test_csv_without_claims_is_its_header(dl: Run, tmp_path: Path) -> None:
    file = tmp_path / "calm.txt"
    file.write_text("The museum in the old harbour opens at nine and closes at five.\n")
    status, out, _ = dl("code", file, "--csv")
    assert status == 0
    assert out == ",".join(COLUMNS) + "\r\n"


@pytest.mark.model
@pytest.mark.gazetteer
def test_the_sheet_shows_who_says_what(dl: Run, report: Path) -> None:
    status, out, err = dl("code", report, "--rules")
    assert (status, err) == (0, "")
    assert "Rebels take border town" in out
    assert re.search(r"who +.*→", out)
    assert "12 or more" in out
    assert "PLANNED" in out
    assert "Omar Salih, General" in out
    assert "channel: " in out
    assert "rule " in out
    assert "\x1b" not in out, "no colour where the output is no terminal"


# --- standard input


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("arguments", [["code", "-", "--json"], ["code", "--json"]])
def test_standard_input(arguments: list[str], report: Path, dl: Run) -> None:
    done = started(*arguments, input=REPORT.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    coded = json.loads(done.stdout)
    assert coded["report"]["path"] == "-"
    _, out, _ = dl("code", report, "--json")
    assert coded["claims"] == json.loads(out)["claims"]


# --- the same bytes


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("shape", ["--json", "--csv", "--rules"])
def test_two_runs_and_two_workers_give_the_same_bytes(several: Path, shape: str) -> None:
    for number in range(6):
        (several / f"more{number}.txt").write_text(REPORT.replace("Friday", "Monday" if number % 2 else "Sunday"))
    workers = ("1", "1", "2") if shape == "--json" else ("1", "2")
    runs = [started("code", several, shape, "--workers", number) for number in workers]
    assert {one.returncode for one in runs} == {3}
    assert runs[0].stdout
    assert len({one.stdout for one in runs}) == 1
    assert len({one.stderr for one in runs}) == 1


# --- interruptions


@pytest.fixture
def many(tmp_path: Path) -> Path:
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps({"text": f"{REPORT}\nNote {n}."}) + "\n" for n in range(400)))
    return file


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interruption_leaves_whole_lines(many: Path, number: int, status: int, workers: str) -> None:
    words = [sys.executable, "-m", "dateline", "code", str(many), "--json", "--workers", workers]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        begun = process.stdout.read(1)
        process.send_signal(number)
        rest, err = process.communicate(timeout=60)
    assert process.returncode == status
    lines = (begun + rest).split(b"\n")
    assert lines[-1] == b"", "the last line is whole"
    assert 1 <= len(lines) - 1 < 400
    assert all(json.loads(line)["report"] for line in lines[:-1])
    assert b"Traceback" not in err


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_error(many: Path) -> None:
    words = [sys.executable, "-m", "dateline", "code", str(many), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""


# --- the other verbs


@pytest.mark.model
@pytest.mark.gazetteer
def test_explain_takes_a_number_an_id_or_its_beginning(dl: Run, report: Path) -> None:
    _, out, _ = dl("code", report, "--json")
    claim = json.loads(out)["claims"][0]
    answers = [dl("explain", report, word) for word in ("1", claim["id"], claim["id"][:6])]
    assert answers[0] == answers[1] == answers[2]
    status, shown, err = answers[0]
    assert (status, err) == (0, "")
    trigger = claim["event"]["trigger"]
    assert f"“{trigger['text']}” line 1, {trigger['start']}-{trigger['end']}" in shown
    assert claim["event"]["sense"] in shown
    assert claim["id"] in shown
    for section in ("WHAT", "WHO", "WHERE", "WHEN", "SAID BY", "SYNTAX"):
        assert f"\n{section}" in shown


@pytest.mark.model
@pytest.mark.gazetteer
def test_explain_says_which_claims_there_are(dl: Run, report: Path, tmp_path: Path) -> None:
    for word in ("999", "0", "ffffffffffffffff", "ab"):
        status, out, err = dl("explain", report, word)
        assert (status, out) == (2, "")
        assert word in err
    status, _, err = dl("explain", tmp_path / "absent.txt", "1")
    assert status == 3
    assert "absent.txt" in err


@pytest.mark.gazetteer
def test_places_gives_candidates_and_reasons(dl: Run) -> None:
    status, out, _ = dl("places", "Tripoli", "--json")
    assert status == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert {one["country"] for one in found} >= {"LY", "LB"}
    assert all(one["reason"] for one in found)
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    status, out, _ = dl("places", "Tripoli", "--country", "LB", "--json")
    assert json.loads(out.splitlines()[0])["country"] == "LB"


@pytest.mark.gazetteer
def test_places_without_an_answer(dl: Run) -> None:
    status, out, err = dl("places", "Xqzzyvrk")
    assert (status, out) == (3, "")
    assert "--country" in err
    status, _, err = dl("places", "Tripoli", "--country", "QQ")
    assert status == 2
    assert "QQ" in err


@pytest.mark.model
@pytest.mark.gazetteer
def test_doctor_finds_nothing_missing(dl: Run) -> None:
    status, out, _ = dl("doctor", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["takes"] == "md"
    assert found["gazetteer"]["rows"]["place"] > 100_000
    assert found["knowledge"]["counts"]["senses"] > 100
    assert any("coding" in stage for stage in found["stages"])
    status, out, _ = dl("doctor")
    assert status == 0
    assert found["knowledge"]["hash"] in out


@pytest.mark.slow
def test_a_missing_gazetteer_is_told_with_the_command_that_builds_it(report: Path, tmp_path: Path) -> None:
    nowhere = {**os.environ, "DATELINE_HOME": str(tmp_path / "nowhere")}
    for arguments in (["code", report], ["code", report, "--workers", "2"], ["doctor"], ["places", "Kunduz"]):
        done = started(*arguments, env=nowhere)
        assert done.returncode == 2
        assert b"dateline gazetteer build" in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr
    path = started("gazetteer", "path", env=nowhere)
    assert path.returncode == 0
    assert path.stdout.decode().startswith(str(tmp_path / "nowhere"))


@pytest.mark.gazetteer
def test_a_model_that_is_not_there(dl: Run, report: Path) -> None:
    status, out, err = dl("code", report, "--model", "absent_model")
    assert (status, out) == (2, "")
    assert "absent_model" in err
    assert len(err.strip().splitlines()) == 1


# --- the guide


def test_the_guide_names_every_verb_option_and_column() -> None:
    guide = (ROOT / "docs/guide.md").read_text("utf-8")
    root = command()
    for verb, one in _commands(root.commands):
        assert f"dateline {verb}" in guide
        for parameter in one.params:
            for option in (name for name in parameter.opts if name.startswith("--") and name != "--help"):
                assert f"`{option}" in guide or f" {option}" in guide, f"{verb} {option}"
    table = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", guide, re.MULTILINE))
    assert {name: table.get(name) for name in COLUMNS} == dict(COLUMNS)


def _commands(
    commands: dict[str, typer.core.TyperCommand], above: str = ""
) -> Sequence[tuple[str, typer.core.TyperCommand]]:
    found: list[tuple[str, typer.core.TyperCommand]] = []
    for name, one in commands.items():
        below = getattr(one, "commands", None)
        found += _commands(below, f"{name} ") if below else [(above + name, one)]
    return found
