"""The package's referential reaches the database, twice the same, and spares edited rows."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from hygie.foundation.errors import NotAllowed
from hygie.programme.models import (
    Axis,
    Domain,
    Framework,
    Indicator,
    IndicatorTarget,
    Objective,
    Requirement,
    RequirementMapping,
    SecurityMeasure,
)
from hygie.programme.referential.faults import ReferentialError
from hygie.programme.selectors import requirements_of
from hygie.programme.services.referential import referential_load
from hygie.programme.services.rows import LoadReport
from hygie.territory.perimeter import Perimeter

pytestmark = pytest.mark.django_db
Reload = Callable[..., LoadReport]


def test_twenty_objectives_and_a_complete_d2_are_loaded(operator: Perimeter) -> None:
    referential_load(perimeter=operator)
    assert Objective.objects.count() == 20
    d2 = Framework.objects.get(ref_id="CARE-D2")
    assert d2.requirements.count() == 17
    assert d2.requirements.filter(is_assessable=True).count() == 13
    assert Requirement.objects.get(ref_id="D2.O4").depth == 1


def test_loading_twice_changes_nothing(operator: Perimeter) -> None:
    referential_load(perimeter=operator)
    report = referential_load(perimeter=operator)
    assert report.is_empty, (report.added, report.changed, report.retired)


def test_a_preview_writes_nothing(operator: Perimeter) -> None:
    report = referential_load(perimeter=operator, dry_run=True)
    assert report.added
    assert Objective.objects.count() == 0


def test_a_row_edited_here_is_kept_and_reported(operator: Perimeter) -> None:
    referential_load(perimeter=operator)
    row = Indicator.objects.first()
    assert row is not None
    Indicator.objects.filter(pk=row.pk).update(title_fr="Notre intitulé", is_customised=True)
    report = referential_load(perimeter=operator)
    row.refresh_from_db()
    assert row.title_fr == "Notre intitulé"
    assert [(kind, key) for kind, key, _ in report.kept] == [("indicator", row.code)]


def test_a_reader_may_not_load(perimeters: SimpleNamespace) -> None:
    with pytest.raises(NotAllowed):
        referential_load(perimeter=perimeters.diane)


def test_the_dates_of_a_domain_are_those_of_the_call_published_last(loaded: LoadReport) -> None:
    d1, d2, d3, d4 = (Domain.objects.get(code=code) for code in ("d1", "d2", "d3", "d4"))
    assert (d1.published_on, d1.attainment_until) == (dt.date(2026, 1, 30), None)
    assert d2.phase_start_on == dt.date(2025, 7, 16)
    assert (d2.attainment_from, d2.attainment_until) == (
        dt.date(2026, 1, 16), dt.date(2026, 11, 30)
    )  # fmt: skip
    assert (d3.published_on, d3.applications_from) == (
        dt.date(2026, 1, 29), dt.date(2026, 1, 20)
    )  # fmt: skip
    assert d4.published_on is None


def test_a_preview_only_reads_and_says_what_the_load_then_does(
    loaded: LoadReport, reload: Reload, django_assert_max_num_queries: Any
) -> None:
    change = ("axes.yaml", "title: {fr: ", "title: {fr: Neuf ")
    with django_assert_max_num_queries(40) as sent:
        preview = reload(change, dry_run=True)
    assert all(query["sql"].startswith("SELECT") for query in sent.captured_queries)
    assert [(kind, key) for kind, key, _differs in preview.changed] == [("axis", "1")]
    done = reload(change)
    assert (done.changed, done.added) == (preview.changed, preview.added)
    assert Axis.objects.get(number=1).title_fr.startswith("Neuf ")


def test_links_and_targets_count_as_changes(loaded: LoadReport, operator: Perimeter) -> None:
    measure = SecurityMeasure.objects.filter(prerequisites__isnull=False).first()
    objective = Objective.objects.filter(requirements__isnull=False).first()
    target = IndicatorTarget.objects.first()
    assert measure and objective and target
    measure.prerequisites.clear()
    objective.requirements.clear()
    IndicatorTarget.objects.filter(pk=target.pk).update(source="Autre")
    report = referential_load(perimeter=operator)
    assert {(kind, *differs) for kind, _key, differs in report.changed} >= {
        ("measure", "prerequisites"), ("objective", "requirements")
    }  # fmt: skip
    assert any(kind == "target" for kind, _key, _differs in report.changed)
    assert measure.prerequisites.exists() and objective.requirements.exists()
    assert referential_load(perimeter=operator).is_empty


def test_a_target_edited_here_is_neither_lost_nor_doubled(
    loaded: LoadReport, operator: Perimeter
) -> None:
    count = IndicatorTarget.objects.count()
    row = IndicatorTarget.objects.first()
    assert row is not None
    IndicatorTarget.objects.filter(pk=row.pk).update(by_on=dt.date(2031, 1, 1), is_customised=True)
    report = referential_load(perimeter=operator)
    assert report.is_empty and [kind for kind, _key, _differs in report.kept] == ["target"]
    row.refresh_from_db()
    assert (row.by_on, IndicatorTarget.objects.count()) == (dt.date(2031, 1, 1), count)


def test_words_edited_here_stay_while_the_tree_follows(
    loaded: LoadReport, operator: Perimeter
) -> None:
    row = Requirement.objects.get(ref_id="D2.O1.C")
    Requirement.objects.filter(pk=row.pk).update(name="Notre nom", order=999, is_customised=True)
    Framework.objects.filter(pk=row.framework_id).update(
        name="Notre cadre", version=77, is_customised=True
    )
    report = referential_load(perimeter=operator)
    row.refresh_from_db()
    assert (row.name, row.framework.name) == ("Notre nom", "Notre cadre")
    assert row.order < 999 and row.framework.version < 77
    assert {kind for kind, _key, _differs in report.kept} == {"requirement", "framework"}


def test_a_requirement_gone_from_the_files_is_retired_and_comes_back(
    loaded: LoadReport, operator: Perimeter
) -> None:
    framework = Framework.objects.get(ref_id="CARE-D2")
    gone = Requirement.objects.create(
        framework=framework, urn="urn:hygie:requirement:care:d2.o9", ref_id="D2.O9", order=99,
        depth=1, is_assessable=True,
    )  # fmt: skip
    report = referential_load(perimeter=operator)
    gone.refresh_from_db()
    assert report.retired == [("requirement", "D2.O9")]
    assert (gone.is_retired, gone.is_assessable) == (True, False)
    assert referential_load(perimeter=operator).is_empty
    assert gone not in requirements_of(framework)


def test_a_correspondence_gone_from_the_files_goes_unless_it_was_edited_here(
    loaded: LoadReport, operator: Perimeter
) -> None:
    names = {"mapping_set_urn": "urn:hygie:mapping:x", "relation": "equal", "source_urn": "a"}
    RequirementMapping.objects.create(target_urn="b", **names)
    RequirementMapping.objects.create(target_urn="c", is_customised=True, **names)
    report = referential_load(perimeter=operator)
    assert report.retired == [("mapping", "a → b")]
    assert RequirementMapping.objects.filter(mapping_set_urn="urn:hygie:mapping:x").count() == 1


def test_faulty_files_change_nothing(loaded: LoadReport, reload: Reload) -> None:
    with pytest.raises(ReferentialError):
        reload(("axes.yaml", "number: 1", "number: 9"))
    assert Axis.objects.filter(number=1, is_retired=False).exists()


def test_the_page_shows_the_preview_then_loads(
    loaded: LoadReport, signed_in: Any, characters: SimpleNamespace
) -> None:
    ada = signed_in(characters.ada)
    Indicator.objects.filter(pk=Indicator.objects.values("pk")[:1]).update(title_fr="Autre")
    shown = ada.get(reverse("programme:version")).content.decode()
    assert "1 changements" in shown and "Autre" in shown
    assert ada.post(reverse("programme:version")).status_code == 302
    assert not Indicator.objects.filter(title_fr="Autre").exists()
    assert "La base dit déjà tout" in ada.get(reverse("programme:version")).content.decode()
