"""Web sites on loopback that behave as a table says: real sockets, real HTTP, nobody else's pages."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from etl import archive
from etl.collect.collect import Collected, collect
from etl.model import Expect, Source
from etl.settings import Settings, load

NIGHT = date(2026, 11, 24)

Route = Mapping[str, Any]

TYPES = {"html": "text/html; charset=utf-8", "rss": "application/rss+xml", "atom": "application/atom+xml"}
TYPES |= {"sitemap": "application/xml", "index": "application/xml", "tsv": "text/tab-separated-values"}


@dataclass
class Site:
    """A server, what it answers, and what it was asked."""

    routes: dict[str, Route]
    port: int = 0
    words: dict[str, str] = field(default_factory=dict)  # {base}, {other} in routes
    asked: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def fill(self, text: str) -> str:
        for name, value in self.words.items():
            text = text.replace(f"{{{name}}}", value)
        return text


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve a site until the block ends."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: Any) -> None:
            """Clients that hang up are what is tested here."""

    server = Server(("127.0.0.1", 0), _handler(site))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            route = site.routes.get(self.path)
            if route is None:
                route = {"status": 404, "html": "nothing here"}
            if "then" in route and self.path in site.paths():
                route = route["then"]
            site.asked.append((time.monotonic(), self.path, dict(self.headers)))
            _answer(self, site, route)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    return Handler


def _answer(handler: BaseHTTPRequestHandler, site: Site, route: Route) -> None:
    if route.get("hang_up"):
        handler.connection.close()
        return
    time.sleep(route.get("delay", 0))
    if "raw" in route:
        _drip(
            handler,
            (site.fill(route["raw"]) + _again(route)).encode(route.get("encoding", "utf-8")),
            route.get("drip", 0),
        )
        return
    headers = {name: site.fill(str(value)) for name, value in route.get("headers", {}).items()}
    kind = next((kind for kind in TYPES if kind in route), "")
    status = route.get("status", 200)
    etag = headers.get("ETag")
    if etag and handler.headers.get("If-None-Match") == etag:
        status = 304
    since = handler.headers.get("If-Modified-Since")
    if since and headers.get("Last-Modified") == since:
        status = 304
    body = b"" if status == 304 else _body(site, route, kind)
    handler.send_response(status)
    sent = {"Content-Type": TYPES.get(kind, ""), "Content-Length": str(len(body) + route.get("missing", 0)), **headers}
    for name, value in sent.items():
        for line in value.split("\n") if value and value != "none" else ():  # several lines of one name
            handler.send_header(name, line)
    handler.end_headers()
    _drip(handler, body, route.get("drip", 0))


def _again(route: Route) -> str:
    text, times = route.get("again", ("", 0))
    return text * times


def _drip(handler: BaseHTTPRequestHandler, data: bytes, pause: float) -> None:
    for start in range(0, len(data), 1 if pause else max(1, len(data))):
        handler.wfile.write(data[start : start + 1] if pause else data)
        handler.wfile.flush()
        time.sleep(pause)


def _body(site: Site, route: Route, kind: str) -> bytes:
    if kind in ("rss", "atom", "sitemap", "index"):
        text = _BUILD[kind](route[kind])
    elif "file" in route:
        return Path(route["file"]).read_bytes()
    elif "zeros" in route:
        return _packed(route, b"0" * int(route["zeros"]))
    else:
        text = str(route.get(kind or "body", ""))
    text = site.fill(route.get("before", "") + text + _again(route))
    return _packed(route, text.encode(route.get("encoding", "utf-8")))


def _packed(route: Route, body: bytes) -> bytes:
    packers: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    packers["twice"] = lambda bare: gzip.compress(gzip.compress(bare))
    packers["members"] = lambda bare: b"".join(gzip.compress(bare[at : at + 50]) for at in range(0, len(bare), 50))
    packers["bare deflate"] = lambda bare: zlib.compress(bare)[2:-4]
    packers["half"] = lambda bare: gzip.compress(bare)[:-6]
    packers["and more"] = lambda bare: gzip.compress(bare) + b"nothing packed"
    return packers[route["pack"]](body) if "pack" in route else body


def _rss(items: list[Any]) -> str:
    rows = "".join(
        f"<item><title>{item.get('title', 'Streaming news')}</title>"
        + (f"<link>{item['link']}</link>" if "link" in item else "")
        + f"<pubDate>{item.get('date', 'Tue, 24 Nov 2026 08:00:00 GMT')}</pubDate></item>"
        for item in map(_item, items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Zoo</title>{rows}</channel></rss>'


def _atom(items: list[Any]) -> str:
    rows = "".join(
        f'<entry><title>{item.get("title", "Streaming news")}</title><link href="{item["link"]}"/>'
        f"<id>{item['link']}</id><updated>2026-11-24T08:00:00Z</updated></entry>"
        for item in map(_item, items)
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Zoo</title>{rows}</feed>'


def _sitemap(items: list[Any]) -> str:
    rows = "".join(
        f"<url><loc>{item['link']}</loc><news:news><news:title>{item.get('title', '')}</news:title>"
        "<news:publication_date>2026-11-24</news:publication_date></news:news>"
        "<image:image><image:loc>{base}/picture.jpg</image:loc></image:image></url>"
        for item in map(_item, items)
    )
    spaces = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/i"'
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {spaces}>{rows}</urlset>'


def _index(maps: list[str]) -> str:
    rows = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in maps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'


def _item(item: Any) -> Mapping[str, str]:
    return {"link": item} if isinstance(item, str) else item


_BUILD = {"rss": _rss, "atom": _atom, "sitemap": _sitemap, "index": _index}


# --- collecting from them ---


def settings(home: Path, **changes: Any) -> Settings:
    """Return the settings of a test: short patience, loopback allowed."""
    short: dict[str, Any] = {"connect_seconds": 2.0, "read_seconds": 3.0, "max_body_bytes": 100_000}
    return replace(load(), **{"home": home, "contact": "", "allow_loopback": True, **short, **changes})


def source(site: Site, **changes: Any) -> Source:
    """Return a source that collects a site's feed and its articles."""
    values: dict[str, Any] = {
        "name": "zoo",
        "title": "Zoo",
        "kind": "feed",
        "url": "{base}/feed",
        "language": "en",
        "country": "GB",
        "authority": "press",
        "licence": "written for this test",
        "fulltext": "feed_then_article",
        "wait_seconds": 0.0,
    }
    values |= changes
    values["url"] = site.fill(values["url"])
    values["also"] = tuple(site.fill(url) for url in values.get("also", ()))
    values["expect"] = Expect(**values.get("expect", {}))
    return Source(**values)


def run(home: Path, what: Source, night: date = NIGHT, force: bool = False, **changes: Any) -> Collected:
    """Collect a source for a night into the archive under a home."""
    config = settings(home, **changes)
    with archive.Writer(config.archive, night, what.name) as store:
        return collect(what, night, config, store, relevant=lambda text: "Streaming" in text, force=force)
