"""What a reader is given and what it returns."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.records import Flag, ReadingError


class Failure(msgspec.Struct, frozen=True):
    """An input that could not be read: which, what is wrong with it, and what the user can do.

    `skipped` is True for what holds no report by its kind: a file in a folder or an attachment that no reader
    knows, a page of a web archive without an article.
    """

    path: str
    problem: str
    remedy: str
    skipped: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}. {self.remedy}"

    def error(self) -> ReadingError:
        """Return the failure as an exception, for a caller that asked for one input only."""
        return ReadingError(self.path, self.problem, self.remedy)


class Draft(msgspec.Struct, frozen=True):
    """A text and what its file says about it, before what the user gives and what the text itself says."""

    text: str
    path: str = ""
    title: str = ""
    outlet: str = ""
    agency: str = ""
    author: str = ""
    published: dt.date | None = None
    url: str = ""
    language: str = ""
    country: str = ""
    raw_hash: str = ""
    part: int = 0
    flags: tuple[Flag, ...] = ()


class Input(msgspec.Struct, frozen=True):
    """An input for a reader: its name, and its file or its bytes; `columns` maps our fields to columns."""

    path: str
    file: Path | None = None
    data: bytes | None = None
    columns: Mapping[str, str] = {}

    def open(self) -> BinaryIO:
        """Open the input for reading bytes. Raises OSError where the file cannot be opened."""
        if self.file is not None:
            return self.file.open("rb")
        return io.BytesIO(self.data or b"")

    def bytes(self) -> bytes:
        """Return all bytes of the input. Raises OSError where the file cannot be read."""
        return self.file.read_bytes() if self.file is not None else self.data or b""

    def hash(self) -> str:
        """Return the SHA-256 of the input's bytes, in hexadecimal figures."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()


Reader = Callable[[Input], Iterator[Draft | Failure]]
EMPTY_REMEDY = "Check that the file was saved; a report needs some text"


def headed(title: str, text: str) -> str:
    """Return `text` with `title` above it, unless its first lines say the title already."""
    title = " ".join(title.split())
    if not title or title.casefold() in " ".join(text[: 2 * len(title) + 400].split()).casefold():
        return text
    return f"{title}\n\n{text}"
