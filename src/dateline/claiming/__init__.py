"""From predications, places, times and attributions to claims; which of them cannot both hold."""

from dateline.claiming.stage import Claiming

__all__ = ["Claiming"]
