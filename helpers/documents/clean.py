"""Bytes become text, text becomes clean, and what was broken at a width becomes whole again."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache

from ..text.sentences import paragraphs
from .model import PROJECT, KitError, words

BYTE_ORDER_MARKS = {
    "utf-8": (codecs.BOM_UTF8,),
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
BEYOND_ASCII = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}|([\x80-\xff])"
)
STRAY_QUOTE = re.compile(rb"(?<![\x80-\xff])[\x91-\x97](?![\x80-\xff])")  # of cp1252, in UTF-8
MAC_QUOTES = re.compile(rb"[A-Za-z]\xd5[a-z]\b|[\s(]\xd2\w|[.,!?\w]\xd3(?=[\s.,;)]|$)")
ABOVE_ASCII = re.compile(rb"[\x80-\xff]+")
LINE_END = re.compile(r"\r\n|[\r\x0b\x85\u2028]")
PARAGRAPH_END = re.compile("[\x0c\u2029]")
# soft hyphen, zero-width space and joiners, byte order mark, direction marks, control codes
UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    "|(?<=[\x00-\u024f])[\u200c\u200d]"
)
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # of ASCII: what is not left as it is
BROKEN = re.compile("[\ud800-\udfff]")  # half a character
WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
CUT = re.compile(r"(?:[^\W_]+-)+$")  # "ferry com-", "his mother-in-"
SUSPENDED = frozenset("and or nor to but versus".split())  # short- and long-term
BEFORE, AFTER = frozenset(words("no_word_before")), frozenset(words("no_word_after"))
ENDINGS = words("endings")


def decode(data: bytes, *, stated: str = "") -> tuple[str, str]:
    """The text of a file's bytes and the encoding that was taken for it, by rule.

    A byte order mark decides; then UTF-8, if it fits; then what is `stated`, if it fits; then
    UTF-8 that all but fits because the file was cut or patched; then UTF-16 without a mark, by its
    zero bytes; then, by what stands above ASCII, Mac Roman (its curly quotation marks), cp1252
    (letters with accents, which stand alone), cp1251 or KOI8-R (Cyrillic words).
    Bytes that the encoding does not know become U+FFFD.  Does not know encodings of East Asia.

    stated : what the document says of its encoding; for "iso-8859-1" cp1252 is taken, as browsers
        do, since it has quotation marks where the former has nothing.

    Raises KitError when words are in none of these encodings.

    >>> decode("Алимов".encode("cp1251"))
    ('Алимов', 'cp1251')
    """
    for name, marks in BYTE_ORDER_MARKS.items():
        if data.startswith(marks):
            return data.decode(name, errors="replace").lstrip("\ufeff"), name
    try:
        if b"\x00" not in data:
            return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    with suppress(LookupError, UnicodeDecodeError):
        name = codecs.lookup(stated).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if not name.startswith("utf"):  # those show by themselves
            return data.decode(name), name
    name = guess_encoding(data)
    if name == "utf-8":
        data = STRAY_QUOTE.sub(lambda found: found[0].decode("cp1252").encode(), data)
    return data.decode(name, errors="replace"), name


def guess_encoding(data: bytes) -> str:
    """The encoding of bytes that are not UTF-8 throughout and have no byte order mark.

    Raises KitError when it is none that `decode` knows.
    """
    if zeros := data.count(0):
        for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if data[at::2].count(0) > 0.9 * zeros and zeros > max(3, len(data) / 4):
                return name
    lone = BEYOND_ASCII.findall(data)  # empty where bytes are a letter of UTF-8
    if lone.count(b"") > len(lone) / 2:
        return "utf-8"
    if len(MAC_QUOTES.findall(data)) > 0.3 * len(lone):
        return "mac-roman"
    runs = [len(run) for run in ABOVE_ASCII.findall(data)]
    if sum(run for run in runs if run > 2) <= 0.5 * sum(runs):
        return "cp1252"
    koi8 = len(re.findall(rb"[\xc0-\xdf]", data))  # lower case in KOI8-R, upper case in cp1251
    cp1251 = len(re.findall(rb"[\xe0-\xff]", data))  # and the other way round
    if max(koi8, cp1251) > 0.6 * sum(runs):
        return "koi8-r" if koi8 > cp1251 else "cp1251"
    raise KitError("in an encoding that is not known — open it and save it as UTF-8")


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
    if not (before + after).isalpha():  # 3-year-old, COVID-19
        return True
    whole = _is_word((before + after).lower())
    one, other = before.lower(), after.lower()
    if after[0].isupper():  # Asia-Pacific, GOVERN-MENT
        return not (before.isupper() and after.isupper() and whole)
    if before.isupper() and len(before) > 1:  # US-led
        return True
    if whole:
        return False
    if one[-1] == other[0] and other[0] in "aeiou":  # re-elected
        return True
    both = {one, other} <= _english()  # mother-in-law
    return both and other not in AFTER and (one not in BEFORE or before != first)


def _is_word(word: str) -> bool:
    stems = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending)]
    return not _english().isdisjoint([word, *stems])


@cache
def _english() -> frozenset[str]:
    """21,000 English words: those that the language model's tokenizer knows as a whole."""
    file = PROJECT / "helpers" / "models" / "reader.tokenizer.json"
    return frozenset(filter(str.isalpha, json.loads(file.read_text("utf-8"))["model"]["vocab"]))
