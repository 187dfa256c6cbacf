"""Reader of corpora of toponyms: LGL, TR-News, GeoVirus and GeoWebNews, each in its published XML.

All are `<articles><article>` with a `<text>` and names of places with offsets into it. LGL and TR-News
(Lieberman et al. 2010; Kamalloo and Rafiei 2018) keep the entry of GeoNames in `<gaztag geonameid>` with
`<lat>` and `<lon>`; GeoVirus (Gritta et al. 2018) has `<locations><location>` with the point alone and counts
its offsets from 1; GeoWebNews (Gritta et al. 2019) has `<geonamesID>`, `<latitude>`, `<longitude>` and a
`<type>`, and also marks what is no toponym.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from dateline.corpora import Part, taken
from dateline.records import Span, UsageError

NAMES = {"GWN": "GeoWebNews", "lgl": "LGL"}
# The types of GeoWebNews after Gritta et al., A Pragmatic Guide to Geoparsing Evaluation (2019): a toponym is
# used literally, for the place, or associatively, for what belongs to it. All other types are no toponyms.
LITERAL = frozenset({"Literal", "Mixed", "Coercion", "Embedded_Literal", "Literal_Modifier"})
ASSOCIATIVE = frozenset({"Metonymic", "Embedded_Non_Lit", "Non_Literal_Modifier", "Demonym", "Homonym", "Language"})
# How far an offset may be off: GeoVirus counts from 1, and some files have lost a character.
_SLIP = 3


class Toponym(msgspec.Struct, frozen=True):
    """A gold toponym: where it stands, its type ("" where the corpus has none), id of GeoNames, and point."""

    span: Span
    kind: str = ""
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def literal(self) -> bool:
        """Whether the place itself is meant; corpora without types count all toponyms so."""
        return not self.kind or self.kind in LITERAL


class Article(msgspec.Struct, frozen=True):
    """A text of a corpus and its toponyms, in text order. `key` names it within its corpus."""

    key: str
    text: str
    toponyms: tuple[Toponym, ...]


def files(corpora: Path) -> list[Path]:
    """Return the corpora of toponyms under a folder of corpora: the XML files of its folder `geo`."""
    return sorted((corpora / "geo").glob("*.xml"))


def name_of(path: Path) -> str:
    """Return the name of the corpus in a file: GeoWebNews for GWN.xml, else the name of the file."""
    return NAMES.get(path.stem, path.stem)


def scored(key: str) -> bool:
    """Return whether an article is in the 30% that are only ever scored."""
    return hashlib.sha256(key.encode()).digest()[0] < 0.3 * 256


def read(path: Path, part: Part = "all") -> list[Article]:
    """Return the articles of a part of a corpus. Raises UsageError where the file is not in one of the formats."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise UsageError(f"{path}: not XML ({error})") from error
    found = [_article(element, number) for number, element in enumerate(root.iter("article"))]
    if not found:
        raise UsageError(f"{path}: no articles in it: not LGL, TR-News, GeoVirus or GeoWebNews")
    return [article for article in found if taken(article.key, part, scored)]


def _article(element: ElementTree.Element, number: int) -> Article:
    text = element.findtext("text") or ""
    key = element.get("docid") or element.get("file") or element.findtext("source") or str(number)
    return Article(key, text, tuple(sorted(_toponyms(element, text), key=lambda toponym: toponym.span)))


def _toponyms(element: ElementTree.Element, text: str) -> Iterator[Toponym]:
    for one in (*element.iter("toponym"), *element.iter("location")):
        kind = (one.findtext("type") or "").strip()
        if kind and kind not in LITERAL | ASSOCIATIVE:
            continue
        words = one.findtext("phrase") or one.findtext("extractedName") or one.findtext("name") or ""
        span = _span(text, words, _number(one, "start"), _number(one, "end"))
        if span is None:
            continue
        tag = one.find("gaztag")
        place = one if tag is None else tag
        identifier = place.get("geonameid") or _first(place, "geonamesID", "geonameid")
        yield Toponym(
            span,
            kind,
            int(identifier) if identifier.isdigit() else None,
            _number(place, "lat", "latitude"),
            _number(place, "lon", "longitude", "lng"),
        )


def _span(text: str, words: str, start: float | None, end: float | None) -> Span | None:
    """Return the span of `words` at the offsets given, or as near to them as offsets slip."""
    if start is None or end is None:
        return None
    first, last = int(start), int(end)
    if words and text[first:last] != words:
        for slip in (step for size in range(1, _SLIP + 1) for step in (-size, size)):
            at = first + slip
            if at >= 0 and text[at : at + len(words)] == words:
                return Span(at, at + len(words))
    return Span(first, last) if 0 <= first < last <= len(text) else None


def _first(element: ElementTree.Element, *tags: str) -> str:
    for tag in tags:
        if found := (element.findtext(tag) or "").strip():
            return found
    return ""


def _number(element: ElementTree.Element, *tags: str) -> float | None:
    try:
        return float(_first(element, *tags))
    except ValueError:
        return None
