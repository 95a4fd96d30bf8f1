"""What does the page of one asset show?"""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.estate.fields import REQUIRED, DetailField
from hygie.engines.estate.vocabulary import NEEDS, AssetKind
from hygie.engines.exploration.types import Question
from hygie.engines.exploration.view import view_of
from hygie.foundation.design.tables import TablePage
from hygie.foundation.journal.selectors import journal_of_object
from hygie.territory.estate.choices import AssetStatus
from hygie.territory.estate.models import Asset, AssetShare
from hygie.territory.estate.pages.asked import MapAsked
from hygie.territory.estate.pages.drawing import FAMILIES, Sheet, sheet_of
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.ground import NEEDED, EstateGround
from hygie.territory.estate.selectors.object import (
    Need,
    assets_by_id,
    care_endangered,
    dwellers_of,
    ground_around,
    needs_of,
    pairs_of,
    users_of,
)
from hygie.territory.estate.words import (
    counted,
    detail_fields,
    duration_words,
    effect_words,
    field_word,
    group_words,
    identifier_text,
    missing_word,
    source_word,
    value_word,
    verb_back,
    verb_word,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import may
from hygie.territory.perimeter import Perimeter, Right

_JOURNAL = 20
_CARE = 12
_AROUND = 48
# Kinds that take along what stands in them or hangs on them: the page of impact knows them so.
_WHOLE = frozenset({"supplier", "site", "zone", "identity", "backup"})


def object_context(
    perimeter: Perimeter, asset: Asset, working_at: Organisation | None, parts: TablePage
) -> dict[str, Any]:
    """All that the page shows; the same queries whatever the asset."""
    needs, users = needs_of(perimeter, asset), users_of(perimeter, asset)
    around = ground_around(perimeter, (working_at, asset.organisation), asset)
    place, care, count, sheet = asset.organisation, [], 0, None
    if around is not None:
        place, ground = around
        keys = care_endangered(ground, ground.node(asset.pk) or 0)
        count = len(keys)
        sheet, rows = _drawing(place, ground, asset, keys[:_CARE])
        care = [rows[pk] for pk in keys[:_CARE]]
    context: dict[str, Any] = {
        "asset": asset,
        "place": place,
        "answer": _answer(asset, count),
        "needs": [_need(need) for need in needs],
        "users": [(verb_back(line.link.verb), line) for line in users.lines],
        "users_more": users.count - len(users.lines),
        "dwellers": [
            (counted(kind, n), reverse("estate:asset_list", args=[place.pk])
             + f"?kind={kind}&{asset.kind}={asset.pk}")
            for kind, n in dwellers_of(perimeter, asset)
        ],
        "care": care,
        "care_more": count - len(care),
        "sheet": sheet,
        "families": [(name, words) for name, words, _kinds in FAMILIES],
        "facts": _facts(asset),
        "missing": [missing_word(entry) for entry in asset.missing],
        "identifiers": [
            (one.get_kind_display(), identifier_text(one.kind, one.value))
            for one in asset.identifiers.order_by("kind", "value")
        ],
        "shares": shares_of(asset),
        "parts": parts if parts.count or parts.active else None,
        "pairs": list(pairs_of(asset)),
        "origin": source_word(asset.source),
        "may_edit": may_edit(perimeter, asset.organisation),
        "loss": f"{asset.kind if asset.kind in _WHOLE else 'object'}:{asset.pk}",
        "is_retired": asset.status == AssetStatus.RETIRED,
        "lines": None,
    }  # fmt: skip
    if may(perimeter, asset.organisation, Right.READ_JOURNAL):
        context["lines"] = journal_of_object("asset", asset.pk)[:_JOURNAL]
    return context


def shares_of(asset: Asset) -> list[AssetShare]:
    """Other structures that it serves, by name."""
    return list(asset.shares.select_related("organisation").order_by("organisation__name"))


def _answer(asset: Asset, care: int) -> str:
    """What it is worth to care, in one sentence."""
    if asset.status == AssetStatus.RETIRED:
        return _("Retiré : il reste ici comme trace, et ne compte plus.")
    if asset.kind == AssetKind.CARE:
        said = _("Activité de soins")
        if asset.criticality:
            said += _(" de criticité %(rank)s") % {"rank": asset.get_criticality_display()}
        if asset.max_downtime_min is not None:
            said += _(", DMIA %(time)s") % {"time": duration_words(asset.max_downtime_min)}
        return said + "."
    if not care:
        return _("Aucune activité de soins connue n'en dépend.")
    words = {"n": care, "rank": asset.get_inherited_criticality_display() or _("inconnue")}
    return (
        ngettext(
            "%(n)d activité de soins en dépend, de près ou de loin ; criticité la plus haute : "
            "%(rank)s.",
            "%(n)d activités de soins en dépendent, de près ou de loin ; criticité la plus haute : "
            "%(rank)s.",
            care,
        )
        % words
    )


def _need(need: Need) -> dict[str, Any]:
    first = need.first
    return {
        "verb": verb_word(first.verb),
        "lines": need.lines,
        "is_group": need.is_group,
        "group": first.group,
        "of": group_words(first.needed, len(need.lines)) if need.is_group else "",
        "is_fragile": need.is_group and first.needed >= len(need.lines),
        # What backs it up, or what it administers, is no need: nothing stops without it.
        "effect": effect_words(first.effect, first.delay_min) if first.verb in NEEDS else "",
    }


def _facts(asset: Asset) -> list[tuple[str, Any, bool]]:
    """Fields with their values; a required one that is empty is marked."""
    required = set(REQUIRED.get(AssetKind(asset.kind), ()))
    common: list[tuple[str, Any]] = [
        ("owner", asset.owner),
        ("technical_owner", asset.technical_owner),
        ("criticality", asset.get_criticality_display() if asset.criticality else ""),
        ("max_downtime_min", duration_words(asset.max_downtime_min)),
        ("max_data_loss_min", duration_words(asset.max_data_loss_min)),
        ("site", asset.site), ("zone", asset.zone), ("supplier", asset.supplier),
    ]  # fmt: skip
    details = [(field.name, _detail(field, asset)) for field in detail_fields(asset.kind)]
    return [
        (field_word(name), value, name in required and value in ("", None))
        for name, value in (*common, *details)
        if name in required or value not in ("", None)
    ]


def _detail(field: DetailField, asset: Asset) -> Any:
    value = asset.details.get(field.name)
    return None if value is None else value_word(field, value)


def _drawing(
    place: Organisation, ground: EstateGround, asset: Asset, extra: Sequence[int]
) -> tuple[Sheet, dict[int, Asset]]:
    """A small drawing around the asset, and the rows of it and of `extra`. 1 query."""
    node = ground.node(asset.pk) or 0
    question = Question([node], up=1, down=1, most=_AROUND, fan=7, wide=7)
    view = view_of(ground.ground(NEEDED), question)
    rows = assets_by_id([*(int(ground.ids[one]) for one in view.nodes), *extra])
    asked = MapAsked(focus=(asset.pk,))
    path = reverse("estate:map", args=[place.pk])
    sheet = sheet_of(view, ground, rows, asked, place, path=path)
    for mark in sheet.marks:  # a box of this page leads to the page of its asset
        if mark.key:
            mark.url = reverse("estate:asset_detail", args=[mark.key])
    return sheet, rows
