"""Two keys for a name: one that forgives accents and punctuation, one that forgives ways of romanising."""

from __future__ import annotations

import functools
import re

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['`´‘’ʻʼʿʾ‛ˌˈ]|(?<=\w)\.(?=\w\b)")
_OTHER = re.compile(r"[^0-9a-z]+")

# Articles and the Persian ezafe, which reports write, hyphenate or leave out as they please.
_ARTICLE = re.compile(
    r"(?:^|(?<= ))(?:a[lnrstdz]|ad|adh|ash|el|es|ed|et|er|ez|an|at|as|ar|as|az|the|e|i|ye|yi|ul|ol|il) (?=\S)"
)
# Letters that languages written in Arabic, Cyrillic or Hebrew are romanised with in more than one way.
_SAME = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"eh\b", "a"),
        (r"kh|q|ck|c(?![eiyh])", "k"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"tch", "ch"),
        (r"dj", "j"),
        (r"zh", "j"),
        (r"ts|tz", "z"),
        (r"x", "ks"),
        (r"(?<=[aeiou])w|(?<=[aeiou])v(?=[^aeiou]|$)", "u"),
        (r"w", "v"),
        (r"iy|yi|ij", "i"),
        (r"[ae]?[iy]e?(?=[^aou]|$)|ee|ey", "i"),
        (r"e", "i"),
        (r"[aou]u|oo|ou|o", "u"),
        (r"(?<=[aiu])h\b", ""),
        (r"(.)\1+", r"\1"),
    )
)


@functools.lru_cache(maxsize=16384)
def exact_key(name: str) -> str:
    """Return `name` in small Latin letters without accents and punctuation ("Qala-e Naw": "qala e naw").

    Other scripts are transliterated letter by letter (anyascii). An empty string where nothing is left.
    """
    return _OTHER.sub(" ", anyascii(_APOSTROPHES.sub("", name)).lower().replace("'", "")).strip()


@functools.lru_cache(maxsize=16384)
def folded_key(name: str) -> str:
    """Return a key that spellings of one name share: "Qala-e Naw", "Qal`eh-ye Now" -> "kalanu".

    Forgives q/k/kh, gh/g, w/v, the vowels e/i/y and o/u, doubled letters, articles (al-, el-, an-), the
    ezafe (-e-, -i-, -ye) and spaces. Never empty where `exact_key` is not.
    """
    key = exact_key(name)
    bare = _ARTICLE.sub("", key)
    for pattern, replacement in _SAME:
        bare = pattern.sub(replacement, bare)
    return bare.replace(" ", "") or key


def folding_rules() -> list[str]:
    """Return all that the keys depend on, as text: a file of names made by other rules is of no use."""
    rules = [part for pattern, replacement in _SAME for part in (pattern.pattern, replacement)]
    return [_APOSTROPHES.pattern, _OTHER.pattern, _ARTICLE.pattern, *rules]
