"""Which claims are the word of one independent source.

A source is whom the claim is attributed to: a person in all spellings of the name, an organisation, an agency
or an outlet for what it tells in its own name. Who is not named is told apart by the dispatch that quotes
them: "local officials" of two dispatches may be two. Copies of one dispatch are one source with several
carriers; a person quoted by ten outlets is one source in ten reports.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.knowledge.actors import actors, countries, kinds
from dateline.knowledge.sources import source_words
from dateline.knowledge.state_actors import state_actor_name
from dateline.reconciling.persons import Named, persons
from dateline.records import Filed, Source, Voice


class Speaker(msgspec.Struct, frozen=True):
    """Whose word a claim is: `key` tells sources apart; `how` says why spellings were taken for one."""

    key: str
    name: str
    kind: str
    role: str
    side: str
    also: tuple[str, ...] = ()
    how: tuple[str, ...] = ()


@functools.cache
def _state_body() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, source_words().state.words))})\b", re.IGNORECASE)


@functools.cache
def side_of_outlet(name: str, country: str) -> tuple[str, str]:
    """Return the side whose own outlet this is, a known party's or that of the state of `country`, and its key.

    Both are "" where it is nobody's.
    """
    for match in actors().find(name):
        row = actors().by_id[match.actor]
        if kinds()[row.kind].armed == "yes" or row.kind in ("government", "party"):
            return row.name, body_key(row.id, row.name)
    if country and _state_body().search(name):
        return state_actor_name(countries(), country, "government"), body_key(f"{country}:government", name)
    return "", ""


@functools.cache
def body_key(entity: str, name: str) -> str:
    """Return the key of a body: a known actor's id; of a state's body its country and the words that name it.

    "The Ministry of Interior Affairs" and "the interior ministry" of one country have one key.
    """
    country, sign, _ = entity.partition(":")
    if entity and not sign:
        return f"actor:{entity}"
    bodies, row = source_words().bodies, countries().by_iso2.get(country)
    idle = {word.casefold() for form in ((row.name, *row.demonyms) if row else ()) for word in form.split()}
    words = re.findall(r"[\w']+", name.casefold().replace("'s", ""))
    told = {bodies.spellings.get(word, word) for word in words} - bodies.idle - idle
    return f"actor:{country}:{' '.join(sorted(told)) or name.casefold()}"


def speakers(filed: Sequence[Filed]) -> dict[str, Speaker]:
    """Return whose word each claim is, by the claim's id."""
    own = {one.report: _outlet(one) for one in filed if one.report == one.original}
    found: dict[str, Speaker] = {}
    people: dict[str, tuple[Filed, Source]] = {}
    for one in filed:
        first = one.claim.attribution.chain[0] if one.claim.attribution.chain else None
        if first is None or (first.kind in ("outlet", "agency") and first.name in (one.outlet, one.agency, "")):
            found[one.claim.id] = own.get(one.original) or _carried(one)
        elif first.kind == "person" and first.name:
            people[one.claim.id] = (one, first)
        else:
            found[one.claim.id] = _named(one, first)
    return _headlines(filed, found | _persons(people))


def _headlines(filed: Sequence[Filed], spoken: dict[str, Speaker]) -> dict[str, Speaker]:
    """Give a headline to whoever the report below it quotes for the same: it sums up, and is no source of its own."""
    below: dict[str, list[Filed]] = {}
    for one in filed:
        if not one.claim.predication.headline:
            below.setdefault(one.report, []).append(one)
    for one in filed:
        said, others = one.claim.predication, below.get(one.report)
        if said.headline and others and spoken[one.claim.id].kind in ("outlet", "agency"):
            same = [other for other in others if other.claim.predication.effect == said.effect] or others
            spoken[one.claim.id] = spoken[same[0].claim.id]
    return spoken


def _outlet(one: Filed) -> Speaker:
    name = one.agency or one.outlet
    kind = "agency" if one.agency else "outlet"
    place = one.claim.place
    side, key = side_of_outlet(name, place.country_code if place else "") if name else ("", "")
    key = key or (f"{kind}:{name.casefold()}" if name else f"report:{one.report}")
    return Speaker(key, name or "the report", kind, "", side)


def _carried(one: Filed) -> Speaker:
    """Return the source of a report whose original does not tell of this event: the dispatch that it carries."""
    if one.original == one.report:
        return _outlet(one)
    how = f"{one.outlet or 'the report'} carries a dispatch of others"
    return Speaker(f"dispatch:{one.original}", one.agency or one.outlet or "a dispatch", "agency", "", "", (), (how,))


def _named(one: Filed, source: Source) -> Speaker:
    """Return an organisation by its id; whoever is not known by one is told apart by name and dispatch."""
    known = source.kind in ("organisation", "office", "agency", "outlet") and (source.entity or source.kind != "office")
    key = body_key(source.entity, source.name) if source.entity else f"{source.kind}:{source.name.casefold()}"
    if not known:
        key = f"{one.original}:{source.name.casefold()}"
    return Speaker(key, source.name or "unnamed", source.kind, source.role, _side(source))


def _side(source: Source) -> str:
    return source.side or source.organisation or source.entity


def _persons(people: Mapping[str, tuple[Filed, Source]]) -> dict[str, Speaker]:
    named = [
        Named(source.name, source.role, source.organisation, source.entity, source.side, key)
        for key, (_, source) in people.items()
    ]
    found: dict[str, Speaker] = {}
    for person in persons(named):
        sources = [people[mention.key][1] for mention in person.mentions]
        role = max((s.role for s in sources), key=len, default="")
        side = next((side for s in sources if (side := _side(s))), "")
        also = tuple(spelling for spelling, _ in person.spellings if spelling != person.name)
        how = tuple(
            dict.fromkeys(_why(m.name, person.name, m.reasons) for m in person.mentions if m.name != person.name)
        )
        made = Speaker(f"person:{person.name.casefold()}", person.name, "person", role, side, also, how)
        found.update({mention.key: made for mention in person.mentions})
    return found


def _why(name: str, canonical: str, reasons: Iterable[tuple[str, float]]) -> str:
    return f"{name} is {canonical}: " + "; ".join(reason for reason, weight in reasons if weight > 0)


def voices(filed: Iterable[Filed], spoken: Mapping[str, Speaker]) -> tuple[Voice, ...]:
    """Return the voices of some claims, the most carried first; `spoken` is what `speakers` returns."""
    by_key: dict[str, list[Filed]] = {}
    for one in filed:
        by_key.setdefault(spoken[one.claim.id].key, []).append(one)
    made = [_voice(spoken[group[0].claim.id], group) for group in by_key.values()]
    return tuple(sorted(made, key=lambda v: (-len(v.reports), v.first or "9999", v.key)))


def _voice(who: Speaker, group: Sequence[Filed]) -> Voice:
    ordered = sorted(group, key=lambda one: (one.order, one.claim.predication.trigger))
    days = sorted(one.published for one in group if one.published)
    carriers = [one for one in ordered if one.report != one.original]
    how = who.how + tuple(dict.fromkeys(f"{one.outlet or one.report} carries the same dispatch" for one in carriers))
    return Voice(
        key=who.key, name=who.name, kind=who.kind, role=who.role, side=who.side,
        claims=tuple(dict.fromkeys(one.claim.id for one in ordered)),
        reports=tuple(dict.fromkeys(one.report for one in ordered)),
        outlets=tuple(dict.fromkeys(one.outlet for one in ordered if one.outlet)),
        first=days[0] if days else None, last=days[-1] if days else None, also=who.also, how=how,
    )  # fmt: skip
