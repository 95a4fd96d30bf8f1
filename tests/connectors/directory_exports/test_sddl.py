"""A descriptor is read from its text or its bytes, whatever is put in them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.directory_exports.sddl import (
    INHERIT_ONLY,
    INHERITED,
    LONGEST_SDDL,
    SddlError,
    parse_binary,
    parse_descriptor,
    parse_sddl,
)

_DOMAIN, _FOREST = "S-1-5-21-1-2-3", "S-1-5-21-9-9-9"
_MEMBER = "bf9679c0-0de6-11d0-a285-00aa003049e2"
_USER_CLASS = "bf967aba-0de6-11d0-a285-00aa003049e2"


def test_owner_control_flags_and_entries_are_read() -> None:
    found = parse_sddl(
        f"O:DAG:DAD:PAI(A;;RPWP;;;BA)(OA;CIIOID;WP;{_MEMBER};{_USER_CLASS};S-1-5-21-1-2-3-1104)"
        "(OD;;CR;;;WD)S:AI(AU;SA;WP;;;WD)",
        _DOMAIN,
        _FOREST,
    )
    assert found.owner == "S-1-5-21-1-2-3-512"
    assert found.is_protected and found.has_dacl and found.has_sacl and not found.is_null
    assert [ace.sid for ace in found.aces] == ["S-1-5-32-544", "S-1-5-21-1-2-3-1104", "S-1-1-0"]
    assert [ace.is_allowed for ace in found.aces] == [True, True, False]
    assert found.aces[1].object_type == _MEMBER.upper()
    assert found.aces[1].inherited_type == _USER_CLASS.upper()
    assert found.aces[1].flags & (INHERIT_ONLY | INHERITED) == INHERIT_ONLY | INHERITED
    assert found.aces[0].mask == 0x30


def test_names_of_the_forest_are_those_of_its_root() -> None:
    found = parse_sddl("O:EAD:(A;;0xf01ff;;;SA)(A;;GA;;;EK)", _DOMAIN, _FOREST)
    assert found.owner == f"{_FOREST}-519"
    assert [ace.sid for ace in found.aces] == [f"{_FOREST}-518", f"{_FOREST}-527"]
    assert [ace.mask for ace in found.aces] == [0xF01FF, 0x10000000]


def test_a_name_relative_to_an_unknown_domain_is_skipped_and_counted() -> None:
    found = parse_sddl("O:DAD:(A;;GA;;;DA)(A;;GA;;;BA)")
    assert (found.owner, found.skipped, len(found.aces)) == ("", 1, 1)


def test_a_null_dacl_an_empty_one_and_none_are_three_things() -> None:
    assert parse_sddl("O:BAD:NO_ACCESS_CONTROL").is_null
    empty = parse_sddl("O:BAD:")
    assert empty.has_dacl and not empty.is_null and empty.aces == ()
    assert not parse_sddl("O:BA").has_dacl


def test_a_condition_may_hold_parentheses() -> None:
    found = parse_sddl('D:(XA;;GA;;;BA;(Member_of {SID(DA)} && (@User.x == "a")))(A;;GA;;;SY)')
    assert [ace.sid for ace in found.aces] == ["S-1-5-32-544", "S-1-5-18"]
    assert parse_sddl("D:(XD;;GA;;;BA;(a))").skipped == 1


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "D:(A;;GA;;;BA",
        "D:(A;;GA)",
        "D:(A;;ZZ;;;BA)",
        "D:(A;;GA;not-a-guid;;BA)",
        "D:(A;;GA;;;S-1-5-21-x)",
        "D:(A;;0xzz;;;BA)",
        "D:" + "(" * 100_000,
        "O:BAD:(A;;GA;;;BA)tail",
        "D:" + "(A;;GA;;;BA)" * 20_001,
        "x" * (LONGEST_SDDL + 1),
    ],
)
def test_what_is_not_a_descriptor_is_refused(text: str) -> None:
    with pytest.raises(SddlError):
        parse_descriptor(text)


@given(st.text(alphabet="OGDSAP:();WRPC0x-1S5,dfBA{}\x00é", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(SddlError):
        parse_descriptor(text, _DOMAIN, _FOREST)


def _sid(*parts: int) -> bytes:
    return (
        bytes([1, len(parts)])
        + (5).to_bytes(6, "big")
        + b"".join(part.to_bytes(4, "little") for part in parts)
    )


def _binary() -> bytes:
    owner = _sid(32, 544)
    account = _sid(21, 1, 2, 3, 1104)
    member = bytes.fromhex("c07996bfe60dd011a28500aa003049e2")
    plain = bytes([0, 0x10]) + (8 + len(account)).to_bytes(2, "little")
    plain += (0xF01FF).to_bytes(4, "little") + account
    typed = bytes([5, 0]) + (28 + len(account)).to_bytes(2, "little")
    typed += (0x20).to_bytes(4, "little") + (1).to_bytes(4, "little") + member + account
    acl = bytes([4, 0]) + (8 + len(plain) + len(typed)).to_bytes(2, "little") + bytes([2, 0, 0, 0])
    acl += plain + typed
    head = bytes([1, 0]) + (0x9004).to_bytes(2, "little")
    offsets = (20, 0, 0, 20 + len(owner))
    return head + b"".join(at.to_bytes(4, "little") for at in offsets) + owner + acl


def test_the_bytes_say_the_same_as_the_text() -> None:
    from_text = parse_sddl(
        "O:BAD:P(A;ID;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;S-1-5-21-1-2-3-1104)"
        f"(OA;;WP;{_MEMBER};;S-1-5-21-1-2-3-1104)"
    )
    assert parse_descriptor(_binary().hex()) == from_text
    assert parse_binary(_binary()).aces == from_text.aces


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for raw in (data, _binary()[: len(data)], data[:4] + _binary()[4:]):
        with contextlib.suppress(SddlError):
            parse_binary(raw)
