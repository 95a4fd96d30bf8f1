"""What does the queue of look-alikes show: two assets side by side, what joins and parts them?"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.territory.estate.choices import PairState
from hygie.territory.estate.models import Asset, LookAlike
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.lists import pairs_listed, pairs_waiting
from hygie.territory.estate.selectors.object import identifiers_of
from hygie.territory.estate.words import duration_words, field_word, identifier_text, source_word
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_PAGE = 10


def pairs_context(
    perimeter: Perimeter, place: Organisation, state: str, number: str
) -> dict[str, Any]:
    """A page of pairs in one state, surest first. 5 queries."""
    shown: Page[LookAlike] = Paginator(pairs_listed(perimeter, place, state), _PAGE).get_page(
        number
    )
    pairs = list(shown)
    assets = [one for pair in pairs for one in (pair.kept, pair.other) if one is not None]
    identifiers = identifiers_of([asset.pk for asset in assets])
    waiting = pairs_waiting(perimeter, place)
    return {
        "place": place,
        "page": shown,
        "state": state,
        "states": [(value, words, value == state) for value, words in PairState.choices],
        "waiting": waiting,
        "answer": _answer(waiting),
        "may_edit": may_edit(perimeter, place),
        "pairs": [
            {
                "pair": pair,
                "rows": _compared(pair, identifiers),
                "reasons": [_told(one) for one in pair.reasons],
                "doubts": [_told(one) for one in pair.doubts],
            }
            for pair in pairs
        ],
    }


def _answer(waiting: int) -> str:
    if not waiting:
        return _("Aucun doublon n'attend votre avis.")
    return ngettext(
        "%(n)d paire d'éléments se ressemble sans certitude : à vous de dire si c'est le même.",
        "%(n)d paires d'éléments se ressemblent sans certitude : à vous de dire si c'est le même.",
        waiting,
    ) % {"n": waiting}


def _told(one: Any) -> str:
    """A reason or a doubt: [field, value] or [field, value, other value]."""
    if isinstance(one, str):
        return one
    name, *values = one
    return _("%(field)s : %(value)s") % {
        "field": identifier_word(str(name)), "value": " ≠ ".join(str(value) for value in values),
    }  # fmt: skip


def identifier_word(name: str) -> str:
    """Label of an identifier or of a field."""
    words = {
        "serial": _("numéro de série"), "uuid": _("UUID"), "mac": _("adresse MAC"),
        "hostname": _("nom d'hôte"), "address": _("adresse IP"), "purl": _("purl"),
        "cpe": _("CPE"),
    }  # fmt: skip
    return words.get(name) or field_word(name)


def _compared(
    pair: LookAlike, identifiers: dict[int, list[tuple[str, str]]]
) -> list[tuple[str, str, str, bool]]:
    """Each fact of both, and whether they differ; facts that neither has are left out."""
    both = [_facts(pair.kept, identifiers), _facts(pair.other, identifiers)]
    names = list(dict.fromkeys([*both[0], *both[1]]))
    lines = [(name, both[0].get(name, ""), both[1].get(name, "")) for name in names]
    return [
        (name, one, other, bool(one and other and one != other))
        for name, one, other in lines
        if one or other
    ]


def _facts(asset: Asset | None, identifiers: dict[int, list[tuple[str, str]]]) -> dict[str, str]:
    if asset is None:
        return {}
    found = {
        field_word("code"): asset.code,
        field_word("kind"): asset.get_kind_display(),
        field_word("owner"): asset.owner,
        field_word("site"): asset.site.name if asset.site else "",
        field_word("zone"): asset.zone.name if asset.zone else "",
        field_word("supplier"): asset.supplier.name if asset.supplier else "",
        field_word("max_downtime_min"): duration_words(asset.max_downtime_min),
        _("Origine"): source_word(asset.source),
        _("Vu le"): asset.seen_on.isoformat() if asset.seen_on else "",
    }
    by_kind: dict[str, list[str]] = {}
    for kind, value in identifiers.get(asset.pk, ()):
        by_kind.setdefault(kind, []).append(identifier_text(kind, value))
    for kind, values in by_kind.items():
        found[capfirst(identifier_word(kind))] = ", ".join(values)
    for name in ("vendor", "model", "os", "role"):
        found[field_word(name)] = str(asset.details.get(name, ""))
    return {name: value for name, value in found.items() if value}
