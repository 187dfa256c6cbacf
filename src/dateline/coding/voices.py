"""Voices that the attribution stage did not need: of what is no clause of its own, as a bare number."""

from __future__ import annotations

from dateline.coding.participants import Casting
from dateline.coding.reading import Reading
from dateline.records import Attribution, Evidence, Mention, Source, SourceKind, Span

PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "this", "that", "who", "which"})
DOCUMENTS = frozenset("statement report list register communique bulletin message record note".split())


def voiced(
    reading: Reading, casting: Casting, verb: int, speaker: int, token: int, span: Span, rule: str
) -> tuple[int, Attribution | None]:
    """Return the index of the attribution that gives a figure, and a new one where the subject has none yet.

    A new attribution's index is that of the one it lies in; its chain names the speaker before those of that.
    """
    cue = reading.span(verb) if verb >= 0 else None
    if cue is not None:
        for index, attribution in enumerate(reading.attributions):
            if attribution.cue is not None and attribution.cue.overlaps(cue):
                return index, None
    source = reading.attribution_at(token)
    held = reading.attributions[source] if source >= 0 else None
    who = _source(reading, casting, speaker, token) if speaker >= 0 else None
    if who is None or held is None:
        return source, None
    outer = held.chain if held.manner == "narration" or held.chain[0].name != who.name else held.chain[1:]
    return source, Attribution((who, *outer), (span,), "indirect", Evidence((span,), "coding", rule), cue)


def speaker_of(reading: Reading, token: int) -> Mention | None:
    """Return the mention of people or of a body that a token heads."""
    mention = reading.at.get(token)
    return mention if mention is not None and mention.label in ("person", "actor") else None


def _source(reading: Reading, casting: Casting, speaker: int, token: int) -> Source | None:
    """Return who gives a figure, as a link of the chain; None where the words do not say who."""
    parse = reading.parse
    heard = _heard(reading, speaker)
    if heard is not None:
        return heard
    if parse.lemmas[speaker] in DOCUMENTS:  # "a statement by the rebels"
        owners = [o for p in parse.of_dep(speaker, "prep") for o in parse.of_dep(p, "pobj")]
        speaker = next((o for o in owners if speaker_of(reading, o) is not None), speaker)
    people = casting.cast("actor", speaker, token, False)
    if not people or people[0].name.lower() in PRONOUNS:
        return None
    one, mention = people[0], reading.at.get(speaker)
    kind: SourceKind = "unnamed"
    if one.entity:
        kind = "organisation"
    elif mention is not None and mention.named:
        kind = "person" if mention.label == "person" else "organisation"
    name = one.name if one.entity or one.reason else _words(reading, speaker)
    return Source(name, kind, entity=one.entity, country=one.country, span=one.span)


def _heard(reading: Reading, speaker: int) -> Source | None:
    """Return the link of an attribution whose words are these."""
    span = reading.span(speaker)
    for attribution in reading.attributions:
        for source in attribution.chain:
            if source.span is not None and source.span.overlaps(span):
                return source
    return None


def _words(reading: Reading, speaker: int) -> str:
    """Return the noun phrase of a speaker without its article."""
    parse = reading.parse
    tokens = [t for t in parse.subtree(speaker) if parse.sentence_of[t] == parse.sentence_of[speaker]]
    first = min(t for t in tokens if t <= speaker and parse.pos[t] not in ("DET", "PUNCT", "SPACE"))
    last = speaker
    for preposition in parse.of_dep(speaker, "prep"):
        if preposition == last + 1 and parse.lemmas[preposition] in ("of", "for", "from", "by"):
            last = max(parse.subtree(preposition))
    return parse.span(first, last + 1).of(reading.report.text)
