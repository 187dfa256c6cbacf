"""Who a sentence is about: a trained model picks its source, its target, or the parties of a mutual act.

CAMEO's coders mark, in a sentence, the words of the one who acts (S), of the one to whom (T), or of each side of
a mutual act (R). Candidates are the noun phrases of the parse and their parts (with and without determiner,
coordination and what is attached behind); each is judged by a linear model over how it hangs on the main verb, what
it names, which part the rules gave it, and where it begins and ends. The likeliest that do not overlap are taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from dateline.claiming.gist import VERBAL, main_verb, root_of
from dateline.knowledge.trained import Linear
from dateline.records import Entity, Mention, Parse, Predication

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"})
PREPOSITIONAL = frozenset({"prep", "agent", "dative"})
PLACES = frozenset({"GPE", "LOC", "NORP", "FAC"})
SOURCE, TARGET, RELATED, NO_PARTY = "S", "T", "R", "O"
THRESHOLDS = {SOURCE: 0.25, TARGET: 0.22, RELATED: 0.25}  # probabilities; chosen by cross-validation
CERTAIN = 0.5  # what is likelier than not needs no more looking
DEEPEST = 6  # how far behind its head a phrase's attachments are followed
LONGEST = 25  # words
FARTHEST = 4  # how many dependencies of the way to the verb are looked at

Extent = tuple[int, int]  # tokens, half-open


class Party(NamedTuple):
    """A party: its role (S, T or R), its tokens (half-open), its head, and its probability."""

    role: str
    first: int
    last: int
    head: int
    probability: float


def parties(
    parse: Parse, mentions: Sequence[Mention], predications: Sequence[Predication], first: int, last: int, model: Linear
) -> list[Party]:
    """Return the parties of a stretch of tokens, in text order; mentions and predications are those of the stretch."""
    view = View(parse, mentions, predications, first, last)
    found: list[Party] = []
    for (begin, end), head in candidates(parse, first, last).items():
        probabilities = model.probabilities(view.features(begin, end, head))
        found += [
            Party(role, begin, end, head, float(value))
            for role, value in zip(model.classes, probabilities, strict=True)
            if role != NO_PARTY and value > THRESHOLDS[role]
        ]
    return sorted(_apart(found), key=lambda party: party.first)


def acts(view: View, head: int, model: Linear) -> float:
    """Return the probability that the phrase of this head is the source or one of the parties of its sentence.

    The extents of a phrase exclude each other, so that their probabilities add up; from CERTAIN on it is a bound.
    """
    columns = [model.classes.index(role) for role in (SOURCE, RELATED)]
    total = 0.0
    for begin, end in extents(view.parse, head, view.first, view.last):
        probabilities = model.probabilities(view.features(begin, end, head))
        total += sum(float(probabilities[column]) for column in columns)
        if total >= CERTAIN:
            break
    return total


def _apart(found: list[Party]) -> list[Party]:
    """Return those of the parties that do not overlap, the likeliest first."""
    kept: list[Party] = []
    for party in sorted(found, key=lambda one: (THRESHOLDS[one.role] - one.probability, one.first, one.last)):
        if all(party.last <= other.first or party.first >= other.last for other in kept):
            kept.append(party)
    return kept


def candidates(parse: Parse, first: int, last: int) -> dict[Extent, int]:
    """Return the extents that may be a party, each with its head, among the tokens `first` to `last`."""
    found: dict[Extent, int] = {}
    for head in range(first, last):
        if parse.pos[head] in NOMINAL:
            for extent in extents(parse, head, first, last):
                found.setdefault(extent, head)
    for entity in parse.entities:
        if first <= entity.first and entity.last <= last:
            found.setdefault((entity.first, entity.last), _head_of(parse, entity))
            if parse.lemmas[entity.first] == "the" and entity.last - entity.first > 1:
                found.setdefault((entity.first + 1, entity.last), found[entity.first, entity.last])
    for (start, stop), head in list(found.items()):
        if start > first and parse.deps[start - 1] in PREPOSITIONAL and parse.heads[head] == start - 1:
            found.setdefault((start - 1, stop), head)
    return found


def extents(parse: Parse, head: int, first: int, last: int) -> list[Extent]:
    """Return the extents that the phrase of a head may have, among the tokens `first` to `last`."""
    starts = _starts(parse, head)
    found: list[Extent] = []
    for end in _ends(parse, head, last):
        while end > head and parse.texts[end - 1] in ",.;:":
            end -= 1
        found += [(start, end) for start in starts if first <= start < end <= start + LONGEST]
    return list(dict.fromkeys(found))


def _head_of(parse: Parse, entity: Entity) -> int:
    within = range(entity.first, entity.last)
    return next((t for t in within if parse.heads[t] not in within or parse.heads[t] == t), entity.last - 1)


def _starts(parse: Parse, head: int) -> list[int]:
    """Return where a phrase may begin: before each of its modifiers, and behind a determiner."""
    starts = {head, *(parse.subtree(child)[0] for child in parse.children[head] if child < head)}
    starts |= {start + 1 for start in starts if start < head and parse.deps[start] == "det"}
    return sorted(s for s in starts if parse.pos[s] != "PUNCT" and parse.texts[s] not in ("'s", "’s"))


def _ends(parse: Parse, head: int, last: int) -> list[int]:
    """Return where a phrase may end: behind its head, and behind whatever is attached to that, however deep."""
    ends = {head + 1}
    pending = [(child, 1) for child in parse.children[head] if child > head]
    for token, depth in pending:
        if parse.deps[token] != "punct":
            ends.add(parse.subtree(token)[-1] + 1)
            if parse.pos[token] in ("NOUN", "PROPN", "NUM"):
                ends.add(token + 1)
        if depth < DEEPEST:
            pending += [(child, depth + 1) for child in parse.children[token] if child > head]
    ends |= {end + 1 for end in ends if end < last and parse.texts[end] == ")" and "(" in parse.texts[head:end]}
    return sorted(end for end in ends if end <= last)


class View:
    """What the features of candidates are read from: one stretch of tokens and what was found in it."""

    def __init__(
        self, parse: Parse, mentions: Sequence[Mention], predications: Sequence[Predication], first: int, last: int
    ) -> None:
        self.parse, self.first, self.last = parse, first, last
        self.root = root_of(parse, first, last)
        self.main = main_verb(parse, self.root)
        self.entity: dict[int, str] = {}
        self.inside: set[int] = set()  # tokens of names but for the first
        self.entities = {(e.first, e.last): e.label for e in parse.entities if first <= e.first and e.last <= last}
        for (begin, end), label in self.entities.items():
            self.entity.update(dict.fromkeys(range(begin, end), label))
            self.inside.update(range(begin + 1, end))
        self.begins = {begin for begin, _ in self.entities}
        self.stops = {end for _, end in self.entities}
        self.mention: dict[int, Mention] = {}
        for mention in mentions:
            self.mention.setdefault(mention.head, mention)
        self.parts: dict[Extent, list[tuple[str, str, str]]] = defaultdict(list)
        for one in predications:
            where = "main" if one.token in (self.main, self.root) else "other"
            for part in one.participants:
                if part.span:
                    self.parts[part.span.start, part.span.end].append((part.role, one.plover, where))
        types = {one.token: one.plover for one in predications}
        self.plover = types.get(self.main) or types.get(self.root) or "none"
        helpers = {parse.deps[c] for c in parse.children[self.main]}
        self.passive = bool(helpers & {"nsubjpass", "auxpass"})
        slots = helpers & {"dobj", "xcomp", "ccomp", "nsubj", "nsubjpass", "prep", "agent"}
        self.slots = "|".join(sorted(slots))
        self.places = [e for e in self.entities if self.entities[e] in PLACES and e[0] > self.main]
        self.heads = [token for token in range(first, last) if parse.pos[token] in NOMINAL]
        self.whole: dict[int, list[int]] = {}
        self.of_head: dict[int, tuple[list[str], str, str]] = {}

    def way(self, head: int) -> tuple[list[str], int]:
        """Return the dependencies from a head up to the verb that governs it, and that verb."""
        parse, at, steps = self.parse, head, []
        while parse.pos[parse.heads[at]] not in VERBAL and parse.heads[at] != at:
            steps.append(self._dep(at, ("prep", "agent")))
            at = parse.heads[at]
        steps.append(self._dep(at, ("prep", "agent", "dative")))
        return steps, parse.heads[at]

    def _dep(self, token: int, worded: Sequence[str]) -> str:
        dep = self.parse.deps[token]
        return f"{dep}:{self.parse.lemmas[token]}" if dep in worded else dep

    def features(self, begin: int, end: int, head: int) -> list[str]:
        """Return the features of the tokens `begin` to `end` (half-open) whose head is `head`."""
        if head not in self.of_head:
            steps, verb = self.way(head)
            where = "main" if verb == self.main else "root" if verb == self.root else "other"
            relation = f"{'>'.join(steps[-FARTHEST:])}~{where}"
            of_head = [*self._hanging(head, steps, verb, where, relation), *self._order(head)]
            self.of_head[head] = of_head, steps[-1], relation
        of_head, step, relation = self.of_head[head]
        return [
            *of_head,
            *self._taking_part(begin, end, head),
            *self._bounds(begin, end, head, step, relation),
            *self._attached(begin, end, head, step),
        ]

    def _subtree(self, token: int) -> list[int]:
        if token not in self.whole:
            self.whole[token] = self.parse.subtree(token)
        return self.whole[token]

    def _hanging(self, head: int, steps: list[str], verb: int, where: str, relation: str) -> list[str]:
        """Return how the candidate hangs on the verbs of the sentence, and what it names."""
        parse, main = self.parse, self.main
        kind, side = self.entity.get(head, ""), head < main
        above = parse.heads[head]
        noun = parse.lemmas[parse.heads[above]] if parse.deps[head] == "pobj" else ""
        found = [
            f"pth:{'>'.join(steps[-FARTHEST:])}", f"rel:{relation}", f"relp:{relation}:{self.plover}",
            f"relv:{relation}:{parse.lemmas[verb]}", f"relm:{relation}:{parse.lemmas[main]}",
            f"hl:{parse.lemmas[head]}", f"hd:{parse.deps[head]}", f"he:{kind}", f"relhe:{relation}:{kind}",
            f"hpos:{parse.pos[head]}", f"conj:{parse.deps[head] == 'conj'}", f"mpside:{self.plover}:{side}",
            f"side:{side}:{parse.deps[head]}", f"relpas:{relation}:{self.passive}",
            f"vd:{where}:{parse.deps[verb]}:{steps[-1]}", f"hops:{len(steps)}",
            f"relobj:{steps[-1]}:{where}:{self.slots}", f"entm:{kind}:{parse.lemmas[main]}", f"above:{noun}",
            f"above2:{noun}:{parse.lemmas[above] if noun else ''}",
        ]  # fmt: skip
        mention = self.mention.get(head)
        if mention is not None:
            what = f"{mention.label}:{mention.kind}"
            found += [f"k:{what}", f"krel:{what}:{relation}", f"named:{mention.named}"]
        return found

    def _taking_part(self, begin: int, end: int, head: int) -> list[str]:
        """Return which parts the rules gave to the candidate."""
        parse = self.parse
        start, stop = parse.starts[begin], parse.ends[end - 1]
        found = []
        for (low, high), roles in self.parts.items():
            holds = low <= parse.starts[head] < high
            if not holds and not (start <= low and high <= stop):
                continue
            for role, plover, where in roles:
                found += [f"ro:{role}:{where}", f"rop:{role}:{plover}", f"roh:{role}:{where}:{holds}"]
                if (low, high) == (start, stop):
                    found.append(f"roeq:{role}:{where}")
        return found

    def _at(self, token: int) -> str:
        return f"{self.parse.pos[token]}:{self.parse.deps[token]}" if self.first <= token < self.last else "edge"

    def _lemma(self, token: int) -> str:
        return self.parse.lemmas[token] if self.first <= token < self.last else "edge"

    def _bounds(self, begin: int, end: int, head: int, step: str, relation: str) -> list[str]:
        """Return what stands at both ends, inside and outside, and how the ends lie to names and to the phrase."""
        parse = self.parse
        whole = self._subtree(head)
        skipped = [parse.deps[t] for t in range(whole[0], begin)]
        name = self.entities.get((begin, end), "")
        found = [
            f"first:{self._at(begin)}", f"prev:{self._at(begin - 1)}", f"prevl:{self._lemma(begin - 1)}",
            f"last:{self._at(end - 1)}", f"next:{self._at(end)}", f"nextl:{self._lemma(end)}",
            f"bl:{begin == whole[0]}", f"skip:{'|'.join(skipped[-3:])}",
            f"skipl:{parse.lemmas[begin - 1] if skipped else ''}", f"br:{end > whole[-1]}",
            f"len:{min(12, end - begin)}", f"prepin:{parse.deps[begin] in ('prep', 'agent')}", f"eq:{name}",
            f"es:{begin in self.begins}", f"ee:{end in self.stops}",
            f"cut:{begin in self.inside}:{end in self.inside}", f"eqrel:{name}:{relation}",
            f"firstl:{parse.lemmas[begin]}", f"f2:{parse.pos[begin]}:{relation}",
            f"sk2:{'|'.join(skipped[-2:])}:{step}",
            f"commas:{sum(parse.texts[t] == ',' for t in range(begin, end))}",
        ]  # fmt: skip
        if skipped and skipped[-1] == "det":
            found += ["nodet", f"nodet:{step}"]
        if any(parse.pos[t] == "VERB" for t in range(begin, end)):
            found.append("verbin")
        return found

    def _attached(self, begin: int, end: int, head: int, step: str) -> list[str]:
        """Return what is attached behind the head, inside of the candidate and left out of it."""
        parse = self.parse
        found: list[str] = []
        held: dict[bool, list[str]] = {True: [], False: []}
        for child in parse.children[head]:
            if child < head or parse.deps[child] == "punct":
                continue
            dep, inside = self._dep(child, ("prep",)), child < end
            mark = "inc" if inside else "exc"
            held[inside].append(dep)
            found += [f"{mark}:{dep}", f"{mark}r:{dep}:{step}", f"{mark}h:{dep}:{parse.lemmas[head]}"]
            if inside:
                found.append(f"incful:{dep}:{self._subtree(child)[-1] < end}")
            objects = parse.of_dep(child, "pobj")
            if objects:
                found += [f"{mark}o:{dep}:{self.entity.get(objects[0], '')}",
                          f"{mark}ol:{dep}:{parse.lemmas[objects[0]]}"]  # fmt: skip
        found += [
            f"incs:{'|'.join(held[True])}", f"excs:{'|'.join(held[False])}", f"cnt:{len(held[True])}:{len(held[False])}"
        ]  # fmt: skip
        others = parse.of_dep(head, "conj")
        if others:
            inside = others[-1] < end
            kinds = f"{self.entity.get(head, '')}:{self.entity.get(others[-1], '')}"
            found += [
                f"cj:{inside}", f"cj:{inside}:{kinds}", f"cjh:{inside}:{parse.pos[head]}", f"cjr:{inside}:{step}",
                f"cjlen:{inside}:{min(6, end - begin)}",
            ]  # fmt: skip
        return found

    def _order(self, head: int) -> list[str]:
        """Return the how-manieth phrase, and the how-manieth place, behind the main verb it is."""
        if head <= self.main:
            return []
        found = [f"ord:{min(6, sum(self.main < other < head for other in self.heads))}"]
        for at, (begin, end) in enumerate(self.places):
            if begin <= head < end:
                rank = f"{min(3, at)}/{min(4, len(self.places))}"
                found += [f"gpe:{rank}", f"gpem:{rank}:{self.plover}"]
        return found
