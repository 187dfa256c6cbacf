"""By whose word: the voice of each claim, and the party that it is on the side of."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import msgspec

from dateline.knowledge.actors import actors, kinds
from dateline.knowledge.control import control_rules
from dateline.records import Event, Filed, Source, Voice
from dateline.situation.parties import Party, Sides

_OUTLETS = frozenset({"outlet", "agency"})
_MEDIA = frozenset({"media", "agency", "journalist"})


class Word(msgspec.Struct, frozen=True):
    """Whose word a claim is: the voice's key and name, the party that it is on the side of, and whether it is neutral.

    `assumed` says on what that side rests where the report does not name it.
    """

    key: str
    name: str
    party: Party | None
    neutral: bool
    assumed: str = ""


def voices_of(events: Iterable[Event]) -> dict[str, Voice]:
    """Return, by claim's id, the independent source whose word it is, as the accounts of the events tell them apart."""
    found: dict[str, Voice] = {}
    for event in events:
        for field in event.fields:
            for account in field.accounts:
                for voice in account.voices:
                    for claim in voice.claims:
                        found.setdefault(claim, voice)
    return found


def word_of(filed: Filed, voice: Voice | None, sides: Sides) -> Word:
    """Return whose word a claim is; `voice` is what reconciling made of it, where it did."""
    speaker = filed.claim.attribution.chain[0] if filed.claim.attribution.chain else Source("", "outlet")
    party, assumed = _party(speaker, filed, sides)
    name = voice.name if voice else speaker.name if speaker.kind not in _OUTLETS else filed.outlet or speaker.name
    key = voice.key if voice else _key(speaker, filed)
    return Word(key, name, party, party is None and _neutral(speaker), assumed)


def gathered(told: Iterable[tuple[Filed, Word]], known: Mapping[str, Voice]) -> tuple[Voice, ...]:
    """Return the voices of claims, each with its claims, reports and outlets, in the order in which they spoke."""
    by_key: dict[str, list[tuple[Filed, Word]]] = {}
    for filed, word in sorted(told, key=lambda one: (one[0].order, one[0].claim.id)):
        by_key.setdefault(word.key, []).append((filed, word))
    return tuple(_voice(key, group, known) for key, group in by_key.items())


def _voice(key: str, group: list[tuple[Filed, Word]], known: Mapping[str, Voice]) -> Voice:
    filed, word = group[0]
    speaker = filed.claim.attribution.chain[0] if filed.claim.attribution.chain else Source("", "outlet")
    days = sorted(one.published for one, _ in group if one.published)
    as_known = known.get(filed.claim.id)
    return Voice(
        key=key,
        name=word.name,
        kind=as_known.kind if as_known else speaker.kind,
        role=as_known.role if as_known else speaker.role,
        side=word.party.name if word.party else as_known.side if as_known else speaker.side,
        claims=tuple(dict.fromkeys(one.claim.id for one, _ in group)),
        reports=tuple(dict.fromkeys(one.report for one, _ in group)),
        outlets=tuple(dict.fromkeys(one.outlet for one, _ in group if one.outlet)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        also=as_known.also if as_known else (),
        how=(*(as_known.how if as_known else ()), *((word.assumed,) if word.assumed else ())),
    )


def _party(speaker: Source, filed: Filed, sides: Sides) -> tuple[Party | None, str]:
    """Return the party whose side a speaker is on, and on what that rests where nobody names it."""
    if speaker.entity and not _is_neutral(speaker.entity):
        kind = speaker.entity.partition(":")[2] or _kind_of(speaker.entity)
        return (None, "") if kind in _MEDIA else (sides.of_entity(speaker.entity, speaker.side), "")
    if speaker.kind in _OUTLETS:
        return _of_outlet(filed.outlet or speaker.name, sides)
    words = f"{speaker.role} {speaker.name} {speaker.organisation}".casefold()
    if speaker.country in ("", sides.country) and _official().search(words) and not _other().search(words):
        return sides.government(), f"{speaker.role or speaker.name}: taken for an official of the state"
    return None, ""


def _of_outlet(name: str, sides: Sides) -> tuple[Party | None, str]:
    """Return the party of a body whose own statement the report is."""
    for match in actors().find(name):
        if _kind_of(match.actor) not in _MEDIA:
            return sides.of_entity(match.actor), f"a statement of {name}"
    if re.search(r"\b(ministry|army|armed forces|police|government|presidency|palace)\b", name.casefold()):
        return sides.government(), f"a statement of {name}: taken for a body of the state"
    return None, ""


def _neutral(speaker: Source) -> bool:
    """Whether a speaker is a named body that is on no side, or speaks for one."""
    return bool(speaker.entity) and _is_neutral(speaker.entity)


def _is_neutral(entity: str) -> bool:
    return _kind_of(entity) in control_rules().weighing.neutral


def _kind_of(entity: str) -> str:
    row = actors().by_id.get(entity)
    return row.kind if row is not None and row.kind in kinds() else ""


def _key(speaker: Source, filed: Filed) -> str:
    """Return what tells a voice apart: a person or body by name, an unnamed one and a narrator by the report."""
    if speaker.kind in _OUTLETS:
        return f"report:{filed.original or filed.report}"
    if speaker.kind == "unnamed":
        return f"unnamed:{speaker.name.casefold()}:{filed.original or filed.report}"
    return f"{speaker.kind}:{(speaker.name or speaker.role).casefold()}"


@functools.cache
def _official() -> re.Pattern[str]:
    return _pattern(control_rules().weighing.officials)


@functools.cache
def _other() -> re.Pattern[str]:
    return _pattern(control_rules().weighing.not_officials)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"\b{re.escape(word.casefold())}s?\b" if word[-1] != "-" else rf"\b{word}" for word in words)
    )
