"""Model cards: what a trained part was trained on, how well it does, and how to train it again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from dateline.knowledge.trained import FOLDER


class Card(msgspec.Struct, frozen=True):
    """A model card.

    `scores` are figures by what they measure, on texts that were not trained on; `sha256` is filled in for
    each file when the card is written.
    """

    name: str
    what: str
    used_by: str
    data: str
    licence: str
    corpus_sha256: str
    texts: int
    examples: int
    features: str
    method: str
    seed: int
    command: str
    scores: Mapping[str, float]
    limits: str
    sha256: Mapping[str, str] = {}


def folder_of(name: str, out: Path | None = None) -> Path:
    """Return the folder of a model, made where it is not there."""
    folder = (out or FOLDER) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_card(card: Card, folder: Path) -> Path:
    """Write card.toml beside the weights in `folder`; return its path."""
    import tomli_w

    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "card.toml"
    }
    path = folder / "card.toml"
    path.write_text(tomli_w.dumps(msgspec.to_builtins(msgspec.structs.replace(card, sha256=hashes))), "utf-8")
    return path
