"""A telling: what one report tells of one event, in one claim or in several.

Reports spread an event over sentences: one says where, another how many died. Claims of one report are
taken together where they are of one family, can be of the same place and the same days, and give no two
means that exclude each other; so a telling knows more than any of its claims.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from dateline.knowledge.incidents import UNSAID, family_of
from dateline.records import Claim, Filed, Place, Time

COARSE = 4  # UCDP's precision from which a place is a unit of a country, or less exact
VIOLENCE = "violence"
YEAR = 365  # days
NEXT_CLAIMS = 2  # so near in a report follows what goes on with what was told
FEW = 5  # fewer dead than this are the same number by chance
LONG_DAYS = 10  # a longer interval dates no event
# Means that reports take for one another: what falls from the air or is fired from afar; what is set off.
ALIKE = (
    frozenset({"aerial", "drone", "heavy-weapons", "unconventional"}),
    frozenset({"explosives", "suicide-attack", "targeted"}),
    frozenset({"firearms", "heavy-weapons", "primitive"}),
)
NOT_YET = frozenset({"planned", "hypothetical", "opinion"})
_WORD = re.compile(r"[^\W\d_][\w'-]{3,}")
_NAME = re.compile(r"(?<![.!?\n] )(?<!^)\b[A-Z][\w'-]{2,}")


class Telling(msgspec.Struct):
    """What a report tells of one event; `members` are positions in the list of claims, the first is the chief one.

    `first` and `last` are day ordinals, None where the days are unknown or too long to date an event; `said_day`
    whether the words give the day. `toll` holds (what, low, high) of numbers of people. `words` and `names` are
    what its evidence is made of, without what every such report says.
    """

    report: str
    original: str
    order: int
    family: str
    members: list[int]
    effects: set[str]
    modes: set[str]
    place: Place | None
    said_place: bool
    first: int | None
    last: int | None
    said_day: bool
    published: int | None
    actors: set[str]
    targets: set[str]
    toll: list[tuple[str, float, float]]
    sources: set[str]
    words: set[str]
    names: set[str]
    tense: str  # "told", "not-yet": what is planned or only thought of is no event that happened


def tellings(filed: Sequence[Filed], parted: Mapping[str, tuple[str, ...]] | None = None) -> list[Telling]:
    """Return the tellings of claims, which must be sorted by report and place in the text.

    `parted` are claims that people split from others, by the judgements that did: they are told of apart.
    """
    found: list[Telling] = []
    numbered = enumerate(filed)
    for _, group in groupby(numbered, key=lambda pair: pair[1].report):
        found.extend(_of_report(list(group), parted or {}))
    return found


def _of_report(claims: Sequence[tuple[int, Filed]], parted: Mapping[str, tuple[str, ...]]) -> Iterator[Telling]:
    """Group the claims of one report; a claim joins the telling that links to it, else the last that it fits."""
    made: list[Telling] = []
    by_claim: dict[str, Telling] = {}
    split: dict[int, tuple[str, ...]] = {}
    for index, filed in claims:
        one, by = _telling(index, filed), parted.get(filed.claim.id, ())
        linked = [by_claim[i] for i in (*filed.claim.same_as, *filed.claim.disputes) if i in by_claim]
        fits = next((t for t in linked if t.family == one.family and split[id(t)] == by), None)
        fits = fits or next((t for t in reversed(made) if split[id(t)] == by and _fits(t, one)), None)
        if fits is None:
            made.append(one)
            fits, split[id(one)] = one, by
        else:
            _absorb(fits, one)
        by_claim[filed.claim.id] = fits
    home = _home(claims, made)
    for one in made:
        _place_by_neighbours(one, made, home)
    yield from made


def _home(claims: Sequence[tuple[int, Filed]], made: Sequence[Telling]) -> str:
    """Return the country that a report is about; "" where its claims say none.

    It is that of most of its claims of violence whose words say where, else of any; what is told as long past says
    nothing of it. Of as many the first one that is named.
    """
    of = {member: one for one in made for member in one.members}
    told = [(one.claim.place.country_code, _recent(one), of[index].family == VIOLENCE)
            for index, one in claims if one.claim.place is not None and _said(one.claim.place)]  # fmt: skip
    for wanted in ((True, True), (True, False), (False, False)):
        said = Counter(code for code, recent, violence in told if code and (recent, violence) >= wanted)
        if said:
            return said.most_common(1)[0][0]
    return ""


def _recent(filed: Filed) -> bool:
    """Whether a claim is not of another year than its report, as far as is known."""
    days = days_of(filed.claim.time)
    if days is None or not filed.published:
        return filed.claim.time is None or filed.claim.time.start is None or not filed.published
    return dt.date.fromisoformat(filed.published[:10]).toordinal() - days[1] <= YEAR


def _place_by_neighbours(one: Telling, made: Sequence[Telling], home: str) -> None:
    """Give a telling without a unit of the country that of the nearest other telling in the report.

    So too where its place is abroad and nobody says it, or is a whole country other than the report's: it is
    where the incident is spoken of. It stays a place that nobody says (`said_place` is False), which brings
    tellings together for a comparison and counts for little in it.
    """
    place = one.place
    abroad = place is not None and bool(home) and place.country_code != home
    spoken_of = abroad and not (one.said_place and place is not None and place.admin1)
    if place is not None and place.admin1 and not spoken_of:
        return
    country = home if spoken_of or place is None else place.country_code
    near = sorted(made, key=lambda other: abs(other.members[0] - one.members[0]))
    places = [
        t.place for t in near if t.place is not None and t.place.country_code == (country or t.place.country_code)
    ]
    found = next((other for other in places if other.admin1), places[0] if places and spoken_of else None)
    if found is not None:
        one.place, one.said_place = found, False


def _said(place: Place) -> bool:
    return not place.reason.startswith(UNSAID)


def days_of(time: Time | None) -> tuple[int, int] | None:
    """Return the first and last day of a time as ordinals; None where a side is open or it is too long."""
    if time is None or time.start is None or time.end is None:
        return None
    first, last = (dt.date.fromisoformat(day[:10]).toordinal() for day in (time.start, time.end))
    return (first, last) if 0 <= last - first <= LONG_DAYS else None


def people_of(claim: Claim, roles: Iterable[str]) -> set[str]:
    """Return the known actors in these roles; who is only assumed to be one is none."""
    return {p.entity for p in claim.predication.participants if p.role in roles and p.entity and p.assumed != "party"}


def _telling(index: int, filed: Filed) -> Telling:
    claim, said = filed.claim, filed.claim.predication
    published = dt.date.fromisoformat(filed.published[:10]).toordinal() if filed.published else None
    days = days_of(claim.time)
    if days is None and claim.time is None and published is not None and said.status != "background":
        days = (published - 1, published)  # news: nobody says the day, and it is only assumed
    toll = [
        (q.what, q.low if q.low is not None else q.best or 0.0, q.high if q.high is not None else q.best or 1e9)
        for q in said.quantities
        if q.low is not None or q.best is not None or q.high is not None
    ]
    return Telling(
        report=filed.report, original=filed.original, order=filed.order, family=family_of(said.effect, said.plover),
        members=[index], effects={said.effect} - {""}, modes={said.mode} - {""}, place=claim.place,
        said_place=claim.place is not None and _said(claim.place),
        first=days[0] if days else None, last=days[1] if days else None,
        said_day=claim.time is not None and not claim.time.anchor.startswith("assumed"),
        published=published,
        actors=people_of(claim, ("actor",)), targets=people_of(claim, ("target", "object")), toll=toll,
        sources={claim.attribution.chain[0].name.casefold()} if claim.attribution.chain else set(),
        words={word.casefold() for word in _WORD.findall(filed.words)},
        names={name.casefold() for name in _NAME.findall(filed.words)},
        tense="not-yet" if said.status in NOT_YET else "told",
    )  # fmt: skip


def _fits(one: Telling, two: Telling) -> bool:
    """Whether two tellings of one report can be of one event; an incident is told again by its number of dead."""
    if one.family != two.family or one.tense != two.tense or not _means(one.modes, two.modes):
        return False
    if not same_place(one, two):
        return False
    if _same_dead(one, two):
        return True
    if one.first is None or two.first is None or one.last is None or two.last is None:
        return (one.first is None and two.first is None) or not (one.said_day and two.said_day)
    unsaid = two.family == VIOLENCE and not two.said_day and not two.said_place
    if unsaid and one.members[-1] + NEXT_CLAIMS >= two.members[0]:
        return True  # violence of which neither day nor place is said goes on with what was told just before
    near = 0 if one.said_day and two.said_day else 1
    return one.first - near <= two.last and two.first - near <= one.last


def _same_dead(one: Telling, two: Telling) -> bool:
    """Whether two tellings give one number of dead that is no small one, and no two days that are both said."""
    a, b = ({(low, high) for what, low, high in t.toll if what == "killed" and low >= FEW} for t in (one, two))
    return bool(a & b) and not (one.said_day and two.said_day and one.first != two.first)


def _means(a: set[str], b: set[str]) -> bool:
    return not a or not b or bool(a & b) or any(a & group and b & group for group in ALIKE)


def same_place(one: Telling, two: Telling) -> bool:
    """Whether two places can be one: the same, or one holds the other; what nobody says can be anywhere."""
    a, b = one.place, two.place
    if a is None or b is None or not (one.said_place and two.said_place):
        return a is None or b is None or a.country_code == b.country_code
    if a.country_code != b.country_code:
        return False
    if max(a.precision, b.precision) >= COARSE:
        return not a.admin1 or not b.admin1 or a.admin1 == b.admin1
    return a.geonameid == b.geonameid if a.geonameid or b.geonameid else a.name == b.name


def _absorb(into: Telling, one: Telling) -> None:
    """Add what `one` tells; the more exact place and the day that is said win."""
    into.members += one.members
    into.effects |= one.effects
    into.modes |= one.modes
    into.actors |= one.actors
    into.targets |= one.targets
    into.toll += one.toll
    into.sources |= one.sources
    into.words |= one.words
    into.names |= one.names
    if _exactness(one) < _exactness(into):
        into.place, into.said_place = one.place, one.said_place
    if one.first is not None and (into.first is None or (one.said_day and not into.said_day)):
        into.first, into.last, into.said_day = one.first, one.last, one.said_day


def _exactness(one: Telling) -> tuple[bool, bool, int]:
    place = one.place
    return (place is None or not place.admin1, not one.said_place, place.precision if place else 9)
