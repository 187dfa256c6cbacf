"""Denials that point back: "the army denied this", "which Asmara rejects".

Such a denial is a claim of its own: the event told before, denied, said by the one who denies it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dateline.coding.falsity import false_verb
from dateline.coding.participants import Casting
from dateline.coding.reading import Reading
from dateline.coding.slots import verb_slots
from dateline.coding.triggers import Trigger
from dateline.knowledge.denials import denials
from dateline.records import Attribution, Evidence, Parse, Participant, Predication, Source

DENIABLE = frozenset({"ASSAULT", "COERCE", "RETREAT", "AID", "SUPPORT", "MOBILIZE", "COOPERATE", "AGREE", ""})
REACH = 3  # sentences back


def denied(
    reading: Reading, casting: Casting, triggers: Mapping[int, Trigger], told: Sequence[Predication]
) -> Iterator[tuple[Predication, Attribution | None]]:
    """Yield a predication for each denial that points back to one of those `told`.

    With it comes the attribution to the denier, where the attribution stage has none: nothing is quoted.
    """
    parse, words = reading.parse, denials()
    for verb in range(len(parse)):
        if parse.pos[verb] not in ("VERB", "AUX"):
            continue
        if called_false(reading, verb, triggers, told):
            people = _people(casting, verb) if parse.lemmas[verb] in words.calling else []
            source = _source(reading, verb)
            event, why = _event_before(reading, verb, told, people, source)
            if event is not None:
                yield _denial(reading, verb, event, why, [], source), _said_by(reading, verb, people, source)
            continue
        if parse.lemmas[verb] not in words.verbs or parse.pos[verb] != "VERB":
            continue
        # "Rejected this" is a denial of what was told; "rejected the offer" is a refusal and has its own sense.
        if verb in triggers and triggers[verb].entry.sense.plover != "REJECT":
            continue
        slots = verb_slots(parse, verb)
        pointing = [t for t in slots.get("object", ()) if _points_back(reading, t, verb, triggers)]
        own_part = [t for t in slots.get("object", ()) if parse.lemmas[t] in words.own_part]
        if not (pointing or own_part or _sentential(reading, verb)):
            continue
        people = _people(casting, verb)
        source = _source(reading, verb)
        event, why = _event_before(reading, verb, told, people, source)
        if event is not None:
            yield (
                _denial(reading, verb, event, why, people if own_part else [], source),
                _said_by(reading, verb, people, source),
            )


def _people(casting: Casting, verb: int) -> list[Participant]:
    """Return who denies: the subject of the verb."""
    subjects = verb_slots(casting.reading.parse, verb).get("subject", ())
    return [p for t in subjects for p in casting.cast("actor", t, verb, False)]


def _points_back(reading: Reading, token: int, verb: int, triggers: Mapping[int, Trigger]) -> bool:
    words, parse = denials(), reading.parse
    if "event" in reading.classes.of(token) and token not in triggers:
        return True  # "the army denied the bombing"
    if parse.texts[token].lower() in words.pronouns:
        return True
    # "Rejected the claim that …" tells again what is denied: then the clause itself is read.
    told = any(parse.deps[c] in ("acl", "ccomp", "relcl") and c != verb for c in parse.children[token])
    return parse.lemmas[token] in words.nouns and not told


def _sentential(reading: Reading, verb: int) -> bool:
    """Whether a relative clause denies the whole sentence: "troops killed forty people in Aksum, which Asmara rejects".

    The pronoun hangs on the last noun; behind a comma, and where that noun is a name or an event, it is not meant.
    """
    parse, head = reading.parse, reading.parse.heads[verb]
    which = next((c for c in parse.of_dep(verb, "dobj") if parse.lemmas[c] == "which"), None)
    if which is None or parse.deps[verb] != "relcl" or parse.texts[which - 1] != ",":
        return False
    mention = reading.at.get(head)
    return parse.pos[head] in ("VERB", "AUX") or (mention is not None and (mention.named or mention.label != "object"))


def called_false(reading: Reading, verb: int, triggers: Mapping[int, Trigger], told: Sequence[Predication]) -> bool:
    """Whether a clause says that what was told before is not so: "this is a lie", "called the claim false"."""
    parse = reading.parse
    if parse.of_dep(verb, "ccomp", "csubj"):
        return False  # "it is not true that": the clause itself is denied
    for token in parse.of_dep(verb, "nsubj", "nsubjpass", "dobj"):
        # "The rumours about the fall of the city are baseless" tells itself what it denies.
        inside = parse.subtree(token)
        if (
            not any(p.token in inside for p in told)
            and _points_back(reading, token, verb, triggers)
            and false_verb(parse, verb, token)
        ):
            return True
    return False


def _event_before(
    reading: Reading, verb: int, told: Sequence[Predication], people: Sequence[Participant], source: int
) -> tuple[Predication | None, str]:
    """Return the event that a denial at `verb` is about, and why that one.

    What the sentence before it, or its own, makes another speaker say is what it answers. Else it is the last
    event told that the denier has a part in; where there is none, the last one told, and the reason says that
    this is assumed. None where the denial answers a claim of which no event was read.
    """
    parse, here = reading.parse, reading.parse.sentence_of[verb]
    own = set(parse.subtree(verb))
    near = [
        p for p in told
        if p.token < verb and here - parse.sentence_of[p.token] <= REACH and p.plover in DENIABLE
        and p.polarity == "affirmed" and p.status in ("asserted", "ongoing", "attempted")
        and not (p.token in own and _beside(parse, p.token, verb))
    ]  # fmt: skip
    if _claims_unread(reading, verb, near):
        return None, ""
    names = {p.entity or p.name for p in people} | {p.country for p in people if p.country}
    if source >= 0:
        names |= {reading.attributions[source].chain[0].entity} - {""}
    said = [p for p in near if here - parse.sentence_of[p.token] <= 1 and _said_by_another(reading, p, source)]
    for events in (said, near) if not people or said else (near,):
        for event in reversed(events):
            if names & {n for p in event.participants for n in (p.entity or p.name, p.country) if n}:
                return event, "the denier has a part in it"
        if events:
            return events[-1], "what was said last" if events is said else "assumed: the last event told"
    return None, ""


def _beside(parse: Parse, event: int, verb: int) -> bool:
    """Whether an event is told inside the denier's own phrase: "residents who were reached by phone denied this"."""
    subject = parse.of_dep(verb, "nsubj", "nsubjpass")
    return any(event in parse.subtree(s) for s in subject)


def _said_by_another(reading: Reading, event: Predication, source: int) -> bool:
    """Whether an event is what somebody else than the denier says."""
    if event.source < 0 or event.source == source:
        return False
    one = reading.attributions[event.source]
    denier = reading.attributions[source].chain[0] if source >= 0 else None
    return one.manner != "narration" and one.chain[0] != denier


def _claims_unread(reading: Reading, verb: int, near: Sequence[Predication]) -> bool:
    """Whether the sentence itself makes the claim that it denies, and no event was read in that.

    "They had claimed the city several times, and the ministry had denied it": what was told before is not meant.
    """
    parse = reading.parse
    first = parse.sentences[parse.sentence_of[verb]].first
    claims = any(parse.pos[t] == "VERB" and parse.lemmas[t] in denials().claiming for t in range(first, verb))
    return claims and not any(p.token >= first for p in near)


def _denial(
    reading: Reading, verb: int, event: Predication, why: str, instead: Sequence[Participant], source: int
) -> Predication:
    parse = reading.parse
    spans = (parse.span(min(parse.subtree(verb)), max(parse.subtree(verb)) + 1), event.trigger)
    others = [p for p in event.participants if p.role != "actor"] if instead else list(event.participants)
    actors = [msgspec.structs.replace(p, reason="denies having done it") for p in instead]
    rule = f"{event.sense}; denies what {event.trigger.of(reading.report.text)!r} told, {why}"
    return msgspec.structs.replace(
        event, trigger=reading.span(verb), token=verb, clause=spans, participants=(*actors, *others),
        quantities=(), status="asserted", polarity="denied", source=source,
        evidence=Evidence(spans, "coding", rule), headline=False,
    )  # fmt: skip


def _said_by(reading: Reading, verb: int, people: Sequence[Participant], source: int) -> Attribution | None:
    """Return the attribution of a denial to its subject, unless one was found already."""
    held = reading.attributions[source] if source >= 0 else None
    if not people or held is None or (held.cue is not None and held.cue.overlaps(reading.span(verb))):
        return None
    denier, span = people[0], reading.span(verb)
    person = denier.kind in ("", "civilian") or " " in denier.name
    speaker = Source(
        denier.name, "person" if person and not denier.entity else "organisation", entity=denier.entity,
        country=denier.country, span=denier.span,
    )  # fmt: skip
    return Attribution(
        (speaker, *held.chain), (span,), "indirect", Evidence((span,), "coding", "denial that points back"), span
    )


def _source(reading: Reading, verb: int) -> int:
    """Return the attribution whose cue the denial is, else the one that holds at the verb."""
    span = reading.span(verb)
    for index, attribution in enumerate(reading.attributions):
        if attribution.cue is not None and attribution.cue.overlaps(span):
            return index
    return reading.attribution_at(verb)
