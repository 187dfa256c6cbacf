"""What is the story and what stands around it; which words are quoted. Everything is marked, nothing deleted."""

from dateline.cleaning.stage import Cleaning

__all__ = ["Cleaning"]
