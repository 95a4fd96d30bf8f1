"""Nothing that names anybody is left, and the rules still see the same directory."""

import re
from pathlib import Path

import numpy as np
import pytest

from hygie.connectors.directory_exports.anonymise import anonymised
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.engines.directory.builder import FactsBuilder, authority_of
from hygie.engines.directory.vocabulary import Number, ObjectKind, Text
from tests.connectors.directory_exports.comparison import edges, objects, trusts
from tests.connectors.directory_exports.exports import DOMAIN, read, sid
from tests.connectors.directory_exports.test_sharphound_writer import WHEN, full

KEY = b"a key of the establishment"
SECRETS = re.compile(r"HOPITAL|ALICE|AUTRE|SYSVOL|web\.|PC1|S-1-5-21-1-2-3|9-9-9", re.IGNORECASE)


def test_no_name_identifier_or_address_is_left(tmp_path: Path) -> None:
    facts = anonymised(full(), KEY)
    everything = f"{facts.identifiers} {facts.names} {dict(facts.texts)} {facts.trusts}"
    assert not SECRETS.search(everything)
    assert Text.GPC_PATH not in facts.texts
    write_sharphound(facts, tmp_path / "e.zip", collected_on=WHEN)
    _export, back, _report = read(tmp_path / "e.zip")
    assert objects(back) == objects(facts) and trusts(back) == trusts(facts)
    assert edges(back) == {one for one in edges(facts) if one[1] != "DCSYNC"}


def test_the_shape_of_the_directory_is_the_same() -> None:
    before = full()
    after = anonymised(before, KEY)
    assert len(set(after.identifiers)) == len(before.identifiers)
    assert after.edges is before.edges
    assert np.array_equal(after.kind, before.kind) and np.array_equal(after.known, before.known)
    assert np.array_equal(after.authority, before.authority)
    for old, new in zip(before.identifiers, after.identifiers, strict=True):
        family, rid = authority_of(old)
        assert authority_of(new)[0] == family
        if 0 <= rid < 1_000:
            assert authority_of(new)[1] == rid
    assert [authority_of(one)[1] for one in after.identifiers] == after.rid.tolist()


def test_the_same_key_gives_the_same_directory_and_another_key_another() -> None:
    once, twice = anonymised(full(), KEY), anonymised(full(), KEY)
    assert objects(once) == objects(twice)
    other = anonymised(full(), b"another key, as long as it")
    assert not set(once.identifiers) & set(other.identifiers)
    with pytest.raises(ValueError, match="16"):
        anonymised(full(), b"short")


def test_names_that_every_directory_has_stay_readable() -> None:
    builder = FactsBuilder()
    holder = builder.intern("AAAAAAAA-0000-0000-0000-000000000001")
    builder.describe(holder, ObjectKind.CONTAINER, "ADMINSDHOLDER@HOPITAL.FR")
    place = "CN=AdminSDHolder,CN=System,DC=HOPITAL,DC=FR"
    builder.text(holder, Text.DISTINGUISHED_NAME, place)
    builder.text(holder, Text.SPN, ("MSSQLSvc/sql1.hopital.fr:1433", "HOST/pc\\,1/HOPITAL.FR"))
    builder.text(holder, Text.EKU, ("1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.21.8.1.2.3"))
    facts = anonymised(builder.build(), KEY)
    assert facts.names[0].startswith("ADMINSDHOLDER@X")
    told = facts.texts[Text.DISTINGUISHED_NAME][0]
    assert isinstance(told, str) and told.startswith("CN=ADMINSDHOLDER,CN=SYSTEM,DC=X")
    assert told.count(",") == place.count(",")
    services = facts.texts[Text.SPN][0]
    assert services[0].startswith("MSSQLSvc/X") and services[0].endswith(":1433")
    assert services[1].count("/") == 2
    usages = facts.texts[Text.EKU][0]
    assert usages[0] == "1.3.6.1.5.5.7.3.2" and usages[1] != "1.3.6.1.4.1.311.21.8.1.2.3"


def test_accounts_stay_apart_and_primary_groups_follow() -> None:
    builder = FactsBuilder()
    builder.intern(DOMAIN)
    for rid in range(1_000, 6_000):
        index = builder.intern(sid(rid))
        builder.number(index, Number.PRIMARY_GROUP_RID, 513 if rid % 2 else 5_999)
    local = builder.intern(f"{sid(1_000)}-544")
    facts = anonymised(builder.build(), KEY)
    assert len(set(facts.identifiers)) == len(facts.identifiers)
    assert facts.rid[1:-1].min() >= 1_000 and facts.rid.max() < 1 << 31
    group = facts.rid[facts.identifiers.index(facts.identifiers[5_000])]
    column = facts.number(Number.PRIMARY_GROUP_RID)
    assert set(column[1:-1].tolist()) == {513, int(group)}
    assert facts.identifiers[local] == f"{facts.identifiers[1]}-544"
