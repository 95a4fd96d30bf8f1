"""From a map to the graph of an attack: who can be taken from whom, how likely, how fast?"""

from collections.abc import Iterable
from datetime import date

import numpy as np

from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.propagation.build import spread_graph
from hygie.engines.propagation.laws import Constant, Law, Lognormal, delay_table
from hygie.engines.propagation.types import Detection, FloatArray
from hygie.engines.ransomware.controls import lay_accesses, lay_administration, lay_supports
from hygie.engines.ransomware.credentials import (
    Directories,
    holders_of,
    lay_directories,
    lay_rights,
)
from hygie.engines.ransomware.defences import Defence, DefenceKind, Shield, shield
from hygie.engines.ransomware.losses import MACHINES
from hygie.engines.ransomware.machines import Judge, newest_day
from hygie.engines.ransomware.network import lay_machine, lay_reaches, lay_zones
from hygie.engines.ransomware.nodes import RansomwareError, numbering
from hygie.engines.ransomware.parameters import Parameters, parameters
from hygie.engines.ransomware.ways import AttackGraph, Role, Ways

STEP_H = 0.25
"""Hours of one step of a timed run."""

_LOST = MACHINES | {Kind.APPLICATION, Kind.IDENTITY}


def attack_graph(
    estate: EstateMap,
    values: Parameters | None = None,
    *,
    credentials_share: float | None = None,
    defences: Iterable[Defence] = (),
    as_of: date | None = None,
) -> AttackGraph:
    """Read from a map who can be taken from whom.

    Whatever the parameters and the defences, one map gives the same ways at the same places: only
    their probabilities move, so that variants meet the same chance (paired draws).

    Args:
        estate: the map.
        values: of the parameters; the published ones when None.
        credentials_share: share of the directory's accounts that have a path to its
            administration, 0 … 1, as the audit of the directory found; None when there is none.
        defences: to set up beyond what the map says.
        as_of: day on which the map is looked at, for the age of patches and the end of support;
            the last day written in it when None.

    Returns:
        The graph; its first nodes are those of `numbering(estate)`, and of the needs.

    Raises:
        RansomwareError: two assets bear one key, or a share is not within 0 … 1.

    Cost: O(assets + links), about six ways a machine; some tenths of a second for 12,000 machines.
    Source: docs/engines/ransomware.md §3.
    """
    if credentials_share is not None and not 0 <= credentials_share <= 1:
        raise RansomwareError(f"credentials_share is {credentials_share:g}: 0 to 1 are possible")
    chosen = values or parameters()
    guard = shield(defences, chosen)
    judge = Judge(chosen, guard, as_of or newest_day(estate))
    ways = Ways(numbering(estate), estate, judge)
    lay_zones(ways)
    directories = Directories(ways)
    lay_directories(ways, directories, credentials_share)
    for node in sorted(ways.machines):
        judge.count(ways.numbers.assets[node])
        lay_machine(ways, node, holders_of(ways, node, directories.of(ways, node)))
        lay_rights(ways, node, directories, credentials_share)
    lay_accesses(ways)
    lay_administration(ways)
    lay_reaches(ways)
    lay_supports(ways)
    _lay_account(ways, directories)
    return _assembled(ways, guard)


def _lay_account(ways: Ways, directories: Directories) -> None:
    """Lay the stage "signs in from outside with a stolen account"."""
    account = ways.stage(Role.ACCOUNT)
    ways.way(account, ways.stage(Role.OPERATOR), 1.0)
    ways.way(account, ways.stage(Role.BACKBONE), ways.values["flow_passes"])
    # People sign in by the directory that most rely on, not by those of administrators alone.
    for identity in sorted(set(directories.usual.values())):
        ways.way(account, ways.stage(Role.USERS, ways.numbers.assets[identity].key), 1.0)


def _assembled(ways: Ways, guard: Shield) -> AttackGraph:
    values, nodes = ways.values, len(ways.role)
    laws: list[Law] = [
        Constant(0.0),
        *(Lognormal(values[f"{name}_median_h"], values[f"{name}_p90_h"])
          for name in ("lateral", "escalation", "launch", "rollout", "noise")),
    ]  # fmt: skip
    spread, _ = spread_graph(
        nodes,
        np.array(ways.source, np.int32),
        np.array(ways.target, np.int32),
        np.array(ways.chance, np.float64),
        np.array(ways.clock, np.uint8),
        delay_table(laws, STEP_H),
        STEP_H,
    )
    assets = ways.numbers.assets
    is_machine = np.zeros(len(assets), np.bool_)
    is_machine[sorted(ways.machines)] = True
    is_lost = np.array([asset.kind in _LOST for asset in assets], np.bool_)
    return AttackGraph(
        spread, ways.numbers, _detection(ways, guard), np.array(ways.role, np.int32),
        tuple(ways.key), is_machine, is_lost, values, guard,
        {name: count for name, count in sorted(ways.doubts.items()) if count},
    )  # fmt: skip


def _detection(ways: Ways, guard: Shield) -> Detection:
    """Who sees the attack: its noise, the taking of a directory, and the launch itself."""
    values, assets = ways.values, ways.numbers.assets
    is_watched, is_fast = (
        guard.has(kind) for kind in (DefenceKind.WATCH, DefenceKind.FAST_CONTAINMENT)
    )
    role = np.array(ways.role)
    sensor: FloatArray = np.zeros(len(role))
    sensor[role == Role.NOISE] = ways.judge.seen(assets[node] for node in ways.machines)
    identity = values["sensor_identity"]
    sensor[role == Role.ADMIN] = max(identity, values["sensor_watched"]) if is_watched else identity
    sensor[role == Role.LAUNCH] = 1.0  # whoever encrypts is seen by everybody
    notice_h, contain_h = values["notice_h"], values["contain_h"]
    return Detection(
        sensor,
        min(notice_h, values["notice_watched_h"]) if is_watched else notice_h,
        min(contain_h, values["contain_fast_h"]) if is_fast else contain_h,
        values["leak"],
    )
