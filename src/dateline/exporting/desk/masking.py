"""Names of private persons, masked in whatever leaves a desk.

Who is a person is known from the records: sources and voices of kind person, participants whose name looks like a
person's, and names beside which the words of a claim say so. Who is public is known by office (`masking.toml`);
all others are private. A private person becomes "[person 3]": numbered in the order in which the desk met them, so
that the same person keeps the number as the desk grows, and nothing of the name is left in it, as a hash of it
would leave what a list of names can be tried against.

Masked are all spellings, the parts of a name by themselves, and names run together as in addresses and handles,
whatever their case and marks, in every text of every record.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import NoneType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from dateline.exporting.desk.people import People, tokens_of
from dateline.knowledge.actors import actors, countries, fold
from dateline.knowledge.public_offices import is_also_a_word, is_no_name_word, masking_words
from dateline.records import Control, Event, Filed, Place, Span, Voice

if TYPE_CHECKING:
    from dateline.exporting.desk.holdings import Reported

T = TypeVar("T")
UNNUMBERED = "[person]"
# Within a word: marks on the letter before, soft hyphens, and what has no width.
_UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_UNSEEN}])*")
_MARKS = re.compile(f"[{_UNSEEN}]")
_WIDEST_GAP = 4
_OFTEN = 3
_REMEMBERED = 50_000
_SHORTEST_PART = 3


class _Form(NamedTuple):
    """A sequence of words: `instead` is what it becomes, None where it is kept.

    One word alone that is `ordinary` too counts only where it is written large; `titled` ones only after a title.
    """

    words: tuple[str, ...]
    instead: str | None
    titled: bool = False
    ordinary: bool = False


class Mask:
    """What is masked: forms by their first word, and how many persons they are of. Without any, nothing is changed."""

    def __init__(self, forms: Iterable[_Form] = (), persons: int = 0) -> None:
        self.persons = persons
        self._forms: dict[str, list[_Form]] = {}
        for form in dict.fromkeys(forms):
            self._forms.setdefault(form.words[0], []).append(form)
        for found in self._forms.values():
            found.sort(key=lambda form: (-len(form.words), form.instead is None, form.words))
        # Most texts of a desk come many times: kinds, outlets, names of places.
        self._remembered = functools.lru_cache(maxsize=_REMEMBERED)(self._masked)

    def __bool__(self) -> bool:
        return bool(self._forms)

    def text(self, words: str) -> str:
        """Return `words` with the names of private persons masked."""
        if not self._forms or not words:
            return words
        return self._remembered(words)

    def record(self, value: T) -> T:
        """Return a record, or anything made of records, tuples and texts, with every text in it masked."""
        return self._walk(value)  # type: ignore[return-value]

    def _walk(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (Span, float, int, NoneType)):
            return value
        if isinstance(value, tuple):
            return tuple(map(self._walk, value))
        if isinstance(value, list):
            return list(map(self._walk, value))
        if not isinstance(value, msgspec.Struct):
            return value
        old = {name: getattr(value, name) for name in value.__struct_fields__}
        new = {name: self._walk(held) for name, held in old.items()}
        changed = {name: held for name, held in new.items() if held is not old[name] and held != old[name]}
        return msgspec.structs.replace(value, **changed) if changed else value

    def _masked(self, words: str) -> str:
        found = list(_LETTERS.finditer(_flat(words)))
        units = [_MARKS.sub("", match.group()) for match in found]
        made, at, index = [], 0, 0
        while index < len(found):
            form = self._at(words, units, found, index)
            if form is None:
                index += 1
                continue
            start, index = found[index].start(), index + len(form.words)
            end = found[index - 1].end()
            made += [words[at:start], words[start:end] if form.instead is None else form.instead]
            at = end
        return "".join((*made, words[at:])) if made else words

    def _at(self, words: str, units: Sequence[str], found: Sequence[re.Match[str]], index: int) -> _Form | None:
        """Return the longest form that begins at a unit.

        An address, key or handle, which holds no blank, is written small whatever it names.
        """
        for form in self._candidates(units[index]):
            last = index + len(form.words) - 1
            if last == index:
                large = not form.ordinary or words[found[index].start()].isupper() or not any(map(str.isspace, words))
                titled = index > 0 and units[index - 1] in masking_words().names.titles
                if large and (titled or not form.titled):
                    return form
                continue
            near = last < len(units) and all(_beside(words, found[i], found[i + 1]) for i in range(index, last))
            if near and _fits(form, units[index : last + 1]):
                return form
        return None

    def _candidates(self, unit: str) -> Iterator[_Form]:
        yield from self._forms.get(unit, ())
        for ending in ("s", "es"):
            if unit.endswith(ending):
                yield from (form for form in self._forms.get(unit.removesuffix(ending), ()) if len(form.words) == 1)


def _flat(words: str) -> str:
    """Return `words` folded and small, letter for letter: offsets stay."""
    folded = fold(words)
    small = folded.lower()
    if len(small) == len(words):
        return small
    return "".join(one if len(one := char.lower()) == 1 else char for char in folded)


def _fits(form: _Form, units: Sequence[str]) -> bool:
    *most, last = form.words
    return list(units[:-1]) == most and units[-1] in (last, f"{last}s", f"{last}es")


def _beside(words: str, one: re.Match[str], two: re.Match[str]) -> bool:
    between = words[one.end() : two.start()]
    return len(between) <= _WIDEST_GAP and not any(char in "!?;" for char in between)


def mask_of(
    events: Sequence[Event],
    claims: Sequence[Filed],
    control: Sequence[Control],
    reports: Sequence[Reported],
    named: Sequence[str] = (),
    is_place: Callable[[str], bool] = lambda _: False,
) -> Mask:
    """Return the mask of a desk: all private persons but those `named` (any spelling of theirs) are masked.

    `is_place` says of a name whether some place bears it: such a name, where only words tell it, is no person's.
    """
    places = {*_places(events, claims, control)}
    private, public = sorted_persons(events, claims, control, reports, named, is_place)
    small = _small_words([*(one.words for one in claims), *(report.title for report in reports)])
    return Mask(_forms(private, public, places, small), len(private))


def sorted_persons(
    events: Sequence[Event],
    claims: Sequence[Filed],
    control: Sequence[Control],
    reports: Sequence[Reported],
    named: Sequence[str],
    is_place: Callable[[str], bool],
) -> tuple[list[list[str]], list[str]]:
    """Return the private persons, each by all spellings, in the order in which the desk met them, and public names."""
    places = {*_places(events, claims, control)}
    people = People((tokens_of(name) for name in places), is_place)
    for one in sorted(claims, key=lambda filed: (filed.order, filed.claim.predication.trigger, filed.claim.id)):
        people.read_claim(one)
    for report in sorted(reports, key=lambda report: report.id):
        people.read_report(report.id, report.people, report.title)
    for voice in _voices(events, control):
        people.read_voice(voice)
    return people.sorted_out(named)


def _small_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that are written small far more often than large: they are words before they are names."""
    small, large = Counter[str](), Counter[str]()
    for text in texts:
        for match in _LETTERS.finditer(text):
            (small if match.group().islower() else large)[_MARKS.sub("", fold(match.group())).lower()] += 1
    return frozenset(word for word, times in small.items() if times > _OFTEN * (large[word] + 1))


def _places(events: Iterable[Event], claims: Iterable[Filed], control: Iterable[Control]) -> Iterator[str]:
    found: list[Place] = [one.place for one in events if one.place]
    found += [one.claim.place for one in claims if one.claim.place]
    found += [one.place for one in control]
    for place in dict.fromkeys(found):
        yield from filter(None, (place.name, place.admin1, place.country))


def _voices(events: Iterable[Event], control: Iterable[Control]) -> Iterator[Voice]:
    for event in sorted(events, key=lambda event: event.id):
        for field in event.fields:
            for account in field.accounts:
                yield from account.voices
    for one in sorted(control, key=lambda one: (one.place.name, one.start or "", one.holder)):
        yield from one.voices


def _forms(
    private: Sequence[Sequence[str]], public: Iterable[str], places: Iterable[str], small: frozenset[str]
) -> Iterator[_Form]:
    """Yield the forms of private persons (each the spellings of one person), then the names that are kept."""
    particles = masking_words().names.particles
    parts: dict[str, set[str]] = {}
    whole: set[tuple[str, ...]] = set()
    for number, spellings in enumerate(private, 1):
        label = f"[person {number}]"
        for words in filter(None, map(tokens_of, spellings)):
            if len(words) > 1:
                whole.add(words)
                yield _Form(words, label)
                yield from (_Form(("".join(order),), label) for order in (words, words[::-1]))
            for word in words:
                short = len(word) < _SHORTEST_PART or word in particles
                if len(words) == 1 or not short:
                    parts.setdefault(word, set()).add(label)
    kept = {tokens_of(name) for name in (*public, *places)} - {()}
    for word, labels in sorted(parts.items()):
        if (word,) not in kept:
            label = min(labels) if len(labels) == 1 else UNNUMBERED
            yield _Form((word,), label, _is_known(word), word in small or is_also_a_word(word))
    for words in sorted(kept):
        if not any(_within(name, words) for name in whole):
            yield _Form(words, None)


def _is_known(word: str) -> bool:
    """Whether a word by itself is a country, a people, a known actor, or no word of a name."""
    title = word.title()
    known = countries().by_name(title) or countries().by_demonym(title)
    return bool(known) or is_no_name_word(word) or any(m.end - m.start == len(word) for m in actors().find(title))


def _within(small: tuple[str, ...], large: tuple[str, ...]) -> bool:
    return any(large[i : i + len(small)] == small for i in range(len(large) - len(small) + 1))
