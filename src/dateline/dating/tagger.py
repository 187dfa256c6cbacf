"""Find the times in a text: the grammar's matches, resolved from left to right."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import msgspec

from dateline.dating.calendar import Moment, narrowed
from dateline.dating.checks import CHECKS
from dateline.dating.compiling import Compiled, compiled_prefixes, compiled_rules
from dateline.dating.context import Anchor, Context, Style
from dateline.dating.forms import Match, mod_of, part_of
from dateline.dating.lexicon import words
from dateline.dating.meaning import MEANINGS
from dateline.dating.tokens import GAP, OTHER, Tokens, tokenise

_COMING = re.compile(
    r"\b(?:will|shall|[’']ll|going to|(?:is|are) (?:to|due|set|scheduled|expected|planned)|scheduled|slated|"
    r"plan(?:s|ned|ning)? to|expect(?:s|ed) to|ahead of|upcoming|vow(?:s|ed)? to|intends? to|hopes? to|"
    r"pledged to|must)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:until|till|by|ahead of)\s+(?:the (?:end|middle|start) of\s+|late\s+|early\s+)?$", re.IGNORECASE
)
_STOP = re.compile(f"[.{GAP}]")
_RUN = re.compile(f"[^{OTHER}{GAP}]+")  # no expression reaches over a word that the grammar does not know


class Found(msgspec.Struct):
    """One expression: tokens `first` to `last` (half-open), the rule that read it, and what it means."""

    first: int
    last: int
    rule: str
    moment: Moment
    match: Match
    loose: bool = False


class TimeTagger:
    """Finds times in English text and resolves them against an anchor day.

    `style` "news" counts from the anchor day; "history" from what was told last, as a history does.
    """

    def __init__(self, style: Style = "news") -> None:
        self.style = style
        self._rules = compiled_rules()
        self._prefixes = compiled_prefixes()
        self._telling = frozenset(char for rule in self._rules for char in rule.needs)
        self._known: dict[frozenset[str], tuple[Compiled, ...]] = {frozenset(): ()}
        self._means = {rule.rule.id: rule.rule.means for rule in self._rules}

    def find(
        self, tokens: Tokens, anchor: Anchor | None = None, future: Callable[[int], bool | None] | None = None
    ) -> list[Found]:
        """Return the single expressions in `tokens`, in order, without prepositions (TIMEX2's extents).

        `future` tells of an offset whether the verb over it points forward, None where it does not know.
        """
        return self.resolve(self.matches(tokens), tokens, anchor, future)

    def resolve(
        self,
        matches: list[Match],
        tokens: Tokens,
        anchor: Anchor | None = None,
        future: Callable[[int], bool | None] | None = None,
    ) -> list[Found]:
        """Return what the matches mean, read from left to right; see `find`."""
        text = tokens.text
        context = Context(anchor or Anchor(), self.style, future or (lambda at: points_forward(text, at)))
        found: list[Found] = []
        gap = 0
        for match in matches:
            if _STOP.search(tokens.line, gap, match.first):
                context.new_sentence(GAP in tokens.line[gap : match.first])
            gap = match.first
            made = self._resolve(match, context)
            if made is not None:
                while found and found[-1].first >= made.first:
                    found.pop()  # "the morning" in "the morning on Saturday"
                found.append(made)
        return found

    def _rules_for(self, there: frozenset[str]) -> tuple[Compiled, ...]:
        """Return the rules that can match among these characters; the answer is kept, as sets recur."""
        told = there & self._telling
        if told not in self._known:
            self._known[told] = tuple(rule for rule in self._rules if not rule.needs.isdisjoint(told))
        return self._known[told]

    def matches(self, tokens: Tokens) -> list[Match]:
        """Return the forms that are there, not yet resolved.

        Of those that overlap the first, of these the longest, of these that of the earliest rule.
        """
        candidates: list[tuple[int, int, int, re.Match[str]]] = []
        line = tokens.line
        for run in _RUN.finditer(line):
            start, end = run.span()
            for compiled in self._rules_for(frozenset(run[0])):
                check = CHECKS.get(compiled.rule.check)
                candidates.extend(
                    (match.start(), -match.end(), compiled.order, match)
                    for match in compiled.expression.finditer(line, start, end)
                    if check is None or check(tokens, match.start(), match.end())
                )
        candidates.sort(key=lambda entry: entry[:3])
        kept: list[Match] = []
        reached = 0
        for first, negative, order, match in candidates:
            if first >= reached:
                reached = -negative
                kept.extend(_with_days(tokens, _match(tokens, match, self._rules[order].rule.id)))
        kept.sort(key=lambda m: (m.first, -m.last))
        single = [
            match
            for match, before in zip(kept, [None, *kept], strict=False)
            if not before or match.first >= before.last
        ]
        return _share_years(single)

    def _resolve(self, match: Match, context: Context) -> Found | None:
        context.at = match.tokens.starts[match.first]
        means = self._means[match.rule]
        moment = MEANINGS[means](match, context)
        if moment is None:
            return None
        made = Found(match.first, match.last, match.rule, moment, match, means == "loose")
        before = match.tokens.lower[match.first - 1] if match.first else ""
        # "since Tuesday" reaches back from where the story is: what follows is not counted from it
        if self.style == "history" or before != "since":
            context.remember(moment, "year" in match.slots or match.rule in ("iso-date", "figures"))
        return self._prefixed(made, match.tokens)

    def _prefixed(self, found: Found, tokens: Tokens) -> Found:
        """Take in the words before the expression that narrow it ("the end of", "late", "the night of")."""
        for _ in range(2):
            for prefix, expression in self._prefixes:
                if found.moment.grain not in prefix.kinds or found.moment.kind != "point":
                    continue
                match = expression.search(tokens.line, max(0, found.first - 6), found.first)
                if match is None:
                    continue
                slots = _match(tokens, match, prefix.id)
                if prefix.means == "mod":
                    found.moment = narrowed(found.moment, mod_of(slots.words("mod")))
                elif prefix.means == "part":
                    code = part_of(slots.words("part"))
                    found.moment = msgspec.structs.replace(
                        found.moment, value=f"{found.moment.value}T{code}", grain="part-of-day"
                    )
                found.first = match.start()
                break
            else:
                return found
        return found


def _match(tokens: Tokens, match: re.Match[str], rule: str) -> Match:
    slots: dict[str, tuple[int, int]] = {}
    for name in match.re.groupindex:
        if match.start(name) >= 0 and match.end(name) > match.start(name):
            slots[name.split("_")[0]] = match.span(name)
    return Match(tokens, match.start(), match.end(), rule, slots)


_JOINED = frozenset(("and", "or", "to", ",", "-", "–", "—", "until", "through"))
_AFTER_DAY = words().beside.after_day


def _with_days(tokens: Tokens, match: Match) -> list[Match]:
    """Return the match and, beside it, days that share its month ("3 and 5 March") or years its century."""
    lower, line = tokens.lower, tokens.line
    made = [match, *_shared_era(tokens, match)]
    if match.last + 1 < len(lower) and "year" in match.slots and re.fullmatch(r"[12]\d{3}", lower[match.last - 1]):
        tail = lower[match.last + 1]
        if (
            line[match.last] == "-"
            and len(tail) == 2
            and tail.isdigit()
            and line[match.last + 2 : match.last + 3] != "-"
        ):
            at = match.last + 1
            return [match, Match(tokens, at, at + 1, "short-year", {"yy": (at, at + 1)})]
    if "day" not in match.slots or "month" not in match.slots or "weekday" in match.slots:
        return made
    shared = {name: span for name, span in match.slots.items() if name in ("month", "year", "yearref")}
    at = match.first
    while match.slots["day"] < match.slots["month"] and at >= 2 and lower[at - 1] in _JOINED and _is_day(lower[at - 2]):
        at -= 2
        first = at - 1 if at and lower[at - 1] == "the" else at
        made.append(Match(tokens, first, at + 1, match.rule, {**shared, "day": (at, at + 1)}))
        at = first
    at = match.last
    while match.slots["month"] < match.slots["day"] and "year" not in match.slots and at + 1 < len(lower):
        after = lower[at + 2] if at + 2 < len(lower) else ""
        counted = line[at] != "-" and after.isalpha() and after not in _AFTER_DAY
        if lower[at] not in _JOINED or not _is_day(lower[at + 1]) or counted or after == "-":
            break
        made.append(Match(tokens, at + 1, at + 2, match.rule, {**shared, "day": (at + 1, at + 2)}))
        at += 2
    return made


def _shared_era(tokens: Tokens, match: Match) -> list[Match]:
    """Return the year before one before Christ that shares its era ("490-480 BC", "from 264 to 241 BC")."""
    at = match.first - 2
    if set(match.slots) != {"year"} or at < 0 or not set(words().classes["bc"]) & set(match.words("year")):
        return []
    if tokens.lower[at + 1] not in _JOINED or not re.fullmatch(r"[1-9]\d{1,3}", tokens.lower[at]):
        return []
    return [Match(tokens, at, at + 1, match.rule, {"year": (at, at + 1), "era": match.slots["year"]})]


def _share_years(matches: list[Match]) -> list[Match]:
    """Give the first of a pair the year of the second ("26 June to 4 August 1952", "July-November 1954")."""
    made = list(matches)
    for index, (match, following) in enumerate(itertools.pairwise(matches)):
        slots, other = match.slots, following.slots
        if match.last + 1 != following.first or match.tokens.lower[match.last] not in _JOINED - {","}:
            continue
        if "month" in slots and "month" in other and not {"year", "yearref"} & set(slots):
            shared = {name: span for name, span in other.items() if name in ("year", "yearref")}
            made[index] = match._replace(slots={**slots, **shared})
    return made


def _is_day(word: str) -> bool:
    digits = re.sub(r"(?:st|nd|rd|th)$", "", word)
    return digits.isdigit() and 1 <= int(digits) <= 31


def points_forward(text: str, at: int) -> bool | None:
    """Whether the words around an offset speak of what is to come; None where nothing shows it."""
    if _DEADLINE.search(text, max(0, at - 30), at):
        return True
    low, high = max(0, at - 300), at + 200
    start = max(text.rfind(". ", low, at), text.rfind("\n", low, at), low - 1) + 1
    end = min([high, *(stop for mark in (". ", "\n") if (stop := text.find(mark, at, high)) >= 0)])
    return True if _COMING.search(text, start, end) else None


__all__ = ["Found", "TimeTagger", "points_forward", "tokenise"]
