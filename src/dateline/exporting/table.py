"""Claims as CSV (RFC 4180, UTF-8): one row a claim, the columns named in `COLUMNS`.

A cell that holds a list has its items joined by ";" (a ";" inside an item is written ","); lists that
belong together (`actors`, `actor_ids`, `actor_kinds`) have equally many items, some of them empty.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from dateline.exporting.coded import ClaimOut, CodedOut, QuantityOut

# Column: what it holds. docs/guide.md prints this table, and a test holds the two together.
COLUMNS: Mapping[str, str] = {
    "report_id": "the report's id",
    "path": "the file, with the row or line of a table after #",
    "part": "the piece of a file too large for one report, from 1; 0 for a whole one",
    "title": "the report's title",
    "outlet": "who published it",
    "agency": "the agency that it credits",
    "published": "the day of publication (ISO 8601)",
    "language": "its language (ISO 639-1)",
    "claim_id": "the claim's id",
    "number": "the claim's number on the sheet, from 1",
    "line": "the line of the report's text that holds the trigger, from 1",
    "headline": "1 where the claim stands in the headline, else 0",
    "status": "asserted, ongoing, attempted, planned, possible, hypothetical, opinion or background",
    "polarity": "affirmed or denied",
    "confidence": "how probable it is that a careful coder would sign the claim, 0 to 1",
    "plover": "PLOVER type; empty where PLOVER has none",
    "mode": "PLOVER mode",
    "acled_event": "ACLED event type; empty where ACLED would not code it",
    "acled_subevent": "ACLED sub-event type",
    "sense": "the sense of the predicate in the lexicon",
    "trigger": "the word that tells the event",
    "trigger_start": "its first code point in the report's text, from 0",
    "trigger_end": "the code point after its last",
    "actors": "list: who acts",
    "actor_ids": "list: the ids of known actors",
    "actor_kinds": "list: their kinds",
    "actor_reasons": "list: why, where it is not simply their name; begins with assumed where nobody says it",
    "targets": "list: to whom it is done",
    "target_ids": "list: the ids of known actors",
    "target_kinds": "list: their kinds",
    "target_reasons": "list: as actor_reasons",
    "others": "list: who or what else takes part, as role=name",
    "place": "where, the gazetteer's name",
    "place_text": "the words that say where",
    "admin1": "the first-order unit",
    "country": "the country's name",
    "country_code": "its code (ISO 3166-1 alpha-2)",
    "geonameid": "GeoNames' id",
    "lat": "latitude in degrees north",
    "lon": "longitude in degrees east",
    "precision": "UCDP's code, 1 (exact) to 7 (sea or air)",
    "place_reason": "why this place and this precision",
    "time_start": "first day (ISO 8601); empty where that side is open",
    "time_end": "last day; empty where that side is open",
    "granularity": "hour, part-of-day, day, week, month, season, year or interval",
    "time_text": "the words that say when",
    "anchor": "what the days were counted from; assumed-... where nothing in the text dates the claim",
    "counted": "list: what is counted",
    "counted_who": "list: who is counted",
    "low": "list: lower bounds; empty where the report gives none",
    "best": "list: best figures",
    "high": "list: upper bounds",
    "qualifier": "list: the words that qualify them (at least, about)",
    "counted_text": "list: the words that give the numbers",
    "speaker": "who says it: the first of the chain",
    "speaker_role": "the speaker's office",
    "speaker_kind": "person, office, organisation, agency, outlet or unnamed",
    "speaker_side": "the side in the conflict",
    "channel": "how the speaker said it",
    "sources": "list: the whole chain, the speaker first, the outlet last",
    "manner": "direct, indirect, mixed or narration",
    "cue": "the word that attributes",
    "evidence": "the words the claim was read from; gaps are written [...]",
    "evidence_spans": "list: their offsets, start-end",
    "disputes": "list: ids of claims that cannot both hold with this one",
    "same_as": "list: ids of claims that tell of the same event",
    "rule": "the rules that made it",
    "dateline": "version of Dateline",
    "model": "the language model",
    "gazetteer": "the gazetteer's version",
    "knowledge": "the hash of the knowledge",
    "trained": "list: the trained parts that were used",
    "actor_assumed": "list: what of the actor is assumed, party or country; empty where it is said",
    "target_assumed": "list: what of the target is assumed, party or country; empty where it is said",
}
GAP = " [...] "
# A spreadsheet runs a cell that begins so; the words of a report may not be made to.
_RUN_BY_SPREADSHEETS = re.compile(r"[=+\-@\t\r]")


def header() -> str:
    """Return the first row: the names of the columns."""
    return _rows([list(COLUMNS)])


def rows(coded: CodedOut) -> str:
    """Return the rows of one report's claims; "" where it has none.

    A cell of text that a spreadsheet would run (one that begins with =, +, - or @) is given a "'" in front.
    """
    breaks = [at for at, char in enumerate(coded.report.text) if char == "\n"]
    about = _about(coded)
    made = []
    for number, claim in enumerate(coded.claims, 1):
        line = bisect_left(breaks, claim.event.trigger.start) + 1
        cells = {**about, **claim_cells(claim), "number": number, "line": line}
        made.append([cell(cells.get(column)) for column in COLUMNS])
    return _rows(made)


def _rows(made: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, dialect="excel", lineterminator="\r\n").writerows(made)
    return out.getvalue()


def cell(value: object) -> str:
    """Return a value as a cell of text; what a spreadsheet would run gets a "'" in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)
    if isinstance(value, list):
        value = ";".join(cell(one).replace(";", ",") for one in value)
    text = str(value)
    return f"'{text}" if _RUN_BY_SPREADSHEETS.match(text) else text


def _about(coded: CodedOut) -> dict[str, object]:
    report, made = coded.report, coded.made_by
    return {
        "report_id": report.id, "path": report.path, "part": report.part, "title": report.title,
        "outlet": report.outlet, "agency": report.agency, "published": report.published,
        "language": report.language, "dateline": made.dateline, "model": made.model,
        "gazetteer": made.gazetteer, "knowledge": made.knowledge, "trained": list(made.trained),
    }  # fmt: skip


def claim_cells(claim: ClaimOut) -> dict[str, object]:
    """Return the cells that a claim fills, by column; those of its report are not among them."""
    event = claim.event
    kind, sub = event.acled or (None, None)
    cells: dict[str, object] = {
        "claim_id": claim.id, "headline": claim.headline, "status": claim.status, "polarity": claim.polarity,
        "confidence": claim.confidence, "plover": event.plover, "mode": event.mode, "acled_event": kind,
        "acled_subevent": sub, "sense": event.sense, "trigger": event.trigger.text,
        "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
        "manner": claim.manner, "cue": claim.cue.text if claim.cue else None,
        "evidence": GAP.join(words.text for words in claim.evidence),
        "evidence_spans": [f"{words.start}-{words.end}" for words in claim.evidence],
        "disputes": claim.disputes, "same_as": claim.same_as, "rule": claim.rule,
    }  # fmt: skip
    return {**cells, **_people(claim), **_setting(claim), **_counted(claim.quantities), **_sources(claim)}


def _people(claim: ClaimOut) -> dict[str, object]:
    cells: dict[str, object] = {}
    for role in ("actor", "target"):
        found = [p for p in claim.participants if p.role == role]
        cells[f"{role}s"] = [p.name for p in found]
        cells[f"{role}_ids"] = [p.entity for p in found]
        cells[f"{role}_kinds"] = [p.kind for p in found]
        cells[f"{role}_reasons"] = [p.reason for p in found]
        cells[f"{role}_assumed"] = [p.assumed for p in found]
    cells["others"] = [f"{p.role}={p.name}" for p in claim.participants if p.role not in ("actor", "target")]
    return cells


def _setting(claim: ClaimOut) -> dict[str, object]:
    cells: dict[str, object] = {}
    if claim.place:
        place = claim.place
        cells |= {
            "place": place.name, "place_text": place.text, "admin1": place.admin1, "country": place.country,
            "country_code": place.country_code, "geonameid": place.geonameid, "lat": place.lat,
            "lon": place.lon, "precision": place.precision, "place_reason": place.reason,
        }  # fmt: skip
    if claim.time:
        time = claim.time
        cells |= {
            "time_start": time.start, "time_end": time.end, "granularity": time.granularity,
            "time_text": time.text, "anchor": time.anchor,
        }  # fmt: skip
    return cells


def _counted(quantities: list[QuantityOut]) -> dict[str, object]:
    return {
        "counted": [q.what for q in quantities], "counted_who": [q.who for q in quantities],
        "low": [q.low for q in quantities], "best": [q.best for q in quantities],
        "high": [q.high for q in quantities],
        "qualifier": [q.qualifier for q in quantities], "counted_text": [q.text for q in quantities],
    }  # fmt: skip


def _sources(claim: ClaimOut) -> dict[str, object]:
    chain = claim.attribution
    if not chain:
        return {}
    first = chain[0]
    return {
        "speaker": first.name, "speaker_role": first.role, "speaker_kind": first.kind,
        "speaker_side": first.side, "channel": first.channel, "sources": [s.name for s in chain],
    }  # fmt: skip
