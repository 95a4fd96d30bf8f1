"""May an administrator, and nobody else, change every row; and do the states follow?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.forms import JSONField
from django.test import Client
from django.urls import reverse

from hygie.foundation.journal.models import JournalLine
from hygie.programme.forms import KINDS
from hygie.programme.models import (
    Framework,
    Indicator,
    IndicatorTarget,
    Objective,
    Requirement,
    RequirementMapping,
    SecurityMeasure,
)
from hygie.programme.selectors import rules_of
from hygie.programme.services.referential import referential_load

pytestmark = pytest.mark.django_db

# kind → the field that the test rewrites, and its new value.
WORDS = {
    "target": ("source", "Notre source"),
    "framework": ("name", "Notre nom"),
    "requirement": ("name", "Notre nom"),
    "mapping": ("rationale", "Notre raison"),
}


@pytest.fixture
def ada(signed_in: Callable[..., Client], characters: Any, loaded: Any) -> Client:
    return signed_in(characters.ada)


def address(kind: str, row: Any) -> str:
    return reverse("programme:edit", args=[kind, row.pk])


def posted(kind: str, row: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send back, with these fields changed."""
    form = KINDS[kind][1](instance=row)
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(field, JSONField):
            value = json.dumps(value)
        elif isinstance(value, list):
            value = [getattr(one, "pk", one) for one in value]
        if value is not None:
            data[name] = value
    return data | changes


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_row_is_edited_through_its_page(ada: Client, kind: str) -> None:
    row = KINDS[kind][0]._default_manager.first()
    assert ada.get(address(kind, row)).status_code == 200
    before = JournalLine.objects.count()
    assert ada.post(address(kind, row), posted(kind, row)).status_code == 302
    row.refresh_from_db()
    assert (row.is_customised, JournalLine.objects.count()) == (False, before)
    field, said = WORDS.get(kind, ("title_fr", "Notre intitulé"))
    answer = ada.post(address(kind, row), posted(kind, row, **{field: said}))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), row.is_customised) == (said, True)
    line = JournalLine.objects.get(object_type=kind, object_id=str(row.pk))
    assert (line.action, line.detail["changed"][field][1]) == (f"{kind}.edited", said)
    ada.post(reverse("programme:release", args=[kind, row.pk]))
    row.refresh_from_db()
    assert not row.is_customised


@pytest.mark.parametrize("kind", list(KINDS))
def test_nobody_else_may_open_or_send_the_page(
    kind: str, signed_in: Callable[..., Client], characters: Any, loaded: Any
) -> None:
    row = KINDS[kind][0]._default_manager.first()
    for name in ("alice", "bob", "charlie", "diane", "remi"):
        client = signed_in(getattr(characters, name))
        assert client.get(address(kind, row)).status_code == 403
        assert client.post(address(kind, row), posted(kind, row)).status_code == 403
        release = reverse("programme:release", args=[kind, row.pk])
        assert client.post(release).status_code == 403
    assert Client().get(address(kind, row)).status_code == 302


def test_an_unknown_kind_or_row_is_not_found(ada: Client) -> None:
    assert ada.get(reverse("programme:edit", args=["inconnu", 1])).status_code == 404
    assert ada.get(reverse("programme:edit", args=["axis", 999_999])).status_code == 404


def test_a_bad_rule_is_refused_with_its_path(ada: Client) -> None:
    row = Requirement.objects.get(ref_id="D2.O1.C")
    rule = json.dumps({"rule": "all", "of": [{"rule": "measure"}]})
    answer = ada.post(address("requirement", row), posted("requirement", row, rule=rule))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "La règle est refusée à" in shown and "of" in shown
    row.refresh_from_db()
    assert not row.is_customised


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("measure", "facts", {"cost": 3}),
        ("measure", "facts", None),
        ("requirement", "translations", ["en"]),
        ("requirement", "explains", {"de": "Nein"}),
        ("requirement", "documents", [{"code": 1}]),
        ("requirement", "questions", [{"text": "?"}]),
        ("framework", "translations", {"en": "name"}),
        ("target", "categories", ["abc"]),
    ],
)
def test_a_value_that_no_page_could_read_is_refused_beside_its_field(
    ada: Client, kind: str, field: str, value: Any
) -> None:
    row = KINDS[kind][0]._default_manager.order_by("id").first()
    answer = ada.post(address(kind, row), posted(kind, row, **{field: json.dumps(value)}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    row.refresh_from_db()
    assert not row.is_customised


def test_two_objectives_exchange_their_numbers_and_keep_them_at_the_next_load(
    ada: Client, operator: Any
) -> None:
    first, other = Objective.objects.get(number=2), Objective.objects.get(number=3)
    ada.post(address("objective", first), posted("objective", first, number=3))
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.number, other.number) == (3, 2)
    referential_load(perimeter=operator)
    assert Objective.objects.count() == 20
    first.refresh_from_db()
    assert first.number == 3


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Events that follow-ups were asked for."""
    told: list[str] = []
    monkeypatch.setattr(
        "hygie.programme.services.edit.follow_up", lambda event, **_more: told.append(event)
    )
    return told


def test_a_parameter_is_set_and_unset_and_the_rule_follows(
    ada: Client, followed: list[str], operator: Any
) -> None:
    framework = next(row for row in Framework.objects.all() if row.parameters)
    name, parameter = next(
        (name, one) for name, one in framework.parameters.items() if one["value"] is None
    )
    where = reverse("programme:parameter", args=[framework.pk, name])

    def missing() -> set[str]:
        return {found for rule in rules_of([framework.pk]) for found in rule.missing}

    assert name in missing()
    value = parameter["minimum"] if parameter["minimum"] is not None else 1
    ada.post(where, {"value": str(value).replace(".", ",")})
    assert name not in missing() and followed == ["referential_changed"]
    referential_load(perimeter=operator)
    assert name not in missing()
    refused = ada.post(where, {"value": "beaucoup"}, follow=True).content.decode()
    assert "attend un nombre" in refused and name not in missing()
    ada.post(where, {"value": ""})
    assert name in missing() and len(followed) == 2
    assert JournalLine.objects.filter(action="parameter.set").count() == 2


def test_a_target_is_added_kept_by_a_load_and_given_back(
    ada: Client, operator: Any, followed: list[str]
) -> None:
    indicator = Indicator.objects.filter(is_retired=False).first()
    assert indicator is not None
    where = reverse("programme:target_new", args=[indicator.pk])
    assert ada.get(where).status_code == 200
    data = {"kinds": ["ej"], "by_on": "2027-12-31", "at_least": "1,5", "categories": '["355"]',
            "status": "inferred"}  # fmt: skip
    assert ada.post(where, {**data, "at_most": "3"}).status_code == 422
    assert ada.post(where, {**data, "by_on": ""}).status_code == 422
    assert ada.post(where, data).status_code == 302
    row = IndicatorTarget.objects.latest("id")
    assert (row.at_least, row.kinds, row.is_customised) == (1.5, ["ej"], True)
    assert JournalLine.objects.filter(action="target.created").exists()
    assert followed == ["referential_changed"]
    referential_load(perimeter=operator)
    assert IndicatorTarget.objects.filter(pk=row.pk).exists()
    ada.post(reverse("programme:release", args=["target", row.pk]))
    report = referential_load(perimeter=operator)
    assert [kind for kind, _key in report.retired] == ["target"]
    assert not IndicatorTarget.objects.filter(pk=row.pk).exists()


def test_a_measure_is_added_with_what_it_serves(ada: Client, operator: Any) -> None:
    model = SecurityMeasure.objects.first()
    assert model is not None
    requirement = Requirement.objects.get(ref_id="D2.O1.C")
    where = reverse("programme:measure_new")
    data = posted("measure", model, code="notre.mesure", title_fr="Notre mesure",
                  requirements=[requirement.pk])  # fmt: skip
    assert ada.get(where).status_code == 200
    assert ada.post(where, {**data, "code": model.code}).status_code == 422
    assert ada.post(where, {**data, "facts": "{}"}).status_code == 422
    assert ada.post(where, data).status_code == 302
    row = SecurityMeasure.objects.get(code="notre.mesure")
    assert list(row.requirements.all()) == [requirement] and row.is_customised
    assert "Notre mesure" in ada.get(reverse("programme:measures"), {"q": "notre"}).content.decode()
    assert ada.get(reverse("programme:measure", args=[row.pk])).status_code == 200
    assert referential_load(perimeter=operator).is_empty


def test_nobody_else_may_add(
    signed_in: Callable[..., Client], characters: Any, loaded: Any
) -> None:
    indicator = Indicator.objects.first()
    assert indicator is not None
    for name in ("alice", "charlie", "diane", "remi"):
        client = signed_in(getattr(characters, name))
        for where in (reverse("programme:measure_new"),
                      reverse("programme:target_new", args=[indicator.pk]),
                      reverse("programme:version")):  # fmt: skip
            assert client.get(where).status_code == 403
            assert client.post(where, {}).status_code == 403


def test_a_mapping_edited_here_survives_a_load(ada: Client, operator: Any) -> None:
    row = RequirementMapping.objects.first()
    assert row is not None
    ada.post(address("mapping", row), posted("mapping", row, rationale="Notre raison"))
    report = referential_load(perimeter=operator)
    row.refresh_from_db()
    assert row.rationale == "Notre raison"
    assert [kind for kind, _key, _differs in report.kept] == ["mapping"]
