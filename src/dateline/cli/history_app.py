"""The verbs that look back, and the one that leads out: diff, runs, log, export."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.asking_app import AsLines
from dateline.cli.options import AsJson, DeskName, Quiet

RunName = Annotated[str, typer.Argument(help="A run's id, or how that begins (dateline runs DESK).")]


def diff(
    desk: DeskName,
    before: RunName,
    after: RunName,
    full: Annotated[bool, typer.Option("--full", help="Show each value before and after.")] = False,
    as_json: AsLines = False,
) -> None:
    """Compare two codings of the same reports: which claims were added, are gone, or changed, and in what."""
    from dateline.cli.history import print_diff

    raise typer.Exit(print_diff(desk, before, after, full, as_json))


def runs(desk: DeskName, as_json: AsLines = False) -> None:
    """List the codings of a desk: when, by which version, model and knowledge, and of how many reports."""
    from dateline.cli.history import print_runs

    raise typer.Exit(print_runs(desk, as_json))


def log(desk: DeskName, as_json: AsLines = False) -> None:
    """List what was done with a desk, and what people judged, the oldest first."""
    from dateline.cli.history import print_log

    raise typer.Exit(print_log(desk, as_json))


def export(
    desk: DeskName,
    format_: Annotated[str, typer.Argument(metavar="[FORMAT]", help="Without it, the formats are listed.")] = "",
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE", help="Write here; - or nothing is standard output.")
    ] = "",
    names: Annotated[bool, typer.Option("--names", help="Leave the names of private persons as they are.")] = False,
    named: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="Leave this person's name; repeatable.")
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Export a desk as a table, a map, or in the shape of another data set; the same desk gives the same bytes.

    Names of private persons are masked; those of public officials are kept.
    """
    from dateline.cli.history import export_desk

    raise typer.Exit(export_desk(desk, format_, out, names, tuple(named or ()), as_json, quiet))


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for verb in (diff, runs, log, export):
        app.command()(verb)
