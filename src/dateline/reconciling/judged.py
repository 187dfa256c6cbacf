"""What people judged, applied to claims before they are brought together: the later word on a thing holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from dateline.knowledge.incidents import counted_as
from dateline.records import Claim, Filed, Judgement

_VERDICTS = ("right", "wrong", "unsure")


class Judged:
    """The judgements on claims, by claim. Made once for many claims."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._wrong: dict[str, bool] = {}
        self._fields: dict[str, dict[str, Judgement]] = {}
        self.parted: dict[str, tuple[str, ...]] = {}
        for one in judgements:
            if one.verdict == "split":
                self.parted.update({claim: (*self.parted.get(claim, ()), one.id) for claim in one.subject})
            elif one.verdict in _VERDICTS and one.field:
                for claim in one.subject:
                    self._fields.setdefault(claim, {})[one.field] = one
            elif one.verdict in _VERDICTS:
                self._wrong.update(dict.fromkeys(one.subject, one.verdict == "wrong"))

    def of(self, filed: Filed) -> Filed | None:
        """Return a claim as it was judged; None where it was judged wrong as a whole.

        A field that was judged wrong gives no value any more; status and polarity take the value that is given.
        """
        claim = filed.claim
        if self._wrong.get(claim.id):
            return None
        for name, one in self._fields.get(claim.id, {}).items():
            if one.verdict == "wrong":
                claim = _without(claim, name, one.value)
        return filed if claim is filed.claim else msgspec.structs.replace(filed, claim=claim)

    def all(self, filed: Iterable[Filed]) -> list[Filed]:
        """Return claims as they were judged, without those judged wrong."""
        return [kept for one in filed if (kept := self.of(one)) is not None]


def _without(claim: Claim, name: str, value: str) -> Claim:
    change = _CHANGES.get(name)
    if change is not None:
        return change(claim, value)
    said = claim.predication
    kept = tuple(q for q in said.quantities if counted_as(q.what) != name and q.what != name)
    return msgspec.structs.replace(claim, predication=msgspec.structs.replace(said, quantities=kept))


def _no_place(claim: Claim, _: str) -> Claim:
    return msgspec.structs.replace(claim, place=None)


def _no_time(claim: Claim, _: str) -> Claim:
    return msgspec.structs.replace(claim, time=None)


def _no_one(role: str) -> Callable[[Claim, str], Claim]:
    def change(claim: Claim, _: str) -> Claim:
        people = tuple(p for p in claim.predication.participants if p.role != role)
        return msgspec.structs.replace(
            claim, predication=msgspec.structs.replace(claim.predication, participants=people)
        )

    return change


def _said(name: str) -> Callable[[Claim, str], Claim]:
    def change(claim: Claim, value: str) -> Claim:
        if not value:
            return claim
        return msgspec.structs.replace(claim, predication=msgspec.structs.replace(claim.predication, **{name: value}))

    return change


_CHANGES: Mapping[str, Callable[[Claim, str], Claim]] = {
    "place": _no_place, "time": _no_time, "day": _no_time, "actor": _no_one("actor"), "target": _no_one("target"),
    "status": _said("status"), "polarity": _said("polarity"), "happened": _said("polarity"),
}  # fmt: skip
