"""What a text says about itself in its first and last lines: outlet, agency, day, title, dateline."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dateline.knowledge.cleaning import (
    DAY,
    MONTH_DAY,
    NAME,
    Hit,
    Phrases,
    is_name_below,
    looks_like_title,
    parse_day,
    phrases,
)
from dateline.reading import senders
from dateline.records import Span

_LINES = 10
_LONGEST = 400
_WIDEST_WRAP = 110
_PAREN = re.compile(r"\(([^()]*)\)|\A\[([^\[\]]*)\]")
_NUMBER = re.compile(r",? (?:issue|edition|no\.?|number|vol\.?|volume|nr\.?|#) ?#?\d[\w, .]*\Z", re.IGNORECASE)
_WITH_STROKE = re.compile(r"[(\[—–-]{0,2} ?([A-Z][^/\n]{2,40}?) ?/ ?(?=[A-Z])")
_SHORT_DAY = re.compile(f"(?:{DAY}|{MONTH_DAY})", re.IGNORECASE)
_BEFORE_BAR = re.compile(r"\s*([^|·•\n]{2,40}?) ?(?:[|·•]| [-–—] )")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|(?i:copyright))(?:[ ©]|\([cC]\))*(?:\d{4}(?:[-–]\d{4})?,? )?(?:by )?"
    r"([A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|the))*)"
)
_DAY_LINES = 4
_NOTED = re.compile(rf"({NAME}) ?[([|·–—-] ?(?i:[^()\n]{{0,30}}\btranslat(?:ed|ion)\b)")
_WITH = re.compile(r"[(\[–—-]{0,2} ?(?:source:? )?(.+?),? (?:with|and|avec|/|&|\+) ", re.IGNORECASE)


class Masthead(NamedTuple):
    """What the first and last lines say; empty or None where they say nothing.

    `dateline_place` and `dateline_day` are the spans of place and day in the dateline. `published` is the
    day that a line of its own, a prefix or the dateline gives with its year.
    """

    title: str = ""
    outlet: str = ""
    agency: str = ""
    author: str = ""
    published: dt.date | None = None
    dateline_place: Span | None = None
    dateline_day: Span | None = None


class _Line(NamedTuple):
    start: int
    end: int


def masthead(text: str) -> Masthead:
    """Read the masthead of `text`: its first and last lines."""
    rules = phrases()
    first, last = _first_lines(text), _last_lines(text)
    top = _between(text, first, _top(text, first, rules), rules)
    title, named = senders.of_title(top.title, rules)
    outlet, agency = top.outlet, top.agency
    if named and (not outlet or outlet.casefold() == named.casefold()):
        outlet, top = outlet or named, top._replace(title=title)
    if top.title and not outlet:
        outlet = senders.of_document(top.title, rules) or senders.of_institution(top.title, rules)
    for number, line in enumerate(reversed(last)):
        found_outlet, found_agency = _from_tail(text, line, rules, last=number == 0)
        if outlet and not agency and not found_agency and _is_short(line):
            # An outlet stands above the report: a newsroom credited below it is where the report comes from.
            found_agency = senders.of_origin(text[line.start : line.end], outlet, rules, last=number == 0)
        outlet, agency = outlet or found_outlet, agency or found_agency
    if not outlet and not agency:
        for line in first[:_DAY_LINES]:
            words = text[line.start : line.end]
            outlet = senders.beside_day(words, rules)
            if outlet:
                top = top._replace(published=top.published or parse_day(words))
                break
        outlet = outlet or _translated(text, first)
    return top._replace(outlet=outlet, agency=agency, title=_bare(top.title, outlet))


def _translated(text: str, lines: list[_Line]) -> str:
    """Return the name that a first line puts before a note on the translation of the page."""
    found = _NOTED.match(text, lines[0].start, lines[0].end) if lines else None
    return found.group(1) if found else ""


def _between(text: str, lines: list[_Line], head: Masthead, rules: Phrases) -> Masthead:
    """Return the masthead with the day that stands between title and story where their lines were joined."""
    if head.published is not None or head.dateline_day is not None:
        return head
    for line in lines[:2]:
        hit = rules.joint(text, line.start, line.end)
        if hit:
            words = text[hit.start : hit.end]
            agency = rules.agency.search(words)
            known = rules.agencies.get(agency.group().lower(), "") if agency else ""
            return head._replace(published=parse_day(words), agency=head.agency or known)
    return head


def _bare(title: str, outlet: str) -> str:
    """Return a title without the name of the outlet behind it, known now from elsewhere."""
    parts = re.split(r" +[-–—|·] +", title)
    bare = len(parts) > 1 and bool(outlet) and parts[-1].casefold() == outlet.casefold()
    return title[: title.rindex(parts[-1])].rstrip(" -–—|·") if bare else title


def _is_short(line: _Line) -> bool:
    return line.end - line.start <= _LONGEST


def _from_tail(text: str, line: _Line, rules: Phrases, *, last: bool) -> tuple[str, str]:
    """Return outlet and agency that one of the last lines credits."""
    words = text[line.start : line.end]
    if line.end - line.start <= _LONGEST or last:
        hit = rules.whole(text, line.start, line.end) or _at_end(text, line, rules)
        owner = _COPYRIGHT.search(text, line.start, line.end) if hit else None
        if owner and owner.group(1).lower() not in rules.agencies:
            return owner.group(1), ""
        stroke = _WITH_STROKE.match(words)
        beside = rules.agency.match(words, stroke.end()) if stroke else None
        if stroke and beside and senders.is_body(stroke.group(1), rules):
            return stroke.group(1), rules.agencies.get(beside.group().lower(), "")
        if hit is not None and hit.rule.kind == "agency":
            outlet, agency = _credit(text[hit.start : hit.end], rules)
            if outlet or agency:
                return outlet, agency
        name = senders.of_credit(words, rules, last=last)
        known = rules.agencies.get(name.lower(), "")
        return ("", known) if known else (rules.outlets.get(name.lower(), name), "")
    return "", ""


def _first_lines(text: str) -> list[_Line]:
    return _lines(text, 0, min(len(text), 4000))[:_LINES]


def _last_lines(text: str) -> list[_Line]:
    return _lines(text, max(0, len(text) - 4000), len(text))[-_LINES:]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    found = []
    for match in re.finditer(r"[^\n\r]+", text[start:end]):
        bare = match.group().strip()
        if bare:
            begin = start + match.start() + match.group().index(bare)
            found.append(_Line(begin, begin + len(bare)))
    return found


def _top(text: str, lines: list[_Line], rules: Phrases) -> Masthead:
    head = Masthead()
    below = -1
    for number, line in enumerate(lines):
        words = text[line.start : line.end]
        whole = rules.whole(text, line.start, line.end) or rules.line(text, line.start, line.end)
        if whole:
            head = _from_whole(text, whole, line, head, rules)
            below = line.end if whole.rule.kind in ("dateline", "byline", "agency") else -1
            continue
        beside, below = below, -1
        begin = rules.begin(text, line.start, line.end, top=True)
        if begin and begin.rule.kind == "dateline":
            return _from_dateline(text, begin, head, rules)
        if begin and begin.rule.id == "title-field":
            head = head._replace(title=text[begin.end : line.end])
        elif words.lower() in rules.outlets or is_name_below(text, beside, line.start, line.end):
            head = head._replace(outlet=head.outlet or rules.outlets.get(words.lower(), words))
        elif not head.outlet and _is_nameplate(text, lines, number, rules):
            head = head._replace(outlet=_NUMBER.sub("", words))
        elif not head.outlet and number < 3 and senders.of_institution(words, rules):
            head = head._replace(outlet=words.strip("*#_ "))
        elif not head.title and looks_like_title(words) and _stands_alone(text, line, lines, rules):
            day = parse_day(words) if senders.of_document(words, rules) else None
            head = head._replace(title=words.lstrip("# "), published=head.published or day)
        elif not looks_like_title(words):
            break
    return head


def _is_nameplate(text: str, lines: list[_Line], number: int, rules: Phrases) -> bool:
    """Whether a line is an outlet's name over the title or beside the day: a name with a word that says so."""
    line = lines[number]
    words = _NUMBER.sub("", text[line.start : line.end])
    if len(words.split()) > 6 or not senders.is_body(words, rules) or number + 1 == len(lines):
        return False
    following = lines[number + 1]
    below = text[following.start : following.end]
    dated = rules.whole(text, following.start, following.end)
    if number:
        return dated is not None
    sure = words.split()[-1].capitalize() in rules.names.sure_words or len(words.split()) == 1
    titled = looks_like_title(below) and len(below.split()) > 4
    return bool(dated or titled) and (sure or words.split()[0] in ("The", "THE", "Radio"))


def _stands_alone(text: str, line: _Line, lines: list[_Line], rules: Phrases) -> bool:
    """Whether a line is no line of a wrapped paragraph: a blank, or a much longer line, comes after it."""
    following = next((other for other in lines if other.start > line.start), None)
    if following is None:
        return False
    if rules.whole(text, following.start, following.end) or rules.line(text, following.start, following.end):
        return True
    gap = text[line.end : following.start]
    length, beyond = line.end - line.start, following.end - following.start
    return gap.count("\n") > 1 or gap.count("\r") > 1 or beyond > _WIDEST_WRAP or length * 2 < beyond


def _from_whole(text: str, hit: Hit, line: _Line, head: Masthead, rules: Phrases) -> Masthead:
    words = text[line.start : line.end]
    kind = hit.rule.kind
    if kind in ("dateline", "byline", "agency"):
        day = parse_day(words)
        head = head._replace(published=head.published or day)
    if hit.rule.id == "place-day-line" and not _names_sender(words, rules):
        return _from_dateline(text, hit, head, rules)
    if hit.rule.id == "header-field":
        field, value = senders.of_field(words, rules)
        if field == "outlet":
            head = head._replace(outlet=head.outlet or rules.outlets.get(value.lower(), value))
        elif field == "author":
            head = head._replace(author=head.author or value)
        return head
    if kind == "byline":
        agency = rules.agency.search(words)
        if agency:
            head = head._replace(agency=head.agency or rules.agencies.get(agency.group().lower(), ""))
    if kind == "agency":
        outlet, named = _credit(words, rules)
        outlet = outlet or ("" if named else senders.of_credit(words, rules, last=False))
        head = head._replace(outlet=head.outlet or outlet, agency=head.agency or named)
    if kind == "translation":
        bar = _BEFORE_BAR.match(words)
        head = head._replace(outlet=head.outlet or (bar.group(1) if bar else ""))
    elif kind in ("dateline", "byline", "agency") and hit.rule.id != "report-from-line":
        dated = kind == "dateline"
        outlet, author = senders.of_parts(words, rules, dated=dated)
        outlet = "" if outlet.lower() in rules.agencies else rules.outlets.get(outlet.lower(), outlet)
        head = head._replace(outlet=head.outlet or outlet, author=head.author or author)
    return head


def _names_sender(words: str, rules: Phrases) -> bool:
    """Whether a line that looks like a place and a day names an outlet and a day ("Example Courier, 3 May")."""
    return bool(senders.of_parts(words, rules, dated=False)[0]) and "(" not in words


def _from_dateline(text: str, hit: Hit, head: Masthead, rules: Phrases) -> Masthead:
    words = text[hit.start : hit.end]
    day = _SHORT_DAY.search(words)
    for inside in _PAREN.finditer(words):
        name = (inside.group(1) or inside.group(2) or "").strip()
        agency, outlet = rules.agency.search(name), rules.outlet.search(name)
        # "(VENEZUELA)" behind a place is a country; a source stands behind the day, or has several words.
        behind_day = day is not None and day.end() <= inside.start()
        if agency:
            head = head._replace(agency=head.agency or rules.agencies.get(agency.group().lower(), agency.group()))
            beside = name[: agency.start()].rstrip("/ ")
            if beside and name[len(beside) :].startswith("/"):
                head = _with_sender(head, beside)
        elif outlet:
            head = head._replace(outlet=head.outlet or rules.outlets.get(outlet.group().lower(), outlet.group()))
        elif not senders.is_place(name) and (behind_day or _is_sender(name, rules)):
            head = _with_sender(head, name)
    span = Span(hit.start + day.start(), hit.start + day.end()) if day else None
    place = None
    if not (day and day.start() == 0):
        place = re.match(r"[^\d(—–:,]+?(?=\s*(?:,|\(|—|–|--| -|:|$))", words)
    if place and senders.is_body(place.group().strip(), rules):
        head = _with_sender(head, place.group().strip())
        place = None
    where = Span(hit.start, hit.start + place.end()) if place and place.group().strip() else None
    return head._replace(published=head.published or parse_day(words), dateline_day=span, dateline_place=where)


def _is_sender(name: str, rules: Phrases) -> bool:
    """Whether a name in parentheses before the first sentence is a sender's, not a province's: by its words."""
    return senders.is_body(name, rules) or (name.isupper() and 2 < len(name) <= 6)


def _with_sender(head: Masthead, name: str) -> Masthead:
    """Return the masthead with a dateline's name: the outlet, or an agency beside an outlet known already."""
    if not head.outlet or head.outlet == name:
        return head._replace(outlet=name)
    return head._replace(agency=head.agency or name)


def _at_end(text: str, line: _Line, rules: Phrases) -> Hit | None:
    start = max(line.start, line.end - _LONGEST)
    window = text[start : line.end]
    hit = rules.end(rules.enders(window.lower()), text, start, line.end) or rules.line(text, line.start, line.end)
    return Hit(hit.start, line.end, hit.rule) if hit else None


def _credit(words: str, rules: Phrases) -> tuple[str, str]:
    """Return outlet and agency of a credit: "The World with AFP" is Le Monde and AFP."""
    found = rules.agency.search(words)
    named = [rules.agencies.get(one.group().lower(), "") for one in rules.agency.finditer(words)]
    agency = ", ".join(dict.fromkeys(filter(None, named)))
    said = rules.outlet.search(words)
    outlet = rules.outlets.get(said.group().lower(), "") if said else ""
    before = _WITH.match(words)
    name = before.group(1).strip() if before else ""
    others = found.start() if found else words.lower().find("agencies")
    if before and name and others > before.end(1):
        known = rules.translated.get(name.lower()) or rules.outlets.get(name.lower())
        outlet = known or ("" if name.lower() in rules.agencies else name)
    return outlet, agency
