"""A small S3 on loopback: keys checked by their signatures, conditional writes, parts, lists by pages; and faults.

What it does is what the library asks for; it holds everything in memory.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

from tests.night import loopback

PAGE = 20  # keys in one answer to a list: several answers are asked for
Fault = Callable[[str, str], tuple[int, str] | None]


@dataclass(frozen=True)
class Stored:
    data: bytes
    etag: str
    at: datetime
    said: dict[str, str]  # x-amz-meta-*


@dataclass
class Server:
    """The buckets, who may ask, and what was asked."""

    key: str = "the-key"
    secret: str = field(default_factory=lambda: uuid.uuid4().hex)
    endpoint: str = ""
    objects: dict[str, dict[str, Stored]] = field(default_factory=dict)
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # method and key
    fault: Fault = field(default=lambda method, key: None)  # (403, "AccessDenied"), (0, "") cuts the answer off
    honours_conditions: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    def environment(self, bucket: str = "ledger") -> dict[str, str]:
        """Return the variables by which a program finds a bucket, which is made."""
        self.objects.setdefault(bucket, {})
        return told(self.endpoint, bucket, self.key, self.secret)


def told(endpoint: str, bucket: str, key: str, secret: str) -> dict[str, str]:
    """Return the variables by which a program finds a bucket of a server."""
    return {
        "STREAMLEDGER_STORE": f"s3://{bucket}/nightly",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
    }


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    with loopback.serving(type("Handler", (_Handler,), {"s3": server})) as server.endpoint:
        yield server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    s3: Server

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer()

    do_HEAD = do_PUT = do_POST = do_GET  # noqa: N815 - names of the library's

    def log_message(self, *words: object) -> None:
        pass

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        _, self.bucket, self.key = (*unquote(parts.path).split("/", 2), "")[:3]
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.s3.lock:
            self.s3.asked.append((self.command, self.key or f"?{self.query.get('prefix', '')}"))
            if wrong := self._refusal(parts.path, parts.query) or self.s3.fault(self.command, self.key):
                self._say(*wrong)
            elif self.bucket not in self.s3.objects:
                self._say(404, "NoSuchBucket")
            else:
                getattr(self, f"_{self.command.lower()}")(self.s3.objects[self.bucket])

    def _refusal(self, path: str, query: str) -> tuple[int, str] | None:
        """Check the signature (version 4) and the digest of the body."""
        said = self.headers.get("Authorization", "")
        fields = dict(part.strip().split("=", 1) for part in said.partition(" ")[2].split(",") if "=" in part)
        if not fields:
            return 403, "AccessDenied"
        key, day, region, service, _ = fields["Credential"].split("/")
        if key != self.s3.key:
            return 403, "InvalidAccessKeyId"
        digest = self.headers["x-amz-content-sha256"]
        names = fields["SignedHeaders"].split(";")
        heads = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names)
        asked = "&".join(sorted(part if "=" in part else f"{part}=" for part in query.split("&") if part))
        whole = "\n".join([self.command, path, asked, heads, ";".join(names), digest])
        scope = f"{day}/{region}/{service}/aws4_request"
        hashed = hashlib.sha256(whole.encode()).hexdigest()
        to_sign = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, hashed])
        signing = b"AWS4" + self.s3.secret.encode()
        for word in (day, region, service, "aws4_request", to_sign):
            signing = hmac.new(signing, word.encode(), hashlib.sha256).digest()
        if signing.hex() != fields["Signature"]:
            return 403, "SignatureDoesNotMatch"
        if digest != hashlib.sha256(self.body).hexdigest():
            return 400, "XAmzContentSHA256Mismatch"
        return None

    def _head(self, objects: dict[str, Stored]) -> None:
        self._get(objects)

    def _get(self, objects: dict[str, Stored]) -> None:
        if not self.key:
            self._list(objects)
            return
        stored = objects.get(self.key)
        if stored is None:
            self._say(404, "NoSuchKey")
        elif self.headers.get("If-Match") not in (None, stored.etag):
            self._say(412, "PreconditionFailed")
        else:
            heads = {"ETag": stored.etag, "Last-Modified": format_datetime(stored.at, usegmt=True), **stored.said}
            self._send(200, stored.data, heads)

    def _put(self, objects: dict[str, Stored]) -> None:
        if "partNumber" in self.query:
            self.s3.uploads[self.query["uploadId"]][int(self.query["partNumber"])] = self.body
            self._send(200, b"", {"ETag": f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()}"'})
            return
        there = objects.get(self.key)
        if self.s3.honours_conditions and (
            (self.headers.get("If-None-Match") == "*" and there)
            or self.headers.get("If-Match") not in (None, there.etag if there else None)
        ):
            self._say(412, "PreconditionFailed")
            return
        said = {name: value for name, value in self.headers.items() if name.lower().startswith("x-amz-meta-")}
        self._send(200, b"", {"ETag": self._store(objects, self.body, said)})

    def _post(self, objects: dict[str, Stored]) -> None:
        if "delete" in self.query:
            keys = re.findall("<Key>(.*?)</Key>", self.body.decode())
            for key in map(unescape, keys):
                self.s3.asked.append(("DELETE", key))
                objects.pop(key, None)
            gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._xml(f"<DeleteResult>{gone}</DeleteResult>")
            return
        if "uploads" in self.query:
            upload = uuid.uuid4().hex
            self.s3.uploads[upload] = {}
            self._xml(f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>")
            return
        parts = self.s3.uploads.pop(self.query["uploadId"])
        etag = self._store(objects, b"".join(parts[number] for number in sorted(parts)), {}, f"-{len(parts)}")
        self._xml(
            f"<CompleteMultipartUploadResult><Bucket>{self.bucket}</Bucket><Key>{escape(self.key)}</Key>"
            f"<ETag>{etag}</ETag></CompleteMultipartUploadResult>"
        )

    def _list(self, objects: dict[str, Stored]) -> None:
        prefix, delimiter = self.query.get("prefix", ""), self.query.get("delimiter", "")
        after = self.query.get("continuation-token", "")
        lines: dict[str, str] = {}
        for key in sorted(key for key in objects if key.startswith(prefix)):
            folder = prefix + key[len(prefix) :].partition(delimiter)[0] + delimiter if delimiter else key
            if delimiter and delimiter in key[len(prefix) :]:
                lines[folder] = f"<CommonPrefixes><Prefix>{escape(folder)}</Prefix></CommonPrefixes>"
            else:
                one = objects[key]
                lines[key] = (
                    f"<Contents><Key>{escape(key)}</Key><LastModified>{one.at:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
                    f"<ETag>{escape(one.etag)}</ETag><Size>{len(one.data)}</Size></Contents>"
                )
        left = [name for name in lines if name > after]
        more = f"<NextContinuationToken>{escape(left[PAGE - 1])}</NextContinuationToken>" if len(left) > PAGE else ""
        found = "".join(lines[name] for name in left[:PAGE])
        self._xml(
            f"<ListBucketResult><IsTruncated>{str(bool(more)).lower()}</IsTruncated>{more}{found}</ListBucketResult>"
        )

    def _store(self, objects: dict[str, Stored], data: bytes, said: dict[str, str], end: str = "") -> str:
        etag = f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}{end}"'
        objects[self.key] = Stored(data, etag, datetime.now(UTC).replace(microsecond=0), said)
        return etag

    def _say(self, status: int, code: str) -> None:
        if not status:
            self._cut()
            return
        self._xml(f"<Error><Code>{code}</Code><Message>{code} of {quote(self.key)}</Message></Error>", status)

    def _cut(self) -> None:
        """Say how long the answer is, give a part of it, and hang up."""
        stored = self.s3.objects[self.bucket].get(self.key)
        data = stored.data if stored else b"xx"
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", stored.etag if stored else '"x"')
        self.send_header("Last-Modified", format_datetime(datetime.now(UTC), usegmt=True))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2])
        self.close_connection = True

    def _xml(self, text: str, status: int = 200) -> None:
        self._send(status, f'<?xml version="1.0"?>{text}'.encode(), {"Content-Type": "application/xml"})

    def _send(self, status: int, data: bytes, heads: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (heads or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
