"""Several processes: the order of the items, workers that are killed, items that kill, and bounded memory."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.scaling.workers import in_order

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def squared(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0.0)
    return number * number


def gave_up(_: object) -> int:
    return -1


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(in_order(range(40), squared, workers, gave_up)) == [(n, n * n) for n in range(40)]


def test_no_items() -> None:
    assert list(in_order([], squared, 2, gave_up)) == []


class DiesOnce:
    """Kills its own process at chosen items, the first time only."""

    def __init__(self, folder: Path, at: set[int]) -> None:
        self.folder, self.at = folder, at

    def __call__(self, number: int) -> int:
        mark = self.folder / str(number)
        if number in self.at and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return squared(number)


def test_the_item_of_a_killed_worker_goes_to_another(tmp_path: Path) -> None:
    work = DiesOnce(tmp_path, {0, 5, 6, 19})
    assert list(in_order(range(20), work, 2, gave_up)) == [(n, n * n) for n in range(20)]


def deadly(number: int) -> int:
    if number == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(number)


def test_an_item_that_kills_every_worker_is_given_up_alone() -> None:
    expected = [(n, -1 if n == 4 else n * n) for n in range(10)]
    assert list(in_order(range(10), deadly, 2, gave_up)) == expected


def test_the_source_is_read_only_a_little_ahead() -> None:
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        for number in range(200):
            taken = number + 1
            yield number

    for number, _ in in_order(source(), squared, 2, gave_up):
        assert taken - number <= 2 * 4 + 1


def test_no_process_is_left_when_the_reader_stops() -> None:
    results = in_order(range(1000), lambda _: os.getpid(), 2, gave_up)
    pids = {next(results)[1] for _ in range(4)}
    results.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    """A parent that is killed leaves nobody behind who waits for it."""
    import multiprocessing

    def parent() -> None:
        for number, _ in in_order(range(1000), NotesItself(tmp_path), 3, gave_up):
            if number == 20:
                os.kill(os.getpid(), signal.SIGKILL)

    process = multiprocessing.get_context("fork").Process(target=parent)
    process.start()
    process.join()
    workers = [int(mark.name) for mark in tmp_path.iterdir()]
    assert len(workers) >= 2
    until = time.monotonic() + 10
    while any(alive(number) for number in workers) and time.monotonic() < until:
        time.sleep(0.05)
    left = [number for number in workers if alive(number)]
    for number in left:
        os.kill(number, signal.SIGKILL)
    assert not left


class NotesItself:
    """Leaves a mark that bears the number of its process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, number: int) -> int:
        (self.folder / str(os.getpid())).touch()
        return squared(number)


def alive(number: int) -> bool:
    """Whether a process runs; one that ended and was not yet fetched does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
