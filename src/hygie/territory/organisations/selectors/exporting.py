"""Which rows leave in an export of the territory?"""

import datetime as dt

from django.db.models import Max, Q, QuerySet

from hygie.foundation.errors import NotAllowed
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import ActivityFigure, GhtMembership, Organisation
from hygie.territory.organisations.selectors.perimeters import perimeter_filter
from hygie.territory.perimeter import Perimeter, Right

# Whoever manages the territory carries it from one instance to another.
EXPORT_RIGHTS = (Right.EXPORT, Right.MANAGE_TERRITORY)


def may_export(perimeter: Perimeter) -> bool:
    """Whether some node may be exported; no query."""
    return any(perimeter.holds_anywhere(right) for right in EXPORT_RIGHTS)


def _exportable(perimeter: Perimeter, prefix: str = "") -> Q:
    if not may_export(perimeter):
        raise NotAllowed
    found = Q(pk__in=())
    for right in EXPORT_RIGHTS:
        part = perimeter_filter(perimeter, right=right, prefix=prefix)
        if not part:
            return Q()
        found |= part
    return found


def entities_to_export(perimeter: Perimeter) -> QuerySet[Organisation]:
    """Open legal entities whose name is known, in the order of their numbers."""
    return Organisation.objects.filter(
        _exportable(perimeter),
        kind=OrganisationKind.EJ,
        closed_on__isnull=True,
        is_name_provisional=False,
    ).order_by("code")


def sites_to_export(perimeter: Perimeter) -> QuerySet[Organisation]:
    """Open establishments with their legal entity, in the order of their numbers."""
    return (
        Organisation.objects.filter(
            _exportable(perimeter), kind=OrganisationKind.ET, closed_on__isnull=True
        )
        .select_related("legal_entity")
        .order_by("code")
    )


def extract_date(perimeter: Perimeter) -> dt.date | None:
    """Date of the newest extract among what is exported: an export must not look newer."""
    newest: dt.date | None = Organisation.objects.filter(_exportable(perimeter)).aggregate(
        newest=Max("seen_on")
    )["newest"]
    return newest


def memberships_to_export(perimeter: Perimeter) -> QuerySet[GhtMembership]:
    """Current memberships, group by group, the support first."""
    return (
        GhtMembership.objects.filter(_exportable(perimeter, prefix="member__"), until__isnull=True)
        .select_related("ght__region", "member")
        .order_by("ght__code", "-role", "member__code")
    )


def figures_to_export(perimeter: Perimeter) -> QuerySet[ActivityFigure]:
    """Figures with an activity, structure by structure."""
    return (
        ActivityFigure.objects.filter(
            _exportable(perimeter, prefix="organisation__"), combined_activity__isnull=False
        )
        .select_related("organisation")
        .order_by("organisation__code", "year")
    )
