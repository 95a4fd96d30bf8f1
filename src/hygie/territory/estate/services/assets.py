"""How does an asset enter the map, change, and leave it?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from hygie.engines.estate.values import LONGEST, text_fault
from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.territory.estate.choices import AssetKind, AssetStatus
from hygie.territory.estate.codes import Codes, names_elsewhere
from hygie.territory.estate.errors import (
    AssetInUse,
    CodeRefused,
    CodeTaken,
    KindUnknown,
    NothingChosen,
)
from hygie.territory.estate.models import Asset, Link
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.whole import served_organisations
from hygie.territory.estate.services.derived import derived_after
from hygie.territory.estate.services.revisions import estate_changed, estate_hold
from hygie.territory.estate.services.shares import asset_share
from hygie.territory.estate.services.values import (
    STRUCTURAL,
    identifiers_checked,
    identifiers_write,
    search_key_of,
    values_set,
)
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter, Right

_KEPT_IN_JOURNAL = 200
BY_HAND = "hand"


@transaction.atomic
def asset_add(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    kind: str,
    name: str,
    code: str = "",
    values: Mapping[str, Any] | None = None,
    identifiers: Iterable[tuple[str, str]] = (),
    shared_with: Collection[int] = (),
) -> Asset:
    """Put an asset on the map of an establishment.

    Args:
        perimeter: who decides.
        organisation_id: who answers for it.
        kind: of `AssetKind`.
        name: as people say it.
        code: "" = one is given.
        values: further fields, see `services.values.values_set`.
        identifiers: (kind, text) pairs, as written.
        shared_with: other organisations that it serves.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        KindUnknown, NameMissing, CodeRefused, CodeTaken, FieldRefused, ReferenceRefused,
        IdentifierRefused, ShareRefused.
    """
    place = organisation_get_in(
        perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )  # fmt: skip
    if kind not in AssetKind.values:
        raise KindUnknown(kind=kind)
    pairs = identifiers_checked(identifiers)
    estate_hold({place.pk})
    asset = Asset(organisation=place, kind=kind, source=BY_HAND)
    values_set(perimeter, asset, {"name": name, **(values or {})})
    asset.is_code_given = not code.strip()
    asset.code = _code_given(asset) if asset.is_code_given else _code_checked(asset, code)
    asset.search_key = search_key_of(asset.code, asset.name, (value for _kind, value in pairs))
    asset.save()
    identifiers_write(asset, pairs)
    if shared_with:
        asset_share(perimeter=perimeter, asset=asset, organisation_ids=shared_with)
    _settle([asset], is_structural=bool(STRUCTURAL & (values or {}).keys()))
    _told(perimeter, asset, "asset.added", {"title": asset.name, "kind": kind})
    asset.refresh_from_db()
    return asset


@transaction.atomic
def asset_edit(
    *,
    perimeter: Perimeter,
    asset: Asset,
    values: Mapping[str, Any],
    code: str | None = None,
    identifiers: Iterable[tuple[str, str]] | None = None,
) -> Asset:
    """Change some fields of an asset.

    Args:
        asset: read inside the perimeter.
        values: as for `asset_add`, `name`, `kind` and `status` included; equal ones change nothing
            and leave no line.
        code: another one; None leaves it.
        identifiers: all of them; None leaves them.

    Raises:
        NotAllowed: the asset is not theirs to change. Else as `asset_add`.
    """
    _take(perimeter, [asset])
    changed = values_set(perimeter, asset, values)
    if code is not None and code.strip() != asset.code:
        wanted = _code_checked(asset, code)
        changed["code"] = [asset.code, wanted]
        asset.code, asset.is_code_given = wanted, False
    if identifiers is not None:
        differing = identifiers_write(asset, identifiers_checked(identifiers))
        if differing:
            changed["identifiers"] = differing
    if changed:
        _save(asset)
        _settle([asset], is_structural=bool(STRUCTURAL & changed.keys()))
        _told(perimeter, asset, "asset.edited", {"title": asset.name, "changed": changed})
    asset.refresh_from_db()
    return asset


@transaction.atomic
def assets_edit(*, perimeter: Perimeter, assets: Sequence[Asset], values: Mapping[str, Any]) -> int:
    """The same change to several assets: all or none, one line in the journal.

    Returns:
        How many have changed.

    Raises:
        NothingChosen; NotAllowed: one of them is not theirs to change. Else as `asset_edit`.
    """
    if not assets:
        raise NothingChosen
    _take(perimeter, assets)
    changed = [asset for asset in assets if values_set(perimeter, asset, values)]
    if not changed:
        return 0
    for asset in changed:
        _save(asset)
    _settle(changed, is_structural=bool(STRUCTURAL & values.keys()))
    places = {asset.organisation_id for asset in changed}
    journal_write(
        actor=perimeter.actor,
        action="assets.edited",
        object_type="asset",
        organisation_id=places.pop() if len(places) == 1 else None,
        detail={
            "count": len(changed),
            "fields": sorted(values),
            "names": [asset.name for asset in changed[:_KEPT_IN_JOURNAL]],
        },
    )
    return len(changed)


def asset_retire(*, perimeter: Perimeter, asset: Asset) -> Asset:
    """It is no longer in use: it stays on the map as what was, and counts no more.

    Raises:
        NotAllowed: the asset is not theirs to change.
    """
    return asset_edit(perimeter=perimeter, asset=asset, values={"status": AssetStatus.RETIRED})


@transaction.atomic
def asset_remove(*, perimeter: Perimeter, asset: Asset) -> None:
    """It should never have been there: take it off the map with its links.

    Raises:
        NotAllowed: the asset is not theirs to change.
        AssetInUse: another organisation relies on it.
    """
    _take(perimeter, [asset])
    elsewhere = ~Q(source__organisation_id=asset.organisation_id)
    if Link.objects.filter(elsewhere, target=asset).exists():
        raise AssetInUse(name=asset.name)
    links = Link.objects.filter(Q(source=asset) | Q(target=asset))
    ends = {pk for pair in links.values_list("source_id", "target_id") for pk in pair} - {asset.pk}
    places = served_organisations([asset.pk])
    detail = {"title": asset.name, "kind": asset.kind, "links": links.count()}
    pk, place = asset.pk, asset.organisation_id
    asset.delete()
    derived_after(organisation_ids=places, asset_ids=ends, is_structural=True)
    estate_changed(places)
    journal_write(
        actor=perimeter.actor, action="asset.removed", object_type="asset", object_id=pk,
        organisation_id=place, detail=detail,
    )  # fmt: skip


def _take(perimeter: Perimeter, assets: Sequence[Asset]) -> None:
    """The right is held, and each asset is read again, locked, as others have left it."""
    if not all(may_edit(perimeter, asset.organisation) for asset in assets):
        raise NotAllowed
    estate_hold({asset.organisation_id for asset in assets})
    held = Asset.objects.select_for_update(of=("self",)).select_related("organisation")
    for asset in assets:
        asset.refresh_from_db(from_queryset=held)


def _code_checked(asset: Asset, code: str) -> str:
    wanted = " ".join(code.split())
    if not wanted or text_fault(wanted, LONGEST["code"]) or names_elsewhere(wanted):
        raise CodeRefused(code=wanted)
    other = (
        Asset.objects.filter(organisation_id=asset.organisation_id, code=wanted)
        .exclude(pk=asset.pk)
        .first()
    )
    if other is not None:
        raise CodeTaken(code=wanted, name=other.name)
    return wanted


def _code_given(asset: Asset) -> str:
    taken = Asset.objects.filter(organisation_id=asset.organisation_id, kind=asset.kind)
    codes = Codes(taken.values_list("code", flat=True))
    while True:
        code = codes.next(asset.kind)
        if not Asset.objects.filter(organisation_id=asset.organisation_id, code=code).exists():
            return code


def _save(asset: Asset) -> None:
    values = asset.identifiers.values_list("value", flat=True)
    asset.search_key = search_key_of(asset.code, asset.name, values)
    asset.save()


def _settle(assets: Sequence[Asset], *, is_structural: bool) -> None:
    ids = [asset.pk for asset in assets]
    places = {asset.organisation_id for asset in assets}
    derived_after(organisation_ids=places, asset_ids=ids, is_structural=is_structural)
    estate_changed(served_organisations(ids))


def _told(perimeter: Perimeter, asset: Asset, action: str, detail: dict[str, Any]) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="asset",
        object_id=asset.pk,
        organisation_id=asset.organisation_id,
        detail=detail,
    )
