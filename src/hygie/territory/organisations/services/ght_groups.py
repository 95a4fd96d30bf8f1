"""In which region does each GHT of a sheet stand?"""

from collections import Counter
from collections.abc import Sequence

from hygie.connectors.finess.regions import REGIONS
from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.services.places import RegionIndex
from hygie.territory.organisations.words import plain


def regions_of_groups(rows: Sequence[GhtMembershipRow], regions: RegionIndex) -> dict[str, int]:
    """Region of each group, in the order of what is surest.

    Its name in the sheet; else where it stands already; else that of the groups whose code has the
    same prefix (NA-04, NA-07); else that of most of its members' numbers.

    Args:
        rows: the sheet.
        regions: regions known.

    Returns:
        Code of the group → id of its region; a group that nothing places is absent.
    """
    named = _named(rows, regions)
    placed = dict(
        Organisation.objects.filter(kind=OrganisationKind.GHT, region__isnull=False).values_list(
            "code", "region_id"
        )
    )
    by_prefix = {_prefix(code): region for code, region in (placed | named).items()}
    voted = _voted(rows, regions)
    found: dict[str, int] = {}
    for code in dict.fromkeys(row.ght_code for row in rows):
        region = (
            named.get(code) or placed.get(code) or by_prefix.get(_prefix(code)) or voted.get(code)
        )
        if region:
            found[code] = region
    return found


def _named(rows: Sequence[GhtMembershipRow], regions: RegionIndex) -> dict[str, int]:
    codes = {plain(region.name): code for code, region in REGIONS.items()}
    codes |= {plain(name): regions.code_of(pk) for pk, name in regions.names.items()}
    found: dict[str, int] = {}
    for row in rows:
        region_id = regions.ids.get(codes.get(plain(row.region), ""))
        if region_id:
            found.setdefault(row.ght_code, region_id)
    return found


def _voted(rows: Sequence[GhtMembershipRow], regions: RegionIndex) -> dict[str, int]:
    votes: dict[str, Counter[int]] = {}
    for row in rows:
        own = regions.of_number(row.finess)
        if own:
            votes.setdefault(row.ght_code, Counter())[own] += 1
    return {code: count.most_common(1)[0][0] for code, count in votes.items()}


def _prefix(code: str) -> str:
    return code.partition("-")[0]
