"""Do the DNS zones and the consoles of administrators refuse what comes from outside?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.places import Place
from hygie.engines.directory.points.drafts import Draft, over_objects, undecided
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import Flag, Number, ObjectKind, Text

_UNSECURED = 1
_OF_DOMAIN = "_MSDCS."


def zones(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Zones that accept updates without authentication: of the domains (1), of any name (3)."""
    every = ground.population(ObjectKind.DNS_ZONE)
    if not every.any():
        return undecided(rows, ObjectKind.DNS_ZONE.name)
    update = ground.facts.number(Number.DNS_ZONE_UPDATE)
    opened = ground.flag(Flag.ZONE_UNSECURE_UPDATE) | ground.number(
        Number.DNS_ZONE_UPDATE, update == _UNSECURED
    )
    told_no = ground.flag(Flag.ZONE_UNSECURE_UPDATE).no | ((update >= 0) & (update != _UNSECURED))
    state = Tri(opened.yes, told_no & ~opened.yes)
    of_domain = _of_domains(ground)
    return over_objects(
        ground,
        "dnszone_bad_prop",
        rows,
        lambda row: certain(every & of_domain if row.level == 1 else every) & state,
    )


def _of_domains(ground: Ground) -> BoolArray:
    """Zones named after a domain collected, with or without `_msdcs.`, (n,)."""
    facts = ground.facts
    names = {facts.names[domain].upper() for domain in ground.scope.domains.tolist()}
    dns = facts.texts.get(Text.DNS_NAME, {})
    found = np.zeros(len(facts), np.bool_)
    for zone in facts.of_kind(ObjectKind.DNS_ZONE).tolist():
        name = str(dns.get(zone) or facts.names[zone]).upper().partition("@")[0]
        found[zone] = name.removeprefix(_OF_DOMAIN) in names
    return found


def display_specifiers(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Menus of the administrators' consoles that start something outside SYSVOL."""
    places = ground.at(Place.DISPLAY_SPECIFIERS)
    told = ground.facts.texts.get(Text.ADMIN_CONTEXT_MENU, {})
    outside = np.zeros(len(ground.facts), np.bool_)
    for index, value in told.items():
        menus = (value,) if isinstance(value, str) else value
        outside[index] = any(starts_outside(menu) for menu in menus)
    if not (places.any() and told):
        return undecided(rows, Text.ADMIN_CONTEXT_MENU.name)
    fault = certain(places & outside)
    return over_objects(ground, "display_specifier", rows, lambda row: fault)


def starts_outside(menu: str) -> bool:
    """Whether a menu entry (`order,label,command`) starts a file that is not in SYSVOL.

    An entry without a path names a component of the system, by its class identifier or its file.
    """
    command = menu.rpartition(",")[2].strip().strip('"').upper().replace("/", "\\")
    if "\\" not in command:
        return False
    return "\\SYSVOL\\" not in command
