"""The full referential and short words to record what an establishment has."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone

from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.services.states import states_recompute
from hygie.programme.models import DocumentKind, Framework, Indicator, Requirement
from hygie.programme.services.referential import referential_load
from hygie.progress.models import Evidence
from hygie.progress.services.evidence import evidence_add
from hygie.progress.services.measurements import measurement_record
from hygie.territory.organisations.models import Organisation

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The day on which the tests take place, whatever the clock says."""
    real = timezone.localdate
    noon = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, tz=None: real(value, tz) if value else TODAY
    )
    return TODAY


@pytest.fixture
def referential(operator) -> SimpleNamespace:
    """The package's own referential."""
    referential_load(perimeter=operator)
    return SimpleNamespace(
        d2=Framework.objects.get(ref_id="CARE-D2"),
        requirement=lambda ref_id: Requirement.objects.get(
            ref_id=ref_id, framework__origin="care", framework__is_current=True
        ),
    )


@pytest.fixture
def prove(operator) -> Callable[..., Evidence]:
    """prove(organisation, "bia", day): a proof of that kind."""

    def add(organisation: Organisation, kind: str, on: dt.date, **extra: object) -> Evidence:
        return evidence_add(
            perimeter=operator,
            organisation_id=organisation.pk,
            kind=DocumentKind.objects.get(code=kind),
            title=f"{kind} {organisation.name}",
            effective_on=on,
            **extra,
        )

    return add


@pytest.fixture
def measure(operator) -> Callable[..., None]:
    """measure(organisation, "d2.bia", 1, day): a measured value."""

    def record(organisation: Organisation, code: str, value: float | None, on: dt.date) -> None:
        measurement_record(
            perimeter=operator,
            indicator=Indicator.objects.get(code=code),
            organisation_id=organisation.pk,
            value=value,
            known_as=3,
            effective_on=on,
        )

    return record


@pytest.fixture
def compute() -> Callable[..., object]:
    """compute(organisation, …, today=day): the states of these and of those around them."""

    def run(*organisations: Organisation, today: dt.date = TODAY):
        return states_recompute(organisation_ids=[one.pk for one in organisations], today=today)

    return run


@pytest.fixture
def state_of() -> Callable[..., RequirementState]:
    """state_of(organisation, requirement): its row."""

    def get(organisation: Organisation, requirement: Requirement) -> RequirementState:
        return RequirementState.objects.get(organisation=organisation, requirement=requirement)

    return get
