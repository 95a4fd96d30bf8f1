"""What would really fail on a map, when and why, and which care would stop?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.times import stop_times
from hygie.engines.dependency.types import CompiledNeeds, FloatArray
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind, Effect, Status
from hygie.engines.exercise.generated.topics import folded
from hygie.engines.exercise.generated.types import CareConsequence, Failure, Origin, WhatFails
from hygie.engines.exercise.types import ExerciseError
from hygie.engines.exercise.vocabulary import Level
from hygie.engines.ransomware.entries import Entry
from hygie.engines.ransomware.losses import Loss, LossFamily
from hygie.engines.ransomware.needs import NeedsOfEstate, needs_of
from hygie.engines.ransomware.nodes import Numbering
from hygie.engines.ransomware.parameters import Parameters
from hygie.engines.ransomware.play import OneRun, run_told
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.rehearse import rehearse
from hygie.engines.ransomware.scene import Scene, scene_of

RUNS = 200
"""Attacks among which the one to play is chosen."""

_RECORD = (
    "dossier patient", "dossier du patient", "dossier resident", "dossier de soins", "(dpi)",
    "patient record", "resident record",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s[–—-]\s|[():]")
_ORIGIN = {
    LossFamily.SUPPLIER: Origin.SUPPLIER, LossFamily.SITE: Origin.SITE,
    LossFamily.ZONE: Origin.NETWORK, LossFamily.INTERNET: Origin.NETWORK,
    LossFamily.RED_BUTTON: Origin.NETWORK, LossFamily.RANSOMWARE: Origin.ATTACK,
}  # fmt: skip
# Among the runs that stop care: an easy one, the usual one, one of the worst.
_SEVERITY = {Level.BEGINNER: 0.25, Level.INTERMEDIATE: 0.5, Level.CONFIRMED: 0.9}


def fails_of_loss(
    loss: Loss, found: NeedsOfEstate, compiled: CompiledNeeds | None = None
) -> WhatFails:
    """Follow a loss through the needs of a map.

    Args:
        loss: from `engines.ransomware.losses`, or the one of an `Isolation`.
        found: needs of the map, or of the `Isolation`.
        compiled: the same, compiled; made here when None.

    Returns:
        All that fails, by minute after the loss, each with what brought it down; care apart.

    Raises:
        ExerciseError: the loss takes nothing.
        DependencyError: needs that are not those of the loss.

    Cost: as `stop_times`, then O(members of the groups of what fails).
    Source: docs/engines/exercise.md §6.
    """
    if not len(loss.nodes):
        raise ExerciseError("the loss takes nothing: there is nothing to tell")
    failed_at = np.full(found.needs.nodes, np.inf)
    failed_at[loss.nodes] = 0.0
    told = _Told(found.numbers, compiled or compile_needs(found.needs), failed_at)
    names = {asset.key: asset.name for asset in found.numbers.assets}
    cause = names.get(loss.keys[0], "") if loss.keys else ""
    origin = _ORIGIN.get(loss.family, Origin.OUTAGE)
    return WhatFails(origin, tuple(told.failures()), tuple(told.care()), cause)


def fails_of_attack(
    estate: EstateMap,
    seed: int,
    level: Level,
    *,
    entry: Entry | None = None,
    values: Parameters | None = None,
    credentials_share: float | None = None,
) -> WhatFails:
    """Follow one ransomware attack through a map.

    Of `RUNS` attacks of the seed, those that stop care are ranked by the hours of care lost, and
    the level chooses: a quarter of the way for beginners, the middle, nine tenths for the
    confirmed. When none stops care, the same among those that take anything.

    Args:
        estate: the map. seed: of the draws. level: of the players.
        entry: by which door; any when None.
        values: of the parameters; the published ones when None.
        credentials_share: what the audit of the directory found; None without audit.

    Returns:
        What fails. Minute 0 is when the attack is seen or the first asset is lost, whichever comes
        first: what the attacker does before is not played.

    Raises:
        RansomwareError: no such door, no care, no run takes anything.
        ExerciseError: none of the attacks takes anything.

    Cost: `attack_graph`, `scene_of`, then 0.5 ms a run.
    Source: docs/engines/exercise.md §6.
    """
    attack = attack_graph(estate, values, credentials_share=credentials_share)
    found = needs_of(estate, attack.values)
    scene = scene_of(estate, attack, entry, compiled=compile_needs(found.needs))
    told = _run_of(scene, seed, _SEVERITY[level])
    alerted = told.alert_min if np.isfinite(told.alert_min) else None
    zero = min(float(told.minute[0]), told.alert_min)
    failed_at = np.full(found.needs.nodes, np.inf)
    # Backwards: the first of several times of one node is the one that holds.
    failed_at[told.node[::-1]] = told.minute[::-1] - zero
    fails = _Told(found.numbers, scene.compiled, failed_at)
    contained = told.contained_min if np.isfinite(told.contained_min) else None
    return WhatFails(
        Origin.ATTACK,
        tuple(fails.failures()),
        tuple(fails.care()),
        alerted_min=None if alerted is None else alerted - zero,
        contained_min=None if contained is None else contained - zero,
    )


def record_name(estate: EstateMap) -> str:
    """What people call the patient record of a map; "" when no application looks like one.

    Of "Orbunisse – Dossier patient informatisé", "Orbunisse" is kept.
    """
    found = [
        asset
        for asset in estate.of_kind(AssetKind.APPLICATION)
        if asset.status is Status.IN_USE and _is_record(asset.name)
    ]
    if not found:
        return ""
    gravest = max(found, key=lambda asset: (asset.criticality or 0, _users(asset)))
    parts = [part.strip() for part in _SEPARATOR.split(gravest.name) if part.strip()]
    return next((part for part in parts if not _is_record(part)), "")


def _is_record(name: str) -> bool:
    flat = folded(name)
    return any(stem in flat for stem in _RECORD)


def _users(asset: AssetRecord) -> int:
    return _count(asset, "users") or 0


def _run_of(scene: Scene, seed: int, severity: float) -> OneRun:
    """The run to play, among those that stop care, or else that take anything."""
    found = rehearse(scene, RUNS, seed)
    stopping = np.flatnonzero(found.stopped_by_run)
    ranked = stopping[np.argsort(found.by_run[stopping], kind="stable")].tolist()
    if ranked:
        return run_told(scene, seed, ranked[int(severity * (len(ranked) - 1))])
    taking = [told for run in range(RUNS) if len((told := run_told(scene, seed, run)).node)]
    if not taking:
        raise ExerciseError("none of these attacks takes anything: there is nothing to tell")
    taking.sort(key=lambda told: len(told.node))
    return taking[int(severity * (len(taking) - 1))]


@dataclass(frozen=True, slots=True)
class _Fall:
    """When one asset fails in one way, and by whom; -1 = lost itself."""

    node: int
    minute: float
    effect: Effect
    cause: int


class _Told:
    """One loss played to its end, told in the words of the map."""

    def __init__(self, numbers: Numbering, compiled: CompiledNeeds, failed_at: FloatArray) -> None:
        self.assets = numbers.assets
        times = stop_times(compiled, failed_at)
        stops = _causes(compiled, failed_at, times.stops_at, full=False)
        degrades = _causes(compiled, failed_at, times.degrades_at, full=True)
        falls = [
            _Fall(node, float(times.stops_at[node]), Effect.STOP, cause)
            for node, cause in stops.items()
        ]
        falls += [
            _Fall(node, float(times.degrades_at[node]), Effect.DEGRADE, cause)
            for node, cause in degrades.items()
            if times.degrades_at[node] < times.stops_at[node]
        ]
        # Isolation has one node more than there are assets: it stands for the cut flows.
        falls = [fall for fall in falls if fall.node < len(self.assets)]
        self.falls = sorted(falls, key=lambda fall: (fall.minute, fall.node))

    def failures(self) -> Iterator[Failure]:
        """What fails, care aside."""
        for fall in self.falls:
            asset = self.assets[fall.node]
            if asset.kind is not AssetKind.CARE:
                yield Failure(
                    fall.minute, asset.kind, asset.name, fall.effect, self._name(fall.cause)
                )

    def care(self) -> Iterator[CareConsequence]:
        """Which care stops or is degraded."""
        for fall in self.falls:
            asset = self.assets[fall.node]
            if asset.kind is AssetKind.CARE:
                yield CareConsequence(
                    minute=fall.minute,
                    activity=asset.name,
                    effect=fall.effect,
                    because_of=self._name(fall.cause),
                    holds_min=_count(asset, "holds_min"),
                    minimal_service=str(asset.details.get("minimal_service", "")),
                    patients_per_day=_count(asset, "patients_per_day"),
                    criticality=asset.criticality,
                )

    def _name(self, node: int) -> str:
        return self.assets[node].name if 0 <= node < len(self.assets) else ""


def _count(asset: AssetRecord, name: str) -> int | None:
    value = asset.details.get(name)
    return value if isinstance(value, int) and value >= 0 else None


def _causes(
    compiled: CompiledNeeds, failed_at: FloatArray, minute: FloatArray, *, full: bool
) -> Mapping[int, int]:
    """Who brings down each node that fails: the member with which a group of it fails in time.

    Walked from what is lost, by minute: in a circle of needs a cause is never its own effect.
    """
    needs = compiled.needs
    sizes = np.diff(needs.member_ptr)
    left = dict[int, int]()
    known = {
        int(node): -1 for node in np.flatnonzero(np.isfinite(failed_at) & (failed_at == minute))
    }
    waiting: list[tuple[float, int]] = []
    for node in known:
        heappush(waiting, (float(minute[node]), node))
    while waiting:
        _, node = heappop(waiting)
        for group in compiled.user_group[compiled.user_ptr[node] : compiled.user_ptr[node + 1]]:
            group = int(group)
            if not full and not needs.stops[group]:
                continue
            left[group] = left.get(group, int(sizes[group] - needs.needed[group] + 1)) - 1
            owner = int(compiled.group_node[group])
            due = minute[node] + needs.delay_min[group]
            if left[group] == 0 and owner not in known and due == minute[owner]:
                known[owner] = node
                heappush(waiting, (float(minute[owner]), owner))
    return known
