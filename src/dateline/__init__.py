"""Dateline reads the news of a conflict and keeps the record of who says what happened.

    import dateline

    coded = dateline.code("report.txt")
    for claim in coded.claims:
        print(claim.predication.plover, claim.evidence.spans)

The parts are loaded when they are first used, so that `import dateline` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.api import Coded, code, code_all, code_report, code_text

__version__ = "0.1.0"
__all__ = ["Coded", "__version__", "code", "code_all", "code_report", "code_text"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module("dateline.api"), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
