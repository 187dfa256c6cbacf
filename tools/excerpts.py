"""Write the excerpts of sheets that the documents show, from the program as it is.

python -m tools.excerpts            write them
python -m tools.excerpts --check    exit 1 where one is not what the program prints

A comment `<!-- excerpt FILE published=DAY triggers=WORD,WORD -->` stands before a block of code; the block
shows the claims of the file whose triggers are these words, each under who says it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import dateline
from dateline.exporting.sheet import one_claim
from dateline.exporting.wording import Look

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 88
_MARK = re.compile(
    r"<!-- excerpt (?P<file>\S+)(?P<given>(?: \w+=\S+)*) -->\n```text\n(?P<block>.*?)```\n", re.DOTALL
)


def documents() -> list[Path]:
    """Return the documents that may show excerpts."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def excerpt(path: str, triggers: Iterable[str], published: str | None = None) -> str:
    """Return the claims of the report at `path` with these trigger words, as the sheet shows them.

    Raises LookupError where the report has no such claim.
    """
    out = dateline.code(ROOT / path, published=published).out()
    parts = []
    for trigger in triggers:
        found = [n for n, claim in enumerate(out.claims, 1) if claim.event.trigger.text == trigger]
        if not found:
            raise LookupError(f"{path}: no claim has the trigger {trigger!r}; choose another in the document")
        parts.append(one_claim(out, found[0], Look(width=WIDTH)).strip("\n"))
    return "\n\n".join(parts) + "\n"


def renewed(text: str) -> str:
    """Return a document with its excerpts as the program prints them now."""

    def fill(match: re.Match[str]) -> str:
        given = dict(pair.split("=", 1) for pair in match["given"].split())
        made = excerpt(match["file"], given["triggers"].split(","), given.get("published"))
        return f"<!-- excerpt {match['file']}{match['given']} -->\n```text\n{made}```\n"

    return _MARK.sub(fill, text)


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
