"""MUC-4 (1992): newswire texts in capitals, and the templates of attacks that were filled for them.

`texts` reads the files of messages; `read_templates` reads a key or a file of answers, which share their
format; `written` writes templates in that format again. Files are told apart by what is in them, not by
their names: a line `0.  MESSAGE: ID` is a file of templates, a line `TST2-MUC4-0001` begins a message.

A template has 25 slots. Slots 0 and 1 name the message and the template; every other slot holds fills. A
fill is a value or several alternatives (`"BUS" / "PUBLIC BUS"`), with a cross reference to the filler of
another slot where the slot asks for one (`DESTROYED: "BUS"`), and may be optional (`? "BUS"`). A slot with
a hyphen is empty; a slot with an asterisk does not apply to the type of incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from dateline.corpora import Part, taken

Kind = Literal["date", "location", "set", "string", "number"]


class Slot(msgspec.Struct, frozen=True):
    """A slot: its number, its name in the files, its name in score reports, what fills it, what it refers to."""

    number: int
    name: str
    row: str
    kind: Kind
    refers: tuple[int, ...] = ()


SLOTS = tuple(
    Slot(*given)
    for given in (
        (2, "INCIDENT: DATE", "inc-date", "date"),
        (3, "INCIDENT: LOCATION", "inc-loc", "location"),
        (4, "INCIDENT: TYPE", "inc-type", "set"),
        (5, "INCIDENT: STAGE OF EXECUTION", "inc-stage", "set"),
        (6, "INCIDENT: INSTRUMENT ID", "inc-instr-id", "string"),
        (7, "INCIDENT: INSTRUMENT TYPE", "inc-instr-type", "set", (6,)),
        (8, "PERP: INCIDENT CATEGORY", "perp-inc-cat", "set"),
        (9, "PERP: INDIVIDUAL ID", "perp-ind-id", "string"),
        (10, "PERP: ORGANIZATION ID", "perp-org-id", "string"),
        (11, "PERP: ORGANIZATION CONFIDENCE", "perp-org-conf", "set", (10,)),
        (12, "PHYS TGT: ID", "phys-tgt-id", "string"),
        (13, "PHYS TGT: TYPE", "phys-tgt-type", "set", (12,)),
        (14, "PHYS TGT: NUMBER", "phys-tgt-num", "number", (12,)),
        (15, "PHYS TGT: FOREIGN NATION", "phys-tgt-nation", "set", (12,)),
        (16, "PHYS TGT: EFFECT OF INCIDENT", "phys-tgt-effect", "set", (12,)),
        (17, "PHYS TGT: TOTAL NUMBER", "phys-tgt-total-num", "number"),
        (18, "HUM TGT: NAME", "hum-tgt-name", "string"),
        (19, "HUM TGT: DESCRIPTION", "hum-tgt-desc", "string", (18,)),
        (20, "HUM TGT: TYPE", "hum-tgt-type", "set", (18, 19)),
        (21, "HUM TGT: NUMBER", "hum-tgt-num", "number", (18, 19)),
        (22, "HUM TGT: FOREIGN NATION", "hum-tgt-nation", "set", (18, 19)),
        (23, "HUM TGT: EFFECT OF INCIDENT", "hum-tgt-effect", "set", (18, 19)),
        (24, "HUM TGT: TOTAL NUMBER", "hum-tgt-total-num", "number"),
    )
)
SLOT = {slot.number: slot for slot in SLOTS}
NAMES = {0: "MESSAGE: ID", 1: "MESSAGE: TEMPLATE"} | {slot.number: slot.name for slot in SLOTS}
TYPE = 4

_HEADER = re.compile(r"(?m)^([A-Z]+\d*-MUC\d+-\d{4})\b[^\n]*$")
_LABELS = "|".join(name.replace(": ", r":\s*").replace(" ", r"\s+") for name in NAMES.values())
_LINE = re.compile(rf"\s*(\d{{1,2}})\s*\.\s*(?:{_LABELS})(?![A-Z])\s*(.*)", re.IGNORECASE)
_DATELINE = re.compile(
    r"\s*(?P<place>[^,()]*?)\s*(?:\((?P<country>[^()]*)\))?\s*,\s*"
    r"(?:NO DATE|(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3,9})(?:\s+(?P<year>\d{2}))?"
    r"|(?P<month2>[A-Z]{3,9})\s+(?P<day2>\d{1,2})\s+(?P<year2>\d{2}))"
    r"\s*(?:[(\[](?P<source>(?:(?!--)[\s\S]){0,120}?)[)\]])?\s*--\s*(?:\[[^\]]*\]\s*)*"
)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class Text(msgspec.Struct, frozen=True):
    """A message: its name, all that follows the line of its name, and what its dateline says.

    `body` is where the story begins in `words` (after the dateline and its brackets); `place`, `country`,
    `source` are empty and `day` is None where the dateline does not say them.
    """

    name: str
    words: str
    place: str = ""
    country: str = ""
    source: str = ""
    day: date | None = None
    body: int = 0


class Fill(msgspec.Struct, frozen=True):
    """A filler: alternatives of its value, alternatives of its cross reference ("-" is the dummy one)."""

    values: tuple[str, ...]
    refers: tuple[str, ...] = ()
    optional: bool = False


class Template(msgspec.Struct, frozen=True):
    """A filled template; `fills` has the slots that are not empty, `barred` those that hold an asterisk."""

    text: str
    number: int
    fills: dict[int, tuple[Fill, ...]]
    optional: bool = False
    barred: frozenset[int] = frozenset()

    def values(self, slot: int) -> list[str]:
        """Return every alternative of every filler of a slot."""
        return [value for fill in self.fills.get(slot, ()) for value in fill.values]


class Templates(msgspec.Struct, frozen=True):
    """The templates of a file by text, in the file's order; a text without an incident has none."""

    by_text: dict[str, tuple[Template, ...]]

    @property
    def all(self) -> list[Template]:
        """Return all templates in the file's order."""
        return [template for templates in self.by_text.values() for template in templates]


def split_outside(line: str, mark: str) -> list[str]:
    """Split at a mark that stands outside of quotation marks and of round brackets."""
    pieces, held, quoted, depth, escaped = [], "", False, 0, False
    for character in line:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        elif character == mark and not quoted and not depth:
            pieces.append(held)
            held = ""
            continue
        held += character
    return [*pieces, held]


def _bare(value: str) -> str:
    """Return an alternative without its quotation marks or its enclosing brackets, its white space as one."""
    value = " ".join(value.split())
    if value.startswith("(") and value.endswith(")") and not split_outside(value[1:-1] + "(", ")")[1:]:
        value = value[1:-1].strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return value.replace('\\"', '"').strip()


def _quotes(line: str) -> int:
    return line.replace('\\"', "").count('"')


def _alternatives(piece: str) -> tuple[str, ...]:
    piece = piece.strip()
    if piece.startswith("(") and piece.endswith(")") and len(split_outside(piece, "/")) == 1:
        inner = piece[1:-1]
        if len(split_outside(inner, "/")) > 1 and ":" not in inner:
            piece = inner  # (INJURY / DEATH): one pair of brackets around all alternatives
    return tuple(value for value in map(_bare, split_outside(piece, "/")) if value not in {"", "-", "*"})


def read_fill(line: str, slot: Slot) -> Fill | None:
    """Return the filler that a line of a slot holds, None where it is empty."""
    line = line.strip()
    optional = line.startswith("?")
    line = line.lstrip("?").strip()
    if line in {"", "-", "*"}:
        return None
    value, refers = line, ""
    if slot.refers or slot.kind == "number":
        value, *rest = split_outside(line, ":")
        refers = ":".join(rest).strip()
    if slot.kind == "string" and _quotes(value) % 2:
        values = tuple(_bare(one.strip().strip('"')) for one in value.split(" / "))
    else:
        values = _alternatives(value)
    if slot.kind == "number":
        values = tuple(re.sub(r"\s+", "", value) if any(map(str.isdigit, value)) else value for value in values)
    if not values:
        return None
    named = _alternatives(refers) or (("-",) if refers else ())
    return Fill(tuple(dict.fromkeys(values)), tuple(dict.fromkeys(named)), optional)


def _joined(lines: Sequence[str]) -> list[str]:
    """Join lines of a slot that are one filler broken over several: an open quotation, an open alternative."""
    made: list[str] = []
    for line in lines:
        open_quote = bool(made) and _quotes(made[-1]) % 2 == 1 and _quotes(line) % 2 == 1
        if made and (open_quote or made[-1].rstrip().endswith(("/", ":")) or line.lstrip().startswith(("/", ":"))):
            made[-1] = f"{made[-1]} {line.strip()}"
        else:
            made.append(line)
    return made


def _rows(words: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the lines of each slot."""
    held: tuple[int, list[str]] | None = None
    for line in words.splitlines():
        if line.lstrip().startswith(";") or not line.strip():
            continue
        found = _LINE.match(line)
        if found and int(found[1]) <= 24:
            if held:
                yield held
            held = int(found[1]), [found[2].strip()]
        elif held:
            held[1].append(line.strip())
    if held:
        yield held


def read_templates(words: str) -> Templates:
    """Return the templates of a key or of a file of answers.

    A message whose template holds an asterisk has no incident: it is there with no template. Raises
    ValueError where a slot comes before any message.
    """
    made: dict[str, list[Template]] = {}
    rows: list[tuple[int, list[str]]] = []

    def done() -> None:
        if not rows:
            return
        given = dict(rows)
        if 0 not in given:
            raise ValueError(f"a template without MESSAGE: ID before {rows[0]}")
        name = given[0][0].split()[0].upper()
        templates = made.setdefault(name, [])
        number = " ".join(given.get(1, ["*"]))
        digits = re.search(r"\d+", number)
        fills: dict[int, tuple[Fill, ...]] = {}
        barred = set()
        for slot in SLOTS:
            lines = _joined(given.get(slot.number, []))
            if lines and lines[0].strip() == "*":
                barred.add(slot.number)
            read = tuple(fill for line in lines if (fill := read_fill(line, slot)))
            if read:
                fills[slot.number] = read
        if digits or fills:
            optional = "OPTIONAL" in number.upper()
            place = int(digits[0]) if digits else len(templates) + 1
            templates.append(Template(name, place, fills, optional, frozenset(barred)))

    for number, lines in _rows(words):
        if number == 0:
            done()
            rows = []
        rows.append((number, lines))
    done()
    return Templates({name: tuple(templates) for name, templates in made.items()})


def _day(found: re.Match[str]) -> date | None:
    day, month, year = (found[key] or found[key + "2"] for key in ("day", "month", "year"))
    if not (day and month and year and month[:3] in MONTHS):
        return None
    try:
        return date(1900 + int(year), MONTHS.index(month[:3]) + 1, int(day))
    except ValueError:
        return None


def read_texts(words: str) -> list[Text]:
    """Return the messages of a file, in its order."""
    made = []
    heads = list(_HEADER.finditer(words))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        story = words[head.end() + 1 : following.start() if following else len(words)].rstrip() + "\n"
        found = _DATELINE.match(story)
        if not found:
            made.append(Text(head[1], story))
            continue
        place = " ".join((found["place"] or "").split())
        said = {"place": place if place not in {"NO CITY", "CLANDESTINE"} else ""}
        said |= {key: " ".join((found[key] or "").split()) for key in ("country", "source")}
        made.append(Text(head[1], story, **said, day=_day(found), body=found.end()))
    return made


def opened(path: Path) -> str:
    """Return what a file of the corpus holds."""
    return path.read_text(encoding="latin-1").replace("\r\n", "\n")


def _is_templates(path: Path) -> bool:
    return bool(re.search(r"(?m)^\s*0\.\s+MESSAGE: ?ID\s+\S", opened(path)[:200_000]))


def _is_texts(path: Path) -> bool:
    words = opened(path)
    begins = _HEADER.match(words.lstrip()) is not None
    return (begins or len(_HEADER.findall(words)) >= 5) and not _is_templates(path)


def files(folder: Path) -> list[Path]:
    """Return the files of messages and of keys under a folder of corpora, or under the corpus's own folder.

    Where files of templates are named as keys, others (answers of systems) are left out.
    """
    own = folder / "muc4"
    found = sorted(path for path in (own if own.is_dir() else folder).rglob("*") if path.is_file())
    found = [path for path in found if path.stat().st_size < 20_000_000 and "guidelines" not in path.parts]
    keys = [path for path in found if _is_templates(path)]
    keys = [path for path in keys if "key" in path.name.lower()] or keys
    return [*(path for path in found if _is_texts(path)), *keys] if keys else []


def scored(name: str) -> bool:
    """Return whether a message is in the part that is only ever scored: TST2."""
    return name.startswith("TST2")


def texts(paths: Iterable[Path], part: Part = "all") -> list[Text]:
    """Return the messages of a part that lie in the files, in their order, each once."""
    held: dict[str, Text] = {}
    for path in paths:
        if _is_texts(path):
            for text in read_texts(opened(path)):
                held.setdefault(text.name, text)
    return [text for name, text in held.items() if taken(name, part, scored)]


def keys(paths: Iterable[Path], part: Part = "all") -> Templates:
    """Return the key of a part; where two files have a message, the one later by name (a later version) counts."""
    held: dict[str, tuple[Template, ...]] = {}
    for path in paths:
        if _is_templates(path):
            held |= read_templates(opened(path)).by_text
    return Templates({name: templates for name, templates in held.items() if taken(name, part, scored)})


def _written(fill: Fill, slot: Slot) -> str:
    def put(values: Sequence[str], quoted: bool) -> str:
        escaped = [value.replace('"', '\\"') for value in values]
        if not quoted and len(escaped) > 1 and slot.kind in ("date", "location"):
            return " / ".join(f"({value})" for value in escaped)
        return " / ".join(f'"{value}"' if quoted else value for value in escaped)

    line = put(fill.values, slot.kind == "string")
    if fill.refers:
        line += ": " + put(fill.refers, True)
    return f"? {line}" if fill.optional else line


def written(templates: Templates) -> str:
    """Return templates in the format of the corpus; a text without a template is written with asterisks."""
    lines: list[str] = []
    for name, held in templates.by_text.items():
        for template in held or (None,):
            rows = {0: [name], 1: ["*"]}
            if template:
                rows[1] = [f"{template.number} (OPTIONAL)" if template.optional else str(template.number)]
            for slot in SLOTS:
                empty = "*" if not template or slot.number in template.barred else "-"
                fills = template.fills.get(slot.number, ()) if template else ()
                rows[slot.number] = [_written(fill, slot) for fill in fills] or [empty]
            for number, put in rows.items():
                label = f"{number}.".ljust(4) + NAMES[number]
                lines += [f"{label if not place else '':<36}{line}" for place, line in enumerate(put)]
            lines.append("")
    return "\n".join(lines)
