"""What is asked of whoever saves a loss, sets a parameter or rehearses an attack?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.engines.ransomware.defences import DefenceKind
from hygie.engines.ransomware.entries import EntryKind
from hygie.operations.impact.asked import (
    LEAST_DAYS,
    LEAST_RUNS,
    MOST_DAYS,
    MOST_RUNS,
    MOST_SEED,
    Asked,
)
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.defence_words import DEFENCE_WORDS, ENTRY_WORDS
from hygie.operations.impact.selectors.parameters import ParameterRow


class ScenarioForm(forms.Form):
    """The name under which a loss is found again."""

    name = forms.CharField(label=_("Nom de cette perte"), max_length=120)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pourquoi elle compte, ce qui a été décidé."),
    )  # fmt: skip


class ParameterForm(forms.Form):
    """A value and where it comes from."""

    value = forms.FloatField(label=_("Valeur ici"))
    note = forms.CharField(
        label=_("D'où vient cette valeur"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mesure, contrat, retour d'expérience : ce qui permet de la vérifier."),
    )  # fmt: skip

    def __init__(self, row: ParameterRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = _(
            "En %(unit)s, de %(low)s à %(high)s. Par défaut : %(default)s."
        ) % {
            "unit": row.unit, "low": f"{row.low:g}", "high": f"{row.high:g}",
            "default": f"{row.default:g}",
        }  # fmt: skip
        self.fields["value"].widget.attrs |= {"step": "any", "min": row.low, "max": row.high}


class RehearsalForm(forms.Form):
    """An attack to rehearse: where it comes in, who watches, which defences are compared."""

    name = forms.CharField(label=_("Nom de cette répétition"), max_length=120)
    entry = forms.ChoiceField(
        label=_("Par où l'attaque entre"),
        choices=[(kind.value, words) for kind, words in ENTRY_WORDS.items()],
    )
    entry_name = forms.CharField(
        label=_("Élément précis"), required=False, max_length=200,
        help_text=_("Nom ou code de la carte : une zone, un serveur, un fournisseur, un accès. "
                    "Vide : tous ceux de ce type."),
    )  # fmt: skip
    runs = forms.IntegerField(
        label=_("Nombre d'attaques"), min_value=LEAST_RUNS, max_value=MOST_RUNS,
        help_text=_("2 000 suffisent pour comparer ; 10 000 resserrent les intervalles."),
    )  # fmt: skip
    horizon_days = forms.FloatField(
        label=_("Jours suivis après l'entrée"), min_value=LEAST_DAYS, max_value=MOST_DAYS
    )
    is_watched = forms.BooleanField(
        label=_("Quelqu'un peut voir l'attaque et la contenir"), required=False
    )
    notice_h = forms.FloatField(
        label=_("Heures de l'alerte à sa lecture"), required=False, min_value=0, max_value=1000,
        help_text=_("Vide : la valeur des paramètres."),
    )  # fmt: skip
    contain_h = forms.FloatField(
        label=_("Heures de sa lecture à l'attaque contenue"), required=False, min_value=0,
        max_value=1000, help_text=_("Vide : la valeur des paramètres."),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=_("Graine du hasard"), min_value=0, max_value=MOST_SEED,
        help_text=_("La même graine rejoue exactement les mêmes hasards."),
    )  # fmt: skip
    defences = forms.MultipleChoiceField(
        label=_("Défenses à comparer"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, words) for kind, words in DEFENCE_WORDS.items()],
    )  # fmt: skip

    def __init__(self, found: ImpactMap, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found = found
        self._entry_id: int | None = None
        for kind in DefenceKind:
            self.fields[f"share_{kind.value}"] = forms.FloatField(
                label=_("part couverte (%)"), required=False, min_value=0, max_value=100,
                widget=forms.NumberInput(
                    # Left empty, a defence stands everywhere.
                    attrs={
                        "step": "any", "class": "form-control form-control-sm",
                        "placeholder": "100",
                    }
                ),
            )  # fmt: skip

    @property
    def defence_pairs(self) -> list[tuple[str, str, bool, forms.BoundField]]:
        """Code, words, whether it is ticked, and the field of its share."""
        ticked = set(self["defences"].value() or ())
        return [
            (kind.value, str(words), kind.value in ticked, self[f"share_{kind.value}"])
            for kind, words in DEFENCE_WORDS.items()
        ]

    def clean_entry_name(self) -> str:
        """One asset of the map, named without ambiguity."""
        text: str = self.cleaned_data["entry_name"].strip()
        if not text:
            return text
        nodes = self._found.matching(text, most=6)
        wanted = text.casefold()
        exact = [
            node for node in nodes
            if wanted in {self._found.asset(node).name.casefold(),
                          self._found.names[node].casefold(),
                          self._found.asset(node).key.casefold()}
        ]  # fmt: skip
        chosen = exact or nodes
        if not chosen:
            raise forms.ValidationError(_("Rien sur la carte ne porte ce nom ou ce code."))
        if len(chosen) > 1:
            names = ", ".join(self._found.asset(node).key for node in chosen)
            raise forms.ValidationError(
                _("Plusieurs éléments portent ce nom : donnez le code de l'un d'eux (%(names)s).")
                % {"names": names}
            )
        self._entry_id = self._found.ids[chosen[0]]
        return text

    def clean(self) -> dict[str, Any]:
        """An element chosen must be named."""
        said = super().clean() or self.cleaned_data
        is_named = self._entry_id is not None or "entry_name" in self.errors
        if said.get("entry") == EntryKind.ASSET.value and not is_named:
            self.add_error("entry_name", _("Dites quel élément de la carte est attaqué."))
        return said

    def asked(self) -> Asked:
        """The settings, once valid."""
        said = self.cleaned_data
        shares = {kind: said.get(f"share_{kind}") for kind in said["defences"]}
        return Asked(
            entry=said["entry"],
            entry_id=self._entry_id,
            runs=said["runs"],
            horizon_days=said["horizon_days"],
            is_watched=said["is_watched"],
            notice_h=said["notice_h"],
            contain_h=said["contain_h"],
            seed=said["seed"],
            defences=tuple(
                kind if share is None else f"{kind}:{share:g}" for kind, share in shares.items()
            ),
        )
