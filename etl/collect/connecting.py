"""Connections to hosts: to public addresses only, checked at the moment of connecting, with a limit of time."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from http.client import HTTPResponse, parse_headers

from urllib3.connection import HTTPConnection, HTTPSConnection

UNICAST = ipaddress.ip_network("2000::/3")  # of IPv6, all that is given out to the public
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ADDRESSES = 3  # of a host that are tried; they share the patience for connecting


class NoAnswer(Exception):
    """No answer that can be used; `outcome` is the ledger's word, the message the reason."""

    def __init__(self, outcome: str, reason: str, lost: bool = False, again: bool = False) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.lost = lost  # the host itself does not answer: no use in asking it for more
        self.again = again  # a moment later it may go well


class Final(HTTPResponse):
    """The answer itself: hints that a server sends before it (HTTP 102, 103) are passed over."""

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 101 < status < 200:
                return version, status, reason
            parse_headers(self.fp)


Dial = Callable[[str, int], socket.socket]


class Plain(HTTPConnection):
    """HTTP over a socket that `dial` opens."""

    response_class = Final
    dial: Dial

    def _new_conn(self) -> socket.socket:
        return self.dial(self._dns_host, self.port or 80)


class Secure(HTTPSConnection):
    """HTTPS over a socket that `dial` opens."""

    response_class = Final
    dial: Dial

    def _new_conn(self) -> socket.socket:
        return self.dial(self._dns_host, self.port or 443)


def connect(host: str, port: int, patience: float, allow_loopback: bool) -> socket.socket:
    """Open a connection to a public address of a host within `patience` seconds, and as many to find its addresses.

    Raises:
        NoAnswer: The name has no address, only private ones, or none answers.
    """
    addresses = _resolve(host, port, patience)
    allowed = [address for address in addresses if is_allowed(address, allow_loopback)][:ADDRESSES]
    if not allowed:
        raise NoAnswer("bad_address", f"{host} lies at {addresses[0]}, an address of a private network")
    last: OSError | None = None
    for address in allowed:
        try:
            opened = socket.create_connection((address, port), timeout=patience / len(allowed))
        except OSError as error:
            last = error
            continue
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened
    raise NoAnswer("unreachable", f"{host}:{port} does not answer ({_plain(last)})", lost=True)


def is_allowed(address: str, loopback: bool) -> bool:
    """Whether an address may be connected to: public ones, and, with leave, those of this machine."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_allowed(str(inner), loopback)
    if ip.is_loopback:
        return loopback
    return ip.is_global and not ip.is_multicast and (ip.version == 4 or ip in UNICAST)


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host; the system's resolver has no time limit of its own, so it gets one here."""
    try:
        return [str(ipaddress.ip_address(host))]  # it is one already
    except ValueError:
        pass
    found: list[str] = []
    failure: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if failure:
        raise NoAnswer("unreachable", _no_name(host, failure[0]), lost=True)
    if not found:
        raise NoAnswer("unreachable", f"no answer to where {host} is within {seconds:g} s", lost=True)
    return list(dict.fromkeys(found))


def _no_name(host: str, failure: Exception) -> str:
    if isinstance(failure, socket.gaierror) and failure.errno == socket.EAI_AGAIN:
        return f"no name server answers where {host} is"
    known = isinstance(failure, socket.gaierror) and failure.errno in (socket.EAI_NONAME, socket.EAI_NODATA)
    return f"the name {host} has no address" + ("" if known else f" ({_plain(failure)})")


def _plain(failure: Exception | None) -> str:
    """Return an error's words without its number, which says the same again."""
    return (failure.strerror if isinstance(failure, OSError) else "") or str(failure)
