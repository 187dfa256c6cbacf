"""The rules that say which words of a page are not the story, and their matching."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

import msgspec

from dateline.knowledge.cleaning import shapes
from dateline.knowledge.loading import Header, load_toml
from dateline.records import KnowledgeError

At = Literal["whole", "line", "start", "top", "joint", "inside", "end"]
FILES = ("paywall", "related", "furniture", "credits", "datelines", "insertions")
END_WINDOW = 400
JOINT_WINDOW = 500


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One phrase that is not the story.

    `at` says where it counts: `whole` (the line is nothing else), `line` (it begins a line, which is lost
    to its end), `start` (it begins a paragraph; only the phrase is meant), `top` (the same, but only above
    the first sentence of the story), `joint` (between title and story
    whose lines were joined), `inside` (anywhere; only the phrase) and `end` (it ends a paragraph).
    `extent` widens that: `paragraph` takes the whole paragraph, `list` also the titles on the lines below
    where nothing follows the phrase on its own line. `keys` are lower-case literals, one of which must
    occur in a report for the rule to be tried at all. Patterns are regular expressions, blind to case
    unless `case`; `<agency>`, `<outlet>`, `<day>`, `<month-day>`, `<clock>`, `<weekday>`, `<person>`,
    `<name>`, `<body>` (a name that a word in it shows to be an outlet's or an institution's) and `<foreign>`
    stand for what their names say. In `examples` the marks ⟦ ⟧ enclose what the rule takes;
    `counterexamples` hold nothing that it takes.
    """

    id: str
    kind: str
    at: At
    pattern: str
    gloss: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    extent: Literal["match", "paragraph", "list"] = "match"
    keys: tuple[str, ...] = ()
    case: bool = False


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rules."""

    about: Header
    rule: tuple[Rule, ...]


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agency or an outlet: its name, other spellings, and what machine translation makes of it.

    `translated` holds only in a credit that also names an agency ("The World with AFP").
    """

    name: str
    aliases: tuple[str, ...] = ()
    translated: tuple[str, ...] = ()


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The agencies and outlets that credits name."""

    about: Header
    media_words: frozenset[str]
    sure_words: frozenset[str]
    institutions: frozenset[str]
    bodies: frozenset[str]
    sections: frozenset[str]
    documents: tuple[str, ...]
    document_words: tuple[str, ...]
    languages: frozenset[str]
    agency: tuple[Name, ...]
    outlet: tuple[Name, ...]


class ForeignWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and endings that show that a bracket was left by a translator."""

    about: Header
    words: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]


class EnglishWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Small words by which English is known."""

    about: Header
    words: frozenset[str]


class Hit(NamedTuple):
    """A rule and the range of code points that its pattern matched."""

    start: int
    end: int
    rule: Rule


class Phrases:
    """The compiled rules. Matching is linear in the length of what is searched."""

    def __init__(self, rules: tuple[Rule, ...], names: Names, foreign: ForeignWords) -> None:
        self.rules = rules
        self.names = names
        self.agencies = _by_spelling(names.agency)
        self.outlets = _by_spelling(names.outlet)
        self.translated = {spelling.lower(): name.name for name in names.outlet for spelling in name.translated}
        self._parts = _parts(names, foreign)
        self.agency = re.compile(rf"(?<!\w){self._parts['agency']}(?!\w)")
        self.outlet = re.compile(rf"(?<!\w){self._parts['outlet']}(?!\w)")
        of = {at: [rule for rule in rules if rule.at == at] for at in get_args(At)}
        self._whole = self._combined(of["whole"], r"\s*\Z")
        self._line = self._combined(of["line"], "")
        self._start = self._combined(of["start"], "")
        self._top = self._combined(of["top"] + of["start"], "")
        self._joint = self._combined(of["joint"], "")
        self._inside, self._end = of["inside"], of["end"]
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._by_id = {rule.id.replace("-", "_"): rule for rule in rules}

    def _expanded(self, rule: Rule) -> str:
        pattern = re.sub(r"<([a-z][a-z-]*)>", lambda found: self._parts[found.group(1)], rule.pattern)
        return f"(?:{pattern})" if rule.case else f"(?i:{pattern})"

    def _combined(self, rules: list[Rule], tail: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<{rule.id.replace('-', '_')}>{self._expanded(rule)}){tail}" for rule in rules))

    def whole(self, text: str, start: int, end: int) -> Hit | None:
        """Return the rule that takes all of the line `text[start:end]` (no white space at either side)."""
        return self._hit(self._whole.match(text, start, end)) if end - start <= END_WINDOW else None

    def line(self, text: str, start: int, end: int) -> Hit | None:
        """Return the rule whose phrase begins at `start` and that takes the rest of the line too."""
        return None if text[start].islower() else self._hit(self._line.match(text, start, end))

    def begin(self, text: str, start: int, end: int, *, top: bool = False) -> Hit | None:
        """Return the rule whose phrase alone begins a paragraph at `start`; `top`: above the story."""
        return None if text[start].islower() else self._hit((self._top if top else self._start).match(text, start, end))

    def joint(self, text: str, start: int, end: int) -> Hit | None:
        """Return what dates the page between title and story in `text[start:end]`, whose lines were joined."""
        return self._hit(self._joint.search(text, start, min(end, start + JOINT_WINDOW)))

    def _hit(self, found: re.Match[str] | None) -> Hit | None:
        if found is None or found.lastgroup is None or found.end() == found.start():
            return None
        return Hit(found.start(), found.end(found.lastgroup), self._by_id[found.lastgroup])

    def inside(self, text: str, lowered: str) -> Iterator[Hit]:
        """Yield what rules find anywhere in `text`, of which `lowered` is the lower-case form."""
        for rule in self._inside:
            if any(key in lowered for key in rule.keys):
                for found in self._searched(rule, "").finditer(text):
                    yield Hit(found.start(), found.end(), rule)

    def _searched(self, rule: Rule, tail: str) -> re.Pattern[str]:
        # Compiled when first needed: most reports need few of them, and starting up should not wait.
        if rule.id not in self._compiled:
            self._compiled[rule.id] = re.compile(self._expanded(rule) + tail)
        return self._compiled[rule.id]

    def enders(self, lowered: str) -> list[tuple[Rule, re.Pattern[str]]]:
        """Return the rules for the ends of paragraphs whose keys occur in a report."""
        ends = [rule for rule in self._end if any(key in lowered for key in rule.keys)]
        return [(rule, self._searched(rule, r"\s*\Z")) for rule in ends]

    def end(self, enders: list[tuple[Rule, re.Pattern[str]]], text: str, start: int, end: int) -> Hit | None:
        """Return the first of the rules `enders` that ends the paragraph `text[start:end]`."""
        for rule, pattern in enders:
            found = pattern.search(text, max(start, end - END_WINDOW), end)
            if found:
                return Hit(found.start(), found.end(), rule)
        return None


def _by_spelling(names: tuple[Name, ...]) -> dict[str, str]:
    return {spelling.lower(): name.name for name in names for spelling in (name.name, *name.aliases)}


def _either(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


def _body(names: Names) -> str:
    """Return the shape of the name of an outlet or a body that a word in it shows to be one."""
    telling = _either([*names.media_words, *names.institutions])
    begins = _either([*names.bodies, *(name.name for name in (*names.outlet, *names.agency))])
    return rf"(?:(?=[^\n|·•,;()\[\]:]*\b(?i:{telling})\b){shapes.NAME}|{begins}(?!\w))"


def _parts(names: Names, foreign: ForeignWords) -> dict[str, str]:
    words = [word for language in foreign.words.values() for word in language]
    endings = [ending for language in foreign.endings.values() for ending in language]
    # A capital and small letters, or capitals alone; particles between ("Anna van der Berg").
    part = r"(?:[A-Z][^\W\d_]*\.?(?:['’-][^\W\d_]+)*|al-[A-Z]\w+)"
    person = rf"{part}(?: (?:{part}|de|la|del|der|den|van|von|bin|ibn|el|al|da|dos|du|le)){{0,4}}"
    return {
        "agency": _either([spelling for name in names.agency for spelling in (name.name, *name.aliases)]),
        "outlet": _either(
            [spelling for name in names.outlet for spelling in (name.name, *name.aliases, *name.translated)]
        ),
        "day": shapes.DAY,
        "month-day": shapes.MONTH_DAY,
        "clock": shapes.CLOCK,
        "weekday": f"(?:{shapes.WEEKDAYS})",
        "person": person,
        "name": shapes.NAME,
        "body": _body(names),
        "foreign": (
            rf"(?:(?<!\w){_either(words)}(?!\w)|\w{{3,}}{_either(endings)}(?!\w)"
            r"|[^\W\d_]*[à-öø-ÿœşğıćčšžłńę]\w*)"
        ),
    }


@functools.cache
def phrases() -> Phrases:
    """Load and compile all rules. Raises KnowledgeError where a file or a pattern is wrong."""
    rules = tuple(rule for name in FILES for rule in load_toml(f"cleaning/{name}.toml", RuleFile).rule)
    for rule in rules:
        if rule.at in ("inside", "end") and not rule.keys:
            raise KnowledgeError(f"knowledge/cleaning: rule {rule.id} is searched for and needs keys")
    names = load_toml("cleaning/names.toml", Names)
    foreign = load_toml("cleaning/foreign.toml", ForeignWords)
    try:
        return Phrases(rules, names, foreign)
    except (re.error, KeyError) as error:
        raise KnowledgeError(f"knowledge/cleaning: a pattern cannot be compiled: {error}") from error


@functools.cache
def english_words() -> frozenset[str]:
    """Return the small words by which English is known, in lower case."""
    file: EnglishWords = load_toml("cleaning/english.toml", EnglishWords)
    return file.words
