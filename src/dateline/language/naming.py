"""The stage that says who and what is mentioned: named or described, and of which kind.

One mention a nominal head ("the Afghan Minister of Defense", "two hundred prisoners", "gunmen"), and one
for each name inside a larger one ("Taliban" in "Taliban spokesman Zabihullah Mujahid").
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable

from dateline.knowledge.actors import Catalogue, Countries
from dateline.knowledge.nouns import Noun, NounLexicon
from dateline.knowledge.state_actors import STATE_KINDS, adjective_of, state_actor_name
from dateline.language.names import Name, NameFinder, PlaceNames
from dateline.records import Contract, Dossier, Evidence, Mention, MentionLabel, Parse, Record, Report

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
NOT_HEADS = frozenset({"compound", "amod", "nummod", "det", "poss", "quantmod", "advmod", "punct", "case", "npadvmod"})
BASE = frozenset({"det", "amod", "compound", "nummod", "poss", "quantmod", "nmod", "punct", "case", "predet", "advmod"})
LABELS: dict[str, MentionLabel] = {
    "civilian": "person", "armed": "actor", "official": "person", "person": "person", "group": "actor",
    "country": "actor", "place": "place", "facility": "facility", "event": "event",
}  # fmt: skip
INDIVIDUALS = frozenset(
    "soldier policeman policewoman officer serviceman conscript recruit guard agent commander general colonel captain"
    " major lieutenant sergeant cadet paratrooper sailor pilot reservist gendarme constable ranger".split()
)
COUNTING = frozenset({"nummod", "quantmod", "predet"})
ARMED_KINDS = frozenset({"state-force", "police", "intelligence"})
STATE_IF_NATIONAL = frozenset("force troop unit serviceman contingent column".split())
COUNTRY_WEIGHT = {"country": 1.0, "people": 1.0, "actor": 0.7, "place": 1.0}


class Naming:
    """Adds the mentions of a report."""

    contract = Contract("naming", frozenset({Parse}), frozenset({Mention}))

    def __init__(
        self,
        actors: Catalogue,
        countries: Countries,
        nouns: NounLexicon,
        places: PlaceNames | None,
    ) -> None:
        self.finder = NameFinder(actors, countries, places)
        self.actors, self.countries, self.nouns = actors, countries, nouns

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return one mention a nominal head and one a name inside it, in text order."""
        parse = dossier.only(Parse)
        reading = _Reading(self, dossier.report, parse)
        return reading.mentions()


class _Reading:
    """The naming of one report."""

    def __init__(self, stage: Naming, report: Report, parse: Parse) -> None:
        self.stage, self.report, self.parse = stage, report, parse
        self.owner = stage.finder.find(report, parse)
        self.year = report.published.year if report.published else None
        self.focus = self._focus()
        self.made: dict[tuple[int, int], Mention] = {}

    def _focus(self) -> str:
        """Return the country that the report is about: the user's word, else the one most named."""
        if self.report.country:
            return self.report.country
        votes: defaultdict[str, float] = defaultdict(float)
        names = {(n.first, n.last): n for n in self.owner.values()}
        for name in names.values():
            if name.kind == "actor":
                held = {c for i in name.ids for c in self.stage.actors.by_id[i].country}
            elif name.kind == "place":
                held = self._of_place(name)
            else:
                held = set(name.ids) if name.kind in ("country", "people") else set()
            for country in held:
                votes[country] += COUNTRY_WEIGHT[name.kind] / len(held) * self._theatre(country)
        return max(votes, key=lambda c: (votes[c], c)) if votes else ""

    def _of_place(self, name: Name) -> set[str]:
        """Return the country of a place's name, where the gazetteer gives it only one that matters."""
        return self.stage.finder.countries_of(self._words(name.first, name.last))

    def _theatre(self, country: str) -> float:
        """A country where a known conflict is fought is likelier what a report is about than one that is not."""
        return 2.0 if any(country in c.countries for c in self.stage.actors.conflicts) else 1.0

    def _country_id(self, name: Name) -> str:
        return self.focus if self.focus in name.ids else name.ids[0]

    def mentions(self) -> list[Mention]:
        parse = self.parse
        for name in {(n.first, n.last): n for n in self.owner.values()}.values():
            self._named(name)
        for token in range(len(parse)):
            if token in self.owner or parse.pos[token] not in NOMINAL:
                continue
            if parse.deps[token] in NOT_HEADS and parse.tags[token] != "PRP$" and not self._possessor(token):
                continue
            if parse.pos[token] in ("ADJ", "NUM") and parse.deps[token] not in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "pobj",
                "conj",
            ):
                continue
            self._described(token)
        return sorted(self.made.values(), key=lambda m: (m.span.start, -m.span.end))

    # Named -------------------------------------------------------------------------------------------

    def _named(self, name: Name) -> None:
        """Add the mention of a name by its kind."""
        head, words = self._head(name.first, name.last), self._words(name.first, name.last)
        add = functools.partial(self._add, name.first, name.last, head)
        if name.kind == "actor":
            self._add_actor(name, head)
        elif name.kind == "country":
            country = self._country_id(name)
            add("place", self.stage.countries.by_iso2[country].name, "country", kind="government", country=country)
        elif name.kind == "people":
            add("actor", words, "people", kind="civilian", country=self._country_id(name))
        elif name.kind == "community" and self._armed(head):
            self._described(head)
        elif name.kind == "community":
            add("actor", words, "community", kind="civilian")
        elif name.kind == "state":
            country, _, kind = name.ids[0].partition(":")
            add("actor", words, "stands-for-state", kind=kind, country=country, entity=name.ids[0])
        elif name.kind == "person":
            self._add_person(name, head)
        elif name.kind == "organisation":
            noun = self._noun(head)
            kind = noun.kind if noun and noun.kind else "other"
            add("actor", words, "organisation", kind=kind, country=self._country_in(name.first, name.last))
        elif name.kind == "place":
            seat = next((c for c, kind in self.stage.countries.by_metonym(words) if kind == "government"), None)
            add("place", words, "place", kind="capital" if seat else "", country=seat.iso2 if seat else "")
        elif name.kind == "date":
            add("date", words, "date", named=False)
        else:
            add("other", words, "name")

    def _add_actor(self, name: Name, head: int) -> None:
        chosen = self.stage.actors.choose(name.ids, self.focus, self.year)[0]
        actor = self.stage.actors.by_id[chosen]
        country = actor.country[0] if len(actor.country) == 1 else ""
        self._add(
            name.first, name.last, head, "actor", actor.name, "catalogue", kind=actor.kind, country=country,
            entity=chosen,
        )  # fmt: skip

    def _add_person(self, name: Name, head: int) -> None:
        role, kind, country, entity = self._role(name, head)
        words = self._words(name.first, name.last)
        self._add(
            name.first, name.last, head, "person", words, "person", kind=kind, country=country, entity=entity, role=role
        )  # fmt: skip

    def _role(self, name: Name, head: int) -> tuple[str, str, str, str]:
        """Return the office of a person, with its kind, country and the actor it belongs to."""
        parse = self.parse
        first = name.first
        while (
            first > 0
            and parse.heads[first - 1] in range(first - 1, name.last + 1)
            and parse.deps[first - 1] in ("compound", "amod", "nmod", "poss", "case")
        ):
            first -= 1
        if first < name.first:
            return self._office(first, name.first, name.first - 1)
        spots = [
            c
            for c in parse.children[head]
            if parse.deps[c] == "appos" and parse.pos[c] in ("NOUN", "PROPN") and c not in range(name.first, name.last)
        ]
        if parse.deps[head] == "appos":
            spots.append(parse.heads[head])
        for spot in spots:
            if spot in self.owner and self.owner[spot].kind == "person":
                continue
            if self._noun(spot) is None:
                continue
            begin, end = self._extent(spot)
            return self._office(begin, end, spot)
        return "", "", "", ""

    def _office(self, first: int, last: int, head: int) -> tuple[str, str, str, str]:
        noun = self._noun(head)
        entity = next(
            (self.made_id(t) for t in range(first, last) if t in self.owner and self.owner[t].kind == "actor"),
            "",
        )
        country = self._country_in(first, last)
        kind = noun.kind if noun else ""
        if kind in STATE_KINDS and not country and not entity:
            country = self.focus
        while first < last and self.parse.pos[first] in ("DET", "PUNCT"):
            first += 1
        return self._words(first, last) if first < last else "", kind, country, entity

    def made_id(self, token: int) -> str:
        name = self.owner[token]
        return self.stage.actors.choose(name.ids, self.focus, self.year)[0]

    # Described ---------------------------------------------------------------------------------------

    def _described(self, head: int) -> None:
        parse = self.parse
        if parse.pos[head] == "PRON":
            self._add(head, head + 1, head, "other", parse.texts[head], "pronoun", kind="pronoun", named=False)
            return
        first, last = self._extent(head)
        noun = self._noun(head)
        if noun is None:
            self._add(first, last, head, "other", self._bare(first, last), "noun", kind="", named=False)
            return
        label: MentionLabel = LABELS.get(noun.noun_class, "object")
        kind = noun.kind or noun.noun_class
        if noun.generic:
            kind = self._kind_of_modifier(first, head) or kind
        inside = [self.owner[t] for t in range(first, last) if t in self.owner]
        actor = next((n for n in inside if n.kind == "actor"), None)
        country = self._country_in(first, last) or self._country_in(head + 1, self._of_end(head))
        name, entity, rule = self._bare(first, last), "", "noun"
        if actor is not None:
            entity = self.stage.actors.choose(actor.ids, self.focus, self.year)[0]
            known = self.stage.actors.by_id[entity]
            country = country or (known.country[0] if len(known.country) == 1 else "")
            if noun.noun_class in ("armed", "group"):
                name, rule = known.name, "actor-as-modifier"
                # "UN peacekeepers" are armed, the United Nations are not.
                kind = kind if noun.noun_class == "armed" and noun.kind and known.kind in ("igo", "ngo") else known.kind
        elif self._state_kind(noun, country, head):
            kind = kind if kind in STATE_KINDS else "state-force"
            rule = "state-force" if country else "state-force-of-the-focus"
            # "Its troops" are those of whoever "its" stands for, which is for later to say.
            owned = any(parse.tags[c] == "PRP$" for c in parse.children[head])
            country = country or ("" if owned else self.focus)
            if country:
                entity = f"{country}:{kind}"
                # "Three soldiers" are named by their own words: they are of the army, not the army.
                if parse.lemmas[head] not in INDIVIDUALS:
                    name = self._state_name(first, head, country, kind)
        elif noun.noun_class in ("official", "armed", "civilian", "person", "group", "facility", "vehicle"):
            name = self._bare(first, self._of_end(head))
        self._add(
            first,
            last,
            head,
            label,
            name,
            rule,
            kind=kind,
            country=country,
            entity=entity,
            named=False,
            generic=noun.generic,
        )

    def _state_kind(self, noun: Noun, country: str, head: int) -> bool:
        """Whether the noun names an organ of a state: "the army", "police", "Afghan forces", "the government"."""
        if noun.kind in STATE_KINDS:
            # A single officer is a person of the state; the plural and the collective are the force itself.
            return noun.noun_class in ("group", "armed") or self.parse.lemmas[head] in (
                "government",
                "regime",
            )
        # "Afghan forces", "Ethiopian troops": a people's name makes the armed men of no other kind a state's.
        return (
            noun.noun_class == "armed"
            and noun.generic
            and bool(country)
            and self.parse.lemmas[head] in STATE_IF_NATIONAL
        )

    def _state_name(self, first: int, head: int, country: str, kind: str) -> str:
        """Return a name of a state's forces in the report's own words: "Syrian security forces", "Malian army"."""
        if kind not in ARMED_KINDS:
            return state_actor_name(self.stage.countries, country, kind)
        words = [
            self.parse.texts[t]
            for t in range(first, head + 1)
            if self.parse.pos[t] in ("NOUN", "ADJ", "PROPN", "PUNCT") and t not in self.owner
        ]
        return f"{adjective_of(self.stage.countries, country)} {' '.join(words).replace(' - ', '-')}"

    def _kind_of_modifier(self, first: int, head: int) -> str:
        """Return the kind that a modifier gives a generic noun: "Islamist groups", "rebel fighters"."""
        for token in range(head - 1, first - 1, -1):
            noun = self._noun(token) if self.parse.pos[token] in ("NOUN", "PROPN", "ADJ") else None
            if noun is not None and noun.noun_class == "armed" and noun.kind:
                return noun.kind
        return ""

    def _noun(self, head: int) -> Noun | None:
        found = self.stage.nouns.find(self.parse.lemmas, head)
        return found[0] if found else None

    def _armed(self, head: int) -> bool:
        noun = self._noun(head)
        return noun is not None and noun.noun_class == "armed"

    def _possessor(self, token: int) -> bool:
        """Whether the token is a noun in the genitive ("the group's fighters"), which is a mention of its own."""
        return self.parse.deps[token] == "poss" and self.parse.pos[token] in ("NOUN", "PROPN")

    # Helpers of extent and words ---------------------------------------------------------------------

    def _head(self, first: int, last: int) -> int:
        for token in range(last - 1, first - 1, -1):
            if not first <= self.parse.heads[token] < last:
                return token
        return last - 1

    def _extent(self, head: int) -> tuple[int, int]:
        """Return the base noun phrase of `head`: its left modifiers and itself."""
        parse, first = self.parse, head
        for child in reversed(parse.children[head]):
            if child < head and parse.deps[child] in BASE:
                left = child
                while parse.children[left] and parse.children[left][0] < left:
                    left = parse.children[left][0]
                first = min(first, left)
            elif child < head:
                break
        while first < head and parse.pos[first] in ("PUNCT", "CCONJ"):
            first += 1
        return first, head + 1

    def _of_end(self, head: int) -> int:
        """Return the end of an of- or from-phrase right behind `head`, or of `head` itself."""
        parse = self.parse
        for child in parse.children[head]:
            if child == head + 1 and parse.deps[child] == "prep" and parse.lemmas[child] in ("of", "from"):
                for complement in parse.of_dep(child, "pobj"):
                    return complement + 1
        return head + 1

    def _country_in(self, first: int, last: int) -> str:
        for token in range(last - 1, first - 1, -1):
            name = self.owner.get(token)
            if name is not None and name.kind in ("country", "people"):
                return self._country_id(name)
        return ""

    def _words(self, first: int, last: int) -> str:
        span = self.parse.span(first, last)
        return " ".join(span.of(self.report.text).split())

    def _bare(self, first: int, last: int) -> str:
        """Return the words without article, numeral or possessive pronoun at the head."""
        parse = self.parse
        counting = {t for t in range(first, last - 1) if parse.deps[t] in COUNTING for t in parse.subtree(t)}
        while first < last - 1 and (
            first in counting
            or parse.pos[first] in ("DET", "NUM", "PUNCT", "ADP", "ADV", "SCONJ")
            or parse.tags[first] == "PRP$"
            or parse.deps[first] in ("quantmod", "nummod")
        ):
            first += 1
        return self._words(first, last)

    def _add(
        self, first: int, last: int, head: int, label: MentionLabel, name: str, rule: str, *, kind: str = "",
        country: str = "", entity: str = "", role: str = "", named: bool = True, generic: bool = False,
    ) -> None:  # fmt: skip
        span = self.parse.span(first, last)
        rule = f"{rule}.generic" if generic else rule
        evidence = Evidence((span,), "naming", rule)
        self.made[(first, last)] = Mention(
            span, first, last, head, label, name, evidence, entity=entity, kind=kind, country=country, role=role,
            named=named,
        )  # fmt: skip
