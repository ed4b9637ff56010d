"""One page by hand: found on disk or in the archive, and read as a night reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl import archive, read, settings
from etl.collect import addresses, sources
from etl.model import Document
from etl.steps.reading import documents_of, source_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A page with its bytes, where they lie, and the documents read from it: several when it is a feed."""

    body: bytes
    content_type: str
    where: str
    documents: tuple[Document, ...]


def see(name: str, url: str = "") -> Seen:
    """Return a page by its address, from the archive, or by its file, plain or `.gz`; `url` is a file's address.

    Raises:
        ValueError: The archive does not hold the address, or only links are taken from such a page.
        OSError: The file cannot be opened.
    """
    seen = _archived(name) if name.startswith(("http://", "https://")) else _on_disk(Path(name), url)
    if not seen.documents:
        raise ValueError(f"{name}: a feed or a list of addresses; a night follows its links and reads no text from it")
    return seen


def _on_disk(path: Path, url: str) -> Seen:
    if not path.is_file():
        raise ValueError(f"{path}: no such file; want one, or an address of the archive that begins with http")
    body = path.read_bytes()
    found = read.feed(body, url=url) if read.is_listing(body) else [read.read(body, url=url)]
    return Seen(body, "", str(path), tuple(found))


def _archived(url: str) -> Seen:
    root, wanted = settings.load().archive, dict.fromkeys((url, addresses.clean(url)))
    names = sorted({name for _, name in archive.nights(root)})
    found = [page for name in names for one in wanted for page in archive.versions(root, name, one)]
    if not found:
        raise ValueError(f"{url} is not in the archive ({root}); {_way(url)}, or save the page and name its file")
    page = max(found, key=lambda one: one.fetched_at)
    body = archive.body(root, page)
    older = f"; {len(found) - 1} older in the archive" if len(found) > 1 else ""
    where = f"{root / page.archive_file} at byte {page.archive_offset}, source {page.source}, fetched "
    where += f"{page.fetched_at:%Y-%m-%d %H:%M} UTC{older}"
    return Seen(body, page.content_type, where, tuple(documents_of(source_of(page.source, page.night), page, body)))


def _way(url: str) -> str:
    """Return how an address comes into the archive."""
    found, _ = sources.load_all(settings.load().sources)
    own = [source.name for source in found if addresses.belongs(url, source)]
    if own:
        return f"collect it first: `streamledger collect {own[0]}`"
    return "collect it first, by a source of kind `page` (etl/sources/README.md says how)"
