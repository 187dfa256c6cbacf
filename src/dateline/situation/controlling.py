"""From events to who holds which place from when to when, by whose account."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dateline.knowledge.control import control_rules
from dateline.records import Control, Event, Filed, Hold, Place, Voice
from dateline.situation.assuming import settle
from dateline.situation.parties import GOVERNMENT, Party, Sides, sides_of
from dateline.situation.saying import Saying, index_of, sayings
from dateline.situation.scope import key_of
from dateline.situation.turns import Turn, apart, turns_of
from dateline.situation.units import Units
from dateline.situation.voices import gathered, voices_of
from dateline.situation.weighing import Weight, weigh

ASSUMED_BEFORE = "assumed: held by the government until it lost it"
SURE: dict[Hold, int] = {"unknown": 0, "contested": 1, "claimed": 2, "confirmed": 3}


def controls(events: Iterable[Event], filed: Mapping[str, Filed], units: Units | None = None) -> list[Control]:
    """Return who holds which place from when to when, by place and start.

    `filed` are the claims of the events by id; claims that it lacks are left out. `units` tells provinces from
    their capitals and districts; without it only the places are known that the claims themselves name. The
    rules are those of docs/control.md and `knowledge/control.toml`.
    """
    told = tuple(events)
    known = voices_of(told)
    by_place: dict[str, list[Saying]] = {}
    for event in told:
        for one in index_of(filed, event):
            for saying in sayings(event, one, known.get(one.claim.id), units):
                by_place.setdefault(saying.key, []).append(saying)
    found = [control for said in settle(by_place).values() for control in _of_place(said, known)]
    return sorted(found, key=_order)


def timeline(held: Iterable[Control], place: str | int) -> list[Control]:
    """Return the control of one place (a GeoNames id or a name, case aside) in the order of the days.

    Where a town, a district and a province bear the name, it is the town's, else the district's; `namesakes` has all.
    """
    found = namesakes(held, place)
    return [one for one in found if key_of(one.place) == key_of(found[0].place)]


def namesakes(held: Iterable[Control], place: str | int) -> list[Control]:
    """Return the control of all places that bear a name (or GeoNames id), towns first, each in order of the days."""
    wanted = str(place).casefold()
    found = [
        one
        for one in held
        if wanted in (str(one.place.geonameid), one.place.name.casefold(), one.place.text.casefold())
    ]
    return sorted(found, key=lambda one: (one.place.precision, key_of(one.place), one.start or ""))


def of_capitals(held: Iterable[Control], units: Units) -> list[Control]:
    """Return the control of the towns that are the capital of their province or country."""
    known: dict[str, bool] = {}
    found = []
    for one in held:
        key = key_of(one.place)
        if key not in known:
            known[key] = units.is_capital(one.place)
        if known[key]:
            found.append(one)
    return found


def on_day(held: Iterable[Control], day: str) -> list[Control]:
    """Return the control of every place on a day (ISO 8601); places of which nothing is known by then are left out."""
    return sorted((one for one in held if (one.start or "") <= day and (one.end is None or day < one.end)), key=_order)


def _order(one: Control) -> tuple[str, str, int, str, str]:
    where = one.place
    return where.country_code, where.name, where.precision, str(where.geonameid), one.start or ""


def _of_place(said: list[Saying], known: Mapping[str, Voice]) -> list[Control]:
    """Return the control of one place, each stretch ending where the next begins."""
    first = min(said, key=lambda one: one.order)
    sides = sides_of(first.place.country_code, min(one.day for one in said)[:7])
    place = _called(first.place, said)
    found: list[Control] = []
    turns = turns_of(said, sides)
    for turn in turns:
        for control in _of_turn(turn, place, known, sides):
            _append(found, control)
    if not found:
        return []
    before = _before(turns, place, sides)
    if before is not None:
        found.insert(0, before)
    ends = [one.start for one in found[1:]] + [None]
    return [msgspec.structs.replace(one, end=end) for one, end in zip(found, ends, strict=True)]


def _called(place: Place, said: Sequence[Saying]) -> Place:
    """Return the place by the name that most claims give it; `text` is how reports write it most."""
    names = Counter(one.place.name for one in said)
    texts = Counter(one.place.text for one in said if one.place.text[:1].isupper())
    name = min(names, key=lambda word: (-names[word], word))
    text = min(texts, key=lambda word: (-texts[word], word)) if texts else name
    return msgspec.structs.replace(place, name=name, text=text, span=None)


def _back_in_a_day(found: list[Control], control: Control) -> bool:
    """Whether a place that changed hands, or was entered, is its holder's again on the same day.

    That day it was contested; it is the holder's from the next.
    """
    if not found or found[-1].start != control.start or control.hold == "contested":
        return False
    gone, before = found[-1], found[-2] if len(found) > 1 else None
    if gone.hold == "contested":
        return gone.holder == control.holder and bool(control.holder)
    came = before.holder if before else control.holder if control.side == GOVERNMENT else ""
    return bool(gone.holder) and gone.holder != control.holder and came == control.holder


def _append(found: list[Control], control: Control) -> None:
    """Add a stretch; one that would last no day gives its claims to the next as those against it."""
    if _back_in_a_day(found, control):
        gone = found.pop()
        note = f"{gone.reason}; {control.name} said to hold it again on the same day"
        found.append(
            msgspec.structs.replace(
                gone, hold="contested", reason=note, against=_both(gone.against, control.claims),
                voices=_voices(gone.voices, control.voices), events=_both(gone.events, control.events),
            )
        )  # fmt: skip
        next_day = dt.date.fromisoformat(str(control.start)) + dt.timedelta(days=1)
        control = msgspec.structs.replace(control, start=next_day.isoformat())
    while found and control.start is not None and (found[-1].start or "") >= control.start:
        gone = found.pop()
        same = gone.holder == control.holder and gone.name == control.name
        key = "claims" if same or not gone.name else "against"
        held = set(control.claims)
        merged = tuple(dict.fromkeys((*getattr(control, key), *(c for c in gone.claims if c not in held))))
        note = "" if same or not gone.name else f"; on the same day {gone.name} was said to hold it"
        control = msgspec.structs.replace(
            control, **{key: merged}, reason=control.reason + note,
            start=min(control.start, gone.start or control.start) if same else control.start,
            events=tuple(dict.fromkeys((*gone.events, *control.events))),
        )  # fmt: skip
    if found and (found[-1].holder, found[-1].name, found[-1].hold) == (control.holder, control.name, control.hold):
        last = found.pop()
        control = msgspec.structs.replace(
            last, claims=_both(last.claims, control.claims), against=_both(last.against, control.against),
            events=_both(last.events, control.events), voices=_voices(last.voices, control.voices),
        )  # fmt: skip
    found.append(control)


def _both(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *two)))


def _voices(one: tuple[Voice, ...], two: tuple[Voice, ...]) -> tuple[Voice, ...]:
    merged = {voice.key: voice for voice in one}
    for voice in two:
        old = merged.get(voice.key)
        merged[voice.key] = voice if old is None else msgspec.structs.replace(
            old, claims=_both(old.claims, voice.claims), reports=_both(old.reports, voice.reports),
            outlets=_both(old.outlets, voice.outlets),
            first=min(filter(None, (old.first, voice.first)), default=None),
            last=max(filter(None, (old.last, voice.last)), default=None),
        )  # fmt: skip
    return tuple(merged.values())


def _of_turn(turn: Turn, place: Place, known: Mapping[str, Voice], sides: Sides) -> Iterator[Control]:
    """Yield the stretches of a turn: one, or several where it is told again with a later day and is surer then."""
    if turn.guest is not None:
        yield _present(turn, turn.guest, place, known)
        return
    if turn.party is None:
        loser = turn.loser.name if turn.loser else "its holder"
        yield _control(
            place,
            None,
            "unknown",
            turn,
            turn.told,
            turn.against,
            known,
            f"{loser} left or lost it; who came is not said",
        )
        return
    waves = _waves(turn.told)
    reached = -1
    for index, (day, _) in enumerate(waves):
        told = [one for _, wave in waves[: index + 1] for one in wave]
        denials = [one for one in turn.against if index == 0 or one.day >= day]
        later = [one for _, wave in waves[index + 1 :] for one in wave]
        weight = weigh(turn.party, told, denials, sides)
        if reached >= 0 and SURE[weight.hold] <= reached:
            continue
        reached = SURE[weight.hold]
        every = [*told, *later]
        yield _control(
            place,
            turn.party,
            weight.hold,
            turn,
            every,
            [*turn.against, *turn.parts],
            known,
            _reason(turn, weight, day, every),
            day,
        )
        if weight.hold == "confirmed":
            return


def _waves(told: Sequence[Saying]) -> list[tuple[str, list[Saying]]]:
    """Return what is told of one change by day: the days a day apart together, each with the day that is taken.

    The day is the earliest of those that most independent sources give. A later day that no more sources give than
    an earlier one is the same told again. What no words date speaks for the last wave that began by then.
    """
    together = control_rules().days.together
    dated = sorted(
        (one for one in told if one.sure and not one.by and one.says != "holds"), key=lambda one: (one.day, one.order)
    )
    waves: list[tuple[str, list[Saying]]] = []
    for one in dated:
        if waves and apart(waves[-1][1][-1].day, one.day) <= together:
            waves[-1][1].append(one)
        else:
            waves.append((one.day, [one]))
    waves = [(_best_day(wave), wave) for _, wave in waves]
    rest = sorted((one for one in told if one not in dated), key=lambda one: (one.day, one.order))
    earlier: list[Saying] = []
    for one in rest:
        begun = [wave for day, wave in waves if apart(wave[0].day, one.day) >= 0 or apart(one.day, day) <= together]
        if begun:
            begun[-1].append(one)
        else:
            earlier.append(one)
    grouped = ([earlier] if earlier else []) + [wave for _, wave in waves]
    return [(_best_day(wave), wave) for wave in _told_by_more(grouped)]


def _told_by_more(waves: list[list[Saying]]) -> list[list[Saying]]:
    """Return the waves, those that no more sources tell than an earlier one joined to it."""
    kept: list[list[Saying]] = []
    most = 0
    for wave in waves:
        sources = len({one.word.key for one in wave})
        if kept and sources <= most:
            kept[-1].extend(msgspec.structs.replace(one, sure=False) for one in wave)
        else:
            kept.append(list(wave))
            most = sources
    return kept


def _best_day(wave: Sequence[Saying]) -> str:
    sources: dict[str, set[str]] = {}
    for one in [one for one in wave if one.sure] or sorted(wave, key=lambda one: one.day)[:1]:
        sources.setdefault(one.day, set()).add(one.word.key)
    return min(sources, key=lambda day: (-len(sources[day]), day))


def _reason(turn: Turn, weight: Weight, day: str, told: Sequence[Saying]) -> str:
    """Return why, in words: whose word, how the day was chosen, what is assumed."""
    parts = [weight.reason]
    dated = [one for one in told if one.sure and one.day == day]
    days = sorted({one.day for one in told if one.sure and not one.by and apart(one.day, day) in (-1, 1)})
    if not dated:
        parts.append(
            next((note for one in told if one.day == day for note in one.notes if "day" in note), "the day is assumed")
        )
    elif days:
        parts.append(f"also told of {', '.join(days)}: the earliest day that most sources give")
    parts += list(
        dict.fromkeys(n for one in told for n in one.notes if n.startswith("assumed") or (one.by and "by way" in n))
    )[:2]
    if turn.assumed:
        parts.append(turn.assumed)
    for one in turn.parts:
        parts.append(_beside(one))
    return "; ".join(dict.fromkeys(parts))


def _beside(one: Saying) -> str:
    """Return in words what is said beside a change without undoing it."""
    if one.says == "leaves" and one.loser is not None:
        return f"{one.loser.name} is also said to have left it, by {one.word.name} alone"
    who = one.holder.name if one.holder else "another"
    return f"{who} is said to hold {f'a part of it ({one.part})' if one.part else 'it still'}, by {one.word.name}"


def _present(turn: Turn, guest: Party, place: Place, known: Mapping[str, Voice]) -> Control:
    """Return the stretch in which somebody is in a place that another holds."""
    parts = list(dict.fromkeys(one.part for one in turn.told if one.part))
    how = (
        f"{guest.name} is said to hold a part of it ({', '.join(parts[:3])})"
        if parts
        else f"{guest.name} is said to be in it"
    )
    return _control(place, turn.party, "contested", turn, turn.told, turn.against, known, how)


def _control(
    place: Place, party: Party | None, hold: Hold, turn: Turn, told: Sequence[Saying], against: Sequence[Saying],
    known: Mapping[str, Voice], reason: str, day: str = "",
) -> Control:  # fmt: skip
    ordered = sorted(told, key=lambda one: one.order)
    denied = sorted(against, key=lambda one: one.order)
    return Control(
        place=place, holder=party.holder if party else "", name=party.name if party else "",
        side=party.key.removeprefix("~") if party else "", hold=hold, start=day or turn.first, end=None,
        reason=reason, events=tuple(dict.fromkeys(one.event for one in (*ordered, *denied))),
        claims=tuple(dict.fromkeys(one.claim for one in ordered)),
        against=tuple(dict.fromkeys(one.claim for one in denied)),
        voices=gathered([(one.filed, one.word) for one in (*ordered, *denied)], known),
    )  # fmt: skip


def _before(turns: list[Turn], place: Place, sides: Sides) -> Control | None:
    """Return what is assumed of the time before the first change: its loser had it, or the government."""
    if not turns:
        return None
    first, loser = turns[0], turns[0].loser
    if first.party is not None and first.guest is None and first.party.key == GOVERNMENT and loser is None:
        if any(one.says in ("takes", "regains") for one in first.told):
            return None
        reason = "assumed: held by the government before anybody says so"
        state = sides.government()
        return Control(place, state.holder, state.name, GOVERNMENT, "unknown", None, None, reason, (), ())
    named = loser is not None and loser.key != GOVERNMENT
    party = loser if named and loser is not None else sides.government()
    reason = f"assumed: held by {party.name}, which is said to have lost it" if named else ASSUMED_BEFORE
    return Control(place, party.holder, party.name, party.key.removeprefix("~"), "unknown", None, None, reason, (), ())
