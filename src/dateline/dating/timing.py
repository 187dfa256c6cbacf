"""Which time dates which predicate: by syntax first, then along the narrative, then by a named assumption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from dateline.dating.anchors import Bearings, Fixed
from dateline.dating.attaching import OWN, PARENT, SAID, SHARED, Told, nearness, pluperfect, present
from dateline.dating.calendar import Moment
from dateline.dating.forms import Match
from dateline.dating.lexicon import words
from dateline.dating.syntax import is_verb, verb_over, verbs
from dateline.dating.tokens import number_of
from dateline.records import Evidence, Parse, Predication, Span, Time, Timing

RECENT = 14  # days around the anchor day within which the story of one event is told
SHORT = 3  # days that an interval may last and still be carried on like a day: a night of two dates, a weekend
_DAYS = frozenset({"day", "part-of-day", "hour"})
_OVER = frozenset({"in", "over", "during", "within", "throughout"})
_RULES = {OWN: "own-clause", SHARED: "shared-clause", PARENT: "parent-clause", SAID: "day-of-saying"}


def record_of(told: Told, text: str, moment: Moment | None = None, anchor: str = "") -> Time:
    """Return a time as the record that a claim holds."""
    held = moment or told.moment
    grain = held.grain if held.grain not in ("decade", "century") else "interval"
    name = anchor or ("absolute" if held.anchor == "ambiguous" else held.anchor)
    return Time(_iso(held.start), _iso(held.end), grain, told.span.of(text), name, told.span)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


class Timer:
    """Dates the predicates of one report."""

    def __init__(self, parse: Parse, text: str, told: list[Told], lengths: list[Told], bearings: Bearings) -> None:
        self.parse, self.text, self.bearings = parse, text, bearings
        self.lengths = {one.root: one for one in lengths}
        self.by_sentence: dict[int, list[Told]] = {}
        for one in told:
            self.by_sentence.setdefault(parse.sentence_of[one.root], []).append(one)

    def timings(self, predications: Iterable[Predication]) -> list[Timing]:
        """Return a Timing for each predicate that can be dated, in order of the text."""
        ordered = sorted(predications, key=lambda one: one.token)
        made: dict[int, Timing] = {}
        self.triggers = {one.token for one in ordered}
        last: dict[int, tuple[Predication, Timing]] = {}
        by_trigger: dict[Span | None, Timing] = {}
        for one in ordered:
            if one.of in by_trigger:  # another number of an event: when that was
                made[one.token] = msgspec.structs.replace(by_trigger[one.of], trigger=one.trigger)
                continue
            block = self.parse.sentences[self.parse.sentence_of[one.token]].block
            timing = self._by_words(one)
            counted = any(told.by_event and self._under(one.token, told) for told in self._in_sentence(one.token))
            if timing is None or counted or timing.evidence.rule in (_RULES[PARENT], _RULES[SAID]):
                timing = self._by_event(one) or timing
            timing = self._through(one, timing) or self._over(one, timing) or timing or self._lasting(one)
            if timing is None or timing.evidence.rule == _RULES[SAID]:
                ways = (self._along, self._told_before)
                if self._told_since(one, last.get(block)):
                    ways = (self._told_before, self._along)
                along = ways[0](one, last.get(block)) or ways[1](one, last.get(block))
                timing = along or timing or self._assumed(one)
            if timing is None:
                continue
            made[one.token] = by_trigger[one.trigger] = timing
            if not one.headline and one.status in ("asserted", "ongoing"):
                last[block] = (one, timing)
        for one in ordered:
            if one.headline and (lead := self._lead(one, ordered, made)):
                made[one.token] = lead
        return [made[one.token] for one in ordered if one.token in made]

    def _lead(self, one: Predication, ordered: list[Predication], made: dict[int, Timing]) -> Timing | None:
        """Date a headline that says no day by the first event of the story of the same kind."""
        held = made.get(one.token)
        if held is not None and not held.time.anchor.startswith("assumed"):
            return None
        for other in ordered:
            if other.headline or other.status != one.status or not other.effect or other.effect != one.effect:
                continue
            timing = made.get(other.token)
            if timing is None or timing.time.anchor.startswith("assumed"):
                return None
            carried = msgspec.structs.replace(timing.time, anchor="preceding")
            return self._timing(one, carried, "headline-of-the-lead", "medium")
        return None

    def _in_sentence(self, token: int) -> list[Told]:
        return self.by_sentence.get(self.parse.sentence_of[token], [])

    def _by_words(self, one: Predication) -> Timing | None:
        """Date by a time in the same sentence, the nearest in the syntax."""
        ranked = []
        for told in self._in_sentence(one.token):
            near = self._near(told, one)
            if near and not told.by_event:
                ranked.append((near, told.moment.kind != "point", abs(told.root - one.token), told.root, told))
        if not ranked:
            return None
        near, _, _, _, told = min(ranked, key=lambda entry: entry[:4])
        if near == SAID and self._is_of_the_noun(told, one.token):
            near = SHARED
        if near == SAID:
            # the day of the saying is a latest day for what is said; as a date it is only assumed
            time = record_of(told, self.text, anchor="assumed-text-day")
            return self._timing(one, time, _RULES[SAID], "low")
        moment = self._begun(told, one) or self._closed(told.moment, one)
        time = record_of(told, self.text, moment)
        return self._timing(one, time, _RULES[near], "high" if near == OWN else "medium")

    def _is_of_the_noun(self, told: Told, token: int) -> bool:
        """Whether a verb of saying only carries the event that a noun names: "declared martial law on Tuesday"."""
        direct = self.parse.heads[token] == told.verb and self.parse.deps[token] == "dobj"
        return direct and told.verb not in self.triggers

    def _near(self, told: Told, one: Predication) -> int:
        if self.parse.deps and self.parse.deps[one.token]:
            return nearness(self.parse, told, one.token)
        inside = any(span.contains(told.span) for span in one.clause)
        return SHARED if inside or not one.clause else 0

    def _begun(self, told: Told, one: Predication) -> Moment | None:
        """ "Begun in May, the retreat ...": from May on."""
        verb = told.verb
        if told.moment.start is None:
            return None
        marked = verb >= 0 and any(self.parse.lemmas[c].lower() == "since" for c in self.parse.of_dep(verb, "mark"))
        if one.token in told.since or (marked and verb != one.token and one.token in self.parse.ancestors(verb)):
            opened = msgspec.structs.replace(told.moment, end=None, grain="interval")
            return self._closed(opened, one) or opened
        if verb < 0 or verb == one.token or told.moment.grain in ("interval", "part-of-day", "hour"):
            return None
        if self.parse.lemmas[verb].lower() not in verbs().beginning or one.status == "planned":
            return None
        if self.parse.deps[verb] not in ("advcl", "acl", "relcl") or verb in self.parse.ancestors(one.token):
            return None
        opened = msgspec.structs.replace(told.moment, end=None, grain="interval")
        return self._closed(opened, one) or opened

    def _closed(self, moment: Moment, one: Predication) -> Moment | None:
        """Close "since May" at the day of the report for what is over: a report cannot speak of later days.

        What goes on, or is to come, stays open; None where there is nothing to close.
        """
        day = self.bearings.anchor.day
        if moment.end is not None or moment.start is None or day is None or one.status in ("ongoing", "planned"):
            return None
        return msgspec.structs.replace(moment, end=day) if moment.start <= day else None

    def _by_event(self, one: Predication) -> Timing | None:
        """Date one of two events by the other: "hours after the raid on Monday they left"."""
        parse = self.parse
        for told in self._in_sentence(one.token):
            if not told.by_event or told.match is None:
                continue
            after = not told.moment.value.startswith("-") and "before" not in told.match.words("side")
            inside = told.root in (one.token,) or self._under(one.token, told)
            for other in self._in_sentence(one.token):
                if other.by_event or other.moment.start is None or other.moment.kind != "point":
                    continue
                if (
                    inside == self._under(other.root, told)
                    or parse.sentence_of[other.root] != parse.sentence_of[one.token]
                ):
                    continue
                moved = _counted(other.moment, told.match, -1 if inside == after else 1)
                if moved is not None:
                    return self._timing(one, record_of(told, self.text, moved, "event"), "from-event", "medium")
        return None

    def _under(self, token: int, told: Told) -> bool:
        """Whether a token belongs to the event that a time is counted from: the clause or noun after it."""
        parse = self.parse
        above = [token, *parse.ancestors(token)]
        if told.verb > told.root and parse.of_dep(told.verb, "mark"):
            below = above[: above.index(told.verb)] if told.verb in above else []
            # "hours after it said so, the rebels entered": the parser may join the main clause with "conj"
            joined = any(parse.deps[node] == "conj" and parse.of_dep(node, "nsubj", "nsubjpass") for node in below)
            return told.verb in above and not joined
        side = next(
            (child for child in [told.root, *parse.ancestors(told.root)] if parse.pos[child] in ("ADP", "SCONJ")),
            -1,
        )
        return side >= 0 and side in above and token > told.root

    def _lasting(self, one: Predication) -> Timing | None:
        """Date what has gone on for a time: "has held it for four years" ends at the report's day."""
        day = self.bearings.anchor.day
        auxiliaries = {self.parse.lemmas[c].lower() for c in self.parse.of_dep(one.token, "aux", "auxpass")}
        if day is None or not auxiliaries & {"have", "had"}:
            return None
        for length in self.lengths.values():
            head = self.parse.heads[length.root]
            if length.match is None or self.parse.lemmas[head].lower() != "for":
                continue
            if self.parse.heads[head] != one.token and length.verb != one.token:
                continue
            moved = _counted(Moment("", day, day, "day", anchor=self.bearings.anchor.name), length.match, -1)
            if moved is None or moved.start is None or not length.match.words("number"):
                continue
            moment = Moment("", moved.start, day, "interval", anchor=self.bearings.anchor.name)
            return self._timing(one, record_of(length, self.text, moment), "lasting", "medium")
        return None

    def _over(self, one: Predication, timing: Timing | None) -> Timing | None:
        """Date what was spread over a length of time: "in three weeks of fighting 80 people died"."""
        parse, day = self.parse, self.bearings.anchor.day
        if day is None or (timing and timing.evidence.rule == _RULES[OWN]) or one.status not in ("asserted", "ongoing"):
            return None
        verbs_of = {one.token, verb_over(parse, one.token)}
        for length in self.lengths.values():
            root, head = length.root, parse.heads[length.root]
            filled = any(parse.lemmas[c].lower() == "of" for c in parse.children[root])
            governor = parse.heads[head] if parse.lemmas[head].lower() in _OVER else -1
            if governor < 0 and length.span.of(self.text).split()[0].lower() in _OVER:
                governor = head  # "Over ten days of clashes": an adverb to the parser
            if length.match is None or not filled or governor < 0:
                continue
            if one.token not in parse.subtree(root) and governor not in verbs_of:
                continue
            moved = _counted(Moment("", day, day, "day", anchor=self.bearings.anchor.name), length.match, -1)
            if moved is None or moved.start is None or not length.match.words("number"):
                continue
            moment = Moment("", moved.start, day, "interval", anchor=self.bearings.anchor.name)
            return self._timing(one, record_of(length, self.text, moment), "over-a-length", "low")
        return None

    def _through(self, one: Predication, timing: Timing | None) -> Timing | None:
        """Date what filled a length of time before: "after months of talks", "after days of fighting"."""
        above = self.parse.ancestors(one.token)[:3]
        length = next((self.lengths[node] for node in above if node in self.lengths), None)
        if length is None or length.match is None or (timing and timing.evidence.rule == _RULES[OWN]):
            return None
        over = [self.parse.lemmas[node].lower() for node in self.parse.ancestors(length.root)[:1]]
        day = self.bearings.anchor.day
        if timing is not None and timing.time.end:
            day = dt.date.fromisoformat(timing.time.end)
        if not set(over) & {"after", "following"} or day is None:
            return None
        end = Moment("", day, day, "day", anchor="event")
        moved = _counted(end, length.match, -1)
        start = moved.start if moved and length.match.words("number") else None
        time = record_of(length, self.text, Moment("", start, day, "interval", anchor="event"))
        return self._timing(one, time, "length-before", "low")

    def _along(self, one: Predication, before: tuple[Predication, Timing] | None) -> Timing | None:
        """Date by what was told before in the same paragraph, where the story goes on."""
        if before is None or one.status in ("planned", "hypothetical", "opinion", "possible", "background"):
            return None
        earlier, timing = before
        time = timing.time
        if time.anchor.startswith("assumed") or time.start is None or time.end is None:
            return None
        same = self.parse.sentence_of[earlier.token] == self.parse.sentence_of[one.token]
        if not same and not self._goes_on(earlier, one) and not (_short(time) and self._recent(time.start)):
            return None
        verb = one.token if is_verb(self.parse, one.token) else verb_over(self.parse, one.token)
        if verb >= 0 and not same and (present(self.parse, verb) or one.status == "ongoing"):
            return None
        level = "medium" if earlier.source == one.source else "low"
        carried = msgspec.structs.replace(time, anchor="preceding")
        return self._timing(one, carried, "narrative-goes-on", level)

    def _goes_on(self, earlier: Predication, one: Predication) -> bool:
        """Whether a sentence tells on of whom the one before told: its subject is a pronoun for them."""
        parse = self.parse
        if parse.sentence_of[one.token] - parse.sentence_of[earlier.token] != 1:
            return False
        verb = one.token if is_verb(parse, one.token) else verb_over(parse, one.token)
        subjects = parse.of_dep(verb, "nsubj", "nsubjpass") if verb >= 0 else ()
        return any(parse.tags[child] == "PRP" for child in subjects) and not pluperfect(parse, verb)

    def _told_since(self, one: Predication, before: tuple[Predication, Timing] | None) -> bool:
        """Whether a sentence between an event and the one before tells a time."""
        if before is None:
            return False
        numbers = range(self.parse.sentence_of[before[0].token] + 1, self.parse.sentence_of[one.token])
        return any(number in self.by_sentence for number in numbers)

    def _told_before(self, one: Predication, before: tuple[Predication, Timing] | None) -> Timing | None:
        """Date by the last day that an earlier sentence of the paragraph told, of whatever it told it."""
        if one.status not in ("asserted", "attempted"):
            return None
        parse = self.parse
        number = parse.sentence_of[one.token]
        block = parse.sentences[number].block
        verb = one.token if is_verb(parse, one.token) else verb_over(parse, one.token)
        if verb >= 0 and (present(parse, verb) or pluperfect(parse, verb)):
            return None
        while number > 0 and parse.sentences[number - 1].block == block:
            number -= 1
            for told in reversed(self.by_sentence.get(number, [])):
                saying = told.verb >= 0 and parse.lemmas[told.verb].lower() in verbs().saying
                start, end = told.moment.start, told.moment.end
                if saying or told.moment.grain not in _DAYS or start is None or end is None:
                    continue
                if before is not None and before[0].token > told.root and before[1].time.anchor == "preceding":
                    return None
                if self._recent(start.isoformat()):
                    return self._timing(one, record_of(told, self.text, anchor="preceding"), "told-before", "low")
            if before is not None and parse.sentence_of[before[0].token] == number:
                return None
        return None

    def _recent(self, start: str) -> bool:
        """Whether a day belongs to the news and not to what led to it."""
        fixed = [self.bearings.anchor.day, self.bearings.event.day if self.bearings.event else None]
        days = [day for day in fixed if day is not None]
        return not days or any(abs((day - dt.date.fromisoformat(start)).days) <= RECENT for day in days)

    def _assumed(self, one: Predication) -> Timing | None:
        """Date by the day that the text fixes for its main event, else by the page's, and say so."""
        if one.status == "background":
            return None
        section = self._section(one)
        if section is not None:
            day, text = section.day.isoformat(), section.span.of(self.text)
            return self._timing(one, Time(day, day, "day", text, "text-day", section.span), "heading", "medium")
        fixed, name = self.bearings.event, "assumed-text-day"
        if fixed is None and self.bearings.anchor.name == "published":
            fixed, name = self.bearings.page, "assumed-published"
        if fixed is None:
            return None
        day = fixed.day.isoformat()
        coming = one.status == "planned"
        span = fixed.span if len(fixed.span) else None
        text = span.of(self.text) if span else day
        time = Time(day, None if coming else day, "interval" if coming else "day", text, name, span)
        return self._timing(one, time, name, "low")

    def _section(self, one: Predication) -> Fixed | None:
        """Return the day of the heading over the part of the text that tells an event, where parts have days.

        A day that opens a line is that of its own line alone.
        """
        above = [held for held in self.bearings.sections if held.span.end <= one.trigger.start]
        if not above or one.status not in ("asserted", "ongoing", "attempted"):
            return None
        between = self.text[above[-1].span.end : one.trigger.start]
        opens = between.partition("\n")[0].strip(" :*_#")
        return None if opens and "\n" in between else above[-1]

    def _timing(self, one: Predication, time: Time, rule: str, confidence: str) -> Timing:
        spans = (time.span,) if time.span else ()
        return Timing(one.trigger, time, Evidence(spans, "dating", rule, confidence))


def _short(time: Time) -> bool:
    """Whether a time is a day, its part, or a night or a weekend of two days."""
    if time.granularity in _DAYS:
        return True
    if time.start is None or time.end is None:
        return False
    return (dt.date.fromisoformat(time.end) - dt.date.fromisoformat(time.start)).days < SHORT


def _counted(moment: Moment, match: Match, sign: int) -> Moment | None:
    """Return the stretch that lies the length of "two days after" before or behind another."""
    if moment.start is None or moment.end is None:
        return None
    unit = words().units.get(match.words("unit")[0], "D")
    number = number_of(match.words("number")) if match.words("number") else (None if unit.startswith("T") else 1.0)
    if unit.startswith("T"):
        start, end = moment.start, moment.end
        if moment.grain in _DAYS:
            start, end = (start - dt.timedelta(days=1), end) if sign < 0 else (start, end + dt.timedelta(days=1))
        return msgspec.structs.replace(moment, start=start, end=end, grain="interval", anchor="event")
    size = {"D": 1, "W": 7, "2W": 14, "M": 30, "Y": 365}.get(unit)
    if size is None:
        return None
    if number is None or (match.words("unit")[0].endswith("s") and not match.words("number")):
        bounds = (None, moment.start) if sign < 0 else (moment.end, None)
        return msgspec.structs.replace(moment, start=bounds[0], end=bounds[1], grain="interval", anchor="event")
    step = dt.timedelta(days=round(number * size) * sign)
    grain = moment.grain if size <= 7 else "interval"
    try:
        return msgspec.structs.replace(
            moment, start=moment.start + step, end=moment.end + step, grain=grain, anchor="event"
        )
    except OverflowError:
        return None
