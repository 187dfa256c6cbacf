"""The persons of a desk: who they are, under which spellings, and who of them acts by public office."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from dateline.knowledge.actors import actors, countries, fold
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.public_offices import is_no_name_word, is_public_office, masking_words, words_of_role
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
_AGE = re.compile(r"(?:,\s+(?:aged\s+)?|\s+\((?:aged\s+)?)\d{1,2}(?:-year-old\b|\s*(?:[,.;)]|$|years\s+old\b))")
_APPOSED = re.compile(
    r",\s+(?:the|an?|his|her|its|their|one\s+of)?\s*(?!(?:after|at|before|by|for|from|in|near|on|to|under|with)\b)"
    r"([^,.;:()]{3,80})"
)
_CALLED = re.compile(r"\b(?:identified\s+(?:only\s+)?as|by\s+the\s+name\s+of|(\w+)\s+(?:named|called))\s+$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?,?\s+$")
_MOST_WORDS = 5
_ROLE_WORDS = 8
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their", "our"})
_INSIDE = frozenset({"of", "for", "in", "at", "with", "on"})
_BREAKS = re.compile(r"[.;:()“”\"]|,|\b(?:and|said|by|that|told|with|including|against|met)\b")


def tokens_of(name: str) -> Words:
    """Return the words of a name, small and without marks."""
    return tuple(_LETTERS.findall(_MARKS.sub("", fold(name)).casefold()))


class People:
    """Names as they are met: in which order, in which report, in which office."""

    def __init__(self, places: Iterable[Words] = (), is_place: Callable[[str], bool] = lambda _: False) -> None:
        """`places` are those of the desk; `is_place` says of a name whether any place bears it."""
        self._places = frozenset(places)
        self._is_place = functools.cache(is_place)
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
            if self._personal(name):
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
        if source.kind == "person" and not source.name.islower():
            words = tokens_of(source.name)
            alone = len(words) == 1 and not source.role
            if not (alone and (words in self._places or self._is_place(source.name))):
                self._meet(source.name, report, _office(source.role, source.organisation or source.entity))

    def _read_participant(self, report: str, one: Participant, words: str) -> None:
        kinds = masking_words().kinds
        if one.kind in kinds.things or (one.entity and ":" not in one.entity) or one.role == "instrument":
            return
        bare = _without_titles(one.name)
        if len(tokens_of(bare)) < 2 or not self._personal(bare) or self._of_a_place(bare, words, not one.kind):
            return
        office = _office_beside(bare, words)
        self._meet(bare, report, "public" if office == "unknown" and one.kind in kinds.public else office)

    def _read_words(self, report: str, words: str) -> None:
        """Meet whom words name: by an age, a title, a calling, a noun beside; and names of two words and more."""
        for name, before, after in _name_like(words):
            word = _WORD_BEFORE.search(before)
            last = word.group(1) if word else ""
            called = _CALLED.search(before)
            titled = fold(last).casefold() in masking_words().names.titles or bool(
                called and (called.group(1) is None or _is_person_noun(called.group(1)))
            )
            told = titled or bool(_AGE.match(after)) or (last.islower() and _is_person_noun(last))
            whole = len(tokens_of(name)) > 1 and not name.isupper() and not self._of_a_place(name, words, True)
            if (told or whole) and self._personal(name):
                self._meet(name, report, _office_beside(name, words))

    def _of_a_place(self, name: str, words: str, look_up: bool) -> bool:
        return _follows_place_word(name, words) or (look_up and self._is_place(name))

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
        known = any(countries().by_name(part) for part in (name, *parts)) or countries().by_demonym(words[0].title())
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


def _office_beside(name: str, words: str) -> Seen:
    """Return what the words before a name, or an apposition after it, say of the person's office."""
    at = words.find(name)
    if at < 0:
        return "unknown"
    before, after = _phrase_before(words[:at]), _APPOSED.match(words[at + len(name) :])
    said = [one for one in (before, after.group(1) if after else "") if one]
    if any(is_public_office(one, _body_in(one)) for one in said):
        return "public"
    never = masking_words().offices.never
    heads = (_head(one).split()[-1:] for one in said if not words_of_role(one) & never)
    return "private" if any(_is_person_noun(head[0]) for head in heads if head) else "unknown"


def _phrase_before(before: str) -> str:
    """Return the noun phrase at the end of `before`: from its last article that no "of" or the like stands before."""
    said = _BREAKS.split(before.rstrip(" ,"))[-1].split()[-_ROLE_WORDS:]
    small = [fold(word).casefold().strip(".") for word in said]
    starts = [
        at
        for at, word in enumerate(small)
        if (word in _ARTICLES or word.endswith("'s")) and (at == 0 or small[at - 1] not in _INSIDE)
    ]
    titles = masking_words().names.titles
    kept = zip(said[starts[-1] :] if starts else said, small[starts[-1] :] if starts else small, strict=True)
    return " ".join(word for word, plain in kept if plain not in titles and plain not in _ARTICLES)


def _body_in(role: str) -> str:
    """Return the words of a role where they name a known actor or a country, which is a body to be head of."""
    named = actors().find(role) or any(countries().by_demonym(w) or countries().by_name(w) for w in role.split())
    return role if named else ""


def _head(role: str) -> str:
    return re.split(r"\s(?:of|for|in|at|from|who|with)\s", role, maxsplit=1)[0]


def _follows_place_word(name: str, words: str) -> bool:
    before = "|".join(masking_words().names.place_before)
    return re.search(rf"\b(?:{before})\s+{re.escape(name)}\b", words) is not None


def _is_person_noun(word: str) -> bool:
    found = noun_lexicon().find([word], 0)
    return found is not None and found[0].noun_class in ("person", "civilian", "official", "armed")


def _name_like(words: str) -> Iterator[tuple[str, str, str]]:
    """Yield sequences of capital words, up to five, with what stands before and after.

    Words that no name begins with are left out in front, and all up to a possessive ("Idlib's").
    """
    for match in _NAME_LIKE.finditer(words):
        start = match.start()
        for part in re.finditer(r"\S+", match.group()):
            bare = part.group().strip(".,").casefold()
            if not (is_no_name_word(bare) or bare in _no_first_words() or bare.endswith(("'s", "’s"))):
                start = match.start() + part.start()
                break
        else:
            continue
        last = list(re.finditer(r"['’]s\b", words[start : match.end()]))
        if not last or last[-1].end() == match.end() - start:
            yield (
                words[start : match.end()].rstrip(".").removesuffix("'s").removesuffix("’s"),
                words[:start],
                words[match.end() :],
            )
            continue
        start += last[-1].end()
        start += len(words[start:]) - len(words[start:].lstrip())
        yield words[start : match.end()].rstrip("."), words[:start], words[match.end() :]


@functools.cache
def _no_first_words() -> frozenset[str]:
    return masking_words().names.titles | {"the", "an", "a", "of", "la", "le"}
