"""When: time expressions as intervals with granularity and anchor, and the time of each predicate."""

from dateline.dating.stage import Dating
from dateline.dating.tagger import TimeTagger

__all__ = ["Dating", "TimeTagger"]
