"""Dataset files: the decoded text as it came, the one file of a ZIP unpacked."""

from __future__ import annotations

import io
import re
import zipfile

from etl.model import Document, Kind
from etl.read.decode import MAX_TEXT, NotText, decode
from etl.read.page import identity, unreadable

WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|title|meta|script|a|p|div|h1|br)\b", re.IGNORECASE)


def dataset(body: bytes, *, url: str = "", content_type: str = "") -> Document:
    """Return a data file as a document of kind `dataset`; kind `unreadable`, with the evidence, when it is none.

    A ZIP must hold one file. Line ends become "\\n"; everything else stays as it came.
    """
    try:
        name, data = _unzipped(body)
        text = decode(data, content_type).replace("\r\n", "\n").replace("\r", "\n")
    except (NotText, zipfile.BadZipFile, RuntimeError, NotImplementedError) as wrong:
        return unreadable(body, url, "", f"no data file: {wrong}")
    if WEB_PAGE.match(text):
        return unreadable(body, url, "", f"a web page came instead of data, beginning {text.strip()[:80]!r}")
    document_id, digest = identity(body, url)
    lines = text.count("\n") + (not text.endswith("\n"))
    return Document(
        document_id=document_id,
        lang="en",
        text=text,
        kind=Kind.DATASET,
        url=url,
        digest=digest,
        evidence=f"{name + ': ' if name else ''}{lines} lines, the first {text[:60].splitlines()[0]!r}",
    )


def _unzipped(body: bytes) -> tuple[str, bytes]:
    """Return the name and bytes of the only file in a ZIP; other bytes as they are.

    Raises:
        NotText: The ZIP holds no file, several, or one that unpacks to more than 64 MB.
    """
    if not body.startswith(b"PK\x03\x04"):
        return "", body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        files = [entry for entry in packed.infolist() if not entry.is_dir()]
        if len(files) != 1:
            raise NotText(f"a ZIP of {len(files)} files; want one ({', '.join(file.filename for file in files[:5])})")
        if files[0].file_size > MAX_TEXT:
            raise NotText(f"a ZIP whose {files[0].filename} holds {files[0].file_size} bytes; the limit is {MAX_TEXT}")
        return files[0].filename, packed.read(files[0])
