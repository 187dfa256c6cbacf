"""Bytes to text: which encoding, and what could not be read."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from dateline.records import Flag

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a sound, film or image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"ID3", "a sound"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
SAMPLE = 1 << 18


class Encoding(NamedTuple):
    """The name of an encoding (Python's) and why it was taken: "bom", "utf-8", "broken" or "guess"."""

    name: str
    reason: str


def what_binary(sample: bytes) -> str:
    """Return what kind of binary file begins with `sample`; "" where it may be text."""
    for magic, name in _MAGIC:
        if sample.startswith(magic):
            return name
    if not sample or any(sample.startswith(bom) for bom, _ in _BOMS) or _wide(sample):
        return ""
    head = sample[:65536]
    odd = sum(head.count(bytes((code,))) for code in (*range(9), *range(14, 32)))
    return "binary data" if odd * 20 > len(head) else ""


def _wide(sample: bytes) -> str:
    """Return UTF-16 with its byte order where every other byte is zero (Latin letters); else ""."""
    head = sample[:4096]
    half = len(head) // 2
    if half < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 10 > half * 7 and even * 20 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 20 < half:
        return "utf-16-be"
    return ""


def encoding_of(sample: bytes, *, whole: bool) -> Encoding:
    """Return the encoding of a text that begins with `sample` (or is it, where `whole`)."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return Encoding(name, "bom")
    wide = _wide(sample)
    if wide:
        return Encoding(wide, "guess")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        pass
    else:
        return Encoding("utf-8", "utf-8")
    high = sum(byte > 127 for byte in sample)
    good = _MULTIBYTE.findall(sample)
    bad = high - sum(map(len, good))
    # Text that is UTF-8 for the most part was damaged; text with hardly any sound sequence never was UTF-8.
    if len(good) >= bad:
        return Encoding("utf-8", "broken")
    return Encoding(_legacy(sample, high), "guess")


def _legacy(sample: bytes, high: int) -> str:
    if high * 5 > len(sample):
        # Many letters beyond ASCII: another alphabet. Loaded only then, for it takes long.
        from charset_normalizer import from_bytes

        best = from_bytes(sample[:65536]).best()
        if best is not None:
            return best.encoding
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def encoding_flags(encoding: Encoding, text: str) -> tuple[Flag, ...]:
    """Return what the analyst should know about how `text` was decoded."""
    if encoding.reason == "guess":
        return (Flag("encoding", f"the bytes are not UTF-8; they were read as {encoding.name}"),)
    lost = text.count("\ufffd")
    if encoding.reason == "broken" or (lost and encoding.reason == "utf-8"):
        return (Flag("encoding", f"broken UTF-8: {lost} characters could not be read and stand as \ufffd"),)
    return ()


def decode(data: bytes) -> tuple[str, tuple[Flag, ...]]:
    """Decode a whole text; what cannot be decoded becomes U+FFFD and is flagged."""
    encoding = encoding_of(data[:SAMPLE], whole=len(data) <= SAMPLE)
    text = data.decode(encoding.name, errors="replace")
    return text, encoding_flags(encoding, text)


def control_flags(text: str) -> tuple[Flag, ...]:
    """Return a flag that counts the control characters in `text`, if there are any."""
    found = _CONTROL.findall(text)
    if not found:
        return ()
    return (Flag("control-characters", f"{len(found)} control characters in the text; they keep their places"),)
