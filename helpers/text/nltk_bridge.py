"""Our sentences, words and tags behind NLTK's interfaces, for whoever goes on with NLTK.

Apart from `tokens`, since NLTK takes a second to import that not everybody needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from nltk.tag.api import TaggerI
from nltk.tokenize.api import TokenizerI

from .tagger import tags_of
from .tokens import annotate, split_sentences
from .words import Span, split_words

__all__ = ["NewsSentenceTokenizer", "NewsTagger", "NewsTokenizer"]


class NewsTokenizer(TokenizerI):
    """Our words behind NLTK's tokenizer interface."""

    def tokenize(self, s: str) -> list[str]:
        return list(annotate(s).words)

    def span_tokenize(self, s: str) -> Iterator[Span]:
        yield from split_words(s)


class NewsSentenceTokenizer(TokenizerI):
    """Our sentences behind NLTK's tokenizer interface."""

    def tokenize(self, s: str) -> list[str]:
        return [s[start:end] for start, end in split_sentences(s)]

    def span_tokenize(self, s: str) -> Iterator[Span]:
        yield from split_sentences(s)


class NewsTagger(TaggerI):
    """Our universal part-of-speech tags behind NLTK's tagger interface."""

    def tag(self, tokens: list[str]) -> list[tuple[str, str]]:
        return list(zip(tokens, tags_of(list(tokens), [(0, len(tokens))]), strict=True))

    def tag_sents(self, sentences: list[list[str]]) -> list[list[tuple[str, str]]]:
        sizes = [len(sentence) for sentence in sentences]
        bounds = [(sum(sizes[:k]), sum(sizes[: k + 1])) for k in range(len(sizes))]
        tags = tags_of(list(chain.from_iterable(sentences)), bounds)
        return [
            list(zip(sentence, tags[start:end], strict=True))
            for sentence, (start, end) in zip(sentences, bounds, strict=True)
        ]
