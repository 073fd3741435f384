"""Terms: their frequency, keyness, company, contexts and dispersion."""
from .counts import collocations, count_terms, keyness, stop_words
from .places import concordance, cooccurrence, dispersion

__all__ = ["collocations", "concordance", "cooccurrence", "count_terms", "dispersion", "keyness",
           "stop_words"]
