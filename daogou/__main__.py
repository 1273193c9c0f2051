"""`python -m daogou`."""

import sys

from daogou.cli import main

if __name__ == "__main__":
    sys.exit(main())
