"""Quotations: who said what."""

from .attribution import Attribution
from .table import Quote, find_quotes, quotes_in

__all__ = ["Attribution", "Quote", "find_quotes", "quotes_in"]
