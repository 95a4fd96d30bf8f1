"""Which certification authority does the hospital run, with which templates?"""

from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.words import TEMPLATES
from hygie.engines.directory.vocabulary import EdgeKind, Number, ObjectKind, Text

_PKI = "CN=PUBLIC KEY SERVICES,CN=SERVICES,CN=CONFIGURATION"
_CLIENT, _LOGON, _SERVER = "1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2", "1.3.6.1.5.5.7.3.1"
_AGENT, _SIGNING = "1.3.6.1.4.1.311.20.2.1", "1.3.6.1.5.5.7.3.3"
# Uses of a certificate, and who may enrol: none named = administrators alone.
_USES: dict[str, tuple[str, ...]] = {
    "User": (_CLIENT,), "Machine": (_CLIENT, _SERVER), "WebServer": (_SERVER,),
    "DomainController": (_CLIENT, _SERVER), "KerberosAuthentication": (_CLIENT, _LOGON, _SERVER),
    "DomainControllerAuthentication": (_CLIENT, _LOGON, _SERVER), "SmartcardLogon": (_LOGON,),
    "SmartcardUser": (_LOGON, _CLIENT), "EnrollmentAgent": (_AGENT,),
    "MachineEnrollmentAgent": (_AGENT,), "Workstation": (_CLIENT,), "PosteDeSoins": (_CLIENT,),
    "AutomateBiomedical": (_CLIENT,), "AccesDistantAstreinte": (_CLIENT,),
    "WifiChariot": (_CLIENT,), "ServeurApplicatif": (_SERVER,), "CarteAgent": (_LOGON, _CLIENT),
}  # fmt: skip
_ENROLLERS = {
    "User": ("group:513",), "Machine": ("group:515",), "Workstation": ("group:515",),
    "DomainController": ("group:516", "S-1-5-9"),
    "KerberosAuthentication": ("group:516", "S-1-5-9"),
    "PosteDeSoins": ("group:515",), "WifiChariot": ("group:515",), "CarteAgent": ("group:513",),
    "AccesDistantAstreinte": ("group:513",), "ServeurApplicatif": ("server_admins",),
    "AutomateBiomedical": ("biomedical",), "DirectoryEmailReplication": ("group:516",),
}  # fmt: skip
# The requester writes the subject: approved by a manager, or good for servers only.
_CHOSEN = {"WebServer", "SubCA", "CA", "OfflineRouter", "AutomateBiomedical", "ServeurApplicatif"}
_APPROVED = {"AutomateBiomedical", "EnrollmentAgent", "MachineEnrollmentAgent", "CodeSigning"}
_BY_HOST = {"Machine", "Workstation", "DomainController", "KerberosAuthentication", "PosteDeSoins",
            "WifiChariot", "DomainControllerAuthentication"}  # fmt: skip
_UNPUBLISHED = {
    "SubCA", "CA", "CrossCA", "OfflineRouter", "CTLSigning", "ExchangeUser", "EFSRecovery",
    "KeyRecoveryAgent", "SmartcardUser", "IPSECIntermediateOnline",
}  # fmt: skip


def make_certificates(forest: Forest) -> None:
    """One authority, its root, its store, its containers and about thirty templates."""
    label = f"CN={forest.name.partition('.')[0]}-CA"
    folders = forest.placed(
        ObjectKind.CONTAINER,
        [
            f"{name}{_PKI},{forest.base}"
            for name in ("", "CN=AIA,", "CN=CDP,", "CN=CERTIFICATE TEMPLATES,",
                         "CN=ENROLLMENT SERVICES,", "CN=CERTIFICATION AUTHORITIES,")
        ],
    )  # fmt: skip
    forest.mark("pki:folders", folders)
    forest.relate(forest.the("place:services"), EdgeKind.CONTAINS, folders[0])
    forest.relate(folders[0], EdgeKind.CONTAINS, folders[1:])
    made = {}
    for role, kind, parent in (
        ("authority", ObjectKind.ENTERPRISE_CA, "CN=ENROLLMENT SERVICES,"),
        ("root", ObjectKind.ROOT_CA, "CN=CERTIFICATION AUTHORITIES,"),
        ("publication", ObjectKind.AIA_CA, "CN=AIA,"),
        ("store", ObjectKind.NT_AUTH_STORE, ""),
    ):
        name = "CN=NTAUTHCERTIFICATES" if role == "store" else label
        made[role] = forest.placed(kind, [f"{name},{parent}{_PKI},{forest.base}"])
        forest.mark(f"pki:{role}", made[role])
        forest.number(made[role], Number.CERTIFICATE_FLAW_LEVEL, 0)
    thumbprint = forest.draw.bytes(20).hex().upper()
    for role in ("authority", "root", "publication"):
        forest.text(made[role], Text.CERT_THUMBPRINT, [thumbprint])
        forest.text(made[role], Text.CERT_CHAIN, [(thumbprint,)])
    forest.text(made["store"], Text.CERT_THUMBPRINT, [(thumbprint,)])
    authority, host = int(made["authority"][0]), forest.the("ca_host")
    forest.text(authority, Text.DNS_NAME, [f"SRV-PKI01.{forest.name}"])
    forest.set(authority, CA_USER_SAN=False, CA_AGENT_RESTRICTIONS=False)
    forest.relate(host, EdgeKind.HOSTS_CA_SERVICE, authority)
    forest.relate(host, EdgeKind.WRITE_DACL, authority)
    forest.relate(host, EdgeKind.GENERIC_ALL, made["publication"])
    forest.relate(forest.the("S-1-5-11"), EdgeKind.ENROLL, authority)
    forest.relate(forest.the("group:517"), EdgeKind.GENERIC_ALL, made["root"])
    domain = forest.the("domain")
    forest.relate(made["root"], EdgeKind.ROOT_CA_FOR, domain)
    forest.relate(made["store"], EdgeKind.NT_AUTH_STORE_FOR, domain)
    _templates(forest, int(folders[3]), authority)


def _templates(forest: Forest, folder: int, authority: int) -> None:
    names = [
        f"CN={name.upper()},CN=CERTIFICATE TEMPLATES,{_PKI},{forest.base}" for name in TEMPLATES
    ]
    found = forest.placed(ObjectKind.CERT_TEMPLATE, names)
    forest.relate(folder, EdgeKind.CONTAINS, found)
    forest.number(found, Number.AUTHORIZED_SIGNATURES, 0)
    forest.number(found, Number.TEMPLATE_SCHEMA, 2)
    administrators = [forest.the(f"group:{rid}") for rid in (512, 519)]
    for name, template in zip(TEMPLATES, found.tolist(), strict=True):
        uses = _USES.get(name, (_SIGNING,))
        logs_on = bool({_CLIENT, _LOGON}.intersection(uses))
        forest.mark(f"template:{name}", template)
        forest.text(template, Text.EKU, [uses])
        forest.set(
            template,
            AUTHENTICATION_ENABLED=logs_on,
            SCHANNEL_AUTHENTICATION=_CLIENT in uses,
            SUBJECT_SUPPLIED=name in _CHOSEN,
            MANAGER_APPROVAL=name in _APPROVED,
            NO_SECURITY_EXTENSION=False,
            SUBJECT_ALT_UPN=name not in _BY_HOST | _CHOSEN,
            SUBJECT_ALT_DNS=name in _BY_HOST,
            SUBJECT_ALT_SPN=False,
            SUBJECT_ALT_DOMAIN_DNS=False,
            SUBJECT_ALT_EMAIL=False,
        )
        for role in _ENROLLERS.get(name, ()):
            forest.relate(forest.the(role), EdgeKind.ENROLL, template)
        forest.relate(administrators, EdgeKind.ENROLL, template)
        if name not in _UNPUBLISHED:
            forest.relate(template, EdgeKind.PUBLISHED_TO, authority)
