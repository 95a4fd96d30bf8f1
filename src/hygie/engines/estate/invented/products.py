"""On which systems do hosts run, until when are these supported, and which devices are there?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """An operating system: how often it is met, and the end of its public support."""

    os: str
    version: str
    end_of_support: str
    weight: int


SERVER_SYSTEMS = (
    System("Windows Server", "2008 R2", "2020-01-14", 2),
    System("Windows Server", "2012 R2", "2023-10-10", 6),
    System("Windows Server", "2016", "2027-01-12", 16),
    System("Windows Server", "2019", "2029-01-09", 26),
    System("Windows Server", "2022", "2031-10-14", 22),
    System("Red Hat Enterprise Linux", "7", "2024-06-30", 4),
    System("Red Hat Enterprise Linux", "8", "2029-05-31", 9),
    System("Debian GNU/Linux", "11", "2026-08-31", 5),
    System("Debian GNU/Linux", "12", "2028-06-30", 10),
)
STATION_SYSTEMS = (
    System("Windows", "7", "2020-01-14", 2),
    System("Windows", "10 22H2", "2025-10-14", 24),
    System("Windows", "11 23H2", "2026-11-10", 30),
    System("Windows", "11 24H2", "2027-10-12", 44),
)
DEVICE_SYSTEMS = (
    System("Windows", "XP Embedded", "2016-01-12", 6),
    System("Windows", "7", "2020-01-14", 18),
    System("Windows", "10 IoT 2019", "2029-01-09", 28),
    System("Linux embarqué", "4.14", "2024-01-10", 14),
    System("Propriétaire", "", "", 34),
)


@dataclass(frozen=True, slots=True)
class Modality:
    """A sort of device.

    Attributes:
        rank: smallest size that has some.
        share: of all types of device, parts.
        most: of one type.
        roles: of the applications it works with.
    """

    code: str
    name: str
    rank: int
    share: int
    most: int
    zone: str
    roles: str = ""


_CARE, _IMG, _LAB, _BLOC = "biomed-soins", "biomed-imagerie", "biomed-labo", "biomed-bloc"

MODALITIES = (
    Modality("scanner", "Scanner", 0, 4, 1, _IMG, "ris pacs"),
    Modality("irm", "IRM", 0, 3, 1, _IMG, "ris pacs"),
    Modality("injecteur", "Injecteur de produit de contraste", 0, 2, 3, _IMG),
    Modality("table", "Table de radiologie", 0, 4, 2, _IMG, "ris pacs"),
    Modality("mobile", "Appareil mobile de radiographie", 0, 3, 4, _IMG, "pacs"),
    Modality("echo", "Échographe", 0, 10, 6, _IMG, "pacs"),
    Modality("mammo", "Mammographe", 0, 1, 1, _IMG, "ris pacs"),
    Modality("angiographe", "Salle d'angiographie", 2, 3, 1, _IMG, "ris pacs"),
    Modality("gamma", "Gamma-caméra", 2, 2, 1, _IMG, "ris pacs"),
    Modality("tep", "TEP-scanner", 2, 1, 1, _IMG, "ris pacs"),
    Modality("accelerateur", "Accélérateur linéaire", 2, 3, 1, _IMG, "rtdossier"),
    Modality("simulateur", "Scanner de simulation", 2, 1, 1, _IMG, "rtdosimetrie"),
    Modality("moniteur", "Moniteur multiparamétrique", 0, 10, 60, _CARE, "rea"),
    Modality("centrale", "Centrale de surveillance", 1, 3, 2, _CARE, "rea"),
    Modality("ventilateur", "Ventilateur de réanimation", 0, 5, 20, _CARE, "rea"),
    Modality("perfusion", "Pompes et pousse-seringues", 0, 7, 200, _CARE, "rea"),
    Modality("defib", "Défibrillateur", 0, 3, 30, _CARE),
    Modality("ecg", "Électrocardiographe", 0, 5, 25, _CARE, "ecgs"),
    Modality("holter", "Enregistreur Holter", 1, 2, 15, _CARE, "ecgs"),
    Modality("eeg", "Électro-encéphalographe", 2, 2, 4, _CARE),
    Modality("doppler", "Doppler vasculaire", 2, 2, 4, _CARE, "pacs"),
    Modality("spirometre", "Explorations respiratoires", 2, 2, 4, _CARE, "dpi"),
    Modality("glucometre", "Lecteur de glycémie connecté", 1, 2, 120, _CARE, "middleware"),
    Modality("tensiometre", "Tensiomètre connecté", 0, 3, 90, _CARE, "plansoins"),
    Modality("lit", "Lit connecté", 0, 3, 150, _CARE),
    Modality("cardiotocographe", "Cardiotocographe", 1, 3, 14, _CARE, "obstetrique"),
    Modality("incubateur", "Incubateur", 2, 2, 16, _CARE),
    Modality("generateur", "Générateur de dialyse", 1, 4, 24, _CARE, "dialyse"),
    Modality("osmoseur", "Osmoseur", 1, 1, 2, _CARE),
    Modality("oct", "Tomographe rétinien", 0, 2, 3, _CARE, "ophtalmo"),
    Modality("audio", "Audiomètre", 0, 2, 3, _CARE),
    Modality("endoscope", "Colonne d'endoscopie", 1, 4, 5, _BLOC, "endoscopie"),
    Modality("laveur", "Laveur-désinfecteur", 0, 3, 4, _BLOC, "tracabilite"),
    Modality("autoclave", "Autoclave", 0, 3, 3, _BLOC, "tracabilite"),
    Modality("anesthesie", "Station d'anesthésie", 0, 4, 14, _BLOC, "anesthesie"),
    Modality("colonne", "Colonne de cœlioscopie", 0, 4, 6, _BLOC),
    Modality("arceau", "Arceau de bloc", 0, 3, 3, _BLOC, "pacs"),
    Modality("bistouri", "Bistouri électrique", 0, 3, 18, _BLOC),
    Modality("robot", "Robot chirurgical", 2, 1, 1, _BLOC),
    Modality("cec", "Circulation extracorporelle", 2, 1, 4, _BLOC),
    Modality("chimie", "Automate de biochimie", 0, 4, 2, _LAB, "middleware"),
    Modality("hemato", "Automate d'hématologie", 0, 3, 2, _LAB, "middleware"),
    Modality("hemostase", "Automate d'hémostase", 0, 2, 2, _LAB, "middleware"),
    Modality("gazometre", "Analyseur de gaz du sang", 0, 3, 8, _LAB, "middleware"),
    Modality("centrifuge", "Centrifugeuse", 0, 2, 8, _LAB),
    Modality("lames", "Numériseur de lames", 1, 1, 1, _LAB, "anapath"),
    Modality("microtome", "Microtome", 1, 1, 4, _LAB),
    Modality("frigo", "Armoire à sang surveillée", 1, 2, 3, _LAB, "transfusion"),
    Modality("automatepui", "Automate de dispensation", 0, 2, 1, _LAB, "pharmacie"),
    Modality("armoire", "Armoire sécurisée de service", 0, 4, 20, _CARE, "pharmacie"),
    Modality("isolateur", "Isolateur de chimiothérapie", 1, 2, 2, _LAB, "chimio"),
)
