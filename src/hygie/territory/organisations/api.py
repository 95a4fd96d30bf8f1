"""API: which organisations may be seen?"""

from typing import Any

from django.db.models import Q
from ninja import Query, Router, Schema

from hygie.foundation.http.api import PAGE_SIZE, REFUSALS
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in, organisations_in
from hygie.territory.people.http import HygieRequest

router = Router(tags=["territoire"])


class OrganisationOut(Schema):
    """Identity and place in the tree."""

    id: int
    kind: str
    code: str
    name: str
    category_code: str
    category_label: str
    parent_id: int | None
    region_id: int | None
    ght_id: int | None
    legal_entity_id: int | None
    is_followed: bool


class OrganisationsOut(Schema):
    """A page of organisations; `next_after` feeds `after`, null at the end."""

    rows: list[OrganisationOut]
    next_after: int | None


class OrganisationFilters(Schema):
    """Ways to narrow the list."""

    kind: OrganisationKind | None = None
    q: str = ""
    followed: bool | None = None
    after: int = 0


@router.get("", response={200: OrganisationsOut, **REFUSALS}, url_name="organisations")
def organisations(request: HygieRequest, filters: Query[OrganisationFilters]) -> dict[str, Any]:
    """Organisations of the perimeter, by id, a page at a time."""
    rows = organisations_in(request.perimeter).filter(pk__gt=min(filters.after, 2**62))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.followed is not None:
        rows = rows.filter(is_followed=filters.followed)
    wanted = filters.q.replace("\x00", "").strip()
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(code__icontains=wanted))
    found = list(rows.order_by("pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    return {"rows": page, "next_after": page[-1].pk if len(found) > PAGE_SIZE else None}


@router.get(
    "{organisation_id}", response={200: OrganisationOut, **REFUSALS}, url_name="organisation"
)
def organisation(request: HygieRequest, organisation_id: int) -> Organisation:
    """One organisation."""
    return organisation_get_in(request.perimeter, organisation_id)
