"""One request, one answer: guarded against addresses of private networks, endless answers and endless waiting."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from etl.settings import Settings

AGENT = "Streamledger"  # the name robots.txt may use for us
WHOLE = 4  # a whole answer may take this many times the patience for one read
CHUNK = 65_536
ADDRESSES = 3  # of a host that are tried; they share the patience for connecting
PACKINGS = {"", "identity", "gzip", "x-gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host sent: header names in lower case, the body unpacked."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


class NoAnswer(Exception):
    """No answer that can be used; `outcome` is the ledger's word, the message the reason."""

    def __init__(self, outcome: str, reason: str, lost: bool = False, again: bool = False) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.lost = lost  # the host itself does not answer: no use in asking it for more
        self.again = again  # a moment later it may go well


def user_agent(settings: Settings) -> str:
    """Return the name under which every request is made."""
    plain = "".join(letter for letter in settings.contact if letter.isascii() and letter.isprintable())
    contact = f" (+{plain})" if plain else ""
    return f"{AGENT}/{version('streamledger')}{contact}"


@dataclass(slots=True)
class Transport:
    """Makes requests, one at a time. Follows no redirect, keeps no cookie, uses no proxy."""

    settings: Settings
    _session: requests.Session = field(default_factory=requests.Session)
    _opened: list[socket.socket] = field(default_factory=list)
    _hung_up: bool = False

    def __post_init__(self) -> None:
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.update(
            {"User-Agent": user_agent(self.settings), "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(self))

    def get(self, url: str, headers: Mapping[str, str], limit: int, cut: bool = False) -> Answer:
        """Return the answer to one GET; with `cut` a body over the limit (bytes, unpacked) is cut, not refused.

        Raises:
            NoAnswer: Nothing usable came; the exception says why.
        """
        begun = time.monotonic()
        whole = WHOLE * self.settings.read_seconds
        self._hung_up = False
        late = threading.Timer(whole, self._hang_up)
        late.daemon = True
        late.start()
        try:
            with self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(self.settings.connect_seconds, self.settings.read_seconds),
            ) as response:
                body = b"" if response.status_code == 304 else self._body(response, limit, cut)
                if self._hung_up:  # what came until then looks like a whole answer
                    raise NoAnswer("unreachable", f"no whole answer within {whole:g} s", again=True)
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(url, response.status_code, found, body, time.monotonic() - begun)
        except NoAnswer:
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            if self._hung_up:
                raise NoAnswer("unreachable", f"no whole answer within {whole:g} s", again=True) from error
            raise _in_words(error, self.settings) from error
        finally:
            late.cancel()
            self._session.close()  # the next request is seconds away: a connection of its own, that can be hung up
            while self._opened:
                self._opened.pop().close()

    def connect(self, host: str, port: int) -> socket.socket:
        """Open a connection to a public address of a host.

        Raises:
            NoAnswer: The name has no address, only private ones, or none answers.
        """
        patience = self.settings.connect_seconds
        addresses = _resolve(host, port, patience)
        allowed = [address for address in addresses if _is_allowed(address, self.settings.allow_loopback)]
        if not allowed:
            raise NoAnswer("bad_address", f"{host} lies at {addresses[0]}, an address of a private network")
        last: OSError | None = None
        for address in allowed[:ADDRESSES]:
            try:
                opened = socket.create_connection((address, port), timeout=patience / len(allowed[:ADDRESSES]))
            except OSError as error:
                last = error
                continue
            self._opened.append(opened.dup())  # a second handle: it still hangs up when TLS has taken the first
            return opened
        raise NoAnswer("unreachable", f"{host}:{port} does not answer ({_plain(last)})", lost=True)

    def _hang_up(self) -> None:
        self._hung_up = True
        for opened in list(self._opened):
            with contextlib.suppress(OSError):  # already closed, which is what was wanted
                opened.shutdown(socket.SHUT_RDWR)

    def _body(self, response: requests.Response, limit: int, cut: bool) -> bytes:
        said = response.headers.get("Content-Length", "")
        if not cut and said.isdigit() and int(said) > limit:
            raise NoAnswer("too_large", f"{int(said):,} bytes announced, {limit:,} allowed")
        packing = response.headers.get("Content-Encoding", "").lower()
        if not {word.strip() for word in packing.split(",")} <= PACKINGS:
            raise NoAnswer("broken_answer", f"packed as {packing!r}, which was not asked for")
        parts: list[bytes] = []
        size = 0
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            parts.append(chunk)
            size += len(chunk)
            if size > limit:
                if cut:
                    break
                raise NoAnswer("too_large", f"more than {limit:,} bytes")
        return b"".join(parts)[:limit]


class _Adapter(HTTPAdapter):
    """Connects through a transport's own guarded sockets."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        transport = self._transport

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return transport.connect(self._dns_host, self.port or 80)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return transport.connect(self._dns_host, self.port or 443)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host; the system's resolver has no time limit of its own, so it gets one here."""
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


def _is_allowed(address: str, loopback: bool) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_allowed(str(inner), loopback)
    if ip.is_loopback:
        return loopback
    return ip.is_global and not ip.is_multicast


def _innermost(error: BaseException) -> str:
    """Return the words of the error that began it all, such as those of OpenSSL, without its source lines."""
    while isinstance(cause := error.__cause__ or error.__context__, BaseException):
        error = cause
    return re.sub(r"\s*\(_ssl\.c:\d+\)|^\[[^]]*\]\s*", "", " ".join(str(error).split()))[:200]


def _in_words(error: Exception, settings: Settings) -> NoAnswer:
    text = " ".join(str(error).split())
    if isinstance(error, requests.exceptions.SSLError):
        return NoAnswer("unreachable", f"TLS: {_innermost(error)}", lost=True)
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return NoAnswer("unreachable", f"nothing came for {settings.read_seconds:g} s", again=True)
    if isinstance(error, urllib3.exceptions.DecodeError | requests.exceptions.ContentDecodingError):
        return NoAnswer("broken_answer", f"the body cannot be unpacked: {text[:200]}")
    if isinstance(error, urllib3.exceptions.ProtocolError) and "IncompleteRead" in text:
        return NoAnswer("broken_answer", f"the body breaks off: {text[:200]}", again=True)
    if isinstance(error, requests.exceptions.InvalidURL | UnicodeError):
        return NoAnswer("bad_address", text[:200])
    cut = isinstance(error, requests.ConnectionError | ConnectionError)
    return NoAnswer("broken_answer", f"{type(error).__name__}: {text[:200]}", again=cut)
