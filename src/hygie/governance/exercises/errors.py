"""What can a user get wrong when an exercise is prepared?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class ScriptClosed(Refusal):
    """The script is no longer open to change."""

    code = "exercise_script_closed"
    template = _(
        "Cet exercice est %(state)s : son scénario ne se modifie plus. Copiez-le en modèle pour "
        "le retravailler."
    )
    status = 409


class WrongState(Refusal):
    """The act does not fit the state of the exercise."""

    code = "exercise_wrong_state"
    template = _("Impossible : cet exercice est %(state)s.")
    status = 409


class NotPlayable(Refusal):
    """Something of the script forbids to play it."""

    code = "exercise_not_playable"
    template = _("L'exercice ne peut pas encore être joué : %(reasons)s")
    status = 409


class DateMissing(Refusal):
    """A run has a day."""

    code = "exercise_date_missing"
    template = _("Donnez la date et l'heure de l'exercice avant de le déclarer prêt.")
    status = 409


class TitleMissing(Refusal):
    """Everything has a name."""

    code = "exercise_title_missing"
    template = _("Donnez un titre.")


class ValueRefused(Refusal):
    """A field holds something else than what it may."""

    code = "exercise_value_refused"
    template = _("%(field)s : « %(value)s » ne convient pas.")


class TextTooLong(Refusal):
    """More letters than the field keeps."""

    code = "exercise_text_too_long"
    template = _("%(field)s : %(limit)s caractères au plus.")


class TimeRefused(Refusal):
    """A time of the scenario that cannot be read."""

    code = "exercise_time_refused"
    template = _(
        "« %(value)s » n'est pas une heure du scénario : écrivez 1:30 (une heure et demie après "
        "le début), -0:15 (un quart d'heure avant), H+2, T+45 ou J-1."
    )


class CellInUse(Refusal):
    """A cell that still receives something is not removed by mistake."""

    code = "exercise_cell_in_use"
    template = _(
        "« %(name)s » est seule à recevoir %(count)s ligne(s) du chronogramme : confiez-les "
        "d'abord à une autre cellule."
    )
    status = 409


class InjectLookedAt(Refusal):
    """Another row waits for this one."""

    code = "exercise_inject_looked_at"
    template = _("Ces lignes en dépendent : %(titles)s. Changez d'abord leurs conditions.")
    status = 409


class ConditionRefused(Refusal):
    """A condition looks at what does not exist, or at itself."""

    code = "exercise_condition_refused"
    template = _(
        "Condition refusée : elle doit désigner une autre ligne de ce chronogramme et, pour une "
        "décision ou un résultat, l'une de ses valeurs, sans tourner en rond."
    )


class NotInThisExercise(Refusal):
    """The cell, objective or row belongs to another exercise."""

    code = "exercise_elsewhere"
    template = _("Cet élément n'est pas de cet exercice.")
    status = 404


class SharingRefused(Refusal):
    """What may not be shared that way."""

    code = "exercise_sharing_refused"
    template = _(
        "Seul un modèle de votre structure se partage, avec un groupe ou une région connus."
    )
    status = 409


class PersonRefused(Refusal):
    """Whoever takes part needs a name, and an address to be written to."""

    code = "exercise_person_refused"
    template = _("%(reason)s")


class LinkNotMailed(Refusal):
    """This instance has no mail server, or the guest has no address."""

    code = "exercise_link_not_mailed"
    template = _("Le lien n'a pas pu être envoyé : copiez-le et remettez-le vous-même.")
    status = 409


class NothingOnTheMap(Refusal):
    """No scenario can be made from a map that says nothing."""

    code = "exercise_map_empty"
    template = _(
        "La carte de cette structure ne suffit pas à écrire un scénario : décrivez au moins une "
        "activité de soin et ce dont elle dépend."
    )
    status = 409
