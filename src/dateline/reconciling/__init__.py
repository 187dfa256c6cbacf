"""Claims of many reports made into events with their accounts.

The way: claims of one report become tellings; tellings of different reports are compared and joined where
they are probably of one incident; each event then holds its accounts, value beside value, with who gives them.
"""

from dateline.reconciling.events import event_of, events_of, made_of
from dateline.reconciling.gathering import Gathering
from dateline.reconciling.judged import Judged

__all__ = ["Gathering", "Judged", "event_of", "events_of", "made_of"]
