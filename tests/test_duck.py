"""What is opened for reading reaches nothing but itself, whatever the SQL says."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl import duck

WAYS_OUT = {
    "another file is read": "FROM read_text('{folder}/secret.txt')",
    "another table is read": "FROM '{folder}/secret.csv'",
    "a file is written": "COPY (SELECT 1) TO '{folder}/made.csv'",
    "all is written": "EXPORT DATABASE '{folder}/made'",
    "another warehouse is opened": "ATTACH '{folder}/made.duckdb'",
    "another host is asked": "FROM 'https://analyst.example/a.parquet'",
    "an extension is fetched": "INSTALL httpfs",
    "an extension is loaded": "LOAD '{folder}/made.duckdb_extension'",
    "the bars are lifted": "SET enable_external_access = true",
    "a strange extension is allowed": "SET allow_community_extensions = true",
    "a row is changed": "DELETE FROM figures",
    "a table is made": "CREATE TABLE made AS SELECT 1 AS one",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_sql_leads_out_of_a_snapshot(way: str, tmp_path: Path) -> None:
    for name in ("secret.txt", "secret.csv"):
        (tmp_path / name).write_text("secret\n1\n", encoding="utf-8")
    path = tmp_path / "snapshot.duckdb"
    with duck.write(path) as con:
        con.execute("CREATE TABLE figures AS SELECT 7 AS value")
    before = path.read_bytes()
    with duck.read(path) as con:
        with pytest.raises(duckdb.Error):
            con.execute(WAYS_OUT[way].format(folder=tmp_path)).fetchall()
        assert con.execute("FROM figures").fetchall() == [(7,)]
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("made*"))


def test_times_are_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    for opened in (duck.write(path), duck.read(path)):
        with opened as con:
            assert con.execute("SELECT current_setting('TimeZone')").fetchall() == [("UTC",)]
