"""Under which titles do people write each field, in French and in English?

The first title is the one that is written. Case, accents, punctuation and small words do not count;
a unit in parentheses does not either, and tells how bare numbers are read.
"""

from collections.abc import Mapping

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind

# Fields of every asset. "name" is completed by the words for its kind.
COMMON: Mapping[str, tuple[str, ...]] = {
    "key": (
        "Code", "Identifiant", "Référence", "Réf", "ID", "Code interne", "Code appli",
        "Code application", "Code applicatif", "N° d'inventaire",
        "Numéro d'inventaire", "Numéro inventaire", "Étiquette", "Matricule", "Asset tag",
        "Asset ID", "Inventory number", "Key",
    ),
    "kind": ("Nature", "Nature de l'élément", "Type d'élément", "Asset kind", "Kind"),
    "name": (
        "Nom", "Libellé", "Intitulé", "Désignation", "Dénomination", "Nom usuel", "Nom courant",
        "Machine", "Name", "Label",
    ),
    "organisation": (
        "FINESS", "N° FINESS", "Numéro FINESS", "FINESS EJ", "FINESS ET", "FINESS number",
    ),
    "shared_with": (
        "Partagé avec", "Partagée avec", "Établissements desservis", "FINESS desservis",
        "Shared with", "Serves",
    ),
    "description": (
        "Description", "Descriptif", "Commentaire", "Commentaires", "Observation", "Observations",
        "Remarque", "Remarques", "Note", "Notes", "Comment", "Comments",
    ),
    "owner": (
        "Responsable", "Propriétaire", "Responsable métier", "Responsable fonctionnel",
        "Référent métier", "Référent fonctionnel", "Direction métier", "Service responsable",
        "Pilote métier", "Pilote fonctionnel", "Correspondant métier", "Porteur métier",
        "MOA", "Maîtrise d'ouvrage", "Cadre responsable", "Owner", "Business owner",
    ),
    "technical_owner": (
        "Responsable technique", "Référent technique", "Pilote technique", "Pilote DSI",
        "Responsable informatique", "Exploitant",
        "Administrateur", "Équipe technique", "Responsable DSI", "Chef de projet DSI", "MOE",
        "Maîtrise d'œuvre", "Technical owner", "IT owner", "System owner",
    ),
    "criticality": (
        "Criticité", "Criticité déclarée", "Niveau de criticité", "Importance", "Criticality",
    ),
    "max_downtime_min": (
        "DMIA (min)", "DMIA", "RTO", "Durée maximale d'interruption admissible",
        "Durée d'interruption maximale admissible", "Interruption maximale admissible",
        "Durée maximale d'interruption", "Délai maximal d'interruption", "Interruption maximale",
        "Durée max d'interruption", "Interruption max", "Indisponibilité maximale",
        "Indisponibilité max", "Indispo max", "Indisponibilité maximale acceptée",
        "Indisponibilité max acceptée", "Indispo max acceptée", "Durée d'indisponibilité maximale",
        "MTD", "Maximum tolerable downtime", "Recovery time objective",
    ),
    "max_data_loss_min": (
        "PDMA (min)", "PDMA", "RPO", "Perte de données maximale admissible",
        "Perte maximale de données admissible", "Perte de données maximale", "Perte max de données",
        "Perte de données max", "Perte de données acceptée", "Perte de données tolérée",
        "Maximum tolerable data loss", "Recovery point objective",
    ),
    "status": (
        "État", "Statut", "Situation", "Cycle de vie", "En production", "Status", "Lifecycle",
    ),
    "site": (
        "Site", "Localisation", "Lieu", "Emplacement", "Bâtiment", "Implantation", "Location",
        "Building",
    ),
    "zone": (
        "Zone réseau", "Zone", "VLAN", "Segment réseau", "Segment", "Sous-réseau", "Réseau",
        "Network zone", "Subnet",
    ),
    "supplier": (
        "Fournisseur", "Prestataire", "Titulaire", "Titulaire du marché", "Société", "Supplier",
        "Provider",
    ),
}  # fmt: skip

IDENTIFIERS: Mapping[str, tuple[IdentifierKind, tuple[str, ...]]] = {
    "serial": (
        IdentifierKind.SERIAL,
        ("Numéro de série", "N° de série", "N° série", "S/N", "Série", "Serial number", "Serial no",
         "Serial"),
    ),
    "uuid": (IdentifierKind.UUID, ("UUID", "GUID", "UUID SMBIOS")),
    "mac": (
        IdentifierKind.MAC,
        (
            "Adresse MAC", "Adresses MAC", "MAC", "Adresse physique", "Ports réseau - Adresse MAC",
            "Réseau - MAC", "MAC address", "MAC addresses", "Network ports - MAC",
        ),
    ),
    "hostname": (
        IdentifierKind.HOSTNAME,
        (
            "Nom d'hôte", "Nom DNS", "Nom réseau", "Nom machine", "FQDN", "Hôte DNS", "Hostname",
            "Host name", "DNS name", "DNS",
        ),
    ),
    "ip": (
        IdentifierKind.ADDRESS,
        (
            "Adresse IP", "Adresses IP", "IP", "Adresse IPv4", "Réseau - IP", "Réseau - Adresse IP",
            "IP address", "IP addresses", "IPv4", "Primary IP", "Primary IPv4", "primary_ip4",
            "Network - IP",
        ),
    ),
    "purl": (IdentifierKind.PURL, ("purl", "Package URL")),
    "cpe": (IdentifierKind.CPE, ("CPE", "Nom CPE")),
}  # fmt: skip

DETAILS: Mapping[str, tuple[str, ...]] = {
    "minimal_service": (
        "Service minimal", "Service minimum", "Activité minimale", "Minimal service",
    ),
    "holds_min": (
        "Tient sans informatique (min)", "Tient sans informatique", "Tient sur papier",
        "Durée sans informatique", "Autonomie papier", "Durée du mode dégradé", "Holds on paper",
    ),
    "patients_per_day": ("Patients par jour", "Passages par jour", "Patients per day"),
    "beds": ("Lits", "Lits et places", "Nombre de lits", "Capacité en lits", "Beds"),
    "vendor": (
        "Éditeur ou fabricant", "Éditeur", "Fabricant", "Constructeur", "Marque", "Vendor",
        "Manufacturer", "Publisher", "Make",
    ),
    "model": (
        "Modèle", "Produit", "Logiciel", "Progiciel", "Solution", "Type de matériel", "Model",
        "Device type", "Product",
    ),
    "version": ("Version", "Version installée", "Version logicielle", "Release"),
    "domain": (
        "Domaine fonctionnel", "Domaine", "Domaine métier", "Périmètre fonctionnel", "Famille",
        "Catégorie", "Functional domain", "Domain", "Category",
    ),
    "degraded_mode": (
        "Mode dégradé", "Procédure dégradée", "Procédure de mode dégradé", "Degraded mode",
    ),
    "hosting": ("Hébergement", "Type d'hébergement", "Mode d'hébergement", "Hosting"),
    "users": ("Utilisateurs", "Nombre d'utilisateurs", "Nb utilisateurs", "Users"),
    "contract_end": (
        "Fin du contrat", "Fin de contrat", "Échéance du contrat", "Date de fin de contrat",
        "Échéance", "Contract end",
    ),
    "end_of_support": (
        "Fin de support", "Date de fin de support", "Fin de vie", "Obsolescence", "End of support",
        "End of life", "EOL",
    ),
    "protocol": ("Protocole", "Type de flux", "Transport", "Protocol"),
    "engine": ("Moteur d'interfaces", "Moteur", "EAI", "Plateforme d'échange", "Interface engine"),
    "messages": (
        "Messages", "Types de messages", "Contenu", "Événements", "Message types", "Data exchanged",
    ),
    "port": ("Port", "Port TCP", "Port d'écoute", "Listening port"),
    "is_enabled": ("Active", "Actif", "Activée", "Activé", "Enabled", "Started"),
    "technology": (
        "Technologie", "SGBD", "Moteur de base de données", "Type", "Hyperviseur", "Logiciel",
        "Technology", "Database engine",
    ),
    "has_admin_mfa": (
        "Second facteur pour les administrateurs", "MFA des administrateurs", "MFA administrateurs",
        "Admin MFA",
    ),
    "has_tiering": (
        "Administration par niveaux", "Tiering", "Modèle par niveaux", "Cloisonnement en tiers",
    ),
    "os": (
        "Système d'exploitation", "Système", "OS", "Système d'exploitation - Nom", "Plateforme",
        "Operating system", "Operating system - Name", "Platform", "Windows ou Linux",
    ),
    "os_version": (
        "Version du système", "Version du système d'exploitation", "Version OS",
        "Système d'exploitation - Version", "OS version", "Operating system - Version",
    ),
    "patched_on": (
        "Dernier correctif", "Date du dernier correctif", "Dernière mise à jour", "Mis à jour le",
        "Date de mise à jour", "Last patch", "Patched on", "Last update",
    ),
    "has_edr": ("EDR en place", "EDR", "Agent EDR", "EDR installé"),
    "role": ("Rôle", "Fonction", "Usage", "Type de serveur", "Type d'équipement", "Role", "Type"),
    "is_virtual": ("Virtuel", "Machine virtuelle", "VM", "Virtualisé", "Virtual"),
    "is_domain_joined": (
        "Joint au domaine", "Membre du domaine", "Dans le domaine", "Domain joined",
    ),
    "data": ("Données", "Données hébergées", "Contenu", "Data"),
    "capacity_gb": ("Capacité (Go)", "Capacité", "Volume", "Volumétrie", "Taille", "Capacity"),
    "medium": ("Support", "Support de sauvegarde", "Média", "Medium"),
    "frequency_h": ("Fréquence (heures)", "Fréquence", "Périodicité", "Frequency"),
    "retention_days": (
        "Rétention (jours)", "Rétention", "Durée de conservation", "Conservation", "Retention",
    ),
    "is_offline": ("Hors ligne", "Déconnectée", "Copie hors ligne", "Offline"),
    "is_immutable": ("Immuable", "Inaltérable", "Immutable", "WORM"),
    "is_offsite": ("Sur un autre site", "Hors site", "Externalisée", "Offsite"),
    "has_own_identity": (
        "Comptes distincts de l'annuaire", "Hors domaine", "Comptes hors domaine", "Own identity",
    ),
    "restored_on": (
        "Dernière restauration testée", "Dernier test de restauration", "Restauration testée le",
        "Last restore test", "Restored on",
    ),
    "count": (
        "Nombre", "Quantité", "Nombre de postes", "Nombre d'appareils", "Nb", "Effectif", "Count",
        "Quantity",
    ),
    "modality": ("Modalité", "Type d'appareil", "Type d'équipement", "Modality"),
    "udi": ("IUD", "UDI", "Identifiant unique du dispositif"),
    "may_patch": (
        "Correctifs autorisés par le fabricant", "Correctifs autorisés", "Mise à jour autorisée",
        "May be patched", "Patching allowed",
    ),
    "firmware": ("Micrologiciel", "Version du micrologiciel", "Firmware", "Firmware version"),
    "network": (
        "Réseau", "Adressage", "Plage d'adresses", "Plage IP", "Sous-réseau", "CIDR", "Subnet",
        "Network", "IP range",
    ),
    "vlan": ("VLAN", "N° VLAN", "Numéro de VLAN", "VLAN ID"),
    "is_filtered_inside": (
        "Filtrée à l'intérieur", "Filtrage interne", "Microsegmentation", "Filtered inside",
    ),
    "exposure": ("Exposition", "Type de zone", "Niveau d'exposition", "Exposure"),
    "operator": ("Opérateur", "Opérateur télécom", "Operator", "Carrier"),
    "bandwidth_mbps": ("Débit (Mbit/s)", "Débit", "Bande passante", "Bandwidth"),
    "is_internet": ("Accès à Internet", "Internet", "Accès Internet", "Internet access"),
    "method": ("Moyen d'accès", "Mode d'accès", "Type d'accès", "Outil", "Access method"),
    "cut_procedure": (
        "Procédure de coupure", "Coupure d'urgence", "Cut procedure", "Emergency cut",
    ),
    "has_mfa": (
        "Second facteur", "MFA", "Authentification forte", "Double authentification", "2FA",
    ),
    "has_named_accounts": ("Comptes nominatifs", "Compte nominatif", "Named accounts"),
    "is_recorded": (
        "Sessions enregistrées", "Enregistrement des sessions", "Enregistrement", "Recorded",
    ),
    "is_permanent": ("Permanent", "Accès permanent", "Ouvert en permanence", "Always on"),
    "last_used_on": ("Dernière utilisation", "Dernière connexion", "Last used", "Last use"),
    "contact": ("Contact", "Interlocuteur", "Courriel", "E-mail", "Contacts"),
    "phone": ("Téléphone", "Tél", "Numéro de téléphone", "Phone"),
    "emergency_phone": (
        "Téléphone d'urgence", "Astreinte", "Numéro d'astreinte", "Support 24/7", "Hotline",
        "Emergency phone",
    ),
    "address": ("Adresse", "Adresse postale", "Address"),
    "town": ("Commune", "Ville", "Town", "City"),
    "power_backup_h": (
        "Autonomie électrique (heures)", "Autonomie électrique", "Groupe électrogène", "Onduleur",
        "Power backup",
    ),
}  # fmt: skip

# Where a list of machines of several kinds tells which one each is.
MACHINE_TYPES = (
    "Type", "Type de matériel", "Type d'équipement", "Type de machine", "Type d'ordinateur",
    "Catégorie", "Catégorie de matériel", "Machine type", "Category",
)  # fmt: skip

# Titles that mean this in a list of machines, and may mean something else elsewhere.
OF_MACHINES: Mapping[str, tuple[str, ...]] = {
    "kind": MACHINE_TYPES,
    "name": ("VM", "Device name", "Computer"),
    "mac": ("Wi-Fi MAC", "Ethernet MAC"),
    "ip": ("Primary IP address",),
    "uuid": ("SMBIOS UUID", "VM UUID"),
    "os": ("OS according to the VMware Tools", "OS according to the configuration file"),
}

# Sheets that hold no single kind of asset.
LINKS_WORD, INTERFACES_WORD, MIXED_WORD = "Liens", "Interfaces (EAI)", "Éléments"
MACHINES_WORD = "Machines"

# Names under which people write a kind, the sheet of a kind, and the column of its name.
KIND_WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CARE: (
        "Activités de soins", "Activité de soins", "Activité", "Activités", "Service de soins",
        "Services de soins", "Unité de soins", "Care activity", "Care activities", "Care",
        "Processus métier",
    ),
    Kind.APPLICATION: (
        "Applications", "Application", "Nom de l'application", "Logiciel", "Logiciels",
        "Progiciels", "Cartographie applicative", "Software",
    ),
    Kind.INTERFACE: (
        "Interfaces", "Interface", "Nom de l'interface", "Nom du flux", "Flux", "Canal", "Canaux",
        "Channel", "Channels",
    ),
    Kind.IDENTITY: (
        "Services d'identité", "Service d'identité", "Annuaires", "Annuaire", "Identités",
        "Nom de domaine", "Domaines", "Identity services", "Identity", "Directories", "Directory",
    ),
    Kind.SERVER: (
        "Serveurs", "Serveur", "Nom du serveur", "Machines virtuelles", "Server name",
        "Servers", "Server",
    ),
    Kind.CLUSTER: (
        "Grappes", "Grappe", "Nom de la grappe", "Cluster", "Clusters", "Nom du cluster",
    ),
    Kind.STORE: (
        "Stockages de données", "Stockage de données", "Stockages", "Bases de données",
        "Base de données", "Nom de la base", "Baies de stockage", "Partages", "Data stores",
        "Databases", "Database", "Store", "Stores",
    ),
    Kind.BACKUP: (
        "Sauvegardes", "Sauvegarde", "Nom de la sauvegarde", "Plan de sauvegarde", "Backups",
        "Backup", "Backup job",
    ),
    Kind.WORKSTATION_GROUP: (
        "Groupes de postes", "Groupe de postes", "Parc de postes", "Postes par service",
        "Workstation groups", "Workstation group",
    ),
    Kind.WORKSTATION: (
        "Postes de travail", "Poste de travail", "Postes", "Poste", "Nom du poste", "Ordinateur",
        "Ordinateurs", "PC", "Workstations", "Workstation", "Computer name",
    ),
    Kind.DEVICE: (
        "Dispositifs médicaux", "Dispositif médical", "Équipement biomédical",
        "Équipements biomédicaux", "Biomédical", "Dispositif", "Dispositifs", "Appareil",
        "Medical devices", "Medical device", "Device", "Devices",
    ),
    Kind.NETWORK: (
        "Équipements réseau", "Équipement réseau", "Équipement", "Commutateurs", "Commutateur",
        "Switchs", "Switch", "Network equipment", "Network devices", "Network device",
    ),
    Kind.ZONE: (
        "Zones réseau", "Zone réseau", "Zones", "Nom de la zone", "VLANs", "Sous-réseaux",
        "Network zones", "Network zone",
    ),
    Kind.LINE: (
        "Liaisons opérateur", "Liaison opérateur", "Liaisons", "Liaison", "Liens opérateurs",
        "Lignes", "WAN", "Lines", "Line", "Carrier lines",
    ),
    Kind.ACCESS: (
        "Accès distants", "Accès distant", "Télémaintenance", "Télémaintenances", "Accès",
        "Remote accesses", "Remote access",
    ),
    Kind.SUPPLIER: (
        "Fournisseurs", "Fournisseur", "Nom du fournisseur", "Prestataire", "Prestataires",
        "Raison sociale", "Suppliers", "Supplier", "Vendors",
    ),
    Kind.SITE: (
        "Sites", "Site", "Nom du site", "Bâtiments", "Bâtiment", "Locations", "Buildings",
    ),
}  # fmt: skip
