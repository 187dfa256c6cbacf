"""What happened: predicates, their participants, their status, and what is counted."""

from dateline.coding.stage import Coding

__all__ = ["Coding"]
