"""Which care activities has a hospital, how long can each be interrupted, and what does it need?

Figures are those of an invented CHU, in the orders of magnitude of impact analyses; none is that of
a real establishment.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """One care activity of the catalogue.

    Attributes:
        rank: smallest size that has it: 0 clinic, 1 hospital, 2 CHU.
        downtime_min, data_loss_min: DMIA and PDMA.
        holds_min: how long it holds on paper.
        patients, beds, units: of a CHU, a day.
        stops: roles of the applications without which it stops; `a|b` = either will do.
        degrades: roles without which it is degraded.
        devices: modalities it works with; `3*` before one = that share of them, in tenths, must
            work; without, one of them is enough; `!` after one = it stops without.
        care: codes of other activities; `!` after one = it stops without.
        place: 0 main site, 1 and further the others, when there are so many.
    """

    code: str
    name: str
    owner: str
    rank: int
    criticality: int
    downtime_min: int
    data_loss_min: int
    holds_min: int
    patients: int
    beds: int
    units: int
    stops: str = ""
    degrades: str = ""
    devices: str = ""
    care: str = ""
    place: int = 0
    minimal: str = ""


H, D = 60, 1440

ACTIVITIES = (
    Activity("urg", "Urgences adultes", "Chef de service des urgences", 1, 4, 30, 15, 2 * H, 240,
         24, 6, "dpi|urgences", "lis ris gap prescription telephonie messagerie",
         "ecg echo 5*moniteur defib", "img! bio! radio", 0,
         "Tri sur papier, réorientation des urgences relatives"),
    Activity("urgped", "Urgences pédiatriques", "Chef de service de pédiatrie", 2, 4, 30, 15, 2 * H,
         110, 10, 3, "dpi", "urgences lis ris gap prescription", "ecg 5*moniteur", "img bio!", 1,
         "Tri sur papier, avis sénior systématique"),
    Activity("samu", "Régulation médicale (centre 15)", "Directeur médical du SAMU", 1, 4, 5, 5, 30,
         600, 0, 2, "samu telephonie", "cartographie mobilite", "defib", "", 0,
         "Bascule des appels vers le centre voisin, fiches papier"),
    Activity("rea", "Réanimation polyvalente", "Chef de service de réanimation", 1, 4, 30, 15,
         4 * H, 26, 30, 4, "", "dpi rea lis ris prescription pharmacie",
         "7*moniteur 7*ventilateur! 5*perfusion gazometre centrale", "bio! img", 0,
         "Surveillance au lit, prescriptions papier, renfort infirmier"),
    Activity("usic", "Soins intensifs de cardiologie", "Chef de service de cardiologie", 2, 4, 60,
         30, 4 * H, 18, 20, 2, "", "dpi ecgs lis prescription rea",
         "7*moniteur ecg 5*perfusion centrale", "bio! interv", 0,
         "Surveillance au lit, scopes autonomes"),
    Activity("bloc", "Bloc opératoire", "Chef du pôle bloc-anesthésie", 0, 4, 2 * H, 60, 2 * H, 85,
         0, 8, "bloc", "dpi anesthesie pacs lis tracabilite gtb",
         "5*anesthesie! 5*colonne arceau bistouri robot", "sterilisation! sang rea reveil!", 0,
         "Urgences vitales seules, dossiers papier"),
    Activity("reveil", "Anesthésie et surveillance post-interventionnelle",
         "Chef de service d'anesthésie", 0, 4, 2 * H, 60, 4 * H, 85, 0, 3, "",
         "anesthesie dpi prescription", "7*moniteur ventilateur 5*perfusion", "", 0,
         "Feuilles d'anesthésie papier"),
    Activity("mat", "Maternité et salles de naissance", "Sage-femme coordinatrice", 1, 4, 60, 30,
         4 * H, 70, 60, 6, "", "dpi obstetrique lis prescription gap",
         "5*cardiotocographe echo 5*perfusion", "bio bloc neonat", 1,
         "Partogramme papier, surveillance au lit"),
    Activity("neonat", "Réanimation néonatale", "Chef de service de néonatologie", 2, 4, 30, 15,
         3 * H, 18, 24, 2, "", "dpi rea lis nutrition prescription",
         "7*incubateur! 7*moniteur 7*ventilateur 7*perfusion", "bio!", 1,
         "Surveillance au lit, calculs de nutrition à la main"),
    Activity("img", "Imagerie en coupe (scanner, IRM)", "Chef de service d'imagerie", 0, 4, 2 * H,
         60, 60, 190, 0, 5, "ris pacs", "dpi dictee gap agenda", "scanner! irm injecteur", "", 0,
         "Lecture à la console, comptes rendus manuscrits, urgences seules"),
    Activity("radio", "Radiologie conventionnelle et échographie", "Cadre supérieur d'imagerie", 0,
         3, 4 * H, 2 * H, 2 * H, 320, 0, 4, "ris", "pacs dpi dictee", "table mobile echo mammo", "",
         0, "Lecture à la console, registre papier"),
    Activity("interv", "Imagerie interventionnelle",
         "Chef de service de radiologie interventionnelle", 2, 4, 60, 60, 60, 34, 0, 2, "pacs",
         "ris dpi anesthesie dosimetrie", "angiographe! injecteur", "sang", 0,
         "Gestes vitaux seuls, images conservées sur la console"),
    Activity("nuc", "Médecine nucléaire", "Chef de service de médecine nucléaire", 2, 3, 8 * H,
         4 * H, 60, 60, 0, 2, "radiopharmacie", "ris pacs dosimetrie", "gamma tep", "", 0,
         "Report des examens programmés"),
    Activity("bio", "Laboratoire de biologie médicale", "Biologiste responsable", 0, 4, 60, 15, 60,
         1400, 0, 8, "lis middleware", "dpi telephonie serveurresultats qualite",
         "3*chimie! 3*hemato! hemostase gazometre centrifuge", "", 0,
         "Liste d'analyses vitales, résultats par téléphone et papier"),
    Activity("anapath", "Anatomie et cytologie pathologiques",
         "Chef de service d'anatomopathologie", 1, 3, D, 8 * H, 2 * H, 90, 0, 3, "anapath",
         "dpi dictee archives", "lames microtome", "", 0,
         "Extemporanés seuls, cahier de paillasse"),
    Activity("sang", "Dépôt de sang et hémovigilance", "Médecin correspondant d'hémovigilance", 1,
         4, 30, 0, 60, 40, 0, 1, "transfusion", "lis dpi telephonie", "frigo", "", 0,
         "Délivrance sur double contrôle papier, sang O négatif"),
    Activity("pui", "Pharmacie à usage intérieur", "Pharmacien gérant", 0, 4, 4 * H, 60, 8 * H, 900,
         0, 5, "pharmacie", "dpi prescription achats stocks", "automatepui armoire", "", 0,
         "Dotations d'urgence, ordonnances papier"),
    Activity("chimio", "Préparation des chimiothérapies", "Pharmacien responsable des cytotoxiques",
         1, 4, 4 * H, 30, 0, 75, 0, 1, "chimio", "pharmacie dpi lis", "isolateur", "", 0,
         "Report, protocoles vitaux en double contrôle"),
    Activity("dial", "Dialyse", "Chef de service de néphrologie", 1, 4, 8 * H, 4 * H, 6 * H, 95, 30,
         3, "", "dialyse dpi lis prescription", "7*generateur! osmoseur!", "bio", 0,
         "Séances raccourcies, feuilles papier"),
    Activity("rt", "Radiothérapie", "Chef de service de radiothérapie", 2, 4, D, 0, 0, 110, 0, 2,
         "rtdossier rtdosimetrie", "dpi pacs dosimetrie", "accelerateur! simulateur", "img", 0,
         "Aucune séance sans dossier : report et transfert des urgences"),
    Activity("hdjonco", "Hôpital de jour de cancérologie", "Chef de service d'oncologie", 1, 3,
         8 * H, 2 * H, 2 * H, 80, 30, 3, "", "dpi chimio lis agenda", "5*perfusion", "chimio! bio",
         0, "Report des séances, protocoles imprimés"),
    Activity("cs", "Consultations externes", "Cadre des consultations", 0, 2, D, 8 * H, 4 * H, 1900,
         0, 14, "", "dpi agenda gap dictee prisederdv ecgs", "ecg tensiometre oct audio", "", 0,
         "Listes imprimées la veille, ordonnances papier"),
    Activity("medpoly", "Médecine polyvalente", "Chef de service de médecine", 0, 3, 4 * H, 2 * H,
         8 * H, 60, 64, 5, "", "dpi prescription lis ris plansoins",
         "moniteur 5*perfusion tensiometre", "bio", 0,
         "Plans de soins imprimés, prescriptions papier"),
    Activity("cardio", "Cardiologie", "Chef de service de cardiologie", 1, 3, 4 * H, 2 * H, 6 * H,
         48, 52, 4, "", "dpi prescription lis ecgs plansoins", "ecg moniteur echo holter",
         "bio interv", 0, "Plans de soins imprimés"),
    Activity("pneumo", "Pneumologie", "Chef de service de pneumologie", 2, 3, 4 * H, 2 * H, 8 * H,
         42, 46, 3, "", "dpi prescription lis plansoins", "spirometre moniteur", "bio", 0,
         "Plans de soins imprimés"),
    Activity("gastro", "Hépato-gastro-entérologie", "Chef de service de gastro-entérologie", 1, 3,
         8 * H, 4 * H, 8 * H, 46, 44, 3, "", "dpi prescription lis endoscopie", "endoscope laveur",
         "bio", 0, "Plans de soins imprimés"),
    Activity("neuro", "Neurologie et unité neurovasculaire", "Chef de service de neurologie", 2, 4,
         60, 60, 4 * H, 44, 48, 4, "", "dpi prescription pacs telemedecine lis", "eeg moniteur",
         "img! bio", 0, "Filière AVC par téléphone"),
    Activity("geria", "Gériatrie aiguë", "Chef de service de gériatrie", 0, 3, 8 * H, 4 * H, D, 70,
         90, 5, "", "dpi prescription plansoins", "tensiometre lit", "", 0,
         "Plans de soins imprimés"),
    Activity("endo", "Endocrinologie et diabétologie", "Chef de service d'endocrinologie", 2, 2, D,
         8 * H, D, 26, 28, 2, "", "dpi prescription lis", "glucometre", "bio", 0,
         "Plans de soins imprimés"),
    Activity("infectio", "Maladies infectieuses", "Chef de service d'infectiologie", 2, 3, 8 * H,
         4 * H, 8 * H, 28, 30, 2, "", "dpi prescription lis vigilances", "moniteur", "bio", 0,
         "Plans de soins imprimés"),
    Activity("rhumato", "Rhumatologie", "Chef de service de rhumatologie", 2, 2, D, 8 * H, D, 24,
         26, 2, "", "dpi prescription", "tensiometre", "", 0, "Plans de soins imprimés"),
    Activity("hemato", "Hématologie (secteur protégé)", "Chef de service d'hématologie", 2, 4,
         4 * H, 60, 4 * H, 30, 34, 3, "", "dpi prescription chimio transfusion lis",
         "5*perfusion moniteur", "sang! bio! chimio", 0,
         "Prescriptions papier, transfusions sous double contrôle"),
    Activity("dermato", "Dermatologie", "Chef de service de dermatologie", 2, 2, 2 * D, D, D, 30,
         16, 2, "", "dpi photos", "", "", 0, "Dossiers papier"),
    Activity("chirvisc", "Chirurgie viscérale", "Chef de service de chirurgie viscérale", 0, 3,
         4 * H, 2 * H, 8 * H, 50, 56, 4, "", "dpi prescription lis plansoins",
         "moniteur 5*perfusion", "bloc! bio", 0, "Plans de soins imprimés"),
    Activity("ortho", "Chirurgie orthopédique", "Chef de service d'orthopédie", 0, 3, 8 * H, 4 * H,
         8 * H, 54, 60, 4, "", "dpi prescription pacs implants", "moniteur", "bloc! radio", 0,
         "Plans de soins imprimés"),
    Activity("vasc", "Chirurgie vasculaire et thoracique",
         "Chef de service de chirurgie vasculaire", 2, 3, 4 * H, 2 * H, 8 * H, 26, 30, 2, "",
         "dpi prescription pacs implants", "doppler", "bloc! img", 0, "Plans de soins imprimés"),
    Activity("uro", "Urologie", "Chef de service d'urologie", 1, 2, 8 * H, 4 * H, 8 * H, 34, 32, 2,
         "", "dpi prescription lis", "endoscope", "bloc!", 0, "Plans de soins imprimés"),
    Activity("neurochir", "Neurochirurgie", "Chef de service de neurochirurgie", 2, 4, 2 * H, 60,
         4 * H, 30, 34, 3, "", "dpi prescription pacs neuronavigation", "moniteur",
         "bloc! img! rea", 0, "Urgences vitales seules"),
    Activity("chircard", "Chirurgie cardiaque", "Chef de service de chirurgie cardiaque", 2, 4,
         2 * H, 60, 4 * H, 20, 26, 2, "", "dpi prescription ecgs", "cec 5*perfusion",
         "bloc! rea! sang!", 0, "Urgences vitales seules"),
    Activity("orl", "ORL et chirurgie maxillo-faciale", "Chef de service d'ORL", 1, 2, D, 8 * H, D,
         34, 22, 2, "", "dpi prescription", "audio endoscope", "bloc!", 0, "Dossiers papier"),
    Activity("ophtalmo", "Ophtalmologie", "Chef de service d'ophtalmologie", 1, 2, D, 8 * H, 8 * H,
         90, 10, 2, "", "dpi ophtalmo", "oct", "bloc", 0, "Dossiers papier"),
    Activity("ambu", "Chirurgie ambulatoire", "Cadre de l'unité de chirurgie ambulatoire", 0, 2,
         8 * H, 4 * H, 4 * H, 70, 30, 3, "", "dpi agenda bloc sms", "moniteur", "bloc!", 0,
         "Appels téléphoniques, dossiers imprimés la veille"),
    Activity("ped", "Pédiatrie", "Chef de service de pédiatrie", 1, 3, 4 * H, 2 * H, 6 * H, 46, 48,
         4, "", "dpi prescription lis plansoins", "5*perfusion moniteur", "bio", 1,
         "Plans de soins imprimés"),
    Activity("psy", "Psychiatrie adulte", "Chef de pôle de psychiatrie", 1, 3, D, 8 * H, D, 120,
         140, 8, "dpi", "prescription isolement", "", "", 2, "Registre d'isolement papier"),
    Activity("pedopsy", "Pédopsychiatrie", "Chef de pôle de pédopsychiatrie", 2, 2, 2 * D, D, 2 * D,
         70, 20, 4, "dpi", "agenda prescription", "", "", 2, "Dossiers papier"),
    Activity("smr", "Soins médicaux et de réadaptation", "Médecin responsable du SMR", 0, 2, D,
         8 * H, D, 60, 80, 4, "", "dpi prescription plansoins reeducation", "lit", "", 3,
         "Plans de soins imprimés"),
    Activity("usld", "Soins de longue durée et hébergement", "Cadre supérieur de gérontologie", 1,
         2, D, D, 2 * D, 150, 180, 6, "", "dpi plansoins restauration", "lit", "", 3,
         "Plans de soins imprimés à la semaine"),
    Activity("had", "Hospitalisation à domicile", "Médecin coordonnateur de l'HAD", 2, 3, 8 * H,
         4 * H, D, 90, 90, 2, "had", "dpi mobilite telephonie", "perfusion", "pui", 4,
         "Classeur au domicile, tournées imprimées"),
    Activity("greffe", "Coordination des prélèvements et greffes",
         "Médecin coordonnateur des greffes", 2, 4, 60, 0, 4 * H, 2, 0, 1, "",
         "dpi lis portailgreffe telephonie", "", "bloc! bio! rea!", 0,
         "Coordination par téléphone"),
    Activity("sterilisation", "Stérilisation", "Pharmacien responsable de la stérilisation", 0, 4,
         12 * H, 4 * H, 12 * H, 0, 0, 2, "tracabilite", "bloc gmao", "autoclave! laveur", "", 0,
         "Traçabilité papier, arsenal de réserve"),
    Activity("restau", "Restauration", "Responsable de la restauration", 0, 2, D, D, D, 2800, 0, 2,
         "", "restauration gap stocks", "", "", 4, "Menus uniques, régimes à la main"),
    Activity("admissions", "Admissions et identitovigilance", "Directeur des admissions", 0, 3,
         2 * H, 30, 8 * H, 2300, 0, 6, "gap", "ipp facturation esignature bornes", "", "", 0,
         "Fiches d'admission papier, étiquettes de secours"),
    Activity("facturation", "Facturation et codage (PMSI)", "Médecin du DIM", 0, 2, 5 * D, D, 5 * D,
         0, 0, 4, "pmsi facturation", "gap dpi groupage", "", "admissions", 0, "Report du codage"),
    Activity("paie", "Paie et gestion du personnel", "Directeur des ressources humaines", 0, 2,
         3 * D, D, 3 * D, 0, 0, 4, "paie", "rh tempstravail ged", "", "", 4,
         "Reconduction de la paie du mois précédent"),
    Activity("achats", "Achats et approvisionnement", "Directeur des achats", 0, 2, 2 * D, D, 2 * D,
         0, 0, 3, "achats", "stocks finances ged", "", "", 4, "Bons de commande papier"),
    Activity("finances", "Finances et trésorerie", "Directeur des finances", 0, 2, 5 * D, D, 5 * D,
         0, 0, 3, "finances", "achats ged decisionnel", "", "", 4,
         "Paiements d'urgence par le comptable public"),
    Activity("logistique", "Transport interne et logistique", "Responsable logistique", 1, 2, 4 * H,
         4 * H, 8 * H, 700, 0, 3, "", "brancardage stocks telephonie", "", "", 4,
         "Demandes par téléphone"),
    Activity("standard", "Standard et appels internes", "Responsable du standard", 0, 3, 60, D, 30,
         4000, 0, 1, "telephonie", "annuairetel messagerie", "", "", 0,
         "Téléphones de secours, radios"),
    Activity("biomed", "Maintenance biomédicale", "Ingénieur biomédical", 1, 2, 2 * D, D, 2 * D, 0,
         0, 1, "", "gmao", "", "", 0, "Registre papier"),
    Activity("archives", "Archives médicales", "Responsable des archives", 1, 1, 5 * D, 2 * D,
         5 * D, 120, 0, 1, "", "archives ged", "", "", 4, "Recherche sur fiches"),
    Activity("linge", "Blanchisserie", "Responsable de la blanchisserie", 2, 2, 2 * D, 2 * D, 2 * D,
         0, 0, 1, "", "linge", "", "", 4, "Dotations fixes"),
    Activity("recherche", "Recherche clinique", "Directeur de la recherche", 2, 1, 5 * D, D, 5 * D,
         60, 0, 3, "", "ecrf entrepot", "", "", 5, "Cahiers d'observation papier"),
)  # fmt: skip
