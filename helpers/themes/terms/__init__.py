"""Terms: their company, contexts and dispersion."""

from .counts import collocations, count_words, log_likelihood, npmi, stop_words
from .places import concordance, cooccurrence, cooccurrence_matrix, dispersion

__all__ = [
    "collocations",
    "concordance",
    "cooccurrence",
    "cooccurrence_matrix",
    "count_words",
    "dispersion",
    "log_likelihood",
    "npmi",
    "stop_words",
]
