"""`python -m ccmeet` is `ccmeet`."""

from ccmeet.cli import main

if __name__ == "__main__":
    main()
