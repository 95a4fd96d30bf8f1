"""Which rules look at trusts, rights, certificates, groups and settings?"""

from hygie.engines.directory.points import (
    certificates,
    collection,
    dns,
    groups,
    permissions,
    policies,
    rodc,
    trusts,
)
from hygie.engines.directory.points.inputs import (
    ACCOUNTS,
    COMPUTERS,
    DOMAINS,
    GROUPS,
    IS_DC,
    MORE_RIGHTS,
    PLACED,
    READ,
    RIGHTS,
    USERS,
)
from hygie.engines.directory.points.rules import Rule
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

OF_TRUSTS = tuple(
    Rule(point, decide, fields=("TRUSTS",), helps=(Flag.TRUSTS_COLLECTED,), kinds=DOMAINS)
    for point, decide in (
        ("trusts_domain_notfiltered", trusts.unfiltered_domain),
        ("trusts_forest_sidhistory", trusts.forest_sid_history),
        ("trusts_tgt_deleg", trusts.ticket_delegation),
    )
)

OF_CERTIFICATES = (
    Rule(
        "adcs_control",
        weigh=certificates.containers,
        fields=READ,
        helps=(*RIGHTS, Text.DISTINGUISHED_NAME, EdgeKind.HOSTS_CA_SERVICE),
        is_privileged=True,
    ),
    Rule(
        "adcs_template_control",
        weigh=certificates.templates,
        fields=READ,
        helps=(
            *RIGHTS,
            EdgeKind.WRITE_PKI_ENROLLMENT_FLAG,
            EdgeKind.WRITE_PKI_NAME_FLAG,
            EdgeKind.PUBLISHED_TO,
        ),
        is_privileged=True,
    ),
    Rule(
        "adcs_template_auth_enroll_with_name",
        weigh=certificates.named_by_requester,
        fields=(
            Flag.ACES_COLLECTED,
            Flag.AUTHENTICATION_ENABLED,
            Flag.SUBJECT_SUPPLIED,
            Flag.MANAGER_APPROVAL,
            Number.AUTHORIZED_SIGNATURES,
        ),
        helps=(EdgeKind.ENROLL, EdgeKind.PUBLISHED_TO),
        is_privileged=True,
    ),
    Rule("certificates_vuln", certificates.weak, fields=(Number.CERTIFICATE_FLAW_LEVEL,)),
)

OF_PERMISSIONS = (
    *(
        Rule(point, weigh=weigh, fields=PLACED, helps=MORE_RIGHTS, is_privileged=True)
        for point, weigh in (
            ("permissions_adminsdholder", permissions.admin_sd_holder),
            ("permissions_dfsr_sysvol", permissions.sysvol_replication),
            ("permissions_dpapi", permissions.backup_keys),
            ("permissions_gmsa_keys", permissions.kds_keys),
            ("permissions_schema", permissions.schema),
            ("permissions_msdns", permissions.dns_servers),
        )
    ),
    Rule(
        "permissions_dc",
        weigh=permissions.controllers,
        fields=READ,
        helps=(*MORE_RIGHTS, EdgeKind.MANAGED_BY, *IS_DC),
        kinds=COMPUTERS,
        is_privileged=True,
    ),
    Rule(
        "permissions_naming_context",
        weigh=permissions.naming_contexts,
        fields=READ,
        helps=(
            *MORE_RIGHTS,
            EdgeKind.GET_CHANGES,
            EdgeKind.GET_CHANGES_ALL,
            EdgeKind.GET_CHANGES_FILTERED,
        ),
        kinds=DOMAINS,
        is_privileged=True,
    ),
    Rule(
        "privileged_members_perm",
        weigh=permissions.members,
        fields=READ,
        helps=MORE_RIGHTS,
        kinds=(*USERS, *GROUPS),
        is_privileged=True,
    ),
    Rule(
        "permissions_gpo_priv",
        weigh=policies.policy_rights,
        fields=(Flag.ACES_COLLECTED, EdgeKind.CONTAINS),
        helps=(*RIGHTS, EdgeKind.GP_LINK, EdgeKind.GP_LINK_ENFORCED, Flag.BLOCKS_INHERITANCE),
        kinds=(*ACCOUNTS, ObjectKind.GPO),
        is_privileged=True,
    ),
    Rule(
        "permissions_gpo_container_priv",
        weigh=policies.container_rights,
        fields=(Flag.ACES_COLLECTED, EdgeKind.CONTAINS),
        helps=(*RIGHTS, EdgeKind.WRITE_GP_LINK),
        kinds=ACCOUNTS,
        is_privileged=True,
    ),
    Rule(
        "dnsadmins",
        weigh=groups.dns_admins,
        fields=(Flag.ACES_COLLECTED, Flag.MEMBERS_COLLECTED),
        helps=(*MORE_RIGHTS, Text.SAM_NAME),
        kinds=GROUPS,
        is_privileged=True,
    ),
)

OF_DOMAINS = (
    Rule(
        "user_accounts_machineaccountquota",
        policies.machine_quota,
        fields=(Number.MACHINE_QUOTA,),
        kinds=DOMAINS,
    ),
    Rule(
        "smartcard_expire_passwords",
        policies.smartcard_expiry,
        fields=(Flag.SMARTCARD_PASSWORDS_EXPIRE,),
        kinds=DOMAINS,
    ),
    Rule(
        "reversible_password_priv_namingcontext",
        policies.reversible_policy,
        fields=(Flag.REVERSIBLE_POLICY,),
        kinds=DOMAINS,
    ),
    Rule("sysvol_ntfrs", policies.sysvol_ntfrs, fields=(Flag.SYSVOL_NTFRS,), kinds=DOMAINS),
    Rule(
        "adupdate_bad",
        policies.domain_preparation,
        fields=(Number.DOMAIN_PREP_REVISION,),
        kinds=DOMAINS,
    ),
    Rule(
        "dsheuristics_bad",
        policies.heuristics,
        fields=(Text.DS_HEURISTICS,),
        helps=(Flag.DS_HEURISTICS_COLLECTED,),
        kinds=DOMAINS,
    ),
    Rule(
        "dnszone_bad_prop",
        dns.zones,
        fields=(Flag.ZONE_UNSECURE_UPDATE,),
        helps=(Number.DNS_ZONE_UPDATE, Text.DNS_NAME),
    ),
    Rule(
        "display_specifier",
        dns.display_specifiers,
        fields=(Text.ADMIN_CONTEXT_MENU,),
        helps=(Text.DISTINGUISHED_NAME,),
    ),
)

OF_GROUPS = (
    Rule(
        "compatible_2000_anonymous",
        groups.compatible_anonymous,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
    ),
    Rule(
        "compatible_2000_not_default",
        groups.compatible_others,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
    ),
    Rule(
        "group_loop",
        groups.loops,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
    ),
    Rule(
        "rodc_allowed_group",
        rodc.allowed_group,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
    ),
    Rule(
        "rodc_denied_group",
        rodc.denied_group,
        fields=(Flag.MEMBERS_COLLECTED,),
        helps=(EdgeKind.MEMBER_OF,),
        kinds=GROUPS,
    ),
    *(
        Rule(
            point,
            decide,
            fields=(Flag.RODC_POLICY_COLLECTED,),
            helps=(kind, *IS_DC),
            kinds=COMPUTERS,
            is_privileged=is_privileged,
        )
        for point, decide, kind, is_privileged in (
            ("rodc_priv_revealed", rodc.revealed, EdgeKind.RODC_REVEALED, True),
            ("rodc_reveal", rodc.may_reveal, EdgeKind.RODC_MAY_REVEAL, True),
            ("rodc_never_reveal", rodc.never_reveal, EdgeKind.RODC_NEVER_REVEAL, False),
        )
    ),
    Rule(
        "rodc_orphan_krbtgt",
        rodc.orphan_krbtgt,
        fields=(Flag.SECONDARY_KRBTGT,),
        helps=(Flag.KRBTGT_LINKED,),
        kinds=USERS,
    ),
)

OF_COLLECTION = (
    Rule(
        "critical_objects",
        collection.critical_objects,
        fields=(Text.DISTINGUISHED_NAME,),
        kinds=(*USERS, *GROUPS),
    ),
    Rule(
        "sd_failed_sd_read_on_priv",
        collection.descriptors_of_privileged,
        fields=READ,
        kinds=USERS,
        is_privileged=True,
    ),
    Rule(
        "dump_error_vuln_rp",
        collection.descriptors_of_tier_zero,
        fields=READ,
        kinds=ACCOUNTS,
        is_privileged=True,
    ),
)
