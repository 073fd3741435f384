"""Doc: a text and what is known of it; each view of it is found once and kept with it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial, update_wrapper
from itertools import chain, islice
from threading import Lock
from typing import Any, Generic, TypeVar

from .lemmas import lemmas_of
from .sentences import paragraphs, sentence_ranges
from .tagger import tags_of
from .words import Span, cut_words

KNOWN = 2_000_000  # letters of the last documents that are remembered, about 40 bytes for each
RECENT = 200_000  # letters of the last documents with their large views, about 430 bytes for each
LEAST = 500  # letters that a document counts for, however short
TOGETHER = 100_000  # letters of the documents that are tagged together
Found = TypeVar("Found")


class Doc:
    """A text with its words; sentences, tags and all other views come when first asked for.

    `words` and the places where they start and end; `views` and `large` keep what the functions
    marked as `view` and `large_view` have found.

    >>> doc = Doc("It grew. He said so.")
    >>> [doc.words[first:after] for first, after in doc.sentences]
    [['It', 'grew', '.'], ['He', 'said', 'so', '.']]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words, self.starts, self.ends = cut_words(text)
        self.views: dict[object, Any] = {}
        self.large: dict[object, Any] = {}

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The characters of each paragraph."""
        return paragraphs(self.text)

    @cached_property
    def _ranges(self) -> tuple[list[Span], list[int]]:
        return sentence_ranges(self)

    @cached_property
    def sentences(self) -> list[Span]:
        """The word numbers of each sentence, the end exclusive."""
        return self._ranges[0]

    @cached_property
    def sentence_paragraph(self) -> list[int]:
        """The paragraph number of each sentence, from 0."""
        return self._ranges[1]

    @cached_property
    def pos(self) -> list[str]:
        """The universal part-of-speech tag of each word."""
        return tags_of(self.words, self.sentences)

    @cached_property
    def lemmas(self) -> list[str]:
        """The dictionary form of each word."""
        return lemmas_of(self.words, self.pos)

    def sentence_span(self, number: int) -> Span:
        """The characters of a sentence."""
        first, after = self.sentences[number]
        return self.starts[first], self.ends[after - 1]


class Last:
    """The last documents, as many as have some number of letters together, and at least one."""

    def __init__(self, most: int) -> None:
        self.most, self.letters = most, 0
        self.docs: OrderedDict[str, Doc] = OrderedDict()
        self.lock = Lock()

    def add(self, doc: Doc) -> None:
        """Make this document the last one; those that go for it lose their large views."""
        with self.lock:
            if doc.text not in self.docs:
                self.letters += max(len(doc.text), LEAST)
            self.docs[doc.text] = doc
            self.docs.move_to_end(doc.text)
            while self.letters > self.most and len(self.docs) > 1:
                _, gone = self.docs.popitem(last=False)
                self.letters -= max(len(gone.text), LEAST)
                gone.large.clear()


known, recent = Last(KNOWN), Last(RECENT)


def doc_of(text: str) -> Doc:
    """The document of a text; the last ones are remembered with all that was found in them.

    >>> doc_of("It grew.") is doc_of("It grew.")
    True
    """
    doc = known.docs.get(text) or Doc(text)
    known.add(doc)
    return doc


class view(Generic[Found]):
    """Makes a function of a document find its result once; then it is kept with the document.

    The function may be given a text, too.  Large views are kept with the last documents of 200,000
    letters only, and of no longer document at all.

    >>> shouted = view(lambda doc: doc.text.upper())
    >>> shouted("It grew."), list(doc_of("It grew.").views.values())
    ('IT GREW.', ['IT GREW.'])
    """

    def __init__(self, find: Callable[[Doc], Found], *, large: bool = False) -> None:
        self.find, self.large = find, large
        update_wrapper(self, find)

    def __call__(self, doc: Doc | str) -> Found:
        doc = doc_of(doc) if isinstance(doc, str) else doc
        if self.large:
            if len(doc.text) > RECENT:
                return self.find(doc)
            recent.add(doc)
        kept = doc.large if self.large else doc.views
        if self not in kept:
            kept[self] = self.find(doc)
        return kept[self]


large_view = partial(view, large=True)


def docs_of(texts: Iterable[str]) -> Iterator[Doc]:
    """The documents of many texts, some of them tagged together, which is faster for short ones.

    Each document is the same as alone: a tag depends on its sentence only.

    >>> [doc.pos for doc in docs_of(["Prices rose.", "So?"])]
    [['NOUN', 'VERB', 'PUNCT'], ['ADV', 'PUNCT']]
    """
    docs: list[Doc] = []
    letters = 0
    for text in texts:
        docs.append(doc_of(text))
        letters += len(text)
        if letters >= TOGETHER:
            yield from _tagged(docs)
            docs, letters = [], 0
    yield from _tagged(docs)


def _tagged(docs: list[Doc]) -> list[Doc]:
    """Gives documents the tags that they would find alone."""
    waiting = [doc for doc in docs if "pos" not in vars(doc)]
    sentences: list[Span] = []
    begun = 0
    for doc in waiting:
        sentences += [(begun + first, begun + after) for first, after in doc.sentences]
        begun += len(doc.words)
    tags = iter(tags_of(list(chain.from_iterable(doc.words for doc in waiting)), sentences))
    for doc in waiting:
        doc.pos = list(islice(tags, len(doc.words)))
    return docs


@view
def split_sentences(doc: Doc) -> list[Span]:
    """The place of each sentence of a document; none runs over the end of a paragraph.

    >>> text = '"Will it work?" Mr. X asked. It did.'
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['"Will it work?" Mr. X asked.', 'It did.']
    """
    return [(doc.starts[first], doc.ends[after - 1]) for first, after in doc.sentences]
