"""Which organisations may this perimeter see, and where do they stand in the tree?"""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Depth, Grant, Level, Perimeter, Right

_COLUMN = {Level.REGION: "region_id", Level.GHT: "ght_id", Level.EJ: "legal_entity_id"}


def _grant_filter(grant: Grant, prefix: str) -> Q:
    if grant.level is Level.NATION:
        return Q()
    itself = Q(**{f"{prefix}id": grant.node_id})
    column = _COLUMN.get(grant.level)
    return itself if column is None else itself | Q(**{f"{prefix}{column}": grant.node_id})


def perimeter_filter(
    perimeter: Perimeter,
    *,
    depth: Depth = Depth.INDICATORS,
    right: Right | None = None,
    prefix: str = "",
) -> Q:
    """Condition that keeps the rows of organisations in the perimeter.

    Args:
        perimeter: who reads.
        depth: at least this deep.
        right: and holding this right there.
        prefix: path to the organisation from the filtered model, with its `__`.

    Returns:
        A condition on indexed columns, without join beyond `prefix` and without sub-query. It is
        never empty: Django drops an empty condition from an alternative, which would then keep
        only its other branch.
    """
    everywhere = Q(**{f"{prefix}id__isnull": False})
    if perimeter.is_operator:
        return everywhere
    parts = [_grant_filter(grant, prefix) for grant in perimeter.grants_with(depth, right)]
    if any(not part for part in parts):
        return everywhere
    return reduce(or_, parts, Q(**{f"{prefix}id__in": ()}))


def organisations_in(
    perimeter: Perimeter, *, depth: Depth = Depth.INDICATORS, right: Right | None = None
) -> QuerySet[Organisation]:
    """Organisations that this perimeter sees at least this deep."""
    return Organisation.objects.filter(perimeter_filter(perimeter, depth=depth, right=right))


def organisation_get_in(
    perimeter: Perimeter,
    pk: int,
    *,
    depth: Depth = Depth.INDICATORS,
    right: Right | None = None,
) -> Organisation:
    """One organisation of the perimeter.

    Raises:
        NotFound: absent or forbidden, which read the same.
        NotAllowed: visible, but the right is not held there.
    """
    found = organisations_in(perimeter, depth=depth).filter(pk=pk)
    organisation = found.select_related("region", "ght", "legal_entity", "parent").first()
    if organisation is None:
        raise NotFound
    if right is not None and not may(perimeter, organisation, right):
        raise NotAllowed
    return organisation


def organisation_by_code(perimeter: Perimeter, code: str) -> Organisation:
    """One organisation by FINESS number, GHT code or region code; EJ before ET on a tie.

    Raises:
        NotFound: absent or forbidden.
    """
    rank = list(OrganisationKind.values)
    found = sorted(organisations_in(perimeter).filter(code=code), key=lambda o: rank.index(o.kind))
    if not found:
        raise NotFound
    return found[0]


def ancestor_ids(organisation: Organisation) -> frozenset[int]:
    """Ids of the organisation and of all that stand above it, the nation excepted."""
    ids = {
        organisation.pk,
        organisation.region_id,
        organisation.ght_id,
        organisation.legal_entity_id,
    }
    return frozenset(pk for pk in ids if pk is not None)


def depth_at(perimeter: Perimeter, organisation: Organisation) -> Depth:
    """How deep this perimeter sees this organisation; no query."""
    if perimeter.is_operator:
        return Depth.DETAIL
    above = ancestor_ids(organisation)
    return max(
        (
            grant.depth
            for grant in perimeter.grants
            if grant.level is Level.NATION or grant.node_id in above
        ),
        default=Depth.NONE,
    )


def may(perimeter: Perimeter, organisation: Organisation, right: Right) -> bool:
    """Whether this perimeter holds this right at this organisation; no query."""
    if perimeter.is_operator:
        return True
    above = ancestor_ids(organisation)
    return any(
        right in grant.rights and (grant.level is Level.NATION or grant.node_id in above)
        for grant in perimeter.grants
    )


def below(organisation: Organisation, prefix: str = "") -> Q:
    """Condition that keeps the organisation itself and all that stands below it."""
    if organisation.kind == OrganisationKind.NATION:
        return Q()
    itself = Q(**{f"{prefix}id": organisation.pk})
    column = _COLUMN.get(Level(organisation.kind))
    return itself if column is None else itself | Q(**{f"{prefix}{column}": organisation.pk})
