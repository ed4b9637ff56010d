"""Addresses: made absolute, cleaned of what only tracks readers, and named by their host."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from urllib3.util import parse_url

from etl import yamls
from etl.model import Source

SECOND = {"ac", "co", "com", "edu", "gouv", "gov", "net", "ne", "or", "org"}  # below a country: not yet a publisher
PORTS = {"http": 80, "https": 443}
LONGEST = 8000  # characters of an address that servers take
ODD = re.compile(r"[\x00-\x20\x7f]|\s")  # stands in no address as it is
NEAR = 256  # addresses whose parts are remembered: each is looked at some ten times in a visit
NAME = re.compile(r"[a-z0-9_.-]+|\[[0-9a-f:.]+\]")


def clean(url: str, base: str = "") -> str:
    """Return an address as it is asked for: absolute, without fragment and tracking, host in lower case.

    Returns "" for what is no http or https address.
    """
    try:
        parts = urlsplit(ODD.sub(lambda odd: quote(odd[0]), urljoin(base, url.strip())))
        host = _netloc(parts)
        parts.path.encode() + parts.query.encode()
    except ValueError:  # of which half a letter (a surrogate) is one
        return ""
    if parts.scheme not in PORTS or not host:
        return ""
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    whole = urlunsplit((parts.scheme, host, parts.path or "/", query, ""))
    return whole if len(whole) <= LONGEST else ""


@lru_cache(NEAR)
def authority(url: str) -> str:
    """Return scheme, host and port: what a robots.txt speaks for; "" of what is no address."""
    host = host_of(url)
    return f"{urlsplit(url).scheme}://{host}" if host else ""


@lru_cache(NEAR)
def host_of(url: str) -> str:
    """Return host and port: what takes one request at a time, by whichever scheme; "" of what is no address."""
    try:
        return _netloc(urlsplit(url))
    except ValueError:
        return ""


def _netloc(parts: SplitResult) -> str:
    """Return host and port as they are always written: no user, no dot at the end, no port that goes without saying.

    Raises:
        ValueError: It is none.
    """
    if "\\" in parts.netloc:  # browsers end a host there, others do not
        raise ValueError(f"host {parts.netloc!r} is none")
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        ipaddress.IPv6Address(name)
        name = f"[{name}]"
    elif not name.isascii():
        name = parse_url(f"http://{name}/").host or ""
    if name and not NAME.fullmatch(name):
        raise ValueError(f"host {name!r} is none")
    return name if not parts.port or parts.port == PORTS.get(parts.scheme) else f"{name}:{parts.port}"


@lru_cache(NEAR)
def site_of(url: str) -> str:
    """Return the site of an address: the name under which its publisher registered, subdomains left out."""
    host = urlsplit(url).hostname or ""
    names = host.rstrip(".").split(".")
    if ":" in host or names[-1].isdigit():  # the number of a machine
        return host
    return ".".join(names[-3:] if len(names[-1]) == 2 and names[-2:-1] and names[-2] in SECOND else names[-2:])


def is_shared(host: str) -> bool:
    """Whether a name is no site's, but one under which sites are registered."""
    names = host.strip(".").split(".")
    return len(names) == 1 or (len(names) == 2 and len(names[1]) == 2 and names[0] in SECOND)


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
    words = yamls.read(Path(__file__).with_name("tracking.yaml"))
    return tuple(words["prefixes"]), frozenset(words["names"])
