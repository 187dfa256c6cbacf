"""Exact and near duplicates: copies of one dispatch in several outlets are one source with several carriers.

Candidates come from MinHash (rensa) for texts that are alike as a whole, and from an index of sampled shingles for
those cut out of a longer one. Every candidate is confirmed on the prints of the two bodies, against the original of
its group or the group's longest member: copies are not chained together. Of the texts only prints are kept, so that
an iterable may stream them. The same set of reports gives the same groups in any order.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

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
    """The reports read so far: one body for all that have the same words, and where to look for those alike."""

    def __init__(self) -> None:
        self.reports: list[_Report] = []
        self.bodies: list[Body] = []
        self.known: dict[bytes, int] = {}
        self.samples: dict[int, list[int]] = defaultdict(list)

    def add(self, text: Text) -> None:
        """Keep a report and, where they are new, the prints of its body."""
        body = body_of(text.text)
        index = self.known.setdefault(body.digest, len(self.bodies))
        if index == len(self.bodies):
            self.bodies.append(body)
            for sample in self._sampled(body):
                self.samples[sample].append(index)
        day = dt.date.fromisoformat(text.published[:10]).toordinal() if text.published else 0
        own = bool(text.agency) and agency_name(text.outlet) == agency_name(text.agency)
        carried = not (own or is_agency(text.outlet))
        agency = agency_name(text.agency) or (agency_name(text.outlet) if is_agency(text.outlet) else "")
        self.reports.append(
            _Report(
                not text.published,
                (text.published or "")[:10],
                carried,
                text.order,
                text.id,
                day,
                text.outlet,
                agency,
                index,
            )
        )

    @staticmethod
    def _sampled(body: Body) -> list[int]:
        """Return the prints by which a shortened copy is found, among those that every level of sampling keeps."""
        found: list[int] = (body.prints[(body.prints >> 32) % copy_rules().search.one_in == 0]).tolist()
        return found

    def candidates(self) -> list[set[int]]:
        """Return for each body the others that may be copies of it."""
        from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

        search, least = copy_rules().search, copy_rules().shingles.least
        near: list[set[int]] = [set() for _ in self.bodies]
        lsh = RMinHashLSH(threshold=0.5, num_perm=search.permutations, num_bands=search.bands)
        for index, body in enumerate(self.bodies):
            if body.shingles < least:
                continue
            sketch = RMinHash(num_perm=search.permutations, seed=SEED)
            raw = body.prints.tobytes()
            sketch.update([raw[at : at + 8] for at in range(0, len(raw), 8)])
            near[index].update(lsh.query(sketch))
            lsh.insert(index, sketch)
            for sample in self._sampled(body):
                others = self.samples[sample]
                if len(others) <= search.frequent:
                    near[index].update(other for other in others if other < index)
        for index, found in enumerate(near):
            for other in [one for one in found if one < index]:
                near[other].add(index)
        return near


def copies(reports: Iterable[Text]) -> list[CopyGroup]:
    """Return the groups of two and more reports that carry one dispatch, by their originals.

    The original is the earliest published, then the one in the agency's own outlet, then the first in order. Two
    reports of which both days are known are copies only within a few days of each other.
    """
    prints = _Prints()
    for text in reports:
        prints.add(text)
    groups: list[_Group] = []
    of_body: dict[int, list[int]] = defaultdict(list)
    near = prints.candidates()
    for report in sorted(prints.reports):
        small = prints.bodies[report.body].words < copy_rules().shingles.least_words
        same = () if small else (report.body, *near[report.body])
        sought = sorted({index for body in same for index in of_body.get(body, ())})
        joined = _best(report, [groups[index] for index in sought], prints.bodies)
        if joined is None:
            of_body[report.body].append(len(groups))
            groups.append(_Group(report))
            continue
        group, copy = joined
        group.copies.append((report, copy))
        if prints.bodies[report.body].shingles > prints.bodies[group.longest.body].shingles:
            group.longest = report
        at = next(index for index in sought if groups[index] is group)
        if at not in of_body[report.body]:
            of_body[report.body].append(at)
    return [_finished(group) for group in groups if group.copies]


def shared_quotations(reports: Iterable[Text]) -> list[Copy]:
    """Return the pairs of reports that share a long quotation, as kind "shared-quotation": a weak sign, no copies.

    Each report is paired with the earliest that has the quotation; the score is the number of its words by 100.
    """
    prints = _Prints()
    for text in reports:
        prints.add(text)
    first: dict[int, _Report] = {}
    found: dict[tuple[str, str], int] = {}
    for report in sorted(prints.reports):
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
    held, alike = shared(mine, theirs)
    limit, reasons = _limit(report, other, apart)
    quotation = max((words for found, words in mine.quotations if (found, words) in theirs.quotations), default=0)
    if quotation:
        limit -= limits.quotation_bonus
    # A daily bulletin tells other figures in the words of the day before: that is no copy.
    serial = apart >= 1 and mine.figures - theirs.figures and theirs.figures - mine.figures
    if held < (max(limit, limits.serial) if serial else limit):
        return None
    named = shared_marks(mine, theirs)
    # Phrases and background are used again for other events; the names and figures are those of one.
    if named < limits.marks and held < limits.apart:
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
