"""`python -m helpers PATH --out DIR`: see `run`."""

import sys

if __name__ == "__main__":
    try:
        from .run.run import main  # takes a second or two, in which somebody may press Ctrl-C

        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
