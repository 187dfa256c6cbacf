"""The stage that says of every stretch of a report who says it."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.attribution import correcting, cueing, quoting
from dateline.attribution.chains import Chains
from dateline.attribution.covering import covers
from dateline.attribution.lexicon import index, media, words
from dateline.attribution.saying import Saying
from dateline.attribution.tagging import Tagger
from dateline.attribution.tree import Tree
from dateline.attribution.view import View
from dateline.records import (
    Attribution,
    Block,
    Contract,
    Debris,
    Dossier,
    Evidence,
    Mention,
    Parse,
    Quotation,
    Record,
    Reference,
    Span,
)


class Attributing:
    """Adds one `Attribution` for each thing that somebody is made to say, and one for the narration.

    With `attitudes`, verbs of attitude without words said ("criticised the raid") are read, too. `trained`
    corrects what the rules read; without it they stand alone.
    """

    contract = Contract(
        "attributing",
        frozenset({Block, Debris, Quotation, Parse, Mention, Reference}),
        frozenset({Attribution}),
    )

    def __init__(self, *, attitudes: bool = False, trained: Tagger | None = None) -> None:
        self.attitudes, self.trained = attitudes, trained
        index(), media(), words()

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the attributions of the report, the narration first, then in the order of their cues."""
        text = dossier.report.text
        chains = Chains(dossier)
        yield Attribution(
            chain=chains.narration,
            covers=(Span(0, len(text)),),
            manner="narration",
            evidence=Evidence((), "attributing", "narration", "high"),
        )
        tree = tree_of(dossier)
        if tree is None:
            return
        quoted = quoting.Quoted(tree, dossier.all(Quotation))
        sayings = self._sayings(tree, quoted)
        for saying, chain in chains.of(tree, sayings):
            spans, manner = covers(tree, saying, quoted)
            if not spans:
                continue
            first, last = saying.cue
            cue = tree.span(first, last) if last > first else None
            said_by = tuple(one.span for one in chain[:1] if one.span is not None)
            yield Attribution(
                chain=chain,
                covers=spans,
                manner=manner,
                evidence=Evidence((*said_by, *((cue,) if cue else ()), *spans), "attributing", saying.rule),
                cue=cue,
                hedge=saying.hedge,
            )

    def _sayings(self, tree: Tree, quoted: quoting.Quoted) -> list[Saying]:
        sayings = quoting.join(tree, cueing.find(tree, attitudes=self.attitudes), quoted)
        if self.trained is None:
            return sayings
        reading = correcting.read if self.attitudes else correcting.corrected
        return reading(self.trained, tree, quoted, sayings)


def view_of(dossier: Dossier) -> View | None:
    """Return a report as the trained parts see it; None where it was not parsed."""
    tree = tree_of(dossier)
    if tree is None:
        return None
    quoted = quoting.Quoted(tree, dossier.all(Quotation))
    return View(tree, quoted, quoting.join(tree, cueing.find(tree, attitudes=True), quoted))


def tree_of(dossier: Dossier) -> Tree | None:
    """Return the tree of a report; None where it was not parsed."""
    parsed = dossier.all(Parse)
    if not parsed or not len(parsed[0]) or not any(parsed[0].deps):
        return None
    return Tree(parsed[0], dossier.report.text)
