"""Whom does an asset serve beyond its own establishment?"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.territory.estate.choices import AssetKind
from hygie.territory.estate.errors import ShareInUse, ShareRefused
from hygie.territory.estate.models import Asset, AssetShare, Link
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.services.derived import derived_after
from hygie.territory.estate.services.revisions import estate_changed, estate_hold
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Perimeter


@transaction.atomic
def asset_share(
    *, perimeter: Perimeter, asset: Asset, organisation_ids: Collection[int]
) -> frozenset[int]:
    """Say exactly which other organisations an asset serves.

    Args:
        perimeter: must record at the asset's organisation; it sees the others, in detail or not.
        asset: read inside the perimeter.
        organisation_ids: all of them; those that are no longer there are served no more.

    Returns:
        The organisations served.

    Raises:
        NotAllowed: the asset is not theirs to change.
        ShareRefused: its own organisation, or one that the perimeter does not see.
        ShareInUse: an organisation left out still has ties to it.
    """
    if not may_edit(perimeter, asset.organisation):
        raise NotAllowed
    wanted = set(organisation_ids)
    seen = organisations_in(perimeter).filter(pk__in=wanted).exclude(pk=asset.organisation_id)
    known = set(asset.shares.values_list("organisation_id", flat=True))
    if {*seen.values_list("pk", flat=True)} | (known & wanted) != wanted:
        raise ShareRefused
    if wanted == known:
        return frozenset(known)
    estate_hold({asset.organisation_id, *wanted, *known})
    for gone in Organisation.objects.filter(pk__in=known - wanted):
        if _relies_on(gone, asset):
            raise ShareInUse(organisation=gone.name)
    asset.shares.filter(organisation_id__in=known - wanted).delete()
    AssetShare.objects.bulk_create(
        AssetShare(asset=asset, organisation_id=pk) for pk in sorted(wanted - known)
    )
    if asset.kind == AssetKind.LINE:
        # An Internet line is needed by what is hosted outside, in each establishment it serves.
        places = {asset.organisation_id, *wanted, *known}
        derived_after(organisation_ids=places, asset_ids=[asset.pk], is_structural=True)
    estate_changed({asset.organisation_id, *wanted, *known})
    names = Organisation.objects.filter(pk__in=wanted).order_by("name")
    journal_write(
        actor=perimeter.actor,
        action="asset.shared",
        object_type="asset",
        object_id=asset.pk,
        organisation_id=asset.organisation_id,
        detail={"title": asset.name, "organisations": list(names.values_list("name", flat=True))},
    )
    return frozenset(wanted)


def share_for_tie(perimeter: Perimeter, target: Asset, organisation: Organisation) -> None:
    """An asset that another establishment relies on serves it: a tie goes with a share.

    Called inside the transaction of the tie, whose journal line tells of both.

    Raises:
        NotAllowed: it is not shared yet, and not theirs to share.
    """
    if target.organisation_id == organisation.pk:
        return
    if target.shares.filter(organisation_id=organisation.pk).exists():
        return
    if not may_edit(perimeter, target.organisation):
        raise NotAllowed
    AssetShare.objects.create(asset=target, organisation=organisation)


def _relies_on(organisation: Organisation, asset: Asset) -> bool:
    """Whether an asset of this organisation has a link or a reference to this one."""
    references = Q(site=asset) | Q(zone=asset) | Q(supplier=asset)
    return (
        Link.objects.filter(source__organisation=organisation, target=asset).exists()
        or Asset.objects.filter(references, organisation=organisation).exists()
    )
