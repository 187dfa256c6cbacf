"""Find the triggers of a report: which words tell of an event, in which sense, with which slots filled."""

from __future__ import annotations

import msgspec

from dateline.coding.lexicon import PREPOSITIONS, Entry, Lexicon
from dateline.coding.matching import BARE, entry_tokens, hanging
from dateline.coding.reading import Reading
from dateline.coding.slots import Slots, conjuncts, is_passive, noun_slots, verb_slots
from dateline.knowledge.light_verbs import LightVerb
from dateline.knowledge.predicates import Predicate
from dateline.records import Parse

REBELS = frozenset({"rebel", "militia", "identity-militia", "criminal"})
OF_CROWDS = frozenset({"mob", "riot"})
VAGUE = frozenset(
    "named pronoun other person number actor group civilian place".split()
)  # may be what a sense asks for
CROWD = frozenset({"rioter", "protester"})
FIGHTING = 2  # violent events, and fighters named, that make a report one of fighting
SPREAD = 4  # sentences that one of them may have for itself
FIGHTERS = frozenset("state-force rebel militia identity-militia armed-unidentified external-force".split())
UNKNOWN = frozenset({"pronoun", "actor", "group"})
BROAD = frozenset("person civilian armed official actor group country place facility vehicle goods".split())
ANYBODY = frozenset("person armed official actor group country place facility".split())
MEANS = frozenset("weapon vehicle event shellfire violence goods facility".split())
CORE = ("subject", "object")  # in this order: a set would give another order in every process
LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "on", "across", "inside"})


class Trigger(msgspec.Struct):
    """A word that tells of an event.

    `carrier` is the light verb of an event noun, -1 where there is none; `phase` the light verb's phase.
    `slots` are those of the active verb. `absorbed` are event nouns and result clauses that tell more of
    this same event; `tokens` the further words of a multiword entry. `guessed` names the slot whose filler
    may be what the sense asks for, in a report of fighting. `witnessed` is True where the carrier only
    sees, reports or claims the event: what it denies is not the event.
    """

    token: int
    entry: Entry
    slots: Slots
    tokens: tuple[int, ...] = ()
    carrier: int = -1
    phase: str = ""
    absorbed: list[Trigger] = []
    guessed: str = ""
    witnessed: bool = False

    @property
    def clause(self) -> int:
        """The verb whose clause tells the event; -1 for an event noun without a light verb."""
        return self.carrier if self.entry.form == "noun" else self.token


def find_triggers(reading: Reading, lexicon: Lexicon, fighting: bool | None = None) -> dict[int, Trigger]:
    """Return the triggers of a report by their token, in text order.

    `fighting` says whether the report tells of fighting; None leaves it to what is found.
    """
    parse, found = reading.parse, {}
    named = {
        t
        for m in reading.mentions
        if (m.named and m.label != "event") or m.label == "date"
        for t in range(m.first, m.last)
    }
    for token in range(len(parse)):
        trigger = _trigger_at(reading, lexicon, token, named, strict=True)
        if trigger is not None:
            found[token] = trigger
    if _tells_of_fighting(reading, found) if fighting is None else fighting:
        # Where armed groups fight, a filler of which nothing is known is likelier to be what the sense asks for
        # than something else. Peaceful news never comes here.
        for token in range(len(parse)):
            if token not in found:
                trigger = _trigger_at(reading, lexicon, token, named, strict=False)
                if trigger is not None:
                    found[token] = trigger
    for trigger in list(found.values()):  # "prison break": no event of its own in "break"
        for token in trigger.tokens:
            if token != trigger.token:
                found.pop(token, None)
    return found


def _trigger_at(reading: Reading, lexicon: Lexicon, token: int, named: set[int], *, strict: bool) -> Trigger | None:
    """Return the trigger at a token; not `strict` is the second look at a report of fighting."""
    parse = reading.parse
    pos, lemma = parse.pos[token], parse.lemmas[token]
    if pos in ("VERB", "AUX"):
        return _verb_trigger(reading, lexicon, token, strict)
    if not strict or token in named:
        return None
    if pos in ("NOUN", "PROPN") and lemma in lexicon.nouns:
        return _noun_trigger(reading, lexicon, token)
    if pos in ("ADJ", "VERB") and lemma in lexicon.adjectives:
        return _adjective_trigger(reading, lexicon, token)
    return None


def _tells_of_fighting(reading: Reading, found: dict[int, Trigger]) -> bool:
    """Whether a report tells of fighting: several violent events, and fighters, soldiers or gunmen in it."""
    events = sum(t.entry.sense.plover == "ASSAULT" for t in found.values())
    fighters = sum(m.kind in FIGHTERS for m in reading.mentions)
    dense = (events + fighters) * SPREAD >= len(reading.parse.sentences)
    return events >= FIGHTING and fighters >= FIGHTING and dense


def _verb_trigger(reading: Reading, lexicon: Lexicon, verb: int, strict: bool) -> Trigger | None:
    parse = reading.parse
    entries = lexicon.verbs.get(parse.lemmas[verb], ())
    if not entries or parse.deps[verb] in ("amod", "compound", "aux", "auxpass"):
        return _adjective_trigger(reading, lexicon, verb) if parse.deps[verb] == "amod" else None
    words = reading.words_around(verb)
    near = (entry for entry in entries if not entry.rest or words.issuperset(entry.rest))
    matched = [(entry, tokens) for entry in near if (tokens := entry_tokens(parse, verb, entry)) is not None]
    found = [(entry, tokens) for entry, tokens in matched if not _of_a_day(reading, entry, tokens)]
    if not found:
        return None
    base = undated(reading, verb_slots(parse, verb))
    allowed = [(entry, tokens) for entry, tokens in found if entry.sense.in_fighting is not strict]
    # A sense whose every condition is met comes before one that a passive leaves without its doer, or whose object
    # is a word of which nothing is known.
    for unsaid, unknown in (("", False), ("subject", False), ("", True)):
        for entry, tokens in allowed if not unsaid or is_passive(parse, verb) else ():
            slots = dict(_multiword(reading, entry, tokens, base))
            if unsaid and unsaid not in slots and _must_be_said(entry.sense):
                continue  # that it was a crowd, or a shell, is said of the doer alone
            if holds(reading, entry, slots, strict=True, unsaid=unsaid, unknown=unknown):
                return Trigger(verb, entry, slots, tokens)
    return None if strict else _guess(reading, verb, found, base)


def _guess(reading: Reading, verb: int, found: list[tuple[Entry, tuple[int, ...]]], base: Slots) -> Trigger | None:
    """Return the first sense that nothing speaks against, in a report of fighting.

    There `where` only bars an argument that clearly is something else: an unknown name, a pronoun, "men" or
    "the group" may be what the sense asks for. The claim says which argument was taken so.
    """
    unsaid = "subject" if is_passive(reading.parse, verb) else ""
    for entry, tokens in found:
        slots = dict(_multiword(reading, entry, tokens, base))
        asked = [s for s in CORE if s in entry.sense.where and is_broad(entry.sense, s)]
        vague = [s for s in asked if s in slots and _all_vague(reading, slots[s])]
        if not vague or any(s not in slots for s in entry.sense.requires if s != unsaid):
            continue
        if entry.sense.effect in OF_CROWDS and "subject" in vague:
            continue  # nobody is taken for a mob without a word for it
        bars = entry.sense.plover == "ASSAULT" and "civilian" in entry.sense.unless.get("subject", ())
        if bars and "subject" in vague and _civilian(reading, slots["subject"]):
            continue  # nor are families taken for fighters where the sense says so
        if holds(reading, entry, {name: slots[name] for name in slots if name not in vague}, strict=False):
            return Trigger(verb, entry, slots, tokens, guessed=vague[0])
    return None


def is_broad(sense: Predicate, slot: str) -> bool:
    """Whether a sense asks a slot for anybody, any site or any bearer of arms, so that an unknown filler may fit.

    What asks for one narrow class ("weapon", "refugee", "rioter") tells its event by that class alone.
    """
    if slot not in sense.where:
        return True
    asked = (BROAD | FIGHTERS).intersection(sense.where[slot])
    return bool(asked & ANYBODY) or len(asked) > 1


def _must_be_said(sense: Predicate) -> bool:
    """Whether a sense lives by its subject, so that no passive may leave it out: what a crowd does, what shells do."""
    asked = set(sense.where.get("subject", ()))
    return bool(asked & CROWD and "armed" not in asked) or (bool(asked) and asked <= MEANS)


def _all_vague(reading: Reading, fillers: list[int]) -> bool:
    return all(reading.classes.of(f) <= VAGUE for f in fillers)


def _of_a_day(reading: Reading, entry: Entry, tokens: tuple[int, ...]) -> bool:
    """Whether the preposition of a verb only names a day: "was taken on Friday" takes nobody on."""
    if not entry.rest or entry.rest[-1] not in PREPOSITIONS:
        return False
    named = reading.parse.of_dep(tokens[-1], "pobj")
    return bool(named) and all(reading.is_date(token) for token in named)


def _civilian(reading: Reading, fillers: list[int]) -> bool:
    return any("civilian" in reading.classes.of(filler) for filler in fillers)


def undated(reading: Reading, slots: Slots) -> Slots:
    """Return the slots without days and times: "the attack on Monday" is not an attack on Monday."""
    kept = {name: [f for f in fillers if not reading.is_date(f)] for name, fillers in slots.items()}
    return {name: fillers for name, fillers in kept.items() if fillers}


def _multiword(reading: Reading, entry: Entry, tokens: tuple[int, ...], base: Slots) -> Slots:
    """Return the slots with a multiword entry's own words taken out and its last preposition as object."""
    if not entry.rest:
        return base
    parse = reading.parse
    slots = {name: [f for f in fillers if f not in tokens] for name, fillers in base.items()}
    last = tokens[-1]
    if entry.rest[-1] in BARE:
        inner = verb_slots(parse, last)  # "came to see the emir", "let the hostages go"
        actor = inner.pop("subject", [])
        if parse.deps[last] == "ccomp" and actor:
            inner["object"] = actor
        for name, fillers in inner.items():
            slots.setdefault(name, fillers)
    elif entry.rest[-1] in PREPOSITIONS:
        complements = [c for p in parse.of_dep(last, "pobj", "pcomp") for c in conjuncts(parse, p)]
        complements = [c for c in complements if not reading.is_date(c)]
        if complements:
            slots["object"] = complements
            slots.pop(entry.rest[-1], None)
    elif parse.deps[last] in ("dobj", "nsubjpass") or len(tokens) > 1:
        extra: Slots = noun_slots(parse, last, False)
        for name, fillers in extra.items():
            slots.setdefault("of" if name == "object" else name, fillers)
    return {name: fillers for name, fillers in slots.items() if fillers}


def _adjective_trigger(reading: Reading, lexicon: Lexicon, token: int) -> Trigger | None:
    parse = reading.parse
    for entry in lexicon.adjectives.get(parse.lemmas[token], lexicon.adjectives.get(parse.texts[token].lower(), ())):
        head = parse.heads[token]
        bearer = parse.of_dep(head, "nsubj", "nsubjpass") if parse.deps[token] in ("acomp", "oprd") else [head]
        slots: Slots = {"object": bearer, "subject": bearer} if bearer else {}
        if slots and holds(reading, entry, slots, strict=True):
            return Trigger(token, entry, {"object": bearer}, (), head if parse.pos[head] in ("VERB", "AUX") else -1)
    return None


def _noun_trigger(reading: Reading, lexicon: Lexicon, noun: int) -> Trigger | None:
    parse = reading.parse
    if parse.deps[noun] == "compound":
        return None
    carrier, light = carrier_of(reading, lexicon, noun)
    for entry in lexicon.nouns[parse.lemmas[noun]]:
        tokens = entry_tokens(parse, noun, entry)
        if tokens is None:
            continue
        slots = noun_slots(parse, noun, entry.intransitive)
        if entry.rest and entry.rest[-1] in PREPOSITIONS:
            slots["object"] = [c for p in parse.of_dep(tokens[-1], "pobj") for c in conjuncts(parse, p)]
        _modifiers(reading, slots, entry, tokens)
        _participles(reading, lexicon, slots)
        slots = undated(reading, slots)
        if light is not None:
            _carried(parse, slots, noun, carrier, light)
        slots = undated(reading, {name: [f for f in fillers if f not in tokens] for name, fillers in slots.items()})
        if holds(reading, entry, slots, strict=not entry.sense.verbs and not entry.sense.symmetric) and (
            carrier >= 0 or _tells(reading, noun, entry, slots)
        ):
            witnessed = light is not None and not light.subject_is and light.takes != "none"
            return Trigger(noun, entry, slots, tokens, carrier, light.phase if light else "", witnessed=witnessed)
    return None


def _tells(reading: Reading, noun: int, entry: Entry, slots: Slots) -> bool:
    """Whether a noun without a light verb tells of an event, not only points back to one."""
    roles = {name for name in slots if name in entry.sense.roles} | (
        {"between", "with"} & set(slots) if entry.sense.symmetric else set()
    )
    if roles:
        return True
    pointing = {reading.parse.lemmas[c] for c in reading.parse.of_dep(noun, "det", "poss")}
    return not pointing & {"the", "this", "that", "these", "those", "its", "their", "any", "such"} and bool(
        LOCATIVE & set(slots)
    )


def _modifiers(reading: Reading, slots: Slots, entry: Entry, tokens: tuple[int, ...]) -> None:
    """Give the modifiers of an event noun their slots: who did it, to whom, or with what."""
    for token in slots.pop("modifier", []):
        if token in tokens:
            continue
        classes = reading.classes.of(token)
        if reading.parse.pos[token] == "ADJ" and "named" not in classes and not classes & REBELS:
            continue  # "an official visit", "a general amnesty"
        if "weapon" in classes or "vehicle" in classes:
            slots.setdefault("instrument", []).append(token)
        elif classes & {"armed", "group", "country", "official"} or ("actor" in classes and "named" in classes):
            slot = "subject" if "subject" not in slots else "object"
            slots.setdefault(slot, []).append(token)
        elif classes & {"person", "civilian", "facility", "goods", "body"}:
            slots.setdefault("subject" if entry.intransitive and "subject" not in slots else "object", []).append(token)
        elif "place" in classes:
            slots.setdefault("in", []).append(token)


def _participles(reading: Reading, lexicon: Lexicon, slots: Slots) -> None:
    """ "An attack carried out by X", "an offensive that Y launched": the doer stands in the participle."""
    parse = reading.parse
    for verb in slots.pop("participle", []):
        for rest, light in lexicon.light.get(parse.lemmas[verb], ()):
            if light.takes == "object" and hanging(parse, verb, rest) is not None:
                for name, fillers in verb_slots(parse, verb).items():
                    if name not in ("object", "clause"):
                        slots.setdefault("subject" if name == "subject" else name, fillers)
                break


def carrier_of(reading: Reading, lexicon: Lexicon, noun: int) -> tuple[int, LightVerb | None]:
    """Return the light verb that carries the noun, or (-1, None)."""
    parse = reading.parse
    first = noun
    while parse.deps[first] == "conj" and parse.pos[parse.heads[first]] in ("NOUN", "PROPN"):
        first = parse.heads[first]
    head, dep = parse.heads[first], parse.deps[first]
    governor = parse.heads[head] if dep == "pobj" else head
    if dep == "pobj" and parse.pos[governor] == "NOUN" and parse.deps[governor] in ("attr", "dobj"):
        # "Was the target of a strike", "was the scene of fighting": the light verb has a noun of its own.
        for rest, light in lexicon.light.get(parse.lemmas[parse.heads[governor]], ()):
            if rest == (parse.lemmas[governor],) and light.takes == parse.lemmas[head]:
                return parse.heads[governor], light
    if parse.pos[governor] not in ("VERB", "AUX"):
        return -1, None
    if dep == "pobj":
        word, verb = parse.lemmas[head], parse.heads[head]
        for rest, light in lexicon.light.get(parse.lemmas[verb], ()):
            words = (*rest, light.takes) if light.takes not in ("object", "none") else rest
            if words and words[-1] == word and hanging(parse, verb, words[:-1]) is not None:
                return verb, light
        return -1, None
    places = {
        "dobj": ("object",),
        "nsubj": ("none",),
        "nsubjpass": ("object", "none"),
        "attr": ("object",),
    }.get(dep, ())
    for rest, light in lexicon.light.get(parse.lemmas[head], ()):
        if dep == "nsubj" and light.takes == "object" and any(parse.deps[c] == "dobj" for c in parse.children[head]):
            continue
        if light.takes in places and hanging(parse, head, rest) is not None:
            return head, light
    return -1, None


def _carried(parse: Parse, slots: Slots, noun: int, verb: int, light: LightVerb) -> None:
    """Merge the slots of the light verb into those of its noun."""
    outer = verb_slots(parse, verb)
    if light.takes == "none":
        outer.pop("subject", None)
        outer.pop("object", None)
    elif is_passive(parse, verb) and light.takes == "by":
        outer.pop("subject", None)  # "was hit by shelling": what was hit is the object of the shelling
    else:
        outer.pop("object", None)
        if light.subject_is == "object":
            outer["object"] = outer.pop("subject", [])
    for name, fillers in outer.items():
        sides = light.takes == "none" and name in ("between", "among", "with", "against")
        if not light.subject_is and not sides and name not in LOCATIVE:
            continue  # the verb's own subject only sees, reports or condemns the event
        kept = [f for f in fillers if f != noun and noun not in conjuncts(parse, f)]
        held = slots.get(name)
        # "The rebels launched their offensive": the verb's own subject says who "their" is.
        if kept and name != "clause" and (held is None or all(parse.tags[f] == "PRP$" for f in held)):
            slots[name] = kept


def holds(
    reading: Reading, entry: Entry, slots: Slots, *, strict: bool, unsaid: str = "", unknown: bool = False
) -> bool:
    """Whether the sense's conditions hold for these slots; a complement that does not fit is taken out.

    `strict` asks for the required slots but for the one that may be left unsaid (the doer of a passive);
    an event noun may leave all unsaid. With `unknown`, an object of which nothing is known may be what is asked.
    """
    sense = entry.sense
    for slot, allowed in sense.where.items():
        if slot in slots and not any(reading.classes.of(f) & _also(sense, allowed) for f in slots[slot]):
            if slot == "subject" and (strict or not _is_person(reading, slots[slot])):
                return False
            if slot == "object" and not _is_meant(reading, sense, slots, unknown):
                return False
            if slot in CORE:
                continue  # "Haftar launched a campaign against …": what he is, the noun says
            # "They surrendered to his men": a complement of another class is no argument, the verb still holds.
            del slots[slot]
    if strict and any(slot not in slots for slot in sense.requires if slot != unsaid):
        return False
    return not any(
        reading.classes.of(f) & set(barred) for slot, barred in sense.unless.items() for f in slots.get(slot, ())
    )


def _also(sense: Predicate, allowed: tuple[str, ...]) -> set[str]:
    """Return the classes that fit a slot: what violence asks for, a site, may be where a ministry or a station sits."""
    site = sense.plover == "ASSAULT" and "facility" in allowed and "place" in allowed
    return {*allowed, "seat"} if site else set(allowed)


def _is_meant(reading: Reading, sense: Predicate, slots: Slots, unknown: bool) -> bool:
    """Whether nothing is known of the object, and the subject is one that the sense asks for.

    "The militants looted it", "the rebels killed the sexton", "Houthis hit a Liebherr": what it is, the verb and its
    subject say. A noun needs a sense that asks for anybody or any site; a pronoun may be whatever was named.
    """
    objects = [reading.classes.of(f) for f in slots["object"]]
    subjects = [reading.classes.of(f) for f in slots.get("subject", ())]
    asked = set(sense.where.get("subject", ())) - {"person", "civilian", "number", "named"}
    if all("pronoun" in c and c <= UNKNOWN for c in objects):
        return any(c & asked for c in subjects)
    if not unknown or not is_broad(sense, "object") or not all(not c or c == {"named"} for c in objects):
        return False
    bearers = asked & (FIGHTERS | {"armed", "weapon", "country"} if sense.plover == "ASSAULT" else FIGHTERS | {"armed"})
    return any(c & bearers and not c & {"pronoun", "police", "criminal"} for c in subjects)


def _is_person(reading: Reading, fillers: list[int]) -> bool:
    return any({"named", "person"} <= reading.classes.of(f) for f in fillers)
