"""Which column mappings may be used here?"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from hygie.connectors.tables.titles import title_key
from hygie.foundation.errors import NotFound
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids
from hygie.territory.perimeter import Perimeter
from hygie.territory.sheets.errors import MappingUnknown
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.policies import may_read
from hygie.territory.sheets.rooms import Room


def mappings_at(
    perimeter: Perimeter, room: Room, organisation: Organisation
) -> QuerySet[ColumnMapping]:
    """Mappings of an organisation and of those above it, and those shared in its group or region.

    Raises:
        NotFound: this perimeter does not read the organisation in detail.
    """
    if not may_read(perimeter, room, organisation):
        raise NotFound
    own = Q(organisation_id__in=ancestor_ids(organisation))
    shared = Q(pk__in=())
    if organisation.ght_id or organisation.kind == "ght":
        ght = organisation.ght_id or organisation.pk
        shared |= Q(organisation_id=ght) | Q(organisation__ght_id=ght)
    if organisation.region_id:
        region = organisation.region_id
        shared |= Q(organisation_id=region) | Q(organisation__region_id=region)
    return (
        ColumnMapping.objects.filter(own | (Q(is_shared=True) & shared))
        .filter(subject__in=tuple(room.columns))
        .select_related("organisation")
        .order_by("name", "pk")
    )


def mapping_get_at(
    perimeter: Perimeter, room: Room, organisation: Organisation, pk: int
) -> ColumnMapping:
    """One of the mappings that may be used at an organisation.

    Raises:
        NotFound: absent, forbidden or not shared here.
    """
    found = mappings_at(perimeter, room, organisation).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def mapping_get_in(perimeter: Perimeter, room: Room, pk: int) -> ColumnMapping:
    """One mapping of an organisation that this perimeter reads in detail.

    Raises:
        NotFound: absent or forbidden.
    """
    found = (
        ColumnMapping.objects.filter(pk=pk, subject__in=tuple(room.columns))
        .select_related("organisation")
        .first()
    )
    if found is None or not may_read(perimeter, room, found.organisation):
        raise NotFound
    return found


def mapping_named(
    perimeter: Perimeter, room: Room, organisation: Organisation, name: str
) -> ColumnMapping:
    """A mapping that may be used at an organisation, by name; its own comes first.

    Raises:
        MappingUnknown: none is called so.
    """
    found = list(mappings_at(perimeter, room, organisation).filter(name__iexact=name.strip()))
    if not found:
        raise MappingUnknown(name=name)
    return min(found, key=lambda one: (one.organisation_id != organisation.pk, one.pk))


def mappings_fitting(
    perimeter: Perimeter, room: Room, organisation: Organisation, titles: Iterable[str]
) -> list[ColumnMapping]:
    """Mappings all of whose titles stand in a sheet: those that say most first, then one's own.

    Args:
        titles: of the sheet, as written.

    Cost: one query.
    """
    there = {title_key(title) for title in titles}
    fitting = [
        one
        for one in mappings_at(perimeter, room, organisation)
        if (needed := {title_key(title) for title in one.columns.values() if title})
        and needed <= there
    ]

    def order(one: ColumnMapping) -> tuple[int, bool, int]:
        told = sum(bool(title) for title in one.columns.values())
        return -told, one.organisation_id != organisation.pk, -one.pk

    return sorted(fitting, key=order)
