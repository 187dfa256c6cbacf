"""Take reports into a desk: each of them and each file once, whatever interrupts it."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from dateline.reading import Failure, Input, read
from dateline.records import Report, UsageError
from dateline.store import Arrival, Store

ORIGINAL_LIMIT = 64 * 1024 * 1024  # bytes of a file up to which they are kept in the desk
# What one transaction holds at most. It is short, so that others who write need not wait long.
_REPORTS, _BYTES = 200, 16 * 1024 * 1024
_BREATH = 0.03  # seconds between two transactions in which others get their turn

KNOWN = ("added", "published")


class Step(msgspec.Struct, frozen=True):
    """What was done last: a report or a failure, of which input, and its length in characters.

    `total` are the characters that there are to do in all, told once, before the first; 0 where nobody knows.
    """

    path: str = ""
    length: int = 0
    claims: int = 0
    failure: Failure | None = None
    total: int = 0


Progress = Callable[[Step], None]


class Added(msgspec.Struct):
    """What was taken in: `new` reports, those `known` already, and what could not be read."""

    files: int = 0
    new: int = 0
    known: int = 0
    failures: list[Failure] = []
    passed_over: list[str] = []


class _File(msgspec.Struct):
    """An input, its bytes where they are kept, and the keys of what failed in it."""

    path: str
    digest: str
    size: int
    data: bytes | None
    why_not: str = ""
    failed: list[str] = []


class _Taking:
    """What is read and not yet written."""

    def __init__(self, store: Store, known: str, done: Added) -> None:
        self.store, self.known, self.done = store, known, done
        self.file: _File | None = None
        self.files: list[_File] = []  # to be kept
        self.ended: list[_File] = []  # read to the end: what failed in them before and did not now is mended
        self.reports: list[Arrival] = []
        self.failures: list[tuple[_File | None, Failure]] = []
        self.held = 0

    def begin(self, given: Input) -> None:
        """Go on to the next input."""
        self.end_file()
        self.done.files += 1
        try:
            self.file = _file_of(given)
        except (OSError, MemoryError):
            self.file = None  # the reader meets the same trouble and says so
            return
        self.files.append(self.file)
        self.held += len(self.file.data or b"")

    def end_file(self) -> None:
        """Note that the input was read to its end."""
        if self.file is not None:
            self.ended.append(self.file)
        self.file = None

    def take(self, one: Report | Failure) -> None:
        """Hold a report or a failure, and write all that is held where it is much."""
        if isinstance(one, Failure):
            self.failures.append((self.file, one))
        else:
            day = one.published.isoformat() if one.published and self.known == "published" else ""
            known_at, known_by = (f"{day}T00:00:00.000000Z", "published") if day else ("", "added")
            self.reports.append(Arrival(one, self.file.digest if self.file else None, known_at, known_by))
            self.held += 4 * len(one.text)
        if len(self.reports) + len(self.failures) >= _REPORTS or self.held > _BYTES:
            self.write()
            time.sleep(_BREATH)

    def write(self) -> None:
        """Write all that is held, in one transaction."""
        store = self.store
        with store.transaction():
            for file in self.files:
                store.keep_original(file.path, file.data, digest=file.digest, size=file.size, why_not=file.why_not)
            new = store.add_reports(self.reports)
            for owner, failure in self.failures:
                key = store.fail(
                    failure.path, failure.problem, failure.remedy, stage="read", file=owner.path if owner else "",
                    raw_hash=owner.digest if owner else "",
                )  # fmt: skip
                if owner is not None:
                    owner.failed.append(key)
            for file in self.ended:
                store.resolve(stage="read", file=file.path, but=file.failed)
        self.done.new += new
        self.done.known += len(self.reports) - new
        self.held = 0
        for held in (self.files, self.ended, self.reports, self.failures):
            held.clear()


def _file_of(given: Input) -> _File:
    """Return an input with its hash, and its bytes unless they are too many to keep."""
    size = given.file.stat().st_size if given.file is not None else len(given.data or b"")
    if size <= ORIGINAL_LIMIT:
        return _File(given.path, given.hash(), size, given.bytes())
    why = f"larger than {ORIGINAL_LIMIT // 1024**2} MiB: the file itself must be kept"
    return _File(given.path, given.hash(), size, None, why)


def add(
    store: Store,
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: dt.date | str | None = None,
    outlet: str | None = None,
    country: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    known: str = "added",
    progress: Progress | None = None,
) -> Added:
    """Take in the reports of files and folders; `Desk.add` says how."""
    if known not in KNOWN:
        raise UsageError(f"known: {known!r} is none of {', '.join(KNOWN)}")
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    done = Added()
    taking = _Taking(store, known, done)
    found = read(
        listed, published=published, outlet=outlet, country=country, language=language, columns=columns,
        begins=taking.begin,
    )  # fmt: skip
    failed: set[str] = set()
    for one in found:
        failure = one if isinstance(one, Failure) else None
        if failure is not None and failure.skipped:
            done.passed_over.append(failure.path)
            continue
        if failure is not None:
            done.failures.append(failure)
            failed.add(failure.path)
        taking.take(one)
        if progress is not None:
            progress(Step(one.path, len(one.text) if isinstance(one, Report) else 0, failure=failure))
    taking.end_file()
    with store.transaction():
        taking.write()
        for path in listed:
            # A folder that was not there before, and is now.
            if os.fspath(path) not in failed and Path(path).is_dir():
                store.resolve(stage="read", file=os.fspath(path))
        store.note("add", files=done.files, new=done.new, known=done.known, failures=len(done.failures))
    return done
