"""Dateline reads the news of a conflict and keeps the record of who says what happened.

    import dateline

    coded = dateline.code("report.txt")
    for claim in coded.claims:
        print(claim.predication.plover, claim.evidence.spans)

    with dateline.open("my.desk", create=True) as desk:
        desk.add("reports/")
        desk.code()

The parts are loaded when they are first used, so that `import dateline` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.api import Coded, code, code_all, code_report, code_text
    from dateline.desk import Desk, open_desk

    open = open_desk  # noqa: A001

__version__ = "0.2.0"
# "open" is not among them: a star import would hide Python's own.
__all__ = ["Coded", "Desk", "__version__", "code", "code_all", "code_report", "code_text"]
_DESK = {"Desk": "Desk", "open": "open_desk"}


def __getattr__(name: str) -> Any:
    if name in _DESK:
        return getattr(importlib.import_module("dateline.desk"), _DESK[name])
    if name in __all__:
        return getattr(importlib.import_module("dateline.api"), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
