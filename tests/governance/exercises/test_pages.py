"""Pages that prepare an exercise: what they say, to whom, at which cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from hygie.governance.exercises.bridge import rows_write
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Sharing
from hygie.governance.exercises.models import Exercise, Inject, Participant
from hygie.governance.exercises.services.design import exercise_copy, template_share
from hygie.governance.exercises.services.people import participant_add
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import SECRET, small_scenario

Assertion = Callable[[int], AbstractContextManager[object]]
SignedIn = Callable[[User], Client]
SCRIPT_PAGES = (
    "exercise_prepare", "inject_add", "objective_list", "variable_list", "exercise_settings",
    "cell_list",
)  # fmt: skip


@pytest.fixture
def alice(signed_in: SignedIn, characters: SimpleNamespace) -> Client:
    return signed_in(characters.alice)


def text(client: Client, name: str, *args: int, **query: str) -> str:
    response = client.get(reverse(f"exercises:{name}", args=args), query)
    assert response.status_code == 200, name
    return str(response.content, "utf-8")


@pytest.mark.parametrize("view", SCRIPT_PAGES)
@pytest.mark.parametrize("who", ["charlie", "diane", "remi", "ada"])
def test_a_reader_from_elsewhere_gets_not_found(
    exercise: Exercise, signed_in: SignedIn, characters: SimpleNamespace, view: str, who: str
) -> None:
    client = signed_in(getattr(characters, who))
    assert client.get(reverse(f"exercises:{view}", args=[exercise.pk])).status_code == 404


@pytest.mark.parametrize("view", SCRIPT_PAGES)
def test_each_page_of_the_script_is_stamped_and_opens_for_whoever_prepares(
    exercise: Exercise, alice: Client, view: str
) -> None:
    said = text(alice, view, exercise.pk)
    assert "exe-stamp" in said
    assert "<title>EXERCICE · " in said


@pytest.mark.parametrize("view", SCRIPT_PAGES)
def test_a_player_with_an_account_gets_not_found_before_the_end(
    exercise: Exercise, signed_in: SignedIn, characters: SimpleNamespace, view: str
) -> None:
    Participant.objects.create(
        exercise=exercise, role="player", user=characters.bob, name="Bob",
        cell=exercise.cells.first(),
    )  # fmt: skip
    bob = signed_in(characters.bob)
    assert bob.get(reverse(f"exercises:{view}", args=[exercise.pk])).status_code == 404
    shown = text(bob, "exercise_detail", exercise.pk)
    assert exercise.title in shown and SECRET not in shown and exercise.summary not in shown


def test_the_list_says_what_comes_and_leads_to_a_model(
    exercise: Exercise, alice: Client, territory: SimpleNamespace
) -> None:
    page = text(alice, "exercise_list", territory.entities[0].pk)
    assert exercise.title in page and "Le prochain" in page
    assert reverse("exercises:library", args=[territory.entities[0].pk]) in page


def test_the_region_sees_no_exercise_of_an_establishment(
    exercise: Exercise,
    signed_in: SignedIn,
    characters: SimpleNamespace,
    territory: SimpleNamespace,
) -> None:
    remi = signed_in(characters.remi)
    place = territory.entities[0].pk
    assert remi.get(reverse("exercises:exercise_list", args=[place])).status_code == 404
    assert exercise.title not in text(remi, "exercise_list", territory.north.pk)


def test_a_model_becomes_an_exercise_in_one_form(alice: Client, territory: SimpleNamespace) -> None:
    model = Exercise.objects.create(
        kind=ExerciseKind.TEMPLATE, code="night-ch", title="Nuit sans DPI", level="beginner",
        play="table_top",
    )  # fmt: skip
    rows_write(model, small_scenario())
    place = territory.entities[0].pk
    response = alice.get(reverse("exercises:library", args=[place]), follow=True)
    assert response.redirect_chain[0][0].endswith("?language=fr&kind=ch")
    assert model.title in str(response.content, "utf-8")
    address = reverse("exercises:library_model", args=[place, model.pk])
    assert model.injects.first().title in text(alice, "library_model", place, model.pk)  # type: ignore[union-attr]
    made = alice.post(address, {"title": "Le nôtre", "planned_at": "2027-03-01T14:00"})
    run = Exercise.objects.get(kind=ExerciseKind.RUN)
    assert made["Location"] == reverse("exercises:exercise_prepare", args=[run.pk])
    assert run.title == "Le nôtre" and run.planned_at is not None
    assert alice.post(address, {"title": ""}).status_code == 422


def test_a_shared_model_is_previewed_in_the_region_only(
    exercise: Exercise,
    signed_in: SignedIn,
    characters: SimpleNamespace,
    perimeters: SimpleNamespace,
    territory: SimpleNamespace,
) -> None:
    model = exercise_copy(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, source=exercise,
        kind=ExerciseKind.TEMPLATE,
    )  # fmt: skip
    template_share(perimeter=perimeters.alice, template=model, sharing=Sharing.REGION)
    charlie = signed_in(characters.charlie)
    away = reverse("exercises:library_model", args=[territory.far.pk, model.pk])
    assert charlie.get(away).status_code == 404


def test_rows_are_narrowed_and_staff_rows_stand_apart(exercise: Exercise, alice: Client) -> None:
    it = exercise.cells.get(key="it").pk
    page = text(alice, "exercise_prepare", exercise.pk, cell=str(it))
    assert "Écran noir" in page and "Un journaliste appelle" not in page.split('id="check"')[0]
    assert "exe-staff" in text(alice, "exercise_prepare", exercise.pk)
    assert "3 lignes sur 5" in text(alice, "exercise_prepare", exercise.pk, channel="mail")


def test_a_row_is_changed_where_it_stands(exercise: Exercise, alice: Client) -> None:
    row = exercise.injects.get(key="screen")
    address = reverse("exercises:exercise_prepare", args=[exercise.pk])
    assert 'id="row-edited"' in text(alice, "exercise_prepare", exercise.pk, ligne=str(row.pk))
    it = exercise.cells.get(key="it").pk
    values = {
        "title": "Écran rouge", "offset_s": "H+0h05", "channel": "alarm", "cells": [it],
        "sender": "",
    }  # fmt: skip
    refused = alice.post(f"{address}?ligne={row.pk}", values | {"offset_s": "bientôt"})
    assert refused.status_code == 422 and "bientôt" in str(refused.content, "utf-8")
    done = alice.post(f"{address}?ligne={row.pk}&channel=alarm", values)
    assert done["Location"] == f"{address}?channel=alarm"
    row.refresh_from_db()
    assert (row.title, row.offset_s, row.score) == ("Écran rouge", 300, 2)
    added = alice.post(f"{address}?ligne=nouvelle", values)
    assert added.status_code == 302 and exercise.injects.count() == 6


def test_the_editor_keeps_what_was_not_touched(exercise: Exercise, alice: Client) -> None:
    row = exercise.injects.get(key="press")
    row.deadline_s = 90
    row.save()
    response = alice.get(reverse("exercises:inject_edit", args=[exercise.pk, row.pk]))
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in values.items()}
    saved = alice.post(reverse("exercises:inject_edit", args=[exercise.pk, row.pk]), sent)
    assert saved.status_code == 302
    kept = exercise.injects.get(key="press")
    assert (kept.deadline_s, kept.conditions, kept.body) == (90, row.conditions, row.body)
    assert [cell.key for cell in kept.cells.all()] == ["decision"]


def test_acts_move_the_exercise_and_say_what_forbids(exercise: Exercise, alice: Client) -> None:
    act = reverse("exercises:exercise_act", args=[exercise.pk])
    alice.post(act, {"act": "ready"})
    exercise.refresh_from_db()
    assert exercise.state == ExerciseState.READY
    alice.post(act, {"act": "template"})
    assert Exercise.objects.filter(kind=ExerciseKind.TEMPLATE).count() == 1
    alice.post(act, {"act": "cancel"})
    exercise.refresh_from_db()
    assert exercise.state == ExerciseState.CANCELLED
    assert alice.post(act, {"act": "dance"}).status_code == 400


def test_the_timeline_shifts_from_the_page(exercise: Exercise, alice: Client) -> None:
    address = reverse("exercises:timeline_shift", args=[exercise.pk])
    alice.post(address, {"from_s": "0:40", "by_min": "10"})
    assert exercise.injects.get(key="end").offset_s == 3000


def test_objectives_variables_cells_and_people_are_changed_from_their_pages(
    exercise: Exercise, alice: Client
) -> None:
    pk = exercise.pk
    objectives = reverse("exercises:objective_list", args=[pk])
    assert alice.post(objectives, {"title": "Restaurer"}).status_code == 302
    wrong = alice.post(objectives, {"title": "Restaurer", "requirement": "Z9"})
    assert wrong.status_code == 422
    alice.post(
        reverse("exercises:variable_list", args=[pk]), {"name": ["dpi", ""], "value": ["Vega", ""]}
    )
    alice.post(
        reverse("exercises:cell_list", args=[pk]),
        {"add": "cell", "cell-name": "Pharmacie", "cell-kind": "care"},
    )
    cell = exercise.cells.get(name="Pharmacie")
    alice.post(
        reverse("exercises:cell_list", args=[pk]),
        {"add": "person", "person-role": "player", "person-cell": cell.pk, "person-name": "Léa"},
    )
    exercise.refresh_from_db()
    assert exercise.variables == {"dpi": "Vega"}
    assert exercise.participants.get(name="Léa").cell == cell
    page = text(alice, "cell_list", pk)
    assert "Pharmacie" in page and "Léa" in page


def test_a_guest_s_link_is_shown_once(
    exercise: Exercise, alice: Client, perimeters: SimpleNamespace
) -> None:
    guest = participant_add(
        perimeter=perimeters.alice, exercise=exercise, role="observer", name="Paul"
    )
    act = reverse("exercises:participant_act", args=[exercise.pk, guest.pk])
    shown = alice.post(act, {"act": "link"})
    assert "/exercice/" in str(shown.content, "utf-8")
    guest.refresh_from_db()
    assert guest.token_hash and guest.token_hash not in str(shown.content, "utf-8")
    alice.post(act, {"act": "revoke"})
    guest.refresh_from_db()
    assert not guest.token_hash


def test_a_longer_script_costs_no_more_queries(
    exercise: Exercise, alice: Client, django_assert_max_num_queries: Assertion
) -> None:
    rows = [
        Inject(exercise=exercise, key=f"x{number}", title=f"Ligne {number}", offset_s=number)
        for number in range(120)
    ]
    Inject.objects.bulk_create(rows)
    with django_assert_max_num_queries(20):
        text(alice, "exercise_prepare", exercise.pk)


def test_other_structures_play_too_when_one_reads_them(
    exercise: Exercise, signed_in: SignedIn, characters: SimpleNamespace, alice: Client
) -> None:
    act = reverse("exercises:exercise_act", args=[exercise.pk])
    bob = signed_in(characters.bob)
    bob.post(act, {"act": "sites", "sites": "590000002; 590000003"})
    assert exercise.sites.count() == 2
    assert "590000002" in text(bob, "exercise_settings", exercise.pk)
    assert alice.post(act, {"act": "sites", "sites": "130000001"}).status_code == 404
    assert exercise.sites.count() == 2
