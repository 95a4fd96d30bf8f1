"""Which control point does each rule of PingCastle speak of, and how far does it decide it?

The identifiers are facts read from the rules of the tool (attribute `RuleDurANSSI`,
netwrix/pingcastle, Healthcheck/Rules). Its levels and thresholds have drifted from the checklist:
they are not taken. Each row says what the rule proves of *our* point:

- `EXACT`: it fires when the point fails, and only then. Not firing is passing.
- `FIRING`: it looks at part of the point, or asks for more: firing is failing, not firing tells
  nothing.
- `HINT`: its threshold or its subject is another: it is shown, and decides nothing.
"""

from dataclasses import dataclass
from enum import Enum


class Meaning(Enum):
    """What a rule proves; see the head of the module."""

    EXACT = "exact"
    FIRING = "firing"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        point: catalogue id. meaning: what it proves.
        levels: of the catalogue, the levels that fail when it fires; () = not told which.
        since: first version of the engine that has it, (0, 0) = all that are met.
    """

    point: str
    meaning: Meaning
    levels: tuple[int, ...] = ()
    since: tuple[int, ...] = (0, 0)


_E, _F, _H = Meaning.EXACT, Meaning.FIRING, Meaning.HINT
_CERTIFICATES = "certificates_vuln"

RULES: dict[str, Rule] = {
    # Certificates
    "A-CertTempCustomSubject": Rule("adcs_template_auth_enroll_with_name", _F, since=(2, 9, 3)),
    "A-CertTempAnyPurpose": Rule("adcs_template_auth_enroll_with_name", _H, since=(2, 9, 3)),
    "A-CertTempAnyone": Rule("adcs_template_control", _F, since=(2, 9, 3)),
    "A-CertROCA": Rule(_CERTIFICATES, _F, (1,), (2, 9)),
    "A-CertWeakDSA": Rule(_CERTIFICATES, _F, (1,), (2, 9)),
    "A-WeakRSARootCert": Rule(_CERTIFICATES, _F, (1,)),
    "A-WeakRSARootCert2": Rule(_CERTIFICATES, _F, (3,), (2, 9)),
    "A-CertWeakRsaComponent": Rule(_CERTIFICATES, _F, (3,), (2, 9)),
    "A-MD2RootCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-MD2IntermediateCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-MD4RootCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-MD4IntermediateCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-MD5RootCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-MD5IntermediateCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-SHA0RootCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-SHA0IntermediateCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-SHA1RootCert": Rule(_CERTIFICATES, _F, (3,)),
    "A-SHA1IntermediateCert": Rule(_CERTIFICATES, _F, (3,)),
    # Domain controllers
    "S-DCRegistration": Rule("dc_inconsistent_uac", _F, since=(2, 9)),
    "S-PwdLastSet-DC": Rule("password_change_dc_no_change", _E, since=(2, 9)),
    "S-DC-Inactive": Rule("password_change_inactive_dc", _E, since=(2, 9)),
    "P-DCOwner": Rule("owner", _F),
    # Delegation
    "P-DelegationDCa2d2": Rule("delegation_a2d2", _F, since=(2, 9)),
    "P-DelegationDCt2a4d": Rule("delegation_t2a4d", _F, since=(2, 9)),
    "P-DelegationDCsourcedeleg": Rule("delegation_sourcedeleg", _F, since=(2, 9)),
    "P-UnconstrainedDelegation": Rule("delegation_t4d", _F, since=(2, 6)),
    # Settings of the forest and of the domain
    "P-DisplaySpecifier": Rule("display_specifier", _E, since=(2, 11, 2)),
    "A-DnsZoneUpdate1": Rule("dnszone_bad_prop", _E, (1,), (2, 9)),
    "A-DnsZoneUpdate2": Rule("dnszone_bad_prop", _E, (3,), (2, 9)),
    "A-DsHeuristicsAllowAnonNSPI": Rule("dsheuristics_bad", _F, (1,), (2, 9)),
    "P-DsHeuristicsAdminSDExMask": Rule("dsheuristics_bad", _F, (1,), (2, 7)),
    "A-DsHeuristicsAnonymous": Rule("dsheuristics_bad", _F, (2,)),
    "A-DsHeuristicsDoNotVerifyUniqueness": Rule("dsheuristics_bad", _F, (2,), (2, 10, 1)),
    "A-DsHeuristicsLDAPSecurity": Rule("dsheuristics_bad", _F, (4,), (2, 10, 1)),
    "S-FunctionalLevel1": Rule("functional_level", _F, (1, 3, 4), (2, 11, 2)),
    "S-FunctionalLevel3": Rule("functional_level", _F, (3, 4), (2, 11, 2)),
    "S-FunctionalLevel4": Rule("functional_level", _F, (4,), (2, 11, 2)),
    "P-DelegationKeyAdmin": Rule("adupdate_bad", _F, since=(2, 6)),
    "A-NTFRSOnSysvol": Rule("sysvol_ntfrs", _E, since=(2, 9)),
    "S-ADRegistration": Rule("user_accounts_machineaccountquota", _F),
    "A-SmartCardPwdRotation": Rule("smartcard_expire_passwords", _F, since=(3, 3)),
    "A-PreWin2000Anonymous": Rule("compatible_2000_anonymous", _E),
    "A-PreWin2000Other": Rule("compatible_2000_not_default", _E, since=(2, 9)),
    "A-Guest": Rule("guest", _E, since=(2, 10, 1)),
    "A-Krbtgt": Rule("krbtgt", _E),
    "A-MinPwdLen": Rule("privileged_members_password", _H),
    # Privileged accounts
    "P-DNSAdmin": Rule("dnsadmins", _F, since=(2, 9)),
    "P-ServiceDomainAdmin": Rule("dont_expire_priv", _F),
    "S-NoPreAuthAdmin": Rule("kerberos_properties_preauth_priv", _F, since=(2, 9)),
    "P-AdminPwdTooOld": Rule("password_change_priv", _F, since=(2, 9)),
    "P-AdminNum": Rule("privileged_members", _H),
    "P-Kerberoasting": Rule("spn_priv", _H, since=(2, 7)),
    "P-ProtectedUsers": Rule("protected_users", _F, since=(2, 9)),
    "A-AdminSDHolder": Rule("privileged_members_no_admincount", _H),
    # Accounts
    "S-Inactive": Rule("user_accounts_dormant", _H),
    "S-C-Inactive": Rule("password_change_inactive_servers", _H),
    "S-PwdNeverExpires": Rule("dont_expire", _H, since=(2, 9)),
    "S-DesEnabled": Rule("kerberos_properties_deskey", _F),
    "S-NoPreAuth": Rule("kerberos_properties_preauth", _F),
    "S-PwdLastSet-45": Rule("password_change_server_no_change_45", _F),
    "S-PwdLastSet-90": Rule("password_change_server_no_change_90", _F),
    "S-PwdLastSet-Cluster": Rule("password_change_cluster_no_change_3years", _F),
    "S-PrimaryGroup": Rule("primary_group_id_nochange", _F),
    "S-C-PrimaryGroup": Rule("primary_group_id_nochange", _F),
    # Read-only controllers
    "P-RODCAdminRevealed": Rule("rodc_priv_revealed", _F, since=(2, 9)),
    "P-RODCNeverReveal": Rule("rodc_never_reveal", _F, since=(2, 9)),
    "P-RODCRevealOnDemand": Rule("rodc_reveal", _F, since=(2, 9)),
    "P-RODCAllowedGroup": Rule("rodc_allowed_group", _F, since=(2, 9)),
    "P-RODCDeniedGroup": Rule("rodc_denied_group", _F, since=(2, 9)),
    "P-RODCKrbtgtOrphan": Rule("rodc_orphan_krbtgt", _F, since=(3, 3)),
    # Histories and trusts
    "T-SIDHistoryDangerous": Rule("sidhistory_dangerous", _F, since=(2, 9)),
    "T-SIDHistorySameDomain": Rule("sidhistory_present", _F),
    "T-SIDHistoryUnknownDomain": Rule("sidhistory_present", _F),
    "T-SIDFiltering": Rule("trusts_domain_notfiltered", _H),
    "T-TGTDelegation": Rule("trusts_tgt_deleg", _F, since=(2, 7)),
    "T-Inactive": Rule("trusts_accounts", _H),
}
