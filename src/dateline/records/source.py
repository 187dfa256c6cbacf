"""Who says it."""

from __future__ import annotations

from typing import Literal

import msgspec

from dateline.records.span import Evidence, Span

SourceKind = Literal["person", "office", "organisation", "agency", "outlet", "unnamed"]
Manner = Literal["direct", "indirect", "mixed", "narration"]


class Source(msgspec.Struct, frozen=True):
    """One link in the chain of who says it.

    `name` is the fullest name that the report gives ("Hessamuddin Shams") or, where it gives none, the
    words that describe the source ("local officials"); `role` its office ("Badghis Governor"), `span` the
    words in which it is named here. `entity` is the id of a known actor (the organisation itself, or the
    one that the person speaks for). `side` names the actor whose side in the conflict the source is on.
    `channel` is how it was said: "text message to reporters".
    """

    name: str
    kind: SourceKind
    role: str = ""
    organisation: str = ""
    entity: str = ""
    side: str = ""
    country: str = ""
    channel: str = ""
    span: Span | None = None
    channel_span: Span | None = None


class Attribution(msgspec.Struct, frozen=True):
    """A stretch of the report and the chain of those who say it, the speaker first, the outlet last.

    `covers` is the content: what the chain is made to say, in one or more spans. Where attributions are
    nested, the innermost (the smallest that covers a trigger) holds; its chain already names the outer
    speakers. `cue` is the word that attributes ("said", "according to"). The one attribution of manner
    "narration" covers the whole report: what nobody else is made to say.
    """

    chain: tuple[Source, ...]
    covers: tuple[Span, ...]
    manner: Manner
    evidence: Evidence
    cue: Span | None = None
    hedge: str = ""
