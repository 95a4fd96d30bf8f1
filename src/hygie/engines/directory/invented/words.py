"""Which invented words make a believable hospital? None names a real person or establishment."""

DOMAIN_GROUPS = {
    498: "Contrôleurs de domaine d’entreprise en lecture seule",
    512: "Admins du domaine",
    513: "Utilisateurs du domaine",
    514: "Invités du domaine",
    515: "Ordinateurs du domaine",
    516: "Contrôleurs de domaine",
    517: "Éditeurs de certificats",
    518: "Administrateurs du schéma",
    519: "Administrateurs de l’entreprise",
    520: "Propriétaires créateurs de la stratégie de groupe",
    521: "Contrôleurs de domaine en lecture seule",
    522: "Contrôleurs de domaine clonables",
    525: "Utilisateurs protégés",
    526: "Administrateurs clés",
    527: "Administrateurs clés Enterprise",
    553: "Serveurs RAS et IAS",
    571: "Groupe de réplication dont le mot de passe RODC est autorisé",
    572: "Groupe de réplication dont le mot de passe RODC est refusé",
    1101: "DnsAdmins",
    1102: "DnsUpdateProxy",
}
BUILTIN_GROUPS = {
    544: "Administrateurs", 545: "Utilisateurs", 546: "Invités", 548: "Opérateurs de compte",
    549: "Opérateurs de serveur", 550: "Opérateurs d’impression",
    551: "Opérateurs de sauvegarde", 552: "Duplicateurs",
    554: "Accès compatible pré-Windows 2000", 555: "Utilisateurs du Bureau à distance",
    556: "Opérateurs de configuration réseau", 558: "Utilisateurs de l’Analyseur de performances",
    559: "Utilisateurs du journal de performances", 562: "Utilisateurs du modèle COM distribué",
    568: "IIS_IUSRS", 569: "Opérateurs de chiffrement",
    573: "Lecteurs des journaux d’événements",
    574: "Accès DCOM service de certificats", 578: "Administrateurs Hyper-V",
    580: "Utilisateurs de gestion à distance",
}  # fmt: skip
SPECIAL = {
    "S-1-1-0": "Tout le monde",
    "S-1-5-7": "Anonymous Logon",
    "S-1-5-9": "Enterprise Domain Controllers",
    "S-1-5-11": "Utilisateurs authentifiés",
    "S-1-5-18": "Système",
}
SITES = (
    "Valmory", "Kerlandec", "Saint-Aubrin", "Montclerac", "Plouvernel", "Briseval",
    "Sainte-Orvane", "Coudrieres", "Roquefontaine", "Charmelle", "Aubepierre", "Moulinvert",
)  # fmt: skip
UNITS = (
    "Urgences", "Réanimation", "Bloc opératoire", "Imagerie", "Laboratoire", "Pharmacie",
    "Cardiologie", "Pneumologie", "Pédiatrie", "Maternité", "Néonatologie", "Gériatrie",
    "Oncologie", "Hématologie", "Neurologie", "Néphrologie", "Dialyse", "Psychiatrie",
    "Orthopédie", "Ophtalmologie", "ORL", "Dermatologie", "Endocrinologie", "Rhumatologie",
    "Gastroentérologie", "Infectiologie", "Soins palliatifs", "Rééducation", "SAMU",
    "Stérilisation", "Consultations", "Hospitalisation à domicile", "Admissions", "Facturation",
    "Ressources humaines", "Restauration", "Logistique", "Services techniques", "Biomédical",
    "Direction",
)  # fmt: skip
JOBS = (
    "Médecins", "Infirmiers", "Aides-soignants", "Cadres", "Secrétaires", "Techniciens",
    "Brancardiers", "Internes",
)  # fmt: skip
APPLICATIONS = (
    "DPI", "PACS", "RIS", "SGL", "Pharma", "Bloc", "Urgences", "Dialyse", "GEF", "GTMalade",
    "Planning", "Intranet", "Messagerie", "Archives", "Qualité", "Biomed",
)  # fmt: skip
DEVICES = (
    "scanner", "irm", "echo", "moniteur", "automate", "pompe", "dialyse", "pacs",
    "respirateur", "mammo", "bloc", "pharmacie", "anapath", "ecg",
)  # fmt: skip
FIRST = (
    "Alice", "Adèle", "Alban", "Anouk", "Basile", "Bruno", "Carla", "Chloé", "Cyril", "Denis",
    "Diane", "Driss", "Elie", "Élise", "Emma", "Erwan", "Fanch", "Fanny", "Farid", "Flore",
    "Gaël", "Gilda", "Hanaé", "Hugo", "Inès", "Irène", "Ismaël", "Jade", "Jonas", "Jules",
    "Karim", "Katell", "Kevin", "Laure", "Léo", "Lila", "Loïc", "Lucie", "Maëlle", "Malik",
    "Manon", "Marius", "Mehdi", "Nadir", "Naïma", "Nina", "Noé", "Océane", "Olivia", "Omar",
    "Paul", "Perle", "Rachid", "Rémi", "Rozenn", "Salomé", "Samir", "Sarah", "Solène", "Tanguy",
    "Théo", "Ugo", "Valère", "Vanina", "Viviane", "Wilfried", "Xavière", "Yann", "Yasmine", "Yves",
    "Zoé", "Zacharie",
)  # fmt: skip
_HEADS = (
    "Ar", "Bre", "Coa", "Del", "Evra", "Fau", "Guil", "Hen", "Im", "Jao", "Ker", "Les", "Mor",
    "Niv", "Or", "Prig", "Quel", "Ros", "Sau", "Tre",
)  # fmt: skip
_TAILS = ("mel", "vin", "dou", "mas", "rard", "val", "lard", "nec", "bert", "van")
LAST = tuple(f"{head}{tail}" for head in _HEADS for tail in _TAILS)
TEMPLATES = (
    "User", "Machine", "WebServer", "DomainController", "KerberosAuthentication",
    "DirectoryEmailReplication", "DomainControllerAuthentication", "SmartcardLogon",
    "SmartcardUser", "EnrollmentAgent", "MachineEnrollmentAgent", "Administrator", "EFS",
    "EFSRecovery", "SubCA", "CA", "CodeSigning", "CTLSigning", "IPSECIntermediateOnline",
    "OCSPResponseSigning", "RASAndIASServer", "KeyRecoveryAgent", "ExchangeUser",
    "Workstation", "OfflineRouter", "CrossCA", "PosteDeSoins", "AutomateBiomedical",
    "AccesDistantAstreinte", "WifiChariot", "ServeurApplicatif", "CarteAgent",
)  # fmt: skip
