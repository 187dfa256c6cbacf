"""The turns of a place: from what is said of it, in the order of the days, to who has it when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dateline.knowledge.control import Says, control_rules
from dateline.situation.parties import GOVERNMENT, Party, Sides
from dateline.situation.saying import Saying

# On one day: somebody comes, takes, the other leaves, and only then can it be taken back.
RANK: dict[Says, int] = {
    "holds": 0, "enters": 1, "takes": 2, "loses": 3, "bears-out": 3, "leaves": 4, "regains": 5, "nothing": 6,
}  # fmt: skip
TURNING = frozenset({"takes", "regains", "loses", "leaves"})


class Turn:
    """A stretch in which a place is said to be one party's: `party` is None where nobody is known to hold it.

    `guest` is a party that is in the place, or holds a part of it, while `party` holds the rest. `told` speaks for
    it, `against` denies it; `loser` is who had the place before.
    """

    def __init__(
        self, party: Party | None, first: Saying, loser: Party | None = None, guest: Party | None = None
    ) -> None:
        self.party, self.loser, self.guest = party, loser, guest
        self.told: list[Saying] = []
        self.against: list[Saying] = []
        self.parts: list[Saying] = []
        self.assumed = ""
        # Kept up with each saying, so that a place of many thousand reports takes no longer than its share.
        self.first, self.last, self.opened = first.day, "", first.order
        self.taken, self._voices = False, set[str]()
        self.add(first)

    def add(self, one: Saying) -> None:
        """Add what speaks for it.

        `first` is the first day of all that is told, `last` the last that words date (else the first), `opened` the
        first report; `taken` says that somebody came to hold the place, not only held it still.
        """
        self.told.append(one)
        self.first, self.opened = min(self.first, one.day), min(self.opened, one.order)
        self.last = max(self.last, one.day) if one.sure else self.last or self.first
        self.taken = self.taken or one.says in TURNING
        self._voices.add(one.word.key)

    @property
    def sources(self) -> int:
        """How many independent sources tell of it."""
        return len(self._voices)


def apart(one: str, two: str) -> int:
    """Return how many days the second day is after the first."""
    return (dt.date.fromisoformat(two) - dt.date.fromisoformat(one)).days


def turns_of(said: Iterable[Saying], sides: Sides) -> list[Turn]:
    """Return the turns of a place, oldest first; what is told by way of a province only where nothing else is."""
    ordered = sorted(said, key=lambda one: (one.day, RANK[one.says], not one.sure, one.order))
    affirmed = [one for one in ordered if not one.denied]
    own = [one for one in affirmed if not one.by]
    turns = _turns(own, sides)
    ways = [one for one in affirmed if one.by]
    if ways:
        turns = _turns(
            sorted([*own, *_unsaid(ways, turns)], key=lambda one: (one.day, RANK[one.says], not one.sure, one.order)),
            sides,
        )
    for one in ordered:
        if one.denied:
            _deny(turns, one)
    return turns


def _unsaid(ways: list[Saying], turns: list[Turn]) -> list[Saying]:
    """Return what is told by way of a province or of all districts and by nobody of the place itself."""
    said = {turn.party.key for turn in turns if turn.party is not None}
    return [one for one in ways if one.holder is not None and one.holder.key not in said]


def _turns(said: list[Saying], sides: Sides) -> list[Turn]:
    turns: list[Turn] = []
    for one in said:
        if one.says in ("enters",) or (one.part and one.says in TURNING):
            _enter(turns, one, sides)
        elif one.says == "holds":
            _hold(turns, one, sides)
        elif one.says == "bears-out":
            _bear_out(turns, one)
        elif one.holder is None:
            _leave(turns, one, sides)
        else:
            _take(turns, one, one.holder, sides)
    return turns


def _take(turns: list[Turn], one: Saying, holder: Party, sides: Sides) -> None:
    """Somebody takes the place, or is said again to have taken it."""
    days = control_rules().days
    last = turns[-1] if turns else None
    if last is not None and last.party is not None and last.party.key == holder.key and last.guest is None:
        last.add(one)
        return
    earlier = next(
        (t for t in reversed(turns) if t.party is not None and t.party.key == holder.key and t.guest is None), None
    )
    if earlier is not None and not one.sure and apart(earlier.last, one.day) <= days.again and one.says != "regains":
        earlier.add(one)
        return
    if (
        last is not None
        and last.party is None
        and (last.loser is None or last.loser.key != holder.key)
        and (apart(last.first, one.day) <= days.handover)
    ):
        last.party = holder
        last.add(one)
        return
    if last is not None and last.guest is not None and last.guest.key == holder.key and last.first == one.day:
        # Somebody came in and had it on one day: one change.
        last.party, last.loser, last.guest = holder, last.party, None
        last.add(one)
        return
    state = sides.government() if holder.key != GOVERNMENT else None
    loser = one.loser or (last.party if last is not None else state)
    turns.append(Turn(holder, one, loser))


def _enter(turns: list[Turn], one: Saying, sides: Sides) -> None:
    """Somebody is in the place, or holds a part of it: whoever held the rest holds it still."""
    guest = one.holder
    last = turns[-1] if turns else None
    if guest is None or (last is None and guest.key == GOVERNMENT):
        return
    if last is not None and one.says == "holds" and last.loser is not None and last.loser.key == guest.key:
        last.parts.append(one)  # those who lost the place hold a part of it still: it has changed hands all the same
        return
    if last is not None and guest.key in {p.key for p in (last.party, last.guest) if p is not None}:
        if last.guest is not None:
            last.add(one)
        return
    if last is not None and last.guest is not None and last.party is not None and last.party.key == guest.key:
        return
    if last is not None and last.guest is None and last.party is not None and last.taken and one.day <= last.last:
        last.parts.append(one)  # on the day of the change the other still holds, or says it took back, a part
        return
    turns.append(Turn(last.party if last else sides.government(), one, guest=guest))
    if last is None:
        turns[-1].assumed = f"assumed: the rest held by {sides.government().name}"


def _hold(turns: list[Turn], one: Saying, sides: Sides) -> None:
    """Somebody is said to hold the place still."""
    holder = one.holder
    if holder is None:
        return
    last = turns[-1] if turns else None
    if one.context:
        if last is not None and last.guest is None and last.party is not None:
            same = last.party.key == holder.key
            if same:
                last.add(one)
            else:
                (last.parts if one.part else last.against).append(one)
        return
    if one.part:
        _enter(turns, one, sides)
        return
    if last is None:
        turns.append(Turn(holder, one))
        return
    if last.party is not None and last.party.key == holder.key:
        if last.guest is None:
            last.add(one)
        elif one.day > last.first:
            turns.append(Turn(holder, one, last.guest))
        else:
            last.against.append(one)
        return
    if last.party is None and last.guest is None and (last.loser is None or last.loser.key != holder.key):
        last.party = holder
        last.add(one)
        return
    if last.guest is not None and last.guest.key == holder.key:
        turns.append(Turn(holder, one, last.party))
        return
    if _concedes(one, last):
        turns.append(Turn(holder, one, last.party))
    elif one.day > last.first or one.order > last.opened:
        last.against.append(one)


def _concedes(one: Saying, last: Turn) -> bool:
    """Whether the side of the holder says, on a later day, that the other holds the place."""
    voice = one.word.party
    return voice is not None and last.party is not None and voice.key == last.party.key and one.day > last.first


def _bear_out(turns: list[Turn], one: Saying) -> None:
    """Those in the place gave up: speaks for the turn of the other side, where there is one by then."""
    last = turns[-1] if turns else None
    if last is None or last.party is None or one.holder is None or last.party.key != one.holder.key:
        return
    if last.guest is None and apart(last.last, one.day) <= control_rules().days.handover:
        last.add(one)


def _leave(turns: list[Turn], one: Saying, sides: Sides) -> None:
    """Somebody leaves or loses the place, and who came is not said."""
    days = control_rules().days
    loser = one.loser
    last = turns[-1] if turns else None
    if last is not None and last.party is not None and (loser is None or last.party.key != loser.key):
        gone_guest = last.guest is not None and loser is not None and last.guest.key == loser.key
        if gone_guest:
            turns.append(Turn(last.party, one, loser))
            turns[-1].assumed = f"assumed: {last.party.name} holds it again, as before"
        elif last.guest is None and apart(last.last, one.day) <= days.handover:
            last.add(one)
        return
    if last is not None and last.party is None:
        last.add(one)
        return
    if loser is None:
        return
    if last is not None and last.sources > 1 and apart(last.last, one.day) <= days.together and one.says == "leaves":
        last.parts.append(one)  # one voice has those leave whom several have come: noted, and no change
        return
    before = next((t.party for t in reversed(turns) if t.party is not None and t.party.key != loser.key), None)
    back = before or (sides.government() if one.says == "regains" and loser.key != GOVERNMENT else None)
    turn = Turn(back if one.says == "regains" else None, one, loser)
    if one.says == "regains" and back is not None:
        turn.assumed = f"assumed: {back.name} holds it again; who drove {loser.name} out is not said"
    turns.append(turn)


def _deny(turns: list[Turn], one: Saying) -> None:
    """A voice says that it is not so: against the turn of that day, or of the day after."""
    wanted = one.holder if one.says in ("takes", "regains", "loses", "enters", "holds") else None
    margin = control_rules().days.together
    if (
        not turns
        and not one.context
        and wanted is not None
        and one.word.party is not None
        and one.word.party.key != wanted.key
    ):
        turns.append(Turn(one.word.party, one))  # nobody says in the desk what is denied: the denier holds it
        return
    current = [t for t in turns if apart(one.day, t.first) <= margin]
    for turn in reversed(current):
        if wanted is not None and (turn.guest or turn.party) is not None:
            claimed = turn.guest or turn.party
            if claimed is not None and claimed.key == wanted.key:
                turn.against.append(one)
                return
        elif wanted is None and one.loser is not None and turn.loser is not None and turn.loser.key == one.loser.key:
            turn.against.append(one)
            return
