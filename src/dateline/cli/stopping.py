"""Standard output and error, whole lines, through interruptions and readers that go away."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType


class Unread(Exception):  # noqa: N818
    """Whoever read standard output went away. Not an OSError, which the parser of the command line takes."""


class _State:
    """What a signal found: whether output was being written, and which signal waits for its end."""

    writing = False
    waiting = 0
    caught = 0


def signalled() -> int:
    """Return the number of the signal that stopped the command, 0 where none did."""
    return _State.caught


def catch_signals() -> None:
    """Let an interruption or a request to end wait until what is being written is whole.

    A second one does not wait: whoever reads the output may be stuck.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    _State.writing, _State.waiting, _State.caught = False, 0, 0
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What the caller ignores (nohup) stays ignored.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    _State.caught = number
    if _State.writing and not _State.waiting:
        _State.waiting = number
        return
    raise KeyboardInterrupt


@contextlib.contextmanager
def _whole() -> Iterator[None]:
    _State.writing = True
    try:
        yield
    finally:
        _State.writing = False
    if _State.waiting:
        raise KeyboardInterrupt


def put(text: str | bytes) -> None:
    """Write to standard output, all of it, and flush. Raises Unread where nobody reads it any more."""
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    with _whole():
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            raise Unread from error


def say(line: str) -> None:
    """Write a line for the user to standard error; nothing where that is closed."""
    from dateline.exporting.wording import shown

    with contextlib.suppress(OSError, ValueError):
        print(shown(line), file=sys.stderr, flush=True)


def stop_reading() -> None:
    """Point standard output to nowhere, so that closing it does not fail again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def in_colour() -> bool:
    """Whether standard output is a terminal that shows colour; NO_COLOR and FORCE_COLOR are obeyed."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def columns(narrowest: int = 60, widest: int = 120, unknown: int = 100) -> int:
    """Return the width to write for: the terminal's or $COLUMNS within bounds, else `unknown`."""
    import shutil

    return max(narrowest, min(widest, shutil.get_terminal_size((unknown, 24)).columns))
