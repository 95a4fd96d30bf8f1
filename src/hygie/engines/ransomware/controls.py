"""How does an attack pass by suppliers, by who administers what, and by what machines run on?"""

from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.backups import is_out_of_reach
from hygie.engines.ransomware.defences import DefenceKind
from hygie.engines.ransomware.network import departure, facing
from hygie.engines.ransomware.ways import Clock, Role, Ways


def lay_accesses(ways: Ways) -> None:
    """Lay remote accesses: from their supplier, through what guards them, to what they open.

    An access is drawn once: open to the attacker, with all that it leads to, or closed. Of one
    that nobody said to lead anywhere in particular, anything can be reached.
    """
    index, values = ways.numbers.index, ways.values
    leads = {
        link.source for link in ways.estate.links
        if link.verb in (Verb.REACHES, Verb.ADMINISTERS) and link.target in index
    }  # fmt: skip
    operator = ways.stage(Role.OPERATOR)
    for node in ways.numbers.of_kind(Kind.ACCESS).tolist():
        asset = ways.numbers.assets[node]
        way_in = ways.stage(Role.WAY_IN, asset.key)
        ways.way(node, way_in, _access_chance(ways, asset), Clock.LATERAL)
        ways.way(way_in, operator, 1.0)
        supplier = index.get(asset.supplier)
        if supplier is not None:
            ways.way(supplier, node, values["supplier_to_access"])
        if asset.key not in leads:
            zone = asset.zone if asset.zone in index else None
            ways.doubts["access_targets_unknown"] += zone is None
            ways.way(way_in, ways.stage(Role.BACKBONE) if zone is None else facing(ways, zone), 1.0)


def _access_chance(ways: Ways, asset: AssetRecord) -> float:
    values, details = ways.values, asset.details
    chance = values["access_used"]
    if details.get("has_mfa") is True:
        chance *= values["access_mfa_factor"]
    if details.get("is_permanent") is False:
        chance *= values["access_on_demand_factor"]
    is_guarded = details.get("method") == "bastion"
    if is_guarded or ways.shield.covers(DefenceKind.SUPPLIER_BASTION, asset.key):
        chance *= 1.0 - values["bastion_stops"]
    return chance


def lay_administration(ways: Ways) -> None:
    """Follow the links that say who administers what."""
    index = ways.numbers.index
    holders = set[int]()
    for link in ways.estate.links:
        if link.verb != Verb.ADMINISTERS:
            continue
        source, target = index.get(link.source), index.get(link.target)
        if source is None or target is None:
            continue
        if source not in holders:
            holders.add(source)
            for part in ways.parts.get(source, ()):
                # Whoever holds one workstation of a group has the rights of the group.
                ways.way(part, source, 1.0)
        _administer(ways, departure(ways, source), target)


def _administer(ways: Ways, start: int, target: int) -> None:
    asset = ways.numbers.assets[target]
    chance = _administration_chance(ways, target)
    if asset.kind == Kind.ZONE:
        ways.way(start, facing(ways, asset.key), 1.0)
    elif asset.kind == Kind.IDENTITY:
        ways.way(start, ways.stage(Role.ADMIN, asset.key), chance, Clock.ESCALATION)
    elif target in ways.parts:
        is_new = not ways.has_stage(Role.WHOLE, asset.key)
        whole = ways.stage(Role.WHOLE, asset.key)
        ways.way(start, whole, chance, Clock.LATERAL)
        for part in ways.parts[target] if is_new else ():
            agent = ways.judge.past_agent(ways.numbers.assets[part])
            ways.way(whole, part, agent, Clock.ROLLOUT)
    else:
        ways.way(start, target, chance, Clock.LATERAL)


def _administration_chance(ways: Ways, target: int) -> float:
    asset = ways.numbers.assets[target]
    if is_out_of_reach(asset, ways.shield):
        return 0.0
    chance = ways.values["administers_used"] * ways.judge.past_agent(asset)
    if ways.shield.covers(DefenceKind.ADMIN_MFA, asset.key):
        chance *= 1.0 - ways.values["admin_mfa_stops"]
    return chance


def lay_supports(ways: Ways) -> None:
    """Follow what machines run on: a hypervisor gives all its machines, a server its backup."""
    index, assets, values = ways.numbers.index, ways.numbers.assets, ways.values
    for link in ways.estate.links:
        if link.verb not in (Verb.RUNS_ON, Verb.MADE_OF):
            continue
        source, target = index.get(link.source), index.get(link.target)
        if source is None or target is None:
            continue
        above, below = assets[source], assets[target]
        if link.verb == Verb.RUNS_ON and below.kind == Kind.CLUSTER:
            if above.kind in (Kind.SERVER, Kind.STORE):
                ways.way(target, source, values["hypervisor_encrypts"], Clock.ROLLOUT)
        elif above.kind == Kind.CLUSTER:
            # From one host of a cluster to what commands it.
            ways.way(target, source, values["administers_used"], Clock.LATERAL)
        elif link.verb == Verb.RUNS_ON and above.kind == Kind.BACKUP:
            is_safe = is_out_of_reach(above, ways.shield)
            ways.way(target, source, 0.0 if is_safe else values["backup_taken"], Clock.LATERAL)
        elif link.verb == Verb.RUNS_ON and above.kind == Kind.APPLICATION:
            # Only an application by which the attack enters ever goes this way down.
            ways.way(source, target, values["administers_used"], Clock.LATERAL)
