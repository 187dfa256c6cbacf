"""A desk as a Frictionless data package: its tables as CSV with schema, checksums, data dictionary, how to cite."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.sheets import put
from dateline.exporting.desk.tables import TABLES, Table
from dateline.exporting.desk.text import write_csv
from dateline.knowledge.exports import CellType, Column, lists

KEYS = {"events": "event_id", "claims": "claim_id", "reports": "report_id"}
_TYPES: Mapping[CellType, dict[str, Any]] = {
    "string": {"type": "string"},
    "list": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "date"},
    "datetime": {"type": "datetime"},
    "boolean": {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
}
_LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "ODbL-1.0": ("Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
_DIGITS = 12


def package_files(release: Release) -> dict[str, bytes]:
    """Return the files of the package by name: the tables, datapackage.json, README.md, CITATION.cff."""
    tables = {name: make(release) for name, make in TABLES.items()}
    files: dict[str, bytes] = {}
    for name, table in tables.items():
        stream = io.BytesIO()
        write_csv(table, stream)
        files[f"{name}.csv"] = stream.getvalue()
    version = _version(release, files)
    about = _descriptor(release, tables, files, version)
    files["datapackage.json"] = json.dumps(about, indent=2, ensure_ascii=False).encode() + b"\n"
    files["README.md"] = "\n".join(_readme(release, tables, version)).encode() + b"\n"
    files["CITATION.cff"] = "\n".join(_citation(release, version)).encode() + b"\n"
    return files


def write_package(release: Release, stream: BinaryIO) -> None:
    """Write the package as a zip file without dates."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in package_files(release).items():
            put(archive, name, data)


def _version(release: Release, files: Mapping[str, bytes]) -> str:
    """Return the version of the data: the day of the latest claim, and a hash of the tables."""
    day = max((one.known[:10] for one in release.claims), default="0.0.0").replace("-", ".")
    total = hashlib.sha256(b"".join(hashlib.sha256(files[name]).digest() for name in sorted(files)))
    return f"{day}+{total.hexdigest()[:_DIGITS]}"


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()) or "desk"


def _descriptor(
    release: Release, tables: Mapping[str, Table], files: Mapping[str, bytes], version: str
) -> dict[str, Any]:
    title, path = _LICENCES.get(release.licence, (release.licence, ""))
    licence = {"name": release.licence, "title": title, **({"path": path} if path else {})}
    outlets = dict.fromkeys(one.outlet for one in release.claims if one.outlet)
    return {
        "profile": "data-package",
        "name": _slug(release.name),
        "title": f"{release.name}: events and claims",
        "description": "What reports claim to have happened, who says so, and where their accounts differ.",
        "version": version,
        "licenses": [licence],
        "sources": [{"title": outlet} for outlet in sorted(outlets)],
        "made_by": release.made_by,
        "names_masked": release.masked,
        "resources": [_resource(table, files[f"{name}.csv"]) for name, table in tables.items()],
    }


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, table.name) for column in table.columns], "missingValues": [""]}
    if table.name in KEYS:
        schema["primaryKey"] = [KEYS[table.name]]
    if table.name in ("claims", "accounts"):
        of = {"resource": "events", "fields": ["event_id"]}
        schema["foreignKeys"] = [{"fields": ["event_id"], "reference": of}]
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": f"{table.name}.csv", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "schema": schema,
    }  # fmt: skip


def _field(column: Column, table: str) -> dict[str, Any]:
    field = {"name": column.name, **_TYPES[column.type], "description": column.gloss}
    limits: dict[str, Any] = {}
    if column.allowed:
        allowed = lists()[column.allowed]
        limits["enum"] = [int(one) for one in allowed] if column.type == "integer" else list(allowed)
    if KEYS.get(table) == column.name:
        limits |= {"required": True, "unique": True}
    return {**field, "constraints": limits} if limits else field


def _readme(release: Release, tables: Mapping[str, Table], version: str) -> Iterator[str]:
    yield from (f"# {release.name}", "", f"Version {version}. Licence: {release.licence}.", "")
    yield from (f"To cite: {_cite(release, version)}", "")
    yield "Made by " + ", ".join(f"{name} {value}" for name, value in release.made_by.items()) + "."
    masked = "Names of private persons are masked: [person 3] is the same person in every table."
    yield from ("", masked if release.masked else "Names are not masked.", "")
    yield "An empty cell says that nobody gave the value. A number that is not reported is empty, not zero."
    yield "A list has its items joined by `;`. `contributors` in datapackage.json is for you to add."
    for name, table in tables.items():
        yield from ("", f"## {name}.csv ({len(table.rows):,} rows)", "", "| column | type | what it holds | from |")
        yield "|---|---|---|---|"
        for column in table.columns:
            yield f"| {column.name} | {column.type} | {column.gloss} | {column.filled} |"


def _cite(release: Release, version: str) -> str:
    tool = f"Dateline {release.made_by['dateline']}" if "dateline" in release.made_by else "Dateline"
    return f"{release.name}: events and claims, version {version}. Made from news reports with {tool}."


def _citation(release: Release, version: str) -> Iterator[str]:
    """Yield the lines of a citation file; its values are quoted as JSON, which is what the format reads too."""
    values = {
        "cff-version": "1.2.0", "message": "If you use these data, cite them as below.", "type": "dataset",
        "title": f"{release.name}: events and claims", "version": version, "license": release.licence,
    }  # fmt: skip
    yield from (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    yield from ("authors:", f"  - name: {json.dumps(f'The desk {release.name}', ensure_ascii=False)}")
