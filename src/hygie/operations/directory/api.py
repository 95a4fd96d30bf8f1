"""API: audits of directories and their decisions, for those who read them on the pages."""

import datetime as dt
from typing import Any

from ninja import Router, Schema

from hygie.foundation.errors import NotFound
from hygie.foundation.http.api import REFUSALS, Identifier
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.policies import may_export, may_read
from hygie.operations.directory.report import audit_as_data
from hygie.operations.directory.selectors.audits import audit_done_in, audits_in
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth

router = Router(tags=["annuaires"])


class AuditOut(Schema):
    """One audit; the level is between `level_at_worst` and `level_at_best`."""

    id: int
    forest: str
    state: str
    effective_on: dt.date | None
    level_at_best: int | None
    level_at_worst: int | None
    failing: int
    undecided: int
    users: int | None
    exposed_users: int | None
    unknown_hosts: int | None

    @staticmethod
    def resolve_forest(row: DirectoryAudit) -> str:
        """Name of the root domain, empty while it is read."""
        return row.forest.name if row.forest else ""


@router.get(
    "{organisation_id}/directory-audits",
    response={200: list[AuditOut], **REFUSALS},
    url_name="directory_audits",
)
def directory_audits(request: HygieRequest, organisation_id: int) -> list[DirectoryAudit]:
    """Audits of one organisation, newest first, 200 at most."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_read(request.perimeter, place):
        raise NotFound
    return list(audits_in(request.perimeter).filter(organisation=place)[:200])


@router.get(
    "{organisation_id}/directory-audits/{audit_id}",
    response={200: dict[str, Any], **REFUSALS},
    url_name="directory_audit",
)
def directory_audit(
    request: HygieRequest, organisation_id: int, audit_id: Identifier
) -> dict[str, Any]:
    """Everything that one audit decided, as the JSON of its page."""
    audit = audit_done_in(request.perimeter, audit_id)
    allowed = may_export(request.perimeter, audit.organisation)
    if audit.organisation_id != organisation_id or not allowed:
        raise NotFound
    return audit_as_data(audit)
