"""Who takes part in the conflicts of the last twenty years, and who reports them: tables and their look-ups.

`actors()` is the catalogue of named actors and conflicts, `countries()` the countries with their people and
the names that stand for their governments, `kinds()` the kinds of actors.
"""

from dateline.knowledge.actors.catalogue import Catalogue, actors, countries, kinds
from dateline.knowledge.actors.countries import Countries, Names
from dateline.knowledge.actors.forms import fold, variants
from dateline.knowledge.actors.matching import Match, MatchTable
from dateline.knowledge.actors.rows import STATE_KINDS, Actor, Ambiguous, Conflict, Country, Kind, KindId

__all__ = [
    "STATE_KINDS",
    "Actor",
    "Ambiguous",
    "Catalogue",
    "Conflict",
    "Countries",
    "Country",
    "Kind",
    "KindId",
    "Match",
    "MatchTable",
    "Names",
    "actors",
    "countries",
    "fold",
    "kinds",
    "variants",
]
