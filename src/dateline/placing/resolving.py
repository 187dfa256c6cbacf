"""Decide together what all names of places of a report mean.

Each name's candidates get a score from what is known of them alone (how large, how alike the name, whether
the class fits, whether they lie in the unit that the text says). The scores, as shares, vote for countries
and first-order units; the votes, the nearness to what the others most probably mean, and the company of what
one of them may mean raise the scores, and so twice. A name keeps one sense throughout a report.
"""

from __future__ import annotations

import collections
import math
from collections.abc import Mapping, Sequence

import msgspec

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.gazetteer.folding import folded_key
from dateline.placing.company import Company
from dateline.placing.context import Name
from dateline.placing.geography import distance_km
from dateline.placing.senses import Option, fitness, options_of


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
    company: float = 0.5
    same_name_unit: float = 0.1
    capital: float = 0.2
    country_voice: float = 0.5
    seat_first: float = 0.6
    spread: float = 0.9
    country_lead: float = -3.0
    kept: int = 14


class Choice(msgspec.Struct, frozen=True):
    """What a name was taken for, its score, the grounds in words, and what else it could have been.

    Without a place, `around` is the place that the report's others gather about, and `gathered` the share
    of them that lie about it.
    """

    name: Name
    place: Candidate | None
    score: float
    grounds: tuple[str, ...]
    others: tuple[tuple[Candidate, float], ...] = ()
    around: Candidate | None = None
    gathered: float = 0.0


# Decimal logarithm of the population from which a place is known abroad.
_WELL_KNOWN = 5.0
# How near the places of a report lie to each other that gather about one of them.
_GATHERING_KM = 100.0


def resolve(
    names: Sequence[Name],
    gazetteer: Gazetteer,
    countries: Mapping[str, float],
    weights: Weights = Weights(),  # noqa: B008 - frozen
) -> list[Choice]:
    """Return a choice for each of `names`, in their order.

    `countries` are votes for country codes from elsewhere: nationalities, and the country that the user
    says the report is about. A name without any candidate gets a choice without a place, and so does one
    whose only candidates are far-fetched; both say about which place the others gather.
    """
    groups: dict[str, list[Name]] = collections.defaultdict(list)
    for name in names:
        groups[folded_key(name.surface)].append(name)
    likely = [code for code, _ in sorted(countries.items(), key=lambda vote: (-vote[1], vote[0]))[:3]]
    likely = _with_countries_named(groups, gazetteer, likely)
    merged = {key: _merged(group) for key, group in groups.items()}
    options = {key: _options(name, gazetteer, likely, weights) for key, name in merged.items()}
    company = Company(options)
    for with_nearness in (False, True, True):
        _shares(options, weights.spread)
        _vote(options, merged, countries, weights.country_voice)
        if with_nearness:
            _draw_near(options, weights.near_km)
            company.note()
        for some in options.values():
            for option in some:
                _add(option, weights, rivals=len(some) > 1)
    choices = {key: _choose(merged[key], options[key]) for key in merged}
    centre, gathered = _centre(merged, choices)
    for key, choice in choices.items():
        if choice.place is None and centre:
            choices[key] = msgspec.structs.replace(choice, around=centre, gathered=gathered)
    return [_fit(name, choices[folded_key(name.surface)]) for name in names]


def _with_countries_named(groups: Mapping[str, list[Name]], gazetteer: Gazetteer, likely: list[str]) -> list[str]:
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


def _options(name: Name, gazetteer: Gazetteer, likely: Sequence[str], weights: Weights) -> list[Option]:
    """Return the weightiest candidates of a name, and those in countries that the report speaks of."""
    options = options_of(name, gazetteer, likely)
    for option in options:
        option.own = _own(option, name, weights)
    if not name.hint:
        _prefer_seats(options, weights)
    options.sort(key=lambda option: -option.own)
    if len(options) <= weights.kept:
        return options
    rest = [option for option in options[weights.kept :] if option.place.country in likely]
    return options[: weights.kept] + rest[:40]


def _own(option: Option, name: Name, weights: Weights) -> float:
    """Return the score of a candidate by itself."""
    place = option.place
    score = weights.population * place.weight
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
    if name.hint:
        score += weights.hint * option.fit if option.fit > 0 else weights.mismatch * option.fit
    elif place.feature in ("admin1", "admin2"):
        score -= weights.same_name_unit
    return score + weights.seat * option.seat + weights.inside * option.inside


def _prefer_seats(options: list[Option], weights: Weights) -> None:
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


def _shares(options: Mapping[str, list[Option]], spread: float) -> None:
    """Turn the scores of each name's candidates into shares that add up to one."""
    for some in options.values():
        if not some:
            continue
        top = max(option.score for option in some)
        total = 0.0
        for option in some:
            option.share = math.exp((option.score - top) / spread)
            total += option.share
        for option in some:
            option.share /= total


def _vote(
    options: Mapping[str, list[Option]], names: Mapping[str, Name], countries: Mapping[str, float], country_voice: float
) -> None:
    """Let all names vote for countries and units, and note of each candidate what the others vote."""
    by_country: dict[str, float] = collections.defaultdict(float, countries)
    by_unit: dict[tuple[str, str], float] = collections.defaultdict(float)
    cast: dict[str, tuple[dict[str, float], dict[tuple[str, str], float]]] = {}
    for key, some in options.items():
        voice = 1.0 + math.log(names[key].times)
        own_country: dict[str, float] = collections.defaultdict(float)
        own_unit: dict[tuple[str, str], float] = collections.defaultdict(float)
        for option in some:
            # A country named as such is less telling of where the other places lie than a place in it.
            heard = voice * (country_voice if option.place.feature == "country" else 1.0)
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
            option.support, option.unit_support = max(0.0, share), max(0.0, unit_share)
            option.witnesses = rest - 0.5


def _draw_near(options: Mapping[str, list[Option]], near_km: float) -> None:
    """Note of each candidate how near it lies to what the other names most probably mean."""
    best = {
        key: max(some, key=lambda option: option.share)
        for key, some in options.items()
        if some and max(some, key=lambda option: option.share).place.feature not in ("country", "region", "sea")
    }
    degrees = near_km * 4 / 111.0
    for key, some in options.items():
        anchors = [(option.place, option.share) for other, option in best.items() if other != key]
        for option in some:
            place, pull = option.place, 0.0
            if place.feature == "country" or len(some) < 2:
                continue
            for anchor, share in anchors:
                if abs(anchor.lat - place.lat) < degrees and anchor.key != place.key:
                    away = distance_km(place.lat, place.lon, anchor.lat, anchor.lon)
                    pull += share * math.exp(-away / near_km)
            option.pull = min(1.5, pull)


def _add(option: Option, weights: Weights, *, rivals: bool) -> None:
    """Set what the rest of the report adds to the score of a candidate; `rivals`: the name has others."""
    option.added = weights.country * math.sqrt(option.support) + weights.admin1 * math.sqrt(option.unit_support)
    if rivals:
        option.added += weights.near * option.pull + weights.company * option.company


def _far_fetched(option: Option) -> bool:
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


def _choose(name: Name, options: list[Option]) -> Choice:
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


def _centre(names: Mapping[str, Name], choices: Mapping[str, Choice]) -> tuple[Candidate | None, float]:
    """Return the place that the others of a report gather about, and the share of the names that do.

    Countries and wide regions count only where nothing finer is named.
    """
    placed = [(choice.place, names[key].times) for key, choice in choices.items() if choice.place]
    fine = [(place, times) for place, times in placed if place.feature not in ("country", "region", "sea")]
    best: tuple[float, Candidate] | None = None
    for place, _ in fine or placed:
        weight = sum(
            times * math.exp(-distance_km(place.lat, place.lon, other.lat, other.lon) / _GATHERING_KM)
            for other, times in fine or placed
        )
        if best is None or weight > best[0]:
            best = weight, place
    if best is None:
        return None, 0.0
    return best[1], best[0] / sum(times for _, times in fine or placed)


def _fit(name: Name, choice: Choice) -> Choice:
    """Return the report's choice as it holds for one occurrence of the name.

    The words beside an occurrence may single out another unit of the same name ("Kunduz province" in a
    report that else means the city), but only one at the same place.
    """
    place = choice.place
    if place and name.hint and place.feature not in (name.hint, "country"):
        for other, score in choice.others:
            same = other.country == place.country and (other.admin1 == place.admin1 or not place.admin1)
            if same and fitness(name.hint, other.feature) > max(0.0, fitness(name.hint, place.feature)):
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
