"""Which shape has each form of the assessment?"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hygie.governance.assessment.choices import AnswerResult
from hygie.governance.assessment.questions import DOES_NOT_KNOW, Question, picked
from hygie.governance.assessment.selectors.questionnaires import Item
from hygie.programme.scales import Scale, scale_of
from hygie.programme.selectors import frameworks
from hygie.programme.words import localized
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.people.models import User

CHOICE_PREFIX = "choice-"


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class _FrameworkField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """Names frameworks in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.ref_id} · {localized(obj, 'name')}"


class FilingForm(forms.Form):
    """Two days."""

    applied_on = _day(label=_("Candidature déposée le"), required=False)
    attained_on = _day(label=_("Atteinte déclarée le"), required=False)


class _DatedFrameworkForm(forms.Form):
    """A framework, and by when it is answered."""

    framework = _FrameworkField(label=_("Référentiel"), queryset=None)
    due_on = _day(label=_("Échéance"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["framework"].queryset = frameworks()  # type: ignore[attr-defined]


class AssigneeForm(forms.Form):
    """The person expected to answer; nobody in particular when empty."""

    assignee: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("À remplir par"), queryset=None, required=False,
        empty_label=_("toute personne qui répond ici"),
    )  # fmt: skip

    def __init__(self, people: QuerySet[User], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]


class AskForm(AssigneeForm, _DatedFrameworkForm):
    """A framework asked of one organisation."""

    field_order = ["framework", "due_on", "assignee"]


class CampaignForm(_DatedFrameworkForm):
    """A framework asked of every organisation of a level below a node."""

    name = forms.CharField(label=_("Nom de la campagne"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Interroger"),
        choices=(
            (OrganisationKind.GHT.value, _("les GHT")),
            (OrganisationKind.EJ.value, _("les entités juridiques")),
            (OrganisationKind.ET.value, _("les établissements")),
        ),
        initial=OrganisationKind.EJ.value,
    )
    field_order = ["name", "framework", "kind", "due_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].required = True


class AnswerForm(forms.Form):
    """The answer to one requirement: its own questions, or one result for the whole."""

    result = forms.ChoiceField(label=_("Réponse"), required=False)
    score = forms.IntegerField(label=_("Note"), required=False)
    na_reason = forms.CharField(
        label=_("Motif, si sans objet"), required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Commentaire"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, item: Item, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, prefix=f"r{item.requirement.pk}", initial=initial)
        self.item = item
        decides = any(question.decides for question in item.questions)
        self._results(decides)
        scale = scale_of(item.requirement)
        if scale.high is None or decides:
            del self.fields["score"]
        else:
            self.fields["score"].help_text = _scale_words(scale)
        taken = item.answer.choices if item.answer else {}
        for index, question in enumerate(item.questions):
            name = f"{CHOICE_PREFIX}{index}"
            self.fields[name] = _question_field(question, taken.get(question.code))
        self.order_fields([*(f"{CHOICE_PREFIX}{i}" for i in range(len(item.questions))), "result"])

    def _results(self, decides: bool) -> None:
        kept = {AnswerResult.NOT_APPLICABLE, AnswerResult.UNKNOWN} if decides else set(AnswerResult)
        words: list[tuple[str, Any]] = [
            ("", _("selon les réponses") if decides else _("à répondre"))
        ]
        words += [(one.value, one.label) for one in AnswerResult if one in kept and one.value]
        field = self.fields["result"]
        field.choices = words  # type: ignore[attr-defined]
        if decides:
            field.label = _("Ou, pour l'ensemble")

    def choices_given(self) -> dict[str, list[str]]:
        """Codes taken, by question."""
        return {
            question.code: list(picked(self.cleaned_data.get(f"{CHOICE_PREFIX}{index}")))
            for index, question in enumerate(self.item.questions)
        }


def _scale_words(scale: Scale) -> str:
    """`1 Initial · 2 Répétable`, or the bounds when the levels have no names."""
    named = [f"{score} {name}".strip() for score, name in scale.levels]
    return " · ".join(named) or gettext("de %(low)s à %(high)s") % {
        "low": scale.low, "high": scale.high
    }  # fmt: skip


def answer_form(item: Item, data: Any = None) -> AnswerForm:
    """The form of one requirement, filled with its answer so far."""
    answer = item.answer
    initial: dict[str, Any] = {}
    if answer is not None:
        whole = {AnswerResult.NOT_APPLICABLE.value, AnswerResult.UNKNOWN.value}
        decides = any(question.decides for question in item.questions)
        initial = {
            "result": answer.result if not decides or answer.result in whole else "",
            "score": answer.score,
            "comment": answer.comment,
            "na_reason": answer.na_reason,
        }
    return AnswerForm(item, data, initial=initial)


def _question_field(question: Question, taken: Any) -> forms.Field:
    codes = list(picked(taken))
    if not question.choices:
        return forms.CharField(
            label=question.text, required=False, initial=codes[0] if codes else ""
        )
    choices: list[tuple[str, Any]] = [(one.code, one.text) for one in question.choices]
    choices.append((DOES_NOT_KNOW, _("ne sait pas")))
    if question.is_multiple:
        return forms.MultipleChoiceField(
            label=question.text, required=False, choices=choices, initial=codes,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    return forms.ChoiceField(
        label=question.text, required=False, choices=choices, initial=codes[0] if codes else None,
        widget=forms.RadioSelect,
    )  # fmt: skip
