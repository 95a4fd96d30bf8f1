"""Which fields has an asset beyond those of all, and what is a complete asset of each kind?

Completeness counts required fields and expected links alike, as the ANSSI mapping guide and the
tools that follow it do: an application without server is no better known than one without owner.
"""

from dataclasses import dataclass
from enum import StrEnum

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb


class FieldType(StrEnum):
    """How the value of a field is written and checked."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"  # ISO 8601
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class DetailField:
    """A field of one kind: its name, its type, the values it may take."""

    name: str
    type: FieldType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """A tie without which the asset is not wholly known.

    Attributes:
        verbs: any of them will do.
        is_incoming: the other asset is the source.
        unless: (field, value) of the details that lifts the expectation.
    """

    verbs: tuple[Verb, ...]
    is_incoming: bool = False
    unless: tuple[str, str] | None = None


def _text(*names: str) -> tuple[DetailField, ...]:
    return tuple(DetailField(name, FieldType.TEXT) for name in names)


def _integer(*names: str) -> tuple[DetailField, ...]:
    return tuple(DetailField(name, FieldType.INTEGER) for name in names)


def _boolean(*names: str) -> tuple[DetailField, ...]:
    return tuple(DetailField(name, FieldType.BOOLEAN) for name in names)


def _date(*names: str) -> tuple[DetailField, ...]:
    return tuple(DetailField(name, FieldType.DATE) for name in names)


def _choice(name: str, *values: str) -> tuple[DetailField, ...]:
    return (DetailField(name, FieldType.CHOICE, values),)


_SYSTEM = (
    *_text("os", "os_version"), *_date("patched_on", "end_of_support"), *_boolean("has_edr"),
)  # fmt: skip
_PRODUCT = _text("vendor", "model", "version")

FIELDS: dict[Kind, tuple[DetailField, ...]] = {
    Kind.CARE: (
        *_text("minimal_service"), *_integer("holds_min", "patients_per_day", "beds"),
    ),
    Kind.APPLICATION: (
        *_PRODUCT, *_text("domain", "degraded_mode"),
        *_choice("hosting", "internal", "external", "saas"),
        *_integer("users"), *_date("contract_end", "end_of_support"),
    ),
    Kind.INTERFACE: (
        *_choice("protocol", "hl7", "dicom", "fhir", "http", "file", "database", "other"),
        *_text("engine", "messages"), *_integer("port"), *_boolean("is_enabled"),
    ),
    Kind.IDENTITY: (
        *_choice("technology", "active_directory", "entra", "ldap", "other"),
        *_boolean("has_admin_mfa", "has_tiering"),
    ),
    Kind.SERVER: (
        *_PRODUCT, *_SYSTEM, *_text("role"), *_boolean("is_virtual", "is_domain_joined"),
    ),
    Kind.CLUSTER: (*_PRODUCT, *_text("technology")),
    Kind.STORE: (*_PRODUCT, *_text("technology", "data"), *_integer("capacity_gb")),
    Kind.BACKUP: (
        *_PRODUCT, *_text("technology", "medium"), *_integer("frequency_h", "retention_days"),
        *_boolean("is_offline", "is_immutable", "is_offsite", "has_own_identity"),
        *_date("restored_on"),
    ),
    Kind.WORKSTATION_GROUP: (*_SYSTEM, *_integer("count")),
    Kind.WORKSTATION: (*_PRODUCT, *_SYSTEM, *_boolean("is_domain_joined")),
    Kind.DEVICE: (
        *_PRODUCT, *_SYSTEM, *_text("modality", "udi"), *_boolean("may_patch"), *_integer("count"),
    ),
    Kind.NETWORK: (*_PRODUCT, *_text("role", "firmware")),
    Kind.ZONE: (
        *_text("network"), *_integer("vlan"), *_boolean("is_filtered_inside"),
        *_choice("exposure", "internal", "dmz", "internet", "biomedical", "administration",
                 "backup", "guests"),
    ),
    Kind.LINE: (*_text("operator"), *_integer("bandwidth_mbps"), *_boolean("is_internet")),
    Kind.ACCESS: (
        *_choice("method", "vpn", "bastion", "tool", "modem", "other"), *_text("cut_procedure"),
        *_boolean("has_mfa", "has_named_accounts", "is_recorded", "is_permanent"),
        *_date("contract_end", "last_used_on"),
    ),
    Kind.SUPPLIER: (
        *_text("contact", "phone", "emergency_phone"), *_date("contract_end"),
    ),
    Kind.SITE: (*_text("address", "town"), *_integer("power_backup_h")),
}  # fmt: skip

# Fields, of all or of its kind, without which an asset of a kind is not wholly known.
REQUIRED: dict[Kind, tuple[str, ...]] = {
    Kind.CARE: (
        "owner", "criticality", "max_downtime_min", "max_data_loss_min", "minimal_service",
    ),
    Kind.APPLICATION: (
        "owner", "technical_owner", "max_downtime_min", "max_data_loss_min", "supplier",
        "hosting", "version",
    ),
    Kind.INTERFACE: ("owner", "protocol"),
    Kind.IDENTITY: ("technical_owner", "technology", "has_admin_mfa"),
    Kind.SERVER: ("technical_owner", "os", "site", "zone", "patched_on"),
    Kind.CLUSTER: ("technical_owner", "technology", "site"),
    Kind.STORE: ("technical_owner", "technology"),
    Kind.BACKUP: ("technical_owner", "is_offline", "is_immutable", "frequency_h", "restored_on"),
    Kind.WORKSTATION_GROUP: ("owner", "count", "os", "zone"),
    Kind.WORKSTATION: ("os", "zone"),
    Kind.DEVICE: ("owner", "vendor", "model", "zone", "may_patch"),
    Kind.NETWORK: ("technical_owner", "role", "site"),
    Kind.ZONE: ("technical_owner", "exposure"),
    Kind.LINE: ("technical_owner", "operator", "site"),
    Kind.ACCESS: ("owner", "supplier", "method", "has_mfa", "cut_procedure"),
    Kind.SUPPLIER: ("owner", "emergency_phone", "contract_end"),
    Kind.SITE: ("address",),
}  # fmt: skip

EXPECTED: dict[Kind, tuple[Expected, ...]] = {
    Kind.CARE: (Expected((Verb.USES,)),),
    Kind.APPLICATION: (
        Expected((Verb.RUNS_ON, Verb.STORES_ON), unless=("hosting", "saas")),
        Expected((Verb.BACKED_UP_BY,), unless=("hosting", "saas")),
        Expected((Verb.USES,), is_incoming=True),
    ),
    Kind.INTERFACE: (Expected((Verb.USES,)), Expected((Verb.EXCHANGES_THROUGH,), True)),
    Kind.IDENTITY: (Expected((Verb.RUNS_ON,)),),
    Kind.CLUSTER: (Expected((Verb.MADE_OF, Verb.RUNS_ON)),),
    Kind.STORE: (Expected((Verb.BACKED_UP_BY,)),),
    Kind.BACKUP: (Expected((Verb.BACKED_UP_BY,), True),),
    Kind.WORKSTATION_GROUP: (Expected((Verb.USES,), True),),
    Kind.DEVICE: (Expected((Verb.USES,), True),),
    Kind.ACCESS: (Expected((Verb.REACHES, Verb.ADMINISTERS)),),
}
