"""Which assets and links may this perimeter read?"""

from django.db.models import Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.territory.estate.models import Asset, AssetShare, Link, LookAlike
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter


def readable(perimeter: Perimeter, prefix: str = "") -> Q:
    """Condition that keeps the assets that this perimeter may read.

    Args:
        perimeter: who reads.
        prefix: path to the asset from the filtered model, with its `__`.

    Returns:
        A condition without join, hence without duplicate rows; never empty.

    Cost: no query of its own.
    """
    if perimeter.is_operator:
        return Q(**{f"{prefix}pk__isnull": False})
    there = perimeter_filter(perimeter, depth=Depth.DETAIL)
    return Q(**{f"{prefix}pk__in": _asset_ids(there)})


def _asset_ids(there: Q) -> QuerySet[Asset, int]:
    """Ids of the assets of some organisations, or that serve them; one may come twice.

    Args:
        there: condition on organisations.

    A union rather than an alternative, of organisations chosen first: each branch then follows
    its own index, where a database reads the whole table to decide "this or that".
    """
    places = Organisation.objects.filter(there).order_by().values("pk")
    own = Asset.objects.filter(organisation__in=places).order_by().values_list("pk", flat=True)
    shared = AssetShare.objects.filter(organisation__in=places).order_by()
    return own.union(shared.values_list("asset_id", flat=True), all=True)


def assets_in(perimeter: Perimeter) -> QuerySet[Asset]:
    """Assets that this perimeter may read."""
    return Asset.objects.filter(readable(perimeter))


def asset_get_in(perimeter: Perimeter, pk: int) -> Asset:
    """One asset with its organisation, site, zone and supplier.

    Raises:
        NotFound: absent or forbidden, which read the same.
    """
    found = (
        assets_in(perimeter)
        .filter(pk=pk)
        .select_related("organisation", "site", "zone", "supplier")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def assets_at(perimeter: Perimeter, organisation: Organisation) -> QuerySet[Asset]:
    """Assets of an organisation and of those below it, and what others share with them.

    What the perimeter may not read is not among them. The same statement whatever the size.
    """
    there = below(organisation)
    if not there:  # the nation: everywhere
        return assets_in(perimeter)
    # One condition on the key, intersected: a row is found once, whatever it is shared with.
    return assets_in(perimeter).filter(pk__in=_asset_ids(there))


def links_in(perimeter: Perimeter) -> QuerySet[Link]:
    """Links of which this perimeter may read either end.

    Whoever reads a shared system sees that another establishment relies on it: what that one is,
    the caller shows only if it may be read.
    """
    return Link.objects.filter(readable(perimeter, "source__") | readable(perimeter, "target__"))


def links_whole_in(perimeter: Perimeter) -> QuerySet[Link]:
    """Links of which this perimeter may read both ends."""
    return Link.objects.filter(readable(perimeter, "source__"), readable(perimeter, "target__"))


def link_get_in(perimeter: Perimeter, pk: int) -> Link:
    """One link with both ends.

    Raises:
        NotFound: absent or forbidden.
    """
    found = (
        links_in(perimeter)
        .filter(pk=pk)
        .select_related("source__organisation", "target__organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def look_alike_get_in(perimeter: Perimeter, pk: int) -> LookAlike:
    """One pair with both assets.

    Raises:
        NotFound: absent or forbidden.
    """
    there = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__")
    found = (
        LookAlike.objects.filter(there, pk=pk)
        .select_related("organisation", "kept__organisation", "other__organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def look_alikes_at(perimeter: Perimeter, organisation: Organisation) -> QuerySet[LookAlike]:
    """Pairs of an organisation and of those below it, with both assets, the likeliest first."""
    there = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__")
    return (
        LookAlike.objects.filter(there, below(organisation, prefix="organisation__"))
        .select_related("organisation", "kept", "other")
        .order_by("-score", "pk")
    )
