"""Which columns and filters has the list of jobs?"""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job

COLUMNS = (
    Column("title", _("Travail"), value="title_text"),
    Column("state", _("État"), sort="state", value="get_state_display"),
    Column("reason", _("Motif"), value="error_text"),
    Column("created", _("Demandé"), sort="created_at", kind="date", value="created_at",
           is_first_down=True),
    Column("finished", _("Fini"), sort="finished_at", kind="date", value="finished_at",
           is_first_down=True),
    Column("result", "", kind="acts", is_exported=False),
)  # fmt: skip
FILTERS = (Filter("state", _("État"), choices=JobState.choices, lookup="state"),)


def jobs_page(request: HttpRequest, jobs: QuerySet[Job]) -> TablePage:
    """These jobs, as the address asks for them."""
    return TablePage(
        request, jobs, COLUMNS, filters=FILTERS, sort="-created", caption=_("Mes travaux")
    )
