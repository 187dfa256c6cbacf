"""Web pages: the article, without what stands around it, and what the page says about it."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec

from dateline.reading.decoding import decode
from dateline.reading.drafts import Draft, Failure, Input, headed
from dateline.reading.text import unreadable
from dateline.records import Flag

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang=[\"']?([A-Za-z]{2})", re.IGNORECASE)
# Fewer letters than this are a menu or an error message, not a report.
_SHORTEST = 80
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# Elements that begin on a line of their own, as a browser shows them.
_BLOCKS = tuple(
    "address article aside blockquote br caption center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_REMEDY = "Save the page of the article itself, once its text is shown, or give the text as a .txt file"


def read_html(given: Input) -> Iterator[Draft | Failure]:
    """Read a web page with trafilatura; the text is the title, an empty line, and the article."""
    found = read_page(given.path, given.bytes())
    yield msgspec.structs.replace(found, raw_hash=given.hash()) if isinstance(found, Draft) else found


def read_page(path: str, data: bytes, charset: str = "") -> Draft | Failure:
    """Return the article of a page and what the page says about it, or why there is none.

    `charset` is what came with the page (a server's header); it is asked before the page's own word.
    """
    problem = unreadable(path, data)
    if problem:
        return problem
    page, flags = decode_page(data, charset)
    found = _extracted(page)
    text = (found.text or "").strip() if found is not None else ""
    if found is None or len(text) < _SHORTEST:
        return Failure(path, "no article was found on the page", _REMEDY)
    return Draft(
        text=headed(found.title or "", text),
        path=path,
        title=found.title or "",
        outlet=found.sitename or "",
        author=found.author or "",
        published=_day(found.date),
        url=found.url or "",
        flags=flags,
    )


def fragment_text(html: str) -> str:
    """Return the text of a piece of HTML that is the article already (a feed's entry, a mail), a line a paragraph.

    Nothing but scripts and styles is left out, and cells of tables are lines: in mails they are layout. A piece
    without tags keeps its lines, its character references are read. Raises nothing.
    """
    if not _TAG.search(html):
        return unescape(html).strip()
    from lxml import etree
    from lxml import html as pages

    try:
        tree = pages.document_fromstring(f"<html><body><div>{html}</div></body></html>")
    except (etree.ParserError, ValueError):
        return _TAG.sub(" ", html).strip()
    for one in list(tree.iter("script", "style", "head", "title", etree.Comment, etree.ProcessingInstruction)):
        one.drop_tree()
    for one in tree.iter(etree.Element):
        if one.tag != "pre":
            one.text = _BLANKS.sub(" ", one.text or "")
        one.tail = _BLANKS.sub(" ", one.tail or "")
    for one in tree.iter(*_BLOCKS):
        one.text, one.tail = "\n" + (one.text or ""), "\n" + (one.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def decode_page(data: bytes, charset: str = "") -> tuple[str, tuple[Flag, ...]]:
    """Return a page's text: by its byte order mark, `charset`, its own word, or else what its bytes show."""
    declared = _CHARSET.search(data[:4096])
    names = [charset, declared.group(1).decode("ascii") if declared else ""]
    for name in names if not data.startswith(_BOMS) else ():
        try:
            if name:
                return data.decode(name), ()
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
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
