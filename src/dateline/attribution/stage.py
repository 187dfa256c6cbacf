"""The stage that says of every stretch of a report who says it."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.attribution import cueing, quoting
from dateline.attribution.chains import Chains
from dateline.attribution.covering import covers
from dateline.attribution.lexicon import index, media, words
from dateline.attribution.tree import Tree
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

    With `attitudes`, verbs of attitude without words said ("criticised the raid") are read, too.
    """

    contract = Contract(
        "attributing",
        frozenset({Block, Debris, Quotation, Parse, Mention, Reference}),
        frozenset({Attribution}),
    )

    def __init__(self, *, attitudes: bool = False) -> None:
        self.attitudes = attitudes
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
        parsed = dossier.all(Parse)
        if not parsed or not len(parsed[0]) or not any(parsed[0].deps):
            return
        tree = Tree(parsed[0], text)
        quoted = quoting.Quoted(tree, dossier.all(Quotation))
        sayings = quoting.join(tree, cueing.find(tree, attitudes=self.attitudes), quoted)
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
