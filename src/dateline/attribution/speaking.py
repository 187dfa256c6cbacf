"""Who is the subject of a cue, through passives, relative clauses, coordination, gerunds and inversion."""

from __future__ import annotations

from dateline.attribution.lexicon import words
from dateline.attribution.tree import Tree

SOURCE_PREPOSITIONS = ("by", "from", "of")
QUOTING = frozenset({"quote", "cite"})
MAKING = frozenset({"make", "issue", "release", "repeat", "publish"})
RELATIVES = frozenset({"who", "which", "that", "whom"})


def speaker_of(tree: Tree, verb: int, *, quoted: bool = False, steps: int = 0) -> int | None:
    """Return the head token of who speaks with the verb at `verb`, or None where nobody is named.

    `quoted` says that a quotation stands before the verb: then what follows it may be its subject even
    if the parser took it for an object ("“...”, explains Bek").
    """
    if steps > 6:
        return None
    parse = tree.parse
    if tree.kids(verb, "nsubjpass", "auxpass"):
        return _agent(tree, verb)
    subject = tree.kid(verb, "nsubj", "csubj")
    if subject is not None:
        return subject
    if quoted and parse.tags[verb] in ("VBD", "VBZ", "VBP"):
        part = verb + 3
        if part + 1 < len(tree.lower) and tree.lower[verb + 1] == "for" and tree.lower[part] == "part":
            named = part + 2 if tree.lower[part + 1] == "," else part + 1
            while named + 1 < len(tree.lower) and parse.deps[named] in ("det", "compound", "amod"):
                named += 1
            return named if parse.pos[named] in ("PROPN", "NOUN") else None
        for kid in tree.kids(verb, "dobj", "attr", "npadvmod", "oprd", "dative"):
            if parse.lemmas[kid].lower() in words().audiences:
                continue
            if kid > verb and parse.pos[kid] in ("PROPN", "NOUN", "PRON") and tree.left[kid] <= verb + 2:
                return kid
        for kid in tree.kids(verb, "ccomp"):
            subject = tree.kid(kid, "nsubj")
            if kid > verb and parse.tags[kid] == "VBN" and subject is not None and not tree.kids(kid, "aux"):
                return subject  # "..., said a teacher reached by phone"
    if verb > 0 and parse.pos[verb - 1] in ("NOUN", "PROPN") and _lost_its_subject(tree, verb):
        return verb - 1
    return None if parse.heads[verb] == verb else _inherited(tree, verb, steps + 1)


def _lost_its_subject(tree: Tree, verb: int) -> bool:
    """Whether a finite verb ends the sentence without a subject ("... near the border a monitor said")."""
    parse = tree.parse
    if parse.heads[verb] != verb or parse.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return False
    _, end = tree.bounds(verb)
    idle = (tree.punctuation(t) or tree.dates[t] or tree.lower[t] == "on" for t in range(verb + 1, end))
    return all(idle) and any(kid < verb for kid in tree.kids(verb, "ccomp"))


def _inherited(tree: Tree, verb: int, steps: int) -> int | None:
    """Return the speaker of the verb from the word that governs it."""
    parse = tree.parse
    dep, head = parse.deps[verb], parse.heads[verb]
    if dep == "acl":
        if parse.tags[verb] in ("VBD", "VBN") and parse.pos[head] == "PROPN" and _behind_thing(tree, head):
            return head
        if parse.tags[verb] != "VBG":
            return _agent(tree, verb)
        return _of_main_clause(tree, verb, head) if tree.lower[tree.left[verb] - 1] == "," else head
    if dep == "conj" and (beside := _apposition_before(tree, verb)) is not None:
        return beside
    if dep in ("conj", "advcl", "dep", "parataxis", "ccomp") and tree.verbal(head):
        return speaker_or_subject(tree, head, steps)
    if dep == "xcomp":
        held = tree.kid(head, "dobj")
        if held is not None and held < verb and tree.mark(verb) == "to":
            return held
        return speaker_or_subject(tree, head, steps)
    if dep == "pcomp":
        governor = parse.heads[head]
        quoted = tree.kid(governor, "dobj")
        if parse.lemmas[governor].lower() in QUOTING and quoted is not None:
            return quoted  # "the agency quoted a source as saying"
        if tree.verbal(governor):
            return speaker_or_subject(tree, governor, steps)
    return None


def _behind_thing(tree: Tree, noun: int) -> bool:
    """Whether a name was joined to the channel before it ("In a communiqué Bek boasted of ...")."""
    above = tree.parse.heads[noun]
    start, _ = tree.bounds(noun)
    return above == start and any(
        tree.parse.lemmas[token].lower() in words().channels for token in range(above + 1, noun)
    )


def _apposition_before(tree: Tree, verb: int) -> int | None:
    """Return who stands right before a verb, taken for an apposition ("..., the envoy, X, told them")."""
    for kid in tree.kids(tree.parse.heads[verb], "npadvmod"):
        opens = tree.lower[tree.left[kid] - 1] == ","
        if kid < verb and opens and tree.right[kid] + 1 in (verb - 1, verb) and not tree.dates[kid]:
            return kid  # "..., an officer at the front, who was not to speak, told this paper"
    node = verb - 2 if verb > 1 and tree.lower[verb - 1] == "," else verb - 1
    if node < 1 or tree.parse.deps[node] != "appos":
        return None
    while tree.parse.deps[tree.parse.heads[node]] == "appos":
        node = tree.parse.heads[node]
    return node if tree.lower[tree.left[node] - 1] == "," else None


def _of_main_clause(tree: Tree, verb: int, noun: int) -> int:
    """Return the subject of the sentence for "..., accusing it of ...", whatever noun it hangs on."""
    for above in tree.parse.ancestors(noun):
        subject = tree.kid(above, "nsubj", "nsubjpass") if tree.verbal(above) else None
        if subject is not None and subject < verb:
            return subject
    return noun


def speaker_or_subject(tree: Tree, verb: int, steps: int) -> int | None:
    """Return the speaker of a governing verb, or the subject of its passive ("was quoted as saying")."""
    subject = tree.kid(verb, "nsubjpass")
    if subject is not None:
        return subject
    return speaker_of(tree, verb, steps=steps)


def antecedent(tree: Tree, pronoun: int) -> int | None:
    """Return the noun that a relative pronoun stands for, or None if it is no relative pronoun."""
    if tree.lower[pronoun] not in RELATIVES:
        return None
    node = pronoun
    for _ in range(4):
        head = tree.parse.heads[node]
        if tree.parse.deps[node] == "relcl":
            return head
        if head == node:
            return None
        node = head
    return None


def owner(tree: Tree, noun: int, *, of: bool = True) -> int | None:
    """Return who made a statement ("X's claim", "a report by X"); None where nobody is named."""
    possessor = tree.kid(noun, "poss")
    if possessor is not None:
        return possessor
    for preposition in tree.kids(noun, "prep"):
        if tree.lower[preposition] in SOURCE_PREPOSITIONS and (of or tree.lower[preposition] != "of"):
            named = tree.kid(preposition, "pobj")
            if named is not None and not tree.dates[named]:
                return named
    parse = tree.parse
    for kid in tree.kids(noun, "acl"):
        if tree.mark(kid):
            continue  # the clause that is claimed, not "a report published by X"
        for by in tree.kids(kid, "agent"):
            return tree.kid(by, "pobj")
    if parse.deps[noun] == "dobj" and parse.lemmas[parse.heads[noun]].lower() in MAKING:
        return speaker_of(tree, parse.heads[noun])
    return None


def _agent(tree: Tree, verb: int) -> int | None:
    for by in tree.kids(verb, "agent", "prep"):
        if tree.lower[by] == "by":
            return tree.kid(by, "pobj")
    return None
