"""Short words to say where organisations stand, without computing it."""

import datetime as dt
from collections.abc import Callable

import pytest

from hygie.governance.assessment.models import ObjectiveMonth, ObjectiveState
from hygie.programme.models import Objective
from hygie.programme.services.referential import referential_load
from hygie.territory.organisations.models import Organisation

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def loaded(operator) -> list[Objective]:
    """The twenty objectives of the programme."""
    referential_load(perimeter=operator)
    return list(Objective.objects.order_by("number"))


@pytest.fixture
def stands(db) -> Callable[..., ObjectiveState]:
    """stands(organisation, objective, "passed"): one state, four elements behind it."""

    def write(
        organisation: Organisation, objective: Objective, state: str, **extra: object
    ) -> ObjectiveState:
        columns = {"elements": 4, "passed": 2, "measured": 1, "stale": 1, "missing": 0, **extra}
        return ObjectiveState.objects.create(
            organisation=organisation, objective=objective, state=state,
            since_on=dt.date(2026, 1, 1), computed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            **columns,
        )  # fmt: skip

    return write


@pytest.fixture
def month(db) -> Callable[..., ObjectiveMonth]:
    """month(node, objective, day, passed=3, failed=1): one closed month."""

    def write(node: Organisation, objective: Objective, day: dt.date, **states: int):
        return ObjectiveMonth.objects.create(node=node, objective=objective, month=day, **states)

    return write


@pytest.fixture
def peers(territory, stands, loaded) -> Callable[..., list[Organisation]]:
    """peers([0, 5, 10]): legal entities elsewhere, each reaching that many of the objectives."""

    def make(reached: list[int], category: str = "355") -> list[Organisation]:
        found = []
        for index, count in enumerate(reached):
            one = Organisation.objects.create(
                kind="ej", code=f"75{index:07d}", name=f"PAIR-{index:03d}", is_followed=True,
                parent=territory.south, region=territory.south, category_code=category,
                category_label="Centre hospitalier",
            )  # fmt: skip
            for rank, objective in enumerate(loaded):
                stands(one, objective, "passed" if rank < count else "failed")
            found.append(one)
        return found

    return make
