"""The verbs and their options. What a verb needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from dateline.cli import asking_app, desk_app, history_app, judging_app
from dateline.cli.options import (
    AsJson,
    Columns,
    Country,
    Language,
    Model,
    Outlet,
    Places,
    Published,
    Quiet,
    RulesOnly,
    check_places,
    mapped,
)

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
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=256, metavar="N", help="Processes; the output is the same. 1; of a desk all cores."),
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Show on the sheet which rules made each claim.")] = False,
    quiet: Quiet = False,
    desk: Annotated[
        str | None, typer.Option(metavar="DESK", help="Code what is new in this desk, and keep it there.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="With --desk: try again what failed before.")] = False,
    no_reconcile: Annotated[
        bool, typer.Option("--no-reconcile", help="With --desk: leave the events as they are (dateline reconcile).")
    ] = False,
) -> None:
    """Code reports: print what they claim, grouped by who says it, each value with its words.

    Text, Markdown, HTML, PDF, JSON, JSON Lines, CSV, and folders of them. What cannot be read is told on
    standard error and stops nothing; the exit status is then 3. With --desk nothing is printed: what the desk
    holds and these settings have not coded yet is coded and kept, then all claims are brought together
    (dateline reconcile); interrupt it as you like.
    """
    from dateline.cli.coding import Job, code_and_print
    from dateline.cli.stopping import columns as width
    from dateline.cli.stopping import in_colour
    from dateline.exporting.wording import Look
    from dateline.reading import read
    from dateline.records import UsageError

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other; give one of them")
    named = tuple(places or ())
    if desk is not None:
        from dateline.cli.keeping import code_desk

        asked = {"PATH": paths, "--csv": as_csv, "--published": published, "--outlet": outlet, "--country": country,
            "--language": language, "--map": columns, "--rules": rules}  # fmt: skip
        _only_without_desk([name for name, value in asked.items() if value], desk)
        check_places(named)
        status = code_desk(desk, model, named, not rules_only, workers, retry, as_json, quiet)
        if not no_reconcile:
            from dateline.cli.judging import take_in_what_came

            take_in_what_came(desk, quiet)
        raise typer.Exit(status)
    if no_reconcile:
        raise UsageError("--no-reconcile leaves the events of a desk as they are; name it with --desk")
    if retry:
        raise UsageError("--retry tries again what failed in a desk; name it with --desk")
    listed = _given_paths(paths)
    items = read(
        listed,
        published=published,
        outlet=outlet,
        country=country,
        language=language,
        columns=mapped(columns),
    )
    job = Job(
        shape="json" if as_json else "csv" if as_csv else "sheet",
        look=Look(width(), in_colour(), rules),
        model=model,
        places=named,
        trained=not rules_only,
    )
    check_places(job.places)
    raise typer.Exit(code_and_print(job, listed, items, workers or 1, quiet, bool(context.obj)))


def _given_paths(paths: list[str] | None) -> list[str]:
    """Return the paths; where there are none, standard input unless somebody would have to type it."""
    from dateline.records import UsageError

    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("no report was given. Name files or folders, or pipe a report in")
    return ["-"]


def _only_without_desk(asked: list[str], desk: str) -> None:
    from dateline.records import UsageError

    if asked:
        raise UsageError(
            f"{', '.join(asked)} and --desk exclude each other: what is said of reports is said when they are added"
            f" (dateline add {desk} PATH...)"
        )


@app.command()
def schema(
    verb: Annotated[
        str, typer.Argument(metavar="[VERB]", help="A verb of desks (events, claims, control, ...); else code.")
    ] = "",
) -> None:
    """Print the JSON Schema of a line that `dateline code --json`, or another verb with --json, prints."""
    from dateline.cli.schemas import print_schema

    print_schema(verb)


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

    check_places(tuple(own or ()))
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

    check_places(tuple(places or ()))
    given = {"published": published, "outlet": outlet, "country": country, "language": language}
    print_claim(file, claim, given, mapped(columns), model, tuple(places or ()), not rules_only)


@app.command()
def doctor(
    desk: Annotated[
        str | None, typer.Argument(metavar="DESK", help="A desk: then that is examined, not the installation.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is installed, whether its hashes verify, and what is missing; exit 2 where something is.

    With DESK: whether the desk is whole, down to the hash of each report and each file.
    """
    if desk is not None:
        from dateline.cli.keeping import examine_desk

        raise typer.Exit(examine_desk(desk, as_json))
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


desk_app.register(app)
asking_app.register(app)
judging_app.register(app)
history_app.register(app)
