"""Which faults does the establishment knowingly accept, of what, and until when?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from hygie.engines.directory.facts import BoolArray, DirectoryFacts


@dataclass(frozen=True, slots=True)
class PointException:
    """One accepted risk, or one documented exception.

    Attributes:
        point: catalogue id.
        object: identifier of the object left out, upper case; None = the whole point is accepted.
        reason: in the words of who accepts it.
        expires_on: first day on which it no longer counts.
    """

    point: str
    object: str | None
    reason: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Spared:
    """The exceptions that hold on one day: whole points, and a mask (n,) by point."""

    points: frozenset[str]
    objects: Mapping[str, BoolArray]


def spared_on(facts: DirectoryFacts, exceptions: Sequence[PointException], day: date) -> Spared:
    """The exceptions not yet expired on `day`, as masks.

    An identifier that is not among the objects spares nothing: the object may have been removed.

    Cost: O(n) once there is an exception, plus O(1) each.
    """
    living = [exception for exception in exceptions if day < exception.expires_on]
    wanted = {exception.object.upper() for exception in living if exception.object is not None}
    index = (
        {name: place for place, name in enumerate(facts.identifiers) if name in wanted}
        if wanted
        else {}
    )
    masks: dict[str, BoolArray] = {}
    for exception in living:
        if exception.object is None or exception.object.upper() not in index:
            continue
        mask = masks.setdefault(exception.point, np.zeros(len(facts), np.bool_))
        mask[index[exception.object.upper()]] = True
    return Spared(
        frozenset(exception.point for exception in living if exception.object is None), masks
    )
