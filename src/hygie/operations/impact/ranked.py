"""Which losses cost most care on a map: each alone, named ones, and pairs worth trying?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from hygie.engines.dependency.scenarios import pairs_worth_trying
from hygie.engines.dependency.types import DependencyError
from hygie.engines.estate.vocabulary import AssetKind
from hygie.engines.ransomware.losses import Loss, named_losses, pair_loss, single_losses
from hygie.engines.ransomware.losses import LossFamily as Family
from hygie.engines.ransomware.ranking import Ranking, rank_losses
from hygie.foundation.jobs.watch import Watch
from hygie.operations.impact.bridge import ImpactMap

VITAL = 4
_SINGLE = gettext_noop("Chaque perte seule")
_PAIRS = gettext_noop("Les pertes deux à deux")
MOST_PAIRS = 100_000
# The others have a loss of their own, which takes what goes with them.
_NAMED = frozenset(
    {AssetKind.SUPPLIER, AssetKind.SITE, AssetKind.ZONE, AssetKind.IDENTITY, AssetKind.BACKUP}
)
_ALONE = [kind for kind in AssetKind if kind not in _NAMED]
# Losses that no asset names alone.
_WIDE = frozenset({Family.RANSOMWARE, Family.INTERNET})


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One loss that touches care, by node of the map."""

    family: Family
    nodes: tuple[int, ...]
    weight: float
    stopped: int
    degraded: int
    vital: int
    first_min: float | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a ranking leaves: its rows, heaviest first, and what is told at once."""

    rows: Sequence[RankedRow]
    summary: dict[str, Any]


def ranked(found: ImpactMap, watch: Watch) -> Ranked:
    """Try every loss of a map.

    Args:
        found: the map. watch: told of two stages, asked whether to go on.

    Cost: see `engines.ransomware.ranking`; a second for 14,000 assets.
    """
    singles = (*single_losses(found.numbers, _ALONE), *named_losses(found.numbers))
    alone = _ranked(found, singles, watch, _SINGLE)
    pairs, is_refused = _pairs(found)
    together = _ranked(found, pairs, watch, _PAIRS)
    worth = _worse_than_each(found, singles, alone, pairs, together)
    rows = [*_rows(found, alone), *_rows(found, together, worth)]
    rows.sort(key=lambda row: (-row.weight, -row.stopped, -row.degraded))
    told = {"pairs": len(pairs), "pairs_kept": int(worth.sum()), "pairs_refused": is_refused}
    return Ranked(rows, _summary(found, alone) | told)


def _ranked(found: ImpactMap, losses: Sequence[Loss], watch: Watch, stage: str) -> Ranking:
    watch.stage(stage, len(losses))
    done = 0

    def told(so_far: int, _total: int) -> None:
        nonlocal done
        watch.advance(min(so_far, len(losses)) - done)
        done = min(so_far, len(losses))

    return rank_losses(found.compiled, found.numbers, losses, found.weight, told)


def _pairs(found: ImpactMap) -> tuple[Sequence[Loss], bool]:
    """Pairs inside groups that can spare one member only; and whether they were too many to try."""
    try:
        pairs = pairs_worth_trying(found.compiled, most=MOST_PAIRS).tolist()
    except DependencyError:
        return (), True
    return [pair_loss(found.numbers, first, second) for first, second in pairs], False


def _worse_than_each(
    found: ImpactMap,
    singles: Sequence[Loss],
    alone: Ranking,
    pairs: Sequence[Loss],
    together: Ranking,
) -> NDArray[np.bool_]:
    """(pairs,) those that stop an activity which neither of the two stops alone."""
    place = {
        found.numbers.index[loss.keys[0]]: at
        for at, loss in enumerate(singles)
        if loss.family not in _WIDE
    }
    answer = np.zeros(len(pairs), np.bool_)
    for at, loss in enumerate(pairs):
        known = [place[node] for node in loss.nodes.tolist() if node in place]
        answer[at] = (together.stopped[at] & ~alone.stopped[known].any(axis=0)).any()
    return answer


def _rows(
    found: ImpactMap, ranking: Ranking, keep: NDArray[np.bool_] | None = None
) -> Iterator[RankedRow]:
    vital = _criticality(found) == VITAL
    touched = (ranking.stopped | ranking.degraded).any(axis=1)
    touched = touched if keep is None else touched & keep
    for at in np.flatnonzero(touched).tolist():
        loss, first = ranking.losses[at], float(ranking.earliest_min[at])
        named = [found.numbers.index[key] for key in loss.keys]
        yield RankedRow(
            family=loss.family,
            nodes=tuple(named),
            weight=float(ranking.stopped_weight[at]),
            stopped=int(ranking.stopped[at].sum()),
            degraded=int(ranking.degraded[at].sum()),
            vital=int((ranking.stopped[at] & vital).sum()),
            first_min=first if np.isfinite(first) else None,
        )


def _summary(found: ImpactMap, alone: Ranking) -> dict[str, Any]:
    rank = _criticality(found)
    single = np.array([loss.family not in _WIDE for loss in alone.losses], np.bool_)
    stopped = alone.stopped[single]
    known = (stopped & (rank == VITAL)).any(axis=1)
    # Care of which nobody said how critical it is may be vital.
    possible = (stopped & ((rank == VITAL) | (rank == 0))).any(axis=1)
    return {
        "assets": found.nodes,
        "care": len(found.care),
        "vital": int((rank == VITAL).sum()),
        "unranked": int((rank == 0).sum()),
        "losses": len(alone.losses),
        "single_points": int(known.sum()),
        "single_points_at_worst": int(possible.sum()),
    }


def _criticality(found: ImpactMap) -> NDArray[np.int64]:
    """(c,) declared criticality of each care activity, 0 when nobody said."""
    return np.array([found.asset(node).criticality or 0 for node in found.care.tolist()], np.int64)
