"""`dateline doctor`: what is installed, whether it verifies, and what is missing."""

from __future__ import annotations

import platform
import sqlite3
from contextlib import closing
from importlib import metadata
from pathlib import Path

import msgspec

from dateline.cli.stopping import columns, put
from dateline.records import DatelineError

_TABLES = ("place", "name", "country", "demonym")
_PACKAGES = (
    "spacy",
    "thinc",
    "numpy",
    "msgspec",
    "rapidfuzz",
    "trafilatura",
    "pypdf",
    "py3langid",
    "typer",
    "rich",
)


class ModelFound(msgspec.Struct, frozen=True):
    """A model that Dateline knows: whether it is there, and whether its files are the pinned ones."""

    level: str
    package: str
    installed: bool
    verified: bool
    hash: str = ""
    folder: str = ""
    problem: str = ""


class GazetteerFound(msgspec.Struct, frozen=True):
    """The gazetteer of this version."""

    path: str
    version: str
    built: bool
    rows: dict[str, int] = {}
    problem: str = ""


class KnowledgeFound(msgspec.Struct, frozen=True):
    """The knowledge: its hash and how much there is."""

    hash: str
    counts: dict[str, int] = {}
    problem: str = ""


class TrainedFound(msgspec.Struct, frozen=True):
    """A trained part: what it does, and whether its files are those that its card names."""

    name: str
    what: str
    verified: bool
    problem: str = ""


class Missing(msgspec.Struct, frozen=True):
    """What is missing, and the command that mends it; `needed` where nothing can be coded without it."""

    what: str
    command: str
    needed: bool


class Findings(msgspec.Struct, frozen=True):
    """All that the doctor found."""

    dateline: str
    python: str
    platform: str
    packages: dict[str, str]
    models: list[ModelFound]
    takes: str
    gazetteer: GazetteerFound
    knowledge: KnowledgeFound
    trained: list[TrainedFound]
    stages: list[str]
    readers: list[str]
    missing: list[Missing]


def print_findings(as_json: bool) -> int:
    """Print the findings; return 2 where something needed is missing, else 0."""
    found = examine()
    put(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n" if as_json else _told(found))
    return 2 if any(one.needed for one in found.missing) else 0


def examine() -> Findings:
    """Look at everything that coding needs; raises nothing, a problem is a finding."""
    import dateline

    models, gazetteer, knowledge, trained = _models(), _gazetteer(), _knowledge(), _trained()
    return Findings(
        dateline=dateline.__version__,
        python=f"{platform.python_version()} ({platform.python_implementation()})",
        platform=platform.platform(terse=True),
        packages={name: _version(name) for name in _PACKAGES},
        models=models,
        takes=next((one.level for one in models if one.verified), "blank"),
        gazetteer=gazetteer,
        knowledge=knowledge,
        trained=trained,
        stages=_plugins("dateline.stages"),
        readers=_plugins("dateline.readers"),
        missing=_missing(models, gazetteer, knowledge, trained),
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _models() -> list[ModelFound]:
    from dateline.language.model import folder_of, pinned_models, verify

    found = []
    for model in pinned_models():
        folder = folder_of(model)
        package = model.package.replace("_", "-")
        if folder is None:
            found.append(ModelFound(model.level, package, False, False))
            continue
        try:
            digest = verify(model, folder)
            found.append(ModelFound(model.level, package, True, True, digest, str(folder)))
        except (DatelineError, OSError) as error:
            found.append(ModelFound(model.level, package, True, False, "", str(folder), str(error)))
    return found


def _gazetteer() -> GazetteerFound:
    from dateline.knowledge.gazetteer import Gazetteer, content_version, default_path

    path = default_path()
    try:
        Gazetteer.open()
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            rows = {table: _count(file, table) for table in _TABLES}
    except (DatelineError, sqlite3.Error) as error:
        return GazetteerFound(str(path), content_version(), Path(path).is_file(), {}, str(error))
    return GazetteerFound(str(path), content_version(), True, rows)


def _count(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _knowledge() -> KnowledgeFound:
    from dateline.assembly import knowledge_hash
    from dateline.attribution.lexicon import cues
    from dateline.knowledge.actors import actors
    from dateline.knowledge.light_verbs import light_verbs
    from dateline.knowledge.loading import load_toml
    from dateline.knowledge.nouns import NounFile
    from dateline.knowledge.predicates import predicates
    from dateline.knowledge.statuses import status_cues
    from dateline.knowledge.weapons import weapons

    try:
        counts = {
            "senses": len(predicates()),
            "light verbs": len(light_verbs()),
            "nouns": sum(len(noun.words) for noun in load_toml("nouns.toml", NounFile).noun),
            "status cues": sum(len(cues) for cues in status_cues().values()),
            "weapons": len(weapons()),
            "actors": len(actors().all),
            "attribution cues": sum(len(cue.lemmas) for cue in cues().cue),
        }
    except (DatelineError, OSError) as error:
        return KnowledgeFound("", {}, str(error))
    return KnowledgeFound(knowledge_hash(), counts)


def _trained() -> list[TrainedFound]:
    from dateline.knowledge.trained import installed, verify

    found = []
    for name in installed():
        try:
            found.append(TrainedFound(name, verify(name), True))
        except DatelineError as error:
            found.append(TrainedFound(name, "", False, str(error)))
    return found


def _plugins(group: str) -> list[str]:
    return sorted(
        f"{point.name} = {point.value}" + (f" ({point.dist.name})" if point.dist else "")
        for point in metadata.entry_points(group=group)
    )


def _missing(
    models: list[ModelFound], gazetteer: GazetteerFound, knowledge: KnowledgeFound, trained: list[TrainedFound]
) -> list[Missing]:
    missing = []
    for one in models:
        if one.problem:
            command = f"pip install --force-reinstall {one.package}"
            missing.append(Missing(f"model {one.level}: {one.problem}", command, True))
    if not any(one.verified for one in models):
        missing.append(
            Missing("a language model: blank English reads few claims", f"pip install {models[0].package}", True)
        )
    elif not models[0].installed:
        missing.append(Missing(f"the best model ({models[0].level})", f"pip install {models[0].package}", False))
    if gazetteer.problem:
        force = " --force" if gazetteer.built else ""
        missing.append(Missing("the gazetteer of this version", f"dateline gazetteer build{force}", True))
    if knowledge.problem:
        missing.append(Missing(f"knowledge: {knowledge.problem}", "pip install --force-reinstall dateline", True))
    for part in trained:
        if part.problem:
            again = "pip install --force-reinstall dateline"
            missing.append(Missing(f"trained part {part.name}: {part.problem}", again, True))
    return missing


def _told(found: Findings) -> str:
    """Return the findings as text."""
    import textwrap

    rows = [("dateline", found.dateline), ("Python", f"{found.python} on {found.platform}")]
    rows.append(("packages", ", ".join(f"{name} {version or 'absent'}" for name, version in found.packages.items())))
    for one in found.models:
        state = "not installed"
        if one.installed:
            state = f"verified, {one.hash[:16]}" if one.verified else "NOT the pinned files"
        taken = ", taken" if one.level == found.takes else ""
        rows.append((f"model {one.level}", f"{one.package}: {state}{taken}"))
    held = found.gazetteer
    counts = ", ".join(f"{number:,} {table} rows" for table, number in held.rows.items())
    rows.append(("gazetteer", f"{held.path} (version {held.version}): {counts or held.problem}"))
    counts = ", ".join(f"{number:,} {what}" for what, number in found.knowledge.counts.items())
    rows.append(("knowledge", f"{found.knowledge.hash}: {counts}" if counts else found.knowledge.problem))
    rows += [
        ("trained", f"{part.name}: {'verified' if part.verified else 'NOT the files of its card'}, {part.what}")
        for part in found.trained
    ]
    rows.append(("stages", ", ".join(found.stages) or "none: reinstall dateline"))
    rows.append(("readers", ", ".join(found.readers) or "the built-in ones"))
    lines = []
    for label, words in rows:
        lines += textwrap.wrap(words, columns(), initial_indent=f"{label:<11}", subsequent_indent=" " * 11)
    lines.append("")
    for gap in found.missing:
        lines.append(f"{'MISSING' if gap.needed else 'better'}: {gap.what}. Mend it with: {gap.command}")
    return "\n".join(lines or []) + ("\n" if found.missing else "Nothing is missing.\n")
