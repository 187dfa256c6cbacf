"""Write requirements/run.txt and requirements/dev.txt from pyproject.toml: exact versions with their hashes.

python -m tools.lock [--upgrade]

`run.txt` is what the program needs, with what builds it; `dev.txt` what the checks and tests need besides,
held to the versions of `run.txt`. No address of a registry is written: pip's own configuration names it.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
OPTIONS = (
    "--generate-hashes", "--strip-extras", "--allow-unsafe", "--quiet", "--no-header",
    "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-emit-options",
)  # fmt: skip


def dev_requirements() -> list[str]:
    """Return what the tests need besides: the group `dev` and what every extra brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    return [*project["dependency-groups"]["dev"], *(one for extra in extras.values() for one in extra)]


def _compile(source: str, target: str, more: Sequence[str], given: str = "") -> None:
    command = [
        sys.executable,
        "-m",
        "piptools",
        "compile",
        source,
        "-o",
        str(FOLDER / target),
        *OPTIONS,
        *more,
    ]
    subprocess.run(command, input=given, text=True, check=True, cwd=ROOT)


def main(arguments: Sequence[str]) -> int:
    """Write both files."""
    _compile("pyproject.toml", "run.txt", ["--build-deps-for", "editable", *arguments])
    given = "".join(f"{line}\n" for line in dev_requirements())
    _compile("-", "dev.txt", ["-c", "requirements/run.txt", *arguments], given)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
