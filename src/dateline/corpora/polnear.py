"""PolNeAR 1.0 (Newell, Margolin and Ruths 2018): attributions in news, in brat's standoff format.

A folder of a part (`train`, `dev`, `test`) holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`. In an
annotation "T" lines are stretches of characters (several, parted by ";", where broken up) and "E" lines join
the source, the cue and the content of one attribution; lines of other kinds are passed over. Where a story
has several annotators the first by name counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dateline.corpora import Part
from dateline.records import Span

Element = tuple[Span, ...]
ROLES = ("source", "cue", "content")
LOOKED, SCORED = "train", "dev"
_NUMBER = re.compile(r"\d+$")


class Attributed(msgspec.Struct, frozen=True):
    """An attribution of the gold standard: the words of its three parts, () where it has no such part."""

    source: Element = ()
    cue: Element = ()
    content: Element = ()


class Story(msgspec.Struct, frozen=True):
    """A text of the corpus and its attributions."""

    name: str
    text: str
    attributions: tuple[Attributed, ...]

    def elements(self, role: str) -> list[Element]:
        """Return what the attributions have in a role ("source", "cue" or "content")."""
        return [held for one in self.attributions if (held := getattr(one, role))]


def files(folder: Path) -> list[Path]:
    """Return the texts under a folder of corpora, or under a folder of a part, that have annotations."""
    root = folder / "polnear" if (folder / "polnear").is_dir() else folder
    return [path for path in sorted(root.glob("**/text/*.txt")) if _annotations(path)]


def in_part(path: Path, part: Part) -> bool:
    """Return whether a text belongs to a part: `train` is looked at, `dev` is scored, `all` is any folder."""
    held = path.parent.parent.name
    return part == "all" or held == (SCORED if part == "score" else LOOKED)


def read(paths: Iterable[Path]) -> Iterator[Story]:
    """Yield the stories of the texts at `paths`, in their order."""
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        yield Story(path.stem, text, tuple(standoff(_annotations(path)[0].read_text("utf-8"))))


def standoff(text: str) -> Iterator[Attributed]:
    """Yield the attributions of one file of annotations."""
    bound: dict[str, Element] = {}
    for line in text.split("\n"):
        name, tab, rest = line.partition("\t")
        if not tab:
            continue
        if re.fullmatch(r"T\d+", name):
            _, spans = rest.split("\t")[0].split(" ", 1)
            bound[name] = tuple(Span(*map(int, one.split())) for one in spans.split(";"))
        elif re.fullmatch(r"E\d+", name):
            held: dict[str, list[Span]] = {}
            for argument in rest.split():
                label, pointed = argument.split(":")
                held.setdefault(_NUMBER.sub("", label).lower(), []).extend(bound.get(pointed, ()))
            yield Attributed(*(tuple(sorted(held.get(role, ()))) for role in ROLES))


def _annotations(path: Path) -> list[Path]:
    folder = path.parent.parent / "attributions"
    return sorted(one for one in folder.glob("*.ann") if one.stem.rpartition("_")[0] == path.stem)
