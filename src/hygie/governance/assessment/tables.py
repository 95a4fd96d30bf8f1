"""Which lists does the assessment show?"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.governance.assessment.choices import QuestionnaireState


def questionnaires_table(request: HttpRequest, rows: Any, *, name: str = "") -> TablePage:
    """Questionnaires with their progress; states and counts, never an answer."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("organisation", _("Organisation"), sort="organisation__name",
                   value="organisation.name"),
            Column("framework", _("Référentiel"), sort="framework__ref_id",
                   value="framework.ref_id"),
            Column("state", _("État"), sort="state", value="get_state_display"),
            Column("answered", _("Réponses"), sort="answered", kind="number", is_first_down=True),
            Column("due_on", _("Échéance"), sort="due_on", kind="date"),
            Column("campaign", _("Campagne"), sort="campaign__name", value="campaign.name"),
        ),
        filters=(
            Filter("q", _("Organisation"), lookup=("organisation__name", "organisation__code")),
            Filter("state", _("État"), choices=QuestionnaireState.choices, lookup="state"),
        ),
        sort="due_on",
        name=name,
        caption=_("Questionnaires"),
    )  # fmt: skip


def campaigns_table(request: HttpRequest, rows: Any) -> TablePage:
    """Campaigns with how many returned."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("name", _("Campagne"), sort="name"),
            Column("framework", _("Référentiel"), sort="framework__ref_id",
                   value="framework.ref_id"),
            Column("node", _("Niveau"), sort="node__name", value="node.name"),
            Column("asked", _("Interrogés"), sort="asked", kind="number", is_first_down=True),
            Column("begun", _("Commencés"), sort="begun", kind="number", is_first_down=True),
            Column("returned", _("Rendus"), sort="returned", kind="number", is_first_down=True),
            Column("due_on", _("Échéance"), sort="due_on", kind="date"),
        ),
        filters=(
            Filter("q", _("Nom"), lookup="name"),
            Filter("closed", _("Situation"), lookup="is_closed",
                   choices=(("False", _("ouverte")), ("True", _("close")))),
        ),
        sort="-due_on",
        caption=_("Campagnes"),
    )  # fmt: skip


def fates_table(request: HttpRequest, rows: Sequence[Any]) -> TablePage:
    """Organisations by what becomes of their answers."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("organisation", _("Organisation"), sort="organisation.name",
                   value="organisation.name"),
            Column("kept", _("Gardées"), sort="kept", kind="number"),
            Column("moved", _("Déplacées"), sort="moved", kind="number"),
            Column("lost", _("Perdues"), sort="lost", kind="number", is_first_down=True),
        ),
        sort="-lost",
        caption=_("Réponses par organisation"),
        key="organisation.pk",
    )  # fmt: skip
