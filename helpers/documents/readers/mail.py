"""Mail: the message as its reader saw it, its subject, day and sender."""

from __future__ import annotations

import email
import email.policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from ..clean import clean, decode
from ..model import Part, Parts, Source
from .web import parts_of, visible_text

LONGEST_LINE, MOST_LINES = 2000, 500  # of the headers
STUB = 0.5  # words of the plain version to those of the HTML version, below which it is a stub


def read_eml(source: Source) -> Parts:
    """The body of a message; attachments are named, not read.

    Its plain version is read, unless the HTML version says much more: then the plain one is empty
    or a stub such as "View this message in your browser".
    """
    message = email.message_from_bytes(_bounded(source.read()), policy=email.policy.default)
    text, html = (
        _content(body) if (body := message.get_body(preferencelist=(kind,))) is not None else ""
        for kind in ("plain", "html")
    )
    if html and len(text.split()) < STUB * len(visible_text(html).split()):
        text = "\n\n".join(part.text for part in parts_of(html))
    part = Part(clean(text), origin="mail headers")
    part.facts = {
        name: value
        for name, value in (
            ("title", _header(message, "subject")),
            ("date", _day(_header(message, "date"))),
            ("source", _sender(message)),
        )
        if value
    }
    names = [
        attached.get_filename() or attached.get_content_type()
        for attached in message.iter_attachments()
    ]
    if names:
        part.notes.append(
            [
                f"attachments were not read: {', '.join(names[:5])[:200]}",
                "save those that are documents into the folder",
            ]
        )
    yield part


def _bounded(data: bytes) -> bytes:
    """A message with header lines of a bearable length: the parser's time grows with its square."""
    ends = [at for at in (data.find(b"\n\n"), data.find(b"\r\n\r\n")) if at >= 0]
    end = min(ends, default=len(data))
    head = b"\n".join(line[:LONGEST_LINE] for line in data[:end].split(b"\n")[:MOST_LINES])
    return head + data[end:]


def _content(body: EmailMessage) -> str:
    data = body.get_payload(decode=True) or b""
    return decode(data, stated=body.get_content_charset() or "")[0]


def _header(message: EmailMessage, name: str) -> str:
    """A header, decoded with the older parser: the newer one can take minutes for a line."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    try:
        return " ".join(str(make_header(decode_header(raw[:LONGEST_LINE]))).split())
    except (HeaderParseError, LookupError, ValueError):
        return " ".join(raw[:LONGEST_LINE].split())


def _sender(message: EmailMessage) -> str:
    name, _, address = _header(message, "from").partition("<")
    return name.strip(' "') or address.strip(" >")


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
