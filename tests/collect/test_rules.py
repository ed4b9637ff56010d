"""What sites say to robots: `robots.yaml` for the rules, tables here for reservations and addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.collect import addresses, reservations
from etl.collect.robots import Rules

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "robots.yaml").read_text(encoding="utf-8"))
HOST = "https://paper.example"


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_robots(case: dict[str, Any]) -> None:
    """Each path is allowed or forbidden as RFC 9309 has it."""
    text = case["text"] + "#" * case.get("padding", 0) + "\n" + case.get("after", "")
    rules = Rules.read(text.encode())
    assert {path: bool(rules.refusal(HOST + path)) for path in case.get("allowed", [])} == dict.fromkeys(
        case.get("allowed", []), False
    )
    assert {path: bool(rules.refusal(HOST + path)) for path in case.get("forbidden", [])} == dict.fromkeys(
        case.get("forbidden", []), True
    )
    if "line" in case:
        assert rules.refusal(HOST + case["forbidden"][0]) == case["line"]
    assert rules.delay == case.get("delay", 0)


RESERVED = [
    "# The publisher reserves all rights of text and data mining.",
    "# Legal notice: use for commercial Text and Data Mining\n# is reserved (§ 44b UrhG)",
    "# Nutzungsvorbehalt im Sinne des Gesetzes",
    "# Text- und Data-Mining bleibt vorbehalten",
    "# No text and data mining, please",
    "# Text and data mining is prohibited.",
    "# La fouille de textes et de données est interdite",
    "# Nous nous opposons à la fouille de textes",
    "# Il est interdit de lire ce site par des robots ou d'autres méthodes automatiques",
    "# La minería de textos y datos está prohibida",
    "# It is prohibited to use automated means to read this site",
    "# Das automatisierte Auslesen ist untersagt",
    "# Other uses, such as machine learning, are not permitted",
]
OPEN = [
    "",
    "# Robots that are not wanted",
    "# Text of the page about data",
    "# content signals: any restriction is an express reservation of rights, such as text and data mining",
    "# Sitemaps reserve",
    "# fouille",
]


@pytest.mark.parametrize("comment", RESERVED)
def test_reserved_in_words(comment: str) -> None:
    """A comment of robots.txt that reserves mining, or forbids automatic reading, is honoured in four languages."""
    assert "in a comment" in reservations.by_robots(Rules.read(f"{comment}\nUser-agent: *\nAllow: /\n".encode()))


@pytest.mark.parametrize("comment", OPEN)
def test_not_reserved_in_words(comment: str) -> None:
    """Other comments reserve nothing."""
    assert reservations.by_robots(Rules.read(f"{comment}\nUser-agent: *\nAllow: /\n".encode())) == ""


WELL_KNOWN = [
    ('[{"location": "/", "tdm-reservation": 1}]', "/a", True),
    ('[{"location": "/", "tdm-reservation": "1"}]', "/a", True),
    ('[{"location": "*", "tdm-reservation": 1}]', "/a", True),
    ('[{"location": "/", "tdm-reservation": 0}]', "/a", False),
    ('{"location": "/", "tdm-reservation": 1}', "/a", True),
    ('[{"location": "/news", "tdm-reservation": 1}]', "/a", False),
    ('[{"location": "/", "tdm-reservation": 1}, {"location": "/open/", "tdm-reservation": 0}]', "/open/a", False),
    ('[{"location": "/", "tdm-reservation": 0}, {"location": "/*.html$", "tdm-reservation": 1}]', "/a.html", True),
    ('[{"location": "/a", "tdm-reservation": 0}, {"location": "/a", "tdm-reservation": 1}]', "/a", True),
    ('[{"tdm-reservation": 1}]', "/a", False),
    ("[1, null]", "/a", False),
    ('"/"', "/a", False),
    ("<html>", "/a", False),
    ("", "/a", False),
]


@pytest.mark.parametrize(("text", "path", "reserved"), WELL_KNOWN)
def test_well_known(text: str, path: str, reserved: bool) -> None:
    """tdmrep.json speaks by its longest location that matches; of two alike the stricter counts."""
    assert bool(reservations.by_well_known(text, HOST + path)) == reserved


HEADERS = [
    ({"x-robots-tag": "noai"}, "X-Robots-Tag: noai"),
    ({"x-robots-tag": "index, NoAI"}, "X-Robots-Tag: noai"),
    ({"x-robots-tag": "streamledger: noarchive"}, "X-Robots-Tag: noarchive"),
    ({"x-robots-tag": "googlebot: noarchive, noai"}, ""),
    ({"x-robots-tag": "googlebot: noindex, streamledger: noai"}, "X-Robots-Tag: noai"),
    ({"x-robots-tag": "googlebot: noindex\nnoai"}, "X-Robots-Tag: noai"),
    ({"x-robots-tag": "max-snippet:-1, max-image-preview:large; noai"}, "X-Robots-Tag: noai"),
    ({"x-robots-tag": "unavailable_after: Tue, 25 Jun 2030 15:00:00 PST, noai"}, "X-Robots-Tag: noai"),
    ({"x-robots-tag": "googlebot: max-snippet:20, noai"}, ""),
    ({"tdm-reservation": "0\n1"}, "tdm-reservation: 1"),
    ({"tdm-reservation": "10"}, ""),
    ({"x-robots-tag": "noindex, nofollow, nosnippet, max-snippet:20"}, ""),
    ({"x-robots-tag": "unavailable_after: 25 Jun 2030 15:00:00 PST"}, ""),
    ({"tdm-reservation": " 1 "}, "tdm-reservation: 1"),
    ({"tdm-reservation": "0"}, ""),
    ({"content-signal": "ai-train=no, search=yes"}, ""),
    ({"content-signal": "search=no"}, "Content-Signal: search=no"),
    ({}, ""),
]


@pytest.mark.parametrize(("headers", "said"), HEADERS, ids=[str(headers) for headers, _ in HEADERS])
def test_headers(headers: dict[str, str], said: str) -> None:
    """Headers reserve in the words listed, when they are meant for us."""
    found = reservations.by_answer(headers, b"", is_page=False)
    assert (said in found) if said else not found


ADDRESSES = [
    ("https://Paper.Example/A", "", "https://paper.example/A"),
    ("https://paper.example", "", "https://paper.example/"),
    ("https://paper.example:443/a", "", "https://paper.example/a"),
    ("http://paper.example:8080/a", "", "http://paper.example:8080/a"),
    ("https://paper.example/a#part", "", "https://paper.example/a"),
    ("https://paper.example/a?utm_source=x&id=7&fbclid=y", "", "https://paper.example/a?id=7"),
    ("https://paper.example/a?UTM_Source=x", "", "https://paper.example/a"),
    ("https://paper.example/a?b=1&a=2&b=1", "", "https://paper.example/a?b=1&a=2&b=1"),
    ("https://user:secret@paper.example/a", "", "https://paper.example/a"),
    ("//paper.example/a", "https://feed.example/x", "https://paper.example/a"),
    ("../a?x", "https://feed.example/b/c/", "https://feed.example/b/a?x"),
    (" https://paper.example/a \n", "", "https://paper.example/a"),
    ("https://[2001:db8::1]/a", "", "https://[2001:db8::1]/a"),
    ("mailto:a@paper.example", "https://feed.example/", ""),
    ("javascript:void(0)", "https://feed.example/", ""),
    ("https://paper.example:99999/", "", ""),
    ("https://[half", "", ""),
    ("https://paper.example.:443/a", "", "https://paper.example/a"),
    ("https://Bücher.example/a", "", "https://xn--bcher-kva.example/a"),
    ("https://paper.example\\@elsewhere.example/a", "", ""),
    ("https://paper .example/a", "", ""),
    ("https://[fe80::1%25eth0]/a", "", ""),
    ("https://paper.example/a b\u00a0c\x00", "", "https://paper.example/a%20b%C2%A0c%00"),
    ("https://paper.example/\ud800", "", ""),
    ("https://paper.example/" + "x" * 9000, "", ""),
    ("file:///etc/passwd", "https://feed.example/", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("url", "base", "wanted"), ADDRESSES, ids=[repr(row[0])[:60] for row in ADDRESSES])
def test_addresses(url: str, base: str, wanted: str) -> None:
    """An address is made absolute and loses what only tracks; what is none becomes nothing."""
    assert addresses.clean(url, base) == wanted


HOSTS = [
    ("HTTP://me:word@Paper.Example.:80/a", "http://paper.example", "paper.example"),
    ("https://paper.example:8080", "https://paper.example:8080", "paper.example:8080"),
    ("http://[half", "", ""),
    ("http://a\\b/", "", ""),
]


@pytest.mark.parametrize(("url", "authority", "host"), HOSTS)
def test_hosts(url: str, authority: str, host: str) -> None:
    """A host has one name, however it is written: it waits its turn and has its robots.txt under that one."""
    assert (addresses.authority(url), addresses.host_of(url)) == (authority, host)


SITES = [
    ("https://www.paper.example/a", "paper.example"),
    ("https://paper.example:8080/", "paper.example"),
    ("https://news.paper.co.uk/a", "paper.co.uk"),
    ("https://paper.co/", "paper.co"),
    ("https://feeds.paper.fr/", "paper.fr"),
    ("https://tv.com.fr/", "tv.com.fr"),
    ("http://127.0.0.1:80/", "127.0.0.1"),
    ("http://[2001:db8::1]/", "2001:db8::1"),
    ("http://localhost/", "localhost"),
]


@pytest.mark.parametrize(("url", "site"), SITES)
def test_sites(url: str, site: str) -> None:
    """A site is what its publisher registered, whatever stands before it."""
    assert addresses.site_of(url) == site
