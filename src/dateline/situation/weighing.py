"""How sure it is that somebody holds a place: whose word it is, and who says otherwise."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dateline.knowledge.control import control_rules
from dateline.records import Hold
from dateline.situation.parties import Party, Sides
from dateline.situation.saying import Saying


class Weight(NamedTuple):
    """How sure, why in words, and which of the denials still stand against it."""

    hold: Hold
    reason: str
    standing: tuple[Saying, ...] = ()


def weigh(holder: Party, told: Sequence[Saying], against: Sequence[Saying], sides: Sides) -> Weight:
    """Return how sure it is that `holder` holds a place, by those who say so and those who deny it.

    The rules, in order: what the other side concedes is confirmed, and its earlier denials fall; what so many
    independent sources not of the holder's side tell after a denial has outlived it; what is denied and not conceded
    is contested; what enough independent sources tell, or one named source that is on no side, is confirmed; the
    rest is claimed. What is only told by way of the province is never more than claimed.
    """
    own = [one for one in told if not one.by]
    if not own:
        return Weight("claimed", _by_way(told), ())
    conceding = [one for one in own if one.word.party is not None and sides.opposed(one.word.party, holder)]
    others = [one for one in own if not _of(one, holder)]
    conceded, repeated = _latest(conceding, by_side=True), sorted(_latest(others, by_side=False).values())
    enough = control_rules().weighing.sources
    standing = [
        one
        for one in against
        if conceded.get(_side(one), "") <= one.day and len(repeated) - bisect_right(repeated, one.day) < enough
    ]
    if standing:
        return Weight("contested", f"{_says(own)}; {_denies(standing)}", tuple(standing))
    fallen = f"; {_denied_before(against)}" if against else ""
    if conceding:
        return Weight("confirmed", f"conceded by {_names(conceding)}{fallen}")
    count = len({one.word.key for one in others})
    if count >= enough:
        return Weight("confirmed", f"told by {count} independent sources that are not of its side{fallen}")
    neutral = [one for one in own if one.word.neutral]
    if neutral:
        return Weight("confirmed", f"told by {_names(neutral)}, on no side{fallen}")
    alone = "its own side alone" if not others else f"one source alone, {_names(others)}"
    return Weight("claimed", f"by the word of {alone}{fallen}")


def _of(one: Saying, holder: Party) -> bool:
    return one.word.party is not None and one.word.party.key == holder.key


def _side(one: Saying) -> str:
    return one.word.party.key if one.word.party else one.word.key


def _latest(told: Sequence[Saying], by_side: bool) -> dict[str, str]:
    """Return the day of the last report in which each side, or each voice, says it."""
    found: dict[str, str] = {}
    for one in told:
        key = _side(one) if by_side else one.word.key
        found[key] = max(found.get(key, ""), _published(one))
    return found


def _published(one: Saying) -> str:
    return (one.filed.published or one.filed.known)[:10]


def _says(told: Sequence[Saying]) -> str:
    return f"said by {_names(told)}"


def _denies(against: Sequence[Saying]) -> str:
    return f"denied by {_names(against)}"


def _denied_before(against: Sequence[Saying]) -> str:
    return f"denied before by {_names(against)}"


def _by_way(told: Sequence[Saying]) -> str:
    return f"claimed, {'; '.join(dict.fromkeys(note for one in told for note in one.notes[:1]))}"


def _names(told: Sequence[Saying]) -> str:
    """Return the names of voices, the first three and how many more."""
    names = list(dict.fromkeys(one.word.name for one in sorted(told, key=lambda one: one.order)))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
