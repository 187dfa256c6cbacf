"""`dateline schema`: the JSON Schema of what each verb prints with --json."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from dateline.cli.stopping import put
from dateline.records import UsageError

CODE = "code"


def print_schema(verb: str) -> None:
    """Print the schema of a line of a verb. Raises UsageError where it prints no JSON of its own."""
    if verb in ("", CODE):
        from dateline.exporting.coded import schema

        made = schema()
    else:
        made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(_type_of(verb))}
    put(json.dumps(made, indent=2) + "\n")


def _type_of(verb: str) -> Any:
    from dateline.cli.history import LogOut, RunOut
    from dateline.cli.judging import DecidedOut
    from dateline.cli.reviewing import ReviewedOut
    from dateline.desk import Added, CodedTotals, Status
    from dateline.desk.reconciling import Reconciled
    from dateline.exporting.hits import FoundOut
    from dateline.exporting.situation import ControlOut
    from dateline.records import Event
    from dateline.store import Change

    known: dict[str, Any] = {
        "add": Added, "code-desk": CodedTotals, "status": Status, "reconcile": Reconciled, "query": FoundOut,
        "claims": FoundOut, "events": Event, "show": Event, "control": ControlOut, "merge": DecidedOut,
        "split": DecidedOut, "judge": DecidedOut, "review": ReviewedOut, "diff": Change, "runs": RunOut, "log": LogOut,
    }  # fmt: skip
    if verb not in known:
        raise UsageError(f"schema {verb}: there is none of that name; there are {', '.join([CODE, *known])}")
    return known[verb]
