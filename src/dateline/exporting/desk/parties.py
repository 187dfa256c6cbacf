"""Who acts in an event and to whom it is done, by the accounts that the desk chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from dateline.exporting.desk.holdings import Release
from dateline.knowledge.actors import Country, Kind, actors, countries, fold, kinds
from dateline.knowledge.public_offices import masking_words
from dateline.knowledge.state_actors import STATE_KINDS
from dateline.records import Account, Event, Field, Filed, Participant


class Party(msgspec.Struct, frozen=True):
    """One who takes part: `name`, id of a known actor or "", kind and country (ISO2) where they are known."""

    name: str
    entity: str = ""
    kind: str = ""
    country: str = ""

    @property
    def known(self) -> Kind | None:
        """The row of its kind, None where it is of no kind of actor (a site, a vehicle, unknown)."""
        return kinds().get(self.kind) or (kinds()["armed-unidentified"] if self.kind == "armed" else None)

    @property
    def state(self) -> Country | None:
        """The state whose part it is: its forces, police, government; None for all others."""
        return countries().by_iso2.get(self.country) if self.kind in STATE_KINDS else None

    @property
    def armed(self) -> bool:
        """Whether it bears arms, as a state does through its forces."""
        return self.kind == "government" or (self.known is not None and self.known.armed == "yes")

    @property
    def civilian(self) -> bool:
        """Whether ACLED would count it among civilians."""
        return self.known is not None and self.known.acled_inter == "Civilians"


class Parties(msgspec.Struct, frozen=True):
    """The actors and the targets of an event, in the order in which its claims name them."""

    actors: tuple[Party, ...]
    targets: tuple[Party, ...]


def parties(event: Event, release: Release) -> Parties:
    """Return who takes part by the chosen accounts of the fields actor and target."""
    filed = release.claims_of(event)
    return Parties(*(_of(event.field(role), role, filed) for role in ("actor", "target")))


def chosen(field: Field | None) -> Account | None:
    """Return the account that the desk's rule picked, None where it picked none."""
    return next((one for one in field.accounts if one.key == field.best), None) if field else None


def _of(field: Field | None, role: str, filed: Sequence[Filed]) -> tuple[Party, ...]:
    """Return the party of the chosen account first, then known actors whom the same claims name beside it.

    A description ("family", "gunmen") stands for itself only where it is the chosen account: beside a name it may
    be the same people. What nobody says and the sides of the conflict tell is left out.
    """
    account = chosen(field)
    if account is None:
        return ()
    saying = {claim for voice in account.voices for claim in voice.claims}
    told = [p for one in filed if one.claim.id in saying for p in one.claim.predication.participants]
    found = _parties(p for p in told if p.role == role and p.assumed != "party")
    wanted = {account.key, account.value, fold(account.key).casefold(), fold(account.value).casefold()}
    best = tuple(one for one in found if {one.entity, one.name, fold(one.name).casefold()} & wanted)
    return (*(best[:1] or (Party(account.value),)), *(one for one in found if one.entity and one not in best))


def _parties(people: Iterable[Participant]) -> tuple[Party, ...]:
    made: dict[str, Party] = {}
    for one in people:
        if one.kind != "pronoun" and one.name:
            row = actors().by_id.get(one.entity)
            name = row.name if row else one.name
            made.setdefault(one.entity or fold(name).casefold(), Party(name, one.entity, one.kind, one.country))
    return tuple(made.values())


def is_thing(party: Party) -> bool:
    """Whether a party is a site, a vehicle or another thing, which no list of actors holds."""
    return party.kind in masking_words().kinds.things
