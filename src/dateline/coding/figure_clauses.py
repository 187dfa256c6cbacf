"""The number and its clause: whether a number tells of no event itself but gives another figure, and who gives it."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from dateline.coding.reading import Reading
from dateline.coding.voices import speaker_of
from dateline.knowledge.figures import figure_words, kinds_of
from dateline.knowledge.numerals import Amount
from dateline.records import Status

BETWEEN = 12  # words between a verb and its number
TOLL = ("killed",)
STOPS = frozenset({";", ".", ":", "!", "?", "-", "–", "—"})
QUOTES = frozenset("\"'“”‘’`") | {"``", "''"}
SUBJECTS = ("nsubj", "nsubjpass")
MAYBE = frozenset({"may", "might", "could"})
SPEAKING = frozenset({"person", "official", "armed", "actor", "group", "information"})
PEOPLE = frozenset({"person", "civilian", "armed", "official"})


class Figure(NamedTuple):
    """A number that tells of no event itself: `token` its word, `first` and `last` its clause (half-open).

    `verb` gives it (-1 where there is none), `speaker` heads who gives it (-1 unknown). `kinds` is what a noun says
    of those counted, `who` the noun; `pointing` is True where words point back to a figure ("their number").
    `elsewhere` is True where the clause opens with a place of its own.
    """

    amount: Amount
    token: int
    first: int
    last: int
    verb: int = -1
    speaker: int = -1
    kinds: tuple[str, ...] = ()
    who: str = ""
    pointing: bool = False
    elsewhere: bool = False
    status: Status = "asserted"


def token_of(reading: Reading, amount: Amount) -> int:
    """Return the last token of a number."""
    return max(0, bisect_left(reading.parse.starts, amount.end) - 1)


def figure_at(reading: Reading, amount: Amount) -> Figure | None:
    """Return a number as a figure, where its clause gives nothing but a number; else None."""
    parse = reading.parse
    start, token = bisect_left(parse.starts, amount.start), token_of(reading, amount)
    if start >= len(parse) or start > token or parse.sentence_of[start] != parse.sentence_of[token]:
        return None
    sentence = parse.sentences[parse.sentence_of[token]]
    behind = _behind(reading, token, sentence.last)
    if behind is None:
        return None
    last, kinds, who = behind
    figure = Figure(amount, token, start, last, kinds=kinds, who=who)
    return (
        _given(reading, figure, sentence.first)
        or _moving(reading, figure, sentence.first, sentence.last)
        or _without_verb(reading, figure, sentence.first, sentence.last)
    )


def _behind(reading: Reading, token: int, end: int) -> tuple[int, tuple[str, ...], str] | None:
    """Return where the number's phrase ends, and what its noun says; None where it counts something else."""
    parse, words = reading.parse, figure_words()
    at, kinds, who = token + 1, (), ""  # type: int, tuple[str, ...], str
    if at < end and parse.texts[at].lower() in words.more:
        return None  # "two others": more, not another number of the same
    if at < end and (kinds := kinds_of(parse.texts[at].lower())):
        at += 1
    elif at < end and parse.pos[at] == "NOUN" and parse.heads[at] != token and parse.heads[token] == at:
        if not reading.classes.of(at) & PEOPLE:
            return None
        who = parse.texts[at].lower()
        at += 1
    last = at
    while at < end and parse.texts[at] in QUOTES:
        at += 1
    if at < end and not (parse.pos[at] == "PUNCT" or _closes(reading, at)):
        subject = parse.heads[token] if parse.deps[token] == "nummod" else token
        verb = parse.pos[at] in ("VERB", "AUX") and parse.deps[subject] in SUBJECTS
        return (last, kinds, who) if verb else None
    return last, kinds, who


def _closes(reading: Reading, token: int) -> bool:
    return reading.parse.lemmas[token] in figure_words().closing or reading.is_date(token)


def _given(reading: Reading, figure: Figure, begin: int) -> Figure | None:
    """Return the figure with the verb that gives it: "counted eight", "put their number at 60", "the toll was 34"."""
    parse, words = reading.parse, figure_words()
    if parse.deps[figure.token] in SUBJECTS or figure.first == begin:
        return None  # "said 14 had died" tells an event
    verb = figure.first - 1
    corrects = False
    while verb >= begin and figure.first - verb <= BETWEEN:
        if parse.pos[verb] in ("VERB", "AUX") and parse.lemmas[verb] in words.telling | words.putting | words.being:
            break
        corrects = corrects or (parse.pos[verb] == "NUM" and parse.lemmas[verb - 1] == "from")
        numbers = parse.pos[verb] == "NUM" and corrects
        if not (parse.lemmas[verb] in words.between or parse.texts[verb].lower() in words.between or numbers):
            return None
        verb -= 1
    else:
        return None
    middle = [parse.lemmas[t] for t in range(verb + 1, figure.first)]
    subject = _subject(reading, verb)
    if any(parse.deps[c] == "neg" for c in parse.children[verb]) or _replaced(reading, figure, verb):
        return None
    pointed = _pointed(reading, verb, middle, subject)
    if pointed is None:
        return None
    pointing, toll = pointed
    inner = [parse.texts[t].lower() for t in range(verb + 1, figure.first)]
    kinds = figure.kinds or next((k for word in reversed(inner) if (k := kinds_of(word))), ()) or (TOLL if toll else ())
    passive = bool(parse.of_dep(verb, "nsubjpass", "auxpass"))
    about = subject if passive or parse.lemmas[subject] in words.numbers | words.pronouns else -1
    speaker = -1 if about >= 0 else subject
    if speaker >= 0 and not _speaks(reading, speaker, verb):
        return None
    first = _clause_start(reading, verb, subject)
    maybe = any(parse.lemmas[c] in MAYBE for c in parse.of_dep(verb, "aux"))
    return figure._replace(
        first=first, verb=verb, speaker=speaker, kinds=kinds, pointing=pointing,
        elsewhere=_opens_with_place(reading, verb, begin), status="possible" if maybe else "asserted",
    )  # fmt: skip


def _pointed(reading: Reading, verb: int, middle: list[str], subject: int) -> tuple[bool, bool] | None:
    """Return whether words point back to a figure, and whether they call it a toll; None where the verb gives none."""
    parse, words = reading.parse, figure_words()
    lemma = parse.lemmas[verb]
    named = [w for w in middle if w in words.numbers]
    point = any(w in words.pronouns for w in middle)
    prepositions = [w for w in middle if w in words.prepositions]
    about = parse.lemmas[subject] if subject >= 0 else ""
    of_figure = about in words.numbers and _of_people(reading, subject)
    if about in words.numbers and not of_figure:
        return None  # "the number of districts was 34"
    toll = "toll" in named or about == "toll" or "death" in middle
    if lemma in words.being and (of_figure or about in ("it", "they")) and not named:
        return True, toll
    if lemma in words.putting and (
        ((named or point) and (prepositions or "," in middle)) or (of_figure and prepositions)
    ):
        return True, toll
    if f"{lemma} of" in words.telling and middle[:1] == ["of"] and (len(prepositions) == 1 or named):
        return bool(named), toll
    if (
        lemma in words.telling
        and (named or not prepositions)
        and not point
        and "," not in middle
        and "in" not in middle
    ):
        return bool(named), toll
    return None


def _of_people(reading: Reading, number: int) -> bool:
    """Whether "the number of ..." counts people, or does not say whom."""
    parse = reading.parse
    counted = [o for p in parse.of_dep(number, "prep") if parse.lemmas[p] == "of" for o in parse.of_dep(p, "pobj")]
    return all(kinds_of(parse.texts[o].lower()) or reading.classes.of(o) & PEOPLE for o in counted)


def _replaced(reading: Reading, figure: Figure, verb: int) -> bool:
    """Whether this is the number that a correction takes back: the 77 of "corrected from 77 to 94"."""
    parse = reading.parse
    return parse.lemmas[verb] in figure_words().correcting and parse.lemmas[figure.first - 1] == "from"


def _moving(reading: Reading, figure: Figure, begin: int, end: int) -> Figure | None:
    """Return the figure of a number that itself gets out or dies: "in the town 630 got out"."""
    parse, words = reading.parse, figure_words()
    noun = parse.heads[figure.token] if parse.deps[figure.token] == "nummod" and figure.kinds else figure.token
    verb = parse.heads[noun]
    if parse.deps[noun] not in SUBJECTS or figure.who or verb < noun:
        return None
    passive = parse.tags[verb] == "VBN" and any(parse.lemmas[c] == "be" for c in parse.of_dep(verb, "aux", "auxpass"))
    ways = {parse.lemmas[verb], f"be {parse.lemmas[verb]}" if passive else ""}
    ways |= {f"{parse.lemmas[verb]} {parse.lemmas[c]}" for c in parse.children[verb] if c > verb}
    kinds = tuple(sorted(kind for kind, verbs in words.moving.items() if verbs & ways))
    if not kinds or any(parse.deps[c] == "neg" for c in parse.children[verb]):
        return None
    last = max([verb, *(c for c in parse.children[verb] if c > verb and parse.deps[c] in ("prt", "acomp", "advmod"))])
    first = _clause_start(reading, verb, noun)
    return figure._replace(
        first=min(first, figure.first), last=min(last + 1, end), kinds=kinds, pointing=True,
        elsewhere=_opens_with_place(reading, verb, begin),
    )  # fmt: skip


def _without_verb(reading: Reading, figure: Figure, begin: int, end: int) -> Figure | None:
    """Return the figure of a clause without a verb: "the ministry, at least 50.", "38, according to the register"."""
    parse = reading.parse
    first = figure.first
    while first > begin and parse.texts[first - 1] not in STOPS and figure.first - first <= BETWEEN:
        first -= 1
    if first == figure.first:
        return _fronted(reading, figure, end)
    link = parse.texts[figure.first - 1]
    inner = range(first, figure.first - 1)
    if link == "of":
        comma = next((t for t in reversed(inner) if parse.texts[t] == ","), -1)
        spoken = comma > 0 and any(parse.texts[t] == "of" for t in range(begin, comma))
        inner = range(comma + 1, figure.first - 1) if spoken else range(0)
    closed = figure.last >= end or parse.texts[figure.last] in STOPS or parse.pos[figure.last] == "PUNCT"
    if link not in (",", "of") or not closed or not inner or parse.texts[figure.last : figure.last + 1] == (",",):
        return None
    if any(parse.pos[t] not in ("DET", "ADJ", "NOUN", "PROPN") and parse.texts[t].lower() != "of" for t in inner):
        return None
    head = next((t for t in inner if parse.heads[t] not in inner or parse.heads[t] == t), -1)
    if head < 0 or not (speaker_of(reading, head) or reading.classes.of(head) & SPEAKING - {"information"}):
        return None
    return figure._replace(first=inner[0], speaker=head)


def _fronted(reading: Reading, figure: Figure, end: int) -> Figure | None:
    """Return the figure that opens its clause, with the voice behind it: "38, according to the register"."""
    parse, at = reading.parse, figure.last
    if at + 2 >= end or parse.texts[at] != ",":
        return None
    if parse.texts[at + 1].lower() == "according":
        return figure
    for verb in range(at + 1, min(end, at + 1 + BETWEEN)):
        if parse.pos[verb] == "VERB":
            speaker = _subject(reading, verb)
            said = tells(reading, verb) and at < speaker < verb and parse.texts[min(verb + 1, end - 1)] in STOPS
            return figure._replace(verb=verb, speaker=speaker) if said else None
    return None


def _subject(reading: Reading, verb: int) -> int:
    """Return the subject of a verb, its own or that of the verb it is joined to; -1 where there is none."""
    parse = reading.parse
    while not (own := parse.of_dep(verb, *SUBJECTS)):
        if parse.deps[verb] != "conj" or parse.heads[verb] == verb:
            return -1
        verb = parse.heads[verb]
    return own[0]


def tells(reading: Reading, verb: int) -> bool:
    """Whether a verb is one of giving a figure."""
    words = figure_words()
    return reading.parse.lemmas[verb] in words.telling | words.putting


def _speaks(reading: Reading, subject: int, verb: int) -> bool:
    """Whether the subject of a verb can give a figure: people, bodies, documents, whoever was heard already."""
    span = reading.span(verb)
    if any(a.cue is not None and a.cue.overlaps(span) for a in reading.attributions):
        return True
    return speaker_of(reading, subject) is not None or bool(reading.classes.of(subject) & SPEAKING)


def _clause_start(reading: Reading, verb: int, subject: int) -> int:
    """Return where the clause of a figure begins: with its subject, or with the place that it opens with."""
    parse = reading.parse
    first: int = min([verb, *(parse.subtree(subject) if 0 <= subject < verb else ())])
    opened = [t for p in parse.of_dep(verb, "prep") if p < first for t in parse.subtree(p)]
    return min([first, *(t for t in opened if parse.sentence_of[t] == parse.sentence_of[verb])])


def _opens_with_place(reading: Reading, verb: int, begin: int) -> bool:
    """Whether a clause names a place of its own before all else: "In Gao it was 350"."""
    parse = reading.parse
    for preposition in parse.of_dep(verb, "prep"):
        for token in parse.of_dep(preposition, "pobj"):
            mention = reading.at.get(token)
            place = mention is not None and mention.label == "place"
            opens = preposition == begin or parse.pos[preposition - 1] in ("PUNCT", "CCONJ")
            if preposition < verb and place and opens:
                return True
    return False
