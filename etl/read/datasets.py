"""Data files, whatever their format: one line a row, cells set apart by tabs.

    TSV                 as it came
    CSV                 quotes resolved, cells trimmed
    XLSX                one sheet after another
    JSON                each list of records in it
    XBRL companyfacts   one document for each filing
    XML and the rest    as it came

Each may come packed (gzip), and each but a workbook as the only file of a ZIP.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from etl.model import Document, Kind
from etl.read import companyfacts, records, sheets, workbook
from etl.read.decode import MAX_TEXT, NotText, decode, decompress
from etl.read.page import identity, unreadable
from etl.read.sheets import Sheet

WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|title|meta|script|a|p|div|h1|br)\b", re.IGNORECASE)


def dataset(body: bytes, *, url: str = "", content_type: str = "") -> list[Document]:
    """Return a data file as documents of kind `dataset`: one, or one for each filing of a company's facts.

    A body that is no data gives one document of kind `unreadable`; its evidence names what came. All have the digest
    of the body, so that each leads back to the file in the archive.
    """
    try:
        data = decompress(body)
        if data.startswith(b"PK\x03\x04"):
            return _packed(body, data, url, content_type)
        return _documents(body, decode(data, content_type), url, "")
    except (NotText, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as wrong:
        return [unreadable(body, url, "", f"no data file: {wrong}")]


def _packed(body: bytes, data: bytes, url: str, content_type: str) -> list[Document]:
    """Return what a ZIP holds: a workbook, or one file.

    Raises:
        NotText: It holds no file, several, or one that unpacks to more than 64 MB.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if workbook.is_workbook(packed):
            found = workbook.sheets(data)
            names = ", ".join(sheet.name for sheet in found)
            return [_laid(body, found, url, f"a workbook of {len(found)} sheets ({names[:80]}): ")]
        files = [entry for entry in packed.infolist() if not entry.is_dir()]
        if len(files) != 1:
            raise NotText(f"a ZIP of {len(files)} files; want one ({', '.join(file.filename for file in files[:5])})")
        if files[0].file_size > MAX_TEXT:
            raise NotText(f"a ZIP whose {files[0].filename} holds {files[0].file_size} bytes; the limit is {MAX_TEXT}")
        return _documents(body, decode(packed.read(files[0]), content_type), url, f"{files[0].filename}: ")


def _documents(body: bytes, text: str, url: str, name: str) -> list[Document]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if WEB_PAGE.match(text):
        raise NotText(f"a web page came instead of data, beginning {text.strip()[:80]!r}")
    if text.lstrip()[:1] in ("{", "["):
        found = records.parse(text)
        if companyfacts.is_companyfacts(found):
            return [
                _laid(body, [filing.sheet], filing.url, name, filing.title, filing.filed)
                for filing in companyfacts.filings(found)
            ]
        return [_laid(body, records.sheets(found), url, f"{name}JSON, ")]
    whole = text if text.lstrip().startswith("<") else sheets.delimited(text)
    if not whole.strip():
        raise NotText(f"{name}nothing in it")
    return [_document(body, whole, url, name)]


def _laid(
    body: bytes, found: Iterable[Sheet], url: str, name: str, title: str | None = None, published: date | None = None
) -> Document:
    """Return sheets as a document; one of several in a file is named by what it says, not by the file.

    Raises:
        NotText: They hold nothing.
    """
    text, blocks = sheets.write(found)
    if not text:
        raise NotText(f"{name}nothing in it")
    document = replace(_document(body, text, url, name), blocks=blocks)
    if not published:
        return document
    own = hashlib.sha256(f"{url}\n{text}".encode()).hexdigest()[:16]
    return replace(document, document_id=own, title=title, published=published, published_from="data")


def _document(body: bytes, text: str, url: str, name: str) -> Document:
    document_id, digest = identity(body, url)
    lines = text.count("\n") + (not text.endswith("\n"))
    return Document(
        document_id=document_id,
        lang="en",
        text=text,
        kind=Kind.DATASET,
        url=url,
        digest=digest,
        evidence=f"{name}{lines} lines, the first {text.lstrip()[:60].splitlines()[0]!r}",
    )
