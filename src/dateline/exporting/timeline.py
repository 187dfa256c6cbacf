"""The timeline of a place, and the claims that opened each of its stretches, in lines of any width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from dateline.exporting import voicing, wording
from dateline.exporting.accounts import quoted
from dateline.exporting.canvas import Canvas
from dateline.exporting.sides import side_of
from dateline.exporting.situation import STYLES, holder_of, where_of
from dateline.exporting.wording import Look
from dateline.records import Control, Filed, Voice

_MARKS = {"contested": "! ", "unknown": "? "}


def timeline(held: Sequence[Control], filed: Mapping[str, Filed] | None, look: Look) -> str:
    """Return the timeline of each place, the exact ones first; with `filed` the claims by which it was opened."""
    by_place: dict[tuple[int, str, str, int], list[Control]] = {}
    for one in held:
        place = one.place
        by_place.setdefault((place.precision, place.name, place.admin1, place.geonameid or 0), []).append(one)
    canvas = Canvas(look)
    for at, key in enumerate(sorted(by_place)):
        if at:
            canvas.blank()
        stretches = sorted(by_place[key], key=lambda one: one.start or "")
        canvas.rule("═", "bold")
        number = stretches[0].place.geonameid
        canvas.sides(Text(wording.shown(where_of(stretches[0].place)), "bold"),
                     Text(f"GeoNames {number}" if number else "not in the gazetteer", "dim"), 2)  # fmt: skip
        for one in stretches:
            canvas.rule("─", "dim")
            _stretch(canvas, one, filed)
    return canvas.text()


def _stretch(canvas: Canvas, one: Control, filed: Mapping[str, Filed] | None) -> None:
    span = f"{one.start or 'before'} to {one.end}" if one.end else f"since {one.start or 'before'}"
    style = STYLES[one.hold]
    head = Text.assemble((f"{span:<26}", "bold"), (wording.shown(holder_of(one)), style), " · ")
    canvas.block(head.append(f"{_MARKS.get(one.hold, '')}{one.hold}", style), hang=2)
    against = set(one.against)
    yes = [voice for voice in one.voices if not set(voice.claims) <= against]
    no = [voice for voice in one.voices if set(voice.claims) & against]
    for label, voices, claims in (("says so", yes, [c for c in one.claims if c not in against]),
                                  ("against", no, one.against)):  # fmt: skip
        if filed is None:
            canvas.field(label, Text("; ".join(_who(voice, one) for voice in voices)), 4, 11)
        elif claims:
            canvas.block(Text(label, "dim"), indent=4)
            _claims(canvas, claims, one, filed)
    canvas.field("why", Text(wording.shown(one.reason), "dim"), 4, 11)
    if one.events:
        listed = ", ".join(event[:8] for event in one.events)
        canvas.field("event" if len(one.events) == 1 else "events", Text(listed, "dim"), 4, 11)


def _who(voice: Voice, one: Control) -> str:
    side = side_of(voice, one.place.country_code)
    told = side and not wording.alike(side, voice.name)
    return f"{voicing.who(voice)} [{side}]" if told else voicing.who(voice)


def _claims(canvas: Canvas, claims: Sequence[str], one: Control, filed: Mapping[str, Filed]) -> None:
    by_claim = {claim: voice for voice in one.voices for claim in voice.claims}
    for claim in claims:
        told = filed.get(claim)
        if told is None:
            continue
        voice = by_claim.get(claim)
        name = _who(voice, one) if voice is not None else wording.shown(told.outlet) or "the report"
        about = (name, "" if name == told.outlet else wording.shown(told.outlet), told.published or "day not known")
        canvas.block(Text("– " + " · ".join(part for part in about if part)), indent=6, hang=2)
        canvas.block(quoted(told, None, canvas.look), indent=8, hang=1)
