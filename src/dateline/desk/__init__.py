"""A desk: many reports, one record."""

from dateline.desk.coding import CodedTotals
from dateline.desk.desk import Desk, open_desk
from dateline.desk.ingesting import Added, Progress, Step
from dateline.desk.status import RunStatus, Status

__all__ = ["Added", "CodedTotals", "Desk", "Progress", "RunStatus", "Status", "Step", "open_desk"]
