"""Web pages: the article, without what stands around it, and what the page says about it."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any

from dateline.reading.decoding import decode
from dateline.reading.drafts import Draft, Failure, Input, headed
from dateline.reading.text import unreadable

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang=[\"']?([A-Za-z]{2})", re.IGNORECASE)
# Fewer letters than this are a menu or an error message, not a report.
_SHORTEST = 80
_REMEDY = "Save the page of the article itself, once its text is shown, or give the text as a .txt file"


def read_html(given: Input) -> Iterator[Draft | Failure]:
    """Read a web page with trafilatura; the text is the title, an empty line, and the article."""
    data = given.bytes()
    problem = unreadable(given.path, data)
    if problem:
        yield problem
        return
    page, flags = _decoded(data)
    found = _extracted(page)
    text = (found.text or "").strip() if found is not None else ""
    if found is None or len(text) < _SHORTEST:
        yield Failure(given.path, "no article was found on the page", _REMEDY)
        return
    yield Draft(
        text=headed(found.title or "", text),
        path=given.path,
        title=found.title or "",
        outlet=found.sitename or "",
        author=found.author or "",
        published=_day(found.date),
        url=found.url or "",
        raw_hash=given.hash(),
        flags=flags,
    )


def _decoded(data: bytes) -> tuple[str, Any]:
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _extracted(page: str) -> Any:
    # Loaded only for web pages: it takes several tenths of a second.
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    dates = {
        "original_date": True,
        "extensive_search": False,
        "outputformat": "%Y-%m-%d",
        "max_date": "2100-01-01",
    }
    try:
        return trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_links=False,
            date_extraction_params=dates,
        )
    except Exception:  # what a broken page can raise deep in its parser is not listed anywhere
        return None


def _day(found: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((found or "")[:10])
    except ValueError:
        return None
