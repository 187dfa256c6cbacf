"""The runner: contracts, spans, what is not English, stages of others, and the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

from dateline import assembly
from dateline.pipeline import Pipeline
from dateline.records import (
    Block,
    Claim,
    Contract,
    ContractError,
    Dossier,
    Evidence,
    Flag,
    Mention,
    Parse,
    Predication,
    Quotation,
    Record,
    Report,
    Span,
    Stage,
)

ROOT = Path(__file__).resolve().parent.parent
REPORT = Report("r", "The army left Gao.")


class Fixed:
    """A stage that always returns the same records."""

    def __init__(self, name: str, reads: Iterable[type], adds: Iterable[type], records: Iterable[Record] = ()) -> None:
        self.contract = Contract(name, frozenset(reads), frozenset(adds))
        self.records = tuple(records)

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        return self.records if dossier.report else ()


def block(start: int, end: int) -> Block:
    return Block(Span(start, end), "body", Evidence((), "test", "test"))


def test_what_a_stage_reads_must_be_added_before() -> None:
    with pytest.raises(ContractError, match="'second' reads Parse, which no stage before it adds"):
        Pipeline([Fixed("first", (), (Block,)), Fixed("second", (Block, Parse), (Mention,))])


def test_a_stage_cannot_read_what_it_adds_itself() -> None:
    with pytest.raises(ContractError, match="reads Block"):
        Pipeline([Fixed("only", (Block,), (Block,))])


def test_stages_that_fit_are_taken() -> None:
    made = Pipeline([Fixed("first", (), (Block,), [block(0, 5)]), Fixed("second", (Block,), (Flag,), [Flag("x", "y")])])
    dossier = made.run(REPORT)
    assert dossier.all(Block) == (block(0, 5),)
    assert dossier.all(Flag) == (Flag("x", "y"),)


def test_a_record_that_was_not_declared_is_an_error() -> None:
    with pytest.raises(ContractError, match="'first' added a Flag, which it does not declare"):
        Pipeline([Fixed("first", (), (Block,), [Flag("x", "y")])]).run(REPORT)


@pytest.mark.parametrize(("start", "end"), [(0, 19), (-1, 3), (5, 5), (6, 5), (100, 101)])
def test_a_span_outside_the_report_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ContractError, match="the report has 18 characters"):
        Pipeline([Fixed("first", (), (Block,), [block(start, end)])]).run(REPORT)


def test_a_span_of_evidence_is_checked_too() -> None:
    record = Block(Span(0, 3), "body", Evidence((Span(0, 99),), "test", "test"))
    with pytest.raises(ContractError, match="99"):
        Pipeline([Fixed("first", (), (Block,), [record])]).run(REPORT)


def test_a_span_of_a_flag_or_a_quotation_is_checked_too() -> None:
    evidence = Evidence((), "test", "test")
    for record in (Flag("x", "y", (Span(3, 40),)), Quotation(Span(0, 5), Span(1, 40), True, False, evidence)):
        with pytest.raises(ContractError, match="40"):
            Pipeline([Fixed("first", (), (Flag, Quotation), [record])]).run(REPORT)


def test_a_report_in_another_language_is_kept_and_not_coded() -> None:
    flag = Flag("language", "French")
    report = Report("r", "L'armée a quitté Gao.", language="fr", flags=(flag,))
    dossier = Pipeline([Fixed("first", (), (Block,), [block(0, 5)])]).run(report)
    assert dossier.report is report
    assert dossier.all(Flag) == (flag,)
    assert not dossier.all(Block)


def test_timed_gives_the_same_records_and_the_seconds() -> None:
    made = Pipeline([Fixed("first", (), (Block,), [block(0, 5)])])
    dossier, took = made.timed(REPORT)
    assert dossier == made.run(REPORT)
    assert list(took) == ["first"]
    assert took["first"] >= 0


# Stages of others -------------------------------------------------------------------------------------


class Counting:
    """A third party's stage: it flags how many claims there are."""

    contract = Contract("counting", frozenset({Claim, Predication}), frozenset({Flag}))

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        return [Flag("counted", f"{len(dossier.all(Claim))} claims")]


def counting(_: assembly.Resources) -> Stage:
    """What the entry point of a third party points to."""
    return Counting()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    real = metadata.entry_points(group=assembly.GROUP)
    mine = metadata.EntryPoint("80 counting", "tests.test_pipeline:counting", assembly.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [mine, *real])
    assembly.load_pipeline.cache_clear()
    yield
    assembly.load_pipeline.cache_clear()


@pytest.mark.model
@pytest.mark.gazetteer
def test_a_stage_of_another_package_is_run_in_its_place(installed: None) -> None:
    pipeline = assembly.load_pipeline()
    assert [stage.contract.name for stage in pipeline.stages][-2:] == ["claiming", "counting"]
    dossier = pipeline.run(Report("r", "Gunmen killed a judge in Kirkuk."))
    assert [f.message for f in dossier.all(Flag) if f.code == "counted"] == ["1 claims"]


@pytest.mark.model
@pytest.mark.gazetteer
def test_a_stage_in_the_wrong_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.entry_points(group=assembly.GROUP)
    mine = metadata.EntryPoint("15 counting", "tests.test_pipeline:counting", assembly.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [mine, *real])
    assembly.load_pipeline.cache_clear()
    try:
        with pytest.raises(ContractError, match="counting"):
            assembly.load_pipeline()
    finally:
        assembly.load_pipeline.cache_clear()


@pytest.mark.model
@pytest.mark.gazetteer
def test_the_built_in_stages_are_in_their_order() -> None:
    names = [stage.contract.name for stage in assembly.load_pipeline().stages]
    assert names == [
        "cleaning", "parsing", "naming", "referring", "attributing", "coding", "placing", "dating", "claiming",
    ]  # fmt: skip


# The same bytes ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.gazetteer
def test_two_runs_and_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    for path in (ROOT / "examples" / "open").glob("*.txt"):
        if ".gold." not in path.name:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    found = []
    for workers, seed in (("1", "0"), ("1", "1"), ("2", "2")):
        words = [sys.executable, "-m", "dateline", "code", str(tmp_path), "--json", "--quiet", "--workers", workers]
        done = subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        found.append(done.stdout)
    assert len(found[0].splitlines()) == len(list(tmp_path.iterdir()))
    assert found[0] == found[1]
    assert found[0] == found[2]
