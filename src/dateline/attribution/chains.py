"""The chain of those who say something, from the speaker outwards to the agency and the outlet."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dateline.attribution.channels import channel_of
from dateline.attribution.lexicon import medium
from dateline.attribution.saying import Saying
from dateline.attribution.speakers import Speakers
from dateline.attribution.tree import Tree
from dateline.records import Dossier, Source, SourceKind

UNNAMED = "unnamed source"


class Chains:
    """Builds the chains of one report; `narration` is the chain of what nobody else is made to say."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        report = dossier.report
        links = []
        if report.agency:
            links.append(_medium(report.agency, "agency"))
        outlet = _medium(report.outlet, "outlet") if report.outlet else Source(name="the report", kind="outlet")
        self.narration: tuple[Source, ...] = (*links, outlet)

    def of(self, tree: Tree, sayings: list[Saying]) -> Iterator[tuple[Saying, tuple[Source, ...]]]:
        """Yield each saying with its chain, in order.

        Words put into his own mouth ("Bek said that he feared ...") say nothing new of who speaks: left out.
        """
        speakers = Speakers(tree, self.dossier)
        own: list[list[Source]] = []
        by_anchor: dict[int, int] = {}
        for number, saying in enumerate(sayings):
            by_anchor[saying.anchor] = number
            own.append(self._own(tree, speakers, saying, own, by_anchor))
        outer = [_outer(sayings, number) for number in range(len(sayings))]
        for number, saying in enumerate(sayings):
            above = outer[number]
            if above is not None and saying.goes_on is None and _same(own[number], own[above]):
                continue
            yield saying, self._whole(own, outer, number) if own[number] else self._ours(tree, saying)

    def _own(
        self,
        tree: Tree,
        speakers: Speakers,
        saying: Saying,
        own: list[list[Source]],
        by_anchor: dict[int, int],
    ) -> list[Source]:
        """Return the links that the saying itself names; none where "I" or "we" speak."""
        if saying.goes_on is not None:
            before = by_anchor.get(saying.goes_on)
            links = own[before] if before is not None and before < len(own) else []
            return (
                [msgspec.structs.replace(links[0], span=None, channel="", channel_span=None), *links[1:]]
                if links
                else []
            )
        source = speakers.make(saying.speaker, saying.anchor)
        if source is not None and not source.name:
            source = msgspec.structs.replace(source, name=UNNAMED)
        if source is None:
            return []
        if saying.named is not None:
            source = msgspec.structs.replace(source, span=tree.span(*saying.named))
        channel, span = channel_of(tree, saying)
        if channel and not source.channel:
            source = msgspec.structs.replace(source, channel=channel, channel_span=span)
        links = [source]
        for head in saying.through:
            between = speakers.make(head, saying.anchor)
            if between is not None:
                links.append(between)
        if saying.speaker is not None and source.kind == "person":
            speakers.last_person = source
        for head in saying.told:
            first, last = tree.left[head], tree.right[head] + 1
            held = medium(tree.span(first, last).of(tree.text))
            for word in (head, *tree.kids(head, "appos")):  # "the news agency Interfax"
                held = held or medium(tree.span(word, word + 1).of(tree.text)) or speakers.medium_at(word)
            if held is not None:
                links.append(Source(name=held[0], kind=held[1], span=tree.span(first, last)))
        return links

    def _ours(self, tree: Tree, saying: Saying) -> tuple[Source, ...]:
        """Return the chain of what the report itself says in so many words ("We fear that ...")."""
        first, *rest = self.narration
        at = saying.speaker
        return msgspec.structs.replace(first, span=None if at is None else tree.span(at, at + 1)), *rest

    def _whole(self, own: list[list[Source]], outer: list[int | None], number: int) -> tuple[Source, ...]:
        links = list(own[number])
        seen = {number}
        above = outer[number]
        while above is not None and above not in seen:
            seen.add(above)
            links.extend(own[above])
            above = outer[above]
        links.extend(self.narration)
        chain: list[Source] = []
        for link in links:
            if any(link.name and link.name == held.name for held in chain):
                continue
            chain.append(link)
        return tuple(chain)


def _same(links: list[Source], above: list[Source]) -> bool:
    return not links or bool(above and links[0].name == above[0].name and links[0].kind != "unnamed")


def _outer(sayings: list[Saying], number: int) -> int | None:
    """Return the smallest saying in whose content the cue of `number` stands."""
    anchor = sayings[number].anchor
    best: int | None = None
    for other, saying in enumerate(sayings):
        if other == number or anchor not in saying.content:
            continue
        if best is None or len(saying.content) < len(sayings[best].content):
            best = other
    return best


def _medium(name: str, kind: SourceKind) -> Source:
    usual, known = medium(name) or (name, kind)
    return Source(name=usual, kind="agency" if kind == "agency" else known)
