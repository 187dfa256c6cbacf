"""What the parts of the stage hand to each other: a cue with its speaker and its content, as tokens."""

from __future__ import annotations

import msgspec


class Saying(msgspec.Struct):
    """A cue, who is made to speak by it, and what.

    `anchor` is the cue's head token, `cue` its first and last token (half-open). `speaker` is the head
    token of who speaks, None where nobody is named. `content` are the tokens of what is said; `quotes`
    the numbers of the quotations that belong to it. `through` are head tokens of further sources between
    the speaker and the report ("X, citing Y": Y speaks, through X), `told` those to whom it was said.
    `cites` is the token of "citing", where the saying has swallowed one.
    `tagged` says that a trained part found the extents; `named` are the first and last token (half-open) of
    the words that it found to name the speaker.
    `goes_on` is the anchor of the saying whose speaker goes on without a cue of his own, or None.
    """

    anchor: int
    cue: tuple[int, int]
    sort: str
    rule: str
    speaker: int | None = None
    content: set[int] = msgspec.field(default_factory=set)
    quotes: list[int] = msgspec.field(default_factory=list)
    through: list[int] = msgspec.field(default_factory=list)
    told: list[int] = msgspec.field(default_factory=list)
    cites: int | None = None
    hedge: str = ""
    quotable: bool = False
    goes_on: int | None = None
    named: tuple[int, int] | None = None
    tagged: bool = False
