"""One request, one answer: guarded against addresses of private networks, endless answers and endless waiting."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from importlib.metadata import version
from threading import Lock

import urllib3
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.response import HTTPResponse
from urllib3.util import create_urllib3_context, parse_url

from etl.collect import connecting, deadlines, packing
from etl.collect.connecting import NoAnswer
from etl.settings import Settings

AGENT = "Streamledger"  # the name robots.txt may use for us
WHOLE = 4  # a whole answer may take this many times the patience for one read
CHUNK = 65_536
TRUSTED = Lock()  # what it guards is dear, and asked for by all sources at the same moment
EVIDENCE = 1_000_000  # bytes of a refusal, a redirect, an error that are kept


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host sent: header names in lower case, several lines of one name below each other; the body unpacked."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def content_type(self) -> str:
        return self.first("content-type")

    def first(self, name: str) -> str:
        """Return the first line of a header, "" when there is none."""
        return self.headers.get(name, "").partition("\n")[0]


def user_agent(settings: Settings) -> str:
    """Return the name under which every request is made."""
    plain = "".join(letter for letter in settings.contact if letter.isascii() and letter.isprintable())
    contact = f" (+{plain})" if plain else ""
    return f"{AGENT}/{_version()}{contact}"


@cache
def _version() -> str:
    return version("streamledger")


def trusted() -> ssl.SSLContext:
    """Return how certificates are checked: against the authorities that browsers trust."""
    with TRUSTED:
        return _trusted()


@cache
def _trusted() -> ssl.SSLContext:
    context = create_urllib3_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


@dataclass(slots=True)
class Transport:
    """Makes requests, one at a time, each over a connection of its own, since the next one is seconds away.

    Follows no redirect, keeps no cookie, uses no proxy.
    """

    settings: Settings
    tls: ssl.SSLContext = field(default_factory=trusted)
    _opened: list[socket.socket] = field(default_factory=list)
    _hung_up: bool = False

    def get(self, url: str, headers: Mapping[str, str], limit: int, cut: bool = False) -> Answer:
        """Return the answer to one GET; with `cut` a body over the limit (bytes, unpacked) is cut, not refused.

        Raises:
            NoAnswer: Nothing usable came; the exception says why.
        """
        whole = WHOLE * self.settings.read_seconds
        late = NoAnswer("unreachable", f"no whole answer within {whole:g} s", again=True)
        self._hung_up = False
        try:
            with deadlines.ALL.within(whole, self._hang_up):
                answer = self._ask(url, headers, limit, cut)
        except NoAnswer:
            raise
        except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            raise (late if self._hung_up else _in_words(error, self.settings)) from error
        finally:
            while self._opened:
                self._opened.pop().close()
        if self._hung_up:  # what came until then looks like a whole answer
            raise late
        return answer

    def _ask(self, url: str, headers: Mapping[str, str], limit: int, cut: bool) -> Answer:
        begun, target = time.monotonic(), parse_url(url)
        host, patience = (target.host or "").strip("[]"), self.settings.read_seconds
        connection: connecting.Plain | connecting.Secure
        if target.scheme == "https":
            connection = connecting.Secure(host, target.port or 443, timeout=patience, ssl_context=self.tls)
        else:
            connection = connecting.Plain(host, target.port or 80, timeout=patience)
        connection.dial = self._dial
        with contextlib.closing(connection):
            said = {"User-Agent": user_agent(self.settings), "Accept-Encoding": "gzip, deflate", "Connection": "close"}
            connection.request("GET", target.request_uri, headers={**said, **headers}, preload_content=False)
            response = connection.getresponse()
            body = _body(response, limit, cut) if response.status < 300 else _evidence(response, limit)
            return Answer(url, response.status, _headers(response), body, time.monotonic() - begun)

    def _dial(self, host: str, port: int) -> socket.socket:
        opened = connecting.connect(host, port, self.settings.connect_seconds, self.settings.allow_loopback)
        self._opened.append(opened.dup())  # a second handle: it still hangs up when TLS has taken the first
        return opened

    def _hang_up(self) -> None:
        self._hung_up = True
        for opened in list(self._opened):
            with contextlib.suppress(OSError):  # already closed, which is what was wanted
                opened.shutdown(socket.SHUT_RDWR)


def _headers(response: HTTPResponse) -> dict[str, str]:
    lines = {name.lower(): response.headers.getlist(name) for name in response.headers}
    return {
        name: "\n".join(" ".join(map(str.strip, line.splitlines())) for line in said) for name, said in lines.items()
    }


def _evidence(response: HTTPResponse, limit: int) -> bytes:
    """Return the body of an answer that is no page: its status speaks, so what cannot be read of it is left."""
    if response.status == 304:
        return b""
    try:
        return _body(response, min(limit, EVIDENCE), cut=True)
    except (NoAnswer, urllib3.exceptions.HTTPError, HTTPException):
        return b""


def _body(response: HTTPResponse, limit: int, cut: bool) -> bytes:
    said = response.headers.get("Content-Length", "")
    if not cut and said.isdecimal() and int(said) > limit:
        raise NoAnswer("too_large", f"{int(said):,} bytes announced, {limit:,} allowed")
    layers = packing.names(response.headers.get("Content-Encoding", ""))
    parts: list[bytes] = []
    size = 0
    while size <= limit and (chunk := response.read1(CHUNK, decode_content=False)):
        parts.append(chunk)
        size += len(chunk)
    body, is_cut = b"".join(parts), size > limit
    for name in layers if cut or not is_cut else ():
        body = packing.unpacked(body, name, limit, is_cut)
    if len(body) > limit and not cut:
        raise NoAnswer("too_large", f"more than {limit:,} bytes")
    return body[:limit]


def _innermost(error: BaseException) -> str:
    """Return the words of the error that began it all, such as those of OpenSSL, without its source lines."""
    while isinstance(cause := error.__cause__ or error.__context__, BaseException):
        error = cause
    return re.sub(r"\s*\(_ssl\.c:\d+\)|^\[[^]]*\]\s*", "", " ".join(str(error).split()))[:200]


def _in_words(error: Exception, settings: Settings) -> NoAnswer:
    text = " ".join(str(error).split())
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
        return NoAnswer("unreachable", f"nothing came for {settings.read_seconds:g} s", again=True)
    if isinstance(error, urllib3.exceptions.SSLError | ssl.SSLError | ssl.CertificateError):
        return NoAnswer("unreachable", f"TLS: {_innermost(error)}", lost=True)
    if isinstance(error, urllib3.exceptions.ProtocolError) and "IncompleteRead" in text:
        return NoAnswer("broken_answer", f"the body breaks off: {text[:200]}", again=True)
    if isinstance(error, urllib3.exceptions.LocationValueError | UnicodeError):
        return NoAnswer("bad_address", text[:200])
    cut = isinstance(error, urllib3.exceptions.ProtocolError | ConnectionError)
    return NoAnswer("broken_answer", f"{type(error).__name__}: {text[:200]}", again=cut)
