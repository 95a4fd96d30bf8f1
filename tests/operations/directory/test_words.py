"""Nothing of a directory is shown as a raw code."""

import pytest

from hygie.connectors.message_codes import MessageCode
from hygie.engines.directory.audit import Stage
from hygie.engines.directory.derive.draft import Unexamined
from hygie.engines.directory.edges import ROWS, Action
from hygie.engines.directory.vocabulary import ExportKind, ObjectKind
from hygie.operations.directory.choices import ExportChoice, PointChoice
from hygie.operations.directory.computing import STAGES
from hygie.operations.directory.words import (
    ACTION_WORDS,
    EDGE_WORDS,
    OBJECT_WORDS,
    change_sentence,
    edge_word,
    level_sentence,
    unknown_word,
)


def test_every_kind_has_its_words() -> None:
    assert set(STAGES) == set(Stage)
    assert set(ACTION_WORDS) == set(Action)
    assert set(OBJECT_WORDS) == set(ObjectKind)
    assert {row.kind for row in ROWS if row.is_walked} <= set(EDGE_WORDS)
    assert set(ExportChoice.values) == {kind.value for kind in ExportKind}
    assert {unknown_word(one.value) for one in Unexamined}.isdisjoint(set(Unexamined))
    assert MessageCode  # their sentences: tests/foundation/documents


def test_an_unknown_kind_is_shown_by_its_number() -> None:
    assert edge_word(250) == "250"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((5, 5, 0, 0), "Niveau AD 5 : tous les points de contrôle sont atteints."),
        ((2, 2, 3, 0), "Niveau AD 2 : 3 points bloquent le niveau 3."),
        ((2, 2, 1, 0), "Niveau AD 2 : 1 point bloque le niveau 3."),
        ((4, 1, 2, 9), "Niveau AD entre 1 et 4 : 9 points n'ont pas pu être décidés."),
    ],
)
def test_a_level_is_said_with_what_holds_it(answer: tuple[int, ...], words: str) -> None:
    assert level_sentence(*answer) == words


def test_a_change_is_asked_as_one_would_ask_it() -> None:
    said = change_sentence("remove", "A", "a tous les droits sur", "B")
    assert said == "Retirer un droit posé sur un objet : « A » a tous les droits sur « B »"
    assert change_sentence("rodc", "A", "", "").endswith("« A »")
    assert PointChoice.PASSED.value == "passed"
