"""A public library imported here has its states through ours, or through its own answers."""

import datetime as dt

import pytest

from hygie.foundation.imports.services import import_run_now
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.selectors.requirements import requirement_explain
from hygie.governance.assessment.services.answers import Said, answer_save
from hygie.governance.assessment.services.questionnaires import (
    questionnaire_assign,
    questionnaire_submit,
)
from hygie.programme.choices import MappingRelation
from hygie.programme.models import Framework, Requirement, RequirementMapping
from tests.governance.assessment.conftest import TODAY

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 5, 4)


@pytest.fixture
def library(referential, operator):
    """Two requirements of someone else: one equal to D2.O1.A, one on its own."""
    framework = Framework.objects.create(
        urn="urn:x:fw", version=1, origin="library", ref_id="X", name="X"
    )
    for order, code in enumerate(("a", "b"), start=1):
        Requirement.objects.create(
            framework=framework, urn=f"urn:x:{code}", ref_id=code, order=order, depth=1,
            is_assessable=True, name=code,
        )  # fmt: skip
    return framework


def _map(referential, relation):
    ours = referential.requirement("D2.O1.A")
    RequirementMapping.objects.create(
        mapping_set_urn="urn:m", mapping_set_name="Nôtre vers X", source_urn=ours.urn,
        target_urn="urn:x:a", relation=relation,
    )  # fmt: skip


@pytest.mark.real_data
def test_the_real_library_reads_its_states_through_ours(
    real_data, territory, referential, operator, prove, compute
):
    import_run_now(
        perimeter=operator, kind="programme.library",
        path=real_data / "frameworks" / "ans-care-domaine2.yaml",
    )  # fmt: skip
    theirs = Requirement.objects.filter(framework__origin="library")
    assert (theirs.count(), theirs.filter(is_assessable=True).count()) == (17, 13)
    for entity in (territory.entities[0], territory.entities[2], territory.entities[3]):
        prove(entity, "bia", SPRING)
        prove(entity, "pcra", SPRING)
    compute(*territory.entities)
    row = RequirementState.objects.get(
        organisation=territory.ght, requirement=theirs.get(ref_id="d2.o1.c")
    )
    assert (row.state, row.basis) == ("passed", "mapping")
    assert row.through["urn"] == referential.requirement("D2.O1.C").urn
    assert row.through["name"]
    said = requirement_explain(operator, territory.ght, row.requirement_id, TODAY)
    assert any("70" in line.text for line in said.lines)


def test_an_equal_carries_success_and_failure(
    territory, referential, library, prove, compute, state_of
):
    _map(referential, MappingRelation.EQUAL)
    theirs = library.requirements.get(ref_id="a")
    compute(territory.alone)
    assert not RequirementState.objects.filter(requirement=theirs).exists()
    prove(territory.alone, "pcra-governance", SPRING)
    compute(territory.alone)
    row = state_of(territory.alone, theirs)
    assert (row.state, row.basis) == ("passed", "mapping")


def test_covering_whole_carries_success_only(
    territory, referential, library, prove, compute, state_of
):
    _map(referential, MappingRelation.SUPERSET)
    theirs = library.requirements.get(ref_id="a")
    ours = referential.requirement("D2.O1.A")
    ours.rule = {"measure": {"indicator": "d2.bia", "equals": 5}}
    ours.save()
    prove(territory.alone, "bia", SPRING)
    compute(territory.alone)
    assert not RequirementState.objects.filter(requirement=theirs).exists()
    ours.rule = {"proof": {"document": "bia"}}
    ours.save()
    compute(territory.alone)
    assert state_of(territory.alone, theirs).state == "passed"


def test_touching_carries_nothing(territory, referential, library, prove, compute):
    _map(referential, MappingRelation.INTERSECT)
    prove(territory.alone, "pcra-governance", SPRING)
    compute(territory.alone)
    theirs = library.requirements.get(ref_id="a")
    assert not RequirementState.objects.filter(requirement=theirs).exists()


def test_its_own_answers_fill_what_no_mapping_tells(
    territory, referential, library, operator, compute, state_of
):
    alone = library.requirements.get(ref_id="b")
    row = questionnaire_assign(
        perimeter=operator, organisation_id=territory.alone.pk, framework=library
    )
    answer_save(
        perimeter=operator, questionnaire_id=row.pk, requirement_id=alone.pk,
        said=Said(result="partial"),
    )  # fmt: skip
    questionnaire_submit(perimeter=operator, questionnaire_id=row.pk)
    compute(territory.alone)
    found = state_of(territory.alone, alone)
    assert (found.state, found.basis) == ("partial", "answer")
    compute(territory.alone, today=TODAY + dt.timedelta(days=400))
    assert state_of(territory.alone, alone).state == "stale"


def test_a_new_version_shows_then_moves_the_answers(
    territory, referential, library, operator, perimeters, signed_in, characters
):
    from django.urls import reverse

    row = questionnaire_assign(
        perimeter=operator, organisation_id=territory.alone.pk, framework=library
    )
    for requirement in library.requirements.all():
        answer_save(
            perimeter=operator, questionnaire_id=row.pk, requirement_id=requirement.pk,
            said=Said(result="compliant"),
        )  # fmt: skip
    Framework.objects.filter(pk=library.pk).update(is_current=False)
    new = Framework.objects.create(
        urn="urn:x:fw", version=2, origin="library", ref_id="X", name="X"
    )
    kept = Requirement.objects.create(
        framework=new, urn="urn:x:a", ref_id="a", order=1, depth=1, is_assessable=True, name="a"
    )
    client = signed_in(characters.ada)
    address = reverse("assessment:upgrade", args=[library.pk, new.pk])
    page = client.get(address).content.decode()
    assert "1 réponses gardées, 0 déplacées, 1 qui ne compteront plus" in page
    assert "v1 → v2" in client.get(reverse("assessment:upgrade_list")).content.decode()
    assert signed_in(characters.alice).post(address).status_code == 403
    client.post(address)
    row.refresh_from_db()
    assert row.framework == new
    assert row.answers.filter(requirement=kept).count() == 1
    assert row.answers.count() == 2
