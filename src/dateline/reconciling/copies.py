"""Exact and near duplicates: copies of one dispatch in several outlets are one source with several carriers.

Candidates come from MinHash (rensa) for texts that are alike as a whole, and from an index of sampled shingles for
those cut out of a longer one. Every candidate is confirmed on the prints of the two bodies, against the original of
its group or the group's longest member: copies are not chained together. Of the texts only prints are kept, so that
an iterable may stream them. The same set of reports gives the same groups in any order.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from dateline.knowledge.copying import agency_name, copy_rules, is_agency
from dateline.reconciling.bodies import Body, body_of, shared, shared_marks
from dateline.records import Copy

SEED = 42


class Text(msgspec.Struct, frozen=True):
    """A report as it is compared: `published` is its day (ISO 8601) or None, `order` its place in the desk."""

    id: str
    text: str
    outlet: str = ""
    agency: str = ""
    published: str | None = None
    order: int = 0


class CopyGroup(msgspec.Struct, frozen=True):
    """One dispatch: its earliest report, all that carry it (the original first), and why each is a copy.

    A `Copy` is of kind "exact" (the same words), "near", "shortened" or "extended" (cut out of the original, or the
    original cut out of it), or "update" (nearly the same words and other figures, of one agency or one outlet).
    """

    original: str
    carriers: tuple[str, ...]
    how: tuple[Copy, ...]


class _Report(NamedTuple):
    """A report without its text; `body` is the index of its prints. Sorts as originals are chosen."""

    dated: bool
    published: str
    carried: bool
    order: int
    id: str
    day: int
    outlet: str
    agency: str
    body: int


class _Group:
    """A group in the making; `longest` is the member whose body holds most shingles."""

    def __init__(self, original: _Report) -> None:
        self.original = self.longest = original
        self.copies: list[tuple[_Report, Copy]] = []


class _Prints:
    """The reports read so far, with one body for all that have the same words."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.reports: list[_Report] = []
        self.bodies: list[Body] = []
        known: dict[bytes, int] = {}
        for text in texts:
            body = body_of(text.text)
            index = known.setdefault(body.digest, len(self.bodies))
            if index == len(self.bodies):
                self.bodies.append(body)
            self.reports.append(_report(text, index))
        self.reports.sort()


def _report(text: Text, body: int) -> _Report:
    day = (text.published or "")[:10]
    credited = text.agency or (text.outlet if is_agency(text.outlet) else "")
    agency = agency_name(credited) if credited else ""
    own = bool(agency) and agency_name(text.outlet) == agency
    number = dt.date.fromisoformat(day).toordinal() if day else 0
    return _Report(not day, day, not own, text.order, text.id, number, text.outlet, agency, body)


class _Index:
    """Where to look for bodies that may be copies of one: MinHash for the whole, samples for what is cut out.

    Bodies leave it when their last day is further back than a copy may be; without days they stay.
    """

    def __init__(self, bodies: Sequence[Body]) -> None:
        from rensa import RMinHashLSH

        search = copy_rules().search
        self.bodies = bodies
        self.lsh = RMinHashLSH(threshold=0.5, num_perm=search.permutations, num_bands=search.bands)
        self.samples: dict[int, list[int]] = defaultdict(list)
        self.last: dict[int, int] = {}
        self.queue: deque[tuple[int, int]] = deque()

    def near(self, body: int) -> set[int]:
        """Return the bodies that may be copies of `body`, itself among them where it is in the index."""
        found = {body} if body in self.last else set[int]()
        if self.bodies[body].shingles < copy_rules().shingles.least:
            return found
        found.update(self.lsh.query(self._sketch(body)))
        for sample in self._sampled(body):
            others = self.samples.get(sample, ())
            if len(others) <= copy_rules().search.frequent:
                found.update(others)
        return found

    def add(self, body: int, day: int) -> None:
        """Take a body in, or keep it for longer."""
        if body not in self.last and self.bodies[body].shingles >= copy_rules().shingles.least:
            self.lsh.insert(body, self._sketch(body))
            for sample in self._sampled(body):
                self.samples[sample].append(body)
        self.last[body] = day
        self.queue.append((day, body))

    def leave(self, before: int) -> None:
        """Drop the bodies whose last day is before a day."""
        while self.queue and self.queue[0][0] < before:
            day, body = self.queue.popleft()
            if self.last.get(body) != day:
                continue
            del self.last[body]
            if self.bodies[body].shingles >= copy_rules().shingles.least:
                self.lsh.remove(body)
                for sample in self._sampled(body):
                    self.samples[sample].remove(body)
                    if not self.samples[sample]:
                        del self.samples[sample]

    def _sketch(self, body: int) -> Any:
        from rensa import RMinHash

        sketch = RMinHash(num_perm=copy_rules().search.permutations, seed=SEED)
        raw = self.bodies[body].prints.tobytes()
        sketch.update([raw[at : at + 8] for at in range(0, len(raw), 8)])
        return sketch

    def _sampled(self, body: int) -> list[int]:
        """Return the prints that are entries; by their high bits, since the low ones thin out long texts."""
        prints = self.bodies[body].prints
        found: list[int] = prints[(prints >> np.uint64(32)) % np.uint64(copy_rules().search.one_in) == 0].tolist()
        return found


def copies(reports: Iterable[Text]) -> list[CopyGroup]:
    """Return the groups of two and more reports that carry one dispatch, by their originals.

    The original is the earliest published, then the one in the agency's own outlet, then the first in order. Two
    reports of which both days are known are copies only within a few days of each other.
    """
    prints = _Prints(reports)
    gathering = _Gathering(prints.bodies)
    for report in prints.reports:
        gathering.add(report)
    return [_finished(group) for group in gathering.groups if group.copies]


class _Gathering:
    """The groups found so far, each under the bodies of its original and of its longest members."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self.bodies = bodies
        self.groups: list[_Group] = []
        self.of_body: dict[int, list[int]] = defaultdict(list)
        self.index = _Index(bodies)
        self.dated = True

    def add(self, report: _Report) -> None:
        """Add a report to the group that it is a copy of, or open one with it; reports come in their order."""
        if self.bodies[report.body].words < copy_rules().shingles.least_words:
            return
        if report.day:
            self.index.leave(report.day - copy_rules().limits.days)
        elif self.dated:
            self._forget_days()
        sought = sorted({at for body in self.index.near(report.body) for at in self.of_body[body]})
        joined = _best(report, [self.groups[at] for at in sought], self.bodies)
        if joined is None:
            at = len(self.groups)
            self.groups.append(_Group(report))
        else:
            group, copy = joined
            at = next(at for at in sought if self.groups[at] is group)
            group.copies.append((report, copy))
            if self.bodies[report.body].shingles <= self.bodies[group.longest.body].shingles:
                return
            group.longest = report
        # Only what others are compared with is looked for: a widely carried dispatch is one entry or two.
        if at not in self.of_body[report.body]:
            self.of_body[report.body].append(at)
        self.index.add(report.body, report.day)

    def _forget_days(self) -> None:
        """Look among all reports from here on: a report without a day, and all such come last, may be of any."""
        self.dated, self.index = False, _Index(self.bodies)
        for body in list(self.of_body):
            self.index.add(body, 0)


def shared_quotations(reports: Iterable[Text]) -> list[Copy]:
    """Return the pairs of reports that share a long quotation, as kind "shared-quotation": a weak sign, no copies.

    Each report is paired with the earliest that has the quotation; the score is the number of its words by 100.
    """
    prints = _Prints(reports)
    first: dict[int, _Report] = {}
    found: dict[tuple[str, str], int] = {}
    for report in prints.reports:
        for quotation, words in prints.bodies[report.body].quotations:
            earliest = first.setdefault(quotation, report)
            if earliest.id != report.id and _days(earliest, report) <= copy_rules().limits.days:
                found[report.id, earliest.id] = max(words, found.get((report.id, earliest.id), 0))
    return [
        Copy(one, other, "shared-quotation", min(words / 100, 1.0), (f"the same quotation of {words} words",))
        for (one, other), words in sorted(found.items())
    ]


def _finished(group: _Group) -> CopyGroup:
    carriers = (group.original.id, *(report.id for report, _ in group.copies))
    return CopyGroup(group.original.id, carriers, tuple(copy for _, copy in group.copies))


def _best(report: _Report, groups: Sequence[_Group], bodies: Sequence[Body]) -> tuple[_Group, Copy] | None:
    """Return the group that a report fits best, the first of equals, and how."""
    best: tuple[_Group, Copy] | None = None
    for group in groups:
        for copy in _confirmed(report, group, bodies):
            if best is None or copy.score > best[1].score:
                best = group, copy
    return best


def _confirmed(report: _Report, group: _Group, bodies: Sequence[Body]) -> Iterator[Copy]:
    """Yield how a report is a copy of a group's original, or of its longest member; it is said to be the original's."""
    for other in (group.original, group.longest) if group.longest is not group.original else (group.original,):
        copy = _compared(report, other, bodies[report.body], bodies[other.body])
        if copy is None:
            continue
        if other is not group.original:
            reasons = (*copy.reasons, f"compared with the longest of the copies, {other.id}")
            copy = msgspec.structs.replace(copy, of=group.original.id, reasons=reasons)
        yield copy
        return


def _compared(report: _Report, other: _Report, mine: Body, theirs: Body) -> Copy | None:
    """Return how `report` is a copy of `other`, the earlier of the two, or None where it is none."""
    limits, rules = copy_rules().limits, copy_rules().shingles
    apart = _days(report, other)
    if apart > limits.days:
        return None
    if mine.digest == theirs.digest:
        return Copy(report.id, other.id, "exact", 1.0, ("the same words",)) if mine.words >= rules.least_words else None
    if min(mine.shingles, theirs.shingles) < rules.least:
        return None
    named = shared_marks(mine, theirs)
    # Phrases and background are used again for other events; the names and figures are those of one.
    wanted = limits.apart if named < limits.marks else 0.0
    held, alike = shared(mine, theirs)
    limit, reasons = _limit(report, other, apart)
    quotation = max((words for found, words in mine.quotations if (found, words) in theirs.quotations), default=0)
    if quotation:
        limit -= limits.quotation_bonus
    # A daily bulletin tells other figures in the words of the day before: that is no copy.
    serial = apart >= 1 and mine.figures - theirs.figures and theirs.figures - mine.figures
    if held < max(limit, wanted, limits.serial if serial else 0.0):
        return None
    shorter = "the shorter" if mine.shingles != theirs.shingles else "either"
    told = [f"{held:.0%} of {shorter} in the same words", *reasons]
    if quotation:
        told.append(f"the same quotation of {quotation} words")
    if mine.figures != theirs.figures:
        told.append(f"figures differ: {', '.join(sorted(mine.figures ^ theirs.figures)[:6])}")
    return Copy(
        report.id, other.id, _kind(report, other, mine, theirs, held), round((held + alike) / 2, 3), tuple(told)
    )


def _limit(report: _Report, other: _Report, apart: float) -> tuple[float, list[str]]:
    """Return how much two reports must share by who is credited, and the reasons to name."""
    limits = copy_rules().limits
    if report.agency and report.agency == other.agency:
        if apart <= limits.agency_days:
            return limits.agency, [f"both credit {report.agency}"]
        return limits.near, [f"both credit {report.agency}, {apart:.0f} days apart"]
    if report.agency and other.agency:
        return limits.apart, [f"they credit {other.agency} and {report.agency}"]
    return limits.near, []


def _kind(report: _Report, other: _Report, mine: Body, theirs: Body, held: float) -> str:
    """Return the kind of a near copy."""
    limits = copy_rules().limits
    small, large = sorted((mine.shingles, theirs.shingles))
    if held >= limits.shortened and small < limits.shortened * large:
        return "shortened" if mine.shingles < theirs.shingles else "extended"
    one_source = any(mine and mine == its for mine, its in zip(_credits(report), _credits(other), strict=True))
    return "update" if one_source and mine.figures != theirs.figures else "near"


def _credits(report: _Report) -> tuple[str, str]:
    return report.outlet, report.agency


def _days(a: _Report, b: _Report) -> float:
    """Return the days between two reports; 0 where the day of one is not known."""
    return abs(a.day - b.day) if a.day and b.day else 0
