"""Which lists of Mercator are which kinds of asset, and which of its columns are which fields?

Names are those of its public data model; a list is recognised by its name, else by columns that it
alone has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hygie.connectors.inventories.roles import RADIO, TELEPHONE
from hygie.engines.estate.types import Value
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class MercatorLink:
    """A column that holds numbers, or names, of objects of another list.

    Attributes:
        column: of Mercator. types: lists in which its numbers are looked for.
        is_incoming: the other object is the source.
    """

    column: str
    verb: Verb
    types: tuple[str, ...]
    is_incoming: bool = False


@dataclass(frozen=True, slots=True)
class MercatorType:
    """One list.

    Attributes:
        kind: of asset.
        names: of the list: sheet, file, address of the API.
        signature: columns that this list alone has: enough of them tell it.
        fields: our field or detail → columns of Mercator, the first one filled stands.
        constants: details that the list itself tells.
        links: see MercatorLink.
    """

    kind: Kind
    names: tuple[str, ...]
    signature: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    links: tuple[MercatorLink, ...] = ()


_PRODUCT = {"vendor": ("vendor",), "model": ("product", "type"), "version": ("version",)}
_PLACED = {"site": ("site_id", "site"), "ip": ("address_ip", "ip", "ip_addresses")}


def _network(role: str, *names: str) -> MercatorType:
    """Equipment of the network: switches and their like have the same columns."""
    return MercatorType(
        Kind.NETWORK, names, fields={**_PRODUCT, **_PLACED}, constants={"role": role}
    )


TYPES: Mapping[str, MercatorType] = {
    "activities": MercatorType(
        Kind.CARE,
        ("activities", "activity", "activités"),
        ("maximum_tolerable_downtime", "recovery_time_objective", "maximum_tolerable_data_loss"),
        {
            "max_downtime_min": ("maximum_tolerable_downtime", "recovery_time_objective"),
            "max_data_loss_min": ("maximum_tolerable_data_loss", "recovery_point_objective"),
            "owner": ("responsible", "owner"),
        },
        links=(MercatorLink("applications", Verb.USES, ("applications",)),),
    ),
    "processes": MercatorType(
        Kind.CARE,
        ("processes", "process", "processus"),
        ("macroprocess_id", "in_out", "macroprocess"),
        {"owner": ("owner",)},
        links=(
            MercatorLink("applications", Verb.USES, ("applications",)),
            MercatorLink("activities", Verb.USES, ("activities",)),
        ),
    ),
    "applications": MercatorType(
        Kind.APPLICATION,
        ("applications", "application", "m_applications"),
        (
            "functional_referent", "application_block_id", "editor", "rto", "rpo",
            "application_block",
        ),
        {
            "owner": ("functional_referent", "responsible"),
            "technical_owner": ("responsible", "entity_resp"),
            "max_downtime_min": ("rto",),
            "max_data_loss_min": ("rpo",),
            "vendor": ("editor", "vendor"),
            "model": ("product",),
            "version": ("version",),
            "domain": ("application_block", "type"),
            "hosting": ("external",),
        },
        links=(
            MercatorLink("logical_servers", Verb.RUNS_ON, ("logical_servers",)),
            MercatorLink("physical_servers", Verb.RUNS_ON, ("physical_servers",)),
            MercatorLink("databases", Verb.STORES_ON, ("databases",)),
            MercatorLink("activities", Verb.USES, ("activities",), True),
            MercatorLink("processes", Verb.USES, ("processes",), True),
        ),
    ),
    "databases": MercatorType(
        Kind.STORE,
        ("databases", "database", "bases de données"),
        ("informations", "entity_resp_id"),
        {"owner": ("responsible",), "technology": ("type",)},
        links=(
            MercatorLink("logical_servers", Verb.RUNS_ON, ("logical_servers",)),
            MercatorLink("applications", Verb.STORES_ON, ("applications",), True),
        ),
    ),
    "logical_servers": MercatorType(
        Kind.SERVER,
        ("logical_servers", "logical-servers", "logicalservers", "serveurs logiques"),
        ("net_services", "environment", "domain_id", "active"),
        {
            "os": ("operating_system",),
            "role": ("type", "net_services"),
            "patched_on": ("update_date",),
            "ip": ("address_ip",),
        },
        links=(
            MercatorLink("physical_servers", Verb.RUNS_ON, ("physical_servers",)),
            MercatorLink("clusters", Verb.RUNS_ON, ("clusters",)),
            MercatorLink("cluster_id", Verb.RUNS_ON, ("clusters",)),
            MercatorLink("applications", Verb.RUNS_ON, ("applications",), True),
            MercatorLink("databases", Verb.RUNS_ON, ("databases",), True),
            MercatorLink("domain_id", Verb.AUTHENTICATES_WITH, ("domaine_ads",)),
        ),
    ),
    "physical_servers": MercatorType(
        Kind.SERVER,
        ("physical_servers", "physical-servers", "physicalservers", "serveurs physiques"),
        ("bay_id", "patching_group", "physical_switch_id"),
        {
            **_PRODUCT,
            **_PLACED,
            "os": ("operating_system",),
            "patched_on": ("update_date",),
            "technical_owner": ("responsible",),
        },
        {"is_virtual": False},
        (MercatorLink("logical_servers", Verb.RUNS_ON, ("logical_servers",), True),),
    ),
    "workstations": MercatorType(
        Kind.WORKSTATION,
        ("workstations", "workstation", "postes de travail"),
        ("mac_address", "serial_number", "network_port_type", "other_user"),
        {
            **_PLACED,
            "vendor": ("manufacturer", "vendor"),
            "model": ("model", "product", "type"),
            "serial": ("serial_number",),
            "mac": ("mac_address",),
            "os": ("operating_system",),
        },
        links=(MercatorLink("domain_id", Verb.AUTHENTICATES_WITH, ("domaine_ads",)),),
    ),
    "clusters": MercatorType(
        Kind.CLUSTER,
        ("clusters", "cluster"),
        (),
        {"technology": ("type",), "ip": ("address_ip",)},
        links=(
            MercatorLink("physical_servers", Verb.MADE_OF, ("physical_servers",)),
            MercatorLink("logical_servers", Verb.RUNS_ON, ("logical_servers",), True),
        ),
    ),
    "storage_devices": MercatorType(
        Kind.STORE,
        ("storage_devices", "storage-devices", "storagedevices", "stockage"),
        (),
        {**_PRODUCT, **_PLACED},
    ),
    "peripherals": MercatorType(
        Kind.DEVICE,
        ("peripherals", "peripheral", "périphériques"),
        ("provider_id", "domain"),
        {
            **_PLACED,
            "vendor": ("vendor",),
            "model": ("product", "type"),
            "version": ("version",),
            "modality": ("type",),
            "owner": ("responsible",),
            "supplier": ("provider_id",),
        },
        links=(MercatorLink("applications", Verb.USES, ("applications",)),),
    ),
    "phones": _network(TELEPHONE, "phones", "phone", "téléphones"),
    "network_switches": _network("commutateur", "network_switches", "network-switches"),
    "physical_switches": _network("commutateur", "physical_switches", "physical-switches"),
    "physical_routers": _network("routeur", "physical_routers", "physical-routers"),
    "routers": _network("routeur", "routers", "router"),
    "wifi_terminals": _network(RADIO, "wifi_terminals", "wifi-terminals"),
    "security_devices": _network("sécurité", "security_devices", "security-devices"),
    "gateways": _network("passerelle", "gateways", "gateway"),
    "dhcp_servers": MercatorType(
        Kind.SERVER, ("dhcp_servers", "dhcp-servers"), (), {"ip": ("address_ip",)},
        {"role": "DHCP"},
    ),
    "dnsservers": MercatorType(
        Kind.SERVER, ("dnsservers", "dns-servers", "dns_servers"), (), {"ip": ("address_ip",)},
        {"role": "DNS"},
    ),
    "subnetworks": MercatorType(
        Kind.ZONE,
        ("subnetworks", "subnetwork", "sous-réseaux"),
        ("ip_allocation_type", "default_gateway", "connected_subnets_id", "gateway_id"),
        {
            "network": ("address",), "technical_owner": ("responsible_exp",),
            "exposure": ("dmz",),
        },
    ),
    "networks": MercatorType(
        Kind.ZONE,
        ("networks", "network", "réseaux"),
        ("protocol_type", "responsible_sec"),
        {"technical_owner": ("responsible",)},
    ),
    "wans": MercatorType(Kind.LINE, ("wans", "wan")),
    "entities": MercatorType(
        Kind.SUPPLIER,
        ("entities", "entity", "entités"),
        ("is_external", "entity_type", "parent_entity_id", "contact_point", "security_level"),
        {"contact": ("contact_point",)},
    ),
    "external_connected_entities": MercatorType(
        Kind.ACCESS,
        ("external_connected_entities", "external-connected-entities"),
        ("src_desc", "dst_desc", "src", "dst"),
        {"supplier": ("entity_id",), "method": ("type",)},
    ),
    "sites": MercatorType(Kind.SITE, ("sites", "site")),
    "domaine_ads": MercatorType(
        Kind.IDENTITY,
        ("domaine_ads", "domaines_ads", "domaine-ads", "domain-ads"),
        ("domain_ctrl_cnt", "machine_count", "relation_inter_domaine"),
        constants={"technology": "active_directory"},
    ),
    "forest_ads": MercatorType(
        Kind.IDENTITY, ("forest_ads", "forest-ads"),
        constants={"technology": "active_directory"},
    ),
    "annuaires": MercatorType(Kind.IDENTITY, ("annuaires", "annuaire"), ("solution",)),
    "fluxes": MercatorType(
        Kind.INTERFACE,
        ("fluxes", "flux", "flows", "application flows"),
        ("application_source_id", "application_dest_id", "crypted", "bidirectional"),
        links=(
            MercatorLink("application_source_id", Verb.USES, ("applications",)),
            MercatorLink("database_source_id", Verb.USES, ("databases",)),
            MercatorLink("application_dest_id", Verb.EXCHANGES_THROUGH, ("applications",), True),
        ),
    ),
}  # fmt: skip

# Lists that the map has no noun for: said with their count, never passed over in silence.
NOT_KEPT = frozenset(
    {
        "macro_processuses", "operations", "tasks", "actors", "information", "informations",
        "application_blocks", "application_services", "application_modules", "containers",
        "certificates", "vlans", "lans", "mans", "buildings", "bays", "physical_links",
        "logical_flows", "physical_security_devices", "relations", "zone_admins", "admin_users",
        "security_controls", "data_processing", "data_processings", "documents", "backups",
    }
)  # fmt: skip
