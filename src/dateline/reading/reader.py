"""Read reports from files, folders and standard input; one bad input stops nothing."""

from __future__ import annotations

import datetime as dt
import functools
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from dateline.reading.assembling import assemble, given
from dateline.reading.drafts import Draft, Failure, Input, Reader
from dateline.reading.tables import NAMES
from dateline.records import Report, UsageError

GROUP = "dateline.readers"
# The readers that come with Dateline, written as the entry points by which others add theirs.
BUILT_IN = tuple(
    EntryPoint(suffix, f"dateline.reading.{value}", GROUP)
    for value, suffixes in (
        ("text:read_text", ("txt", "text", "asc")),
        ("markdown:read_markdown", ("md", "markdown")),
        ("web:read_html", ("html", "htm", "xhtml")),
        ("pdf:read_pdf", ("pdf",)),
        ("tables:read_jsonl", ("jsonl", "ndjson")),
        ("tables:read_json", ("json",)),
        ("tables:read_csv", ("csv", "tsv", "tab")),
        ("parquet:read_parquet", ("parquet",)),
        ("feeds:read_feed", ("rss", "atom", "xml")),
        ("mail:read_mail", ("eml",)),
        ("mail:read_mailbox", ("mbox",)),
        ("warc:read_warc", ("warc", "warc.gz", "arc", "arc.gz")),
    )
    for suffix in suffixes
)
_NO_NAME = "-"
_SUPPORTED = (
    "Give text, Markdown, HTML, PDF, JSON, JSON Lines, CSV, Parquet, mails (.eml, .mbox), feeds (RSS, Atom) or web "
    "archives (WARC); other formats need a reader of their own"
)
# First bytes (in small letters) that say what a file is, whatever its name says.
_ALWAYS = (
    (re.compile(rb"%pdf"), "pdf"),
    (re.compile(rb"par1"), "parquet"),
    (re.compile(rb"warc/\d\.\d+\r?\n[a-z-]+:"), "warc"),
)
_PREFACE = rb"(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*"
# And those that say so where the name says nothing, or no more than that it is text.
_OF_TEXT = (
    (re.compile(_PREFACE + rb"<(?:!doctype html|html|head)"), "html"),
    (re.compile(_PREFACE + rb"<(?:rss|feed|rdf:rdf)[\s>]"), "rss"),
    (re.compile(rb"from \S+[^\n]*\d{4}[^\n]*\n[a-z][a-z-]*:"), "mbox"),
    (re.compile(rb"(?:[a-z][a-z0-9-]*:[^\n]*\n|[ \t][^\n]*\n)*(?:received|mime-version|message-id):"), "eml"),
)
_TEXT = ("txt", "text", "xml")


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: dt.date | str | None = None,
    outlet: str | None = None,
    country: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    begins: Callable[[Input], None] | None = None,
) -> Iterator[Report | Failure]:
    """Yield the reports in files, folders (all levels, sorted, not hidden) and "-" (standard input).

    What cannot be read is yielded as a `Failure` and stops nothing. `published`, `outlet`, `country` and
    `language` win over what a file says; where they differ the report is flagged. `columns` maps fields
    (text, title, published, outlet, ...) to columns of tables. `begins` is told each input before it is read.
    Raises UsageError where those are wrong.
    """
    said = given(published, outlet, country, language)
    unknown = sorted(set(columns or ()) - set(NAMES))
    if unknown:
        raise UsageError(f"columns: no field {', '.join(unknown)}; there are {', '.join(NAMES)}")
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    return _reports(listed, said, dict(columns or {}), begins or _unheard)


def _unheard(_: Input) -> None:
    """Tell nobody of an input."""


def _reports(
    paths: list[str | os.PathLike[str]], said: object, columns: Mapping[str, str], begins: Callable[[Input], None]
) -> Iterator[Report | Failure]:
    for path in paths:
        for found in _inputs(os.fspath(path), columns):
            if isinstance(found, Failure):
                yield found
                continue
            begins(found)
            for draft in drafts_of(found):
                if isinstance(draft, Failure):
                    yield draft
                else:
                    yield assemble(draft, said)  # type: ignore[arg-type]


def _inputs(path: str, columns: Mapping[str, str]) -> Iterator[Input | Failure]:
    if path == _NO_NAME:
        yield Input("-", data=sys.stdin.buffer.read(), columns=columns)
        return
    place = Path(path)
    try:
        if place.is_dir():
            yield from _folder(place, columns)
        elif place.exists():
            yield Input(path, place, columns=columns)
        else:
            yield Failure(path, "there is no such file or folder", "Check the name and the folder you are in")
    except (OSError, ValueError) as error:
        yield Failure(path, f"the path cannot be read ({error})", "Check its name and its permissions")


def _folder(folder: Path, columns: Mapping[str, str]) -> Iterator[Input | Failure]:
    empty = True
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            file = Path(here) / name
            empty = False
            if is_known(name):
                yield Input(str(file), file, columns=columns)
            else:
                yield Failure(str(file), "no reader knows this type of file", _SUPPORTED, skipped=True)
    if empty:
        yield Failure(str(folder), "the folder holds no files", "Check the name of the folder")


def drafts_of(found: Input) -> Iterator[Draft | Failure]:
    """Yield what the reader makes of an input; an error of the system becomes a failure."""
    try:
        yield from _reader(found)(found)
    except PermissionError:
        yield Failure(found.path, "you are not allowed to read it", "Change its permissions, or ask its owner")
    except OSError as error:
        yield Failure(found.path, f"it cannot be read ({error.strerror or error})", "Check the disk and try again")
    except MemoryError:
        yield Failure(found.path, "it is too large for the memory", "Split it, or save it as plain text or JSON Lines")


def is_known(name: str) -> bool:
    """Whether a reader knows files of this name."""
    return _suffix(name) in _readers()


def _reader(found: Input) -> Reader:
    """Return the reader for an input: by its suffix, but by its first bytes where they say another."""
    with found.open() as stream:
        head = stream.read(4096)
    suffix = _suffix(found.path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    known = suffix in _readers()
    sniffed = _sniffed(start, _ALWAYS)
    if not sniffed and (not known or suffix in _TEXT):
        sniffed = _sniffed(start, _OF_TEXT)
    if not sniffed and not known:
        sniffed = "json" if start.startswith(b'{"') else "warc" if _holds_warc(head) else "txt"
    return _load(sniffed or suffix)


def _sniffed(start: bytes, kinds: tuple[tuple[re.Pattern[bytes], str], ...]) -> str:
    return next((suffix for pattern, suffix in kinds if pattern.match(start)), "")


def _holds_warc(head: bytes) -> bool:
    """Whether the beginning of a gzip file unpacks to that of a web archive."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False


def _suffix(name: str) -> str:
    """Return the suffix of a name; where a reader knows its last two together (warc.gz), both."""
    suffixes = [one.lstrip(".") for one in Path(name.lower()).suffixes]
    both = ".".join(suffixes[-2:])
    return both if both in _readers() else suffixes[-1] if suffixes else ""


@functools.cache
def _readers() -> Mapping[str, EntryPoint]:
    return {point.name: point for point in (*BUILT_IN, *entry_points(group=GROUP))}


@functools.cache
def _load(suffix: str) -> Reader:
    reader: Reader = _readers()[suffix].load()
    return reader
