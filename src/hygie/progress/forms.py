"""Which forms do measurements, proofs and actions need?"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hygie.programme.choices import Unit
from hygie.programme.models import DocumentKind, Indicator
from hygie.programme.selectors import document_kinds
from hygie.programme.words import localized
from hygie.progress.choices import ActionPriority, ActionState, Knowledge, Sensitivity
from hygie.progress.errors import ValueRefused
from hygie.progress.models import Evidence
from hygie.progress.values import value_check


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class IndicatorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Indicators in the reader's language."""

    def label_from_instance(self, obj: Indicator) -> str:
        """Title and unit."""
        return f"{localized(obj, 'title')} ({obj.get_unit_display()})"


class KindChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Kinds of document in the reader's language."""

    def label_from_instance(self, obj: DocumentKind) -> str:
        """Title."""
        return localized(obj, "title")


def _title_order() -> str:
    return "title_en" if (get_language() or "fr").startswith("en") else "title_fr"


class ValueField(forms.FloatField):
    """A figure as its unit is said: yes or no, or a number in the reader's marks."""

    def __init__(self, indicator: Indicator | None = None, **more: Any) -> None:
        if indicator is not None and indicator.unit == Unit.BOOLEAN:
            more["widget"] = forms.Select(choices=[("", "—"), ("1", _("oui")), ("0", _("non"))])
        super().__init__(required=False, localize=True, **more)


class HowForm(forms.Form):
    """How values are known and when they were true."""

    known_as = forms.TypedChoiceField(
        label=_("Comment est-ce connu ?"), choices=Knowledge.choices, coerce=int
    )
    effective_on = forms.DateField(label=_("Date d'effet"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = timezone.localdate()


class MeasurementForm(HowForm):
    """One value of one indicator, of those held at a level; the indicator may be settled."""

    indicator = IndicatorChoice(label=_("Indicateur"), queryset=None)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("indicator", "value", "known_as", "effective_on", "note")

    def __init__(
        self, held: QuerySet[Indicator], indicator: Indicator | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        if isinstance(field, IndicatorChoice):
            field.queryset = held.order_by(_title_order())
        if indicator is not None:
            field.initial = indicator.pk
            field.widget = forms.HiddenInput()
        self.fields["value"] = ValueField(
            indicator,
            label=_("Valeur") if indicator is None else _unit_label(indicator),
            help_text=_(
                "Laissez vide si la mesure a été faite sans pouvoir conclure. Oui = 1, non = 0."
            )
            if indicator is None
            else _("Laissez vide si la mesure a été faite sans pouvoir conclure."),
        )
        self.order_fields(self.field_order)


def _unit_label(indicator: Indicator) -> str:
    return _("Valeur (%(unit)s)") % {"unit": indicator.get_unit_display()}


class LineForm(forms.Form):
    """One line of the sheet of values: empty, it records nothing."""

    cannot_tell = forms.BooleanField(label=_("sans pouvoir conclure"), required=False)

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"i{indicator.pk}"})
        self.indicator = indicator
        name = localized(indicator, "title")
        self.fields["value"] = ValueField(indicator, label=_unit_label(indicator))
        self.fields["value"].widget.attrs["aria-label"] = name
        self.fields["cannot_tell"].widget.attrs["aria-label"] = _(
            "%(name)s : mesuré sans pouvoir conclure"
        ) % {"name": name}

    def clean(self) -> dict[str, Any]:
        """A figure, or the lack of a conclusion, not both; and a figure fits its unit."""
        values = super().clean() or self.cleaned_data
        value = values.get("value")
        if value is not None and values.get("cannot_tell"):
            self.add_error("value", _("Une valeur, ou « sans pouvoir conclure » : pas les deux."))
        elif value is not None:
            try:
                value_check(self.indicator, value)
            except ValueRefused as refusal:
                self.add_error("value", str(refusal))
        return values

    @property
    def is_filled(self) -> bool:
        """Whether this line has something to record."""
        values = self.cleaned_data
        return values.get("value") is not None or bool(values.get("cannot_tell"))


class EvidenceForm(forms.Form):
    """A proof: kind, title, dates, file."""

    kind = KindChoice(label=_("Type de document"), queryset=None)
    title = forms.CharField(label=_("Intitulé"), max_length=200)
    effective_on = forms.DateField(
        label=_("Date d'effet"),
        widget=DateInput(),
        help_text=_("Le jour où le document est devenu vrai : signature, test, revue."),
    )
    expires_on = forms.DateField(
        label=_("Expire le"),
        widget=DateInput(),
        required=False,
        help_text=_("Par défaut, la validité habituelle de ce type de document."),
    )
    sensitivity = forms.ChoiceField(
        label=_("Sensibilité"),
        required=False,
        choices=[("", _("celle de ce type de document")), *Sensitivity.choices],
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(label=_("Fichier"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, KindChoice):
            field.queryset = document_kinds().order_by(_title_order())


class RevisionForm(forms.Form):
    """A newer state of a proof."""

    effective_on = forms.DateField(label=_("Date d'effet"), widget=DateInput())
    expires_on = forms.DateField(label=_("Expire le"), widget=DateInput(), required=False)
    file = forms.FileField(
        label=_("Fichier"),
        required=False,
        allow_empty_file=True,
        help_text=_("Sans fichier, celui de la révision précédente reste."),
    )
    reason = forms.CharField(label=_("Ce qui change"), max_length=300)


class ReasonForm(forms.Form):
    """A word of explanation."""

    reason = forms.CharField(
        label=_("Pourquoi ?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class LinkForm(forms.Form):
    """Requirements that a proof serves."""

    requirements = forms.CharField(
        label=_("Exigences"),
        help_text=_("Références séparées par des virgules, par exemple D2.P1, D2.O1.C."),
    )


class ActionForm(forms.Form):
    """A promise."""

    title = forms.CharField(label=_("Action"), max_length=250)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner_label = forms.CharField(label=_("Responsable"), max_length=120, required=False)
    due_on = forms.DateField(label=_("Échéance"), widget=DateInput(), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priorité"), choices=ActionPriority.choices, coerce=int, initial=2
    )


class ProofChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Proofs by title and day."""

    def label_from_instance(self, obj: Evidence) -> str:
        """Title and effective day."""
        return f"{obj.title} ({date_format(obj.effective_on, 'SHORT_DATE_FORMAT')})"


class FinishForm(forms.Form):
    """What attests that an action is done."""

    proof = ProofChoice(
        label=_("Preuve"),
        required=False,
        queryset=None,
        empty_label=_("aucune, je le dis en mots"),
    )
    reason = forms.CharField(
        label=_("Ce qui l'atteste"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    done_on = forms.DateField(label=_("Terminée le"), required=False, widget=DateInput())

    def __init__(self, proofs: QuerySet[Evidence], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "finish"})
        field = self.fields["proof"]
        if isinstance(field, ProofChoice):
            field.queryset = proofs
        self.fields["done_on"].initial = timezone.localdate()


class BulkForm(forms.Form):
    """One change to several actions; what stays empty does not change."""

    move = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("ne change pas")),
            (ActionState.IN_PROGRESS, _("commencer")),
            (ActionState.DONE, _("terminer")),
            (ActionState.CANCELLED, _("abandonner")),
        ],
    )
    reason = forms.CharField(
        label=_("Ce qui l'atteste, ou pourquoi"),
        required=False,
        max_length=500,
        help_text=_("Demandé pour terminer ou abandonner."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner_label = forms.CharField(label=_("Responsable"), max_length=120, required=False)
    due_on = forms.DateField(label=_("Échéance"), widget=DateInput(), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priorité"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("ne change pas")), *ActionPriority.choices],
    )

    @property
    def edits(self) -> dict[str, Any]:
        """Values to write, without those left empty."""
        names = ("owner_label", "due_on", "priority")
        return {n: self.cleaned_data[n] for n in names if self.cleaned_data[n] not in (None, "")}

    def clean(self) -> dict[str, Any]:
        """Something must change."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not values["move"] and not self.edits:
            raise forms.ValidationError(_("Rien à changer : remplissez au moins un champ."))
        return values
