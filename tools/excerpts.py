"""Write the excerpts of sheets that the documents show, from the program as it is.

python -m tools.excerpts            write them
python -m tools.excerpts --check    exit 1 where one is not what the program prints

A comment `<!-- excerpt EXAMPLE: WORD, WORD@2 -->` stands before a block of code; the block shows the claims
of that open example whose triggers are these words (the second one with that word), each under who says it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import dateline
from benchmarks.examples import load
from dateline.exporting.sheet import one_claim
from dateline.exporting.wording import Look

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 88
_MARK = re.compile(r"<!-- excerpt (?P<name>[\w-]+): (?P<words>[^>]+) -->\n```text\n.*?```\n", re.DOTALL)


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


def renewed(text: str) -> str:
    """Return a document with its excerpts as the program prints them now."""
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
