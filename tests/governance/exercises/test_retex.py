"""The report: the same figures on paper, in Word, in two pages."""

import io
from types import SimpleNamespace

import pytest
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from hygie.governance.exercises.choices import LessonKind
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.retex import Retex, retex_of
from hygie.governance.exercises.retex_data import retex_data
from hygie.governance.exercises.retex_paper import board_paper, retex_paper
from hygie.governance.exercises.retex_word import board_word, retex_word
from hygie.governance.exercises.sections import SECTIONS
from hygie.governance.exercises.services.debrief import lesson_add
from hygie.governance.exercises.services.report import report_text_set
from tests.governance.exercises.conftest import SECRET
from tests.governance.exercises.played import play


@pytest.fixture
def ended(exercise: Exercise, perimeters: SimpleNamespace) -> Exercise:
    """The small exercise, played, with a strength and more gaps than two pages hold."""
    play(exercise)
    alice = perimeters.alice
    lesson_add(perimeter=alice, exercise=exercise, kind=LessonKind.STRENGTH, text="Calme")
    for number in range(6):
        lesson_add(
            perimeter=alice, exercise=exercise, kind=LessonKind.GAP,
            text=f"Écart {number} : #strong[*pas* de balise] $x$ " + "long " * 80,
        )  # fmt: skip
    return exercise


def _text(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)


def test_the_report_says_expected_and_observed_and_bears_its_stamp(ended: Exercise) -> None:
    paper = retex_paper(retex_of(ended))
    pages = PdfReader(io.BytesIO(paper)).pages
    assert all("EXERCICE" in page.extract_text() for page in pages)
    told = _text(paper)
    for words in ("Nuit sans DPI", "Écran noir", "15 min", "hors délai", "Donner l'alerte", "80"):
        assert words in told, words
    # No text of ours or of theirs becomes markup, and the staff's notes stay out.
    assert "#strong[*pas* de balise] $x$" in told.replace("\n", " ")
    assert SECRET not in told


def test_the_board_gets_two_pages(ended: Exercise) -> None:
    paper = board_paper(retex_of(ended))
    assert len(PdfReader(io.BytesIO(paper)).pages) == 2
    assert "EXERCICE" in _text(paper)


def test_word_says_the_same_and_may_be_changed(ended: Exercise) -> None:
    retex = retex_of(ended)
    whole = retex_word(retex)
    document = Document(io.BytesIO(whole))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(line.text for line in document.paragraphs), *cells])
    for one in retex_data(retex)["timeline"]:
        assert any(one["title"] in cell for cell in cells)
    assert "Le DPI est arrêté depuis 21 h 50" in told
    assert document.sections[0].header.paragraphs[0].text == "EXERCICE"
    assert "EXERCICE" in document.sections[0].footer.paragraphs[0].text
    assert SECRET not in told
    assert b"word/document.xml" in board_word(retex)


def test_what_a_file_of_word_forbids_is_left_out(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    play(exercise)
    lesson_add(
        perimeter=perimeters.alice, exercise=exercise, kind="gap", text="Un\x0bsaut\x1b[0m bizarre"
    )
    document = Document(io.BytesIO(retex_word(retex_of(exercise))))
    assert any("Unsaut[0m bizarre" in line.text for line in document.paragraphs)


def test_words_written_here_take_the_place_of_the_computed_ones(
    ended: Exercise, perimeters: SimpleNamespace
) -> None:
    for section in SECTIONS:
        report_text_set(
            perimeter=perimeters.alice, exercise=ended, section=section, text=f"À nous : {section}"
        )
    ended.refresh_from_db()
    told = _text(retex_paper(retex_of(ended)))
    for section in SECTIONS:
        assert f"À nous : {section}" in told or section == "board"
    report_text_set(perimeter=perimeters.alice, exercise=ended, section="summary", text=" ")
    ended.refresh_from_db()
    assert "summary" not in ended.report_texts


def test_english_readers_get_an_english_report(ended: Exercise) -> None:
    with translation.override("en"):
        assert retex_data(retex_of(ended))["report_title"] != ""
        assert retex_paper(retex_of(ended))


def test_an_exercise_that_nobody_watched_claims_nothing(exercise: Exercise) -> None:
    play(exercise)
    for row in exercise.injects.all():
        row.observations.all().delete()
        row.reactions.all().delete()
    retex = retex_of(exercise)
    assert retex.objectives[0].state == "not_tested"
    assert retex.median_s is None
    assert retex_paper(retex)


def test_gathering_costs_the_same_whatever_the_length(
    ended: Exercise, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        found: Retex = retex_of(ended)
        retex_data(found)
