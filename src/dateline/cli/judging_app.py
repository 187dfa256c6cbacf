"""The verbs by which people decide: reconcile, merge, split, judge, review."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.asking_app import Actor, Admin1, AsLines, CountryCode, EventName, Kind, PlaceName, Since, Until
from dateline.cli.options import AsJson, DeskName, Quiet

By = Annotated[
    str, typer.Option("--by", metavar="NAME", envvar="DATELINE_REVIEWER", help="Who decides; kept with the judgement.")
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with the judgement.")]
Joining = Annotated[
    str, typer.Option(metavar="WAY", help="What is one event: incident, or unit-day (same province, day and kind).")
]


def reconcile(desk: DeskName, joining: Joining = "incident", as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Bring the claims of all reports together: copies, events with their accounts, who holds what.

    What did not change stays as it is, judgements bind. Run it again whenever reports were coded.
    """
    from dateline.cli.judging import bring_together

    raise typer.Exit(bring_together(desk, joining, as_json, quiet))


def merge(
    desk: DeskName,
    events: Annotated[list[str], typer.Argument(metavar="EVENT EVENT...", help="Events that are one, by their ids.")],
    by: By,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Judge that events are one. They are made one at once, and stay so when the desk is coded again."""
    from dateline.cli.judging import merge_events

    raise typer.Exit(merge_events(desk, events, by, reason, as_json))


def split(
    desk: DeskName,
    event: EventName,
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="The claims that are of another event.")],
    by: By,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Judge that claims of an event are of another one. They leave at once, and for good."""
    from dateline.cli.judging import split_event

    raise typer.Exit(split_event(desk, event, claims, by, reason, as_json))


def judge(
    desk: DeskName,
    words: Annotated[
        list[str],
        typer.Argument(metavar="CLAIM... VERDICT", help="Claims, then right, wrong, unsure or note."),
    ],
    by: By,
    field: Annotated[str, typer.Option(metavar="NAME", help="The field that is judged; else the whole claim.")] = "",
    value: Annotated[str, typer.Option(metavar="VALUE", help="What the field should be.")] = "",
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Judge claims, or one field of them. A claim that is wrong as a whole counts no more; nothing is overwritten."""
    from dateline.cli.judging import judge_claims

    raise typer.Exit(judge_claims(desk, words, by, field, value, reason, as_json))


def review(
    desk: DeskName,
    by: By,
    standing: Annotated[
        str, typer.Option(metavar="STANDING", help="disputed, agreed, single-source, or any.")
    ] = "disputed",
    kind: Kind = "",
    place: PlaceName = "",
    admin1: Admin1 = "",
    country: CountryCode = "",
    actor: Actor = "",
    since: Since = None,
    until: Until = None,
    text: Annotated[str, typer.Option(metavar="TEXT", help="Words that a claim of it holds.")] = "",
    as_json: AsLines = False,
) -> None:
    """Go through events one after the other: see the accounts, decide, go on. It may be left at any moment.

    Every decision is kept at once; what this reviewer decided on is not asked again unless something new came.
    """
    from dateline.cli.reviewing import review_events

    asked = {"standing": "" if standing == "any" else standing, "type": kind, "place": place, "admin1": admin1,
        "country": country, "actor": actor, "since": since, "until": until, "text": text}  # fmt: skip
    raise typer.Exit(review_events(desk, by, asked, as_json))


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for verb in (reconcile, merge, split, judge, review):
        app.command()(verb)
