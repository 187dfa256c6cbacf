"""Make a `Source` of the words that name a speaker: name, office, organisation, kind, side."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from dateline.attribution import phrases
from dateline.attribution.lexicon import medium, words
from dateline.attribution.speaking import antecedent, owner
from dateline.attribution.tree import Tree
from dateline.knowledge.actors import actors, countries
from dateline.knowledge.actors.rows import STATE_KINDS
from dateline.knowledge.state_actors import state_actor_name
from dateline.records import Dossier, Mention, Reference, Source, SourceKind, Span

FIRST = frozenset({"i", "we", "my", "our", "me", "us"})
PERSONAL = frozenset({"he", "she", "his", "her", "him"})
OTHER = frozenset({"it", "they", "its", "their", "them"})
SPEAKING = ("actor", "person")
INDEFINITE = ("a ", "an ", "one ", "another ")
VAGUE = frozenset({"one", "this", "that", "who", "which", "both", "all"})
NEWS = frozenset({"agency", "broadcaster", "channel", "newspaper", "daily", "outlet", "station", "network", "radio"})
BODIES = ("organisation", "office")
ARTICLES = ("the ", "a ", "an ", "The ", "A ", "An ")


class Speakers:
    """The speakers of one report: who has been named, with what office, and who spoke last."""

    def __init__(self, tree: Tree, dossier: Dossier) -> None:
        self.tree = tree
        self.mentions = dossier.all(Mention)
        self.at = {
            token: one
            for label in ("actor", "person")
            for one in self.mentions
            if one.label == label
            for token in range(one.first, one.last)
        }
        self.all_at = {token: one for one in self.mentions for token in range(one.first, one.last)}
        self.people = [one for one in self.mentions if one.label == "person" and one.named]
        self.countries = countries()
        theatres = Counter(one.country for one in self.mentions if one.country)
        self.theatre = dossier.report.country or (theatres.most_common(1)[0][0] if theatres else "")
        self.by_span = {one.span: one for one in self.mentions}
        self.refers: dict[int, Span] = {one.span.start: one.antecedent for one in dossier.all(Reference)}
        self.persons = self._person_tokens()
        self.full = self._full_names()
        self.known: dict[str, Source] = {}
        self.last_person: Source | None = None
        self.last_body: Source | None = None
        self.bodies: list[Source] = []
        self.last_speaker: tuple[Source, int, bool] | None = None

    def _person_tokens(self) -> set[int]:
        held: set[int] = set()
        for one in self.mentions:
            if one.label == "person" and one.named:
                held.update(range(one.first, one.last))
        for entity in self.tree.parse.entities:
            if entity.label == "PERSON":
                held.update(range(entity.first, entity.last))
        return held

    def _full_names(self) -> dict[str, str]:
        """Return for every last (or only) part of a person's name the fullest name in the report."""
        parse = self.tree.parse
        found: dict[str, str] = {}
        ranges = [(one.first, one.last) for one in parse.entities if one.label == "PERSON"]
        ranges += [(one.first, one.last) for one in self.mentions if one.label == "person" and one.named]
        for first, last in ranges:
            named = phrases.take_apart(self.tree, first, last, set(range(first, last)))
            start, end = named.name if named.name != (0, 0) else (first, last)
            name = self._words(start, end)
            key = name.split(" ")[-1] if name else ""
            if key and len(name) > len(found.get(key, "")) and len(name.split(" ")) <= 5:
                found[key] = name
        return found

    def _words(self, first: int, last: int) -> str:
        text = " ".join(self.tree.span(first, last).of(self.tree.text).split()) if last > first else ""
        for ending in ("'s", "’s", "'", "’"):
            text = text.removesuffix(ending)
        return text

    def make(self, head: int | None, verb: int) -> Source | None:
        """Return the source whose words have the head token `head`; None where "I" or "we" speak.

        `verb` is the cue's token. Without a head the source is unnamed.
        """
        if head is None:
            return Source(name="", kind="unnamed")
        word = self.tree.lower[head]
        if word in FIRST:
            return None
        referred = antecedent(self.tree, head)
        noun = referred if referred is not None else head
        author = self._author(noun)
        source = self._of_phrase(author if author is not None else noun, verb)
        if author is not None and source.kind != "unnamed":
            first, last = phrases.bounds(self.tree, noun, verb)
            thing = self._named_thing(noun)
            source = msgspec.structs.replace(
                source,
                channel=self._words(*thing).lower(),
                channel_span=self.tree.span(*thing),
                span=self.tree.span(first, last),
            )
        elif author is not None:
            source = self._of_phrase(noun, verb)
        self._remember(source, noun)
        return source

    def medium_at(self, head: int) -> tuple[str, Literal["agency", "outlet"]] | None:
        """Return name and kind of the known agency or outlet that is named at `head`."""
        mention = self.at.get(head)
        if mention is None or not mention.entity or mention.kind not in ("media", "agency"):
            return None
        return mention.name, "agency" if mention.kind == "agency" else "outlet"

    def _author(self, noun: int) -> int | None:
        """Return who speaks through a statement, a report, a video: its owner or author, if named."""
        lemma = self.tree.parse.lemmas[noun].lower()
        if self.tree.parse.pos[noun] != "NOUN" or lemma not in words().evidence:
            return None
        return owner(self.tree, noun)

    def _named_thing(self, noun: int) -> tuple[int, int]:
        first = min(
            (kid for kid in self.tree.kids(noun, "compound") if self.tree.parse.pos[kid] == "NOUN"),
            default=noun,
        )
        return first, noun + 1

    def _remember(self, source: Source, noun: int) -> None:
        if source.name and source.kind not in ("agency", "outlet"):
            several = self.tree.parse.tags[noun] in ("NNS", "NNPS") and source.kind != "person"
            plural = several or bool(self.tree.kids(noun, "conj"))
            if self.tree.lower[noun] not in OTHER or self.last_speaker is None:
                self.last_speaker = (source, noun, plural)
            else:
                self.last_speaker = (source, noun, self.last_speaker[2])
        if source.kind == "person":
            if source.name and (source.name not in self.known or source.role):
                self.known[source.name] = source
            self.last_person = source
        elif source.name:
            self.last_body = source
            if source not in self.bodies and " " in source.name:
                self.bodies.append(source)

    def _of_phrase(self, head: int, verb: int) -> Source:
        tree = self.tree
        word = tree.lower[head]
        if word in PERSONAL or word in OTHER or (word in VAGUE and not tree.kids(head, "prep")):
            return self._pronoun(head)
        first, last = phrases.bounds(tree, head, verb)
        span = tree.span(first, last)
        named = phrases.take_apart(tree, first, last, self.persons)
        named = phrases.completed(tree, named, self.persons)
        span = tree.span(named.first, named.last)
        if named.name != (0, 0) and self._is_person(head, named):
            return self._person(named, span)
        referred = self._referred(head)
        if referred is not None:
            return _at(referred, span)
        return self._body(head, named, span)

    def _is_person(self, head: int, named: phrases.Named) -> bool:
        tokens = range(*named.name)
        inside = named.name[0] <= head < named.name[1]
        lemma = self.tree.parse.lemmas[head].lower()
        last = self.tree.parse.lemmas[named.name[1] - 1].lower()
        if last in words().organisations and named.role == (0, 0):
            return False  # "the Observatory", taken for a person
        if not inside and lemma not in words().offices and head not in self.persons:
            return False
        place = self.all_at.get(head)
        if inside and named.role == (0, 0) and place is not None and place.label == "place" and place.named:
            return False
        known = self.at.get(head)
        titled = named.role != (0, 0) and (known is None or not known.entity)
        if inside and not titled and self._is_body(head):
            return False
        if any(token in self.persons for token in tokens) or named.role != (0, 0):
            return True
        mention = self.at.get(head)
        if mention is not None:
            return mention.label == "person"
        labels = {one.label for one in self.tree.parse.entities if one.first <= head < one.last}
        return not labels and len(tokens) >= 1 and self._words(*named.name).split(" ")[-1] in self.full

    def _is_body(self, head: int) -> bool:
        """Whether the word belongs to the name of an organisation or a country."""
        mention = self.at.get(head)
        if mention is not None:
            return mention.label == "actor" and mention.named
        return any(
            one.first <= head < one.last and one.label in ("ORG", "GPE", "NORP") and one.last - one.first > 1
            for one in self.tree.parse.entities
        )

    def _person(self, named: phrases.Named, span: Span) -> Source:
        name = self._words(*named.name)
        full = self.full.get(name.split(" ")[-1], name)
        if len(name) > len(full) or (" " in name and not _same(name, full)):
            full = name
        role = self._words(*named.role) if named.role != (0, 0) else ""
        before = self.known.get(full)
        if before is not None and len(before.role) >= len(role):
            return _at(before, span)
        mention = next((self.at[t] for t in range(*named.name) if t in self.at and self.at[t].label == "person"), None)
        if not role and mention is not None:
            role = mention.role
        source = Source(name=full, kind="person", role=role, span=span)
        return self._standing(source, range(*named.role), range(named.first, named.last), mention)

    def _standing(self, source: Source, role: range, phrase: range, own: Mention | None) -> Source:
        """Return the source with whom it speaks for: a known actor it names, or the state it serves.

        An office of a state that does not say which is of the country that the report is about.
        """
        actor = self._actor(role) or self._actor(phrase)
        entity = actor.entity if actor is not None else own.entity if own is not None else ""
        if entity:
            known = actors().by_id.get(entity)
            name = known.name if known is not None else self._name_of(entity)
            body = "" if source.kind == "organisation" else name
            country = actor.country if actor is not None else own.country if own is not None else ""
            return msgspec.structs.replace(source, organisation=body, entity=entity, side=name, country=country)
        held = [self.all_at[token] for token in phrase if token in self.all_at]
        country = next((one.country for one in (*held, *((own,) if own else ())) if one.country), "")
        kind = next((one.kind for one in held if one.label in SPEAKING and one.kind in STATE_KINDS), "")
        if not kind and any(self.tree.parse.lemmas[token].lower() in words().state for token in role):
            kind = "government"
        if kind and source.kind != "unnamed":
            country = country or self.theatre
        if not kind or not country:
            return msgspec.structs.replace(source, country=country)
        side = state_actor_name(self.countries, country, kind)
        return msgspec.structs.replace(source, entity=f"{country}:{kind}", side=side, country=country)

    def _name_of(self, entity: str) -> str:
        country, _, kind = entity.partition(":")
        return state_actor_name(self.countries, country, kind) if kind else ""

    def _actor(self, tokens: range) -> Mention | None:
        """Return the known actor named in the words, the longest first."""
        held = {id(self.at[token]): self.at[token] for token in tokens if token in self.at}
        named = [one for one in held.values() if one.label == "actor" and one.entity]
        return max(named, key=lambda one: len(one.span), default=None)

    def _referred(self, head: int) -> Source | None:
        """Return the person or body that a description stands for ("the minister"), where the report says."""
        mention = self.at.get(head)
        start = self.tree.parse.starts[head] if mention is None else mention.span.start
        target = self.refers.get(start)
        if self.tree.kids(head, "prep", "amod", "compound", "poss"):
            return None  # "the head of the council" says himself which head he is
        if target is None:
            return None if mention is not None and mention.named else self._by_role(head)
        return self._of_mention(target)

    def _of_mention(self, target: Span) -> Source | None:
        held = self.by_span.get(target)
        if held is None:
            return None
        if held.label == "person" and held.named:
            key = held.name.split(" ")[-1] if held.name else ""
            name = self.full.get(key, held.name)
            if name in self.known:
                return self.known[name]
            return Source(name=name, kind="person", role=held.role, entity=held.entity, country=held.country)
        return self._body(held.head, None, target)

    def _by_role(self, head: int) -> Source | None:
        """Return who was last named with the office that a definite description repeats ("the spokesman")."""
        lemma = self.tree.parse.lemmas[head].lower()
        definite = any(self.tree.lower[kid] in ("the", "this") for kid in self.tree.kids(head, "det"))
        if not definite or lemma not in words().offices or self.tree.kids(head, "prep", "compound", "amod"):
            return None
        for source in reversed(self.known.values()):
            if lemma in source.role.lower().split(" "):
                return source
        return None

    def _pronoun(self, head: int) -> Source:
        tree = self.tree
        word = tree.lower[head]
        span = tree.span(head, head + 1)
        source = self._named_since(head) or self._spoke_before(head)
        if source is None:
            target = self.refers.get(tree.parse.starts[head])
            source = self._of_mention(target) if target is not None else None
        if source is None:
            source = self.last_person if word in PERSONAL else self.last_body if word in OTHER else None
        if source is None:
            return Source(name=span.of(tree.text), kind="unnamed", span=span)
        return _at(source, span)

    def _named_since(self, pronoun: int) -> Source | None:
        """Return the person who was a sentence's subject after the last speaker spoke."""
        if self.tree.lower[pronoun] not in PERSONAL:
            return None
        since = self.last_speaker[1] if self.last_speaker is not None else -1
        parse = self.tree.parse
        for mention in reversed([one for one in self.people if since < one.head < pronoun]):
            earlier = parse.sentence_of[mention.head] < parse.sentence_of[pronoun]
            near = self._block(pronoun) - self._block(mention.head) <= 1
            if earlier and near and parse.deps[mention.head] == "nsubj":
                return self._of_mention(mention.span)
        return None

    def _spoke_before(self, pronoun: int) -> Source | None:
        """Return who spoke last, if nobody whom the pronoun is said to mean was named since then.

        "He" and "she" go on with one person, "it" and "they" with a body or with several; within one
        sentence "he" may be a ministry, as in translations.
        """
        held = self.last_speaker
        if held is None:
            return None
        source, place, plural = held
        word, parse = self.tree.lower[pronoun], self.tree.parse
        same = parse.sentence_of[place] == parse.sentence_of[pronoun]
        if word in PERSONAL and (plural or (source.kind in BODIES and not same)):
            return None
        if word in ("it", "its") and (plural or source.kind not in BODIES):
            return None
        if word in ("they", "their", "them") and not plural:
            return None
        if self._block(pronoun) - self._block(place) > 1:
            return None
        target = self.refers.get(parse.starts[pronoun])
        antecedent_mention = self.by_span.get(target) if target is not None else None
        if antecedent_mention is not None and antecedent_mention.head > place and not same:
            fits = antecedent_mention.named and antecedent_mention.label in SPEAKING
            subject = parse.deps[antecedent_mention.head] in ("nsubj", "nsubjpass")
            if fits and subject:
                return None
        return source

    def _block(self, token: int) -> int:
        parse = self.tree.parse
        return parse.sentences[parse.sentence_of[token]].block

    def _body(self, head: int, named: phrases.Named | None, span: Span) -> Source:
        """Return an institution, an agency or outlet, or a source that nobody names."""
        tree = self.tree
        text = " ".join(span.of(tree.text).split())
        plain = _without_article(text)
        mention = self.at.get(head)
        held = medium(text) or (medium(mention.name) if mention is not None else None)
        if held is None and tree.parse.lemmas[head].lower() in NEWS:
            beside = [kid for kid in tree.kids(head, "appos", "compound") if tree.parse.pos[kid] == "PROPN"]
            held = next(filter(None, (medium(self._words(kid, kid + 1)) for kid in beside)), None)
        if held is not None:
            return Source(name=held[0], kind=held[1], span=span)
        tokens = range(named.first, named.last) if named is not None else range(head, head + 1)
        stands_for = self.countries.by_metonym(plain) if tree.parse.pos[head] == "PROPN" else ()
        place = self.all_at.get(head)
        state = ("", "")
        if len(stands_for) == 1 and (mention is None or not mention.entity):
            state = stands_for[0][0].iso2, stands_for[0][1]
        elif place is not None and place.label == "place" and place.kind == "government":
            state = place.country, "government"
        if state[0]:
            entity = ":".join(state)
            side = self._name_of(entity)
            return Source(plain, "office", entity=entity, side=side, country=state[0], span=span)
        earlier = self._earlier(head, text)
        if earlier is not None and (mention is None or not mention.entity):
            return _at(earlier, span)
        kind = self._kind(head, text, tokens)
        name = plain
        known = mention is not None and ":" not in mention.entity and kind != "unnamed"
        if mention is not None and known and len(mention.name) > len(plain) and mention.name in tree.text:
            name = mention.name
        return self._standing(Source(name=name, kind=kind, span=span), range(0), tokens, mention)

    def _earlier(self, head: int, text: str) -> Source | None:
        """Return who is taken up by a bare "the Observatory", "the ministry", "the source"."""
        proper = self.tree.parse.pos[head] == "PROPN"
        if len(text.split(" ")) > 2 or not (proper or text.lower().startswith("the ")):
            return None
        word = self.tree.parse.texts[head]
        for source in reversed(self.bodies):
            if word.lower() in source.name.lower().split(" ")[-3:] + source.name.lower().split(" ")[:3]:
                return source
        return None

    def _kind(self, head: int, text: str, tokens: range) -> SourceKind:
        """Return what kind of source a phrase without a person's name is."""
        lemma, known = self.tree.parse.lemmas[head].lower(), words()
        if any(house in text.lower() for house in known.houses):
            return "office"
        if lemma in known.organisations or self.tree.parse.pos[head] == "PROPN":
            return "organisation"
        if lemma in known.evidence:
            return "unnamed" if self._actor(tokens) is None else "organisation"
        if lemma in known.unnamed or lemma not in known.offices or lemma.endswith("s"):
            return "unnamed"
        several = self.tree.parse.tags[head] == "NNS"
        return "unnamed" if several or text.lower().startswith(INDEFINITE) else "office"


def _at(source: Source, span: Span) -> Source:
    return Source(
        name=source.name, kind=source.kind, role=source.role, organisation=source.organisation,
        entity=source.entity, side=source.side, country=source.country, span=span,
    )  # fmt: skip


def _same(name: str, full: str) -> bool:
    parts = full.split(" ")
    return all(part in parts for part in name.split(" "))


def _without_article(text: str) -> str:
    for article in ARTICLES:
        if text.startswith(article):
            return text[len(article) :]
    return text
