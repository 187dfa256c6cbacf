"""`python -m dateline` does what `dateline` does."""

from dateline.cli import main

if __name__ == "__main__":
    main()
