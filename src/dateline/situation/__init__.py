"""Who holds which place on which day, by whose account: from events to control."""

from dateline.situation.controlling import ASSUMED_BEFORE, controls, namesakes, of_capitals, on_day, timeline
from dateline.situation.units import GazetteerUnits, Units

__all__ = ["ASSUMED_BEFORE", "GazetteerUnits", "Units", "controls", "namesakes", "of_capitals", "on_day", "timeline"]
