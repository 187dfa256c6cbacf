"""The JSON of claims and events, packed: most of it is the names of its fields, which a dictionary holds once.

A desk keeps the dictionaries with which it was made, so that a later version may have better ones.
"""

from __future__ import annotations

import tomllib
import zlib
from importlib import resources

from dateline.records import DeskError

_RAW = -15  # deflate without header and checksum: the database has its own
_LEVEL = 6


def dictionaries() -> dict[str, str]:
    """Return the dictionaries of new desks, by the kind of body."""
    held = tomllib.loads((resources.files("dateline.store") / "dictionaries.toml").read_text("utf-8"))
    return {kind: "".join(part["pieces"]) for kind, part in held.items() if kind != "about"}


class Packer:
    """Packs bodies of one kind and unpacks them."""

    def __init__(self, dictionary: str) -> None:
        self.dictionary = dictionary.encode()

    def pack(self, body: bytes) -> bytes:
        """Return the body packed; the same bytes for the same body."""
        packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 8, zlib.Z_DEFAULT_STRATEGY, self.dictionary)
        return packing.compress(body) + packing.flush()

    def unpack(self, packed: bytes) -> bytes:
        """Return the body. Raises DeskError where it is damaged."""
        try:
            return zlib.decompressobj(_RAW, self.dictionary).decompress(packed)
        except zlib.error as error:
            raise DeskError(f"a body cannot be unpacked ({error}). See what dateline doctor DESK says") from error
