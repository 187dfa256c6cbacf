"""Parses kept on disk between runs of the benchmarks: spaCy is most of the time, and its result is the same.

A parse is kept under the hash of the texts that go into spaCy, of the model, and of the source that makes
the parse from them; a change of any of them parses anew. Never used where speed is measured.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
import platformdirs

import dateline.language
from dateline.assembly import load_pipeline
from dateline.language import Parsing
from dateline.pipeline import Pipeline
from dateline.records import Dossier, Parse, Record, Stage

_DECODER = msgspec.msgpack.Decoder(Parse)


@functools.cache
def _source() -> bytes:
    folder = Path(dateline.language.__file__).parent
    digest = hashlib.sha256()
    for name in ("model.py", "parsing.py", "mending.py", "view.py"):
        digest.update((folder / name).read_bytes())
    for name in ("lemmas.tsv", "joined_names.toml", "joined_names.py"):
        digest.update((folder.parent / "knowledge" / name).read_bytes())
    return digest.digest()


class KeptParsing:
    """The stage of parsing with its results kept on disk."""

    def __init__(self, stage: Parsing, folder: Path) -> None:
        self.stage, self.folder, self.contract = stage, folder, stage.contract
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, dossier: Dossier) -> Iterable[Record]:
        """Return the Parse, from the disk where it is there."""
        digest = hashlib.sha256(_source() + self.stage.model.hash.encode())
        for view in self.stage.views(dossier):
            digest.update(repr((view.text, hashlib.sha256(repr(tuple(view.offsets)).encode()).hexdigest())).encode())
        path = self.folder / digest.hexdigest()[:40]
        if path.is_file():
            return [_DECODER.decode(path.read_bytes())]
        found = list(self.stage(dossier))
        made = path.with_suffix(f".{id(self)}")
        made.write_bytes(msgspec.msgpack.encode(found[0]))
        made.replace(path)
        return found


def kept(stages: Iterable[Stage]) -> list[Stage]:
    """Return the stages with the parses kept in the user's cache folder."""
    folder = platformdirs.user_cache_path("dateline") / "parses"
    return [KeptParsing(stage, folder) if isinstance(stage, Parsing) else stage for stage in stages]


@functools.cache
def pipeline(trained: bool = True) -> Pipeline:
    """Return the whole pipeline with its parses kept."""
    made = load_pipeline(trained=trained)
    return Pipeline(kept(made.stages), made.reads)
