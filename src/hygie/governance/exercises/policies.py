"""Who may read and do what with an exercise?

| object                               | read                              | act                  |
|--------------------------------------|-----------------------------------|----------------------|
| coverage, lessons shared on purpose  | INDICATORS                        | –                    |
| title, day, state of an exercise     | DETAIL                            | –                    |
| script, people, check                | DETAIL, PLAN or RECORD, not a     | the same             |
|                                      | player of it while it is not over |                      |
| model of the structure               | as a script                       | the same             |
| model shared with a group, a region  | may design there                  | copy it              |
| model of the platform                | may design somewhere              | copy it              |
| exercise of a region or the nation   | PLAN given at that very node      | the same             |
| attack told on one's own map         | –                                 | and REVIEW or JOURNAL|
| load the models of the platform      | –                                 | MANAGE_PROGRAMME     |

Whoever plays never reads a script beforehand, whatever their role here: an RSSI who plays asks a
colleague to prepare. A region sees that an establishment has played, never what nor how well.
Those who take part reach an exercise by the doors of the play, not by these.
"""

from django.db.models import Q

from hygie.governance.exercises.choices import ExerciseState, Role
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, may, perimeter_filter
from hygie.territory.perimeter import Depth, Level, Perimeter, Right

DESIGNING = (Right.PLAN, Right.RECORD)
OVER = (ExerciseState.ENDED, ExerciseState.CLOSED, ExerciseState.CANCELLED)
_WIDE = frozenset({Level.REGION, Level.NATION})


def _wide_nodes(perimeter: Perimeter) -> list[int]:
    """Regions and nation where this perimeter plans exercises of its own."""
    return [
        grant.node_id
        for grant in perimeter.grants
        if grant.level in _WIDE and Right.PLAN in grant.rights
    ]


def readable_exercises(perimeter: Perimeter, prefix: str = "organisation__") -> Q:
    """Condition that keeps the exercises whose title, day and state this perimeter reads."""
    own = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix=prefix)
    return own | Q(**{f"{prefix}id__in": _wide_nodes(perimeter)})


def designed_exercises(perimeter: Perimeter, prefix: str = "organisation__") -> Q:
    """Condition that keeps what belongs to structures where this perimeter prepares exercises."""
    if perimeter.is_operator:
        return readable_exercises(perimeter, prefix)
    found = Q(**{f"{prefix}id__in": _wide_nodes(perimeter)})
    for right in DESIGNING:
        found |= perimeter_filter(perimeter, depth=Depth.DETAIL, right=right, prefix=prefix)
    return found


def played_by(perimeter: Perimeter) -> Q:
    """Condition on exercises that the reader plays and that are not over; nobody's without one."""
    if perimeter.actor.user_id is None:
        return Q(pk__in=())
    return Q(participants__user_id=perimeter.actor.user_id, participants__role=Role.PLAYER) & ~Q(
        state__in=OVER
    )


def may_read(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter sees the exercises of this structure; no query."""
    return depth_at(perimeter, organisation) >= Depth.DETAIL or _is_wide(perimeter, organisation)


def may_read_plans(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter reads how plans held at this structure and below; no query.

    A region that prepares exercises of its own does not: that is its establishments' detail.
    """
    return depth_at(perimeter, organisation) >= Depth.DETAIL


def may_design(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter prepares exercises at this structure; no query."""
    return _is_wide(perimeter, organisation) or (
        depth_at(perimeter, organisation) >= Depth.DETAIL
        and any(may(perimeter, organisation, right) for right in DESIGNING)
    )


def may_attack(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may have an attack told on this map: it shows ways that would work.

    As for rehearsals of ransomware: the ways in are not for everyone who prepares an exercise.
    """
    return depth_at(perimeter, organisation) >= Depth.DETAIL and any(
        may(perimeter, organisation, right) for right in (Right.REVIEW, Right.READ_JOURNAL)
    )


def may_load(perimeter: Perimeter) -> bool:
    """Whether this perimeter renews the models of the platform."""
    return perimeter.holds_anywhere(Right.MANAGE_PROGRAMME)


def _is_wide(perimeter: Perimeter, organisation: Organisation) -> bool:
    return perimeter.is_operator or organisation.pk in _wide_nodes(perimeter)
