"""ACLED's event type and sub-event type, from the sense, the weapons and who takes part."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.knowledge.crosswalk import AcledRule, acled_rules, acled_things
from dateline.records import Participant

CLASS_OF_KIND = {
    **dict.fromkeys(("state-force", "police", "intelligence", "government"), "state"),
    **dict.fromkeys(
        ("rebel", "militia", "identity-militia", "armed-unidentified", "criminal", "private-security"), "armed"),
    "external-force": "foreign",
    **dict.fromkeys(("protester", "rioter"), "protester"),
    "pronoun": "unsaid", "armed": "armed", "place": "place",
    **dict.fromkeys(
        ("civilian", "refugee", "detainee", "journalist", "medical", "education", "religious", "business", "labour",
         "aid-worker", "elite", "opposition", "ngo", "media", "legislature", "judiciary", "party"), "civilian"),
}  # fmt: skip


def acled_of(
    plover: str, mode: str, effect: str, given: str, participants: Iterable[Participant]
) -> tuple[tuple[str, str] | None, str]:
    """Return ACLED's (event type, sub-event type), or None where ACLED would not code it, and the rule's id.

    `given` is the sense's own "Type / Sub-type", which wins.
    """
    if given:
        return _split(given), "sense"
    people = list(participants)
    actors = {actor_class(p) for p in people if p.role == "actor"} or {"none"}
    targets = {target_class(p) for p in people if p.role == "target"} or {"none"}
    for rule in acled_rules():
        if _fits(rule, plover, mode, effect, actors, targets):
            return (_split(rule.acled) if rule.acled else None), rule.id
    return None, "no rule"


def actor_class(actor: Participant) -> str:
    """Return what an actor is to ACLED; an alliance of states acts with foreign forces."""
    return "foreign" if actor.kind == "igo" else CLASS_OF_KIND.get(actor.kind, "other")


def target_class(target: Participant) -> str:
    """Return what a target is to ACLED: armed or not by its kind, a site or a vehicle by its noun."""
    things = acled_things()
    words = target.name.lower().replace("-", " ").partition(" of ")[0].split()
    known = CLASS_OF_KIND.get(target.kind, "other" if target.kind else "unsaid")
    if known in ("state", "armed"):
        return "civilian" if words[:1] and words[0] in things.former else known
    if known in ("civilian", "foreign", "protester"):
        return known
    for size in (3, 2, 1):
        last = " ".join(words[-size:])
        for form in (last, last.removesuffix("s"), last.removesuffix("es"), f"{last.removesuffix('ies')}y"):
            if form in things.civil:
                return "civil-site"
            if form in things.military:
                return "military-site"
    return known


def _fits(rule: AcledRule, plover: str, mode: str, effect: str, actors: set[str], targets: set[str]) -> bool:
    return (
        (not rule.plover or plover in rule.plover)
        and (not rule.modes or mode in rule.modes)
        and mode not in rule.unless_modes
        and (not rule.effects or effect in rule.effects)
        and (not rule.actors or bool(actors & set(rule.actors)))
        and (not rule.targets or bool(targets & set(rule.targets)))
        and not targets & set(rule.unless_targets)
    )


def _split(words: str) -> tuple[str, str]:
    kind, _, sub = words.partition(" / ")
    return kind, sub
