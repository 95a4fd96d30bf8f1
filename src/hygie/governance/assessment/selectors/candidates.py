"""Whose states depend on facts recorded at these organisations?"""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation

ASSESSED_KINDS = (OrganisationKind.GHT, OrganisationKind.EJ, OrganisationKind.ET)
_CHUNK = 500


def candidate_ids_around(organisation_ids: Collection[int]) -> list[int]:
    """These organisations, what stands above them, and the members of the groups among them.

    A site is counted for its entity and its GHT; what a group or an entity holds also answers for
    its members.

    Returns:
        Ids of assessed organisations, those of one family side by side.
    """
    asked = sorted(set(organisation_ids))
    wanted: set[int] = set()
    for start in range(0, len(asked), _CHUNK):
        part = asked[start : start + _CHUNK]
        above = Organisation.objects.filter(pk__in=part).values_list(
            "id", "legal_entity_id", "ght_id"
        )
        wanted.update(pk for row in above for pk in row if pk is not None)
        below = Organisation.objects.filter(Q(ght_id__in=part) | Q(legal_entity_id__in=part))
        wanted.update(below.values_list("id", flat=True))
    return [pk for pk in candidate_ids_all() if pk in wanted]


def candidate_ids_all() -> list[int]:
    """Every organisation that is assessed, those of one family side by side."""
    return list(_by_family(Organisation.objects.filter(_assessed())).values_list("id", flat=True))


def _by_family(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """A family read at once shares its facts."""
    return rows.annotate(
        family=Coalesce(F("ght_id"), F("legal_entity_id"), F("id")),
    ).order_by("family", "id")


def _assessed() -> Q:
    return Q(kind__in=ASSESSED_KINDS, is_followed=True, closed_on__isnull=True)
