"""Names: the people, organisations, documents and groups of a text, and who a source is."""

from .speakers import Speaker, speakers_of

__all__ = ["Speaker", "speakers_of"]
