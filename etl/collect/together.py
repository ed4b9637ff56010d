"""What one key of a source file says against another, and against the list of refused hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.collect import addresses, refused
from etl.collect.checks import is_address
from etl.model import Source

LEAVE = '"paper.example: its editor, by letter of 2026-11-01"'
TEXTS = {  # what each kind may say of full texts
    "feed": ("feed_only", "feed_then_article"),
    "sitemap": ("feed_then_article",),
    "filings": ("feed_then_article",),
}


def problems(source: Source, name: str) -> Iterator[str]:
    """Yield what does not fit together in a source file of that name, each with the wrong value and what is wanted."""
    if source.name != name:
        yield f"name is {source.name!r}; want the file's own, {name!r}, or leave it out"
    yield from _addresses(source)
    allowed = TEXTS.get(source.kind, ("none",))
    if source.fulltext not in allowed:
        yield f"fulltext is {source.fulltext!r}; a source of kind {source.kind} wants {' or '.join(allowed)}"
    if source.kind == "dataset" and not source.dataset:
        yield "dataset is missing; want the name of a mapping under etl/extract/datasets/"
    if source.kind != "dataset" and source.dataset:
        yield f"dataset is {source.dataset!r}; only a source of kind dataset has one"
    if source.kind == "discovery" and source.schedule != "manual":
        yield f"schedule is {source.schedule!r}; a service of discovery is asked by hand: want manual"
    if source.sample and source.kind != "archive":
        yield f"sample is true; only an archive holds pages written for the project, and kind is {source.kind}"
    if source.expect.min_items > source.expect.max_items:
        low, high = source.expect.min_items, source.expect.max_items
        yield f"expect.min_items is {low}; want at most expect.max_items, {high}"


def _addresses(source: Source) -> Iterator[str]:
    if source.kind == "archive":
        if Path(source.url).is_absolute() or ".." in Path(source.url).parts or "://" in source.url:
            yield f"url is {source.url!r}; want the path of a WARC file, relative to etl/"
        if source.also:
            yield f"also is {list(source.also)!r}; an archive is one file"
        return
    if not is_address(source.url):
        yield f"url is {source.url!r}; want an http or https address, whole, without user, blanks or {{braces}}"
    named = [("url", source.url), *(("also", address) for address in source.also)]
    seen: set[str] = set()
    for key, address in named:
        if address in seen:
            yield f"{key} names {address!r} a second time"
        seen.add(address)
    if source.permission and not refused.permitted(source.permission):
        yield f"permission is {source.permission!r}; want the host it is for, who gave it and when: {LEAVE}"
    for host in source.hosts:
        if addresses.is_shared(host):
            yield f"hosts names {host!r}, under which many register; want the name of one site, such as paper.example"
    for key, address in [*named, *(("hosts", f"https://{host}/") for host in source.hosts)]:
        if why := refused.why(address, source.permission):
            yield (
                f"{key} is {address!r}, on the list of refused hosts: {why}; with leave of the publisher say in "
                f"`permission` for which host, who gave it and when: {LEAVE}"
            )
