"""Which relations does a SharpHound record state, read in the direction of control?"""

from msgspec import UNSET

from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound_identifiers import LOCAL_GROUP, Identifiers
from hygie.connectors.directory_exports.sharphound_names import (
    AUTHORITY_RIGHTS,
    DIRECTIONS,
    NUMBERED_TRUSTS,
    RIGHTS,
    TRUST_TYPES,
)
from hygie.connectors.directory_exports.sharphound_notes import Notes
from hygie.connectors.directory_exports.sharphound_records import (
    Aces,
    AgentRestrictions,
    AuthorityRegistry,
    ObjectRecord,
    PolicyChanges,
    Principal,
    Principals,
    TrustRecord,
)
from hygie.connectors.directory_exports.sharphound_values import truth_of, whole_of
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import ABSENT, UNKNOWN, Trust
from hygie.engines.directory.vocabulary import EdgeKind, Number, ObjectKind, Text

_RIGHTS = dict(RIGHTS)
_RIGHTS_LOWER = {name.lower(): kind for name, kind in RIGHTS.items()}
_DIRECTIONS = {name.lower(): value for name, value in DIRECTIONS.items()}
_TRUST_TYPES = {name.lower(): word for name, word in TRUST_TYPES.items()}
_TRUST_NUMBERS = tuple(TRUST_TYPES.values())[:NUMBERED_TRUSTS]
_SQL_SERVICE = "sqladmin"
_ALLOWED = "accessallowed"
_MOST_TRUSTS = 10_000
_MOST_HOLDERS = 200_000
_DOMAIN_SID = "S-1-5-21-"


class Relations:
    """States the relations of one object after the other in a builder; `count` says how many."""

    def __init__(
        self, builder: FactsBuilder, ids: Identifiers, notes: Notes, limits: ExportLimits
    ) -> None:
        self._builder = builder
        self._ids = ids
        self._notes = notes
        self._limits = limits
        self.count = 0
        self.has_members = False
        self._holders: dict[str, int] = {}

    def is_too_broad(self, record: ObjectRecord) -> bool:
        """Whether the policies of a record would state more relations than are allowed."""
        policy = record.policy
        if policy is None:
            return False
        accounts = sum(
            len(principals or ())
            for principals in (policy.admins, policy.desktops, policy.dcom, policy.ps_remote)
        )
        return accounts * len(policy.computers or ()) > self._limits.product

    def state(self, index: int, record: ObjectRecord, kind: ObjectKind, domain: str) -> None:
        """State the relations of object `index`, whose domain has this name; hosts' own aside."""
        self._structure(index, record, domain)
        self._account(index, record, domain)
        aces = record.aces if record.aces is not UNSET else None
        if kind == ObjectKind.ENTERPRISE_CA:
            self._authority(index, record, aces, domain)
        else:
            self.aces(index, aces, domain)
        if record.policy is not None:
            self._policy(record.policy, domain)
        if kind in (ObjectKind.ROOT_CA, ObjectKind.NT_AUTH_STORE):
            link = (
                EdgeKind.ROOT_CA_FOR if kind == ObjectKind.ROOT_CA else EdgeKind.NT_AUTH_STORE_FOR
            )
            self.edge(index, link, self._ids.index_of(record.domain_sid, domain))
        if record.group is not None:
            group = self._ids.index_of(record.group.identifier, domain)
            self.edge(index, EdgeKind.OID_GROUP_LINK, group)
        for trust in (record.trusts or ())[:_MOST_TRUSTS]:
            if trust is not None:
                self._trust(index, trust)

    def edge(self, source: int, kind: EdgeKind, target: int) -> None:
        """State one relation, if both ends are named."""
        if source != ABSENT and target != ABSENT:
            self._builder.edge(source, kind, target)
            self.count += 1

    def named(self, principals: Principals | None, domain: str) -> list[int]:
        """The objects of a list that may be null, and hold nulls or bare identifiers."""
        found = []
        for principal in principals or ():
            if principal is None:
                continue
            index = self._named(principal, domain)
            if index != ABSENT:
                found.append(index)
        return found

    def _named(self, principal: Principal | str, domain: str) -> int:
        if isinstance(principal, str):
            # Older files name services here (`cifs/host`), which identify no object.
            return ABSENT if "/" in principal else self._ids.index_of(principal, domain)
        if principal.kind == LOCAL_GROUP:
            return self._ids.local_group(principal.identifier, domain)
        return self._ids.index_of(principal.identifier, domain)

    def aces(self, target: int, aces: Aces, domain: str) -> None:
        """State the rights of a list on one object."""
        if not aces:
            return
        state, known = self._builder.edge, self._holders
        self.count += len(aces)
        for ace in aces:
            if ace is None or not ace.principal:
                continue
            kind = _RIGHTS.get(ace.right or "") or self._right(ace.right or "")
            source = known.get(ace.principal, ABSENT)
            if source == ABSENT:
                source = self._holder(ace.principal, ace.kind, domain)
            if source != ABSENT:
                state(source, kind, target, 1 if ace.inherited else 0)

    def _holder(self, raw: str, kind: str | None, domain: str) -> int:
        """The principal of a right; few hold most of them, so those of domains are remembered."""
        if kind == LOCAL_GROUP:
            return self._ids.local_group(raw, domain)
        index = self._ids.index_of(raw, domain)
        if raw.startswith(_DOMAIN_SID) and len(self._holders) < _MOST_HOLDERS:
            self._holders[raw] = index
        return index

    def _right(self, name: str) -> EdgeKind:
        found = _RIGHTS_LOWER.get(name.lower())
        if found is None:
            self._notes.unknown(self._notes.rights, name or "—")
            return EdgeKind.OTHER_RIGHT
        return found

    def _structure(self, index: int, record: ObjectRecord, domain: str) -> None:
        if record.members is not UNSET and record.members:
            self.has_members = True
            for member in self.named(record.members, domain):
                self.edge(member, EdgeKind.MEMBER_OF, index)
        if record.container is not None:
            above = self._ids.index_of(record.container.identifier, domain)
            self.edge(above, EdgeKind.CONTAINS, index)
        for child in self.named(record.children, domain):
            self.edge(index, EdgeKind.CONTAINS, child)
        order = []
        for link in record.links or ():
            if link is None:
                continue
            policy = self._ids.index_of(link.policy or link.policy_too, domain)
            self.edge(
                policy, EdgeKind.GP_LINK_ENFORCED if link.enforced else EdgeKind.GP_LINK, index
            )
            if link.policy or link.policy_too:
                order.append((link.policy or link.policy_too or "").strip("{}").upper())
        if len(order) > 1:
            self._builder.text(index, Text.GP_LINKS, tuple(order[: self._limits.values]))

    def _account(self, index: int, record: ObjectRecord, domain: str) -> None:
        group = self._ids.index_of(record.primary_group, domain)
        if group != ABSENT:
            self.edge(index, EdgeKind.PRIMARY_GROUP, group)
            rid = whole_of((record.primary_group or "").rpartition("-")[2])
            if rid is not None and 0 <= rid < 1 << 31:
                self._builder.number(index, Number.PRIMARY_GROUP_RID, rid)
        for other in self.named(record.delegates, domain):
            self.edge(index, EdgeKind.ALLOWED_TO_DELEGATE, other)
        for other in self.named(record.act_for, domain):
            self.edge(other, EdgeKind.ALLOWED_TO_ACT, index)
        for other in self.named(record.sid_history, domain):
            self.edge(index, EdgeKind.HAS_SID_HISTORY, other)
        for other in self.named(record.smsa, domain):
            self.edge(index, EdgeKind.DUMP_SMSA_PASSWORD, other)
        for target in record.spn_targets or ():
            if target is None:
                continue
            kind = EdgeKind.SQL_ADMIN
            if (target.service or "").lower() != _SQL_SERVICE:
                self._notes.unknown(self._notes.rights, target.service or "—")
                kind = EdgeKind.OTHER_RIGHT
            self.edge(index, kind, self._ids.index_of(target.computer, domain))

    def _policy(self, policy: PolicyChanges, domain: str) -> None:
        computers = self.named(policy.computers, domain)
        for principals, kind in (
            (policy.admins, EdgeKind.ADMIN_TO),
            (policy.desktops, EdgeKind.CAN_RDP),
            (policy.dcom, EdgeKind.EXECUTE_DCOM),
            (policy.ps_remote, EdgeKind.CAN_PS_REMOTE),
        ):
            sources = self.named(principals, domain)
            for computer in computers:
                self._builder.edges_from(sources, kind, computer)
            self.count += len(sources) * len(computers)

    def _authority(self, index: int, record: ObjectRecord, aces: Aces, domain: str) -> None:
        """Rights on a certification authority: those of its registry stand, when collected."""
        registry = record.authority
        security = registry.security if registry is not None else None
        templates = self.named(record.templates, domain)
        for template in templates:
            self.edge(template, EdgeKind.PUBLISHED_TO, index)
        self.edge(self._ids.index_of(record.host, domain), EdgeKind.HOSTS_CA_SERVICE, index)
        if security is not None and security.collected:
            # The owner there owns the registry key, not the authority.
            enforced = [ace for ace in security.aces or () if ace and ace.right != "Owns"]
            beside = [
                ace
                for ace in aces or ()
                if ace and RIGHTS.get(ace.right or "") not in AUTHORITY_RIGHTS
            ]
            aces = [*enforced, *beside]
        self.aces(index, aces, domain)
        if registry is not None:
            self._agents(registry, templates, domain)

    def _agents(self, registry: AuthorityRegistry, templates: list[int], domain: str) -> None:
        agents: AgentRestrictions | None = registry.agents
        if agents is None or not agents.collected:
            return
        for restriction in agents.restrictions or ():
            if restriction is None or restriction.agent is None:
                continue
            if not (restriction.access or "").lower().startswith(_ALLOWED):
                continue
            agent = self._named(restriction.agent, domain)
            own = [restriction.template] if restriction.template is not None else []
            for template in templates if restriction.all_templates else self.named([*own], domain):
                self.edge(agent, EdgeKind.DELEGATED_ENROLLMENT_AGENT, template)

    def _trust(self, index: int, record: TrustRecord) -> None:
        direction = _direction(record.direction)
        if direction is None and record.direction is not None:
            self._notes.ignore("TrustDirection", record.direction)
        attributes = whole_of(record.attributes)
        trust = Trust(
            domain=index,
            partner_sid=(record.sid or "").upper()[: self._limits.identifier],
            partner_name=(record.domain_name or "").upper()[: self._limits.identifier],
            is_inbound=None if direction is None else bool(direction & 1),
            is_outbound=None if direction is None else bool(direction & 2),
            attributes=UNKNOWN if attributes is None or attributes < 0 else attributes,
            trust_type=_trust_type(record.kind),
            sid_filtering=record.filtering,
            tgt_delegation=record.tgt_delegation,
            is_transitive=truth_of(record.transitive),
        )
        if trust not in self._builder.trusts:
            self._builder.trusts.append(trust)


def _direction(value: int | str | None) -> int | None:
    if isinstance(value, str) and value.strip().lower() in _DIRECTIONS:
        return _DIRECTIONS[value.strip().lower()]
    number = whole_of(value)
    return number if number is not None and 0 <= number <= 3 else None


def _trust_type(value: int | str | None) -> str:
    if isinstance(value, str) and value.strip().lower() in _TRUST_TYPES:
        return _TRUST_TYPES[value.strip().lower()]
    number = whole_of(value)
    known = number is not None and 0 <= number < len(_TRUST_NUMBERS)
    return _TRUST_NUMBERS[number] if known and number is not None else "unknown"
