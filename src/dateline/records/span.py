"""Where in a report something is said, and which rule read it there."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open range of code points, `text[start:end]`, in the text of a report."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


class Evidence(msgspec.Struct, frozen=True):
    """The words that a record was read from, and what read them.

    `stage` and `rule` name the stage and the rule (its id in the knowledge files, or the name of the
    mechanism). `confidence` is one of the named levels until it is calibrated on corpora.
    """

    spans: tuple[Span, ...]
    stage: str
    rule: str
    confidence: str = "medium"
