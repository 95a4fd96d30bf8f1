"""Of which texts is a report made, in which order?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: Mapping[str, Promise] = {
    "summary": _("En bref"),
    "conduct": _("Déroulement"),
    "reactions": _("Réactions et délais de décision"),
    "lessons": _("Ce que l'exercice apprend"),
    "next_steps": _("Suites"),
    "board": _("Ce que la direction doit décider"),
}
