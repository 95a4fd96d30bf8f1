"""How is a workbook answered offline brought back?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.types import Applied, Plan
from hygie.foundation.jobs.watch import Watch
from hygie.governance.assessment.policies import may_answer
from hygie.governance.assessment.selectors.questionnaires import questionnaire_get_in
from hygie.governance.assessment.services.answer_sheets import (
    KEEP,
    REPLACE,
    answer_sheet_apply,
    answer_sheet_plan,
)
from hygie.governance.assessment.sheets import sheet_open
from hygie.territory.perimeter import Perimeter, Right


class AnswerOptions(forms.Form):
    """Which questionnaire, and what to do with answers that changed online meanwhile."""

    questionnaire = forms.IntegerField(
        label=_("Numéro du questionnaire"),
        min_value=1,
        help_text=_(
            "Le bouton « Reprendre le classeur rempli » de la page du questionnaire le donne."
        ),
    )
    on_conflict = forms.ChoiceField(
        label=_("Réponse modifiée en ligne depuis l'export"),
        choices=((KEEP, _("garder la réponse en ligne")), (REPLACE, _("prendre le classeur"))),
        initial=KEEP,
        required=False,
    )

    def clean_on_conflict(self) -> str:
        """Absent means the prudent choice."""
        return self.cleaned_data.get("on_conflict") or KEEP


class AnswerImport:
    """Answers to one questionnaire, from the workbook that was exported of it."""

    kind = "assessment.answers"
    label = _("Réponses à un questionnaire")
    help = _(
        "Le classeur exporté d'un questionnaire, rempli hors ligne. Les lignes refusées sont dites "
        "une à une ; ce qui a changé en ligne entre-temps n'est jamais écrasé sans le dire."
    )
    accepts = (".xlsx", ".csv", ".ods")
    right = Right.ANSWER
    options_form = AnswerOptions
    notes = {
        "row_of_another": _(
            "Cette ligne vient d'un autre questionnaire (%(found)s) : reprenez le bon classeur."
        ),
        "row_unknown": _(
            "La clé « %(key)s » ne désigne aucune question posée : ne modifiez pas les colonnes "
            "masquées."
        ),
        "row_twice": _("Cette question est déjà répondue à la ligne %(first)s."),
        "answer_unknown": _("« %(value)s » n'est pas une réponse possible : %(choices)s."),
        "answer_not_kept": _("%(reason)s"),
        "score_unreadable": _("« %(value)s » n'est pas une note : un nombre entier est attendu."),
        "conflict_kept": _(
            "La réponse à %(requirement)s a changé en ligne depuis l'export : elle est gardée."
        ),
        "conflict_replaced": _(
            "La réponse à %(requirement)s a changé en ligne depuis l'export : le classeur la "
            "remplace."
        ),
    }
    fields = {
        "result": _("Réponse"),
        "choices": _("Choix"),
        "score": _("Note"),
        "comment": _("Commentaire"),
        "na_reason": _("Motif"),
    }

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """The organisation that answers."""
        row = questionnaire_get_in(perimeter, int(options["questionnaire"]))
        if not may_answer(perimeter, row.organisation):
            raise NotAllowed
        return row.organisation_id

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What it would do."""
        table = sheet_open(path)
        planner, _said = answer_sheet_plan(
            perimeter=perimeter,
            questionnaire_id=int(options["questionnaire"]),
            table=table,
            on_conflict=options["on_conflict"],
            watch=watch,
        )
        understood = {
            "kind": str(self.label),
            "file_type": str(table.kind),
            "sheet": table.sheet,
            "header_row": table.header_row,
        }
        return planner.plan(understood, report=table.report)

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
        table = sheet_open(path)
        planner = answer_sheet_apply(
            perimeter=perimeter,
            questionnaire_id=int(options["questionnaire"]),
            table=table,
            on_conflict=options["on_conflict"],
            watch=watch,
        )
        return planner.applied(plan_digest, report=table.report)
