"""What the verbs that keep a desk do: make it, take reports in, code them, examine it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.cli import DONE, SOME_FAILED, WRONG
from dateline.cli.progress import Bar
from dateline.cli.stopping import put, say
from dateline.desk import Added, CodedTotals, Progress, Step, open_desk
from dateline.exporting.wording import count, shown
from dateline.reading import Failure

_LISTED = 10


def make(name: str, as_json: bool) -> int:
    """Make a desk, or say that it is there."""
    from dateline.records import DeskError

    try:
        desk, made = open_desk(name, read_only=True), False
    except DeskError:
        # Whatever else is wrong with it, this says so.
        desk, made = open_desk(name, create=True), True
    name = desk.store.name  # a URL without its password
    desk.close()
    if as_json:
        put(msgspec.json.encode({"desk": name, "made": made}) + b"\n")
    elif made:
        say(f"dateline: {name} is made. Next: dateline add {name} PATH...")
    else:
        say(f"dateline: {name} is a desk already and stays as it is. See: dateline status {name}")
    return DONE


def take_in(
    name: str, paths: Sequence[str], given: Mapping[str, str | None], mapped: Mapping[str, str], known: str,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Take reports in; return the exit status."""
    with open_desk(name) as desk, Bar(paths, hidden=quiet, label="adding", alone=True) as bar:
        name, options = desk.store.name, dict[str, Any](given)
        done = desk.add(paths, columns=mapped, known=known, progress=_teller(bar), **options)
    if as_json:
        put(msgspec.json.encode(done) + b"\n")
    if not quiet:
        say(f"dateline: {_added(done)}")
        _again(done.failures)
        if done.new:
            say(f"dateline: next: dateline code --desk {name}")
    return SOME_FAILED if done.failures else DONE


def _added(done: Added) -> str:
    parts = [f"{count(done.new, 'new report')} from {count(done.files, 'file')}"]
    if done.known:
        parts.append(f"{done.known:,} already in the desk")
    if done.passed_over:
        names = ", ".join(done.passed_over[:_LISTED]) + (", ..." if len(done.passed_over) > _LISTED else "")
        parts.append(f"{count(len(done.passed_over), 'file')} of no type that reports come in passed over ({names})")
    if done.failures:
        parts.append(f"{count(len(done.failures), 'input')} failed")
    return "; ".join(parts)


def code_desk(
    name: str, model: str, places: tuple[str, ...], trained: bool, workers: int | None, retry: bool, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    """Code what is new in a desk; return the exit status."""
    with open_desk(name) as desk, Bar([], hidden=quiet, label="coding", alone=True) as bar:
        name = desk.store.name
        done = desk.code(
            model=model, places=places, trained=trained, workers=workers, retry=retry, progress=_teller(bar)
        )
    if as_json:
        put(msgspec.json.encode(done) + b"\n")
    if not quiet:
        say(f"dateline: {_coded(done, name)}")
        _again(done.failures)
        if done.failed_before:
            failed = (
                f"{count(done.failed_before, 'report')} failed before and {_were(done.failed_before)} not tried again"
            )
            say(f"dateline: {failed}. Why: dateline status {name}. Again: dateline code --desk {name} --retry")
    return SOME_FAILED if done.failures or done.failed_before else DONE


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _coded(done: CodedTotals, name: str) -> str:
    if not (done.reports or done.kept or done.failures):
        if not (done.before or done.failed_before):
            return f"{name} holds no reports. Next: dateline add {name} PATH..."
        return f"nothing is new: run {done.run} has coded {count(done.before, 'report')}"
    parts = [f"{count(done.reports, 'report')} coded, {count(done.claims, 'claim')}, run {done.run}"]
    if done.kept:
        parts.append(f"{count(done.kept, 'report')} not in English kept and not coded")
    if done.before:
        parts.append(f"{done.before:,} coded before")
    if done.failures:
        parts.append(f"{count(len(done.failures), 'report')} failed")
    return "; ".join(parts)


def _teller(bar: Bar) -> Progress:
    """Return what moves the bar on and tells failures at once."""

    def tell(step: Step) -> None:
        if step.total:
            bar.expect(step.total)
        if step.failure is not None:
            bar.say(f"dateline: {step.failure}")
        if step.path or step.length:
            bar.passed(step.path, step.length)

    return tell


def _again(failures: Sequence[Failure]) -> None:
    """List the failures again at the end, where there is more than one and they may have scrolled by."""
    if len(failures) < 2:
        return
    say(f"dateline: {count(len(failures), 'failure')}:")
    for failure in failures[:_LISTED]:
        say(f"- {failure}")
    if len(failures) > _LISTED:
        say(f"- and {len(failures) - _LISTED:,} more")


def examine_desk(name: str, as_json: bool) -> int:
    """Print whether a desk is whole; return 2 where it is not."""
    with open_desk(name) as desk:
        name, found = desk.store.name, []
        for check in desk.examine():
            found.append(check)
            if not as_json:
                state = f"{check.wrong:,} WRONG: {', '.join(check.first)}" if check.wrong else "sound"
                put(f"{check.what:<48} {check.seen:>9,}  {shown(state)}\n")
    wrong = sum(check.wrong for check in found)
    if as_json:
        put(msgspec.json.encode({"desk": name, "whole": not wrong, "checks": found}) + b"\n")
    elif wrong:
        say(f"dateline: {name} is damaged. Keep a copy of it; make a new desk and add the reports again, or take the"
            " last good copy")  # fmt: skip
    else:
        put(f"{name} is whole.\n")
    return WRONG if wrong else DONE
