"""How do two assets become one, and how does each come back exactly as it was?

What the merge changed or deleted is kept as it was before, row by row; what came to the map since
then stays.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from hygie.territory.estate.choices import PairState
from hygie.territory.estate.errors import UndoImpossible
from hygie.territory.estate.models import (
    Asset,
    AssetIdentifier,
    AssetPart,
    AssetShare,
    Link,
    LookAlike,
)
from hygie.territory.estate.services.rows import Kept, row_kept, rows_restore, rows_save
from hygie.territory.estate.services.values import search_key_of

_REFERENCES = ("site", "zone", "supplier")
# What a blank of one takes from the other.
_FILLED = (
    "description", "owner", "technical_owner", "criticality", "max_downtime_min",
    "max_data_loss_min", "site_id", "zone_id", "supplier_id",
)  # fmt: skip


def assets_unite(stays: Asset, gone: Asset, pair: LookAlike) -> Kept:
    """Move all that one asset has to the other, then delete it.

    Args:
        stays, gone: of one organisation. pair: that this settles, left alone.

    Returns:
        What `assets_part` needs to undo it, JSON values.
    """
    undo: Kept = {
        "asset": row_kept(gone),
        "stays": stays.pk,
        "identifiers": [row_kept(one) for one in gone.identifiers.all()],
        "shares": [row_kept(one) for one in gone.shares.all()],
        "parts": [row_kept(one) for one in gone.parts.order_by("pk")],
        "links": _links_move(stays, gone),
        "references": _references_move(stays, gone),
        "pairs": _pairs_move(stays, gone, pair),
        "added_identifiers": _identifiers_add(stays, gone),
        "added_shares": _shares_add(stays, gone),
        "added_parts": _parts_add(stays, gone),
    }
    gone.delete()
    undo["filled"] = _blanks_fill(stays, undo["asset"])
    return undo


def assets_part(stays: Asset, undo: Kept) -> Asset:
    """Bring back what a merge took away.

    Returns:
        The asset that had gone, with the key that it had.

    Raises:
        UndoImpossible: its code has been given to another since.
    """
    _blanks_empty(stays, undo["filled"])
    kept = undo["asset"]
    taken = Asset.objects.filter(organisation_id=kept["organisation"], code=kept["code"]).first()
    if taken is not None:
        raise UndoImpossible(reason=f"{taken.name} ({taken.code})")
    for name in _REFERENCES:
        if kept[name] and not Asset.objects.filter(pk=kept[name]).exists():
            kept[name] = None
    rows_restore(Asset, [kept])
    gone = Asset.objects.get(pk=kept["id"])
    AssetIdentifier.objects.filter(asset=stays, pk__in=undo["added_identifiers"]).delete()
    AssetShare.objects.filter(asset=stays, pk__in=undo["added_shares"]).delete()
    AssetPart.objects.filter(asset=stays, pk__in=undo["added_parts"]).delete()
    rows_restore(AssetIdentifier, undo["identifiers"])
    rows_restore(AssetShare, undo["shares"])
    rows_restore(AssetPart, undo["parts"])
    _links_restore(undo["links"])
    for name, pk in undo["references"]:
        Asset.objects.filter(pk=pk, **{name: stays}).update(**{name: gone})
    _pairs_restore(undo["pairs"])
    return gone


def _blanks_fill(stays: Asset, gone: Kept) -> Kept:
    """Fill what is unknown of one with what was known of the other; gives before and after."""
    before = row_kept(stays)
    for name in _REFERENCES:
        if getattr(stays, f"{name}_id") == gone["id"]:
            setattr(stays, name, None)
    for attribute in _FILLED:
        value = gone[attribute.removesuffix("_id")]
        if getattr(stays, attribute) in (None, "") and value != stays.pk:
            setattr(stays, attribute, value)
    if stays.kind == gone["kind"]:
        stays.details = {**gone["details"], **stays.details}
    if stays.is_code_given and not gone["is_code_given"]:
        stays.code, stays.is_code_given = gone["code"], False
    seen = Asset._meta.get_field("seen_on").to_python(gone["seen_on"])
    stays.seen_on = max(filter(None, (stays.seen_on, seen)), default=None)
    values = stays.identifiers.values_list("value", flat=True)
    stays.search_key = search_key_of(stays.code, stays.name, values)
    stays.save()
    stays.refresh_from_db()
    after = row_kept(stays)
    return {
        name: [before[name], after[name]]
        for name in before
        if before[name] != after[name] and name != "updated_at"
    }


def _blanks_empty(stays: Asset, filled: Kept) -> None:
    """Take back what the merge filled, as long as nobody has written over it since."""
    fields = {field.name: field for field in Asset._meta.concrete_fields}
    now = row_kept(stays)
    for name, (before, after) in filled.items():
        if now[name] != after:
            continue
        value = before if fields[name].is_relation else fields[name].to_python(before)
        setattr(stays, fields[name].attname, value)
    stays.save()


def _identifiers_add(stays: Asset, gone: Asset) -> list[int]:
    known = set(stays.identifiers.values_list("kind", "value"))
    pairs = [one for one in gone.identifiers.order_by("pk") if (one.kind, one.value) not in known]
    made = AssetIdentifier.objects.bulk_create(
        AssetIdentifier(asset=stays, kind=one.kind, value=one.value) for one in pairs
    )
    return [one.pk for one in made]


def _shares_add(stays: Asset, gone: Asset) -> list[int]:
    known = set(stays.shares.values_list("organisation_id", flat=True))
    served = set(gone.shares.values_list("organisation_id", flat=True)) - known
    made = AssetShare.objects.bulk_create(
        AssetShare(asset=stays, organisation_id=pk) for pk in sorted(served)
    )
    return [one.pk for one in made]


def _parts_add(stays: Asset, gone: Asset) -> list[int]:
    names = ("nature", "protocol", "port", "name", "version", "purl")
    known = set(stays.parts.values_list(*names))
    new = []
    for part in gone.parts.order_by("pk"):
        if tuple(getattr(part, name) for name in names) not in known:
            part.pk, part.asset = None, stays
            new.append(part)
    return [one.pk for one in AssetPart.objects.bulk_create(new)]


def _references_move(stays: Asset, gone: Asset) -> list[list[Any]]:
    moved = []
    for name in _REFERENCES:
        rows = Asset.objects.filter(**{name: gone}).exclude(pk=stays.pk)
        moved += [[name, pk] for pk in rows.order_by("pk").values_list("pk", flat=True)]
        rows.update(**{name: stays})
    return moved


def _links_move(stays: Asset, gone: Asset) -> list[Kept]:
    """Give the links of one to the other; two that say the same become one.

    Returns:
        Each link that was changed or deleted, as it was.
    """
    sources = Link.objects.filter(target=gone).values("source_id")
    rows = Link.objects.filter(Q(source=gone) | Q(target=gone) | Q(source=stays))
    # Groups from which a member may go.
    rows = rows | Link.objects.filter(source_id__in=sources).exclude(group="")
    links = list(rows.distinct().order_by("pk"))
    before = {link.pk: row_kept(link) for link in links}
    ties = {(link.source_id, link.verb, link.target_id) for link in links} | set(
        Link.objects.filter(target=stays).values_list("source_id", "verb", "target_id")
    )
    left: list[Link] = []
    deleted: list[int] = []
    names = _group_names(links, stays, gone)
    for link in links:
        if gone.pk not in (link.source_id, link.target_id):
            left.append(link)
            continue
        if link.source_id == gone.pk:
            link.source_id = stays.pk
            link.group = names.get(link.group, link.group)
        if link.target_id == gone.pk:
            link.target_id = stays.pk
        tie = link.source_id, link.verb, link.target_id
        if link.source_id == link.target_id or tie in ties:
            deleted.append(link.pk)
        else:
            ties.add(tie)
            left.append(link)
    _groups_clamp(left)
    Link.objects.filter(pk__in=deleted).delete()
    changed = [link for link in left if row_kept(link) != before[link.pk]]
    rows_save(changed)
    return [before[pk] for pk in sorted({*deleted, *(link.pk for link in changed)})]


def _group_names(links: Iterable[Link], stays: Asset, gone: Asset) -> dict[str, str]:
    """New names for the groups of the one that goes, where the other has one that differs."""
    terms: dict[str, tuple[Any, ...]] = {}
    names: dict[str, str] = {}
    for link in links:
        if link.source_id == stays.pk and link.group:
            terms[link.group] = (link.verb, link.needed, link.delay_min, link.effect)
    for link in links:
        own = (link.verb, link.needed, link.delay_min, link.effect)
        if link.source_id == gone.pk and terms.get(link.group, own) != own:
            names[link.group] = f"{link.group[:60]} ({gone.code[:15]})"
    return names


def _groups_clamp(links: Iterable[Link]) -> None:
    """No group needs more than it has left."""
    sizes: dict[tuple[int, str], int] = {}
    for link in links:
        key = link.source_id, link.group
        sizes[key] = sizes.get(key, 0) + 1
    for link in links:
        size = sizes[link.source_id, link.group] if link.group else 1
        link.needed = min(link.needed, size)


def _links_restore(kept: Iterable[Kept]) -> None:
    rows = list(kept)
    Link.objects.filter(pk__in=[row["id"] for row in rows]).delete()
    ends = {pk for row in rows for pk in (row["source"], row["target"])}
    here = set(Asset.objects.filter(pk__in=ends).values_list("pk", flat=True))
    taken = set(
        Link.objects.filter(source_id__in=ends).values_list("source_id", "verb", "target_id")
    )
    rows_restore(
        Link,
        (
            row
            for row in rows
            if {row["source"], row["target"]} <= here
            and (row["source"], row["verb"], row["target"]) not in taken
        ),
    )


def _pairs_move(stays: Asset, gone: Asset, pair: LookAlike) -> list[Kept]:
    """Other questions about the one that goes are now about the other; gives them as they were."""
    rows = LookAlike.objects.filter(Q(kept=gone) | Q(other=gone)).exclude(pk=pair.pk)
    found = list(rows.order_by("pk"))
    before = [row_kept(one) for one in found]
    known: set[frozenset[int | None]] = {
        frozenset(ends)
        for ends in LookAlike.objects.filter(Q(kept=stays) | Q(other=stays))
        .exclude(pk__in=[pair.pk, *(one.pk for one in found)])
        .values_list("kept_id", "other_id")
    }
    for one in found:
        one.kept_id = stays.pk if one.kept_id == gone.pk else one.kept_id
        one.other_id = stays.pk if one.other_id == gone.pk else one.other_id
        ends = frozenset((one.kept_id, one.other_id))
        if one.state != PairState.MERGED and (len(ends) == 1 or ends in known):
            one.delete()
            continue
        known.add(ends)
        one.save(update_fields=["kept", "other"])
    return before


def _pairs_restore(kept: Iterable[Kept]) -> None:
    for row in kept:
        # Decided anew since: what people said last stays, about the asset that is back.
        current = LookAlike.objects.filter(pk=row["id"]).first()
        if current is None:
            rows_restore(LookAlike, [row])
        else:
            current.kept_id, current.other_id = row["kept"], row["other"]
            current.save(update_fields=["kept", "other"])
