"""Mend what the parser gets wrong again and again in the long sentences of wire reports.

Each mending is a rule over the table of tokens, general to any text, and touches only what cannot be right
as it stands: a finite main verb without a subject, a relative clause that has all its arguments behind a noun
that announces, a name that modifies the people it is joined with, half of a passive.
"""

from __future__ import annotations

from dateline.knowledge.announcing import announcing, of_speaker

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


class Sentence:
    """A sentence of the table that can be changed: columns of the whole table, `first` to `last`."""

    def __init__(
        self, texts: list[str], tags: list[str], deps: list[str], heads: list[int], first: int, last: int
    ) -> None:
        self.texts, self.tags, self.deps, self.heads = texts, tags, deps, heads
        self.first, self.last = first, last

    def mend(self) -> None:
        """Give stray subjects back to their verbs, and contents to the nouns that announce them."""
        for verb in range(self.first, self.last):
            if self.deps[verb] in ("relcl", "acl"):
                self._content(verb, self._announcer(self.heads[verb]))
        for name in range(self.first, self.last):
            if self.deps[name] == "nmod" and self.tags[name] in ("NNP", "NNPS") and self.heads[name] > name:
                self._name_and_people(name)
        for verb in range(self.first, self.last):
            if self.tags[verb] in ("VBN", "VBD") and self.deps[verb] == "conj":
                self._elliptic_passive(verb)
        with_subject = {self.heads[t] for t in range(self.first, self.last) if self.deps[t] in SUBJECTS}
        for verb in range(self.first, self.last):
            if self.tags[verb] not in FINITE or verb in with_subject or self.deps[verb] not in ("ROOT", "conj"):
                continue
            start = self.first if self.deps[verb] == "ROOT" else self.heads[verb]
            if self.deps[verb] == "conj" and self._joined(verb, start):
                continue
            subject = self._stray_subject(verb, start)
            if subject is not None:
                self._attach(subject, verb)

    def _content(self, verb: int, noun: int) -> None:
        """ "A message that the rebels withdrew" is no relative clause: the verb has a subject of its own."""
        inside = [t for t in range(self.heads[verb] + 1, verb) if self.heads[t] == verb]
        opens = (t for t in inside if self.texts[t].lower() == "that" and self.deps[t] in ("dobj", "mark", "pobj"))
        that = next(opens, None)
        if noun >= 0 and that is not None and any(self.deps[t] in SUBJECTS for t in inside):
            self.deps[that], self.deps[verb], self.heads[verb] = "mark", "acl", noun

    def _announcer(self, noun: int) -> int:
        """Return the noun that announces: `noun`, or that of which it is the speaker ("a claim by X that"); else -1."""
        if self.texts[noun].lower() in announcing():
            return noun
        preposition = self.heads[noun]
        above = self.heads[preposition]
        if self.deps[noun] != "pobj" or self.deps[preposition] != "prep":
            return -1
        nouns = {"by": announcing(), "of": of_speaker()}.get(self.texts[preposition].lower(), frozenset())
        return above if self.texts[above].lower() in nouns else -1

    def _name_and_people(self, name: int) -> None:
        """ "The Taliban and Afghan forces" are two: the name is no modifier of the forces."""
        noun = self.heads[name]
        joined = [t for t in range(name + 1, noun) if self.heads[t] == name and self.deps[t] == "conj"]
        if len(joined) != 1 or self.tags[joined[0]] != "JJ" or self.heads[noun] in range(name, noun + 1):
            return
        self.heads[name], self.deps[name] = self.heads[noun], self.deps[noun]
        for token in range(self.first, name):
            if self.heads[token] == noun:
                self.heads[token] = name
        self.heads[noun], self.deps[noun] = name, "conj"
        self.heads[joined[0]], self.deps[joined[0]] = noun, "amod"

    def _elliptic_passive(self, verb: int) -> None:
        """ "143 were killed and 121 wounded": the second verb is as passive as the first."""
        passive = any(self.deps[t] == "auxpass" and self.heads[t] == self.heads[verb] for t in range(self.first, verb))
        own = [t for t in range(self.heads[verb] + 1, min(verb + 6, self.last)) if self.heads[t] == verb]
        if passive and not any(self.deps[t] in ("aux", "auxpass", "dobj") for t in own):
            for token in own:
                counted = self.tags[token] == "CD" or self.texts[token].lower() in ("others", "another")
                if self.deps[token] == "nsubj" and token < verb and (counted or self.tags[verb] == "VBN"):
                    self.deps[token] = "nsubjpass"

    def _joined(self, verb: int, head: int) -> bool:
        return any(self.deps[t] == "cc" and self.heads[t] == head for t in range(head + 1, verb))

    def _stray_subject(self, verb: int, start: int) -> int | None:
        """Return the noun that a comma sets off before the verb and that the parser took for an apposition.

        "After … in Afghanistan, the Taliban on Wednesday launched", "Hours after …, the Taliban, who …,
        entered": behind a long opening the subject hangs on the name before it.
        """
        for token in range(verb - 1, start, -1):
            if self.deps[token] == "appos" and self.tags[token].startswith("N"):
                begin = min([token, *(t for t in range(start, token) if self.heads[t] == token)])
                if begin > start and self.texts[begin - 1] == ",":
                    return token
        return None

    def _attach(self, subject: int, verb: int) -> None:
        passive = any(self.deps[t] == "auxpass" and self.heads[t] == verb for t in range(subject, verb))
        former = self.heads[subject]
        self.heads[subject], self.deps[subject] = verb, "nsubjpass" if passive else "nsubj"
        for token in range(subject + 1, verb):  # "the Taliban, who …": the clause is about the subject
            if self.heads[token] == former and self.deps[token] == "relcl":
                self.heads[token] = subject
