"""The stage that finds sentences and words: spaCy over the views of the blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, POS, SENT_START, TAG

from dateline.knowledge.joined_names import joined_name
from dateline.knowledge.loading import load_tsv
from dateline.language import mending
from dateline.language.apostrophes import lost
from dateline.language.model import LanguageModel
from dateline.language.view import View, Words, view_of
from dateline.records import (
    Block,
    Contract,
    Debris,
    Dossier,
    Entity,
    Parse,
    Quotation,
    Record,
    Sentence,
    Span,
)

BATCH = 32
COLUMNS = [IDX, LENGTH, LEMMA, POS, TAG, DEP, HEAD, SENT_START, ENT_IOB, ENT_TYPE]
KEPT = 512  # paragraphs
Rows = list[list[int]]
BEGINS = 3  # spaCy's ENT_IOB code for the first token of a name


class Lemma(msgspec.Struct, frozen=True):
    """A row of `lemmas.tsv`."""

    form: str
    lemma: str


class Parsing:
    """Parses the blocks of a report in one batch and puts them into one table of tokens."""

    contract = Contract("parsing", frozenset({Block, Debris, Quotation}), frozenset({Parse}))

    def __init__(self, model: LanguageModel, is_name: Callable[[str], bool] = lambda _: False) -> None:
        """`is_name` says of a word with a capital whether it is the name of a country or a people."""
        self.model = model
        self.kept: OrderedDict[str, Rows] = OrderedDict()
        self.words = Words(is_name, verb_forms(model))
        self.misread = {row.form: row.lemma for row in load_tsv("lemmas.tsv", Lemma)}

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the one Parse of the report; an empty one where it has no block."""
        blocks = dossier.all(Block)
        views = self.views(dossier)
        table = _Table(self.model.level, self.misread, self.model.nlp.vocab.strings)
        for number, (_, view, rows) in enumerate(zip(blocks, views, self._parsed(views), strict=True)):
            table.add(number, view, rows)
        return [table.parse()]

    def _parsed(self, views: list[View]) -> list[Rows]:
        """Return the rows of spaCy's tokens for each text.

        Wire copies, boilerplate and the parts of an archive repeat paragraphs; the last few hundred are kept.
        """
        texts = [view.text for view in views]
        new = list(dict.fromkeys(text for text in texts if text not in self.kept))
        found = dict(zip(new, self.model.nlp.pipe(new, batch_size=BATCH), strict=True))
        for text, doc in found.items():
            self.kept[text] = doc.to_array(COLUMNS).tolist()
        rows = [self.kept[text] for text in texts]
        for text in texts:
            self.kept.move_to_end(text)
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return rows

    def forget(self) -> None:
        """Drop the kept paragraphs, so that a measurement begins from nothing."""
        self.kept.clear()

    def views(self, dossier: Dossier) -> list[View]:
        """Return the text of each block as it is parsed."""
        text = dossier.report.text
        debris = _Overlapping([d.span for d in dossier.all(Debris)], dossier.all(Debris))
        quotations = _Overlapping([q.outer for q in dossier.all(Quotation)], dossier.all(Quotation))
        gone = lost(text)
        return [
            view_of(text, b, debris.within(b.span), quotations.within(b.span), self.words, gone)
            for b in dossier.all(Block)
        ]


def verb_forms(model: LanguageModel) -> Callable[[str], bool]:
    """Return whether a word is an irregular or past form of a verb, by the model's tables of lemmas."""
    if "lemmatizer" not in model.nlp.pipe_names:
        return lambda _: False
    tables = model.nlp.get_pipe("lemmatizer").lookups
    irregular = tables.get_table("lemma_exc", {}).get("verb", {})
    regular = frozenset(tables.get_table("lemma_index", {}).get("verb", ()))

    def is_verb(word: str) -> bool:
        form = word.lower()
        stems = (form[:-2], form[:-1], form[:-3], form[:-3] + "e") if form.endswith(("ed", "ing")) else ()
        return form in irregular or any(stem in regular for stem in stems)

    return is_verb


class _Overlapping:
    """Finds the records whose spans lie in a block, without going through all of them."""

    def __init__(self, spans: Sequence[Span], records: Sequence[Any]) -> None:
        pairs = sorted(zip(spans, records, strict=True), key=lambda pair: pair[0])
        self.starts = [span.start for span, _ in pairs]
        self.records = [record for _, record in pairs]

    def within(self, span: Span) -> list[Any]:
        return self.records[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]


class _Table:
    """Collects the columns of a Parse, document by document."""

    def __init__(self, level: str, misread: Mapping[str, str], strings: Any) -> None:
        self.level, self.misread, self.strings = level, misread, strings
        self.columns: tuple[list[str], ...] = ([], [], [], [], [])  # texts, lemmas, pos, tags, deps
        self.heads: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence_of: list[int] = []
        self.sentences: list[Sentence] = []
        self.entities: list[Entity] = []

    def add(self, block: int, view: View, rows: Rows) -> None:
        """Add the tokens of one block."""
        base, strings = len(self.heads), self.strings
        texts, lemmas, pos, tags, deps = self.columns
        names = {0: ""}
        first_sentence = True
        offsets, body = view.offsets, view.text
        for at, (idx, length, lemma, p, tag, dep, head, starts, iob, kind) in enumerate(rows):
            for key in (lemma, p, tag, dep, kind):
                if key not in names:
                    names[key] = strings[key]
            if starts == 1 or first_sentence:
                self._close_sentence()
                self.sentences.append(Sentence(base + at, base + at, block))
                first_sentence = False
            word = body[idx : idx + length]
            texts.append(word)
            lemmas.append(self.misread.get(word.lower()) or (names[lemma] or word).lower())
            # The tagger has not seen "Port-au-Prince" and takes it for a common noun now and then.
            name = "-" in word and joined_name().fullmatch(word) is not None
            pos.append("PROPN" if name else names[p])
            tags.append("NNP" if name else names[tag])
            deps.append(names[dep])
            self.heads.append(base + at + (head - (1 << 64) if head >= (1 << 63) else head))
            self.starts.append(offsets[idx])
            self.ends.append(offsets[idx + length - 1] + 1)
            self.sentence_of.append(len(self.sentences) - 1)
            if iob == BEGINS:
                self.entities.append(Entity(base + at, base + at + 1, names[kind]))
            elif kind and iob == 1 and self.entities:
                begun = self.entities[-1]
                self.entities[-1] = Entity(begun.first, base + at + 1, begun.label)
        self._close_sentence()

    def _close_sentence(self) -> None:
        if self.sentences and self.sentences[-1].last <= self.sentences[-1].first:
            begun = self.sentences[-1]
            self.sentences[-1] = Sentence(begun.first, len(self.heads), begun.block)

    def parse(self) -> Parse:
        """Return the table as a Parse, its sentences mended."""
        for sentence in self.sentences:
            mending.Sentence(
                self.columns[0], self.columns[3], self.columns[4], self.heads, sentence.first, sentence.last
            ).mend()
        children: list[list[int]] = [[] for _ in self.heads]
        for token, head in enumerate(self.heads):
            if head != token:
                children[head].append(token)
        texts, lemmas, pos, tags, deps = (tuple(column) for column in self.columns)
        return Parse(
            texts, lemmas, pos, tags, deps, tuple(self.heads), tuple(self.starts), tuple(self.ends),
            tuple(self.sentence_of), tuple(map(tuple, children)), tuple(self.sentences), tuple(self.entities),
            self.level,
        )  # fmt: skip
