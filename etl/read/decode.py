"""Bytes to characters: compression, byte order marks, what the header and the page declare, and what the bytes show."""

from __future__ import annotations

import codecs
import re
import zlib

SNIFF = 4096  # bytes in which a page declares its encoding
MAX_TEXT = 64_000_000  # bytes after decompression; more is refused
DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# browsers read these labels as windows-1252: what is called Latin-1 on the web usually holds its dashes and quotes
WINDOWS = {"ascii", "iso8859-1", "iso8859-15-windows", "latin-1", "cp1252"}
MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"RIFF", "a RIFF file (image, sound or film)"),
    (b"\x00\x00\x00", "a film or another binary file"),
)


class NotText(ValueError):
    """The bytes are no text; the message says what they are."""


def decode(body: bytes, content_type: str = "") -> str:
    """Return the characters of a body, without byte order mark.

    Raises:
        NotText: The body is empty, an image, a PDF, broken compression, or larger than 64 MB once unpacked.
    """
    data = decompress(body)
    if not data.strip():
        raise NotText(f"an empty body ({len(body)} bytes)")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise NotText(f"{name} instead of text ({len(data)} bytes)")
    text = _decoded(data, content_type)
    if text[:SNIFF].count("\x00") > 8:
        raise NotText(f"binary data instead of text ({len(data)} bytes, beginning {data[:8]!r})")
    text = text.replace("\x00", "")
    if not text.strip():
        raise NotText(f"a body of nothing but noughts ({len(data)} bytes)")
    return text


def decompress(body: bytes) -> bytes:
    """Return a body without gzip, even a truncated one.

    Raises:
        NotText: It begins as gzip and cannot be unpacked, or unpacks to more than 64 MB.
    """
    data = body
    for _ in range(2):  # a server that compresses a file which is compressed already
        if not data.startswith(b"\x1f\x8b"):
            break
        try:
            unpacked = zlib.decompressobj(wbits=31).decompress(data, MAX_TEXT + 1)
        except zlib.error as wrong:
            raise NotText(f"broken gzip data ({wrong})") from wrong
        if len(unpacked) > MAX_TEXT:
            raise NotText(f"gzip data of more than {MAX_TEXT} bytes")
        data = unpacked
    return data


def _decoded(data: bytes, content_type: str) -> str:
    declared = _declared(data, content_type)
    if declared and declared.startswith(("iso2022", "hz", "utf-16", "utf-7")):
        return data.decode(declared if declared != "utf-7" else "ascii", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    good = len(MULTIBYTE.findall(data))
    stray = sum(byte >= 0x80 for byte in MULTIBYTE.sub(b"", data))
    if good > stray and declared in (None, "utf-8", *WINDOWS):
        return data.decode("utf-8", errors=MIXED)
    if declared and declared not in WINDOWS and declared != "utf-8":
        return data.decode(declared, errors="replace")
    return data.decode("cp1252", errors=C1)


def _declared(data: bytes, content_type: str) -> str | None:
    """Return Python's name of the encoding declared by the header, else by the page."""
    header = HEADER.search(content_type)
    page = DECLARED.search(data[:SNIFF])
    for label in (header and header[1], page and page[1].decode("ascii", errors="replace")):
        try:
            if label:
                return codecs.lookup(label).name
        except LookupError:
            continue
    return None


def _one_by_one(encoding: str) -> str:
    """Register the error handler that reads bytes at fault as windows-1252, else as Latin-1; return its name."""

    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        wrong = error.object[error.start : error.end]
        text = wrong.decode("latin-1") if encoding == "cp1252" else wrong.decode("cp1252", errors="replace")
        return text, error.end

    name = f"streamledger.{encoding}"
    codecs.register_error(name, handler)
    return name


MIXED = _one_by_one("utf-8")
C1 = _one_by_one("cp1252")
