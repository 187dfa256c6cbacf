"""The names of places of one report, resolved together, and which of them can be the place of an event."""

from __future__ import annotations

import collections
import re
from collections.abc import Mapping, Sequence

import msgspec

from dateline.knowledge.actors import Countries
from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.placing.context import Name, read_name
from dateline.placing.cues import cues, feature_of_noun
from dateline.placing.geography import offset
from dateline.placing.governments import is_government
from dateline.placing.precision import precision_beside, precision_of
from dateline.placing.recognising import ASSOCIATIVE, LITERAL, Tokens, Use
from dateline.placing.resolving import Choice, resolve
from dateline.records import Block, Debris, Evidence, Mention, Parse, Report, Span, Toponym

USER_VOTES = 6.0
# The share of a report's places that gather about one, from which an unknown name is put into its unit.
GATHERED = 0.6
# The probability from which what the rules take for a person or an organisation is a place.
SURELY = 0.7
# A town of fewer inhabitants, in a country of which nothing else speaks, is a namesake of what is meant.
NAMESAKE = 30_000
HEADING = re.compile(
    r"(?:[^.:\n–—]{0,24}\d[^.:\n–—]{0,10}?\s*(?:[–—:]|-(?=\s))\s*)?"  # the day of an entry: "Dec 5 - HAMA. ..."
    r"([A-ZÀ-Þ][A-ZÀ-Þ'’\-]+(?:[ \-][A-ZÀ-Þ'’\-]+){0,3})(?:,[^.:\n–—\-]{0,40})?\s*(?:\.|:|[–—-]{1,2})\s"
)
DATELINE_NAME = re.compile(r"[^\W\d_][\w'’\-]+(?:[ \-][^\W\d_][\w'’\-]+){0,3}")
TITLE_DEPS = frozenset({"compound", "amod", "nmod", "poss"})


class Found(msgspec.Struct, frozen=True):
    """A name of a place in a report: the record, the mention, and the entry it was resolved to.

    `of_title` is True where it is part of an office or of an actor's name; it is then no place of an event.
    `grounded` is False for a name that the gazetteer lacks, or has only nearly so, and that nothing in the
    report says is a place ("Apache helicopters").
    """

    toponym: Toponym
    mention: Mention | None
    choice: Choice
    of_title: bool = False
    grounded: bool = True

    @property
    def head(self) -> int:
        """The index of the head token; -1 for the name in a dateline, which is not parsed."""
        return self.mention.head if self.mention else -1

    @property
    def place(self) -> Candidate | None:
        """The entry of the gazetteer, or None."""
        return self.choice.place

    @property
    def known(self) -> bool:
        """Whether it is in the gazetteer, or put into a country at least."""
        return self.place is not None or bool(self.toponym.country)

    @property
    def usable(self) -> bool:
        """Whether it can be where an event happened."""
        return self.grounded and not self.of_title and not self.toponym.stands_for


def place_mentions(report: Report, parse: Parse, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions that name places by the rules, in text order."""
    places = [m for m in mentions if m.label == "place" and m.named and _capitalised(m.span.of(report.text))]
    places = sorted([*places, *_mistagged(parse, mentions, places, gazetteer)], key=lambda m: m.span)
    return _joined(report, places, gazetteer)


def literal_mentions(
    mentions: Sequence[Mention], places: Sequence[Mention], uses: Mapping[Tokens, Use]
) -> list[Mention]:
    """Return the mentions, besides `places`, whose names are surely used for a place itself."""
    taken = [mention.span for mention in places]
    return [
        mention
        for mention in mentions
        if (use := uses.get((mention.first, mention.last)))
        and use.literal
        and use.probability >= SURELY
        and mention.named
        and not mention.role
        and not mention.entity
        and not any(mention.span.overlaps(span) for span in taken)
    ]


def find_toponyms(
    report: Report,
    parse: Parse,
    mentions: Sequence[Mention],
    places: Sequence[Mention],
    debris: Sequence[Debris],
    blocks: Sequence[Block],
    gazetteer: Gazetteer,
    countries: Countries,
) -> list[Found]:
    """Return the names of places in text order, `places` and those of the dateline and of headings."""
    names = [read_name(report.text, mention.span, gazetteer) for mention in places]
    held: list[Mention | None] = list(places)
    for opening in headings(report, blocks, gazetteer).values():
        if all(not opening.span.overlaps(name.span) for name in names):
            names.append(opening)
            held.append(None)
    if dateline := _dateline(report, debris, gazetteer):
        names.insert(0, dateline)
        held.insert(0, None)
    votes = _votes(report, mentions, names)
    choices = resolve(names, gazetteer, votes)
    home = _home(choices, votes, gazetteer)
    by_head = {mention.head: mention for mention in mentions if mention.label in ("person", "actor")}
    grounded = {m.name for m in places if _grounded(parse, m)}
    spoken_of = {m.country for m in mentions} | {home.country if home else ""}
    spoken_of |= {one.place.country for one in choices if one.place and one.place.feature == "country"}
    found = []
    for mention, choice in zip(held, choices, strict=True):
        stands_for, why = _stands_for(parse, mention, choice, countries)
        of_title = mention is not None and _of_title(parse, mention, by_head)
        sure = (
            choice.place is not None
            and choice.place.step != "fuzzy"
            and not _stray(parse, mention, choice.place, spoken_of)
        )
        named = choice.place is None or choice.place.step == "fuzzy"
        firm = sure or mention is None or (named and mention.name in grounded and not _facility(mention.name))
        found.append(Found(_toponym(choice, stands_for, why, gazetteer, home), mention, choice, of_title, firm))
    return sorted(found, key=lambda one: one.toponym.span)


def tokens_of(one: Found) -> Tokens | None:
    """Return the tokens of a name, or None for one that is not parsed."""
    return (one.mention.first, one.mention.last) if one.mention else None


def others(
    report: Report, parse: Parse, uses: Mapping[Tokens, Use], found: Sequence[Found], gazetteer: Gazetteer
) -> list[Toponym]:
    """Return the recognised toponyms that are not among the places found, resolved beside them."""
    held = {tokens_of(one) for one in found}
    wanted = {tokens: use for tokens, use in uses.items() if tokens not in held}
    votes = {code: float(n) for code, n in collections.Counter(one.place.country for one in found if one.place).items()}
    names = []
    for tokens, use in wanted.items():
        span = parse.span(*tokens)
        # What stands beside a word for a people or the name of an institution says nothing of the place.
        plain = Name(span, " ".join(span.of(report.text).split()))
        names.append(read_name(report.text, span, gazetteer) if use.literal else plain)
    made = []
    for choice, use in zip(resolve(names, gazetteer, votes), wanted.values(), strict=True):
        toponym = _toponym(choice, "", "", gazetteer)
        evidence = msgspec.structs.replace(toponym.evidence, rule="recognising")
        made.append(msgspec.structs.replace(toponym, evidence=evidence, use=LITERAL if use.literal else ASSOCIATIVE))
    return made


def headings(report: Report, blocks: Sequence[Block], gazetteer: Gazetteer) -> dict[int, Name]:
    """Return the places in capitals that paragraphs open with ("HERAT. ..."), by number of the paragraph."""
    found = {}
    for number, block in enumerate(blocks):
        match = HEADING.match(report.text, block.span.start, block.span.end)
        if match and gazetteer.has_name(match[1].title()):
            found[number] = Name(Span(match.start(1), match.end(1)), match[1].title())
    return found


def _mistagged(
    parse: Parse, mentions: Sequence[Mention], places: Sequence[Mention], gazetteer: Gazetteer
) -> list[Mention]:
    """Return names that were taken for persons or organisations, yet stand where a place stands.

    One of them must stand behind a preposition of place, beside a name of a place, as what is fled or
    captured, or before a word of class ("the X axis"); the others of that name then follow it. The gazetteer
    must know the name in one of the countries that the report's other names of places lie in or as a capital;
    or else not at all, where a single name stands close behind "in", "near", "outside", "at".
    """
    near = {c for m in places for place in gazetteer.candidates(m.name)[:1] for c in place.countries}
    heads = {mention.head for mention in places}
    taken = [mention.span for mention in places]
    able = [
        mention
        for mention in mentions
        if mention.named
        and mention.name[:1].isupper()
        and mention.label in ("person", "actor", "other")
        and not mention.role
        and (not mention.entity or mention.entity.endswith(":government"))
        and not any(mention.span.overlaps(span) for span in taken)
    ]
    names = set()
    for mention in able:
        token, above = mention.head, parse.heads[mention.head]
        beside = parse.deps[token] == "conj" and above in heads
        if not beside and not _grounded(parse, mention):
            continue
        if mention.name.lower() in gazetteer.demonyms:
            continue
        exact = gazetteer.exact(mention.name) if gazetteer.has_name(mention.name) else []
        fits = any(near.intersection(place.countries) or place.capital == "country" for place in exact)
        if fits or (mention.entity and exact) or (not mention.entity and _tight(parse, mention)):
            names.add(mention.name)
    return [mention for mention in able if mention.name in names]


def _grounded(parse: Parse, mention: Mention) -> bool:
    """Whether a name stands where only the name of a place can stand."""
    token, above = mention.head, parse.heads[mention.head]
    if token == above:
        return False
    dep, lemma = parse.deps[token], parse.lemmas[above].lower()
    if dep == "conj":
        return parse.pos[above] == "PROPN" and parse.deps[above] == "pobj" and _behind(parse, parse.heads[above])
    if dep == "pobj":
        return _behind(parse, above)
    if dep == "dobj":
        return lemma in cues().locative.objects
    return dep in ("compound", "nmod", "appos") and bool(feature_of_noun(lemma) or lemma in cues().locative.classes)


def _behind(parse: Parse, preposition: int) -> bool:
    lemma, above = parse.lemmas[preposition].lower(), parse.heads[preposition]
    if lemma == "of":
        holder = parse.lemmas[above].lower()
        return bool(feature_of_noun(holder)) or holder in cues().locative.classes
    return lemma in cues().locative.grounding


def _stray(parse: Parse, mention: Mention | None, place: Candidate, spoken_of: set[str]) -> bool:
    """Whether it is a small town in a country that the report does not otherwise speak of: a namesake.

    Names of towns stand without an article: "the Old City" is none, while "the Khiam area" speaks of one.
    """
    if mention and mention.first and parse.texts[mention.first - 1].lower() == "the" and place.feature == "city":
        return place.population < NAMESAKE and parse.deps[mention.head] not in TITLE_DEPS
    return place.feature == "city" and place.population < NAMESAKE and not spoken_of.intersection(place.countries)


def _facility(name: str) -> bool:
    """Whether a name is that of a building or road ("Yale University"): its own place is not known."""
    return name.rpartition(" ")[2].lower() in cues().locative.classes


def _tight(parse: Parse, mention: Mention) -> bool:
    """Whether a name that nobody knows is a place all the same: one or two words close behind "in X"."""
    token, words = mention.head, mention.last - mention.first
    before = mention.first - 1
    if before < 0 or words > 3 or mention.kind not in ("", "civilian", "other") or _facility(mention.name):
        return False
    return (
        parse.deps[token] == "pobj"
        and parse.heads[token] == before
        and parse.lemmas[before].lower() in cues().locative.tight
        and not parse.texts[token].isupper()
    )


def _joined(report: Report, places: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Join names that stand side by side and are one name to the gazetteer: "Deir" and "Ezzor"."""
    joined: list[Mention] = []
    for mention in places:
        last = joined[-1] if joined else None
        if last and last.last == mention.first:
            span = Span(last.span.start, mention.span.end)
            name = span.of(report.text)
            if any(place.step == "exact" or place.weight > 4 for place in gazetteer.folded(name)):
                joined[-1] = msgspec.structs.replace(mention, span=span, first=last.first, name=" ".join(name.split()))
                continue
        joined.append(mention)
    return joined


def _capitalised(words: str) -> bool:
    """Whether words can be a name: taggers take "putsch" and "As of" for places."""
    parts = words.split()
    return not parts[-1].islower() and any(part[0].isupper() for part in parts)


def _dateline(report: Report, debris: Sequence[Debris], gazetteer: Gazetteer) -> Name | None:
    """Return the name of the place that the report was sent from, where its dateline gives one."""
    for piece in debris:
        if piece.kind != "dateline":
            continue
        for match in DATELINE_NAME.finditer(piece.span.of(report.text)):
            if gazetteer.has_name(match[0]):
                start = piece.span.start + match.start()
                return Name(Span(start, start + len(match[0])), match[0].title() if match[0].isupper() else match[0])
    return None


def _votes(report: Report, mentions: Sequence[Mention], names: Sequence[Name]) -> dict[str, float]:
    votes: dict[str, float] = collections.defaultdict(float)
    if report.country:
        votes[report.country] += USER_VOTES
    # Peoples and armed forces say which country a report is about; names of places vote by themselves.
    taken = {name.span for name in names}
    for mention in mentions:
        if mention.country and mention.span not in taken and mention.label in ("actor", "person"):
            votes[mention.country] += 0.4
    return {code: min(vote, USER_VOTES) for code, vote in votes.items()}


def _stands_for(parse: Parse, mention: Mention | None, choice: Choice, countries: Countries) -> tuple[str, str]:
    place = choice.place
    if mention is None or place is None or choice.name.offset:
        return "", ""
    if place.feature != "country" and place.capital != "country":
        return "", ""
    why = is_government(parse, mention.head, capital=place.feature != "country")
    if why and place.country in countries.by_iso2:
        return f"{place.country}:government", f"the government, not the place: {why}"
    return "", ""


def _of_title(parse: Parse, mention: Mention, by_head: dict[int, Mention]) -> bool:
    """Whether a name is part of an office or an actor: "Badghis Governor", "the police chief of Herat".

    Civilians are where they live ("residents of Kobani"), so their place counts.
    """
    token, above = mention.head, parse.heads[mention.head]
    for _ in range(3):
        if parse.deps[token] != "conj" or parse.pos[above] != "PROPN":
            break
        token, above = above, parse.heads[above]
    if parse.deps[token] == "pobj" and parse.lemmas[above] == "in" and _speaks(parse, parse.heads[above]):
        return True
    for _ in range(3):
        if parse.deps[token] in TITLE_DEPS and parse.heads[token] != token:
            pass
        elif parse.deps[token] == "pobj" and parse.lemmas[above] in ("of", "for", "from"):
            above = parse.heads[above]
        else:
            return False
        if feature_of_noun(parse.lemmas[above].lower()):
            return False
        holder = by_head.get(above)
        if holder and holder.span != mention.span:
            return holder.kind != "civilian"
        if parse.lemmas[above].lower() in cues().government.rulers:
            return True
        token, above = above, parse.heads[above]
    return False


def _speaks(parse: Parse, token: int) -> bool:
    """Whether someone who governs or commands is the subject of a verb of saying: "an officer in X said"."""
    official = parse.lemmas[token].lower() in cues().government.speakers
    if not official or parse.deps[token] != "nsubj":
        return False
    verb = parse.lemmas[parse.heads[token]]
    return verb in cues().locative.reporting or verb in ("give", "put")


def of_entry(place: Candidate, span: Span, ground: str) -> Found:
    """Return a place that the words at `span` mean without naming it, as a place of an event."""
    choice = Choice(Name(span, place.name), place, 0.0, (ground,))
    return Found(_toponym(choice, "", ""), None, choice)


def _home(choices: Sequence[Choice], votes: dict[str, float], gazetteer: Gazetteer) -> Candidate | None:
    """Return the country that most of a report's places lie in, where one has more than half of the votes."""
    cast: dict[str, float] = collections.defaultdict(float, votes)
    for choice in choices:
        if choice.place and len(choice.place.country) == 2:
            cast[choice.place.country] += 0.5 if choice.place.feature == "country" else 1.0
    best = max(cast, key=lambda code: (cast[code], code), default="")
    country = gazetteer.countries.get(best)
    if country is None or cast[best] * 2 <= sum(cast.values()):
        return None
    return gazetteer.of_key(country.geonameid)


def _unknown(choice: Choice, evidence: Evidence, gazetteer: Gazetteer | None, home: Candidate | None) -> Toponym:
    """Return a name that the gazetteer lacks, put into the unit that the text names or its country."""
    name, grounds = choice.name, list(choice.grounds)
    likely = [home.country] if home else []
    around: Candidate | None = None
    for unit in name.inside:
        found = gazetteer.candidates(unit, likely) if gazetteer else []
        fits = [place for place in found if not home or place.country == home.country]
        around = around or next(iter(fits), None)
    said = around is not None
    if not around and home and gazetteer and choice.around and choice.gathered >= GATHERED:
        near = choice.around
        around = gazetteer.unit(near.country, near.admin1) if near.country == home.country else None
    if said and around:
        grounds.append(f"the text puts it in {around.name}")
    elif around or home:
        what = "unit" if around else "country"
        grounds.append(f"put into the {what} that the report is about")
    whole = around or home
    if whole is None or len(whole.country) != 2:
        return Toponym(name.span, name.surface, "", "", evidence, reason="; ".join(grounds))
    code, reason = precision_of(whole)
    return Toponym(
        span=name.span,
        name=name.surface,
        feature="",
        country=whole.country,
        evidence=evidence,
        admin1=whole.admin1_name,
        lat=round(whole.lat, 5),
        lon=round(whole.lon, 5),
        precision=max(code, 3),
        reason="; ".join([*grounds, f"the point is that of {whole.name}: {reason}"]),
    )


def _name_of(place: Candidate, name: Name) -> str:
    """Return the gazetteer's name, or the report's own where that is another name of the place in English."""
    if place.official or place.feature == "country" or place.step in ("fuzzy", "stripped"):
        return place.name
    return name.surface.title() if name.surface.isupper() and len(name.surface) > 4 else name.surface


def _toponym(
    choice: Choice,
    stands_for: str,
    why: str,
    gazetteer: Gazetteer | None = None,
    home: Candidate | None = None,
) -> Toponym:
    name, place = choice.name, choice.place
    evidence = Evidence((name.span,), "placing", "government" if stands_for else "resolving", _confidence(choice))
    if place is None:
        return _unknown(choice, evidence, gazetteer, home)
    code, reason = precision_of(place)
    lat, lon = place.lat, place.lon
    grounds = [*choice.grounds, reason]
    if name.offset and not stands_for:
        code, reason = precision_beside(name.offset, code)
        grounds.append(reason)
        if name.offset.km is not None and name.offset.degrees is not None:
            lat, lon = offset(lat, lon, name.offset.degrees, name.offset.km)
    country = place.country if len(place.country) == 2 else ""
    return Toponym(
        span=name.span,
        name=_name_of(place, name),
        feature=place.feature,
        country=country,
        evidence=evidence,
        admin1=place.admin1_name,
        admin2=place.admin2,
        geonameid=place.geonameid,
        lat=round(lat, 5),
        lon=round(lon, 5),
        precision=code,
        reason="; ".join([why, *grounds] if why else grounds),
        stands_for=stands_for,
    )


def _confidence(choice: Choice) -> str:
    """Return a named level: how far ahead of the next place of the name the chosen one is."""
    if choice.place is None:
        return "low"
    rivals = [score for place, score in choice.others if place.country != choice.place.country]
    ahead = choice.score - max(rivals, default=choice.score - 9)
    if choice.place.step == "fuzzy" or ahead < 0.5:
        return "low"
    return "high" if ahead > 2 else "medium"


def first_story_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the headline and the first two paragraphs, in which a report says what it is about."""
    body = [block for block in blocks if block.kind in ("body", "list")][:2]
    return (*(block for block in blocks if block.kind == "headline"), *body)
