"""Do the tools of an invented establishment see its map, and differ from it as they say?"""

import datetime as dt
from functools import cache

from hygie.engines.estate.invented.glpi_documents import identity_of
from hygie.engines.estate.invented.inventories import invented_inventories
from hygie.engines.estate.invented.observed import Discrepancy, Inventories
from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.vocabulary import AssetKind
from tests.engines.estate.invented.estates import SEED, hospital

DAY = dt.date(2026, 6, 1)


@cache
def assets() -> dict[str, AssetRecord]:
    return {asset.key: asset for asset in hospital("hospital").estate.assets}


@cache
def seen(seed: int = SEED) -> Inventories:
    return invented_inventories(hospital("hospital").estate, seed, DAY, disagreeing=0.2)


def test_the_same_seed_sees_the_same_and_another_sees_otherwise() -> None:
    again = invented_inventories(hospital("hospital").estate, SEED, DAY, disagreeing=0.2)
    assert seen() == again
    assert seen().computers != seen(SEED + 1).computers


def test_every_document_and_every_host_has_its_truth() -> None:
    found = seen()
    ids = [document["deviceid"] for document in (*found.computers, *found.equipment)]
    addresses = [host.address for host in found.hosts]
    assert len(set(ids)) == len(ids)
    assert len(set(addresses)) == len(addresses)
    assert {*ids, *addresses} == set(found.truth)
    assert set(found.discrepancies) <= set(found.truth)
    assert set(found.discrepancies.values()) == set(Discrepancy)


def test_what_agrees_bears_the_identity_of_its_asset_and_what_differs_does_not() -> None:
    found = seen()
    for document in found.computers:
        content, differs = document["content"], found.discrepancies.get(document["deviceid"])
        key = found.truth[document["deviceid"]]
        if not key:
            assert differs in {Discrepancy.UNKNOWN, Discrepancy.REPLACED}
            continue
        mine = identity_of(assets()[key])
        card = content["networks"][1]
        agrees = {
            Discrepancy.RENAMED: content["hardware"]["name"] == mine["name"],
            Discrepancy.NEW_CARD: card.get("mac", "").replace(":", "") == mine["mac"],
            Discrepancy.NO_SERIAL: content["bios"].get("ssn", "") == mine["serial"],
            Discrepancy.MOVED: card.get("ipaddress", "") == mine["address"],
        }
        if differs == Discrepancy.ADDRESS_TAKEN:
            differs = Discrepancy.MOVED
        assert [what for what, is_so in agrees.items() if not is_so] == [differs] * bool(differs)


def test_no_person_is_named() -> None:
    for document in seen().computers:
        assert "users" not in document["content"]
        assert "lastloggeduser" not in document["content"]["hardware"]


def test_hosts_that_answer_on_ipv6_alone_say_no_name() -> None:
    found = seen()
    alone = [host for host in found.hosts if ":" in host.address]
    assert alone
    assert all(host.mac and not host.hostname for host in alone)
    kinds = {assets()[found.truth[host.address]].kind for host in alone}
    assert kinds <= {AssetKind.SERVER, AssetKind.WORKSTATION, AssetKind.DEVICE, AssetKind.NETWORK}
