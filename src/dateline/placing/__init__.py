"""Places: names of places to entries of the gazetteer, and the place of each predicate."""

from dateline.placing.explaining import Explanation, explain
from dateline.placing.stage import Placing

__all__ = ["Explanation", "Placing", "explain"]
