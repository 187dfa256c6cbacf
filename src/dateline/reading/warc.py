"""Web archives (WARC and ARC): the pages in them, as a stream; a damaged record costs that record alone."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import urlsplit

import msgspec

from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input
from dateline.reading.members import Member, find, members
from dateline.reading.text import read_text
from dateline.reading.web import read_page
from dateline.records import Flag

# No report is longer; a record that is would have to be held in memory whole.
_LARGEST = 32 << 20
_KINDS = {"text/html": "page", "application/xhtml+xml": "page", "text/plain": "text"}
_WITH_PAYLOAD = ("response", "resource", "conversion")
_FETCHED = ("200", "203")
# What a crawler asks every site for, and no report.
_FOR_CRAWLERS = ("/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/llms.txt")
_HEAD = re.compile(rb"WARC/\d|filedesc:|https?://\S+ \S+ \d{14} ")
_RECORD = re.compile(rb"\nWARC/\d\.\d+\r?\n")
_REMEDY = "Fetch the archive again if you need that record; the others are read"


class _Page(NamedTuple):
    """A page as its record holds it, before anything of it is read."""

    kind: str
    url: str
    charset: str
    captured: dt.date | None
    cut: str
    data: bytes


class _Damage(str):
    """What is wrong with a record that what follows it cannot be read from where it ends."""


def read_warc(given: Input) -> Iterator[Draft | Failure]:
    """Read every page (HTML or plain text, fetched whole) of a web archive, packed or not, with warcio.

    A report's path names the file and the byte at which its record begins; for a record that is not the first
    of its gzip member, the member's byte and, after "+", the byte in what it unpacks to. Requests, revisits,
    pictures and answers that are no pages are passed over; a page without an article is a failure with
    `skipped`. Memory is bounded by the largest page, 32 MiB.
    """
    with given.open() as stream:
        if not stream.read(1):
            yield Failure(given.path, "the file is empty", EMPTY_REMEDY)
            return
        raw_hash, found = given.hash(), False
        for where, page in _archived(stream):
            found = True
            path = f"{given.path}#{where}"
            if isinstance(page, str):
                yield Failure(path, f"the record at byte {where} {page}", _REMEDY)
            else:
                yield from _read(path, page, raw_hash)
    if not found:
        yield Failure(given.path, "the archive holds no page", "Give an archive whose pages were fetched whole")


def _read(path: str, page: _Page, raw_hash: str) -> Iterator[Draft | Failure]:
    if page.kind == "page":
        found = [read_page(path, page.data, page.charset)]
    else:
        found = list(read_text(Input(path, data=page.data)))
    for one in found:
        if isinstance(one, Failure):
            # Most pages of a crawl are lists and menus: they are counted, not told one by one.
            yield msgspec.structs.replace(one, problem=f"{one.problem} ({page.url})", skipped=True)
        else:
            flags = (*one.flags, *_flags(page, one.published))
            yield msgspec.structs.replace(one, url=page.url, raw_hash=raw_hash, flags=flags)


def _flags(page: _Page, published: dt.date | None) -> Iterator[Flag]:
    if page.captured is not None:
        unknown = "" if published else "; the page gives no day of its own, and this one was not taken for it"
        yield Flag("captured", f"the archive took the page on {page.captured}{unknown}")
        if published and published > page.captured + dt.timedelta(days=1):
            message = f"published: {published} was taken; the archive took the page before, on {page.captured}"
            yield Flag("metadata-conflict", message)
    if page.cut:
        yield Flag("truncated", f"the archive holds only the beginning of the page ({page.cut})")


def _archived(stream: BinaryIO) -> Iterator[tuple[str, _Page | str]]:
    """Yield the pages with where their records begin; for a damaged record, what is wrong with it."""
    at: int | None = 0
    while at is not None:
        stream.seek(at)
        start, at = at, None
        if stream.read(2) == b"\x1f\x8b":
            for begin, member in members(stream, start, _HEAD):
                yield from _of_member(begin, member)
            return
        stream.seek(start)
        for offset, page in _records(stream):
            yield str(offset), page
            if isinstance(page, _Damage):
                # Its length may be what is wrong: the next record is looked for inside it as well.
                at = find(stream, _RECORD, offset)
                at = at + 1 if at is not None else None
                break


def _of_member(begin: int, member: Member) -> Iterator[tuple[str, _Page | str]]:
    told = False
    for offset, page in _records(member):
        yield f"{begin}+{offset}" if offset else str(begin), page
        told = isinstance(page, _Damage)
    member.drain()
    if member.problem and not told:
        yield str(begin), f"is damaged or cut short ({member.problem})"


def _records(source: Any) -> Iterator[tuple[int, _Page | str]]:
    """Yield the pages of an unpacked archive and, as the last, what is wrong with the first damaged record."""
    # Loaded only for archives.
    from warcio.archiveiterator import ArchiveIterator

    archive = ArchiveIterator(source, arc2warc=True)
    while True:
        try:
            # warcio tells of damage on standard error; here it is told as a failure.
            with contextlib.redirect_stderr(io.StringIO()):
                record = next(archive, None)
                if record is None:
                    break
                offset = archive.offset
                page = _page(record)
                archive.read_to_end(record)
        except Exception as error:  # what a damaged record can raise deep in the parser is not listed anywhere
            what = " ".join((str(error) or type(error).__name__).split())[:120]
            yield archive.offset, _Damage(f"is damaged ({what})")
            return
        missing = getattr(record.raw_stream, "limit", 0)
        if missing or archive.err_count or record.length is None:
            what = f"{missing} bytes are missing" if missing else "its length is wrong or not given"
            yield offset, _Damage(f"is damaged or cut short ({what})")
            return
        if page is not None:
            yield offset, page
    if archive.offset < source.tell():
        yield archive.offset, _Damage("is cut short (nothing follows its head)")


def _page(record: Any) -> _Page | str | None:
    """Return the page in a record; None where it holds none, and why where it holds one that cannot be read."""
    web, head = record.http_headers, record.rec_headers
    if record.rec_type not in _WITH_PAYLOAD or (web is not None and web.get_statuscode() not in _FETCHED):
        return None
    content = (web.get_header("Content-Type") if web is not None else head.get_header("Content-Type")) or ""
    media, _, parameters = content.partition(";")
    kind = _KINDS.get(media.strip().lower())
    url = head.get_header("WARC-Target-URI") or ""
    if kind is None or urlsplit(url).path in _FOR_CRAWLERS:
        return None
    if (record.length or 0) > 2 * _LARGEST:
        return f"holds a page of more than {_LARGEST >> 20} MiB"
    data = _payload(record)
    if isinstance(data, str):
        return data
    charset = re.search(r"charset=[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    cut = head.get_header("WARC-Truncated") or ("segment" if head.get_header("WARC-Segment-Number") else "")
    return _Page(kind, url, charset.group(1) if charset else "", _day(head.get_header("WARC-Date")), cut, data)


def _payload(record: Any) -> bytes | str:
    """Return what the server sent, unpacked; why not, where it cannot be unpacked or is too large."""
    from warcio.bufferedreaders import ChunkedDataReader

    web, stream = record.http_headers, record.raw_stream
    chunked = web is not None and (web.get_header("Transfer-Encoding") or "").lower() == "chunked"
    data: bytes = (ChunkedDataReader(stream) if chunked else stream).read(_LARGEST + 1)
    packed = (web.get_header("Content-Encoding") or "").strip().lower() if web is not None else ""
    if packed in ("gzip", "x-gzip", "deflate"):
        data = _inflated(data)
    elif packed in ("br", "zstd") and data.lstrip()[:1] != b"<":
        return f"holds a page that is packed with {packed}, which is not unpacked here"
    return data if len(data) <= _LARGEST else f"holds a page of more than {_LARGEST >> 20} MiB"


def _inflated(data: bytes) -> bytes:
    """Return `data` unpacked; as it is, where it was unpacked before it was archived."""
    for window in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(data, _LARGEST + 1)
        except zlib.error:
            continue
    return data


def _day(said: str | None) -> dt.date | None:
    figures = re.sub(r"\D", "", said or "")[:8]
    try:
        return dt.datetime.strptime(figures, "%Y%m%d").date()
    except ValueError:
        return None
