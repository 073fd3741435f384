"""Documents: files in many formats become one table, and what could not be read another.

The *documents* table is where every analysis starts.  Its index `doc` is made from a file's path
below the folder that was asked for, so the same folder gives the same names on every machine.
"""

from .beside import FORMULA_STARTS, OWN_FILES, bare, beside, own_csv, safe
from .clean import clean, decode
from .language import english, language_name
from .load import DOCUMENT_COLUMNS, PROBLEM_COLUMNS, Reading, doc_names, documents_table, load
from .model import PROJECT, KitError, check_size
from .parts import MANIFEST, ORIGIN, PART, Problems, load_parts, read_manifest
from .places import resolve, sources
from .readers import READERS

__all__ = [
    "DOCUMENT_COLUMNS", "FORMULA_STARTS", "MANIFEST", "ORIGIN", "OWN_FILES", "PART",
    "PROBLEM_COLUMNS", "PROJECT", "READERS", "KitError", "Problems", "Reading", "bare", "beside",
    "check_size", "clean", "decode", "doc_names", "documents_table", "english", "language_name",
    "load", "load_parts", "own_csv", "read_manifest", "resolve", "safe", "sources",
]  # fmt: skip
