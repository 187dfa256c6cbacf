"""A second reading of each claim, by models that were trained on other people's coding.

The rules say what a predicate tells and who acts. Two models, trained on sentences that CAMEO's coders marked, read
the same sentence and say of which class it is and whether the phrase that the rules made the actor is who acts.
Nothing is changed by what they say: where they differ from the rules, a claim is surer or less sure, and says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dateline.claiming.gist import ClassModel, main_verb, root_of
from dateline.claiming.parties import View, acts
from dateline.knowledge.crosswalk.pentaclass import pentaclass_of
from dateline.knowledge.trained import Linear
from dateline.records import Dossier, Mention, Parse, Participant, Predication, Span

AGREES, DIFFERS = 0.5, 0.1  # from, and below, this probability
LONGEST = 120  # words: what is longer is a list or a table, not a sentence


class SecondReading:
    """Reads claims a second time; without a model, what that would say is left out."""

    def __init__(self, classes: ClassModel | None, parties: Linear | None) -> None:
        self.classes, self.parties = classes, parties

    def __call__(self, dossier: Dossier) -> dict[Span, tuple[str, ...]]:
        """Return the grounds that the second reading gives, by the trigger of the predication."""
        predications = dossier.all(Predication)
        if not predications or not dossier.all(Parse):
            return {}
        parse = dossier.only(Parse)
        told: dict[int, list[Predication]] = defaultdict(list)
        for one in predications:
            told[parse.sentence_of[one.token]].append(one)
        named: dict[int, list[Mention]] = defaultdict(list)
        for mention in dossier.all(Mention):
            if parse.sentence_of[mention.head] in told:
                named[parse.sentence_of[mention.head]].append(mention)
        found: dict[Span, tuple[str, ...]] = {}
        for number, held in told.items():
            for one, grounds in self._sentence(parse, number, held, named[number]):
                found[one.trigger] = grounds
        return found

    def _sentence(
        self, parse: Parse, number: int, told: list[Predication], named: list[Mention]
    ) -> Iterator[tuple[Predication, tuple[str, ...]]]:
        first, last = parse.sentences[number].first, parse.sentences[number].last
        root = root_of(parse, first, last)
        heads = (root, main_verb(parse, root))
        short = last - first <= LONGEST
        classes = self.classes.probabilities(parse, told, first, last) if self.classes and short else {}
        view = View(parse, named, told, first, last) if self.parties is not None and short else None
        for one in told:
            grounds = ["clause: main" if one.token in heads else "clause: other"]
            if classes:
                grounds.append(_said("class", classes[pentaclass_of(one.plover, one.status, one.polarity)]))
            actor = next((p for p in one.participants if p.role == "actor" and p.span is not None), None)
            head = _head(view, actor) if view is not None and actor is not None else -1
            if view is not None and self.parties is not None and head >= 0:
                grounds.append(_said("actor", acts(view, head, self.parties)))
            yield one, tuple(grounds)


def _said(what: str, probability: float) -> str:
    verdict = "agrees" if probability >= AGREES else "differs" if probability < DIFFERS else "unsure"
    return f"second reading, {what}: {verdict}"


def _head(view: View, actor: Participant) -> int:
    """Return the head of the actor's words in the sentence; -1 where they lie elsewhere."""
    parse, span = view.parse, actor.span
    assert span is not None
    within = [t for t in range(view.first, view.last) if span.start <= parse.starts[t] < span.end]
    return next((t for t in within if parse.heads[t] not in within or parse.heads[t] == t), -1)
