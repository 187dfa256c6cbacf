"""PolNeAR as examples for the trained parts of attribution: reports as these see them, with the gold standard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.assembly import load_pipeline
from dateline.attribution import Attributing
from dateline.attribution.stage import view_of
from dateline.attribution.view import View
from dateline.corpora import Part, hash_of, polnear
from dateline.records import Dossier, Report, UsageError

LICENCE = "corpus: not stated by its authors; of it only these weights are kept, no text"
Roles = tuple[frozenset[int], frozenset[int], frozenset[int]]


def views(corpora: Path, part: Part) -> Iterator[tuple[View, dict[int, Roles]]]:
    """Yield the stories of a part, each with its gold attributions by the head token of their cues.

    Raises UsageError where the corpus is not there.
    """
    for story in polnear.read(texts(corpora, part)):
        dossier = Dossier(Report("", story.text))
        for stage in load_pipeline(trained=False).stages:
            if stage.contract.name == Attributing.contract.name:
                break
            dossier = dossier.adding(stage(dossier))
        view = view_of(dossier)
        if view is not None:
            yield view, gold(view, story)


def texts(corpora: Path, part: Part) -> list[Path]:
    """Return the texts of a part of the corpus. Raises UsageError where there are none."""
    found = [path for path in polnear.files(corpora) if polnear.in_part(path, part)]
    if not found:
        raise UsageError(f"PolNeAR is not under {corpora}. Give the folder that holds polnear/")
    return found


def gold(view: View, story: polnear.Story) -> dict[int, Roles]:
    """Return the words of source, cue and content by the head of the cue; without words of a cue there is none."""
    found: dict[int, Roles] = {}
    for one in story.attributions:
        cue = words_in(view, one.cue)
        if cue:
            roles = words_in(view, one.source), cue, words_in(view, one.content)
            found.setdefault(head_of(view, cue), roles)
    return found


def words_in(view: View, spans: polnear.Element) -> frozenset[int]:
    """Return the words that spans cover, also in part."""
    parse = view.tree.parse
    found = set()
    for span in spans:
        token = bisect_right(parse.ends, span.start)
        while token < len(parse) and parse.starts[token] < span.end:
            if token in view.place:
                found.add(token)
            token += 1
    return frozenset(found)


def head_of(view: View, words: Iterable[int]) -> int:
    """Return the highest of some words: the head of a cue."""
    held = set(words)
    heads = view.tree.parse.heads
    tops = [word for word in held if heads[word] == word or heads[word] not in held]
    return min(tops, key=lambda word: (view.depth[word], word))


def corpus_hash(corpora: Path) -> str:
    """Return the hash of the part that is trained on."""
    return hash_of(texts(corpora, "look"))


def f1(right: int, given: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall, from 0 to 1."""
    return round(2 * right / (given + wanted), 4) if given + wanted else 0.0
