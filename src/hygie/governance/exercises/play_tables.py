"""Which list is the crisis log?"""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.governance.exercises.choices import EntryKind
from hygie.governance.exercises.models import LogEntry
from hygie.governance.exercises.pages.clock import scenario_words
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.selectors.seen import log_seen


def log_table(request: HttpRequest, seat: Seat) -> TablePage:
    """The lines that this seat reads, in order, with both clocks."""
    return TablePage(
        request=request,
        rows=log_seen(seat),
        columns=(
            Column("stamp", _("Cadre"), value=lambda row: "EXERCICE", is_shown=False),
            Column("at", _("Heure"), sort=("at", "pk"), value=_real),
            Column("second", _("Scénario"), sort="second",
                   value=lambda row: scenario_words(row.second)),
            Column("cell", _("Cellule"), sort="cell__name", value=_cell),
            Column("kind", _("Nature"), sort="kind", value="get_kind_display"),
            Column("text", _("Texte")),
            Column("responsible", _("Responsable")),
            Column("due", _("Échéance")),
            Column("author_name", _("Auteur"), sort="author_name"),
            Column("corrects", _("Corrige la ligne"), is_shown=False,
                   value=lambda row: row.corrects_id or ""),
            Column("pk", _("Ligne"), is_shown=False),
        ),
        filters=(
            Filter("q", _("Texte"), lookup=("text", "author_name")),
            Filter("kind", _("Nature"), choices=EntryKind.choices, lookup="kind"),
        ),
        sort="at",
        caption=_("Main courante"),
    )  # fmt: skip


def _real(row: LogEntry) -> str:
    return timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M:%S")


def _cell(row: LogEntry) -> str:
    if row.is_for_staff:
        return gettext_now("animation")
    return row.cell.name if row.cell else gettext_now("toutes")
