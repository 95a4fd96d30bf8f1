"""What does each asset inherit from care, and how well is it known, once the map has changed?"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from hygie.engines.estate.completeness import Completeness, completeness, completeness_of
from hygie.engines.estate.inheritance import inherited
from hygie.engines.estate.vocabulary import Verb
from hygie.foundation.batches import batches
from hygie.foundation.jobs.followups import follow_up
from hygie.territory.estate.bridge import estate_from, record_alone
from hygie.territory.estate.models import Asset
from hygie.territory.estate.selectors.whole import (
    assets_of,
    linked_with,
    tied_organisations,
    verbs_around,
)
from hygie.territory.estate.services.revisions import estate_moved

# Above that many assets tied together, what is inherited is computed by a worker, soon after: a
# page does not wait for a second. An import, which a worker runs, does it itself up to the second.
INLINE_MOST, BULK_MOST = 5_000, 100_000
_DERIVED = ("completeness", "missing", "inherited_criticality", "inherited_downtime_min")
_BATCH = 5_000


def derived_after(
    *,
    organisation_ids: Collection[int],
    asset_ids: Collection[int],
    is_structural: bool,
    is_bulk: bool = False,
) -> None:
    """Bring up to date what is computed from the map, after a change to it.

    Args:
        organisation_ids: that answer for the assets that changed.
        asset_ids: assets that changed, and both ends of the links that did.
        is_structural: links, references, states, kinds or the needs of care changed; else each
            asset is judged alone.
        is_bulk: nobody waits on a page.

    Cost: 0.3 s for 5,000 assets and their links when structural; four queries otherwise.
    """
    if not is_structural:
        completeness_refresh(asset_ids)
        return
    tied = tied_organisations(organisation_ids)
    if assets_of(tied).count() <= (BULK_MOST if is_bulk else INLINE_MOST):
        derived_refresh(tied)
    else:
        completeness_refresh(linked_with(asset_ids))
        follow_up("estate_to_derive", organisation_ids=sorted(organisation_ids))


@transaction.atomic
def derived_refresh(organisation_ids: Collection[int]) -> int:
    """Compute again what all assets of these organisations, and of those tied to them, derive.

    Returns:
        How many have changed. What is shown of their maps is then new.

    Cost: about 1 s for 14,000 assets and 40,000 links, of which half is reading them.
    """
    everything = assets_of(tied_organisations(organisation_ids))
    rows = estate_from(everything, organisation_id=None)
    columns = ("pk", "organisation_id", *_DERIVED)
    known = {row[0]: row[1:] for row in everything.order_by().values_list(*columns).iterator()}
    found = zip(rows.asset_ids, completeness(rows.estate), inherited(rows.estate), strict=True)
    wanted = [
        row
        for pk, judged, handed in found
        if (row := (pk, *_judged(judged), handed.rank, handed.downtime_min))[1:] != known[pk][1:]
    ]
    _write(_DERIVED, wanted)
    if wanted:
        estate_moved({known[row[0]][0] for row in wanted})
    return len(wanted)


@transaction.atomic
def completeness_refresh(asset_ids: Collection[int]) -> int:
    """Judge some assets again, each alone.

    Returns:
        How many have changed.

    Cost: three queries for 5,000 assets.
    """
    return sum(_judge(batch) for batch in batches(sorted(asset_ids), _BATCH))


def _judge(asset_ids: list[int]) -> int:
    out, incoming = verbs_around(asset_ids)
    wanted = []
    for asset in Asset.objects.filter(pk__in=asset_ids):
        judged = _judged(
            completeness_of(
                record_alone(asset), _verbs(out.get(asset.pk)), _verbs(incoming.get(asset.pk))
            )
        )
        if (asset.completeness, asset.missing) != judged:
            wanted.append((asset.pk, *judged))
    return _write(_DERIVED[:2], wanted)


def _verbs(words: Iterable[str] | None) -> set[Verb]:
    return {Verb(word) for word in words or ()}


def _judged(found: Completeness) -> tuple[int, list[str]]:
    """A retired asset is not judged: it stands at 0, and no figure counts it."""
    return found.percent or 0, found.missing


def _write(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> int:
    """Set columns row by row with one prepared statement; `bulk_update` takes fifty times longer.

    Args:
        names: of the columns. rows: (pk, values in that order).
    """
    quote = connection.ops.quote_name
    fields = [field for field in Asset._meta.concrete_fields if field.name in names]
    fields.sort(key=lambda field: names.index(field.name))
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table, key = quote(Asset._meta.db_table), quote(str(Asset._meta.pk.column))
    statement = f"UPDATE {table} SET {columns} WHERE {key} = %s"  # noqa: S608

    def values() -> Iterator[tuple[Any, ...]]:
        for pk, *found in rows:
            adapted = (
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, found, strict=True)
            )
            yield (*adapted, pk)

    written = list(values())
    if written:
        with connection.cursor() as cursor:
            cursor.executemany(statement, written)
    return len(written)
