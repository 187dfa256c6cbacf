"""How much of ordinary wording is recognised: sentences of tests/phrases.toml, each read as a report of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline import assembly
from dateline.records import Claim, Report, Span

PHRASES = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))
OPENING = re.compile(r"\[\w+ ")
FLOOR = 0.92  # share of the sentences whose event is read, with its type, at the words that tell it
LOUD = 25  # look-alikes in which an armed act or coercion is read all the same: a ceiling
VIOLENT = frozenset({"ASSAULT", "COERCE"})


def unmarked(source: str) -> tuple[str, list[Span]]:
    """Return a sentence without its marks, and the spans of the words that tell the event."""
    text, opened, spans, at = "", [], [], 0
    while at < len(source):
        role = OPENING.match(source, at)
        if role or source[at] == "{":
            opened.append(len(text) if source[at] == "{" else -1)
            at = role.end() if role else at + 1
            continue
        if source[at] in "]}":
            start = opened.pop()
            spans += [Span(start, len(text))] if start >= 0 else []
        else:
            text += source[at]
        at += 1
    return text, spans


def told(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the PLOVER type of each claim of a sentence, and whether its trigger lies in the marked words."""
    text, spans = unmarked(source)
    for claim in assembly.load_pipeline().run(Report(id="phrase", text=text)).all(Claim):
        said = claim.predication
        yield said.plover, any(said.trigger.overlaps(span) for span in spans)


def test_marks_are_read() -> None:
    text, spans = unmarked("[actor Gunmen] {stormed} [target the {old} fort].")
    assert text == "Gunmen stormed the old fort."
    assert [span.of(text) for span in spans] == ["stormed", "old"]


@pytest.mark.model
@pytest.mark.gazetteer
def test_ordinary_wording_is_recognised() -> None:
    missed = [
        (kind, source)
        for kind, sources in PHRASES["told"].items()
        for source in sources
        if ("" if kind == "none" else kind, True) not in set(told(source))
    ]
    count = sum(len(sources) for sources in PHRASES["told"].values())
    assert 1 - len(missed) / count >= FLOOR, missed


@pytest.mark.model
@pytest.mark.gazetteer
def test_look_alikes_stay_silent() -> None:
    loud = [source for source in PHRASES["silent"]["peaceful"] if VIOLENT & {kind for kind, _ in told(source)}]
    assert len(loud) <= LOUD, loud
