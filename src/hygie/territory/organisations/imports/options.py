"""What may be chosen when a file of the territory is brought in?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class FinessOptions(forms.Form):
    """Options of a FINESS extract."""

    complete = forms.BooleanField(
        required=False,
        label=_("Liste complète"),
        help_text=_(
            "Le fichier liste toutes les structures : celles qu'il ne contient plus seront "
            "fermées à la date de l'extraction. À ne cocher que pour le stock national (ou "
            "régional) entier."
        ),
    )
    follow = forms.BooleanField(
        required=False,
        label=_("Suivre les structures ajoutées"),
        help_text=_(
            "Sinon elles sont connues sans apparaître dans les listes et les cockpits, jusqu'à ce "
            "qu'un GHT, une activité ou vous-même les fasse suivre."
        ),
    )


class GhtOptions(forms.Form):
    """Options of a membership sheet."""

    complete = forms.BooleanField(
        required=False,
        label=_("Liste complète"),
        help_text=_(
            "Pour chaque GHT présent dans la feuille, les membres qui n'y figurent plus sortent du "
            "groupement."
        ),
    )
    follow = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Suivre les GHT et leurs membres"),
        help_text=_("Ils apparaissent dans les listes, les cockpits et les calculs."),
    )


class ActivityOptions(forms.Form):
    """Options of an activity sheet."""

    follow = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Suivre les structures qui ont une activité"),
        help_text=_("Elles apparaissent dans les listes, les cockpits et les calculs."),
    )
