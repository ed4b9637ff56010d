"""A night proved from its archive; and whatever is changed afterwards, in bytes or in rows, is found and named."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl import archive, cli, prove, settings
from etl.steps import collecting, nightly, reading
from etl.steps.prove import prove_snapshot, sign_snapshot

NIGHT = datetime.now(UTC).date() - timedelta(days=1)
SOURCES = ("sample_netflix_newsroom", "sample_ecran_du_jour", "sample_stat_basket")
FLIPS = 100


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night of three sources of the starter archive."""
    home = tmp_path_factory.mktemp("signed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLEDGER_HOME", str(home))
        for name in SOURCES:
            collecting.collect(name, NIGHT)
            reading.extract_source(name, NIGHT)
        nightly.load_night(NIGHT)
        nightly.publish_night(NIGHT)
    return home


@pytest.fixture
def home(signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it that a test may spoil."""
    copy = tmp_path / "home"
    shutil.copytree(signed, copy, symlinks=True)
    (copy / "published" / "streamledger.duckdb").chmod(0o644)
    monkeypatch.setenv("STREAMLEDGER_HOME", str(copy))
    yield copy


def change(*statements: str) -> list[str]:
    """Run SQL on the snapshot, sign it anew, and return the figures that are not proved any more."""
    with duckdb.connect(str(settings.load().snapshot)) as con:
        for statement in statements:
            con.execute(statement)
    sign_snapshot()
    proof = prove_snapshot()
    assert proof.tampered == []
    return [name for name, _ in proof.unproved]


def test_every_figure_is_found_again(home: Path) -> None:
    proof = prove_snapshot()
    assert proof.whole, (proof.unproved, proof.tampered)
    assert proof.figures == proof.proved > proof.from_pages > 50
    assert proof.pages >= 10


def test_any_byte_that_is_changed_is_found(home: Path) -> None:
    """In the snapshot, the archive and the manifest itself; and when it is put back, all is as it was signed."""
    dice = random.Random(11)  # noqa: S311 - chooses bytes
    config = settings.load()
    manifest = config.snapshot.with_suffix(".manifest.json")
    paths = [config.snapshot, manifest, *sorted(config.archive.rglob("*.warc.gz"))]
    for number in range(FLIPS):
        path = paths[number % len(paths)]
        place, other = dice.randrange(path.stat().st_size), dice.randrange(1, 256)
        flip(path, place, other)
        assert prove.problems(config.snapshot, config.archive), f"byte {place} of {path.name} ^ {other}"
        flip(path, place, other)
    assert prove.problems(config.snapshot, config.archive) == []


def flip(path: Path, place: int, other: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        (byte,) = stream.read(1)
        stream.seek(place)
        stream.write(bytes([byte ^ other]))


CLAIM = "figure_id IS NOT NULL AND archive_file IS NOT NULL AND standing = 'decides' AND segment IS NULL"
CHANGES = {
    "value": "value + 1",
    "period": "'1999'",
    "quote": "quote || '.'",
    "quote_start": "quote_start + 1",
    "qualifier": "CASE qualifier WHEN 'min' THEN 'max' ELSE 'min' END",
    "status": "CASE status WHEN 'plan' THEN 'forecast' ELSE 'plan' END",
    "attributed_to": "'nobody'",
    "low": "low - 1",
    "confidence": "confidence / 2",
    "document_id": "md5(document_id)",
    "archive_offset": "archive_offset + 1",
}


def test_a_changed_row_is_found_even_when_it_is_signed(home: Path) -> None:
    """One claim is changed in each of its fields, another figure each time; just these figures are not proved."""
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as con:
        claims = con.execute(f"SELECT claim_id FROM claims WHERE {CLAIM} ORDER BY claim_id").fetchall()  # noqa: S608
        chosen = dict(zip(CHANGES, (claim for (claim,) in claims[:: len(claims) // len(CHANGES)]), strict=False))
        named = [con.execute(NAME, [claim]).fetchall()[0][0] for claim in chosen.values()]
    assert len(set(named)) == len(CHANGES)
    changed = change(*(f"UPDATE claims SET {f} = {CHANGES[f]} WHERE claim_id = '{c}'" for f, c in chosen.items()))  # noqa: S608
    assert sorted(changed) == sorted(named)


NAME = """
SELECT concat_ws(' ', f.platform, f.metric, f.transformation, f.area, f.period, f.segment)
FROM figures AS f INNER JOIN claims AS c ON f.sample = c.sample AND f.figure_id = c.figure_id WHERE c.claim_id = ?
"""


def test_a_figure_that_its_claims_do_not_give_is_found(home: Path) -> None:
    spoil = """
        UPDATE figures SET {} WHERE figure_id = (
            SELECT min(figure_id) FROM figures WHERE {} AND value IS NOT NULL)"""
    changed = change(
        spoil.format("value = value * 1000", "metric = 'subscribers'"),
        spoil.format("high = high + 5", "metric = 'revenue'"),
        spoil.format("period = '1998'", "metric = 'price'"),
        "DELETE FROM figure_claims WHERE figure_id = (SELECT max(figure_id) FROM figures)",
    )
    assert len(changed) == 4
    assert {word.split()[1] for word in changed} >= {"subscribers", "revenue", "price"}


def test_another_page_in_the_place_of_the_archived_one_is_found(home: Path) -> None:
    """Its record is whole, and so is its file; only the digest under which the body was kept tells."""
    root = settings.load().archive
    (name,) = [path for path in root.rglob("sample_ecran_du_jour.warc.gz") if path.parent.name.isdigit()]
    pages = list(archive.pages(root, NIGHT, "sample_ecran_du_jour"))
    page, _ = max(pages, key=lambda one: len(one[1]))
    name.unlink()
    shutil.rmtree(root / "index")
    with archive.Writer(root, NIGHT, "sample_ecran_du_jour") as writer:
        for one, its in pages:
            text = its.replace(b"7", b"8") if one.url == page.url else its
            writer.add(one.url, one.status, {}, text, one.fetched_at, one.content_type)
    proof = prove_snapshot()
    assert any("sample_ecran_du_jour" in what for what in proof.tampered)
    assert any(page.url in why or "no whole record" in why for _, why in proof.unproved)


def test_an_archive_may_grow_and_not_shrink(home: Path) -> None:
    config = settings.load()
    (path,) = config.archive.rglob("sample_netflix_newsroom.warc.gz")
    whole = path.read_bytes()
    with archive.Writer(config.archive, NIGHT, "sample_netflix_newsroom") as writer:
        writer.add("https://new.example/", 200, {}, b"new", datetime.now(UTC), "text/html")
    assert prove.problems(config.snapshot, config.archive) == []
    sign_snapshot()
    path.write_bytes(whole)
    (problem,) = prove.problems(config.snapshot, config.archive)
    assert "bytes, it had" in problem
    with pytest.raises(ValueError, match="only grows"):
        sign_snapshot()


def test_the_signature_of_another_is_refused(home: Path, tmp_path: Path) -> None:
    config = settings.load()
    trusted = tmp_path / "trusted.pub"
    shutil.copy(config.snapshot.with_name("signing.pub"), trusted)
    assert prove.problems(config.snapshot, config.archive, trusted) == []
    (home / "state" / "signing.pem").unlink()
    sign_snapshot()
    assert prove.problems(config.snapshot, config.archive) == []
    (problem,) = prove.problems(config.snapshot, config.archive, trusted)
    assert "is not what trusted.pub signed" in problem


def test_a_body_that_is_kept_elsewhere_is_followed(tmp_path: Path) -> None:
    for night in (NIGHT - timedelta(days=1), NIGHT):
        with archive.Writer(tmp_path, night, "paper") as writer:
            page = writer.add("https://paper.example/", 200, {"x": "y"}, b"<p>same</p>", datetime.now(UTC), "text/html")
    shelf = prove.Shelf(tmp_path)
    record = shelf.page(page.archive_file, page.archive_offset)
    assert record.warc["warc-type"] == "revisit"
    assert (record.body, record.url, record.status, record.http["content-type"]) == (
        *(b"<p>same</p>", page.url, 200, "text/html"),
    )
    with pytest.raises(prove.NotFound, match="no whole record"):
        shelf.page(page.archive_file, page.archive_offset + 1)


def test_it_is_told_to_people_and_to_programs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["prove"]) == 0
    assert "all is as it was signed" in capsys.readouterr().out
    assert cli.main(["prove", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["figures"] == told["proved"]
    assert cli.main(["prove", str(home / "other.duckdb")]) == 1
    assert "no snapshot lies there" in capsys.readouterr().err
    settings.load().snapshot.write_bytes(b"no database")
    assert cli.main(["prove"]) == 1
    said = capsys.readouterr().out
    assert "not as signed: streamledger.duckdb" in said
    assert "it cannot be opened" in said
    settings.load().snapshot.with_suffix(".manifest.json").unlink()
    assert cli.main(["prove"]) == 1
    assert "manifest.json is missing" in capsys.readouterr().err
