"""The command `ccmeet`, also as `python -m ccmeet`.

Before all else is imported it looks whether a build has anything to do.
"""

import sys
from typing import NoReturn

from ccmeet.fresh import told_fresh


def main() -> NoReturn:
    """Run the command line; exit with its code."""
    arguments = sys.argv[1:]
    if said := told_fresh(arguments):
        sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        sys.stderr.write(said)
        sys.exit(0)
    from ccmeet.cli import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
