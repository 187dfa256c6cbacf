"""Claims that a search found: their words with what was looked for, who says it, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from rich.text import Text

from dateline.exporting import wording
from dateline.exporting.canvas import Canvas
from dateline.exporting.coded import ClaimOut
from dateline.exporting.eventlist import SHORT_ID
from dateline.exporting.wording import Look

_WORD = re.compile(r"\w+")
# Endings between which the search makes no difference: it finds words by their stem.
_ENDINGS = frozenset(
    "e s es ed d ing ings er ers ly y ies ied ion ions ment ments al ally ance ness able ation ations".split()
) | {""}
_STEM = 3  # letters that two words of one stem share at least


class FoundOut(msgspec.Struct, frozen=True):
    """A claim of a desk in JSON: the claim as `dateline code --json` has it, its event, and its report.

    `original` is the report of which this one is a copy, the report itself where it is none. `event` is "" where
    the desk was not reconciled since. `words` are the claim's evidence.
    """

    id: str
    event: str
    words: str
    report: str
    title: str
    path: str
    outlet: str
    agency: str
    published: str | None
    original: str
    claim: ClaimOut


class Sought(msgspec.Struct, frozen=True):
    """A word or a phrase that was looked for; with `prefix` its last word is only a beginning."""

    words: tuple[str, ...]
    prefix: bool = False


def hit(found: FoundOut, title: str, sought: Sequence[Sought], look: Look) -> str:
    """Return one claim that was found; `title` is its event's, "" for none."""
    canvas = Canvas(look)
    claim = found.claim
    head = Text.assemble((_when(claim), "bold"), " · ", _where(claim))
    kind = claim.event.plover or (claim.event.acled or ("", ""))[1] or "no type"
    marks = [mark for mark in (_status(claim), "headline" if claim.headline else "") if mark]
    head.append(f" · {kind}").append(f" · {', '.join(marks)}" if marks else "", "bold yellow")
    canvas.sides(head, Text(found.id[:SHORT_ID], "dim"), 2)
    body = Text("“").append(marked(wording.shown(found.words), sought, look)).append("”")
    canvas.block(body, indent=2, hang=1)
    canvas.block(Text(_said(found)), indent=2, hang=2)
    if found.event:
        canvas.block(Text(f"event {found.event[:SHORT_ID]}  {wording.shown(title)}", "dim"), indent=2, hang=2)
    return canvas.text()


def _when(claim: ClaimOut) -> str:
    return wording.days(claim.time.start, claim.time.end) if claim.time else "day not said"


def _where(claim: ClaimOut) -> str:
    place = claim.place
    if place is None:
        return "place not said"
    names = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    return f"{wording.shown(', '.join(names))} {wording.PRECISION.get(place.precision, '')}".strip()


def _status(claim: ClaimOut) -> str:
    parts = ["DENIED" if claim.polarity == "denied" else "", "" if claim.status == "asserted" else claim.status.upper()]
    return " ".join(part for part in parts if part)


def _said(found: FoundOut) -> str:
    """Return the chain of who says it, the day of publication, and that the report repeats another."""
    links = [f"{one.name}, {one.role}" if one.role else one.name for one in found.claim.attribution]
    chain = " → ".join(wording.shown(one) for one in links) or wording.shown(found.outlet) or "the report"
    published = f"published {found.published}" if found.published else "day of publication not known"
    copy = f"copy of report {found.original[:SHORT_ID]}" if found.original != found.report else ""
    return " · ".join(part for part in (chain, published, wording.shown(found.path), copy) if part)


def marked(words: str, sought: Sequence[Sought], look: Look) -> Text:
    """Return words with all that was looked for marked: emphasised, between * where there is no colour."""
    spans = _spans(words, sought)
    body, at = Text(), 0
    star = "" if look.colour else "*"
    for start, end in spans:
        body.append(words[at:start]).append(f"{star}{words[start:end]}{star}", "bold reverse" if look.colour else "")
        at = end
    return body.append(words[at:])


def _spans(words: str, sought: Sequence[Sought]) -> list[tuple[int, int]]:
    found = [(match.start(), match.end(), match[0].casefold()) for match in _WORD.finditer(words)]
    spans: set[tuple[int, int]] = set()
    for term in sought:
        wanted = [word.casefold() for word in term.words]
        for at in range(len(found) - len(wanted) + 1):
            if all(
                _fits(found[at + n][2], word, term.prefix and n == len(wanted) - 1) for n, word in enumerate(wanted)
            ):
                spans.add((found[at][0], found[at + len(wanted) - 1][1]))
    return _apart(sorted(spans))


def _fits(word: str, wanted: str, prefix: bool) -> bool:
    if prefix:
        return word.startswith(wanted)
    common = next(
        (at for at, (a, b) in enumerate(zip(word, wanted, strict=False)) if a != b), min(len(word), len(wanted))
    )
    stems = range(max(_STEM, common - 1), common + 1)  # "captured" and "capturing" part after the stem, or one before
    return word == wanted or any(_inflected(word[at:], wanted[at:]) for at in stems)


def _inflected(one: str, two: str) -> bool:
    # "city" and "cities" are one word, "man" and "many" are two.
    return one in _ENDINGS and two in _ENDINGS and {one, two} != {"", "y"}


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
