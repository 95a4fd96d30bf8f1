"""How is an attack played on the map of a place, with and without the defences compared?"""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext_noop

from hygie.engines.propagation.sharing import Sharing as Workers
from hygie.engines.propagation.types import PropagationError
from hygie.engines.ransomware.compare import Comparison, compare
from hygie.engines.ransomware.entries import Entry, EntryKind
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import Parameters, parameters
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.scene import Scene, scene_of
from hygie.engines.ransomware.ways import AttackGraph
from hygie.foundation.jobs.watch import Watch
from hygie.operations.impact.asked import Asked
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.errors import EntryMissing, WorkersRefused
from hygie.operations.impact.selectors.exposure import Exposure

_READING = gettext_noop("Lecture des chemins d'attaque")
_PLAYING = gettext_noop("Attaques rejouées")
_HOURS_A_DAY = 24.0
# Half a second each on a large hospital: worth sending, and soon cancelled.
_LEAST_BLOCK, _MOST_BLOCK = 64, 512
_BLOCKS_A_THREAD = 4


@dataclass(frozen=True)
class Played:
    """An attack played, and what it was played on.

    Attributes:
        found: the map. asked: the settings. values: of the parameters. exposure: of the directory.
        as_of: the day on which the map was looked at. comparison: the answer.
        attack: the graph of the map as it is.
    """

    found: ImpactMap
    asked: Asked
    values: Parameters
    exposure: Exposure
    as_of: dt.date
    comparison: Comparison
    attack: AttackGraph


def workers_for(runs: int, threads: int, scheduler: str = "") -> Workers:
    """Who plays so many attacks, in blocks small enough to keep all busy and to stop soon.

    Args:
        runs: of one variant. threads: here, or blocks asked for at once on a cluster.
        scheduler: its address; "" plays here.
    """
    block = min(max(-(-runs // (_BLOCKS_A_THREAD * threads)), _LEAST_BLOCK), _MOST_BLOCK)
    return Workers(workers=threads, scheduler=scheduler, block=block)


def attack_played(
    found: ImpactMap,
    asked: Asked,
    *,
    changes: dict[str, float],
    exposure: Exposure,
    as_of: dt.date,
    workers: Workers,
    watch: Watch,
) -> Played:
    """Play an attack.

    Args:
        found: the map. asked: checked settings. changes: parameters of the place.
        exposure: of its directory. as_of: day for the age of patches.
        workers: threads here, or a scheduler. watch: told how far it is; may stop it.

    Raises:
        EntryMissing: the map has no such door. WorkersRefused: the scheduler does not answer.

    Cost: `engines.ransomware.rehearse`, once for each variant and once without any.
    """
    values = parameters({**changes, **asked.overrides})
    variants = asked.variants()
    watch.stage(_READING, 1 + len(variants))
    graph = partial(
        attack_graph, found.estate, values, credentials_share=exposure.share, as_of=as_of
    )
    attack = graph()
    base = _scene(found, attack, asked)
    watch.advance()
    scenes: dict[str, Scene] = {}
    for name, defences in variants.items():
        scenes[name] = _scene(found, graph(defences=defences), asked)
        watch.advance()
    watch.stage(_PLAYING, asked.runs * (1 + len(variants)))
    told = _Told(watch)
    try:
        comparison = compare(base, scenes, asked.runs, asked.seed, progress=told, sharing=workers)
    except PropagationError as error:
        if not workers.scheduler:
            raise
        raise WorkersRefused(address=workers.scheduler) from error
    return Played(found, asked, values, exposure, as_of, comparison, attack)


class _Told:
    """Turns "so many done" into "so many more"."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._done = 0

    def __call__(self, done: int, _total: int) -> None:
        self._watch.advance(done - self._done)
        self._done = done


def _scene(found: ImpactMap, attack: AttackGraph, asked: Asked) -> Scene:
    kind = EntryKind(asked.entry)
    try:
        key = "" if asked.entry_id is None else found.asset(found.node_by_id[asked.entry_id]).key
        return scene_of(
            found.estate, attack, Entry(kind, key), compiled=found.compiled,
            watched=asked.is_watched, horizon_h=asked.horizon_days * _HOURS_A_DAY,
        )  # fmt: skip
    except (RansomwareError, KeyError) as error:
        raise EntryMissing(entry=kind.value) from error
