"""Who says it: cues, quotations, speakers, channels, and the chain from speaker to outlet."""

from dateline.attribution.stage import Attributing

__all__ = ["Attributing"]
