"""Lists of events, claims and controls that become tables of pandas, polars and GeoPandas, or HTML in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from dateline.records import Control, Event, Filed, UsageError

if TYPE_CHECKING:
    from dateline.store import Store

T = TypeVar("T")
_STYLE = (
    "<style>.dateline{font:13px/1.5 system-ui,sans-serif;max-width:60em}.dateline table{border-collapse:collapse}"
    ".dateline td,.dateline th{padding:.2em .7em;text-align:left;vertical-align:top;border-bottom:1px solid #8884}"
    ".dateline mark{background:#fd65;color:inherit;padding:0 .15em}.dateline .disputed{color:#b3261e}"
    ".dateline small{opacity:.7}</style>"
)
_SHOWN = 20


class _Listed(Sequence[T], Generic[T]):
    """A list of records of a desk."""

    def __init__(self, items: Iterable[T], store: Store) -> None:
        self._items = tuple(items)
        self._store = store

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._items[at]

    def rows(self) -> list[dict[str, Any]]:
        """Return a row a record, with plain values by the names of the columns."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame. Raises UsageError where pandas is not installed."""
        pandas = _library("pandas", "tables")
        return pandas.DataFrame(self.rows())

    def to_polars(self) -> Any:
        """Return a polars DataFrame. Raises UsageError where polars is not installed."""
        polars = _library("polars", "polars")
        return polars.DataFrame(self.rows(), infer_schema_length=None)

    def to_geopandas(self) -> Any:
        """Return a GeoDataFrame (EPSG:4326); what has no point has no geometry. Raises UsageError without GeoPandas."""
        geopandas = _library("geopandas", "geo")
        frame = self.to_pandas()
        points = geopandas.points_from_xy(frame["lon"], frame["lat"]) if len(frame) else []
        made = geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
        if len(frame):
            made.loc[frame["lat"].isna(), "geometry"] = None
        return made


def _library(name: str, extra: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f'{name} is not installed. Install it with: pip install "dateline[{extra}]"') from None


class Events(_Listed[Event]):
    """Events with their accounts."""

    def __init__(self, items: Iterable[Event], store: Store, filed: dict[str, Filed] | None = None) -> None:
        super().__init__(items, store)
        self._filed = filed

    def rows(self) -> list[dict[str, Any]]:
        """Return a row an event: its best values, how many tell it, and whether it is disputed."""
        return [_event_row(one) for one in self]

    def claims(self, event: Event) -> list[Filed]:
        """Return the claims of one of the events."""
        if self._filed is not None:
            return [self._filed[claim] for claim in event.claims if claim in self._filed]
        return self._store.filed_of(event.claims)

    def _repr_html_(self) -> str:
        shown = self[:_SHOWN]
        more = f"<p><small>{len(self) - len(shown):,} more</small></p>" if len(self) > len(shown) else ""
        return _STYLE + "<div class=dateline>" + "".join(self._html(one) for one in shown) + more + "</div>"

    def _html(self, event: Event) -> str:
        head = (
            f"<p><b>{_safe(event.title)}</b> <small>{_safe(_when(event))} \N{MIDDLE DOT} {_counted(event)}</small></p>"
        )
        rows = "".join(_field_html(one) for one in event.fields if one.standing != "silent")
        said = "".join(_evidence_html(one) for one in self.claims(event)[:5])
        return f"{head}<table>{rows}</table>{said}"


def _safe(words: str) -> str:
    return html.escape(words)


def _when(event: Event) -> str:
    time = event.time
    if time is None:
        return "day not known"
    return time.start or "" if time.start == time.end else f"{time.start or '…'} to {time.end or '…'}"


def _counted(event: Event) -> str:
    reports, sources = len(event.reports), len(event.sources)
    return (
        f"{event.standing}, {reports} report{'s' * (reports != 1)}, {sources} independent source{'s' * (sources != 1)}"
    )


def _field_html(field: Any) -> str:
    name = " ".join(part for part in (field.name, f"({field.of})" if field.of else "") if part)
    accounts = "<br>".join(
        f"{_safe(one.value)} <small>{_safe(', '.join(voice.name for voice in one.voices[:6]))}</small>"
        for one in field.accounts
    )
    mark = " class=disputed" if field.standing == "disputed" else ""
    return f"<tr><th>{_safe(name)}</th><td{mark}>{field.standing}</td><td>{accounts}</td></tr>"


def _evidence_html(filed: Filed) -> str:
    chain = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(one.name for one in filed.claim.attribution.chain)
    return f"<p><mark>{_safe(filed.words)}</mark><br><small>{_safe(chain)}, {_safe(filed.published or '')}</small></p>"


def _best(event: Event, name: str) -> str | None:
    found = next((one for one in event.fields if one.name == name), None)
    return None if found is None else next((a.value for a in found.accounts if a.key == found.best), None)


def _event_row(event: Event) -> dict[str, Any]:
    place, time = event.place, event.time
    killed = next((one for one in event.fields if one.name == "killed" and not one.of), None) or next(
        (one for one in event.fields if one.name == "killed"), None
    )
    best = next((a for a in killed.accounts if a.key == killed.best), None) if killed is not None else None
    return {
        "id": event.id, "title": event.title, "plover": event.plover or None, "mode": event.mode or None,
        "acled_type": event.acled[0] if event.acled else None, "acled_sub": event.acled[1] if event.acled else None,
        "happened": event.happened, "standing": event.standing, "first": time.start if time else None,
        "last": time.end if time else None, "granularity": time.granularity if time else None,
        "place": place.name if place else None, "admin1": place.admin1 or None if place else None,
        "country": place.country if place else None, "lat": place.lat if place else None,
        "lon": place.lon if place else None, "precision": place.precision if place else None,
        "actor": _best(event, "actor"), "target": _best(event, "target"), "holder": _best(event, "holder"),
        "killed_low": killed.low.value if killed is not None and killed.low else None,
        "killed_best": best.best if best is not None else None,
        "killed_high": killed.high.value if killed is not None and killed.high else None,
        "reports": len(event.reports), "sources": len(event.sources), "claims": len(event.claims),
        "confidence": event.confidence,
    }  # fmt: skip


class Claims(_Listed[Filed]):
    """Claims with what is known of their reports."""

    def rows(self) -> list[dict[str, Any]]:
        """Return a row a claim."""
        return [_claim_row(one) for one in self]

    def _repr_html_(self) -> str:
        said = "".join(_evidence_html(one) for one in self[:_SHOWN])
        return f"{_STYLE}<div class=dateline>{said}</div>"


def _claim_row(filed: Filed) -> dict[str, Any]:
    claim, said = filed.claim, filed.claim.predication
    place, time, chain = claim.place, claim.time, claim.attribution.chain
    return {
        "id": claim.id, "report": filed.report, "published": filed.published, "outlet": filed.outlet or None,
        "source": chain[0].name if chain else None, "plover": said.plover or None, "effect": said.effect or None,
        "status": said.status, "polarity": said.polarity,
        "actor": "; ".join(p.name for p in said.participants if p.role == "actor") or None,
        "target": "; ".join(p.name for p in said.participants if p.role == "target") or None,
        "first": time.start if time else None, "last": time.end if time else None,
        "place": place.name if place else None, "lat": place.lat if place else None,
        "lon": place.lon if place else None, "precision": place.precision if place else None,
        "words": filed.words, "confidence": claim.confidence,
    }  # fmt: skip


class Controls(_Listed[Control]):
    """Who holds which place from when to when."""

    def rows(self) -> list[dict[str, Any]]:
        """Return a row a stretch of time of one place."""
        return [
            {
                "place": one.place.name, "admin1": one.place.admin1 or None, "country": one.place.country,
                "holder": one.name or None, "holder_id": one.holder or None, "hold": one.hold, "start": one.start,
                "end": one.end, "reason": one.reason, "for": len(one.claims), "against": len(one.against),
                "lat": one.place.lat, "lon": one.place.lon,
            }
            for one in self
        ]  # fmt: skip
