"""A claim as typed columns, by which the desk is asked without reading its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.records import Claim, Participant, Quantity, Time

CLAIM_COLUMNS = (
    "id", "run_id", "report_id", "current", "words", "plover", "mode", "effect", "acled_type", "acled_sub", "status",
    "polarity", "headline", "actors", "actor_ids", "targets", "target_ids", "source_name", "source_kind", "source_id",
    "source_side", "place_name", "geonameid", "admin1", "country_code", "lat", "lon", "precision", "first", "last",
    "granularity", "killed_low", "killed_best", "killed_high", "confidence",
)  # fmt: skip


def claim_row(claim: Claim, run: str, report: str, words: str) -> tuple[object, ...]:
    """Return the values of `CLAIM_COLUMNS`, as a claim by which the desk speaks."""
    said, source, place, time = claim.predication, claim.attribution.chain[:1], claim.place, claim.time
    acled = said.acled or ("", "")
    actors, targets = (tuple(p for p in said.participants if p.role == role) for role in ("actor", "target"))
    speaker = source[0] if source else None
    where = (
        (place.name, place.geonameid, place.admin1, place.country_code, place.lat, place.lon, place.precision)
        if place
        else ("", None, "", "", None, None, None)
    )
    return (
        claim.id, run, report, 1, plain(words), said.plover, said.mode, said.effect, *acled, said.status,
        said.polarity, int(said.headline), _names(actors), idents(p.entity for p in actors), _names(targets),
        idents(p.entity for p in targets), plain(speaker.name) if speaker else "", speaker.kind if speaker else "",
        speaker.entity if speaker else "", speaker.side if speaker else "", *where, *days(time),
        *_total(said.quantities, "killed"), claim.confidence,
    )  # fmt: skip


def days(time: Time | None) -> tuple[str, str, str]:
    """Return first day, last day and granularity; an open side, or no time at all, is ""."""
    return (time.start or "", time.end or "", time.granularity) if time else ("", "", "")


def plain(words: str) -> str:
    """Return words without what no database holds as text: zero bytes and halves of surrogate pairs."""
    return words.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


_ZERO, _MARK = "\x00", "\ue0ff"


def holdable(words: str) -> str:
    """Return words as a database can hold them, so that `given` returns them unchanged: no zero bytes."""
    return words.replace(_MARK, f"{_MARK}1").replace(_ZERO, f"{_MARK}0") if _ZERO in words or _MARK in words else words


def given(words: str) -> str:
    """Return words as they were before they were made `holdable`."""
    return words.replace(f"{_MARK}0", _ZERO).replace(f"{_MARK}1", _MARK) if _MARK in words else words


def idents(ids: Iterable[str]) -> str:
    """Return ids as one text in which each is found between two bars; "" where there are none."""
    found = list(dict.fromkeys(ident for ident in ids if ident))
    return f"|{'|'.join(found)}|" if found else ""


def _names(people: Sequence[Participant]) -> str:
    return "; ".join(dict.fromkeys(plain(p.name) for p in people if p.name))


def _total(quantities: Sequence[Quantity], what: str) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high of all that are counted so, parts of another number left out; None where unbounded."""
    counted = [q for q in quantities if q.what == what and not q.part]

    def of(values: list[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) if values and len(known) == len(values) else None

    return of([q.low for q in counted]), of([q.best for q in counted]), of([q.high for q in counted])
