"""`python -m benchmarks.muc4`: the benchmark, or `--key FILE --answers FILE` for the official report."""

import sys

from benchmarks.muc4.benchmark import run

if __name__ == "__main__":
    sys.exit(run())
