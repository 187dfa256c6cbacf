"""What a cue takes as content, as sets of tokens: clauses, infinitives, noun phrases, charges, orders."""

from __future__ import annotations

from collections.abc import Callable

from dateline.attribution.lexicon import index, words
from dateline.attribution.tree import Tree

CUTTING = frozenset(
    {"after", "before", "as", "while", "when", "hours", "days", "weeks", "amid", "despite", "following"}
)
NAMING = frozenset({"name", "identify", "quote"})  # "asked not to be named" is no request
PLACING = frozenset({"in", "on", "at", "near", "over", "across", "inside", "outside", "along", "between"})
FALLEN = frozenset({"dead", "wounded", "injured", "missing", "killed", "fatalities", "casualties"})
COUNTS = frozenset({"number", "toll", "figure", "count", "total", "tally", "casualty", "loss", "death"})
CHARGES = frozenset({"of", "for", "with", "on"})
CONTRASTS = frozenset({"but", "though", "although", "while", "whereas", "yet"})
OPENERS = frozenset({"when", "while", "as", "after", "before", "where", "which", "that", "and", "but", "because"})
UNFINISHED = frozenset({"as", "what", "that", "which", "who", "than", "if", "and", "but", "when", "where", "because"})
SUBORDINATE = frozenset({"after", "before", "when", "while", "since", "although", "though", "because", "once", "until"})


def clause_of(tree: Tree, head: int) -> set[int]:
    """Return the tokens of the clause of `head` without what trails behind a comma and is not said.

    "X said Y, after Z had happened": an adverbial clause or phrase behind a comma is the report's own.
    """
    said = set(tree.parse.subtree(head))
    nodes = [head]
    for node in nodes:
        for kid in tree.parse.children[node]:
            if kid > node and (_trails(tree, kid) or _other_voice(tree, kid)):
                said -= set(range(tree.left[kid], tree.right[kid] + 1))
            elif tree.parse.deps[kid] in ("conj", "xcomp"):
                nodes.append(kid)
    return said


def _other_voice(tree: Tree, kid: int) -> bool:
    """Whether a clause behind a comma gives the word to somebody else ("..., though officials said Y")."""
    parse, first = tree.parse, tree.left[kid]
    if parse.deps[kid] not in ("advcl", "conj") or tree.quoted[kid] or tree.kid(kid, "nsubj") is None:
        return False
    apart = tree.lower[first - 1] == "," or (first > 1 and tree.lower[first - 2] == ",")
    opens = tree.lower[first] in CONTRASTS or tree.lower[first - 1] in CONTRASTS
    return apart and opens and any(cue.sort == "speech" for cue in index().get(("verb", parse.lemmas[kid]), ()))


def _trails(tree: Tree, kid: int) -> bool:
    first = tree.left[kid]
    if tree.parse.deps[kid] not in ("advcl", "prep") or first < 2 or tree.lower[first - 1] != ",":
        return False
    if tree.lower[first] not in CUTTING or tree.quoted[first]:
        return False
    return bool(tree.quoted[first - 2]) or tree.kid(kid, "nsubj", "nsubjpass") is not None


def core(tree: Tree, verb: int) -> set[int]:
    """Return the clause of a verb without coordinated clauses of other subjects and trailing adverbials."""
    said = set(tree.parse.subtree(verb))
    for kid in tree.parse.children[verb]:
        apart = tree.parse.deps[kid] == "conj" and tree.kid(kid, "nsubj", "nsubjpass") is not None
        if apart or (kid > verb and _trails(tree, kid)) or (tree.parse.deps[kid] == "ccomp" and kid < verb):
            said -= set(range(tree.left[kid], tree.right[kid] + 1))
    return said


def clause(tree: Tree, verb: int, _kind: str, speaker: int | None) -> set[int]:
    """Return the finite clause that the verb takes, or the clause into which it is thrown ("..., X said")."""
    said: set[int] = set()
    heads = [kid for kid in tree.kids(verb, "ccomp") if _may_be_said(tree, verb, kid, speaker)]
    if heads and max(heads) < verb and any(kid < verb for kid in tree.kids(verb, "dobj")):
        return said  # "..., a charge the army denies"
    for kid in heads:
        said |= clause_of(tree, kid)
    if said and speaker == verb - 1 and tree.parse.heads[speaker] != verb:
        said = {token for token in said if token < tree.left[speaker]}  # swallowed by the parser
    if said:
        if max(heads) < verb:
            said = _without_afterthought(tree, verb, said)
        said = _to_start(tree, verb, said, speaker)
    elif not (said := _behind_channel(tree, verb)):
        said = _without_afterthought(tree, verb, _thrown_in(tree, verb, speaker))
        said = said or _at_the_end(tree, verb, speaker) or _before_inversion(tree, verb, speaker)
    return _within_stops(tree, verb, said)


def _behind_channel(tree: Tree, verb: int) -> set[int]:
    """Return the clause that the parser hung on the channel ("claimed in a message that the rebels fled")."""
    told = [kid for kid in tree.kids(verb, "dobj") if tree.parse.lemmas[kid].lower() in words().audiences]
    for kid in [*tree.kids(verb, "prep"), *told]:
        nouns = tree.parse.subtree(kid) if kid > verb else ()
        for clause_head in [one for noun in nouns for one in tree.kids(noun, "relcl", "acl")]:
            subject = tree.kid(clause_head, "nsubj", "nsubjpass")
            opens = tree.lower[tree.left[clause_head]] == "that"
            if opens and subject is not None and tree.lower[subject] != "that":
                return clause_of(tree, clause_head)
    return set()


def _may_be_said(tree: Tree, verb: int, kid: int, speaker: int | None) -> bool:
    """Whether a clause below a cue is its content: not an order, not one that holds the speaker."""
    if kid < verb:
        return True
    ordered = tree.mark(kid) == "to" and tree.kid(kid, "nsubj") is not None
    return not ordered and (speaker is None or not tree.above(kid, speaker))


def _without_afterthought(tree: Tree, verb: int, said: set[int]) -> set[int]:
    """Drop what opens with "after", "as", "amid" behind the cue ("X fell, Bek said, after Y")."""
    behind = sorted(token for token in said if token > verb and not tree.punctuation(token))
    if behind and tree.lower[behind[0]] in CUTTING:
        return {token for token in said if token < verb}
    return said


def _within_stops(tree: Tree, verb: int, said: set[int]) -> set[int]:
    """Keep of the content what no semicolon parts from the cue, unless "that" or "and" goes on behind it.

    The clause of a cue that opens its sentence as a subordinate clause ("Hours after Bek said X, Y") ends at
    the comma before the main clause.
    """
    if not said:
        return said
    first, last = min(said), max(said)
    after = [t for t in range(verb + 1, last) if tree.lower[t] in (";", ".") and not tree.quoted[t]]
    for stop in after:
        if tree.lower[stop + 1] not in ("that", "and") and any(verb < token < stop for token in said):
            said = {token for token in said if token < stop}
            break
    before = [t for t in range(first, verb) if tree.lower[t] in (";", ".") and not tree.quoted[t]]
    if before:
        said = {token for token in said if token > before[-1]}
    fronted = tree.parse.deps[verb] in ("advcl", "pcomp") and tree.main_verb(verb) > verb
    if fronted or tree.mark(verb) in SUBORDINATE:
        for stop in range(verb + 2, last):
            if tree.lower[stop] == "," and not tree.quoted[stop]:
                return {token for token in said if token < stop}
    return said


def _to_start(tree: Tree, verb: int, said: set[int], speaker: int | None) -> set[int]:
    """Add what opens the sentence before a clause that precedes its cue ("On Monday, X fell, Bek said")."""
    first = min(said)
    if first > verb or tree.parse.heads[verb] != verb:
        return said
    start, _ = tree.bounds(verb)
    opening = [token for token in range(start, first) if token != speaker]
    if any(tree.above(speaker, token) for token in opening if speaker is not None):
        return said
    if opening and tree.parse.deps[opening[0]] == "cc":
        opening = opening[1:]
    return said | set(opening)


def _thrown_in(tree: Tree, verb: int, speaker: int | None) -> set[int]:
    """Return the rest of the sentence round a bare "X said" that the parser hung below its content."""
    parse = tree.parse
    head = parse.heads[verb]
    if speaker is None or head == verb or not tree.verbal(head):
        return set()
    own = set(parse.subtree(verb))
    if speaker not in own or tree.kids(verb, "dobj", "xcomp"):
        return set()
    if parse.deps[verb] not in ("parataxis", "ccomp", "advcl", "conj", "dep"):
        return set()
    if parse.deps[verb] == "advcl" and tree.mark(verb) != "as":
        return set()
    if parse.deps[verb] in ("ccomp", "conj") and not _bare(tree, verb):
        return set()
    return set(parse.subtree(head)) - own


def _before_inversion(tree: Tree, verb: int, speaker: int | None) -> set[int]:
    """Return the sentence up to the comma before an inverted cue ("X fell, alleged the council")."""
    if speaker is None or speaker < verb or tree.lower[verb - 1] != "," or tree.quoted[verb - 1]:
        return set()
    start, _ = tree.bounds(verb)
    said = {token for token in range(start, verb - 1) if not tree.punctuation(token)}
    finite = any(tree.parse.tags[token] in ("VBD", "VBZ", "VBP", "MD") for token in said)
    return said if finite and tree.kid(verb, "mark", "aux") is None else set()


def _at_the_end(tree: Tree, verb: int, speaker: int | None) -> set[int]:
    """Return the sentence before a bare "a monitor said" that ends it, where the parser saw no clause.

    It may end at a comma or a semicolon, too, if a comma stands before the speaker.
    """
    if speaker is None or speaker > verb or tree.kids(verb, "xcomp", "advcl", "mark"):
        return set()
    told = (tree.parse.lemmas[kid].lower() for kid in tree.kids(verb, "dobj"))
    if any(noun not in words().audiences for noun in told):
        return set()
    start, end = tree.bounds(verb)
    opens = tree.left[speaker]
    behind_comma = opens > start and tree.lower[opens - 1] == ","
    rest = [t for t in range(verb + 1, end) if not (tree.punctuation(t) or tree.dates[t])]
    closed = tree.lower[verb + 1] in (",", ";") if verb + 1 < end else True
    own = all(tree.above(verb, token) for token in rest)
    if rest and not (behind_comma and (closed or own)):
        return set()
    said = {token for token in range(start, opens) if not tree.punctuation(token)}
    tags = ("VBD", "VBZ", "VBP", "MD", "VBN") if behind_comma else ("VBD", "VBZ", "VBP", "MD")
    finite = any(tree.parse.tags[token] in tags for token in said)
    return said if finite and tree.lower[max(said)] not in UNFINISHED else set()


def _bare(tree: Tree, verb: int) -> bool:
    first = tree.left[verb]
    return first > 0 and tree.lower[first - 1] in (",", '"', "”", "-", "--", "–", "—") and not tree.mark(verb)


def infinitive(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return the infinitive that the verb takes ("vowed to retake the airport")."""
    for kid in tree.kids(verb, "xcomp", "ccomp"):
        if kid > verb and any(tree.lower[aux] == "to" for aux in tree.kids(kid, "aux")):
            return clause_of(tree, kid)
    return set()


def gerund(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return the gerund that the verb takes ("denied shelling the village")."""
    for kid in tree.kids(verb, "xcomp", "ccomp", "pcomp"):
        having = any(tree.parse.tags[aux] == "VBG" for aux in tree.kids(kid, "aux", "auxpass"))
        if kid > verb and (tree.parse.tags[kid] == "VBG" or having):
            return clause_of(tree, kid)
    return set()


def noun_phrase(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return the noun phrase that the verb takes ("confirmed the entry of the rebels")."""
    for kid in tree.kids(verb, "dobj"):
        if kid > verb and (tree.parse.pos[kid] in ("NOUN", "PROPN", "NUM") or _counted(tree, kid)):
            return set(tree.parse.subtree(kid)) | _adjoining(tree, verb, tree.right[kid])
    if any(tree.lower[kid] == "by" for kid in tree.kids(verb, "agent")):
        for kid in tree.kids(verb, "nsubjpass"):
            return set(tree.parse.subtree(kid))
    return set()


def toll(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return a number of people that the verb takes ("reported nine dead and forty wounded")."""
    for kid in tree.kids(verb, "dobj"):
        if kid > verb and _is_toll(tree, kid):
            return set(tree.parse.subtree(kid))
    return set()


def _is_toll(tree: Tree, token: int) -> bool:
    """Whether a phrase counts the fallen: "nine dead", taken for a noun, an adjective or a number."""
    if tree.parse.pos[token] == "NUM":
        return any(tree.lower[kid] in FALLEN for kid in tree.parse.children[token])
    return _counted(tree, token) or (tree.lower[token] in FALLEN and bool(tree.kids(token, "nummod")))


def scene(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return someone and what he does ("described soldiers shooting at farmers")."""
    for kid in tree.kids(verb, "dobj"):
        if kid > verb and any(tree.parse.tags[one] == "VBG" for one in tree.kids(kid, "acl")):
            return set(tree.parse.subtree(kid))
    for kid in tree.kids(verb, "ccomp"):
        if kid > verb and tree.parse.tags[kid] == "VBG" and tree.kid(kid, "nsubj") is not None:
            return set(tree.parse.subtree(kid))
    return set()


def named_object(tree: Tree, verb: int, nouns: frozenset[str]) -> set[int]:
    """Return the object where it is one of `nouns`, before the verb in a relative clause, or a subject."""
    parse = tree.parse
    for kid in tree.kids(verb, "dobj", "nsubjpass"):
        if parse.deps[kid] == "nsubjpass" and not tree.kids(verb, "agent"):
            continue
        if parse.lemmas[kid].lower() in nouns or tree.lower[kid] in nouns:
            if kid < verb and parse.deps[kid] == "dobj":
                return {verb}  # "..., a charge that Bek denied"
            return set(parse.subtree(kid)) | _as_what(tree, verb) | _told_apart(tree, verb, kid) | {verb}
    head = parse.heads[verb]
    by_whom = bool(tree.kids(verb, "agent")) or tree.kid(verb, "nsubj") is not None
    if parse.deps[verb] in ("acl", "relcl") and parse.lemmas[head].lower() in nouns and by_whom:
        return {verb}
    return set()


def _told_apart(tree: Tree, verb: int, noun: int) -> set[int]:
    """Return what the object tells where it stands apart from it ("rejected a claim on Monday that it had fallen")."""
    kids = [kid for kid in tree.kids(verb, "ccomp") if kid > noun and tree.mark(kid) == "that"]
    return {token for kid in kids for token in clause_of(tree, kid)}


def _as_what(tree: Tree, verb: int) -> set[int]:
    """Return "as ..." and "for ..." behind the object ("dismissed the figures as false")."""
    kids = [kid for kid in tree.kids(verb, "prep") if tree.lower[kid] in ("as", "for") and kid > verb]
    return {token for kid in kids for token in tree.parse.subtree(kid)}


def _counted(tree: Tree, token: int) -> bool:
    """Whether an adjective stands for people who are counted ("60 dead and 32 kidnapped")."""
    return tree.parse.pos[token] in ("ADJ", "VERB") and bool(tree.kids(token, "nummod"))


def _adjoining(tree: Tree, verb: int, last: int) -> set[int]:
    """Return a phrase of place right behind the object, hung on the verb ("showed craters on the runway")."""
    for kid in tree.kids(verb, "prep"):
        noun = tree.kid(kid, "pobj")
        if kid != last + 1 or noun is None or tree.lower[kid] not in PLACING:
            continue
        if not tree.dates[noun] and tree.parse.lemmas[noun].lower() not in words().channels:
            return set(tree.parse.subtree(kid))
    return set()


def figure(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return a number and its value ("put the number of dead at 23")."""
    counted = tree.kid(verb, "dobj")
    if counted is None or tree.parse.lemmas[counted].lower() not in COUNTS:
        return set()
    if tree.parse.lemmas[verb].lower() == "give":
        _, end = tree.bounds(verb)
        colon = next((token for token in range(counted, end) if tree.lower[token] == ":"), None)
        told = range(colon + 1, end) if colon is not None else tree.parse.subtree(counted)
        return {token for token in told if not tree.punctuation(token)}
    for kid in [*tree.kids(verb, "prep"), *tree.kids(counted, "prep")]:
        if tree.lower[kid] == "at" and kid > counted:
            return set(tree.parse.subtree(counted)) | set(tree.parse.subtree(kid))
    return set()


def charge(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return the accused and the charge ("accused the rebels of shelling a clinic")."""
    held = tree.kid(verb, "dobj", "nsubjpass")
    if held is None:
        return set()
    said = set(tree.parse.subtree(held))
    charged = [kid for kid in tree.kids(verb, "prep") if tree.lower[kid] in CHARGES and kid > verb]
    charged += [kid for kid in tree.kids(held, "prep") if tree.lower[kid] in ("of", "for")]
    if not charged:
        return set()
    for kid in charged:
        said |= set(tree.parse.subtree(kid))
    return said


def order(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return whom the verb asks and what ("urged both sides to lay down their arms")."""
    said: set[int] = set()
    for kid in tree.kids(verb, "xcomp", "ccomp"):
        if kid > verb and any(tree.lower[aux] == "to" for aux in tree.kids(kid, "aux")):
            said |= clause_of(tree, kid)
    if not said or any(tree.parse.lemmas[token].lower() in NAMING for token in said if token <= min(said) + 3):
        return set()
    for kid in tree.kids(verb, "dobj"):
        if not tree.dates[kid]:
            said |= set(tree.parse.subtree(kid))
    for kid in tree.kids(verb, "prep"):
        if tree.lower[kid] in ("on", "upon") and verb < kid < min(said):
            said |= set(tree.parse.subtree(kid)) - {kid}
    return said


def passive(tree: Tree, verb: int, _kind: str, _speaker: int | None) -> set[int]:
    """Return subject and infinitive of a passive ("were said to have fled")."""
    subject = tree.kid(verb, "nsubjpass")
    complement = tree.kid(verb, "xcomp")
    if subject is None or complement is None or complement < verb:
        return set()
    return set(tree.parse.subtree(subject)) | clause_of(tree, complement)


def preposition(tree: Tree, verb: int, kind: str, _speaker: int | None) -> set[int]:
    """Return the phrase with the preposition `kind` that the verb takes ("warned of an outbreak")."""
    for kid in tree.kids(verb, "prep"):
        if tree.lower[kid] == kind and kid > verb and tree.kids(kid, "pobj", "pcomp"):
            return set(tree.parse.subtree(kid)) | _adjoining(tree, verb, tree.right[kid])
    return set()


TAKERS: dict[str, Callable[[Tree, int, str, int | None], set[int]]] = {
    "clause": clause,
    "infinitive": infinitive,
    "gerund": gerund,
    "object": noun_phrase,
    "charge": charge,
    "order": order,
    "passive": passive,
    "figure": figure,
    "toll": toll,
    "scene": scene,
}


def of_noun(tree: Tree, noun: int, *, infinitive: bool) -> set[int]:
    """Return the clause that a noun takes ("the claim that ...", "the threat to ...")."""
    for kid in tree.kids(noun, "acl", "ccomp"):
        if kid < noun:
            continue
        mark = tree.mark(kid)
        if mark == "that" or (infinitive and mark == "to"):
            return clause_of(tree, kid)
    return set()


def told_of(tree: Tree, noun: int) -> set[int]:
    """Return what reports or claims are about ("reports of shelling near the port"), not whose they are."""
    plural = tree.parse.tags[noun] in ("NNS", "NN") and tree.kid(noun, "det") is None
    for kid in tree.kids(noun, "prep") if plural else ():
        held = tree.kid(kid, "pobj", "pcomp")
        if tree.lower[kid] == "of" and held is not None and not tree.kids(held, "poss"):
            article = tree.kid(held, "det")
            if article is None or tree.lower[article] in ("a", "an"):
                return set(tree.parse.subtree(held))
    return set()


def around(tree: Tree, first: int, speaker: int) -> set[int]:
    """Return what a phrase such as "according to X" is about: the rest of its sentence, or of its clause."""
    start, end = tree.bounds(first)
    last = tree.right[speaker]
    before = [token for token in range(start, first) if not tree.punctuation(token)]
    if before and tree.parse.deps[before[0]] == "cc":
        before = before[1:]
    for token in range(last + 1, end):
        if tree.lower[token] in (";", ".") and not tree.quoted[token]:
            end = token
            break
        if tree.verbal(token) and _other_voice(tree, token):
            end = tree.left[token] if tree.lower[tree.left[token]] in CONTRASTS else tree.left[token] - 1
            break
    after = [token for token in range(last + 1, end) if not tree.punctuation(token)]
    if not before:
        return set(after)
    if not after:
        return set(before)
    opened = before[-1] if tree.lower[first - 1] == "," else first
    if opened != first and tree.lower[opened] in OPENERS and tree.lower[last + 1] == ",":
        return set(after)  # "..., when, according to X, Y"
    head = tree.parse.heads[first]
    while not tree.verbal(head) and tree.parse.heads[head] != head:
        head = tree.parse.heads[head]
    if head > last:
        return set(before) | set(after)
    return set(before)
