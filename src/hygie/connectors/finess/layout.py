"""In which order are the columns of each row of the national FINESS extract?

Names on the right are those of the public documentation of the extracts (data.gouv.fr, datasets
53699569a3a729239d2046eb and 5369956ba3a729239d2046fc); the order is checked on the real file.
"""

from collections.abc import Mapping

from hygie.connectors.finess.types import (
    FinessLegalEntity,
    FinessLocation,
    FinessRecord,
    FinessSite,
)

SITE, LEGAL_ENTITY, LOCATION = "structureet", "structureej", "geolocalisation"

SITE_COLUMNS: Mapping[str, str] = {
    "number": "nofinesset",
    "legal_entity": "nofinessej",
    "name": "rs",
    "long_name": "rslongue",
    "name_complement": "complrs",
    "delivery_complement": "compldistrib",
    "street_number": "numvoie",
    "street_kind": "typvoie",
    "street": "voie",
    "street_complement": "compvoie",
    "place": "lieuditbp",
    "commune": "commune",
    "departement": "departement",
    "departement_name": "libdepartement",
    "routing": "ligneacheminement",
    "telephone": "telephone",
    "fax": "telecopie",
    "category": "categetab",
    "category_name": "libcategetab",
    "category_group": "categagretab",
    "category_group_name": "libcategagretab",
    "siret": "siret",
    "ape": "codeape",
    "funding": "codemft",
    "funding_name": "libmft",
    "public_service": "codesph",
    "public_service_name": "libsph",
    "opened_on": "dateouv",
    "authorised_on": "dateautor",
    "updated_on": "datemaj",
    "uai": "numuai",
}

LEGAL_ENTITY_COLUMNS: Mapping[str, str] = {
    "number": "nofiness",
    "name": "rs",
    "long_name": "rslongue",
    "name_complement": "complrs",
    "street_number": "numvoie",
    "street_kind": "typvoie",
    "street": "voie",
    "street_complement": "compvoie",
    "delivery_complement": "compldistrib",
    "place": "lieuditbp",
    "commune": "commune",
    "routing": "ligneacheminement",
    "departement": "departement",
    "departement_name": "libdepartement",
    "telephone": "telephone",
    "legal_status": "statutjuridique",
    "legal_status_name": "libstatutjuridique",
    "category": "categetab",
    "category_name": "libcategetab",
    "siren": "siren",
    "ape": "codeape",
    "created_on": "datecrea",
}

LOCATION_COLUMNS: Mapping[str, str] = {
    "number": "nofinesset",
    "x": "coordxet",
    "y": "coordyet",
    "source": "sourcecoordet",
    "updated_on": "datemaj",
}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    SITE: SITE_COLUMNS,
    LEGAL_ENTITY: LEGAL_ENTITY_COLUMNS,
    LOCATION: LOCATION_COLUMNS,
}

ROW_KIND_OF: Mapping[type[FinessRecord], str] = {
    FinessSite: SITE,
    FinessLegalEntity: LEGAL_ENTITY,
    FinessLocation: LOCATION,
}


def width_of(kind: str) -> int:
    """Give the number of columns of a row of this kind, its first column included."""
    return len(COLUMNS[kind]) + 1
