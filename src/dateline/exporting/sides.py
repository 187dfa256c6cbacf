"""On which side of a conflict a voice stands, in as few sides as may stand beside each other."""

from __future__ import annotations

import functools

from dateline.knowledge.actors import STATE_KINDS, Actor, actors, countries, fold, kinds
from dateline.knowledge.state_actors import state_actor_name
from dateline.records import Event, Voice

GOVERNMENT = "government"
OTHERS = ""
_NOBODY = "others"


def sides_of(event: Event) -> list[str]:
    """Return the sides of an event's voices: the government, then groups and other states by name, others last."""
    home = home_of(event)
    found = {side_of(voice, home) for voice in voices_of(event)}
    return sorted(found, key=lambda side: (side == OTHERS, side != GOVERNMENT, side))


def voices_of(event: Event) -> list[Voice]:
    """Return the voices of an event, those first that the first fields name."""
    found = {v.key: v for field in event.fields for account in field.accounts for v in account.voices}
    return list(found.values())


def home_of(event: Event) -> str:
    """Return the code of the country in which it happened; "" where no report says."""
    return event.place.country_code if event.place is not None else ""


def side_of(voice: Voice, home: str) -> str:
    """Return the side of a voice: "government" for the state `home`, a group's or a state's name, "" for others.

    Only who fights, and states, are sides; a voice of the United Nations or of a newspaper is among the others.
    """
    return _side(voice.side, home) if voice.side else OTHERS


@functools.lru_cache(maxsize=4096)
def _side(name: str, home: str) -> str:
    country = _state(name)
    if country:
        return GOVERNMENT if country == home or not home else state_actor_name(countries(), country, GOVERNMENT)
    row = _actor(name)
    if row is None:
        return OTHERS
    top = actors().by_id[[*actors().lineage(row.id)][-1]]
    if top.kind in STATE_KINDS:
        return GOVERNMENT if home in top.country[:1] else top.name
    kind = kinds().get(top.kind)
    return top.name if kind is not None and kind.armed == "yes" else OTHERS


def _state(name: str) -> str:
    """Return the country whose part a side is, by id ("AF:police") or name ("Afghan police"); "" for none."""
    country, _, kind = name.partition(":")
    return country if kind in STATE_KINDS else _states().get(fold(name).casefold(), "")


@functools.cache
def _states() -> dict[str, str]:
    return {
        fold(state_actor_name(countries(), country, kind)).casefold(): country
        for country in countries().by_iso2
        for kind in STATE_KINDS
    }


def _actor(name: str) -> Actor | None:
    known = actors()
    if name in known.by_id:
        return known.by_id[name]
    whole = {match.actor for match in known.find(name) if match.start == 0 and match.end == len(name)}
    return known.by_id[whole.pop()] if len(whole) == 1 else None


def shown_side(side: str) -> str:
    """Return the name of a side as the head of a column."""
    return (side or _NOBODY).upper()
