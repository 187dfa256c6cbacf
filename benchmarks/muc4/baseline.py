"""The naive baseline: a keyword gives one template; its date and place are the dateline's."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.corpora.muc4 import MONTHS, Fill, Template, Text


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def written_day(day: date) -> str:
    """Return a day as the task writes it: 09 DEC 89."""
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"


def _found(words: str, among: Sequence[str]) -> str | None:
    return next((one for one in among if re.search(rf"\b{re.escape(one)}", words)), None)


def naive(texts: Sequence[Text]) -> list[Template]:
    """Return one template for every text with a trigger.

    Type by the trigger; "on or before" the dateline's day; the country of its city where that is a capital of
    the task's countries, else the commonest; the commonest organization that the text names.
    """
    table = _table()
    fills, made = table["fills"], []
    for text in texts:
        words = " ".join(text.words.upper().split())
        kind = next((row["type"] for row in table["trigger"] if _found(words, row["words"])), None)
        if kind is None:
            continue
        country = table["capitals"].get(text.place, fills["country"])
        slots = {
            3: f"{country}: {text.place} (CITY)" if text.place in table["capitals"] else country,
            4: kind,
            5: fills["stage"],
            8: fills["category"],
        }
        if text.day:
            slots[2] = f"- {written_day(text.day)}"
        held: dict[int, tuple[Fill, ...]] = {slot: (Fill((value,)),) for slot, value in slots.items()}
        if name := _found(words, table["organizations"]["names"]):
            held |= {10: (Fill((name,)),), 11: (Fill((fills["confidence"],), (name,)),)}
        made.append(Template(text.name, 1, held))
    return made
