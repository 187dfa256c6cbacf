"""Where a time stands in the syntax, and how near that is to a predicate."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from dateline.dating import composing
from dateline.dating.calendar import Moment
from dateline.dating.forms import Match
from dateline.dating.syntax import is_verb, root_of, verb_over, verbs
from dateline.records import Parse, Span

OWN, SHARED, PARENT, SAID = 1, 2, 3, 4  # how near a time stands to a predicate; smaller is nearer
_CLAUSES = frozenset({"advcl", "relcl", "acl", "ccomp", "pcomp", "csubj"})
_TOGETHER = frozenset({"when", "as", "while"})


class Told(msgspec.Struct, frozen=True):
    """A time in the report: its span, its tokens in the parse, and the verb over it (-1: none).

    `since` are the words over it beyond a "since" that it does not itself begin with: for them it is where
    an interval begins ("displaced since the attack on 24 March").
    """

    time: composing.Time
    span: Span
    root: int
    verb: int
    path: frozenset[int]
    since: frozenset[int] = frozenset()
    match: Match | None = None

    @property
    def moment(self) -> Moment:
        """What it means."""
        return self.time.moment

    @property
    def by_event(self) -> bool:
        """Whether it is counted from an event that the words after it name ("hours after the raid")."""
        return self.moment.anchor == "event" and self.moment.start is None and self.moment.end is None


def told_in(
    parse: Parse, times: Iterable[tuple[composing.Time, Span, Match | None]], lengths: bool = False
) -> list[Told]:
    """Return those times that can date a predicate, or the `lengths`, with their places in the syntax."""
    made = []
    for time, span, match in times:
        bounded = time.moment.start is not None or time.moment.end is not None
        dates = (bounded or time.moment.anchor == "event") and time.moment.kind not in (
            "duration",
            "frequency",
        )
        if (time.moment.kind != "duration") if lengths else not dates:
            continue
        first, last = bisect_left(parse.ends, span.start + 1), bisect_left(parse.starts, span.end)
        if first >= last:
            continue
        root = root_of(parse, first, last)
        verb = verb_over(parse, root)
        wedged = _wedged(parse, first, last, verb)
        if wedged >= 0 and wedged != verb:
            made.append(Told(time, span, root, wedged, frozenset({root, wedged}), match=match))
            continue
        path, since, passed = {root}, set(), False
        for above in parse.ancestors(root):
            path.add(above)
            if passed:
                since.add(above)
            passed = passed or (above < first - 1 and parse.lemmas[above].lower() == "since")
            if above == verb:
                break
        made.append(Told(time, span, root, verb, frozenset(path), frozenset(since), match))
    return made


def _wedged(parse: Parse, first: int, last: int, over: int) -> int:
    """Return the verb of a time wedged between it and its subject ("the rebels on Friday attacked"), else -1.

    Parsers often hang such a time on the clause before the subject.
    """
    while (
        first > 0
        and parse.pos[first - 1] in ("ADP", "PUNCT", "ADV")
        and parse.sentence_of[first - 1] == parse.sentence_of[last - 1]
    ):
        first -= 1
    after = last
    while after < len(parse) and parse.pos[after] in ("PUNCT", "ADV") and after < last + 3:
        after += 1
    if first == 0 or after >= len(parse) or parse.sentence_of[first - 1] != parse.sentence_of[after]:
        return -1
    verb = parse.heads[after] if parse.deps[after] in ("aux", "auxpass") else after
    if not is_verb(parse, verb) or parse.tags[after] in ("VB", "VBG"):
        return -1
    subjects = parse.of_dep(verb, "nsubj", "nsubjpass")
    before = {first - 1, *parse.ancestors(first - 1)}
    # a time inside a clause about the subject ("the army, which had fought since May, left") stays there
    above = parse.ancestors(over) if over >= 0 else []
    return verb if any(one in before and one < first and one not in above for one in subjects) else -1


def _steps(parse: Parse, token: int, verb: int) -> list[str]:
    """Return the dependencies on the way from a token up to a verb over it."""
    found = []
    while token != verb and parse.heads[token] != token:
        found.append(parse.deps[token])
        token = parse.heads[token]
    return found


def nearness(parse: Parse, told: Told, token: int) -> int:
    """Return how near a time stands to a predicate: OWN, SHARED, PARENT, SAID; 0 if it does not date it."""
    if token in told.path:
        return OWN
    verb = told.verb
    if verb < 0:
        return SHARED
    saying = parse.lemmas[verb].lower() in verbs().saying
    if _when(parse, told.root, token):
        return SHARED
    if verb in parse.ancestors(token):
        steps = _steps(parse, token, verb)
        clauses = [step for step in steps if step in _CLAUSES]
        if saying:
            # "accused them of shelling the plant on Sunday": behind what is said, it is of what is said
            behind = verb < token < told.root and clauses and not _apart(parse, token, told.root)
            return SHARED if behind else SAID
        if not clauses:
            return SHARED
        return 0 if "relcl" in clauses or pluperfect(parse, token) else PARENT
    if token in parse.ancestors(verb):
        steps = _steps(parse, verb, token)
        if set(steps) <= {"conj", "xcomp"} and not saying:
            return SHARED
        if steps == ["ccomp"] and not saying and ":" in parse.texts[verb:token]:
            return PARENT  # "February brought new attacks: soldiers fired ..."
        if any(parse.lemmas[child].lower() == "since" for child in parse.of_dep(verb, "mark")):
            return PARENT
        joined = any(parse.lemmas[child].lower() in _TOGETHER for child in parse.of_dep(verb, "mark", "advmod"))
        if joined or (steps and steps[-1] == "advcl" and parse.tags[verb] == "VBG" and len(steps) == 1):
            return PARENT
        if parse.lemmas[verb].lower() in verbs().beginning and steps[-1] in ("acl", "advcl", "relcl"):
            return PARENT
        return 0
    return _beside(parse, told, token, saying)


def _when(parse: Parse, time: int, token: int) -> bool:
    """Whether an event stands in the clause that says what happened then: "in September, when pagers blew up"."""
    while token != time and parse.heads[token] != token and parse.deps[token] in ("relcl", "conj"):
        opened = any(parse.lemmas[child].lower() == "when" for child in parse.of_dep(token, "advmod"))
        if opened and parse.heads[token] == time:
            return True
        token = parse.heads[token]
    return False


def _apart(parse: Parse, token: int, time: int) -> bool:
    """Whether a comma or another clause's end stands between an event and a time behind it."""
    return any(parse.pos[between] == "PUNCT" for between in range(token + 1, time))


def _beside(parse: Parse, told: Told, token: int, saying: bool) -> int:
    """A participle of beginning before the clause dates its subject: "Begun in May, the retreat was ..."."""
    verb = told.verb
    above = parse.heads[verb]
    if parse.deps[verb] == "advcl" and parse.lemmas[verb].lower() in verbs().beginning:
        return PARENT if above in parse.ancestors(token) and not saying else 0
    return 0


def pluperfect(parse: Parse, token: int) -> bool:
    """Whether a verb stands in the pluperfect: it speaks of what lay before the story."""
    return any(parse.texts[child].lower() == "had" for child in parse.of_dep(token, "aux", "auxpass"))


def present(parse: Parse, token: int) -> bool:
    """Whether a verb speaks of the present: it is dated by the day of the report, not by the story before."""
    if parse.tags[token] in ("VBZ", "VBP"):
        return True
    return any(parse.tags[child] in ("VBZ", "VBP") for child in parse.of_dep(token, "aux", "auxpass")) and not any(
        parse.lemmas[child].lower() == "have" for child in parse.of_dep(token, "aux")
    )
