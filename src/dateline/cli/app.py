"""The verbs and their options. What a verb needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

_PURPOSE = "Reads the news of a conflict and keeps the record: who did what to whom, where and when, and who says so."
app = typer.Typer(
    name="dateline",
    help=_PURPOSE,
    epilog="Exit status: 0 done, 2 wrong usage or something is missing (see dateline doctor), 3 some inputs"
    " failed. Every command takes --debug, which shows tracebacks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
gazetteer_app = typer.Typer(help="Build the gazetteer, or say where it lies.", no_args_is_help=True)
app.add_typer(gazetteer_app, name="gazetteer")

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


def command() -> Any:
    """Return the whole command line as one command."""
    return typer.main.get_command(app)


def _version(wanted: bool) -> None:
    if wanted:
        import dateline

        typer.echo(f"dateline {dateline.__version__}")
        raise typer.Exit


@app.callback()
def _all(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Take the options that stand before a verb."""


@app.command()
def code(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files and folders; - is standard input.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON Lines, a report a line (dateline schema).")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a claim a row.")] = False,
    published: Published = None,
    outlet: Outlet = None,
    country: Country = None,
    language: Language = None,
    columns: Columns = None,
    model: Model = "",
    places: Places = None,
    rules_only: RulesOnly = False,
    workers: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Processes; the output is the same.")] = 1,
    rules: Annotated[bool, typer.Option("--rules", help="Show on the sheet which rules made each claim.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures are told.")
    ] = False,
) -> None:
    """Code reports: print what they claim, grouped by who says it, each value with its words.

    Text, Markdown, HTML, PDF, JSON, JSON Lines, CSV, and folders of them. What cannot be read is told on
    standard error and stops nothing; the exit status is then 3.
    """
    from dateline.cli.coding import Job, code_and_print
    from dateline.cli.stopping import columns as width
    from dateline.cli.stopping import in_colour
    from dateline.exporting.wording import Look
    from dateline.reading import read
    from dateline.records import UsageError

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other; give one of them")
    listed = _given_paths(paths)
    items = read(
        listed,
        published=published,
        outlet=outlet,
        country=country,
        language=language,
        columns=_mapped(columns),
    )
    job = Job(
        shape="json" if as_json else "csv" if as_csv else "sheet",
        look=Look(width(), in_colour(), rules),
        model=model,
        places=tuple(places or ()),
        trained=not rules_only,
    )
    _check_places(job.places)
    raise typer.Exit(code_and_print(job, listed, items, workers, quiet, bool(context.obj)))


def _given_paths(paths: list[str] | None) -> list[str]:
    """Return the paths; where there are none, standard input unless somebody would have to type it."""
    from dateline.records import UsageError

    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("no report was given. Name files or folders, or pipe a report in")
    return ["-"]


def _mapped(columns: list[str] | None) -> dict[str, str]:
    from dateline.records import UsageError

    found: dict[str, str] = {}
    for one in columns or ():
        field, sign, column = one.partition("=")
        if not (sign and field and column):
            raise UsageError(f"--map {one}: write it as FIELD=COLUMN, such as text=body")
        found[field] = column
    return found


def _check_places(places: tuple[str, ...]) -> None:
    from pathlib import Path

    from dateline.records import UsageError

    for place in places:
        if not Path(place).is_file():
            raise UsageError(f"--places {place}: there is no such file. Give a CSV file with name, lat and lon")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a line of `dateline code --json`."""
    import json

    from dateline.cli.stopping import put
    from dateline.exporting.coded import schema as made

    put(json.dumps(made(), indent=2) + "\n")


@app.command()
def places(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of a place, as a report writes it.")],
    country: Annotated[
        list[str] | None, typer.Option(metavar="CC", help="A country that the report is about; repeatable.")
    ] = None,
    beside: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another place that the report names; repeatable."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines, a candidate a line.")] = False,
    own: Annotated[
        list[str] | None, typer.Option("--places", metavar="CSV", help="Places of your own; repeatable.")
    ] = None,
) -> None:
    """Say what a name of a place may mean: the candidates with their scores, and why one is ahead."""
    from dateline.cli.toponyms import print_candidates

    _check_places(tuple(own or ()))
    raise typer.Exit(print_candidates(name, country or [], beside or [], own or [], as_json))


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file that was coded.")],
    claim: Annotated[
        str,
        typer.Argument(metavar="CLAIM", help="The claim's number on the sheet, its id, or how that begins."),
    ],
    published: Published = None,
    outlet: Outlet = None,
    country: Country = None,
    language: Language = None,
    columns: Columns = None,
    model: Model = "",
    places: Places = None,
    rules_only: RulesOnly = False,
) -> None:
    """Explain one claim: every value, the words and rules it was read from, and why.

    Give the same options with which the file was coded.
    """
    from dateline.cli.explaining import print_claim

    _check_places(tuple(places or ()))
    given = {"published": published, "outlet": outlet, "country": country, "language": language}
    print_claim(file, claim, given, _mapped(columns), model, tuple(places or ()), not rules_only)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what is installed, whether its hashes verify, and what is missing; exit 2 where something is."""
    from dateline.cli.doctor import print_findings

    raise typer.Exit(print_findings(as_json))


@app.command()
def train(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The model: one of those that dateline doctor lists.")],
    corpora: Annotated[str, typer.Option(metavar="FOLDER", envvar="DATELINE_CORPORA", help="The folder of corpora.")],
    out: Annotated[str | None, typer.Option(metavar="FOLDER", help="Write here, not into the installation.")] = None,
    seed: Annotated[int, typer.Option(help="Where the training begins from.")] = 0,
) -> None:
    """Train a model from a public corpus: write its weights and its card; print the card's path."""
    from pathlib import Path

    from dateline.cli.stopping import put
    from dateline.training import train as make

    put(f"{make(name, Path(corpora), Path(out) if out else None, seed)}\n")


@gazetteer_app.command("build")
def build_gazetteer(
    force: Annotated[bool, typer.Option("--force", help="Build it again where it is there already.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Build the gazetteer from the installed packages; about 40 seconds, once."""
    from dateline.cli.stopping import put, say
    from dateline.knowledge.gazetteer import build, default_path

    if default_path().is_file() and not force:
        say("dateline: the gazetteer is there already; --force builds it again")
        put(f"{default_path()}\n")
        return
    put(f"{build(progress=not quiet and sys.stderr.isatty())}\n")


@gazetteer_app.command("path")
def path_of_gazetteer() -> None:
    """Print where the gazetteer of this version lies, whether or not it was built."""
    from dateline.cli.stopping import put
    from dateline.knowledge.gazetteer import default_path

    put(f"{default_path()}\n")
