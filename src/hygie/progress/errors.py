"""What can a user get wrong when recording a value, a proof or an action?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class ValueRefused(Refusal):
    """The value does not fit the indicator's unit."""

    code = "value_refused"
    template = _("%(indicator)s : la valeur %(value)s ne convient pas ; attendu : %(expected)s.")


class DateRefused(Refusal):
    """An effective date in the future is a plan, not a measurement."""

    code = "date_in_future"
    template = _("La date d'effet %(date)s est dans le futur : un projet n'est pas une mesure.")


class ExpiryRefused(Refusal):
    """A proof cannot expire before it takes effect."""

    code = "expiry_before_effect"
    template = _("L'expiration %(expiry)s précède la date d'effet %(effective)s.")


class HeldElsewhere(Refusal):
    """The indicator is kept at another level of the territory."""

    code = "held_elsewhere"
    template = _("%(indicator)s se mesure au niveau %(level)s, pas sur « %(organisation)s ».")


class UnknownIndicator(Refusal):
    """No indicator bears this code."""

    code = "unknown_indicator"
    template = _("Aucun indicateur ne porte le code « %(code)s ».")


class EvidenceWithdrawn(Refusal):
    """A withdrawn proof is kept for the record and no longer changes."""

    code = "evidence_withdrawn"
    template = _("Cette preuve a été retirée le %(date)s : elle ne peut plus changer.")


class ReasonMissing(Refusal):
    """An act that needs a word of explanation."""

    code = "reason_missing"
    template = _("Dites pourquoi en quelques mots : ce sera lu plus tard.")


class ActionClosed(Refusal):
    """A finished or abandoned action is reopened before it changes."""

    code = "action_closed"
    template = _("Cette action est close : rouvrez-la avant de la modifier.")


class ProofMissing(Refusal):
    """Done means proven, or explained."""

    code = "proof_missing"
    template = _("Pour terminer l'action, joignez une preuve ou dites ce qui l'atteste.")


class ActionOpen(Refusal):
    """Only a closed action is taken up again."""

    code = "action_open"
    template = _("Cette action est déjà ouverte.")


class UnknownRequirement(Refusal):
    """No requirement bears this urn."""

    code = "unknown_requirement"
    template = _("Exigence inconnue : %(names)s. Donnez les références du référentiel.")


class NothingToRecord(Refusal):
    """A sheet of values without a single one."""

    code = "nothing_to_record"
    template = _("Aucune valeur saisie : remplissez au moins une ligne.")


class FileAbsent(Refusal):
    """The command line names a file that is not there."""

    code = "file_absent"
    template = _("Le fichier « %(file)s » n'existe pas ou ne se lit pas.")
