"""Who takes part: from the filler of a slot to a participant with the name that an analyst would use."""

from __future__ import annotations

from bisect import bisect_left

from dateline.coding.classes import ARMED, through_partitive
from dateline.coding.reading import Reading
from dateline.coding.sides import Sides
from dateline.knowledge.light_verbs import doing_verbs
from dateline.knowledge.partitives import partitives
from dateline.knowledge.references import referring_words
from dateline.records import Mention, Participant, Role, Span

INSIDE = frozenset({"in", "inside", "near", "across", "around", "throughout", "within"})
PASSIVE = frozenset({"nsubjpass", "nsubj"})
REACH = 8  # words before a weapon or an attack among which whose it is may stand
CRAFT = frozenset({"drone", "helicopter", "gunship", "warplane", "jet", "aircraft", "plane", "uav"})
OWNERS = frozenset({"armed", "country", "named", "group", "state-force", "government"})


class Casting:
    """Makes participants of one report."""

    def __init__(self, reading: Reading, sides: Sides) -> None:
        self.reading, self.sides, self.parse = reading, sides, reading.parse
        self._in_names = {t: m for m in reading.mentions if m.named for t in range(m.first, m.last)}

    def cast(
        self, role: Role, token: int, trigger: int, violent: bool, wanted: frozenset[str] = frozenset()
    ) -> list[Participant]:
        """Return the participants that the filler headed by `token` stands for; several for "both sides".

        `violent` events done by a people's name ("Russian strikes") are those of its armed forces. `wanted`
        are the classes that the sense asks for in this slot: a pronoun whose antecedent has none of them
        stands for the last mention before it that has.
        """
        if any(self.parse.lemmas[c] == "no" for c in self.parse.of_dep(token, "det")):
            return []  # "no group has claimed": nobody
        if role == "actor" and self._theatre(token):
            return []
        if (counted := self._of_those_before(token)) >= 0:
            token = counted
        parts = self._parts(token)
        found = [p for part in parts for p in self.cast(role, part, trigger, violent)]
        if found:
            return found
        token = self._renamed(token)
        if role == "actor" and self.reading.classes.of(token) & {"weapon", "vehicle"}:
            return self._platform(role, token, trigger, violent)
        by_speaker = self._by_speaker(role, token, trigger, violent)
        if by_speaker is not None:
            return [by_speaker]
        mention = self.reading.at.get(token) or self._in_names.get(token)  # the "State" of "Islamic State of Iraq"
        if mention is None:
            side = self._side(token) if role == "actor" and violent else None
            return [side or Participant(role, self.parse.texts[token], self.reading.span(token))]
        return self._mentioned(role, token, mention, violent, wanted)

    def _of_those_before(self, token: int) -> int:
        """Return who a bare number counts: "nine soldiers were killed and four captured" tells of soldiers; else -1."""
        parse = self.parse
        verb = parse.heads[token]
        if parse.pos[token] != "NUM" or parse.deps[token] not in ("nsubj", "nsubjpass") or parse.deps[verb] != "conj":
            return -1
        if any(child > token for child in parse.children[token]):
            return -1  # "four of them", "four more militants"
        first = parse.of_dep(parse.heads[verb], "nsubjpass", "nsubj")
        people = [t for t in first if "person" in self.reading.classes.of(t) and parse.pos[t] == "NOUN"]
        return people[0] if len(people) == 1 else -1

    def _parts(self, token: int) -> list[int]:
        """Return who makes up "dozens of soldiers" or "delegations from X and Y"; empty for anyone else."""
        inner = through_partitive(self.parse, token)
        if inner is not None and not self._refers(token) and not self._named(token):
            return self._with_conjuncts(inner)
        return self._members(token)

    def _by_speaker(self, role: Role, token: int, trigger: int, violent: bool) -> Participant | None:
        """Return who is meant by words that depend on who speaks: "the enemy", "we", "our forces"."""
        words = referring_words().speaker
        if self.parse.lemmas[token] in words.enemy:
            return self._enemy(role, token, trigger)
        written = self.parse.texts[token]
        we = written.lower() in words.own and not (len(written) > 1 and written.isupper())  # "US" is no "us"
        ours = self._ours_participant(role, token, trigger) if self._ours(token) or (violent and we) else None
        return ours or (self._we(role, token, trigger) if we else None)

    def _mentioned(
        self, role: Role, token: int, mention: Mention, violent: bool, wanted: frozenset[str]
    ) -> list[Participant]:
        """Return the participants of a mention, through what it stands for."""
        antecedents = self.reading.antecedents.get(mention, [])
        if mention.kind == "pronoun" and wanted and self.parse.lemmas[token] not in ("he", "she", "it"):
            fitting = self._fitting(mention, antecedents, wanted)
            antecedents = [fitting] if fitting is not None else antecedents
        if antecedents and not (mention.label == "person" and mention.named):
            words = mention.span.of(self.reading.report.text)
            return [self._of(role, a, mention.span, violent, f"{words!r} stands for {a.name!r}") for a in antecedents]
        if antecedents:
            return [self._of(role, antecedents[0], mention.span, violent, "full name elsewhere in the report")]
        return (
            self._owned(role, token, mention)
            or self._of_each_people(role, mention)
            or [self._of(role, mention, mention.span, violent, "")]
        )

    def _owned(self, role: Role, token: int, mention: Mention) -> list[Participant]:
        """Return whose forces "its troops" or "their fighters" are, where the pronoun is known."""
        if mention.entity or not ("armed" in self.reading.classes.of(token) or self.parse.lemmas[token] == "man"):
            return []
        for child in self.parse.children[token]:
            pronoun = self.reading.at.get(child) if self.parse.tags[child] == "PRP$" else None
            for owner in self.reading.antecedents.get(pronoun, []) if pronoun else []:
                country = owner.country if owner.kind in ("government", "capital") or owner.entity.count(":") else ""
                entity = f"{country}:state-force" if country else owner.entity
                if entity:
                    name, entity, kind, place = self.sides.identity(entity)
                    words = mention.span.of(self.reading.report.text)
                    return [Participant(role, name, mention.span, entity, kind, place, f"{words!r}: of {owner.name}")]
        return []

    def _of_each_people(self, role: Role, mention: Mention) -> list[Participant]:
        """Return one participant a people in "Indian and Pakistani troops"; none where only one is named."""
        _, _, kind = mention.entity.partition(":")
        if not kind:
            return []
        inside = [m for m in self.reading.mentions_in(mention) if m.evidence.rule == "people" and m.country]
        if len({m.country for m in inside}) < 2:
            return []
        found = [self.sides.identity(f"{m.country}:{kind}") for m in inside]
        return [Participant(role, name, mention.span, entity, k, c) for name, entity, k, c in found]

    def _renamed(self, token: int) -> int:
        """Return the name set beside a description: "its leader, Hassan Nasrallah", "the bloc ECOWAS"."""
        held = self.reading.at.get(token)
        if held is not None and held.named and held.label != "actor":
            return token
        for child in self.parse.of_dep(token, "appos"):
            mention = self.reading.at.get(child)
            if mention is None or not mention.named:
                continue
            # "UN Secretary-General António Guterres": the person, though the office is a known actor.
            if mention.label == "person" or (mention.label == "actor" and not self._named(token)):
                return child
        return token

    def _platform(self, role: Role, token: int, trigger: int, violent: bool) -> list[Participant]:
        """Return whose warplanes, drones or guns they are; the platform itself where nobody says."""
        owners = [
            c for c in self.parse.children[token]
            if self.parse.deps[c] in ("compound", "amod", "poss", "nmod") and self.reading.classes.of(c) & OWNERS
        ]  # fmt: skip
        if owners:
            for owner in reversed(owners):  # "Syrian fighter jets": the nearest that says whose they are
                both = [c for c in self._with_conjuncts(owner) if c < token]
                found = [p for one in both for p in self.cast(role, one, trigger, violent)]
                if owner == owners[0] or any(p.entity or p.country for p in found):
                    return found
        for child in self.parse.children[token]:  # "aircraft belonging to X or Y", "jets of the air force"
            belonging = self.parse.deps[child] == "acl" and self.parse.lemmas[child] == "belong"
            if child > token and (belonging or self.parse.lemmas[child] == "of"):
                holders = [child, *self.parse.of_dep(child, "prep")]
                named = [o for h in holders for p in self.parse.of_dep(h, "pobj") for o in self._with_conjuncts(p)]
                return [p for owner in named for p in self.cast(role, owner, trigger, violent)]
        span = self.reading.span(token)
        if role == "actor" and violent and (known := self.owner_of(span)):
            return known
        mention = self.reading.at.get(token)
        if mention is None and self.parse.lemmas[token] in CRAFT:
            return [Participant(role, self.parse.texts[token].lower(), span, reason="whose it is, is not said")]
        if mention is None or not ("vehicle" in self.reading.classes.of(token) or self.parse.lemmas[token] in CRAFT):
            return []
        return [Participant(role, mention.name, mention.span, reason="whose it is, is not said")]

    def owner_of(self, weapon: Span) -> list[Participant]:
        """Return whose weapon or attack it is by a word before it: "Israeli drones", "rebel mortar fire"."""
        parse = self.parse
        last = bisect_left(parse.starts, weapon.end) - 1
        head = last
        while parse.deps[head] in ("compound", "nmod", "amod") and parse.pos[parse.heads[head]] in ("NOUN", "PROPN"):
            head = parse.heads[head]
        for token in range(head - 1, max(-1, head - REACH), -1):
            above = parse.heads[token]
            if parse.pos[token] == "DET":
                break  # what stands before the article is no part of the phrase
            if above != head and not (above == last and last < head) and parse.deps[token] != "conj":
                if above not in parse.subtree(head):
                    break
                hyphened = parse.lemmas[above] == "lead" and parse.deps[above] in ("amod", "compound", "nmod")
                if not hyphened and parse.deps[above] != "compound":
                    continue
                if not hyphened and self.reading.classes.of(above) & {"place", "facility"}:
                    continue  # "the army base attack" is no attack by the army
            if side := self._side(token):
                return [side]
        return self.carried_out(head)

    def carried_out(self, event: int) -> list[Participant]:
        """Return who did it, where a verb of doing says so of a noun: an attack or a weapon.

        "The strike is suspected to have been carried out by Russian planes", "bombs dropped from army helicopters".
        """
        parse, doing = self.parse, doing_verbs()
        verbs = [*parse.of_dep(event, "acl"), *([parse.heads[event]] if parse.deps[event] in PASSIVE else [])]
        for verb in verbs:
            verbs += [c for c in parse.of_dep(verb, "xcomp", "ccomp") if c not in verbs and c > event]
            if parse.lemmas[verb] not in doing:
                continue
            for preposition in parse.of_dep(verb, "agent", "prep"):
                if parse.lemmas[preposition] in ("by", "from"):
                    fillers = [f for p in parse.of_dep(preposition, "pobj") for f in self._with_conjuncts(p)]
                    made = [p for f in fillers for p in self.cast("actor", f, verb, True)]
                    if known := [p for p in made if p.entity or p.kind in ARMED]:
                        return known
        return []

    def _side(self, token: int) -> Participant | None:
        """Return the side that a noun or an adjective before an armed act names: "regime", "rebel", "Russian"."""
        mention = self.reading.at.get(token)
        if mention is not None and mention.label == "actor" and (mention.entity or mention.country):
            return self._of("actor", mention, mention.span, True, "")
        if mention is not None and mention.label == "place":
            # "A US strike" is by the United States; "the Syria strike", "the Damascus blast" were there.
            adjective = mention.kind == "government" and self.parse.texts[token].replace(".", "").isupper()
            return self._of("actor", mention, mention.span, True, "") if adjective else None
        if mention is None and token in self._in_names:
            return None  # the "State" of "Islamic State"
        found = self.reading.classes.nouns.find(self.parse.lemmas, token)
        kind = found[0].kind if found else ""
        span = mention.span if mention else self.reading.span(token)
        if kind in ("government", "state-force"):
            beside = [self.reading.at.get(c) for c in self.parse.children[self.parse.heads[token]] if c < token]
            told = next((m.country for m in beside if m and m.evidence.rule == "people" and m.country), "")
            country = told or self.sides.country
            if not country:
                return None
            name, entity, kind, place = self.sides.identity(f"{country}:state-force")
            why = "" if told else f"{self.sides.countries.by_iso2[country].name} assumed: the report is about it"
            return Participant("actor", name, span, entity, kind, place, why, "country" if why else "")
        if kind in ("rebel", "militia", "opposition", "external-force", "armed-unidentified"):
            return Participant("actor", self.parse.texts[token], span, "", kind, reason="by the word for the side")
        return None

    def _of(self, role: Role, mention: Mention, span: Span, violent: bool, reason: str) -> Participant:
        name, entity, kind = mention.name, mention.entity, mention.kind
        counted = any(self.parse.deps[c] == "nummod" for c in self.parse.children[mention.head])
        if mention.evidence.rule == "people" and not (counted and role != "actor"):  # "two Syrians" are no army
            name, entity, kind, why = self.sides.people(mention.country, violent, mention.name)
            reason = reason or why
        elif mention.label == "place" and mention.kind == "government" and role != "actor" and self._where(mention):
            kind = ""  # "an attack in Syria" is upon nobody's government
        elif mention.label == "place" and mention.kind == "government":
            entity = f"{mention.country}:government"
        elif mention.label == "place" and mention.kind == "capital" and role == "actor":
            entity, kind = f"{mention.country}:government", "government"
            name = f"{self.sides.countries.by_iso2[mention.country].name} ({mention.name})"
            reason = reason or f"{mention.name!r} stands for the government"
        if mention.label == "person" and mention.named and mention.role:
            reason = reason or mention.role
        if mention.country and mention.evidence.rule.startswith("state-force-of-the-focus"):
            known = self.sides.countries.by_iso2.get(mention.country)
            country = known.name if known else mention.country
            reason = "; ".join(filter(None, (reason, f"{country} assumed: the country that the report is about")))
            return Participant(role, name, span, entity, kind, mention.country, reason, "country")
        return Participant(role, name, span, entity, kind, mention.country, reason)

    def _theatre(self, token: int) -> bool:
        """Whether the country that the report is about only says where: "Syria fighting kills 132"."""
        parse, mention = self.parse, self.reading.at.get(token)
        if mention is None or mention.label != "place" or parse.deps[token] != "compound":
            return False
        event = "event" in self.reading.classes.of(parse.heads[token])
        return event and mention.country == self.sides.country and not parse.texts[token].isupper()

    def _where(self, mention: Mention) -> bool:
        """Whether a preposition makes a country the place of what happens: "in Syria"."""
        above = self.parse.heads[mention.head]
        return self.parse.deps[mention.head] == "pobj" and self.parse.lemmas[above] in INSIDE

    def _fitting(self, mention: Mention, found: list[Mention], wanted: frozenset[str]) -> Mention | None:
        """Return the last mention before a pronoun that has a wanted class, unless what was found has one."""
        classes = self.reading.classes
        if any(classes.of(m.head) & wanted for m in found):
            return None
        here = self.parse.sentence_of[mention.head]
        for past in reversed(self.reading.before(mention)):
            if here - self.parse.sentence_of[past.head] > 6:
                return None
            if (
                past.kind != "pronoun"
                and past.label in ("actor", "person")
                and classes.of(past.head) & wanted & {"armed"}
            ):
                return past
        return None

    def _refers(self, token: int) -> bool:
        mention = self.reading.at.get(token)
        return mention is not None and mention in self.reading.antecedents

    def _named(self, token: int) -> bool:
        mention = self.reading.at.get(token)
        return bool(mention and mention.named)

    def _with_conjuncts(self, token: int) -> list[int]:
        return [token, *(c for c in self.parse.children[token] if self.parse.deps[c] == "conj")]

    def _members(self, token: int) -> list[int]:
        """Return the named actors in "delegations from X and Y", "members of X", "fighters of X"."""
        parse = self.parse
        if parse.lemmas[token] not in partitives().members or self._named(token):
            return []
        mention = self.reading.at.get(token)
        if mention is not None and mention.entity:
            return []
        for child in parse.children[token]:
            if child > token and parse.deps[child] == "prep" and parse.lemmas[child] in ("of", "from"):
                for complement in parse.of_dep(child, "pobj"):
                    fillers = self._with_conjuncts(complement)
                    for filler in list(fillers):
                        fillers += [c for c in self._with_conjuncts(filler)[1:] if c not in fillers]
                    name = self.reading.at.get(complement)  # "of Iraq and the Levant" may be part of a name
                    fillers = [f for f in fillers if f == complement or not (name and name.first <= f < name.last)]
                    if any("actor" in self.reading.classes.of(t) and self._known(t) for t in fillers):
                        return fillers
        return []

    def _known(self, token: int) -> bool:
        mention = self.reading.at.get(token)
        return bool(mention and mention.entity)

    # Words that depend on who speaks -----------------------------------------------------------------

    def _speaker(self, trigger: int) -> str:
        index = self.reading.attribution_at(trigger)
        if index < 0:
            return ""
        attribution = self.reading.attributions[index]
        if not attribution.chain:
            return ""
        if attribution.manner == "narration":  # who issues a statement speaks in it, where it is a known actor
            return attribution.chain[0].entity or self.sides.named_actor(attribution.chain[0].name)
        return self.sides.of_source(attribution.chain[0])

    def _enemy(self, role: Role, token: int, trigger: int) -> Participant:
        mention = self.reading.at.get(token)
        span = mention.span if mention else self.reading.span(token)
        speaker = self._speaker(trigger)
        meant = self.sides.opponent(speaker) if speaker else None
        if meant is None:
            words = span.of(self.reading.report.text)
            return Participant(role, words, span, reason="whose enemy is meant is not known")
        name, entity, kind, country = meant
        reason = f"'the enemy' spoken by the side of {self.sides.name_of(speaker)}"
        return Participant(role, name, span, entity, kind, country, reason)

    def opponent_of(self, entity: str) -> tuple[str, str, str, str] | None:
        """Return name, id, kind and country of the main opponent of an actor in this report, if known."""
        return self.sides.opponent(entity)

    def own_side(self, trigger: int) -> tuple[str, str, str, str] | None:
        """Return the forces of the speaker's side, where the speaker has one."""
        speaker = self._speaker(trigger)
        return self.sides.forces_of(speaker) if speaker else None

    def _we(self, role: Role, token: int, trigger: int) -> Participant | None:
        """Return the speaker, where one who is no party to the fighting says "we"."""
        index = self.reading.attribution_at(trigger)
        chain = self.reading.attributions[index].chain if index >= 0 else ()
        if not chain:
            return None
        source, span = chain[0], self.reading.span(token)
        return Participant(role, source.name, span, source.entity, country=source.country, reason="the speaker")

    def _ours(self, token: int) -> bool:
        return any(
            self.parse.tags[c] == "PRP$" and self.parse.texts[c].lower() == "our" for c in self.parse.children[token]
        ) and "armed" in self.reading.classes.of(token)

    def _ours_participant(self, role: Role, token: int, trigger: int) -> Participant | None:
        own = self.own_side(trigger)
        if own is None:
            return None
        mention = self.reading.at.get(token)
        span = mention.span if mention else self.reading.span(token)
        name, entity, kind, country = own
        return Participant(role, name, span, entity, kind, country, "the speaker's own side")
