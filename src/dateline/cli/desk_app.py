"""The verbs that keep a desk: init, add, status; `code --desk` and `doctor DESK` stand with their kin."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.options import AsJson, Columns, Country, DeskName, Language, Outlet, Published, Quiet, mapped


def init(desk: DeskName, as_json: AsJson = False) -> None:
    """Make a desk: one file, or the tables in an empty PostgreSQL database. One that is there stays as it is."""
    from dateline.cli.keeping import make

    raise typer.Exit(make(desk, as_json))


def add(
    desk: DeskName,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders; - is standard input.")],
    as_json: AsJson = False,
    published: Published = None,
    outlet: Outlet = None,
    country: Country = None,
    language: Language = None,
    columns: Columns = None,
    known: Annotated[
        str,
        typer.Option(
            metavar="WHEN",
            help="Since when the desk knew of them: added (now), or published (their own day).",
        ),
    ] = "added",
    quiet: Quiet = False,
) -> None:
    """Take reports into a desk, with the bytes of their files; what is there already is not taken in again.

    It may be interrupted and run again: nothing is lost, nothing doubled. What cannot be read is told and kept
    in mind (dateline status); the exit status is then 3.
    """
    from dateline.cli.keeping import take_in

    given = {"published": published, "outlet": outlet, "country": country, "language": language}
    raise typer.Exit(take_in(desk, paths, given, mapped(columns), known, as_json, quiet))


def status(desk: DeskName, as_json: AsJson = False) -> None:
    """Say what a desk holds, what failed and why, and what to do next."""
    from dateline.cli.desk_status import tell_status

    raise typer.Exit(tell_status(desk, as_json))


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for verb in (init, add, status):
        app.command()(verb)
