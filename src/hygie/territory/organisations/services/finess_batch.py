"""Which of these structures are new, changed or as they were, and how are they written together?"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Verb
from hygie.territory.organisations.bridge import json_value
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.services.places import RegionIndex
from hygie.territory.organisations.services.upsert import organisations_upsert
from hygie.territory.organisations.words import ORIGIN_FINESS, search_key_of

SITE_FIELDS = (
    "name", "long_name", "category_code", "category_label", "category_group", "legal_status",
    "siret", "address", "town", "postcode", "department_code", "opened_on",
)  # fmt: skip
ENTITY_FIELDS = tuple(name for name in SITE_FIELDS if name != "category_group")
_PLACE_FIELDS = ("parent_id", "region_id", "ght_id", "legal_entity_id")
READ_FIELDS = (
    "pk", "code", *SITE_FIELDS, *_PLACE_FIELDS, "is_name_provisional", "closed_on", "seen_on",
    "legal_entity__code",
)  # fmt: skip
# What a plan shows of an addition: enough to recognise it.
_SHOWN_OF_NEW = ("category_label", "town")


class FinessBatch:
    """Structures of one kind, compared one by one and written in one statement."""

    def __init__(
        self,
        *,
        planner: Planner,
        regions: RegionIndex,
        extracted_on: dt.date | None,
        follows: bool,
        writes: bool,
    ) -> None:
        self.planner = planner
        self.regions = regions
        self.extracted_on = extracted_on
        self.follows = follows
        self.writes = writes
        self.outdated = 0
        self._rows: list[dict[str, Any]] = []
        self._confirmed: list[int] = []

    def put(
        self,
        kind: OrganisationKind,
        code: str,
        values: dict[str, Any],
        row: dict[str, Any] | None,
        number: int,
        fields: Sequence[str],
        *,
        entity_code: str | None = None,
    ) -> None:
        """Compare one structure with what is known of it.

        Args:
            kind, code: what it is.
            values: columns that the extract gives, places included.
            row: known columns (READ_FIELDS); None when it is new.
            number: row of the file.
            fields: columns compared.
            entity_code: number of the legal entity of an establishment.
        """
        if row is None:
            shown = {name: [None, values[name]] for name in _SHOWN_OF_NEW if values[name]}
            self.planner.plan_change(
                Verb.ADD, key=code, label=values["name"], detail=shown, row=number
            )
            self._write_later(kind, code, values, None)
            return
        if self._is_outdated(row):
            self.outdated += 1
            self.planner.keep()
            return
        detail = self._differences(values, row, fields, entity_code)
        if detail:
            self.planner.plan_change(
                Verb.CHANGE, key=code, label=values["name"], detail=detail, row=number
            )
            self._write_later(kind, code, values, row)
            return
        self.planner.keep()
        if row["pk"] is not None and row["seen_on"] != self.extracted_on and self.extracted_on:
            self._confirmed.append(row["pk"])

    def _is_outdated(self, row: dict[str, Any]) -> bool:
        seen_on = row["seen_on"]
        return bool(seen_on and self.extracted_on and self.extracted_on < seen_on)

    def _differences(
        self,
        values: dict[str, Any],
        row: dict[str, Any],
        fields: Sequence[str],
        entity_code: str | None,
    ) -> dict[str, Any]:
        detail = {
            name: [json_value(row[name]), json_value(values[name])]
            for name in fields
            if row[name] != values[name]
        }
        if row["closed_on"] is not None:
            detail["closed_on"] = [row["closed_on"].isoformat(), None]
        if row["legal_entity__code"] != entity_code:
            detail["legal_entity"] = [row["legal_entity__code"], entity_code]
        if row["region_id"] != values["region_id"]:
            before, after = row["region_id"], values["region_id"]
            detail["region"] = [self.regions.name_of(before), self.regions.name_of(after)]
        elif not detail and any(row[name] != values[name] for name in _PLACE_FIELDS):
            # Only the copies of the ancestors were wrong: put right, and said.
            detail["place"] = [None, None]
        return detail

    def _write_later(
        self, kind: OrganisationKind, code: str, values: dict[str, Any], row: dict[str, Any] | None
    ) -> None:
        if not self.writes:
            return
        self._rows.append(
            {
                **values,
                "kind": kind.value,
                "code": code,
                "is_followed": self.follows,
                "source": ORIGIN_FINESS,
                "seen_on": self.extracted_on or (row["seen_on"] if row else None),
                "search_key": search_key_of(
                    code, values["name"], values["long_name"], values["town"]
                ),
            }
        )

    def write(self) -> dict[str, int]:
        """Write what was gathered.

        Returns:
            Number → id of the legal entities written; establishments are not asked for.
        """
        if self._confirmed:
            Organisation.objects.filter(pk__in=self._confirmed).update(seen_on=self.extracted_on)
        if not self._rows:
            return {}
        organisations_upsert(self._rows)
        codes = [row["code"] for row in self._rows if row["kind"] == OrganisationKind.EJ]
        written = Organisation.objects.filter(kind=OrganisationKind.EJ, code__in=codes)
        return dict(written.values_list("code", "pk")) if codes else {}
