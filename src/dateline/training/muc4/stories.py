"""A text as the filling of templates sees it: its sentences, the things it mentions, the claims made of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from dateline.corpora.muc4 import Text
from dateline.knowledge.actors import countries
from dateline.knowledge.nouns import noun_lexicon
from dateline.records import Claim, Dossier, Mention, Parse, TimeExpression, Toponym
from dateline.records import Reference as Link

SKIPPED = frozenset({"date", "event"})
LEADING = frozenset({"DT", "PDT", "PRP$", "CD", "IN", "RB", "JJR", "RBR", "RBS", "JJS", "EX"})
MARKS = re.compile(r"[\[\]\"]|^[\s,;:.'-]+|[\s,;:'-]+$")
TITLES = frozenset(
    "mr mrs ms dr miss col gen capt maj lt sgt msgr monsignor father sir comrade citizen commander commanders justice"
    " marshal speaker cardinal reverend engineer brother sister state university street avenue".split()
)
GAPS = re.compile(r"\s+")


class Thing(msgspec.Struct, frozen=True):
    """Something mentioned: a noun phrase. `words` is the report's own phrase in capitals, one space at a time.

    `number` is the mention's number among the text's things; `group` is the same for things of one name.
    """

    number: int
    mention: Mention
    sentence: int
    words: str
    group: str


class Story(msgspec.Struct, frozen=True):
    """A text with what the pipeline read in it, by sentence."""

    text: Text
    parse: Parse
    things: tuple[Thing, ...]
    claims: tuple[Claim, ...]
    toponyms: tuple[Toponym, ...]
    times: tuple[TimeExpression, ...]
    day: date | None
    links: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the text."""
        return self.text.name

    def words(self, first: int, last: int) -> str:
        """Return the words of a range of tokens as the report has them, in capitals, without brackets and marks."""
        return cleaned(self.text.words[self.parse.starts[first] : self.parse.ends[last - 1]])

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds a character of the text."""
        starts = _starts(self.parse)
        low, high = 0, len(starts)
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (middle, high) if starts[middle] <= offset else (low, middle)
        return low


@functools.lru_cache(8)
def _starts(parse: Parse) -> tuple[int, ...]:
    return tuple(parse.starts[sentence.first] for sentence in parse.sentences)


def cleaned(words: str) -> str:
    """Return words in capitals, with single spaces and no brackets, quotation marks or marks at their ends."""
    words = GAPS.sub(" ", words.replace("[", " ").replace("]", " ").replace('"', " ")).strip()
    return words.strip(" ,;:.-'").upper() if not re.search(r"\b[A-Z]\.$", words) else words.strip(" ,;:-'").upper()


def story_of(text: Text, dossier: Dossier) -> Story:
    """Return the story of a text that the pipeline has read."""
    records = dossier.records
    return story_from(text, records)


def story_from(text: Text, records: Mapping[type, Sequence[object]]) -> Story:
    """Return the story of a text from the records that the pipeline added."""
    found = records.get(Parse, ())
    if not found or not len(found[0]):  # type: ignore[arg-type]
        empty = Parse((), (), (), (), (), (), (), (), (), (), (), (), "")
        return Story(text, empty, (), (), (), (), text.day)
    parse: Parse = found[0]  # type: ignore[assignment]
    made = Story(
        text, parse, (), tuple(records.get(Claim, ())), tuple(records.get(Toponym, ())),  # type: ignore[arg-type]
        tuple(records.get(TimeExpression, ())), text.day, tuple(records.get(Link, ())),  # type: ignore[arg-type]
    )  # fmt: skip
    return msgspec.structs.replace(made, things=tuple(_things(made, records.get(Mention, ()))))  # type: ignore[arg-type]


def _things(story: Story, mentions: Iterable[Mention]) -> Iterable[Thing]:
    parse = story.parse
    number = 0
    held = set()
    for mention in mentions:
        if mention.label in SKIPPED or mention.kind == "pronoun" or parse.pos[mention.head] == "PRON":
            continue
        if parse.starts[mention.first] < story.text.body and "[" in story.text.words[: story.text.body]:
            continue
        first, last = trimmed(parse, mention)
        if mention.named and mention.label == "person":
            first, last = whole_name(parse, first, last)
        words = story.words(first, last)
        if not words or (mention.head, mention.named) in held:
            continue
        held.add((mention.head, mention.named))
        group = words if mention.named else parse.lemmas[mention.head].upper()
        yield Thing(number, mention, parse.sentence_of[mention.head], words, group)
        number += 1


def trimmed(parse: Parse, mention: Mention) -> tuple[int, int]:
    """Return the tokens of a mention without determiners and numbers before it, with an "of" phrase behind it."""
    first, last = mention.first, mention.last
    while first < mention.head and (parse.tags[first] in LEADING or parse.lemmas[first] in ("about", "some", "-")):
        first += 1
    if not mention.named:
        for child in parse.children[mention.head]:
            if child == last and parse.lemmas[child] == "of":
                reach = max(parse.subtree(child)) + 1
                inner = [t for t in range(child, reach) if parse.texts[t] in (",", ";", ".", "-", "who", "which")]
                end = inner[0] if inner else reach
                if end - last <= 7:
                    last = max(last, end)
    return first, last


def whole_name(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """Return the tokens of a person's name with the parts of it that the tagger left out."""
    while first and _part(parse, first - 1, first):
        first -= 1
    while last < len(parse) and _part(parse, last, last - 1):
        last += 1
    return first, last


def _part(parse: Parse, token: int, beside: int) -> bool:
    """Return whether a token is a capitalised word that is neither a title, nor an office, nor a people."""
    word = parse.texts[token]
    low, high = sorted((token, beside))
    return (
        parse.sentence_of[token] == parse.sentence_of[beside]
        and parse.pos[token] == "PROPN"
        and word.istitle()
        and word.isalpha()
        and parse.starts[high] - parse.ends[low] == 1
        and word.lower() not in TITLES
        and noun_lexicon().find((word.lower(),), 0) is None
        and not countries().by_demonym(word)
        and not countries().by_name(word)
    )
