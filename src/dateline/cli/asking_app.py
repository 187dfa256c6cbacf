"""The verbs that ask a desk: query, events, show, claims, control."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.options import DeskName

AsLines = Annotated[bool, typer.Option("--json", help="Print JSON Lines (dateline schema VERB).")]
EventName = Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or how that begins.")]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="What the desk would have said at the end of that day, or at that moment."),
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day on, as 2021-08-06.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Until this day, which counts too.")]
Kind = Annotated[
    str, typer.Option("--type", metavar="TYPE", help="PLOVER's type (ASSAULT) or one of ACLED's (Armed clash).")
]
PlaceName = Annotated[
    str, typer.Option(metavar="NAME", help="The place, as the gazetteer calls it, or its GeoNames id.")
]
CountryCode = Annotated[str, typer.Option(metavar="CC", help="The country (ISO 3166-1, as AF).")]
Admin1 = Annotated[str, typer.Option(metavar="NAME", help="The province, or what a first-order unit is called there.")]
Actor = Annotated[str, typer.Option(metavar="NAME", help="Who acts or suffers: an actor's id, or a part of the name.")]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="So many at most.")]


def query(
    desk: DeskName,
    text: Annotated[
        str,
        typer.Argument(metavar="[TEXT]", help='Words, "a phrase", begin*: all must stand in the claim\'s words.'),
    ] = "",
    kind: Kind = "",
    place: PlaceName = "",
    admin1: Admin1 = "",
    country: CountryCode = "",
    actor: Actor = "",
    source: Annotated[str, typer.Option(metavar="NAME", help="Who says it: an id, or a part of the name.")] = "",
    outlet: Annotated[str, typer.Option(metavar="NAME", help="Who published it.")] = "",
    status: Annotated[str, typer.Option(metavar="STATUS", help="asserted, ongoing, attempted, planned, ...")] = "",
    polarity: Annotated[str, typer.Option(metavar="POLARITY", help="affirmed or denied.")] = "",
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    limit: Limit = 100,
    as_json: AsLines = False,
) -> None:
    """Find claims by their words and fields: each with who says it, its report, and the event it belongs to.

    What came last comes first. Words are found by their stem, whatever the case.
    """
    from dateline.cli.asking import print_hits

    asked = {"text": text, "place": place, "admin1": admin1, "country": country, "actor": actor, "source": source,
        "outlet": outlet, "status": status, "polarity": polarity}  # fmt: skip
    raise typer.Exit(print_hits(desk, asked, kind, since, until, as_of, limit, as_json))


def events(
    desk: DeskName,
    kind: Kind = "",
    place: PlaceName = "",
    admin1: Admin1 = "",
    country: CountryCode = "",
    actor: Actor = "",
    standing: Annotated[str, typer.Option(metavar="STANDING", help="disputed, agreed or single-source.")] = "",
    happened: Annotated[
        str, typer.Option(metavar="WHETHER", help="affirmed, disputed, denied, uncertain or not-yet.")
    ] = "",
    since: Since = None,
    until: Until = None,
    text: Annotated[str, typer.Option(metavar="TEXT", help="Words that a claim of it holds.")] = "",
    sources: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="So many independent sources at least.")
    ] = None,
    as_of: AsOf = None,
    order: Annotated[str, typer.Option(metavar="ORDER", help="day, reports, killed or id.")] = "day",
    descending: Annotated[bool, typer.Option("--descending", help="The last, or the most, first.")] = False,
    limit: Limit = None,
    as_json: AsLines = False,
) -> None:
    """List events, one a line: when, where, how it stands, killed (low/best/high), by how many reports and sources."""
    from dateline.cli.asking import print_events

    asked = {"type": kind, "place": place, "admin1": admin1, "country": country, "actor": actor, "text": text,
        "standing": standing, "happened": happened, "since": since, "until": until, "sources": sources}  # fmt: skip
    raise typer.Exit(print_events(desk, asked, as_of, order, descending, limit, as_json))


def show(
    desk: DeskName,
    event: EventName,
    why: Annotated[bool, typer.Option("--why", help="Say why its claims were joined, feature by feature.")] = False,
    as_of: AsOf = None,
    as_json: AsLines = False,
) -> None:
    """Show everything of one event: each field with its accounts, who gives them and in which words."""
    from dateline.cli.asking import print_event

    raise typer.Exit(print_event(desk, event, why, as_of, as_json))


def claims(desk: DeskName, event: EventName, as_of: AsOf = None, as_json: AsLines = False) -> None:
    """Show the accounts of an event side by side: a column for each side, a row for each thing told."""
    from dateline.cli.asking import print_accounts

    raise typer.Exit(print_accounts(desk, event, as_of, as_json))


def control(
    desk: DeskName,
    place: Annotated[
        str, typer.Argument(metavar="[PLACE]", help="A place, by name or GeoNames id: its timeline.")
    ] = "",
    on: Annotated[str | None, typer.Option(metavar="DAY", help="Who holds each place on that day.")] = None,
    country: CountryCode = "",
    admin1: Admin1 = "",
    capitals: Annotated[bool, typer.Option("--capitals", help="Only capitals of provinces and countries.")] = False,
    picture: Annotated[bool, typer.Option("--picture", help="Places as rows and days as columns.")] = False,
    since: Since = None,
    until: Until = None,
    claims: Annotated[bool, typer.Option("--claims", help="Show the claims on which it rests.")] = False,
    as_of: AsOf = None,
    as_json: AsLines = False,
) -> None:
    """Say who holds what, and on whose word: the timeline of a place, all places on a day, or a picture of both."""
    from dateline.cli.controlling import print_control

    where = {"place": place, "country": country, "admin1": admin1, "capitals": capitals}
    raise typer.Exit(print_control(desk, where, on, (since, until), picture, claims, as_of, as_json))


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for verb in (query, events, show, claims, control):
        app.command()(verb)
