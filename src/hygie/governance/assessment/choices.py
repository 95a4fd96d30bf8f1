"""Which words describe an assessment?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StateChoice(models.TextChoices):
    """The seven states of a requirement or objective, as engines.assessment names them."""

    PASSED = "passed", _("atteint")
    PARTIAL = "partial", _("partiel")
    FAILED = "failed", _("non atteint")
    NOT_TESTED = "not_tested", _("non testé")
    CANNOT_TELL = "cannot_tell", _("indéterminé")
    STALE = "stale", _("périmé")
    NOT_APPLICABLE = "not_applicable", _("sans objet")


class QuestionnaireState(models.TextChoices):
    """Life of a questionnaire; read-only once submitted."""

    DRAFT = "draft", _("à commencer")
    IN_PROGRESS = "in_progress", _("en cours")
    SUBMITTED = "submitted", _("soumis")
    CHANGES_REQUESTED = "changes_requested", _("à corriger")
    CLOSED = "closed", _("clos")


class AnswerResult(models.TextChoices):
    """What the respondent says of one requirement."""

    UNANSWERED = "", _("sans réponse")
    COMPLIANT = "compliant", _("conforme")
    PARTIAL = "partial", _("partiellement conforme")
    NON_COMPLIANT = "non_compliant", _("non conforme")
    NOT_APPLICABLE = "not_applicable", _("sans objet")
    UNKNOWN = "unknown", _("ne sait pas")


class BasisChoice(models.TextChoices):
    """What a state rests on."""

    RULE = "rule", _("règle calculée")
    ANSWER = "answer", _("questionnaire")
    MAPPING = "mapping", _("correspondance entre référentiels")
    NOTHING = "nothing", _("rien encore")
