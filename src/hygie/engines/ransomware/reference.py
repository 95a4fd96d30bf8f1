"""What do needs and runs come to, told slowly and plainly: what the fast ways are held to?"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.reference import reference_times
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import NEEDS, AssetKind, Effect, Status, Verb
from hygie.engines.propagation.draws import Purpose, draw, key
from hygie.engines.propagation.entries import entry_of_runs
from hygie.engines.propagation.reference import reference_timed
from hygie.engines.ransomware.play import TOUCH
from hygie.engines.ransomware.scene import Scene


def reference_standing(
    estate: EstateMap,
    lost: Collection[str],
    *,
    full: bool = False,
    is_cut: Callable[[str, str, Verb], bool] | None = None,
) -> set[str]:
    """Keys of the assets in service that still give service, read from the words of the map.

    Args:
        estate: the map. lost: keys of what is lost.
        full: whether full service is asked for.
        is_cut: tells of (source, target, verb of the group's first link) whether a flow is cut.
    """
    used = {asset.key: asset for asset in estate.assets if asset.status == Status.IN_USE}
    needs = {
        name: [each for each in _needs(estate, used, asset) if full or each[2]]
        for name, asset in used.items()
    }
    standing = set(used) - set(lost)
    again = True
    while again:
        again = False
        for name in sorted(standing):
            for members, needed, _, verb in needs[name]:
                left = [
                    m for m in members
                    if m in standing and not (is_cut and verb and is_cut(name, m, verb))
                ]  # fmt: skip
                if len(left) < min(needed, len(members)):
                    standing.discard(name)
                    again = True
    return standing


Need = tuple[set[str], int, bool, Verb | None]


def _needs(estate: EstateMap, used: dict[str, AssetRecord], asset: AssetRecord) -> Iterator[Need]:
    """Each need of an asset: members, how many, whether it stops, the verb of a link."""
    groups: dict[str, list[LinkRecord]] = {}
    for number, link in enumerate(estate.links):
        if link.source == asset.key and link.target in used and link.verb in NEEDS:
            groups.setdefault(link.group or f"\0{number}", []).append(link)
    for links in groups.values():
        stops = any(
            link.effect == Effect.STOP and (link.verb != Verb.MAINTAINED_BY or link.delay_min > 0)
            for link in links
        )
        yield {k.target for k in links}, max(k.needed for k in links), stops, links[0].verb
    for reference in (asset.site, asset.zone):
        if reference in used and reference != asset.key:
            yield {reference}, 1, True, None
    if asset.supplier in used and asset.supplier != asset.key:
        yield {asset.supplier}, 1, asset.details.get("hosting") == "saas", None
    is_online = asset.details.get("hosting") in ("saas", "external")
    if asset.kind == AssetKind.ACCESS:
        is_online = asset.details.get("method") != "modem"
    lines = [
        a for a in used.values()
        if a.kind == AssetKind.LINE and a.details.get("is_internet") is True
    ]  # fmt: skip
    own = [a.key for a in lines if a.organisation == asset.organisation]
    if is_online and lines:
        yield set(own or [a.key for a in lines]), 1, True, None


@dataclass(frozen=True)
class ReferenceRun:
    """One run, told node by node.

    Attributes:
        taken: asset → step. lost: asset → minute.
        stopped: care activity (position) → (minute of the stop, minutes lost).
        degraded: care activities (positions) that are degraded and do not stop.
        launched, alert: steps; None = never.
    """

    taken: dict[int, int]
    lost: dict[int, float]
    stopped: dict[int, tuple[float, int]]
    degraded: set[int]
    launched: int | None
    alert: int | None


def reference_run(scene: Scene, seed: int, run: int) -> ReferenceRun:
    """Play one run of `play_block`."""
    entry = entry_of_runs(scene.entries, scene.spread.nodes, seed=seed, first=run, runs=1)
    told, seen = reference_timed(
        scene.spread, int(entry[0]), run, seed, detection=scene.detection,
        horizon=len(scene.bin_of_step) - 1,
    )  # fmt: skip
    alert = None if seen < 0 else seen
    launches = [step for node, step in told.items() if scene.is_launch[node]]
    launched = min(launches) if launches else None
    cut = None if alert is None else alert + scene.contain_steps
    taken = {node: step for node, step in told.items() if node < scene.assets}
    lost = {}
    for node, step in taken.items():
        minute = _loss_minute(scene, seed, run, node, step, launched, cut)
        if scene.is_lost[node] and minute is not None and minute <= scene.horizon_h * 60:
            lost[node] = minute
    failed_at = [lost.get(node, np.inf) for node in range(scene.assets)]
    stops = reference_times(scene.compiled.needs, failed_at)
    degrades = reference_times(scene.compiled.needs, failed_at, full=True)
    is_encrypted = launched is not None and (cut is None or launched <= cut)
    stopped, degraded = {}, set()
    for place, node in enumerate(scene.care.tolist()):
        back = np.inf
        if cut is not None:
            back = cut * scene.spread.step_h * 60
            back += 60 * _wait_h(scene, place, set(lost), is_encrypted)
        end = min(back, scene.horizon_h * 60)
        if stops[node] < end:
            stopped[place] = stops[node], int(np.rint(end - stops[node]))
        elif degrades[node] < end:
            degraded.add(place)
    return ReferenceRun(taken, lost, stopped, degraded, launched, alert)


def _loss_minute(
    scene: Scene, seed: int, run: int, node: int, step: int, launched: int | None, cut: int | None
) -> float | None:
    found = [] if launched is None else [max(step, launched) + scene.encryption_steps]
    stepped_on = draw(key(seed ^ TOUCH, Purpose.NOTICE, run), node) >> 11
    is_touched = step == 0 or stepped_on < round(scene.touched * 2**53)
    if cut is not None and step <= cut and is_touched:
        found.append(cut)
    return min(found) * scene.spread.step_h * 60 if found else None


def _wait_h(scene: Scene, place: int, lost: set[int], is_encrypted: bool) -> float:
    """Hours until the worst of the lost assets below one care activity is back."""
    below, stack = {int(scene.care[place])}, [int(scene.care[place])]
    needs, copies = scene.compiled.needs, scene.recovery.copies
    while stack:
        node = stack.pop()
        for group in range(int(needs.group_ptr[node]), int(needs.group_ptr[node + 1])):
            row = needs.member[needs.member_ptr[group] : needs.member_ptr[group + 1]].tolist()
            fresh = set(row) - below if needs.stops[group] else set()
            below |= fresh
            stack += fresh
    states = [0]
    for node in below & lost:
        backups = copies.backup[copies.indptr[node] : copies.indptr[node + 1]].tolist()
        if copies.is_reinstalled[node] or not is_encrypted:
            states.append(1)
        elif copies.is_safe[node]:
            states.append(2)
        else:
            states.append(3 if set(backups) - lost else 4)
    return max(float(scene.recovery.return_h[state]) for state in states)
