"""What changed between two runs, the runs themselves, and what was done with a desk, in lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.text import Text

from dateline.exporting import wording
from dateline.exporting.canvas import Canvas
from dateline.exporting.eventlist import SHORT_ID
from dateline.exporting.wording import Look
from dateline.records import Run

MARKS = {"added": "+", "gone": "-", "changed": "~"}
_STYLES = {"added": "green", "gone": "red", "changed": "yellow"}
_LEVELS = 4


def change(
    kind: str, claim: str, report: str, words: str, fields: Sequence[tuple[str, str, str]], look: Look, full: bool
) -> str:
    """Return how one claim differs: the fields by name or, with `full`, each with its value before and after."""
    canvas = Canvas(look)
    names = ", ".join(name for name, _, _ in fields)
    head = Text.assemble((f"{MARKS[kind]} {kind:<8}", _STYLES[kind]), (claim[:SHORT_ID], "bold"))
    canvas.block(head.append(f"  {names}" if names and not full else "").append(f"  in {wording.shown(report)}", "dim"),
                 hang=2)  # fmt: skip
    canvas.block(Text(f"“{wording.shown(words)}”"), indent=2, hang=1)
    if full:
        for name, before, after in fields:
            for part, old, new in differences(json.loads(before), json.loads(after)):
                label = f"{name}{'.' + part if part else ''}"
                canvas.block(Text.assemble((f"{label}: ", "bold"), (_said(old), "red"), " → ", (_said(new), "green")),
                             indent=4, hang=2)  # fmt: skip
    return canvas.text()


def differences(before: Any, after: Any, levels: int = _LEVELS) -> list[tuple[str, Any, Any]]:
    """Return where two values of JSON differ, each place named by its path."""
    if levels and isinstance(before, dict) and isinstance(after, dict):
        pairs = [(key, before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])]
    elif levels and isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(str(at), old, new) for at, (old, new) in enumerate(zip(before, after, strict=True), 1)]
    else:
        return [("", before, after)]
    return [
        (f"{key}.{part}" if part else key, old, new)
        for key, one, two in pairs
        if one != two
        for part, old, new in differences(one, two, levels - 1)
    ]


def _said(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    return wording.shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def field_counts(counts: Mapping[str, int]) -> str:
    """Return in how many claims each field changed, the most first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {number:,}" for name, number in ordered)


def kind_counts(kinds: Counter[str]) -> str:
    """Return how many claims were added, are gone, changed."""
    return ", ".join(f"{kinds[kind]:,} {kind}" for kind in MARKS)


def run_lines(runs: Iterable[tuple[Run, str]], look: Look) -> str:
    """Return runs with what made them; each comes with words on what it coded."""
    canvas = Canvas(look)
    for run, coded in runs:
        head = Text.assemble((run.id, "bold"), f"  {wording.shown(run.began)[:16].replace('T', ' ')} UTC  {coded}")
        canvas.block(head, hang=2)
        settings = [f"{name} {value}" for name, value in run.settings if value]
        made = [f"dateline {run.dateline}", f"model {run.model} {run.model_hash[:SHORT_ID]}",
                f"gazetteer {run.gazetteer}", f"knowledge {run.knowledge[:SHORT_ID]}", *settings]  # fmt: skip
        canvas.block(Text(" · ".join(made), "dim"), indent=2, hang=2)
    return canvas.text()


def log_line(at: str, what: str, detail: Mapping[str, Any], look: Look) -> str:
    """Return one thing that was done: when, what, and its details."""
    canvas = Canvas(look)
    parts = [f"{name} {_detail(value)}" for name, value in detail.items() if value not in ("", [], None)]
    canvas.block(Text.assemble((f"{at[:19].replace('T', ' ')} UTC  ", "dim"), (f"{what:<10}", "bold"),
                               ", ".join(parts)), hang=4)  # fmt: skip
    return canvas.text()


def _detail(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value):,}"
    return f"{value:,}" if isinstance(value, int) else wording.shown(str(value))
