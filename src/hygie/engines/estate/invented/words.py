"""Which invented words make believable suppliers, products and places? None is a real one's."""

from collections.abc import Collection
from random import Random

_FIRST = (
    "Ald", "Brev", "Cor", "Dal", "Elv", "Fen", "Gal", "Hel", "Isk", "Jor", "Kal", "Lum", "Mer",
    "Niv", "Orb", "Pel", "Quin", "Riv", "Sol", "Tal", "Ulm", "Vel", "Wan", "Xan", "Ysa", "Zel",
)  # fmt: skip
_MIDDLE = ("a", "ai", "e", "éo", "i", "io", "o", "or", "u", "y")
_LAST = (
    "baste", "cime", "daure", "flore", "gone", "lante", "mède", "nisse", "phore", "quelle", "rude",
    "scope", "thène", "vance", "xime", "zanne", "biose", "drine", "trame", "plane", "vigie",
)  # fmt: skip
_FIRM_ENDINGS = (
    "Santé", "Systèmes", "Médical", "Logiciels", "Services", "Technologies", "Ingénierie",
    "Biotech", "Réseaux", "Conseil",
)  # fmt: skip

TOWNS = (
    "Valmory", "Kerlandec", "Montclérac", "Briseval", "Coudrières", "Roquefontaine", "Charmelle",
    "Aubépierre", "Moulinvert", "Vieuxbourg", "Sombrelle", "Armélie",
)  # fmt: skip
STREETS = (
    "rue de l'Hôpital", "avenue des Tilleuls", "boulevard des Remparts", "rue du Lavoir",
    "chemin de la Source", "place du Vieux-Marché",
)  # fmt: skip
SITE_NAMES = (
    "Site principal", "Pôle mère-enfant", "Centre de psychiatrie", "Site gériatrique",
    "Plateau logistique", "Institut de recherche",
)  # fmt: skip
POLES = (
    "Urgences", "Médecine A", "Médecine B", "Chirurgie", "Bloc", "Imagerie", "Biologie",
    "Mère-enfant", "Psychiatrie", "Gériatrie", "Cancérologie", "Cardiologie", "Neurosciences",
    "Consultations", "Direction", "Ressources humaines", "Finances", "Logistique", "Technique",
    "Recherche", "Pharmacie", "Réanimation", "Système d'information", "Formation", "Internat",
    "Ambulatoire", "Néphrologie", "Ophtalmologie", "Médecine C", "Chirurgie B",
)  # fmt: skip
TEAMS = {
    "applications": "Équipe applications métiers",
    "systems": "Équipe systèmes et stockage",
    "network": "Équipe réseaux et téléphonie",
    "stations": "Équipe postes de travail",
    "biomedical": "Équipe biomédicale",
    "security": "RSSI",
}  # fmt: skip
OPERATORS = ("Opérateur Valfibre", "Opérateur Norélys", "Opérateur Transarmor")


def product_name(rng: Random, taken: Collection[str]) -> str:
    """Make up the name of a product that is not taken yet."""
    for letters in range(9):
        for _ in range(50):
            middle = "".join(rng.choice(_MIDDLE) for _ in range(1 + letters // 3))
            name = f"{rng.choice(_FIRST)}{middle}{rng.choice(_LAST)}"
            if name not in taken:
                return name
    raise ValueError("every name that can be made up is taken")


def firm_name(rng: Random, taken: Collection[str]) -> str:
    """Make up the name of a supplier that is not taken yet."""
    return f"{product_name(rng, taken)} {rng.choice(_FIRM_ENDINGS)}"
