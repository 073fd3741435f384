"""Checking: samples of rows, what people say of them, tables with that in them, error rates.

    rows = sample(quotes, documents)        a notebook shows each in its passage
    check_rows(rows, "seeds", who="Ann")    by mouse and keyboard; or save_sheet and read_sheet
    corrected(quotes, documents, "seeds")   the table with the corrections in it
    error_rates(quotes, documents, "seeds")
    import_xmi("back.zip", "exported", documents, "seeds")    what was corrected in INCEpTION

What people say lies in `corrections.csv` beside the documents: see `corrections`.
"""

from .corrections import add_corrections, read_corrections, table_name, text_sha256
from .inception import FACTS, TYPES, import_xmi, marked, plain
from .merge import corrected
from .rates import agreement, error_rates
from .sample import check_rows, judged, read_sheet, sample, save_sheet

__all__ = [
    "FACTS", "TYPES", "add_corrections", "agreement", "check_rows", "corrected", "error_rates",
    "import_xmi", "judged", "marked", "plain", "read_corrections", "read_sheet", "sample",
    "save_sheet", "table_name", "text_sha256",
]  # fmt: skip
