"""How is an activity sheet brought in?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hygie.connectors.activity_sheet.reader import open_activity_sheet
from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.types import Applied, Plan
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.imports.options import ActivityOptions
from hygie.territory.organisations.imports.words import ACTIVITY_NOTES, FIELDS
from hygie.territory.organisations.policies import ACTIVITY_RIGHTS
from hygie.territory.organisations.services.activity import activity_figures_apply, activity_plan
from hygie.territory.perimeter import Perimeter


class ActivityImport:
    """Combined activity and headcount, by structure and year."""

    kind = "territory.activity"
    label = _("Activité et effectifs")
    help = _(
        "Une ligne par structure et par année : FINESS, année, activité combinée, effectif. "
        "L'activité combinée pondère les règles de couverture."
    )
    accepts = (".csv", ".xlsx", ".ods")
    right = ACTIVITY_RIGHTS
    options_form = ActivityOptions
    notes = ACTIVITY_NOTES
    fields = FIELDS

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """Each row says its organisation; rights are checked row by row."""
        if not any(perimeter.holds_anywhere(right) for right in ACTIVITY_RIGHTS):
            raise NotAllowed
        return None

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What it would do."""
        return activity_plan(
            perimeter=perimeter, sheet=open_activity_sheet(path), options=options, watch=watch
        )

    def apply(
        self,
        path: Path,
        *,
        options: Mapping[str, Any],
        perimeter: Perimeter,
        watch: Watch,
        plan_digest: str,
    ) -> Applied:
        """Do it."""
        return activity_figures_apply(
            perimeter=perimeter, sheet=open_activity_sheet(path), options=options, watch=watch,
            plan_digest=plan_digest,
        )  # fmt: skip
