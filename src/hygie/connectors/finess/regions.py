"""In which region is a departement, whether FINESS or INSEE wrote its code?"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its INSEE code; an overseas collectivity outside any region by its own code."""

    code: str
    name: str


# INSEE, code officiel géographique 2026 (regions unchanged since 2016; Mayotte 06 since 2011).
REGIONS: Mapping[str, Region] = {
    region.code: region
    for region in (
        Region("01", "Guadeloupe"),
        Region("02", "Martinique"),
        Region("03", "Guyane"),
        Region("04", "La Réunion"),
        Region("06", "Mayotte"),
        Region("11", "Île-de-France"),
        Region("24", "Centre-Val de Loire"),
        Region("27", "Bourgogne-Franche-Comté"),
        Region("28", "Normandie"),
        Region("32", "Hauts-de-France"),
        Region("44", "Grand Est"),
        Region("52", "Pays de la Loire"),
        Region("53", "Bretagne"),
        Region("75", "Nouvelle-Aquitaine"),
        Region("76", "Occitanie"),
        Region("84", "Auvergne-Rhône-Alpes"),
        Region("93", "Provence-Alpes-Côte d'Azur"),
        Region("94", "Corse"),
        Region("975", "Saint-Pierre-et-Miquelon"),
        Region("977", "Saint-Barthélemy"),
        Region("978", "Saint-Martin"),
        Region("986", "Wallis-et-Futuna"),
        Region("987", "Polynésie française"),
        Region("988", "Nouvelle-Calédonie"),
    )
}

_DEPARTEMENTS_BY_REGION: Mapping[str, str] = {
    "01": "971",
    "02": "972",
    "03": "973",
    "04": "974",
    "06": "976",
    "11": "75 77 78 91 92 93 94 95",
    "24": "18 28 36 37 41 45",
    "27": "21 25 39 58 70 71 89 90",
    "28": "14 27 50 61 76",
    "32": "02 59 60 62 80",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "52": "44 49 53 72 85",
    "53": "22 29 35 56",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "93": "04 05 06 13 83 84",
    "94": "2A 2B",
    "975": "975",
    "977": "977",
    "978": "978",
    "986": "986",
    "987": "987",
    "988": "988",
}

# FINESS writes overseas departements on two characters. 9A to 9D, 9F and 9J are read in the public
# extract of 2026-05-12; 9E (in use by readers of FINESS and SAE for Saint-Pierre-et-Miquelon)
# has no row there. Saint-Barthélemy and Saint-Martin are filed under 9A: the regional agency of
# Guadeloupe is theirs. 9G, 9H, 9I have not been met: their region stays unknown.
_FINESS_DEPARTEMENTS: Mapping[str, str] = {
    "9A": "971",
    "9B": "972",
    "9C": "973",
    "9D": "974",
    "9E": "975",
    "9F": "976",
    "9J": "986",
}
_TO_FINESS: Mapping[str, str] = {insee: finess for finess, insee in _FINESS_DEPARTEMENTS.items()}

_REGION_OF: Mapping[str, Region] = {
    departement: REGIONS[code]
    for code, departements in _DEPARTEMENTS_BY_REGION.items()
    for departement in departements.split()
}
# Written 20 before 1976, still found in sheets; both halves are the same region.
_ALIASES: Mapping[str, str] = {"20": "2A"}


def insee_departement(code: str) -> str:
    """Turn a departement code of FINESS into the INSEE one.

    Args:
        code: "01", "2A", "9A", "971"…

    Returns:
        INSEE code; an unknown code is given back unchanged.
    """
    cleaned = code.strip().upper()
    return _FINESS_DEPARTEMENTS.get(cleaned, cleaned.zfill(2) if cleaned else "")


def finess_departement(code: str) -> str:
    """Turn an INSEE departement code into the one that FINESS writes."""
    return _TO_FINESS.get(code, code)


def region_of(departement: str) -> Region | None:
    """Find the region of a departement.

    Args:
        departement: code of FINESS or INSEE.

    Returns:
        The region, or None when the code is in no region: unknown is not guessed.
    """
    code = insee_departement(departement)
    return _REGION_OF.get(_ALIASES.get(code, code))


def insee_commune(departement: str, commune: str) -> str:
    """Build the INSEE code of a commune from the two columns of FINESS.

    Args:
        departement: "01", "2A", "9A"…
        commune: 3 digits; overseas, the first one belongs to the departement as well.

    Returns:
        5 characters ("01451", "97123"), or "" when the columns do not make one.
    """
    code = insee_departement(departement)
    if len(commune) != 3 or not commune.isdecimal():
        return ""
    if len(code) == 2:
        return code + commune
    return code[:2] + commune if len(code) == 3 and code[2] == commune[0] else ""
