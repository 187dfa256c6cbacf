"""The stage that says what happened: one Predication a predicate."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dateline.coding.absorbing import RESULTS, absorb
from dateline.coding.arms import weapons_of
from dateline.coding.causes import with_causes
from dateline.coding.crosswalk import acled_of
from dateline.coding.denying import denied
from dateline.coding.evidence import clause_spans
from dateline.coding.figures import with_figures, with_own_figures
from dateline.coding.lexicon import Lexicon, lexicon
from dateline.coding.participants import Casting
from dateline.coding.parts import with_parts
from dateline.coding.quantities import COUNTED, quantity_at, with_befallen
from dateline.coding.reading import Reading
from dateline.coding.setting import Setting, of_armed_conflict
from dateline.coding.sides import Sides
from dateline.coding.status import judge, voice
from dateline.coding.triggers import Trigger, find_triggers
from dateline.coding.understood import understood
from dateline.knowledge.actors import Catalogue, Countries
from dateline.knowledge.nouns import NounLexicon
from dateline.knowledge.trained import Linear
from dateline.records import (
    Attribution,
    Block,
    Contract,
    Debris,
    Dossier,
    Evidence,
    Mention,
    Parse,
    Participant,
    Predication,
    Quantity,
    Quotation,
    Record,
    Reference,
    Role,
)  # fmt: skip

ARMED_TYPES = frozenset({"ASSAULT", "MOBILIZE", "RETREAT", "COERCE"})
GOES_ON = ARMED_TYPES | {"PROTEST", ""}
COUNTS_ITS_ACTOR = frozenset(
    {"prison-break", "surrenders", "protest", "displaced", "takes-refuge", "deploys", "withdraws", "riot"}
)
FROM_THE_AIR = frozenset({"aerial", "drone"})
AMONG = frozenset({"among-dead", "among-wounded"})  # who is among the victims is a part of them


class Coding:
    """Codes the predicates of a report."""

    contract = Contract(
        "coding",
        frozenset({Block, Debris, Quotation, Parse, Mention, Reference, Attribution}),
        frozenset({Predication, Attribution}),
    )

    def __init__(
        self, actors: Catalogue, countries: Countries, nouns: NounLexicon, conflict: Linear | None = None
    ) -> None:
        """`conflict` tells reports of armed conflict from others; without it two lists of words do."""
        self.actors, self.countries, self.nouns, self.conflict = actors, countries, nouns, conflict
        self.lexicon: Lexicon = lexicon()

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the predications of the report in text order."""
        reading = Reading(dossier, self.nouns, self.lexicon)
        casting = Casting(reading, Sides(reading, self.actors, self.countries))
        found = of_armed_conflict(Setting(reading, self.conflict), find_triggers(reading, self.lexicon))
        triggers = absorb(reading, found)
        clauses = {t.clause if t.clause >= 0 else t.token for t in triggers.values()}
        told = [self._predication(reading, casting, trigger, clauses) for _, trigger in sorted(triggers.items())]
        told = with_own_figures(reading, with_befallen(reading, with_causes(reading, told)))
        denials: list[Predication] = []
        said: list[Attribution] = []
        for denial, attribution in denied(reading, casting, triggers, told):
            if attribution is not None:
                denial = msgspec.structs.replace(denial, source=len(reading.attributions) + len(said))
                said.append(attribution)
            denials.append(denial)
        again = {d.token for d in denials}
        figures: list[Predication] = []
        for figure, attribution in with_figures(reading, casting, told):
            if attribution is not None:
                figure = msgspec.structs.replace(figure, source=len(reading.attributions) + len(said))
                said.append(attribution)
            figures.append(figure)
        once = [p for p in told if p.token not in again]
        return [*said, *sorted([*once, *denials, *figures], key=lambda p: p.trigger)]

    def _predication(self, reading: Reading, casting: Casting, trigger: Trigger, clauses: set[int]) -> Predication:
        sense = trigger.entry.sense
        participants, quantities = cast(reading, casting, trigger)
        cause = _cause(trigger)
        mode, arms, carried = _mode(reading, trigger)
        nouns = [reading.span(t.token) for t in (trigger, *trigger.absorbed) if t.entry.form == "noun"]
        participants += understood(casting, trigger.token, sense.plover, sense.effect, [*participants, *arms], nouns)
        named = [p.span for p in participants if p.span]
        participants += [p for p in arms if p.span and not any(p.span.overlaps(span) for span in named)]
        effect = cause.entry.sense.effect or sense.effect
        by_weapon = carried if mode == "destroy" and carried in FROM_THE_AIR else mode
        acled, crosswalk = acled_of(sense.plover, by_weapon, effect, sense.acled, participants)
        verdict = judge(
            reading,
            trigger.token,
            -1 if trigger.witnessed else trigger.clause,
            trigger.phase,
            goes_on=sense.plover in GOES_ON,
        )
        status = verdict.status
        headline = reading.block_kind(trigger.token) == "headline"
        if status == "asserted":
            told_before = sense.background and not headline  # a headline tells the news
            status = "background" if told_before else sense.status or status
        span = reading.span(trigger.token)
        spans = clause_spans(reading, trigger, clauses)
        guess = (f"{trigger.guessed} taken by its surroundings",) if trigger.guessed else ()
        rule = "; ".join((sense.id, f"acled:{crosswalk}", *guess, *verdict.rules))
        return Predication(
            trigger=span, token=trigger.token, clause=spans, sense=sense.id, plover=sense.plover, mode=mode,
            acled=acled, participants=tuple(participants), quantities=tuple(quantities), status=status,
            polarity=verdict.polarity, source=voice(reading, trigger.token, verdict),
            evidence=Evidence(spans, "coding", rule), effect=effect,
            headline=headline,
        )  # fmt: skip


def _cause(trigger: Trigger) -> Trigger:
    """Return what a result absorbed that tells its cause, else the trigger itself."""
    if trigger.entry.sense.effect not in RESULTS:
        return trigger
    return next((t for t in trigger.absorbed if t.entry.sense.effect not in RESULTS), trigger)


def cast(reading: Reading, casting: Casting, trigger: Trigger) -> tuple[list[Participant], list[Quantity]]:
    """Return the participants and quantities of a trigger and of what it absorbed."""
    people: dict[tuple[str, str], Participant] = {}
    quantities: dict[tuple[int, int], Quantity] = {}
    for one in (trigger, *trigger.absorbed):
        sense = one.entry.sense
        violent = sense.plover in ARMED_TYPES
        for slot, role in _roles(one):
            for filler in one.slots.get(slot, ()):
                if one is not trigger and slot == "subject" and filler == trigger.token:
                    continue
                if filler in (t.token for t in trigger.absorbed) or _thing_as_actor(reading, role, filler):
                    continue
                unsaid = ("armed",) if role == "actor" and sense.plover == "ASSAULT" else ()
                wanted = frozenset(sense.where.get(slot, unsaid))
                for participant in casting.cast(role, filler, trigger.token, violent, wanted):
                    people.setdefault((participant.role, participant.name), participant)
                _count(quantities, _quantity(reading, one, role, filler), sense.id in AMONG)
        for token in (one.token, *one.tokens):
            if reading.parse.pos[token] == "NOUN":  # "300 air strikes", "an exchange of 900 prisoners"
                _count(quantities, quantity_at(reading, token, "" if token == one.token else sense.effect))
    return list(people.values()), with_parts(reading, quantities.values())


def _count(quantities: dict[tuple[int, int], Quantity], found: Quantity | None, part: bool = False) -> None:
    if found is not None and part:
        found = msgspec.structs.replace(found, part=True)
    if found is not None:
        quantities.setdefault((found.span.start, found.span.end), found)


def _roles(trigger: Trigger) -> list[tuple[str, Role]]:
    sense = trigger.entry.sense
    roles = dict(sense.roles)
    if sense.symmetric:
        for slot in ("subject", "object", "with", "between", "against", "among"):
            if roles.get(slot, "target") == "target":
                roles[slot] = "actor"
        if trigger.entry.form == "noun":
            roles.setdefault("of", "actor")
    return sorted(roles.items(), key=lambda item: (item[1] != "actor", item[0]))


def _thing_as_actor(reading: Reading, role: Role, filler: int) -> bool:
    """A weapon, a place or an event in the place of the doer is not an actor: "the blast killed", "shells hit"."""
    if role != "actor":
        return False
    classes = reading.classes.of(filler)
    thing = classes & {"event", "facility", "goods", "abstract", "information", "body", "money"}
    return bool(thing) and not classes & {"actor", "person", "armed", "country", "vehicle", "weapon"}


def _quantity(reading: Reading, trigger: Trigger, role: Role, filler: int) -> Quantity | None:
    effect = trigger.entry.sense.effect
    counts = effect in COUNTS_ITS_ACTOR if role == "actor" else effect in COUNTED and role in ("target", "object")
    return quantity_at(reading, filler, effect if counts else "")


def _mode(reading: Reading, trigger: Trigger) -> tuple[str, list[Participant], str]:
    """Return the PLOVER mode, the sense's own or the weapon's; the weapons as instruments; the weapon's mode."""
    sense, mode, arms = trigger.entry.sense, "", []
    for inner in (trigger, *trigger.absorbed):
        mode = mode or inner.entry.sense.mode if inner.entry.sense.plover == sense.plover else mode
    found: set[str] = set()
    carried = ""
    for token, weapon in weapons_of(reading, trigger):
        if weapon.id in found:
            continue
        found.add(weapon.id)
        if sense.plover == "ASSAULT":
            carried = carried or weapon.plover_mode
            if token != trigger.token:
                arms.append(Participant("instrument", weapon.id.replace("-", " "), reading.span(token), kind="weapon"))
    if not mode or (mode == "explosives" and carried in FROM_THE_AIR):  # "a drone bombed the market"
        mode = carried
    return mode, arms, carried
