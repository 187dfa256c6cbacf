"""To which classes of the lexicon a filler of a slot belongs: armed, civilian, place, weapon, ..."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.coding.lexicon import Lexicon
from dateline.knowledge.nouns import Noun, NounLexicon
from dateline.knowledge.partitives import partitives
from dateline.records import Mention, Parse

ARMED = frozenset(
    "state-force police intelligence rebel militia identity-militia armed-unidentified external-force"
    " private-security criminal".split()
)
STATE = frozenset("government legislature judiciary state-force police intelligence elite".split())
PERSONAL = frozenset("he she they we i you him her them us who".split())
INDEFINITE = frozenset(
    "others other many several most some all those none dozens hundreds scores thousands more one two"
    " nobody no-one anyone anybody everyone everybody someone somebody".split()
)
PUBLIC = frozenset("elite religious opposition party igo ngo".split())  # persons of these kinds speak and act in public
SEATED = frozenset("media judiciary education medical religious business legislature government party".split())
EVENTFUL = frozenset("gathering violence shellfire".split())
BODIES = frozenset("bodies corpses cadavers dead".split())
NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
CRAFT = frozenset("mig su tu an il mi ka yak f fa b c ac ah uh ch mh oh rq mq a t btr bmp brdm m".split())
CURRENCIES = frozenset("$ € £ ¥ ₦ ₹ US$ USD EUR GBP".split())
PARTICIPLES = frozenset({"VBN", "VBD", "VBG"})
NONE: frozenset[str] = frozenset()


class Classes:
    """The classes of the tokens of one report."""

    def __init__(
        self,
        parse: Parse,
        at: Mapping[int, Mention],
        antecedents: Mapping[Mention, list[Mention]],
        nouns: NounLexicon,
        lexicon: Lexicon,
    ) -> None:
        self.parse, self.at, self.antecedents, self.nouns, self.lexicon = (
            parse,
            at,
            antecedents,
            nouns,
            lexicon,
        )
        self._known: dict[int, frozenset[str]] = {}

    def of(self, token: int) -> frozenset[str]:
        """Return the classes of the head token `token`; empty where nothing is known of it."""
        if token not in self._known:
            self._known[token] = self._find(token)
        return self._known[token]

    def _find(self, token: int) -> frozenset[str]:
        mention = self.at.get(token)
        found = self._of_mention(mention) if mention else NONE
        for antecedent in self.antecedents.get(mention, []) if mention else []:
            found |= self._of_mention(antecedent)
        found |= self._of_number(token) | self._of_noun(token, mention) | self._of_owner(token)
        if self.parse.texts[token].lower() in BODIES:
            found = (found - {"group", "actor"}) | {"body", "corpses"}
        entries = self.lexicon.nouns.get(self.parse.lemmas[token], ()) if self.parse.pos[token] == "NOUN" else ()
        if any(not entry.before and not entry.rest for entry in entries):
            found |= {"event"}
        # In the slot "when": "died when a shell hit the house".
        if self.parse.pos[token] == "VERB" and self.parse.deps[token] not in NOMINAL:
            senses = self.lexicon.verbs.get(self.parse.lemmas[token], ())
            found |= {"event"} if any(entry.sense.plover == "ASSAULT" for entry in senses) else NONE
        word = self.parse.texts[token].lower()
        if word in PERSONAL and not found & {"actor", "armed"}:
            # A pronoun of which nothing is known may be anybody who can act; "they" may be armed.
            found |= {"person", "actor"} | ({"armed"} if word in ("they", "we", "who") else set())
        if word in INDEFINITE and found <= {"pronoun"}:
            found |= {"person", "number"}
        if self.parse.lemmas[token] == "it" and found <= {"pronoun"}:
            found |= {"actor", "group"}
        partitive = self._through(token)
        return found | self.of(partitive) if partitive is not None and partitive != token else found

    def _of_number(self, token: int) -> frozenset[str]:
        """Return the classes of a figure: how many, or how much money."""
        word = self.parse.texts[token]
        maker, _, number = word.lower().partition("-")
        if maker in CRAFT and number[:1].isdigit():
            return frozenset({"vehicle"})  # "a MiG-21", "two T-72s"
        if self.parse.pos[token] != "NUM":
            return NONE
        money = any(self.parse.texts[c] in CURRENCIES for c in self.parse.children[token])
        return frozenset({"number", "money"}) if money else frozenset({"number", "person"})

    def _of_noun(self, token: int, mention: Mention | None) -> frozenset[str]:
        """Return the classes that the lexicon of nouns gives; none for a name."""
        # "Stalled" is no stall, "manned" no man: a participle is a noun only as it is written ("the wounded").
        lemma = None if self.parse.tags[token] in PARTICIPLES else self.nouns.find(self.parse.lemmas, token)
        noun = lemma or self._as_written(token)
        if noun is None or (mention is not None and mention.named and self.parse.pos[token] != "NOUN"):
            return NONE
        held, kind = noun[0].noun_class, noun[0].kind
        found = {held}
        if held in ("armed", "official", "civilian"):
            found.add("person")
        if held in ("armed", "official", "group", "country") or kind in PUBLIC:
            found.add("actor")
        if held in EVENTFUL:
            found.add("event")
        if held == "group" and kind in SEATED:
            found.add("seat")
        return frozenset(found)

    def _of_owner(self, token: int) -> frozenset[str]:
        """Return the classes of the armed side that "its men" or "the group's boys" belong to."""
        if self.parse.lemmas[token] not in partitives().men:
            return NONE
        owners = [self.at[c] for c in self.parse.of_dep(token, "poss") if c in self.at]
        meant = [one for owner in owners for one in (owner, *self.antecedents.get(owner, []))]
        kinds = {one.kind for one in meant if one.kind in ARMED}
        return frozenset({"armed", "actor", "person", *kinds}) if kinds else NONE

    def _as_written(self, token: int) -> tuple[Noun, int] | None:
        """Look up a noun whose lemma the tagger took from a verb: "the wounded"."""
        word = self.parse.texts[token].lower()
        verbal = self.parse.pos[token] == "VERB" and self.parse.deps[token] not in NOMINAL
        if word == self.parse.lemmas[token] or verbal:
            return None
        return self.nouns.find((word,), 0)

    def _through(self, token: int) -> int | None:
        """ "Dozens of soldiers", "a group of gunmen": the class of what is counted, or who makes it up."""
        mention = self.at.get(token)
        if mention is not None and mention.named:
            return None
        return through_partitive(self.parse, token)

    def _of_mention(self, mention: Mention) -> frozenset[str]:
        found = {"named"} if mention.named else set()
        kind = mention.kind
        if mention.label == "actor":
            found |= {"actor", "group"}
        elif mention.label == "person":
            found.add("person")
        elif mention.label == "place":
            found.add("place")
            if kind == "government":
                found |= {"country", "actor"}
            if kind == "capital" and self.parse.deps[mention.head] in (
                "nsubj",
                "pobj",
                "conj",
                "poss",
                "dobj",
            ):
                found |= {"country", "actor"}  # "Ankara denies": a capital can stand for its government
        elif mention.label in ("facility", "event"):
            found.add(mention.label)
        if mention.label in ("actor", "person"):
            if kind in ARMED:
                found |= {"armed", "actor"}
            if kind in STATE and mention.label == "person":
                found |= {"official", "actor"}
            if kind == "civilian":
                found |= {"civilian", "person"}
                found -= {"actor", "group"} if not mention.named else set()
        if kind and not (mention.label == "place" and kind == "government"):
            found.add(kind)  # a kind of actor, or a class of thing, is a class too
        return frozenset(found)


def through_partitive(parse: Parse, token: int) -> int | None:
    """Return the complement of "of"/"from" behind a partitive noun or a number, or None."""
    if parse.lemmas[token] not in partitives().counting and parse.pos[token] != "NUM":
        return None
    for child in parse.children[token]:
        if parse.deps[child] == "prep" and parse.lemmas[child] in ("of", "from"):
            for complement in parse.of_dep(child, "pobj"):
                return complement
    return None
