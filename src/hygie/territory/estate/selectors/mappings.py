"""Which mappings of sheets may be used here?"""

from django.db.models import Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.territory.estate.errors import MappingUnknown
from hygie.territory.estate.models import ColumnMapping
from hygie.territory.estate.policies import may_read
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids, perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter


def mappings_at(perimeter: Perimeter, organisation: Organisation) -> QuerySet[ColumnMapping]:
    """Mappings of an organisation and of those above it, and those shared in its group or region.

    Raises:
        NotFound: this perimeter does not read the organisation in detail.
    """
    if not may_read(perimeter, organisation):
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
        .select_related("organisation")
        .order_by("name", "pk")
    )


def mapping_get_at(perimeter: Perimeter, organisation: Organisation, pk: int) -> ColumnMapping:
    """One of the mappings that may be used at an organisation.

    Raises:
        NotFound: absent, forbidden or not shared here.
    """
    found = mappings_at(perimeter, organisation).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def mapping_get_in(perimeter: Perimeter, pk: int) -> ColumnMapping:
    """One mapping of an organisation that this perimeter reads in detail.

    Raises:
        NotFound: absent or forbidden.
    """
    mine = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__")
    found = ColumnMapping.objects.filter(mine, pk=pk).select_related("organisation").first()
    if found is None:
        raise NotFound
    return found


def mapping_named(perimeter: Perimeter, organisation: Organisation, name: str) -> ColumnMapping:
    """A mapping that may be used at an organisation, by name; its own comes first.

    Raises:
        MappingUnknown: none is called so.
    """
    found = list(mappings_at(perimeter, organisation).filter(name__iexact=name.strip()))
    if not found:
        raise MappingUnknown(name=name)
    return min(found, key=lambda one: (one.organisation_id != organisation.pk, one.pk))
