"""The persons of a desk: who they are, under which spellings, and who of them acts by public office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from dateline.knowledge.actors import actors, countries, fold
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.public_offices import is_no_name_word, is_public_office, masking_words
from dateline.records import Filed, Participant, Source, Voice

Seen = Literal["public", "private", "unknown"]
Words = tuple[str, ...]
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*\.?"
_SMALL = r"(?:al-|el-|ul-|ur-|as-|ad-|an-|ar-|at-|ash-)?"
_NAME_LIKE = re.compile(
    rf"{_SMALL}{_CAPITAL}(?:\s+(?:(?:al|el|bin|ibn|abu|de|van|von|ul|ud)\s+)?{_SMALL}{_CAPITAL}){{0,4}}"
)
_AGE = re.compile(r",?\s+\(?(?:aged\s+)?\d{1,2}(?:-year-old)?\b(?!\s*(?:km|kilomet|mile|per|people|civilian|day|hour))")
_CALLED = re.compile(r"\b(?:named|called|identified\s+(?:only\s+)?as|by\s+the\s+name\s+of)\s+$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?,?\s+$")
_MOST_WORDS = 5


def tokens_of(name: str) -> Words:
    """Return the words of a name, small and without marks."""
    return tuple(_LETTERS.findall(_MARKS.sub("", fold(name)).casefold()))


class People:
    """Names as they are met: in which order, in which report, in which office."""

    def __init__(self, places: Iterable[Words] = ()) -> None:
        self._places = frozenset(places)
        self._seen: dict[Words, list[tuple[str, Seen]]] = {}
        self._spelt: dict[Words, dict[str, None]] = {}
        self._same: dict[Words, Words] = {}
        self._order: dict[Words, int] = {}

    def read_claim(self, one: Filed) -> None:
        """Meet the persons of a claim: who says it, who takes part, whom its words name."""
        for source in one.claim.attribution.chain:
            self._read_source(one.report, source)
        for participant in one.claim.predication.participants:
            self._read_participant(one.report, participant, one.words)
        self._read_words(one.report, one.words)

    def read_report(self, report: str, people: Iterable[tuple[str, str]], title: str) -> None:
        """Meet the persons that the reading saw in a report, and those whom its title names."""
        for name, role in people:
            self._meet(name, report, _office(role, ""))
        self._read_words(report, title)

    def read_voice(self, voice: Voice) -> None:
        """Meet a voice with the other spellings of its name, which are one person."""
        if voice.kind != "person":
            return
        seen = _office(voice.role, "")
        for name in (voice.name, *voice.also):
            for report in voice.reports or ("",):
                self._meet(name, report, seen)
            self._join(tokens_of(name), tokens_of(voice.name))

    def sorted_out(self, named: Sequence[str] = ()) -> tuple[list[list[str]], list[str]]:
        """Return the private persons, each by all spellings, in the order they were met, and the public names.

        A name that is part of another of the same report ("Shams" beside "Hessamuddin Shams") is that person.
        """
        self._join_short_forms()
        wanted = {tokens_of(name) for name in named}
        groups: dict[Words, list[Words]] = {}
        for words in self._seen:
            groups.setdefault(self._head(words), []).append(words)
        private: list[list[str]] = []
        public: list[str] = []
        for members in groups.values():
            seen = {how for words in members for _, how in self._seen[words]}
            spellings = [name for words in members for name in self._spelt[words]]
            kept = wanted & set(members) or ("public" in seen and "private" not in seen)
            if kept:
                public += spellings
            else:
                private.append(spellings)
        return private, public

    # -------------------------------------------------------------------------------------------------

    def _read_source(self, report: str, source: Source) -> None:
        if source.kind == "person":
            self._meet(source.name, report, _office(source.role, source.organisation or source.entity))

    def _read_participant(self, report: str, one: Participant, words: str) -> None:
        kinds = masking_words().kinds
        if one.kind in kinds.things or (one.entity and ":" not in one.entity) or one.role == "instrument":
            return
        bare = _without_titles(one.name)
        if len(tokens_of(bare)) < 2 or not self._personal(bare) or _follows_place_word(bare, words):
            return
        office = _office(_role_before(bare, words), one.entity)
        self._meet(bare, report, "public" if office == "unknown" and one.kind in kinds.public else office)

    def _read_words(self, report: str, words: str) -> None:
        """Meet the names beside which the words say that they are of a person: an age, a title, a calling."""
        for name, before, after in _name_like(words):
            word = _WORD_BEFORE.search(before)
            last = word.group(1) if word else ""
            title = fold(last).casefold() in masking_words().names.titles
            described = bool(last) and last.islower() and _is_person_noun(last)
            if not (_AGE.match(after) or _CALLED.search(before) or title or described):
                continue
            if self._personal(name):
                self._meet(name, report, _office(_role_before(name, words), ""))

    def _personal(self, name: str) -> bool:
        words = tokens_of(name)
        if not 1 <= len(words) <= _MOST_WORDS + 2 or words in self._places or not name[:1].isalpha():
            return False
        if any(char.isdigit() for char in name) or any(map(is_no_name_word, words)):
            return False
        parts = [part for part in re.split(r"[\s-]+", name) if part]
        small = masking_words().names.particles
        if not all(part[0].isupper() or fold(part).casefold() in small for part in parts) or parts[-1].islower():
            return False
        known = countries().by_name(name) or countries().by_demonym(words[0].title())
        return not known and not any(m.end - m.start >= len(name) for m in actors().find(name))

    def _meet(self, name: str, report: str, how: Seen) -> None:
        bare = _without_titles(name)
        words = tokens_of(bare)
        if words and any(len(word) > 1 for word in words):
            self._order.setdefault(words, len(self._order))
            self._seen.setdefault(words, []).append((report, how))
            self._spelt.setdefault(words, {})[bare] = None

    def _join(self, one: Words, two: Words) -> None:
        if one in self._seen and two in self._seen:
            first, second = self._head(one), self._head(two)
            keep, drop = sorted((first, second), key=self._order.__getitem__)
            if keep != drop:
                self._same[drop] = keep

    def _head(self, words: Words) -> Words:
        while words in self._same:
            words = self._same[words]
        return words

    def _join_short_forms(self) -> None:
        by_report: dict[str, list[Words]] = {}
        for words, met in self._seen.items():
            for report in dict.fromkeys(report for report, _ in met):
                by_report.setdefault(report, []).append(words)
        for words, met in list(self._seen.items()):
            longer = {
                self._head(other)
                for report in {report for report, _ in met}
                for other in by_report[report]
                if len(other) > len(words) and set(words) < set(other)
            }
            if len(longer) != 1:
                continue
            (whole,) = longer
            if not ({"private"} <= {how for _, how in met} and any(how == "public" for _, how in self._seen[whole])):
                self._join(words, whole)


def _office(role: str, body: str) -> Seen:
    if is_public_office(role, body):
        return "public"
    words = set(tokens_of(role))
    offices = masking_words().offices
    if not words or words & offices.never or words & offices.with_body or "member" in words:
        return "private" if words & offices.relations else "unknown"
    return "private"


def _without_titles(name: str) -> str:
    words = name.strip().split()
    while len(words) > 1 and fold(words[0]).casefold().strip(".") in masking_words().names.titles:
        words = words[1:]
    return " ".join(words).removesuffix("'s").removesuffix("’s")


def _role_before(name: str, words: str) -> str:
    """Return up to four words that stand before a name, from the last break on."""
    at = words.find(name)
    before = re.split(r"[,.;:()“”\"]|\b(?:and|said|by|that|told)\b", words[:at])[-1] if at > 0 else ""
    titles = masking_words().names.titles
    return " ".join(word for word in before.split()[-4:] if fold(word).casefold() not in titles)


def _follows_place_word(name: str, words: str) -> bool:
    before = "|".join(masking_words().names.place_before)
    return re.search(rf"\b(?:{before})\s+{re.escape(name)}\b", words) is not None


def _is_person_noun(word: str) -> bool:
    found = noun_lexicon().find([word], 0)
    return found is not None and found[0].noun_class in ("person", "civilian", "official", "armed")


def _name_like(words: str) -> Iterator[tuple[str, str, str]]:
    """Yield sequences of capital words, up to five, with what stands before and after."""
    for match in _NAME_LIKE.finditer(words):
        parts = match.group().split()
        start = match.start()
        while parts and (
            is_no_name_word(parts[0].strip(".")) or parts[0].casefold().strip(".") in masking_words().names.titles
        ):
            start += len(parts[0])
            start += len(words[start:]) - len(words[start:].lstrip())
            parts = parts[1:]
        if parts:
            yield words[start : match.end()].rstrip("."), words[:start], words[match.end() :]
