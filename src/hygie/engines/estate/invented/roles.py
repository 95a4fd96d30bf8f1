"""Which applications has a hospital, whatever their product, and which needs which?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """What an application is for.

    Attributes:
        rank: smallest size that has it.
        servers: at a CHU; 0 when the supplier runs it (hosting external or saas).
        stops, degrades: roles it cannot do without, or not well.
        hosting: internal, external or saas.
    """

    code: str
    name: str
    domain: str
    owner: str
    rank: int
    criticality: int
    downtime_min: int
    data_loss_min: int
    servers: int
    stops: str = ""
    degrades: str = ""
    hosting: str = "internal"


H, D = 60, 1440
_DIM, _ADM, _FIN = "Médecin du DIM", "Directeur des admissions", "Directeur des finances"
_IMG, _BIO, _PUI = "Chef de service d'imagerie", "Biologiste responsable", "Pharmacien gérant"
_RH, _LOG = "Directeur des ressources humaines", "Directeur de la logistique"
_SI, _COM = "Directeur du système d'information", "Directeur de la communication"

ROLES = (
    Role("dpi", "Dossier patient informatisé", "patient", _DIM, 0, 4, 60, 15, 14, "ipp",
         "sso serveurdoc ged"),
    Role("ipp", "Serveur d'identités patients", "patient", _ADM, 0, 4, 60, 0, 3),
    Role("gap", "Gestion administrative des patients", "patient", _ADM, 0, 3, 2 * H, 15, 6, "ipp",
         "editique"),
    Role("prescription", "Prescription et plan de soins", "patient", _PUI, 0, 4, 60, 15, 5, "dpi",
         "medicaments"),
    Role("plansoins", "Plan de soins au lit du patient", "patient", "Directrice des soins", 1, 3,
         4 * H, 60, 2, "dpi"),
    Role("urgences", "Dossier des urgences", "patient", "Chef de service des urgences", 1, 4, 30,
         15, 3, "ipp", "dpi"),
    Role("samu", "Régulation du SAMU", "patient", "Directeur médical du SAMU", 1, 4, 5, 5, 4, "",
         "cartographie"),
    Role("rea", "Dossier de réanimation", "patient", "Chef de service de réanimation", 1, 4, 60, 15,
         4, "", "dpi"),
    Role("anesthesie", "Dossier d'anesthésie", "bloc", "Chef de service d'anesthésie", 0, 4, 2 * H,
         30, 3, "", "dpi"),
    Role("bloc", "Gestion du bloc opératoire", "bloc", "Chef du pôle bloc-anesthésie", 0, 4, 2 * H,
         60, 3, "ipp", "dpi agenda"),
    Role("tracabilite", "Traçabilité de la stérilisation", "bloc", "Pharmacien stérilisation", 0, 3,
         8 * H, 60, 2),
    Role("implants", "Traçabilité des implants", "bloc", _PUI, 1, 2, D, 4 * H, 1),
    Role("neuronavigation", "Neuronavigation", "bloc", "Chef de service de neurochirurgie", 2, 3,
         4 * H, D, 1, "", "pacs"),
    Role("obstetrique", "Dossier obstétrical", "patient", "Sage-femme coordinatrice", 1, 4, 2 * H,
         30, 2, "ipp", "dpi"),
    Role("lis", "Gestion du laboratoire", "biologie", _BIO, 0, 4, 30, 15, 5, "", "ipp"),
    Role("middleware", "Concentrateur d'automates", "biologie", _BIO, 0, 4, 30, 15, 2),
    Role("serveurresultats", "Serveur de résultats de biologie", "biologie", _BIO, 1, 3, 4 * H, 60,
         2, "lis"),
    Role("transfusion", "Gestion du dépôt de sang", "biologie", "Médecin d'hémovigilance", 1, 4, 30,
         0, 2, "", "ipp lis"),
    Role("anapath", "Gestion d'anatomopathologie", "biologie",
         "Chef de service d'anatomopathologie", 1, 3, D, 60, 2),
    Role("bacterio", "Bactériologie", "biologie", _BIO, 1, 3, 4 * H, 60, 2, "lis"),
    Role("genetique", "Génétique moléculaire", "biologie", _BIO, 2, 2, 2 * D, 4 * H, 6, "",
         "calcul"),
    Role("qualite", "Qualité du laboratoire", "biologie", _BIO, 1, 2, 2 * D, D, 1, "", "ged"),
    Role("ris", "Gestion de l'imagerie", "imagerie", _IMG, 0, 4, 60, 30, 4, "ipp", "agenda"),
    Role("pacs", "Archivage et lecture des images", "imagerie", _IMG, 0, 4, 60, 15, 10, "", "ris"),
    Role("dictee", "Dictée et reconnaissance vocale", "imagerie", _IMG, 1, 2, D, 8 * H, 2),
    Role("dosimetrie", "Dosimétrie des patients", "imagerie", "Radiophysicien", 1, 2, 2 * D, D, 1,
         "", "pacs"),
    Role("teleradiologie", "Téléradiologie", "imagerie", _IMG, 1, 3, 2 * H, 60, 0, "", "pacs",
         "saas"),
    Role("ecgs", "Gestion des électrocardiogrammes", "imagerie", "Chef de service de cardiologie",
         1, 3, 8 * H, 60, 2),
    Role("endoscopie", "Comptes rendus d'endoscopie", "imagerie",
         "Chef de service de gastro-entérologie", 1, 2, D, 4 * H, 2),
    Role("ophtalmo", "Dossier d'ophtalmologie", "imagerie", "Chef de service d'ophtalmologie", 1, 2,
         D, 4 * H, 2),
    Role("photos", "Photographies cliniques", "imagerie", _IMG, 2, 1, 5 * D, D, 1),
    Role("pharmacie", "Gestion de la pharmacie", "pharmacie", _PUI, 0, 4, 4 * H, 60, 3, "",
         "achats"),
    Role("medicaments", "Base de médicaments", "pharmacie", _PUI, 0, 3, 4 * H, D, 1),
    Role("chimio", "Prescription des chimiothérapies", "pharmacie", _PUI, 1, 4, 4 * H, 0, 3, "",
         "dpi pharmacie"),
    Role("radiopharmacie", "Radiopharmacie", "pharmacie", "Radiopharmacien", 2, 3, 8 * H, 60, 2),
    Role("nutrition", "Nutrition parentérale", "pharmacie", _PUI, 2, 3, 8 * H, 60, 1),
    Role("rtdossier", "Dossier de radiothérapie", "patient", "Chef de service de radiothérapie", 2,
         4, 8 * H, 0, 4),
    Role("rtdosimetrie", "Planification de radiothérapie", "patient", "Radiophysicien", 2, 4, D, 0,
         4, "", "pacs"),
    Role("dialyse", "Dossier de dialyse", "patient", "Chef de service de néphrologie", 1, 3, 8 * H,
         60, 2, "", "dpi"),
    Role("reeducation", "Dossier de rééducation", "patient", "Médecin du SMR", 1, 2, 2 * D, D, 1,
         "", "dpi"),
    Role("isolement", "Registre d'isolement et de contention", "patient",
         "Chef de pôle de psychiatrie", 1, 3, D, 60, 1, "dpi"),
    Role("had", "Coordination de l'HAD", "patient", "Médecin de l'HAD", 2, 3, 8 * H, 60, 0, "",
         "dpi", "saas"),
    Role("agenda", "Agenda et rendez-vous", "patient", "Cadre des consultations", 0, 3, 8 * H, 60,
         2, "", "gap"),
    Role("prisederdv", "Prise de rendez-vous en ligne", "patient", _COM, 0, 2, 2 * D, D, 0, "",
         "agenda", "saas"),
    Role("portailpatient", "Portail des patients", "patient", _COM, 1, 2, 2 * D, D, 0, "",
         "dpi sso", "external"),
    Role("portailgreffe", "Portail national des greffes", "patient", "Médecin coordonnateur", 2, 3,
         60, D, 0, "", "", "saas"),
    Role("telemedecine", "Télémédecine et téléexpertise", "patient", "Directeur médical", 1, 3,
         4 * H, D, 0, "", "sso", "saas"),
    Role("serveurdoc", "Serveur de documents cliniques", "patient", _DIM, 1, 3, 8 * H, 60, 3, "",
         "ipp"),
    Role("msss", "Messagerie sécurisée de santé", "communication", _SI, 0, 3, D, 4 * H, 0, "",
         "messagerie", "saas"),
    Role("dmp", "Connecteur à l'espace santé", "communication", _DIM, 1, 2, 2 * D, D, 1, "",
         "serveurdoc sso"),
    Role("ght", "Portail de partage du GHT", "communication", "Directeur médical", 1, 3, D, 4 * H,
         3, "", "ipp sso"),
    Role("vigilances", "Signalement des événements indésirables", "qualité",
         "Directeur de la qualité", 1, 2, 3 * D, D, 1),
    Role("pmsi", "Codage PMSI", "administratif", _DIM, 0, 2, 5 * D, D, 2, "gap", "dpi"),
    Role("groupage", "Groupage et valorisation", "administratif", _DIM, 1, 2, 5 * D, D, 1),
    Role("facturation", "Facturation et télétransmission", "administratif", _FIN, 0, 2, 3 * D, D, 2,
         "gap"),
    Role("editique", "Éditique et étiquettes", "administratif", _ADM, 1, 3, 4 * H, D, 2),
    Role("bornes", "Bornes d'accueil", "administratif", _ADM, 1, 2, D, D, 1, "gap"),
    Role("esignature", "Signature électronique", "administratif", _SI, 1, 2, 2 * D, D, 0, "", "",
         "saas"),
    Role("finances", "Gestion économique et financière", "administratif", _FIN, 0, 2, 3 * D, D, 4),
    Role("achats", "Commandes et marchés", "administratif", "Directeur des achats", 0, 2, D, 8 * H,
         2, "finances"),
    Role("stocks", "Magasins et stocks", "logistique", _LOG, 1, 2, D, 8 * H, 2, "", "achats"),
    Role("decisionnel", "Pilotage et tableaux de bord", "administratif", "Contrôleur de gestion", 1,
         1, 5 * D, D, 4),
    Role("ged", "Gestion électronique de documents", "administratif", "Secrétaire général", 0, 2,
         2 * D, D, 3),
    Role("archives", "Gestion des archives", "administratif", "Responsable des archives", 1, 1,
         5 * D, 2 * D, 1),
    Role("paie", "Paie", "rh", _RH, 0, 2, 3 * D, D, 2, "rh"),
    Role("rh", "Gestion des agents", "rh", _RH, 0, 2, 2 * D, D, 3),
    Role("tempstravail", "Gestion du temps de travail", "rh", _RH, 0, 2, 2 * D, D, 2, "", "rh"),
    Role("formation", "Formation", "rh", _RH, 1, 1, 10 * D, D, 0, "", "rh", "saas"),
    Role("restauration", "Gestion des repas", "logistique", "Responsable de la restauration", 0, 2,
         D, D, 2, "", "gap"),
    Role("brancardage", "Régulation du brancardage", "logistique", _LOG, 1, 2, 4 * H, 8 * H, 1),
    Role("linge", "Gestion du linge", "logistique", _LOG, 2, 1, 3 * D, D, 1),
    Role("gmao", "Gestion de la maintenance (GMAO)", "technique", "Directeur technique", 1, 2,
         2 * D, D, 2),
    Role("gtb", "Gestion technique du bâtiment", "technique", "Directeur technique", 0, 3, 4 * H, D,
         3),
    Role("controleacces", "Contrôle d'accès et badges", "technique", "Responsable sûreté", 1, 3,
         4 * H, D, 2, "", "rh"),
    Role("video", "Vidéoprotection", "technique", "Responsable sûreté", 1, 2, D, D, 3),
    Role("appelmalade", "Appel malade", "technique", "Directeur technique", 0, 4, 60, D, 1),
    Role("telephonie", "Téléphonie", "communication", _SI, 0, 4, 30, D, 4, "", "annuairetel"),
    Role("annuairetel", "Annuaire des professionnels", "communication", _SI, 1, 2, D, D, 1),
    Role("mobilite", "Téléphones et terminaux mobiles", "communication", _SI, 1, 3, 8 * H, D, 0, "",
         "sso", "saas"),
    Role("messagerie", "Messagerie électronique", "communication", _SI, 0, 3, 8 * H, 4 * H, 4),
    Role("intranet", "Intranet", "communication", _COM, 1, 1, 3 * D, D, 2, "", "sso"),
    Role("web", "Site Internet", "communication", _COM, 0, 1, 3 * D, D, 0, "", "", "external"),
    Role("sms", "Envoi de messages aux patients", "communication", _COM, 1, 1, 3 * D, D, 0, "",
         "agenda", "saas"),
    Role("cartographie", "Cartographie des moyens", "patient", "Directeur médical du SAMU", 1, 3,
         60, D, 2),
    Role("sso", "Authentification unique", "infrastructure", _SI, 0, 3, 60, D, 2),
    Role("dns", "Noms et adresses (DNS, DHCP)", "infrastructure", _SI, 0, 4, 30, D, 4),
    Role("supervision", "Supervision technique", "infrastructure", _SI, 1, 2, D, D, 2),
    Role("deploiement", "Télédistribution et correctifs", "infrastructure", _SI, 0, 2, 2 * D, D, 2),
    Role("antivirus", "Console de protection des postes", "infrastructure", _SI, 0, 3, D, D, 1),
    Role("bastion", "Bastion d'administration", "infrastructure", _SI, 1, 3, 8 * H, D, 2),
    Role("virtualisation", "Console de virtualisation", "infrastructure", _SI, 0, 3, 8 * H, D, 1),
    Role("fichiers", "Partages de fichiers", "infrastructure", _SI, 0, 3, 8 * H, 4 * H, 3),
    Role("impression", "Serveur d'impression", "infrastructure", _SI, 0, 3, 4 * H, D, 2),
    Role("eai", "Moteur d'interfaces (EAI)", "infrastructure", _SI, 0, 4, 60, 15, 4),
    Role("assistance", "Assistance aux utilisateurs", "infrastructure", _SI, 1, 2, D, D, 0, "",
         "messagerie", "saas"),
    Role("relais", "Relais des services exposés", "infrastructure", _SI, 0, 3, 8 * H, D, 4),
    Role("bureaux", "Bureaux virtuels des soignants", "infrastructure", _SI, 2, 3, 4 * H, D, 8),
    Role("calcul", "Calcul intensif", "recherche", "Directeur de la recherche", 2, 1, 5 * D, D, 8),
    Role("ecrf", "Cahiers d'observation électroniques", "recherche", "Directeur de la recherche", 2,
         1, 5 * D, D, 0, "", "", "saas"),
    Role("entrepot", "Entrepôt de données de santé", "recherche", "Directeur de la recherche", 2, 1,
         5 * D, D, 12, "", "serveurdoc"),
)  # fmt: skip

# What departments have besides, and how vital such an application is at most.
DEPARTMENTS = (
    "cardiologie", "pneumologie", "neurologie", "néphrologie", "hématologie", "oncologie",
    "dermatologie", "rhumatologie", "gériatrie", "pédiatrie", "néonatologie", "obstétrique",
    "gynécologie", "orthopédie", "urologie", "chirurgie viscérale", "chirurgie vasculaire",
    "neurochirurgie", "ORL", "ophtalmologie", "stomatologie", "anesthésie", "réanimation",
    "urgences", "psychiatrie", "addictologie", "soins palliatifs", "diététique", "kinésithérapie",
    "hygiène hospitalière", "biochimie", "virologie", "parasitologie", "immunologie",
    "toxicologie", "anatomopathologie", "radiologie", "médecine nucléaire", "radiothérapie",
    "pharmacie", "stérilisation", "santé au travail", "service social", "formation des soignants",
    "direction des soins", "affaires médicales", "travaux", "sécurité incendie", "transports",
    "restauration", "magasin central", "communication", "contentieux", "documentation",
)  # fmt: skip
FUNCTIONS = (
    ("Suivi de cohorte", 1), ("Planning", 2), ("Registre", 1), ("Base de recherche", 1),
    ("Logiciel d'appareil", 3), ("Comptes rendus", 2), ("Tableau de garde", 2), ("Protocoles", 2),
    ("Statistiques", 1), ("Stocks", 2), ("Questionnaires", 1), ("Téléexpertise", 2), ("Portail", 1),
    ("Calculateur de doses", 3), ("Traçabilité", 2), ("Archivage", 1),
    ("Imagerie de spécialité", 3), ("Gestion des prêts", 1), ("Formation", 1),
    ("Réunions pluridisciplinaires", 2),
)  # fmt: skip
