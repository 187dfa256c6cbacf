"""Full text: the index of each database, and the query that a user's words become.

Both find words by their English stem, whatever the case; SQLite besides without accents. Nothing that a user
types is an error: every word is quoted, a phrase stands in quotation marks, a `*` at its end finds beginnings.
"""

from __future__ import annotations

import re

import msgspec

# What is indexed: the index, its table, and the columns.
INDEXED = (("claim_words", "claims", ("words",)), ("report_words", "reports", ("title", "text")))

_TERM = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
_WORD = re.compile(r"\w+")


class Term(msgspec.Struct, frozen=True):
    """A word or a phrase to be found; with `prefix` its last word is only a beginning."""

    words: tuple[str, ...]
    prefix: bool = False


def terms(query: str) -> list[Term]:
    """Return what a user's query asks for; an empty list where it holds no word."""
    found = []
    for match in _TERM.finditer(query):
        phrase, star, word = match.groups()
        said = phrase if phrase is not None else word
        words = tuple(_WORD.findall(said))
        if words:
            found.append(Term(words, bool(star) or (word or "").endswith("*")))
    return found


def fts5(wanted: list[Term]) -> str:
    """Return the query in the language of SQLite's FTS5."""
    return " AND ".join(f'"{" ".join(term.words)}"{"*" if term.prefix else ""}' for term in wanted)


def tsquery(wanted: list[Term]) -> str:
    """Return the query in the language of PostgreSQL's `to_tsquery`."""
    return " & ".join("(" + " <-> ".join(_lexemes(term)) + ")" for term in wanted)


def _lexemes(term: Term) -> list[str]:
    quoted = [f"'{word}'" for word in term.words]
    return [*quoted[:-1], quoted[-1] + (":*" if term.prefix else "")]
