"""Who says it: cues, quotations, speakers, channels, and the chain from speaker to outlet."""

from dateline.attribution.stage import Attributing
from dateline.attribution.tagging import Tagger

__all__ = ["Attributing", "Tagger"]
