"""What holds for every test: no outside socket, no unknown template variable, four characters."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import translation
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from hygie.programme.referential.content import Referential
from hygie.programme.referential.load import load_referential
from hygie.programme.services import referential
from hygie.territory.organisations.models import ActivityFigure, GhtMembership, Organisation
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import Perimeter, operator_perimeter
from tests.tables import Laid, tables_kept

# Drawn examples are the same in each continuous run, so that a change is judged by what it changes;
# at a desk they are drawn anew each time, and what they find becomes an example of its own.
# No example has a deadline: the first one waits for a kernel to load, on a machine that others use.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _no_outside_socket(socket_enabled: None) -> None:
    """Local services only."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """Nobody speaks the language of the test before: a page asked in English leaves it behind."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


def _wants_laid(item: pytest.Item) -> bool:
    return "laid" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who wants the tables copied wants them made: pytest-django makes them for this mark alone."""
    for item in items:
        if _wants_laid(item):
            item.add_marker("django_db")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Laid | None]:
    """pytest-django's own, then a copy of the tables before any test writes a row in them."""
    if not any(map(_wants_laid, request.session.items)):
        yield None
        return
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            copied = tables_kept(tmp_path_factory.mktemp("tables"), django_settings.DATABASE_URL)
            laid = stack.enter_context(copied)
        yield laid


@pytest.fixture(scope="session")
def laid(django_db_setup: Laid) -> Laid:
    """Tables as the migrations leave them, for instances that need not begin without any."""
    return django_db_setup


@pytest.fixture(scope="session", autouse=True)
def _package_read_once() -> Iterator[None]:
    """The referential of the package is read and checked once, whatever the tests that load it.

    What reads files has its own tests, which call it as it is.
    """
    packaged = cache(load_referential)

    def load(path: Path | None) -> Referential:
        return load_referential(path) if path else packaged()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(referential, "load_referential", load)
        yield


@pytest.fixture
def real_data() -> Path:
    """Folder of public real files; absent → skipped, or failed with HYGIE_REAL_DATA=required."""
    if not REAL_DATA.is_dir():
        if os.environ.get("HYGIE_REAL_DATA") == "required":
            pytest.fail(f"real files are required and {REAL_DATA} is absent")
        pytest.skip("no real files beside the repository")
    return REAL_DATA


def _organisation(kind: str, code: str, name: str, parent: Organisation | None) -> Organisation:
    ancestors: dict[str, Organisation] = {}
    above = parent
    while above is not None:
        if above.kind in {"region", "ght", "ej"}:
            ancestors["legal_entity" if above.kind == "ej" else above.kind] = above
        above = above.parent
    return Organisation.objects.create(
        kind=kind, code=code, name=name, parent=parent, is_followed=True, category_code="355"
        if kind in {"ej", "et"} else "", **ancestors
    )  # fmt: skip


@pytest.fixture
def territory(db: None) -> SimpleNamespace:
    """Two regions; in the first, a GHT of four EJ weighing 40/30/20/10, each with one ET."""
    nation = _organisation("nation", "FR", "France", None)
    north = _organisation("region", "32", "Hauts-de-France", nation)
    south = _organisation("region", "93", "Provence-Alpes-Côte d'Azur", nation)
    ght = _organisation("ght", "HF-01", "GHT des Trois Rivières", north)
    far_ght = _organisation("ght", "PA-01", "GHT du Soleil", south)
    entities, sites = [], []
    for index, weight in enumerate((40, 30, 20, 10), start=1):
        entity = _organisation("ej", f"59000000{index}", f"CH n° {index}", ght)
        site = _organisation("et", f"59000010{index}", f"Site n° {index}", entity)
        role = "support" if index == 1 else "partie"
        GhtMembership.objects.create(ght=ght, member=entity, role=role)
        ActivityFigure.objects.create(
            organisation=entity, year=2025, combined_activity=Decimal(weight), headcount=weight * 50
        )
        entities.append(entity)
        sites.append(site)
    far = _organisation("ej", "130000001", "CH du Soleil", far_ght)
    far_site = _organisation("et", "130000101", "Site du Soleil", far)
    GhtMembership.objects.create(ght=far_ght, member=far, role="support")
    alone = _organisation("ej", "590000900", "Clinique Seule", north)
    return SimpleNamespace(
        nation=nation, north=north, south=south, ght=ght, far_ght=far_ght, entities=entities,
        sites=sites, far=far, far_site=far_site, alone=alone,
    )  # fmt: skip


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """person("a@x.fr", role, organisation): an account with one role."""

    def make(email: str, role: str, organisation: Organisation) -> User:
        user = User.objects.create_user(email, "un mot de passe solide", first_name=email[:5])
        RoleAssignment.objects.create(
            user=user, organisation=organisation, role=role, since=dt.date(2024, 1, 1)
        )
        return user

    return make


@pytest.fixture
def characters(territory: SimpleNamespace, person: Callable[..., User]) -> SimpleNamespace:
    """Alice: RSSI of the first EJ. Bob: RSSI of her GHT. Charlie: RSSI elsewhere.

    Diane reads the nation; Remi the region (ARS); Ada administers the platform.
    """
    return SimpleNamespace(
        alice=person("alice@hygie.test", "rssi", territory.entities[0]),
        bob=person("bob@hygie.test", "rssi", territory.ght),
        charlie=person("charlie@hygie.test", "rssi", territory.far),
        diane=person("diane@hygie.test", "national", territory.nation),
        remi=person("remi@hygie.test", "ars", territory.north),
        ada=person("ada@hygie.test", "administrator", territory.nation),
    )


@pytest.fixture
def perimeters(characters: SimpleNamespace) -> SimpleNamespace:
    """The perimeter of each character, and the operator's."""
    found = {name: perimeter_of(user) for name, user in vars(characters).items()}
    return SimpleNamespace(**found, operator=operator_perimeter())


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """signed_in(user): a client with that user's session."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def operator() -> Perimeter:
    """Everything, at full depth: the command line's own."""
    return operator_perimeter()
