"""Is what care hands down brought up to date, at once or soon, wherever it reaches?"""

from types import SimpleNamespace
from typing import Any

import pytest

from hygie.territory.estate.models import Asset, AssetShare, EstateRevision, Link
from hygie.territory.estate.selectors.whole import tied_organisations
from hygie.territory.estate.services import derived
from hygie.territory.estate.services.assets import asset_edit, asset_retire
from hygie.territory.estate.services.derived import derived_refresh


@pytest.fixture
def across(territory: SimpleNamespace) -> SimpleNamespace:
    """Care of the first member, on a system of the second, on a server of the third."""
    first, second, third = territory.entities[:3]

    def make(place: Any, kind: str, **more: Any) -> Asset:
        return Asset.objects.create(
            organisation=place, kind=kind, code=kind, name=kind, **more
        )  # fmt: skip

    care = make(first, "care", criticality=4, max_downtime_min=60)
    app = make(second, "application")
    server = make(third, "server")
    AssetShare.objects.create(asset=app, organisation=first)
    AssetShare.objects.create(asset=server, organisation=second)
    Link.objects.create(source=care, verb="uses", target=app)
    Link.objects.create(source=app, verb="runs_on", target=server)
    derived_refresh([first.pk])
    return SimpleNamespace(care=care, app=app, server=server, places=(first, second, third))


def test_organisations_are_tied_from_one_to_the_next(
    across: SimpleNamespace, territory: SimpleNamespace
) -> None:
    assert tied_organisations([across.places[0].pk]) == {one.pk for one in across.places}
    assert tied_organisations([territory.far.pk]) == {territory.far.pk}


def test_the_rank_of_care_crosses_establishments(
    across: SimpleNamespace, perimeters: SimpleNamespace
) -> None:
    across.server.refresh_from_db()
    assert (across.server.inherited_criticality, across.server.inherited_downtime_min) == (4, 60)
    asset_edit(perimeter=perimeters.alice, asset=across.care, values={"criticality": 2})
    across.server.refresh_from_db()
    assert across.server.inherited_criticality == 2


def test_a_refresh_writes_only_what_has_changed(across: SimpleNamespace) -> None:
    assert derived_refresh([across.places[0].pk]) == 0


def test_a_map_too_large_for_a_page_is_brought_up_to_date_by_a_worker(
    across: SimpleNamespace, perimeters: SimpleNamespace, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr(derived, "INLINE_MOST", 0)
    revision = EstateRevision.objects.filter(organisation=across.places[2])
    number = revision.get().number
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        asset_edit(perimeter=perimeters.alice, asset=across.care, values={"criticality": 3})
    across.server.refresh_from_db()
    assert across.server.inherited_criticality == 4
    assert revision.get().number == number
    with django_capture_on_commit_callbacks(execute=True):
        for act in waiting:
            act()
    across.server.refresh_from_db()
    assert across.server.inherited_criticality == 3
    # What is shown of the map of the third member is new as well.
    assert revision.get().number > number


def test_neighbours_of_what_is_retired_are_judged_again(
    across: SimpleNamespace, perimeters: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "INLINE_MOST", 0)
    across.care.refresh_from_db()
    assert "link:uses" not in across.care.missing
    asset_retire(perimeter=perimeters.bob, asset=across.app)
    across.care.refresh_from_db()
    assert "link:uses" in across.care.missing
