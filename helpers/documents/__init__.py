"""Documents: files in many formats become one table, and what could not be read another.

The *documents* table is where every analysis starts.  Its index `doc` is made from a file's path
below the folder that was asked for, so the same folder gives the same names on every machine.
"""

from .beside import FORMULA_STARTS, OWN_FILES, bare, beside, own_csv, safe
from .clean import clean, decode
from .language import english, language_name
from .load import DOCUMENT_COLUMNS, Problems, load
from .model import PROJECT, KitError, check_size
from .places import resolve, sources
from .readers import READERS

__all__ = [
    "DOCUMENT_COLUMNS", "FORMULA_STARTS", "OWN_FILES", "PROJECT", "READERS", "KitError",
    "Problems", "bare", "beside", "check_size", "clean", "decode", "english", "language_name",
    "load", "own_csv", "resolve", "safe", "sources",
]  # fmt: skip
