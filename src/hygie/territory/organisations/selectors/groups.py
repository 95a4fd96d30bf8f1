"""Who belongs to a group, with which role and which weight?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from hygie.territory.organisations.choices import COUNTED_ROLES, OrganisationKind
from hygie.territory.organisations.models import ActivityFigure, GhtMembership, Organisation
from hygie.territory.organisations.selectors.perimeters import organisations_in, perimeter_filter
from hygie.territory.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class Weighed:
    """A structure and its weight among those beside it.

    Attributes:
        organisation: a member of a group, or an establishment of a legal entity.
        role: role in the group; None for an establishment.
        activity: combined activity of the year; None when unknown.
        share: of the known total of the counted ones, 0 to 1; None when unknown or not counted.
    """

    organisation: Organisation
    role: str | None
    activity: Decimal | None
    share: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The share, 0 to 100."""
        return None if self.share is None else self.share * 100

    @property
    def role_words(self) -> str:
        """The role in words."""
        return str(GhtMembership(role=self.role).get_role_display()) if self.role else ""


@dataclass(frozen=True, slots=True)
class Weights:
    """Structures side by side, in one year; `year` is None when no activity is known."""

    rows: Sequence[Weighed]
    year: int | None
    total: Decimal

    @property
    def unknown(self) -> int:
        """How many have no known activity that year."""
        return sum(row.activity is None for row in self.rows)


def members_of(perimeter: Perimeter, group: Organisation) -> Weights:
    """Current members of a GHT, those counted first, the heaviest first.

    The year is the latest for which one of them has a figure.

    Cost: two queries.
    """
    found = (
        GhtMembership.objects.filter(ght=group, until__isnull=True)
        .filter(perimeter_filter(perimeter, prefix="member__"))
        .select_related("member")
    )
    return _weighed([(one.member, one.role) for one in found])


def sites_of(perimeter: Perimeter, entity: Organisation) -> Weights:
    """Open establishments of a legal entity, the heaviest first. Cost: two queries."""
    found = organisations_in(perimeter).filter(
        kind=OrganisationKind.ET, legal_entity=entity, closed_on__isnull=True
    )
    return _weighed([(one, None) for one in found.order_by("name")])


def _weighed(structures: Sequence[tuple[Organisation, str | None]]) -> Weights:
    figures = ActivityFigure.objects.filter(
        organisation_id__in=[one.pk for one, _role in structures],
        combined_activity__isnull=False,
    ).values_list("organisation_id", "year", "combined_activity")
    by_year: dict[int, dict[int, Decimal]] = {}
    for pk, of_year, activity in figures:
        by_year.setdefault(of_year, {})[pk] = activity or Decimal(0)
    year = max(by_year) if by_year else None
    known = by_year[year] if year is not None else {}
    counted = [one.pk for one, role in structures if role is None or role in COUNTED_ROLES]
    total = sum((known.get(pk, Decimal(0)) for pk in counted), Decimal(0))
    rows = [
        Weighed(one, role, known.get(one.pk), _share(one.pk, known, counted, total))
        for one, role in structures
    ]
    rows.sort(key=lambda row: (row.share is None, -(row.share or 0), row.organisation.name))
    return Weights(rows, year, total)


def _share(
    pk: int, known: dict[int, Decimal], counted: Sequence[int], total: Decimal
) -> Decimal | None:
    return known[pk] / total if pk in known and pk in counted and total else None


def memberships_of(organisation: Organisation) -> QuerySet[GhtMembership]:
    """Groups that a legal entity belongs or belonged to, current ones first."""
    return (
        GhtMembership.objects.filter(member=organisation)
        .select_related("ght")
        .order_by("-until", "-since", "-pk")
    )


def figures_of(organisation: Organisation) -> QuerySet[ActivityFigure]:
    """Activity and headcount by year, newest first."""
    return ActivityFigure.objects.filter(organisation=organisation).order_by("-year")
