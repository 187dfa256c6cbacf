"""Write docs/fields.md, the field reference, from the types of the records and of the JSON.

python -m tools.fields            write it
python -m tools.fields --check    exit 1 where the committed file is not what the code says
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from dateline import records
from dateline.exporting import coded
from dateline.records import claim, report, source, syntax

PATH = Path(__file__).resolve().parent.parent / "docs" / "fields.md"
HEAD = """# Field reference

Written by `make docs` from the types in `src/dateline/records` and `src/dateline/exporting/coded.py`.
What the values mean and how they are decided is told in [the codebook](codebook.md).
Offsets are half-open ranges of Unicode code points in the text of the report.
"""
VALUES = {
    "Status": claim.Status, "Polarity": claim.Polarity, "Role": claim.Role,
    "SourceKind": source.SourceKind, "Manner": source.Manner, "BlockKind": report.BlockKind,
    "MentionLabel": syntax.MentionLabel,
}  # fmt: skip


def values(kind: str) -> tuple[str, ...]:
    """Return the values that a type of `VALUES` allows."""
    return get_args(VALUES[kind])


def structs(module: Any, names: Sequence[str]) -> Iterator[type[msgspec.Struct]]:
    """Yield the record types among `names` of `module`."""
    for name in names:
        found = getattr(module, name)
        if isinstance(found, type) and issubclass(found, msgspec.Struct):
            yield found


def type_name(kind: Any) -> str:
    """Return a type as an analyst reads it: "text", "number or null", "list of Words"."""
    for name, values in VALUES.items():
        if kind == values:
            return name
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inside)
    if origin in (list, frozenset) or (origin is tuple and inside[-1] is Ellipsis):
        return f"list of {type_name(inside[0])}"
    if origin is tuple:
        return "[" + ", ".join(type_name(part) for part in inside) + "]"
    if inside and origin is not None and type(None) in inside:
        rest = [part for part in inside if part is not type(None)]
        return " or ".join([*(type_name(part) for part in rest), "null"])
    if origin is Mapping:
        return "records by type"
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", type: "type"}
    return plain.get(kind) or ("day" if kind.__name__ == "date" else kind.__name__)


def default(field: msgspec.structs.FieldInfo) -> str:
    """Return the default of a field as code, or a dash where it must be given."""
    if field.default is not msgspec.NODEFAULT:
        return f"`{field.default!r}`" if field.default != "" else '`""`'
    made = field.default_factory
    return "-" if made is msgspec.NODEFAULT else f"`{made()!r}`"


def section(kind: type[msgspec.Struct], with_default: bool) -> str:
    """Return the heading, the docstring and the table of fields of one type."""
    doc = " ".join(f"{line.strip()}" if line.strip() else "\n\n" for line in (kind.__doc__ or "").splitlines())
    lines = [f"### {kind.__name__}", "", "\n\n".join(part.strip() for part in doc.split("\n\n")).strip(), ""]
    lines += ["| field | type | default |", "|---|---|---|"] if with_default else ["| field | type |", "|---|---|"]
    for field in msgspec.structs.fields(kind):
        cells = [f"`{field.encode_name}`", type_name(field.type), *([default(field)] if with_default else [])]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def reference() -> str:
    """Return the whole field reference."""
    ours = [name for name, value in vars(coded).items() if getattr(value, "__module__", "") == coded.__name__]
    parts = [
        HEAD,
        "## The JSON\n\nOne line of `dateline code --json` is a `CodedOut`.\n",
    ]
    parts += [section(kind, False) for kind in reversed(list(structs(coded, ours)))]
    parts.append("## The records\n\nWhat the Python interface returns and what the stages pass on.\n")
    parts += [section(kind, True) for kind in structs(records, records.__all__)]
    listed = [f"| {name} | {', '.join(f'`{v}`' for v in get_args(kind))} |" for name, kind in VALUES.items()]
    parts.append("\n".join(["## Values\n", "| type | values |", "|---|---|", *listed]) + "\n")
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    """Write the reference, or compare it."""
    made = reference()
    if "--check" not in arguments:
        PATH.write_text(made, encoding="utf-8")
        return 0
    if PATH.is_file() and PATH.read_text(encoding="utf-8") == made:
        return 0
    print("docs/fields.md is not what the records say: run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
