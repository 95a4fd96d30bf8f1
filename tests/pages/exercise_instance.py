"""An instance in which an exercise is ready to be played, made by its own command line.

Run inside the instance, on its tables: prints who may come in, and how.
"""

import datetime as dt
import json
import sys

from django.conf import settings
from django.test import Client
from django.utils import timezone

from hygie.engines.exercise.types import (
    CellRecord,
    Condition,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.vocabulary import CellKind, Channel, Nature, On
from hygie.governance.exercises.services.design import exercise_create, exercise_ready
from hygie.governance.exercises.services.people import guest_link_issue, participant_add
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.people.selectors import perimeter_of

SCENARIO = ScenarioRecord(
    title="Nuit sans DPI",
    duration_s=1800,
    simulated_start="2027-01-04T22:15:00",
    cells=(
        CellRecord("decision", CellKind.DECISION, "Cellule de crise"),
        CellRecord("it", CellKind.IT, "Informatique"),
        CellRecord("com", CellKind.COMMUNICATION, "Communication"),
    ),
    objectives=(ObjectiveRecord("alert", "Donner l'alerte"),),
    injects=(
        InjectRecord("brief", "Point d'animation", 0, Nature.FACILITATION, body="SECRET"),
        InjectRecord(
            "screen", "Écran noir", 0, channel=Channel.ALARM, cells=("it",), sender="Supervision",
            body="Le serveur ne répond plus.", expected="Prévenir l'astreinte",
            objective="alert", score=2,
        ),
        InjectRecord(
            "choice", "Isoler ?", 600, sender="RSSI", cells=("decision",),
            body="Que décidez-vous ?", expected="Trancher vite", objective="alert",
            options=("Isoler", "Attendre"), score=3,
        ),
        InjectRecord(
            "press", "Un article", 610, channel=Channel.PRESS, sender="La Gazette",
            cells=("com",), body="L'hôpital coupe son réseau.", expected="Un communiqué",
            objective="alert", conditions=(Condition(On.DECISION, "choice", "Isoler"),),
        ),
        InjectRecord("end", "Tout repart", 900, Nature.INFORMATION, body="Le service revient."),
    ),
)  # fmt: skip


def _account(place: Organisation, email: str, role: str) -> User:
    user = User.objects.create_user(email, "un mot de passe solide", first_name=email.split("@")[0])
    RoleAssignment.objects.create(
        user=user, organisation=place, role=role, since=dt.date(2024, 1, 1)
    )
    return user


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def make() -> None:
    """Make it, and print it as JSON."""
    nation = Organisation.objects.create(kind="nation", code="FR", name="France")
    region = Organisation.objects.create(kind="region", code="32", name="Nord", parent=nation)
    place = Organisation.objects.create(
        kind="ej", code="590000001", name="CH", parent=region, region=region, is_followed=True,
        category_code="355",
    )  # fmt: skip
    alice = _account(place, "alice@hygie.test", "rssi")
    perimeter = perimeter_of(alice)
    exercise = exercise_create(
        perimeter=perimeter, organisation_id=place.pk, scenario=SCENARIO,
        planned_at=timezone.now(),
    )  # fmt: skip
    cells = {cell.key: cell.pk for cell in exercise.cells.all()}
    sessions = {"staff": _session(alice)}
    for name, role, cell in (
        ("it", "player", "it"), ("decision", "player", "decision"), ("observer", "observer", None),
    ):  # fmt: skip
        user = _account(place, f"{name}@hygie.test", "contributor")
        participant_add(
            perimeter=perimeter, exercise=exercise, role=role, user_id=user.pk,
            cell_id=cells[cell] if cell else None,
        )  # fmt: skip
        sessions[name] = _session(user)
    guest = participant_add(
        perimeter=perimeter, exercise=exercise, role="player", name="Gaston", cell_id=cells["com"]
    )
    _guest, token = guest_link_issue(
        perimeter=perimeter, exercise=exercise, participant_id=guest.pk
    )
    exercise_ready(perimeter=perimeter, exercise=exercise)
    found = {"pk": exercise.pk, "cookie": settings.SESSION_COOKIE_NAME, "token": token}
    sys.stdout.write(json.dumps({**found, "sessions": sessions}) + "\n")


make()
