"""Which shape have the records of SharpHound and of the tools that write like it, v5 and v6?

One shape for every type: a record only fills the part of its type. An unknown key refuses the quick
decoding, so that `sharphound_spelling` looks at it; among `Properties` unknown keys are skipped,
secrets among them, and never become objects of this program.

Source: the ingest structures of BloodHound CE (packages/go/ein), and what RustHound-CE and
BloodHound.py write; docs/engines/directory-exports.md §2.
"""

from typing import TypeAlias

from msgspec import UNSET, Raw, Struct, UnsetType, field

Scalar: TypeAlias = bool | int | float | str | None
Texts: TypeAlias = list[str | None] | str | None
_SKIPPED = Raw()


class Principal(Struct, forbid_unknown_fields=True, gc=False):
    """A reference to an object."""

    identifier: str | None = field(default=None, name="ObjectIdentifier")
    kind: str | None = field(default=None, name="ObjectType")


Principals: TypeAlias = list[Principal | str | None] | None


class Ace(Struct, forbid_unknown_fields=True, gc=False):
    """One right of a principal on the object that carries the list."""

    principal: str | None = field(default=None, name="PrincipalSID")
    kind: str | None = field(default=None, name="PrincipalType")
    right: str | None = field(default=None, name="RightName")
    inherited: bool | None = field(default=None, name="IsInherited")
    hashed: str | None = field(default=None, name="InheritanceHash")
    owner_rights: bool | None = field(default=None, name="IsPermissionForOwnerRightsSid")
    inherited_owner_rights: bool | None = field(
        default=None, name="IsInheritedPermissionForOwnerRightsSid"
    )


Aces: TypeAlias = list[Ace | None] | None


class Session(Struct, forbid_unknown_fields=True, gc=False):
    """Somebody signed in on a host."""

    user: str | None = field(default=None, name="UserSID")
    computer: str | None = field(default=None, name="ComputerSID")
    logon_type: int | None = field(default=None, name="LogonType")


class Sessions(Struct, forbid_unknown_fields=True, gc=False):
    """The sessions of a host, if they were collected."""

    results: list[Session | None] | None = field(default=None, name="Results")
    collected: bool | None = field(default=None, name="Collected")
    failure: str | None = field(default=None, name="FailureReason")


class Collected(Struct, forbid_unknown_fields=True, gc=False):
    """The principals of a local group or of a privilege, if they were collected."""

    identifier: str | None = field(default=None, name="ObjectIdentifier")
    name: str | None = field(default=None, name="Name")
    privilege: str | None = field(default=None, name="Privilege")
    results: Principals = field(default=None, name="Results")
    collected: bool | None = field(default=None, name="Collected")
    failure: str | None = field(default=None, name="FailureReason")
    local_names: Raw = field(default=_SKIPPED, name="LocalNames")
    local_name: Raw = field(default=_SKIPPED, name="LocalName")


class Link(Struct, forbid_unknown_fields=True, gc=False):
    """A group policy linked to a domain or to an OU."""

    policy: str | None = field(default=None, name="GUID")
    policy_too: str | None = field(default=None, name="Guid")
    enforced: bool | None = field(default=None, name="IsEnforced")


class PolicyChanges(Struct, forbid_unknown_fields=True, gc=False):
    """What the group policies of a domain or OU put in the local groups of hosts."""

    admins: Principals = field(default=None, name="LocalAdmins")
    desktops: Principals = field(default=None, name="RemoteDesktopUsers")
    dcom: Principals = field(default=None, name="DcomUsers")
    ps_remote: Principals = field(default=None, name="PSRemoteUsers")
    computers: Principals = field(default=None, name="AffectedComputers")


class TrustRecord(Struct, forbid_unknown_fields=True, gc=False):
    """A trust; the direction is a word or the number of the attribute."""

    sid: str | None = field(default=None, name="TargetDomainSid")
    domain_name: str | None = field(default=None, name="TargetDomainName")
    transitive: bool | None = field(default=None, name="IsTransitive")
    direction: int | str | None = field(default=None, name="TrustDirection")
    kind: int | str | None = field(default=None, name="TrustType")
    attributes: int | str | None = field(default=None, name="TrustAttributes")
    filtering: bool | None = field(default=None, name="SidFilteringEnabled")
    tgt_delegation: bool | None = field(default=None, name="TGTDelegationEnabled")


class SpnTarget(Struct, forbid_unknown_fields=True, gc=False):
    """A service that an account runs on a host."""

    computer: str | None = field(default=None, name="ComputerSID")
    port: int | None = field(default=None, name="Port")
    service: str | None = field(default=None, name="Service")


class RegistryNumber(Struct, forbid_unknown_fields=True, gc=False):
    """A number of the registry, if it was collected; -1 = no such value there."""

    value: int | str | bool | None = field(default=None, name="Value")
    collected: bool | None = field(default=None, name="Collected")
    failure: str | None = field(default=None, name="FailureReason")


class ControllerRegistry(Struct, forbid_unknown_fields=True, gc=False):
    """What the registry of a domain controller says."""

    mapping: RegistryNumber | None = field(default=None, name="CertificateMappingMethods")
    binding: RegistryNumber | None = field(default=None, name="StrongCertificateBindingEnforcement")
    netlogon: Raw = field(default=_SKIPPED, name="VulnerableNetlogonSecurityDescriptor")


class AuthoritySecurity(Struct, forbid_unknown_fields=True, gc=False):
    """The rights that a certification authority enforces itself, if they were collected."""

    aces: Aces = field(default=None, name="Data")
    collected: bool | None = field(default=None, name="Collected")
    failure: str | None = field(default=None, name="FailureReason")


class AgentRestriction(Struct, forbid_unknown_fields=True, gc=False):
    """Which agent may enrol on behalf of whom, on which template."""

    access: str | None = field(default=None, name="AccessType")
    agent: Principal | None = field(default=None, name="Agent")
    all_templates: bool | None = field(default=None, name="AllTemplates")
    targets: Principals = field(default=None, name="Targets")
    template: Principal | None = field(default=None, name="Template")


class AgentRestrictions(Struct, forbid_unknown_fields=True, gc=False):
    """The restrictions of enrolment agents, if they were collected."""

    restrictions: list[AgentRestriction | None] | None = field(default=None, name="Restrictions")
    collected: bool | None = field(default=None, name="Collected")
    failure: str | None = field(default=None, name="FailureReason")


class AuthorityRegistry(Struct, forbid_unknown_fields=True, gc=False):
    """What the registry of a certification authority says."""

    security: AuthoritySecurity | None = field(default=None, name="CASecurity")
    agents: AgentRestrictions | None = field(default=None, name="EnrollmentAgentRestrictions")
    user_san: RegistryNumber | None = field(default=None, name="IsUserSpecifiesSanEnabled")
    separation: Raw = field(default=_SKIPPED, name="RoleSeparationEnabled")


class Properties(Struct, gc=False):
    """The properties that a fact is made of; every other one is skipped while decoding."""

    name: str | None = None
    domain: str | None = None
    domainsid: str | None = None
    distinguishedname: str | None = None
    samaccountname: str | None = None
    operatingsystem: str | None = None
    dnshostname: str | None = None
    gpcpath: str | None = None
    dsheuristics: Scalar = None
    functionallevel: Scalar = None
    # Instants, seconds since 1970
    whencreated: Scalar = None
    pwdlastset: Scalar = None
    lastlogon: Scalar = None
    lastlogontimestamp: Scalar = None
    # Yes or no
    enabled: Scalar = None
    admincount: Scalar = None
    pwdneverexpires: Scalar = None
    passwordnotreqd: Scalar = None
    dontreqpreauth: Scalar = None
    hasspn: Scalar = None
    unconstraineddelegation: Scalar = None
    trustedtoauth: Scalar = None
    sensitive: Scalar = None
    usedeskeyonly: Scalar = None
    encryptedtextpwdallowed: Scalar = None
    smartcardrequired: Scalar = None
    isdc: Scalar = None
    isreadonlydc: Scalar = None
    haslaps: Scalar = None
    gmsa: Scalar = None
    msa: Scalar = None
    isaclprotected: Scalar = None
    blocksinheritance: Scalar = None
    collected: Scalar = None
    doesanyacegrantownerrights: Scalar = None
    authenticationenabled: Scalar = None
    schannelauthenticationenabled: Scalar = None
    enrolleesuppliessubject: Scalar = None
    requiresmanagerapproval: Scalar = None
    nosecurityextension: Scalar = None
    subjectaltrequireupn: Scalar = None
    subjectaltrequiredns: Scalar = None
    subjectaltrequiredomaindns: Scalar = None
    subjectaltrequireemail: Scalar = None
    subjectaltrequirespn: Scalar = None
    expirepasswordsonsmartcardonlyaccounts: Scalar = None
    # Numbers
    useraccountcontrol: Scalar = None
    machineaccountquota: Scalar = None
    minpwdlength: Scalar = None
    maxpwdage: Scalar = None
    pwdproperties: Scalar = None
    authorizedsignatures: Scalar = None
    schemaversion: Scalar = None
    # Never decoded: only whether there is one is looked at
    userpassword: Raw = _SKIPPED
    unixpassword: Raw = _SKIPPED
    unicodepassword: Raw = _SKIPPED
    sfupassword: Raw = _SKIPPED
    # Lists; a key that is absent tells nothing, an empty list does
    supportedencryptiontypes: list[Scalar] | Scalar | UnsetType = UNSET
    serviceprincipalnames: Texts | UnsetType = UNSET
    sidhistory: Texts | UnsetType = UNSET
    effectiveekus: Texts = None
    applicationpolicies: Texts = None
    certificatepolicy: Texts = None
    certtemplateoid: str | None = None
    oid: str | None = None
    certthumbprint: str | None = None
    certthumbprints: Texts = None
    certchain: Texts = None


class ObjectRecord(Struct, forbid_unknown_fields=True, gc=False):
    """One object of any type."""

    identifier: str | None = field(default=None, name="ObjectIdentifier")
    kind: str | None = field(default=None, name="ObjectType")
    properties: Properties | None = field(default=None, name="Properties")
    aces: Aces | UnsetType = field(default=UNSET, name="Aces")
    deleted: bool | None = field(default=None, name="IsDeleted")
    protected: bool | None = field(default=None, name="IsACLProtected")
    container: Principal | None = field(default=None, name="ContainedBy")
    children: Principals = field(default=None, name="ChildObjects")
    hashes: Raw = field(default=_SKIPPED, name="InheritanceHashes")
    forest_root: str | None = field(default=None, name="ForestRootIdentifier")
    domain_sid: str | None = field(default=None, name="DomainSID")
    # Groups, accounts
    members: Principals | UnsetType = field(default=UNSET, name="Members")
    primary_group: str | None = field(default=None, name="PrimaryGroupSID")
    delegates: Principals = field(default=None, name="AllowedToDelegate")
    sid_history: Principals = field(default=None, name="HasSIDHistory")
    spn_targets: list[SpnTarget | None] | None = field(default=None, name="SPNTargets")
    unconstrained: bool | None = field(default=None, name="UnconstrainedDelegation")
    # Computers
    act_for: Principals = field(default=None, name="AllowedToAct")
    smsa: Principals = field(default=None, name="DumpSMSAPassword")
    is_dc: bool | None = field(default=None, name="IsDC")
    status: Raw = field(default=_SKIPPED, name="Status")
    sessions: Sessions | None = field(default=None, name="Sessions")
    privileged_sessions: Sessions | None = field(default=None, name="PrivilegedSessions")
    registry_sessions: Sessions | None = field(default=None, name="RegistrySessions")
    local_groups: list[Collected | None] | UnsetType | None = field(
        default=UNSET, name="LocalGroups"
    )
    rights: list[Collected | None] | None = field(default=None, name="UserRights")
    local_admins: Collected | None = field(default=None, name="LocalAdmins")
    desktop_users: Collected | None = field(default=None, name="RemoteDesktopUsers")
    dcom_users: Collected | None = field(default=None, name="DcomUsers")
    ps_remote_users: Collected | None = field(default=None, name="PSRemoteUsers")
    controller: ControllerRegistry | None = field(default=None, name="DCRegistryData")
    smb: Raw = field(default=_SKIPPED, name="SmbInfo")
    web_client: Raw = field(default=_SKIPPED, name="IsWebClientRunning")
    ntlm: Raw = field(default=_SKIPPED, name="NTLMRegistryData")
    # Domains, OUs
    trusts: list[TrustRecord | None] | None = field(default=None, name="Trusts")
    links: list[Link | None] | None = field(default=None, name="Links")
    policy: PolicyChanges | None = field(default=None, name="GPOChanges")
    # Certificates
    host: str | None = field(default=None, name="HostingComputer")
    templates: Principals = field(default=None, name="EnabledCertTemplates")
    authority: AuthorityRegistry | None = field(default=None, name="CARegistryData")
    endpoints: Raw = field(default=_SKIPPED, name="HttpEnrollmentEndpoints")
    group: Principal | None = field(default=None, name="GroupLink")
