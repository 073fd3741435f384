"""Ctrl-C while `python -m helpers` is still importing ends it without a traceback.

The first import of the package, for that reason; once there is something to clean up, `runs.run`
takes Ctrl-C over.
"""

import signal
import sys

if sys.argv[:1] == ["-m"] and __package__ in sys.orig_argv:  # until Python has found it
    signal.signal(signal.SIGINT, signal.SIG_DFL)
