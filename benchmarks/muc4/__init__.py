"""MUC-4: the official score over all slots, the score of recent papers over five slots, a naive baseline."""

from benchmarks.muc4.benchmark import BENCHMARK

__all__ = ["BENCHMARK"]
