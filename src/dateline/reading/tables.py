"""Tables of reports: JSON Lines, JSON, CSV and TSV, with a mapping of columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from dateline.knowledge.cleaning import parse_day
from dateline.reading.decoding import SAMPLE, Encoding, decode, encoding_flags, encoding_of
from dateline.reading.drafts import Draft, Failure, Input, headed
from dateline.reading.text import unreadable
from dateline.records import Flag

# The columns that each of our fields is looked for in, in order; case, blanks and "_" make no difference.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "content",
        "body",
        "articlecontent",
        "articletext",
        "fulltext",
        "maintext",
        "article",
        "story",
    ),
    "title": ("title", "headline", "articletitle", "head"),
    "published": (
        "published",
        "date",
        "publishdate",
        "publicationdate",
        "pubdate",
        "datepublished",
        "publishedat",
        "day",
    ),
    "outlet": ("outlet", "source", "publisher", "sitename", "publication", "newspaper", "site"),
    "agency": ("agency", "wire"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link", "href"),
    "language": ("language", "lang"),
    "country": ("countrycode",),
    "id": ("id", "unitid", "docid", "articleid", "uid"),
}
_LISTS = ("articles", "reports", "documents", "items", "data", "results", "records", "stories")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
ROWS_FOR_ORDER = 500
MAP_REMEDY = "Name the column with --map text=COLUMN"


def read_jsonl(given: Input) -> Iterator[Draft | Failure]:
    """Read one report a line; a line that is cut or broken is a failure with its line and column."""
    problem = _unreadable(given)
    if problem:
        yield problem
        return
    with given.open() as stream:
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            line, flags = decode(raw)
            try:
                row = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                column = getattr(error, "colno", 1)
                yield _broken(f"{given.path}#{number}", number, column, error)
                continue
            yield row_draft(given, row, str(number), flags)


def read_json(given: Input) -> Iterator[Draft | Failure]:
    """Read a report, a list of reports, or an object that holds such a list.

    Where a list is cut short, what stands before the cut is read.
    """
    problem = _unreadable(given)
    if problem:
        yield problem
        return
    text, flags = decode(given.bytes())
    decoder = json.JSONDecoder()
    at = _blank(text, 0)
    try:
        if text[at : at + 1] != "[":
            value, end = decoder.raw_decode(text, at)
            if text[end:].strip():
                # One object after another, without a list around them: JSON Lines under another name.
                yield from read_jsonl(given)
                return
            yield from (row_draft(given, row, str(n), flags) for n, row in enumerate(_rows(value), 1))
            return
        at, number = _blank(text, at + 1), 0
        while text[at : at + 1] != "]":
            number += 1
            row, at = decoder.raw_decode(text, at)
            yield row_draft(given, row, str(number), flags)
            at = _blank(text, at)
            if text[at : at + 1] == ",":
                at = _blank(text, at + 1)
            elif text[at : at + 1] != "]":
                raise json.JSONDecodeError("the list is cut short" if at >= len(text) else "expected , or ]", text, at)
    except json.JSONDecodeError as error:
        yield _broken(given.path, error.lineno, error.colno, error)
    except RecursionError as error:
        yield _broken(given.path, 1, 1, error)


def read_csv(given: Input) -> Iterator[Draft | Failure]:
    """Read one report a row; columns are found by their names in the first row, or as mapped."""
    problem = _unreadable(given)
    if problem:
        yield problem
        return
    with given.open() as stream:
        sample = stream.read(SAMPLE + 1)
        encoding = encoding_of(sample[:SAMPLE], whole=len(sample) <= SAMPLE)
        stream.seek(0)
        lines = io.TextIOWrapper(stream, encoding.name, errors="replace", newline="")
        csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))
        rows = csv.reader(lines, delimiter=_delimiter(sample.decode(encoding.name, "replace"), given.path))
        try:
            header = [name.strip() for name in next(rows)]
            if column_of("text", header, given.columns) is None:
                yield Failure(given.path, f"no column holds the text; there are: {', '.join(header)}", MAP_REMEDY)
                return
            yield from _table(given, header, rows, encoding)
        except csv.Error as error:
            yield Failure(
                f"{given.path}#{rows.line_num}",
                f"line {rows.line_num} is no CSV ({error})",
                "Save the table again as CSV",
            )


def _table(given: Input, header: list[str], rows: Any, encoding: Encoding) -> Iterator[Draft | Failure]:
    """Yield the rows; the order of day and month is learnt from the first of them before any is yielded."""
    held: list[tuple[int, list[str]]] = []
    for row in rows:
        held.append((rows.line_num, row))
        if len(held) == ROWS_FOR_ORDER:
            break
    column = column_of("published", header, given.columns)
    at = header.index(column) if column is not None else -1
    month_first = month_order(row[at] for _, row in held if 0 <= at < len(row))
    for line, row in chain(held, ((rows.line_num, row) for row in rows)):
        if any(cell.strip() for cell in row):
            values = dict(zip(header, row, strict=False))
            yield row_draft(given, values, str(line), encoding_flags(encoding, "".join(row)), month_first)


def month_order(days: Iterable[str]) -> bool | None:
    """Return whether days like "4/25/17" give the month first; None where the column does not show it."""
    found = [match for match in map(_NUMERIC.fullmatch, map(str.strip, days)) if match]
    first, second = (max((int(match.group(n)) for match in found), default=0) for n in (1, 2))
    return None if (first > 12) == (second > 12) else second > 12


def _unreadable(given: Input) -> Failure | None:
    with given.open() as stream:
        return unreadable(given.path, stream.read(SAMPLE))


def _blank(text: str, at: int) -> int:
    found = re.compile(r"\s*").match(text, at)
    return found.end() if found else at


def _broken(path: str, line: int, column: int, error: Exception) -> Failure:
    what = getattr(error, "msg", None) or type(error).__name__
    return Failure(
        path,
        f"the JSON is cut or broken at line {line}, column {column} ({what})",
        "Export it again, or mend that line; what stands before it was read",
    )


def _rows(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for name in _LISTS:
            if isinstance(value.get(name), list):
                return list(value[name])
    return [value]


def _delimiter(sample: str, path: str) -> str:
    if path.lower().endswith((".tsv", ".tab")):
        return "\t"
    header = sample.split("\n", 1)[0]
    return max((",", ";", "\t", "|"), key=header.count)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def column_of(field: str, header: Iterable[str], mapped: Mapping[str, str]) -> str | None:
    """Return the column of `header` that holds one of our fields: the mapped one, else one by its name."""
    if field in mapped:
        return mapped[field] if mapped[field] in header else None
    plain = {_plain(name): name for name in reversed(list(header))}
    return next((plain[name] for name in NAMES[field] if name in plain), None)


def row_draft(
    given: Input, row: Any, where: str, flags: tuple[Flag, ...], month_first: bool | None = None
) -> Draft | Failure:
    """Return the report in a row (or an object) of a table; a failure where it holds no text.

    `where` numbers the row for its path; `month_first` is the order that the column of days shows.
    """
    path = f"{given.path}#{where}"
    if not isinstance(row, dict):
        return Failure(path, "this is not an object with named fields", 'Each report must look like {"text": "..."}')
    names = list(row)
    said: dict[str, str] = {}
    for field in NAMES:
        column = column_of(field, names, given.columns)
        value = row.get(column) if column is not None else None
        said[field] = _words(value)
    if not said["text"].strip():
        if column_of("text", names, given.columns) is None:
            return Failure(path, f"no field holds the text; there are: {', '.join(names)}", MAP_REMEDY)
        return Failure(path, "the text is empty", "Fill it in, or leave the row out")
    day = day_of(said["published"], month_first)
    if said["published"].strip() and day is None:
        flags = (
            *flags,
            Flag("unread-date", f"the date {said['published']!r} could not be read, or in two ways"),
        )
    text = headed(said["title"], said["text"])
    title, country = said["title"].strip(), said["country"].upper()[:2]
    return Draft(
        text=text, path=path, title=title, outlet=said["outlet"].strip(), agency=said["agency"],
        author=said["author"], published=day, url=said["url"], language=said["language"], country=country,
        flags=flags,
    )  # fmt: skip


def _words(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, bytes):
        return decode(value)[0]
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return _words(value.get("name") or value.get("title") or "")
    return str(value)


def day_of(value: str, month_first: bool | None = None) -> dt.date | None:
    """Return the day that a value gives; None where it gives none, or where it can be read in two ways."""
    value = value.strip()
    numeric = _NUMERIC.fullmatch(value)
    try:
        if numeric and month_first is not None:
            first, second, year = map(int, numeric.groups())
            month, day = (first, second) if month_first else (second, first)
            return dt.date(year + (0 if year > 99 else 1900 if year >= 50 else 2000), month, day)
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return parse_day(value)
