"""States as actors: ids such as `AF:state-force`, composed from a country and a kind, and their names."""

from __future__ import annotations

from dateline.knowledge.actors import Countries

STATE_KINDS = frozenset({"state-force", "police", "intelligence", "government", "legislature", "judiciary"})
KIND_WORDS = {
    "state-force": "armed forces", "police": "police", "intelligence": "intelligence service",
    "government": "government", "legislature": "parliament", "judiciary": "judiciary",
}  # fmt: skip


def state_actor_name(countries: Countries, country: str, kind: str) -> str:
    """Return the name of a state's actor: "Afghan armed forces", "Iranian government"."""
    return f"{adjective_of(countries, country)} {KIND_WORDS.get(kind, kind)}"


def adjective_of(countries: Countries, country: str) -> str:
    """Return the adjective of a country, its name where there is none, its code where it is unknown."""
    row = countries.by_iso2.get(country)
    return row.demonyms[0] if row and row.demonyms else row.name if row else country
