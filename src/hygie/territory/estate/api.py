"""API: the map of an organisation, for those who read it on the pages."""

import datetime as dt
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from hygie.foundation.errors import NotFound
from hygie.foundation.http.api import REFUSALS, Identifier
from hygie.territory.estate.choices import AssetKind
from hygie.territory.estate.models import Asset
from hygie.territory.estate.policies import may_read
from hygie.territory.estate.report import (
    asset_as_data,
    asset_whole,
    link_as_data,
    links_around,
)
from hygie.territory.estate.selectors.access import asset_get_in, assets_at, links_whole_in
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth

router = Router(tags=["carte"])


class Window(Schema):
    """Which rows of a list: so many, after so many, of one kind or of all."""

    limit: int = Field(1000, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=1_000_000_000)

    @property
    def rows(self) -> slice:
        """The part of the list."""
        return slice(self.offset, self.offset + self.limit)


class AssetWindow(Window):
    """Assets of one kind, or of all."""

    kind: AssetKind | None = None


class AssetOut(Schema):
    """One asset; site, zone and supplier by their codes."""

    id: int
    organisation: str
    kind: str
    code: str
    name: str
    description: str
    owner: str
    technical_owner: str
    status: str
    criticality: int | None
    max_downtime_min: int | None
    max_data_loss_min: int | None
    inherited_criticality: int | None
    inherited_downtime_min: int | None
    site: str | None
    zone: str | None
    supplier: str | None
    details: dict[str, Any]
    completeness: int | None
    missing: list[str]
    source: str
    seen_on: dt.date | None


class LinkOut(Schema):
    """One link; links of one group stand for one another, `needed` of them."""

    id: int
    source_id: int
    source: str
    verb: str
    target_id: int
    target: str
    group: str
    needed: int
    delay_min: int
    effect: str
    details: dict[str, Any]


def _place(request: HygieRequest, organisation_id: int) -> Organisation:
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_read(request.perimeter, place):
        raise NotFound
    return place


@router.get(
    "{organisation_id}/assets", response={200: list[AssetOut], **REFUSALS}, url_name="assets"
)
def assets(
    request: HygieRequest, organisation_id: int, window: Query[AssetWindow]
) -> list[dict[str, Any]]:
    """Assets of an organisation, of those below it, and those that others share with it."""
    place = _place(request, organisation_id)
    rows = assets_at(request.perimeter, place).order_by("pk")
    if window.kind is not None:
        rows = rows.filter(kind=window.kind)
    loaded = rows.select_related("organisation", "site", "zone", "supplier")
    return [asset_as_data(row) for row in loaded[window.rows]]


@router.get(
    "{organisation_id}/assets/{asset_id}",
    response={200: dict[str, Any], **REFUSALS},
    url_name="asset",
)
def asset(request: HygieRequest, organisation_id: int, asset_id: Identifier) -> dict[str, Any]:
    """One asset with its identifiers, services, components and links."""
    place = _place(request, organisation_id)
    row: Asset = asset_get_in(request.perimeter, asset_id)
    if not assets_at(request.perimeter, place).filter(pk=row.pk).exists():
        raise NotFound
    links = links_whole_in(request.perimeter).filter(links_around(row))
    return asset_whole(row, links.select_related("source", "target").order_by("pk"))


@router.get(
    "{organisation_id}/asset-links",
    response={200: list[LinkOut], **REFUSALS},
    url_name="asset_links",
)
def asset_links(
    request: HygieRequest, organisation_id: int, window: Query[Window]
) -> list[dict[str, Any]]:
    """Links both ends of which stand on the map of an organisation."""
    place = _place(request, organisation_id)
    inside = assets_at(request.perimeter, place).order_by().values("pk")
    rows = links_whole_in(request.perimeter).filter(source__in=inside, target__in=inside)
    loaded = rows.select_related("source", "target").order_by("pk")
    return [link_as_data(row) for row in loaded[window.rows]]
