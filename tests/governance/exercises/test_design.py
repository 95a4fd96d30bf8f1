"""Services that prepare an exercise: what they write, refuse and tell."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from hygie.engines.exercise.vocabulary import Channel
from hygie.foundation.errors import NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState
from hygie.governance.exercises.errors import (
    CellInUse,
    ConditionRefused,
    DateMissing,
    InjectLookedAt,
    NotInThisExercise,
    NotPlayable,
    PersonRefused,
    ScriptClosed,
    TextTooLong,
    TimeRefused,
    ValueRefused,
    WrongState,
)
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.services.design import (
    blank_scenario,
    exercise_cancel,
    exercise_copy,
    exercise_create,
    exercise_edit,
    exercise_ready,
    exercise_remove,
    exercise_script_replace,
)
from hygie.governance.exercises.services.design_cells import (
    cell_add,
    cell_remove,
    objective_add,
    variables_set,
)
from hygie.governance.exercises.services.design_injects import (
    inject_add,
    inject_copy,
    inject_edit,
    inject_remove,
    timeline_shift,
)
from hygie.governance.exercises.services.people import (
    guest_link_issue,
    guest_link_revoke,
    participant_add,
    participant_remove,
    token_hash,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import small_scenario

Person = Callable[[str, str, Organisation], User]


def actions() -> list[str]:
    return list(JournalLine.objects.order_by("sequence").values_list("action", flat=True))


def row(exercise: Exercise, key: str) -> int:
    return exercise.injects.get(key=key).pk


def test_a_script_becomes_rows_and_comes_back_the_same(exercise: Exercise) -> None:
    assert scenario_of(exercise) == small_scenario()


def test_whoever_creates_an_exercise_runs_it(exercise: Exercise) -> None:
    assert [(one.role, one.name) for one in exercise.participants.all()] == [
        ("facilitator", "alice")
    ]


def test_a_blank_exercise_has_the_five_usual_cells(
    territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    made = exercise_create(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
        scenario=blank_scenario("Premier exercice", "en"),
    )  # fmt: skip
    assert [cell.kind for cell in made.cells.all()] == [
        "decision", "it", "care", "communication", "logistics",
    ]  # fmt: skip


def test_a_copy_holds_the_whole_script_and_lives_its_own_life(
    exercise: Exercise, territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    model = exercise_copy(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, source=exercise,
        kind=ExerciseKind.TEMPLATE, title="Notre modèle",
    )  # fmt: skip
    again = exercise_copy(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, source=model
    )
    assert scenario_of(again) == replace(small_scenario(), title="Notre modèle")
    assert again.template == model
    inject_remove(perimeter=perimeters.alice, exercise=again, inject_id=row(again, "press"))
    assert model.injects.count() == 5


def test_ready_needs_a_day_and_a_playable_script(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    alice = perimeters.alice
    planned = exercise.planned_at
    exercise_edit(perimeter=alice, exercise=exercise, values={"planned_at": None})
    with pytest.raises(DateMissing):
        exercise_ready(perimeter=alice, exercise=exercise)
    exercise_edit(perimeter=alice, exercise=exercise, values={"planned_at": planned})
    variables_set(perimeter=alice, exercise=exercise, variables={"dpi": ""})
    with pytest.raises(NotPlayable, match="dpi"):
        exercise_ready(perimeter=alice, exercise=exercise)
    variables_set(perimeter=alice, exercise=exercise, variables={"dpi": "Orion"})
    assert exercise_ready(perimeter=alice, exercise=exercise).state == ExerciseState.READY


def test_a_change_that_breaks_a_ready_script_takes_it_back_to_preparation(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    alice = perimeters.alice
    exercise_ready(perimeter=alice, exercise=exercise)
    screen = row(exercise, "screen")
    inject_edit(perimeter=alice, exercise=exercise, inject_id=screen, values={"score": 5})
    assert Exercise.objects.get().state == ExerciseState.READY
    inject_edit(perimeter=alice, exercise=exercise, inject_id=screen, values={"body": ""})
    assert Exercise.objects.get().state == ExerciseState.DRAFT


def test_a_script_that_is_being_played_does_not_change(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    Exercise.objects.update(state=ExerciseState.RUNNING)
    with pytest.raises(ScriptClosed):
        cell_add(perimeter=perimeters.alice, exercise=exercise, kind="care", name="Soins")
    with pytest.raises(WrongState):
        exercise_cancel(perimeter=perimeters.alice, exercise=exercise)
    exercise.refresh_from_db()
    with pytest.raises(WrongState):
        exercise_remove(perimeter=perimeters.alice, exercise=exercise)


def test_rows_are_added_changed_copied_and_taken_away(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    alice = perimeters.alice
    it = exercise.cells.get(key="it").pk
    added = inject_add(
        perimeter=alice, exercise=exercise,
        values={"title": "Appel du service", "offset_s": 300, "channel": Channel.PHONE.value,
                "cell_ids": [it], "options": ["Oui", " Oui ", "Non", ""]},
    )  # fmt: skip
    assert added.options == ["Oui", "Non"]
    assert [cell.key for cell in added.cells.all()] == ["it"]
    twin = inject_copy(perimeter=alice, exercise=exercise, inject_id=added.pk)
    assert twin.key != added.key and [cell.key for cell in twin.cells.all()] == ["it"]
    inject_remove(perimeter=alice, exercise=exercise, inject_id=twin.pk)
    assert actions()[-3:] == [
        "exercise_inject.added", "exercise_inject.added", "exercise_inject.removed",
    ]  # fmt: skip


def test_a_row_of_the_staff_reaches_no_cell(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    it = exercise.cells.get(key="it").pk
    edited = inject_edit(
        perimeter=perimeters.alice, exercise=exercise, inject_id=row(exercise, "screen"),
        values={"nature": "facilitation", "cell_ids": [it]},
    )  # fmt: skip
    assert not edited.cells.exists()


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"offset_s": 10**9}, TimeRefused),
        ({"score": -1}, ValueRefused),
        ({"channel": "pigeon"}, ValueRefused),
        ({"title": "x" * 301}, TextTooLong),
        ({"options": [str(number) for number in range(20)]}, ValueRefused),
        ({"objective_id": 10**6}, NotInThisExercise),
        ({"cell_ids": [10**6]}, NotInThisExercise),
        ({"conditions": [["played", "nowhere", ""]]}, ConditionRefused),
        ({"conditions": [["decision", "choice", "Fuir"]]}, ConditionRefused),
        ({"conditions": [["played", "screen", ""]]}, ConditionRefused),
    ],
)
def test_what_no_row_may_hold_is_refused_and_nothing_is_written(
    exercise: Exercise,
    perimeters: SimpleNamespace,
    values: dict[str, object],
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        inject_edit(
            perimeter=perimeters.alice, exercise=exercise, inject_id=row(exercise, "screen"),
            values=values,
        )  # fmt: skip
    assert scenario_of(exercise) == small_scenario()


def test_a_row_that_others_wait_for_stays(exercise: Exercise, perimeters: SimpleNamespace) -> None:
    choice = row(exercise, "choice")
    with pytest.raises(InjectLookedAt):
        inject_remove(perimeter=perimeters.alice, exercise=exercise, inject_id=choice)
    with pytest.raises(ConditionRefused):
        inject_edit(
            perimeter=perimeters.alice, exercise=exercise, inject_id=choice,
            values={"options": ["Attendre"]},
        )  # fmt: skip


def test_all_that_follows_moves_together(exercise: Exercise, perimeters: SimpleNamespace) -> None:
    moved = timeline_shift(perimeter=perimeters.alice, exercise=exercise, from_s=1200, by_s=600)
    exercise.refresh_from_db()
    assert moved == 3
    assert [one.offset_s for one in exercise.injects.all()] == [-900, 0, 1800, 3000, 3000]
    assert exercise.duration_s == 4200
    with pytest.raises(TimeRefused):
        timeline_shift(perimeter=perimeters.alice, exercise=exercise, from_s=1800, by_s=-1801)


def test_a_cell_that_is_alone_to_receive_a_row_stays(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    with pytest.raises(CellInUse):
        cell_remove(
            perimeter=perimeters.alice, exercise=exercise,
            cell_id=exercise.cells.get(key="it").pk,
        )  # fmt: skip


def test_an_objective_names_a_requirement_that_exists(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    with pytest.raises(ValueRefused):
        objective_add(
            perimeter=perimeters.alice, exercise=exercise, title="Prouver",
            requirement="urn:hygie:requirement:care:nowhere",
        )  # fmt: skip


def test_another_script_leaves_people_in_their_cells(
    exercise: Exercise, perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    alice = perimeters.alice
    cell = exercise.cells.get(key="it")
    participant_add(perimeter=alice, exercise=exercise, role="player", cell_id=cell.pk, name="Léa")
    scenario = replace(small_scenario(), title="Autre", injects=small_scenario().injects[:2])
    exercise_script_replace(perimeter=alice, exercise=exercise, scenario=scenario, origin="import")
    exercise.refresh_from_db()
    assert exercise.title == "Nuit sans DPI"
    assert exercise.injects.count() == 2
    seat = exercise.participants.get(name="Léa").cell
    assert seat is not None and seat.key == "it" and seat.pk != cell.pk


def test_guests_enter_by_a_link_that_is_kept_as_a_hash_and_may_be_taken_back(
    exercise: Exercise, perimeters: SimpleNamespace
) -> None:
    alice = perimeters.alice
    guest = participant_add(
        perimeter=alice, exercise=exercise, role="observer", name="Paul", email="paul@ars.test"
    )
    _guest, token = guest_link_issue(perimeter=alice, exercise=exercise, participant_id=guest.pk)
    guest.refresh_from_db()
    assert guest.token_hash == token_hash(token) and token not in guest.token_hash
    assert guest.token_expires_at is not None and exercise.planned_at is not None
    assert guest.token_expires_at > exercise.planned_at
    guest_link_revoke(perimeter=alice, exercise=exercise, participant_id=guest.pk)
    guest.refresh_from_db()
    assert guest.token_hash == ""
    assert token not in str(list(JournalLine.objects.values_list("detail", flat=True)))


def test_people_take_part_once_in_a_cell_of_the_exercise(
    exercise: Exercise, perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    alice, it = perimeters.alice, exercise.cells.get(key="it").pk
    with pytest.raises(PersonRefused):
        participant_add(perimeter=alice, exercise=exercise, role="player", name="Sans cellule")
    with pytest.raises(PersonRefused):
        participant_add(
            perimeter=alice, exercise=exercise, role="player", cell_id=it, name="X", email="non"
        )
    with pytest.raises(PersonRefused):
        participant_add(
            perimeter=alice, exercise=exercise, role="facilitator", user_id=characters.alice.pk
        )
    with pytest.raises(NotFound):
        participant_add(
            perimeter=alice, exercise=exercise, role="observer", user_id=characters.charlie.pk
        )
    with pytest.raises(NotInThisExercise):
        participant_add(perimeter=alice, exercise=exercise, role="player", cell_id=10**6, name="X")
    made = participant_add(
        perimeter=alice, exercise=exercise, role="player", cell_id=it, name="Léa"
    )
    participant_remove(perimeter=alice, exercise=exercise, participant_id=made.pk)
    assert not Participant.objects.filter(name="Léa").exists()


def test_whoever_prepares_an_exercise_cannot_play_it(
    exercise: Exercise, perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    with pytest.raises(PersonRefused):
        participant_add(
            perimeter=perimeters.bob, exercise=exercise, role="player",
            cell_id=exercise.cells.get(key="it").pk, user_id=characters.bob.pk,
        )  # fmt: skip
