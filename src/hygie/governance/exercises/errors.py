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


class FileAbsent(Refusal):
    """The command line names a file that is not there."""

    code = "exercise_file_absent"
    template = _("Fichier introuvable : %(file)s")
    status = 404


class ActUnknown(Refusal):
    """A form asks for something that does not exist."""

    code = "exercise_act_unknown"
    template = _("Choisissez ce qu'il faut faire.")


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


class PresenceIncomplete(Refusal):
    """The check of communications is not over, and nobody said why to start all the same."""

    code = "exercise_presence_incomplete"
    template = _(
        "%(count)s participant(s) n'ont pas encore répondu « bien reçu » : %(names)s. "
        "Attendez-les, ou dites pourquoi vous commencez sans eux."
    )
    status = 409


class ClockRefused(Refusal):
    """Time does not do that."""

    code = "exercise_clock_refused"
    template = _("%(reason)s")
    status = 409


class StopNotMeant(Refusal):
    """The end is confirmed by a word, so that nobody ends an exercise by mistake."""

    code = "exercise_stop_not_meant"
    template = _("Pour terminer l'exercice, écrivez %(word)s dans la case.")


class AlreadyDone(Refusal):
    """The row was played or skipped in the meantime."""

    code = "exercise_inject_done"
    template = _("« %(title)s » est déjà %(state)s.")
    status = 409


class OptionRefused(Refusal):
    """A decision is one of the options offered, or says something."""

    code = "exercise_option_refused"
    template = _("Choisissez l'une des décisions proposées.")


class TextMissing(Refusal):
    """Nothing was written."""

    code = "exercise_text_missing"
    template = _("Écrivez quelque chose.")


class EntryCorrected(Refusal):
    """A line is corrected once; the correction may be corrected in turn."""

    code = "exercise_entry_corrected"
    template = _("Cette ligne est déjà corrigée : corrigez la correction.")
    status = 409


class LessonMissing(Refusal):
    """A lesson says something."""

    code = "exercise_lesson_missing"
    template = _("Écrivez le constat.")


class LessonNamesPlace(Refusal):
    """What the region reads names nobody."""

    code = "exercise_lesson_names_place"
    template = _(
        "Ce constat cite « %(name)s » : reformulez-le sans nommer la structure ni une personne "
        "avant de le partager."
    )
    status = 409


class ActionIncomplete(Refusal):
    """A gap is closed by someone, for a day."""

    code = "exercise_action_incomplete"
    template = _("Une action a un intitulé, un responsable et une échéance.")


class ActionMade(Refusal):
    """A gap has one action."""

    code = "exercise_action_made"
    template = _("Ce constat a déjà son action.")
    status = 409


class MarkRefused(Refusal):
    """A mark goes from 0 to 3."""

    code = "exercise_mark_refused"
    template = _("Une note va de 0 (pas atteint) à 3 (pleinement atteint).")


class AnswerRefused(Refusal):
    """An answer that the questionnaire does not offer."""

    code = "exercise_answer_refused"
    template = _("« %(question)s » : cette réponse n'existe pas.")


class AlreadyAnswered(Refusal):
    """The questionnaire is answered once."""

    code = "exercise_already_answered"
    template = _("Vous avez déjà répondu à ce questionnaire : merci.")
    status = 409


class SurveyClosed(Refusal):
    """The questionnaire is open between the end of the play and the closing."""

    code = "exercise_survey_closed"
    template = _("Le questionnaire n'est pas ouvert : il l'est de la fin du jeu à la clôture.")
    status = 409


class MaturityClosed(Refusal):
    """Before means before the start, after means after the end."""

    code = "exercise_maturity_closed"
    template = _(
        "L'auto-évaluation « avant » se remplit avant le départ, « après » entre la fin du jeu et "
        "la clôture."
    )
    status = 409


class TranscriptRefused(Refusal):
    """The story of an exercise that does not hold together."""

    code = "exercise_transcript_refused"
    template = _("Récit d'exercice refusé, à %(where)s : %(reason)s")
