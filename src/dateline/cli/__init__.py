"""The command line: data on standard output; progress and messages on standard error.

Exit status: 0 done, 2 wrong usage (or the gazetteer or a model is missing), 3 some inputs failed, 130
interrupted, 141 whoever read the output went away.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

DONE, WRONG, SOME_FAILED, INTERRUPTED, UNREAD = 0, 2, 3, 130, 141


def main() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    from dateline.cli.stopping import catch_signals

    catch_signals()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; every error is one line, with `--debug` a traceback too."""
    from dateline.cli.stopping import Unread, signalled, stop_reading

    before, rest = _split(arguments)
    debug = "--debug" in before
    try:
        return _invoke([word for word in before if word != "--debug"] + rest, debug)
    except KeyboardInterrupt:
        return 128 + signalled() if signalled() else INTERRUPTED
    except (Unread, BrokenPipeError):
        stop_reading()
        return UNREAD
    except Exception as error:
        return _told(error, debug)


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split at "--", after which nothing is an option."""
    words = list(arguments)
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at:]


def _invoke(arguments: list[str], debug: bool) -> int:
    import typer

    from dateline.cli.app import command

    try:
        status = command().main(arguments, prog_name="dateline", standalone_mode=False, obj=debug)
    except typer.Abort:
        raise KeyboardInterrupt from None
    if status == INTERRUPTED:  # the parser's word for a KeyboardInterrupt
        raise KeyboardInterrupt
    return int(status or DONE)


def _told(error: Exception, debug: bool) -> int:
    """Say on standard error what went wrong; return the exit status."""
    from dateline.cli.stopping import say
    from dateline.records import DatelineError, ReadingError

    if debug:
        traceback.print_exception(error)
    shown = getattr(error, "format_message", None)
    if shown is not None:  # the parser of the command line: an unknown option, a value that is none
        context = getattr(error, "ctx", None)
        name = context.command_path if context else "dateline"
        say(f"{name}: {shown().rstrip('.')}. See: {name} --help")
        return int(getattr(error, "exit_code", WRONG))
    if isinstance(error, DatelineError):
        say(f"dateline: {error}")
        return SOME_FAILED if isinstance(error, ReadingError) else WRONG
    if isinstance(error, OSError):
        say(f"dateline: {error.filename or 'the system'}: {error.strerror or error}")
        return WRONG
    what = f"{type(error).__name__}: {error}"
    say(f"dateline: an error of Dateline itself ({what}); --debug shows where. Please report it.")
    return 1
