"""Inline markup of examples: {trigger} and [role words], nestable."""

from __future__ import annotations

import re
from typing import NamedTuple

OPENING = re.compile(r"\[(\w+) ")


class Marked(NamedTuple):
    """A sentence without its marks, the offsets of its trigger and of its roles."""

    text: str
    trigger: tuple[int, int]
    roles: tuple[tuple[str, int, int], ...]


def read_marked(source: str) -> Marked:
    """Read an example. Raises ValueError where a mark is not closed or there is no trigger."""
    text, stack, roles, trigger, at = "", [], [], None, 0
    while at < len(source):
        char = source[at]
        opening = OPENING.match(source, at)
        if char == "{":
            stack.append(("", len(text)))
        elif char == "}":
            trigger = (stack.pop()[1], len(text))
        elif opening:
            stack.append((opening.group(1), len(text)))
            at = opening.end() - 1
        elif char == "]":
            role, start = stack.pop()
            roles.append((role, start, len(text)))
        else:
            text += char
        at += 1
    if stack or trigger is None:
        raise ValueError(f"not well marked: {source}")
    return Marked(text, trigger, tuple(roles))
