"""What is seen on a host is stated, and a host that was not asked is unknown."""

from pathlib import Path
from typing import Any

import pytest

from hygie.engines.directory.vocabulary import Flag, ObjectKind
from tests.connectors.directory_exports.comparison import edges
from tests.connectors.directory_exports.exports import named, read_records, record, sid, told


def sessions(*users: str, collected: bool = True) -> dict[str, Any]:
    results = [{"UserSID": user, "ComputerSID": sid(1000)} for user in users]
    return {"Results": results, "Collected": collected, "FailureReason": None}


def test_what_was_seen_on_a_host_is_stated(tmp_path: Path) -> None:
    def group(rid: str, *members: dict[str, str], collected: bool = True) -> dict[str, Any]:
        identifier = f"{sid(1000)}-{rid}"
        return {
            "ObjectIdentifier": identifier, "Name": f"G{rid}@PC1", "Results": [*members],
            "LocalNames": [], "Collected": collected, "FailureReason": None,
        }  # fmt: skip

    computer = record(
        sid(1000),
        "PC1.HOPITAL.FR",
        Sessions=sessions(sid(1104)),
        PrivilegedSessions=sessions(sid(1104), sid(500)),
        RegistrySessions=sessions(collected=False),
        LocalGroups=[
            group("544", named(sid(512), "Group")),
            group("555", named(f"{sid(1000)}-1001", "LocalGroup")),
            group("1001", named(sid(1105))),
            group("579"),
        ],
        UserRights=[
            {
                "Privilege": "SeRemoteInteractiveLogonRight",
                "Results": [named(f"{sid(1000)}-555", "LocalGroup")],
                "Collected": True,
            }
        ],
        Status=None,
    )
    _export, facts, _report = read_records(tmp_path, "computers", computer)
    assert edges(facts) == {
        (sid(1000), "HAS_SESSION", sid(1104), 0),
        (sid(1000), "HAS_SESSION", sid(500), 0),
        (sid(512), "ADMIN_TO", sid(1000), 0),
        (f"{sid(1000)}-1001", "CAN_RDP", sid(1000), 0),
        (sid(1105), "MEMBER_OF_LOCAL_GROUP", f"{sid(1000)}-1001", 0),
        (f"{sid(1000)}-555", "REMOTE_INTERACTIVE_RIGHT", sid(1000), 0),
    }
    assert told(facts, sid(1000), Flag.SESSIONS_COLLECTED) is True
    assert told(facts, sid(1000), Flag.LOCAL_GROUPS_COLLECTED) is True
    local = facts.identifiers.index(f"{sid(1000)}-555")
    assert facts.kind[local] == ObjectKind.LOCAL_GROUP and facts.names[local] == "G555@PC1"
    assert f"{sid(1000)}-579" not in facts.identifiers


def test_the_groups_of_a_controller_are_those_of_its_domain(tmp_path: Path) -> None:
    group = {
        "ObjectIdentifier": "HOPITAL.FR-S-1-5-32-551", "Name": "X", "Collected": True,
        "Results": [named(sid(1104))],
    }  # fmt: skip
    controller = record(sid(1000), "DC1", {"isdc": True}, LocalGroups=[group])
    _export, facts, _report = read_records(tmp_path, "computers", controller)
    assert edges(facts) == {(sid(1104), "MEMBER_OF", "HOPITAL.FR-S-1-5-32-551", 0)}
    index = facts.identifiers.index("HOPITAL.FR-S-1-5-32-551")
    assert facts.kind[index] == ObjectKind.OTHER


@pytest.mark.parametrize(
    ("more", "sessions_told", "groups_told"),
    [
        ({}, None, None),
        ({"LocalGroups": []}, None, False),
        ({"LocalGroups": None}, None, False),
        ({"LocalGroups": [], "IsDC": True}, None, None),
        ({"Sessions": sessions(collected=False)}, False, None),
        ({"Sessions": None, "LocalGroups": [{"Collected": False, "Results": []}]}, None, False),
        ({"LocalAdmins": {"Collected": True, "Results": []}}, None, True),
    ],
)
def test_a_host_that_was_not_asked_is_unknown(
    tmp_path: Path, more: dict[str, Any], sessions_told: bool | None, groups_told: bool | None
) -> None:
    _export, facts, _report = read_records(tmp_path, "computers", record(sid(1000), "P", **more))
    assert told(facts, sid(1000), Flag.SESSIONS_COLLECTED) is sessions_told
    assert told(facts, sid(1000), Flag.LOCAL_GROUPS_COLLECTED) is groups_told


def test_collected_is_not_believed_of_tools_that_say_it_of_everything(tmp_path: Path) -> None:
    hosts = [
        record(sid(1000), "A", Sessions=sessions()),
        record(sid(1001), "B", Sessions=sessions()),
    ]
    _export, facts, _report = read_records(tmp_path, "computers", *hosts, methods=0)
    assert told(facts, sid(1000), Flag.SESSIONS_COLLECTED) is False
    hosts[1]["Sessions"] = sessions(sid(1104))
    _export, facts, _report = read_records(tmp_path, "computers", *hosts, methods=0)
    assert told(facts, sid(1000), Flag.SESSIONS_COLLECTED) is True
