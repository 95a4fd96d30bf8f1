"""Who reads a script, a model, a list of exercises: and who never does."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Sharing
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.selectors.exercises import (
    exercises_in,
    script_get_in,
    scripts_in,
)
from hygie.governance.exercises.selectors.library import library_at
from hygie.governance.exercises.services.design import (
    exercise_copy,
    exercise_create,
    template_share,
)
from hygie.governance.exercises.services.library import library_load
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.people.selectors import perimeter_of
from tests.governance.exercises.conftest import small_scenario

Person = Callable[[str, str, Organisation], User]


def test_a_player_reads_no_script_before_the_end_whatever_their_role(
    exercise: Exercise, perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    assert script_get_in(perimeters.bob, exercise.pk) == exercise
    Participant.objects.create(
        exercise=exercise, role="player", user=characters.bob, name="Bob",
        cell=exercise.cells.first(),
    )  # fmt: skip
    with pytest.raises(NotFound):
        script_get_in(perimeters.bob, exercise.pk)
    assert exercises_in(perimeters.bob).filter(pk=exercise.pk).exists()
    Exercise.objects.update(state=ExerciseState.ENDED)
    assert script_get_in(perimeters.bob, exercise.pk) == exercise


def test_nor_the_model_of_what_they_will_play(
    exercise: Exercise,
    territory: SimpleNamespace,
    perimeters: SimpleNamespace,
    characters: SimpleNamespace,
) -> None:
    place = territory.entities[0]
    model = exercise_copy(
        perimeter=perimeters.alice, organisation_id=place.pk, source=exercise,
        kind=ExerciseKind.TEMPLATE,
    )  # fmt: skip
    run = exercise_copy(perimeter=perimeters.alice, organisation_id=place.pk, source=model)
    assert library_at(perimeters.bob, place).filter(pk=model.pk).exists()
    Participant.objects.create(
        exercise=run, role="player", user=characters.bob, name="Bob", cell=run.cells.first()
    )
    assert not library_at(perimeters.bob, place).filter(pk=model.pk).exists()
    assert not scripts_in(perimeters.bob).filter(pk=model.pk).exists()
    with pytest.raises(NotFound):
        exercise_copy(perimeter=perimeters.bob, organisation_id=place.pk, source=model)


def test_scripts_stay_in_their_structure_and_its_group(
    exercise: Exercise, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    for name in ("alice", "bob", "operator"):
        assert script_get_in(getattr(perimeters, name), exercise.pk) == exercise
    for name in ("charlie", "diane", "remi", "ada"):
        with pytest.raises(NotFound):
            script_get_in(getattr(perimeters, name), exercise.pk)
        assert not exercises_in(getattr(perimeters, name)).exists()
    with pytest.raises(NotFound):
        exercise_create(
            perimeter=perimeters.charlie, organisation_id=territory.entities[0].pk,
            scenario=small_scenario(),
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        library_at(perimeters.remi, territory.entities[0])


def test_a_director_sees_the_day_and_not_the_script(
    exercise: Exercise, territory: SimpleNamespace, person: Person, perimeters: SimpleNamespace
) -> None:
    director = perimeter_of(person("dir@hygie.test", "director", territory.entities[0]))
    assert list(exercises_in(director)) == [exercise]
    assert not scripts_in(director).exists()


def test_a_region_prepares_exercises_of_its_own_and_shares_models_with_its_region(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    made = exercise_create(
        perimeter=perimeters.remi, organisation_id=territory.north.pk,
        scenario=small_scenario(), kind=ExerciseKind.TEMPLATE,
    )  # fmt: skip
    assert script_get_in(perimeters.remi, made.pk) == made
    place = territory.entities[0]
    assert not library_at(perimeters.alice, place).exists()
    template_share(perimeter=perimeters.remi, template=made, sharing=Sharing.REGION)
    assert list(library_at(perimeters.alice, place)) == [made]
    assert not library_at(perimeters.charlie, territory.far).exists()
    with pytest.raises(NotFound):
        script_get_in(perimeters.diane, made.pk)


def test_a_model_shared_with_a_group_stays_in_the_group(
    exercise: Exercise, perimeters: SimpleNamespace, territory: SimpleNamespace, person: Person
) -> None:
    eve = perimeter_of(person("eve@hygie.test", "rssi", territory.entities[1]))
    lone = perimeter_of(person("lone@hygie.test", "rssi", territory.alone))
    model = exercise_copy(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, source=exercise,
        kind=ExerciseKind.TEMPLATE,
    )  # fmt: skip
    assert not library_at(eve, territory.entities[1]).exists()
    template_share(perimeter=perimeters.alice, template=model, sharing=Sharing.GROUP)
    assert list(library_at(eve, territory.entities[1])) == [model]
    assert not library_at(lone, territory.alone).exists()
    taken = exercise_copy(perimeter=eve, organisation_id=territory.entities[1].pk, source=model)
    assert taken.organisation == territory.entities[1]
    with pytest.raises(NotFound):
        exercise_copy(perimeter=lone, organisation_id=territory.alone.pk, source=model)


def test_the_models_of_the_platform_are_loaded_once_and_renewed(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    with pytest.raises(NotAllowed):
        library_load(perimeter=perimeters.alice)
    first = library_load(perimeter=perimeters.ada)
    assert first.added and not first.renewed
    assert library_load(perimeter=perimeters.ada).changed == 0
    model = library_at(perimeters.alice, territory.entities[0]).filter(language="fr")[0]
    taken = exercise_copy(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, source=model
    )
    Exercise.objects.filter(pk=model.pk).update(title="Abîmé")
    assert library_load(perimeter=perimeters.ada).renewed == 1
    taken.refresh_from_db()
    assert taken.injects.count() == model.injects.count()
    with pytest.raises(NotAllowed):
        template_share(perimeter=perimeters.alice, template=model, sharing=Sharing.REGION)
