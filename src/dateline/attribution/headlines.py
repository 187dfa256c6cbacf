"""Headlines that name their source behind or before a colon or a dash: "Army: ...", "... - police"."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution.lexicon import words
from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree

LABELS = frozenset({":", "-", "--", "–", "—"})
LONGEST = 5


def find(tree: Tree) -> Iterator[Saying]:
    """Yield a saying for each headline with a source; a line that ends in a full stop is none."""
    parse = tree.parse
    alone: dict[int, int] = {}
    for sentence in parse.sentences:
        alone[sentence.block] = alone.get(sentence.block, 0) + 1
    for sentence in parse.sentences:
        first, last = sentence.first, sentence.last
        if alone[sentence.block] != 1 or last - first > 30 or tree.lower[last - 1] in (".", '"', "?", "!"):
            continue
        for mark in range(first + 1, last - 1):
            if not _label(tree, mark):
                continue
            for source, said in (((mark + 1, last), (first, mark)), ((first, mark), (mark + 1, last))):
                speaker = _speaker(tree, *source)
                if speaker is not None and any(tree.verbal(token) for token in range(*said)):
                    content = {token for token in range(*said) if not tree.punctuation(token)}
                    yield Saying(mark, (mark, mark + 1), "speech", "headline", speaker, content)
                    break


def _label(tree: Tree, mark: int) -> bool:
    """Whether the token is a colon, or a dash with space before it."""
    parse = tree.parse
    apart = parse.ends[mark - 1] < parse.starts[mark]
    return tree.lower[mark] in LABELS and (tree.lower[mark] == ":" or apart)


def _speaker(tree: Tree, first: int, last: int) -> int | None:
    """Return the last word of a short phrase that names a source by its kind."""
    classes = {tree.parse.pos[token] for token in range(first, last)}
    if last - first > LONGEST or classes & {"VERB", "AUX", "NUM"}:
        return None
    known = words()
    lemma = tree.parse.lemmas[last - 1].lower()
    named = lemma in known.organisations or lemma in known.offices or lemma in known.unnamed
    return last - 1 if named or lemma in known.evidence else None
