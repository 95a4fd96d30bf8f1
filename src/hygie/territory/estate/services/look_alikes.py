"""Are these two one? Merge them, keep them apart, or take the decision back."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.territory.estate.choices import PairState
from hygie.territory.estate.errors import PairDecided, PairMismatch, PairWaiting
from hygie.territory.estate.models import Asset, LookAlike
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.whole import linked_with, served_organisations
from hygie.territory.estate.services.derived import derived_after
from hygie.territory.estate.services.revisions import estate_changed, estate_hold
from hygie.territory.estate.services.union import assets_part, assets_unite
from hygie.territory.perimeter import Perimeter


@transaction.atomic
def look_alike_ask(*, perimeter: Perimeter, one: Asset, other: Asset) -> LookAlike:
    """Someone thinks that these two are one: ask it, or find the question that was asked.

    Raises:
        NotAllowed: one of them is not theirs to change.
        PairMismatch: they are one row, or of two organisations.
    """
    if not (may_edit(perimeter, one.organisation) and may_edit(perimeter, other.organisation)):
        raise NotAllowed
    if one.pk == other.pk or one.organisation_id != other.organisation_id:
        raise PairMismatch
    either = Q(kept=one, other=other) | Q(kept=other, other=one)
    known = LookAlike.objects.filter(either).first()
    if known is not None:
        return known
    return LookAlike.objects.create(
        organisation=one.organisation, kept=one, other=other, other_name=other.name, score=50
    )


@transaction.atomic
def look_alike_merge(
    *, perimeter: Perimeter, pair: LookAlike, stays: Asset | None = None
) -> LookAlike:
    """They are one: what the other has goes to the one that stays, which keeps its own words.

    Args:
        pair: read inside the perimeter.
        stays: which of the two; the first by default.

    Returns:
        The pair, merged; `kept` is the one that stayed.

    Raises:
        NotAllowed: the map is not theirs to change.
        PairDecided: it was decided already.
        PairMismatch: two organisations, or `stays` is none of the two.
    """
    _take(perimeter, pair, waiting=True)
    one, other = pair.kept, pair.other
    if other is None or one.organisation_id != other.organisation_id:
        raise PairMismatch
    is_swapped = stays is not None and stays.pk == other.pk
    if stays is not None and stays.pk not in {one.pk, other.pk}:
        raise PairMismatch
    if is_swapped:
        one, other = other, one
    places = served_organisations([one.pk, other.pk])
    names = [one.name, other.name]
    around = linked_with([one.pk, other.pk]) - {other.pk}
    # The row must not follow the asset that goes.
    LookAlike.objects.filter(pk=pair.pk).update(kept=one, other=None)
    undo = assets_unite(one, other, pair)
    pair.undo = {**undo, "is_swapped": is_swapped}
    pair.kept, pair.other, pair.other_name = one, None, names[1]
    _decide(perimeter, pair, PairState.MERGED)
    derived_after(organisation_ids=places, asset_ids=around | {one.pk}, is_structural=True)
    estate_changed(places)
    _told(perimeter, pair, "look_alike.merged", names)
    return pair


@transaction.atomic
def look_alike_apart(*, perimeter: Perimeter, pair: LookAlike) -> LookAlike:
    """They are two: they are not asked about again.

    Raises:
        NotAllowed: the map is not theirs to change.
        PairDecided: it was decided already.
    """
    _take(perimeter, pair, waiting=True)
    _decide(perimeter, pair, PairState.APART)
    _told(perimeter, pair, "look_alike.kept_apart", [pair.kept.name, pair.other_name])
    return pair


@transaction.atomic
def look_alike_undo(*, perimeter: Perimeter, pair: LookAlike) -> LookAlike:
    """Take a decision back; two that were merged are again as they were, links included.

    What was added to the map since the merge stays.

    Raises:
        NotAllowed: the map is not theirs to change.
        PairWaiting: there is nothing to undo.
        UndoImpossible: the code of the one that had gone is now another's.
    """
    _take(perimeter, pair, waiting=False)
    names = [pair.kept.name, pair.other_name]
    if pair.state == PairState.MERGED:
        stays = Asset.objects.get(pk=pair.kept_id)
        gone = assets_part(stays, pair.undo)
        is_swapped = bool(pair.undo.get("is_swapped"))
        pair.kept, pair.other = (gone, stays) if is_swapped else (stays, gone)
        pair.other_name = pair.other.name
        places = served_organisations([stays.pk, gone.pk])
        around = linked_with([stays.pk, gone.pk])
        derived_after(organisation_ids=places, asset_ids=around, is_structural=True)
        estate_changed(places)
    pair.undo = {}
    pair.state, pair.decided_by, pair.decided_at = PairState.WAITING, None, None
    pair.save()
    _told(perimeter, pair, "look_alike.undone", names)
    return pair


def _take(perimeter: Perimeter, pair: LookAlike, *, waiting: bool) -> None:
    """The right is held, and the pair is as it was shown."""
    if not may_edit(perimeter, pair.organisation):
        raise NotAllowed
    estate_hold({pair.organisation_id})
    rows = LookAlike.objects.select_related("kept__organisation", "other__organisation")
    pair.refresh_from_db(from_queryset=rows)
    if waiting and pair.state != PairState.WAITING:
        raise PairDecided
    if not waiting and pair.state == PairState.WAITING:
        raise PairWaiting


def _decide(perimeter: Perimeter, pair: LookAlike, state: PairState) -> None:
    pair.state = state
    pair.decided_by_id = perimeter.actor.user_id
    pair.decided_at = timezone.now()
    pair.save()


def _told(perimeter: Perimeter, pair: LookAlike, action: str, names: list[str]) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="look_alike",
        object_id=pair.pk,
        organisation_id=pair.organisation_id,
        detail={"names": names},
    )
