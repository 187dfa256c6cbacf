"""Several processes that code reports: the same results in the same order, whatever happens to a worker."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741
_AHEAD = 4  # items taken per worker before the first of them is done, so that memory stays bounded
_TRIES = 3  # workers that one item may cost


class _Slot(Generic[I, O]):
    """An item in its place in the order."""

    def __init__(self, item: I) -> None:
        self.item = item
        self.tries = 0
        self.results: list[O] = []


class _Worker(Generic[I, O]):
    """A process and the item that it works on."""

    def __init__(self, work: Callable[[I], O]) -> None:
        # A forked worker shares the loaded model; where there is no safe fork it loads its own.
        forked = sys.platform == "linux"
        context = multiprocessing.get_context("fork" if forked else "spawn")
        self.connection, theirs = context.Pipe()
        # A forked worker holds its parent's end too, and would wait for ever for a parent that was killed.
        inherited = self.connection if forked else None
        self.process = context.Process(target=_serve, args=(work, theirs, inherited), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.slot: _Slot[I, O] | None = None

    def give(self, slot: _Slot[I, O]) -> None:
        """Send an item. Raises OSError where the process is gone."""
        self.slot = slot
        slot.tries += 1
        self.connection.send(slot.item)

    def take(self) -> None:
        """Receive the result. Raises EOFError or OSError where the process is gone."""
        result = self.connection.recv()
        if self.slot is not None:
            self.slot.results.append(result)
        self.slot = None

    def end(self) -> None:
        """End the process at once."""
        self.connection.close()
        with contextlib.suppress(ValueError, AttributeError):
            self.process.terminate()
            self.process.join()


def in_order(
    items: Iterable[I], work: Callable[[I], O], workers: int, gave_up: Callable[[I], O]
) -> Iterator[tuple[I, O]]:
    """Yield each item with its result, in the order of the items.

    A worker that is killed is replaced and its item given to another; an item that costs `_TRIES` workers
    gets what `gave_up` says. `work` must be picklable and its result must not depend on the process.
    """
    crew: list[_Worker[I, O]] = [_Worker(work) for _ in range(workers)]
    order: deque[_Slot[I, O]] = deque()
    queue: deque[_Slot[I, O]] = deque()
    source = iter(items)
    more = True
    try:
        while more or order:
            while more and len(order) < workers * _AHEAD:
                try:
                    slot: _Slot[I, O] = _Slot(next(source))
                except StopIteration:
                    more = False
                    break
                order.append(slot)
                queue.append(slot)
                _hand_out(crew, queue, work, gave_up)
            _hand_out(crew, queue, work, gave_up)
            while order and order[0].results:
                done = order.popleft()
                yield done.item, done.results[0]
            if order and not order[0].results and (not more or len(order) >= workers * _AHEAD):
                _receive(crew, queue, work)
    finally:
        for worker in crew:
            worker.end()


def _hand_out(
    crew: list[_Worker[I, O]], queue: deque[_Slot[I, O]], work: Callable[[I], O], gave_up: Callable[[I], O]
) -> None:
    """Give waiting items to idle workers."""
    for at, worker in enumerate(crew):
        while queue and worker.slot is None:
            slot = queue.popleft()
            if slot.tries >= _TRIES:
                slot.results.append(gave_up(slot.item))
                continue
            try:
                worker.give(slot)
            except OSError:
                queue.appendleft(slot)
                worker.end()
                worker = crew[at] = _Worker(work)


def _receive(crew: list[_Worker[I, O]], queue: deque[_Slot[I, O]], work: Callable[[I], O]) -> None:
    """Wait until a busy worker has a result or is gone; replace those that are gone."""
    busy = {worker.connection: at for at, worker in enumerate(crew) if worker.slot is not None}
    for ready in wait(list(busy)) if busy else ():
        at = busy[ready]  # type: ignore[index]
        worker = crew[at]
        try:
            worker.take()
        except (EOFError, OSError):
            if worker.slot is not None:
                queue.appendleft(worker.slot)
            worker.end()
            crew[at] = _Worker(work)


def _serve(work: Callable[[I], O], connection: Connection, inherited: Connection | None) -> None:
    """Work until the other end closes. Interruptions are the parent's to handle."""
    if inherited is not None:
        inherited.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(work(connection.recv()))
