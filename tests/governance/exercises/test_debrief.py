"""After the play: lessons, marks, self-assessment, questionnaire, closing."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from hygie.engines.exercise.vocabulary import Result
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.services.states import states_recompute
from hygie.governance.exercises.bridge_debrief import (
    delays_known,
    maturity_known,
    result_agreed,
    scores_known,
)
from hygie.governance.exercises.catalogue_questions import maturity_parts, survey_questions
from hygie.governance.exercises.choices import ExerciseState, LessonKind, ScoredBy, When
from hygie.governance.exercises.errors import (
    ActionIncomplete,
    ActionMade,
    AlreadyAnswered,
    AnswerRefused,
    LessonMissing,
    LessonNamesPlace,
    MarkRefused,
    MaturityClosed,
    SurveyClosed,
    WrongState,
)
from hygie.governance.exercises.models import (
    Exercise,
    ObjectiveScore,
    Observation,
    Participant,
    SurveyAnswer,
)
from hygie.governance.exercises.selectors.debrief import texts_grouped
from hygie.governance.exercises.services.closing import exercise_close
from hygie.governance.exercises.services.debrief import (
    lesson_act,
    lesson_add,
    lesson_edit,
    lesson_remove,
    lesson_share,
)
from hygie.governance.exercises.services.marks import objective_mark
from hygie.governance.exercises.services.maturity import maturity_answer
from hygie.governance.exercises.services.measures import lessons_measures_record
from hygie.governance.exercises.services.survey import survey_answer
from hygie.programme.selectors import requirement_urns
from hygie.programme.services.referential import referential_load
from hygie.progress.models import Action, CurrentMeasurement, Evidence
from hygie.progress.services.actions import action_cancel, action_finish
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter
from tests.governance.exercises.played import play

PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def ended(exercise: Exercise) -> Exercise:
    """The small exercise, played two days ago."""
    return play(exercise, players=6)


def test_a_gap_becomes_an_action_with_an_owner_and_a_day(
    ended: Exercise, perimeters: SimpleNamespace
) -> None:
    objective = ended.objectives.get()
    gap = lesson_add(
        perimeter=perimeters.alice, exercise=ended, kind=LessonKind.GAP,
        text=" L'astreinte est jointe trop tard ", objective_id=objective.pk,
    )  # fmt: skip
    assert (gap.text, gap.is_hot) == ("L'astreinte est jointe trop tard", False)
    due = timezone.localdate() + dt.timedelta(days=60)
    with pytest.raises(ActionIncomplete):
        lesson_act(
            perimeter=perimeters.alice, exercise=ended, lesson_id=gap.pk, title="Annuaire papier",
            due_on=due,
        )  # fmt: skip
    action = lesson_act(
        perimeter=perimeters.alice, exercise=ended, lesson_id=gap.pk, title="Annuaire papier",
        due_on=due, owner_label="Cadre de garde",
    )  # fmt: skip
    kept = Action.objects.get(pk=action.pk)
    assert (kept.owner_label, kept.due_on, kept.origin) == (
        "Cadre de garde", due, "governance/exercises",
    )  # fmt: skip
    with pytest.raises(ActionMade):
        lesson_act(
            perimeter=perimeters.alice, exercise=ended, lesson_id=gap.pk, title="Encore",
            due_on=due, owner_label="Cadre",
        )  # fmt: skip
    lesson_remove(perimeter=perimeters.alice, exercise=ended, lesson_id=gap.pk)
    assert Action.objects.filter(pk=action.pk).exists()


def test_a_lesson_says_something_and_belongs_here(
    ended: Exercise, perimeters: SimpleNamespace
) -> None:
    with pytest.raises(LessonMissing):
        lesson_add(perimeter=perimeters.alice, exercise=ended, kind="gap", text="  ")
    for other in (perimeters.charlie, perimeters.diane):
        with pytest.raises(NotAllowed):
            lesson_add(perimeter=other, exercise=ended, kind="gap", text="x")
    with pytest.raises(NotFound):
        lesson_edit(
            perimeter=perimeters.alice, exercise=ended, lesson_id=0, kind="gap", text="x"
        )  # fmt: skip


def test_what_the_region_reads_names_nobody(ended: Exercise, perimeters: SimpleNamespace) -> None:
    place = ended.organisation
    assert place is not None
    for text in (f"Au {place.name.upper()}, rien", "Orion est tombé", "Bravo à joueur 1"):
        told = lesson_add(
            perimeter=perimeters.alice, exercise=ended, kind=LessonKind.STRENGTH, text=text
        )
        with pytest.raises(LessonNamesPlace):
            lesson_share(
                perimeter=perimeters.alice, exercise=ended, lesson_id=told.pk, is_shared=True
            )
    told = lesson_add(
        perimeter=perimeters.alice, exercise=ended, kind=LessonKind.STRENGTH,
        text="Les étiquettes papier étaient prêtes",
    )  # fmt: skip
    lesson_share(perimeter=perimeters.alice, exercise=ended, lesson_id=told.pk, is_shared=True)
    with pytest.raises(LessonNamesPlace):
        lesson_edit(
            perimeter=perimeters.alice, exercise=ended, lesson_id=told.pk,
            kind=LessonKind.STRENGTH, text=f"Chez {place.name}",
        )  # fmt: skip


def test_official_team_and_own_marks_stand_beside_the_points(
    ended: Exercise, perimeters: SimpleNamespace
) -> None:
    objective, cell = ended.objectives.get(), ended.cells.get(key="it")
    (score,) = scores_known(ended)
    # Two points of two at half, three of three: 4 of 5; nobody has given a mark.
    assert (score.points, score.possible, score.official) == (4, 5, None)
    alice = perimeters.alice
    objective_mark(perimeter=alice, exercise=ended, objective_id=objective.pk, value=3)
    objective_mark(perimeter=alice, exercise=ended, objective_id=objective.pk, value=2)
    objective_mark(
        perimeter=alice, exercise=ended, objective_id=objective.pk, value=3, cell_id=cell.pk
    )
    (score,) = scores_known(ended)
    assert (score.official, score.team, score.own) == (pytest.approx(2 / 3), 1, None)
    objective_mark(perimeter=alice, exercise=ended, objective_id=objective.pk, value=None)
    assert scores_known(ended)[0].official is None
    with pytest.raises(MarkRefused):
        objective_mark(perimeter=alice, exercise=ended, objective_id=objective.pk, value=4)


def test_an_acknowledgement_is_no_reaction_and_delays_say_who_was_late(ended: Exercise) -> None:
    screen, choice = delays_known(ended)
    assert (screen.delay_s, screen.is_late) == (900, True)
    assert (choice.delay_s, choice.is_late) == (240, None)


def test_observers_who_disagree_saw_it_partly() -> None:
    reached, missed, unseen = Result.REACHED, Result.MISSED, Result.NOT_OBSERVED
    assert result_agreed([reached, unseen]) is reached
    assert result_agreed([reached, missed]) is Result.PARTIAL
    assert result_agreed([unseen]) is Result.NOT_OBSERVED
    assert result_agreed([missed, missed]) is missed


def test_maturity_is_judged_before_the_start_and_after_the_end(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    first = maturity_parts("fr")[0].items[0].key
    alice = perimeters.alice
    with pytest.raises(MaturityClosed):
        maturity_answer(perimeter=alice, exercise=exercise, when=When.AFTER, answers={first: 1})
    maturity_answer(perimeter=alice, exercise=exercise, when=When.BEFORE, answers={first: 1})
    play(exercise)
    with pytest.raises(MaturityClosed):
        maturity_answer(perimeter=alice, exercise=exercise, when=When.BEFORE, answers={first: 3})
    with pytest.raises(AnswerRefused):
        maturity_answer(perimeter=alice, exercise=exercise, when=When.AFTER, answers={first: 4})
    maturity_answer(perimeter=alice, exercise=exercise, when=When.AFTER, answers={first: None})
    maturity_answer(perimeter=alice, exercise=exercise, when=When.AFTER, answers={first: 3})
    *_parts, whole = maturity_known(exercise)
    assert whole.gain == pytest.approx(2 / 3)
    assert maturity_known(exercise)[1].gain is None


def _sheet(value: int) -> dict[str, int | str]:
    return {
        one.key: value if one.kind == "scale" else f"mot {value}" for one in survey_questions("fr")
    }


def test_an_anonymous_answer_keeps_no_author_no_instant_and_no_order(ended: Exercise) -> None:
    objective = ended.objectives.get()
    players = list(Participant.objects.filter(exercise=ended, role="player"))
    lines = JournalLine.objects.count()
    for value, player in enumerate(players[:5], start=1):
        survey_answer(participant=player, answers=_sheet(value), marks={objective.pk: value % 4})
    assert JournalLine.objects.count() == lines
    rows = list(SurveyAnswer.objects.filter(exercise=ended).order_by("pk"))
    assert len(rows) == 5 * len(survey_questions("fr"))
    assert {row.participant_id for row in rows} == {None}
    said = [row.value or int(row.text.removeprefix("mot ")) for row in rows]
    size = len(survey_questions("fr"))
    sheets = [said[at : at + size] for at in range(0, len(said), size)]
    # Rows written together would stand together, the first sheet first.
    assert any(len(set(sheet)) > 1 for sheet in sheets)
    marks = ObjectiveScore.objects.filter(by=ScoredBy.SELF)
    assert {(row.participant_id, row.at) for row in marks} == {(None, ended.ended_at)}
    with pytest.raises(AlreadyAnswered):
        survey_answer(participant=players[0], answers=_sheet(1), marks={})


def test_a_named_questionnaire_keeps_its_authors(ended: Exercise) -> None:
    ended.is_survey_anonymous = False
    ended.save()
    player = Participant.objects.filter(exercise=ended, role="player").first()
    assert player is not None
    survey_answer(participant=player, answers=_sheet(4), marks={})
    assert set(SurveyAnswer.objects.values_list("participant_id", flat=True)) == {player.pk}


def test_only_players_answer_once_the_play_is_over_with_answers_that_exist(
    ended: Exercise,
) -> None:
    watcher = Participant.objects.get(exercise=ended, role="observer")
    with pytest.raises(SurveyClosed):
        survey_answer(participant=watcher, answers={}, marks={})
    player = Participant.objects.filter(exercise=ended, role="player").first()
    assert player is not None
    for wrong in ({"role": 6}, {"role": "beaucoup"}, {"nothing": 1}):
        with pytest.raises(AnswerRefused):
            survey_answer(participant=player, answers=wrong, marks={})
    player.refresh_from_db()
    assert not player.has_answered


def test_closing_files_the_proof_and_changes_what_the_assessment_says(
    ended: Exercise, perimeters: SimpleNamespace, operator: Perimeter
) -> None:
    referential_load(perimeter=operator)
    place = ended.organisation
    assert place is not None
    objective = ended.objectives.get()
    urn = requirement_urns("AX1.O4.A")[0][0]
    objective.requirement = urn
    objective.save()
    states_recompute(organisation_ids=[place.pk])
    assert _state(place, urn) == "not_tested"
    done = exercise_close(perimeter=perimeters.alice, exercise=ended, paper=PAPER)
    assert done.places == (place,)
    played_on = timezone.localdate(ended.started_at)
    evidence = Evidence.objects.get(organisation=place)
    assert (evidence.kind.code, evidence.effective_on) == ("exercise-report", played_on)
    assert list(evidence.links.values_list("requirement_urn", flat=True)) == [urn]
    values = {
        row.indicator.code: (row.value, row.effective_on)
        for row in CurrentMeasurement.objects.filter(organisation=place).select_related("indicator")
    }
    assert values == {
        "exercise.yearly": (1, played_on),
        "exercise.coverage_share": (100, played_on),
        "exercise.retex_delay": (1, played_on),
        "exercise.objectives_reached_share": (100, played_on),
        "exercise.deadlines_met_share": (0, played_on),
        # Nothing of this script is an alert: nobody can tell.
        "exercise.alert_minutes_met_share": (None, played_on),
    }
    states_recompute(organisation_ids=[place.pk])
    assert _state(place, urn) == "passed"
    ended.refresh_from_db()
    assert ended.state == ExerciseState.CLOSED
    with pytest.raises(WrongState):
        exercise_close(perimeter=perimeters.alice, exercise=ended, paper=PAPER)


def _state(place: Organisation, urn: str) -> str:
    return RequirementState.objects.get(organisation=place, requirement__urn=urn).state


def test_an_objective_that_nobody_saw_proves_nothing(
    ended: Exercise, perimeters: SimpleNamespace, operator: Perimeter
) -> None:
    referential_load(perimeter=operator)
    objective = ended.objectives.get()
    objective.requirement = requirement_urns("AX1.O4.A")[0][0]
    objective.save()
    Observation.objects.all().delete()
    exercise_close(perimeter=perimeters.alice, exercise=ended, paper=PAPER)
    assert not Evidence.objects.get().links.exists()
    share = CurrentMeasurement.objects.get(indicator__code="exercise.objectives_reached_share")
    assert share.value is None


def test_alerts_given_in_time_are_measured_from_the_reactions(
    ended: Exercise, perimeters: SimpleNamespace, operator: Perimeter
) -> None:
    referential_load(perimeter=operator)
    ended.injects.filter(key="screen").update(expected="Prévenir l'ARS", deadline_s=900)
    ended.injects.filter(key="choice").update(expected="Ouvrir la cellule", deadline_s=60)
    exercise_close(perimeter=perimeters.alice, exercise=ended, paper=PAPER)
    share = CurrentMeasurement.objects.get(indicator__code="exercise.alert_minutes_met_share")
    assert share.value == 50


def test_answers_that_say_the_same_are_told_once_with_their_number() -> None:
    said = ["Un annuaire", "un  annuaire.", "Rien", "UN ANNUAIRE !", "Un téléphone", "rien"]
    assert texts_grouped(said) == (("Un annuaire", 3), ("Rien", 2), ("Un téléphone", 1))


def test_nobody_else_closes(ended: Exercise, perimeters: SimpleNamespace) -> None:
    for other in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotAllowed):
            exercise_close(perimeter=other, exercise=ended, paper=PAPER)


def test_the_share_of_lessons_closed_with_a_proof_follows_their_actions(
    ended: Exercise, perimeters: SimpleNamespace, operator: Perimeter
) -> None:
    referential_load(perimeter=operator)
    alice, due = perimeters.alice, timezone.localdate()
    actions = []
    for number in range(3):
        gap = lesson_add(perimeter=alice, exercise=ended, kind="gap", text=f"n° {number}")
        actions.append(
            lesson_act(
                perimeter=alice, exercise=ended, lesson_id=gap.pk, title="Agir", due_on=due,
                owner_label="Cadre",
            )
        )  # fmt: skip
    exercise_close(perimeter=alice, exercise=ended, paper=PAPER)
    action_finish(perimeter=alice, action=actions[0], proof=Evidence.objects.get())
    # Attested in words alone: done, not proven.
    action_finish(perimeter=alice, action=actions[1], reason="Vu")
    action_cancel(perimeter=alice, action=actions[2], reason="Sans objet")
    assert lessons_measures_record(perimeter=operator) == 1
    share = CurrentMeasurement.objects.get(indicator__code="exercise.actions_closed_share")
    assert (share.organisation_id, share.value) == (ended.organisation_id, 50)
    assert lessons_measures_record(perimeter=operator) == 0
