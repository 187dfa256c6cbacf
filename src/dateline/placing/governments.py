"""Decide by the clause whether the name of a country or capital is the place or its government."""

from __future__ import annotations

from dateline.placing.cues import cues
from dateline.records import Parse

SUBJECTS = ("nsubj", "csubj")
ADVICE = frozenset({"amod", "compound", "nmod", "poss"})


def is_government(parse: Parse, head: int, *, capital: bool) -> str:
    """Return why the name whose head is token `head` means a government, in words; "" where it is a place.

    `capital` is True for a capital: it is a government only as the subject of a verb that needs someone who
    decides ("Kabul promised"); a country is one as the subject of any verb but those of state.
    """
    known = cues().government
    token = _first_conjunct(parse, head)
    dep, above = parse.deps[token], parse.heads[token]
    if above == token:
        return ""
    lemma = parse.lemmas[above].lower()
    if dep in SUBJECTS and parse.pos[above] in ("VERB", "AUX"):
        acts = lemma in known.verbs or (not capital and lemma not in known.stative and lemma != "be")
        return f"the subject of “{parse.texts[above]}”" if acts and parse.pos[above] == "VERB" else ""
    if dep == "agent" or (dep == "pobj" and parse.deps[above] == "agent"):
        return "the one by whom it is done"
    if dep in ("dobj", "dative") and lemma in known.objects_of:
        return f"the object of “{parse.texts[above]}”"
    if dep in ADVICE:
        return _as_modifier(parse, token, above)
    if dep == "pobj":
        return _behind_preposition(parse, above)
    return ""


def _first_conjunct(parse: Parse, token: int) -> int:
    """Return the first of coordinated names: "Tehran and Washington" share what governs them."""
    for _ in range(4):
        if parse.deps[token] != "conj":
            break
        token = parse.heads[token]
    return token


def _as_modifier(parse: Parse, token: int, above: int) -> str:
    """ "The Kabul government", "Moscow's allies"."""
    known = cues().government
    lemma = parse.lemmas[above].lower()
    if lemma in known.rulers:
        return f"“{parse.texts[above]}” is of those who govern"
    if parse.deps[token] == "poss" and (lemma in known.nouns or lemma in known.acts):
        return f"whose “{parse.texts[above]}” it is"
    return ""


def _behind_preposition(parse: Parse, preposition: int) -> str:
    """ "Talks between Tehran and Washington", "authorities in Kabul", "an invitation from Tehran"."""
    known = cues().government
    word, above = parse.lemmas[preposition].lower(), parse.heads[preposition]
    lemma = parse.lemmas[above].lower()
    if word == "in" and lemma in known.rulers and parse.pos[above] == "NOUN" and lemma not in ("force", "troop"):
        return f"“{parse.texts[above]} in” names those who govern there"
    if word in known.prepositions and lemma in known.nouns and parse.pos[above] == "NOUN":
        return f"“{parse.texts[above]} {parse.texts[preposition]}” ties it as a party"
    if word in ("with", "between") and lemma in ("talk", "negotiate", "meet", "speak", "agree", "coordinate"):
        return f"the party of “{parse.texts[above]}”"
    if word in ("on", "upon") and lemma in ("call", "rely", "depend"):
        return f"the one “{parse.texts[above]}” is addressed to"
    return ""
