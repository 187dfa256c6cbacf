"""A report as it was read, and what in it is not the story."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from dateline.records.span import Evidence, Span

BlockKind = Literal["headline", "subhead", "body", "caption", "list"]


class Report(msgspec.Struct, frozen=True):
    """One report: a text and what is known about it.

    `id` is a hash of the text and what is known about its origin. `text` is what every offset points
    into; a headline, where the file has one, is part of it. `published` is the day the report itself, or
    the user, gives; None where nobody does. `raw_hash` is the SHA-256 of the bytes that were read.
    `country` is the ISO 3166-1 alpha-2 code of the country that the user says the report is about.
    `language` is an ISO 639-1 code. `part` numbers the pieces of a file too large for one report, from 1.
    """

    id: str
    text: str
    path: str = ""
    title: str = ""
    outlet: str = ""
    agency: str = ""
    author: str = ""
    published: dt.date | None = None
    url: str = ""
    language: str = "en"
    country: str = ""
    raw_hash: str = ""
    part: int = 0
    flags: tuple[Flag, ...] = ()


class Block(msgspec.Struct, frozen=True):
    """A paragraph of the story or a line of its headings, without leading and trailing white space."""

    span: Span
    kind: BlockKind
    evidence: Evidence


class Debris(msgspec.Struct, frozen=True):
    """Words that are not the story: kept in the text, marked, never coded.

    `kind` is one of: paywall, related, share, cookie, caption, credit, byline, dateline, agency,
    copyright, contact, correction, translation (words a translator left), elision ("(…)").
    """

    span: Span
    kind: str
    evidence: Evidence


class Quotation(msgspec.Struct, frozen=True):
    """A quotation: `outer` with its marks, `inner` without.

    `balanced` is False where one of the two marks is missing and its place was inferred. `continues` is
    True where the quotation runs on in the next paragraph (no closing mark, the next one opens again).
    """

    outer: Span
    inner: Span
    balanced: bool
    continues: bool
    evidence: Evidence


class Flag(msgspec.Struct, frozen=True):
    """Something the analyst should know about the report: a code, a message, and the words it is about."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()
