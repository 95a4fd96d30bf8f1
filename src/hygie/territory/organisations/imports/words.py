"""In which words does a plan of the territory speak?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from hygie.foundation.imports.types import Text

FIELDS: Mapping[str, Text] = {
    "name": _("nom"),
    "long_name": _("nom complet"),
    "category_code": _("code de catégorie"),
    "category_label": _("catégorie"),
    "category_group": _("groupe de catégories"),
    "legal_status": _("statut"),
    "siret": _("SIRET"),
    "address": _("adresse"),
    "town": _("commune"),
    "postcode": _("code postal"),
    "department_code": _("département"),
    "opened_on": _("ouvert le"),
    "closed_on": _("fermé le"),
    "legal_entity": _("entité juridique"),
    "region": _("région"),
    "place": _("place dans l'arbre"),
    "role": _("rôle"),
    "since": _("depuis"),
    "until": _("jusqu'au"),
    "is_followed": _("suivi"),
    "combined_activity": _("activité combinée"),
    "headcount": _("effectif (ETP)"),
    "finess": _("numéro FINESS"),
    "ght_code": _("code du GHT"),
    "ght_name": _("nom du GHT"),
    "category": _("catégorie"),
    "postal_code": _("code postal"),
    "year": _("année"),
    "structureej": _("entités juridiques"),
    "structureet": _("établissements"),
}

FINESS_NOTES: Mapping[str, Text] = {
    "finess_outside": _("%(count)s lignes d'autres régions que la vôtre, laissées de côté."),
    "finess_outdated": _(
        "%(count)s structures déjà connues par une extraction plus récente : laissées telles "
        "quelles."
    ),
    "finess_no_date": _(
        "L'extraction ne porte pas de date : elle ne peut pas servir de liste complète. Décochez "
        "« Liste complète »."
    ),
    "finess_not_complete": _(
        "Le fichier liste %(listed)s structures (%(kind)s) alors que %(known)s sont connues : ce "
        "n'est pas une liste complète. Décochez « Liste complète »."
    ),
}

GHT_NOTES: Mapping[str, Text] = {
    "ght_region_unknown": _(
        "La région « %(region)s » n'est pas reconnue et rien d'autre ne situe ce GHT : écrivez le "
        "nom officiel de la région."
    ),
    "ght_outside": _("Ce GHT est en région %(region)s, hors de votre périmètre."),
    "ght_two_names": _(
        "Le GHT %(ght)s porte deux noms dans la feuille ; « %(name)s », le premier, est retenu."
    ),
    "ght_site_alone": _(
        "%(finess)s est un établissement sans entité juridique connue : importez d'abord "
        "l'extraction FINESS."
    ),
    "ght_site_for_entity": _(
        "%(finess)s est un établissement (ET) ; son entité juridique %(entity)s est membre du GHT."
    ),
    "ght_member_unknown": _(
        "%(finess)s n'est pas connu : une entité juridique provisoire sera créée. Vérifiez le "
        "numéro, ou importez l'extraction FINESS."
    ),
    "ght_future_end": _(
        "La sortie prévue le %(until)s n'est pas encore effective : le membre reste dans le GHT."
    ),
    "ght_counted_twice": _(
        "%(finess)s est déjà membre compté de %(ght)s à la ligne %(first)s : un établissement "
        "n'est support ou partie que d'un GHT. Ligne refusée."
    ),
    "ght_two_supports": _(
        "%(ght)s a déjà un établissement support, %(support)s, à la ligne %(first)s. Ligne refusée."
    ),
    "ght_has_support": _(
        "%(ght)s a déjà un établissement support, %(support)s, dont la feuille ne parle pas. "
        "Ajoutez sa ligne avec son nouveau rôle. Ligne refusée."
    ),
    "ght_member_moves": _("%(finess)s quitte %(before)s pour %(after)s."),
    "ght_without_support": _("%(ght)s n'a pas d'établissement support."),
}

ACTIVITY_NOTES: Mapping[str, Text] = {
    "activity_unknown": _(
        "%(finess)s n'est pas connu dans votre périmètre : vérifiez le numéro, ou importez "
        "l'extraction FINESS. Ligne refusée."
    ),
    "activity_not_allowed": _(
        "Votre rôle ne permet pas d'enregistrer l'activité de %(finess)s. Ligne refusée."
    ),
    "activity_too_large": _("Nombre trop grand pour être une activité. Ligne refusée."),
}
