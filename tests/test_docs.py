"""The documents are true: their Python runs and prints what they show, their links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from sybil import Sybil
from sybil.example import Example
from sybil.parsers.markdown import PythonCodeBlockParser

from dateline.cli.app import command as click_command
from dateline.exporting.table import COLUMNS
from tools import excerpts, fields

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
PYTHON = Sybil(parsers=[PythonCodeBlockParser()])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_blocks() -> list[object]:
    """The Python of the documents that is meant to run, one parameter a document."""
    parsed = [(path, list(PYTHON.parse(path).examples())) for path in PAGES if path.suffix == ".md"]
    return [pytest.param(blocks, id=name(path)) for path, blocks in parsed if blocks]


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("blocks", python_blocks())
def test_python_in_documents_runs_and_prints_what_they_show(
    blocks: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for block in blocks:
        block.evaluate()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{name(path)}: {target}"


def test_field_reference_is_what_the_records_say() -> None:
    assert fields.PATH.read_text(encoding="utf-8") == fields.reference(), "run `make docs`"


@pytest.mark.model
@pytest.mark.gazetteer
@pytest.mark.parametrize("path", excerpts.documents(), ids=name)
def test_excerpts_are_what_the_program_prints(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert excerpts.renewed(text) == text, "run `make docs`"


def test_readme_shows_an_excerpt() -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "<!-- excerpt" in shown
    assert "in words" in shown


def test_codebook_tells_every_flag() -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z-]+)` \|", codebook.partition("## Flags")[2], re.MULTILINE))
    raised = set()
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'\bFlag\(\s*(?:code=)?"([a-z-]+)"', text))
        if "Flag(CODE" in text or "Flag(\n" in text:
            raised |= set(re.findall(r'^CODE = "([a-z-]+)"', text, re.MULTILINE))
    assert raised == told


@pytest.mark.parametrize("kind", sorted(fields.VALUES.keys() - {"BlockKind", "MentionLabel"}))
def test_codebook_tells_every_value(kind: str) -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    missing = [value for value in fields.values(kind) if f"`{value}`" not in codebook]
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_in_code_are_there(path: Path) -> None:
    """Every verb and option that a block of code gives to `dateline` exists, and every target of make."""
    blocks = re.findall(
        r"^```sh\n(.*?)^```|((?:^ {4}\S.*\n)+)", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [line.partition("#")[0].strip() for pair in blocks for line in "".join(pair).splitlines()]
    whole = click_command()
    for line in lines:
        for part in line.split("|"):
            words = shlex.split(part, posix=True) if part.strip().startswith(("dateline", ".venv/")) else []
            if words and words[0].endswith("dateline"):
                check(whole, words[1:], line)
        if found := re.match(r"make ([a-z]+)", line):
            assert re.search(rf"^{found[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), line
        if found := re.match(r"(?:\.venv/bin/)?python -m ((?:benchmarks|tools)\.[a-z_]+)", line):
            assert importlib.util.find_spec(found[1]), line


def check(command: Any, words: list[str], line: str) -> None:
    """Assert that the words are verbs and options of the command."""
    while words and (verbs := getattr(command, "commands", None)) and not words[0].startswith("-"):
        assert words[0] in verbs, line
        command, words = verbs[words[0]], words[1:]
    known = {"--help", "--debug", "-h"}.union(*(parameter.opts for parameter in command.params))
    for word in words:
        if word.startswith("-") and word != "-":
            assert word.split("=")[0] in known, f"{word}: {line}"


def test_guide_tells_every_column() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    missing = [column for column in COLUMNS if f"`{column}`" not in guide]
    assert not missing
