"""What does the explorer show: a drawing, the same in words, a card, and how to go on?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.exploration.types import Question, Way
from hygie.engines.exploration.view import view_of
from hygie.foundation.design.components.numbers import number_words, percent_words
from hygie.territory.estate.models import Asset
from hygie.territory.estate.pages.asked import (
    FLOW_TIES,
    LAYERS,
    LEVELS,
    MOST_LEVELS,
    PLACES_TIES,
    MapAsked,
)
from hygie.territory.estate.pages.drawing import FAMILIES, Sheet, sheet_of
from hygie.territory.estate.selectors.ground import KINDS, REFERENCES, TIES, EstateGround, ground_at
from hygie.territory.estate.selectors.lists import assets_found
from hygie.territory.estate.selectors.map import starting_nodes
from hygie.territory.estate.selectors.object import assets_by_id
from hygie.territory.estate.words import (
    called_at,
    counted,
    counted_kinds,
    elements_words,
    kinds_word,
    missing_word,
    verb_word,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

MOST, FAN = 300, 8
# Who asks for nothing is shown little: the most vital care and what it uses, gathered by nature.
_FIRST_FAN, _FIRST_STARTS = 3, 6
_CARD_MISSING = 6


class Exploration:
    """One view of the map of a place, and the rows of what it shows."""

    def __init__(self, perimeter: Perimeter, place: Organisation, asked: MapAsked) -> None:
        """Walk the map, then read the assets shown; 2 queries once the map is in memory."""
        self.place = place
        self.ground = ground_at(perimeter, place)
        focus = self.ground.nodes_of(list(asked.focus))
        self.is_default = not focus
        self.focus = focus or starting_nodes(self.ground)[:_FIRST_STARTS]
        self.asked = asked
        kinds = {KINDS[int(self.ground.kind[node])] for node in self.focus}
        followed = asked.followed
        if kinds & set(REFERENCES):  # what stands on a site is told by no link
            followed |= frozenset(REFERENCES)
        fan = _FIRST_FAN if self.is_default else FAN
        question = replace(question_of(self.ground, asked, self.focus), fan=fan)
        self.view = view_of(self.ground.ground(followed), question)
        shown = [int(self.ground.ids[node]) for node in self.view.nodes]
        self.assets = assets_by_id(shown)
        if asked.card and self.ground.node(asked.card) is not None and asked.card not in shown:
            self.assets |= assets_by_id([asked.card])

    def sheet(self, path: str = "") -> Sheet:
        """The drawing."""
        return sheet_of(self.view, self.ground, self.assets, self.asked, self.place, path=path)

    def asset(self, node: int) -> Asset:
        """The row of a node shown by itself."""
        return self.assets[int(self.ground.ids[node])]

    def name(self, node: int) -> str:
        """How it is called here."""
        return called_at(self.asset(node), self.place)


def question_of(ground: EstateGround, asked: MapAsked, focus: Sequence[int]) -> Question:
    """The question of an address, in positions."""
    opened = ((node, way) for pk, way in asked.opened if (node := ground.node(pk)) is not None)
    return Question(
        focus=focus,
        up=asked.levels_up,
        down=asked.levels_down,
        hidden=frozenset(place for place, kind in enumerate(KINDS) if kind in asked.hidden),
        opened=frozenset(opened),
        folded=frozenset(ground.nodes_of(list(asked.folded))),
        most=MOST,
    )


def map_context(perimeter: Perimeter, place: Organisation, asked: MapAsked) -> dict[str, Any]:
    """All that the explorer shows. The same queries whatever the size of the map."""
    view = "layers" if asked.layout == LAYERS else "map"
    path = reverse(f"estate:{view}", args=[place.pk])
    seen = Exploration(perimeter, place, asked)
    found = assets_found(perimeter, place, asked.words)
    return {
        "place": place,
        "asked": asked,
        "path": path,
        "seen": seen,
        "is_empty": not len(seen.ground.ids),
        "sheet": seen.sheet(path),
        "answer": _answer(seen),
        "notes": _notes(seen),
        "levels": _levels_in_words(seen),
        "focus": [(seen.name(node), path + asked.removing(int(seen.ground.ids[node])))
                  for node in seen.focus],
        "found": [(one, called_at(one, place), path + asked.adding(one.pk),
                   path + asked.centring(one.pk)) for one in found],
        "card": _card(seen, path),
        "form": _form(asked),
        "other": _other_layout(place, asked),
        "exports": [(suffix, _export_address(place, asked, suffix)) for suffix in
                    ("svg", "png", "pdf")],
        "families": [(name, words) for name, words, _kinds in FAMILIES],
        "plain": path,
    }  # fmt: skip


def _answer(seen: Exploration) -> str:
    if not seen.view.nodes:
        return _("Rien n'est encore décrit ici.")
    names = [seen.name(node) for node in seen.focus]
    shown = elements_words(len(seen.view.nodes))
    bundled = sum(len(bundle.members) for bundle in seen.view.bundles)
    what = (
        _("les activités de soins les plus vitales")
        if seen.is_default
        else ", ".join(names[:3]) + (_(" et d'autres") if len(names) > 3 else "")
    )
    said = _("Autour de %(what)s : %(shown)s.") % {"what": what, "shown": shown}
    if bundled:
        said += " " + ngettext(
            "%(n)s autre est regroupé par nature.", "%(n)s autres sont regroupés par nature.",
            bundled,
        ) % {"n": number_words(bundled)}  # fmt: skip
    return said


def _notes(seen: Exploration) -> list[str]:
    """What is not shown, and why."""
    notes = []
    if seen.view.passed:
        kinds = [(KINDS[kind], count) for kind, count in seen.view.passed.items()]
        total = sum(seen.view.passed.values())
        notes.append(
            ngettext(
                "%(n)d élément masqué est traversé : %(kinds)s. Les liens en pointillé passent "
                "par lui.",
                "%(n)d éléments masqués sont traversés : %(kinds)s. Les liens en pointillé passent "
                "par eux.",
                total,
            ) % {"n": total, "kinds": counted_kinds(kinds)}
        )  # fmt: skip
    if seen.view.left_out:
        notes.append(
            _("%(what)s de plus ne tiennent pas dans le dessin : réduisez les niveaux, masquez "
              "des natures ou centrez la carte sur un seul élément.")
            % {"what": elements_words(seen.view.left_out)}
        )  # fmt: skip
    if seen.view.ties_left_out:
        notes.append(
            ngettext(
                "%(n)d lien de plus n'est pas dessiné.",
                "%(n)d liens de plus ne sont pas dessinés.",
                seen.view.ties_left_out,
            ) % {"n": seen.view.ties_left_out}
        )  # fmt: skip
    if seen.ground.outside:
        notes.append(
            ngettext(
                "%(n)d lien mène à un élément d'une autre structure, qui ne vous est pas partagé.",
                "%(n)d liens mènent à des éléments d'autres structures, qui ne vous sont pas "
                "partagés.",
                seen.ground.outside,
            ) % {"n": seen.ground.outside}
        )  # fmt: skip
    return notes


def _levels_in_words(seen: Exploration) -> list[dict[str, Any]]:
    """The drawing as lists: each level, each asset, what it is tied to."""
    view = seen.view
    said: dict[int, list[str]] = {}
    for tie in view.ties:
        words = (
            _("par des éléments masqués")
            if tie.is_shortcut
            else verb_word(TIES[int(seen.ground.tie[tie.edge])])
        )
        said.setdefault(tie.source, []).append(f"{words} {_place_words(seen, tie.target)}")
    levels: dict[int, list[tuple[Asset | None, str, list[str]]]] = {}
    for place, level in enumerate([*view.level, *(one.level for one in view.bundles)]):
        asset = seen.asset(view.nodes[place]) if place < len(view.nodes) else None
        line = (asset, _place_words(seen, place), said.get(place, []))
        levels.setdefault(level, []).append(line)
    return [{"words": _level_words(level), "lines": levels[level]} for level in sorted(levels)]


def _place_words(seen: Exploration, place: int) -> str:
    nodes = seen.view.nodes
    if place < len(nodes):
        return seen.name(nodes[place])
    bundle = seen.view.bundles[place - len(nodes)]
    return counted(KINDS[bundle.kind], len(bundle.members))


def _level_words(level: int) -> str:
    if level == 0:
        return _("Au centre")
    if level < 0:
        return ngettext(
            "En a besoin, à %(n)d niveau", "En a besoin, à %(n)d niveaux", -level
        ) % {"n": -level}  # fmt: skip
    return ngettext(
        "Nécessaire, à %(n)d niveau", "Nécessaire, à %(n)d niveaux", level
    ) % {"n": level}  # fmt: skip


def _card(seen: Exploration, path: str) -> dict[str, Any] | None:
    """The asset chosen on the drawing, and what may be done from there."""
    asset = seen.assets.get(seen.asked.card)
    if asset is None:
        return None
    asked, pk = seen.asked, asset.pk
    acts = [
        ("bullseye", _("Centrer la carte ici"), asked.centring(pk)),
        ("arrow-right", _("Montrer tout ce dont il a besoin"), asked.opening(pk, Way.DOWN)),
        ("arrow-left", _("Montrer tous ceux qui en ont besoin"), asked.opening(pk, Way.UP)),
    ]
    if pk in asked.folded:
        acts.append(("plus-lg", _("Déplier"), asked.unfolding(pk)))
    else:
        acts.append(("dash", _("Replier ce qui est au-delà"), asked.folding(pk)))
    if pk not in asked.focus:
        acts.append(("plus-lg", _("Ajouter au centre"), asked.adding(pk)))
    return {
        "asset": asset,
        "name": called_at(asset, seen.place),
        "share": percent_words(asset.completeness / 100),
        "acts": [(icon, words, path + address) for icon, words, address in acts],
        "missing": [missing_word(entry) for entry in asset.missing[:_CARD_MISSING]],
        "close": path + asked.showing(0),
    }


def _form(asked: MapAsked) -> dict[str, Any]:
    """Choices of the explorer, those in force marked."""
    levels = range(MOST_LEVELS + 1)
    groups = (("", _("Rien")), ("site", _("Site")), ("zone", _("Zone réseau")),
              ("supplier", _("Fournisseur")), ("organisation", _("Structure")))  # fmt: skip
    return {
        "up": [(level, level == asked.levels_up) for level in levels],
        "down": [(level, level == asked.levels_down) for level in levels],
        "groups": [(value, words, value == asked.group) for value, words in groups],
        "kinds": [(kind, kinds_word(kind), kind in asked.hidden) for kind in KINDS],
        "ties": [
            (PLACES_TIES, _("Sites, zones et fournisseurs"), PLACES_TIES in asked.ties),
            (FLOW_TIES, _("Administration et flux réseau"), FLOW_TIES in asked.ties),
        ],
        "kept": asked.kept("haut", "bas", "grouper", "sans", "liens", "q"),
        "kept_by_search": asked.kept("q"),
    }


def _other_layout(place: Organisation, asked: MapAsked) -> Mapping[str, str]:
    if asked.layout == LAYERS:
        return {"url": reverse("estate:map", args=[place.pk]) + asked.address(layout=LEVELS),
                "words": _("Par distance")}  # fmt: skip
    return {"url": reverse("estate:layers", args=[place.pk]) + asked.address(layout=LAYERS),
            "words": _("En couches")}  # fmt: skip


def _export_address(place: Organisation, asked: MapAsked, suffix: str) -> str:
    view = reverse("estate:map_file", args=[place.pk, suffix])
    extra = "&vue=couches" if asked.layout == LAYERS else ""
    return view + asked.address(card=0) + extra
