"""What does the front page of a map say first?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.design.components.numbers import number_words, percent_words
from hygie.foundation.imports.kinds import kinds_for
from hygie.foundation.imports.types import ImportKind
from hygie.territory.estate.policies import may_edit, may_export
from hygie.territory.estate.selectors.lists import Gap, MapSummary, map_summary
from hygie.territory.estate.words import counted, kind_word, kinds_word, missing_word
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_PREFIX = "estate."
# What an empty map begins with.
_FIRST_KINDS = ("care", "application", "server", "supplier")
# Filters of the list that show what a gap counts.
_GAP_FILTERS = {"owner": "owner", "technical_owner": "technical", "max_downtime_min": "downtime",
                "site": "site", "zone": "zone"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Something useful to do next: its words, its address, its icon."""

    words: str
    url: str
    icon: str


def home_context(perimeter: Perimeter, place: Organisation) -> dict[str, Any]:
    """Counts, gaps and next steps. 3 queries of its own."""
    summary = map_summary(perimeter, place)
    edits = may_edit(perimeter, place)
    listed = reverse("estate:asset_list", args=[place.pk])
    return {
        "place": place,
        "summary": summary,
        "answer": _answer(summary),
        "kinds": [
            (
                kinds_word(one.kind),
                one.count,
                one.completeness,
                percent_words(one.completeness / 100),
                f"{listed}?kind={one.kind}",
            )
            for one in summary.kinds
        ],
        "gaps": [_gap(gap, listed) for gap in summary.gaps],
        "steps": _steps(summary, place, listed, may=edits),
        "imports": import_choices(perimeter, place) if edits else [],
        "first_kinds": [
            (kind_word(kind), reverse("estate:asset_add", args=[place.pk, kind]))
            for kind in _FIRST_KINDS
        ],
        "may_edit": edits,
        "may_export": may_export(perimeter, place),
    }


def import_choices(perimeter: Perimeter, place: Organisation) -> list[tuple[ImportKind, str]]:
    """Kinds of inventory that can be brought here, each with the address that asks for a file."""
    return [
        (kind, reverse("imports:new", args=[kind.kind]) + f"?organisation={place.code}")
        for kind in kinds_for(perimeter)
        if kind.kind.startswith(_PREFIX)
    ]


def _answer(summary: MapSummary) -> str:
    if not summary.count:
        return _("La carte est vide : commencez par ce que vous avez déjà.")
    said = _("%(count)s, connus à %(share)d %%.") % {
        "count": ngettext("%(n)s élément", "%(n)s éléments", summary.count)
        % {"n": number_words(summary.count)},
        "share": round(summary.completeness),
    }
    if summary.gaps:
        gap = summary.gaps[0]
        said += " " + _("Il manque surtout : %(what)s, pour %(n)s.") % {
            "what": missing_word(gap.entry), "n": counted(gap.kind, gap.count),
        }  # fmt: skip
    return said


def _gap(gap: Gap, listed: str) -> dict[str, Any]:
    extra = _GAP_FILTERS.get(gap.entry)
    return {
        "words": missing_word(gap.entry),
        "kinds": kinds_word(gap.kind),
        "count": gap.count,
        "of": gap.of,
        "url": f"{listed}?kind={gap.kind}" + (f"&gap={extra}" if extra else "&under=100"),
    }


def _steps(summary: MapSummary, place: Organisation, listed: str, *, may: bool) -> Sequence[Step]:
    """Next steps, the most useful first; each only when there is something to do."""
    found = []
    if summary.pairs and may:
        found.append(
            Step(
                ngettext(
                    "Trancher %(n)d doublon possible",
                    "Trancher %(n)d doublons possibles",
                    summary.pairs,
                )
                % {"n": summary.pairs},
                reverse("estate:look_alike_list", args=[place.pk]),
                "people",
            )
        )
    if summary.unmapped_care:
        found.append(
            Step(
                ngettext(
                    "Dire ce qu'utilise %(n)d activité de soins",
                    "Dire ce qu'utilisent %(n)d activités de soins",
                    summary.unmapped_care,
                )
                % {"n": summary.unmapped_care},
                f"{listed}?kind=care&under=100",
                "heart-pulse",
            )
        )
    if summary.unowned:
        found.append(
            Step(
                ngettext(
                    "Nommer le responsable de %(n)d application",
                    "Nommer le responsable de %(n)d applications",
                    summary.unowned,
                )
                % {"n": summary.unowned},
                f"{listed}?kind=application&gap=owner",
                "person-badge",
            )
        )
    if summary.untimed:
        found.append(
            Step(
                ngettext(
                    "Fixer la DMIA de %(n)d application",
                    "Fixer la DMIA de %(n)d applications",
                    summary.untimed,
                )
                % {"n": summary.untimed},
                f"{listed}?kind=application&gap=downtime",
                "hourglass-split",
            )
        )
    if summary.count and not summary.care and may:
        found.append(
            Step(
                _("Décrire une première activité de soins"),
                reverse("estate:asset_add", args=[place.pk, "care"]),
                "heart-pulse",
            )
        )
    return found  # fmt: skip
