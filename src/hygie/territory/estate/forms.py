"""What is asked of whoever describes the map by hand?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hygie.connectors.inventories.durations import minutes_of
from hygie.engines.estate.fields import DetailField, FieldType
from hygie.engines.estate.values import LONGEST, LONGEST_DETAIL, LONGEST_MINUTES
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.territory.estate.choices import (
    AssetStatus,
    Criticality,
    Identifier,
    LinkEffect,
    LinkVerb,
)
from hygie.territory.estate.models import Asset
from hygie.territory.estate.words import choice_words, detail_fields, duration_words, field_word

Choices = Sequence[tuple[str, str]]
REFERENCES = (("site", Kind.SITE), ("zone", Kind.ZONE), ("supplier", Kind.SUPPLIER))
_YES_NO = (("", _("non renseigné")), ("yes", _("oui")), ("no", _("non")))


class DurationField(forms.CharField):
    """A duration as people write it: "4 h", "30 min", "2 j"; minutes once clean."""

    def clean(self, value: Any) -> int | None:
        """Minutes; None when nothing is written."""
        text = super().clean(value)
        if not text:
            return None
        minutes = minutes_of(text)
        if minutes is None or not 0 <= minutes <= LONGEST_MINUTES:
            raise ValidationError(
                _("Cette durée ne se lit pas : écrivez par exemple 30 min, 4 h ou 2 j.")
            )
        return minutes


class KnownField(forms.TypedChoiceField):
    """Yes, no, or not known: three answers, never two."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=_YES_NO,
            required=False,
            coerce=lambda text: text == "yes",
            empty_value=None,
            **kwargs,
        )


class AssetForm(forms.Form):
    """An asset of one kind, with the further fields of that kind."""

    name = forms.CharField(label=_("Nom"), max_length=LONGEST["name"])
    code = forms.CharField(
        label=_("Code"), required=False, max_length=LONGEST["code"],
        help_text=_("Comment l'établissement le nomme sans ambiguïté. Vide : nous en donnons un."),
    )  # fmt: skip
    owner = forms.CharField(
        label=_("Responsable"), required=False, max_length=LONGEST["owner"],
        help_text=_("Service ou fonction qui en répond, pas une personne."),
    )  # fmt: skip
    technical_owner = forms.CharField(
        label=_("Responsable technique"), required=False, max_length=LONGEST["technical_owner"]
    )
    criticality = forms.TypedChoiceField(
        label=_("Criticité déclarée"), required=False, coerce=int, empty_value=None,
        choices=[("", _("non renseignée")), *Criticality.choices],
    )  # fmt: skip
    max_downtime_min = DurationField(
        label=_("DMIA"), required=False,
        help_text=_("Durée maximale d'interruption admissible : 30 min, 4 h, 2 j…"),
    )  # fmt: skip
    max_data_loss_min = DurationField(
        label=_("PDMA"), required=False,
        help_text=_("Perte de données maximale admissible, en durée de saisie."),
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("État"), choices=AssetStatus.choices, initial=AssetStatus.IN_USE
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST["description"],
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        references: Mapping[str, Choices],
        *args: Any,
        asset: Asset | None = None,
        **kwargs: Any,
    ) -> None:
        if asset is not None:
            kwargs["initial"] = _initial(asset) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, wanted in REFERENCES:
            if wanted != kind:
                self.fields[name] = forms.TypedChoiceField(
                    label=field_word(name), required=False, coerce=int, empty_value=None,
                    choices=[("", _("non renseigné")), *references.get(wanted, ())],
                )  # fmt: skip
        self._details = detail_fields(kind)
        for field in self._details:
            self.fields[f"detail_{field.name}"] = _detail_input(field)
        for value, label in Identifier.choices:
            self.fields[f"id_{value}"] = forms.CharField(
                label=label, required=False, max_length=2000,
                help_text=_("Plusieurs valeurs : séparez-les par des virgules."),
            )  # fmt: skip

    @property
    def common_fields(self) -> list[forms.BoundField]:
        """Fields that every asset has."""
        return [one for one in self if not one.name.startswith(("detail_", "id_"))]

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        """Fields of this kind."""
        return [one for one in self if one.name.startswith("detail_")]

    @property
    def identifier_fields(self) -> list[forms.BoundField]:
        """By what inventories recognise it."""
        return [one for one in self if one.name.startswith("id_")]

    @property
    def code_given(self) -> str:
        """The code, "" to be given one."""
        return str(self.cleaned_data["code"])

    @property
    def values(self) -> dict[str, Any]:
        """Fields as the service takes them."""
        said = self.cleaned_data
        found = {
            name.removeprefix("detail_"): _plain(value)
            for name, value in said.items()
            if not name.startswith("id_") and name != "code"
        }
        return found

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """(kind, text) pairs."""
        return [
            (value, word.strip())
            for value, _label in Identifier.choices
            for word in self.cleaned_data[f"id_{value}"].split(",")
            if word.strip()
        ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _detail_input(field: DetailField) -> forms.Field:
    label = field_word(field.name)
    if field.type is FieldType.INTEGER:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=2**31 - 1)
    if field.type is FieldType.BOOLEAN:
        return KnownField(label=label)
    if field.type is FieldType.DATE:
        date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=False, widget=date)
    if field.type is FieldType.CHOICE:
        choices = [("", _("non renseigné")), *choice_words(field)]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    return forms.CharField(label=label, required=False, max_length=LONGEST_DETAIL)


def _initial(asset: Asset) -> dict[str, Any]:
    """An asset as its form shows it."""
    plain = ("name", "code", "owner", "technical_owner", "criticality", "status", "description")
    found: dict[str, Any] = {name: getattr(asset, name) for name in plain}
    for name in ("max_downtime_min", "max_data_loss_min"):
        minutes = getattr(asset, name)
        found[name] = duration_words(minutes) if minutes else minutes
    found |= {name: getattr(asset, f"{name}_id") for name, _kind in REFERENCES}
    for field in detail_fields(asset.kind):
        value = asset.details.get(field.name)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        found[f"detail_{field.name}"] = value
    known: dict[str, list[str]] = {}
    for one in asset.identifiers.order_by("kind", "value"):
        known.setdefault(f"id_{one.kind}", []).append(one.value)
    return found | {name: ", ".join(values) for name, values in known.items()}


class BulkForm(forms.Form):
    """The same change for several assets; what stays empty stays as it is."""

    owner = forms.CharField(label=_("Responsable"), required=False, max_length=LONGEST["owner"])
    technical_owner = forms.CharField(
        label=_("Responsable technique"), required=False, max_length=LONGEST["technical_owner"]
    )

    def __init__(self, references: Mapping[str, Choices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unchanged = ("", _("inchangé"))
        for name, kind in REFERENCES:
            self.fields[name] = forms.TypedChoiceField(
                label=field_word(name), required=False, coerce=int, empty_value=None,
                choices=[unchanged, *references.get(kind, ())],
            )  # fmt: skip
        self.fields["criticality"] = forms.TypedChoiceField(
            label=_("Criticité déclarée"), required=False, coerce=int, empty_value=None,
            choices=[unchanged, *Criticality.choices],
        )  # fmt: skip
        self.fields["status"] = forms.ChoiceField(
            label=_("État"), required=False, choices=[unchanged, *AssetStatus.choices]
        )

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class LinkForm(forms.Form):
    """What ties two assets, and what happens without it."""

    verb = forms.ChoiceField(label=_("Lien"), choices=LinkVerb.choices)
    group = forms.CharField(
        label=_("Groupe de secours"), required=False, max_length=80,
        help_text=_(
            "Les éléments d'un même groupe se remplacent. Vide : chacun est nécessaire à lui seul."
        ),
    )  # fmt: skip
    needed = forms.IntegerField(
        label=_("Nombre nécessaire dans le groupe"), required=False, min_value=1, max_value=9999,
        help_text=_("Par exemple 2, si deux serveurs sur trois suffisent."),
    )  # fmt: skip
    delay_min = DurationField(
        label=_("Délai avant effet"), required=False,
        help_text=_("Combien de temps tient-on sans ? Vide : l'effet est immédiat."),
    )  # fmt: skip
    effect = forms.ChoiceField(label=_("Sans lui, l'élément"), choices=LinkEffect.choices)

    def __init__(self, *args: Any, has_verb: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_verb:
            del self.fields["verb"]


class SheetForm(forms.Form):
    """A sheet to look at."""

    file = forms.FileField(
        label=_("Tableur"), allow_empty_file=True,
        error_messages={"required": _("Choisissez un fichier.")},
    )  # fmt: skip
