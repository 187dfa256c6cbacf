"""Words that say that what was told is not so: "the claim that … is not true", "called the reports a lie".

The event stands inside what a noun of telling introduces, or in a clause with "it is"; what is said of that noun
or clause denies the event, and whoever says it denies it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.knowledge.denials import denials
from dateline.records import Parse

CLAUSES = frozenset({"ccomp", "csubj"})


def content_clause(parse: Parse, verb: int) -> bool:
    """Whether a clause is what the noun before it tells: "the claim that the town fell"; no relative clause."""
    that = any(parse.lemmas[c] == "that" and parse.deps[c] == "mark" for c in parse.children[verb] if c < verb)
    return that and any(parse.deps[c] in ("nsubj", "nsubjpass", "expl") for c in parse.children[verb])


def false_noun(parse: Parse, noun: int) -> str:
    """Return the word that says that what a noun of telling tells is not so; "" where there is none."""
    words = denials()
    if parse.lemmas[noun] not in words.telling:
        return ""
    for adjective in parse.of_dep(noun, "amod"):
        if parse.lemmas[adjective] in words.false:
            return parse.texts[adjective]  # "false reports that", "described as baseless the claim that"
    head, dep = parse.heads[noun], parse.deps[noun]
    if dep in ("nsubj", "nsubjpass", "dobj"):
        return false_verb(parse, head, noun)
    if dep == "pobj" and parse.lemmas[parse.heads[head]] in words.truth:  # "no truth in the reports that"
        return next((parse.texts[d] for d in parse.of_dep(parse.heads[head], "det") if parse.lemmas[d] == "no"), "")
    if dep == "ROOT":  # "Rumours that the town had been taken turned out to be false": no clause in the parser's eyes
        found = (false_verb(parse, c, noun) for c in parse.of_dep(noun, "conj") if parse.pos[c] in ("VERB", "AUX"))
        return next((word for word in found if word), "")
    return ""


def false_verb(parse: Parse, verb: int, told: int) -> str:
    """Return the word by which the clause of `verb` says that `told`, its subject or object, is not so; else ""."""
    words, lemma = denials(), parse.lemmas[verb]
    clause = parse.deps[told] in CLAUSES  # "it was wrong that" judges what did happen
    naming = lemma in words.calling
    if not (naming or (lemma in words.being and parse.deps[told] != "dobj")):
        return ""
    negated = bool(parse.of_dep(verb, "neg"))
    for token in _predicates(parse, verb, told):
        if clause and parse.lemmas[token] in words.judging:
            continue
        if parse.lemmas[token] in words.false or parse.texts[token].lower() in words.false:
            return "" if negated else parse.texts[token]
        if parse.lemmas[token] in words.true and (negated or parse.of_dep(token, "neg")):
            return f"not {parse.texts[token]}"
    return ""


def _predicates(parse: Parse, verb: int, told: int) -> Iterator[int]:
    """Yield what a clause says of its subject or object: "is false", "turned out to be a lie", "dismissed as fake"."""
    for child in parse.children[verb]:
        dep = parse.deps[child]
        if child == told or (dep == "dobj" and parse.deps[told] != "dobj"):
            continue
        if dep in ("acomp", "attr", "oprd", "dobj", "amod"):
            yield child
        elif dep == "xcomp" or (dep in ("prep", "advcl") and parse.lemmas[child] in ("as", "be")):
            yield from parse.of_dep(child, "acomp", "attr", "oprd", "pobj", "amod")
            if parse.pos[child] in ("ADJ", "VERB"):
                yield child
