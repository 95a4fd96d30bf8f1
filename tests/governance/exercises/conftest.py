"""A small exercise that may be played, at Alice's establishment."""

import datetime as dt
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
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services.design import exercise_create

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
