"""Plain text, whole or, where it is large, as a stream of parts."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from dateline.reading.decoding import SAMPLE, Encoding, decode, encoding_flags, encoding_of, what_binary
from dateline.reading.drafts import EMPTY_REMEDY, Draft, Failure, Input
from dateline.records import Flag

# A larger file is cut into parts, so that memory stays bounded: the parse of a part takes some 100 MB.
LARGE = 2_000_000
PART = 250_000
_CHUNK = 1 << 20


def read_text(given: Input) -> Iterator[Draft | Failure]:
    """Read plain text in any encoding; more than 2 MB becomes parts of about 250,000 characters."""
    with given.open() as stream:
        head = stream.read(LARGE + 1)
        problem = unreadable(given.path, head)
        if problem:
            yield problem
        elif len(head) <= LARGE:
            yield from _whole(given, head)
        else:
            yield from _parts(given, head, stream)


def unreadable(path: str, data: bytes) -> Failure | None:
    """Return why `data` is no text: empty, only white space, or binary."""
    if not data:
        return Failure(path, "the file is empty", EMPTY_REMEDY)
    if not data.strip():
        return Failure(path, "the file holds only white space", EMPTY_REMEDY)
    kind = what_binary(data[:SAMPLE])
    if kind:
        return Failure(
            path, f"this is {kind}, not text", "Save the report as plain text, HTML or PDF and give that file"
        )
    return None


def _whole(given: Input, data: bytes) -> Iterator[Draft | Failure]:
    text, flags = decode(data)
    if not text.strip():
        yield Failure(given.path, "the file holds only white space", EMPTY_REMEDY)
        return
    yield Draft(text=text, path=given.path, raw_hash=given.hash(), flags=flags)


def _parts(given: Input, head: bytes, stream: BinaryIO) -> Iterator[Draft | Failure]:
    encoding = encoding_of(head[:SAMPLE], whole=False)
    raw_hash = given.hash()
    for number, text in enumerate(_cut(_decoded(encoding, head, stream)), 1):
        note = Flag("parts", f"part {number} of a large file; what one part names is not known to the next")
        flags = (note, *encoding_flags(encoding, text))
        yield Draft(text=text, path=f"{given.path}#{number}", raw_hash=raw_hash, part=number, flags=flags)


def _decoded(encoding: Encoding, head: bytes, stream: BinaryIO) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.name)(errors="replace")
    yield decoder.decode(head)
    while chunk := stream.read(_CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _cut(chunks: Iterator[str]) -> Iterator[str]:
    """Yield parts that end at the end of a paragraph, or else of a line, a sentence or a word."""
    held = ""
    for chunk in chunks:
        held += chunk
        start = 0
        while len(held) - start > PART:
            end = _end_of_part(held, start)
            if held[start:end].strip():
                yield held[start:end]
            start = end
        held = held[start:]
    if held.strip():
        yield held


def _end_of_part(text: str, start: int) -> int:
    for mark in ("\n\n", "\r\n\r\n", "\n", ". ", " "):
        found = text.rfind(mark, start + PART // 2, start + PART)
        if found >= 0:
            return found + len(mark)
    return start + PART
