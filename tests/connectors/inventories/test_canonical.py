"""What identifies a machine is written once for all; what every machine bears is no identity."""

import ipaddress
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.inventories.canonical import (
    address_of,
    canonical,
    cpe_of,
    hostname_of,
    identifiers_of,
    is_weak_mac,
    mac_of,
    purl_of,
    serial_of,
    swapped_uuid,
    uuid_of,
)
from hygie.engines.estate.vocabulary import IdentifierKind as Kind


@pytest.mark.parametrize(
    "text",
    [
        "To be filled by O.E.M.", "To Be Filled By O.E.M.", "0", "None", "System Serial Number",
        "Default string", "  ", "N/A", "00000000", "xxxxxxx", "Not Specified", "null", "Unknown",
        "0123456789", "Chassis Serial Number", "Non renseigné", "-", "...", "1", "\x00\x00",
        "(null string)", "SYS-1234567890", "SN-12345", "BSS-0123456789", "SYS-9876543210",
        "Serial Number xxxxxx", "12345678", "EVAL", "Unknow", "No Asset Tag", "Part of Chassis",
        "OEM_Serial", "SystemSerialNumb", "Type1Sku0", "0xFFFFFFFF", "System Product Name",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_serial_number(text: str) -> None:
    assert serial_of(text) == ""


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("ser0", "SER0"),
        ("SN-11", "SN-11"),
        ("640hp72", "640HP72"),
        (" VMware-56 4d 0a  11 ", "VMWARE-56 4D 0A 11"),
        ("/640HP72/CE129536461378/", "640HP72/CE129536461378"),
        ("５ＣＧ１２３", "5CG123"),
        ("SN-1029384756", "SN-1029384756"),
        ("SN0000012", "SN0000012"),
        ("2468013579", "2468013579"),
    ],
)
def test_a_serial_number_is_compared_in_upper_case(text: str, serial: str) -> None:
    assert serial_of(text) == serial
    assert serial_of(serial) == serial


@pytest.mark.parametrize(
    "text", ["38:1C:1A:B5:73:20", "38-1c-1a-b5-73-20", "381C.1AB5.7320", "381c1ab57320"]
)
def test_an_address_of_a_card_is_twelve_digits_however_it_is_written(text: str) -> None:
    assert mac_of(text) == "381c1ab57320"


@pytest.mark.parametrize(
    "text", ["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01", "38:1c:1a", "x" * 12]
)
def test_a_group_or_nothing_is_no_address_of_a_card(text: str) -> None:
    assert mac_of(text) == ""


@pytest.mark.parametrize(
    ("mac", "is_weak"),
    [
        ("0242ac110002", True),  # Docker
        ("00059a3c7a00", True),  # the same in every tunnel of one product
        ("00005e000101", True),  # shared by two routers
        ("505054503030", True),
        ("005056c00003", True),  # a network that VMware makes on each host
        ("acde48001122", True),  # inside every portable computer of a maker
        ("00155d000000", True),  # a card that nobody numbered
        ("000000000001", True),
        ("24b620524153", True),  # remote access of Windows
        ("5254001a2b3c", False),  # one virtual machine under KVM
        ("005056aabbcc", False),
        ("381c1ab57320", False),
        ("e2aabbccddee", True),  # telephones that change it
    ],
)
def test_an_address_that_software_shares_names_no_machine(mac: str, is_weak: bool) -> None:
    assert is_weak_mac(mac) is is_weak
    assert (canonical(Kind.MAC, mac) == "") is is_weak


def test_a_uuid_that_a_whole_series_bears_is_none() -> None:
    assert uuid_of("00000000-0000-0000-0000-000000000000") == ""
    assert uuid_of("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF") == ""
    assert uuid_of("03000200-0400-0500-0006-000700080009") == ""
    assert uuid_of("6AB5B300-538D-1014-9FB5-B0684D007B53") == ""
    assert uuid_of("01010101-0101-0101-0101-010101010101") == ""
    # A portable computer whose service tag is blank.
    assert uuid_of("4C4C4544-0000-2010-8020-80C04F202020") == ""
    assert uuid_of("4BDRGGFE-0046-4710-8047-B2C04F503732") == ""
    assert uuid_of("{4C4C4544-0034-3010-8048-B6C04F503732}") == (
        "4c4c4544-0034-3010-8048-b6c04f503732"
    )


@given(st.uuids())
def test_a_uuid_read_the_other_way_round_twice_is_itself(one: uuid.UUID) -> None:
    assert swapped_uuid(swapped_uuid(str(one))) == str(one)
    assert uuid.UUID(swapped_uuid(str(one))).bytes == one.bytes_le


@given(st.ip_addresses(v=6) | st.ip_addresses(v=4))
def test_an_address_is_written_one_way(one: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    written = address_of(str(one))
    assert written == address_of(one.exploded) == address_of(f"{one}/24") == address_of(written)


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "::1", "169.254.3.4", "fe80::1%eth0", "::", "172.17.0.1", "x"]
)
def test_an_address_of_every_machine_identifies_none(text: str) -> None:
    assert canonical(Kind.ADDRESS, text) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SRV-DPI01.CH-VILLE.LOCAL.", "srv-dpi01.ch-ville.local"),
        ("srv_old", "srv_old"),
        ("localhost.localdomain", ""),
        ("192.168.0.1", ""),
        ("12345", ""),
        ("a b", ""),
        ("-x", ""),
        ("x" * 300, ""),
        ("Téléphone", ""),
    ],
)
def test_a_host_name_is_compared_in_lower_case(text: str, name: str) -> None:
    assert hostname_of(text) == name


def test_names_of_products_are_kept_as_they_are() -> None:
    assert purl_of("pkg:maven/a/b@1") == "pkg:maven/a/b@1"
    assert purl_of("maven/a") == purl_of("pkg:a b/c") == ""
    assert cpe_of("CPE:/a:OpenBSD:openssh:7.4") == "cpe:/a:openbsd:openssh:7.4"
    assert cpe_of("openssh") == ""


@given(st.sampled_from(list(Kind)), st.text(max_size=60))
def test_writing_twice_changes_nothing_and_nothing_raises(kind: Kind, text: str) -> None:
    once = canonical(kind, text)
    assert canonical(kind, once) == once if once else True
    assert len(once) <= 300


def test_identifiers_are_kept_once_in_one_order() -> None:
    found = identifiers_of(
        [
            (Kind.HOSTNAME, "B"), (Kind.MAC, "38:1C:1A:B5:73:20"), (Kind.SERIAL, "none"),
            (Kind.MAC, "381c1ab57320"), (Kind.HOSTNAME, "a"),
        ]
    )  # fmt: skip
    assert found == ((Kind.MAC, "381c1ab57320"), (Kind.HOSTNAME, "a"), (Kind.HOSTNAME, "b"))
