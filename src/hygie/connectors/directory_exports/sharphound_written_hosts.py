"""What does the record of a host say of its sessions, local groups and privileges?"""

from collections import defaultdict

import numpy as np

from hygie.connectors.directory_exports.sharphound_names import LOCAL_GROUPS, PRIVILEGES
from hygie.connectors.directory_exports.sharphound_writing import Json, Writing, collected
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind

_PRIVILEGE_NAMES = {kind: name for name, kind in PRIVILEGES.items()}
_LOCAL_RIDS = {kind: rid for rid, kind in LOCAL_GROUPS.items()}


class WrittenHosts:
    """Completes the record of one host after the other."""

    def __init__(self, state: Writing) -> None:
        self._state = state
        self._local = self._local_groups()

    def _says_sessions(self, index: int) -> bool:
        return (
            self._state.kinds[index] == ObjectKind.COMPUTER
            and self._state.properties.truth(index, Flag.SESSIONS_COLLECTED) is not None
        )

    def complete(self, index: int, record: Json, local: dict[int, list[int]]) -> None:
        if self._says_sessions(index):
            users = [
                {"UserSID": self._state.ids[other], "ComputerSID": self._state.ids[index]}
                for other, edge, _flags in self._state.outgoing.at(index)
                if edge == EdgeKind.HAS_SESSION
            ]
            self._state.edges += len(users)
            told = self._state.properties.truth(index, Flag.SESSIONS_COLLECTED) or False
            record["Sessions"] = collected(users, told)
            for key in ("PrivilegedSessions", "RegistrySessions"):
                record[key] = collected([], told)
        groups = self._groups(index, local)
        if groups is not None:
            record["LocalGroups"] = groups
        record["UserRights"] = [
            {"Privilege": name, **collected(self._state.principals(local[kind]), True)}
            for kind, name in _PRIVILEGE_NAMES.items()
            if local.get(kind)
        ]
        record["DCRegistryData"] = self._state.properties.controller(index)
        record["IsDC"] = self._state.properties.truth(index, Flag.IS_DC)

    def _groups(self, index: int, local: dict[int, list[int]]) -> list[Json] | None:
        """Local groups of a host; None when nothing is known of them, not even that."""
        told = self._state.properties.truth(index, Flag.LOCAL_GROUPS_COLLECTED)
        own = self._local.get(self._state.ids[index], [])
        groups: dict[str, Json] = {}
        for kind, rid in _LOCAL_RIDS.items():
            if local.get(kind) or told:
                identifier = f"{self._state.ids[index]}-{rid}"
                groups[identifier] = self._group(identifier, "", local.get(kind, []), told)
        for group in own:
            identifier = self._state.ids[group]
            if identifier in groups:
                groups[identifier]["Name"] = self._state.facts.names[group]
                continue
            members = [
                other
                for other, edge, _flags in self._state.incoming.at(group)
                if edge == EdgeKind.MEMBER_OF_LOCAL_GROUP
            ]
            name = self._state.facts.names[group]
            if members or name:
                groups[identifier] = self._group(identifier, name, members, told)
        if groups:
            return list(groups.values())
        if told is None:
            return None
        is_dc = self._state.properties.truth(index, Flag.IS_DC)
        return [self._group(f"{self._state.ids[index]}-544", "", [], told)] if is_dc else []

    def _group(self, identifier: str, name: str, members: list[int], told: bool | None) -> Json:
        found = collected(self._state.principals(members), bool(told))
        return {"ObjectIdentifier": identifier, "Name": name, "LocalNames": [], **found}

    def sessions_apart(self) -> list[Json]:
        """Sessions of hosts that have no record, or whose record says nothing of sessions."""
        found = []
        sources = np.flatnonzero(np.diff(self._state.outgoing.start))
        for index in sources.tolist():
            if self._says_sessions(index):
                continue
            for other, kind, _flags in self._state.outgoing.at(index):
                if kind == EdgeKind.HAS_SESSION:
                    session = {
                        "ComputerSID": self._state.ids[index],
                        "UserSID": self._state.ids[other],
                    }
                    found.append({**session, "LogonType": 2})
        self._state.edges += len(found)
        return found

    def _local_groups(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index in self._state.facts.of_kind(ObjectKind.LOCAL_GROUP).tolist():
            found[self._state.ids[index].rpartition("-")[0]].append(index)
        return found
