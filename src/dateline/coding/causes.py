"""What an event's words leave to the story: the attack that a toll or a claim of responsibility is about.

"An air strike hit the market. Forty people were killed." The toll is a claim of its own; its weapon and
its type in ACLED are those of the strike. "The group claimed the attack": of the type of the attack told
before. "Police fired on the crowd" is excessive force where a protest was told. Each names in its rule from
what it was taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dateline.coding.crosswalk import CLASS_OF_KIND, target_class
from dateline.coding.reading import Reading
from dateline.knowledge.crosswalk import acled_things
from dateline.records import Participant, Predication

TOLLS = frozenset({"kills", "wounds", "loses-life", "casualties"})
POINTING = frozenset({"claims-responsibility"})
REACH = 2  # sentences back that a toll's cause may stand
FURTHER = 5  # within one paragraph, and for what points back by its own words
PROTEST_REACH = {"police": 3}  # sentences; others that bear arms for a state: 1
OWN_TYPES = frozenset({"Explosions/Remote violence", "Protests", "Riots"})
GROUND = frozenset({"clash", "repels", "defends", "enters-place", "takes-place", "regains-place", "ambush"})
FENDED = frozenset({"repels", "defends"})
ATTACKED = frozenset({"Attack", "Armed clash"})
ANYBODY = frozenset({"people", "person", "persons", "others"})
DEFINITE = frozenset({"the", "this", "that", "it"})
FOUGHT = ("Battles", "Armed clash")
EXCESSIVE = ("Protests", "Excessive force against protesters")


def with_causes(reading: Reading, told: Sequence[Predication]) -> list[Predication]:
    """Return the predications, each that leaves its type to the story with that of what was told before."""
    found: list[Predication] = []
    for one in told:
        one = _at_protest(reading, one, found) or one
        if _is_bare_toll(one):
            cause = _cause_before(reading, one, found)
        elif _points_back(reading, one):
            cause = _attack_before(reading, one, found)
        else:
            cause = None
        if cause is not None:
            words = cause.trigger.of(reading.report.text)
            evidence = msgspec.structs.replace(one.evidence, rule=f"{one.evidence.rule}; cause: {words!r} told before")
            one = msgspec.structs.replace(
                one, mode=_mode(one, cause), acled=_acled(one, cause), evidence=evidence,
                participants=(*one.participants, *_doer(reading, one, cause, words)),
            )  # fmt: skip
        found.append(one)
    return found


def _mode(one: Predication, cause: Predication) -> str:
    """Return the mode that the cause gives; that of a riot or a protest is no mode of killing."""
    return one.mode or (cause.mode if cause.plover == "ASSAULT" else "")


def _is_bare_toll(one: Predication) -> bool:
    """Whether this is a toll that says neither who killed nor with what."""
    told = any(p.role in ("actor", "instrument") and p.span for p in one.participants)
    return one.plover == "ASSAULT" and one.effect in TOLLS and not one.mode and not told


def _points_back(reading: Reading, one: Predication) -> bool:
    """Whether this names an attack only as one that was told: "claimed the attack", "carried out the assault"."""
    if one.effect in POINTING:
        return True
    parse = reading.parse
    if one.plover != "ASSAULT" or one.mode or parse.pos[one.token] != "NOUN" or one.acled != FOUGHT:
        return False
    definite = any(parse.lemmas[c] in DEFINITE for c in parse.of_dep(one.token, "det"))
    return definite and not any(p.role == "target" and p.span for p in one.participants)


def _cause_before(reading: Reading, toll: Predication, told: Sequence[Predication]) -> Predication | None:
    """Return the nearest event before a toll of which people die in a way of its own."""
    for one, away, same in _before(reading, toll, told):
        if away > REACH and not (same and away <= FURTHER):
            return None
        if reading.parse.pos[toll.token] == "NOUN" and one.token in reading.parse.ancestors(toll.token):
            continue  # "fired on crowds angered by the killing of ..."
        if one.acled and one.status == toll.status and one.polarity == "affirmed" and not _is_bare_toll(one):
            if one.acled[0] in OWN_TYPES:
                return one
            if _is_fight(one) and away <= 1 and not _of_civilians(toll):
                return one
            if one.acled[1] == "Attack":
                return one if away <= 1 else None
    return None


def _of_civilians(toll: Predication) -> bool:
    """Whether the words call the victims civilians; "people" leaves it open."""
    targets = [p for p in toll.participants if p.role == "target"]
    return any(target_class(p) == "civilian" and p.name.lower() not in ANYBODY for p in targets)


def _attack_before(reading: Reading, claim: Predication, told: Sequence[Predication]) -> Predication | None:
    """Return the last attack told in the paragraph of a claim of it, else the first that the report tells."""
    first: Predication | None = None
    for one, _, same in _before(reading, claim, told):
        if one.plover != "ASSAULT" or not one.acled or one.status != "asserted" or one.polarity != "affirmed":
            continue
        if one.acled[0] == "Explosions/Remote violence" or one.acled[1] in ATTACKED:
            if same:
                return one
            first = one
    return first


def _before(reading: Reading, one: Predication, told: Sequence[Predication]) -> Iterator[tuple[Predication, int, bool]]:
    """Yield what was told before, nearest first, with the sentences between and whether in one paragraph."""
    parse = reading.parse
    here = parse.sentence_of[one.token]
    block = parse.sentences[here].block
    for before in reversed(told):
        there = parse.sentence_of[before.token]
        yield before, here - there, parse.sentences[there].block == block


def _is_fight(one: Predication) -> bool:
    """Whether both sides bear arms, by what the words say of them."""
    if not one.acled or one.acled[0] != "Battles":
        return False
    armed = {"state", "armed", "foreign"}
    hit = any(p.role == "target" and target_class(p) in armed for p in one.participants)
    return one.effect in GROUND or hit


def _at_protest(reading: Reading, one: Predication, told: Sequence[Predication]) -> Predication | None:
    """Return a state's fire on people beside a protest as excessive force; None for anything else."""
    if one.plover != "ASSAULT" or one.mode not in ("firearms", "") or one.effect in POINTING | GROUND or not one.acled:
        return None
    if one.acled[1] not in ATTACKED and one.acled[1] != "Protest with intervention":
        return None
    actors = {CLASS_OF_KIND.get(p.kind, "") for p in one.participants if p.role == "actor"}
    targets = {target_class(p) for p in one.participants if p.role == "target"}
    shot = one.mode == "firearms" or one.effect in TOLLS
    if actors != {"state"} or not shot or targets & {"state", "armed", "foreign"}:
        return None
    police = any(p.kind == "police" for p in one.participants if p.role == "actor")
    protest = _protest_near(reading, one, told, PROTEST_REACH["police"] if police else 1)
    if protest is None:
        return None
    evidence = msgspec.structs.replace(one.evidence, rule=f"{one.evidence.rule}; at a protest: {protest!r}")
    return msgspec.structs.replace(one, acled=EXCESSIVE, evidence=evidence)


def _protest_near(reading: Reading, one: Predication, told: Sequence[Predication], reach: int) -> str | None:
    """Return the words of a protest told in this sentence or up to `reach` sentences before."""
    named = _protest_named(reading, one.token)
    if named:
        return named
    for before, away, _ in _before(reading, one, told):
        if away > reach:
            break
        over = before.token in reading.parse.ancestors(one.token)  # "protests over the killing of a rebel"
        if before.acled and before.acled[0] in ("Protests", "Riots") and not over:
            return before.trigger.of(reading.report.text)
    here = reading.parse.sentence_of[one.token]
    for mention in reversed(reading.mentions):
        away = here - reading.parse.sentence_of[mention.head]
        if 0 <= away <= reach and reading.parse.lemmas[mention.head] in acled_things().protesting:
            return mention.name
    return None


def _protest_named(reading: Reading, token: int) -> str | None:
    """Return a noun of the clause that can only be a protest, or a crowd."""
    parse, nouns = reading.parse, reading.classes.lexicon.nouns
    for other in parse.subtree(token):
        if parse.pos[other] != "NOUN":
            continue
        senses = {entry.sense.plover for entry in nouns.get(parse.lemmas[other], ()) if not entry.before}
        if senses == {"PROTEST"} or parse.lemmas[other] in acled_things().protesting:
            return parse.texts[other]
    return None


def _doer(reading: Reading, toll: Predication, cause: Predication, words: str) -> tuple[Participant, ...]:
    """Return who acted in the cause as who killed, marked as assumed; nobody where several fought."""
    parse = reading.parse
    blocks = {parse.sentences[parse.sentence_of[one.token]].block for one in (toll, cause)}
    if len(blocks) > 1:
        return ()
    actors = [p for p in cause.participants if p.role == "actor"]
    if not _is_bare_toll(toll) or len(actors) != 1 or any(p.role == "actor" for p in toll.participants):
        return ()
    doer = actors[0]
    if any(doer.entity and doer.entity == p.entity for p in toll.participants) or cause.effect in FENDED:
        return ()
    reason = f"assumed: who acted in {words!r}, told before"
    return (msgspec.structs.replace(doer, span=None, reason=reason, assumed="party"),)


def _acled(toll: Predication, cause: Predication) -> tuple[str, str] | None:
    """Return the pair of the cause; deaths at a protest are of excessive force, those of an attack of their own."""
    if cause.acled and cause.acled[1] == "Attack":
        return toll.acled
    if cause.acled and cause.acled[0] == "Protests":
        return EXCESSIVE
    return FOUGHT if cause.acled and cause.acled[0] == "Battles" else cause.acled
