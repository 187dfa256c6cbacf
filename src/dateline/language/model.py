"""Find, verify and load the language model.

The models come as wheels that others uploaded again; only their data folder is used, never their code,
and every file is compared with the SHA-256 pinned in `models.json` before it is loaded.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import warnings
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from dateline.knowledge.joined_names import joined_name
from dateline.records import ModelError


class Pinned(msgspec.Struct, frozen=True):
    """A model that Dateline knows: its level, the package and folder that hold it, and its files' hashes."""

    level: str
    package: str
    folder: str
    version: str
    files: dict[str, str]


class LanguageModel(msgspec.Struct, frozen=True):
    """A loaded model: spaCy's pipeline, its level ("md", "sm", "blank" or a user's name) and a hash.

    `hash` is the SHA-256 over the sorted hashes of its files, "" for a blank pipeline; `note` says why
    it is not the best level, where it is not.
    """

    nlp: Any
    level: str
    name: str
    hash: str
    note: str = ""


def pinned_models() -> tuple[Pinned, ...]:
    """Return the models that Dateline knows, the best first."""
    raw = (resources.files("dateline.language") / "models.json").read_bytes()
    return msgspec.json.decode(raw, type=tuple[Pinned, ...])


def folder_of(model: Pinned) -> Path | None:
    """Return the data folder of a pinned model, or None where its package is not installed."""
    found = importlib.util.find_spec(model.package)
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0]) / model.folder
    return folder if folder.is_dir() else None


def verify(model: Pinned, folder: Path) -> str:
    """Compare every file of the model with its pinned hash and return the hash over all of them.

    Raises ModelError naming the first file that is missing, added or different.
    """
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    present = {name for name in present if "__pycache__" not in name}
    for name in sorted(present ^ set(model.files)):
        what = "is not part of the pinned model" if name in present else "is missing"
        raise ModelError(f"{folder / name}: {what}. Install {model.package.replace('_', '-')} again.")
    for name, expected in model.files.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                raise ModelError(
                    f"{folder / name}: its SHA-256 is not the pinned one."
                    f" Install {model.package.replace('_', '-')} again."
                )
    return hashlib.sha256("".join(sorted(model.files.values())).encode()).hexdigest()


def _load(path: str | Path) -> Any:
    import spacy  # heavy; `dateline --help` and the knowledge do not need it

    with warnings.catch_warnings():
        # The pinned md model was trained with spaCy 3.7; it is tested with the pinned spaCy (see docs/decisions).
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return keep_joined(spacy.load(path, exclude=["senter"]))


def keep_joined(nlp: Any) -> Any:
    """Let the tokeniser of a pipeline keep names such as "Qala-e-Naw" whole, and return the pipeline.

    Split at the hyphens they have a small word of no known part of speech in the middle, and the parser takes
    their ends for two things.
    """
    former = nlp.tokenizer.token_match
    whole = joined_name().fullmatch
    nlp.tokenizer.token_match = whole if former is None else lambda text: whole(text) or former(text)
    return nlp


@functools.cache
def load_model(name: str = "") -> LanguageModel:
    """Load the best model that is installed, or the one named.

    `name` is "" (md, then sm, then blank English), one of "md", "sm", "blank", or the name or path of a
    user's own spaCy pipeline. Raises ModelError where the named one cannot be had or a file differs from
    its pinned hash.
    """
    missing = []
    for model in pinned_models():
        if name not in ("", model.level):
            continue
        folder = folder_of(model)
        if folder is None:
            missing.append(model.package.replace("_", "-"))
            continue
        note = f"{missing[0]} is not installed, so {model.level} was taken" if missing else ""
        digest = verify(model, folder)
        return LanguageModel(_load(folder), model.level, f"{model.folder}", digest, note)
    if name in ("", "blank"):
        import spacy

        nlp = keep_joined(spacy.blank("en"))
        nlp.add_pipe("sentencizer")
        note = f"no model is installed ({', '.join(missing)}): blank English with rules" if missing else ""
        return LanguageModel(nlp, "blank", "blank-en", "", note)
    if missing:
        raise ModelError(f"the model {name!r} is not installed: pip install {missing[0]}")
    try:
        nlp = _load(name)
    except OSError as error:
        raise ModelError(f"{name}: no such spaCy pipeline ({error}). Known names: md, sm, blank.") from error
    return LanguageModel(nlp, name, f"{nlp.meta.get('lang')}_{nlp.meta.get('name')}-{nlp.meta.get('version')}", "")
