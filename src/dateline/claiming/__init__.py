"""From predications, places, times and attributions to claims; which of them cannot both hold, and how sure each is."""

from dateline.claiming.gist import ClassModel
from dateline.claiming.second import SecondReading
from dateline.claiming.stage import Claiming

__all__ = ["Claiming", "ClassModel", "SecondReading"]
