"""Whether it happened: the status and polarity of a predicate, from the words that govern it.

From the trigger outwards, each governing word may change the status; the outermost word wins, for "may
have tried to take" is possible, not attempted. Denials turn the polarity. A clause of reported speech is
read by its own words: that somebody says it is attribution, not status.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dateline.coding.falsity import content_clause, false_noun, false_verb
from dateline.coding.matching import hanging
from dateline.coding.reading import Reading
from dateline.knowledge.statuses import CueScope, StatusCue, status_cues
from dateline.records import Parse, Polarity, Status

POS = {
    "verb": {"VERB", "AUX"}, "aux": {"AUX", "VERB"}, "adverb": {"ADV", "ADJ", "PART"}, "noun": {"NOUN", "PROPN"},
    "adjective": {"ADJ", "VERB"}, "conjunction": {"SCONJ", "CCONJ", "ADP", "ADV"},
    "preposition": {"ADP", "SCONJ", "ADV"}, "determiner": {"DET"},
}  # fmt: skip
COMPLEMENT = frozenset({"xcomp", "ccomp", "dobj", "pobj", "pcomp", "acl", "oprd", "nsubjpass", "acomp", "dep", "attr"})
NON_FINITE = frozenset({"xcomp", "dobj", "pobj", "prep", "acomp", "pcomp"})
FINITE = frozenset({"VBZ", "VBP"})
NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
NO = frozenset({"no", "neither"})
HAVING = frozenset({"have", "get", "give", "grant", "offer", "receive", "find", "obtain", "possess", "be"})
INSTEAD = frozenset({"instead", "rather"})
TIMES = frozenset({"when", "once", "until", "till", "before", "after", "whenever"})
FUTURE = frozenset({"will", "shall", "'ll", "would"})
RANK: dict[str, int] = {
    "asserted": 0, "ongoing": 1, "attempted": 2, "planned": 3, "background": 3, "opinion": 4, "possible": 5,
    "hypothetical": 6,
}  # fmt: skip


UNDOUBTED = frozenset({"doubt", "question", "secret", "wonder", "surprise", "dispute", "coincidence", "fear"})


class Verdict(NamedTuple):
    """A status, a polarity and the rules that led to them.

    `denier` is the word outside the event's own clause that denies it, a verb or a noun of telling; else -1.
    """

    status: Status
    polarity: Polarity
    rules: tuple[str, ...]
    denier: int = -1


class _Judge:
    def __init__(self, reading: Reading, trigger: int, goes_on: bool, reported: bool) -> None:
        self.trigger, self.goes_on, self.reported = trigger, goes_on, reported
        self.parse: Parse = reading.parse
        self.reading = reading
        self.cues = status_cues()
        self.status: Status = "asserted"
        self.denied = False
        self.through_infinitive = False
        self.denier = -1
        self.rules: list[str] = []

    def take(self, cue: StatusCue, word: str) -> None:
        if cue.polarity == "denied":
            self.denied = not self.denied
            self.rules.append(f"denied by {word!r}")
        if cue.status:
            # "He said the army would withdraw" reports a plan; "would be a success" supposes one.
            future = cue.status == "hypothetical" and word in ("would", "'d") and self.reported
            self.move("planned" if future else cue.status, word)
        notes = [note for note in (cue.note, "hedged" if cue.hedge else "") if note]
        if notes:
            self.rules.append(f"{word!r}: {', '.join(notes)}")

    def move(self, status: str, word: str) -> None:
        """Take a status from further out, unless what is known already makes the event less certain."""
        if status in ("asserted",) or RANK[status] < RANK[self.status]:
            return
        self.status = status  # type: ignore[assignment]
        self.rules.append(f"{status} by {word!r}")

    def cue_at(self, token: int, scope: CueScope) -> StatusCue | None:
        for rest, cue in self.cues.get((self.parse.lemmas[token], scope), ()):
            if self.parse.pos[token] in POS[cue.pos] and hanging(self.parse, token, rest) is not None:
                return cue
        return None

    # One clause --------------------------------------------------------------------------------------

    def clause(self, verb: int, carrier: bool = False) -> None:
        """Read the auxiliaries, adverbs, negation and conjunction of one clause."""
        parse = self.parse
        words = {parse.lemmas[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
        for child in parse.children[verb]:
            dep, word = parse.deps[child], parse.texts[child].lower()
            if dep == "neg":
                self.denied = not self.denied
                self.rules.append(f"denied by {word!r}")
            elif (dep in ("mark", "advmod", "prep", "aux", "npadvmod") and child < verb) or dep == "advmod":
                scope: CueScope = "subordinate" if dep == "mark" else "clause"
                cue = self.cue_at(child, scope) or (self.cue_at(child, "clause") if scope == "subordinate" else None)
                if cue is not None:
                    self.take(cue, word)
            elif dep == "advcl" and any(parse.lemmas[m] in ("if", "unless") for m in parse.of_dep(child, "mark")):
                self.move("hypothetical", "if")
            elif dep in ("nsubj", "nsubjpass") and word in NOBODY:
                self.deny(word)
            elif (
                dep in ("nsubj", "nsubjpass", "dobj")
                and child != self.trigger  # "no attack was announced": its own modifiers are read elsewhere
                and not (carrier and dep == "nsubj")
                and (no := self._no(child))
            ):
                self.deny(no)
        for word in self._apart(verb):
            self.deny(word)
        self._tense(verb, words)

    def deny(self, word: str) -> None:
        """Turn the polarity."""
        self.denied = not self.denied
        self.rules.append(f"denied by {word!r}")

    def _no(self, noun: int) -> str:
        """Return the word that says that there is none of what the noun names: "no town", "neither the army nor …"."""
        found = (self.parse.lemmas[d].lower() for d in self.parse.of_dep(noun, "det", "preconj"))
        return next((word for word in found if word in NO), "")

    def _apart(self, verb: int) -> Iterator[str]:
        """Yield the words that set a clause apart from what did happen: "instead of attacking", "nor did it shell"."""
        parse, head, dep = self.parse, self.parse.heads[verb], self.parse.deps[verb]
        openings = [head] if dep == "pcomp" else parse.of_dep(verb, "mark")
        if dep == "conj":
            between = [c for c in parse.of_dep(head, "cc") if head < c < verb]
            openings += between
            yield from ("nor" for c in between[-1:] if parse.lemmas[c].lower() == "nor" and parse.of_dep(verb, "aux"))
        for opening in openings:
            before = parse.lemmas[opening - 1].lower() if opening else ""
            if parse.lemmas[opening].lower() in ("of", "than") and before in INSTEAD:
                yield before

    def _tense(self, verb: int, auxiliaries: set[str]) -> None:
        if not self.goes_on:
            return  # "we condemn", "she accuses": said once
        parse = self.parse
        progressive = parse.tags[verb] == "VBG" and "be" in auxiliaries
        present = not any(parse.tags[c] in ("VBD",) for c in parse.of_dep(verb, "aux", "auxpass"))
        if progressive and present and not auxiliaries & {"have"} and self.reading.block_kind(verb) != "headline":
            self.move("ongoing", "is …ing")
        elif (
            parse.tags[verb] in FINITE
            and not auxiliaries
            and self.reading.block_kind(verb) != "headline"
            and parse.lemmas[verb] != "be"
        ):
            self.move("ongoing", "present tense")

    # What governs it ---------------------------------------------------------------------------------

    def outwards(self, token: int) -> None:
        """Go up from the clause through what governs it."""
        parse, child = self.parse, token
        for _ in range(12):
            head, dep = parse.heads[child], parse.deps[child]
            if head == child:
                return
            if dep == "conj":
                self._shared(child, head)
            elif dep == "acl" and (told := self._told_through(child, head)) >= 0:
                self._governed(child, told, "ccomp")
                head = told
            elif dep == "acl" and not self._infinitive(child) and not content_clause(parse, child):
                return  # "a deal brokered by the envoy": the noun does not govern the participle
            elif dep == "relcl" and self._infinitive(child):
                self._governed(child, head, "acl")  # "weapons to attack with"
            elif dep == "ccomp" and child < head and parse.of_dep(head, "dobj"):
                return  # "she claimed that it was taken; he denied this": the second verb has an object of its own
            elif dep in COMPLEMENT or self._complement_preposition(child, head, dep):
                self._governed(child, head, dep)
            elif dep == "advcl":
                self._adverbial(child, head)
                return
            elif dep in ("nsubj", "nsubjpass"):
                if any(parse.lemmas[c] in ("would", "could", "might", "may") for c in parse.of_dep(head, "aux")):
                    self.move("hypothetical", "would")
                return
            elif dep in ("relcl", "appos", "parataxis"):
                return
            child = head

    def _governed(self, child: int, head: int, dep: str) -> None:
        """Read the word that governs a complement: "failed to", "denied that", "no reports of"."""
        parse = self.parse
        word = false_noun(parse, head) or (false_verb(parse, head, child) if dep in ("ccomp", "csubj") else "")
        if word:  # "the rumours that … are baseless": that they are rumours is no doubt of the one who says so
            self.denier = head
            self.deny(word)
            return
        cue = self.cue_at(head, "complement")
        if cue is not None and cue.polarity == "denied":
            if self.denier >= 0 and parse.pos[self.denier] == "NOUN":
                return  # "rejected the false claims that": denied once
            self.denier = head
        if dep == "xcomp" and parse.lemmas[head] == "be" and self._infinitive(child):
            self.move("planned", "is to …")
        # "…, she continued": a finite clause is what is said, not what goes on.
        if cue is not None and not (dep == "ccomp" and cue.status == "ongoing"):
            self.take(cue, parse.texts[head].lower())
        no = any(parse.lemmas[c] == "no" for c in parse.of_dep(head, "det"))
        if parse.pos[head] == "NOUN" and no and parse.lemmas[head] not in UNDOUBTED:
            self.denied = not self.denied
            self.rules.append(f"denied by 'no {parse.texts[head]}'")
        infinitive = self._infinitive(child)
        if parse.pos[head] in ("VERB", "AUX") and (dep in NON_FINITE or (dep == "ccomp" and infinitive)):
            # "Did not allow them to attack", "has no weapons to attack with": what is not given is not done.
            means = dep in ("dobj", "acomp") and self.through_infinitive and parse.lemmas[head] in HAVING
            means = means and not parse.of_dep(head, "prt")  # "has not given up attempts to attack"
            self.clause_of_governor(head, governs=dep == "xcomp" or infinitive or means)
        self.through_infinitive = infinitive and dep in ("acl", "xcomp")

    def clause_of_governor(self, verb: int, *, governs: bool) -> None:
        """The auxiliaries of a governing verb bear on an infinitive or an object: "could try to attack".

        Its negation does where it `governs` whether the event takes place.
        """
        parse = self.parse
        for child in parse.children[verb]:
            if parse.deps[child] == "aux" and parse.tags[child] == "MD":
                cue = self.cue_at(child, "clause")
                if cue is not None:
                    self.take(cue, parse.texts[child].lower())
            elif parse.deps[child] == "neg" and governs:
                self.deny("not")
            elif parse.deps[child] == "mark":
                cue = self.cue_at(child, "subordinate")
                if cue is not None:
                    self.take(cue, parse.texts[child].lower())

    def _shared(self, child: int, head: int) -> None:
        """A modal before the first of coordinated verbs holds for the second where that is bare; so does an "if"."""
        parse = self.parse
        own = {parse.deps[c] for c in parse.children[child]}
        bare = {"VB": {"aux", "nsubj"}, "VBN": {"aux", "auxpass", "nsubj", "nsubjpass"}}.get(parse.tags[child])
        if bare is not None and not own & bare:  # "if it is attacked and taken", "may be seized and held"
            self.clause_of_governor(head, governs=False)

    def _adverbial(self, clause: int, head: int) -> None:
        """Read an adverbial clause: "to retake the town", "when the town is retaken, he will return"."""
        # "Won it back, only to lose it": what came of it, not what for.
        only = any(self.parse.lemmas[c] == "only" and c < clause for c in self.parse.of_dep(clause, "advmod"))
        if self._infinitive(clause) and not only:
            self.move("planned", "to …")
        elif self._to_come(clause, head):
            self.move("planned", "when … will")

    def _to_come(self, clause: int, head: int) -> bool:
        """Whether a clause of time in the present tells of what is to come: "will return when the town is retaken"."""
        parse = self.parse
        opens = any(parse.lemmas[c] in TIMES for c in parse.children[clause] if c < clause)
        finite = [clause, *parse.of_dep(clause, "aux", "auxpass")]
        now = any(parse.tags[t] in FINITE for t in finite) and not any(parse.tags[t] == "VBD" for t in finite)
        while not (future := any(parse.lemmas[c] in FUTURE for c in parse.of_dep(head, "aux"))):
            if parse.deps[head] not in ("xcomp", "conj") or parse.heads[head] == head:
                break
            head = parse.heads[head]
        return opens and now and future

    def _told_through(self, clause: int, noun: int) -> int:
        """Return the verb of denying whose content hangs on its channel or day: "denied in a message that"; else -1."""
        parse, preposition = self.parse, self.parse.heads[noun]
        verb = parse.heads[preposition]
        aside = parse.deps[noun] == "pobj" and parse.deps[preposition] == "prep" and parse.lemmas[preposition] != "of"
        if not aside or not content_clause(parse, clause) or parse.of_dep(verb, "ccomp", "dobj"):
            return -1
        cue = self.cue_at(verb, "complement")
        return verb if cue is not None and cue.polarity == "denied" else -1

    def _complement_preposition(self, child: int, head: int, dep: str) -> bool:
        return (
            dep == "prep"
            and self.parse.lemmas[child] in ("of", "to", "for", "against", "on", "about", "from")
            and self.parse.pos[head] in ("VERB", "NOUN", "ADJ")
        )

    def _infinitive(self, verb: int) -> bool:
        return any(self.parse.tags[c] == "TO" for c in self.parse.children[verb])


def judge(reading: Reading, trigger: int, clause_verb: int, phase: str = "", goes_on: bool = True) -> Verdict:
    """Return the status and polarity of the predicate at `trigger`.

    `clause_verb` is the verb whose clause tells it: the trigger itself, or the light verb of an event noun
    ("launched" in "launched an attack"); -1 for an event noun without one. `phase` is the light verb's.
    `goes_on` says whether the present tense tells of something that goes on, as it does of fighting.
    """
    said = reading.attribution_at(trigger)
    reported = said >= 0 and reading.attributions[said].manner in ("indirect", "mixed")
    found = _Judge(reading, trigger, goes_on, reported)
    parse = reading.parse
    if phase == "continues":
        found.move("ongoing", "continues")
    elif phase in ("attempts", "plans"):
        found.move({"attempts": "attempted", "plans": "planned"}[phase], phase)
    if clause_verb >= 0:
        found.clause(clause_verb, carrier=clause_verb != trigger)
        if clause_verb != trigger:
            _modifiers(found, trigger)
        found.outwards(clause_verb)
    else:
        _modifiers(found, trigger)
        found.outwards(trigger)
    sentence = parse.sentences[parse.sentence_of[trigger]]
    if parse.texts[sentence.last - 1] == "?":
        found.move("hypothetical", "?")
    return Verdict(found.status, "denied" if found.denied else "affirmed", tuple(found.rules), found.denier)


def _modifiers(found: _Judge, noun: int) -> None:
    """Read the adjectives and determiners of an event noun: "a planned attack", "no attack"."""
    parse = found.parse
    for child in parse.children[noun]:
        if parse.deps[child] in ("amod", "compound", "advmod") and (
            cue := found.cue_at(child, "clause") or found.cue_at(child, "complement")
        ):
            found.take(cue, parse.texts[child].lower())
        elif parse.deps[child] == "det" and parse.lemmas[child] == "no":
            found.denied = not found.denied
            found.rules.append("denied by 'no'")


def voice(reading: Reading, trigger: int, verdict: Verdict) -> int:
    """Return the attribution that an event belongs to: that of who denies it, where the claim of others is denied.

    "The army rejected the claim of the rebels that the town had fallen": the army speaks.
    """
    said, parse = reading.attribution_at(trigger), reading.parse
    cue = reading.attributions[said].cue if said >= 0 else None
    if cue is None or verdict.denier < 0 or verdict.polarity != "denied":
        return said
    above = [trigger, *parse.ancestors(trigger)]
    between = above[: above.index(verdict.denier) + 1] if verdict.denier in above else []
    if not any(cue.overlaps(reading.span(t)) and parse.pos[t] == "NOUN" for t in between):
        return said  # the cue is the denial, or stands outside it
    denial = reading.span(verdict.denier)
    own = (i for i, a in enumerate(reading.attributions) if a.cue is not None and a.cue.overlaps(denial) and i != said)
    outer = next((i for i in own if parse.pos[verdict.denier] != "NOUN"), -1)
    return outer if outer >= 0 else reading.attribution_at(verdict.denier)
