"""Quotations: who said what."""

from ..reader import Attribution
from .confidence import reliability
from .table import Quote, find_quotes, quotes_in

__all__ = ["Attribution", "Quote", "find_quotes", "quotes_in", "reliability"]
