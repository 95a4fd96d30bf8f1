"""How is each structure of an extract placed, compared and written?

One pass does both: the plan runs it without writing, the application runs it again and writes; they
gather the same changes in the same order, so that their digests agree unless the data have moved.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hygie.connectors.finess.reader import FinessExtract
from hygie.connectors.finess.types import FinessLegalEntity, FinessRecord, FinessSite
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Severity
from hygie.foundation.batches import batches
from hygie.foundation.imports.planner import Planner
from hygie.territory.organisations.bridge import entity_values, site_values
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.services.finess_batch import (
    ENTITY_FIELDS,
    READ_FIELDS,
    SITE_FIELDS,
    FinessBatch,
)
from hygie.territory.organisations.services.places import (
    EntityPlace,
    RegionIndex,
    site_region_id,
)
from hygie.territory.organisations.words import provisional_name

CHUNK = 1_000


@dataclass(slots=True)
class Entity:
    """A legal entity as this pass knows it; `pk` is None when a plan has only announced it."""

    pk: int | None
    place: EntityPlace


@dataclass(slots=True)
class FinessMerge:
    """One pass over an extract.

    Attributes:
        planner: gathers what is added, changed, closed.
        extract: the open extract.
        writes: False only plans.
        follows: structures added are followed by the programme at once.
        region_ids: regions that may be changed; None is all.
    """

    planner: Planner
    extract: FinessExtract
    writes: bool
    follows: bool
    region_ids: frozenset[int] | None
    regions: RegionIndex = field(init=False)
    outside: int = 0
    outdated: int = 0
    _entities: dict[str, Entity] = field(default_factory=dict)
    _announced: dict[str, dict[str, Any]] = field(default_factory=dict)
    _seen: dict[OrganisationKind, dict[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.regions = RegionIndex.load()
        self._seen = {OrganisationKind.EJ: {}, OrganisationKind.ET: {}}

    @property
    def extracted_on(self) -> dt.date | None:
        """Date of the extract."""
        return self.extract.metadata.extracted_on

    def run(self, records: Iterable[FinessRecord]) -> None:
        """Merge everything."""
        for chunk in batches(records, CHUNK):
            self._merge_entities([one for one in chunk if isinstance(one, FinessLegalEntity)])
            self._merge_sites([one for one in chunk if isinstance(one, FinessSite)])
        if self.outside:
            self.planner.note(Severity.INFO, "finess_outside", count=self.outside)
        if self.outdated:
            self.planner.note(Severity.WARNING, "finess_outdated", count=self.outdated)

    def listed(self, kind: OrganisationKind) -> Mapping[str, int]:
        """Numbers listed so far, with their row."""
        return self._seen[kind]

    def _first_time(self, kind: OrganisationKind, number: str, row: int) -> bool:
        first = self._seen[kind].setdefault(number, row)
        if first == row:
            return True
        self.extract.report.error(MessageCode.ROW_DUPLICATE, row=row, field="nofiness", first=first)
        return False

    # Legal entities

    def _merge_entities(self, records: list[FinessLegalEntity]) -> None:
        records = [
            one for one in records if self._first_time(OrganisationKind.EJ, one.number, one.row)
        ]
        if not records:
            return
        known = self._known(OrganisationKind.EJ, [one.number for one in records])
        batch = self._batch()
        for record in records:
            self._merge_entity(batch, record, known.get(record.number))
        self._write(batch)

    def _merge_entity(
        self, batch: FinessBatch, record: FinessLegalEntity, row: dict[str, Any] | None
    ) -> None:
        values: dict[str, Any] = {**entity_values(record), "is_name_provisional": False}
        own = self.regions.of_department(record.departement)
        own = own or self.regions.of_number(record.number)
        row = row or self._announced.pop(record.number, None)
        if row is not None and row["ght_id"]:
            place = EntityPlace(row["region_id"], row["ght_id"])
        else:
            place = EntityPlace(own or (row["region_id"] if row else None), None)
        if not self._is_mine(place.region_id):
            return
        values |= {
            "parent_id": place.ght_id or place.region_id,
            "region_id": place.region_id,
            "ght_id": place.ght_id,
            "legal_entity_id": None,
        }
        batch.put(OrganisationKind.EJ, record.number, values, row, record.row, ENTITY_FIELDS)
        self._entities[record.number] = Entity(row["pk"] if row else None, place)

    # Establishments

    def _merge_sites(self, records: list[FinessSite]) -> None:
        records = [
            one for one in records if self._first_time(OrganisationKind.ET, one.number, one.row)
        ]
        records = [one for one in records if self._site_is_mine(one)]
        if not records:
            return
        self._entities_ensure(records)
        known = self._known(OrganisationKind.ET, [one.number for one in records])
        batch = self._batch()
        for record in records:
            self._merge_site(batch, record, known.get(record.number))
        self._write(batch)

    def _merge_site(
        self, batch: FinessBatch, record: FinessSite, row: dict[str, Any] | None
    ) -> None:
        entity = self._entities[record.legal_entity]
        own = self.regions.of_department(record.departement)
        values = {
            **site_values(record),
            "is_name_provisional": False,
            "parent_id": entity.pk,
            "region_id": site_region_id(entity.place, own),
            "ght_id": entity.place.ght_id,
            "legal_entity_id": entity.pk,
        }
        batch.put(
            OrganisationKind.ET, record.number, values, row, record.row, SITE_FIELDS,
            entity_code=record.legal_entity,
        )  # fmt: skip

    def _site_is_mine(self, record: FinessSite) -> bool:
        own = self.regions.of_department(record.departement)
        return self._is_mine(own or self.regions.of_number(record.number))

    def _is_mine(self, region_id: int | None) -> bool:
        if self.region_ids is None or region_id in self.region_ids:
            return True
        self.outside += 1
        return False

    def _entities_ensure(self, records: list[FinessSite]) -> None:
        """Know every legal entity of these establishments; unknown ones get a provisional name."""
        wanted = {one.legal_entity: one for one in reversed(records)}
        missing = [code for code in wanted if code not in self._entities]
        for row in self._known(OrganisationKind.EJ, missing).values():
            place = EntityPlace(row["region_id"], row["ght_id"])
            self._entities[row["code"]] = Entity(row["pk"], place)
        batch = self._batch()
        for code in sorted(code for code in missing if code not in self._entities):
            self._entity_announce(batch, code, wanted[code])
        self._write(batch)

    def _entity_announce(self, batch: FinessBatch, code: str, site: FinessSite) -> None:
        region_id = self.regions.of_number(code) or self.regions.of_department(site.departement)
        values: dict[str, Any] = dict.fromkeys(ENTITY_FIELDS, "") | {
            "name": provisional_name(code),
            "opened_on": None,
            "is_name_provisional": True,
            "parent_id": region_id,
            "region_id": region_id,
            "ght_id": None,
            "legal_entity_id": None,
        }
        batch.put(OrganisationKind.EJ, code, values, None, site.row, ENTITY_FIELDS)
        self._entities[code] = Entity(None, EntityPlace(region_id, None))
        self._announced[code] = {
            **values, "pk": None, "code": code, "closed_on": None, "seen_on": None,
            "category_group": "", "legal_entity__code": None,
        }  # fmt: skip

    def _write(self, batch: FinessBatch) -> None:
        self.outdated += batch.outdated
        for code, pk in batch.write().items():
            self._entities[code].pk = pk

    def _known(self, kind: OrganisationKind, codes: list[str]) -> dict[str, dict[str, Any]]:
        if not codes:
            return {}
        rows = Organisation.objects.filter(kind=kind, code__in=codes).values(*READ_FIELDS)
        return {row["code"]: dict(row) for row in rows}

    def _batch(self) -> FinessBatch:
        return FinessBatch(
            planner=self.planner,
            regions=self.regions,
            extracted_on=self.extracted_on,
            follows=self.follows,
            writes=self.writes,
        )
