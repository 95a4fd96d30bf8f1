"""Which forms edit the rows of the referential?"""

from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hygie.programme.choices import HeldAt, RollupKind, SensitivityKind, TargetKind
from hygie.programme.models import (
    Axis,
    DocumentKind,
    Domain,
    Framework,
    Indicator,
    IndicatorTarget,
    Objective,
    Requirement,
    RequirementMapping,
    SecurityMeasure,
)
from hygie.programme.referential.vocabulary import ROOMS
from hygie.programme.selectors import requirements_current
from hygie.programme.words import localized

_TEXTS = ("title_fr", "title_en", "description_fr", "description_en", "status", "source", "as_of")


# Structured values that fit on a line.
_SHORT = frozenset({"categories", "documents"})
# Columns whose model does not say its words, or says them for a program.
_LABELS = {
    "number_status": _("Statut du numéro"),
    "published_on": _("Publication"),
    "applications_from": _("Candidatures depuis le"),
    "applications_until": _("Candidatures jusqu'au"),
    "attainment_from": _("Atteinte depuis le"),
    "attainment_until": _("Atteinte jusqu'au"),
    "validity_days": _("Validité (jours)"),
    "unit": _("Unité"),
    "direction": _("Sens"),
    "status": _("Statut"),
    "name": _("Intitulé"),
    "description": _("Description"),
    "translations": _("Traductions"),
    "rule": _("Règle"),
    "explains": _("La règle en mots"),
    "operational": _("Conseil de mise en œuvre"),
    "questions": _("Questions"),
    "documents": _("Documents attendus"),
    "weight": _("Poids"),
    "relation": _("Relation"),
    "strength": _("Force (1 à 10)"),
    "rationale": _("Raison"),
}


def _facts_start() -> dict[str, Any]:
    """What a measure asks, empty, to be filled in place."""
    range_ = {"low": 0, "high": 0}
    cost = {size: {"once": range_, "yearly": range_} for size in ("small", "medium", "large")}
    return {
        "care_risk": {"fr": "", "en": ""},
        "cost": cost,
        "effort": {"rssi": 1},
        "lead_weeks": 1,
        "hygiene": [],
        "recyf": [],
        "indicators": [],
    }


class _RowForm(forms.ModelForm[Any]):
    """Common: dates picked, long texts on several lines, JSON as is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
            if isinstance(field, forms.JSONField):
                field.widget.attrs["rows"] = 2 if name in _SHORT else 12
                field.widget.attrs["class"] = "font-monospace"
                # The service says what is wrong inside; a null column would say nothing.
                field.required = False

    def clean(self) -> dict[str, Any]:
        """An emptied structured value is its column's empty value, not null."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, forms.JSONField) and name in cleaned and cleaned[name] is None:
                column = self._meta.model._meta.get_field(name)
                cleaned[name] = None if column.null else column.get_default()
        return cleaned


def _choice(choices: type[TextChoices], label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(choices=choices.choices, label=label)


class AxisForm(_RowForm):
    """An axis."""

    class Meta:
        model = Axis
        fields = _TEXTS


class ObjectiveForm(_RowForm):
    """An objective: its number too may be corrected; whoever bears it takes the one given up."""

    number = forms.IntegerField(label=_("Numéro"), min_value=1, max_value=999)

    class Meta:
        model = Objective
        fields = ("number", "number_status", *_TEXTS)

    def validate_unique(self) -> None:
        """The service exchanges the two numbers."""


class DomainForm(_RowForm):
    """A domain and its dates."""

    class Meta:
        model = Domain
        fields = (
            *_TEXTS, "published_on", "phase_start_on", "applications_from", "applications_until",
            "attainment_from", "attainment_until",
        )  # fmt: skip


class DocumentKindForm(_RowForm):
    """A kind of proof."""

    sensitivity = _choice(SensitivityKind, _("Sensibilité"))

    class Meta:
        model = DocumentKind
        fields = (*_TEXTS, "validity_days", "sensitivity")


class IndicatorForm(_RowForm):
    """An indicator."""

    held_at = _choice(HeldAt, _("Mesuré sur"))
    rollup = _choice(RollupKind, _("Regroupement"))
    measured_by = forms.ChoiceField(
        label=_("Mesuré par"), choices=[(room, room) for room in sorted(ROOMS)]
    )
    decimals = forms.IntegerField(label=_("Décimales"), min_value=0, max_value=4)
    freshness_days = forms.IntegerField(
        label=_("Fraîcheur (jours)"), min_value=1, max_value=3660, required=False
    )

    class Meta:
        model = Indicator
        fields = (
            *_TEXTS, "unit", "direction", "held_at", "rollup", "decimals", "measured_by",
            "freshness_days",
        )  # fmt: skip


class TargetForm(_RowForm):
    """A target of an indicator: one bound, and a date."""

    kinds = forms.MultipleChoiceField(
        label=_("Pour"), choices=TargetKind.choices, widget=forms.CheckboxSelectMultiple
    )
    categories = forms.JSONField(
        label=_("Catégories FINESS"),
        required=False,
        help_text=_('Liste de codes à trois chiffres, par exemple ["355"] ; vide : toutes.'),
    )
    from_on = forms.DateField(label=_("Depuis le"), required=False)
    by_on = forms.DateField(label=_("D'ici le"), required=False)
    at_least = forms.FloatField(label=_("Au moins"), required=False, localize=True)
    at_most = forms.FloatField(label=_("Au plus"), required=False, localize=True)

    class Meta:
        model = IndicatorTarget
        fields = (
            "kinds", "categories", "from_on", "by_on", "at_least", "at_most", "status", "source",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One bound, and at least one date, as in the package's files."""
        cleaned = super().clean()
        bounds = [cleaned.get("at_least"), cleaned.get("at_most")]
        if bounds.count(None) != 1:
            self.add_error("at_least", _("Donnez une borne : au moins, ou au plus."))
        if not cleaned.get("from_on") and not cleaned.get("by_on"):
            self.add_error("by_on", _("Donnez une date."))
        return cleaned


class MeasureForm(_RowForm):
    """A security measure and what it serves."""

    class Meta:
        model = SecurityMeasure
        fields = (*_TEXTS, "facts", "prerequisites", "indicators", "requirements")
        labels: ClassVar[dict[str, Any]] = {
            "facts": _("Coût, effort, délai et renvois"),
            "prerequisites": _("D'abord"),
            "indicators": _("Indicateurs améliorés"),
            "requirements": _("Exigences servies"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served: Any = self.fields["requirements"]
        served.queryset = requirements_current()
        served.label_from_instance = _requirement_label


class NewMeasureForm(MeasureForm):
    """A measure that the catalogue does not have yet."""

    code = forms.RegexField(
        r"^[a-z0-9]+([._-][a-z0-9]+)*$",
        label=_("Code"),
        max_length=80,
        help_text=_("Minuscules, chiffres, points et tirets ; ne change plus ensuite."),
    )

    class Meta:
        model = SecurityMeasure
        fields = ("code", *MeasureForm.Meta.fields)
        labels = MeasureForm.Meta.labels

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["facts"] = _facts_start()


def _requirement_label(row: Requirement) -> str:
    return f"{row.framework.ref_id} · {row.ref_id} {localized(row, 'name')}"[:160]


class FrameworkForm(_RowForm):
    """A framework's own words."""

    class Meta:
        model = Framework
        fields = ("name", "description", "translations", "status", "source")


class RequirementForm(_RowForm):
    """A requirement: words, rule, expected documents."""

    class Meta:
        model = Requirement
        fields = (
            "name", "description", "translations", "rule", "explains", "operational", "questions",
            "documents", "weight", "status", "source",
        )  # fmt: skip


class MappingForm(_RowForm):
    """A correspondence."""

    class Meta:
        model = RequirementMapping
        fields = ("relation", "strength", "rationale")


class ParameterForm(forms.Form):
    """The value of one parameter of a rule."""

    value: ClassVar[forms.Field] = forms.FloatField(
        label=_("Valeur"), required=False, localize=True, help_text=_("Vide : non fixé.")
    )


# kind in the address → model, form.
KINDS: dict[str, tuple[type[Any], type[_RowForm]]] = {
    "axis": (Axis, AxisForm),
    "objective": (Objective, ObjectiveForm),
    "domain": (Domain, DomainForm),
    "document": (DocumentKind, DocumentKindForm),
    "indicator": (Indicator, IndicatorForm),
    "target": (IndicatorTarget, TargetForm),
    "measure": (SecurityMeasure, MeasureForm),
    "framework": (Framework, FrameworkForm),
    "requirement": (Requirement, RequirementForm),
    "mapping": (RequirementMapping, MappingForm),
}
