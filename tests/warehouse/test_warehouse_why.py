"""Why a figure is what it is: from the number back to its sentence on the archived page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl import cli, settings
from etl.steps import collecting, nightly, reading
from etl.steps.why import Answer, why

DAY = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
SOURCES = ("sample_netflix_newsroom", "sample_ecran_du_jour")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home after a night of two sources of the starter archive."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLEDGER_HOME", str(tmp_path_factory.mktemp("home")))
        for name in SOURCES:
            collecting.collect(name, DAY)
            reading.extract_source(name, DAY)
        nightly.load_night(DAY)
        nightly.publish_night(DAY)
        yield settings.load().home


def sampled(answers: list[Answer]) -> Answer:
    (found,) = [one for one in answers if one.figure["sample"] and one.figure["segment"] is None]
    return found


def test_every_claim_is_shown_inside_its_sentence(home: Path) -> None:
    found = sampled(why("netflix", "subscribers", "2017-Q4"))
    assert found.supporting
    told = [one for one in (*found.supporting, *found.opposing) if one.passage]
    assert told
    for one in told:
        assert one.passage
        assert one.passage.quote == one.claim["quote"]
        assert one.passage.note == ""
        assert one.passage.before or one.passage.after
        assert (home / "archive" / one.claim["archive_file"]).is_file()
        assert one.claim["extractor"]


def test_a_page_that_is_gone_is_said_to_be(home: Path) -> None:
    archive = home / "archive"
    archive.rename(home / "elsewhere")
    try:
        found = sampled(why("netflix", "subscribers", "2017-Q4"))
    finally:
        (home / "elsewhere").rename(archive)
    notes = [one.passage.note for one in found.told if one.passage]
    assert notes
    assert all("cannot be shown" in note for note in notes)


def test_it_is_printed_for_people(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["why", "netflix", "subscribers", "2017-Q4"]) == 0
    said = capsys.readouterr().out
    for part in ("netflix subscribers WW 2017-Q4", "for it", "decides", "believed before", "at byte", "confidence"):
        assert part in said


def test_a_figure_that_is_not_there_says_which_are(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["why", "netflix", "subscribers", "1999"]) == 1
    assert "there are: WW" in capsys.readouterr().err
    with pytest.raises(ValueError, match="on 1999-01-01"):
        why("netflix", "subscribers", "2017-Q4", day="1999-01-01")
