"""Where what was told earlier happened: of the same event, by the same source, or before in the paragraph."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dateline.placing.focus import within
from dateline.placing.theatre import Located, Theatre, finer
from dateline.records import Attribution, Predication

TALK = frozenset({"CONSULT", "AGREE", "COOPERATE"})
RESULTS = frozenset({"kills", "wounds", "loses-life", "casualties", "bodies-found"})


class Earlier:
    """Keeps where the predicates of one report happened, for those that come after them."""

    def __init__(self, theatre: Theatre, attributions: Sequence[Attribution]) -> None:
        self.theatre = theatre
        self.parse = theatre.parse
        self.found = theatre.found
        self.home = theatre.home
        self.focus = theatre.focus
        self.aim = theatre.aim
        self.attributions = attributions
        self.by_source: dict[str, Located] = {}
        self.by_sense: list[tuple[str, frozenset[str], Located]] = []
        self.talks: set[int] = set()  # the triggers of what only is said or agreed

    def meet(self, predication: Predication) -> None:
        """Note a predicate that is about to be located."""
        if predication.plover in TALK:
            self.talks.add(predication.token)

    def keep(self, predication: Predication, located: Located) -> None:
        """Keep the place of a predicate that the words of its own sentence give."""
        if speaker := self._speaker(predication):
            self.by_source[speaker] = located
        self.by_sense.append((predication.sense, _doers(predication), located))
        self.theatre.told.append((predication.token, located))

    def same_event(self, predication: Predication) -> Located | None:
        """Return the place of an earlier predicate of the same sense and doer, which a noun takes up."""
        if self.parse.pos[predication.token] != "NOUN":
            # A verb tells of something new; "the withdrawal", "the advance" take up what was told.
            return None
        doers = _doers(predication)
        for sense, others, located in reversed(self.by_sense):
            if sense == predication.sense and doers & others:
                reason = f"the same was said before of {located.found.toponym.name}"
                return msgspec.structs.replace(located, step="same event", reason=reason)
        return None

    def same_source(self, predication: Predication) -> Located | None:
        """Return the place of the last predicate that the same source told of."""
        located = self.by_source.get(self._speaker(predication))
        if located is None:
            return None
        reason = f"the same source spoke of {located.found.toponym.name} before"
        return msgspec.structs.replace(located, step="source", reason=reason)

    def before(self, predication: Predication) -> Located | None:
        """Return the place of what was told before in the paragraph, else the place named last in it."""
        parse = self.parse
        here = parse.sentence_of[predication.token]
        block = parse.sentences[here].block
        for token, located in reversed(self.theatre.told):
            sentence = parse.sentence_of[token]
            if token >= predication.token:
                continue
            if parse.sentences[sentence].block != block or here - sentence > 2:
                break
            if self.focus and located.found.toponym.feature == "admin1" and within(self.focus, located.found):
                return None
            if not located.found.toponym.country:
                continue
            if (token in self.talks) != (predication.token in self.talks):
                continue  # where talks are held says nothing of where men fight
            if located.found.toponym.feature != "country" and (
                located.found.place or located.found == self.focus or (here - sentence <= 1 and _is_result(predication))
            ):
                reason = f"what was told before happened at {located.found.toponym.name}"
                return msgspec.structs.replace(located, step="before", reason=reason)
        return self._named_before(predication)

    def _named_before(self, predication: Predication) -> Located | None:
        parse = self.parse
        here = parse.sentence_of[predication.token]
        block = parse.sentences[here].block
        start = parse.starts[parse.sentences[here].first]
        chosen: Located | None = None
        for one in reversed(self.found):
            if not (one.usable and one.known and one.mention) or one.toponym.span.start >= start:
                continue
            sentence = parse.sentence_of[one.head]
            if parse.sentences[sentence].block != block or here - sentence > 2:
                break
            if one.toponym.country != self.home:
                continue
            if self.aim.leaning(one) < 1 or one.toponym.feature == "country" or not (one.place or one == self.focus):
                continue
            located = Located(one, one.toponym.span, "before", "named in the sentence before")
            if chosen is None:
                chosen = located
            elif parse.sentence_of[chosen.found.head] == sentence and finer(located, chosen):
                # "in Old Fangak, Jonglei state": the finer of the two.
                chosen = located
        return chosen

    def _speaker(self, predication: Predication) -> str:
        """Return the name of who says it; "" for the report itself, which speaks of many places."""
        if not 0 <= predication.source < len(self.attributions):
            return ""
        attribution = self.attributions[predication.source]
        return "" if attribution.manner == "narration" or not attribution.chain else attribution.chain[0].name


def _is_result(predication: Predication) -> bool:
    """Whether this tells what came of something: victims and no doer."""
    told = any(p.role == "actor" and p.span for p in predication.participants)
    return predication.effect in RESULTS and not told


def _doers(predication: Predication) -> frozenset[str]:
    return frozenset(
        part.entity or part.name.lower() for part in predication.participants if part.role in ("actor", "party")
    )
