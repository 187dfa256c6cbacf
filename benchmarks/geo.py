"""Toponyms on LGL, GeoWebNews and any corpus in the format of LGL, TR-News or GeoVirus: found, and put in place.

Resolution, the gold spans given, over all toponyms that have a point (and an id of GeoNames where the
corpus gives ids); one that is put nowhere counts as wrong, and as half the way round the earth. `acc@161` is
by distance alone, the field's measure; `acc@161 or id` also takes the right entry of GeoNames for a country
or river whose point lies elsewhere. Mean and median error in km; AUC is the mean of ln(1 + km) as a share of
the greatest (Gritta et al. 2018).

Recognition on whole texts, strict spans: all toponyms of the corpus, of GeoWebNews the literal and the
associative ones (`src/dateline/corpora/geo.py` lists the types); `literal` counts only those that mean the
place and leaves the others out of both sides; `overlap` pairs spans that overlap. End to end: found by its
exact span and put within 161 km, over toponyms with a point.
"""

from __future__ import annotations

import functools
import math
import re
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.corpora import Part
from dateline.corpora.geo import Article, Toponym, files, name_of, read
from dateline.knowledge.gazetteer import Gazetteer
from dateline.language import load_model
from dateline.placing.context import read_name
from dateline.placing.geography import distance_km
from dateline.placing.resolving import resolve
from dateline.placing.senses import of_nationality
from dateline.records import Report, Span
from dateline.records import Toponym as Found

RULES, POPULOUS = "dateline, rules only", "most populous"
SPACY, SPACY_NORP, LOOKUP = "spaCy md: GPE, LOC, FAC", "spaCy md: and NORP", "gazetteer look-up"
NEAR_KM, FARTHEST_KM = 161.0, 20039.0
# Halterman 2023 (mordecai 3, full GeoNames, each over a subset of its own).
PUBLISHED = {"LGL": 0.827, "TR-News": 0.873, "GeoWebNews": 0.957}
Point = tuple[float, float] | None
Placed = dict[Span, Point]
Answer = tuple[Point, int | None]


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def resolved(article: Article, gold: Sequence[Toponym]) -> list[Answer]:
    """Return where we put the gold toponyms of an article, with the entry's id of GeoNames."""
    gazetteer = _gazetteer()
    names = [read_name(article.text, toponym.span, gazetteer) for toponym in gold]
    chosen = resolve(names, gazetteer, {})
    found: list[Answer] = []
    for choice in chosen:
        place = choice.place or choice.around
        found.append(
            ((place.lat, place.lon), choice.place.geonameid if choice.place else None) if place else (None, None)
        )
    return found


def populous(article: Article, gold: Sequence[Toponym]) -> list[Answer]:
    """Return the largest place of each gold toponym's name, the country of a nationality."""
    found: list[Answer] = []
    for toponym in gold:
        words = toponym.span.of(article.text)
        some = _gazetteer().candidates(words) or of_nationality(words, _gazetteer())
        place = max(some, key=lambda candidate: candidate.population, default=None)
        found.append(((place.lat, place.lon), place.geonameid) if place else (None, None))
    return found


def with_ids(articles: Iterable[Article]) -> bool:
    """Whether a corpus gives ids of GeoNames; then only toponyms with one are resolved (Gritta et al. 2019)."""
    return any(toponym.geonameid for article in articles for toponym in article.toponyms)


def pointed(article: Article, known: bool) -> list[Toponym]:
    """Return the gold toponyms that are resolved: those with a point, and with an id where the corpus has them."""
    return [one for one in article.toponyms if one.lat is not None and (one.geonameid is not None or not known)]


def away(toponym: Toponym, point: Point) -> float:
    """Return the distance in km of a point from a gold toponym; half the way round the earth without one."""
    if point is None or toponym.lat is None or toponym.lon is None:
        return FARTHEST_KM
    return distance_km(toponym.lat, toponym.lon, *point)


def resolution(
    name: str, articles: Sequence[Article], system: str, read_places: Callable[..., list[Answer]]
) -> Iterator[Score]:
    """Yield the measures of resolution of a system over a corpus."""
    km: list[float] = []
    right, known = 0, with_ids(articles)
    for article in articles:
        gold = pointed(article, known)
        for toponym, (point, identifier) in zip(gold, read_places(article, gold), strict=True):
            km.append(away(toponym, point))
            right += km[-1] <= NEAR_KM or (identifier is not None and identifier == toponym.geonameid)
    if not km:
        return
    count = len(km)
    yield Score(f"{name} acc@161", system, sum(far <= NEAR_KM for far in km) / count, count)
    yield Score(f"{name} acc@161 or id", system, right / count, count)
    yield Score(f"{name} mean error km", system, statistics.fmean(km), count)
    yield Score(f"{name} median error km", system, statistics.median(km), count)
    area = statistics.fmean(math.log1p(far) for far in km) / math.log1p(FARTHEST_KM)
    yield Score(f"{name} AUC", system, area, count)


def ours(article: Article, trained: bool = True) -> Placed:
    """Return the toponyms that the pipeline finds in an article, each with its point."""
    found = pipeline(trained).run(Report(article.key, article.text)).all(Found)
    return {one.span: (one.lat, one.lon) if one.lat is not None and one.lon is not None else None for one in found}


@functools.lru_cache(maxsize=4096)
def _entities(text: str) -> tuple[tuple[Span, str], ...]:
    return tuple((Span(one.start_char, one.end_char), one.label_) for one in load_model().nlp(text).ents)


def tagged(article: Article, labels: frozenset[str]) -> Placed:
    """Return the entities of spaCy's tagger with these labels, as they are."""
    return dict.fromkeys(span for span, label in _entities(article.text) if label in labels)


_RUN = re.compile(r"[A-ZÀ-Þ][\w.’'\-]*(?: (?:(?:of|the|de|al|el) )?[A-ZÀ-Þ][\w.’'\-]*)*")
_WORD = re.compile(r"\S+")


def looked_up(article: Article) -> Placed:
    """Return the longest names of the gazetteer, and nationalities, in each run of capitalised words."""
    found: Placed = {}
    for run in _RUN.finditer(article.text):
        words = [(run.start() + word.start(), run.start() + word.end()) for word in _WORD.finditer(run[0])]
        first = 0
        while first < len(words):
            for last in range(len(words), first, -1):
                start, end = words[first][0], words[last - 1][1]
                bare = re.sub(r"(?:['’]s|[.,'’])$", "", article.text[start:end])
                if _gazetteer().has_name(bare) or bare.lower() in _gazetteer().demonyms:
                    found[Span(start, start + len(bare))] = None
                    first = last - 1
                    break
            first += 1
    return found


def recognition(
    name: str, articles: Sequence[Article], system: str, find: Callable[[Article], Placed]
) -> Iterator[Score]:
    """Yield the measures of recognition of a system over a corpus; end to end where it gives points."""
    tally = dict.fromkeys(("gold", "found", "hits", "literal", "said", "sure", "overlap", "ends", "placed", "put"), 0)
    for article in articles:
        gold = {toponym.span: toponym for toponym in article.toponyms}
        found = find(article)
        others = {span for span, toponym in gold.items() if not toponym.literal}
        pointless = {span for span, toponym in gold.items() if toponym.lat is None}
        tally["gold"] += len(gold)
        tally["found"] += len(found)
        tally["hits"] += len(gold.keys() & found.keys())
        tally["literal"] += len(gold.keys() - others)
        tally["said"] += len(found.keys() - others)
        tally["sure"] += len((gold.keys() - others) & found.keys())
        tally["overlap"] += _overlapping(sorted(gold), sorted(found))
        tally["ends"] += len(gold.keys() - pointless)
        tally["placed"] += len(found.keys() - pointless)
        tally["put"] += sum(away(gold[span], found[span]) <= NEAR_KM for span in gold.keys() & found.keys())
    count = tally["gold"]
    if not count:
        return
    yield Score(f"{name} recognition F1", system, f1(tally["hits"], count, tally["found"]), count)
    yield Score(f"{name} recognition precision", system, tally["hits"] / max(1, tally["found"]), tally["found"])
    yield Score(f"{name} recognition recall", system, tally["hits"] / count, count)
    if tally["literal"] != count:
        literal = f1(tally["sure"], tally["literal"], tally["said"])
        yield Score(f"{name} recognition F1, literal", system, literal, tally["literal"])
    yield Score(f"{name} recognition F1, overlap", system, f1(tally["overlap"], count, tally["found"]), count)
    if tally["put"]:
        ends = f1(tally["put"], tally["ends"], tally["placed"])
        yield Score(f"{name} end to end F1", system, ends, tally["ends"])


def _overlapping(gold: list[Span], found: list[Span]) -> int:
    """Return how many spans pair off with one that they overlap, each once, in order of the text."""
    pairs, used = 0, set()
    for want in gold:
        match = next((got for got in found if got not in used and got.overlaps(want)), None)
        if match:
            used.add(match)
            pairs += 1
    return pairs


def f1(hits: int, gold: int, found: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (gold + found) if gold + found else 0.0


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Yield the scores of each corpus, ours, ours by rules alone, the baselines, and what was published."""
    for path in paths:
        name, articles = name_of(path), read(path, part)
        yield from resolution(name, articles, OURS, resolved)
        yield from resolution(name, articles, POPULOUS, populous)
        if name in PUBLISHED:
            yield Score(f"{name} acc@161", "published: mordecai 3, own subsets", PUBLISHED[name])
        yield from recognition(name, articles, OURS, ours)
        yield from recognition(name, articles, RULES, functools.partial(ours, trained=False))
        places = frozenset({"GPE", "LOC", "FAC"})
        yield from recognition(name, articles, SPACY, functools.partial(tagged, labels=places))
        yield from recognition(name, articles, SPACY_NORP, functools.partial(tagged, labels=places | {"NORP"}))
        yield from recognition(name, articles, LOOKUP, looked_up)


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield what is missed, found beside, and put in the wrong place, in the part to look at."""
    for path in paths:
        articles = read(path, "look")
        for article in articles:
            yield from _errors(name_of(path), article, with_ids(articles))


def _errors(corpus: str, article: Article, known: bool) -> Iterable[Case]:
    text = article.text
    case = functools.partial(Case, f"{corpus} {article.key}")
    gold = {toponym.span: toponym for toponym in article.toponyms}
    found = ours(article)
    for span in sorted(gold.keys() ^ found.keys()):
        around = text[max(0, span.start - 60) : span.end + 60]
        if span in gold:
            nearest = next((got for got in found if got.overlaps(span)), None)
            yield case("missed", around, f"{span.of(text)!r} {gold[span].kind}", nearest.of(text) if nearest else "-")
        elif not any(span.overlaps(want) for want in gold):
            yield case("extra", around, "-", repr(span.of(text)))
    pinned = pointed(article, known)
    for toponym, (point, identifier) in zip(pinned, resolved(article, pinned), strict=True):
        far, span = away(toponym, point), toponym.span
        if far > NEAR_KM:
            place = _gazetteer().of_key(identifier) if identifier else None
            mine = f"{place.name}, {place.country}, {place.feature}, {far:.0f} km" if place else f"{point}"
            around = text[max(0, span.start - 60) : span.end + 60]
            yield case("place", around, f"{span.of(text)!r} {toponym.lat}, {toponym.lon} id {toponym.geonameid}", mine)


LOWER = tuple(
    f"{name} {what}"
    for name in ("LGL", "GeoWebNews", "TR-News", "GeoVirus")
    for what in ("mean error km", "median error km", "AUC")
)
BENCHMARK = Benchmark("geo", "toponyms found and put in place", files, measure, errors, LOWER)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
