"""What is the SharpHound v6 record of one object?"""

from collections import defaultdict
from typing import ClassVar

import numpy as np

from hygie.connectors.directory_exports.sharphound_names import (
    DIRECTIONS,
    LOCAL_GROUPS,
    PRIVILEGES,
    RIGHTS,
    TRUST_TYPES,
    TYPES,
)
from hygie.connectors.directory_exports.sharphound_sides import Sides
from hygie.connectors.directory_exports.sharphound_writing import Json, Writing
from hygie.connectors.directory_exports.sharphound_written_authorities import WrittenAuthorities
from hygie.connectors.directory_exports.sharphound_written_hosts import WrittenHosts
from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, Trust
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind, Flag, ObjectKind, Text

_RIGHT_NAMES: dict[int, str] = {}
for _name, _kind in RIGHTS.items():
    _RIGHT_NAMES.setdefault(_kind, _name)
_RIGHT_NAMES[EdgeKind.OTHER_RIGHT] = "Other"
_TYPE_WORDS = {word: name for name, word in reversed(list(TRUST_TYPES.items()))}
_DIRECTION_WORDS = {value: name for name, value in DIRECTIONS.items()}
_ACCOUNTS = frozenset({ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT})
_PARENTS = frozenset({ObjectKind.DOMAIN, ObjectKind.OU, ObjectKind.CONTAINER})
_LINKED = frozenset({ObjectKind.DOMAIN, ObjectKind.OU})
_RECORDED = frozenset(TYPES.values()) | {
    ObjectKind.MANAGED_ACCOUNT, ObjectKind.DNS_ZONE, ObjectKind.SITE, ObjectKind.CONFIGURATION,
}  # fmt: skip
_FOR_DOMAIN = (EdgeKind.ROOT_CA_FOR, EdgeKind.NT_AUTH_STORE_FOR)
_POLICY_LINKS = (EdgeKind.GP_LINK, EdgeKind.GP_LINK_ENFORCED)
# Kind of relation → key of the list of the record of its source, or of its target.
_FROM = {
    EdgeKind.ALLOWED_TO_DELEGATE: "AllowedToDelegate",
    EdgeKind.HAS_SID_HISTORY: "HasSIDHistory",
    EdgeKind.DUMP_SMSA_PASSWORD: "DumpSMSAPassword",
}
_TO = {
    EdgeKind.MEMBER_OF: "Members",
    EdgeKind.ALLOWED_TO_ACT: "AllowedToAct",
    EdgeKind.PUBLISHED_TO: "EnabledCertTemplates",
}
_HOLDERS = {
    "AllowedToDelegate": _ACCOUNTS,
    "HasSIDHistory": _ACCOUNTS | {ObjectKind.GROUP},
    "DumpSMSAPassword": frozenset({ObjectKind.COMPUTER}),
    "Members": frozenset({ObjectKind.GROUP}),
    "AllowedToAct": frozenset({ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT}),
    "EnabledCertTemplates": frozenset({ObjectKind.ENTERPRISE_CA}),
}


class WrittenObjects:
    """Gives the record of one object after the other."""

    CARRIED: ClassVar[frozenset[EdgeKind]] = frozenset(
        EdgeKind(kind)
        for kind in (
            *_RIGHT_NAMES, *_FROM, *_TO, *LOCAL_GROUPS.values(), *PRIVILEGES.values(),
            EdgeKind.CONTAINS, EdgeKind.GP_LINK, EdgeKind.GP_LINK_ENFORCED, EdgeKind.PRIMARY_GROUP,
            EdgeKind.SQL_ADMIN, EdgeKind.HAS_SESSION, EdgeKind.HOSTS_CA_SERVICE,
            EdgeKind.ROOT_CA_FOR, EdgeKind.NT_AUTH_STORE_FOR, EdgeKind.OID_GROUP_LINK,
            EdgeKind.DELEGATED_ENROLLMENT_AGENT, EdgeKind.MEMBER_OF_LOCAL_GROUP,
        )
    )  # fmt: skip

    def __init__(self, facts: DirectoryFacts, sides: Sides) -> None:
        self._state = Writing(facts, sides)
        self._hosts = WrittenHosts(self._state)
        self._authorities = WrittenAuthorities(self._state)
        self._parents = self._first_parents()
        self._trusts: dict[int, list[Trust]] = defaultdict(list)
        for trust in facts.trusts:
            self._trusts[trust.domain].append(trust)

    @property
    def edges(self) -> int:
        """Relations said so far."""
        return self._state.edges

    def sessions_apart(self) -> list[Json]:
        """Sessions that no record of a host says."""
        return self._hosts.sessions_apart()

    def record(self, index: int) -> Json:
        """The record of object `index`, whose kind has a file."""
        state, kind = self._state, self._state.kinds[index]
        record: Json = {
            "Properties": state.properties.of(index),
            "ObjectIdentifier": state.ids[index],
            "IsDeleted": state.properties.truth(index, Flag.DELETED) or False,
            "ContainedBy": None,
        }
        protected = state.properties.truth(index, Flag.ACL_PROTECTED)
        if protected is not None:
            record["IsACLProtected"] = protected
        parent = self._parents.get(index)
        if parent is not None:
            record["ContainedBy"] = state.principal(parent)
            state.edges += 1
        for key, holders in _HOLDERS.items():
            if kind in holders:
                record[key] = []
        self._outgoing(index, kind, record)
        self._incoming(index, kind, record)
        if kind == ObjectKind.DOMAIN:
            record["Trusts"] = [_trust(trust) for trust in self._trusts.get(index, ())]
        elif kind == ObjectKind.ENTERPRISE_CA:
            record["CARegistryData"] = self._authorities.registry(index)
        is_told = state.properties.truth(index, Flag.MEMBERS_COLLECTED) is not None
        if kind == ObjectKind.GROUP and not record["Members"] and not is_told:
            del record["Members"]  # an empty list would say that there is nobody
        return record

    def _outgoing(self, index: int, kind: int, record: Json) -> None:
        """Relations that the record of their source says."""
        if kind in _PARENTS:
            record["ChildObjects"] = []
        if kind in _ACCOUNTS:
            record["SPNTargets"] = []
        for other, edge, _flags in self._state.outgoing.at(index):
            key = _FROM.get(EdgeKind(edge))
            if key is not None and key in record:
                record[key].extend(self._state.principals([other]))
            elif edge == EdgeKind.CONTAINS and kind in _PARENTS:
                if self._parents.get(other) != index:
                    record["ChildObjects"].extend(self._state.principals([other]))
            else:
                self._of_source(other, edge, kind, record)

    def _of_source(self, other: int, edge: int, kind: int, record: Json) -> None:
        identifier = self._state.ids[other]
        said = 1
        if edge == EdgeKind.PRIMARY_GROUP and kind in _ACCOUNTS:
            said = 0 if "PrimaryGroupSID" in record else 1
            record.setdefault("PrimaryGroupSID", identifier)
        elif edge == EdgeKind.SQL_ADMIN and kind in _ACCOUNTS:
            target = {"ComputerSID": identifier, "Port": 1433, "Service": "SQLAdmin"}
            record["SPNTargets"].append(target)
        elif edge in _FOR_DOMAIN:
            record["DomainSID"] = identifier
        elif edge == EdgeKind.OID_GROUP_LINK:
            record["GroupLink"] = self._state.principal(other)
        else:
            said = 0
        self._state.edges += said

    def _incoming(self, index: int, kind: int, record: Json) -> None:
        """Relations that the record of their target says: rights above all."""
        state = self._state
        aces: list[Json] = []
        links: list[tuple[int, bool]] = []
        local: dict[int, list[int]] = defaultdict(list)
        for other, edge, flags in state.incoming.at(index):
            right = _RIGHT_NAMES.get(edge)
            if right is not None:
                aces.append(
                    {
                        "PrincipalSID": state.ids[other],
                        "PrincipalType": state.kind_name(other),
                        "RightName": right,
                        "IsInherited": bool(flags & EdgeFlag.INHERITED),
                    }
                )
                continue
            key = _TO.get(EdgeKind(edge))
            if key is not None and key in record:
                record[key].extend(state.principals([other]))
            elif edge in _POLICY_LINKS:
                links.append((other, edge == EdgeKind.GP_LINK_ENFORCED))
            elif edge == EdgeKind.HOSTS_CA_SERVICE and kind == ObjectKind.ENTERPRISE_CA:
                record["HostingComputer"] = state.ids[other]
                state.edges += 1
            else:
                local[edge].append(other)
        state.edges += len(aces)
        if aces or state.properties.truth(index, Flag.ACES_COLLECTED) is not None:
            record["Aces"] = aces
        if kind in _LINKED:
            record["Links"] = self._links(index, links)
        if kind == ObjectKind.COMPUTER:
            self._hosts.complete(index, record, local)

    def _links(self, index: int, links: list[tuple[int, bool]]) -> list[Json]:
        order = self._state.facts.texts.get(Text.GP_LINKS, {}).get(index, ())
        rank = {name: position for position, name in enumerate(order)}
        links = sorted(links, key=lambda one: rank.get(self._state.ids[one[0]], len(rank)))
        self._state.edges += len(links)
        return [
            {"GUID": self._state.ids[other], "IsEnforced": enforced} for other, enforced in links
        ]

    def _first_parents(self) -> dict[int, int]:
        """The container that the record of each object names, (n) at most."""
        edges = self._state.facts.edges
        is_said = np.isin(self._state.facts.kind, [*_RECORDED])
        chosen = (edges.kind == EdgeKind.CONTAINS) & is_said[edges.target]
        parents: dict[int, int] = {}
        for child, parent in zip(
            edges.target[chosen].tolist(), edges.source[chosen].tolist(), strict=True
        ):
            # A second one that is no parent in this format could not be said elsewhere.
            if child not in parents or self._state.kinds[parent] not in _PARENTS:
                parents[child] = parent
        return parents


def _trust(trust: Trust) -> Json:
    direction = None
    if trust.is_inbound is not None and trust.is_outbound is not None:
        direction = _DIRECTION_WORDS[trust.is_inbound + 2 * trust.is_outbound]
    return {
        "TargetDomainSid": trust.partner_sid,
        "TargetDomainName": trust.partner_name,
        "IsTransitive": trust.is_transitive,
        "TrustDirection": direction,
        "TrustType": _TYPE_WORDS.get(trust.trust_type, "Unknown"),
        "TrustAttributes": None if trust.attributes == UNKNOWN else trust.attributes,
        "SidFilteringEnabled": trust.sid_filtering,
        "TGTDelegationEnabled": trust.tgt_delegation,
    }
