"""Every route keeps the contract it publishes, whatever is asked of it."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import schemathesis
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hygie.programme.models import Indicator
from hygie.programme.services.referential import referential_load
from hygie.progress.services.actions import action_add
from hygie.progress.services.measurements import measurement_record

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def _fresh_limits():
    """The count of calls lives in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _one_connection():
    """The test's transaction survives each request, as it does under Django's own client.

    A request through the real WSGI application closes a connection that is not in autocommit, and
    the connection of a test never is.
    """
    for edge in (request_started, request_finished):
        edge.disconnect(close_old_connections)
    yield
    for edge in (request_started, request_finished):
        edge.connect(close_old_connections)


@pytest.fixture
def lived_in(territory, operator) -> SimpleNamespace:
    """A referential, a value and a promise at Alice's."""
    referential_load(perimeter=operator)
    place = territory.entities[0]
    measurement_record(
        perimeter=operator, indicator=Indicator.objects.get(code="d2.bia"),
        organisation_id=place.pk, value=1,
    )  # fmt: skip
    action_add(
        perimeter=operator, organisation_id=place.pk, title="Promesse", due_on=dt.date(2026, 12, 1)
    )
    return territory


@pytest.fixture
def contract(lived_in):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def cookie(characters, signed_in) -> str:
    client = signed_in(characters.bob)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def each_case(contract, examples: int, check: Callable[[Case], None]) -> None:
    """check(case): called with generated questions to each route in turn."""
    for found in contract.get_all_operations():

        @hypothesis_settings(
            max_examples=examples, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=found.ok().as_strategy())
        def ask(case: Case) -> None:
            cache.clear()
            check(case)

        ask()


def test_a_reader_gets_an_answer_that_the_contract_announced(contract, cookie):
    def check(case: Case) -> None:
        case.validate_response(case.call(headers={"Cookie": cookie}), checks=CHECKS)

    each_case(contract, 15, check)


def test_a_stranger_gets_nothing_but_a_refusal_of_the_announced_shape(contract):
    def check(case: Case) -> None:
        answer = case.call()
        assert answer.status_code == 401
        assert answer.json()["code"] == "not_signed_in"
        case.validate_response(answer, checks=CHECKS)

    each_case(contract, 3, check)


def test_every_route_only_reads_and_announces_its_refusals(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) >= 9
    for address, methods in paths.items():
        assert set(methods) == {"get"}, address
        assert {"200", "401", "403", "404", "422", "429"} <= set(methods["get"]["responses"])
