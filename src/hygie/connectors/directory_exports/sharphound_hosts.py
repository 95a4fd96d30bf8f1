"""What does a SharpHound record tell of what happens on a host: sessions, local groups, rights?

"Not collected" is a fact of its own: a host that did not answer is unknown, not clean.
"""

from msgspec import UNSET

from hygie.connectors.directory_exports.sharphound_identifiers import (
    LOCAL_GROUP,
    Identifiers,
    is_of_host,
)
from hygie.connectors.directory_exports.sharphound_names import LOCAL_GROUPS, PRIVILEGES
from hygie.connectors.directory_exports.sharphound_notes import Notes
from hygie.connectors.directory_exports.sharphound_records import (
    Collected,
    ObjectRecord,
    Principals,
    Session,
)
from hygie.connectors.directory_exports.sharphound_relations import Relations
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import EdgeKind, Flag


class Hosts:
    """States what was seen on one host after the other in a builder.

    Attributes:
        session_hosts, group_hosts: hosts whose sessions, or local groups, are said to be collected.
        has_sessions, has_groups: whether any was found on any host.
    """

    def __init__(
        self, builder: FactsBuilder, ids: Identifiers, relations: Relations, notes: Notes
    ) -> None:
        self._builder = builder
        self._ids = ids
        self._relations = relations
        self._notes = notes
        self.session_hosts: list[int] = []
        self.group_hosts: list[int] = []
        self.has_sessions = False
        self.has_groups = False

    def state(self, index: int, record: ObjectRecord, domain: str) -> None:
        """State what a record tells of host `index`, whose domain has this name."""
        self._sessions(index, record, domain)
        names = {
            group.identifier.upper(): group.name
            for group in (record.local_groups or ())
            if group is not None and group.identifier and group.name
        }
        collected: list[bool] = []
        for group in record.local_groups or ():
            if group is not None:
                collected.append(bool(group.collected))
                self._group(index, group, names, domain)
        for old, kind in (
            (record.local_admins, EdgeKind.ADMIN_TO),
            (record.desktop_users, EdgeKind.CAN_RDP),
            (record.dcom_users, EdgeKind.EXECUTE_DCOM),
            (record.ps_remote_users, EdgeKind.CAN_PS_REMOTE),
        ):
            if old is not None:
                collected.append(bool(old.collected))
                self._members(index, kind, old.results, names, domain)
        for right in record.rights or ():
            if right is not None:
                self._right(index, right, names, domain)
        self._say_groups(index, record, collected)

    def session(self, record: Session, computer: int, domain: str) -> None:
        """State one session: the host holds what its user can do."""
        host = self._ids.index_of(record.computer, domain) if record.computer else computer
        user = self._ids.index_of(record.user, domain)
        if user != ABSENT:
            self.has_sessions = True
            self._relations.edge(host, EdgeKind.HAS_SESSION, user)

    def settle(self, *, is_trusted: bool) -> None:
        """Take back what cannot be believed, once everything has been read.

        Args:
            is_trusted: whether the collector says which methods it ran. Others write "collected"
                on every host by default: it is then believed only if something was found.
        """
        if is_trusted:
            return
        if not self.has_sessions:
            for index in self.session_hosts:
                self._builder.flag(index, Flag.SESSIONS_COLLECTED, value=False)
        if not self.has_groups:
            for index in self.group_hosts:
                self._builder.flag(index, Flag.LOCAL_GROUPS_COLLECTED, value=False)

    def _sessions(self, index: int, record: ObjectRecord, domain: str) -> None:
        lists = [
            sessions
            for sessions in (record.sessions, record.privileged_sessions, record.registry_sessions)
            if sessions is not None
        ]
        for sessions in lists:
            for session in sessions.results or ():
                if session is not None:
                    self.session(session, index, domain)
        if lists:
            self._say(index, Flag.SESSIONS_COLLECTED, any(one.collected for one in lists))

    def _say_groups(self, index: int, record: ObjectRecord, collected: list[bool]) -> None:
        """State whether anybody asked; a controller has no groups but those of its domain."""
        if collected:
            self._say(index, Flag.LOCAL_GROUPS_COLLECTED, any(collected))
        elif record.local_groups is not UNSET:
            _known, value = self._builder.flags_of(index)
            if not value >> Flag.IS_DC & 1:
                self._say(index, Flag.LOCAL_GROUPS_COLLECTED, False)

    def _say(self, index: int, flag: Flag, value: bool) -> None:
        hosts = self.session_hosts if flag == Flag.SESSIONS_COLLECTED else self.group_hosts
        _known, already = self._builder.flags_of(index)
        if value:
            hosts.append(index)
        elif already >> flag & 1:
            return
        self._builder.flag(index, flag, value=value)

    def _group(self, index: int, group: Collected, names: dict[str, str], domain: str) -> None:
        if not group.identifier:
            return
        kind = LOCAL_GROUPS.get(group.identifier.rpartition("-")[2])
        if kind is not None:
            self._members(index, kind, group.results, names, domain)
        elif group.results:
            target = self._local(group.identifier, names, domain)
            if target != ABSENT:
                kind = EdgeKind.MEMBER_OF_LOCAL_GROUP
                if not is_of_host(group.identifier):
                    kind = EdgeKind.MEMBER_OF  # a controller's groups are those of its domain
                self._members(target, kind, group.results, names, domain)

    def _members(
        self,
        target: int,
        kind: EdgeKind,
        principals: Principals,
        names: dict[str, str],
        domain: str,
    ) -> None:
        if principals:
            self.has_groups = True
        for principal in principals or ():
            if principal is None:
                continue
            if not isinstance(principal, str) and principal.kind == LOCAL_GROUP:
                source = self._local(principal.identifier or "", names, domain)
            else:
                (source,) = self._relations.named([principal], domain) or (ABSENT,)
            self._relations.edge(source, kind, target)

    def _local(self, identifier: str, names: dict[str, str], domain: str) -> int:
        name = names.get(identifier.upper(), "").upper()[:256]
        return self._ids.local_group(identifier, domain, name if name.isprintable() else "")

    def _right(self, index: int, right: Collected, names: dict[str, str], domain: str) -> None:
        kind = PRIVILEGES.get(right.privilege or "")
        if kind is None:
            if right.results:
                self._notes.unknown(self._notes.rights, right.privilege or "—")
            kind = EdgeKind.OTHER_RIGHT
        self._members(index, kind, right.results, names, domain)
