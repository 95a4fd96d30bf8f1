"""A map that can be held in one's head: care, two applications, a cluster, what is below."""

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Effect, IdentifierKind, Verb

_ASSETS = (
    AssetRecord(
        "URG", Kind.CARE, "Urgences", owner="Chef des urgences", criticality=4,
        max_downtime_min=60, max_data_loss_min=15, details={"minimal_service": "papier"},
    ),
    AssetRecord("CS", Kind.CARE, "Consultations", criticality=2),
    AssetRecord(
        "DPI", Kind.APPLICATION, "Dossier patient", owner="DIM", supplier="EDI",
        max_downtime_min=120, details={"hosting": "internal", "version": "4.2"},
    ),
    AssetRecord("RDV", Kind.APPLICATION, "Rendez-vous"),
    AssetRecord("GRP", Kind.CLUSTER, "Grappe A", site="SITE"),
    AssetRecord(
        "S1", Kind.SERVER, "srv-1", site="SITE", zone="ZA",
        identifiers=((IdentifierKind.ADDRESS, "10.0.0.1"), (IdentifierKind.SERIAL, "AB12")),
        details={"os": "Debian", "has_edr": True},
    ),
    AssetRecord("S2", Kind.SERVER, "srv-2", site="SITE", zone="ZA"),
    AssetRecord("S3", Kind.SERVER, "srv-3", zone="ZA"),
    AssetRecord("AD", Kind.IDENTITY, "Annuaire"),
    AssetRecord("SITE", Kind.SITE, "Site nord"),
    AssetRecord("ZA", Kind.ZONE, "Serveurs"),
    AssetRecord("EDI", Kind.SUPPLIER, "Éditeur du dossier"),
)  # fmt: skip
_LINKS = (
    LinkRecord("URG", Verb.USES, "DPI", delay_min=120),
    LinkRecord("CS", Verb.USES, "RDV", effect=Effect.DEGRADE),
    LinkRecord("DPI", Verb.RUNS_ON, "GRP"),
    LinkRecord("RDV", Verb.RUNS_ON, "GRP"),
    *(LinkRecord("GRP", Verb.MADE_OF, key, group="nœuds", needed=2) for key in ("S1", "S2", "S3")),
    LinkRecord("DPI", Verb.AUTHENTICATES_WITH, "AD"),
    LinkRecord("AD", Verb.RUNS_ON, "S3"),
    # A server that signs in to the directory that it runs: a circle.
    LinkRecord("S3", Verb.AUTHENTICATES_WITH, "AD"),
)

SMALL = EstateMap(_ASSETS, _LINKS)
