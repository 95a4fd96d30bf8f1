"""A hospital's directory with a nurse who may take over an administrator, exported and audited."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from uuid import NAMESPACE_OID, uuid5

import pytest

from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.engines.directory.vocabulary import EdgeKind, Number, Text
from hygie.foundation.jobs.watch import SilentWatch
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.selectors.running import audit_to_run
from hygie.operations.directory.services.audits import audit_create, exports_receive
from hygie.operations.directory.services.record import audit_compute, audit_record
from hygie.programme.services.referential import referential_load
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter
from tests.engines.directory.hospital import AS_OF, Hospital

Audited = Callable[..., DirectoryAudit]
GUID_LENGTH = 36


def export_write(path: Path, *, days_later: int = 0, is_spoilt: bool = True) -> Path:
    """A SharpHound archive of the hospital; spoilt, the nurse holds the administrator."""
    forest = Hospital()
    for rid in range(1310, 1320):
        forest.add_user(rid)
    if is_spoilt:
        forest.give("nurse", EdgeKind.GENERIC_ALL, forest.the("admin"))
        forest.give("service", EdgeKind.FORCE_CHANGE_PASSWORD, forest.the("nurse"))
    forest.set("gmsa", GMSA=True)
    # A domain that nobody holds does not exist, and reads as one whose rights were not collected.
    forest.edge(forest.builtin(544), EdgeKind.WRITE_DACL, forest.domain)
    told = forest.build().texts[Text.DISTINGUISHED_NAME]
    for index in range(len(forest)):
        if index not in told:
            forest.text(index, Text.DISTINGUISHED_NAME, f"CN=O{index},DC=CHU,DC=EXAMPLE")
    # An export states the primary group as a relation.
    for account, rid in enumerate(forest.build().number(Number.PRIMARY_GROUP_RID).tolist()):
        if rid > 0:
            forest.edge(account, EdgeKind.PRIMARY_GROUP, forest.group(rid))
    forest.collected_on = AS_OF + 86_400 * days_later
    facts = forest.build()
    # The builder of the engine's tests names what has no SID by its place; exports do by a GUID.
    identifiers = [
        name
        if "S-1-" in name or len(name) == GUID_LENGTH
        else str(uuid5(NAMESPACE_OID, name)).upper()
        for name in facts.identifiers
    ]
    write_sharphound(
        replace(facts, identifiers=identifiers), path, collected_on=forest.collected_on
    )
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The spoilt hospital's archive."""
    return export_write(tmp_path / "chu_20260930.zip")


@pytest.fixture
def audited(tmp_path: Path, operator: Perimeter) -> Audited:
    """audited(perimeter, organisation, files): a finished audit, by the services of the page."""
    referential_load(perimeter=operator)

    def make(perimeter: Perimeter, place: Organisation, *files: Path) -> DirectoryAudit:
        given = files or (export_write(tmp_path / "chu.zip"),)
        with ExitStack() as stack:
            streams = [(stack.enter_context(path.open("rb")), path.name) for path in given]
            documents = exports_receive(
                perimeter=perimeter, organisation_id=place.pk, files=streams
            )
        row = audit_create(perimeter=perimeter, organisation_id=place.pk, documents=documents)
        row = audit_to_run(row.pk)
        found = audit_compute(audit=row, watch=SilentWatch())
        return audit_record(perimeter=perimeter, audit=row, computed=found)

    return make


@pytest.fixture
def audit(
    audited: Audited, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> DirectoryAudit:
    """Alice's audit of her own establishment."""
    return audited(perimeters.alice, territory.entities[0])
