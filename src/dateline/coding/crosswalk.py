"""ACLED's event type and sub-event type, from the sense, the weapons and who takes part."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.knowledge.crosswalk import AcledRule, acled_rules
from dateline.records import Participant

CLASS_OF_KIND = {
    **dict.fromkeys(("state-force", "police", "intelligence", "government"), "state"),
    **dict.fromkeys(
        ("rebel", "militia", "identity-militia", "armed-unidentified", "criminal", "private-security"), "armed"),
    "external-force": "foreign",
    **dict.fromkeys(("protester", "rioter"), "protester"),
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
    actors = {CLASS_OF_KIND.get(p.kind, "other") for p in people if p.role == "actor"} or {"none"}
    targets = {CLASS_OF_KIND.get(p.kind, "unsaid" if not p.kind else "other") for p in people if p.role == "target"}
    targets = targets or {"none"}
    for rule in acled_rules():
        if _fits(rule, plover, mode, effect, actors, targets):
            return (_split(rule.acled) if rule.acled else None), rule.id
    return None, "no rule"


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
