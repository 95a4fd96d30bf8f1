"""Which columns has the list of column mappings?"""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.territory.sheets.models import ColumnMapping


def mappings_table(request: HttpRequest, rows: QuerySet[ColumnMapping]) -> TablePage:
    """Column mappings that may be used somewhere."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Correspondance"), sort="name"),
            Column("subject", _("Pour"), sort="subject"),
            Column("updated", _("Modifiée"), sort="updated_at", kind="date", value="updated_at",
                   is_first_down=True),
            Column("acts", "", kind="acts"),
        ),
        filters=(Filter("q", _("Rechercher"), lookup="name"),),
        sort="name",
        caption=_("Correspondances de colonnes"),
        exports=False,
    )  # fmt: skip
