"""Source files are read strictly, and a broken one stops nobody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from etl import settings
from etl.collect import due, refused, sources

GOOD = {
    "title": "The Paper",
    "kind": "feed",
    "url": "https://paper.example/feed",
    "language": "fr",
    "country": "FR",
    "authority": "press",
    "licence": "CC BY 4.0",
    "fulltext": "feed_only",
}
CODE = Path(settings.__file__).parent
REAL = sources.names(CODE / "sources")


def put(folder: Path, file: str, text: str | None = None, **changes: object) -> Path:
    row = {key: value for key, value in {**GOOD, **changes}.items() if value != "absent"}
    path = folder / file
    path.write_text(yaml.safe_dump(row) if text is None else text, encoding="utf-8")
    return folder


WRONG = [
    ({"kind": "rss"}, ["kind", "'rss'", "feed, sitemap, filings, page, dataset, archive, discovery"]),
    ({"authority": "blog"}, ["authority", "'blog'", "official, press, aggregator"]),
    ({"fulltext": "all"}, ["fulltext", "'all'", "feed_then_article"]),
    ({"fulltext": "none"}, ["fulltext", "feed_only"]),
    ({"country": False}, ["country", "False", "quotes"]),
    ({"country": "fr"}, ["country", "'fr'", "two capitals"]),
    ({"language": "french"}, ["language", "'french'", "ISO 639-1"]),
    ({"url": "paper.example/feed"}, ["url", "http or https"]),
    ({"url": "ftp://paper.example/feed"}, ["url", "http or https"]),
    ({"url": "https:///feed"}, ["url", "http or https"]),
    ({"url": "absent"}, ["url", "missing"]),
    ({"licence": "absent"}, ["licence", "missing"]),
    ({"title": ""}, ["title", "text"]),
    ({"wait_seconds": "ten"}, ["wait_seconds", "'ten'", "number"]),
    ({"wait_seconds": -1}, ["wait_seconds", "-1", "from 0"]),
    ({"enabled": "yes"}, ["enabled", "'yes'", "true or false"]),
    ({"enabeld": True}, ["enabeld", "enabled"]),
    ({"expect": {"min_item": 3}}, ["expect.min_item", "min_items"]),
    ({"expect": {"min_items": 3.5}}, ["expect.min_items", "3.5", "whole"]),
    ({"expect": {"min_items": 9, "max_items": 3}}, ["min_items", "9", "3"]),
    ({"expect": [3]}, ["expect", "min_items"]),
    ({"name": "other"}, ["name", "'other'", "'paper'"]),
    ({"kind": "sitemap"}, ["fulltext", "feed_then_article"]),
    ({"kind": "filings", "fulltext": "none"}, ["fulltext", "feed_then_article"]),
    ({"schedule": "weekly"}, ["schedule", "'weekly'", "daily, monday"]),
    ({"paywall": False}, ["paywall", "none, partial, full", "quotes"]),
    ({"needs_contact": "yes"}, ["needs_contact", "true or false"]),
    ({"also": "https://paper.example/b"}, ["also", "list of"]),
    ({"also": ["paper.example/b"]}, ["also", "list of"]),
    ({"hosts": "paper.example"}, ["hosts", "list of"]),
    ({"hosts": ["https://paper.example/"]}, ["hosts", "names of hosts"]),
    ({"url": "https://www.reuters.com/feed"}, ["reuters.com", "refused", "robots.txt forbids", "permission"]),
    ({"url": "https://feeds.BBC.co.uk:443/rss"}, ["BBC", "refused"]),
    ({"also": ["https://lemonde.fr/rss"]}, ["lemonde.fr", "refused"]),
    ({"also": ["https://paper.example/feed"]}, ["also", "a second time"]),
    ({"hosts": ["www.reuters.com"]}, ["hosts", "reuters.com", "refused"]),
    ({"permission": "letter of 2026-11-01"}, ["permission", "'letter of", "want the host it is for"]),
    ({"permission": " "}, ["permission", "want the host it is for"]),
    ({"url": "https://reuters.com/a", "permission": "bbc.co.uk: letter"}, ["url", "reuters.com", "for which host"]),
    ({"url": "https://reuters.com/a", "permission": "www.reuters.com: letter"}, ["url", "reuters.com", "refused"]),
    ({"also": ["https://bbc.com/a"], "permission": "reuters.com: letter"}, ["also", "bbc.com", "refused"]),
    ({"country": "UK"}, ["country", "'UK'", "GB"]),
    ({"country": ["FR"]}, ["country", "['FR']"]),
    ({"language": "xx"}, ["language", "'xx'", "ISO 639-1"]),
    ({"language": {}}, ["language", "{}"]),
    ({"url": "https://paper.example/{date}.xml"}, ["url", "{date}", "braces"]),
    ({"url": "https://paper.example/my feed"}, ["url", "my feed", "blanks"]),
    ({"Title": "x"}, ["unknown key Title", "did you mean title"]),
    ({"kind": "rss", "country": "france"}, ["kind is 'rss'", "country is 'france'"]),  # all at once
    ({"url": "absent", "licence": "absent"}, ["the key url", "the key licence"]),
    ({"kind": "page"}, ["fulltext", "'feed_only'", "page wants none"]),
    ({"kind": "discovery", "fulltext": "none"}, ["schedule", "'daily'", "manual"]),
    ({"sample": True}, ["sample", "archive"]),
    ({"kind": "archive", "fulltext": "none", "url": "a.warc.gz", "also": ["https://a.example/"]}, ["also", "one file"]),
    ({"kind": "dataset"}, ["dataset", "missing"]),
    ({"dataset": "ecb_rates"}, ["dataset", "kind dataset"]),
    ({"kind": "archive", "url": "/etc/passwd"}, ["url", "relative"]),
    ({"kind": "archive", "url": "../../x.warc.gz"}, ["url", "relative"]),
]


@pytest.mark.parametrize(("changes", "words"), WRONG, ids=[str(changes) for changes, _ in WRONG])
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, object], words: list[str]) -> None:
    """The message names the file, the key, the value and what is allowed."""
    put(tmp_path, "paper.yaml", **changes)
    with pytest.raises(ValueError, match=r"^paper\.yaml: ") as caught:
        sources.load(tmp_path, "paper")
    assert [word for word in words if word not in str(caught.value)] == []


TEXTS = {
    "no YAML": ("title: [", "no YAML"),
    "a list": ("- title", "keys and values"),
    "nothing": ("", "keys and values"),
    "a key twice": ("title: a\ntitle: b\n", "given twice"),
    "a tab": ("title: a\n\tkind: feed\n", "not by tabs"),
    "a colon": ("title: News: the paper\n", "wants quotes"),
    "a crooked line": (" title: a\nkind: feed\n", "same place"),
    "not UTF-8": (None, "no YAML"),
}


@pytest.mark.parametrize("what", TEXTS)
def test_what_is_no_source(tmp_path: Path, what: str) -> None:
    """A file that is no mapping is refused by name."""
    text, word = TEXTS[what]
    (tmp_path / "paper.yaml").write_bytes(b"title: \xff\xfe" if text is None else text.encode())
    with pytest.raises(ValueError, match=r"^paper\.yaml: ") as caught:
        sources.load(tmp_path, "paper")
    assert word in str(caught.value)


def test_defaults_and_types(tmp_path: Path) -> None:
    """What is left out takes its default; a whole number of seconds is a number of seconds."""
    put(tmp_path, "paper.yaml", wait_seconds=5, expect={"min_items": 3})
    source = sources.load(tmp_path, "paper")
    assert (source.name, source.enabled, source.expect.min_items, source.expect.max_items) == ("paper", True, 3, 500)
    assert isinstance(source.wait_seconds, float)


def test_a_broken_file_stops_nobody(tmp_path: Path) -> None:
    """The good ones load; each broken one is a problem with its name."""
    put(tmp_path, "good.yaml")
    put(tmp_path, "bad.yaml", kind="rss")
    put(tmp_path, "worse.yaml", text="title: [")
    put(tmp_path, "odd.yml")
    put(tmp_path, "Bad-Name.yaml")
    (tmp_path / "README.md").write_text("words")
    found, problems = sources.load_all(tmp_path)
    assert [source.name for source in found] == ["good"]
    assert sorted(problem.name for problem in problems) == ["Bad-Name", "bad", "odd", "worse"]
    assert all(str(problem).startswith((f"{problem.name}.yaml", f"{problem.name}.yml")) for problem in problems)


def test_unknown_source_lists_the_known(tmp_path: Path) -> None:
    """Asking for a source that does not exist says which do."""
    put(tmp_path, "good.yaml")
    with pytest.raises(ValueError, match="there are good"):
        sources.load(tmp_path, "god")


@pytest.mark.parametrize("name", REAL)
def test_the_project_s_own_sources(name: str) -> None:
    """Each loads, waits politely, says what a healthy night is, and finds its dataset."""
    source = sources.load(CODE / "sources", name)
    if source.kind == "archive" or source.sample:
        return
    assert source.wait_seconds >= 5
    assert source.note
    assert urlsplit(source.url).scheme == "https"
    assert source.kind not in ("feed", "sitemap") or source.expect.min_items > 0
    assert source.enabled or source.kind == "discovery" or "Off: " in source.note
    assert (
        not source.enabled
        or source.dataset is None
        or (CODE / "extract" / "datasets" / f"{source.dataset}.yaml").is_file()
    )


def test_the_project_s_sources_are_no_copies() -> None:
    """No address is collected twice."""
    found, problems = sources.load_all(CODE / "sources")
    assert problems == []
    addresses = [source.url for source in found]
    assert len(addresses) == len(set(addresses))
    assert len([source for source in found if not source.sample]) >= 78


def test_permission_lifts_a_refusal(tmp_path: Path) -> None:
    """Whoever has leave of a publisher says for which host in the source file, which then loads."""
    said = "reuters.com, bbc.co.uk: letters of 2026-11-01"
    put(tmp_path, "paper.yaml", url="https://www.reuters.com/feed", also=["https://bbc.co.uk/a"], permission=said)
    assert sources.load(tmp_path, "paper").permission == said


REFUSED = [
    ("https://reuters.com/a", True),
    ("https://www.reuters.com/a", True),
    ("https://notreuters.com/a", False),
    ("https://reuters.com.example/a", False),
    ("https://reuters.com./a", True),
    ("https://newsroom.spotify.com/feed/", True),
    ("https://newsroom.spotify.com/2026-11-01/a", False),
    ("https://paper.example/reuters.com", False),
    ("https://[bad", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "is_refused"), REFUSED)
def test_refused_hosts(url: str, is_refused: bool) -> None:
    """A host is refused with its subdomains; some only below a path."""
    assert bool(refused.why(url)) == is_refused


def test_the_list_of_refused_hosts() -> None:
    """Each entry says on what ground and since when; no host stands in it twice."""
    grounds = {"robots", "reserved", "terms", "blocked", "closed", "empty"}
    hosts = [host for entry in refused.entries() for host in entry["hosts"]]
    assert len(refused.entries()) >= 26
    assert len(hosts) == len(set(hosts))
    assert all(entry["ground"] in grounds and entry["why"] and entry["seen"] for entry in refused.entries())


DUE = [
    ("daily", None, True),
    ("daily", date(2026, 11, 23), True),
    ("tuesday", None, True),
    ("tuesday", date(2026, 11, 23), True),  # the night is a Tuesday
    ("wednesday", date(2026, 11, 23), False),
    ("wednesday", date(2026, 11, 18), False),
    ("wednesday", date(2026, 11, 17), True),  # the Wednesday was missed
    ("wednesday", date(2026, 11, 24), True),  # this very night, told again
    ("monthly", date(2026, 10, 28), False),
    ("monthly", date(2026, 10, 27), True),
    ("manual", None, False),
]


@pytest.mark.parametrize(("schedule", "last", "is_due"), DUE)
def test_when_a_source_is_due(schedule: str, last: date | None, is_due: bool) -> None:
    """A weekday that was missed is made up a week after the last answer."""
    assert due.is_due(schedule, date(2026, 11, 24), last) == is_due
