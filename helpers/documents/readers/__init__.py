"""Readers: one function for each format, in one table; a new format is one more row."""

from .table import MOST_BYTES, format_of, read

__all__ = ["MOST_BYTES", "format_of", "read"]
