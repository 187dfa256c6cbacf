"""From the patterns of rules.toml to expressions over characters of tokens."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from dateline.dating.lexicon import Prefix, Rule, rules, words
from dateline.dating.tokens import alphabet, pieces
from dateline.records import KnowledgeError

_ITEM = re.compile(
    r"(?P<core>'[^']+'|@?[A-Za-z_]+|\(|\||[-,./:]|\))(?P<repeat>[?*+])?(?::(?P<slot>\w+))?(?P<late>[?*+])?"
)


_STRONG = [
    "MONTH",
    "MAY",
    "MON",
    "WEEKDAY",
    "WEEKDAYS",
    "WD",
    "SEASON",
    "FALL",
    "UNIT",
    "UNITS",
    "SECOND",
    "PART",
    "DEICTIC",
    "FREQ",
    "ISO",
    "NUMDATE",
    "CLOCK",
    "DECADE",
    "YY",
    "ORD",
]
_COMMON = ["the", "a", "an", "this", "that", "these", "at", "in", "of", "to", "as", "on", "and", "or"]


class Compiled(NamedTuple):
    """A rule, its expression, and the characters of which at least one must be there for it to match."""

    rule: Rule
    expression: re.Pattern[str]
    order: int
    needs: frozenset[str]


def _phrases(table: dict[str, str]) -> str:
    """Return an alternation of phrases as expression, the longest first."""
    known = alphabet()
    forms = {
        "".join(known.of_shape["POSS"] if word[0] in "'’" else known.of_word[word] for word in pieces(phrase))
        for phrase in table
    }
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f))) + ")"


@functools.cache
def _tables() -> dict[str, str]:
    lexicon = words()
    return {
        "VAGUE": _phrases(lexicon.vague),
        "LOOSE": _phrases(lexicon.loose),
        "HOLIDAY": _phrases(lexicon.holidays),
    }


def _core(core: str, where: str) -> str:
    known = alphabet()
    if core.startswith("'"):
        word = core.strip("'")
        if not word.isalpha() and len(word) == 1:
            return re.escape(word)
        return known.of_shape["POSS"] if word == "POSS" else known.of_word[word]
    if core.startswith("@"):
        return f"(?:{expression_of(rules().macros[core[1:]], where)})"
    if core in _tables():
        return _tables()[core]
    if core in known.classes:
        return "[" + known.classes[core] + "]"
    if len(core) == 1 and not core.isalpha():
        return re.escape(core)
    raise KnowledgeError(f"knowledge/dating/rules.toml, {where}: no class of tokens is called {core!r}")


def expression_of(pattern: str, where: str) -> str:
    """Return the expression of a pattern; `where` names the rule in errors.

    Raises KnowledgeError where the pattern names a class that does not exist or cannot be read.
    """
    opened: list[list[str]] = [[]]
    for piece in pattern.split():
        match = _ITEM.fullmatch(piece)
        if match is None:
            raise KnowledgeError(f"knowledge/dating/rules.toml, {where}: cannot read {piece!r} in the pattern")
        core, repeat, slot = match["core"], match["repeat"] or match["late"] or "", match["slot"]
        if core == "(":
            opened.append([])
            continue
        if core == ")":
            inner = "".join(opened.pop())
            made = f"(?:{inner})"
        elif core == "|":
            opened[-1].append("|")
            continue
        else:
            made = _core(core, where)
        made = f"(?P<{slot}>{made}){repeat}" if slot else made + repeat
        opened[-1].append(made)
    if len(opened) != 1:
        raise KnowledgeError(f"knowledge/dating/rules.toml, {where}: unbalanced brackets in the pattern")
    return "".join(opened[0])


def _unique(expression: str) -> str:
    """Number repeated slot names (alternatives may fill the same slot): day, day_2, ..."""
    seen: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name = match[1]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>" if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", number, expression)


@functools.cache
def strong() -> frozenset[str]:
    """Return the characters of words and shapes that make an expression, as "the" and numbers do not."""
    known = alphabet()
    return frozenset(char for name in _STRONG for char in known.classes[name])


def _needs(expression: str, rule: Rule) -> frozenset[str]:
    """Return the characters that tell that a rule may match: strong ones, else all but common words."""
    found = frozenset(expression)
    known = alphabet()
    common = {known.of_word[word] for word in _COMMON if word in known.of_word}
    telling = frozenset() if rule.id in ("vague", "loose", "holiday") else found & strong()
    return telling or frozenset(char for char in found - common if ord(char) >= 0xE000)


@functools.cache
def compiled_rules() -> tuple[Compiled, ...]:
    """Return all rules with their expressions, in the order of the file."""
    made = []
    for order, rule in enumerate(rules().rule):
        expression = _unique(expression_of(rule.pattern, rule.id))
        made.append(Compiled(rule, re.compile(expression), order, _needs(expression, rule)))
    return tuple(made)


@functools.cache
def compiled_prefixes() -> tuple[tuple[Prefix, re.Pattern[str]], ...]:
    """Return all prefixes with expressions that match at the end of what stands before."""
    return tuple(
        (prefix, re.compile(_unique(f"(?:{expression_of(prefix.pattern, prefix.id)})$"))) for prefix in rules().prefix
    )
