"""Which rehearsals may this perimeter read, and what do their arrays say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from hygie.foundation.documents.selectors import document_path
from hygie.foundation.errors import NotFound
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.errors import RehearsalUnderWay
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.policies import readable_rehearsals
from hygie.territory.estate.words import kind_word
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import Perimeter, operator_perimeter

_KEPT = 4


@dataclass(frozen=True, slots=True)
class AttackedAsset:
    """One asset of a rehearsal: how often and when it is taken; hours are None for never."""

    pk: int
    name: str
    code: str
    kind: str
    taken: float
    taken_low: float
    taken_high: float
    lost: float
    p10_h: float | None
    median_h: float | None
    p90_h: float | None

    @property
    def kind_words(self) -> str:
        """Its kind."""
        return kind_word(self.kind)


def rehearsals_in(perimeter: Perimeter) -> QuerySet[RansomwareRehearsal]:
    """Rehearsals that this perimeter reads, newest first."""
    return RansomwareRehearsal.objects.filter(readable_rehearsals(perimeter)).select_related(
        # With what stands above the place: its page says where one is.
        "organisation__region__parent", "organisation__ght", "organisation__legal_entity",
        "job", "created_by", "pack",
    )  # fmt: skip


def rehearsals_at(
    perimeter: Perimeter, organisation: Organisation
) -> QuerySet[RansomwareRehearsal]:
    """Rehearsals of one place, newest first."""
    return rehearsals_in(perimeter).filter(organisation=organisation)


def rehearsal_latest(
    perimeter: Perimeter, organisation: Organisation
) -> RansomwareRehearsal | None:
    """The newest finished rehearsal of a place; None when there is none. 1 query."""
    return rehearsals_at(perimeter, organisation).filter(state=WorkState.DONE).first()


def rehearsal_get_in(perimeter: Perimeter, pk: int) -> RansomwareRehearsal:
    """One rehearsal, in whatever state.

    Raises:
        NotFound: absent or forbidden.
    """
    found = rehearsals_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def rehearsal_done_in(perimeter: Perimeter, pk: int) -> RansomwareRehearsal:
    """One rehearsal whose results exist.

    Raises:
        NotFound: absent or forbidden. RehearsalUnderWay: it has no result.
    """
    found = rehearsal_get_in(perimeter, pk)
    if found.state != WorkState.DONE:
        raise RehearsalUnderWay
    return found


def rehearsal_to_run(pk: int) -> RansomwareRehearsal:
    """The rehearsal a worker was asked for.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = (
        RansomwareRehearsal.objects.select_related("organisation", "created_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def perimeter_of_author(author: User | None) -> Perimeter:
    """What the author may do today; the machine's operator when no account asked."""
    return operator_perimeter() if author is None else perimeter_of(author)


def attacked_assets(rehearsal: RansomwareRehearsal) -> Sequence[AttackedAsset]:
    """The assets of a rehearsal, the most often lost to care first; none before it is done.

    Raises:
        DocumentDamaged: its file changed on disk.
    """
    if rehearsal.pack is None:
        return ()
    return _assets(str(document_path(rehearsal.pack)))


# The name of a stored file is the hash of its bytes: the same path never holds other arrays.
@lru_cache(maxsize=_KEPT)
def _assets(path: str) -> tuple[AttackedAsset, ...]:
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    order = np.lexsort((arrays["names"], -arrays["taken"], -arrays["lost"]))
    columns = {name: _plain(array[order]) for name, array in arrays.items()}
    return tuple(_asset(columns, at) for at in range(len(order)))


def _plain(array: NDArray[Any]) -> list[Any]:
    """Python values; None where a time never came."""
    if array.dtype.kind != "f":
        return list(array.tolist())
    known = np.isfinite(array)
    return [
        value if is_known else None for value, is_known in zip(array.tolist(), known, strict=True)
    ]


def _asset(columns: Mapping[str, list[Any]], at: int) -> AttackedAsset:
    return AttackedAsset(
        pk=columns["ids"][at],
        **{
            name: columns[source][at]
            for name, source in (
                ("name", "names"), ("code", "codes"), ("kind", "kinds"), ("taken", "taken"),
                ("taken_low", "taken_low"), ("taken_high", "taken_high"), ("lost", "lost"),
                ("p10_h", "p10_h"), ("median_h", "median_h"), ("p90_h", "p90_h"),
            )
        },
    )  # fmt: skip
