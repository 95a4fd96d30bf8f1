"""A small exercise that may be played, at Alice's establishment."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone

from hygie.engines.exercise.types import (
    CellRecord,
    Condition,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.vocabulary import CellKind, Channel, Nature, On
from hygie.governance.exercises.choices import ExerciseState, Role
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.selectors.seats import Ticket, seat_in
from hygie.governance.exercises.services.design import exercise_create
from hygie.governance.exercises.services.people import token_hash
from hygie.territory.people.models import User
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import NOBODY

SECRET = "Réservé à l'animation : ne rien laisser paraître"  # a sentence


def small_scenario() -> ScenarioRecord:
    """Two cells, a decision that opens a branch, a row of the staff."""
    return ScenarioRecord(
        title="Nuit sans DPI",
        summary="Le dossier patient s'arrête.",
        duration_s=3600,
        simulated_start="2027-01-04T22:15:00",
        cells=(
            CellRecord("decision", CellKind.DECISION, "Cellule de crise"),
            CellRecord("it", CellKind.IT, "Informatique"),
        ),
        objectives=(ObjectiveRecord("alert", "Donner l'alerte", competence="alerter"),),
        injects=(
            InjectRecord(
                "brief", "Point de départ", -900, Nature.FACILITATION, body=SECRET, comment=SECRET
            ),
            InjectRecord(
                "screen", "Écran noir", 0, channel=Channel.ALARM, cells=("it",),
                body="Le serveur de {{dpi}} ne répond plus.", expected="Prévenir l'astreinte",
                objective="alert", score=2, deadline_s=600, comment=SECRET,
            ),
            InjectRecord(
                "choice", "Faut-il isoler ?", 1200, sender="RSSI", body="Que décidez-vous ?",
                expected="Trancher", objective="alert", options=("Isoler", "Attendre"), score=3,
            ),
            InjectRecord(
                "press", "Un journaliste appelle", 2400, channel=Channel.PHONE,
                sender="La Gazette", cells=("decision",), body="Est-il vrai que… ?",
                expected="Renvoyer vers la communication", objective="alert",
                conditions=(Condition(On.DECISION, "choice", "Isoler"),),
            ),
            InjectRecord(
                "end", "Tout repart", 2400, Nature.INFORMATION, sender="Astreinte",
                body="Le service revient.",
            ),
        ),
        variables={"dpi": "Orion"},
    )  # fmt: skip


@pytest.fixture
def exercise(territory: SimpleNamespace, perimeters: SimpleNamespace) -> Exercise:
    """The small exercise, planned in ten days by Alice."""
    return exercise_create(
        perimeter=perimeters.alice,
        organisation_id=territory.entities[0].pk,
        scenario=small_scenario(),
        planned_at=timezone.now() + dt.timedelta(days=10),
    )


@pytest.fixture
def ready(exercise: Exercise) -> Exercise:
    """The small exercise, ready to be played."""
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.READY)
    exercise.refresh_from_db()
    return exercise


@pytest.fixture
def seats(
    exercise: Exercise, perimeters: SimpleNamespace, person: Callable[..., User],
    territory: SimpleNamespace,
) -> SimpleNamespace:  # fmt: skip
    """Alice conducts; Iris plays in IT, Denis and a guest in the crisis cell, Olga observes."""
    cells = {cell.key: cell for cell in exercise.cells.all()}

    def account(name: str, role: str, cell: str | None) -> User:
        user = person(f"{name.lower()}@hygie.test", "contributor", territory.entities[0])
        Participant.objects.create(
            exercise=exercise, role=role, cell=cells[cell] if cell else None, user=user, name=name
        )
        return user

    users = {
        "it": account("Iris", Role.PLAYER, "it"),
        "decision": account("Denis", Role.PLAYER, "decision"),
        "observer": account("Olga", Role.OBSERVER, None),
    }
    guest = Participant.objects.create(
        exercise=exercise, role=Role.PLAYER, cell=cells["decision"], name="Gaston",
        token_hash=token_hash("jeton-de-gaston"),
        token_expires_at=timezone.now() + dt.timedelta(days=400),
    )  # fmt: skip
    ticket = Ticket(guest.pk, guest.token_hash)
    found = {name: seat_in(perimeter_of(user), exercise.pk) for name, user in users.items()}
    return SimpleNamespace(
        **found, staff=seat_in(perimeters.alice, exercise.pk),
        guest=seat_in(NOBODY, exercise.pk, ticket), users=SimpleNamespace(**users),
        token="jeton-de-gaston", ticket=ticket,
    )  # fmt: skip
