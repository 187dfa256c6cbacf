"""Lines for a terminal: wrapped, indented, labelled; with styles or, where there is no colour, plain."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from dateline.exporting.wording import Look

LEAST_WIDTH = 48


class Canvas:
    """Draws line by line; `text()` is what was drawn. Nothing is cut: what is too long goes on in the next line."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.width = max(look.width, LEAST_WIDTH)
        self.out = io.StringIO()
        self.console = Console(
            file=self.out, width=self.width, force_terminal=look.colour,
            color_system="standard" if look.colour else None, legacy_windows=False,
            highlight=False, markup=False, emoji=False, _environ={},
        )  # fmt: skip

    def text(self) -> str:
        """Return what was drawn."""
        return self.out.getvalue()

    def wrapped(self, body: Text, room: int) -> list[Text]:
        """Return the lines of a text that is `room` columns wide."""
        lines = list(body.wrap(self.console, max(room, 1)))
        for line in lines:
            line.rstrip()
        return lines

    def field(self, label: str, value: Text, indent: int, room: int) -> None:
        """Draw a labelled value, the label `room` columns wide; nothing where the value is empty."""
        if not value.plain:
            return
        for position, line in enumerate(self.wrapped(value, self.width - indent - room)):
            name = label if position == 0 else ""
            self.print(Text.assemble(" " * indent, (f"{name:<{room}}", "dim"), line))

    def block(self, body: Text, indent: int = 0, hang: int = 0) -> None:
        """Draw wrapped text, `indent` columns in, its further lines `hang` more."""
        for position, line in enumerate(self.wrapped(body, self.width - indent - hang)):
            self.print(Text.assemble(" " * (indent + (hang if position else 0)), line))

    def sides(self, left: Text, right: Text, hang: int) -> None:
        """Draw `left`, with `right` at the right edge where it fits, else on a line of its own."""
        room = self.width - left.cell_len - right.cell_len
        if room >= 2:
            self.print(Text.assemble(left, " " * room, right))
            return
        self.block(left, hang=hang)
        self.block(right, indent=hang)

    def rule(self, char: str, style: str) -> None:
        """Draw a line across."""
        self.print(Text(char * self.width, style))

    def blank(self) -> None:
        """Draw an empty line."""
        self.out.write("\n")

    def print(self, line: Text) -> None:
        """Draw one line as it is."""
        self.console.print(line, no_wrap=True, crop=False, overflow="ignore", soft_wrap=True)
