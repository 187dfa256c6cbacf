"""What the words beside a name of a place say of it: its class, what it lies in, how far off the event is."""

from __future__ import annotations

import functools
import re

import msgspec

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.gazetteer.builder import features
from dateline.placing.geography import degrees_of
from dateline.records import Span


class Offset(msgspec.Struct, frozen=True):
    """Where an event lies as seen from a named place: `km` None where only "near" or a direction is said."""

    words: Span
    km: float | None = None
    degrees: float | None = None


class Name(msgspec.Struct, frozen=True):
    """A name of a place in its context.

    `hint` is the feature that the words of class say it has, or "". `inside` are names of the units that it
    is said to lie in. `seat_of` is the unit that it is called the capital of ("=" where that unit bears the
    same name, "?" where it is not named). `seat_of_unit` is True for a name that only says whose capital is
    meant. `times` is how often the report names it.
    """

    span: Span
    surface: str
    hint: str = ""
    inside: tuple[str, ...] = ()
    seat_of: str = ""
    offset: Offset | None = None
    between: Span | None = None
    times: int = 1


_CAPITALISED = r"[A-ZÀ-Þ][\w.’'\-]*(?:[ \-](?:[a-z]{1,3}[ \-])?[A-ZÀ-Þ][\w.’'\-]*){0,3}"
_AFTER = re.compile(rf"(?:,\s+|\s*\()(?:in\s+)?(?:the\s+)?({_CAPITALISED})")
_IN_AFTER = re.compile(rf",?\s+(?:in|of)\s+(?:the\s+|(?:north|south|east|west|centr)[a-z\-]*\s+)*({_CAPITALISED})")
_OWNER = re.compile(rf"({_CAPITALISED})(?:['’]s|['’])\s+(?:[a-z\-]+\s+){{0,2}}$")
_WORD = re.compile(r"[\w\-]+")
_DIRECTION = r"(?:north|south|east|west)(?:[\- ]?(?:east|west))?(?:ern|wards?)?"
_FAR = re.compile(
    rf"(?:(?:about|some|around|roughly|approximately|nearly|almost|over|just)\s+)?(?P<n>\d[\d,.]*)\s*-?"
    rf"(?P<unit>km|kms|kilometers?|kilometres?|miles?|mi)\b(?:\s*\([^)]*\))?\s*(?:to\s+the\s+)?"
    rf"(?:(?P<way>{_DIRECTION})\s+)?(?:of|from|outside|off)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    rf"\b(?:near(?:by)?|close\s+to|around|outside|in\s+the\s+(?:outskirts|suburbs|vicinity|countryside)\s+of|"
    rf"(?:on|at|to|from)\s+the\s+(?:\w+\s+)?(?:outskirts|edge|gates|approaches)\s+of|outskirts\s+of|"
    rf"in\s+the\s+area\s+of|(?:just\s+)?(?P<way>{_DIRECTION})\s+of)\s+(?:the\s+)?"
    rf"(?:(?:city|town|village)\s+(?:of\s+)?|capital,?\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?$", re.IGNORECASE)
_SEAT_AFTER = re.compile(
    r",?\s+(?:which\s+is\s+)?(?:the\s+)?(?:\w+\s+)?(?:capital|seat|main\s+city|administrative\s+cent(?:er|re))"
    r"(?:\s+city)?\s+of\s+(?:the\s+)?(?:(?P<same>(?:\w+\s+)?(?:of|with)\s+the\s+same\s+name|(?:\w+\s+)?of\s+that\s+name)"
    rf"|(?:province\s+of\s+|state\s+of\s+)?(?P<unit>{_CAPITALISED}))"
)
_CENTRE_AFTER = re.compile(
    r",\s+(?:which\s+is\s+)?(?:the\s+)?(?:[a-z]+\s+)?(?:cent(?:er|re)|main\s+town|chief\s+town)\s+of\s+(?:the\s+)?"
    r"(?:(?:province|state|governorate|region|district)\s+of\s+)?(?:[a-z]+\s+)?"
    rf"(?:(?P<same>(?:\w+\s+)?of\s+the\s+same\s+name)|(?P<unit>{_CAPITALISED}))"
)
# The name of the unit whose seat is spoken of: "Gardez, centre of Paktia".
_SEAT_OF = re.compile(
    r"(?:,\s+(?:the\s+)?(?:[a-z\-]+\s+){0,2}(?:cent(?:er|re)|seat|(?:main|chief)\s+town)|\bcapital(?:\s+city)?)"
    r"\s+of\s+(?:the\s+)?(?:[a-z\-]+\s+){0,2}$"
)
_SEAT_BEFORE = re.compile(
    rf"(?:(?P<unit>{_CAPITALISED})(?:['’]s)?\s+)?(?:provincial\s+|regional\s+|state\s+)?capital(?:\s+city)?,?\s+(?:of\s+)?$"
)
_MILE = 1.609344


@functools.cache
def _class_words() -> dict[str, str]:
    return {word: feature for feature, words in features().words.items() for word in words}


@functools.cache
def _class_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted((re.escape(word) for word in _class_words()), key=len, reverse=True))
    inside = re.compile(rf"(?:^(?:the\s+)?({words})\s+(?:of\s+)?\w|\b({words})$)", re.IGNORECASE)
    after = re.compile(rf"['’]?s?\s+({words})\b(?!\s+of\s+(?:the\s+)?[A-Z])", re.IGNORECASE)
    before = re.compile(rf"\b({words})\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)
    return inside, after, before


def read_name(text: str, span: Span, gazetteer: Gazetteer) -> Name:
    """Return the name at `span` with what the words of its sentence, before and after, say of it."""
    before, after = _same_sentence(text, span)
    surface = re.sub(r"^[Tt]he\s+(?=\S)", "", re.sub(r"\s+", " ", span.of(text))).removesuffix("'s").removesuffix("’s")
    seat, inside = _seat(before, after), list(_containers(before, after, gazetteer))
    if seat and seat not in "=?":
        inside.append(seat)
    hint = "city" if seat else _hint(surface, before, after) or _hint_of_seat(surface, before, gazetteer)
    between = _BETWEEN.search(before)
    return Name(
        span=span,
        surface=surface,
        hint=hint,
        inside=tuple(dict.fromkeys(unit for unit in inside if unit != surface)),
        seat_of=seat,
        offset=_offset(before, span.start),
        between=Span(span.start - len(before) + between.start(), span.start) if between else None,
    )


def _same_sentence(text: str, span: Span) -> tuple[str, str]:
    before = text[max(0, span.start - 90) : span.start]
    after = text[span.end : span.end + 90]
    for stop in ("\n", ". ", "? ", "! ", "; "):
        before = before[before.rfind(stop) + 1 :] if stop in before and not _abbreviation(before, stop) else before
        after = after.split(stop)[0] if stop != ". " or span.of(text)[-1:] != "." else after
    return before, after


def _abbreviation(before: str, stop: str) -> bool:
    """Whether the last full stop only ends an abbreviation or initial ("St. ", "U.S. ")."""
    if stop != ". ":
        return False
    word = before[: before.rfind(stop)].rpartition(" ")[2]
    return len(word) <= 2 or "." in word


def _hint(surface: str, before: str, after: str) -> str:
    inside, behind, ahead = _class_patterns()
    words = _class_words()
    for pattern, part in ((inside, surface), (behind, after), (ahead, before)):
        match = pattern.match(part) if pattern is behind else pattern.search(part)
        if match:
            word = next(group for group in match.groups() if group).lower()
            if part is surface and match.group(0) == surface:
                continue
            # "Zabul provincial council" speaks of the province, "the capital Kabul" of a city.
            return words[word]
    return ""


def _hint_of_seat(surface: str, before: str, gazetteer: Gazetteer) -> str:
    """Return "admin1" for a name whose seat is spoken of ("the centre of Farah"), where a unit bears it; else ""."""
    if not _SEAT_OF.search(before):
        return ""
    features_of = {place.feature for place in gazetteer.exact(surface)}
    return "admin1" if "admin1" in features_of and "country" not in features_of else ""


def _containers(before: str, after: str, gazetteer: Gazetteer) -> list[str]:
    found: list[str] = []
    match = _AFTER.match(after) or _IN_AFTER.match(_past_class(after))
    while match and len(found) < 3:
        name = _longest(match[1], gazetteer)
        if not name:
            break
        found.append(name)
        after = after[match.start(1) + len(name) :]
        match = _AFTER.match(_past_class(after)) or _IN_AFTER.match(_past_class(after))
    if owner := _OWNER.search(before):
        name = _longest(owner[1], gazetteer, last=True)
        if name:
            found.append(name)
    return found


def _past_class(after: str) -> str:
    """Skip a word of class behind the name: " district of Idlib" -> " of Idlib"."""
    match = _class_patterns()[1].match(after) or re.match(r"['’]?s?\s+(?:district|province)\b", after)
    return after[match.end() :] if match else after


def _longest(words: str, gazetteer: Gazetteer, *, last: bool = False) -> str:
    """Return the longest part of `words` that names a unit or country, from the front (or the back)."""
    parts = words.rstrip(".,’'").split(" ")
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[-size:] if last else parts[:size])
        if _is_container(gazetteer, name):
            return name
    return ""


def _is_container(gazetteer: Gazetteer, name: str) -> bool:
    if len(name) == 2 and not name.isupper():
        return False
    return any(place.feature in ("country", "admin1", "admin2", "region") for place in gazetteer.candidates(name))


def _seat(before: str, after: str) -> str:
    if match := _SEAT_AFTER.match(after) or _CENTRE_AFTER.match(after):
        return "=" if match["same"] else match["unit"]
    if (match := _SEAT_BEFORE.search(before)) and "capital" in match[0]:
        return match["unit"] or "?"
    return ""


def _offset(before: str, end: int) -> Offset | None:
    if match := _FAR.search(before):
        km = float(match["n"].replace(",", "").rstrip(".")) * (_MILE if match["unit"].startswith("mi") else 1.0)
        way = degrees_of(match["way"]) if match["way"] else None
        return Offset(Span(end - len(before) + match.start(), end), round(km, 1), way)
    if match := _NEAR.search(before):
        way = degrees_of(match["way"]) if match["way"] else None
        return Offset(Span(end - len(before) + match.start(), end), None, way)
    return None
