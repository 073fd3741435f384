"""Terms: their frequency, company, contexts and dispersion."""
from .counts import (
    collocations,
    count_terms,
    count_words,
    log_likelihood,
    stop_words,
)
from .places import concordance, cooccurrence, cooccurrence_matrix, dispersion

__all__ = ["collocations", "concordance", "cooccurrence", "cooccurrence_matrix", "count_terms",
           "count_words", "dispersion", "log_likelihood", "stop_words"]
