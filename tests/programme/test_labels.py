"""Every room and every trade that the shipped referential names has its words."""

from importlib.resources import files

import yaml

from hygie.programme.labels import ROOM_WORDS, SKILL_WORDS
from hygie.programme.referential.vocabulary import ROOMS


def test_every_room_that_measures_is_said_in_words() -> None:
    assert set(ROOM_WORDS) == ROOMS


def test_every_trade_of_a_measure_is_said_as_the_referential_does() -> None:
    data = files("hygie.programme.referential") / "data" / "skills.yaml"
    rows = yaml.safe_load(data.read_text(encoding="utf-8"))["rows"]
    assert {row["code"]: row["title"]["fr"] for row in rows} == {
        code: str(words) for code, words in SKILL_WORDS.items()
    }
