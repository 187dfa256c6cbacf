"""Names of places on two public corpora, the gold spans given: what share is put at its place.

Prints ours beside the baseline that always takes the most populous place of the name, in one run, over the
same names (all that carry a GeoNames id and a point; one without any candidate counts as wrong). A hit is the
right id or a point within 161 km, which is what a country or a river can be measured by. Corpora: LGL and
GeoWebNews as lgl.xml and GWN.xml in the folder geo of --corpora or $DATELINE_CORPORA; skipped where absent.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.placing.context import read_name
from dateline.placing.geography import distance_km
from dateline.placing.resolving import Weights, of_nationality, resolve
from dateline.records import Span

FILES = {"LGL": "lgl.xml", "GeoWebNews": "GWN.xml"}
HIT_KM = 161.0
Gold = tuple[Span, int, float, float]


def articles(path: Path) -> list[tuple[str, str, list[Gold]]]:
    """Return (id, text, gold names with their points) of each article of a corpus."""
    found = []
    for article in ElementTree.parse(path).getroot().iter("article"):
        text = article.findtext("text") or ""
        gold = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            source = toponym if tag is None else tag
            lat = source.findtext("lat") or source.findtext("latitude")
            lon = source.findtext("lon") or source.findtext("longitude")
            start, end = toponym.findtext("start"), toponym.findtext("end")
            identifier = source.get("geonameid") or source.findtext("geonamesID")
            if lat and lon and start and end and identifier:
                gold.append((Span(int(start), int(end)), int(identifier), float(lat), float(lon)))
        found.append((article.get("docid") or article.get("file") or "", text, gold))
    return found


def hits(gold: Gold, place: Candidate) -> bool:
    """Whether a place is the gold one, by its id or by lying within 161 km of it."""
    _, identifier, lat, lon = gold
    return identifier == place.geonameid or distance_km(lat, lon, place.lat, place.lon) <= HIT_KM


def scored(identifier: str) -> bool:
    """Whether an article is in the 30% that are only ever scored."""
    return hashlib.sha256(identifier.encode()).digest()[0] < 0.3 * 256


def measure(
    corpus: list[tuple[str, str, list[Gold]]], gazetteer: Gazetteer, weights: Weights
) -> tuple[int, int, int, list[float], float]:
    """Return names, our hits, hits of the baseline, our distances in km, and seconds."""
    names = ours = baseline = 0
    away: list[float] = []
    seconds = 0.0
    for _, text, gold in corpus:
        begun = time.perf_counter()
        choices = resolve([read_name(text, name[0], gazetteer) for name in gold], gazetteer, {}, weights)
        seconds += time.perf_counter() - begun
        for name, choice in zip(gold, choices, strict=True):
            names += 1
            if choice.place:
                away.append(distance_km(*name[2:], choice.place.lat, choice.place.lon))
                ours += hits(name, choice.place)
            found = gazetteer.candidates(name[0].of(text)) or of_nationality(name[0].of(text), gazetteer)
            largest = max(found, key=lambda place: place.population, default=None)
            baseline += largest is not None and hits(name, largest)
    return names, ours, baseline, away, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=os.environ.get("DATELINE_CORPORA"))
    parser.add_argument("--open-part", action="store_true", help="the 70%% that may be looked at, not the rest")
    options = parser.parse_args()
    if options.corpora is None or not Path(options.corpora, "geo").is_dir():
        print("skipped: no corpora (give --corpora or set DATELINE_CORPORA)", file=sys.stderr)
        return 0
    gazetteer = Gazetteer.open()
    print(f"{'corpus':12}{'names':>7}{'ours':>8}{'most populous':>15}{'median km':>11}{'ms a report':>13}")
    for label, name in FILES.items():
        path = Path(options.corpora, "geo", name)
        corpus = [a for a in articles(path) if a[2] and scored(a[0]) != options.open_part]
        names, ours, baseline, away, seconds = measure(corpus, gazetteer, Weights())
        median = statistics.median(away) if away else 0.0
        row = f"{label:12}{names:7}{ours / names:8.3f}{baseline / names:15.3f}"
        print(f"{row}{median:11.1f}{1000 * seconds / len(corpus):13.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
