"""How is what the readers of exercises say told in words?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.connectors.message_codes import MessageCode

EXERCISES: Mapping[MessageCode, str | Promise] = {
    MessageCode.EXERCISE_NOT_KNOWN: _(
        "ce fichier n'est aucun des formats d'exercice connus : %(accepted)s."
    ),
    MessageCode.EXERCISE_VERSION: _(
        "exercice écrit à la version %(found)s du format, cette version de Hygie connaît "
        "%(known)s : mettez Hygie à jour."
    ),
    MessageCode.EXERCISE_TOO_LARGE: _(
        "plus de %(limit)s lignes dans un seul exercice : découpez-le."
    ),
    MessageCode.EXERCISE_NO_START: _(
        "« %(value)s » est une heure d'horloge : indiquez la date et l'heure du début de "
        "l'exercice pour la situer, ou écrivez un temps relatif (H+1h30, T+45). Ligne refusée."
    ),
    MessageCode.EXERCISE_TIME: _(
        "« %(value)s » n'est pas un horaire compris. Écrivez par exemple J-30, H+1h30, T+45 (en "
        "minutes), 09:05 ou 12/05/2026 09:05. Ligne refusée."
    ),
    MessageCode.EXERCISE_DURATION: _(
        "« %(value)s » n'est pas une durée comprise. Écrivez par exemple 30 min ou 1 h 30 min. "
        "Ligne refusée."
    ),
    MessageCode.EXERCISE_NEXT_DAY: _(
        "« %(value)s » vient après une heure plus tardive : pris le lendemain."
    ),
    MessageCode.EXERCISE_TIME_TAKEN: _("« %(value)s » est pris à %(taken)s ; le reste est laissé."),
    MessageCode.EXERCISE_OTHER_SHEETS: _(
        "La feuille « %(sheet)s » a été lue, pas celles-ci, qui sont aussi des chronogrammes : "
        "%(others)s. Réunissez-les en une, ou importez-les l'une après l'autre."
    ),
    MessageCode.EXERCISE_DAYS_COUNTED: _(
        "Les jours sont numérotés : le jour %(first)s est celui du début de l'exercice."
    ),
    MessageCode.EXERCISE_MONTH_FIRST: _("Les dates sont lues le mois d'abord, à l'américaine."),
    MessageCode.EXERCISE_ELAPSED: _(
        "Le chronogramme commence à 00:00 : ses heures sont comptées depuis le début de l'exercice."
    ),
    MessageCode.EXERCISE_LONG_HOURS: _(
        "« %(value)s » est compté en heures. Si ce sont des minutes, écrivez T+45 ou H+0h45."
    ),
    MessageCode.EXERCISE_BLANK_ROWS: _("%(count)s lignes vides passées."),
    MessageCode.EXERCISE_HEADING: _(
        "« %(title)s », seul sur sa ligne, est un titre : gardé comme repère de l'animation, que "
        "les joueurs ne voient pas."
    ),
    MessageCode.EXERCISE_NO_INJECT: _("Ce fichier ne contient aucune ligne à jouer."),
    MessageCode.EXERCISE_EMPTY_ROW: _(
        "un horaire, et ni sujet ni contenu : renseignez l'un des deux. Ligne refusée."
    ),
    MessageCode.EXERCISE_TYPE_UNKNOWN: _(
        "type « %(value)s » inconnu : la ligne est gardée comme « %(taken)s ». Corrigez-le ensuite "
        "au besoin."
    ),
    MessageCode.EXERCISE_CHANNEL_GUESSED: _(
        "canal « %(channel)s » déduit du texte pour %(count)s lignes : vérifiez-le."
    ),
    MessageCode.EXERCISE_CELL_CREATED: _(
        "cellule « %(name)s » créée (nature : %(kind)s), destinataire de %(count)s lignes."
    ),
    MessageCode.EXERCISE_STAFF_ROW: _(
        "%(names)s : de l'animation, donc pas comptés parmi les joueurs destinataires."
    ),
    MessageCode.EXERCISE_OBJECTIVE_CREATED: _("objectif « %(title)s » créé."),
    MessageCode.EXERCISE_KEY_TWICE: _("« %(key)s » est déjà pris plus haut. Ligne refusée."),
    MessageCode.EXERCISE_KEY_RENAMED: _(
        "l'identifiant « %(key)s » est déjà pris plus haut : cette ligne devient « %(given)s »."
    ),
    MessageCode.EXERCISE_CONDITION: _(
        "condition non comprise : « %(value)s ». Elle est gardée en note d'animation, et ne "
        "retient pas l'envoi."
    ),
    MessageCode.EXERCISE_CONDITION_UNKNOWN: _(
        "la condition cite « %(key)s », qui n'est l'identifiant d'aucune ligne lue : corrigez-la "
        "avant de jouer."
    ),
    MessageCode.EXERCISE_STATUSES: _(
        "états de préparation lus et non gardés dans le scénario : %(statuses)s."
    ),
    MessageCode.EXERCISE_VALUE_IGNORED: _(
        "« %(value)s » n'est pas compris : la valeur par défaut est prise."
    ),
    MessageCode.EXERCISE_NOT_KEPT: _(
        "%(count)s éléments « %(what)s » non repris : un scénario de Hygie n'en a pas."
    ),
    MessageCode.EXERCISE_KEPT_ASIDE: _(
        "gardé à part pour récrire le fichier à l'identique : %(parts)s."
    ),
    MessageCode.EXERCISE_ATTACHMENTS: _(
        "%(count)s pièces jointes citées par leur nom : joignez les fichiers avant de jouer."
    ),
    MessageCode.EXERCISE_DISABLED: _(
        "%(count)s lignes désactivées dans l'outil d'origine : gardées comme notes d'animation, "
        "que les joueurs ne voient pas."
    ),
}

# Codes of ours that a message carries, as people say them.
EXERCISE_WORDS: Mapping[str, str | Promise] = {
    "inject": _("stimulus"),
    "facilitation": _("note d'animation"),
    "mail": _("courriel"),
    "phone": _("téléphone"),
    "sms": _("SMS"),
    "paper": _("papier"),
    "press": _("presse"),
    "social": _("réseau social"),
    "alarm": _("écran d'alarme"),
    "decision": _("décision"),
    "it": _("informatique"),
    "care": _("soins"),
    "communication": _("communication"),
    "logistics": _("logistique"),
    "other": _("autre"),
}
WITH_WORDS = frozenset(
    {
        MessageCode.EXERCISE_TYPE_UNKNOWN,
        MessageCode.EXERCISE_CHANNEL_GUESSED,
        MessageCode.EXERCISE_CELL_CREATED,
    }
)
