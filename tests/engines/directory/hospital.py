"""What does a forest look like in which every control point holds?"""

import re
import uuid

from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.vocabulary import (
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)
from tests.engines.directory.beside import trust
from tests.engines.directory.days import AS_OF, days_ago

SID = "S-1-5-21-1000-2000-3000"
DNS = "CHU.EXAMPLE"
DC = "DC=CHU,DC=EXAMPLE"
CONFIGURATION = f"CN=CONFIGURATION,{DC}"
PKI = f"CN=PUBLIC KEY SERVICES,CN=SERVICES,{CONFIGURATION}"
_ACCOUNT_FLAGS = {
    Flag.ENABLED: True,
    Flag.ADMIN_COUNT: False,
    Flag.PASSWORD_NEVER_EXPIRES: False,
    Flag.NO_PREAUTH: False,
    Flag.HAS_SPN: False,
    Flag.UNCONSTRAINED_DELEGATION: False,
    Flag.TRUSTED_TO_AUTH: False,
    Flag.DES_ONLY: False,
    Flag.REVERSIBLE_PASSWORD: False,
    Flag.SID_HISTORY: False,
    Flag.TRUST_ACCOUNT: False,
    Flag.SECONDARY_KRBTGT: False,
    Flag.SILO_ENFORCED: False,
    Flag.ACES_COLLECTED: True,
    Flag.ACL_PROTECTED: False,
}
_GROUPS = {
    512: "Admins du domaine",
    513: "Utilisateurs du domaine",
    514: "Invités du domaine",
    515: "Ordinateurs du domaine",
    516: "Contrôleurs de domaine",
    517: "Éditeurs de certificats",
    518: "Administrateurs du schéma",
    519: "Administrateurs de l'entreprise",
    520: "Propriétaires créateurs de la stratégie de groupe",
    521: "Contrôleurs de domaine en lecture seule",
    525: "Utilisateurs protégés",
    526: "Administrateurs clés",
    527: "Administrateurs clés Enterprise",
    571: "Groupe de réplication dont le mot de passe RODC est autorisé",
    572: "Groupe de réplication dont le mot de passe RODC est refusé",
    1101: "DnsAdmins",
}
_BUILTIN = (544, 545, 548, 549, 550, 551, 552, 554)
_UNITS = {
    "admin": "ADMINISTRATION",
    "administrator": "ADMINISTRATION",
    "dc$": "DOMAIN CONTROLLERS",
    "rodc$": "DOMAIN CONTROLLERS",
}
_TEXTS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "HAS_SPN": (Text.SPN, ("HTTP/portail.chu.example",)),
    "IS_CLUSTER": (Text.SPN, ("MSClusterVirtualServer/cluster",)),
    "SID_HISTORY": (Text.SID_HISTORY, ("S-1-5-21-7-7-7-1105",)),
}
NAMED = {
    "domain": SID,
    "administrator": f"{SID}-500",
    "guest": f"{SID}-501",
    "krbtgt": f"{SID}-502",
    "admin": f"{SID}-1201",
    "nurse": f"{SID}-1301",
    "service": f"{SID}-1302",
    "gmsa": f"{SID}-1401",
    "trust": f"{SID}-1501",
    "branch_krbtgt": f"{SID}-1601",
    "dc": f"{SID}-1001",
    "rodc": f"{SID}-1701",
    "server": f"{SID}-1801",
    "cluster": f"{SID}-1802",
    "ca_host": f"{SID}-1803",
    "workstation": f"{SID}-1901",
    "team": f"{SID}-2001",
    "everyone": f"{DNS}-S-1-1-0",
    "authenticated": f"{DNS}-S-1-5-11",
    "anonymous": f"{DNS}-S-1-5-7",
    "system": f"{DNS}-S-1-5-18",
}


def identifier_of(name: str) -> str:
    """The identifier of an object by its name in `NAMED`, its distinguished name, or itself."""
    if re.match(r"(CN|OU|DC)=", name):
        return str(uuid.uuid5(uuid.NAMESPACE_X500, name)).upper()
    return NAMED.get(name, name)


class Hospital(FactsBuilder):
    """A builder that already holds a sound forest; tests spoil it."""

    def __init__(self, language: str = "fr") -> None:
        super().__init__()
        self.language = language
        self.domain = self.intern(SID)
        self._make_domain()
        self._make_groups()
        self._make_users()
        self._make_computers()
        self._make_tree()
        self._make_certificates()
        self._make_memberships()
        self._make_owners()
        self.edge(self.builtin(544), EdgeKind.OWNS, self.domain)
        self.collected_on = AS_OF

    # --- words for tests -----------------------------------------------------------------------

    def the(self, name: str) -> int:
        """The object of this name in `NAMED`, distinguished name or identifier."""
        return self.intern(identifier_of(name))

    def group(self, rid: int) -> int:
        """The group of a domain RID."""
        return self.intern(f"{SID}-{rid}")

    def builtin(self, rid: int) -> int:
        """The built-in group of a RID."""
        return self.intern(f"{DNS}-S-1-5-32-{rid}")

    def at(self, name: str) -> int:
        """The object made for a distinguished name."""
        return self.intern(identifier_of(name))

    def set(self, name: str, **flags: bool) -> None:
        """State flags of one object, by member name, and the text that goes with one of them."""
        for flag, value in flags.items():
            self.flag(self.the(name), Flag[flag], value=value)
            if flag in _TEXTS and value:
                self.text(self.the(name), *_TEXTS[flag])

    def date(self, name: str, **instants: int) -> None:
        """State dated facts of one object, as days ago."""
        for instant, days in instants.items():
            self.instant(self.the(name), Instant[instant], days_ago(days))

    def give(self, holder: str, kind: EdgeKind, target: int) -> None:
        """State a relation from a named object."""
        self.edge(self.the(holder), kind, target)

    def add_user(self, rid: int, *, enabled: bool = True) -> int:
        """One more ordinary user."""
        user = self.intern(f"{SID}-{rid}")
        self._account(user, ObjectKind.USER, f"U{rid}", 513)
        self.flag(user, Flag.ENABLED, value=enabled)
        self.edge(self.group(512), EdgeKind.OWNS, user)
        self.edge(self.at(f"OU=AGENTS,{DC}"), EdgeKind.CONTAINS, user)
        return user

    # --- the sound forest ----------------------------------------------------------------------

    def _make_domain(self) -> None:
        domain = self.domain
        self.describe(domain, ObjectKind.DOMAIN, DNS, domain)
        self.text(domain, Text.DISTINGUISHED_NAME, DC)
        for flag in (
            Flag.DOMAIN_COLLECTED,
            Flag.TRUSTS_COLLECTED,
            Flag.ACES_COLLECTED,
            Flag.SMARTCARD_PASSWORDS_EXPIRE,
            Flag.DS_HEURISTICS_COLLECTED,
        ):
            self.flag(domain, flag, value=True)
        for flag in (Flag.REVERSIBLE_POLICY, Flag.SYSVOL_NTFRS):
            self.flag(domain, flag, value=False)
        self.text(domain, Text.DS_HEURISTICS, "0000000001000000000200000001130")
        for number, value in (
            (Number.FUNCTIONAL_LEVEL, 7),
            (Number.MACHINE_QUOTA, 0),
            (Number.MIN_PASSWORD_LENGTH, 14),
            (Number.MAX_PASSWORD_AGE_DAYS, 365),
            (Number.DOMAIN_PREP_REVISION, 16),
        ):
            self.number(domain, number, value)
        self.trusts = [trust()]

    def _make_groups(self) -> None:
        for rid, name in _GROUPS.items():
            self._group(self.group(rid), name if self.language == "fr" else f"Group {rid}")
        for rid in _BUILTIN:
            self._group(self.builtin(rid), f"Builtin {rid}")
        self.text(self.group(1101), Text.SAM_NAME, "DnsAdmins")
        self._group(self.the("team"), "Proximité")

    def _group(self, group: int, name: str) -> None:
        self.describe(group, ObjectKind.GROUP, f"{name.upper()}@{DNS}", self.domain)
        self.text(group, Text.DISTINGUISHED_NAME, f"CN={name.upper()},CN=USERS,{DC}")
        for flag in (Flag.MEMBERS_COLLECTED, Flag.ACES_COLLECTED):
            self.flag(group, flag, value=True)
        for flag in (Flag.SID_HISTORY, Flag.ACL_PROTECTED):
            self.flag(group, flag, value=False)
        self._born(group)

    def _born(self, place: int) -> None:
        self.instant(place, Instant.CREATED, days_ago(2000))

    def _account(self, place: int, kind: ObjectKind, name: str, primary: int) -> None:
        self.describe(place, kind, f"{name}@{DNS}", self.domain)
        for flag, value in _ACCOUNT_FLAGS.items():
            self.flag(place, flag, value=value)
        self.number(place, Number.PRIMARY_GROUP_RID, primary)
        self.number(place, Number.ENCRYPTION_TYPES, 0x18)
        self.text(place, Text.SAM_NAME, name)
        unit = _UNITS.get(name, "AGENTS")
        self.text(place, Text.DISTINGUISHED_NAME, f"CN={name.upper()},OU={unit},{DC}")
        self.instant(place, Instant.PASSWORD_SET, days_ago(20))
        self.instant(place, Instant.LAST_LOGON, days_ago(10))
        self._born(place)

    def _make_users(self) -> None:
        for name in ("administrator", "krbtgt", "admin", "nurse", "service"):
            self._account(self.the(name), ObjectKind.USER, name, 513)
        self._account(self.the("guest"), ObjectKind.USER, "guest", 514)
        self.set("guest", ENABLED=False)
        self.set("krbtgt", ENABLED=False, ADMIN_COUNT=True, HAS_SPN=True)
        self.date("administrator", LAST_LOGON=90)
        for name in ("administrator", "admin"):
            self.set(name, ADMIN_COUNT=True, SILO_ENFORCED=True)
            self.number(self.the(name), Number.POLICY_MIN_LENGTH, 0)
        self.set("service", HAS_SPN=True)
        self._account(self.the("gmsa"), ObjectKind.MANAGED_ACCOUNT, "gmsa$", 515)
        self.set("gmsa", GMSA=True)
        self._account(self.the("trust"), ObjectKind.USER, "PARTNER$", 513)
        self.set("trust", TRUST_ACCOUNT=True)
        self._account(self.the("branch_krbtgt"), ObjectKind.USER, "krbtgt_123", 513)
        self.set("branch_krbtgt", ENABLED=False, SECONDARY_KRBTGT=True, KRBTGT_LINKED=True)

    def _make_computers(self) -> None:
        for name, primary, system in (
            ("dc", 516, "Windows Server 2022 Standard"),
            ("rodc", 521, "Windows Server 2022 Standard"),
            ("server", 515, "Windows Server 2019 Standard"),
            ("cluster", 515, "Windows Server 2019 Standard"),
            ("ca_host", 515, "Windows Server 2022 Standard"),
            ("workstation", 515, "Windows 11 Entreprise"),
        ):
            place = self.the(name)
            self._account(place, ObjectKind.COMPUTER, f"{name}$", primary)
            self.text(place, Text.OPERATING_SYSTEM, system)
            self.text(place, Text.DNS_NAME, f"{name}.{DNS}".upper().replace("_", "-"))
            self.set(
                name,
                IS_DC=primary in (516, 521),
                IS_RODC=primary == 521,
                IS_SERVER_OS="Server" in system,
                IS_CLUSTER=name == "cluster",
                HAS_LAPS=True,
            )
        self.number(self.the("dc"), Number.UAC, 0x2000 | 0x80000)
        self.number(self.the("rodc"), Number.UAC, 0x04000000 | 0x1000000 | 0x1000)
        for name in ("server", "cluster", "ca_host", "workstation"):
            self.number(self.the(name), Number.UAC, 0x1000)
        for name in ("dc", "rodc"):
            self.set(name, SERVER_OBJECT_CONSISTENT=True)
        self.set("dc", UNCONSTRAINED_DELEGATION=True)
        self.set("rodc", TRUSTED_TO_AUTH=True, RODC_POLICY_COLLECTED=True)

    def _make_tree(self) -> None:
        for name in (
            f"CN=ADMINSDHOLDER,CN=SYSTEM,{DC}",
            f"CN=MICROSOFTDNS,CN=SYSTEM,{DC}",
            f"CN=BCKUPKEY_1,CN=SYSTEM,{DC}",
            f"CN=DFSR-GLOBALSETTINGS,CN=SYSTEM,{DC}",
            f"CN=MASTER ROOT KEYS,CN=GROUP KEY DISTRIBUTION SERVICE,CN=SERVICES,{CONFIGURATION}",
            f"CN=SCHEMA,{CONFIGURATION}",
            CONFIGURATION,
            f"CN=USER-DISPLAY,CN=40C,CN=DISPLAYSPECIFIERS,{CONFIGURATION}",
            f"CN=AIA,{PKI}",
        ):
            self._placed(name, ObjectKind.CONTAINER)
        menu = self.at(f"CN=USER-DISPLAY,CN=40C,CN=DISPLAYSPECIFIERS,{CONFIGURATION}")
        self.text(menu, Text.ADMIN_CONTEXT_MENU, ("1,{08EB4FA6-6FFD-11D1-B0E0-00C04FD8DCA6}",))
        for name in ("AGENTS", "ADMINISTRATION", "DOMAIN CONTROLLERS"):
            unit = self._placed(f"OU={name},{DC}", ObjectKind.OU)
            self.flag(unit, Flag.BLOCKS_INHERITANCE, value=False)
            self.edge(self.domain, EdgeKind.CONTAINS, unit)
        policy = self.intern("6AC1786C-016F-11D2-945F-00C04FB984F9")
        self.describe(policy, ObjectKind.GPO, f"DEFAULT@{DNS}", self.domain)
        self.text(
            policy,
            Text.DISTINGUISHED_NAME,
            f"CN={{6AC1786C-016F-11D2-945F-00C04FB984F9}},CN=POLICIES,CN=SYSTEM,{DC}",
        )
        self.flag(policy, Flag.ACES_COLLECTED, value=True)
        self._born(policy)
        self.edge(policy, EdgeKind.GP_LINK, self.domain)
        for name, unit in (
            ("nurse", "AGENTS"),
            ("service", "AGENTS"),
            ("workstation", "AGENTS"),
            ("server", "AGENTS"),
            ("admin", "ADMINISTRATION"),
            ("administrator", "ADMINISTRATION"),
            ("dc", "DOMAIN CONTROLLERS"),
            ("rodc", "DOMAIN CONTROLLERS"),
        ):
            self.edge(self.at(f"OU={unit},{DC}"), EdgeKind.CONTAINS, self.the(name))
        zone = self._placed(
            f"DC=CHU.EXAMPLE,CN=MICROSOFTDNS,DC=DOMAINDNSZONES,{DC}", ObjectKind.DNS_ZONE
        )
        self.text(zone, Text.DNS_NAME, DNS)
        self.flag(zone, Flag.ZONE_UNSECURE_UPDATE, value=False)

    def _placed(self, name: str, kind: ObjectKind) -> int:
        place = self.at(name)
        self.describe(place, kind, f"{name.partition(',')[0][3:]}@{DNS}", self.domain)
        self.text(place, Text.DISTINGUISHED_NAME, name)
        self.flag(place, Flag.ACES_COLLECTED, value=True)
        self.flag(place, Flag.ACL_PROTECTED, value=False)
        self._born(place)
        return place

    def _make_certificates(self) -> None:
        authority = self._placed(
            f"CN=CHU-CA,CN=ENROLLMENT SERVICES,{PKI}", ObjectKind.ENTERPRISE_CA
        )
        self.text(authority, Text.DNS_NAME, f"CA-HOST.{DNS}")
        root = self._placed(f"CN=CHU-CA,CN=CERTIFICATION AUTHORITIES,{PKI}", ObjectKind.ROOT_CA)
        publication = self._placed(f"CN=CHU-CA,CN=AIA,{PKI}", ObjectKind.AIA_CA)
        for place in (authority, root, publication):
            self.number(place, Number.CERTIFICATE_FLAW_LEVEL, 0)
        self.give("ca_host", EdgeKind.HOSTS_CA_SERVICE, authority)
        self.give("ca_host", EdgeKind.GENERIC_ALL, publication)
        self.give("ca_host", EdgeKind.WRITE_DACL, authority)
        self.edge(self.group(517), EdgeKind.GENERIC_ALL, root)
        template = self._placed(f"CN=USER,CN=CERTIFICATE TEMPLATES,{PKI}", ObjectKind.CERT_TEMPLATE)
        for flag, value in (
            (Flag.AUTHENTICATION_ENABLED, True),
            (Flag.SUBJECT_SUPPLIED, False),
            (Flag.MANAGER_APPROVAL, False),
        ):
            self.flag(template, flag, value=value)
        self.number(template, Number.AUTHORIZED_SIGNATURES, 0)
        self.edge(template, EdgeKind.PUBLISHED_TO, authority)
        self.edge(self.group(513), EdgeKind.ENROLL, template)

    def _make_memberships(self) -> None:
        for member, group in (
            ("administrator", self.group(512)),
            ("admin", self.group(512)),
            ("administrator", self.builtin(544)),
            ("admin", self.group(525)),
            ("administrator", self.group(525)),
            ("authenticated", self.builtin(554)),
        ):
            self.give(member, EdgeKind.MEMBER_OF, group)
        self.edge(self.group(512), EdgeKind.MEMBER_OF, self.builtin(544))
        self.describe(self.the("authenticated"), ObjectKind.GROUP, f"AUTH@{DNS}", self.domain)
        for rid in (516, 521, 520, 512, 517, 519, 518):
            self.edge(self.group(rid), EdgeKind.MEMBER_OF, self.group(572))
        self.give("krbtgt", EdgeKind.MEMBER_OF, self.group(572))
        rodc = self.the("rodc")
        for group in (*(self.builtin(rid) for rid in (544, 549, 548, 551)), self.group(572)):
            self.edge(group, EdgeKind.RODC_NEVER_REVEAL, rodc)
        self.edge(self.group(571), EdgeKind.RODC_MAY_REVEAL, rodc)
        self.give("nurse", EdgeKind.RODC_REVEALED, rodc)

    def _make_owners(self) -> None:
        for place in range(len(self)):
            if self.is_described(place) and self.kind_of(place) != ObjectKind.DOMAIN:
                self.edge(self.group(512), EdgeKind.OWNS, place)
