"""Which organisations does the programme follow?"""

from collections.abc import Collection

from django.db import transaction

from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.territory.organisations.errors import NothingChosen
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.policies import may_follow
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Perimeter

_KEPT_IN_JOURNAL = 200


@transaction.atomic
def organisation_follow(
    *, perimeter: Perimeter, organisation_ids: Collection[int], is_followed: bool
) -> int:
    """Follow these organisations, or stop: lists, cockpits and computations show followed ones.

    Args:
        perimeter: who decides.
        organisation_ids: those outside the perimeter are left aside, as if they did not exist.
        is_followed: the wish.

    Returns:
        How many have changed.

    Raises:
        NothingChosen: none of them is visible.
        NotAllowed: one of them is visible and not theirs to decide upon; nothing is changed.
    """
    chosen = list(organisations_in(perimeter).filter(pk__in=organisation_ids))
    if not chosen:
        raise NothingChosen
    if not all(may_follow(perimeter, one) for one in chosen):
        raise NotAllowed
    changing = sorted(one.pk for one in chosen if one.is_followed != is_followed)
    if not changing:
        return 0
    Organisation.objects.filter(pk__in=changing).update(is_followed=is_followed)
    single = chosen[0] if len(chosen) == 1 else None
    journal_write(
        actor=perimeter.actor,
        action="organisation.followed" if is_followed else "organisation.unfollowed",
        object_type="organisation",
        object_id=single.pk if single else "",
        organisation_id=single.pk if single else None,
        detail={"count": len(changing), "ids": changing[:_KEPT_IN_JOURNAL]},
    )
    follow_up("territory_changed")
    return len(changing)
