"""Addresses: made absolute, cleaned of what only tracks readers, and named by their host."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

import yaml

from etl.model import Source

SECOND = {"ac", "co", "com", "edu", "gouv", "gov", "net", "ne", "or", "org"}  # below a country: not yet a publisher
PORTS = {"http": 80, "https": 443}


def clean(url: str, base: str = "") -> str:
    """Return an address as it is asked for: absolute, without fragment and tracking, host in lower case.

    Returns "" for what is no http or https address.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port and port != PORTS[parts.scheme]:
        host += f":{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def authority(url: str) -> str:
    """Return scheme, host and port: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(url: str) -> str:
    """Return host and port: what takes one request at a time, by whichever scheme."""
    return urlsplit(url).netloc


def site_of(url: str) -> str:
    """Return the site of an address: the name under which its publisher registered, subdomains left out."""
    host = urlsplit(url).hostname or ""
    names = host.rstrip(".").split(".")
    if ":" in host or names[-1].isdigit():  # the number of a machine
        return host
    return ".".join(names[-3:] if len(names[-1]) == 2 and names[-2:-1] and names[-2] in SECOND else names[-2:])


def belongs(url: str, source: Source) -> bool:
    """Whether an address lies at a site that a source's file speaks of: elsewhere licence and terms are another's."""
    own = {site_of(address) for address in (source.url, *source.also)}
    host = urlsplit(url).hostname or ""
    return site_of(url) in own or any(host == name or host.endswith(f".{name}") for name in source.hosts)


def path_of(url: str) -> str:
    """Return path and query, as rules match them."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _tracks(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    prefixes, names = _tracking()
    return name in names or name.startswith(prefixes)


@cache
def _tracking() -> tuple[tuple[str, ...], frozenset[str]]:
    words = yaml.safe_load((Path(__file__).parent / "tracking.yaml").read_text(encoding="utf-8"))
    return tuple(words["prefixes"]), frozenset(words["names"])
