"""Write the excerpts of sheets that the documents show, from the program as it is.

python -m tools.excerpts            write them
python -m tools.excerpts --check    exit 1 where one is not what the program prints

A comment `<!-- excerpt EXAMPLE: WORD, WORD@2 -->` stands before a block of code; the block shows the claims
of that open example whose triggers are these words (the second one with that word), each under who says it.

A comment `<!-- desk: VERB WORD... -->` stands before a block that shows what a verb prints of the desk `af.desk`,
made of some reports of the sample desk. `{PLACE}` stands for the event there that most reports tell of; with
`| head -n N` at the end the block shows the first N lines.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import dateline
from benchmarks.examples import load
from dateline.exporting.sheet import one_claim
from dateline.exporting.wording import Look

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 88
_MARK = re.compile(r"<!-- excerpt (?P<name>[\w-]+): (?P<words>[^>]+) -->\n```text\n.*?```\n", re.DOTALL)

_DESK_MARK = re.compile(r"<!-- desk: (?P<words>[^>]+) -->\n```text\n.*?```\n", re.DOTALL)
_DESK, _REPORTS = "af.desk", "examples/afghanistan-2021/reports"
_FIRST = re.compile(r"(?P<words>.*?)(?: \| head -n (?P<lines>\d+))?$")


def documents() -> list[Path]:
    """Return the documents that may show excerpts."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def excerpt(name: str, words: str) -> str:
    """Return the claims of an open example with these trigger words, as the sheet shows them.

    Raises LookupError where the report has no such claim.
    """
    example = load(ROOT / "examples" / "open" / f"{name}.gold.txt")
    out = dateline.code(example.path, **example.heading.given).out()
    parts = []
    for wanted in words.split(","):
        word, _, which = wanted.strip().partition("@")
        found = [n for n, claim in enumerate(out.claims, 1) if claim.event.trigger.text == word]
        if len(found) < int(which or 1):
            raise LookupError(f"{name}: no claim has the trigger {wanted!r}; choose another in the document")
        parts.append(one_claim(out, found[int(which or 1) - 1], Look(width=WIDTH)).strip("\n"))
    return "\n\n".join(parts) + "\n"


@functools.cache
def desk() -> Path:
    """Return a folder with the desk of the documents, made once: the reports 101 to 109 of the sample desk."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / _REPORTS).mkdir(parents=True)
    for report in sorted((ROOT / _REPORTS).glob("10*.txt")):
        shutil.copy(report, folder / _REPORTS)
    for words in (("init", _DESK), ("add", _DESK, _REPORTS, "--known", "published"),
                  ("code", "--desk", _DESK, "--workers", "1")):  # fmt: skip
        _run(folder, words)
    return folder


def _run(folder: Path, words: Sequence[str]) -> str:
    given = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "dateline", *words]
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        raise LookupError(f"{shlex.join(words)}: {done.stderr.strip()}")
    return done.stdout


@functools.cache
def _event(place: str) -> str:
    """Return the id of the event at a place that most reports tell of. Raises LookupError where there is none."""
    listed = _run(desk(), ("events", _DESK, "--place", place, "--order", "reports", "--descending", "--json"))
    if not listed:
        raise LookupError(f"the desk of the documents has no event in {place}; choose another in the document")
    return str(json.loads(listed.splitlines()[0])["id"])[:8]


@functools.cache
def of_desk(line: str) -> str:
    """Return what a verb prints of the desk, below the command. Raises LookupError where it fails."""
    asked = _FIRST.match(line)
    words = re.sub(r"\{([^}]+)\}", lambda found: _event(found[1]), asked["words"] if asked else line)
    printed = _run(desk(), shlex.split(words)).splitlines()
    first = int(asked["lines"]) if asked and asked["lines"] else len(printed)
    shown = [*printed[:first], *(["..."] if len(printed) > first else [])]
    return "\n".join([f"$ dateline {words}", *shown]) + "\n"


def renewed(text: str) -> str:
    """Return a document with its excerpts as the program prints them now."""
    text = _DESK_MARK.sub(
        lambda found: f"<!-- desk: {found['words']} -->\n```text\n{of_desk(found['words'])}```\n", text
    )
    return _MARK.sub(
        lambda found: (
            f"<!-- excerpt {found['name']}: {found['words']} -->\n"
            f"```text\n{excerpt(found['name'], found['words'])}```\n"
        ),
        text,
    )


def main(arguments: Sequence[str]) -> int:
    """Write the excerpts, or compare them."""
    status = 0
    for path in documents():
        text = path.read_text(encoding="utf-8")
        made = renewed(text)
        if made == text:
            continue
        if "--check" in arguments:
            print(f"{path.name}: an excerpt is not what the program prints: run `make docs`", file=sys.stderr)
            status = 1
        else:
            path.write_text(made, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
