"""What does the page of the circles of needs show?"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.territory.estate.selectors.ground import ground_at
from hygie.territory.estate.selectors.map import cycles_of
from hygie.territory.estate.selectors.object import assets_by_id
from hygie.territory.estate.words import elements_words, verb_word
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_SHOWN = 100
_MEMBERS = 30


def cycles_context(perimeter: Perimeter, place: Organisation) -> dict[str, Any]:
    """Each circle, told step by step. 2 queries once the map is in memory."""
    found = cycles_of(ground_at(perimeter, place))
    shown = found[:_SHOWN]
    wanted = {pk for cycle in shown for pk in cycle.members[:_MEMBERS]}
    wanted |= {pk for cycle in shown for pk, _verb in cycle.steps}
    assets = assets_by_id(sorted(wanted))
    return {
        "place": place,
        "answer": _answer(len(found)),
        "more": len(found) - len(shown),
        "cycles": [
            {
                "size": elements_words(len(cycle.members)),
                "steps": [
                    (assets[pk], verb_word(verb), assets[following])
                    for (pk, verb), (following, _v) in zip(
                        cycle.steps, [*cycle.steps[1:], cycle.steps[0]], strict=True
                    )
                ],
                "others": [
                    assets[pk]
                    for pk in cycle.members[:_MEMBERS]
                    if pk not in {step for step, _verb in cycle.steps}
                ],
                "more": max(0, len(cycle.members) - _MEMBERS),
                "centre": ",".join(str(pk) for pk, _verb in cycle.steps[:24]),
            }
            for cycle in shown
        ],
    }


def _answer(count: int) -> str:
    if not count:
        return _("Aucune boucle : tout peut redémarrer dans un ordre.")
    return ngettext(
        "%(n)d boucle : ces éléments ont besoin les uns des autres, aucun ne redémarre seul.",
        "%(n)d boucles : ces éléments ont besoin les uns des autres, aucun ne redémarre seul.",
        count,
    ) % {"n": count}
