"""What the two trainings on CAMEO share: sentences read by rules alone, so that no other trained part matters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from dateline.assembly import load_pipeline
from dateline.corpora.cameo import Classed, Tagged
from dateline.knowledge.trained import FOLDER
from dateline.reading import make_report
from dateline.records import Dossier, Mention, Parse, Predication

SEEN = "seen.npz"
FOLDS = 5
S = TypeVar("S", Tagged, Classed)
Run = Callable[[str], Dossier]
Spans = list[tuple[str, int, int]]


class Read(NamedTuple):
    """A sentence as Dateline reads it."""

    parse: Parse
    mentions: tuple[Mention, ...]
    predications: tuple[Predication, ...]


def mark(key: str) -> int:
    """Return a number, 32 bits, that stands for a sentence."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16)


def keep_seen(folder: Path, sentences: Iterable[Tagged | Classed]) -> None:
    """Write which sentences a model was trained on, beside its weights."""
    marks = np.array(sorted({mark(one.key) for one in sentences}), dtype=np.uint32)
    np.savez_compressed(folder / SEEN, allow_pickle=False, marks=marks)


def seen(name: str) -> frozenset[int]:
    """Return the marks of the sentences that the installed model `name` was trained on; none where it is absent."""
    path = FOLDER / name / SEEN
    if not path.is_file():
        return frozenset()
    with np.load(path, allow_pickle=False) as held:
        return frozenset(held["marks"].tolist())


def folds(sentences: Sequence[S]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, fold by fold, the positions to train on and those to judge; like sentences lie in one fold."""
    fold_of = [mark(f"fold {one.key}") % FOLDS for one in sentences]
    for fold in range(FOLDS):
        yield (
            [at for at, held in enumerate(fold_of) if held != fold],
            [at for at, held in enumerate(fold_of) if held == fold],
        )


def read(text: str, run: Run | None = None) -> Read:
    """Read a sentence; `run` is a pipeline of rules alone, by default the installed one."""
    dossier = (run or _run)(text)
    return Read(dossier.only(Parse), dossier.all(Mention), dossier.all(Predication))


def _run(text: str) -> Dossier:
    return load_pipeline(trained=False).run(make_report(text))


def tokens_of(sentence: Tagged, parse: Parse) -> dict[tuple[int, int], str]:
    """Return the gold spans in tokens of the parse: every token that a span's words touch."""
    found = {}
    for role, first, last in sentence.spans:
        start, end = sentence.offsets[first][0], sentence.offsets[last - 1][1]
        touched = [t for t in range(len(parse)) if parse.starts[t] < end and parse.ends[t] > start]
        if touched:
            found[touched[0], touched[-1] + 1] = role
    return found


def words_of(sentence: Tagged, start: int, end: int) -> tuple[int, int] | None:
    """Return the corpus's words, half-open, that the characters `start` to `end` touch; None where none."""
    touched = [n for n, (low, high) in enumerate(sentence.offsets) if low < end and high > start]
    return (touched[0], touched[-1] + 1) if touched else None


def in_words(sentence: Tagged, parse: Parse, found: Iterable[tuple[str, int, int]]) -> Spans:
    """Return spans of tokens as spans of the corpus's words."""
    spans: Spans = []
    for role, first, last in found:
        words = words_of(sentence, parse.starts[first], parse.ends[last - 1])
        if words is not None:
            spans.append((role, *words))
    return spans


def span_f1(gold: Iterable[Iterable[tuple[str, int, int]]], found: Iterable[Spans], roles: str) -> float:
    """Return the micro F1 of exact spans of the roles, each letter one."""
    hits = wanted = given = 0
    for want, got in zip(gold, found, strict=True):
        asked = {span for span in want if span[0] in roles}
        made = {span for span in got if span[0] in roles}
        hits, wanted, given = hits + len(asked & made), wanted + len(asked), given + len(made)
    return 2 * hits / (wanted + given) if wanted + given else 0.0
