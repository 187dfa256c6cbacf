"""E-mail: a mail, or a mailbox as a stream; what it forwards and attaches are reports of their own."""

from __future__ import annotations

import datetime as dt
import email
import re
from collections.abc import Iterator
from email.message import Message
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

import msgspec

from dateline.knowledge.cleaning import phrases
from dateline.reading.decoding import decode
from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input, headed
from dateline.reading.reader import drafts_of, is_known
from dateline.reading.senders import is_body
from dateline.reading.tables import day_of
from dateline.reading.web import decode_page, fragment_text
from dateline.records import Flag

_ANSWERED = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_QUOTED = re.compile(rb">+From ")
# The suffix of a part that has a type and no name that tells it.
_SUFFIXES = {
    "text/plain": "txt",
    "text/html": "html",
    "text/markdown": "md",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/xhtml+xml": "html",
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
}
_SIGNATURES = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))
_ENCRYPTED = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))
# A plain part this short may only say that the mail is in HTML: the longer of the two is taken.
_PLACEHOLDER = 400
_MANY_TIMES = 3
_DEEPEST = 10


def read_mail(given: Input) -> Iterator[Draft | Failure]:
    """Read a mail: subject, day and sender from its head, its plain text or else its HTML.

    A mail that it forwards whole, and an attachment that a reader knows, is a report of its own, whose path
    names it after "#". Other attachments are failures with `skipped`.
    """
    data = given.bytes()
    if not data.strip():
        yield Failure(given.path, "the file is empty", EMPTY_REMEDY)
        return
    yield from _parsed(given.path, data, given.hash())


def read_mailbox(given: Input) -> Iterator[Draft | Failure]:
    """Read the mails of an mbox file one by one, numbered from 1; one mail is in memory at a time."""
    number, raw_hash = 0, ""
    for number, data in enumerate(_mails(given), 1):
        raw_hash = raw_hash or given.hash()
        yield from _parsed(f"{given.path}#{number}", data, raw_hash)
    if not number:
        yield Failure(given.path, "no mail begins in it", 'Each mail of an mbox begins with a line "From ..."')


def _mails(given: Input) -> Iterator[bytes]:
    """Yield the mails: each begins at a line "From " with an empty line above it and a header below.

    The standard library's mailbox takes any line that begins with "From " and so cuts mails in two; it also
    reads from files only.
    """
    lines: list[bytes] = []
    above, opening = b"\n", b""
    with given.open() as stream:
        begun = False
        for line in stream:
            if opening:
                if _HEADER.match(line):
                    if begun:
                        yield _one(lines)
                    lines, begun = [], True
                else:
                    lines.append(opening)
                opening = b""
            if line.startswith(b"From ") and not above.strip():
                opening = line
            elif begun:
                lines.append(line[1:] if _QUOTED.match(line) else line)
            above = line
        if begun:
            yield _one([*lines, opening])


def _one(lines: list[bytes]) -> bytes:
    """Return a mail without the empty line that the mailbox puts after it."""
    return b"".join(lines[:-1] if lines and not lines[-1].strip() else lines)


def _parsed(path: str, data: bytes, raw_hash: str) -> Iterator[Draft | Failure]:
    try:
        mail = email.message_from_bytes(data, policy=default)
        if not mail.keys():
            yield Failure(path, "this is no mail: it has no head", "Save the mail whole, with its head, as .eml")
            return
        yield from (
            msgspec.structs.replace(one, raw_hash=raw_hash) if isinstance(one, Draft) else one
            for one in _drafts(path, mail, 0)
        )
    except RecursionError:
        yield Failure(path, "the mail's parts are nested too deeply", "Save the mails that it forwards one by one")


def _drafts(path: str, mail: Message, depth: int) -> Iterator[Draft | Failure]:
    if mail.get_content_type() in _ENCRYPTED:
        yield Failure(path, "the mail is encrypted", "Open it with its key and save a copy without encryption")
        return
    text, flags = _text(mail)
    inside = [part for part in _parts(mail) if not _is_text(part) and part.get_content_type() not in _SIGNATURES]
    readable = [part for part in inside if _is_mail(part) or is_known(_name(part, 0))]
    if text.strip():
        yield _draft(path, mail, text, flags)
    elif not readable:
        yield Failure(path, "the mail holds no text", "Save what it shows as text or PDF and give that")
    between = "/" if depth else "#"
    for number, part in enumerate(inside, 1):
        if _is_mail(part):
            yield from _forwarded(path + between, number, part, depth)
        else:
            yield from _attached(path + between + _name(part, number), part)


def _forwarded(path: str, number: int, part: Message, depth: int) -> Iterator[Draft | Failure]:
    held = part.get_payload()
    path = f"{path}message-{number}"
    if not isinstance(held, list) or not held or not isinstance(held[0], Message):
        yield Failure(path, "the forwarded mail is broken", "Save that mail by itself as .eml")
    elif depth >= _DEEPEST:
        yield Failure(path, "the mail's parts are nested too deeply", "Save that mail by itself as .eml")
    else:
        yield from _drafts(path, held[0], depth + 1)


def _attached(path: str, part: Message) -> Iterator[Draft | Failure]:
    if is_known(path):
        yield from drafts_of(Input(path, data=_bytes(part)))
    else:
        remedy = "Save it in a format that is read (text, HTML, PDF, tables) and give that, if it is a report"
        yield Failure(path, "no reader knows this type of attachment", remedy, skipped=True)


def _draft(path: str, mail: Message, text: str, flags: tuple[Flag, ...]) -> Draft:
    title = _ANSWERED.sub("", _said(mail, "Subject"), count=1).strip()
    published, unsure = _day(mail)
    name, address = parseaddr(_said(mail, "From"))
    sender = name or address
    outlet = is_body(sender, phrases())
    return Draft(
        text=headed(title, text),
        path=path,
        title=title,
        outlet=sender if outlet else "",
        author="" if outlet else sender,
        published=published,
        flags=(*unsure, *flags, *_broken(mail)),
    )


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts that hold no others; a forwarded mail is one."""
    held = mail.get_payload()
    if mail.get_content_maintype() == "multipart" and isinstance(held, list):
        for part in held:
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield mail


def _is_mail(part: Message) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_text(part: Message) -> bool:
    """Whether a part is the mail's own text, not a file that came with it."""
    shown = part.get_content_disposition() != "attachment" and not part.get_filename()
    # A multipart whose boundaries are broken is left as one part of text.
    return shown and part.get_content_type() in ("text/plain", "text/html", "multipart/mixed", "multipart/alternative")


def _text(mail: Message) -> tuple[str, tuple[Flag, ...]]:
    parts = [part for part in _parts(mail) if _is_text(part)]
    plain = [_decoded(part) for part in parts if part.get_content_type() != "text/html"]
    text, flags = _joined([one for one in plain if one[0].strip()])
    if len(text) < _PLACEHOLDER:
        pages = [_decoded(part) for part in parts if part.get_content_type() == "text/html"]
        other, others = _joined([(fragment_text(page), found) for page, found in pages])
        if len(other) > _MANY_TIMES * len(text.strip()):
            return other, others
    return text, flags


def _joined(parts: list[tuple[str, tuple[Flag, ...]]]) -> tuple[str, tuple[Flag, ...]]:
    return "\n\n".join(text for text, _ in parts), tuple(flag for _, flags in parts for flag in flags)


def _decoded(part: Message) -> tuple[str, tuple[Flag, ...]]:
    """Return the text of a part by the charset that it names; where that is wrong, by its bytes, and flagged."""
    data = _bytes(part)
    charset = str(part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        return decode_page(data, charset)
    try:
        return data.decode(charset or "ascii").replace("\r\n", "\n"), ()
    except (LookupError, UnicodeDecodeError, ValueError):
        text, flags = decode(data)
    if charset and not flags:
        flags = (Flag("encoding", f"the mail says {charset!r}, which its bytes are not; they were read as UTF-8"),)
    return text.replace("\r\n", "\n"), flags


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    if isinstance(data, bytes):
        return data
    held = part.get_payload()
    return held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""


def _name(part: Message, number: int) -> str:
    """Return the name of an attachment, with a suffix that its type tells where its name has none."""
    name = re.sub(r"[\x00-\x1f/\\#]+", "_", part.get_filename() or "").strip()
    suffix = _SUFFIXES.get(part.get_content_type(), "")
    if name and (is_known(name) or not suffix):
        return name
    return f"{name or f'part-{number}'}.{suffix}" if suffix else name or f"part-{number}"


def _said(mail: Message, name: str) -> str:
    """Return a header; "" where there is none. Bytes that no header may hold are read as the text that they are."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    if re.search(r"[\udc80-\udcff]", raw):
        return " ".join(decode(raw.encode("utf-8", "surrogateescape"))[0].split())
    try:
        return " ".join(str(mail[name] or "").split())
    except Exception:  # what an odd header can raise deep in its parser is not listed anywhere
        return " ".join(raw.split())


def _day(mail: Message) -> tuple[dt.date | None, tuple[Flag, ...]]:
    """Return the day on which the mail was sent, where its sender was, not in UTC."""
    said = _said(mail, "Date")
    if not said:
        return None, (Flag("missing-date", "the mail does not say when it was sent"),)
    try:
        return parsedate_to_datetime(said).date(), ()
    except (ValueError, TypeError, IndexError, OverflowError):
        day = day_of(said)
    return day, () if day else (Flag("unread-date", f"the date {said!r} could not be read, or in two ways"),)


def _broken(mail: Message) -> tuple[Flag, ...]:
    found = sorted({type(defect).__name__ for part in mail.walk() for defect in part.defects})
    if not found:
        return ()
    return (Flag("broken-markup", f"the mail is not sound ({', '.join(found)}); text may be missing"),)
