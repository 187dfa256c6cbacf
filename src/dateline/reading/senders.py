"""Who sends a report: names of outlets and of institutions in the lines above and below it."""

from __future__ import annotations

import functools
import re

from dateline.knowledge.actors import countries
from dateline.knowledge.cleaning import DAY, MONTH_DAY, NAME, Phrases, phrases

_NAME = re.compile(rf"{NAME}\Z")
_ABOUT = r"(?=\s*(?:\Z|,|\(|:|[-–—|] |(?i:on|regarding|concerning|about|for|against|over|to|after)\b|\d))"
_ISSUE = r"(?: ?(?i:no\.?|number|n°|nr\.?|issue|#)? ?#?\d{1,4})?"
_DAYS = re.compile(rf"[(\[]?\b(?:{DAY}|{MONTH_DAY})[)\]]?(?:,? (?:at )?\d{{1,2}}[:.h]\d{{2}}\b.*)?", re.IGNORECASE)
_BREAKS = re.compile(r",?\s+[-–—/]+\s+|\s*[|·•]\s*|\s+[-–—/]+\s+|,\s+|\s*\((?=@)|\s*/\s*(?=\Z)")
_PARTS = re.compile(r"[.,:;]\s|[|·•()]|\s[-–—/]+\s")
_SHORT = 120
_BARS = re.compile(r"[|·•]")
_LABEL = re.compile(r"\s*([A-Za-z ]{2,30}?) ?: ?(.+)")
_MAIL = re.compile(r"\s*<[^>]*>|\s*[\w.+-]+@[\w.-]+")
_STAFF = re.compile(
    r"(?: (?i:special|staff|senior|war))?[ ,]+(?i:correspondents?|staff|reporters?|newsroom|web desk"
    r"|staff writers?|editors?)\b.*"
)
_BY = re.compile(
    r"[*_—-]{0,2}(?i:(?:compiled |prepared |words |written |story |report |posted |published )?by|authors?|from)"
    r" ?:? (?:the )?(?=[A-Z@])"
)
_IN = re.compile(r" (?:in|at|from) .*|(?:, )?(?i:special to) .*")
_FOR = re.compile(rf" for (?:the )?({NAME})")
_CREDIT = re.compile(
    r"[(\[—–~*-]{0,2} ?(?:(?i:source|sources|text|words|story|report|origin|original source|news source|via)"
    r" ?: ?|(?i:(?:first |originally )(?:reported|published|posted|aired) (?:by|in|on)"
    r"|(?:translated|adapted|excerpted|reprinted|republished) from|courtesy of"
    r"|(?:this|the) (?:\w+) (?:was )?(?:first |originally )*(?:appeared|published|ran|aired)(?: first)? (?:in|on|by|at)"
    r"|read the (?:original|full) \w+ (?:on|at|in)) (?:the )?)"
    rf"({NAME}|@\w+)"
)
_ISSUED = re.compile(
    rf"(?i:(?:as )?(?:reported|published|posted|issued|released|produced|shared|prepared) by (?:the )?)({NAME})"
)
_ENCLOSED = re.compile(rf"(?:[(\[] ?({NAME}) ?[)\]]|[-–—~*]{{1,2}} ?({NAME}))\Z")
_AT_END = re.compile(rf"[.!?”\"’] ?(?:[(\[]({NAME})[)\]]|[-–—]{{1,2}} ?({NAME}))\s*\Z")
_PRODUCED = re.compile(
    r"(?:.*[.!?] )?(?i:(?:this|the) (?:\w+ ){1,3}(?:is|was|has been) (?:produced|prepared|compiled|issued|published)"
    rf" by (?:the )?)({NAME})"
)
_SIGNED = re.compile(
    rf"(?i:(?:the )?(?:press|information|media|public affairs|communications?) (?:service|office|department|directorate"
    rf"|cent(?:er|re)|bureau|desk|wing) of (?:the )?)({NAME})\Z"
)
_HANDLE = re.compile(
    r"(?i:(?:telegram|whatsapp|youtube|facebook)(?: channel| group| page)?:? )"
    r"(@\w+|[A-Z][^\n.!?(|]{2,40})|(@\w{3,30})\Z"
)
_NOBODY = frozenset(
    {"our", "staff", "special", "editor", "admin", "correspondent", "reporter", "agencies", "news desk"}
)
_SHARED = frozenset({"Service", "Group", "Bureau"})  # in names of newsrooms as of other bodies
_SCOPE = re.compile(r"[A-Z]{2,8}(?:[/-][A-Z]{2,8})?\Z")


@functools.cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the shapes of "Statement by X" and "X: Situation report"."""
    names = phrases().names
    kinds = "|".join(sorted(map(re.escape, names.documents), key=len, reverse=True))
    before = "|".join(sorted(map(re.escape, names.document_words), key=len, reverse=True))
    kind = rf"(?i:(?:(?:{before}) )*(?:{kinds})s?)"
    by = re.compile(
        rf"(?:[A-Z][a-z]+ )??{kind}{_ISSUE},? (?i:by|of|from|issued by|on behalf of) (?i:the )?({NAME}){_ABOUT}"
    )
    own = re.compile(rf"({NAME}?)(?:['’]s?)?(?: ?[:|–—-])? {kind}(?!\w){_ISSUE}{_ABOUT}")
    return by, own


def is_body(name: str, rules: Phrases) -> bool:
    """Whether a word in a name shows that an outlet or an institution bears it, or it is a known one."""
    if not _NAME.match(name) or is_place(name):
        return False
    known = name.lower()
    if known in rules.outlets or known in rules.agencies or name in rules.names.bodies:
        return True
    parts = re.findall(r"[^\W\d_]+", name)
    if all(part.lower() in rules.names.documents or part.lower() in rules.names.document_words for part in parts):
        return False
    words = {word.capitalize() for word in parts}
    words |= {word.upper() for word in words if len(word) == 2}
    return bool(words & (rules.names.media_words | rules.names.institutions)) and known not in _sections()


@functools.cache
def _sections() -> frozenset[str]:
    names = phrases().names
    return frozenset(one.casefold() for one in (*names.sections, *names.languages))


def is_place(name: str) -> bool:
    """Whether a name is a country's, or what is said of its people and its tongue."""
    known = countries()
    return bool(known.by_name(name) or known.by_name(name.title()) or known.by_demonym(name))


def of_title(title: str, rules: Phrases) -> tuple[str, str]:
    """Return a title without the outlet that a page puts behind or before it, and that outlet.

    Behind a bar stands an outlet, and behind a dash where its name says so.
    """
    for cut in reversed(list(re.finditer(r" +([-–—|·]) +", title))):
        name = title[cut.end() :]
        if not _NAME.match(name) or len(name.split()) > 5 or is_place(name) or name.casefold() in _sections():
            break
        if (cut.group(1) in "|·" and not title.istitle()) or is_body(name, rules):
            return title[: cut.start()], name
        break
    label = re.match(rf"({NAME}): (?=\S)", title)
    if label and len(label.group(1).split()) > 1 and label.group(1).split()[-1].capitalize() in rules.names.media_words:
        return title[label.end() :], label.group(1)
    return title, ""


def of_document(line: str, rules: Phrases) -> str:
    """Return who publishes a document that says so in its title, or ""."""
    by, own = _shapes()
    found = by.match(line)
    if found:
        return found.group(1)
    found = own.match(line)
    if found is None:
        return ""
    name = found.group(1).strip()
    first = name.split(" ")[0]
    if is_body(name, rules):
        return name
    caps = not line.isupper() and _SCOPE.match(first) is not None and len(first) > 2
    return first if first in rules.names.bodies or (caps and not is_place(first)) else ""


def of_institution(line: str, rules: Phrases) -> str:
    """Return the line where it is the name of an institution and nothing else ("Ministry of Defence of X")."""
    words = line.strip("*#_ ").split()
    if not _NAME.match(" ".join(words)) or not 2 <= len(words) <= 12:
        return ""
    of = [number for number, word in enumerate(words) if word.lower() == "of"]
    heads = {word.capitalize() for word in words[: of[0]]} if of else set()
    named = (
        of
        and of[0] <= 3
        and heads & rules.names.institutions
        and all(after - before <= 5 for before, after in zip(of, [*of[1:], len(words)], strict=True))
    )
    return " ".join(words) if named else ""


def of_field(line: str, rules: Phrases) -> tuple[str, str]:
    """Return what kind of field a line is ("outlet", "author", "") and its value."""
    found = _LABEL.match(line)
    if found is None:
        return "", ""
    label, value = found.group(1).lower(), _MAIL.sub("", found.group(2)).strip(' "')
    if label in ("author", "authors", "writer", "reporter", "reporters", "correspondent", "byline"):
        return "author", value
    outlets = ("outlet", "publisher", "publication", "newspaper", "newsroom", "channel", "station", "broadcaster",
               "issued by", "published by", "released by", "prepared by", "agency", "news agency", "desk")  # fmt: skip
    if label in outlets or (label in ("from", "posted by") and (is_body(value, rules) or value.startswith("@"))):
        return "outlet", value
    return ("author", value) if label in ("from", "posted by") else ("", "")


def of_credit(line: str, rules: Phrases, *, last: bool) -> str:
    """Return whom a line below a report credits with it, or ""; `last`: nothing but credits is below it."""
    for pattern in (_CREDIT, _PRODUCED, _SIGNED, _HANDLE):
        found = pattern.match(line)
        if found:
            name = _DAYS.sub("", next(filter(None, found.groups()))).strip(" .,")
            name = re.sub(r" (?:on|in|at)\Z", "", name)
            return "" if is_place(name) or name.casefold() in _sections() else name
    found = _ISSUED.match(line) or _ENCLOSED.match(line) or (_AT_END.search(line) if last else None)
    name = next(filter(None, found.groups())) if found else ""
    return name if name and is_body(name, rules) else ""


def of_origin(line: str, outlet: str, rules: Phrases, *, last: bool) -> str:
    """Return the newsroom that a line below a report of `outlet` gives it from, or "": "(A Wire Agency)".

    A copyright, a channel or the maker of the page is no origin, nor is the outlet itself under a shorter name.
    """
    found = _CREDIT.match(line) or _ENCLOSED.match(line) or (_AT_END.search(line) if last else None)
    name = _DAYS.sub("", next(filter(None, found.groups()), "")).strip(" .,") if found else ""
    one, other = (re.sub(r"\A(?:the|a) ", "", each.casefold()) for each in (name, outlet))
    return name if is_newsroom(name, rules) and one not in other and other not in one else ""


def is_newsroom(name: str, rules: Phrases) -> bool:
    """Whether a name is that of an agency or of another newsroom, known or by a word in it; no ministry."""
    known = name.lower()
    words = {word.capitalize() for word in re.findall(r"[^\W\d_]+", name)}
    other = words & rules.names.institutions - rules.names.media_words - _SHARED
    newsroom = bool(words & rules.names.media_words) and not other
    return is_body(name, rules) and (known in rules.outlets or known in rules.agencies or newsroom)


def beside_day(line: str, rules: Phrases) -> str:
    """Return the sender that a short line with the page's day names in whatever order, or "".

    "Radio Example, 97.4 FM. News in brief. Tuesday 8 August 2023", "Minsk, 13 August 2020 - Example Gazette".
    """
    if len(line) > _SHORT or not _DAYS.search(line):
        return ""
    parts = [part.strip(" .()[]*_") for part in _PARTS.split(_DAYS.sub("|", line))]
    return next((part for part in parts if is_body(part, rules)), "")


def of_parts(line: str, rules: Phrases, *, dated: bool) -> tuple[str, str]:
    """Return outlet and author of a line of names, day and section ("By A. B. | Outlet | 3 May").

    Beside a day and a bar stands an outlet whatever its name.
    """
    by = _BY.match(line)
    bare = _DAYS.sub("", line[by.end() :] if by else line)
    bare = re.sub(r"(?i:,? (?:on|at|updated|published):?)\s*\Z", "", bare.strip(" ,|·•/–—-"))
    wanted = _FOR.search(bare) if by else None
    outlet = wanted.group(1) if wanted else ""
    author = ""
    for number, part in enumerate(filter(None, (one.strip(" ()[]") for one in _BREAKS.split(bare) if one))):
        staff = _STAFF.search(part)
        name = _IN.sub("", part[: staff.start()] if staff else part)
        name = _FOR.sub("", name).strip()
        if not _NAME.match(name) or is_place(name) or name.casefold() in _sections():
            continue
        if name.lower() in _NOBODY:
            continue
        barred = dated and not by and number == 0 and bool(_BARS.search(line))
        if not outlet and (is_body(name, rules) or barred):
            outlet = name
        elif by and not author and number == 0:
            author = name
    return outlet, author
