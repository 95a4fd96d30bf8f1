"""How does a line of a file become the columns of an organisation, and back?"""

import datetime as dt
from typing import Any

from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.finess.regions import finess_departement, region_of
from hygie.connectors.finess.types import FinessLegalEntity, FinessSite
from hygie.connectors.ght_sheet.types import GhtMembershipRow, GhtRole
from hygie.territory.organisations.models import ActivityFigure, GhtMembership, Organisation
from hygie.territory.organisations.words import provisional_name

Values = dict[str, Any]

_LENGTHS: dict[str, int] = {
    name: getattr(Organisation._meta.get_field(name), "max_length", 0)
    for name in (
        "name", "long_name", "category_code", "category_label", "category_group",
        "legal_status", "siret", "address", "town", "postcode", "department_code",
    )
}  # fmt: skip


def _clipped(values: Values) -> Values:
    """A text longer than its column would be refused by PostgreSQL in the middle of an import."""
    return {
        name: value[: _LENGTHS[name]].strip() if name in _LENGTHS else value
        for name, value in values.items()
    }


def _address(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def site_values(site: FinessSite) -> Values:
    """Own columns of an establishment, as its extract gives them."""
    return _clipped(
        {
            "name": site.name or site.long_name or f"ET {site.number}",
            "long_name": site.long_name,
            "category_code": site.category,
            "category_label": site.category_name,
            "category_group": site.category_group,
            "legal_status": site.public_service_name,
            "siret": site.siret,
            "address": _address(
                site.street_number, site.street_complement, site.street_kind, site.street,
                site.place, site.delivery_complement,
            ),
            "town": site.town,
            "postcode": site.postal_code,
            "department_code": site.insee_departement,
            "opened_on": site.opened_on,
        }
    )  # fmt: skip


def entity_values(entity: FinessLegalEntity) -> Values:
    """Own columns of a legal entity, as its extract gives them."""
    return _clipped(
        {
            "name": entity.name or entity.long_name or provisional_name(entity.number),
            "long_name": entity.long_name,
            "category_code": entity.category,
            "category_label": entity.category_name,
            "legal_status": entity.legal_status_name,
            "siret": entity.siren,
            "address": _address(
                entity.street_number, entity.street_complement, entity.street_kind, entity.street,
                entity.place, entity.delivery_complement,
            ),
            "town": entity.town,
            "postcode": entity.postal_code,
            "department_code": entity.insee_departement,
            "opened_on": entity.created_on,
        }
    )  # fmt: skip


def region_code_of_number(number: str) -> str:
    """Region of a FINESS number by its first two characters; "" overseas: they do not tell."""
    region = region_of(number[:2])
    return region.code if region else ""


def _routing(organisation: Organisation) -> str:
    return _address(organisation.postcode, organisation.town)


def site_of(organisation: Organisation) -> FinessSite:
    """An establishment in the layout of the extract; `legal_entity` has been selected."""
    entity = organisation.legal_entity
    return FinessSite(
        number=organisation.code,
        legal_entity=entity.code if entity else "",
        name=organisation.name,
        long_name=organisation.long_name,
        street=organisation.address,
        departement=finess_departement(organisation.department_code),
        routing=_routing(organisation),
        category=organisation.category_code,
        category_name=organisation.category_label,
        category_group=organisation.category_group,
        siret=organisation.siret,
        public_service_name=organisation.legal_status,
        opened_on=organisation.opened_on,
        updated_on=organisation.seen_on,
    )


def entity_of(organisation: Organisation) -> FinessLegalEntity:
    """A legal entity in the layout of the extract."""
    return FinessLegalEntity(
        number=organisation.code,
        name=organisation.name,
        long_name=organisation.long_name,
        street=organisation.address,
        departement=finess_departement(organisation.department_code),
        routing=_routing(organisation),
        category=organisation.category_code,
        category_name=organisation.category_label,
        legal_status_name=organisation.legal_status,
        siren=organisation.siret,
        created_on=organisation.opened_on,
    )


def membership_row(membership: GhtMembership) -> GhtMembershipRow:
    """A membership in the layout of the sheet; group, its region and member have been selected."""
    ght, member = membership.ght, membership.member
    return GhtMembershipRow(
        region=ght.region.name if ght.region else "",
        ght_name=ght.name,
        ght_code=ght.code,
        finess=member.code,
        category=member.category_label,
        name="" if member.is_name_provisional else member.name,
        town=member.town,
        postal_code=member.postcode,
        role=GhtRole(membership.role),
        since=membership.since,
        until=membership.until,
    )


def activity_row(figure: ActivityFigure) -> ActivityRow | None:
    """A figure in the layout of the sheet; None without activity, which the sheet demands."""
    if figure.combined_activity is None:
        return None
    return ActivityRow(
        figure.organisation.code, figure.year, figure.combined_activity, figure.headcount
    )


def json_value(value: Any) -> Any:
    """A column as a plan shows it."""
    return value.isoformat() if isinstance(value, dt.date) else value
