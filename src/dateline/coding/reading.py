"""What coding looks at in one report: its tokens, mentions, references and attributions, by position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dateline.coding.classes import Classes
from dateline.coding.lexicon import Lexicon
from dateline.knowledge.nouns import NounLexicon
from dateline.knowledge.numerals import Amount, find_amounts
from dateline.records import Attribution, Block, Debris, Dossier, Mention, Parse, Quotation, Reference, Report, Span

WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


class Reading:
    """Indexes over the records of one dossier."""

    def __init__(self, dossier: Dossier, nouns: NounLexicon, lexicon: Lexicon) -> None:
        self.report: Report = dossier.report
        self.parse: Parse = dossier.only(Parse)
        self.mentions: tuple[Mention, ...] = dossier.all(Mention)
        self._words: dict[int, frozenset[str]] = {}
        self._mention_starts = [mention.span.start for mention in self.mentions]
        self.at: dict[int, Mention] = {}
        for mention in self.mentions:
            held = self.at.get(mention.head)
            if held is None or (mention.last - mention.first) > (held.last - held.first):
                self.at[mention.head] = mention
        by_span = {mention.span: mention for mention in self.mentions}
        self.antecedents: dict[Mention, list[Mention]] = {}
        for reference in dossier.all(Reference):
            pointing, meant = by_span.get(reference.span), by_span.get(reference.antecedent)
            if pointing is not None and meant is not None:
                self.antecedents.setdefault(pointing, []).append(meant)
        self.blocks: tuple[Block, ...] = dossier.all(Block)
        self.attributions: tuple[Attribution, ...] = dossier.all(Attribution)
        self._covers = sorted(
            (span.start, span.end, index) for index, a in enumerate(self.attributions) for span in a.covers
        )
        self._starts = [start for start, _, _ in self._covers]
        self.quoted = sorted((q.inner.start, q.inner.end) for q in dossier.all(Quotation))
        story = _without(self.report.text, [d.span for d in dossier.all(Debris)])
        self.amounts = sorted(find_amounts(story), key=lambda amount: amount.start)
        self._amount_starts = [amount.start for amount in self.amounts]
        self.classes = Classes(self.parse, self.at, self.antecedents, nouns, lexicon)

    def span(self, token: int) -> Span:
        """Return the span of one token."""
        return Span(self.parse.starts[token], self.parse.ends[token])

    def words_around(self, token: int) -> frozenset[str]:
        """Return the lemmas and the words of the token's sentence, in lower case."""
        number = self.parse.sentence_of[token]
        if number not in self._words:
            first, last = self.parse.sentences[number].first, self.parse.sentences[number].last
            words = {word.lower() for word in self.parse.texts[first:last]}
            self._words[number] = frozenset(words.union(self.parse.lemmas[first:last]))
        return self._words[number]

    def is_date(self, token: int) -> bool:
        """Whether the token is the head of a day or a time."""
        mention = self.at.get(token)
        return (mention is not None and mention.label == "date") or self.parse.texts[token] in WEEKDAYS

    def attribution_at(self, token: int) -> int:
        """Return the index of the smallest attribution that covers the token; -1 where there is none."""
        offset, best, size = self.parse.starts[token], -1, -1
        for start, end, index in self._covers[: bisect_right(self._starts, offset)]:
            if offset < end and (best < 0 or end - start < size):
                best, size = index, end - start
        return best

    def before(self, mention: Mention) -> tuple[Mention, ...]:
        """Return the mentions that begin before `mention`, in text order."""
        return self.mentions[: bisect_left(self._mention_starts, mention.span.start)]

    def mentions_in(self, mention: Mention) -> list[Mention]:
        """Return the mentions that lie inside `mention`, itself left out."""
        first = bisect_left(self._mention_starts, mention.span.start)
        last = bisect_left(self._mention_starts, mention.span.end)
        return [m for m in self.mentions[first:last] if mention.span.contains(m.span) and m is not mention]

    def amount_in(self, span: Span) -> Amount | None:
        """Return the first number that overlaps the span, or None."""
        at = max(0, bisect_right(self._amount_starts, span.start) - 1)
        for amount in self.amounts[at:]:
            if amount.start >= span.end:
                return None
            if amount.end > span.start:
                return amount
        return None

    def block_kind(self, token: int) -> str:
        """Return the kind of the block that the token stands in."""
        return self.blocks[self.parse.sentences[self.parse.sentence_of[token]].block].kind


def _without(text: str, debris: list[Span]) -> str:
    """Return the text with debris struck out, at equal length: no number is read in it or across it."""
    for span in debris:
        text = text[: span.start] + "|" * len(span) + text[span.end :]
    return text
