"""What does the style page show? One invented example of each component, in each of its states."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.components.charts import Chart, Series
from hygie.foundation.design.components.states import STATES
from hygie.foundation.design.tables import BulkAct, Column, Filter, TablePage

_MONTHS = [f"2026-{month:02d}-01" for month in range(1, 13)]


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One line of the sample list."""

    pk: int
    name: str
    place: str
    state: str
    known: int
    share: float
    on: dt.date


_NAMES = ("Annuaire", "Messagerie", "Sauvegarde", "Imagerie", "Laboratoire", "Standard", "Paie")
_PLACES = ("Site nord", "Site sud", "Pavillon Hygie", "Plateau technique")


def sample_rows(today: dt.date) -> list[SampleRow]:
    """Seventy lines, the same each day but for their dates."""
    return [
        SampleRow(
            pk=number,
            name=f"{_NAMES[number % len(_NAMES)]} {number:02d}",
            place=_PLACES[number * 3 % len(_PLACES)],
            state=STATES[number * 5 % len(STATES)].code,
            known=number % 5,
            share=(number * 37 % 101) / 100,
            on=today - dt.timedelta(days=number * number // 6),
        )
        for number in range(1, 71)
    ]


def sample_table(request: HttpRequest, today: dt.date) -> TablePage:
    """A list with everything: text and choice filters, sorts, bulk acts, export, pages."""
    return TablePage(
        request,
        sample_rows(today),
        columns=(
            Column("name", _("Application"), sort="name"),
            Column("place", _("Lieu"), sort=("place", "name")),
            Column("state", _("État"), sort="state", kind="state"),
            Column("known", _("Connaissance"), sort="known", is_first_down=True),
            Column("share", _("Part"), sort="share", kind="number", is_first_down=True),
            Column("on", _("Mesuré"), sort="on", kind="date", is_first_down=True),
            Column("acts", "", kind="acts", is_exported=False),
        ),
        filters=(
            Filter("q", _("Rechercher"), lookup=("name", "place")),
            Filter("state", _("État"), [(s.code, s.word) for s in STATES], lookup="state"),
            Filter("place", _("Lieu"), [(place, place) for place in _PLACES], lookup="place"),
        ),
        sort="name",
        caption=_("Applications de l'exemple"),
        acts=(
            BulkAct(_("Relancer"), request.path, icon="arrow-repeat"),
            BulkAct(
                _("Retirer"), request.path, icon="trash", confirm=_("Retirer les lignes cochées ?")
            ),
        ),
    )


class SampleForm(forms.Form):
    """A form with one input of each kind."""

    name = forms.CharField(label=_("Nom"), help_text=_("Tel que les équipes l'emploient."))
    kind = forms.ChoiceField(label=_("Nature"), choices=[("a", _("Logiciel")), ("b", _("Serveur"))])
    on = forms.DateField(
        label=_("Mis en service le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    count = forms.IntegerField(label=_("Nombre de postes"), min_value=1, required=False)
    note = forms.CharField(
        label=_("Remarque"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    spread = forms.ChoiceField(
        label=_("Étendue"),
        choices=[("one", _("Un seul site")), ("all", _("Tous les sites"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("J'ai vérifié ces réponses"))


def sample_charts() -> dict[str, Chart]:
    """One chart of each kind."""
    measured = (12.0, 14.0, 15.0, None, None, 24.0, 31.0, 35.0, 42.0, 47.0, 52.0, 58.0)
    declared = (30.0, 32.0, 35.0, 38.0, 44.0, 47.0, 52.0, 55.0, 61.0, 66.0, 70.0, 74.0)
    low = tuple(None if value is None else value - 4 for value in measured)
    high = tuple(None if value is None else value + 4 for value in measured)
    return {
        "line": Chart(
            _("La part mesurée rattrape la part déclarée, sans atteindre encore la cible"),
            "line",
            _MONTHS,
            (Series(_("Déclarée"), declared), Series(_("Mesurée"), measured, low=low, high=high)),
            unit="%",
            target=80,
            target_label=_("cible"),
            maximum=100,
            is_time=True,
        ),
        "bar": Chart(
            _("Deux sites sur quatre dépassent le seuil"),
            "bar",
            _PLACES,
            (Series(_("Activité couverte"), (72.0, 66.0, 41.0, 18.0)),),
            unit="%",
            target=66,
            target_label=_("seuil"),
            maximum=100,
            is_flat=True,
        ),
        "stacked": Chart(
            _("Le pavillon Hygie garde le plus de points non testés"),
            "stacked",
            _PLACES,
            tuple(
                Series(state.word, numbers, state=state.code)
                for state, numbers in zip(
                    STATES[:6],
                    ((12, 9, 4, 7), (3, 4, 2, 1), (2, 3, 9, 4), (1, 2, 1, 2), (0, 1, 1, 0),
                     (4, 2, 3, 5)),
                    strict=True,
                )
            ),
        ),
        "radar": Chart(
            _("La sensibilisation est l'axe le plus avancé"),
            "radar",
            (_("Gouvernance"), _("Ressources"), _("Sensibilisation"), _("Sécurité")),
            (
                Series(_("Ici"), (52.0, 38.0, 74.0, 45.0)),
                Series(_("Médiane"), (47.0, 44.0, 58.0, 51.0)),
            ),
            unit="%",
            maximum=100,
        ),
    }  # fmt: skip


def sample_graph() -> dict[str, Any]:
    """A small graph: what one thing depends on."""
    return {
        "layered": True,
        "focus": "care",
        "nodes": [
            {"id": "care", "label": str(_("Prescription")), "kind": "care"},
            {"id": "app", "label": str(_("Dossier patient")), "kind": "app", "state": "passed"},
            {"id": "db", "label": str(_("Base de données")), "kind": "server", "state": "failed"},
            {"id": "net", "label": str(_("Réseau du site")), "kind": "link", "state": "stale"},
            {"id": "dir", "label": str(_("Annuaire")), "kind": "server", "state": "not_tested"},
        ],
        "links": [
            {"from": "care", "to": "app"},
            {"from": "app", "to": "db"},
            {"from": "app", "to": "net"},
            {"from": "app", "to": "dir"},
        ],
    }
