"""Places taken, held, lost or left: what is held is where it happened, a retreat is from where they stood."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.placing.cues import cues
from dateline.placing.theatre import Located, Theatre
from dateline.placing.toponyms import Found
from dateline.records import Parse, Predication, Span

# Effects by which a place is taken, held or lost, and those by which somebody leaves one.
HELD = frozenset({"takes-place", "regains-place", "loses-place", "holds-place", "transfers", "besieges", "encircles"})
LEFT = frozenset({"withdraws", "takes-refuge"})
GOALS = frozenset({"to", "toward", "towards", "into", "for"})


class Holding:
    """Says which places the predicates of one report take, hold, lose or leave."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.parse = theatre.parse
        self.text = theatre.text
        self.found = theatre.found
        self.at = theatre.at
        self.focus = theatre.focus

    def taken(self, predication: Predication) -> Located | None:
        """Return the place that is itself taken, held or lost: "Homs falls; only Damascus is left" is at Homs."""
        if predication.effect not in HELD:
            return None
        spans = [p.span for p in predication.participants if p.span and p.role in ("target", "object")]
        named = [
            one
            for span in spans
            for one in self.found
            # "Central Darfur: Zalingei is besieged": of a unit the clause may name a part.
            if one.toponym.feature == "city"
            if one.usable and one.mention and span.contains(one.toponym.span) and self._whole(span, one)
        ]
        if not named:
            return None
        one = named[0]
        word = self.parse.texts[predication.token]
        return Located(one, one.toponym.span, "clause", f"named with “{word}”")

    def apart(self, predication: Predication, located: Located) -> bool:
        """Whether only an airport or a base at the town is taken, held or lost ("the airport is still held")."""
        if predication.effect not in HELD or located.found.toponym.feature != "city" or located.spread:
            return False
        parse, told = self.parse, set(_objects(self.parse, predication.token))
        spans = [p.span for p in predication.participants if p.span and p.role in ("target", "object")]
        for token in range(len(parse)) if spans else ():
            inside = [span for span in spans if span.start <= parse.starts[token] < span.end]
            if any(not (span.start <= parse.starts[parse.heads[token]] < span.end) for span in inside):
                told.add(token)
        what = [token for token in told if token not in self.at]
        return (
            bool(what) and len(what) == len(told) and {parse.lemmas[t].lower() for t in what} <= cues().locative.grounds
        )

    def left_behind(self, goals: Sequence[tuple[tuple[int, int], int]]) -> Located | None:
        """Return the town that the report is about, where somebody went elsewhere than there."""
        went = {self.at[token].toponym.name for _, token in goals if token in self.at}
        focus = self.focus
        if focus is None or focus.toponym.feature != "city" or not went or focus.toponym.name in went:
            return None
        return self.theatre.in_focus()

    def is_goal(self, token: int) -> bool:
        """Whether a place is only where somebody went: "withdrew to Kabul", "fled towards the border"."""
        parse, above = self.parse, self.parse.heads[token]
        while parse.deps[token] in ("conj", "compound", "appos") and above != token:
            token, above = above, parse.heads[above]
        return parse.deps[token] == "pobj" and parse.lemmas[above].lower() in GOALS

    def _whole(self, span: Span, one: Found) -> bool:
        """Whether the words of a participant name a place itself ("the city of Homs"), not something in it."""
        rest = f"{self.text[span.start : one.toponym.span.start]} {self.text[one.toponym.span.end : span.end]}"
        plain = {word.lower() for word in rest.replace(",", " ").split()}
        return plain <= {"the", "of", "all", "city", "town", "village"}


def _objects(parse: Parse, verb: int) -> list[int]:
    """Return what is done something to: the objects of a verb, or the subjects of its passive, with all coordinated."""
    first = parse.of_dep(verb, "dobj", "nsubjpass")
    return first + [c for token in first for c in parse.of_dep(token, "conj")]
