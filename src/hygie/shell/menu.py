"""Which pages does the left column offer, and to whom? One table, in the order of the programme."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.policies import may_read
from hygie.territory.organisations.selectors import depth_at, may
from hygie.territory.people.place import Place
from hygie.territory.perimeter import Depth, Perimeter, Right

Shown = Callable[[Perimeter, Place | None], bool]


def _anyone(perimeter: Perimeter, place: Place | None) -> bool:
    return bool(perimeter.grants) or perimeter.is_operator


def _holding(*rights: Right) -> Shown:
    return lambda perimeter, place: any(perimeter.holds_anywhere(right) for right in rights)


def _in_detail(perimeter: Perimeter, place: Place | None) -> bool:
    return bool(place) and depth_at(perimeter, place) >= Depth.DETAIL  # type: ignore[arg-type]  # bool


def _reads_directories(perimeter: Perimeter, place: Place | None) -> bool:
    return bool(place) and any(
        _in_detail(perimeter, place) and may(perimeter, place, right)  # type: ignore[arg-type]
        for right in (Right.REVIEW, Right.READ_JOURNAL)
    )


def _sees_exercises(perimeter: Perimeter, place: Place | None) -> bool:
    return bool(place) and may_read(perimeter, place)  # type: ignore[arg-type]  # bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu.

    Attributes:
        label: its words.
        icon: name in the sprite.
        view: name of the page it opens.
        under: prefixes of the names of the pages that light it.
        at_place: its address names the node where the reader is.
        shown: to whom, where.
        children: lines below it, shown when it is lit.
    """

    label: Promise
    icon: str
    view: str
    under: tuple[str, ...] = ()
    at_place: bool = False
    shown: Shown = _anyone
    children: "tuple[Entry, ...]" = field(default=())


GOVERNANCE = (
    Entry(_("Évaluation"), "clipboard-check", "assessment:organisation", at_place=True),
    Entry(
        _("Questionnaires"),
        "ui-checks",
        "assessment:questionnaire_list",
        under=("assessment:questionnaire", "assessment:answer"),
    ),
    Entry(_("Campagnes"), "megaphone", "assessment:campaign_list", under=("assessment:campaign",)),
    Entry(
        _("Exercices"),
        "alarm",
        "exercises:exercise_list",
        under=("exercises:",),
        at_place=True,
        shown=_sees_exercises,
    ),
    Entry(_("Mes exercices"), "calendar-check", "exercises:mine"),
)
OPERATIONS = (
    Entry(
        _("Annuaires"),
        "diagram-3",
        "directory:audit_list",
        under=("directory:",),
        at_place=True,
        shown=_reads_directories,
    ),
    Entry(
        _("Impact d'une perte"),
        "heart-pulse",
        "impact:home",
        under=("impact:home", "impact:loss", "impact:ranking", "impact:parameter"),
        at_place=True,
        shown=_in_detail,
    ),
    Entry(
        _("Rançongiciel"),
        "bug",
        "impact:rehearsal_list",
        under=("impact:rehearsal",),
        at_place=True,
        shown=_reads_directories,
    ),
)
PROGRESS = (
    Entry(_("En bref"), "graph-up", "progress:home", at_place=True),
    Entry(
        _("Indicateurs"),
        "graph-up",
        "progress:indicators",
        under=("progress:indicator", "progress:record"),
        at_place=True,
    ),
    Entry(
        _("Preuves"),
        "file-earmark-check",
        "progress:evidence",
        under=("progress:evidence",),
        at_place=True,
        shown=_in_detail,
    ),
    Entry(
        _("Actions"),
        "check2-square",
        "progress:actions",
        under=("progress:action",),
        at_place=True,
        shown=_in_detail,
    ),
)
ESTATE = (
    Entry(_("En bref"), "map", "estate:home", at_place=True, shown=_in_detail),
    Entry(
        _("Éléments"),
        "list-check",
        "estate:asset_list",
        under=("estate:asset", "estate:link"),
        at_place=True,
        shown=_in_detail,
    ),
    Entry(_("Explorer"), "map", "estate:map", at_place=True, shown=_in_detail),
    Entry(_("En couches"), "layers", "estate:layers", at_place=True, shown=_in_detail),
    Entry(_("Boucles"), "arrow-repeat", "estate:cycle_list", at_place=True, shown=_in_detail),
    Entry(
        _("Doublons"),
        "people",
        "estate:look_alike_list",
        under=("estate:look_alike",),
        at_place=True,
        shown=_in_detail,
    ),
    Entry(
        _("Correspondances"),
        "file-earmark-spreadsheet",
        "estate:mapping_list",
        under=("estate:mapping", "estate:sheet"),
        at_place=True,
        shown=_in_detail,
    ),
)
PROGRAMME = (
    Entry(_("Objectifs"), "bullseye", "programme:home", under=("programme:objective",)),
    Entry(_("Indicateurs"), "graph-up", "programme:indicators", under=("programme:indicator",)),
    Entry(_("Mesures"), "shield-check", "programme:measures", under=("programme:measure",)),
    Entry(
        _("Référentiels"),
        "book",
        "programme:frameworks",
        under=("programme:framework", "programme:requirement"),
    ),
)
_IMPORTING = (Right.RECORD, Right.ANSWER, Right.MANAGE_TERRITORY, Right.MANAGE_PROGRAMME)
PLATFORM = (
    Entry(
        _("Structures"),
        "building",
        "organisations:organisation_list",
        under=("organisations:",),
    ),
    Entry(_("Personnes"), "people", "people:person_list", under=("people:",)),
    Entry(
        _("Imports"),
        "upload",
        "imports:import_list",
        under=("imports:",),
        shown=_holding(*_IMPORTING, Right.READ_JOURNAL),
    ),
    Entry(
        _("Journal"),
        "journal-text",
        "journal:line_list",
        under=("journal:",),
        shown=_holding(Right.READ_JOURNAL),
    ),
)
MENU: tuple[Entry, ...] = (
    Entry(_("Cockpit"), "speedometer2", "overview:home", under=("overview:",)),
    Entry(
        _("Gouvernance"),
        "clipboard-check",
        "assessment:organisation",
        under=("assessment:", "exercises:"),
        at_place=True,
        children=GOVERNANCE,
    ),
    Entry(
        _("Sécurité opérationnelle"),
        "shield-lock",
        "impact:home",
        under=("directory:", "impact:"),
        at_place=True,
        shown=_in_detail,
        children=OPERATIONS,
    ),
    Entry(
        _("Carte du SI"),
        "map",
        "estate:home",
        under=("estate:",),
        at_place=True,
        shown=_in_detail,
        children=ESTATE,
    ),
    Entry(
        _("Suivi"),
        "graph-up",
        "progress:home",
        under=("progress:",),
        at_place=True,
        children=PROGRESS,
    ),
    Entry(_("Référentiel"), "book", "programme:home", under=("programme:",), children=PROGRAMME),
    Entry(
        _("Plateforme"),
        "gear",
        "organisations:organisation_list",
        under=("organisations:", "people:", "imports:", "journal:"),
        children=PLATFORM,
    ),
)


def menu_for(perimeter: Perimeter, place: Place | None, current: str) -> list[dict[str, Any]]:
    """The lines that this perimeter sees from this place, the current page's lit; no query.

    Args:
        perimeter: who reads.
        place: where they are.
        current: name of the page shown, `namespace:name`.
    """
    return list(_lines(MENU, perimeter, place, current))


def _lines(
    entries: tuple[Entry, ...], perimeter: Perimeter, place: Place | None, current: str
) -> Iterator[dict[str, Any]]:
    for entry in entries:
        url = _address(entry, place) if entry.shown(perimeter, place) else None
        if url is None:
            continue
        yield {
            "label": entry.label,
            "icon": entry.icon,
            "url": url,
            "is_current": current == entry.view or current.startswith(entry.under),
            "children": list(_lines(entry.children, perimeter, place, current)),
        }


def _address(entry: Entry, place: Place | None) -> str | None:
    """Where the page is; None without a place, or when this platform has no such page."""
    if entry.at_place and not place:
        return None
    try:
        return reverse(entry.view, args=[place.pk] if entry.at_place and place else [])
    except NoReverseMatch:
        return None
