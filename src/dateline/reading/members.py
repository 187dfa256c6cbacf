"""The members of a gzip file, one after another, as streams; a damaged one does not hide those after it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

# Packed bytes that are unpacked at a time: damage costs what these hold before it.
_BLOCK = 1 << 10
_CHUNK = 1 << 20
# Unpacked bytes that are made at a time.
_MOST = 1 << 18
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = re.compile(rb"\x1f\x8b\x08")


class Member:
    """What one gzip member unpacks to, as a stream of bytes.

    `problem` says why it ended early, or is empty. `end` is the byte of the file after it, once it was read.
    """

    def __init__(self, file: BinaryIO, begin: int) -> None:
        self.problem = ""
        self.end = begin
        self._file = file
        self._zlib = zlib.decompressobj(_GZIP)
        self._packed = b""
        self._held = b""
        self._read = 0

    def tell(self) -> int:
        """Return how many unpacked bytes were read."""
        return self._read

    def read(self, size: int = _BLOCK) -> bytes:
        """Return at most `size` of the next unpacked bytes; none at its end, or where it is damaged."""
        while not self._held and not self.problem and not self._zlib.eof:
            self._more()
        found, self._held = self._held[:size], self._held[size:]
        self._read += len(found)
        return found

    def drain(self) -> None:
        """Read to the end of the member."""
        while self.read(_CHUNK):
            pass

    def _more(self) -> None:
        if not self._packed:
            self._file.seek(self.end)
            self._packed = self._file.read(_BLOCK)
            self.end += len(self._packed)
        if not self._packed:
            self.problem = "the file ends in it"
            return
        try:
            self._held = self._zlib.decompress(self._packed, _MOST)
        except zlib.error as error:
            self.problem = str(error)
            return
        self._packed = self._zlib.unconsumed_tail
        if self._zlib.eof:
            self.end -= len(self._zlib.unused_data)


def members(file: BinaryIO, at: int, head: re.Pattern[bytes]) -> Iterator[tuple[int, Member]]:
    """Yield where each member begins, and the member; each is to be read before the next is asked for.

    After a damaged one, the next is the next place where something unpacks to what `head` matches.
    """
    following: int | None = at
    while following is not None:
        begin = following
        file.seek(begin)
        if not file.read(1):
            return
        member = Member(file, begin)
        yield begin, member
        member.drain()
        following = _sound(file, begin + 1, head) if member.problem else member.end


def _sound(file: BinaryIO, at: int, head: re.Pattern[bytes]) -> int | None:
    found = find(file, _MAGIC, at)
    while found is not None:
        if head.match(Member(file, found).read()):
            return found
        found = find(file, _MAGIC, found + 1)
    return None


def find(file: BinaryIO, pattern: re.Pattern[bytes], at: int) -> int | None:
    """Return the first byte at or after `at` where `pattern` (of a few bytes) matches; None where nowhere."""
    overlap = 32
    file.seek(at)
    held = b""
    while chunk := file.read(_CHUNK):
        held += chunk
        found = pattern.search(held)
        if found:
            return at + found.start()
        at += max(len(held) - overlap, 0)
        held = held[-overlap:]
    return None
