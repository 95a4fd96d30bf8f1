"""Which organisation, which asset does this text name?"""

from hygie.foundation.errors import NotFound
from hygie.territory.estate.errors import ObjectAmbiguous, ObjectUnknown
from hygie.territory.estate.models import Asset
from hygie.territory.estate.selectors.access import assets_at, assets_in
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_by_code, organisation_get_in
from hygie.territory.organisations.words import plain
from hygie.territory.perimeter import Depth, Perimeter

_FINESS_LENGTH = 9
_LARGEST_KEY = 2**63 - 1
_SHOWN = 5


def organisation_named(perimeter: Perimeter, text: str) -> Organisation:
    """An organisation whose map this perimeter reads, by FINESS number, code or our own number.

    Raises:
        NotFound: absent or forbidden, which read the same.
    """
    wanted = text.strip()
    is_ours = wanted.isdecimal() and wanted.isascii() and len(wanted) != _FINESS_LENGTH
    if is_ours and int(wanted[:19] or "0") <= _LARGEST_KEY:
        try:
            return organisation_get_in(perimeter, int(wanted), depth=Depth.DETAIL)
        except NotFound:
            pass
    found = organisation_by_code(perimeter, wanted)
    return organisation_get_in(perimeter, found.pk, depth=Depth.DETAIL)


def asset_named(perimeter: Perimeter, text: str, organisation: Organisation | None = None) -> Asset:
    """An asset by code, FINESS/code or name, at an organisation or anywhere.

    Raises:
        ObjectUnknown: none that this perimeter may read.
        ObjectAmbiguous: several; their codes are told.
    """
    wanted = " ".join(text.replace("\x00", "").split())
    rows = assets_at(perimeter, organisation) if organisation else assets_in(perimeter)
    rows = rows.select_related("organisation", "site", "zone", "supplier").order_by("pk")
    finess, slash, code = wanted.partition("/")
    found = list(rows.filter(code=wanted)[: _SHOWN + 1])
    if not found and slash:
        found = list(rows.filter(organisation__code=finess, code=code)[: _SHOWN + 1])
    if not found:
        found = list(rows.filter(name__iexact=wanted)[: _SHOWN + 1])
    if not found and plain(wanted):
        near = rows.filter(search_key__contains=plain(wanted))
        found = [one for one in near[:1000] if plain(one.name) == plain(wanted)]
    if not found:
        raise ObjectUnknown(text=wanted)
    if len(found) > 1:
        choices = ", ".join(f"{one.organisation.code}/{one.code}" for one in found[:_SHOWN])
        raise ObjectAmbiguous(text=wanted, choices=choices)
    return found[0]
