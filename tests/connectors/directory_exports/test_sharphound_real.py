"""The public sample of three domains, counted beside a plain reading of its JSON."""

import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hygie.connectors.directory_exports.sharphound_names import AUTHORITY_RIGHTS, RIGHTS, TYPES
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.engines.directory.vocabulary import EdgeKind, ExportKind, Flag, Number, ObjectKind
from tests.connectors.directory_exports.comparison import edges, objects, trusts
from tests.connectors.directory_exports.exports import read

pytestmark = pytest.mark.real_data
# Two records describe this account, as a person and as a service account, with two primary groups.
TWICE = "S-1-5-21-2697957641-2271029196-387917394-2186"


@pytest.fixture
def sample(real_data: Path) -> Path:
    return real_data / "directory" / "phantom_sharphound_v6.zip"


def plain(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every record of every file, with the type of its file."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = json.loads(archive.read(name).decode("utf-8-sig"))
            found += [(content["meta"]["type"], one) for one in content["data"]]
    return found


def test_every_record_of_the_sample_is_read(sample: Path) -> None:
    records = plain(sample)
    export, facts, report = read(sample)
    assert (export.kind, export.tool) == (ExportKind.SHARPHOUND, "JSON v6")
    assert (export.counts["records"], export.counts["objects"]) == (1_718, 1_469)
    assert len(records) == 1_718
    kinds: dict[str, str] = {}
    managed = set()
    for kind, one in records:
        identifier = one["ObjectIdentifier"]
        kinds[identifier] = TYPES[kind].name
        if one["Properties"].get("gmsa") or one["Properties"].get("msa"):
            managed.add(identifier)
    for identifier in managed:
        kinds[identifier] = ObjectKind.MANAGED_ACCOUNT.name
    found = objects(facts)
    assert {name: found[name]["kind"] for name in kinds} == kinds
    beside = {one["kind"] for name, one in found.items() if name not in kinds}
    assert beside <= {ObjectKind.OTHER.name, ObjectKind.LOCAL_GROUP.name}
    counted = [one for one in report.messages if one.code == "directory_count"]
    assert len(counted) == 6 and not report.has_errors


def test_rights_members_containers_and_sessions_of_the_sample_are_those_of_its_json(
    sample: Path,
) -> None:
    expected: Counter[str] = Counter()
    pairs: set[tuple[str, str, str]] = set()
    for kind, one in plain(sample):
        own = one["ObjectIdentifier"]
        # Rights on authorities are replaced by those of their registry, counted below.
        for ace in one["Aces"] if kind != "enterprisecas" else []:
            pairs.add((ace["PrincipalSID"], RIGHTS[ace["RightName"]].name, own))
        for member in one.get("Members") or []:
            pairs.add((member["ObjectIdentifier"], "MEMBER_OF", own))
        above = one.get("ContainedBy")
        if above:
            domain = one["Properties"]["domain"]
            parent = above["ObjectIdentifier"]
            parent = f"{domain}-{parent}" if parent == "S-1-5-32" else parent
            pairs.add((parent, "CONTAINS", own))
        for key in ("Sessions", "PrivilegedSessions", "RegistrySessions"):
            for session in (one.get(key) or {}).get("Results") or []:
                pairs.add((session["ComputerSID"], "HAS_SESSION", session["UserSID"]))
        if one.get("PrimaryGroupSID"):
            pairs.add((own, "PRIMARY_GROUP", one["PrimaryGroupSID"]))
        for link in one.get("Links") or []:
            pairs.add((link["GUID"], "GP_LINK_ENFORCED" if link["IsEnforced"] else "GP_LINK", own))
        for template in one.get("EnabledCertTemplates") or []:
            pairs.add((template["ObjectIdentifier"], "PUBLISHED_TO", own))
    # A name instead of an identifier, twice in the sample: left aside and said.
    named = {pair for pair in pairs if pair[0].startswith("CN=") or pair[2].startswith("CN=")}
    pairs -= named
    expected.update(kind for _source, kind, _target in pairs)
    _export, facts, _report = read(sample)
    authorities = {
        facts.identifiers[index] for index in facts.of_kind(ObjectKind.ENTERPRISE_CA).tolist()
    }
    hosts = {facts.identifiers[index] for index in facts.of_kind(ObjectKind.COMPUTER).tolist()}
    kinds = set(expected)
    found = {
        (source, kind, target)
        for source, kind, target, _flags in edges(facts)
        if kind in kinds and target not in authorities
    }
    on_authorities = {pair for pair in pairs if pair[2] in authorities}
    assert found - _of_controllers(sample, hosts) == pairs - on_authorities - _of_controllers(
        sample, hosts
    )


def _of_controllers(path: Path, hosts: set[str]) -> set[tuple[str, str, str]]:
    """Members of the groups of controllers, which are groups of the domain."""
    found = set()
    for kind, one in plain(path):
        for group in (one.get("LocalGroups") or []) if kind == "computers" else []:
            if not group["ObjectIdentifier"].startswith(tuple(hosts)):
                for member in group["Results"] or []:
                    found.add((member["ObjectIdentifier"], "MEMBER_OF", group["ObjectIdentifier"]))
    return found


def test_the_registry_of_each_authority_of_the_sample_stands(sample: Path) -> None:
    _export, facts, _report = read(sample)
    stated = edges(facts)
    for kind, one in plain(sample):
        if kind != "enterprisecas":
            continue
        security = one["CARegistryData"]["CASecurity"]
        expected = {
            (ace["PrincipalSID"], ace["RightName"])
            for ace in (security["Data"] if security["Collected"] else one["Aces"])
            if RIGHTS[ace["RightName"]] in AUTHORITY_RIGHTS
        }
        names = {RIGHTS[name].name: name for _principal, name in expected}
        found = {
            (source, names[edge])
            for source, edge, target, _flags in stated
            if target == one["ObjectIdentifier"] and edge in names
        }
        assert found == expected


def test_facts_of_the_sample_are_those_of_its_properties(sample: Path) -> None:
    _export, facts, _report = read(sample)
    assert facts.of_kind(ObjectKind.DOMAIN).size == 3 and len(facts.trusts) == 6
    domains = facts.of_kind(ObjectKind.DOMAIN)
    assert facts.number(Number.FUNCTIONAL_LEVEL)[domains].tolist() == [7, 7, 7]
    controllers = {
        one["ObjectIdentifier"] for _kind, one in plain(sample) if one["Properties"].get("isdc")
    }
    is_dc = np.flatnonzero(facts.is_set(Flag.IS_DC)).tolist()
    assert {facts.identifiers[index] for index in is_dc} == controllers and len(controllers) == 3
    # Hosts that did not answer are unknown: 11 told their sessions, 5 their local groups.
    assert int(facts.is_set(Flag.SESSIONS_COLLECTED).sum()) == 11
    assert int(facts.is_set(Flag.LOCAL_GROUPS_COLLECTED).sum()) == 5
    assert int((facts.edges.kind == EdgeKind.OTHER_RIGHT).sum()) == 0


def test_the_sample_survives_being_written_and_read_again(sample: Path, tmp_path: Path) -> None:
    export, facts, _report = read(sample)
    written = write_sharphound(facts, tmp_path / "e.zip", collected_on=export.collected_on)
    again, back, _report = read(tmp_path / "e.zip")
    before, after = objects(facts), objects(back)
    assert {name for name in before if before[name] != after[name]} == {TWICE}
    assert edges(facts) - edges(back) == {
        (TWICE, "PRIMARY_GROUP", "S-1-5-21-2697957641-2271029196-387917394-513", 0)
    }
    assert edges(back) <= edges(facts) and trusts(back) == trusts(facts)
    assert (written.left_out, again.collected_on) == (1, export.collected_on)
