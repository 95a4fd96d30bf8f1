"""How far does the network let an attack go, without ever telling a pair of machines?

A zone is two stages: attacked from inside, attacked from outside. Each machine leads to the first
of its own and is reached from both: ways grow with machines, not with their square.
"""

from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.backups import is_out_of_reach
from hygie.engines.ransomware.defences import DefenceKind
from hygie.engines.ransomware.ways import Clock, Role, Ways


def lay_zones(ways: Ways) -> None:
    """Lay machines into zones, and zones beside each other.

    Flows between zones are those that links tell, with `flow_passes`. Where no link tells any, the
    network is taken for flat; where some do, what they leave out passes with
    `undeclared_flow_passes`.
    """
    values = ways.values
    declared = _declared(ways)
    backbone = ways.stage(Role.BACKBONE)
    name = "undeclared_flow_passes" if declared else "flat_network_passes"
    names = dict.fromkeys(zone_of(ways, asset) for asset in ways.numbers.assets)
    zones = [z.key for z in ways.numbers.assets if z.kind == Kind.ZONE]
    names.update(dict.fromkeys(zones))
    if not declared:
        ways.doubts["flows_unknown"] = len(zones)
    for zone in names:
        # An asset whose zone nobody knows stands where everything passes.
        passes = values[name] if zone else values["flat_network_passes"]
        passes *= _past_filter(ways, zone)
        ways.way(inside(ways, zone), backbone, passes)
        ways.way(backbone, facing(ways, zone), 1.0)
    for source, target in declared:
        ways.way(
            inside(ways, source),
            facing(ways, target),
            values["flow_passes"] * max(_past_filter(ways, source), _past_filter(ways, target)),
        )


def lay_machine(ways: Ways, node: int, holders: int) -> None:
    """Lay one machine into its zone.

    Args:
        ways: under way.
        node: the machine. holders: the stage that stands for its like; it leads to `inside`.
    """
    asset = ways.numbers.assets[node]
    take = chance_of(ways, asset)
    zone = zone_of(ways, asset)
    ways.way(node, holders, 1.0)
    ways.way(inside(ways, zone), node, take * _inside_factor(ways, zone), Clock.LATERAL)
    ways.way(facing(ways, zone), node, take, Clock.LATERAL)


def chance_of(ways: Ways, asset: AssetRecord) -> float:
    """Probability that an asset falls to whoever reaches it; 0 for what is no machine."""
    node = ways.numbers.index[asset.key]
    if node not in ways.machines or is_out_of_reach(asset, ways.shield):
        return 0.0
    return ways.judge.take(asset)


def lay_reaches(ways: Ways) -> None:
    """Follow the links that say who may open a connection to whom, between zones aside."""
    for link in ways.estate.links:
        if link.verb != Verb.REACHES:
            continue
        source, target = ways.numbers.index.get(link.source), ways.numbers.index.get(link.target)
        if source is None or target is None:
            continue
        here, there = ways.numbers.assets[source], ways.numbers.assets[target]
        if here.kind in (Kind.LINE, Kind.SUPPLIER) or (here.kind == there.kind == Kind.ZONE):
            continue
        start = departure(ways, source)
        past = _past_filter(ways, here.key) if here.kind == Kind.ZONE else 1.0
        if there.kind == Kind.ZONE:
            ways.way(start, facing(ways, there.key), ways.values["flow_passes"] * past)
        else:
            passes = ways.values["flow_passes"] * past if here.kind == Kind.ZONE else 1.0
            ways.way(start, target, passes * chance_of(ways, there), Clock.LATERAL)


def departure(ways: Ways, node: int) -> int:
    """The stage from which a way that starts at an asset departs."""
    asset = ways.numbers.assets[node]
    if asset.kind == Kind.ZONE:
        return inside(ways, asset.key)
    if asset.kind == Kind.ACCESS:
        return ways.stage(Role.WAY_IN, asset.key)
    if asset.kind == Kind.IDENTITY:
        return ways.stage(Role.ADMIN, asset.key)
    return node


def zone_of(ways: Ways, asset: AssetRecord) -> str:
    """Key of the zone of an asset, "" when nobody knows it or it is no more."""
    return asset.zone if asset.zone in ways.numbers.index else ""


def inside(ways: Ways, zone: str) -> int:
    """The stage "attacks from inside a zone"."""
    return ways.stage(Role.INSIDE, zone)


def facing(ways: Ways, zone: str) -> int:
    """The stage "attacks a zone from outside"."""
    return ways.stage(Role.FACING, zone)


def _declared(ways: Ways) -> list[tuple[str, str]]:
    """Pairs of zones between which a link tells a flow."""
    index, assets = ways.numbers.index, ways.numbers.assets
    answer = []
    for link in ways.estate.links:
        if link.verb != Verb.REACHES or link.source not in index or link.target not in index:
            continue
        ends = assets[index[link.source]], assets[index[link.target]]
        if all(end.kind == Kind.ZONE for end in ends) and link.source != link.target:
            answer.append((link.source, link.target))
    return answer


def _past_filter(ways: Ways, zone: str) -> float:
    stops = ways.values["segmentation_stops"]
    return 1.0 - stops if ways.shield.covers(DefenceKind.SEGMENTATION, zone) else 1.0


def _inside_factor(ways: Ways, zone: str) -> float:
    node = ways.numbers.index.get(zone)
    is_filtered = (
        node is not None and ways.numbers.assets[node].details.get("is_filtered_inside") is True
    )
    if is_filtered or ways.shield.covers(DefenceKind.SEGMENTATION, zone):
        return ways.values["filtered_inside_factor"]
    return 1.0
