"""How the words of a clause speak of a place: of a part of it, of what lies beside it, of its district or capital.

The name of the place is put as a mark, so that each pattern is made once and serves all places.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from dateline.knowledge.control import control_rules

MARK = "\x00"
_THE, _PROVINCE = r"(?:the\s+)?", r"(?:\w+\s+)?(?:province\s+of\s+)?"
_CITY = r"(?:(?:provincial\s+)?(?:city|town|capital)\s*(?:of|,)?\s+)?"
_OTHER = r"(?:\w[\w-]*(?:\s\w[\w-]*)?\s+(?:and|or)\s+)?"
_SEAT = r"(?:capital|centre|center|seat)(?:\s+city)?"
_NAME = rf"(?:{MARK}|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)"
_CITY_DISTRICTS = r"(?:police|municipal|city)\s+districts?"


class Patterns(NamedTuple):
    """The patterns, of words in which MARK stands for the place where it is named."""

    district: re.Pattern[str]
    among_districts: re.Pattern[str]
    part_of: re.Pattern[str]
    beside: re.Pattern[str]
    inside: re.Pattern[str]
    seat_of: re.Pattern[str]
    towards: re.Pattern[str]
    every_unit: re.Pattern[str]
    units: re.Pattern[str]
    all: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    ends_whole: re.Pattern[str]
    city_districts: re.Pattern[str]
    ordinal: re.Pattern[str]


@functools.cache
def patterns() -> Patterns:
    """Return the patterns, made of the words of `knowledge/control.toml`."""
    scope = control_rules().scope
    every, units = _any(scope.all), _any(scope.units)
    seat = rf"\b{_SEAT}\s+of\s+{_THE}{_PROVINCE}{MARK}|{MARK}(?:\s+province)?(?:'s|’s)\s+(?:provincial\s+)?{_SEAT}\b"
    return Patterns(
        district=re.compile(
            rf"{MARK}\s+[Dd]istrict\b|{MARK},\s+(?:a|the)\s+district"
            rf"|(?<!police )(?<!municipal )[Dd]istrict\s+of\s+{MARK}"
        ),
        among_districts=re.compile(rf"\bdistricts\s+of\s+(?=[^.;]*{MARK}){_NAME}(?:,\s+{_NAME})*,?\s+and\s+{_NAME}"),
        part_of=re.compile(rf"\b({_any(scope.before)})\s+{_THE}{_CITY}{MARK}", re.I),
        beside=re.compile(rf"\b(?:{_any(scope.beside)})\s+{_THE}{_CITY}{MARK}", re.I),
        inside=re.compile(rf"\b(?:in|at|across|inside)\s+{_THE}{_CITY}{MARK}"),
        seat_of=re.compile(seat, re.I),
        towards=re.compile(rf"\b(?:{_any(scope.towards)})\s+{_THE}{_CITY}{_OTHER}{MARK}", re.I),
        every_unit=re.compile(rf"\b(?:{every})\b(?:\s+\w+){{0,3}}?\s+(?:{units})\b", re.I),
        units=re.compile(rf"\b(?:{units})\b", re.I),
        all=re.compile(rf"\b(?:{every})\b", re.I),
        part=re.compile(rf"\b({_any(scope.part)}|{_CITY_DISTRICTS})\b", re.I),
        whole=re.compile(rf"{MARK}|\b(?:{_any(scope.seat)})\b", re.I),
        ends_whole=re.compile(rf"\b(?:{_any(scope.seat)})$", re.I),
        city_districts=re.compile(rf"\b(?:{_CITY_DISTRICTS}|\w+(?:st|nd|rd|th)\s+districts?)(?!\w)", re.I),
        ordinal=re.compile(r"\b(?:first|second|third|\w+th)$", re.I),
    )


def marked(words: str, name: str) -> str:
    """Return the words with the mark in place of the name."""
    return words.replace(name, MARK) if name else words


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=lambda one: (-len(one), one)))
