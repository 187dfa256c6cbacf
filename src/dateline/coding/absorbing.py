"""One event told by two words is one claim: results and the nouns that name their cause.

"The air strike killed five", "five were killed in an air strike", "gunmen attacked the market, killing
five": the killing and its cause are one event. The cause gives weapon and actor, the result victims and
numbers. Coordinated verbs ("bombed the market and killed five") stay two claims, but for the two halves of
one toll ("three were killed and ten wounded").
"""

from __future__ import annotations

from dateline.coding.quantities import COUNTED, befell, phrase_span
from dateline.coding.reading import Reading
from dateline.coding.triggers import Trigger

RESULTS = frozenset({"kills", "wounds", "destroys", "displaced", "casualties", "damages", "loses-life"})
TOLLS = frozenset({"kills", "wounds"})
FENDED_OFF = frozenset({"repels", "drives-out", "defends", "foils"})
TAKEN = frozenset({"takes-place", "enters-place", "regains-place", "loses-place"})
HOLDING = frozenset({"hand", "control", "rule", "command"})  # "in the hands of", "under the control of"
CAUSE_SLOTS = ("subject", "object", "in", "by", "from", "during", "after", "when")


def absorb(reading: Reading, triggers: dict[int, Trigger]) -> dict[int, Trigger]:
    """Return the triggers that remain when results and causes are joined."""
    for trigger in triggers.values():
        _two_tolls(reading, trigger)
    remaining = {token: t for token, t in triggers.items() if not _leaves_over(reading, t, triggers)}
    for token, trigger in remaining.copy().items():
        if trigger.entry.sense.effect in RESULTS and token in remaining:
            cause = _cause_of(reading, trigger, remaining)
            if cause is None:
                cause = _same_toll(reading, trigger, remaining)
            if cause is not None:
                remaining[cause].absorbed.append(trigger)
                del remaining[token]
                continue
            for verb in _cause_clauses(reading, trigger, remaining):
                trigger.absorbed.append(remaining.pop(verb))
            for noun in _cause_nouns(trigger, remaining, CAUSE_SLOTS):
                trigger.absorbed.append(remaining.pop(noun))
        elif trigger.entry.form == "verb" and trigger.entry.sense.plover in ("ASSAULT", "") and token in remaining:
            for noun in _cause_nouns(trigger, remaining, ("object",)):  # "repelled an attack", "foiled a plot"
                inner = remaining.pop(noun)
                if trigger.entry.sense.effect in FENDED_OFF:
                    _turn(trigger, inner)
                trigger.absorbed.append(inner)
    return remaining


def _leaves_over(reading: Reading, trigger: Trigger, triggers: dict[int, Trigger]) -> bool:
    """Whether "leaving" says what a capture left to the other side: nobody goes away from there.

    "They took the city, leaving only the airport in the hands of the army", "…, leaving Kabul as the last city".
    """
    parse, verb = reading.parse, trigger.token
    if parse.lemmas[verb] != "leave" or trigger.entry.sense.effect != "withdraws" or "object" not in trigger.slots:
        return False
    beneath = [verb, *trigger.slots["object"]]
    prepositions = [p for t in beneath for p in parse.of_dep(t, "prep")]
    if any(parse.lemmas[p] == "as" for p in parse.of_dep(verb, "prep")):
        return True
    if any(parse.lemmas[o] in HOLDING for p in prepositions for o in parse.of_dep(p, "pobj")):
        return parse.tags[verb] == "VBG"
    head = parse.heads[verb]
    while parse.deps[head] == "conj" and head not in triggers:
        head = parse.heads[head]
    taken = triggers.get(head)
    if parse.tags[verb] != "VBG" or parse.deps[verb] != "advcl" or taken is None:
        return False
    here = {parse.texts[t] for t in taken.slots.get("object", ())}
    others = [t for t in trigger.slots["object"] if parse.pos[t] == "PROPN" and parse.texts[t] not in here]
    return taken.entry.sense.effect in TAKEN and bool(others)


def _two_tolls(reading: Reading, trigger: Trigger) -> None:
    """Make the subject of "eight people killed 58 others injured" the victims; the object is of the next toll."""
    subjects, objects = trigger.slots.get("subject", []), trigger.slots.get("object", [])
    if trigger.entry.sense.effect not in TOLLS or not subjects or not objects:
        return
    number = reading.amount_in(phrase_span(reading, subjects[-1]))
    if number is not None and befell(reading, objects[-1]) not in ("", COUNTED[trigger.entry.sense.effect]):
        trigger.slots["object"] = trigger.slots.pop("subject")


def _turn(trigger: Trigger, attack: Trigger) -> None:
    """Make who attacked the one that is fended off: "the army repelled an attack by rebels"."""
    own = trigger.slots.get("subject", [])
    attackers = [f for f in attack.slots.pop("subject", []) if f not in own]
    attack.slots["object"] = [f for f in attack.slots.get("object", []) if f not in own]
    if attackers:
        trigger.slots["object"] = [*trigger.slots.get("object", []), *attackers]


def _cause_of(reading: Reading, trigger: Trigger, triggers: dict[int, Trigger]) -> int | None:
    """Return the trigger whose result clause this is: "…, killing five", "that left ten dead"."""
    parse, verb = reading.parse, trigger.clause
    if verb < 0:
        return None
    head, dep = parse.heads[verb], parse.deps[verb]
    while dep == "conj" and parse.tags[verb] == "VBG" and head != verb:
        verb = head
        head, dep = parse.heads[verb], parse.deps[verb]
    participle = parse.tags[verb] == "VBG" and not any(parse.deps[c] == "aux" for c in parse.children[verb])
    if not (dep == "relcl" or (participle and dep in ("advcl", "acl", "xcomp", "dep"))):
        return None
    for other in (head, *(t.token for t in triggers.values() if t.carrier == head)):
        held = triggers.get(other)
        if held is not None and other != trigger.token and held.entry.sense.plover == "ASSAULT":
            return other
    return None


def _same_toll(reading: Reading, trigger: Trigger, triggers: dict[int, Trigger]) -> int | None:
    """Return the first of two coordinated counts: "three were killed and ten wounded" is one toll."""
    parse, verb = reading.parse, trigger.token
    head = parse.heads[verb]
    if parse.deps[verb] != "conj" or trigger.entry.sense.effect not in TOLLS:
        return None
    held = triggers.get(head)
    if held is None or held.entry.sense.effect not in TOLLS:
        return None
    if parse.tags[verb] == "VBN" and not any(parse.deps[c] in ("aux", "auxpass", "dobj") for c in parse.children[verb]):
        # "… and 20 wounded": the parser seldom sees that the number is the subject.
        counted = [
            t
            for t in range(head + 1, verb)
            if parse.pos[t] in ("NUM", "NOUN", "PRON", "DET") and t > _and(reading, head, verb)
        ]
        if counted:
            trigger.slots["object"] = counted[-1:]
    return head


def _and(reading: Reading, head: int, verb: int) -> int:
    return max((t for t in range(head, verb) if reading.parse.pos[t] == "CCONJ"), default=verb)


def _cause_clauses(reading: Reading, trigger: Trigger, triggers: dict[int, Trigger]) -> list[int]:
    """Return the verbs that tell how people died: "were killed when a shell hit the market"."""
    parse = reading.parse
    return [
        verb
        for verb in parse.of_dep(trigger.token, "advcl")
        if verb in triggers
        and triggers[verb].entry.sense.plover == "ASSAULT"
        and any(parse.lemmas[c] == "when" for c in parse.children[verb])
    ]


def _cause_nouns(trigger: Trigger, triggers: dict[int, Trigger], slots: tuple[str, ...]) -> list[int]:
    return [
        filler
        for slot in slots
        for filler in trigger.slots.get(slot, ())
        if filler in triggers
        and filler != trigger.token
        and triggers[filler].entry.form == "noun"
        and triggers[filler].carrier in (-1, trigger.token)
        and triggers[filler].entry.sense.plover == "ASSAULT"
    ]
