"""Kill `dateline add` and `dateline code --desk` with SIGKILL at random moments, again and again.

After every kill the desk must be whole, hold all that it held before, and nothing twice; the next run goes on
where that one ended. A desk that is finished must be the same, byte for byte, as one that nobody disturbed.
The commands run in processes forked from one that has the model loaded, so that the kills fall into the work
and not into its start.

    python -m benchmarks.kill --kills 200 --seed 0
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.claims import generate
from dateline.desk import Desk, open_desk

_EXAMPLES = Path(__file__).parents[1] / "examples" / "afghanistan-2021" / "reports"


class Held(msgspec.Struct, frozen=True):
    """What a desk holds, by what tells it apart: all of it must still be there after a kill."""

    originals: frozenset[str]
    reports: tuple[str, ...]
    claims: tuple[bytes, ...]
    copies: tuple[bytes, ...] = ()
    events: tuple[bytes, ...] = ()


class Tally(msgspec.Struct):
    """What was done: kills while adding and while coding, desks that were finished, and what went wrong."""

    adding: int = 0
    coding: int = 0
    in_time: int = 0
    desks: int = 0
    wrong: list[str] = []


def held(desk: Desk) -> Held:
    """Return what a desk holds."""
    store = desk.store
    with store.snapshot():
        return Held(
            frozenset(store.originals()),
            tuple(row.id for row in store.reports()),
            # All but the moment from which the desk knew the report, and which it copies: that is found later.
            tuple(msgspec.json.encode(msgspec.structs.replace(one, known="", original="")) for one in store.filed()),
            tuple(msgspec.json.encode(one) for one in store.copies()),
            tuple(msgspec.json.encode(one) for one in store.events(order="id")),
        )


def inputs(folder: Path, files: int, rows: int, whole: int) -> list[str]:
    """Write what is added: a few reports to be coded, many small files, a large table, and one that is broken."""
    made = folder / "reports"
    made.mkdir(parents=True)
    for path in sorted(_EXAMPLES.glob("*.txt"))[:whole]:
        shutil.copy(path, made)
    many = [one.report for one in generate(4 * (files + rows))][: files + rows]
    for number, report in enumerate(many[:files]):
        (made / f"small-{number:04}.txt").write_text(report.text, "utf-8")
    lines = [msgspec.json.encode({"text": report.text, "outlet": report.outlet}) for report in many[files:]]
    (made / "table.jsonl").write_bytes(b"\n".join(lines) + b'\n{"text": "cut\n')
    return [str(made)]


def _run(arguments: Sequence[str]) -> None:
    """Run one command in this process, silently, and end with its status."""
    from dateline.cli import run

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os._exit(run(list(arguments)))


def _start(arguments: Sequence[str]) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=_run, args=(arguments,))
    process.start()
    return process


def _timed(arguments: Sequence[str]) -> float:
    """Run a command to its end; return how many seconds it took."""
    begun = time.monotonic()
    process = _start(arguments)
    process.join()
    if process.exitcode not in (0, 3):
        raise SystemExit(f"kill: {' '.join(arguments)} ended with {process.exitcode}")
    return time.monotonic() - begun


def _killed(arguments: Sequence[str], after: float) -> bool:
    """Start a command and kill it after some seconds; return whether it had ended before."""
    process = _start(arguments)
    process.join(after)
    ended = process.exitcode is not None
    if not ended and process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return ended


def check(place: str, before: Held, what: str, tally: Tally) -> Held:
    """See that a desk is whole and holds all that it held, once; return what it holds."""
    with open_desk(place) as desk:
        tally.wrong += [f"{what}: {one.what}: {', '.join(one.first)}" for one in desk.examine() if one.wrong]
        now = held(desk)
    for name, old, new in (("reports", before.reports, now.reports), ("claims", before.claims, now.claims)):
        if new[: len(old)] != old:
            tally.wrong.append(f"{what}: {name} were lost")
        if len(set(new)) != len(new):
            tally.wrong.append(f"{what}: {name} are there twice")
    if not before.originals <= now.originals:
        tally.wrong.append(f"{what}: files were lost")
    return now


def kill(
    folder: Path, kills: int, seed: int, *, files: int = 150, rows: int = 600, whole: int = 30,
    place: Callable[[], Iterator[str]] | None = None, options: Sequence[str] = (), tell: Callable[[str], None] = print,
) -> Tally:  # fmt: skip
    """Kill commands `kills` times, half of them while adding; return what was found.

    `place` yields places for desks that are not there yet (files of their own in `folder` where it is None).
    """
    chance, tally = random.Random(seed), Tally()
    paths = inputs(folder, files, rows, whole)
    examples = [str(path) for path in sorted((folder / "reports").glob("*.txt")) if not path.name.startswith("small")]
    places = place() if place is not None else (str(folder / f"{number}.desk") for number in range(10**6))
    for what, given, share in (("add", paths, kills - kills // 2), ("code", examples, kills // 2)):
        calm = next(places)
        open_desk(calm, create=True).close()
        took = _timed(_command("add", calm, given, options))
        if what == "code":
            took = _timed(_command("code", calm, given, options))
        with open_desk(calm) as desk:
            wanted = held(desk)
        tell(f"{what}: undisturbed {took:.1f} s, {len(wanted.reports):,} reports, {len(wanted.claims):,} claims")
        done = 0
        while done < share:
            done += _one_desk(next(places), what, given, took, wanted, share - done, chance, tally, options)
            for line in tally.wrong[-3:]:
                tell(f"- {line}")
            tell(f"{what}: {done} of {share} kills, {tally.desks} desks finished, {len(tally.wrong)} wrong")
    return tally


def _one_desk(
    place: str, what: str, given: Sequence[str], took: float, wanted: Held, most: int, chance: random.Random,
    tally: Tally, options: Sequence[str],
) -> int:  # fmt: skip
    """Make a desk, kill the command until it is through, and compare; return how many kills there were."""
    open_desk(place, create=True).close()
    if what == "code":
        _timed(_command("add", place, given, options))
    command = _command(what, place, given, options)
    with open_desk(place) as desk:
        before = held(desk)
    kills = 0
    while kills < most:
        if _killed(command, chance.uniform(0, took)):
            tally.in_time += 1
            break
        kills += 1
        before = check(place, before, f"{what}, kill {kills}", tally)
        if what == "add":
            tally.adding += 1
        else:
            tally.coding += 1
    _timed(command)
    if check(place, before, f"{what}, at the end", tally) != wanted:
        tally.wrong.append(f"{what}: the finished desk is not the one that nobody disturbed")
    tally.desks += 1
    return kills


def _command(what: str, place: str, given: Sequence[str], options: Sequence[str]) -> list[str]:
    return ["add", place, *given] if what == "add" else ["code", "--desk", place, "--workers", "2", *options]


def main(arguments: Sequence[str]) -> int:
    """Kill as often as is asked; exit 1 where something was lost, doubled or damaged."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    from dateline.assembly import load_pipeline

    load_pipeline("", (), True)
    with tempfile.TemporaryDirectory(prefix="dateline-kill-") as folder:
        tally = kill(Path(folder), given.kills, given.seed, tell=lambda line: print(line, file=sys.stderr, flush=True))
    print(
        f"{tally.adding} kills of add, {tally.coding} of code; {tally.desks} desks finished; {len(tally.wrong)} wrong"
    )
    for line in tally.wrong[:20]:
        print(f"- {line}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
