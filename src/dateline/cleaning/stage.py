"""Cleaning: what is the story, what stands around it, and which words are quoted."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.cleaning import layout
from dateline.cleaning.headings import blocks
from dateline.cleaning.layout import Line, Paragraph
from dateline.cleaning.marking import Marker
from dateline.cleaning.quotation import quotations
from dateline.knowledge.cleaning import Phrases, phrases
from dateline.records import Block, Contract, Debris, Dossier, Quotation, Record


class Cleaning:
    """The stage that marks blocks, debris and quotations; it deletes nothing.

    Blocks never overlap and never hold a line that is only debris; debris inside a sentence lies within
    its block, for the language stage to skip. It is linear in the length of the report.
    """

    contract = Contract("cleaning", frozenset(), frozenset({Block, Debris, Quotation}))

    def __init__(self, rules: Phrases | None = None) -> None:
        self._rules = rules or phrases()

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the debris, blocks and quotations of the report, each in order of its beginning."""
        report = dossier.report
        text = report.text
        marker = Marker(text, self._rules)
        rows = layout.lines(text)

        def alone(row: Line) -> bool:
            return marker.takes_line(row.start, row.end)

        kept: list[tuple[Paragraph, bool]] = []
        for whole in layout.paragraphs(text, rows, alone):
            for paragraph in marker.parted(whole):
                left = marker.strip(paragraph)
                if left is not None:
                    kept.append(left)
        marker.mark_inside()
        story = blocks(text, kept, report.title, marker.debris_alone)
        records: list[Record] = [*sorted(marker.found, key=lambda one: one.span), *story]
        read = [Paragraph(block.span.start, block.span.end) for block in story]
        records.extend(quotations(text, read))
        return records
