"""Load the knowledge files: TOML for rules and lexicons, TSV for long lists, each against a typed schema."""

from __future__ import annotations

import csv
import functools
import io
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from dateline.records import KnowledgeError

T = TypeVar("T")
ROOT: Traversable = resources.files("dateline.knowledge")


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a knowledge file comes from: its `[about]` table, or the comment lines above a TSV's header."""

    name: str
    source: str
    licence: str
    version: str


def toml_files(folder: str) -> list[str]:
    """Return the names of the TOML files in a folder of the knowledge package, sorted."""
    return sorted(f"{folder}/{entry.name}" for entry in (ROOT / folder).iterdir() if entry.name.endswith(".toml"))


@functools.cache
def load_toml(name: str, kind: type[T]) -> T:
    """Load the knowledge file `name` (relative to the package) as a `kind`.

    Raises KnowledgeError naming the file and the entry where it is absent or breaks the schema.
    """
    try:
        return msgspec.convert(tomllib.loads((ROOT / name).read_text("utf-8")), kind)
    except FileNotFoundError:
        raise KnowledgeError(f"knowledge/{name}: no such file; reinstall dateline") from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"knowledge/{name}: {error}") from error


@functools.cache
def load_tsv(name: str, row: type[T]) -> tuple[T, ...]:
    """Load a table as a tuple of `row` structs; lines that begin with '#' are about the file, not rows.

    A column whose field is a tuple is split at '|'. Raises KnowledgeError naming file and line.
    """
    try:
        text = (ROOT / name).read_text("utf-8")
    except FileNotFoundError:
        raise KnowledgeError(f"knowledge/{name}: no such file; reinstall dateline") from None
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#"]
    reader = csv.reader(io.StringIO("\n".join(line for _, line in lines)), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader)
    listed = {f.name for f in msgspec.structs.fields(row) if "tuple" in str(f.type)}  # type: ignore[arg-type]
    rows = []
    for (number, _), cells in zip(lines[1:], reader, strict=True):
        if len(cells) != len(header):
            raise KnowledgeError(f"knowledge/{name}, line {number}: {len(cells)} cells, the header has {len(header)}")
        values = {
            key: tuple(part for part in cell.split("|") if part) if key in listed else cell
            for key, cell in zip(header, cells, strict=True)
        }
        try:
            rows.append(msgspec.convert(values, row, strict=False))
        except msgspec.ValidationError as error:
            raise KnowledgeError(f"knowledge/{name}, line {number}: {error}") from error
    return tuple(rows)
