"""The gazetteer: names of places and what they mean, in one SQLite file that is built once."""

from dateline.knowledge.gazetteer.builder import build
from dateline.knowledge.gazetteer.location import content_version, default_path
from dateline.knowledge.gazetteer.model import Candidate, Country
from dateline.knowledge.gazetteer.reader import Gazetteer

__all__ = ["Candidate", "Country", "Gazetteer", "build", "content_version", "default_path"]
