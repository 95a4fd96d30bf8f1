"""How far do stolen rights let an attack go: local secrets, directories, and the launch?"""

from collections import Counter

from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.ransomware.backups import is_out_of_reach
from hygie.engines.ransomware.defences import DefenceKind
from hygie.engines.ransomware.network import inside, zone_of
from hygie.engines.ransomware.ways import Clock, Role, Ways, sort_of


class Directories:
    """Which directory commands each asset.

    A stated link decides; else, for workstations and servers not said to stand outside, the
    directory of their organisation that most assets rely on: not knowing is taken for joined.
    """

    def __init__(self, ways: Ways) -> None:
        self.stated: dict[int, list[int]] = {}
        uses: Counter[int] = Counter()
        index, assets = ways.numbers.index, ways.numbers.assets
        for link in ways.estate.links:
            source, target = index.get(link.source), index.get(link.target)
            if link.verb != Verb.AUTHENTICATES_WITH or source is None or target is None:
                continue
            if assets[target].kind == Kind.IDENTITY:
                self.stated.setdefault(source, []).append(target)
                uses[target] += 1
        for group, parts in ways.parts.items():
            for part in parts if group in self.stated else ():
                self.stated.setdefault(part, self.stated[group])
        self.all = ways.numbers.of_kind(Kind.IDENTITY).tolist()
        self.usual: dict[str, int] = {}
        ranked = sorted(self.all, key=lambda node: (-uses[node], node))
        for organisation in {asset.organisation for asset in assets}:
            own = [v for v in ranked if assets[v].organisation == organisation]
            if own or ranked:
                self.usual[organisation] = (own or ranked)[0]

    def of(self, ways: Ways, node: int) -> list[int]:
        """Directories that command an asset, nodes of identity services."""
        asset = ways.numbers.assets[node]
        if node in self.stated:
            return self.stated[node]
        if not sort_of(asset) or asset.details.get("is_domain_joined") is False:
            return []
        usual = self.usual.get(asset.organisation)
        return [] if usual is None else [usual]


def holders_of(ways: Ways, node: int, directories: list[int]) -> int:
    """The stage that stands for a machine and its like: same zone, sort, team, directories.

    It leads at once to all that holding any one of them gives.
    """
    asset = ways.numbers.assets[node]
    zone, sort = zone_of(ways, asset), sort_of(asset)
    team = asset.technical_owner if sort == "server" else ""
    name = "\0".join((zone, sort, team, *map(str, directories)))
    is_new = not ways.has_stage(Role.HOLDERS, name)
    holders = ways.stage(Role.HOLDERS, name, asset.zone)
    if is_new:
        ways.way(holders, ways.stage(Role.OPERATOR), 1.0)
        ways.way(holders, inside(ways, zone), 1.0)
        if sort:
            _share_secret(ways, holders, "\0".join((zone, sort, team)), zone)
        for identity in directories:
            key = ways.numbers.assets[identity].key
            ways.way(holders, ways.stage(Role.USERS, key), 1.0)
    return holders


def _share_secret(ways: Ways, holders: int, name: str, zone: str) -> None:
    shared = ways.values["local_secret_shared"]
    if ways.shield.covers(DefenceKind.LOCAL_SECRETS, name):
        shared = min(shared, ways.values["local_secret_managed"])
    is_new = not ways.has_stage(Role.SECRET, name)
    known = ways.stage(Role.SECRET, f"{name}\0known", zone)
    ways.way(holders, known, 1.0)
    if is_new:
        # One draw for all who hold it: it is shared among these machines, or it is not.
        ways.way(known, ways.stage(Role.SECRET, name, zone), shared, Clock.LATERAL)


def lay_rights(ways: Ways, node: int, directories: Directories, share: float | None) -> None:
    """Lay what holding rights gives over one machine, and what holding it gives of rights.

    Args:
        ways: under way. node: the machine. directories: which command what.
        share: of the accounts that have a path to administration, 0 … 1; None when not audited.
    """
    asset, values = ways.numbers.assets[node], ways.values
    commanding = directories.of(ways, node)
    sort = sort_of(asset)
    if sort:
        team = asset.technical_owner if sort == "server" else ""
        secret = ways.stage(Role.SECRET, "\0".join((zone_of(ways, asset), sort, team)))
        works = values["local_secret_works"] * ways.judge.past_agent(asset)
        ways.way(secret, node, works, Clock.LATERAL)
    for identity in commanding:
        if sort:
            chance = _path_from(ways, asset, identity, share)
            ways.way(node, _admin(ways, identity), chance, Clock.ESCALATION)
        chance = values["domain_deploys"] * ways.judge.past_agent(asset)
        if asset.kind == Kind.BACKUP:
            chance = _backup_chance(ways, asset)
        ways.way(_launch(ways, identity), node, chance, Clock.ROLLOUT)
    usual = directories.usual.get(asset.organisation)
    if not commanding and usual is not None and asset.kind in (Kind.CLUSTER, Kind.BACKUP):
        chance = values["hypervisor_by_identity"]
        if asset.kind == Kind.BACKUP:
            chance = _backup_chance(ways, asset)
        ways.way(_launch(ways, usual), node, chance, Clock.ROLLOUT)


def lay_directories(ways: Ways, directories: Directories, share: float | None) -> None:
    """Lay each directory: from any of its accounts to its administration, and from there.

    Args:
        ways: under way. directories: of the map.
        share: of the accounts that have a path to administration, 0 … 1; None when not audited.
    """
    values, index = ways.values, ways.numbers.index
    operator = ways.stage(Role.OPERATOR)
    anyway = ways.stage(Role.LAUNCH)
    ways.way(operator, anyway, values["launch_without_domain"], Clock.LAUNCH)
    ways.way(operator, ways.stage(Role.NOISE), 1.0, Clock.NOISE)
    known = frozenset(directories.all)
    for identity in directories.all:
        asset = ways.numbers.assets[identity]
        admin, users = _admin(ways, identity), ways.stage(Role.USERS, asset.key)
        # What an audit could not see is left; where nobody looked, all of it is.
        unseen = values["escalation_unknown" if share is None else "escalation_beyond_audit"]
        ways.way(users, admin, unseen * _past_mfa(ways, asset), Clock.ESCALATION)
        ways.way(admin, _launch(ways, identity), 1.0, Clock.LAUNCH)
        ways.way(admin, identity, 1.0)
        ways.way(admin, operator, 1.0)
        if "has_admin_mfa" not in asset.details:
            ways.doubts["admin_mfa_unknown"] += 1
    for link in ways.estate.links:
        source, target = index.get(link.source), index.get(link.target)
        if source is None or target is None:
            continue
        is_application = ways.numbers.assets[source].kind == Kind.APPLICATION
        if link.verb == Verb.RUNS_ON and source in known:
            # Whoever holds a controller holds the directory.
            ways.way(target, _admin(ways, source), 1.0)
        elif link.verb == Verb.AUTHENTICATES_WITH and target in known and is_application:
            chance = values["application_by_identity"]
            ways.way(_launch(ways, target), source, chance, Clock.ROLLOUT)


def _path_from(ways: Ways, asset: AssetRecord, identity: int, share: float | None) -> float:
    """Probability that what a machine holds leads to the administration of a directory."""
    values = ways.values
    machines = _count(asset)
    no_path = (1.0 - (share or 0.0) * values["escalation_with_path"]) ** machines
    no_secret = 1.0
    if asset.kind == Kind.SERVER:
        directory = ways.numbers.assets[identity]
        is_tiered = directory.details.get("has_tiering") is True or ways.shield.covers(
            DefenceKind.TIERING, directory.key
        )
        factor = values["tiering_factor"] if is_tiered else 1.0
        no_secret = 1.0 - values["admin_secret_on_server"] * factor
    return (1.0 - no_path * no_secret) * _past_mfa(ways, ways.numbers.assets[identity])


def _count(asset: AssetRecord) -> int:
    """How many machines stand behind one asset."""
    count = asset.details.get("count")
    return int(count) if isinstance(count, int) and count > 1 else 1


def _past_mfa(ways: Ways, directory: AssetRecord) -> float:
    has_mfa = directory.details.get("has_admin_mfa") is True
    if has_mfa or ways.shield.covers(DefenceKind.ADMIN_MFA, directory.key):
        return 1.0 - ways.values["admin_mfa_stops"]
    return 1.0


def _backup_chance(ways: Ways, backup: AssetRecord) -> float:
    if is_out_of_reach(backup, ways.shield):
        return 0.0
    own = backup.details.get("has_own_identity") is True
    factor = ways.values["backup_own_identity_factor"] if own else 1.0
    return ways.values["backup_taken"] * factor


def _admin(ways: Ways, identity: int) -> int:
    return ways.stage(Role.ADMIN, ways.numbers.assets[identity].key)


def _launch(ways: Ways, identity: int) -> int:
    return ways.stage(Role.LAUNCH, ways.numbers.assets[identity].key)
