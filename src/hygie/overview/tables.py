"""Which lists does the cockpit hold?"""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.overview.selectors.cockpit import Cockpit
from hygie.territory.organisations.models import Organisation


def children_table(request: HttpRequest, cockpit: Cockpit) -> TablePage:
    """Regions, GHT or entities below the node, the least advanced first."""
    return TablePage(
        request=request,
        rows=cockpit.children,
        columns=(
            Column("name", _("Organisation"), sort="organisation.name", value="organisation.name"),
            Column("code", _("Code"), sort="organisation.code", value="organisation.code"),
            Column("passed", _("Atteints"), sort="passed_share", kind="number",
                   value=lambda row: round(100 * row.passed_share, 1), is_first_down=True),
            Column("states", _("Objectifs par état"), is_exported=False),
            Column("stale", _("Périmés"), sort="stale", kind="number", is_first_down=True),
            Column("missing", _("Inconnus"), sort="missing", kind="number", is_first_down=True),
            Column("confidence", _("Part mesurée"), sort="confidence", kind="number",
                   value=lambda row: None if row.confidence is None
                   else round(100 * row.confidence, 1), is_first_down=True),
        ),
        filters=(Filter("q", _("Nom ou code"), lookup=("organisation.name", "organisation.code")),),
        sort="passed",
        name="below",
        caption=_("Sous ce niveau"),
        key="organisation",
    )  # fmt: skip


def children_csv(table: TablePage, node: Organisation) -> StreamingHttpResponse:
    """The list as a spreadsheet."""
    return csv_response(table, f"cockpit-{node.code}")
