"""Mail: the message as its reader saw it, its subject, day and sender."""

from __future__ import annotations

import email
import email.policy
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from ..clean import clean, decode
from ..model import BOUNDS, Part, Parts, Source, told
from .web import parts_of, visible_text

STUB = 0.5  # words of the plain version to those of the HTML version, below which it is a stub


def read_eml(file: Source) -> Parts:
    """The body of a message; attachments are named, not read.

    Its plain version is read, unless the HTML version says much more: then the plain one is empty
    or a stub such as "View this message in your browser".
    """
    message = email.message_from_bytes(_bounded(file.read()), policy=email.policy.default)
    text, html = (_content(message.get_body(preferencelist=(kind,))) for kind in ("plain", "html"))
    if html and len(text.split()) < STUB * len(visible_text(html).split()):
        text = "\n\n".join(part.text for part in parts_of(html))
    name, _, address = _header(message, "from").partition("<")
    source = name.strip(' "') or address.strip(" >")
    facts = {"title": _header(message, "subject"), "source": source}
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        facts["date"] = parsedate_to_datetime(_header(message, "date")).date().isoformat()
    part = Part(clean(text), facts, "mail headers")
    attached = [one.get_filename() or one.get_content_type() for one in message.iter_attachments()]
    if attached:
        part.notes.append(told("attachments", names=", ".join(attached[:5])))
    yield part


def _bounded(data: bytes) -> bytes:
    """A message with header lines of a bearable length: the parser's time grows with its square."""
    ends = [at for at in (data.find(b"\n\n"), data.find(b"\r\n\r\n")) if at >= 0]
    end = min(ends, default=len(data))
    lines = data[:end].split(b"\n")[: BOUNDS["header_lines"]]
    return b"\n".join(line[: BOUNDS["header_line"]] for line in lines) + data[end:]


def _content(body: EmailMessage | None) -> str:
    data = body.get_payload(decode=True) or b"" if body is not None else b""
    return decode(data, stated=body.get_content_charset() or "")[0] if data else ""


def _header(message: EmailMessage, name: str) -> str:
    """A header, decoded with the older parser: the newer one can take minutes for a line."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    raw = raw[: BOUNDS["header_line"]]
    with suppress(HeaderParseError, LookupError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split())
