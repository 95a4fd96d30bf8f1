"""When did a candidate apply, and declare that it attained?"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.governance.assessment.errors import FilingDates, FilingElsewhere, FilingInFuture
from hygie.governance.assessment.models import Filing
from hygie.governance.assessment.policies import may_file
from hygie.programme.models import Domain
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Perimeter


def filing_record(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    domain: Domain,
    applied_on: dt.date | None,
    attained_on: dt.date | None,
) -> Filing:
    """Say when an organisation applied to a domain and declared to have attained it.

    Args:
        applied_on, attained_on: days of the two filings; None = not yet.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        FilingElsewhere: a member of a GHT applies with it; FilingInFuture, FilingDates: impossible.
    """
    organisation = organisation_get_in(perimeter, organisation_id)
    if not may_file(perimeter, organisation):
        raise NotAllowed
    if organisation.ght_id is not None or organisation.kind not in {
        OrganisationKind.GHT,
        OrganisationKind.EJ,
    }:
        raise FilingElsewhere(organisation=organisation.name)
    for day in (applied_on, attained_on):
        if day is not None and day > timezone.localdate():
            raise FilingInFuture(date=day.isoformat())
    if applied_on and attained_on and attained_on < applied_on:
        raise FilingDates(applied=applied_on.isoformat(), attained=attained_on.isoformat())
    with transaction.atomic():
        filing, _created = Filing.objects.update_or_create(
            organisation=organisation,
            domain=domain,
            defaults={"applied_on": applied_on, "attained_on": attained_on},
        )
        journal_write(
            actor=perimeter.actor,
            action="filing.recorded",
            object_type="filing",
            object_id=filing.pk,
            organisation_id=organisation.pk,
            detail={
                "domain": domain.code,
                "applied_on": applied_on.isoformat() if applied_on else None,
                "attained_on": attained_on.isoformat() if attained_on else None,
            },
        )
        follow_up("facts_changed", organisation_ids=[organisation.pk])
    return filing
