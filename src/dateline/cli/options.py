"""Options that several verbs share."""

from __future__ import annotations

from typing import Annotated

import typer

Published = Annotated[str | None, typer.Option(metavar="DAY", help="The day of publication, as 2021-07-26.")]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Who published the reports.")]
Country = Annotated[str | None, typer.Option(metavar="CC", help="The country that they are about (ISO 3166-1, as AF).")]
Language = Annotated[str | None, typer.Option(metavar="LL", help="Their language (ISO 639-1, as en).")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="FIELD=COLUMN", help="Which column of a table holds a field (text=body); repeatable."
    ),
]
Model = Annotated[str, typer.Option(metavar="NAME", help="Another language model: md, sm, blank, or a spaCy pipeline.")]
Places = Annotated[
    list[str] | None, typer.Option(metavar="CSV", help="Places of your own (name,lat,lon,...); repeatable.")
]
RulesOnly = Annotated[bool, typer.Option("--rules-only", help="Use no trained part, only the rules.")]
DeskName = Annotated[
    str, typer.Argument(metavar="DESK", help="A file, such as my.desk, or postgresql://USER@HOST/NAME.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures are told.")]


def mapped(columns: list[str] | None) -> dict[str, str]:
    """Return which column holds a field. Raises UsageError where a pair is none."""
    from dateline.records import UsageError

    found: dict[str, str] = {}
    for one in columns or ():
        field, sign, column = one.partition("=")
        if not (sign and field and column):
            raise UsageError(f"--map {one}: write it as FIELD=COLUMN, such as text=body")
        found[field] = column
    return found


def check_places(places: tuple[str, ...]) -> None:
    """Raise UsageError where a file of places is not there."""
    from pathlib import Path

    from dateline.records import UsageError

    for place in places:
        if not Path(place).is_file():
            raise UsageError(f"--places {place}: there is no such file. Give a CSV file with name, lat and lon")
