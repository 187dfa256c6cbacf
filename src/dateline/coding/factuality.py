"""How certain a text makes it that an event happened: from +3 (it did) over 0 (unknown) to -3 (it did not).

`status_of` reads the status of any word that tells of an event, whether the lexicon knows it or not, by the same
rules as claims; `certainty` turns it into a number. `features` describes the word and what governs it for the
trained model, which says how likely it lies above each of a few values; `expected` is the one with the least error.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from dateline.coding.lexicon import Lexicon
from dateline.coding.reading import Reading
from dateline.coding.status import Verdict, judge
from dateline.coding.triggers import carrier_of
from dateline.knowledge.statuses import CueScope, status_cues
from dateline.knowledge.trained import Linear
from dateline.records import Parse

# The median of what readers give to what the rules find, in the part of UW that may be looked at.
CERTAINTY = {
    ("asserted", "affirmed"): 3.0, ("ongoing", "affirmed"): 3.0, ("background", "affirmed"): 3.0,
    ("attempted", "affirmed"): 1.2, ("planned", "affirmed"): 2.2, ("possible", "affirmed"): 1.6,
    ("opinion", "affirmed"): 1.6, ("hypothetical", "affirmed"): 1.4,
    ("asserted", "denied"): -1.6, ("ongoing", "denied"): -1.0, ("background", "denied"): -1.2,
    ("attempted", "denied"): 0.4, ("planned", "denied"): -1.2, ("possible", "denied"): -1.4,
    ("opinion", "denied"): -0.2, ("hypothetical", "denied"): -1.5,
}  # fmt: skip
FAILED, UNDONE = "failed", -0.8
EDGES = (-1.5, 0.1, 0.9, 1.5, 2.1, 2.5, 2.9)
LOWEST, HIGHEST = -3.0, 3.0
HALF = 0.5
FARTHEST = 4  # words upwards
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
MARKS = frozenset({"aux", "auxpass", "neg", "mark", "det", "poss", "advmod", "prt", "prep", "expl", "attr", "acomp"})
CUE_SCOPES: tuple[CueScope, ...] = ("complement", "clause", "subordinate")


def status_of(reading: Reading, token: int, lexicon: Lexicon) -> Verdict:
    """Return status and polarity of the event that the word at `token` tells, a verb, a noun or an adjective."""
    parse = reading.parse
    if parse.pos[token] in ("VERB", "AUX"):
        return judge(reading, token, token)
    if parse.deps[token] in ("acomp", "attr", "oprd") and parse.pos[parse.heads[token]] in ("VERB", "AUX"):
        return judge(reading, token, parse.heads[token])
    carrier, light = carrier_of(reading, lexicon, token)
    return judge(reading, token, carrier, light.phase if light else "")


def certainty(verdict: Verdict) -> float:
    """Return the number, from -3 to +3, that stands for a status and a polarity."""
    failed = verdict.polarity == "affirmed" and any(rule.endswith(f": {FAILED}") for rule in verdict.rules)
    return UNDONE if failed and verdict.status == "attempted" else CERTAINTY[verdict.status, verdict.polarity]


def features(reading: Reading, token: int, verdict: Verdict) -> Iterator[str]:
    """Yield what the model looks at."""
    parse = reading.parse
    lemma, tag, dep = parse.lemmas[token].lower(), parse.tags[token], parse.deps[token]
    yield f"rule={verdict.status}/{verdict.polarity}"
    for rule in verdict.rules:
        yield f"why={rule}"
    yield f"lemma={lemma}"
    yield f"tag={tag}"
    yield f"dep={dep}"
    yield f"tag+dep={tag}/{dep}"
    form = _form(parse, token)
    yield f"form={form}"
    yield f"form+lemma={form}/{lemma}"
    yield f"form+rule={form}/{verdict.status}/{verdict.polarity}"
    yield f"form+dep={form}/{dep}"
    yield f"governor={dep}<{parse.lemmas[parse.heads[token]].lower()}/{tag}/{verdict.polarity}"
    if parse.pos[token] == "NOUN":
        yield f"ends={lemma[-3:]}"
        yield f"noun+dep={dep}/{parse.lemmas[parse.heads[token]]}"
    yield from _children(parse, token, "own")
    yield from _above(parse, token, form)
    yield from _neighbours(parse, token)
    yield from _sentence(reading, token)


def _form(parse: Parse, token: int) -> str:
    """Return tag and auxiliaries of a verb: "VB:to", "VBN:have+be", "VBD"."""
    auxiliaries = [parse.lemmas[c].lower() for c in parse.children[token] if parse.deps[c] in ("aux", "auxpass")]
    negated = "+not" if any(parse.deps[c] == "neg" for c in parse.children[token]) else ""
    return f"{parse.tags[token]}:{'+'.join(auxiliaries)}{negated}"


def _children(parse: Parse, token: int, place: str) -> Iterator[str]:
    for child in parse.children[token]:
        dep, lemma = parse.deps[child], parse.lemmas[child].lower()
        if dep in MARKS:
            yield f"{place}.{dep}={lemma}"
        elif dep in SUBJECTS:
            yield f"{place}.{dep}={parse.pos[child]}"
            yield f"{place}.subject={lemma}" if parse.pos[child] == "PRON" else f"{place}.subject"
            yield from (f"{place}.subject.det={parse.lemmas[d].lower()}" for d in parse.of_dep(child, "det", "neg"))
        elif dep in ("dobj", "pobj", "amod", "compound"):
            yield f"{place}.{dep}"
            yield f"{place}.{dep}={lemma}"
            yield from (f"{place}.object.det={parse.lemmas[d].lower()}" for d in parse.of_dep(child, "det", "neg"))
        elif dep in ("advcl", "ccomp", "xcomp"):
            yield f"{place}.{dep}"
            yield from (f"{place}.{dep}.mark={parse.lemmas[m].lower()}" for m in parse.of_dep(child, "mark", "advmod"))


def _above(parse: Parse, token: int, form: str) -> Iterator[str]:
    """Yield the words that govern the event, the way to each, and what stands with them."""
    way, child = [], token
    for step in range(1, FARTHEST + 1):
        head = parse.heads[child]
        if head == child:
            yield f"root={step}"
            return
        way.append(parse.deps[child])
        lemma = parse.lemmas[head].lower()
        path = ">".join(way)
        yield f"up{step}={path}<{lemma}"
        yield f"up{step}.form={path}<{_form(parse, head)}"
        if step <= 2:
            yield f"up{step}.lemma={lemma}"
            yield f"up{step}.form+lemma={form}<{path}<{lemma}"
            yield f"up{step}.lemma+form={path}<{lemma}/{_form(parse, head)}"
            yield from (f"{path}<{one}" for one in _children(parse, head, f"up{step}") if ".subject" not in one)
        yield f"way{step}={path}/{parse.tags[head]}/{form}"
        for scope in CUE_SCOPES:
            for _, cue in status_cues().get((parse.lemmas[head], scope), ())[:1]:
                yield f"cue{step}={way[-1]}<{cue.status}/{cue.polarity}/{cue.note}"
                yield f"cue={cue.status}/{cue.polarity}/{cue.note}"
        for beside in parse.children[head]:
            if parse.deps[beside] in ("mark", "neg", "aux") and beside != child:
                yield f"above.{parse.deps[beside]}={parse.lemmas[beside].lower()}"
                yield f"above{step}.{parse.deps[beside]}={way[-1]}/{parse.lemmas[beside].lower()}"
        if way[-1] == "conj" and step == 1:
            yield from _children(parse, head, "first")
            yield f"first.form={_form(parse, head)}/{form}"
        child = head


def _neighbours(parse: Parse, token: int) -> Iterator[str]:
    sentence = parse.sentences[parse.sentence_of[token]]
    for away in (-3, -2, -1, 1, 2):
        at = token + away
        if sentence.first <= at < sentence.last:
            yield f"near{away}={parse.lemmas[at].lower()}"
            if away < 0:
                yield f"before={parse.lemmas[at].lower()}"


def _sentence(reading: Reading, token: int) -> Iterator[str]:
    parse = reading.parse
    sentence = parse.sentences[parse.sentence_of[token]]
    words = {parse.lemmas[t].lower() for t in range(sentence.first, sentence.last)}
    yield from (
        f"sentence={word}" for word in ("if", "would", "could", "may", "not", "will", "should") if word in words
    )
    yield f"ends={parse.texts[sentence.last - 1]}"
    said = reading.attribution_at(token)
    if said >= 0:
        attribution = reading.attributions[said]
        yield f"said={attribution.manner}"
        if attribution.cue is not None:
            yield f"said by={attribution.cue.of(reading.report.text).lower()}"


def expected(model: Linear, names: Iterable[str]) -> float:
    """Return the value with the least expected absolute error: the median of what the model finds probable.

    The model gives, for each of EDGES, the log odds that the value lies above it. Between two edges the values
    are taken to lie evenly; above the last one the value is +3.
    """
    above, edge = 1.0, LOWEST
    for next_edge, odds in zip(EDGES, model.scores(names).tolist(), strict=True):
        share = min(above, 1 / (1 + math.exp(-odds)))
        if share < HALF:
            return edge + (next_edge - edge) * (above - HALF) / (above - share)
        above, edge = share, next_edge
    return HIGHEST
