"""Datelines: the place, day and agency in front of a story."""

from __future__ import annotations

import re

DATELINE = re.compile(
    r"""(?: [A-Z]{3}[A-Z .'’-]{0,40}                              # PORT SALINE
          | [A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,2}(?=,[ ]\d)     # Lindvar, 20 September
        )
        (?:[,(/][^—–―\n]{0,60}?)?[ ]?                             # , June 3. (AP)
        (?:(?:[—–―]|--)[ ]?|[ ]-[ ])""",
    re.VERBOSE,
)


def dateline_end(text: str, start: int) -> int:
    """Where the dateline that opens a paragraph ends; `start` where there is none.

    >>> dateline_end("PORT SALINE (AP) — It rained.", 0)
    19
    """
    match = DATELINE.match(text, start)
    return match.end() if match else start
