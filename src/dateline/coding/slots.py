"""The grammatical slots of a predicate, brought to those of the active verb.

Passives, relative clauses, participles, infinitives, coordination and nominalisations all end in the same
few slots, so that a sense of the lexicon is written once. A filler is the index of a head token.
"""

from __future__ import annotations

from dateline.records import Parse

Slots = dict[str, list[int]]
RELATIVE = frozenset({"which", "who", "that", "whom"})
SUBJECTS = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
OBJECT_CONTROL = frozenset(
    "force allow order urge ask tell let enable help permit compel encourage call lead cause make persuade see".split()
)
WHEN = frozenset({"when", "as", "after", "while"})
UNITS = frozenset({"hour", "day", "night", "week", "weekend", "month", "year", "decade"})
DEEPEST = 4  # clauses outwards that an unsaid argument is looked for
SEEN = frozenset("see watch hear find witness have get want leave keep".split())
TELLING = frozenset("statement letter resolution declaration communique report motion petition speech message".split())
ACCUSING = frozenset(
    "accuse suspect blame convict charge prevent stop keep bar discourage dissuade acquit criticise criticize"
    " condemn".split()
)


def conjuncts(parse: Parse, token: int) -> list[int]:
    """Return `token` and what is coordinated with it, in order."""
    found = [token]
    for head in found:
        found += [c for c in parse.children[head] if parse.deps[c] == "conj" and parse.pos[c] not in ("VERB", "AUX")]
    return sorted(found)


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb stands in the passive: an auxiliary says so, or it is a bare participle behind a noun."""
    if any(parse.deps[c] in ("auxpass", "nsubjpass") for c in parse.children[verb]) or _is_seen(parse, verb):
        return True
    if parse.tags[verb] != "VBN" or any(parse.deps[c] in ("aux", "nsubj", "dobj") for c in parse.children[verb]):
        return False
    if parse.deps[verb] == "conj":
        return is_passive(parse, parse.heads[verb])
    return parse.deps[verb] in ("acl", "advcl", "amod", "ROOT", "relcl", "ccomp")


def _is_seen(parse: Parse, verb: int) -> bool:
    """Whether the verb is a participle with a noun before it that somebody saw or had: "saw two men gunned down"."""
    return (
        parse.tags[verb] in ("VBN", "VBD")
        and parse.deps[verb] == "ccomp"
        and parse.lemmas[parse.heads[verb]] in SEEN
        and any(parse.deps[c] == "nsubj" for c in parse.children[verb])
        and not any(parse.deps[c] in ("aux", "mark", "dobj", "ccomp") for c in parse.children[verb])
    )


def prepositional(parse: Parse, token: int, slots: Slots) -> None:
    """Add the complements of the prepositions that hang on `token`, under the prepositions' names."""
    for child in parse.children[token]:
        if parse.deps[child] in ("prep", "agent", "dative") and parse.pos[child] in ("ADP", "SCONJ", "ADV"):
            name, inner = parse.lemmas[child], child
            for deeper in parse.of_dep(child, "prep"):  # "out of", "up to", "as part of"
                name, inner = parse.lemmas[deeper], deeper
                for complement in parse.of_dep(inner, "pobj", "pcomp"):
                    slots.setdefault(name, []).extend(conjuncts(parse, complement))
            for complement in parse.of_dep(child, "pobj"):
                slots.setdefault(parse.lemmas[child], []).extend(conjuncts(parse, complement))


def verb_slots(parse: Parse, verb: int, depth: int = 0) -> Slots:
    """Return the slots of a verb."""
    slots: Slots = {}
    passive = is_passive(parse, verb)
    seen = passive and _is_seen(parse, verb)
    for child in parse.children[verb]:
        dep = parse.deps[child]
        if dep in SUBJECTS and not seen:
            slots.setdefault("subject", []).extend(_antecedents(parse, verb, child))
        elif dep in PASSIVE or dep == "dobj" or (seen and dep in SUBJECTS):
            slots.setdefault("object", []).extend(_antecedents(parse, verb, child))
        elif dep == "dative" and parse.pos[child] != "ADP":
            slots.setdefault("indirect", []).extend(conjuncts(parse, child))
        elif dep in ("ccomp", "xcomp", "pcomp"):
            slots.setdefault("clause", []).append(child)
        elif dep == "advcl" and any(parse.lemmas[m] in WHEN for m in parse.children[child] if m < child):
            slots.setdefault("when", []).append(child)
        elif dep in ("attr", "oprd") and passive:
            slots.setdefault("indirect", []).append(child)
    prepositional(parse, verb, slots)
    agents = [c for a in parse.of_dep(verb, "agent") for p in parse.of_dep(a, "pobj") for c in conjuncts(parse, p)]
    if passive and agents:
        slots["subject"] = agents
    elif passive and "by" in slots and "subject" not in slots:
        slots["subject"] = slots["by"]
    slots.pop("by" if passive and agents else "", None)
    if parse.tags[verb] == "VBG" and "of" in slots and "object" not in slots:  # "shelling of the village"
        slots["object"] = slots.pop("of")
        if "by" in slots:
            slots["subject"] = slots.pop("by")
    _understood(parse, verb, slots, passive, depth)
    return slots


def _antecedents(parse: Parse, verb: int, child: int) -> list[int]:
    """Return the fillers at `child`; a relative pronoun stands for the noun its clause hangs on."""
    if parse.lemmas[child] in RELATIVE and parse.tags[child] in ("WDT", "WP", "WRB", "IN", "DT"):
        clause = verb
        while parse.deps[clause] == "conj" or (
            parse.deps[clause] in ("xcomp", "ccomp") and parse.deps[clause] != "relcl"
        ):
            clause = parse.heads[clause]
        if parse.deps[clause] == "relcl":
            head = parse.heads[clause]
            if parse.pos[head] == "VERB":
                return []
            return conjuncts(parse, head)
    return conjuncts(parse, child)


def _understood(parse: Parse, verb: int, slots: Slots, passive: bool, depth: int) -> None:
    """Fill the slots that the clause leaves to its surroundings."""
    gap = "object" if passive else "subject"
    if depth > DEEPEST:
        return
    head, dep = parse.heads[verb], parse.deps[verb]
    if dep == "relcl" and parse.pos[head] != "VERB" and not _wh(parse, verb):
        whole = "subject" in slots and not passive
        slots.setdefault("object" if whole else gap, [head])
    if gap in slots:
        return
    if dep == "acl" or _hangs_on_noun(parse, verb, passive):
        fillers = _of_participle(parse, verb, head if dep == "acl" else verb - 1, depth)
    elif dep == "conj" and parse.pos[head] in ("VERB", "AUX"):
        fillers = _of_first(parse, head, depth)
    elif dep in ("xcomp", "ccomp", "advcl", "pcomp", "dep") or (dep == "prep" and parse.pos[verb] == "VERB"):
        fillers = _of_governor(parse, verb, dep, depth)
    else:
        return
    if fillers:
        slots[gap] = fillers


def _hangs_on_noun(parse: Parse, verb: int, passive: bool) -> bool:
    """Whether a participle right behind a noun tells of it, wherever the parser hangs it: "missiles fired from"."""
    return (
        passive
        and verb > 0
        and parse.deps[verb] in ("advcl", "dep")
        and parse.pos[verb - 1] in ("NOUN", "PROPN")
        and parse.deps[verb - 1] in ("pobj", "dobj")
        and not any(c < verb for c in parse.children[verb])
    )


def _of_participle(parse: Parse, verb: int, noun: int, depth: int) -> list[int]:
    """Return the unsaid argument of a verb that hangs on a noun: the noun, or whose plan "plan to attack" is."""
    telling = parse.tags[verb] == "VBG" and parse.lemmas[noun] in TELLING
    if not _infinitive(parse, verb) and not telling:
        return [noun] if parse.tags[verb] in ("VBN", "VBG", "VBD") else []
    possessors = [c for p in parse.of_dep(noun, "poss") for c in conjuncts(parse, p)]
    above = _verb_above(parse, noun)
    governing = verb_slots(parse, above, depth + 1) if above != noun else {}
    return possessors or governing.get("subject", []) or ([noun] if telling else [])


def _of_first(parse: Parse, first: int, depth: int) -> list[int]:
    """Return the argument that a coordinated verb shares with the first one."""
    inherited = verb_slots(parse, first, depth + 1)
    return inherited.get("object" if is_passive(parse, first) and "object" in inherited else "subject", [])


def _of_governor(parse: Parse, verb: int, dep: str, depth: int) -> list[int]:
    """Return the argument of the governing verb that controls the verb: "urged the rebels to withdraw"."""
    above = _verb_above(parse, verb)
    if dep == "pcomp" and parse.lemmas[parse.heads[parse.heads[verb]]] in UNITS:
        return []  # "in two months of shelling 300 people died"
    if above == verb or (dep == "ccomp" and not _infinitive(parse, verb) and parse.tags[verb] not in ("VBG", "VBN")):
        return []
    governing, lemma = verb_slots(parse, above, depth + 1), parse.lemmas[above]
    controls = (dep == "pcomp" and lemma in ACCUSING) or (dep in ("xcomp", "ccomp") and lemma in OBJECT_CONTROL)
    passive = is_passive(parse, above) and not (dep == "pcomp" and controls)
    by_object = passive or (controls and governing.get("object"))
    return [f for f in governing.get("object" if by_object else "subject", []) if f != verb]


def _wh(parse: Parse, verb: int) -> bool:
    return any(
        parse.tags[c] in ("WDT", "WP", "WRB") and parse.deps[c] in ("nsubj", "nsubjpass", "dobj", "advmod")
        for c in parse.children[verb]
    ) or any(
        parse.tags[g] in ("WDT", "WP")
        for c in parse.children[verb]
        if parse.deps[c] == "prep"
        for g in parse.children[c]
    )


def _infinitive(parse: Parse, verb: int) -> bool:
    return any(parse.tags[c] == "TO" for c in parse.children[verb])


def _verb_above(parse: Parse, token: int) -> int:
    for above in parse.ancestors(token):
        if parse.pos[above] in ("VERB", "AUX"):
            return above
    return token


def noun_slots(parse: Parse, noun: int, intransitive: bool) -> Slots:
    """Return the slots of an event noun; modifiers of unknown bearing come under "modifier"."""
    slots: Slots = {}
    prepositional(parse, noun, slots)
    by, of = slots.pop("by", []), slots.pop("of", [])
    for child in parse.children[noun]:  # "the endorsement of the plan by the council"
        if not by and parse.deps[child] == "prep" and parse.lemmas[child] == "of":
            inner: Slots = {}
            for complement in parse.of_dep(child, "pobj"):
                prepositional(parse, complement, inner)
            by = inner.get("by", [])
    possessors = [c for p in parse.of_dep(noun, "poss") for c in conjuncts(parse, p)]
    modifiers = [c for m in parse.of_dep(noun, "compound", "amod", "nmod") for c in conjuncts(parse, m)]
    if by:
        slots["subject"] = by
        if possessors and not of:
            of, possessors = possessors, []
    if intransitive:
        slots.setdefault("subject", []).extend(of + possessors)
    else:
        if of:
            slots["object"] = of
        if possessors:
            slots.setdefault("subject", []).extend(possessors)
    if modifiers:
        slots["modifier"] = modifiers
    for participle in parse.of_dep(noun, "acl", "relcl"):
        if parse.pos[participle] == "VERB":
            slots.setdefault("participle", []).append(participle)
    return {name: fillers for name, fillers in slots.items() if fillers}
