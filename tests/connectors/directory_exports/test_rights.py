"""A DACL states the relations that its entries give, and only those."""

import pytest

from hygie.connectors.directory_exports import schema_guids as guids
from hygie.connectors.directory_exports.rights import has_owner_rights, stated_rights
from hygie.connectors.directory_exports.sddl import parse_sddl
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind, ObjectKind

_WHO = "S-1-5-21-1-2-3-1104"
_LAPS = "AAAAAAAA-0000-4000-8000-000000000001"
_USER, _COMPUTER, _GROUP = ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP


def _kinds(entries: str, kind: ObjectKind, class_guid: str = "") -> set[EdgeKind]:
    rights = stated_rights(parse_sddl(f"D:{entries}"), kind, class_guid, frozenset({_LAPS}))
    return {edge for sid, edge, _ in rights if sid == _WHO}


@pytest.mark.parametrize(
    ("rights", "guid", "kind", "expected"),
    [
        ("CCDCLCSWRPWPDTLOCRSDRCWDWO", "", _USER, {EdgeKind.GENERIC_ALL}),
        ("GA", "", ObjectKind.CONFIGURATION, {EdgeKind.GENERIC_ALL}),
        ("WD", "", _USER, {EdgeKind.WRITE_DACL}),
        ("WO", "", _USER, {EdgeKind.WRITE_OWNER}),
        ("WP", "", _USER, {EdgeKind.GENERIC_WRITE}),
        ("GW", "", _GROUP, {EdgeKind.GENERIC_WRITE, EdgeKind.ADD_SELF}),
        ("CR", "", _USER, {EdgeKind.ALL_EXTENDED_RIGHTS}),
        ("CR", "", _GROUP, set()),
        ("CR", guids.RESET_PASSWORD, _USER, {EdgeKind.FORCE_CHANGE_PASSWORD}),
        ("CR", guids.RESET_PASSWORD, _GROUP, set()),
        ("CR", guids.GET_CHANGES, ObjectKind.DOMAIN, {EdgeKind.GET_CHANGES}),
        ("CR", guids.GET_CHANGES_ALL, ObjectKind.DOMAIN, {EdgeKind.GET_CHANGES_ALL}),
        ("CR", guids.GET_CHANGES_FILTERED, ObjectKind.DOMAIN, {EdgeKind.GET_CHANGES_FILTERED}),
        ("CR", guids.ENROLL, ObjectKind.CERT_TEMPLATE, {EdgeKind.ENROLL}),
        ("CR", guids.ENROLL, ObjectKind.ENTERPRISE_CA, {EdgeKind.ENROLL}),
        ("CR", _LAPS, _COMPUTER, {EdgeKind.READ_LAPS_PASSWORD}),
        ("WP", guids.MEMBER, _GROUP, {EdgeKind.ADD_MEMBER}),
        ("WP", guids.MEMBERSHIP, _GROUP, {EdgeKind.ADD_MEMBER}),
        ("WP", guids.MEMBER, _USER, set()),
        ("SW", guids.MEMBER, _GROUP, {EdgeKind.ADD_SELF}),
        ("WP", guids.SERVICE_PRINCIPAL_NAME, _USER, {EdgeKind.WRITE_SPN}),
        ("WP", guids.ALLOWED_TO_ACT, _COMPUTER, {EdgeKind.ADD_ALLOWED_TO_ACT}),
        ("WP", guids.KEY_CREDENTIAL_LINK, _COMPUTER, {EdgeKind.ADD_KEY_CREDENTIAL_LINK}),
        ("WP", guids.ACCOUNT_RESTRICTIONS, _USER, {EdgeKind.WRITE_ACCOUNT_RESTRICTIONS}),
        ("WP", guids.PUBLIC_INFORMATION, _USER, {EdgeKind.WRITE_PUBLIC_INFORMATION}),
        (
            "WP",
            guids.ALT_SECURITY_IDENTITIES,
            _USER,
            {EdgeKind.WRITE_ALT_SECURITY_IDENTITIES},
        ),
        ("WP", guids.GP_LINK, ObjectKind.OU, {EdgeKind.WRITE_GP_LINK}),
        (
            "WP",
            guids.PKI_NAME_FLAG,
            ObjectKind.CERT_TEMPLATE,
            {EdgeKind.WRITE_PKI_NAME_FLAG},
        ),
        (
            "WP",
            guids.PKI_ENROLLMENT_FLAG,
            ObjectKind.CERT_TEMPLATE,
            {EdgeKind.WRITE_PKI_ENROLLMENT_FLAG},
        ),
        ("RPLCRC", "", _USER, set()),
    ],
)
def test_a_right_is_named_by_its_mask_its_guid_and_the_class(
    rights: str, guid: str, kind: ObjectKind, expected: set[EdgeKind]
) -> None:
    entry = f"({'OA' if guid else 'A'};;{rights};{guid};;{_WHO})"
    assert _kinds(entry, kind) == expected


def test_an_inherit_only_entry_says_nothing_of_its_object() -> None:
    assert _kinds(f"(A;CIIO;GA;;;{_WHO})", ObjectKind.OU) == set()


def test_an_inherited_entry_for_another_class_is_left_out() -> None:
    entry = f"(OA;CIID;WP;;{guids.CLASSES['USER']};{_WHO})"
    assert _kinds(entry, _USER, guids.CLASSES["USER"]) == {EdgeKind.GENERIC_WRITE}
    assert _kinds(entry, _COMPUTER, guids.CLASSES["COMPUTER"]) == set()
    own = f"(OA;CI;WP;;{guids.CLASSES['USER']};{_WHO})"
    assert _kinds(own, ObjectKind.OU, guids.CLASSES["ORGANIZATIONALUNIT"]) == {
        EdgeKind.GENERIC_WRITE
    }


def test_a_refusal_before_an_allowance_takes_it_away() -> None:
    assert _kinds(f"(D;;WD;;;{_WHO})(A;;WDWO;;;{_WHO})", _USER) == {EdgeKind.WRITE_OWNER}
    assert _kinds(f"(D;;WD;;;WD)(A;;WDWO;;;{_WHO})", _USER) == {EdgeKind.WRITE_OWNER}
    assert _kinds(f"(A;;WDWO;;;{_WHO})(D;;WD;;;{_WHO})", _USER) == {
        EdgeKind.WRITE_OWNER,
        EdgeKind.WRITE_DACL,
    }


def test_a_refusal_of_one_property_leaves_the_others() -> None:
    refused = f"(OD;;WP;{guids.MEMBER};;{_WHO})"
    assert _kinds(f"{refused}(OA;;WP;{guids.MEMBER};;{_WHO})", _GROUP) == set()
    assert _kinds(f"{refused}(A;;WP;;;{_WHO})", _GROUP) == {EdgeKind.GENERIC_WRITE}


def test_a_refusal_to_a_group_leaves_the_right_of_its_members_stated() -> None:
    assert _kinds(f"(D;;WD;;;BA)(A;;WD;;;{_WHO})", _USER) == {EdgeKind.WRITE_DACL}


def test_full_control_without_one_bit_is_not_full_control() -> None:
    kinds = _kinds(f"(D;;SD;;;{_WHO})(A;;GA;;;{_WHO})", _GROUP)
    assert EdgeKind.GENERIC_ALL not in kinds
    assert EdgeKind.WRITE_DACL in kinds


def test_self_creator_and_system_are_left_out_and_owner_rights_is_flagged() -> None:
    found = parse_sddl("D:(A;;GA;;;PS)(A;;GA;;;CO)(A;;GA;;;SY)(A;;RC;;;OW)")
    assert stated_rights(found, _USER) == []
    assert has_owner_rights(found)


def test_a_null_dacl_gives_everything_to_everyone() -> None:
    found = parse_sddl("D:NO_ACCESS_CONTROL")
    assert stated_rights(found, _USER) == [("S-1-1-0", EdgeKind.GENERIC_ALL, 0)]


def test_a_right_both_inherited_and_own_is_its_own() -> None:
    found = parse_sddl(f"D:(A;CIID;WD;;;{_WHO})(A;;WD;;;{_WHO})(A;CIID;WO;;;{_WHO})")
    assert set(stated_rights(found, _USER)) == {
        (_WHO, EdgeKind.WRITE_DACL, 0),
        (_WHO, EdgeKind.WRITE_OWNER, EdgeFlag.INHERITED),
    }
