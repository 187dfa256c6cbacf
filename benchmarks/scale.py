"""How a desk grows: the time and memory of reconciling 10 thousand to a million claims, and of asking it then.

python -m benchmarks.scale [--sizes 10000 100000 1000000] [--folder DIR]

Claims are made (`benchmarks/claims.py`). Each size has a process of its own, so that its memory is its own. The
exponent is the slope of log time over log size, of the smallest to the largest; the limit is 1.2, for a
question 300 ms. Machines differ: the exponent and the ratio to the limit count, not the seconds.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import dateline
from benchmarks.claims import Made, generate
from dateline.records import Run
from dateline.store import Arrival, CodedReport, EventFilter, Store

EXPONENT, QUESTION_MS = 1.2, 300.0
_BATCH = 2_000
_RUN = Run("made", dateline.__version__, "none", "", "", "", (), ())


def fill(path: Path, count: int) -> int:
    """Make a desk of `count` claims; return how many reports they are in."""
    reports = 0
    with Store.open(path, create=True) as store:
        store.begin_run(_RUN)
        made = generate(count)
        while batch := list(islice(made, _BATCH)):
            _keep(store, batch)
            reports += len(batch)
    return reports


def _keep(store: Store, batch: Sequence[Made]) -> None:
    with store.transaction():
        store.add_reports(Arrival(one.report) for one in batch)
        store.save_codings(_RUN.id, [CodedReport(one.report.id, one.claims, one.words) for one in batch])


def _timed(work: Callable[[], Any], rounds: int = 5) -> tuple[float, float]:
    """Return the median and the worst time of some rounds, in milliseconds."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took), max(took)


def questions(store: Store) -> dict[str, Callable[[], Any]]:
    """Return what is asked, by its name."""
    from dateline.desk.desk import Desk

    desk = Desk(store)
    some = next(iter(store.event_rows(order="reports", descending=True, limit=1)))
    day = some.first or ""
    held = next(iter(store.controls(on=day)))
    return {
        "event list": lambda: list(store.event_rows(limit=100)),
        "event list, one province": lambda: list(store.event_rows(EventFilter(admin1=some.admin1), limit=100)),
        "event list, disputed": lambda: list(store.event_rows(EventFilter(standing="disputed"), limit=100)),
        "event list, a week": lambda: list(store.event_rows(EventFilter(first=day, last=day), limit=100)),
        "one event with its claims": lambda: desk.claims(desk.event(some.id)),
        "control on a day": lambda: desk.control(on=day),
        "control of a place": lambda: desk.control(held.place.name),
        "full text, a rare phrase": lambda: list(store.search('"by the bridge"', limit=50)),
        "full text, a common word": lambda: list(store.search("market", limit=50)),
        "full text, in one country": lambda: list(desk.query("convoy bridge", country="AF", limit=50)),
    }


def _measured(path: Path, count: int, answers: Any) -> None:
    from dateline.desk.desk import Desk

    begun = time.perf_counter()
    reports = fill(path, count)
    filled = time.perf_counter() - begun
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with Store.open(path) as store:
        desk = Desk(store)
        begun = time.perf_counter()
        done = desk.reconcile()
        took = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begun = time.perf_counter()
        again = desk.reconcile()
        second = time.perf_counter() - begun
        asked = {name: _timed(work) for name, work in questions(store).items()}
    answers.put({
        "claims": done.claims, "reports": reports, "events": done.events, "fill_s": filled, "reconcile_s": took,
        "again_s": second, "changed_again": again.new + again.changed + again.retired, "memory_mib": peak,
        "memory_before_mib": base, "questions_ms": asked, "file_mib": path.stat().st_size / 2**20,
    })  # fmt: skip


def measure(folder: Path, count: int) -> dict[str, Any]:
    """Make, reconcile and ask a desk of one size, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_measured, args=(folder / f"made-{count}.desk", count, answers))
    process.start()
    while process.is_alive() and answers.empty():
        time.sleep(0.2)
    found: dict[str, Any] = answers.get(timeout=30) if not answers.empty() or process.exitcode == 0 else {}
    process.join()
    if not found:
        raise SystemExit(f"scale: the process for {count:,} claims ended with {process.exitcode}")
    return found


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Return what was measured, as text."""
    lines = [f"{'claims':>10} {'reports':>9} {'events':>9} {'fill s':>8} {'reconcile s':>12} {'again s':>8} {'MiB':>7}"]
    lines += [
        f"{row['claims']:>10,} {row['reports']:>9,} {row['events']:>9,} {row['fill_s']:>8.1f}"
        f" {row['reconcile_s']:>12.1f} {row['again_s']:>8.1f} {row['memory_mib']:>7.0f}"
        for row in rows
    ]
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        size = math.log(last["claims"] / first["claims"])
        for name, key in (("time", "reconcile_s"), ("memory", "memory_mib")):
            slope = math.log(last[key] / first[key]) / size
            lines.append(
                f"exponent of {name}, {first['claims']:,} to {last['claims']:,}: {slope:.2f} (limit {EXPONENT})"
            )
    last = rows[-1]
    lines.append(f"rows that a second reconciling changed: {sum(row['changed_again'] for row in rows)} (limit 0)")
    lines.append(f"questions at {last['claims']:,} claims, median and worst of five, ms (limit {QUESTION_MS:.0f}):")
    lines += [f"  {name:28s} {median:8.1f} {worst:8.1f}" for name, (median, worst) in last["questions_ms"].items()]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure all sizes and print the table; exit 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=None, help="keep the desks here")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        for count in sorted(given.sizes):
            print(f"scale: {count:,} claims", file=sys.stderr, flush=True)
            rows.append(measure(folder, count))
    print(json.dumps(rows, indent=1) if given.json else table(rows))
    worst = max(median for median, _ in rows[-1]["questions_ms"].values())
    return int(worst > QUESTION_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
