"""Reader of texts with marked time expressions: WikiWars (TIMEX2, .key.xml) and TimeML (TIMEX3, .tml)."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import NamedTuple


class Timex(NamedTuple):
    """A time expression: offsets into the text, half-open, and its TIMEX2 or TIMEX3 value."""

    start: int
    end: int
    value: str


class TimedText(NamedTuple):
    """A text with its outermost time expressions and the day of the document, where it gives one."""

    name: str
    text: str
    gold: list[Timex]
    day: dt.date | None
    timeml: bool


def files(corpora: Path) -> list[Path]:
    """Return the files of WikiWars and of TimeML under a folder of corpora."""
    return sorted([*(corpora / "wikiwars").rglob("*.key.xml"), *corpora.rglob("*.tml")])


def read(path: Path) -> TimedText:
    """Read a file; a timex inside of another is part of it.

    Text outside of a TEXT element does not count, as in the corpora's own scorers.
    """
    raw = path.read_text("utf-8", errors="replace")
    timeml = path.suffix == ".tml"
    tag = "TIMEX3" if timeml else "TIMEX2"
    found = re.search(rf'<{tag}[^>]*(?:CREATION_TIME"[^>]*|)\bval(?:ue)?="(\d{{4}}-\d\d-\d\d)', raw)
    day = dt.date.fromisoformat(found[1]) if found else None
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL)
    text = ""
    gold: list[Timex] = []
    opened: list[tuple[int, str]] = []
    position = 0
    content = body[1] if body else raw
    for match in re.finditer(r"<(/?)(\w+)([^>]*?)(/?)>", content):
        text += html.unescape(content[position : match.start()])
        position = match.end()
        if match[2] != tag or match[4]:
            continue
        if match[1]:
            start, value = opened.pop()
            if not opened:
                gold.append(Timex(start, len(text), value))
        else:
            given = re.search(r'\bval(?:ue)?="([^"]*)"', match[3], re.IGNORECASE)
            opened.append((len(text), given[1] if given else ""))
    text += html.unescape(content[position:])
    return TimedText(path.name, text, gold, day, timeml)
