"""Which faults do the points on certificates, trusts, settings and groups see?"""

from hygie.engines.directory.vocabulary import EdgeKind, Number, Text
from tests.engines.directory.hospital import DC, DNS, NAMED, PKI, SID
from tests.engines.directory.planting import (
    ADMIN,
    HOLDER,
    MENU,
    NURSE,
    TEAM,
    TEMPLATE,
    ZONE,
    Fault,
    dates,
    draft_template,
    flags,
    foreign,
    member,
    number,
    other_zone,
    rebuilt,
    right,
    service_in_admins,
    steps,
    template,
    trusts,
    without_object,
)

OF_FOREST: dict[str, tuple[Fault, ...]] = {
    "adcs_control": (
        Fault(right("team", EdgeKind.GENERIC_ALL, f"CN=AIA,{PKI}"), (1,), (TEAM,)),
        Fault(
            right("ca_host", EdgeKind.GENERIC_ALL, f"CN=CHU-CA,CN=CERTIFICATION AUTHORITIES,{PKI}"),
            (1,),
            (NAMED["ca_host"],),
        ),
    ),
    "adcs_template_control": (
        Fault(right("team", EdgeKind.WRITE_PKI_NAME_FLAG, TEMPLATE), (1, 2), (TEAM,)),
        Fault(draft_template, (2,), (TEAM,)),
    ),
    "adcs_template_auth_enroll_with_name": (
        Fault(template(SUBJECT_SUPPLIED=True), (1,), (TEMPLATE,)),
    ),
    "certificates_vuln": tuple(
        Fault(
            number(f"CN=CHU-CA,CN=AIA,{PKI}", Number.CERTIFICATE_FLAW_LEVEL, level),
            (level,),
        )
        for level in (1, 2, 3)
    ),
    "trusts_domain_notfiltered": (Fault(trusts("external", 0), (1,), (SID,)),),
    "trusts_forest_sidhistory": (Fault(trusts("forest", 0x48), (1,), (SID,)),),
    "trusts_tgt_deleg": (Fault(trusts("forest", 0x808), (3,), (SID,)),),
    "dsheuristics_bad": (
        Fault(
            lambda forest: forest.text(
                forest.domain, Text.DS_HEURISTICS, "0000000101000000000200000001130"
            ),
            (1,),
        ),
        Fault(
            lambda forest: forest.text(
                forest.domain, Text.DS_HEURISTICS, "0000002001000000000200000001130"
            ),
            (2,),
        ),
        Fault(lambda forest: forest.text(forest.domain, Text.DS_HEURISTICS, "0"), (4,)),
        Fault(
            lambda forest: forest.text(
                forest.domain, Text.DS_HEURISTICS, "0000000001000000000200000002130"
            ),
            (2, 4),
        ),
    ),
    "dnszone_bad_prop": (
        Fault(flags(ZONE, ZONE_UNSECURE_UPDATE=True), (1, 3), (ZONE,)),
        Fault(other_zone, (3,)),
    ),
    "display_specifier": (
        Fault(
            lambda forest: forest.text(
                forest.at(MENU), Text.ADMIN_CONTEXT_MENU, ("2,&Outil,\\\\NAS\\outils\\agent.vbs",)
            ),
            (1,),
            (MENU,),
        ),
    ),
    "adupdate_bad": (Fault(number("domain", Number.DOMAIN_PREP_REVISION, 15), (2,), (SID,)),),
    "sysvol_ntfrs": (Fault(flags("domain", SYSVOL_NTFRS=True), (2,), (SID,)),),
    "reversible_password_priv_namingcontext": (
        Fault(flags("domain", REVERSIBLE_POLICY=True), (3,), (SID,)),
    ),
    "smartcard_expire_passwords": (
        Fault(flags("domain", SMARTCARD_PASSWORDS_EXPIRE=False), (4,), (SID,)),
    ),
    "user_accounts_machineaccountquota": (
        Fault(number("domain", Number.MACHINE_QUOTA, 10), (4,), (SID,)),
    ),
    "compatible_2000_anonymous": (
        Fault(member("anonymous", f"{DNS}-S-1-5-32-554"), (2,), (f"{DNS}-S-1-5-32-554",)),
    ),
    "compatible_2000_not_default": (
        Fault(member("nurse", f"{DNS}-S-1-5-32-554"), (3,), (f"{DNS}-S-1-5-32-554",)),
    ),
    "group_loop": (
        Fault(
            steps(member("team", f"{SID}-1101"), member(f"{SID}-1101", "team")),
            (4,),
            (TEAM, f"{SID}-1101"),
        ),
    ),
    "rodc_priv_revealed": (
        Fault(right("admin", EdgeKind.RODC_REVEALED, "rodc"), (2,), (NAMED["rodc"],)),
    ),
    "rodc_reveal": (
        Fault(right(f"{SID}-512", EdgeKind.RODC_MAY_REVEAL, "rodc"), (3,), (NAMED["rodc"],)),
        Fault(right("admin", EdgeKind.RODC_MAY_REVEAL, "rodc"), (3,), (NAMED["rodc"],)),
    ),
    "rodc_never_reveal": (
        Fault(rebuilt((f"{SID}-572", EdgeKind.RODC_NEVER_REVEAL, "rodc")), (3,)),
    ),
    "rodc_allowed_group": (Fault(member("nurse", f"{SID}-571"), (3,), (f"{SID}-571",)),),
    "rodc_denied_group": (
        Fault(rebuilt(("krbtgt", EdgeKind.MEMBER_OF, f"{SID}-572")), (3,), (f"{SID}-572",)),
    ),
    "rodc_orphan_krbtgt": (
        Fault(flags("branch_krbtgt", KRBTGT_LINKED=False), (3,), (NAMED["branch_krbtgt"],)),
    ),
    "critical_objects": (
        Fault(without_object("administrator"), (1,), (SID,)),
        Fault(without_object(HOLDER), (1,), (SID,)),
    ),
    "sd_failed_sd_read_on_priv": (Fault(flags("admin", ACES_COLLECTED=False), (3,), (ADMIN,)),),
    "dump_error_vuln_rp": (Fault(flags("dc", ACES_COLLECTED=False), (1,), (NAMED["dc"],)),),
    "warning_admincount": (Fault(flags("nurse", ADMIN_COUNT=True), (3,), (NURSE,)),),
    "warning_dont_expire": (Fault(flags("nurse", PASSWORD_NEVER_EXPIRES=True), (2,), (NURSE,)),),
    "warning_password_change": (Fault(dates("nurse", PASSWORD_SET=1100), (1,), (NURSE,)),),
    "warning_privileged_members_foreign": (Fault(foreign, (1,), ("S-1-5-21-9-9-9-1105",)),),
    "warning_privileged_members_expired_disabled": (
        Fault(flags("admin", ENABLED=False), (4,), (ADMIN,)),
    ),
    "warning_privileged_members_not_empty": (
        Fault(member("nurse", f"{DNS}-S-1-5-32-551"), (3,), (f"{DNS}-S-1-5-32-551",)),
    ),
    "warning_reversible_password": (
        Fault(flags("nurse", REVERSIBLE_PASSWORD=True), (3,), (NURSE,)),
    ),
    "warning_rid500": (Fault(dates("administrator", LAST_LOGON=3), (1,)),),
    "warning_user_accounts_dormant": (
        Fault(dates("nurse", PASSWORD_SET=1500, LAST_LOGON=500), (1,), (NURSE,)),
    ),
    "warning_spn_priv": (Fault(service_in_admins, (1,), (NAMED["gmsa"],)),),
    "info_laps": (Fault(flags("workstation", HAS_LAPS=False), (4,), (NAMED["workstation"],)),),
    "info_sd_protected_ou": (
        Fault(flags(f"OU=AGENTS,{DC}", ACL_PROTECTED=True), (4,), (f"OU=AGENTS,{DC}",)),
    ),
}
