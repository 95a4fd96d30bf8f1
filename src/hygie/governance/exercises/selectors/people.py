"""Whom, among those who have an account, may one invite to an exercise?"""

from hygie.foundation.journal.types import Via
from hygie.governance.exercises.models import Exercise
from hygie.territory.organisations.selectors import ancestor_ids, below
from hygie.territory.people.models import User
from hygie.territory.people.selectors import people_in, perimeter_of
from hygie.territory.perimeter import NOBODY, Perimeter

_MOST = 500


def accounts_to_invite(perimeter: Perimeter, exercise: Exercise) -> list[tuple[int, str]]:
    """Ids and names of the accounts known to the perimeter around the exercise, not in it yet.

    The caller has read the exercise; two queries.
    """
    place = exercise.organisation
    if place is None:
        return []
    around = below(place, "organisation__")
    known = people_in(perimeter).filter(user__is_active=True)
    rows = known.filter(around) | known.filter(organisation_id__in=ancestor_ids(place))
    taken = set(exercise.participants.values_list("user_id", flat=True))
    found: dict[int, str] = {}
    for row in rows[:_MOST]:
        if row.user_id not in taken and row.user_id not in found:
            found[row.user_id] = f"{row.user.get_full_name() or row.user.email} – {row.user.email}"
    return list(found.items())


def accounts_to_answer(perimeter: Perimeter, exercise: Exercise) -> list[tuple[int, str]]:
    """Ids and names of the accounts who may be made to answer for an action of the place.

    The caller has read the exercise; one query.
    """
    place = exercise.organisation
    if place is None:
        return []
    known = people_in(perimeter).filter(user__is_active=True)
    rows = known.filter(below(place, "organisation__")) | known.filter(
        organisation_id__in=ancestor_ids(place)
    )
    return list(
        {row.user_id: row.user.get_full_name() or row.user.email for row in rows[:_MOST]}.items()
    )


def perimeter_of_account(user_id: int | None) -> Perimeter:
    """What an account may do today, for work done in its name; nothing once it is gone."""
    account = None if user_id is None else User.objects.filter(pk=user_id).first()
    return NOBODY if account is None else perimeter_of(account, via=Via.JOB)
