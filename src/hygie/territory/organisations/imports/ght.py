"""How is a GHT membership sheet brought in?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hygie.connectors.ght_sheet.reader import open_ght_sheet
from hygie.foundation.imports.types import Applied, Plan
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.imports.options import GhtOptions
from hygie.territory.organisations.imports.words import FIELDS, GHT_NOTES
from hygie.territory.organisations.policies import managed_region_ids
from hygie.territory.organisations.services.ght import ght_memberships_apply, ght_plan
from hygie.territory.perimeter import Perimeter, Right


class GhtImport:
    """Groups, their members and their roles."""

    kind = "territory.ght"
    label = _("Composition des GHT")
    help = _(
        "La liste des membres des GHT, au format du ministère (région, code et nom du GHT, FINESS) "
        "avec une colonne de rôle si vous l'avez."
    )
    accepts = (".csv", ".xlsx", ".ods")
    right = Right.MANAGE_TERRITORY
    options_form = GhtOptions
    notes = GHT_NOTES
    fields = FIELDS

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """The territory as a whole, for whoever manages some of it."""
        managed_region_ids(perimeter)
        return None

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What it would do."""
        return ght_plan(
            perimeter=perimeter, sheet=open_ght_sheet(path), options=options, watch=watch
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
        return ght_memberships_apply(
            perimeter=perimeter, sheet=open_ght_sheet(path), options=options, watch=watch,
            plan_digest=plan_digest,
        )  # fmt: skip
