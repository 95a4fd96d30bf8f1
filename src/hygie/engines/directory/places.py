"""Where in the tree do the objects stand that the control points look for?

Every name looked for here is written by the system itself, the same in every language.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np

from hygie.engines.directory.facts import DirectoryFacts, IntArray
from hygie.engines.directory.vocabulary import ObjectKind, Text

_KINDS = (
    ObjectKind.OTHER,
    ObjectKind.CONTAINER,
    ObjectKind.CONFIGURATION,
    ObjectKind.ENTERPRISE_CA,
    ObjectKind.ROOT_CA,
    ObjectKind.AIA_CA,
    ObjectKind.NT_AUTH_STORE,
    ObjectKind.DOMAIN,
    ObjectKind.OU,
)


class Place(StrEnum):
    """Something a control point looks for, by its distinguished name."""

    ADMIN_SD_HOLDER = "admin_sd_holder"
    PUBLIC_KEY_SERVICES = "public_key_services"
    DISPLAY_SPECIFIERS = "display_specifiers"
    DNS_SERVERS = "dns_servers"
    SYSVOL_REPLICATION = "sysvol_replication"
    BACKUP_KEYS = "backup_keys"
    KDS_KEYS = "kds_keys"
    SCHEMA = "schema"
    PARTITIONS = "partitions"


_PARTITIONS = (
    "CN=CONFIGURATION,DC=",
    "CN=SCHEMA,CN=CONFIGURATION,DC=",
    "DC=DOMAINDNSZONES,DC=",
    "DC=FORESTDNSZONES,DC=",
)
_TESTS: Mapping[Place, Callable[[str], bool]] = {
    Place.ADMIN_SD_HOLDER: lambda name: name.startswith("CN=ADMINSDHOLDER,CN=SYSTEM,DC="),
    Place.PUBLIC_KEY_SERVICES: lambda name: (
        "CN=PUBLIC KEY SERVICES,CN=SERVICES,CN=CONFIGURATION," in name
        and ",CN=CERTIFICATE TEMPLATES," not in name
        and ",CN=OID," not in name
    ),
    Place.DISPLAY_SPECIFIERS: lambda name: "CN=DISPLAYSPECIFIERS,CN=CONFIGURATION," in name,
    Place.DNS_SERVERS: lambda name: name.startswith("CN=MICROSOFTDNS,"),
    Place.SYSVOL_REPLICATION: lambda name: (
        "CN=DFSR-GLOBALSETTINGS,CN=SYSTEM," in name
        or "CN=DOMAIN SYSTEM VOLUME,CN=DFSR-LOCALSETTINGS," in name
    ),
    Place.BACKUP_KEYS: lambda name: name.startswith("CN=BCKUPKEY_") and ",CN=SYSTEM," in name,
    Place.KDS_KEYS: lambda name: (
        "CN=MASTER ROOT KEYS,CN=GROUP KEY DISTRIBUTION SERVICE,CN=SERVICES," in name
    ),
    Place.SCHEMA: lambda name: "CN=SCHEMA,CN=CONFIGURATION,DC=" in name,
    Place.PARTITIONS: lambda name: name.startswith(_PARTITIONS),
}


def places_of(facts: DirectoryFacts) -> Mapping[Place, IntArray]:
    """Indices of the objects found in each place, ascending; users and computers are not searched.

    Cost: one pass over the names of containers, configuration and authorities.
    """
    names = facts.texts.get(Text.DISTINGUISHED_NAME, {})
    found: dict[Place, list[int]] = {place: [] for place in Place}
    for index in facts.of_kind(*_KINDS).tolist():
        name = names.get(index)
        if not isinstance(name, str):
            continue
        upper = name.upper()
        for place, is_there in _TESTS.items():
            if is_there(upper):
                found[place].append(index)
    return {place: np.array(indices, np.int32) for place, indices in found.items()}
