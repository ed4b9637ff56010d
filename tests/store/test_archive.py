"""The archive on a store: one file a source and night that only grows, whoever writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from etl import archive, store
from tests.store.conftest import Go
from tests.store.s3 import Server

NIGHT, EARLIER = date(2026, 11, 27), date(2026, 11, 26)
each_store = pytest.mark.usefixtures("kept")
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def add(writer: archive.Writer, number: int, body: bytes = b"") -> None:
    writer.add(f"http://a.example/{number}", 200, {}, body or b"page %d" % number, AT, "text/html")


def found(home: Path, night: date = NIGHT) -> list[tuple[str, bytes]]:
    pages = archive.pages(home / "archive", night, "paper")
    return [(page.url.rpartition("/")[2], body) for page, body in pages]


def writer(home: Path, night: date = NIGHT) -> archive.Writer:
    return archive.Writer(home / "archive", night, "paper")


def drafts(server: Server) -> list[str]:
    return [key for key in server.objects["ledger"] if ".part/" in key]


@each_store
def test_another_machine_reads_what_one_collected(on: Go) -> None:
    with writer(on("one")) as made:
        add(made, 1)
        made.aside("http://a.example/robots.txt", 200, {}, b"User-agent: *", AT, "text/plain")
    home = on("other")
    assert found(home) == [("1", b"page 1")]
    assert archive.nights(home / "archive") == [(NIGHT, "paper")]
    with writer(home) as made:
        add(made, 1)
        add(made, 2)
    assert found(on("one")) == [("1", b"page 1"), ("2", b"page 2")]


@each_store
def test_a_body_that_another_machine_kept_in_another_night_is_kept_once(on: Go) -> None:
    with writer(on("one"), EARLIER) as made:
        add(made, 1, b"the same" * 100)
    with writer(on("other")) as made:
        add(made, 2, b"the same" * 100)
    home = on("third")
    assert found(home) == [("2", b"the same" * 100)]
    sizes = store.sizes(home / "archive", ".warc.gz")
    assert sorted(sizes) == ["2026/11/26/paper.warc.gz", "2026/11/27/paper.warc.gz"]
    assert archive.versions(home / "archive", "paper", "http://a.example/1")[0].night == EARLIER


def test_a_lost_index_is_made_anew(on: Go, at_s3: Server) -> None:
    with writer(on("one")) as made:
        add(made, 1)
    del at_s3.objects["ledger"]["nightly/archive/index/paper.db"]
    home = on("other")
    (page,) = archive.versions(home / "archive", "paper", "http://a.example/1")
    assert archive.body(home / "archive", page) == b"page 1"
    assert "nightly/archive/index/paper.db" in at_s3.objects["ledger"]


def test_what_a_lost_machine_had_added_is_taken_up_by_another(on: Go, at_s3: Server) -> None:
    """Nobody is asked again for what had come: it lies in parts beside the file until that is whole."""
    with writer(on("one")) as made:
        add(made, 1)
    lost = writer(on("one"))
    add(lost, 2)
    add(lost, 3)
    lost.aside("http://a.example/gone", 404, {}, b"no", AT, "text/html")
    lost.__exit__(OSError)
    assert len(drafts(at_s3)) == 3 and found(on("third")) == [("1", b"page 1")]
    with writer(on("other")) as made:
        last = made.tonight("http://a.example/3")
        assert last and last[2] == b"page 3"
        add(made, 3)
        add(made, 4)
    assert [name for name, _ in found(on("third"))] == ["1", "2", "3", "4"]
    assert not drafts(at_s3)
    asides = archive.pages(on("third") / "archive" / "asides", NIGHT, "paper")
    assert [page.status for page, _ in asides] == [404]


def test_a_run_that_was_killed_after_its_file_was_placed_leaves_nothing_twice(
    on: Go, at_s3: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(store, "drop_parts", lambda path: None)
        with writer(on("one")) as made:
            add(made, 1)
    assert drafts(at_s3)
    with writer(on("other")) as made:
        add(made, 2)
    assert [name for name, _ in found(on("third"))] == ["1", "2"] and not drafts(at_s3)


@each_store
def test_of_two_runs_one_is_refused_and_nothing_is_lost(on: Go) -> None:
    """A worker that passed for dead and goes on: its next page is refused, and what it had added is in the other's."""
    ghost = writer(on("one"))
    add(ghost, 1)
    other = writer(on("other"))
    add(other, 2)
    on("one")
    with pytest.raises(store.Changed, match="another run wrote it meanwhile"):
        add(ghost, 3)
    ghost.__exit__(OSError)
    on("other")
    other.__exit__(None)
    assert [name for name, _ in found(on("third"))] == ["1", "2"]


@each_store
def test_a_whole_file_is_not_written_over_by_one_that_does_not_go_on_from_it(on: Go) -> None:
    ghost = writer(on("one"))
    add(ghost, 1)
    with writer(on("other")) as made:
        add(made, 2)
    on("one")
    with pytest.raises(store.Changed):
        ghost.commit()
    ghost.__exit__(OSError)
    assert [name for name, _ in found(on("third"))] == ["1", "2"]
    with writer(on("one")) as made:  # it goes on from what lies there
        add(made, 5)
    assert [name for name, _ in found(on("third"))] == ["1", "2", "5"]


@pytest.mark.usefixtures("in_a_bucket")
def test_pages_that_only_this_machine_has_are_not_replaced(on: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    home = on("one")
    with monkeypatch.context() as before_the_store:
        before_the_store.delenv("STREAMLEDGER_STORE")
        with writer(home) as made:
            add(made, 1)
    with writer(on("other")) as made:
        add(made, 2)
    on("one")
    with pytest.raises(store.StoreFailed, match=r"holds pages that s3://ledger/nightly/archive/.* does not"):
        writer(home)


def test_a_store_that_fails_while_pages_come_leaves_them_for_the_next_run(on: Go, at_s3: Server) -> None:
    with pytest.raises(store.StoreFailed, match="AccessDenied"), writer(on("one")) as made:
        add(made, 1)
        at_s3.fault = lambda method, key: (403, "AccessDenied") if method == "PUT" else None
        add(made, 2)
    at_s3.fault = lambda method, key: None
    with writer(on("one")) as made:
        add(made, 2)
    assert [name for name, _ in found(on("third"))] == ["1", "2"]


@each_store
def test_a_long_night_in_several_files(on: Go) -> None:
    with archive.Writer(on("one") / "archive", NIGHT, "paper", limit=300) as made:
        for number in range(4):
            add(made, number)
    home = on("other")
    assert [name for name, _ in found(home)] == ["0", "1", "2", "3"]
    assert len(store.sizes(home / "archive", ".warc.gz")) > 1
