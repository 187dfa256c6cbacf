"""The forms in which a name is printed: folding of marks, and the variants of an alias."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Iterable, Mapping

MOST_VARIANTS = 48
"""A bound for one alias; the longest lists of spellings stay far below it."""
ARTICLES = frozenset({"al", "el"})


def _folding() -> dict[int, str]:
    """Map each mark to one plain character: a fold never changes the length of a text."""
    table = {}
    for code in itertools.chain(range(0xC0, 0x250), range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table.update({ord(a): b for a, b in zip("ØøĐđŁłıßÆæŒœ", "OoDdLlisAaOo", strict=True)})
    table.update(dict.fromkeys(map(ord, "’‘ʼʾʿ`´ʻ‛"), "'"))
    table.update(dict.fromkeys(map(ord, "-‐‑‒–—−\t\n\r\u00a0\u202f\u2009"), " "))
    return table


FOLDING = _folding()


def fold(text: str) -> str:
    """Return `text` with marks off letters, one kind of apostrophe, and hyphens and breaks as spaces.

    The result has the length of `text`, so that offsets into one are offsets into the other.
    """
    return text.translate(FOLDING)


def spelling_table(groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return, for every spelling in lower case, all spellings of its word."""
    table: dict[str, tuple[str, ...]] = {}
    for group in groups:
        folded = tuple(fold(spelling) for spelling in group)
        for spelling in folded:
            key = spelling.lower()
            table[key] = tuple(dict.fromkeys((*table.get(key, ()), *folded)))
    return table


def variants(alias: str, spellings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the folded forms of `alias`: as written first, then with its words spelled otherwise.

    Articles are tried small and capital, apostrophes with and without.
    """
    folded = fold(alias)
    small = folded.lower().split(" ")
    if "'" not in folded and ARTICLES.isdisjoint(small) and spellings.keys().isdisjoint(small):
        return [folded]  # most names: this is what keeps loading quick
    words = folded.split(" ")
    article = False
    choices: list[tuple[str, ...]] = []
    for word in words:
        if word.lower() in ARTICLES:
            article = True
            choices.append((word,))
        else:
            found = spellings.get(word.lower()) or spellings.get(word.lower().replace("'", ""), ())
            if found and word[0].islower() and not found[0][0].islower():
                found = ()
            choices.append((word, *(other for other in found if other != word)))
    if all(len(choice) == 1 for choice in choices):
        forms = [folded]
    else:
        forms = [" ".join(c) for c in itertools.islice(itertools.product(*choices), MOST_VARIANTS)]
    if article:
        forms = [form for base in forms for form in _articles(base)]
    if "'" in folded:
        forms += [form.replace("'", "") for form in forms if "'" in form]
    return list(dict.fromkeys(forms))


@functools.cache
def _shapes(article: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((article, "al", "Al", "el", "El")))


def _articles(form: str) -> list[str]:
    words = form.split(" ")
    at = [i for i, word in enumerate(words) if word.lower() in ARTICLES]
    forms = [form]
    for shape in _shapes(words[at[0]]):
        changed = list(words)
        for i in at:
            changed[i] = shape
        forms.append(" ".join(changed))
    return forms
