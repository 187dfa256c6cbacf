"""A desk: many reports, one record."""

from dateline.desk.coding import CodedTotals
from dateline.desk.desk import Desk, open_desk
from dateline.desk.ingesting import Added, Progress, Step
from dateline.desk.status import Status

__all__ = ["Added", "CodedTotals", "Desk", "Progress", "Status", "Step", "open_desk"]
