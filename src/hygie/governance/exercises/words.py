"""In which words do the pages speak of a script?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.engines.exercise.checks import Code, Finding
from hygie.engines.exercise.types import ScenarioRecord
from hygie.engines.ransomware.losses import LossFamily

FINDINGS: Mapping[Code, Promise] = {
    Code.NO_INJECT: _("Le chronogramme est vide."),
    Code.NO_CELL: _("Aucune cellule ne joue."),
    Code.NO_OBJECTIVE: _("Aucun objectif : l'exercice ne prouvera rien."),
    Code.KEY_TWICE: _("La clé « %(value)s » est portée deux fois."),
    Code.CELL_UNKNOWN: _("« %(inject)s » s'adresse à une cellule inconnue : %(value)s."),
    Code.OBJECTIVE_UNKNOWN: _("« %(inject)s » teste un objectif inconnu : %(value)s."),
    Code.CONDITION_UNKNOWN: _("« %(inject)s » dépend d'une ligne qui n'existe pas : %(value)s."),
    Code.CONDITION_CIRCLE: _(
        "« %(inject)s » dépend d'elle-même : ses conditions tournent en rond."
    ),
    Code.OPTION_UNKNOWN: _(
        "« %(inject)s » attend une décision que personne ne peut prendre : « %(value)s »."
    ),
    Code.RESULT_UNKNOWN: _("« %(inject)s » attend un résultat inconnu : « %(value)s »."),
    Code.STAFF_ROW_HAS_CELLS: _(
        "« %(inject)s » est réservée à l'animation : elle ne peut pas s'adresser à une cellule."
    ),
    Code.BODY_MISSING: _("« %(inject)s » n'a pas de contenu : les joueurs ne recevraient rien."),
    Code.SENDER_MISSING: _("« %(inject)s » n'a pas d'émetteur simulé."),
    Code.EXPECTED_MISSING: _("« %(inject)s » ne dit pas ce que les joueurs devraient faire."),
    Code.OBJECTIVE_MISSING: _(
        "« %(inject)s » attend une réaction sans dire quel objectif elle teste."
    ),
    Code.AFTER_THE_END: _("« %(inject)s » vient après la fin prévue."),
    Code.VARIABLE_EMPTY: _("La variable « %(value)s » n'a pas de valeur."),
    Code.VARIABLE_UNUSED: _("La variable « %(value)s » ne sert nulle part."),
    Code.CELL_IDLE: _("« %(cell)s » attend %(value)s minutes sans rien recevoir."),
    Code.CELL_WITHOUT_INJECT: _("« %(cell)s » ne reçoit rien de sûr."),
    Code.CROWDED: _("« %(cell)s » reçoit trop de choses d'un coup vers la minute %(value)s."),
}  # fmt: skip

LOSSES: Mapping[LossFamily, Promise] = {
    LossFamily.OBJECT: _("un élément seul"),
    LossFamily.SEVERAL: _("plusieurs éléments"),
    LossFamily.SUPPLIER: _("un fournisseur"),
    LossFamily.SITE: _("un site"),
    LossFamily.ZONE: _("une zone du réseau"),
    LossFamily.IDENTITY: _("un annuaire"),
    LossFamily.INTERNET: _("l'accès à Internet"),
    LossFamily.BACKUP: _("une sauvegarde"),
    LossFamily.RANSOMWARE: _("toutes les machines d'une zone, chiffrées"),
    LossFamily.RED_BUTTON: _("l'isolement du réseau"),
}

# Titles that other tools' timelines have and ours has not.
COLUMNS_OF_OTHERS: Mapping[str, Promise] = {
    "day": _("Jour"),
    "action": _("Action à mener"),
    "expectation": _("Nom de l'attendu"),
    "status": _("Statut"),
    "simulated_time": _("Heure simulée"),
    "details": _("Suite du contenu"),
    "capability": _("Capacité"),
    "controller": _("Animateur"),
}


def finding_sentence(finding: Finding, scenario: ScenarioRecord) -> str:
    """What is to mend, in words, with the titles that people know."""
    titles = {one.key: one.title for one in scenario.injects}
    cells = {one.key: one.name for one in scenario.cells}
    return str(FINDINGS[finding.code]) % {
        "inject": titles.get(finding.inject, finding.inject),
        "cell": cells.get(finding.cell, finding.cell),
        "value": titles.get(finding.value, finding.value),
    }
