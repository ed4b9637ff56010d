"""Whom a text speaks of: what is carried from sentence to sentence, names joined to one, owners, the sector."""

from __future__ import annotations

from datetime import date

import pytest

from etl.extract.platforms import MARKET, groups
from etl.extract.platforms.discourse import title_of
from etl.extract.platforms.topics import Topics
from etl.extract.scene import Scene
from etl.extract.staging import stage
from etl.model import Document


def scene_of(text: str, lang: str = "en", title: str = "") -> Scene:
    """Return a text, laid out and with its names found."""
    return stage(Document("one", lang, text, date(2024, 5, 15), title))


def test_the_sector_of_a_title_stands_behind_its_platforms() -> None:
    assert title_of(["market", "spotify", "deezer", "spotify"]) == ["spotify", "deezer", "market"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Deezer has 9 million users. Its Swedish rival Spotify has 182 million. It lost $121 million.",
        ),
        (
            "fr",
            "Deezer compte 9 millions. Son rival suédois Spotify en a 182 millions. Il a perdu 121 millions.",
        ),
        (
            "de",
            "Deezer zählt 9 Millionen. Der schwedische Rivale Spotify hat 182 Millionen. Er verlor 121 Millionen.",
        ),
        ("es", "Deezer tiene 9 millones de clientes. Su rival sueco Spotify suma 182 millones. Perdió 121 millones."),
    ],
)
def test_a_rival_that_is_named_in_passing_does_not_take_over(lang: str, text: str) -> None:
    discourse = Topics(scene_of(text, lang)).discourse
    assert discourse.last[2] == "spotify"
    assert discourse.held[2] == "deezer"


def test_a_name_behind_a_preposition_does_not_take_over_unless_it_opens_the_sentence() -> None:
    text = "Canal+ grew. The group paid $2 billion for MultiChoice. It saved a lot. At Netflix 200 people left."
    held = Topics(scene_of(text)).discourse.held
    assert held[2:] == ["canal_plus", "canal_plus", "netflix"]


def test_the_sector_is_carried_within_its_paragraph_until_a_platform_is_the_subject() -> None:
    text = "Streaming outdid cable. It took 45%. In May it was 44%. Netflix took 8%. Less than in April.\n\nIn June."
    assert Topics(scene_of(text)).discourse.of_sector == [0, 1, 2, 3, 0, 0, 0]


def test_names_joined_before_a_number_are_one_group() -> None:
    scene = scene_of("Disney+, Hulu and ESPN+ had 179 million subscribers, while Netflix had 260 million.")
    stands = Topics(scene).stands
    first, second = scene.spots
    group = groups.before(stands, first)
    assert [stand.mention.slug for stand in group] == ["disney_plus", "hulu", "espn_plus"]
    assert groups.of(group, "disney") == ["group_many_owner"]
    assert groups.of(group, MARKET) == ["group_many_sector"]
    assert groups.before(stands, second) == []


def test_an_owner_of_several_services_can_be_meant_without_being_named() -> None:
    assert "disney" in Topics(scene_of("Disney+ has 118 million subscribers, Hulu 44 million.")).candidates
    assert "disney" not in Topics(scene_of("Disney+ has 118 million subscribers.")).candidates


def test_an_operator_is_told_from_a_service() -> None:
    text = "Orange sells OCS. The operator has 7.5 million customers."
    scene = scene_of(text)
    topics = Topics(scene)
    options = dict(topics.weighed(scene.spots[0], None, None))
    assert options["orange"]["pronoun_operator_as_operator"] == 1.0
    assert "pronoun_operator_as_operator" not in options["ocs"]
