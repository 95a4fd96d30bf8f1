"""What can a user get wrong when answering, reviewing, asking or filing?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class QuestionnaireReadOnly(Refusal):
    """Once submitted, only a reviewer may open it again."""

    code = "questionnaire_read_only"
    template = _(
        "Ce questionnaire est « %(state)s » : les réponses ne changent plus. Un relecteur peut "
        "demander des corrections."
    )
    status = 409


class StepRefused(Refusal):
    """This step does not follow from the state."""

    code = "questionnaire_step_refused"
    template = _("Un questionnaire « %(state)s » ne peut pas passer à « %(wanted)s ».")
    status = 409


class AssigneeRefused(Refusal):
    """Whoever is named must be able to answer."""

    code = "assignee_refused"
    template = _(
        "%(person)s ne peut pas répondre pour %(organisation)s : donnez-lui d'abord un rôle qui "
        "répond, ou choisissez quelqu'un d'autre."
    )


class NothingAnswered(Refusal):
    """An empty questionnaire says nothing."""

    code = "nothing_answered"
    template = _("Répondez à au moins une question avant de soumettre.")


class ReviewNoteMissing(Refusal):
    """Whoever must correct has to know what."""

    code = "review_note_missing"
    template = _("Dites ce qu'il faut corriger : la personne qui répond le lira.")


class ReasonMissing(Refusal):
    """Not applicable needs a reason."""

    code = "reason_missing"
    template = _("« Sans objet » demande un motif : dites pourquoi la question ne se pose pas ici.")


class AnswerRefused(Refusal):
    """The answer fits no choice of the question."""

    code = "answer_refused"
    template = _("Réponse « %(value)s » refusée pour « %(question)s » : choisissez %(choices)s.")


class ScoreRefused(Refusal):
    """The score is outside the framework's scale."""

    code = "score_refused"
    template = _("Note %(value)s refusée : elle va de %(low)s à %(high)s dans ce référentiel.")


class NotAsked(Refusal):
    """This requirement is not among those of the questionnaire."""

    code = "requirement_not_asked"
    template = _("L'exigence « %(requirement)s » n'est pas posée dans ce questionnaire.")


class NothingToAsk(Refusal):
    """Every requirement of the framework is computed."""

    code = "nothing_to_ask"
    template = _(
        "« %(framework)s » n'a aucune question à poser pour ce profil : ses états sont calculés."
    )


class CampaignIsClosed(Refusal):
    """A closed campaign asks nobody any more."""

    code = "campaign_closed"
    template = _("La campagne « %(name)s » est close.")
    status = 409


class NobodyToAsk(Refusal):
    """No organisation chosen."""

    code = "nobody_to_ask"
    template = _("Choisissez au moins un établissement suivi de votre périmètre.")


class FilingDates(Refusal):
    """One does not attain before applying."""

    code = "filing_dates"
    template = _("La déclaration d'atteinte (%(attained)s) précède la candidature (%(applied)s).")


class FilingInFuture(Refusal):
    """A filing to come is a plan."""

    code = "filing_in_future"
    template = _("La date %(date)s est dans le futur : saisissez-la une fois le dossier déposé.")


class FilingElsewhere(Refusal):
    """A member of a group does not file by itself."""

    code = "filing_elsewhere"
    template = _(
        "« %(organisation)s » candidate avec son groupe : saisissez les dates au niveau du GHT."
    )


class SheetOfAnother(Refusal):
    """The sheet was made for another questionnaire."""

    code = "sheet_of_another"
    template = _("Ce classeur a été exporté d'un autre questionnaire (%(found)s).")


class UpgradeRefused(Refusal):
    """Nothing to upgrade between these two versions."""

    code = "upgrade_refused"
    template = _("« %(old)s » et « %(new)s » ne sont pas deux versions du même référentiel.")
