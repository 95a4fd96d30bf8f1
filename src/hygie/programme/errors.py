"""What can go wrong when an administrator edits the referential?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class RuleRefused(Refusal):
    """The rule does not follow the vocabulary."""

    code = "rule_refused"
    template = _("La règle est refusée à %(path)s : %(reason)s.")


class ParameterRefused(Refusal):
    """A parameter's value is outside its bounds, or the name is unknown."""

    code = "parameter_refused"
    template = _("Le paramètre « %(name)s » est refusé : attendu un nombre de %(low)s à %(high)s.")


class LibraryAbsent(Refusal):
    """The command line names a file that is not there."""

    code = "file_missing"
    template = _("%(file)s : fichier introuvable.")


class ShapeRefused(Refusal):
    """A structured value is not built as its readers expect."""

    code = "shape_refused"
    template = _("Valeur refusée. %(faults)s")
