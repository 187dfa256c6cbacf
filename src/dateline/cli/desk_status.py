"""`dateline status`: what a desk holds, what failed and why, and what there is to do."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import msgspec

from dateline.cli import DONE
from dateline.cli.stopping import columns, put
from dateline.desk import RunStatus, Status, open_desk
from dateline.exporting.wording import count, shown
from dateline.store import FailureRow

_LISTED = 10
_LABEL = 12


def tell_status(name: str, as_json: bool) -> int:
    """Print what a desk holds."""
    with open_desk(name) as desk:
        found = desk.status()
    put(msgspec.json.encode(found) + b"\n" if as_json else told(found))
    return DONE


def told(found: Status) -> str:
    """Return the status in words."""
    lines: list[str] = []
    for label, words in [*_holdings(found), *(("run", _run_line(run)) for run in found.runs), *_results(found)]:
        label = f"{label:<{_LABEL}}"
        lines += textwrap.wrap(shown(words), columns(), initial_indent=label, subsequent_indent=" " * _LABEL)
    lines += _failed("input", "could not be read", [one for one in found.failures if one.stage == "read"])
    lines += _failed("report", "could not be coded", [one for one in found.failures if one.stage == "code"])
    return "\n".join([*lines, *_next(found)]) + "\n"


def _holdings(found: Status) -> list[tuple[str, str]]:
    held = found.counts
    marks = ", read-only" if found.read_only else ""
    rows = [("desk", f"{found.desk} (made {_minute(found.made_at)}, version {found.version}{marks})")]
    days = f", published {held.first} to {held.last}" if held.first else ""
    tongues = ", ".join(f"{number:,} in {language}" for language, number in held.languages.items())
    outlets = f" from {count(held.outlets, 'outlet')}" if held.outlets else ""
    rows.append(("reports", f"{held.reports:,}{outlets}{days}; {tongues}" if held.reports else "none yet"))
    if held.gone:
        rows.append(("withdrawn", f"{count(held.gone, 'report')}: kept, and no longer counted"))
    if held.originals:
        rows.append(("files", f"{held.originals:,} as they came, {_size(held.originals_bytes)}"))
    return rows


def _run_line(status: RunStatus) -> str:
    run = status.run
    numbers = ((status.kept, "not in English"), (status.failed, "failed"), (status.waiting, "waiting"))
    parts = [f"{status.coded:,} coded", *(f"{number:,} {what}" for number, what in numbers if number)]
    taken = "" if status.current else " (an older one)"
    trained = "trained parts" if dict(run.settings).get("trained") == "yes" else "rules only"
    made = f"Dateline {run.dateline}, model {run.model}, {trained}, since {_minute(run.began)}"
    return f"{run.id}{taken}: {', '.join(parts)}; {made}"


def _results(found: Status) -> list[tuple[str, str]]:
    held = found.counts
    rows = [("claims", f"{held.claims:,}")]
    if held.events or held.retired:
        kinds = ", ".join(f"{number:,} {standing}" for standing, number in held.standings.items())
        rows.append(("events", f"{held.events:,}" + (f": {kinds}" if kinds else "")))
    if held.copies:
        rows.append(("copies", f"{count(held.copies, 'report')} that repeat another"))
    if held.judgements:
        rows.append(("judgements", f"{held.judgements:,}"))
    return rows


def _failed(what: str, how: str, failures: Sequence[FailureRow]) -> list[str]:
    if not failures:
        return []
    lines = ["", f"{count(len(failures), what)} {how}:"]
    lines += [shown(f"- {one.path}: {one.problem}. {one.remedy}") for one in failures[:_LISTED]]
    if len(failures) > _LISTED:
        lines.append(f"- and {len(failures) - _LISTED:,} more; --json lists all")
    return lines


def _next(found: Status) -> list[str]:
    """Return what there is to do."""
    name, held = found.desk, found.counts
    current = next((run for run in found.runs if run.current), None)
    steps = []
    if not held.reports:
        steps.append(f"dateline add {name} PATH...")
    elif current is None or current.waiting:
        steps.append(f"dateline code --desk {name}")
    if current is not None and current.failed:
        steps.append(f"dateline code --desk {name} --retry")
    if held.failures_read:
        steps.append(f"mend what could not be read, then: dateline add {name} PATH...")
    return ["", *(f"next: {step}" for step in steps)] if steps else []


def _minute(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC"


def _size(number: int) -> str:
    size, units = float(number), ["bytes", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f"{size:,.0f} bytes" if units[0] == "bytes" else f"{size:,.1f} {units[0]}"
