"""What was published, signed: the digests of the snapshot, of the archive behind it, and of the rules that read it.

`<snapshot>.manifest.json` is a DSSE envelope (Ed25519) around an in-toto statement, so that other tools verify it too.
Each manifest names the digest of the one before it: a night that is taken out or changed breaks the chain.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from etl import files, store

PAYLOAD = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:streamledger:published:v1"
CHUNK = 1 << 20
PUBLIC = "signing.pub"
Digests = dict[str, dict[str, Any]]  # of each file: sha256 (hex) and bytes


class Unsigned(ValueError):
    """There is no manifest that could be checked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a signed manifest says."""

    snapshot: str  # sha256 of the snapshot, hex
    bytes: int
    archive: Digests  # of each file of the archive, as it was
    rules: dict[str, str]  # digests of what reads and what resolves
    before: str | None  # sha256 of the manifest before it, hex


def path_of(snapshot: Path) -> Path:
    """Return where the manifest of a snapshot lies."""
    return snapshot.with_suffix(".manifest.json")


def sign(snapshot: Path, before: Path, archive: Path, rules: Mapping[str, str], key: Path) -> Manifest:
    """Write the manifest of a snapshot that was just published, and return it; `before` keeps its own.

    The first time, a key is made: `key` (readable by its owner only) and, beside the snapshot, `signing.pub`. A file of
    the archive that is as long as the last manifest says is not read again; one that grew is, and must begin as it was.

    Raises:
        ValueError: A file of the archive is shorter than it was, or begins otherwise; nothing is signed.
        OSError: A file cannot be read or written.
    """
    target = path_of(snapshot)
    last = _last(target)
    said = {
        "archive": dict(_archive(archive, last.archive if last else {})),
        "rules": dict(rules),
        "before": _sha256(target) if last else None,
    }
    statement = {
        "_type": STATEMENT,
        "subject": [{"name": snapshot.name, "digest": {"sha256": _sha256(snapshot)}}],
        "predicateType": PREDICATE,
        "predicate": {"bytes": snapshot.stat().st_size, **said},
    }
    body = json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()
    private = _private(key)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    files.write(snapshot.with_name(PUBLIC), public)
    envelope = _envelope(body, _text(private.sign(_encoded(body))), private.public_key())
    if last and before.exists() and _sha256(before) == last.snapshot:
        files.write(path_of(before), target.read_bytes())
    files.write(target, envelope)
    return _read(body)


def problems(snapshot: Path, archive: Path, public: Path | None = None) -> list[str]:
    """Return what is not as it was signed: the snapshot, files of the archive, the manifest itself.

    `public` is the key to trust; without it the one that lies beside the snapshot. Files of the archive that came since
    are nobody's fault; those that grew must begin as they were.

    Raises:
        Unsigned: The snapshot has no manifest, or no key is there to check it with.
    """
    public, target = public or snapshot.with_name(PUBLIC), path_of(snapshot)
    for path in (target, public):
        if not path.exists():
            raise Unsigned(
                f"{path} is missing: `streamledger publish` signs what it publishes; --key names another key"
            )
    try:
        said = _verified(target.read_bytes(), public)
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError) as broken:
        return [f"{target.name} is not what {public.name} signed: {broken or 'the signature is another one'}"]
    found = [] if _sha256(snapshot) == said.snapshot else [f"{snapshot.name} is not the file that was signed"]
    return [*found, *_changed(archive, said.archive)]


def _changed(archive: Path, signed: Digests) -> Iterator[str]:
    for name, was in signed.items():
        path = archive / name
        store.pull(path)
        if not path.exists():
            yield f"{name} is gone from the archive"
        elif (size := path.stat().st_size) < was["bytes"]:
            yield f"{name} has {size} bytes, it had {was['bytes']}"
        elif _sha256(path, was["bytes"]) != was["sha256"]:
            yield f"{name} is not the file that was signed"


def _archive(root: Path, last: Digests) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, size in store.sizes(root, ".warc.gz").items():
        path = root / name
        was = last.get(name, {"bytes": 0, "sha256": hashlib.sha256().hexdigest()})
        if size != was["bytes"]:
            store.pull(path)
        if size < was["bytes"] or (size > was["bytes"] and _sha256(path, was["bytes"]) != was["sha256"]):
            raise ValueError(
                f"{path}: a file of the archive only grows, and this one does not go on from the {was['bytes']} bytes "
                "that were signed; put it back, or, where it was repaired, move the manifest away to begin a new chain"
            )
        yield name, was if size == was["bytes"] and was["bytes"] else {"bytes": size, "sha256": _sha256(path, size)}


def _last(target: Path) -> Manifest | None:
    try:
        return _read(base64.b64decode(json.loads(target.read_bytes())["payload"]))
    except FileNotFoundError:
        return None


def _envelope(body: bytes, signature: str, key: Ed25519PublicKey) -> bytes:
    signed = [{"keyid": _name(key), "sig": signature}]
    said = {"payloadType": PAYLOAD, "payload": _text(body), "signatures": signed}
    return json.dumps(said, indent=1).encode()


def _verified(envelope: bytes, public: Path) -> Manifest:
    said = json.loads(envelope)
    body = base64.b64decode(said["payload"], validate=True)
    key = load_pem_public_key(public.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("the key is no Ed25519 key")
    (signature,) = said["signatures"]
    if envelope != _envelope(body, signature["sig"], key):
        raise ValueError("it is written otherwise than it was signed")
    key.verify(base64.b64decode(signature["sig"], validate=True), _encoded(body))
    return _read(body)


def _read(body: bytes) -> Manifest:
    statement = json.loads(body)
    ((subject,), said) = statement["subject"], statement["predicate"]
    return Manifest(subject["digest"]["sha256"], said["bytes"], said["archive"], said["rules"], said["before"])


def _private(key: Path) -> Ed25519PrivateKey:
    if key.exists():
        found = load_pem_private_key(key.read_bytes(), password=None)
        if not isinstance(found, Ed25519PrivateKey):
            raise ValueError(f"{key} holds a {type(found).__name__}; want an Ed25519 key")
        return found
    made = Ed25519PrivateKey.generate()
    key.parent.mkdir(parents=True, exist_ok=True)
    draft = key.with_name(f".{key.name}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    draft.replace(key)
    return made


def _encoded(body: bytes) -> bytes:
    """Return what DSSE signs: the kind and the body, each with its length before it."""
    return b"DSSEv1 %d %s %d %s" % (len(PAYLOAD), PAYLOAD.encode(), len(body), body)


def _name(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _sha256(path: Path, first: int | None = None) -> str:
    """Return the digest of a file, or of its first bytes."""
    digest, left = hashlib.sha256(), path.stat().st_size if first is None else first
    with path.open("rb") as stream:
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()
