"""Decide together what all names of places of a report mean.

Each name's candidates get a score from what is known of them alone (how large, how alike the name, whether
the class fits, whether they lie in the unit that the text says). The scores, as shares, vote for countries
and first-order units; the votes and the nearness to what the others most probably mean raise the scores, and
so twice. A name keeps one sense throughout a report.
"""

from __future__ import annotations

import collections
import math
from collections.abc import Mapping, Sequence

import msgspec

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.gazetteer.builder import features
from dateline.knowledge.gazetteer.folding import folded_key
from dateline.placing.context import Name
from dateline.placing.geography import distance_km


class Weights(msgspec.Struct, frozen=True):
    """How much each ground counts, in units of the decimal logarithm of population.

    Set by a search over the open part of two public corpora of names of places (see benchmarks/geo.py).
    """

    population: float = 1.15
    official: float = 0.9
    folded: float = 0.8
    fuzzy: float = 1.6
    hint: float = 1.7
    mismatch: float = 1.2
    inside: float = 5.5
    seat: float = 2.0
    country: float = 2.8
    admin1: float = 3.7
    near: float = 1.5
    near_km: float = 150.0
    same_name_unit: float = 0.1
    capital: float = 0.2
    country_voice: float = 0.5
    seat_first: float = 0.6
    spread: float = 0.9
    country_lead: float = -3.0
    kept: int = 14


class Choice(msgspec.Struct, frozen=True):
    """What a name was taken for, its score, the grounds in words, and what else it could have been."""

    name: Name
    place: Candidate | None
    score: float
    grounds: tuple[str, ...]
    others: tuple[tuple[Candidate, float], ...] = ()


# Decimal logarithm of the population from which a place is known abroad.
_WELL_KNOWN = 5.0


class _Option:
    """A candidate of a name on the way: its own score, and what the rest of the report adds."""

    __slots__ = ("added", "grounds", "own", "place", "share", "support", "witnesses")

    def __init__(self, place: Candidate, own: float, grounds: list[str]) -> None:
        self.place, self.own, self.grounds = place, own, grounds
        self.added, self.share, self.support, self.witnesses = 0.0, 0.0, 0.0, 0.0

    @property
    def score(self) -> float:
        return self.own + self.added


def resolve(
    names: Sequence[Name],
    gazetteer: Gazetteer,
    countries: Mapping[str, float],
    weights: Weights = Weights(),  # noqa: B008 - frozen
) -> list[Choice]:
    """Return a choice for each of `names`, in their order.

    `countries` are votes for country codes from elsewhere: nationalities, and the country that the user
    says the report is about. A name without any candidate gets a choice without a place.
    """
    groups: dict[tuple[str, str], list[Name]] = collections.defaultdict(list)
    for name in names:
        groups[folded_key(name.surface), ""].append(name)
    likely = [code for code, _ in sorted(countries.items(), key=lambda vote: (-vote[1], vote[0]))[:3]]
    likely = _with_countries_named(groups, gazetteer, likely)
    merged = {key: _merged(group) for key, group in groups.items()}
    options = {key: _options(name, gazetteer, likely, weights) for key, name in merged.items()}
    for with_nearness in (False, True, True):
        _shares(options, weights)
        _vote(options, merged, countries, weights)
        if with_nearness:
            _draw_near(options, weights)
    choices = {key: _choose(merged[key], options[key]) for key in merged}
    return [_fit(name, choices[folded_key(name.surface), ""]) for name in names]


def _with_countries_named(
    groups: Mapping[tuple[str, str], list[Name]], gazetteer: Gazetteer, likely: list[str]
) -> list[str]:
    found = list(likely)
    for group in groups.values():
        for place in gazetteer.exact(group[0].surface)[:1]:
            if place.feature in ("country", "admin1") and place.country not in found:
                found.append(place.country)
    return found[:6]


def _merged(group: list[Name]) -> Name:
    """Return one name that carries what the words beside any of its occurrences say."""
    first = group[0]
    inside = tuple(dict.fromkeys(unit for name in group for unit in name.inside))
    hints = collections.Counter(name.hint for name in group if name.hint)
    hint = hints.most_common(1)[0][0] if hints and sum(hints.values()) * 2 >= len(group) else ""
    seat = next((name.seat_of for name in group if name.seat_of), "")
    return msgspec.structs.replace(first, inside=inside, hint=hint, seat_of=seat, times=len(group))


def _options(name: Name, gazetteer: Gazetteer, likely: Sequence[str], weights: Weights) -> list[_Option]:
    found = gazetteer.candidates(name.surface, likely)
    if found and found[0].feature == "country" and name.hint in ("city", "camp", "airport", "crossing"):
        # "Congo town", "Syria camp": a place in the country, whose name is not given.
        name = msgspec.structs.replace(name, hint="")
    if not found or found[0].step != "exact":
        found = of_nationality(name.surface, gazetteer) or found
    containers = [place for unit in name.inside for place in gazetteer.candidates(unit, likely)[:8]]
    options = [_option(name, place, containers, weights) for place in found if place.located != "none"]
    if not name.hint:
        _prefer_seats(options, weights)
    options.sort(key=lambda option: -option.own)
    if len(options) <= weights.kept:
        return options
    # Beyond the weightiest, keep those in countries that the report speaks of.
    rest = [option for option in options[weights.kept :] if option.place.country in likely]
    return options[: weights.kept] + rest[:40]


def _prefer_seats(options: list[_Option], weights: Weights) -> None:
    """Put a unit behind its seat of the same name: bare "Kunduz", "Homs", "Donetsk" are first the cities."""
    seats = {
        (option.place.country, option.place.admin1): option.own
        for option in options
        if option.place.feature == "city" and (option.place.capital or option.place.official)
    }
    for option in options:
        own = seats.get((option.place.country, option.place.admin1))
        if own is not None and option.place.feature in ("admin1", "admin2"):
            option.own = min(option.own, own - weights.seat_first)


def of_nationality(surface: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the country that a word of nationality belongs to ("Syrian"), as a list of one or none."""
    country = gazetteer.countries.get(gazetteer.demonyms.get(surface.lower(), ""))
    place = gazetteer.of_key(country.geonameid) if country else None
    return [place] if place else []


def _option(name: Name, place: Candidate, containers: Sequence[Candidate], weights: Weights) -> _Option:
    score, grounds = weights.population * place.weight, [_size(place)]
    if place.feature == "country":
        score += weights.country_lead
    elif place.capital == "country":
        score += weights.capital
    if place.official:
        score += weights.official
    if place.step == "folded":
        score -= weights.folded
    elif place.step == "fuzzy":
        score -= weights.fuzzy * (1 + (100 - place.likeness) / 15)
        grounds.append(f"spelt nearly so ({place.likeness:.0f} of 100)")
    if name.hint:
        fit = _fitness(name.hint, place.feature)
        score += weights.hint * fit if fit > 0 else -weights.mismatch
        if fit > 0:
            grounds.append(f"the words call it a {name.hint}")
    elif place.feature in ("admin1", "admin2"):
        score -= weights.same_name_unit
    if name.seat_of and place.capital in ("admin1", "country"):
        score += weights.seat
        grounds.append("the seat of its province, as the text says")
    around = next((unit for unit in containers if lies_in(place, unit)), None)
    if around:
        score += weights.inside
        grounds.append(f"the text puts it in {around.name}")
    return _Option(place, score, grounds)


def _size(place: Candidate) -> str:
    if place.feature == "country":
        return "a country of that name"
    return f"{place.population:,} inhabitants" if place.population else f"a {place.feature} of that name"


def _fitness(hint: str, feature: str) -> float:
    if hint == feature:
        return 1.0
    return 0.5 if feature in features().near.get(hint, ()) else -1.0


def lies_in(place: Candidate, unit: Candidate) -> bool:
    """Whether `place` lies in `unit`, by their codes."""
    if unit.key == place.key or not set(place.countries) & set(unit.countries):
        return False
    if unit.feature == "country":
        return place.feature != "country"
    if unit.feature == "admin1":
        return place.admin1 == unit.admin1 and place.feature not in ("country", "admin1")
    if unit.feature == "admin2":
        return place.admin2 == unit.admin2 and place.feature not in ("country", "admin1", "admin2")
    if unit.feature == "region" and place.feature not in ("country", "region"):
        return distance_km(place.lat, place.lon, unit.lat, unit.lon) <= unit.extent_km * 1.3
    return False


def _shares(options: Mapping[tuple[str, str], list[_Option]], weights: Weights) -> None:
    """Turn the scores of each name's candidates into shares that add up to one."""
    for some in options.values():
        if not some:
            continue
        top = max(option.score for option in some)
        total = 0.0
        for option in some:
            option.share = math.exp((option.score - top) / weights.spread)
            total += option.share
        for option in some:
            option.share /= total


def _vote(
    options: Mapping[tuple[str, str], list[_Option]],
    names: Mapping[tuple[str, str], Name],
    countries: Mapping[str, float],
    weights: Weights,
) -> None:
    """Let all names vote for countries and units, and add to each candidate what the others vote."""
    by_country: dict[str, float] = collections.defaultdict(float, countries)
    by_unit: dict[tuple[str, str], float] = collections.defaultdict(float)
    cast: dict[tuple[str, str], tuple[dict[str, float], dict[tuple[str, str], float]]] = {}
    for key, some in options.items():
        voice = 1.0 + math.log(names[key].times)
        own_country: dict[str, float] = collections.defaultdict(float)
        own_unit: dict[tuple[str, str], float] = collections.defaultdict(float)
        for option in some:
            # A country named as such is less telling of where the other places lie than a place in it.
            heard = voice * (weights.country_voice if option.place.feature == "country" else 1.0)
            own_country[option.place.country] += heard * option.share
            if option.place.admin1:
                own_unit[option.place.country, option.place.admin1] += voice * option.share
        cast[key] = own_country, own_unit
        for code, votes in own_country.items():
            by_country[code] += votes
        for unit, votes in own_unit.items():
            by_unit[unit] += votes
    all_votes, all_units = sum(by_country.values()), sum(by_unit.values())
    for key, some in options.items():
        own_country, own_unit = cast[key]
        rest = all_votes - sum(own_country.values()) + 0.5
        rest_units = all_units - sum(own_unit.values()) + 0.5
        for option in some:
            place = option.place
            unit = place.country, place.admin1
            share = (by_country[place.country] - own_country[place.country]) / rest
            unit_share = (by_unit[unit] - own_unit[unit]) / rest_units if place.admin1 else 0.0
            option.support, option.witnesses = share, rest - 0.5
            option.added = weights.country * math.sqrt(max(0.0, share)) + weights.admin1 * math.sqrt(
                max(0.0, unit_share)
            )


def _draw_near(options: Mapping[tuple[str, str], list[_Option]], weights: Weights) -> None:
    """Raise candidates that lie near what the other names most probably mean."""
    best = {
        key: max(some, key=lambda option: option.share)
        for key, some in options.items()
        if some and max(some, key=lambda option: option.share).place.feature not in ("country", "region", "sea")
    }
    degrees = weights.near_km * 4 / 111.0
    for key, some in options.items():
        if len(some) < 2:
            continue
        anchors = [(option.place, option.share) for other, option in best.items() if other != key]
        for option in some:
            place, pull = option.place, 0.0
            if place.feature == "country":
                continue
            for anchor, share in anchors:
                if abs(anchor.lat - place.lat) < degrees and anchor.key != place.key:
                    away = distance_km(place.lat, place.lon, anchor.lat, anchor.lon)
                    pull += share * math.exp(-away / weights.near_km)
            option.added += weights.near * min(1.5, pull)


def _far_fetched(option: _Option) -> bool:
    """Whether a candidate is a small place, or spelt otherwise, where nothing else of the report lies.

    A village that the gazetteer lacks often has a namesake at the other end of the world; better no place.
    """
    place = option.place
    if option.witnesses < 1.5 or any(ground.startswith("the text puts it") for ground in option.grounds):
        return option.place.step == "fuzzy" and option.witnesses < 0.8
    if place.step == "fuzzy":
        return option.support < 0.35
    if place.step == "folded":
        return option.support < 0.15
    return place.weight < _WELL_KNOWN and option.support < 0.03


def _choose(name: Name, options: list[_Option]) -> Choice:
    if not options:
        return Choice(name, None, 0.0, ("no place of this name is known",))
    ranked = sorted(options, key=lambda option: (-option.score, option.place.key))
    first = next((option for option in ranked if not _far_fetched(option)), None)
    if first is None:
        namesake = ranked[0].place
        why = f"places of this name are known only elsewhere ({namesake.name}, {namesake.country})"
        return Choice(name, None, 0.0, (why,), tuple((o.place, round(o.score, 2)) for o in ranked[:8]))
    ranked.remove(first)
    ranked.insert(0, first)
    grounds = list(first.grounds)
    if len(ranked) > 1 and first.added > 0.8:
        grounds.append("the other places and nationalities of the report speak for it")
    if len(ranked) == 1:
        grounds.append("no other place of this name is known")
    others = tuple((option.place, round(option.score, 2)) for option in ranked[1:8])
    return Choice(name, first.place, round(first.score, 2), tuple(grounds), others)


def _fit(name: Name, choice: Choice) -> Choice:
    """Return the report's choice as it holds for one occurrence of the name.

    The words beside an occurrence may single out another unit of the same name ("Kunduz province" in a
    report that else means the city), but only one at the same place.
    """
    place = choice.place
    if place and name.hint and place.feature not in (name.hint, "country"):
        for other, score in choice.others:
            same = other.country == place.country and (other.admin1 == place.admin1 or not place.admin1)
            if same and _fitness(name.hint, other.feature) > max(0.0, _fitness(name.hint, place.feature)):
                grounds = (*choice.grounds, f"here the words call it a {name.hint}")
                return Choice(name, other, score, grounds, ((place, choice.score),))
    if place and not name.hint and place.feature == "admin1":
        # The document's hint came from another occurrence; a bare name is first the city.
        for other, score in choice.others:
            same = other.country == place.country and other.admin1 == place.admin1
            if same and other.feature == "city" and other.capital and choice.name.hint == "admin1":
                grounds = (*choice.grounds, "here nothing calls it a province")
                return Choice(name, other, score, grounds, ((place, choice.score),))
    return msgspec.structs.replace(choice, name=name)
