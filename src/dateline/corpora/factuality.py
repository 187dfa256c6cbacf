"""UW Event Factuality (Lee et al. 2015) in the unified CoNLL format of Stanovsky et al. 2017.

A file holds sentences set apart by empty lines, a token a line: number, word, factuality or "_", tag, head,
dependency, lemma. Factuality is what readers think that the sentence says of an event: from +3, certainly
happened, over 0, unknown, to -3, certainly did not happen; the mean of several readers. `train` is looked at
and `dev` is scored; a file of another name is read where all is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dateline.corpora import Part
from dateline.corpora.cameo import joined

LOOKED, SCORED = "train", "dev"
WORD, VALUE = 1, 2  # columns
NO_VALUE = "_"


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: its name, its running text, where each word begins and ends in it, and the value by word."""

    name: str
    text: str
    offsets: tuple[tuple[int, int], ...]
    values: dict[int, float]


def files(corpora: Path) -> list[Path]:
    """Return the corpus's files in a folder of corpora."""
    return sorted((corpora / "factuality-uw").glob("*.conll"))


def in_part(path: Path, part: Part) -> bool:
    """Return whether a file belongs to a part."""
    return part == "all" or path.stem == (LOOKED if part == "look" else SCORED)


def sentences(paths: Iterable[Path], part: Part) -> Iterator[Sentence]:
    """Yield the sentences of a part that have a value. Raises ValueError where a value is no number."""
    for path in paths:
        if in_part(path, part):
            for number, block in enumerate(path.read_text("utf-8").split("\n\n")):
                rows = [line.split("\t") for line in block.split("\n") if line.strip()]
                found = _sentence(f"{path.stem} {number}", [row for row in rows if len(row) > VALUE])
                if found.values:
                    yield found


def _sentence(name: str, rows: list[list[str]]) -> Sentence:
    text, offsets = joined(tuple(row[WORD] for row in rows))
    values = {at: float(row[VALUE]) for at, row in enumerate(rows) if row[VALUE] != NO_VALUE}
    return Sentence(name, text, offsets, values)
