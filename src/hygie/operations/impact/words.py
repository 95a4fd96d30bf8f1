"""How are moments, outcomes and causes said to people?"""

import math

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hygie.engines.ransomware.needs import Reference
from hygie.foundation.design.components.numbers import number_words
from hygie.operations.impact.answers import DEGRADED, HOLDS, STOPPED, CareOutcome
from hygie.operations.impact.models import RankedLoss
from hygie.operations.impact.why import WhyStep
from hygie.territory.estate.words import asset_called, duration_words, verb_word

OUTCOME_WORDS: dict[str, Promise] = {
    STOPPED: lazy("s'arrête"),
    DEGRADED: lazy("dégradée"),
    HOLDS: lazy("tient"),
}
# Shape and colour of the house for each.
OUTCOME_STATES = {STOPPED: "failed", DEGRADED: "partial", HOLDS: "passed"}

_REFERENCE_WORDS: dict[Reference, Promise] = {
    Reference.SITE: lazy("se trouve sur le site"),
    Reference.ZONE: lazy("est dans la zone réseau"),
    Reference.SUPPLIER: lazy("est tenu par le fournisseur"),
    Reference.INTERNET: lazy("n'est joignable que par Internet"),
}


def moment_words(minutes: float | None) -> str:
    """When something happens after a loss: "tout de suite", "au bout de 2 h"; "" for never."""
    if minutes is None or not math.isfinite(minutes):
        return ""
    if minutes < 1:
        return _("tout de suite")
    return _("au bout de %(time)s") % {"time": duration_words(round(minutes))}


def hours_words(hours: float) -> str:
    """Hours as people say them: "15 min", "1,5 h", "40 h", "12 jours"."""
    if hours < 1:
        return _("%(n)d min") % {"n": round(60 * hours)}
    if hours < 72:
        rounded = round(hours, 1) if hours < 10 else round(hours)
        return _("%(count)s h") % {"count": number_words(rounded)}
    days = round(hours / 24)
    return ngettext("%(count)s jour", "%(count)s jours", days) % {"count": number_words(days)}


def outcome_sentence(care: CareOutcome) -> str:
    """What happens to one activity: "s'arrête au bout de 2 h, dégradée tout de suite"."""
    if care.outcome == HOLDS:
        return _("tient")
    if care.outcome == DEGRADED:
        return _("dégradée %(when)s, sans s'arrêter") % {"when": moment_words(care.degrades_min)}
    said = _("s'arrête %(when)s") % {"when": moment_words(care.stops_min)}
    if care.degrades_min is None:
        return said
    return _("%(said)s ; dégradée %(when)s") % {
        "said": said, "when": moment_words(care.degrades_min),
    }  # fmt: skip


def overrun_words(care: CareOutcome) -> str:
    """Whether the activity stops before anything could bring it back: nobody said its DMIA."""
    if care.downtime_min is None:
        return _("DMIA non renseignée")
    return _("DMIA %(time)s") % {"time": duration_words(care.downtime_min)}


def need_words(step: WhyStep, source: str, lost: list[str], cut: list[str]) -> str:
    """Why one asset fails: "DPI fonctionne sur Grappe A"."""
    names = ", ".join(lost)
    if cut and not lost:
        return ngettext(
            "%(source)s : le flux vers %(names)s est coupé",
            "%(source)s : les flux vers %(names)s sont coupés",
            len(cut),
        ) % {"source": source, "names": ", ".join(cut)}
    if step.verb is not None:
        tie = verb_word(step.verb.value)
    elif step.reference is not None:
        tie = str(_REFERENCE_WORDS[step.reference])
    else:
        tie = _("a besoin de")
    if step.size <= 1:
        return _("%(source)s %(tie)s %(names)s") % {
            "source": source, "tie": tie, "names": names,
        }  # fmt: skip
    said = _("%(source)s %(tie)s %(needed)d parmi %(size)d") % {
        "source": source, "tie": tie, "needed": step.needed, "size": step.size,
    }  # fmt: skip
    return _("%(said)s, et il manque %(names)s") % {"said": said, "names": names}


def lost_names(row: RankedLoss) -> str:
    """What a ranked loss takes away, with the organisation when it is not the ranking's own.

    Cost: no query when the ranking, both assets and their organisations are loaded.
    """
    place = row.ranking.organisation_id
    names = [
        asset_called(one.name, "" if one.organisation_id == place else one.organisation.name)
        for one in (row.asset, row.other)
        if one is not None
    ]
    return " + ".join(names) or capfirst(str(row.get_family_display()))


def care_count(count: int) -> str:
    """ "3 activités de soins"."""
    return ngettext("%(count)d activité de soins", "%(count)d activités de soins", count) % {
        "count": count
    }
