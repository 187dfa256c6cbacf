"""What is compared: the gold of a report, and a coded report as `dateline code --json` prints it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Range = tuple[int, int]

EVIDENCE_LIMIT = 600  # characters; longer evidence answers nothing, or a whole report would answer all


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that the gold asks for: how many of what."""

    what: str
    best: float
    low: float | None = None
    high: float | None = None
    qualifier: str = ""


class GoldClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One claim of the gold. A field that is empty is not asked for; `|` separates alternatives."""

    status: str
    by: list[str]
    actor: str | list[str] = ""
    target: str | list[str] = ""
    place: str = ""
    country: str = ""
    time: str = ""
    quantity: Counted | list[Counted] | None = None
    plover: str = ""
    acled: str = ""
    polarity: str = "affirmed"
    channel: str = ""
    disputes: list[str] = []
    codable: bool = True

    @property
    def optional(self) -> bool:
        """Whether the gold itself says that neither PLOVER nor ACLED need code it: then it is not asked for."""
        return "-" in self.plover.split("|") and "-" in self.acled.split("|")


class Gold(msgspec.Struct, frozen=True):
    """The gold of a report: its text, its claims and where each one's evidence stands in the text."""

    text: str
    claims: Mapping[str, GoldClaim]
    evidence: Mapping[str, Range]
    accept: tuple[str, ...] = ()
    debris: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True):
    """A stretch of the report: half-open code points and the words there."""

    start: int
    end: int
    text: str = ""


class CodedEvent(msgspec.Struct, frozen=True):
    """The event of a coded claim."""

    plover: str | None = None
    acled: list[str] | None = None
    trigger: Words | None = None


class Named(msgspec.Struct, frozen=True):
    """A participant, or a source in the chain."""

    name: str | None = None
    text: str | None = None
    role: str | None = None
    channel: str | None = None


class CodedPlace(msgspec.Struct, frozen=True):
    """The place of a coded claim."""

    name: str | None = None
    text: str | None = None
    country_code: str | None = None


class CodedTime(msgspec.Struct, frozen=True):
    """The time of a coded claim."""

    start: str | None = None
    end: str | None = None


class CodedQuantity(msgspec.Struct, frozen=True):
    """A number of a coded claim."""

    low: float | str | None = None
    best: float | str | None = None
    high: float | str | None = None


class CodedClaim(msgspec.Struct, frozen=True):
    """A claim as `dateline code --json` prints it, the fields that are scored."""

    id: str
    status: str = ""
    polarity: str = ""
    evidence: list[Words] = []
    event: CodedEvent | None = None
    participants: list[Named] = []
    place: CodedPlace | None = None
    time: CodedTime | None = None
    quantities: list[CodedQuantity] = []
    attribution: list[Named] = []
    disputes: list[str] = []

    @property
    def ranges(self) -> list[Range]:
        """The ranges of the evidence that are short enough to count."""
        return [(e.start, e.end) for e in self.evidence if e.end - e.start <= EVIDENCE_LIMIT]

    @property
    def trigger(self) -> Words | None:
        """The trigger of a claim that counts as an event that happened, else None."""
        if self.status not in ("asserted", "ongoing") or self.polarity != "affirmed" or self.event is None:
            return None
        return self.event.trigger


class CodedText(msgspec.Struct, frozen=True):
    """The report within a coded report."""

    text: str


class CodedFlag(msgspec.Struct, frozen=True):
    """A flag of a coded report."""

    code: str


class CodedReport(msgspec.Struct, frozen=True):
    """A coded report, as one line of `dateline code --json` gives it."""

    report: CodedText
    claims: list[CodedClaim] = []
    flags: list[CodedFlag] = []
