"""Bytes become text, and text becomes clean: composed, without what nobody sees."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress

from .model import KitError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BEYOND_ASCII = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}|([\x80-\xff])"
)
STRAY_QUOTE = re.compile(rb"(?<![\x80-\xff])[\x91-\x97](?![\x80-\xff])")  # of cp1252, in UTF-8
MAC_QUOTES = re.compile(rb"[A-Za-z]\xd5[a-z]\b|[\s(]\xd2\w|[.,!?\w]\xd3(?=[\s.,;)]|$)")
ABOVE_ASCII = re.compile(rb"[\x80-\xff]+")
CYRILLIC_KOI8 = re.compile(rb"[\xc0-\xdf]+")  # lower case in KOI8-R, upper case in cp1251
CYRILLIC_1251 = re.compile(rb"[\xe0-\xff]+")  # and the other way round
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
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
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
    good = bad = 0
    for found in BEYOND_ASCII.finditer(data):
        bad += found[1] is not None
        good += found[1] is None
    if good > bad:
        return "utf-8"
    high = good + bad
    if len(MAC_QUOTES.findall(data)) > 0.3 * high:
        return "mac-roman"
    runs = [len(run) for run in ABOVE_ASCII.findall(data)]
    if sum(run for run in runs if run > 2) <= 0.5 * sum(runs):
        return "cp1252"
    koi8 = sum(map(len, CYRILLIC_KOI8.findall(data)))
    cp1251 = sum(map(len, CYRILLIC_1251.findall(data)))
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
