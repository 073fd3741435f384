"""Bytes become text, text becomes clean, and what was broken at a width becomes whole again."""

from __future__ import annotations

import codecs
import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache

from ..text.sentences import paragraphs
from .model import PROJECT, KitError, pattern, told, words

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
# that English press texts come in; more of them would take short texts for Chinese
ENCODINGS = ["cp1252", "mac_roman", "cp1251", "koi8_r", "utf_16_le", "utf_16_be"]
LINE_END, PARAGRAPH_END, UNSEEN, ODD, BROKEN, WORDS, CUT = map(
    pattern, ("line_end", "paragraph_end", "unseen", "odd", "broken", "words", "cut")
)
SUSPENDED = frozenset("and or nor to but versus".split())  # short- and long-term
ENDINGS, PREFIXES = words("endings"), words("no_word_before")


def decode(data: bytes, *, stated: str = "") -> tuple[str, str]:
    """The text of a file's bytes and the encoding that was taken for it.

    A byte order mark decides; then UTF-8, if it fits; then what is `stated`, if it fits; then
    UTF-8 that all but fits, because the file was cut or patched; then what charset-normalizer finds
    among `ENCODINGS`.  Bytes that the encoding does not know become U+FFFD.  Does not know
    encodings of East Asia.

    stated : what the document says of its encoding; for "iso-8859-1" cp1252 is taken, as browsers
        do, since it has quotation marks where the former has nothing.

    Raises KitError when words are in none of these encodings.

    >>> decode("Алимов".encode("cp1251"))
    ('Алимов', 'cp1251')
    """
    for mark, name in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff"), name
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8"), "utf-8"
    with suppress(LookupError, UnicodeDecodeError):
        name = codecs.lookup(stated).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if not name.startswith("utf"):  # those show by themselves
            return data.decode(name), name
    known = data.decode("utf-8", errors="replace")
    if sum(letter > "\x7f" for letter in known) > 2 * known.count("\ufffd"):
        return known, "utf-8"
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=ENCODINGS).best()
    if found is None:
        raise KitError(told("unknown_encoding"))
    return data.decode(found.encoding, errors="replace"), found.encoding.replace("_", "-")


def clean(text: str) -> str:
    """Text with `\\n` at line ends, composed (NFC), without what is not seen; else unchanged.

    Soft hyphens, zero-width characters, marks of direction and control codes go, a page end is a
    paragraph end.  Quotation marks, dashes and no-break spaces stay as they are.

    >>> clean("co\\u00adope\\u200bration cafe\\u0301\\r\\n“Trade”")
    'cooperation café\\n“Trade”'
    """
    if text.isascii() and not ODD.search(text):
        return text
    text = PARAGRAPH_END.sub("\n\n", LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", BROKEN.sub("\ufffd", UNSEEN.sub("", text)))


def unwrapped(text: str) -> str:
    """A text with each paragraph on one line where its lines were broken at a width, as mail
    programs and agencies break them; any other text is unchanged.

    >>> unwrapped("The ministers of the lakes agreed on\\nroads.\\n\\nIt rained.")
    'The ministers of the lakes agreed on roads.\\n\\nIt rained.'
    """
    pieces, after = [], 0
    known: Counter[str] = Counter()
    for start, end in paragraphs(text) if "\n" in text else []:
        if "\n" in text[start:end]:
            known = known or words_of([text])
            lines = [line.strip() for line in text[start:end].split("\n")]
            pieces += [text[after:start], joined(lines, known)]
            after = end
    return "".join([*pieces, text[after:]])


def words_of(lines: Sequence[str]) -> Counter[str]:
    """How often each word and each compound with hyphens stands in lines, in small letters."""
    return Counter(word.lower() for line in lines for word in WORDS.findall(line))


def joined(lines: Sequence[str], known: Mapping[str, int]) -> str:
    """Lines as one text: a word broken at a line end is whole, a compound keeps its hyphen.

    known : how often the document has each word (`words_of`), whose way of writing a word decides;
        then a list of English words does.

    >>> joined(["A long-", "term plan for trans-", "port, of short-", "and US-", "led work."], {})
    'A long-term plan for transport, of short- and US-led work.'
    """
    pieces = [lines[0]]
    for line in lines[1:]:
        broken, rest = CUT.search(pieces[-1][-60:]), WORDS.match(line)
        if not (broken and rest) or rest[0] in SUSPENDED:
            pieces.append(" ")
        elif not _is_compound(broken[0][:-1], rest[0], known):
            pieces[-1] = pieces[-1][:-1]
        pieces.append(line)
    return "".join(pieces)


def _is_compound(first: str, rest: str, known: Mapping[str, int]) -> bool:
    """Whether a hyphen at a line end belongs to the word: "well-" "known", not "trans-" "port"."""
    apart, together = (known.get(f"{first}{mark}{rest}".lower(), 0) for mark in ("-", ""))
    if apart != together:
        return apart > together
    before, after = first.rpartition("-")[2], rest.partition("-")[0]
    alike = before.isupper() and len(before) > 1 and not after.isupper()  # US-led
    if alike or not (before + after).isalpha() or (after[0].isupper() and not before.isupper()):
        return True  # 3-year-old, COVID-19, Asia-Pacific
    one, other = before.lower(), after.lower()
    stems = [(one + other).removesuffix(ending) for ending in ENDINGS]
    both = one not in PREFIXES and {one, other} <= _english()
    return both and _english().isdisjoint([one + other, *stems])


@cache
def _english() -> frozenset[str]:
    """21,000 English words: those that the language model's tokenizer knows as a whole."""
    file = PROJECT / "helpers" / "models" / "reader.tokenizer.json"
    return frozenset(filter(str.isalpha, json.loads(file.read_text("utf-8"))["model"]["vocab"]))
