"""Which organisations stand around those to assess: members, sites, group, and how they weigh?"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from hygie.territory.organisations.choices import COUNTED_ROLES, OrganisationKind
from hygie.territory.organisations.models import ActivityFigure, GhtMembership, Organisation


@dataclass(slots=True)
class Territory:
    """What the assessment needs to know of the tree around some organisations.

    Attributes:
        organisations: those asked for, their entities and sites, and the groups above.
        entities_of: GHT → its open entities that are support or partie.
        sites_of: entity → its open sites.
        weights: organisation → year → combined activity.
        headcounts: organisation → latest headcount.
    """

    organisations: dict[int, Organisation]
    entities_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    sites_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    weights: dict[int, dict[int, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    headcounts: dict[int, float] = field(default_factory=dict)

    @classmethod
    def around(cls, organisation_ids: Collection[int]) -> "Territory":
        """Read the tree around these organisations; five queries whatever their number."""
        tree = cls({row.pk: row for row in Organisation.objects.filter(pk__in=organisation_ids)})
        tree._read_entities()
        tree._read_sites()
        tree._read_missing()
        tree._read_figures()
        return tree

    def members_of(self, organisation: Organisation) -> list[int]:
        """Entities of a GHT, sites of an entity; nothing below a site."""
        if organisation.kind == OrganisationKind.GHT:
            return self.entities_of.get(organisation.pk, [])
        if organisation.kind == OrganisationKind.EJ:
            return self.sites_of.get(organisation.pk, [])
        return []

    def only_site_of(self, organisation: Organisation) -> int | None:
        """The one open site of an entity: what is known of it is known of the entity."""
        if organisation.kind != OrganisationKind.EJ:
            return None
        sites = self.sites_of.get(organisation.pk, [])
        return sites[0] if len(sites) == 1 else None

    def above(self, organisation: Organisation) -> list[int]:
        """The entity of a site, then the GHT: nearest first."""
        found = (organisation.legal_entity_id, organisation.ght_id)
        return [pk for pk in found if pk is not None and pk != organisation.pk]

    def common_year(self, ids: Iterable[int]) -> int | None:
        """The latest year for which all have a figure; else the latest that any has."""
        years = [set(self.weights.get(pk, {})) for pk in ids]
        shared = set.intersection(*years) if years else set()
        return max(shared or set().union(*years), default=None)

    def weight(self, pk: int, year: int | None) -> Decimal | None:
        """Combined activity of one organisation in that year; None unknown."""
        return None if year is None else self.weights.get(pk, {}).get(year)

    def _read_entities(self) -> None:
        groups = [pk for pk, row in self.organisations.items() if row.kind == OrganisationKind.GHT]
        rows = GhtMembership.objects.filter(
            ght_id__in=groups,
            role__in=COUNTED_ROLES,
            until__isnull=True,
            member__closed_on__isnull=True,
        ).order_by("id")
        for ght_id, member_id in rows.values_list("ght_id", "member_id"):
            self.entities_of[ght_id].append(member_id)

    def _read_sites(self) -> None:
        entities = {
            pk for pk, row in self.organisations.items() if row.kind == OrganisationKind.EJ
        }.union(*self.entities_of.values())
        rows = Organisation.objects.filter(
            kind=OrganisationKind.ET, legal_entity_id__in=entities, closed_on__isnull=True
        ).order_by("id")
        for site_id, entity_id in rows.values_list("id", "legal_entity_id"):
            if entity_id is not None:
                self.sites_of[entity_id].append(site_id)

    def _read_missing(self) -> None:
        wanted = {
            pk for group in (*self.entities_of.values(), *self.sites_of.values()) for pk in group
        }
        wanted.update(pk for row in self.organisations.values() for pk in self.above(row))
        missing = wanted - self.organisations.keys()
        rows = Organisation.objects.filter(pk__in=missing)
        self.organisations.update({row.pk: row for row in rows})

    def _read_figures(self) -> None:
        figures = ActivityFigure.objects.filter(organisation_id__in=self.organisations)
        for pk, year, activity, headcount in figures.order_by("year").values_list(
            "organisation_id", "year", "combined_activity", "headcount"
        ):
            if activity is not None:
                self.weights[pk][year] = activity
            if headcount is not None:
                self.headcounts[pk] = float(headcount)
