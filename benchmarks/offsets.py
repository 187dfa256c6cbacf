"""Check on real reports that every offset leads back to the text, and that runs give identical bytes.

    python -m benchmarks.offsets [--corpora FOLDER] [--reports N]

Takes up to 1,000 reports from FA-KES, the geographic corpora, PolNeAR and MUC-4, in turn. Codes them in
this process and follows every span of every record and of the JSON; then codes them with the command,
with one process and with two, and compares the bytes. The exit status is 1 on any fault.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

import dateline
from dateline.api import Coded, code_all
from dateline.records import Parse, Span

MESSAGE = re.compile(r"^(?=(?:DEV|TST\d)-MUC\d-\d{4})", re.MULTILINE)
MOST = 1000
SHOWN = 20
Row = dict[str, str]


def fa_kes(root: Path) -> Iterator[Row]:
    """Yield the reports of FA-KES: news of the war in Syria."""
    path = root / "fa-kes" / "fa-kes.csv"
    if path.is_file():
        with path.open(encoding="latin-1", newline="") as file:
            for row in csv.DictReader(file):
                yield {"id": f"fa-kes {row['unit_id']}", "title": row["article_title"], "text": row["article_content"]}


def geo(root: Path) -> Iterator[Row]:
    """Yield the articles of the corpora of place names: local news and GeoWebNews."""
    for path in sorted(root.glob("geo/*.xml")):
        for number, article in enumerate(ElementTree.parse(path).getroot().iter("article")):
            yield {"id": f"{path.stem} {number}", "text": article.findtext("text") or ""}


def polnear(root: Path) -> Iterator[Row]:
    """Yield the stories of PolNeAR: politics, full of quotations."""
    for path in sorted(root.glob("polnear/*/text/*.txt")):
        yield {"id": f"polnear {path.stem}", "text": path.read_text("utf-8")}


def muc4(root: Path) -> Iterator[Row]:
    """Yield the messages of MUC-4: wires in capitals."""
    paths = [*root.glob("muc4/dev/dev-muc3-*"), *root.glob("muc4/tst?/tst*-muc*")]
    for path in sorted(paths):
        for message in MESSAGE.split(path.read_text("latin-1")):
            if message.strip():
                yield {"id": f"muc4 {message[:14]}", "text": message}


def reports(root: Path, count: int = MOST) -> list[Row]:
    """Return at most `count` reports, one of each corpus in turn."""
    turns = itertools.zip_longest(fa_kes(root), geo(root), polnear(root), muc4(root))
    found = (row for turn in turns for row in turn if row is not None and row["text"].strip())
    return list(itertools.islice(found, min(count, MOST)))


def spans_in(value: object) -> Iterator[Span]:
    """Yield every span inside a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from spans_in(one)


def faults_in_records(coded: Coded, counts: Counter[str]) -> Iterator[str]:
    """Yield what is wrong with the spans of the records of one report, and count what was followed."""
    text = coded.report.text
    for kind, records in coded.dossier.records.items():
        for record in records:
            if isinstance(record, Parse):
                yield from _faults_in_parse(record, text)
                continue
            for span in spans_in(record):
                counts[kind.__name__] += 1
                if not 0 <= span.start < span.end <= len(text):
                    yield f"{kind.__name__} with {span} in {len(text)} characters"
                elif not span.of(text).strip():
                    yield f"{kind.__name__} with {span} of nothing but white space"


def _faults_in_parse(parse: Parse, text: str) -> Iterator[str]:
    spans = list(map(Span, parse.starts, parse.ends))
    for before, span in itertools.pairwise([Span(0, 0), *spans]):
        if not 0 <= span.start < span.end <= len(text) or span.start < before.start:
            yield f"a token at {span} behind {before}"


def faults_in_json(line: str, counts: Counter[str]) -> Iterator[str]:
    """Yield what is wrong with the offsets of one line of JSON: each must slice to the words beside it."""
    made = json.loads(line)
    text = made["report"]["text"]

    def follow(node: Any, path: str) -> Iterator[str]:
        if isinstance(node, list):
            for one in node:
                yield from follow(one, path)
        elif isinstance(node, dict):
            if isinstance(node.get("start"), int) and isinstance(node.get("text"), str):
                counts["json"] += 1
                words = text[node["start"] : node["end"]]
                given = node["text"]
                # A place is written as the report writes it but for line breaks.
                if words != given and " ".join(words.split()) != given:
                    yield f"{path}: {given!r} is not {words!r}"
            for key, value in node.items():
                yield from follow(value, f"{path}.{key}")

    for part in ("claims", "debris", "flags"):
        yield from follow(made[part], part)


def command(path: Path, workers: int) -> bytes:
    """Return what the command prints for the table at `path`."""
    words = [sys.executable, "-m", "dateline", "code", str(path), "--json", "--quiet", "--workers", str(workers)]
    return subprocess.run(words, check=True, capture_output=True).stdout


def check(rows: list[Row], folder: Path) -> tuple[list[str], Counter[str]]:
    """Code the reports three times; return the faults found and the counts of what was followed."""
    path, counts, faults, lines = folder / "reports.jsonl", Counter[str](), [], []
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for row, coded in zip(rows, code_all(path), strict=True):
        if not isinstance(coded, Coded):
            faults.append(f"{row['id']}: not read: {coded}")
            continue
        line = coded.json()
        lines.append(line + "\n")
        counts["reports"] += 1
        counts["claims"] += len(coded.claims)
        found = [*faults_in_records(coded, counts), *faults_in_json(line, counts)]
        faults += [f"{row['id']}: {fault}" for fault in found]
    first = "".join(lines).encode()
    for workers in (1, 2):
        again = command(path, workers)
        counts[f"bytes, {workers} process{'es'[: 2 * (workers > 1)]}"] = len(again)
        if again != first:
            pairs = zip(first.splitlines(), again.splitlines(), strict=False)
            differing = [number for number, (one, other) in enumerate(pairs) if one != other]
            where = rows[differing[0]]["id"] if differing else f"{len(first)} and {len(again)} bytes"
            faults.append(f"{workers} process(es) give other bytes: {len(differing)} reports, first {where}")
    return faults, counts


def main() -> int:
    """Print counts and faults; the exit status is 1 where there is a fault."""
    parser = argparse.ArgumentParser(description="Every offset, and identical bytes, over real reports.")
    parser.add_argument("--corpora", default=os.environ.get("DATELINE_CORPORA", ""))
    parser.add_argument("--reports", type=int, default=MOST)
    options = parser.parse_args()
    rows = reports(Path(options.corpora or "absent"), options.reports)
    if not rows:
        print("offsets: no corpora, skipped (give --corpora or set DATELINE_CORPORA)", file=sys.stderr)
        return 0
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        faults, counts = check(rows, Path(folder))
    sources = Counter(row["id"].split()[0] for row in rows)
    print(f"dateline {dateline.__version__}: {len(rows)} reports ({', '.join(f'{n} {s}' for s, n in sources.items())})")
    for what, count in counts.items():
        print(f"  {what:20} {count:9}")
    print(f"{len(faults)} faults in three runs, {time.perf_counter() - begun:.0f} s")
    print(*faults[:SHOWN], sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
