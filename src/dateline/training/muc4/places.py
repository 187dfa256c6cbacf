"""Where and when an incident may have happened, in the words of the templates, with features to choose by."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from anyascii import anyascii

from dateline.corpora.muc4 import MONTHS
from dateline.knowledge.actors import countries
from dateline.records import Toponym
from dateline.training.muc4.features import Index
from dateline.training.muc4.stories import Story

OF_INTEREST = ("SV", "GT", "HN", "AR", "BO", "CL", "CO", "EC", "PE")
WORDS = (
    "DEPARTMENT", "PROVINCE", "NEIGHBORHOOD", "MUNICIPALITY", "DISTRICT", "REGION", "UNIVERSITY", "AIRPORT", "FARM",
    "VILLAGE", "TOWN", "SUBURB", "CANTON", "RIVER", "PORT", "VALLEY", "JURISDICTION", "HILL", "VOLCANO", "ISLAND",
)  # fmt: skip
REHOMED = "the text's own country"
KEPT = frozenset({"UNIVERSITY", "AIRPORT"})  # types whose word stays in the name
WITHIN_CITY = frozenset({"NEIGHBORHOOD", "DISTRICT", "SUBURB", "UNIVERSITY", "AIRPORT"})
FIRST_LEVEL = {"AR": "PROVINCE", "EC": "PROVINCE", "CL": "REGION", "US": "STATE", "MX": "STATE", "VE": "STATE"}
SIDES = re.compile(r"^(?:NORTH|SOUTH|EAST|WEST|CENTRAL|DOWNTOWN|NORTHERN|SOUTHERN|EASTERN|WESTERN|NORTHEASTERN"
                   r"|NORTHWESTERN|SOUTHEASTERN|SOUTHWESTERN)\s+(?=\w)")  # fmt: skip


def written_day(day: date) -> str:
    """Return a day as templates have it: 04 MAR 90."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}"


@functools.cache
def country_name(iso2: str) -> str:
    """Return the name of a country in capitals."""
    found = countries().by_iso2.get(iso2)
    return anyascii(found.name).upper() if found else ""


@functools.lru_cache(4000)
def plain(name: str) -> str:
    """Return a name in capitals without marks."""
    return " ".join(anyascii(name).upper().split())


def home(story: Story) -> str:
    """Return the country (ISO2) that a text is about: of its dateline, or the one it names most."""
    counts: Counter[str] = Counter()
    for place in story.toponyms:
        if place.country in OF_INTEREST:
            counts[place.country] += 5 if place.span.start < story.text.body else 1
    for thing in story.things:
        if thing.mention.country in OF_INTEREST:
            counts[thing.mention.country] += 1
    return counts.most_common(1)[0][0] if counts else ""


class Choice(msgspec.Struct, frozen=True):
    """A day or a place that may be an incident's: as written in a template, with what speaks for it."""

    words: str
    last: str
    features: tuple[str, ...]


def days(index: Index, sentences: Sequence[int], weights: Sequence[float]) -> list[Choice]:
    """Return the days that an incident may have happened on."""
    story = index.story
    held: dict[str, set[str]] = {}
    best = max(sentences, key=lambda n: (weights[n], -n))

    def put(words: str, *features: str) -> None:
        held.setdefault(words, set()).update(features)

    for number in sentences:
        where = "best" if number == best else "first" if number == sentences[0] else "other"
        for claim in index.claims[number]:
            time = claim.time
            if time is None or not time.end:
                continue
            end = date.fromisoformat(time.end)
            begin = date.fromisoformat(time.start) if time.start else end
            if story.day is not None and (end > story.day or (story.day - end).days > 3000):
                continue
            words = written_day(end) if begin == end else f"{written_day(begin)} - {written_day(end)}"
            said = time.text.lower().split()
            put(
                words, f"anchor {time.anchor}", f"{where} {time.anchor} {claim.predication.plover == 'ASSAULT'}",
                f"grain {time.granularity}", f"sense {claim.predication.sense}", f"{where} claim",
                *(f"said {word}" for word in said[:4] if not word.isdigit()),
            )  # fmt: skip
    for time_expression in story.times:
        number = story.sentence_at(time_expression.span.start)
        if time_expression.kind != "point" or not time_expression.end or not time_expression.start:
            continue
        apart = min((abs(number - n), number - n) for n in sentences)
        if apart[0] > 2 and number > 1:
            continue
        begin, end = date.fromisoformat(time_expression.start), date.fromisoformat(time_expression.end)
        if story.day is not None and (end > story.day or (story.day - end).days > 3000):
            continue
        words = written_day(end) if begin == end else f"{written_day(begin)} - {written_day(end)}"
        body = "body" if time_expression.span.start >= story.text.body else "dateline"
        place = "in best" if number == best else f"at {apart[1]}"
        said = time_expression.span.of(story.text.words).lower().split()
        put(
            words, f"told {body} {place}", f"told {body}", f"told grain {time_expression.granularity} {place}",
            f"told {time_expression.anchor} {place}", *(f"told {w} {place}" for w in said[:3] if not w.isdigit()),
        )  # fmt: skip
    if story.day is not None:
        today = written_day(story.day)
        put(today, "text day")
        put(f"- {today}", "until text day")
    made = []
    exact = sum("told body in best" in features for features in held.values())
    anywhere = sum("told body" in features for features in held.values())
    for words, features in held.items():
        days_ago = _ago(story, words)
        more = {f"ago {days_ago}", f"in best {min(exact, 2)}", f"anywhere {min(anywhere, 2)}"}
        if words.startswith("-"):
            shared = {f"until: {f}" for f in held.get(words[2:], set()) if f.startswith(("told", "anchor", "best"))} | {
                f"until: in best {min(exact, 2)}",
                f"until: anywhere {min(anywhere, 2)}",
            }
            more |= shared
        if " - " in words[2:]:
            more |= {f"span {f}" for f in features}
        made.append(Choice(words, words, tuple(sorted(features | more | {f"& {f} {exact > 0}" for f in features}))))
    return made


def _ago(story: Story, words: str) -> str:
    found = re.findall(r"(\d\d) (\w{3}) (\d\d)", words)
    if story.day is None or not found:
        return "unknown"
    day, month, year = found[-1]
    days_ago = (story.day - date(1900 + int(year), MONTHS.index(month) + 1, int(day))).days
    for most in (0, 1, 2, 3, 7, 14, 60, 400):
        if days_ago <= most:
            return str(most)
    return "more"


def kind_of_place(story: Story, one: Toponym) -> tuple[str, str]:
    """Return the name of a place without the word for its type, and its type."""
    bare = plain(one.name)
    if SIDES.match(bare) and not one.geonameid:
        bare = SIDES.sub("", bare)
    for word in WORDS:
        if bare.endswith(" " + word):
            return (bare if word in KEPT else bare[: -len(word)].strip()), word
    after = story.text.words[one.span.end : one.span.end + 20].upper().split()
    if after[:1] and after[0].strip(",.") in WORDS:
        word = after[0].strip(",.")
        return (f"{bare} {word}" if word in KEPT else bare), word
    before = story.text.words[max(0, one.span.start - 20) : one.span.start].upper().split()
    if before[-1:] == ["OF"] and len(before) > 1 and before[-2] in WORDS:
        return bare, before[-2]
    if one.feature == "admin1":
        return bare, FIRST_LEVEL.get(one.country, "DEPARTMENT")
    if one.feature == "region":
        return bare, "REGION"
    if one.feature == "airport":
        return bare, "AIRPORT"
    if one.feature == "city":
        return bare, "CITY"
    return bare, "TOWN"


class _Places:
    """The places that a text offers for one incident."""

    def __init__(self, index: Index, sentences: Sequence[int], weights: Sequence[float]) -> None:
        self.index, self.story, self.sentences = index, index.story, sentences
        self.country = home(self.story)
        self.best = max(sentences, key=lambda n: (weights[n], -n))
        self.held: dict[str, tuple[str, set[str]]] = {}
        self.times = Counter(plain(one.name) for one in self.story.toponyms)
        known = countries().by_iso2.get(self.country)
        self.capital = plain(known.capital) if known and known.capital else ""
        sentence = self.story.parse.sentences[self.best]
        self.capital_told = "capital" in self.story.parse.lemmas[sentence.first : sentence.last]

    def put(self, words: str, last: str, *features: str) -> None:
        self.held.setdefault(words, (last, set()))[1].update(features)

    def offer(self) -> None:
        """Offer the capital, the names of places, and the country."""
        country, story = self.country, self.story
        if self.capital:
            words = f"{country_name(country)}: {self.capital} (CITY)"
            told, named = f"capital told {self.capital_told}", f"capital named {self.times[self.capital] > 0}"
            self.put(words, self.capital, "kind capital", told, named)
        cities = [one for one in story.toponyms if one.feature == "city" and one.country]
        listed = {one.country for one in story.toponyms if one.feature == "country"} | {country}
        toponyms = [_rehomed(found, country, listed) for found in story.toponyms]
        for one in (*toponyms, *_institutions(story, country)):
            if one.country:
                self.toponym(one, cities)
        for number in self.sentences:
            self.claimed(number)
        if country:
            name = country_name(country)
            self.put(name, name, "kind country", "home country", "home True", "interest True")

    def toponym(self, one: Toponym, cities: Sequence[Toponym]) -> None:
        """Offer the name of a place."""
        if one.feature == "country":
            words = last = country_name(one.country)
            kind = "country"
        else:
            last, kind = kind_of_place(self.story, one)
            words = _chain(self.story, one, last, kind, cities)
            kind = kind if one.feature or kind != "TOWN" else "unknown"
        if not last:
            return
        number = self.story.sentence_at(one.span.start)
        apart = min((abs(number - n), number - n) for n in self.sentences)
        text = self.story.text
        before = (text.words[max(0, one.span.start - 14) : one.span.start].upper().split() or [""])[-1]
        spot = "in best" if number == self.best else f"at {max(-3, min(3, apart[1]))}"
        spot = "dateline" if one.span.start < text.body else spot
        name = plain(one.name)
        self.put(
            words, last, f"kind {kind}", f"{spot} {kind}", spot, f"home {one.country == self.country}",
            f"interest {one.country in OF_INTEREST}", f"before {before} {spot}", f"before {before} {kind}",
            f"known {bool(one.geonameid)} {kind}", f"rehomed {one.reason == REHOMED} {kind}",
            f"times {min(3, self.times[name])} {kind}", f"capital {name == self.capital} {self.capital_told}",
        )  # fmt: skip

    def claimed(self, number: int) -> None:
        """Note which of the places the claims of a sentence were put in."""
        where = "best" if number == self.best else "other"
        for claim in self.index.claims[number]:
            place = claim.place
            name = plain(place.name) if place else ""
            for words, (last, features) in self.held.items() if place else ():
                if place and (last == name or words.endswith(f": {name}")):
                    features.add(f"claim {where} {claim.predication.plover == 'ASSAULT'}")
                    features.add(f"claim {where} {place.precision}")
                    features.add(f"claim {where} {' '.join(place.reason.split()[:2])}")


def places(index: Index, sentences: Sequence[int], weights: Sequence[float]) -> list[Choice]:
    """Return the places where an incident may have happened."""
    offered = _Places(index, sentences, weights)
    offered.offer()
    finer = [features for _, features in offered.held.values() if "kind country" not in features]
    near = min(sum(any(f.startswith("in best") for f in features) for features in finer), 2)
    made = []
    for words, (last, features) in offered.held.items():
        more = {f"& {f} {near}" for f in features} | {f"finer {near} {min(len(finer), 4)}"}
        made.append(Choice(words, last, tuple(sorted(features | more))))
    return made


def _rehomed(one: Toponym, country: str, named: set[str]) -> Toponym:
    """Return a toponym that was put in a country of which the text says nothing as one of the text's own country."""
    if not country or one.country in named or one.feature == "country" or one.country in OF_INTEREST:
        return one
    return msgspec.structs.replace(one, country=country, admin1="", geonameid=None, reason=REHOMED)


def _institutions(story: Story, country: str) -> Iterator[Toponym]:
    """Yield universities, airports and the like as places of the text's own country."""
    for thing in story.things if country else ():
        words = plain(thing.words).split()
        if thing.mention.named and len(words) > 1 and words[-1] in WORDS and thing.mention.label != "place":
            name = " ".join(words)
            yield Toponym(thing.mention.span, name, "", country, thing.mention.evidence)


def _chain(story: Story, one: Toponym, last: str, kind: str, cities: Sequence[Toponym]) -> str:
    """Return a place with the places above it as templates have them."""
    country = country_name(one.country)
    if kind in WITHIN_CITY:
        over = [c for c in cities if c.country == one.country and plain(c.name) != last]
        near = sorted(over, key=lambda c: abs(c.span.start - one.span.start))
        if near:
            return f"{country}: {plain(near[0].name)} (CITY): {last} ({kind})"
    if one.admin1 and one.feature != "admin1":
        admin = plain(one.admin1)
        named = [t for t in story.toponyms if t.feature == "admin1" and t.admin1 == one.admin1]
        close = any(abs(t.span.start - one.span.start) < 160 for t in named)
        if close and admin != last:
            return f"{country}: {admin} ({FIRST_LEVEL.get(one.country, 'DEPARTMENT')}): {last} ({kind})"
    return f"{country}: {last} ({kind})"
