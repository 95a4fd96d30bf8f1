"""What must stand before anything is imported? The nation and its regions."""

from django.db import transaction

from hygie.connectors.finess.regions import REGIONS
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.words import search_key_of

NATION_CODE, NATION_NAME = "FR", "France"


@transaction.atomic
def territory_lay() -> int:
    """Create the nation and the regions that are missing; existing ones are left as they are.

    Idempotent; not a decision of anyone, hence no journal line.

    Returns:
        Number of organisations created.

    Source: INSEE, code officiel géographique, through `hygie.connectors.finess.regions`.
    """
    known = set(
        Organisation.objects.filter(
            kind__in=(OrganisationKind.NATION, OrganisationKind.REGION)
        ).values_list("kind", "code")
    )
    wanted = len(REGIONS) + 1
    if len(known) >= wanted and (OrganisationKind.NATION, NATION_CODE) in known:
        return 0
    nation, is_new = Organisation.objects.get_or_create(
        kind=OrganisationKind.NATION,
        code=NATION_CODE,
        defaults={
            "name": NATION_NAME,
            "is_followed": True,
            "search_key": search_key_of(NATION_CODE, NATION_NAME),
        },
    )
    missing = [
        Organisation(
            kind=OrganisationKind.REGION,
            code=region.code,
            name=region.name,
            parent=nation,
            is_followed=True,
            search_key=search_key_of(region.code, region.name),
        )
        for region in REGIONS.values()
        if (OrganisationKind.REGION, region.code) not in known
    ]
    Organisation.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing) + is_new


def territory_hold() -> None:
    """Lay the territory, then keep other imports of it waiting until this transaction ends.

    Two files applied at once would each compare with what the other is about to change.
    """
    territory_lay()
    nation = Organisation.objects.select_for_update().filter(kind=OrganisationKind.NATION)
    list(nation.values_list("pk", flat=True))
