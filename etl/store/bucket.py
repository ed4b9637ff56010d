"""A bucket of S3, or a folder that stands for one: whole objects by their keys, and errors that say what to do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import LocalStore, S3Store

from etl.store.objects import Changed, Object, StoreFailed

AT_ONCE = 64_000_000  # bytes up to which a file goes up in one request, which the server refuses when it comes too late
SHA256 = "sha256"  # what of a file is kept with its object
PATIENCE = {"max_retries": 6, "retry_timeout": timedelta(seconds=60)}
CODE = re.compile(r"<Code>(.*?)</Code>.*?<Message>(.*?)</Message>", re.DOTALL)
STATUS = re.compile(r"status code: (\d{3}[^:\n]*)")
RIGHTS = (
    "are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this store, and may that key list the bucket, and get, put and "
    "delete in it?"
)
TODO = {
    "NoSuchBucket": "make the bucket, or mend STREAMLEDGER_STORE",
    "AccessDenied": RIGHTS,
    "InvalidAccessKeyId": RIGHTS,
    "SignatureDoesNotMatch": RIGHTS,
    "SlowDown": "the store has too much to do: clear the task later",
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whole objects by their keys; `name` is what a person calls it."""

    name: str
    _store: Any
    _is_s3: bool

    def head(self, key: str) -> Object | None:
        """Return what is known of an object; None when there is none."""
        with self._asking("head", key):
            try:
                return _object(obstore.head(self._store, key))
            except FileNotFoundError as gone:
                self._wants_bucket(gone)
                return None

    def listed(self, prefix: str) -> Iterator[Object]:
        """Yield the objects below a folder, and below those in it."""
        with self._asking("list", prefix):
            for some in obstore.list(self._store, prefix):
                yield from map(_object, some)

    def folder(self, prefix: str) -> tuple[list[str], list[Object]]:
        """Return the names of the folders in a folder, and the objects in it."""
        with self._asking("list", prefix):
            found = obstore.list_with_delimiter(self._store, prefix)
        return [path.rpartition("/")[2] for path in found["common_prefixes"]], [*map(_object, found["objects"])]

    def get(self, wanted: Object, into: IO[bytes]) -> str:
        """Write an object as it was listed into a file; return the sha256 it was written with, "" when none is known.

        Raises:
            Changed: It is another one by now, or gone.
            StoreFailed: It broke off.
        """
        with self._asking("get", wanted.key):
            try:
                options = {"if_match": wanted.etag} if wanted.etag else {}
                found = obstore.get(self._store, wanted.key, options=options)  # type: ignore[arg-type]
            except FileNotFoundError as gone:
                raise Changed(f"{self.name}/{wanted.key} is gone: run the step again") from gone
            size = 0
            for chunk in found.stream():
                size += into.write(chunk)
        if size != wanted.size:
            raise StoreFailed(f"{self.name}/{wanted.key}: {size} bytes came of {wanted.size}: run the step again")
        return str(found.attributes.get(SHA256, "")) if self._is_s3 else ""

    def put(self, key: str, path: Path, sha256: str) -> str:
        """Put a file in the place of whatever lies there; return its etag."""
        with self._asking("put", key):
            return self._etag(obstore.put(self._store, key, path, attributes=self._said(sha256)))

    def go_on(self, key: str, path: Path, sha256: str, earlier: str) -> str:
        """Put a file in the place of the object of an etag; in that of none, when the etag is "". Return its etag.

        Raises:
            Changed: Another one lies there.
        """
        if self._is_s3 and path.stat().st_size <= AT_ONCE:
            mode: Any = {"e_tag": earlier} if earlier else "create"
            with self._asking("put", key):
                said = self._said(sha256)
                return self._etag(obstore.put(self._store, key, path, attributes=said, mode=mode, use_multipart=False))
        there = self.head(key)
        if (there.etag if there else "") != earlier:
            raise self._taken(key)
        return self.put(key, path, sha256)

    def create(self, key: str, data: bytes) -> None:
        """Put an object where none is.

        Raises:
            Changed: There is one.
        """
        with self._asking("put", key):
            obstore.put(self._store, key, data, mode="create", use_multipart=False)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; one that is gone already is no fault."""
        known = list(keys)
        for some in [known] if self._is_s3 and known else [[key] for key in known]:
            with self._asking("delete", some[0]):
                try:
                    obstore.delete(self._store, some)
                except FileNotFoundError as gone:
                    self._wants_bucket(gone)

    def _said(self, sha256: str) -> dict[str, str] | None:
        return {SHA256: sha256} if self._is_s3 else None

    def _etag(self, put: Any) -> str:
        return put["e_tag"] or ""

    def _taken(self, key: str) -> Changed:
        return Changed(
            f"{self.name}/{key}: another run wrote it meanwhile; nothing was written over. Run the step again: it goes "
            "on from what lies there"
        )

    def _wants_bucket(self, gone: Exception) -> None:
        if "NoSuchBucket" in str(gone):
            raise gone

    @contextmanager
    def _asking(self, what: str, key: str) -> Iterator[None]:
        try:
            yield
        except StoreFailed:
            raise
        except (AlreadyExistsError, PreconditionError) as taken:
            raise self._taken(key) from taken
        except (BaseError, OSError, RuntimeError, ValueError) as failure:
            raise StoreFailed(f"{self.name}/{key}: {what}: {_words(failure)}") from failure


def opened(url: str) -> Bucket:
    """Return the bucket of an address.

    Raises:
        ValueError: It is no address of a store; the message says what is wanted.
    """
    return _opened(url, _endpoint(), os.environ.get("AWS_ACCESS_KEY_ID", ""))


@cache
def _opened(url: str, endpoint: str, _who: str) -> Bucket:
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query:
        raise ValueError("STREAMLEDGER_STORE holds more than a place: want s3://bucket/prefix; keys go into AWS_*")
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return Bucket(
            f"file://{parts.path.rstrip('/')}", LocalStore(parts.path, automatic_cleanup=True, mkdir=True), False
        )
    if parts.scheme != "s3" or not parts.netloc:
        raise ValueError(f"STREAMLEDGER_STORE={url!r}: want s3://bucket/prefix, file:///folder, or nothing")
    for name in [name for name, value in os.environ.items() if name.startswith("AWS_") and not value]:
        del os.environ[name]  # the library takes an empty address for one
    prefix = parts.path.strip("/")
    try:
        store = S3Store(
            parts.netloc,
            prefix=prefix or None,
            config={"endpoint": endpoint} if endpoint else {},
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": "120s", "connect_timeout": "10s"},
            retry_config=PATIENCE,  # type: ignore[arg-type]
        )
    except BaseError as wrong:
        raise ValueError(f"STREAMLEDGER_STORE={url!r}: {_words(wrong)}") from None
    return Bucket(f"s3://{parts.netloc}{'/' if prefix else ''}{prefix}", store, True)


def _endpoint() -> str:
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""


def _object(meta: Any) -> Object:
    return Object(meta["path"], meta["size"], meta["e_tag"] or "", meta["last_modified"])


def _words(failure: Exception) -> str:
    """Return what the server said, in one line, and what to do about it."""
    text = str(failure)
    if found := CODE.search(text):
        code, said = found[1], f"{found[1]}: {' '.join(found[2].split())}"
    elif found := STATUS.search(text):  # an answer to HEAD has no words
        code, said = ("AccessDenied" if found[1].startswith(("401", "403")) else ""), found[1].strip()
    else:
        code, said = "", " ".join(text.partition("Debug source:")[0].split())[:400]
    asked = f" ({_endpoint()})" if _endpoint() else ""
    return f"{said}; {TODO.get(code, f'is the store up{asked}? Then run the step again')}"
