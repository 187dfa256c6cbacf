"""A draft, what the user gives and what the text itself says, made into a report."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

import msgspec

from dateline.knowledge.cleaning import parse_day
from dateline.reading.decoding import control_flags
from dateline.reading.drafts import Draft
from dateline.reading.language import language_of
from dateline.reading.masthead import Masthead, masthead
from dateline.records import Flag, Report, UsageError

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Given(msgspec.Struct, frozen=True):
    """What the user says about the reports; it wins over what a file or its text says."""

    published: dt.date | None = None
    outlet: str = ""
    country: str = ""
    language: str = ""


def given(published: dt.date | str | None, outlet: str | None, country: str | None, language: str | None) -> Given:
    """Check what the user gives. Raises UsageError where the day or a code is none."""
    day = published
    if isinstance(published, str):
        day = parse_day(published) if published else None
        if published and day is None:
            raise UsageError(f"published: {published!r} is not a day; write it as 2021-07-26")
    if isinstance(day, dt.datetime):
        day = day.date()
    if country and not re.fullmatch(r"[A-Za-z]{2}", country):
        raise UsageError(f"country: {country!r} is not a code of two letters (ISO 3166-1), such as AF")
    if language and not re.fullmatch(r"[A-Za-z]{2,3}", language):
        raise UsageError(f"language: {language!r} is not a code (ISO 639-1), such as en")
    return Given(day, outlet or "", (country or "").upper(), (language or "").lower())  # type: ignore[arg-type]


def assemble(draft: Draft, said: Given) -> Report:
    """Return the report: the user's word first, then the file's, then its first and last lines'."""
    text, flags = draft.text, list(draft.flags)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        flags.append(Flag("encoding", "halves of surrogate pairs could not be read and stand as \ufffd"))
    # What stands at the top of a later part of a large file is no masthead.
    head = masthead(text) if draft.part < 2 else Masthead()
    published = draft.published or head.published
    outlet = draft.outlet or head.outlet
    if draft.published and head.published and draft.published != head.published:
        flags.append(_conflict("published", str(draft.published), "its first lines", str(head.published)))
    if said.published and published and said.published != published:
        flags.append(_conflict("published", str(said.published), "the file and its text", str(published)))
    if said.outlet and outlet and said.outlet.casefold() != outlet.casefold():
        flags.append(_conflict("outlet", said.outlet, "the file and its text", outlet))
    language = said.language or draft.language[:2].lower() or language_of(text)
    if language != "en":
        flags.append(Flag("language", f"the report is in '{language}', not English: it is kept and not coded"))
    flags.extend(control_flags(text))
    report = Report(
        id="",
        text=text,
        path=draft.path,
        title=" ".join((draft.title or head.title).split()),
        outlet=said.outlet or outlet,
        agency=draft.agency or head.agency,
        author=draft.author or head.author,
        published=said.published or published,
        url=draft.url,
        language=language,
        country=said.country or draft.country,
        raw_hash=draft.raw_hash or _sha256(text),
        part=draft.part,
        flags=tuple(flags),
    )
    return msgspec.structs.replace(report, id=identity(report))


def make_report(
    text: str,
    *,
    path: str = "",
    title: str = "",
    outlet: str = "",
    author: str = "",
    published: dt.date | str | None = None,
    url: str = "",
    language: str = "",
    country: str = "",
) -> Report:
    """Return a report made of a text. What is not given is read from its first and last lines.

    Raises UsageError where the day or a code is none.
    """
    draft = Draft(text=text, path=path, title=title, author=author, url=url)
    return assemble(draft, given(published, outlet, country, language))


def _conflict(field: str, taken: str, other: str, value: str) -> Flag:
    return Flag("metadata-conflict", f"{field}: {taken} was taken; {other} give {value}")


def identity(report: Report) -> str:
    """Return a report's id: 16 figures of the SHA-256 of its text and of where it comes from, not of its path."""
    origin = (
        report.outlet,
        report.agency,
        str(report.published or ""),
        report.url,
        str(report.part),
        report.text,
    )
    return _sha256("\x1f".join(origin))[:16]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
