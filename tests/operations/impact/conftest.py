"""A small hospital map: emergency leans on a record that two of three servers must keep."""

from types import SimpleNamespace

import pytest

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Effect, Verb
from hygie.foundation.jobs.watch import SilentWatch
from hygie.operations.impact.asked import Asked
from hygie.operations.impact.models import LossRanking, RansomwareRehearsal
from hygie.operations.impact.services.rankings import (
    ranking_compute,
    ranking_create,
    ranking_record,
)
from hygie.operations.impact.services.rehearsals import (
    rehearsal_compute,
    rehearsal_create,
    rehearsal_record,
)
from hygie.programme.services.referential import referential_load
from hygie.territory.estate.models import Asset
from hygie.territory.perimeter import Perimeter
from tests.territory.estate.rows import map_write

ASKED = Asked(runs=200, horizon_days=30, defences=("segmentation", "offline_backup", "edr:80"))


def _one(key: str, kind: Kind, name: str, **more: object) -> AssetRecord:
    return AssetRecord(key, kind, name, **more)  # type: ignore[arg-type]


def hospital() -> EstateMap:
    """Fifteen assets whose losses can be told by hand."""
    care = {"patients_per_day": 100, "holds_min": 120, "minimal_service": "Dossier papier"}
    assets = [
        _one("SITE-1", Kind.SITE, "Hôpital Nord"),
        _one("ZONE-SRV", Kind.ZONE, "Zone serveurs", details={"exposure": "internal"}),
        _one("ZONE-PC", Kind.ZONE, "Zone postes", details={"exposure": "internal"}),
        _one("FOU-1", Kind.SUPPLIER, "Éditeur Asclépios"),
        _one("URG", Kind.CARE, "Urgences", criticality=4, max_downtime_min=240, details=care),
        _one("LABO", Kind.CARE, "Laboratoire", criticality=3, details={"patients_per_day": 300}),
        _one("CANTINE", Kind.CARE, "Restauration", criticality=1),
        _one("DPI", Kind.APPLICATION, "Dossier patient", supplier="FOU-1", owner="DIM",
             max_downtime_min=240),
        _one("SIL", Kind.APPLICATION, "Système de laboratoire", supplier="FOU-1"),
        _one("AD", Kind.IDENTITY, "Annuaire", details={"technology": "active_directory"}),
        *(
            _one(f"SRV-{n}", Kind.SERVER, f"Serveur {n}", site="SITE-1", zone="ZONE-SRV",
                 details={"os": "Windows Server 2019", "is_domain_joined": True})
            for n in (1, 2, 3, 4)
        ),
        _one("PC-1", Kind.WORKSTATION_GROUP, "Postes des urgences", zone="ZONE-PC",
             details={"count": 40, "os": "Windows 10", "is_domain_joined": True}),
        _one("SAUV", Kind.BACKUP, "Sauvegarde", details={"is_offline": False}),
    ]  # fmt: skip
    links = [
        LinkRecord("URG", Verb.USES, "DPI"),
        LinkRecord("URG", Verb.USES, "PC-1", effect=Effect.DEGRADE),
        LinkRecord("LABO", Verb.USES, "SIL", delay_min=30),
        *(LinkRecord("DPI", Verb.RUNS_ON, f"SRV-{n}", group="grappe", needed=2) for n in (1, 2, 3)),
        LinkRecord("SIL", Verb.RUNS_ON, "SRV-4"),
        LinkRecord("DPI", Verb.AUTHENTICATES_WITH, "AD", delay_min=60),
        LinkRecord("AD", Verb.RUNS_ON, "SRV-4"),
        LinkRecord("DPI", Verb.BACKED_UP_BY, "SAUV"),
        LinkRecord("ZONE-PC", Verb.REACHES, "ZONE-SRV"),
    ]
    return EstateMap(assets, links)


@pytest.fixture
def referential(operator: Perimeter) -> None:
    """What is measured, and against what."""
    referential_load(perimeter=operator)


@pytest.fixture
def mapped(territory: SimpleNamespace) -> dict[str, Asset]:
    """The small hospital, on the map of Alice's establishment."""
    return map_write(hospital(), territory.entities[0])


@pytest.fixture
def ranking(
    mapped: dict[str, Asset], territory: SimpleNamespace, perimeters: SimpleNamespace
) -> LossRanking:
    """Its ranking, by the services of the page."""
    row = ranking_create(perimeter=perimeters.alice, organisation=territory.entities[0])
    found, answer = ranking_compute(ranking=row, watch=SilentWatch())
    return ranking_record(perimeter=perimeters.alice, ranking=row, found=found, answer=answer)


@pytest.fixture
def rehearsal(
    mapped: dict[str, Asset], territory: SimpleNamespace, perimeters: SimpleNamespace
) -> RansomwareRehearsal:
    """An attack rehearsed on it, by the services of the page."""
    row = rehearsal_create(
        perimeter=perimeters.alice, organisation=territory.entities[0], name="Répétition",
        asked=ASKED,
    )  # fmt: skip
    played = rehearsal_compute(rehearsal=row, watch=SilentWatch())
    return rehearsal_record(perimeter=perimeters.alice, rehearsal=row, played=played)


@pytest.fixture
def grouped(mapped: dict[str, Asset], territory: SimpleNamespace) -> dict[str, Asset]:
    """The same map at a second hospital of the group: each has its emergency department."""
    return map_write(hospital(), territory.entities[1])
