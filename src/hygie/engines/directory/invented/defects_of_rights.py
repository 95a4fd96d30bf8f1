"""Which defects can be planted in rights, groups and certificates?"""

from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.spoiling import flags, number, right, towards, without
from hygie.engines.directory.invented.types import Defect, Planting
from hygie.engines.directory.vocabulary import EdgeKind, Number, Text

_BOTH = (1, 2)


def _loop(forest: Forest) -> Planting:
    one, other = forest.one("groups"), forest.one("groups")
    forest.relate([one, other], EdgeKind.MEMBER_OF, [other, one])
    return Planting(forest.identifier(one, other))


def _managed_administrator(forest: Forest) -> Planting:
    place = forest.one("managed")
    forest.set(place, HAS_SPN=True, ADMIN_COUNT=True)
    forest.text(place, Text.SPN, [("HTTP/gmsa",)])
    forest.relate(place, EdgeKind.MEMBER_OF, forest.the("group:512"))
    return Planting(forest.identifier(place))


def _on_place(point: str, place: str, kind: EdgeKind, *more: str) -> tuple[str, Defect]:
    """A right of a group of a unit on a container of the system."""
    return point, Defect(right("groups", kind, place), dict.fromkeys((point, *more), _BOTH))


OF_RIGHTS: dict[str, Defect] = {
    **dict(
        (
            _on_place("permissions_adminsdholder", "place:adminsdholder", EdgeKind.WRITE_DACL),
            _on_place("permissions_naming_context", "domain", EdgeKind.WRITE_DACL),
            _on_place(
                "permissions_schema", "place:schema", EdgeKind.OWNS, "permissions_naming_context"
            ),
            _on_place("permissions_dfsr_sysvol", "place:sysvol", EdgeKind.GENERIC_WRITE),
            _on_place("permissions_dpapi", "place:dpapi", EdgeKind.GENERIC_ALL),
            _on_place("permissions_gmsa_keys", "place:kds", EdgeKind.WRITE_OWNER),
        )
    ),
    "permissions_dc": Defect(
        right("staff", EdgeKind.GENERIC_ALL, "controllers"), {"permissions_dc": _BOTH}
    ),
    "permissions_msdns": Defect(
        right("groups", EdgeKind.GENERIC_WRITE, "place:dns"), {"permissions_msdns": (1,)}
    ),
    "permissions_gpo_priv": Defect(
        right("groups", EdgeKind.GENERIC_WRITE, "policy:controllers"),
        {"permissions_gpo_priv": (1,)},
    ),
    "permissions_gpo_container_priv": Defect(
        right("groups", EdgeKind.WRITE_GP_LINK, "ou:tier0"),
        {"permissions_gpo_container_priv": (2,)},
    ),
    "privileged_members_perm": Defect(
        right("groups", EdgeKind.ADD_KEY_CREDENTIAL_LINK, "admins"),
        {"privileged_members_perm": _BOTH},
    ),
    "dnsadmins": Defect(
        right("staff", EdgeKind.MEMBER_OF, "group:1101"),
        {"dnsadmins": (1,), "permissions_msdns": (1,)},
    ),
    "protected_users": Defect(
        without("admins", EdgeKind.MEMBER_OF, "group:525", guilty="admins"),
        {"protected_users": (3,)},
    ),
    "adcs_control": Defect(
        right("groups", EdgeKind.GENERIC_ALL, "pki:folders"), {"adcs_control": (1,)}
    ),
    "adcs_template_control": Defect(
        right("groups", EdgeKind.WRITE_PKI_NAME_FLAG, "template:WifiChariot"),
        {"adcs_template_control": _BOTH},
    ),
    "adcs_template_auth_enroll_with_name": Defect(
        flags("template:AccesDistantAstreinte", SUBJECT_SUPPLIED=True),
        {"adcs_template_auth_enroll_with_name": (1,)},
    ),
    "certificates_vuln": Defect(
        number("pki:publication", Number.CERTIFICATE_FLAW_LEVEL, 1), {"certificates_vuln": (1,)}
    ),
    "compatible_2000_anonymous": Defect(
        towards("S-1-5-7", EdgeKind.MEMBER_OF, "builtin:554"),
        {"compatible_2000_anonymous": (2,), "compatible_2000_not_default": (3,)},
    ),
    "compatible_2000_not_default": Defect(
        towards("staff", EdgeKind.MEMBER_OF, "builtin:554"), {"compatible_2000_not_default": (3,)}
    ),
    "group_loop": Defect(_loop, {"group_loop": (4,)}),
    "rodc_priv_revealed": Defect(
        towards("admins", EdgeKind.RODC_REVEALED, "rodc"), {"rodc_priv_revealed": (2,)}
    ),
    "rodc_reveal": Defect(
        towards("group:512", EdgeKind.RODC_MAY_REVEAL, "rodc"), {"rodc_reveal": (3,)}
    ),
    "rodc_never_reveal": Defect(
        without("builtin:548", EdgeKind.RODC_NEVER_REVEAL, "rodc", guilty="rodc"),
        {"rodc_never_reveal": (3,)},
    ),
    "rodc_allowed_group": Defect(
        towards("staff", EdgeKind.MEMBER_OF, "group:571"), {"rodc_allowed_group": (3,)}
    ),
    "rodc_denied_group": Defect(
        without("krbtgt", EdgeKind.MEMBER_OF, "group:572", guilty="group:572"),
        {"rodc_denied_group": (3,)},
    ),
    "warning_privileged_members_foreign": Defect(
        right("stranger", EdgeKind.MEMBER_OF, "builtin:544"),
        {"warning_privileged_members_foreign": (1,)},
    ),
    "warning_privileged_members_not_empty": Defect(
        towards("admins", EdgeKind.MEMBER_OF, "builtin:551"),
        {"warning_privileged_members_not_empty": (3,)},
    ),
    # A server reads the password of the account, as servers do: that server is a stranger.
    "warning_spn_priv": Defect(
        _managed_administrator, {"warning_spn_priv": (1,), "privileged_members_perm": _BOTH}
    ),
}
