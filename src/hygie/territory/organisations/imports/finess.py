"""How is a national FINESS extract brought in?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hygie.connectors.finess.reader import open_finess
from hygie.foundation.imports.types import Applied, Plan
from hygie.foundation.jobs.watch import Watch
from hygie.territory.organisations.imports.options import FinessOptions
from hygie.territory.organisations.imports.words import FIELDS, FINESS_NOTES
from hygie.territory.organisations.policies import managed_region_ids
from hygie.territory.organisations.services.finess import finess_apply, finess_plan
from hygie.territory.perimeter import Perimeter, Right


class FinessImport:
    """ET and EJ of the national extract."""

    kind = "territory.finess"
    label = _("Extraction FINESS")
    help = _(
        "Le fichier national des établissements (etalab-cs1100502 ou 507) ou des entités "
        "juridiques (501), tel que publié sur data.gouv.fr."
    )
    accepts = (".csv", ".txt")
    right = Right.MANAGE_TERRITORY
    options_form = FinessOptions
    notes = FINESS_NOTES
    fields = FIELDS

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """The territory as a whole, for whoever manages some of it."""
        managed_region_ids(perimeter)
        return None

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What it would do."""
        return finess_plan(
            perimeter=perimeter, extract=open_finess(path), options=options, watch=watch
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
        return finess_apply(
            perimeter=perimeter, extract=open_finess(path), options=options, watch=watch,
            plan_digest=plan_digest,
        )  # fmt: skip
