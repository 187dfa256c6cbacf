"""What the verbs do that look back (diff, runs, log), and the one that leads out (export)."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec

from dateline.cli import DONE
from dateline.cli.asking import asked_desk, look
from dateline.cli.stopping import put, say
from dateline.desk import Desk, open_desk
from dateline.exporting.changes import change, field_counts, kind_counts, log_line, run_lines
from dateline.exporting.wording import count, shown
from dateline.records import Run, UsageError

_ENDING = {"zip", "xlsx", "gpkg", "parquet"}


class RunOut(msgspec.Struct, frozen=True):
    """A run in JSON, and how many reports it coded, kept (not English) and failed with."""

    run: Run
    current: bool
    reports: dict[str, int]


class LogOut(msgspec.Struct, frozen=True):
    """Something that was done with a desk: `what` is add, code, reconcile, review, or judge, with its details."""

    at: str
    what: str
    detail: dict[str, Any]


def print_diff(name: str, before: str, after: str, full: bool, as_json: bool) -> int:
    """Print how the claims of two runs differ, and how many differ in what."""
    kinds: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    style = look()
    with open_desk(name, read_only=True) as desk:
        paths: dict[str, str] = {}
        for one in desk.diff(before, after):
            kinds[one.kind] += 1
            fields.update(field for field, _, _ in one.fields)
            if as_json:
                put(msgspec.json.encode(one) + b"\n")
                continue
            if one.report not in paths:
                row = desk.store.reports_of([one.report]).get(one.report)
                paths[one.report] = row.path if row is not None and row.path else one.report
            put(change(one.kind, one.claim, paths[one.report], one.words, one.fields, style, full))
    if not kinds:
        say("dateline: the claims of the two runs are the same")
        return DONE
    say(f"dateline: {count(kinds.total(), 'claim')}: {kind_counts(kinds)}")
    if fields:
        say(f"dateline: changed in: {field_counts(fields)}")
    return DONE


def print_runs(name: str, as_json: bool) -> int:
    """Print the runs, the oldest first."""
    with open_desk(name, read_only=True) as desk:
        current = desk.store.current_run()
        found = [
            RunOut(run, current is not None and run.id == current.id, desk.store.codings_by_status(run.id))
            for run in desk.runs()
        ]
    if as_json:
        put(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
    else:
        put(run_lines(((one.run, _coded(one)) for one in found), look()))
    if not found:
        say(f"dateline: nothing is coded yet. Next: dateline code --desk {name}")
    return DONE


def _coded(one: RunOut) -> str:
    parts = [f"{number:,} {status}" for status, number in sorted(one.reports.items())]
    return f"{', '.join(parts) or 'nothing coded'}{'  (the desk speaks by it)' if one.current else ''}"


def print_log(name: str, as_json: bool) -> int:
    """Print what was done and judged, the oldest first."""
    style = look()
    with open_desk(name, read_only=True) as desk:
        for one in sorted(_done(desk), key=lambda line: line.at):
            put(msgspec.json.encode(one) + b"\n" if as_json else log_line(one.at, one.what, one.detail, style))
    return DONE


def _done(desk: Desk) -> Iterator[LogOut]:
    for at, what, detail in desk.store.notes():
        yield LogOut(at, what, detail)
    for one in desk.store.judgements():
        held = {"by": one.reviewer, "verdict": one.verdict, "claims": list(one.subject), "field": one.field,
                "value": one.value, "reason": one.reason, "id": one.id}  # fmt: skip
        yield LogOut(one.at, "judge", held)


def export_desk(
    name: str, to: str, out: str, names: bool, named: tuple[str, ...], as_json: bool, quiet: bool
) -> int:  # fmt: skip
    """Export a desk to a file or to standard output, or list the formats."""
    from dateline.exporting.desk import formats

    if not to:
        return _list_formats(name, as_json)
    if to not in formats():
        raise UsageError(f"export {to}: there is no such format. There are {', '.join(formats())}")
    if names and named:
        raise UsageError("--names leaves all names and --name one of them; give one of the two")
    suffix = formats()[to].suffix
    with asked_desk(name) as desk:
        if out in ("", "-"):
            if suffix.lstrip(".") in _ENDING and sys.stdout.isatty():
                raise UsageError(f"export {to}: this is no text for a terminal. Name a file: -o desk{suffix}")
            stream = BytesIO()
            written = desk.export(to, stream, mask=not names, named=named)
            put(stream.getvalue())
        else:
            written = desk.export(to, out, mask=not names, named=named)
    if as_json:
        line = msgspec.json.encode({"format": to, "path": out or "-", **msgspec.to_builtins(written)})
        if out in ("", "-"):
            say(line.decode())
        else:
            put(line + b"\n")
    if not quiet:
        _tell(out, written.rows, written.left_out, written.masked, names)
    return DONE


def _list_formats(name: str, as_json: bool) -> int:
    from dateline.exporting.desk import formats

    rows = [
        {"name": one.name, "suffix": one.suffix, "what": one.gloss, "opens_with": list(one.opens_with)}
        for one in formats().values()
    ]
    if as_json:
        put(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        return DONE
    width = max(len(one) for one in formats())
    for one in formats().values():
        put(f"{one.name:<{width}}  {one.gloss} ({', '.join(one.opens_with)})\n")
    say(f"dateline: next: dateline export {name} FORMAT -o FILE")
    return DONE


def _tell(out: str, rows: dict[str, int], left_out: dict[str, int], masked: int, names: bool) -> None:
    held = ", ".join(f"{number:,} {table}" for table, number in rows.items())
    say(f"dateline: {held} to {shown(out) if out not in ('', '-') else 'standard output'}")
    for why, number in left_out.items():
        say(f"dateline: {number:,} left out: {why}")
    if names:
        say("dateline: names of private persons are in it")
    elif masked:
        say(f"dateline: {count(masked, 'private person')} masked; --name keeps one, --names all")
