"""An exercise drawn from the establishment's own map."""

import html
from collections.abc import Callable
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hygie.engines.exercise.checks import is_playable
from hygie.engines.ransomware.losses import LossFamily
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.governance.exercises.errors import NothingOnTheMap, ValueRefused
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services import generated
from hygie.governance.exercises.services.generated import (
    ATTACK,
    Wanted,
    exercise_generate,
    generated_scenario,
    losses_offered,
)
from hygie.governance.exercises.services.script import exercise_findings
from hygie.governance.exercises.tasks import generation_launch, run_generation
from hygie.territory.estate.models import Asset
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.people.selectors import perimeter_of
from tests.operations.impact.conftest import hospital, mapped  # noqa: F401 - fixtures

Mapped = dict[str, Asset]


def test_a_loss_becomes_a_playable_exercise_that_names_what_fails(
    territory: SimpleNamespace,
    perimeters: SimpleNamespace,
    mapped: Mapped,  # noqa: F811
) -> None:
    place = territory.entities[0]
    offers = losses_offered(perimeters.alice, place)
    assert {one.family for one in offers} >= {LossFamily.OBJECT}
    chosen = next(one for one in offers if one.family is LossFamily.OBJECT)
    made = exercise_generate(
        perimeter=perimeters.alice, place=place, wanted=Wanted(loss=chosen.value)
    )
    assert is_playable(exercise_findings(made))
    told = " ".join(row.body + row.comment for row in made.injects.all())
    assert chosen.name in told + made.title
    assert made.objectives.exclude(requirement="").exists()


def test_the_same_draw_gives_the_same_script_and_another_map_none(
    territory: SimpleNamespace,
    perimeters: SimpleNamespace,
    mapped: Mapped,  # noqa: F811
) -> None:
    place, alice = territory.entities[0], perimeters.alice
    wanted = Wanted(loss=losses_offered(alice, place)[0].value, language="en", seed=7)
    first = generated_scenario(perimeter=alice, place=place, wanted=wanted)
    assert first == generated_scenario(perimeter=alice, place=place, wanted=wanted)
    with pytest.raises(ValueRefused):
        generated_scenario(perimeter=alice, place=place, wanted=Wanted(loss="meteor:x"))
    with pytest.raises(NothingOnTheMap):
        generated_scenario(
            perimeter=perimeters.charlie, place=territory.far, wanted=Wanted(loss="internet:")
        )


def test_the_words_are_those_of_such_a_place_and_of_its_map(
    territory: SimpleNamespace,
    perimeters: SimpleNamespace,
    mapped: Mapped,  # noqa: F811
) -> None:
    place, alice = territory.entities[0], perimeters.alice
    chosen = losses_offered(alice, place)[0].value
    script = generated_scenario(perimeter=alice, place=place, wanted=Wanted(loss=chosen))
    assert script.variables["etablissement"] == place.name
    assert script.variables["plan"] == "plan blanc"
    assert len(script.cells) == 5
    place.category_code = "500"
    script = generated_scenario(perimeter=alice, place=place, wanted=Wanted(loss=chosen))
    assert script.variables["personnes"] == "résidents"
    assert [cell.key for cell in script.cells] == ["decision", "it", "care"]


def test_an_attack_is_told_to_those_who_read_the_ways_in(
    territory: SimpleNamespace, perimeters: SimpleNamespace,
    person: Callable[[str, str, Organisation], User], mapped: Mapped,  # noqa: F811
) -> None:  # fmt: skip
    place = territory.entities[0]
    helper = perimeter_of(person("help@hygie.test", "contributor", place))
    with pytest.raises(NotAllowed):
        generated_scenario(perimeter=helper, place=place, wanted=Wanted(loss=ATTACK))
    script = generated_scenario(perimeter=perimeters.alice, place=place, wanted=Wanted(loss=ATTACK))
    assert len(script.injects) > 10


def test_the_page_offers_what_is_on_the_map_and_writes_the_script(
    territory: SimpleNamespace, characters: SimpleNamespace, perimeters: SimpleNamespace,
    signed_in: Callable[[User], Client], mapped: Mapped,  # noqa: F811
) -> None:  # fmt: skip
    address = reverse("exercises:exercise_generate", args=[territory.entities[0].pk])
    alice = signed_in(characters.alice)
    assert alice.get(address).status_code == 200
    loss = losses_offered(perimeters.alice, territory.entities[0])[0].value
    values = {
        "loss": loss, "level": "confirmed", "play": "full", "duration_min": 120,
        "language": "fr", "seed": 3, "start": "2027-03-06T02:50",
    }  # fmt: skip
    done = alice.post(address, values)
    run = Exercise.objects.get()
    assert done["Location"] == reverse("exercises:exercise_prepare", args=[run.pk])
    assert run.level == "confirmed" and run.simulated_start_at is not None
    assert signed_in(characters.remi).get(address).status_code == 404
    assert alice.post(address, values | {"loss": "meteor:x"}).status_code == 422


def test_a_large_map_is_told_by_a_worker_that_its_page_follows(
    territory: SimpleNamespace, characters: SimpleNamespace, perimeters: SimpleNamespace,
    signed_in: Callable[[User], Client], mapped: Mapped,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:  # fmt: skip
    monkeypatch.setattr(generated, "LARGE_MAP", 1)
    address = reverse("exercises:exercise_generate", args=[territory.entities[0].pk])
    alice = signed_in(characters.alice)
    values = {
        "loss": losses_offered(perimeters.alice, territory.entities[0])[0].value,
        "level": "confirmed", "play": "full", "duration_min": 120, "language": "fr", "seed": 3,
        "start": "2027-03-06T02:50", "planned_at": "2027-05-04T09:00",
    }  # fmt: skip
    followed = alice.post(address, values)["Location"]
    job = Job.objects.get()
    assert followed == f"{address}?travail={job.pk}"
    page = alice.get(followed).content.decode()
    assert "EXERCICE" in page
    assert reverse("jobs:job_cancel", args=[job.pk]) in page
    # Nobody else follows it.
    assert signed_in(characters.bob).get(followed).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        made = generation_launch(
            perimeter=perimeters.alice, place=territory.entities[0],
            wanted=Wanted(loss=values["loss"], seed=3, level="confirmed", play="full"),
        )  # fmt: skip
    run = Exercise.objects.get()
    made.refresh_from_db()
    there = reverse("exercises:exercise_prepare", args=[run.pk])
    assert (made.state, made.result_url) == (JobState.DONE, there)
    done = f"{address}?travail={made.pk}"
    assert alice.get(done)["Location"] == there
    assert alice.get(done, headers={"HX-Request": "true"})["HX-Redirect"] == there


def test_a_worker_writes_with_the_rights_that_the_author_still_has(
    territory: SimpleNamespace, characters: SimpleNamespace, perimeters: SimpleNamespace,
    mapped: Mapped, django_capture_on_commit_callbacks: Callable[..., Any],  # noqa: F811
) -> None:  # fmt: skip
    loss = losses_offered(perimeters.alice, territory.entities[0])[0].value
    RoleAssignment.objects.filter(user=characters.alice).delete()
    with django_capture_on_commit_callbacks(execute=True):
        made = generation_launch(
            perimeter=perimeters.alice, place=territory.entities[0], wanted=Wanted(loss=loss)
        )
    made.refresh_from_db()
    assert made.state == JobState.FAILED
    assert not Exercise.objects.exists()


def test_one_that_is_cancelled_writes_nothing(
    territory: SimpleNamespace, characters: SimpleNamespace, perimeters: SimpleNamespace,
    signed_in: Callable[[User], Client], mapped: Mapped,  # noqa: F811
) -> None:  # fmt: skip
    place = territory.entities[0]
    wanted = Wanted(loss=losses_offered(perimeters.alice, place)[0].value)
    job = generation_launch(perimeter=perimeters.alice, place=place, wanted=wanted)
    alice = signed_in(characters.alice)
    alice.post(reverse("jobs:job_cancel", args=[job.pk]))
    run_generation.call(job.pk, place.pk, characters.alice.pk, asdict(wanted), "")
    assert not Exercise.objects.exists()
    address = reverse("exercises:exercise_generate", args=[place.pk])
    said = alice.get(f"{address}?travail={job.pk}").content.decode()
    assert "Travail annulé" in html.unescape(said)
