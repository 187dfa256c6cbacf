"""What is the story, what stands around it, which words are quoted: marked, never deleted."""

from dateline.cleaning.stage import Cleaning

__all__ = ["Cleaning"]
