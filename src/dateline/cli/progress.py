"""A progress bar on standard error, where that is a terminal and the output goes elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from dateline.cli.stopping import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_BETWEEN = 0.1  # seconds between two drawings of the bar
_WORTH_IT = 200_000  # bytes of one input from which a bar is worth drawing


class Bar:
    """Counts bytes of the inputs, so that it can estimate even where one file holds many reports.

    It has no thread of its own, which would not survive the forking of workers.
    """

    def __init__(
        self, paths: Sequence[str], hidden: bool = False, label: str = "coding", alone: bool = False,
        unit: str = "reports",
    ) -> None:  # fmt: skip
        # Sheets that scroll by on the same terminal are progress enough, and a bar would cut them up. Where
        # nothing is printed meanwhile the bar is `alone`.
        self.wanted = not hidden and sys.stderr.isatty() and (alone or not sys.stdout.isatty())
        self.label, self.unit = label, unit
        self.drawn = 0.0
        self.sizes = _sizes(paths) if self.wanted else {}
        worth = len(self.sizes) > 1 or sum(self.sizes.values()) > _WORTH_IT or not paths
        self.wanted = self.wanted and worth
        self.progress: Progress | None = None
        self.task: TaskID | None = None
        self.current, self.behind, self.inside, self.reports = "", 0, 0, 0

    def __enter__(self) -> Bar:
        if self.wanted:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            self.progress = Progress(
                TextColumn(self.label), BarColumn(), TaskProgressColumn(),
                TextColumn(f"{{task.fields[reports]}} {self.unit}"), TimeRemainingColumn(),
                console=Console(stderr=True), auto_refresh=False, transient=True,
            )  # fmt: skip
            self.progress.start()
            self.task = self.progress.add_task(self.label, total=max(1, sum(self.sizes.values())), reports=0)
            self.progress.refresh()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.progress is not None:
            self.progress.stop()

    def expect(self, total: int) -> None:
        """Count the characters of reports, of which there are `total`, not the bytes of files."""
        self.sizes = {"": total}
        if self.progress is not None and self.task is not None:
            self.progress.update(self.task, total=max(1, total))

    def passed(self, path: str, length: int) -> None:
        """Move on past a report of `length` characters that was read from `path`."""
        if self.progress is None or self.task is None:
            return
        file = path if path in self.sizes else path.rpartition("#")[0]
        if file not in self.sizes and "" in self.sizes:
            file = ""
        if file != self.current:
            self.behind += self.sizes.get(self.current, 0)
            self.current, self.inside = file, 0
        self.inside = min(self.inside + length, self.sizes.get(file, 0))
        self.reports += 1
        self.progress.update(self.task, completed=self.behind + self.inside, reports=self.reports)
        now = time.monotonic()
        if now - self.drawn >= _BETWEEN:  # drawing costs more than many a step
            self.drawn = now
            self.progress.refresh()

    def say(self, line: str) -> None:
        """Write a line to standard error, above the bar where there is one."""
        if self.progress is None:
            say(line)
            return
        from dateline.exporting.wording import shown

        self.progress.console.print(shown(line), markup=False, highlight=False, soft_wrap=True)


def _sizes(paths: Sequence[str]) -> dict[str, int]:
    """Return the sizes in bytes of all files in `paths`, folders with all their levels."""
    found: dict[str, int] = {}
    for path in paths:
        place = Path(path)
        files = (
            [Path(here) / name for here, _, names in os.walk(place) for name in names] if place.is_dir() else [place]
        )
        for file in files:
            try:
                found[str(file)] = file.stat().st_size
            except OSError:
                found[str(file)] = 0
    return found
