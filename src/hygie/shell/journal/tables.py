"""Which columns and filters does the journal's list have?"""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, Rows, TablePage
from hygie.foundation.journal.models import JournalLine
from hygie.foundation.journal.types import Via
from hygie.foundation.journal.words import action_words, detail_words
from hygie.shell.journal.selectors import shown_object

VIA_WORDS = {
    Via.PAGE: _("page"),
    Via.API: _("interface de programmation"),
    Via.CLI: _("ligne de commande"),
    Via.JOB: _("travail de fond"),
    Via.SIGN_IN: _("connexion"),
}
FAMILIES = (
    ("session.", _("Connexions")),
    ("second_factor.", _("Seconds facteurs")),
    ("account.", _("Comptes")),
    ("role.", _("Rôles")),
    ("link.", _("Liens d'accès")),
    ("import.", _("Imports")),
    ("measurement", _("Mesures")),
    ("evidence.", _("Preuves")),
    ("action.", _("Actions")),
    ("questionnaire", _("Questionnaires")),
    ("campaign.", _("Campagnes")),
    ("organisation", _("Structures")),
    ("instance.", _("Instance")),
)
PERIODS = (("1", _("24 heures")), ("7", _("7 jours")), ("30", _("30 jours")), ("365", _("un an")))


def _within(rows: Rows, days: str) -> Rows:
    since = timezone.now() - dt.timedelta(days=int(days))
    return rows.filter(at__gte=since) if isinstance(rows, QuerySet) else rows


def _family(rows: Rows, prefix: str) -> Rows:
    return rows.filter(action__startswith=prefix) if isinstance(rows, QuerySet) else rows


def detail_text(line: JournalLine) -> str:
    """The detail in one string, empty when the reader may not see it."""
    if not line.is_open:  # type: ignore[attr-defined]  # annotated by lines_in
        return ""
    return " · ".join(f"{name} : {value}" for name, value in detail_words(line))


def via_words(line: JournalLine) -> str:
    """The door in words."""
    return str(VIA_WORDS[Via(line.via)])


COLUMNS = (
    Column("sequence", _("N°"), sort="sequence", kind="number", is_first_down=True),
    Column("at", _("Quand"), sort="sequence", kind="date", is_first_down=True),
    Column("actor", _("Qui"), sort="actor_label", value="actor_label"),
    Column("action", _("Quoi"), sort="action", value=lambda line: action_words(line.action)),
    Column("organisation", _("Où"), value="organisation_name"),
    Column("object", _("Sur"), value=shown_object),
    Column("detail", _("Détail"), value=detail_text),
    Column("via", _("Par"), sort="via", value=via_words),
    Column("hash", _("Empreinte"), value="hash", is_shown=False),
)
FILTERS = (
    Filter("q", _("Qui"), lookup="actor_label"),
    Filter("family", _("Quoi"), choices=FAMILIES, apply=_family),
    Filter("period", _("Depuis"), choices=PERIODS, apply=_within),
    Filter("via", _("Par"), choices=tuple(VIA_WORDS.items()), lookup="via"),
)


def journal_page(request: HttpRequest, rows: QuerySet[JournalLine]) -> TablePage:
    """The journal as the address asks for it, newest first."""
    return TablePage(
        request, rows, COLUMNS, FILTERS, sort="-sequence", caption=_("Lignes du journal")
    )
