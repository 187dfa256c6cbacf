"""A file, page, table, folder or text made into reports."""

from dateline.reading.assembling import identity, make_report
from dateline.reading.drafts import Draft, Failure, Input, Reader
from dateline.reading.masthead import Masthead, masthead
from dateline.reading.reader import read

__all__ = ["Draft", "Failure", "Input", "Masthead", "Reader", "identity", "make_report", "masthead", "read"]
