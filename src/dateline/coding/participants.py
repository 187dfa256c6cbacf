"""Who takes part: from the filler of a slot to a participant with the name that an analyst would use."""

from __future__ import annotations

from dateline.coding.classes import through_partitive
from dateline.coding.reading import Reading
from dateline.coding.sides import Sides
from dateline.records import Mention, Participant, Role, Span

FROM_GROUP = frozenset("delegation official representative member fighter soldier force troop unit leader envoy team convoy negotiator militant supporter loyalist remnant element ally man gunman".split())
WE = frozenset({"we", "us", "our", "ours"})


class Casting:
    """Makes participants of one report."""

    def __init__(self, reading: Reading, sides: Sides) -> None:
        self.reading, self.sides, self.parse = reading, sides, reading.parse

    def cast(self, role: Role, token: int, trigger: int, violent: bool) -> list[Participant]:
        """Return the participants that the filler headed by `token` stands for; several for "both sides".

        `violent` events done by a people's name ("Russian strikes") are those of its armed forces.
        """
        inner = through_partitive(self.parse, token)
        if inner is not None and token not in self.reading.antecedents and not self._named(token):
            return [p for t in self._with_conjuncts(inner) for p in self.cast(role, t, trigger, violent)]
        members = self._members(token)
        if members:
            found = [p for t in members for p in self.cast(role, t, trigger, violent)]
            if found:
                return found
        mention = self.reading.at.get(token)
        word = self.parse.lemmas[token]
        if word in ("enemy", "opponent", "aggressor", "occupier"):
            return [self._enemy(role, token, trigger)]
        if self.parse.texts[token].lower() in WE or self._ours(token):
            ours = self._ours_participant(role, token, trigger)
            if ours is not None:
                return [ours]
        if mention is None:
            return [Participant(role, self.parse.texts[token], self.reading.span(token))]
        antecedents = self.reading.antecedents.get(mention, [])
        if antecedents and not (mention.label == "person" and mention.named):
            words = mention.span.of(self.reading.report.text)
            return [self._of(role, a, mention.span, violent, f"{words!r} stands for {a.name!r}") for a in antecedents]
        if antecedents:
            return [self._of(role, antecedents[0], mention.span, violent, "full name elsewhere in the report")]
        return [self._of(role, mention, mention.span, violent, "")]

    def _of(self, role: Role, mention: Mention, span: Span, violent: bool, reason: str) -> Participant:
        name, entity, kind = mention.name, mention.entity, mention.kind
        if mention.evidence.rule == "people":
            name, entity, kind, why = self.sides.people(mention.country, violent, mention.name)
            reason = reason or why
        elif mention.label == "place" and mention.kind == "government":
            entity = f"{mention.country}:government"
        if mention.label == "person" and mention.named and mention.role:
            reason = reason or mention.role
        return Participant(role, name, span, entity, kind, mention.country, reason)

    def _named(self, token: int) -> bool:
        mention = self.reading.at.get(token)
        return bool(mention and mention.named)

    def _with_conjuncts(self, token: int) -> list[int]:
        return [token, *(c for c in self.parse.children[token] if self.parse.deps[c] == "conj")]

    def _members(self, token: int) -> list[int]:
        """Return the named actors in "delegations from X and Y", "members of X", "fighters loyal to X"."""
        parse = self.parse
        if parse.lemmas[token] not in FROM_GROUP or self._named(token):
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
        if attribution.manner == "narration" or not attribution.chain:
            return ""
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
