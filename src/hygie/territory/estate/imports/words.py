"""In which words does a plan of the map speak?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.foundation.imports.types import Text
from hygie.territory.estate.choices import AssetKind, AssetStatus, Criticality, LinkEffect
from hygie.territory.estate.words import CHOICE_WORDS, FIELD_WORDS, PLURALS

FIELDS: Mapping[str, Text] = {
    **FIELD_WORDS,
    "identifiers": _("Identifiants ajoutés"),
    "shared_with": _("Structures servies, ajoutées"),
    "look_alike": _("Ressemble à"),
    "parts": _("Services et composants"),
    "seen_on": _("Vu le"),
    "group": _("Groupe de secours"),
    "needed": _("Nombre nécessaire"),
    "delay_min": _("Délai avant effet (minutes)"),
    "effect": _("Effet"),
    "details": _("Précisions"),
    "max_downtime_min": _("DMIA (minutes)"),
    "max_data_loss_min": _("PDMA (minutes)"),
    # Beside the changes: what was understood of the file.
    "tool": _("Outil"),
    "assets": _("Éléments"),
    "links": _("Liens"),
    "services": _("Services réseau"),
    "components": _("Composants logiciels"),
    **{f"kind:{kind.value}": PLURALS[kind] for kind in Kind},
}

VALUES: Mapping[str, Mapping[Any, Text]] = {
    **CHOICE_WORDS,
    "kind": dict(AssetKind.choices),
    "status": dict(AssetStatus.choices),
    "criticality": dict(Criticality.choices),
    "effect": dict(LinkEffect.choices),
}

NOTES: Mapping[str, Text] = {
    "estate_unclear": _(
        "« %(name)s » peut être l'un de ceux-ci : %(choices)s. Rien ne dit lequel : ajoutez un "
        "code, un numéro de série ou une adresse MAC. Ligne laissée de côté."
    ),
    "estate_told_twice": _(
        "« %(name)s » est déjà décrit plus haut dans ce fichier : cette ligne ne fait que le "
        "compléter. Si ce sont deux éléments, donnez à chacun un code."
    ),
    "estate_stand_in": _(
        "« %(name)s » appartient à la structure %(finess)s, que vous ne tenez pas ici : il est "
        "gardé dans votre carte pour ne perdre aucun lien."
    ),
    "estate_retired_seen": _("« %(name)s » est dit retiré du service, et le voici de nouveau vu."),
    "estate_several": _(
        "Plusieurs éléments s'appellent « %(name)s » : écrivez le code de celui qui convient."
    ),
    "estate_name_unknown": _(
        "Aucun élément ne s'appelle « %(name)s » : ajoutez-le à la carte, ou corrigez le nom."
    ),
    "estate_not_shared": _(
        "« %(name)s » est d'une autre structure, qui ne le partage pas avec celle-ci : "
        "demandez-lui de le partager."
    ),
    "estate_link_to_itself": _("« %(name)s » ne peut pas être lié à lui-même."),
    "estate_link_elsewhere": _(
        "« %(name)s » est d'une autre structure : ses liens se décident chez elle."
    ),
    "estate_link_twice": _(
        "Le lien vers « %(name)s » est déjà dit plus haut, dans un autre groupe."
    ),
    "estate_group_mismatch": _(
        "Le groupe « %(name)s » réunit des liens « %(verb)s » : ce lien reste seul."
    ),
    "estate_group_small": _(
        "Le groupe « %(name)s » demande %(needed)s éléments et n'en compte que %(size)s : tous "
        "sont donc nécessaires."
    ),
    "estate_alike": ngettext_lazy(
        "%(count)s ressemblance avec un élément connu : vous la trancherez après l'import, dans "
        "« Doublons ».",
        "%(count)s ressemblances avec des éléments connus : vous les trancherez après l'import, "
        "dans « Doublons ».",
        "count",
    ),
    "estate_unseen": ngettext_lazy(
        "%(count)s lien mène à une machine dont le fichier ne dit qu'une adresse ou un numéro, que "
        "la carte ne connaît pas : importez son inventaire, puis ce fichier de nouveau.",
        "%(count)s liens mènent à des machines dont le fichier ne dit qu'une adresse ou un numéro, "
        "que la carte ne connaît pas : importez leur inventaire, puis ce fichier de nouveau.",
        "count",
    ),
    "estate_kept": ngettext_lazy(
        "%(count)s champ déjà rempli autrement, laissé tel quel.",
        "%(count)s champs déjà remplis autrement, laissés tels quels.",
        "count",
    ),
    "estate_elsewhere": ngettext_lazy(
        "%(count)s élément d'une autre structure, reconnu et laissé tel quel.",
        "%(count)s éléments d'autres structures, reconnus et laissés tels quels.",
        "count",
    ),
    "estate_unknown_field": _(
        "Un élément de cette nature n'a pas ce champ : « %(value)s » ignoré."
    ),
    "estate_not_text": _("« %(value)s » n'est pas un texte : champ laissé vide."),
    "estate_too_long": _("« %(value)s »… est trop long : champ laissé vide."),
    "estate_not_number": _("« %(value)s » n'est pas un nombre entier : champ laissé vide."),
    "estate_out_of_range": _("%(value)s est hors des bornes : champ laissé vide."),
    "estate_not_boolean": _("« %(value)s » : oui ou non est attendu. Champ laissé vide."),
    "estate_not_date": _("« %(value)s » n'est pas une date : champ laissé vide."),
    "estate_not_a_choice": _("« %(value)s » n'est pas une valeur proposée : champ laissé vide."),
}
