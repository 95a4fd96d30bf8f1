"""What does the page of parameters say first?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.operations.impact.selectors.parameters import ParameterRow


def parameters_answer(rows: Sequence[ParameterRow]) -> str:
    """How many figures rest on a source, and how many were set here."""
    judged = sum(row.parameter.is_judgement for row in rows)
    changed = sum(row.is_changed for row in rows)
    said = _("%(count)d paramètres, dont %(judged)d sans source publiée") % {
        "count": len(rows), "judged": judged,
    }  # fmt: skip
    if not changed:
        return _("%(said)s ; tous ont leur valeur par défaut.") % {"said": said}
    return ngettext(
        "%(said)s ; %(changed)d a été précisé ici.",
        "%(said)s ; %(changed)d ont été précisés ici.",
        changed,
    ) % {"said": said, "changed": changed}
