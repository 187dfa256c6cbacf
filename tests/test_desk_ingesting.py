"""Reports taken into a desk and coded there, on SQLite and on PostgreSQL: once each, whatever interrupts it."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import dateline
from benchmarks import kill
from dateline.cli import run
from dateline.desk import Desk, coding, ingesting, open_desk
from dateline.records import DeskError, Report, UsageError
from dateline.store import ClaimFilter
from dateline.store.schema import claims

needs_model = [pytest.mark.model, pytest.mark.gazetteer]
CITY = "Taliban fighters seized the city of Zaranj on Friday, the governor said.\n\nThe army withdrew to the airport.\n"
DENIAL = "The ministry of defence denied on Saturday that Zaranj had fallen to the Taliban.\n"
FRENCH = "Les talibans ont pris vendredi la ville de Zarandj, a déclaré le gouverneur de la province à la presse.\n"


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    with dateline.open(place, create=True) as made:
        yield made


def kept(desk: Desk) -> list[object]:
    """Return the rows of all claims, of whatever run, without their JSON."""
    return [tuple(row) for row in desk.store.rows(select(claims.c.seq, claims.c.id, claims.c.run_id))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    (made / "deep").mkdir(parents=True)
    (made / "city.txt").write_text(CITY, "utf-8")
    (made / "deep" / "denial.md").write_text(DENIAL, "utf-8")
    (made / "french.txt").write_text(FRENCH, "utf-8")
    (made / "table.csv").write_text("text,outlet,date\n" + "".join(
        f'"A roadside bomb killed {n} policemen in Herat on Monday.",Outlet {n},2021-08-{n:02}\n' for n in range(2, 7)
    ), "utf-8")  # fmt: skip
    (made / "photo.jpeg").write_bytes(b"\xff\xd8\xff")
    return made


def test_reports_and_the_bytes_of_their_files_are_kept(desk: Desk, folder: Path) -> None:
    done = desk.add(folder, outlet="A Wire", known="published")
    assert (done.files, done.new, done.known, done.failures) == (4, 8, 0, [])
    assert [Path(path).name for path in done.passed_over] == ["photo.jpeg"]
    rows = list(desk.store.reports())
    assert {row.outlet for row in rows} == {"A Wire"}
    for row in rows:
        file = Path(row.path.partition("#")[0])
        kept = desk.store.original(row.original or "")
        assert kept is not None
        assert kept.data == file.read_bytes()
    known = {row.known_at for row in rows if row.published == "2021-08-02"}
    assert known == {"2021-08-02T00:00:00.000000Z"}
    assert {row.known_by for row in rows if not row.published} == {"added"}
    assert {row.known_at == row.added_at for row in rows if not row.published} == {True}


def test_adding_again_adds_nothing(desk: Desk, folder: Path) -> None:
    desk.add([folder, folder / "city.txt"])
    before = list(desk.store.reports())
    (folder / "same.txt").write_text(CITY, "utf-8")
    done = desk.add(folder)
    assert (done.new, done.known) == (0, 9)
    assert list(desk.store.reports()) == before


def test_standard_input_is_kept_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CITY.encode())))
    assert desk.add("-").new == 1
    row = next(desk.store.reports())
    kept = desk.store.original(row.original or "")
    assert kept is not None
    assert kept.data == CITY.encode()


def test_a_file_too_large_to_keep_says_so(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "ORIGINAL_LIMIT", 50)
    assert desk.add(folder / "city.txt").new == 1
    kept = desk.store.original(next(desk.store.originals()))
    assert kept is not None
    assert kept.data is None
    assert kept.why_not_kept
    monkeypatch.undo()
    desk.add(folder / "city.txt")
    kept = desk.store.original(next(desk.store.originals()))
    assert kept is not None
    assert kept.data == CITY.encode()


def test_what_cannot_be_read_is_told_kept_in_mind_and_forgotten_when_mended(desk: Desk, folder: Path) -> None:
    (folder / "empty.txt").write_text("", "utf-8")
    lines = [json.dumps({"text": CITY}), '{"text": "cut', json.dumps({"text": DENIAL})]
    (folder / "lines.jsonl").write_text("\n".join(lines), "utf-8")
    for _ in range(2):
        done = desk.add([folder, folder / "none"])
        assert len(done.failures) == 3
        assert {one.path for one in desk.store.failures(stage="read")} == {one.path for one in done.failures}
        assert desk.store.counts().failures_read == 3
    (folder / "empty.txt").write_text("Shelling was heard in Herat.", "utf-8")
    (folder / "none").mkdir()
    (folder / "none" / "a.txt").write_text("Shelling was heard in Kunduz.", "utf-8")
    assert [one.path for one in desk.add([folder, folder / "none"]).failures] == [f"{folder}/lines.jsonl#2"]
    assert [one.path for one in desk.store.failures()] == [f"{folder}/lines.jsonl#2"]
    assert len(list(desk.store.failures(resolved=True))) == 3


def test_wrong_options_do_nothing(desk: Desk, folder: Path) -> None:
    with pytest.raises(UsageError):
        desk.add(folder, known="yesterday")
    with pytest.raises(UsageError):
        desk.add(folder, published="the other day")
    assert desk.store.counts().reports == 0


class TestCoding:
    pytestmark = needs_model

    def test_what_is_new_is_coded_and_unchanged_settings_change_nothing(self, desk: Desk, folder: Path) -> None:
        desk.add(folder)
        done = desk.code(workers=2)
        assert (done.reports, done.kept, done.failures) == (7, 1, [])
        assert done.claims == desk.store.count_claims() > 0
        filed, coded = list(desk.store.filed()), kept(desk)
        again = desk.code(workers=1)
        assert (again.run, again.reports, again.kept, again.claims, again.before) == (done.run, 0, 0, 0, 8)
        assert list(desk.store.filed()) == filed
        assert kept(desk) == coded
        (folder / "more.txt").write_text("Two soldiers were killed in Kunduz on Sunday, police said.", "utf-8")
        desk.add(folder)
        assert (desk.code(workers=1).reports, desk.code().reports) == (1, 0)
        assert list(desk.store.filed())[: len(filed)] == filed
        assert [check for check in desk.examine() if check.wrong] == []

    def test_a_coded_report_is_what_code_prints(self, desk: Desk, folder: Path) -> None:
        desk.add(folder / "city.txt")
        desk.code(workers=1)
        printed = dateline.code(folder / "city.txt")
        assert [one.claim for one in desk.store.filed()] == list(printed.claims)
        row = next(desk.store.reports())
        kept = desk.store.coding(row.id)
        assert kept is not None
        assert kept.debris == printed.dossier.all(dateline.records.Debris)
        assert kept.claims == row.claims == len(printed.claims)
        for one in desk.store.filed():
            for span in one.claim.evidence.spans:
                assert " ".join(span.of(CITY).split()) in one.words

    def test_other_settings_make_another_run_and_the_old_one_stays(self, desk: Desk, folder: Path) -> None:
        desk.add(folder)
        first = desk.code(workers=1)
        filed = list(desk.store.filed())
        second = desk.code(workers=1, trained=False)
        assert second.run != first.run
        assert second.reports == first.reports
        assert list(desk.store.filed(ClaimFilter(run=first.run))) == filed
        assert [one.run.id for one in desk.status().runs if one.current] == [second.run]
        desk.code(workers=1)
        assert list(desk.store.filed()) == filed
        assert [one.run.id for one in desk.status().runs if one.current] == [first.run]
        assert [check for check in desk.examine() if check.wrong] == []

    def test_one_bad_report_stops_nothing_and_is_tried_again(
        self, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.add(folder)
        monkeypatch.setattr(coding, "work", _failing)
        done = desk.code(workers=2)
        assert len(done.failures) == 1
        assert done.reports == 6
        monkeypatch.undo()
        assert [one.problem for one in desk.store.failures(stage="code")] == ["it broke"]
        again = desk.code(workers=1)
        assert (again.reports, again.failed_before) == (0, 1)
        tried = desk.code(workers=1, retry=True)
        assert (tried.reports, tried.failed_before, tried.failures) == (1, 0, [])
        assert desk.store.counts().failures_code == 0
        assert [check for check in desk.examine() if check.wrong] == []

    def test_a_report_that_kills_its_workers_is_a_failure_of_its_own(
        self, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.add(folder)
        monkeypatch.setattr(coding, "work", _deadly)
        done = desk.code(workers=2)
        assert [one.path for one in done.failures] == [str(folder / "city.txt")]
        assert done.failures[0].remedy.endswith("code --retry")
        assert done.reports == 6

    def test_one_codes_while_another_asks(self, desk: Desk, place: str, folder: Path) -> None:
        for number in range(30):
            (folder / f"{number}.txt").write_text(f"{CITY}\nIt was day {number} of the siege of the town.\n", "utf-8")
        desk.add(folder)
        coder = multiprocessing.get_context("fork").Process(target=_code, args=(place,))
        coder.start()
        asked, seen = 0, []
        while coder.is_alive():
            with open_desk(place, read_only=True) as reader:
                with reader.store.snapshot():
                    rows = len(list(reader.store.filed()))
                    assert rows == reader.store.count_claims()
                list(reader.store.search("Zaranj"))
                reader.status()
            asked += 1
            seen.append(rows)
        coder.join()
        assert coder.exitcode == 0
        assert asked  # how often hangs on the machine
        assert seen == sorted(seen)
        assert desk.store.counts().claims == len(list(desk.store.filed())) > max(seen[0], 30)

    @pytest.mark.slow
    def test_kills_lose_nothing_and_double_nothing(self, tmp_path: Path) -> None:
        from dateline.assembly import load_pipeline

        load_pipeline("", (), True)
        tally = kill.kill(tmp_path, 6, seed=1, files=40, rows=200, whole=8, tell=lambda _: None)
        assert (tally.adding, tally.coding) == (3, 3)
        assert tally.wrong == []


def _failing(how: coding.Settings, report: Report) -> coding.Made:
    if report.path.endswith("city.txt"):
        return coding.Made(problem="it broke", remedy="Mend it")
    return _work(how, report)


def _deadly(how: coding.Settings, report: Report) -> coding.Made:
    if report.path.endswith("city.txt"):
        os.kill(os.getpid(), signal.SIGKILL)
    return _work(how, report)


_work = coding.work


def _code(place: str) -> None:
    with open_desk(place) as desk:
        desk.code(workers=2)


def test_the_verbs_of_a_desk(
    tmp_path: Path, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (folder / "empty.txt").write_text("", "utf-8")

    def said(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        told = capfd.readouterr()
        return status, told.out, told.err

    assert said("init", "my.desk") == (0, "", "dateline: my.desk is made. Next: dateline add my.desk PATH...\n")
    assert said("init", "my.desk", "--json") == (0, '{"desk":"my.desk","made":false}\n', "")
    status, out, _ = said("status", "my.desk")
    assert status == 0
    assert "none yet" in out
    assert "next: dateline add my.desk PATH..." in out
    status, out, err = said("add", "my.desk", "reports", "--country", "AF")
    assert (status, out) == (3, "")
    assert "reports/empty.txt: the file is empty." in err
    assert "8 new reports from 5 files" in err
    status, out, _ = said("add", "my.desk", "reports", "--json", "--quiet")
    assert status == 3
    assert {key: json.loads(out)[key] for key in ("new", "known", "files")} == {"new": 0, "known": 8, "files": 5}
    status, out, _ = said("status", "my.desk")
    assert "1 input could not be read:\n- reports/empty.txt: the file is empty." in out
    assert "next: dateline code --desk my.desk" in out
    assert said("doctor", "my.desk")[0] == 0
    assert json.loads(said("doctor", "my.desk", "--json")[1])["whole"] is True
    assert json.loads(said("status", "my.desk", "--json")[1])["counts"]["reports"] == 8
    assert said("code", "reports", "--desk", "my.desk")[0] == 2
    assert said("code", "--retry", "reports")[0] == 2
    for words in (("add", "none.desk", "reports"), ("status", "none.desk"), ("code", "--desk", "none.desk")):
        status, out, err = said(*words)
        assert (status, out) == (2, "")
        assert "dateline init" in err
    assert not (tmp_path / "none.desk").exists()


def test_a_desk_that_cannot_be_written_says_so(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "shut.desk"
    open_desk(place, create=True).close()
    with open_desk(place, read_only=True) as desk:
        with pytest.raises(DeskError, match="read-only"):
            desk.add(folder)
        assert desk.status().counts.reports == 0


def test_a_password_is_not_repeated(postgresql: str, capfd: pytest.CaptureFixture[str]) -> None:
    from psycopg import connect
    from sqlalchemy.engine import make_url

    name = f"dateline_test_{os.getpid()}"
    with connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = make_url(postgresql).set(database=name, password="hush").render_as_string(hide_password=False)
    for words in (("init", url), ("init", url, "--json"), ("status", url), ("doctor", url), ("add", url, "none")):
        run(list(words))
    told = capfd.readouterr()
    assert name in told.out + told.err
    assert "hush" not in told.out + told.err
