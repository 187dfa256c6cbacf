"""A desk as files in the shapes that others read.

`export(holdings, format, path)` writes one; `formats()` lists them. Names of private persons are masked unless the
caller asks otherwise.
"""

from dateline.exporting.desk.formats import BUILT_IN, Exporter, Written, export, formats
from dateline.exporting.desk.holdings import Holdings, Release, Reported
from dateline.exporting.desk.tables import TABLES, Table, table_of

__all__ = [
    "BUILT_IN",
    "TABLES",
    "Exporter",
    "Holdings",
    "Release",
    "Reported",
    "Table",
    "Written",
    "export",
    "formats",
    "table_of",
]
