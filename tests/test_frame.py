"""The frame of the project: versions agree, nothing is tied to one machine, what is named is there."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

import dateline
from dateline.language.model import folder_of, pinned_models, verify
from tools import lock

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCE = ROOT / "src" / "dateline"
LOCKS = ("run.txt", "dev.txt")
# In parts, so that this file does not name what it looks for.
HOSTS = re.compile("|".join(("pypi" r"\.org", "python" r"hosted", "registry" r"\.npm", "deb" r"\.debian")))
HOME = re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt|mnt)/\w")
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\$", re.MULTILINE)


def tracked() -> list[Path]:
    """The files that git tracks; where there is no git (an archive), all files outside the environment."""
    try:
        found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return [p for p in ROOT.rglob("*") if p.is_file() and not {".git", ".venv"} & set(p.parts)]
    return [path for path in (ROOT / name for name in found.decode().split("\0") if name) if path.is_file()]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def test_no_registry_and_no_path_of_one_machine_is_named() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked()
        for found in (*HOSTS.finditer(text_of(path)), *HOME.finditer(text_of(path)))
    ]
    assert not named


def test_only_integration_looks_beside_the_repository() -> None:
    beside = re.compile(r"\.\./" r"shared")
    assert [p.relative_to(ROOT).as_posix() for p in tracked() if beside.search(text_of(p))] in ([], [".ci/run"])


@pytest.mark.parametrize(
    "path",
    sorted(p for p in (SOURCE / "knowledge").rglob("*") if p.suffix in (".toml", ".tsv") and p.name != "card.toml"),
    ids=lambda p: p.relative_to(SOURCE / "knowledge").as_posix(),
)
def test_knowledge_names_its_source_and_licence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        about = tomllib.loads(text)["about"]
    else:
        head = [line[1:].partition(":") for line in text.splitlines()[:8] if line.startswith("#")]
        about = {name.strip(): value.strip() for name, _, value in head}
    assert all(about.get(name) for name in ("name", "source", "licence", "version"))


def test_versions_agree() -> None:
    version = PROJECT["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+) \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert dateline.__version__ == version
    assert metadata.version("dateline") == version
    assert citation["version"] == version
    assert newest.groups() == (version, citation["date-released"].isoformat())
    assert citation["license"] == PROJECT["project"]["license"] == "Apache-2.0"


def test_licence_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert "GeoNames" in notice
    assert "Made with Natural Earth" in notice


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(text_of(path)))


def test_every_package_folder_is_a_package() -> None:
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").is_file()]


@pytest.mark.parametrize("group", ["dateline.stages", "dateline.readers"])
def test_entry_points_load(group: str) -> None:
    wanted = PROJECT["project"]["entry-points"].get(group, {})
    found = {entry.name: entry for entry in metadata.entry_points(group=group)}
    assert wanted.keys() <= found.keys(), "install again: make dev"
    for entry in found.values():
        assert callable(entry.load())


def test_the_command_is_installed() -> None:
    (entry,) = metadata.entry_points(group="console_scripts", name="dateline")
    assert callable(entry.load())


@pytest.mark.model
@pytest.mark.parametrize("model", pinned_models(), ids=lambda model: model.level)
def test_installed_models_are_the_pinned_ones(model: object) -> None:
    from dateline.language.model import Pinned

    assert isinstance(model, Pinned)
    folder = folder_of(model)
    assert folder is not None, f"{model.package} is not installed: make dev"
    assert len(verify(model, folder)) == 64
    assert metadata.version(model.package) == model.version


def test_models_are_pinned_to_one_version_and_hash() -> None:
    locked = "".join((ROOT / "requirements" / name).read_text(encoding="utf-8") for name in LOCKS)
    for model in pinned_models():
        assert f"{model.package.replace('_', '-')}=={model.version} \\" in locked
    # The wheels' own hashes, as they were when their files were looked at.
    assert "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5" in locked
    assert "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in locked


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert lines
    assert len(PINNED.findall(text)) == len(lines)
    assert text.count("--hash=sha256:") >= len(lines)


def test_locks_hold_what_the_project_asks_for() -> None:
    pinned = {name: dict(PINNED.findall((ROOT / "requirements" / name).read_text("utf-8"))) for name in LOCKS}
    asked = {"run.txt": PROJECT["project"]["dependencies"], "dev.txt": lock.dev_requirements()}
    for file, requirements in asked.items():
        names = {re.split(r"[^A-Za-z0-9._-]", one)[0].lower().replace("_", "-") for one in requirements}
        assert names <= pinned[file].keys(), f"{file}: run `make lock`"
    both = pinned["run.txt"].keys() & pinned["dev.txt"].keys()
    assert not [name for name in both if pinned["run.txt"][name] != pinned["dev.txt"][name]]
    heavy = {"torch", "tensorflow", "transformers", "jax"}
    assert not heavy & (pinned["run.txt"].keys() | pinned["dev.txt"].keys())


def test_import_is_quick_and_loads_nothing_heavy() -> None:
    code = "import sys, dateline; print(sorted({'spacy', 'numpy', 'trafilatura', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_layers_name_every_package() -> None:
    (layers,) = (c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    listed = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
    here = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert listed == here - {"__init__", "__main__", "__pycache__"}
    for name in listed:
        assert importlib.util.find_spec(f"dateline.{name}")
