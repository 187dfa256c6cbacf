"""Markdown, with what its front matter says about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from dateline.knowledge.cleaning import parse_day
from dateline.reading.decoding import decode
from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input, headed
from dateline.reading.text import unreadable
from dateline.records import Flag

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_NAMES = {
    "title": ("title", "headline"),
    "published": ("date", "published", "pubdate", "publish_date"),
    "outlet": ("outlet", "source", "publisher", "site", "publication"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link", "canonical"),
    "language": ("language", "lang"),
}


def read_markdown(given: Input) -> Iterator[Draft | Failure]:
    """Read Markdown; the front matter (between lines of --- or +++) is not part of the report's text."""
    data = given.bytes()
    problem = unreadable(given.path, data)
    if problem:
        yield problem
        return
    text, flags = decode(data)
    front = _FRONT.match(text)
    values = _values(front.group(1), front.group(2)) if front else {}
    body = text[front.end() :].lstrip("\r\n") if front else text
    if not body.strip():
        yield Failure(given.path, "nothing follows the front matter", EMPTY_REMEDY)
        return
    said = {field: next((values[name] for name in names if values.get(name)), "") for field, names in _NAMES.items()}
    day = parse_day(said["published"])
    if said["published"] and day is None:
        flags = (
            *flags,
            Flag("unread-date", f"the front matter's date {said['published']!r} could not be read"),
        )
    yield Draft(
        text=headed(said["title"], body),
        path=given.path,
        title=said["title"],
        outlet=said["outlet"],
        author=said["author"],
        published=day,
        url=said["url"],
        language=said["language"],
        raw_hash=given.hash(),
        flags=flags,
    )


def _values(fence: str, front: str) -> dict[str, str]:
    if fence == "+++":
        try:
            return {key.lower(): str(value) for key, value in tomllib.loads(front).items()}
        except tomllib.TOMLDecodeError:
            return {}
    # Front matter in practice is one line a key; what is nested in it is of no use here.
    return {key.lower(): value.strip("\"'[]") for key, value in _PAIR.findall(front)}
