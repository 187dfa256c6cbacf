"""The words that a claim rests on: the clause of its trigger, not the paragraph."""

from __future__ import annotations

from dateline.coding.reading import Reading
from dateline.coding.triggers import Trigger
from dateline.records import Parse, Span

GAP = 8
LONGEST_FRAME = 25  # tokens
VERBAL = frozenset("AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
EDGE = frozenset({"PUNCT", "CCONJ", "SPACE"})


def clause_spans(reading: Reading, trigger: Trigger, others: set[int]) -> tuple[Span, ...]:
    """Return the spans of the clause of `trigger`; `others` are the tokens of the other triggers' clauses.

    Clauses that hold a trigger of their own are left out. What is promised, asked or threatened belongs to it,
    and so does the frame of reported speech where it stands right before ("the spokesman said that …"). A
    subject shared with a verb further out, and what was absorbed, come as spans of their own.
    """
    parse = reading.parse
    verb = trigger.clause if trigger.clause >= 0 else _verb_of(parse, trigger.token)
    while parse.deps[verb] == "xcomp" and parse.heads[verb] != verb:
        verb = parse.heads[verb]  # "attempted in June to attack": the attempt is part of what is said
    kept = set(_clause(parse, verb, others - {trigger.token, verb}, trigger.token))
    for inner in trigger.absorbed:
        kept.update(_clause(parse, inner.clause if inner.clause >= 0 else inner.token, others, inner.token))
    for slot in ("subject", "object"):
        for filler in trigger.slots.get(slot, ()):
            if filler not in kept and trigger.token - 60 < filler < trigger.token:
                mention = reading.at.get(filler)
                kept.update(range(mention.first, mention.last) if mention else (filler,))
    if trigger.entry.sense.plover in VERBAL:
        for content in trigger.slots.get("clause", ()):
            kept.update(_clause(parse, content, set(), content))
    kept.update(_frame(reading, verb))
    return _runs(parse, sorted(kept))


def _frame(reading: Reading, verb: int) -> list[int]:
    """Return the tokens of "the spokesman said that", where such a frame stands right before the clause."""
    parse, head = reading.parse, reading.parse.heads[verb]
    index = reading.attribution_at(verb)
    cue = reading.attributions[index].cue if index >= 0 else None
    if parse.deps[verb] != "ccomp" or head > verb or cue is None or not cue.overlaps(reading.span(head)):
        return []
    first = [t for t in parse.subtree(verb) if t > head]
    begins = min(first, default=verb)
    frame = [t for t in _clause(parse, head, set(), head) if t < begins]
    return frame if frame and begins - max(frame) <= 2 and len(frame) <= LONGEST_FRAME else []


def _verb_of(parse: Parse, noun: int) -> int:
    """Return the verb whose clause an event noun stands in, or the noun itself where there is none."""
    for above in parse.ancestors(noun):
        if parse.pos[above] in ("VERB", "AUX"):
            return above
    return noun


def _clause(parse: Parse, verb: int, others: set[int], trigger: int) -> list[int]:
    found, open_nodes = [], [verb]
    path = {trigger, *parse.ancestors(trigger)}
    while open_nodes:
        node = open_nodes.pop()
        found.append(node)
        open_nodes.extend(c for c in parse.children[node] if c in path or not _separate(parse, c, others))
    return found


def _separate(parse: Parse, node: int, others: set[int]) -> bool:
    """Whether a clause below the trigger's is another matter: reported, coordinated, or an event of its own.

    What a relative clause or a participle says of a participant belongs to the clause.
    """
    dep = parse.deps[node]
    if dep == "prep":  # "After attempting …, they launched"; what stands behind the verb goes with it
        return node < parse.heads[node] and any(_holds(parse, verb, others) for verb in parse.of_dep(node, "pcomp"))
    if parse.pos[node] not in ("VERB", "AUX"):
        return False
    if dep == "relcl" and _holds(parse, node, others):
        # Behind a comma it tells something more ("…, where police check papers"), else it says who or what.
        return any(parse.texts[t] == "," for t in range(max(0, min(parse.subtree(node)) - 1), min(parse.subtree(node))))
    return dep in ("ccomp", "conj", "parataxis") or (dep == "advcl" and _holds(parse, node, others))


def _holds(parse: Parse, node: int, others: set[int]) -> bool:
    return bool(others) and any(token in others for token in parse.subtree(node))


def _runs(parse: Parse, tokens: list[int]) -> tuple[Span, ...]:
    """Return the spans of runs of tokens; a short gap in a sentence does not break a run.

    An analyst reads "The enemy has suffered losses and is defeated" better than its two halves.
    """
    runs: list[list[int]] = []
    for token in tokens:
        if runs and token - runs[-1][-1] <= GAP and parse.sentence_of[token] == parse.sentence_of[runs[-1][-1]]:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = []
    for run in runs:
        first, last = run[0], run[-1]
        while first < last and parse.pos[first] in EDGE:
            first += 1
        while last > first and parse.pos[last] in EDGE:
            last -= 1
        if parse.pos[first] in EDGE:
            continue
        spans.append(parse.span(first, last + 1))
    if not spans:
        spans = [parse.span(tokens[0], tokens[0] + 1)]
    return tuple(spans)
