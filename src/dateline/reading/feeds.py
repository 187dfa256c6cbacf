"""Feeds (RSS 0.9 to 2.0, RDF, Atom): every entry a report; read as a stream, entry by entry."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import unescape
from html.entities import html5
from typing import Any, NamedTuple

from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input, headed
from dateline.reading.tables import day_of
from dateline.reading.web import fragment_text
from dateline.records import Flag

_CHUNK = 1 << 16
# A feed of one entry around an entry, by the root of the feed that it stands in.
_AROUND = {
    "rss": ('<rss version="2.0"><channel>', "</channel></rss>"),
    "feed": ('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>"),
    "RDF": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">',
        "</rdf:RDF>",
    ),
}
_ENTRIES = frozenset(("item", "entry"))
_HOLDERS = frozenset(("channel", "feed", "RDF", "rss"))
_PUBLISHED = ("pubDate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified", "lastBuildDate")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_ADDRESS = re.compile(r"\S+@\S+ \((.+)\)\Z")
_BROKEN = "Save the feed again; the entries before that line were read"
_NO_FEED = "Give an RSS or Atom feed, or save the report as text or HTML"


class _Entry(NamedTuple):
    """An entry as an XML element, the kind of its feed, and the parser's first complaint in it."""

    element: Any
    kind: str
    complaint: str


def read_feed(given: Input) -> Iterator[Draft | Failure]:
    """Read each entry of a feed: full content before summary, the feed's title as outlet.

    Entries are found with lxml, so that one is in memory at a time and damage has a line; fastfeedparser reads
    what is in them, but for their days: it would move them to UTC and fill in what they do not give. An XML
    file that is no feed is a failure with `skipped`.
    """
    outlet, raw_hash, number = "", "", 0
    for found in _found(given):
        if isinstance(found, Failure):
            yield found
            return
        if isinstance(found, str):
            yield Failure(given.path, f"the feed is cut or broken at {found}", _BROKEN)
            return
        number += 1
        if number == 1:
            outlet, raw_hash = _title(given), given.hash()
        yield _draft(f"{given.path}#{number}", found, outlet, raw_hash)
    if not number:
        yield Failure(given.path, "the feed holds no entries", "Save the feed again when it has some")


def _found(given: Input) -> Iterator[_Entry | Failure | str]:
    """Yield the entries, and as the last the line where the feed breaks off; a failure where it is none."""
    kind, heard, whole = "", 0, False
    parser, events = _parser()
    for chunk in _chunks(given):
        parser.feed(chunk)
        for event, element in events():
            name = _local(element)
            if event == "start" and not kind:
                kind = name if name in _AROUND else "none"
                if kind == "none":
                    yield Failure(given.path, f"this XML is no feed (<{name}>)", _NO_FEED, skipped=True)
                    return
            elif event == "end" and name in _ENTRIES and _local(element.getparent()) in _HOLDERS:
                complaints = [f"line {one.line}: {one.message}" for one in parser.feed_error_log]
                yield _Entry(element, kind, complaints[heard] if len(complaints) > heard else "")
                heard = len(complaints)
                _forget(element)
            whole = event == "end" and element.getparent() is None
    if not kind:
        empty = given.open().read(1) == b""
        problem = "the file is empty" if empty else "this is no XML"
        yield Failure(given.path, problem, EMPTY_REMEDY if empty else _NO_FEED)
    elif not whole:
        # What closing the parser makes of the entry that is cut is not read.
        with contextlib.suppress(SyntaxError):
            parser.close()
        last = [*parser.feed_error_log, *parser.error_log]
        yield f"line {last[-1].line} ({last[-1].message})" if last else "its end"


def _parser() -> tuple[Any, Any]:
    # Loaded only for feeds. No entity is resolved and nothing fetched: a file must not make us read another.
    from lxml import etree

    parser = etree.XMLPullParser(("start", "end"), recover=True, resolve_entities=False, no_network=True)
    return parser, parser.read_events


def _chunks(given: Input) -> Iterator[bytes]:
    """Yield the feed's bytes, names of HTML's characters written as numbers: XML knows only five of them."""
    with given.open() as stream:
        held = stream.read(_CHUNK).lstrip()
        while held:
            following = stream.read(_CHUNK)
            # A name that the end of a chunk cuts waits for the next.
            at = held.rfind(b"&", -40) if following else -1
            ready, held = (held, b"") if at < 0 else (held[:at], held[at:])
            yield _ENTITY.sub(_numbered, ready)
            held += following


def _numbered(found: re.Match[bytes]) -> bytes:
    if found.group(1) in _OF_XML:
        return found.group()
    letters = html5.get(found.group(1).decode() + ";", "")
    return "".join(f"&#{ord(letter)};" for letter in letters).encode() or found.group()


def _title(given: Input) -> str:
    """Return the feed's own title; "" where it has none."""
    parser, events = _parser()
    for chunk in _chunks(given):
        parser.feed(chunk)
        for event, element in events():
            if event != "end":
                continue
            name, parent = _local(element), _local(element.getparent())
            if name == "title" and parent in ("channel", "feed"):
                return _plain("".join(element.itertext()))
            if name in _ENTRIES and parent in _HOLDERS:
                _forget(element)
    return ""


def _forget(element: Any) -> None:
    """Free an entry that was read, and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _local(element: Any) -> str:
    tag = getattr(element, "tag", "")
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _draft(path: str, found: _Entry, outlet: str, raw_hash: str) -> Draft | Failure:
    fields = _fields(found)
    title = _plain(fields.get("title") or "")
    text = _text(fields)
    if not text:
        return Failure(path, "the entry holds no text", "Open its link, save the page and give that", skipped=True)
    published, flags = _day(found.element)
    if found.complaint:
        flags = (*flags, Flag("broken-markup", f"the feed's XML is broken at {found.complaint}; text may be missing"))
    author = _plain(fields.get("author") or "")
    named = _ADDRESS.match(author)
    return Draft(
        text=headed(title, text),
        path=path,
        title=title,
        # An entry that a feed took from another says from which.
        outlet=_plain(_child(found.element, "source", "title") or _child(found.element, "source")) or outlet,
        author=named.group(1) if named else author,
        published=published,
        url=unescape(fields.get("link") or "").strip(),
        raw_hash=raw_hash,
        flags=flags,
    )


def _fields(found: _Entry) -> dict[str, Any]:
    import fastfeedparser
    from lxml import etree

    before, after = _AROUND[found.kind]
    entry = etree.tostring(found.element, encoding="unicode", with_tail=False)
    try:
        feed = fastfeedparser.parse(f"{before}{entry}{after}", include_media=False, include_tags=False)
    except Exception:  # what an odd entry can raise deep in the parser is not listed anywhere
        return {}
    return dict(feed["entries"][0]) if feed["entries"] else {}


def _text(fields: dict[str, Any]) -> str:
    """Return the entry's content as text; its summary where there is none."""
    for one in fields.get("content") or ():
        value = (one.get("value") or "").strip()
        text = value if one.get("type") in ("text", "text/plain") else fragment_text(value)
        if text:
            return text
    return fragment_text(fields.get("description") or "")


def _day(element: Any) -> tuple[dt.date | None, tuple[Flag, ...]]:
    """Return the day that the entry gives, where its outlet is, not in UTC; flags tell of what is not sure."""
    for name in (*_PUBLISHED, *_UPDATED):
        said = _child(element, name)
        if not said:
            continue
        day = _read_day(said)
        if day is None:
            return None, (Flag("unread-date", f"the date {said!r} could not be read, or in two ways"),)
        if name in _UPDATED:
            return day, (Flag("updated-date", f"published: {day} was taken, the day of the entry's last change"),)
        return day, ()
    return None, (Flag("missing-date", "the feed gives no day for the entry"),)


def _read_day(said: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(said).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return day_of(said)


def _child(element: Any, *names: str) -> str:
    """Return the text of a child, or a child's child, by its name in any namespace; "" where there is none."""
    for name in names:
        element = next((one for one in element if _local(one) == name), None)
        if element is None:
            return ""
    return " ".join((element.text or "").split())


def _plain(words: str) -> str:
    return " ".join(re.sub(r"</?[A-Za-z][^<>]*>", " ", unescape(words)).split())
