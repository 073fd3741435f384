"""Our sentences, words and tags behind NLTK's interfaces, for whoever goes on with NLTK.

Apart from `tokens`, since NLTK takes a second to import that not everybody needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from nltk.tag.api import TaggerI
from nltk.tokenize.api import TokenizerI

from .doc import split_sentences
from .tagger import tags_of
from .words import Span, split_words


class NewsTokenizer(TokenizerI):
    """Our words behind NLTK's tokenizer interface."""

    def tokenize(self, s: str) -> list[str]:
        return [s[start:end] for start, end in self.span_tokenize(s)]

    def span_tokenize(self, s: str) -> Iterator[Span]:
        yield from split_words(s)


class NewsSentenceTokenizer(NewsTokenizer):
    """Our sentences behind NLTK's tokenizer interface."""

    def span_tokenize(self, s: str) -> Iterator[Span]:
        yield from split_sentences(s)


class NewsTagger(TaggerI):
    """Our universal part-of-speech tags behind NLTK's tagger interface."""

    def tag(self, tokens: list[str]) -> list[tuple[str, str]]:
        return list(zip(tokens, tags_of(list(tokens), [(0, len(tokens))]), strict=True))
