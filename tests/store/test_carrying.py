"""Files between a machine and the store: whole or not at all, and never twice for nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from etl import store
from etl.store import bucket, places
from tests.store.conftest import Go
from tests.store.s3 import Server

NAME = "staging/claims/night=2026-11-27/paper.parquet"


def write(home: Path, data: bytes, name: str = NAME) -> Path:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(".draft")
    draft.write_bytes(data)
    store.place(draft, path)
    return path


def test_without_a_store_files_only_take_their_places(on: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREAMLEDGER_STORE", raising=False)
    home = on("one")
    path = write(home, b"here")
    store.pull(path)
    store.push(path)
    store.bring(home / "staging")
    store.clear(home / "staging")
    assert path.read_bytes() == b"here"
    assert not list(home.rglob("*.db")) and not list(home.rglob("*.draft"))


def test_what_one_machine_places_another_one_has(on: Go, kept: str) -> None:
    write(on("one"), b"first")
    other = on("other") / NAME
    store.pull(other)
    assert other.read_bytes() == b"first"
    write(on("one"), b"second")
    on("other")
    store.pull(other)
    assert other.read_bytes() == b"second"


def test_what_lies_here_unchanged_is_not_brought_again(on: Go, at_s3: Server) -> None:
    write(on("one"), b"first")
    other = on("other") / NAME
    store.pull(other)
    at_s3.asked.clear()
    store.pull(other)
    store.bring(other.parents[2])
    assert all(method == "HEAD" or key.startswith("?") for method, key in at_s3.asked)
    other.write_bytes(b"spoilt")
    store.pull(other)
    assert other.read_bytes() == b"first"


def test_a_copy_may_be_removed(on: Go, kept: str) -> None:
    path = write(on("one"), b"first")
    path.unlink()
    store.pull(path)
    assert path.read_bytes() == b"first"
    (path.parents[2] / ".store.db").write_bytes(b"garbled")
    path.write_bytes(b"spoilt")
    store.bring(path.parents[2])
    assert path.read_bytes() == b"first"


def test_an_unchanged_file_is_not_given_again(on: Go, at_s3: Server) -> None:
    path = on("one") / "warehouse" / "working.duckdb"
    path.parent.mkdir()
    path.write_bytes(b"rows")
    store.push(path)
    at_s3.asked.clear()
    store.push(path)
    path.touch()
    store.push(path)
    assert {method for method, _ in at_s3.asked} == {"HEAD"}
    path.write_bytes(b"more")
    store.push(path)
    assert ("PUT", "nightly/warehouse/working.duckdb") in at_s3.asked


@pytest.mark.parametrize("fault", [(403, "AccessDenied"), (0, ""), (404, "NoSuchBucket")])
def test_a_file_that_the_store_refuses_counts_nowhere(on: Go, at_s3: Server, fault: tuple[int, str]) -> None:
    """Neither there nor here: the one that was there stays, on both."""
    path = write(on("one"), b"first")
    at_s3.fault = lambda method, key: fault if method == "PUT" else None
    if fault[0]:
        with pytest.raises(store.StoreFailed, match=f"s3://ledger/nightly/{NAME}: put: .*{fault[1]}"):
            write(on("one"), b"second")
        assert path.read_bytes() == b"first"
        assert at_s3.objects["ledger"][f"nightly/{NAME}"].data == b"first"


def test_half_a_download_is_none(on: Go, at_s3: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bucket.PATIENCE, "max_retries", 0)
    write(on("one"), b"first" * 1000)
    other = on("other") / NAME
    at_s3.fault = lambda method, key: (0, "") if method == "GET" and key.endswith(".parquet") else None
    with pytest.raises(store.StoreFailed, match=r"paper\.parquet"):
        store.pull(other)
    assert not other.exists() and not [path for path in other.parent.iterdir() if path.name.endswith("pulled")]


def test_bytes_that_went_bad_in_the_store_are_not_taken(on: Go, at_s3: Server) -> None:
    write(on("one"), b"first")
    key = f"nightly/{NAME}"
    was = at_s3.objects["ledger"][key]
    at_s3.objects["ledger"][key] = type(was)(b"frost", '"other"', was.at, was.said)
    with pytest.raises(store.StoreFailed, match="not those it was written with"):
        store.pull(on("other") / NAME)


def test_what_the_store_has_no_more_is_no_ghost_here(on: Go, kept: str) -> None:
    write(on("one"), b"first", "trial/staging/claims/night=2026-11-27/paper.parquet")
    other = on("other") / "trial" / "staging" / "claims" / "night=2026-11-27" / "paper.parquet"
    store.bring(other.parents[3])
    assert other.exists()
    store.clear(on("one") / "trial")
    on("other")
    store.bring(other.parents[3])
    assert not other.exists()
    assert store.folders(other.parents[1], "*.parquet") == [], "not even an empty folder"


@pytest.mark.usefixtures("in_a_bucket")
def test_a_file_that_never_was_in_the_store_is_left_alone(on: Go) -> None:
    path = on("one") / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"of before the store")
    store.bring(path.parents[2])
    store.pull(path)
    assert path.read_bytes() == b"of before the store"
    assert store.names(path.parent, "*.parquet") == []


def test_a_folder_is_mirrored_its_last_ones_last(on: Go, at_s3: Server) -> None:
    folder = on("one") / "published"
    for name in ("exports-1/csv/a.csv", "exports-1/b.html", "s.duckdb", "s.manifest.json", "s.before.duckdb", ".x"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "exports").symlink_to("exports-1")
    last = [folder / "s.duckdb", folder / "s.manifest.json"]
    store.mirror(folder, last, but="exports-*")
    put = [key.removeprefix("nightly/published/") for method, key in at_s3.asked if method == "PUT"]
    assert put[-2:] == ["s.duckdb", "s.manifest.json"]
    assert sorted(put[:-2]) == ["exports/b.html", "exports/csv/a.csv", "s.before.duckdb"]
    (folder / "exports-1" / "b.html").unlink()
    at_s3.asked.clear()
    store.mirror(folder, last, but="exports-*")
    assert [asked for asked in at_s3.asked if asked[0] in ("PUT", "DELETE")] == [
        ("DELETE", "nightly/published/exports/b.html")
    ]
    (folder / "exports").unlink()
    at_s3.asked.clear()
    store.mirror(folder, last, but="exports*")
    assert {method for method, _ in at_s3.asked} == {"GET"}, "what is left out stays as it is there"
    (folder / "exports").symlink_to("exports-1")
    (folder / "exports-1" / "c.html").write_text("new")
    at_s3.asked.clear()
    store.mirror(folder / "exports", [folder / "exports" / "csv" / "a.csv"])
    put = [key for method, key in at_s3.asked if method == "PUT"]
    assert put == ["nightly/published/exports/c.html"], "a folder in it is mirrored alone, links followed"


def test_a_killed_mirror_leaves_what_counts(on: Go, at_s3: Server) -> None:
    folder = on("one") / "published"
    folder.mkdir()
    last = [folder / "s.duckdb", folder / "s.manifest.json"]
    for path in last:
        path.write_text("old")
    store.mirror(folder, last)
    for path in (*last, folder / "more.csv"):
        path.write_text("new!")
    at_s3.fault = lambda method, key: (403, "AccessDenied") if (method, key[-3:]) == ("PUT", "csv") else None
    with pytest.raises(store.StoreFailed):
        store.mirror(folder, last)
    assert {one.data for one in at_s3.objects["ledger"].values()} == {b"old"}
    at_s3.fault = lambda method, key: None
    store.mirror(folder, last)
    assert {one.data for one in at_s3.objects["ledger"].values()} == {b"new!"}


@pytest.mark.usefixtures("in_a_bucket")
def test_lists_of_many_pages(on: Go) -> None:
    home = on("one")
    for number in range(50):
        write(home, b"x", f"staging/pages/night=2026-11-27/source_{number:03}.parquet")
    folder = on("other") / "staging" / "pages" / "night=2026-11-27"
    assert len(store.names(folder, "*.parquet")) == 50
    assert store.folders(folder.parent, "*.parquet") == ["night=2026-11-27"]
    store.bring(folder)
    assert len(list(folder.glob("*.parquet"))) == 50


@pytest.mark.parametrize("key", ["nightly/staging/../../../evil", "nightly/staging//evil", "nightly/staging/./evil"])
def test_no_key_leads_out_of_the_home(on: Go, at_s3: Server, key: str) -> None:
    """A bucket that somebody else writes to, too."""
    home = on("one")
    write(home, b"first")
    at_s3.objects["ledger"][key] = at_s3.objects["ledger"][f"nightly/{NAME}"]
    with contextlib.suppress(store.StoreFailed):
        store.bring(home / "staging")
    assert not [path for path in home.parent.rglob("evil") if home / "staging" not in path.parents]


def test_a_large_file_goes_up_in_parts(on: Go, at_s3: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "AT_ONCE", 1_000_000)
    data = bytes(range(256)) * 30_000
    write(on("one"), data, "archive/2026/11/27/paper.warc.gz")
    assert at_s3.asked.count(("PUT", "nightly/archive/2026/11/27/paper.warc.gz")) == 2
    path = on("other") / "archive" / "2026" / "11" / "27" / "paper.warc.gz"
    store.pull(path)
    assert path.read_bytes() == data


WRONG = {
    "a wrong secret": ({"AWS_SECRET_ACCESS_KEY": "not-the-secret"}, "SignatureDoesNotMatch.*AWS_SECRET_ACCESS_KEY"),
    "another's key": ({"AWS_ACCESS_KEY_ID": "somebody"}, "InvalidAccessKeyId.*AWS_ACCESS_KEY_ID"),
    "no bucket": ({"STREAMLEDGER_STORE": "s3://nowhere/x"}, "s3://nowhere/x/.*NoSuchBucket.*make the bucket"),
    "no server": ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, r"is the store up \(http://127.0.0.1:9\)"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_mend_and_no_secret(
    on: Go, at_s3: Server, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setitem(bucket.PATIENCE, "max_retries", 0)
    changed, words = WRONG[case]
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    bucket._opened.cache_clear()
    with pytest.raises(store.StoreFailed, match=words) as failed:
        write(on("one"), b"first")
    with pytest.raises(store.StoreFailed, match=words):
        store.names(on("one") / "staging", "*")
    said = f"{failed.value!r}{failed.value.__cause__!r}{bucket.opened(f's3://nowhere/{case[0]}')!r}"
    assert at_s3.secret not in said and "not-the-secret" not in said


@pytest.mark.parametrize("url", ["s3://", "ftp://host/x", "ledger", "file://relative/x", "s3://key:word@bucket/x"])
def test_what_is_no_address_of_a_store_is_refused(on: Go, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("STREAMLEDGER_STORE", url)
    with pytest.raises(ValueError, match="want s3://bucket/prefix") as wrong:
        store.pull(on("one") / NAME)
    assert "word" not in str(wrong.value)


def test_what_is_of_this_machine_stays_on_it(on: Go, at_s3: Server) -> None:
    home = on("one")
    for path in (home / "state" / "hosts" / "x", home / "airflow" / "db", home.parent / "elsewhere"):
        assert places.of(path) is None


def test_a_store_is_probed(on: Go, kept: str) -> None:
    home = on("one")
    assert store.probe().startswith(("s3://ledger/nightly", "file://"))
    assert not list((home.parent / "shared").rglob("*doctor*"))


def test_a_store_that_honours_no_conditions_is_told_of(on: Go, at_s3: Server) -> None:
    on("one")
    at_s3.honours_conditions = False
    with pytest.raises(store.StoreFailed, match="conditional writes"):
        store.probe()
