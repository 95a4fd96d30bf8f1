"""Which plans exercises put to the test, and how each held."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hygie.connectors.exercise_formats.types import ExerciseFormat, ScenarioFile
from hygie.connectors.messages import Report
from hygie.governance.exercises.catalogue import scenario_codes, scenario_file
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Verdict
from hygie.governance.exercises.errors import ValueRefused
from hygie.governance.exercises.models import Exercise, ExerciseObjective, ExerciseSite
from hygie.governance.exercises.retex import retex_of
from hygie.governance.exercises.retex_data import retex_data
from hygie.governance.exercises.selectors.plans import plan_codes, plans_in
from hygie.governance.exercises.services.brought import Destination, script_apply, script_plan
from hygie.governance.exercises.services.closing import exercise_close
from hygie.governance.exercises.services.design_cells import objective_add, objective_edit
from hygie.programme.models import DocumentKind
from hygie.programme.referential.load import load_referential
from hygie.progress.models import Evidence
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.perimeter import Perimeter
from tests.governance.exercises.conftest import small_scenario
from tests.governance.exercises.played import play

SignedIn = Callable[[User], Client]
PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def kinds(db: None) -> SimpleNamespace:
    """Two kinds of plan, and a kind of proof that nobody rehearses."""

    def kind(code: str, title: str, *, is_plan: bool = True) -> DocumentKind:
        return DocumentKind.objects.create(
            code=code, title_fr=title, title_en=f"{title} (en)", is_plan=is_plan
        )

    return SimpleNamespace(
        pca=kind("pca", "Plan de continuité"), pra=kind("pra", "Plan de reprise"),
        pssi=kind("pssi", "Politique", is_plan=False),
    )  # fmt: skip


def _run(
    place: Organisation, verdicts: list[str], *, days_ago: int = 10, plan: str = "pca",
    state: str = ExerciseState.CLOSED,
) -> Exercise:  # fmt: skip
    at = timezone.now() - dt.timedelta(days=days_ago)
    run = Exercise.objects.create(
        kind=ExerciseKind.RUN, organisation=place, title="Nuit blanche", level="beginner",
        play="table_top", state=state, planned_at=at, started_at=at, ended_at=at,
    )  # fmt: skip
    for number, verdict in enumerate(verdicts):
        ExerciseObjective.objects.create(
            exercise=run, key=f"o{number}", title=f"Objectif {number}", plan=plan, verdict=verdict
        )
    return run


def _document(place: Organisation, kind: DocumentKind, *, days_ago: int, **said: object) -> None:
    on = timezone.localdate() - dt.timedelta(days=days_ago)
    Evidence.objects.create(
        organisation=place, kind=kind, title=f"{kind.title_fr} signé", effective_on=on, **said
    )


def _standing(perimeter: Perimeter, place: Organisation, code: str = "pca") -> str:
    rows = plans_in(perimeter, place, timezone.now())
    return next(
        row.standing for row in rows if row.organisation.pk == place.pk and row.code == code
    )


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        (["passed"], "held"),
        (["passed", "passed"], "held"),
        (["passed", "not_tested"], "partly"),
        (["passed", "partial"], "partly"),
        (["passed", "failed"], "missed"),
        (["not_tested"], "unseen"),
        ([""], "unseen"),
    ],
)
def test_a_plan_held_when_all_its_objectives_were_reached(
    verdicts: list[str], standing: str, kinds: SimpleNamespace, territory: SimpleNamespace,
    perimeters: SimpleNamespace,
) -> None:  # fmt: skip
    place = territory.entities[0]
    _run(place, verdicts)
    assert _standing(perimeters.alice, place) == standing
    assert _standing(perimeters.alice, place, "pra") == "never"


def test_the_last_exercise_says_and_an_old_or_open_one_proves_nothing(
    kinds: SimpleNamespace, territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    place, alice = territory.entities[0], perimeters.alice
    _run(place, ["passed"], days_ago=400)
    assert _standing(alice, place) == "old"
    _run(place, ["passed"], days_ago=40)
    assert _standing(alice, place) == "held"
    _run(place, ["failed"], days_ago=30)
    assert _standing(alice, place) == "missed"
    _run(place, ["", ""], days_ago=20, state=ExerciseState.ENDED)
    assert _standing(alice, place) == "open"


def test_a_plan_that_changed_since_has_to_be_tested_again(
    kinds: SimpleNamespace, territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    place, alice = territory.entities[0], perimeters.alice
    _run(place, ["passed"], days_ago=40)
    _document(place, kinds.pca, days_ago=60)
    assert _standing(alice, place) == "held"
    _document(place, kinds.pca, days_ago=5, is_withdrawn=True)
    assert _standing(alice, place) == "held"
    _document(place, kinds.pca, days_ago=5)
    assert _standing(alice, place) == "changed"


def test_a_group_s_plan_and_a_group_s_exercise_are_those_of_its_entities(
    kinds: SimpleNamespace, territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    one, two = territory.entities[:2]
    run = _run(territory.ght, ["passed"])
    ExerciseSite.objects.create(exercise=run, organisation=one)
    _document(territory.ght, kinds.pca, days_ago=90)
    _document(two, kinds.pra, days_ago=700, expires_on=timezone.localdate())
    rows = {
        (row.organisation.pk, row.code): row
        for row in plans_in(perimeters.bob, territory.ght, timezone.now())
    }
    assert rows[one.pk, "pca"].standing == "held"
    assert rows[two.pk, "pca"].standing == "never"
    held = rows[two.pk, "pca"].held
    assert held is not None and held.organisation_id == territory.ght.pk
    # Expired: no longer in force.
    assert rows[two.pk, "pra"].held is None


def test_only_those_who_see_the_exercises_read_how_plans_held(
    kinds: SimpleNamespace, territory: SimpleNamespace, characters: SimpleNamespace,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    place = territory.entities[0]
    _run(place, ["failed"])
    _document(place, kinds.pca, days_ago=90)
    _document(place, kinds.pra, days_ago=90, sensitivity="confidential")
    url = reverse("exercises:plan_list", args=[place.pk])
    for name in ("alice", "bob"):
        told = unescape(signed_in(getattr(characters, name)).get(url).content.decode())
        assert "n'a pas tenu" in told and "Nuit blanche" in told
    for name in ("charlie", "diane", "remi"):
        client = signed_in(getattr(characters, name))
        assert client.get(url).status_code == 404
        assert client.get(url, {"format": "csv"}).status_code == 404
    wide = reverse("exercises:plan_list", args=[territory.north.pk])
    assert signed_in(characters.remi).get(wide).status_code == 404
    for name in ("coverage", "exercise_list"):
        around = reverse(f"exercises:{name}", args=[territory.north.pk])
        assert wide not in signed_in(characters.remi).get(around).content.decode()
        here = reverse(f"exercises:{name}", args=[place.pk])
        assert url in signed_in(characters.alice).get(here).content.decode()


def test_the_list_is_read_in_english_and_taken_as_a_file(
    kinds: SimpleNamespace, territory: SimpleNamespace, characters: SimpleNamespace,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    place = territory.entities[0]
    _run(place, ["passed"])
    url = reverse("exercises:plan_list", args=[place.pk])
    client = signed_in(characters.alice)
    assert "1 plan sur 2 a tenu" in client.get(url).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": url})
    told = client.get(url).content.decode()
    assert "1 plan out of 2 held" in told and "Plan de continuité (en)" in told
    lines = b"".join(client.get(url, {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert len(lines) == 3


@pytest.mark.parametrize("size", [1, 30])
def test_plans_cost_the_same_whatever_the_size(
    size: int, kinds: SimpleNamespace, territory: SimpleNamespace, perimeters: SimpleNamespace,
    django_assert_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    for number in range(size):
        place = territory.entities[number % 4]
        run = _run(place, ["passed"], days_ago=number)
        ExerciseSite.objects.create(exercise=run, organisation=territory.entities[(number + 1) % 4])
        _document(place, kinds.pra, days_ago=number)
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        plans_in(perimeters.bob, territory.ght, timezone.now())


def test_closing_keeps_the_verdict_and_the_report_names_the_plan(
    exercise: Exercise, kinds: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    objective = exercise.objectives.get()
    objective_edit(
        perimeter=perimeters.alice, exercise=exercise, objective_id=objective.pk,
        title=objective.title, competence="alerter", plan="pca",
    )  # fmt: skip
    ended = play(exercise, players=6)
    place = ended.organisation
    assert place is not None
    assert _standing(perimeters.alice, place) == "open"
    line = retex_data(retex_of(ended))["objectives"][0]
    assert line["about"] == "Plan de continuité · alerter"
    exercise_close(perimeter=perimeters.alice, exercise=ended, paper=PAPER)
    assert ended.objectives.get().verdict == Verdict.PASSED
    assert _standing(perimeters.alice, place) == "held"


def test_an_objective_names_a_plan_that_the_referential_knows(
    exercise: Exercise, kinds: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    for unknown in ("pssi", "nowhere"):
        with pytest.raises(ValueRefused):
            objective_add(
                perimeter=perimeters.alice, exercise=exercise, title="Tenir", plan=unknown
            )


def test_the_page_of_objectives_ties_a_plan_and_says_whether_one_is_in_force(
    exercise: Exercise, kinds: SimpleNamespace, characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    alice = signed_in(characters.alice)
    url = reverse("exercises:objective_list", args=[exercise.pk])
    assert alice.post(url, {"title": "Tenir", "plan": "pssi"}).status_code == 422
    assert alice.post(url, {"title": "Tenir", "plan": "pca"}).status_code == 302
    assert exercise.objectives.get(title="Tenir").plan == "pca"
    assert "aucun document en vigueur ici" in alice.get(url).content.decode()
    assert exercise.organisation is not None
    _document(exercise.organisation, kinds.pca, days_ago=30)
    told = alice.get(url).content.decode()
    assert "en vigueur depuis le" in told and "Plan de continuité" in told


def test_a_file_may_name_a_plan_by_its_code_or_in_words(
    kinds: SimpleNamespace, territory: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    objective = small_scenario().objectives[0]
    for said, kept in {
        "PLAN DE REPRISE": "pra", "pca": "pca", "Plan de reprise (en)": "pra",
        "Le nôtre": "Le nôtre",
    }.items():  # fmt: skip
        scenario = replace(small_scenario(), objectives=(replace(objective, plan=said),))
        brought = ScenarioFile(ExerciseFormat.CHRONOGRAM, scenario, Report())
        destination = Destination(territory.entities[0])
        plan = script_plan(brought=brought, destination=destination)
        applied = script_apply(
            perimeter=perimeters.alice, brought=brought, destination=destination,
            plan_digest=plan.digest,
        )  # fmt: skip
        made = Exercise.objects.get(pk=applied.outcome["exercise"])
        assert made.objectives.get().plan == kept


def test_scenarios_of_the_library_name_plans_of_the_referential() -> None:
    plans = {one.code for one in load_referential().documents if one.is_plan}
    assert {"pca", "pra", "pcra", "plan-blanc", "crisis-procedure"} <= plans
    named = {
        row.plan for code in scenario_codes() for row in scenario_file(code).objectives if row.plan
    }
    assert named <= plans
    # Each scenario puts at least one plan to the test.
    assert all(any(row.plan for row in scenario_file(code).objectives) for code in scenario_codes())


def test_words_and_codes_of_plans_lead_to_the_code(kinds: SimpleNamespace) -> None:
    assert plan_codes()["plan de continuité (en)"] == "pca"
    assert "politique" not in plan_codes()
