"""Build the starter archives from the pages: `python -m etl.starter.build`. The same pages give the same bytes.

Each sample becomes `etl/starter/<source>.warc.gz`, which its source file under `etl/sources/` names.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.starter import listing

log = logging.getLogger(__name__)
REASONS = {200: "OK", 404: "Not Found"}


def warc(source: str) -> bytes:
    """Return a sample's pages as a compressed WARC file, its records dated by `fetched_at`."""
    pages = listing.pages(source)
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    info = writer.create_warcinfo_record(f"{source}.warc.gz", {"software": "Streamledger", "isPartOf": "starter"})
    info.rec_headers.replace_header("WARC-Date", f"{pages[0].fetched_at:%Y-%m-%dT%H:%M:%SZ}")
    info.rec_headers.replace_header("WARC-Record-ID", _record_id(source))
    writer.write_record(info)
    for page in pages:
        body = page.body
        moment = f"{page.fetched_at:%Y-%m-%dT%H:%M:%SZ}"
        headers = [("Content-Type", page.content_type), ("Content-Length", str(len(body)))]
        record = writer.create_warc_record(
            page.url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type="application/http; msgtype=response",
            warc_headers_dict={
                "WARC-Date": moment,
                "WARC-Record-ID": _record_id(f"{page.url} {moment}"),
                "WARC-Payload-Digest": f"sha256:{hashlib.sha256(body).hexdigest()}",
            },
            http_headers=StatusAndHeaders(f"{page.status} {REASONS[page.status]}", headers, protocol="HTTP/1.1"),
        )
        writer.write_record(record)
    return out.getvalue()


def build(folder: Path = listing.FOLDER) -> list[Path]:
    """Write every sample's archive into the folder and return the files."""
    written = []
    for source in listing.names():
        path = folder / f"{source}.warc.gz"
        path.write_bytes(warc(source))
        log.info("%s: %d pages, %d bytes", path.name, len(listing.pages(source)), path.stat().st_size)
        written.append(path)
    return written


def _record_id(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    build()
