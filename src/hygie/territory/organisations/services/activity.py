"""What would an activity sheet write, and how is it written?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from hygie.connectors.activity_sheet.reader import ActivitySheet
from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.messages import Severity
from hygie.foundation.batches import batches
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Applied, Plan, Verb
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import ActivityFigure, Organisation
from hygie.territory.organisations.policies import may_record_activity
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.organisations.services.lay import territory_hold
from hygie.territory.organisations.words import ORIGIN_SHEET
from hygie.territory.perimeter import Perimeter

_BATCH = 500
_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 12


def activity_plan(
    *, perimeter: Perimeter, sheet: ActivitySheet, options: Mapping[str, Any], watch: Watch
) -> Plan:
    """What an activity sheet would add and change; writes nothing.

    Args:
        perimeter: who asks; rows of organisations where they may not record are refused.
        sheet: an open sheet.
        options: `follow` (organisations with a figure become followed).
        watch: told of the rows.

    Returns:
        The plan. A figure is never removed by its absence from a sheet.

    Raises:
        FileRefused: the sheet stops being readable.

    Cost: two reads of the database for 500 rows.
    """
    merge = _Merge(Planner(), perimeter, bool(options.get("follow")), writes=False)
    merge.run(sheet.rows(), watch)
    return merge.planner.plan(_understood(sheet), report=sheet.report)


def activity_figures_apply(
    *,
    perimeter: Perimeter,
    sheet: ActivitySheet,
    options: Mapping[str, Any],
    watch: Watch,
    plan_digest: str,
) -> Applied:
    """Do it, in the caller's transaction, whose journal line names the file.

    Raises:
        PlanOutdated: it would no longer do what `plan_digest` stands for.
        FileRefused: the sheet stops being readable.
    """
    territory_hold()
    merge = _Merge(Planner(), perimeter, bool(options.get("follow")), writes=True)
    merge.run(sheet.rows(), watch)
    applied = merge.planner.applied(plan_digest, report=sheet.report, **_understood(sheet))
    if merge.touched:
        follow_up("facts_changed", organisation_ids=sorted(merge.touched))
    return applied


@dataclass(slots=True)
class _Merge:
    """One pass over a sheet; `writes` False only plans."""

    planner: Planner
    perimeter: Perimeter
    follows: bool
    writes: bool
    touched: set[int] = field(default_factory=set)
    _followed: set[int] = field(default_factory=set)

    def run(self, rows: Iterable[ActivityRow], watch: Watch) -> None:
        """Compare, and write when asked, 500 rows at a time."""
        watch.stage(gettext_noop("Lecture de la feuille d'activité"))
        for batch in batches(rows, _BATCH):
            watch.advance(len(batch))
            self._merge(batch)

    def _merge(self, rows: list[ActivityRow]) -> None:
        organisations = self._organisations({row.finess for row in rows})
        figures = {
            (figure.organisation_id, figure.year): figure
            for figure in ActivityFigure.objects.filter(organisation__in=organisations.values())
        }
        written: list[ActivityFigure] = []
        for row in rows:
            organisation = self._organisation(row, organisations)
            if organisation is None:
                continue
            wanted = self._wanted(row, organisation)
            known = figures.get((organisation.pk, row.year))
            if wanted is not None and self._compare(row, organisation, wanted, known):
                written.append(wanted)
                self.touched.add(organisation.pk)
        if self.writes:
            self._write(written)

    def _organisations(self, codes: set[str]) -> dict[str, Organisation]:
        """Structures that this perimeter sees; a number is of one legal entity or one site."""
        found = organisations_in(self.perimeter).filter(
            code__in=codes, kind__in=(OrganisationKind.EJ, OrganisationKind.ET)
        )
        return {one.code: one for one in found.order_by("-kind")}

    def _organisation(
        self, row: ActivityRow, organisations: Mapping[str, Organisation]
    ) -> Organisation | None:
        organisation = organisations.get(row.finess)
        if organisation is None:
            self._refuse(row, "activity_unknown", "finess", finess=row.finess)
        elif not may_record_activity(self.perimeter, organisation):
            self._refuse(row, "activity_not_allowed", "finess", finess=row.finess)
        else:
            return organisation
        return None

    def _wanted(self, row: ActivityRow, organisation: Organisation) -> ActivityFigure | None:
        headcount = row.headcount
        if row.combined_activity >= _MOST or (headcount is not None and headcount >= _MOST / 100):
            self._refuse(row, "activity_too_large", "combined_activity")
            return None
        return ActivityFigure(
            organisation=organisation,
            year=row.year,
            combined_activity=row.combined_activity.quantize(_CENT),
            headcount=None if headcount is None else headcount.quantize(_CENT),
            source=ORIGIN_SHEET,
        )

    def _compare(
        self,
        row: ActivityRow,
        organisation: Organisation,
        wanted: ActivityFigure,
        known: ActivityFigure | None,
    ) -> bool:
        """Whether something is to write; an empty headcount keeps the one known."""
        if wanted.headcount is None and known is not None:
            wanted.headcount = known.headcount
        detail: dict[str, list[Any]] = {}
        for name in ("combined_activity", "headcount"):
            before, after = getattr(known, name, None), getattr(wanted, name)
            if before != after:
                detail[name] = [_text(before), _text(after)]
        newly_followed = self.follows and not organisation.is_followed
        if newly_followed and organisation.pk not in self._followed:
            self._followed.add(organisation.pk)
            detail["is_followed"] = [False, True]
        if not detail:
            self.planner.keep()
            return False
        self.planner.plan_change(
            Verb.ADD if known is None else Verb.CHANGE,
            key=f"{row.finess} {row.year}",
            label=f"{organisation.name}, {row.year}",
            detail=detail,
            row=row.row,
        )
        return True

    def _write(self, written: list[ActivityFigure]) -> None:
        ActivityFigure.objects.bulk_create(
            written,
            update_conflicts=True,
            unique_fields=["organisation", "year"],
            update_fields=["combined_activity", "headcount", "source"],
        )
        if self._followed:
            Organisation.objects.filter(pk__in=self._followed).update(is_followed=True)

    def _refuse(self, row: ActivityRow, code: str, field: str, **params: str) -> None:
        self.planner.note(Severity.ERROR, code, row=row.row, field=field, **params)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.quantize(_CENT), "f")


def _understood(sheet: ActivitySheet) -> dict[str, Any]:
    table = sheet.table
    return {
        "file_type": table.kind.value,
        "sheet": table.sheet,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header_row": table.header_row,
        "columns": ", ".join(table.positions),
        "unknown_columns": ", ".join(table.unknown_titles),
    }
