"""Which lists do measurements, proofs and actions show?"""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.components.states import state_of
from hygie.foundation.design.tables import BulkAct, Column, Filter, TablePage
from hygie.programme.words import localized
from hygie.progress.choices import ActionPriority, ActionState, Knowledge
from hygie.progress.models import Action, Evidence
from hygie.progress.selectors.actions import OPEN
from hygie.progress.selectors.evidence import evidence_standing, evidence_without_file
from hygie.progress.selectors.indicators import IndicatorLine
from hygie.progress.values import HELD_ANYWHERE
from hygie.territory.organisations.models import Organisation

# Which lines the sheet of values offers.
SHEETS = (
    ("", _("tous les indicateurs")),
    ("todo", _("à mesurer : périmés ou jamais mesurés")),
    ("stale", _("périmés")),
    ("never", _("jamais mesurés")),
)
_SHEET_STATES = {
    "todo": {"stale", "not_tested"},
    "stale": {"stale"},
    "never": {"not_tested"},
}


def sheet_lines(
    lines: Sequence[IndicatorLine], show: str, place: Organisation
) -> list[IndicatorLine]:
    """Lines of the sheet of values: measured at this level, narrowed as asked, by title."""
    held = [line for line in lines if line.indicator.held_at in {HELD_ANYWHERE, place.kind}]
    wanted = _SHEET_STATES.get(show)
    kept = [line for line in held if wanted is None or line.state in wanted]
    return sorted(kept, key=lambda line: line.title.casefold())


def _state_word(line: IndicatorLine) -> str:
    return str(state_of(line.state).word)


def _knowledge_word(line: IndicatorLine) -> str:
    return str(Knowledge(line.known_as).label) if line.known_as else ""


def indicators_table(request: HttpRequest, rows: Sequence[IndicatorLine]) -> TablePage:
    """Every indicator with its latest value here."""
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Indicateur"), sort="title"),
            Column("value", _("Valeur"), sort="value", kind="number"),
            Column("unit", _("Unité"), is_shown=False),
            Column("target", _("Cible"), kind="number", value="target_words"),
            Column("state", _("État"), sort="rank", value=_state_word, kind="state"),
            Column("known_as", _("Connaissance"), sort="known_as", value=_knowledge_word),
            Column("effective_on", _("Date"), sort="effective_on", kind="date"),
        ),
        filters=(
            Filter("q", _("Intitulé ou code"), lookup=("title", "code")),
            Filter(
                "state",
                _("État"),
                choices=(
                    ("passed", _("atteint")), ("failed", _("non atteint")), ("stale", _("périmé")),
                    ("not_tested", _("non testé")), ("cannot_tell", _("indéterminé")),
                ),
                lookup="state",
            ),
            Filter("known", _("Connaissance"), choices=[(str(v), w) for v, w in Knowledge.choices],
                   lookup="known_as"),
        ),
        sort="title",
        caption=_("Indicateurs"),
        key="indicator_id",
    )  # fmt: skip


STANDINGS = (
    ("valid", _("en vigueur")),
    ("soon", _("expire dans 60 jours")),
    ("expired", _("expirées")),
    ("withdrawn", _("retirées")),
)


def evidence_table(request: HttpRequest, rows: QuerySet[Evidence], today: dt.date) -> TablePage:
    """Proofs, newest first; the withdrawn ones only when asked for."""
    standing = Filter(
        "standing",
        _("Validité"),
        choices=STANDINGS,
        apply=lambda found, value: evidence_standing(found, value, today),
    )
    if request.GET.get("standing") != "withdrawn":
        rows = rows.filter(is_withdrawn=False)
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Preuve"), sort="title"),
            Column("kind", _("Type"), sort="kind__title_fr",
                   value=lambda row: localized(row.kind, "title")),
            Column("organisation", _("Organisation"), sort="organisation__name",
                   value="organisation.name"),
            Column("effective_on", _("Date d'effet"), sort="effective_on", kind="date",
                   is_first_down=True),
            Column("expires_on", _("Expire le"), sort="expires_on", kind="date"),
            Column("link_count", _("Exigences"), sort="link_count", kind="number"),
        ),
        filters=(
            Filter("q", _("Intitulé, type ou organisation"),
                   lookup=("title", "kind__title_fr", "kind__title_en", "organisation__name")),
            standing,
            Filter("file", _("Fichier"), choices=(("none", _("à joindre")),),
                   apply=lambda found, _value: evidence_without_file(found)),
        ),
        sort="-effective_on",
        caption=_("Preuves"),
    )  # fmt: skip


ACTION_STATES = (("open", _("ouvertes")), ("late", _("en retard")), *ActionState.choices)


def _in_state(rows: QuerySet[Action], value: str, today: dt.date) -> QuerySet[Action]:
    if value == "late":
        return rows.filter(state__in=OPEN, due_on__lt=today)
    return rows.filter(state__in=OPEN if value == "open" else (value,))


def actions_table(
    request: HttpRequest, rows: QuerySet[Action], bulk_url: str, today: dt.date
) -> TablePage:
    """Actions, the most urgent first.

    Args:
        bulk_url: address that changes the ticked ones; "" for a reader who may not.
    """
    return TablePage(
        request=request,
        rows=rows,
        columns=(
            Column("title", _("Action"), sort="title"),
            Column("organisation", _("Organisation"), sort="organisation__name",
                   value="organisation.name"),
            Column("owner", _("Responsable"), sort="owner_label",
                   value=lambda row: str(row.owner or row.owner_label)),
            Column("due_on", _("Échéance"), sort="due_on", kind="date"),
            Column("priority", _("Priorité"), sort="priority", value="get_priority_display"),
            Column("state", _("État"), sort="state", value="get_state_display"),
        ),
        filters=(
            Filter("q", _("Action, responsable ou organisation"),
                   lookup=("title", "owner_label", "organisation__name")),
            Filter("state", _("État"), choices=ACTION_STATES,
                   apply=lambda found, value: _in_state(found, value, today)),
            Filter("priority", _("Priorité"),
                   choices=[(str(v), w) for v, w in ActionPriority.choices],
                   lookup="priority"),
        ),
        sort="due_on",
        caption=_("Actions"),
        acts=[BulkAct(_("Modifier les actions cochées"), bulk_url, icon="pencil")]
        if bulk_url
        else (),
    )  # fmt: skip
