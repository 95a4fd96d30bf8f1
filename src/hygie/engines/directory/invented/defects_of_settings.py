"""Which defects can be planted in settings, trusts, and in what an export could see?"""

from dataclasses import replace

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.frame import trust_with_partner
from hygie.engines.directory.invented.spoiling import (
    Spoil,
    crowd,
    days,
    flags,
    number,
    text,
    unread,
    unseen,
)
from hygie.engines.directory.invented.types import Defect, Planting
from hygie.engines.directory.vocabulary import Instant, Number, Text


def _trust(kind: str, attributes: int) -> Spoil:
    """One more trust, with another partner."""

    def spoil(forest: Forest) -> Planting:
        rank = len(forest.trusts)
        forest.trusts.append(
            replace(
                trust_with_partner(forest, kind, attributes, delegates=bool(attributes & 0x800)),
                partner_sid=f"S-1-5-21-1004336348-1177238915-68200333{rank}",
                partner_name=f"CLINIQUE-{rank}.LAN",
            )
        )
        return Planting(forest.identifier(forest.the("domain")))

    return spoil


def _without_holder(forest: Forest) -> Planting:
    unseen(forest, forest.the("place:adminsdholder"))
    return Planting(forest.identifier(forest.the("domain")))


def _unread(role: str) -> Spoil:
    def spoil(forest: Forest) -> Planting:
        place = forest.the(role)
        unread(forest, place)
        return Planting(forest.identifier(place))

    return spoil


def _without_laps(forest: Forest, hosts: IntArray) -> None:
    forest.set(hosts, HAS_LAPS=False)


def _one_asleep(forest: Forest) -> Planting:
    place = forest.one("staff")
    for name, ago in (("PASSWORD_SET", 1500), ("LAST_LOGON", 500), ("CREATED", 3000)):
        forest.date(place, Instant[name], ago)
    return Planting(forest.identifier(place))


OF_SETTINGS: dict[str, Defect] = {
    "trusts_domain_notfiltered": Defect(_trust("external", 0), {"trusts_domain_notfiltered": (1,)}),
    "trusts_forest_sidhistory": Defect(_trust("forest", 0x48), {"trusts_forest_sidhistory": (1,)}),
    "trusts_tgt_deleg": Defect(_trust("forest", 0x808), {"trusts_tgt_deleg": (3,)}),
    "dsheuristics_bad": Defect(
        text("domain", Text.DS_HEURISTICS, "0000000101000000000200000001130"),
        {"dsheuristics_bad": (1,)},
    ),
    "dnszone_bad_prop": Defect(
        flags("zone:domain", ZONE_UNSECURE_UPDATE=True), {"dnszone_bad_prop": (1, 3)}
    ),
    "display_specifier": Defect(
        text("place:menu", Text.ADMIN_CONTEXT_MENU, ("2,&Outil,\\\\NAS\\outils\\agent.vbs",)),
        {"display_specifier": (1,)},
    ),
    "adupdate_bad": Defect(
        number("domain", Number.DOMAIN_PREP_REVISION, 15), {"adupdate_bad": (2,)}
    ),
    "sysvol_ntfrs": Defect(flags("domain", SYSVOL_NTFRS=True), {"sysvol_ntfrs": (2,)}),
    "reversible_password_priv_namingcontext": Defect(
        flags("domain", REVERSIBLE_POLICY=True), {"reversible_password_priv_namingcontext": (3,)}
    ),
    "smartcard_expire_passwords": Defect(
        flags("domain", SMARTCARD_PASSWORDS_EXPIRE=False), {"smartcard_expire_passwords": (4,)}
    ),
    "user_accounts_machineaccountquota": Defect(
        number("domain", Number.MACHINE_QUOTA, 10), {"user_accounts_machineaccountquota": (4,)}
    ),
    "rodc_orphan_krbtgt": Defect(
        flags("branch_krbtgt", KRBTGT_LINKED=False), {"rodc_orphan_krbtgt": (3,)}
    ),
    # What could not be read leaves open the points that look there.
    "critical_objects": Defect(_without_holder, {"critical_objects": (1,)}, is_blinding=True),
    "sd_failed_sd_read_on_priv": Defect(
        _unread("administrator"),
        {"sd_failed_sd_read_on_priv": (3,), "dump_error_vuln_rp": (1,)},
        is_blinding=True,
    ),
    "dump_error_vuln_rp": Defect(
        _unread("controllers"), {"dump_error_vuln_rp": (1,)}, is_blinding=True
    ),
    "warning_admincount": Defect(flags("staff", ADMIN_COUNT=True), {"warning_admincount": (3,)}),
    "warning_dont_expire": Defect(
        flags("staff", PASSWORD_NEVER_EXPIRES=True), {"warning_dont_expire": (2,)}
    ),
    "warning_password_change": Defect(
        days("staff", PASSWORD_SET=1100), {"warning_password_change": (1,)}
    ),
    "warning_privileged_members_expired_disabled": Defect(
        flags("admins", ENABLED=False), {"warning_privileged_members_expired_disabled": (4,)}
    ),
    "warning_reversible_password": Defect(
        flags("staff", REVERSIBLE_PASSWORD=True), {"warning_reversible_password": (3,)}
    ),
    "warning_rid500": Defect(days("administrator", LAST_LOGON=3), {"warning_rid500": (1,)}),
    "warning_user_accounts_dormant": Defect(
        _one_asleep, {"warning_user_accounts_dormant": (1,), "warning_password_change": (1,)}
    ),
    "info_laps": Defect(crowd({"workstations": 0.3}, _without_laps), {"info_laps": (4,)}),
    "info_sd_protected_ou": Defect(
        flags("ou:staff", ACL_PROTECTED=True), {"info_sd_protected_ou": (4,)}
    ),
}
