"""How are the fields of an asset checked and set, whatever their place?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.connectors.inventories.canonical import canonical
from hygie.engines.estate.values import (
    LONGEST,
    LONGEST_MINUTES,
    Fault,
    detail_fault,
    detail_field,
    integer_fault,
    text_fault,
)
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind
from hygie.territory.estate.choices import AssetStatus, Criticality, Identifier
from hygie.territory.estate.errors import (
    FieldRefused,
    IdentifierRefused,
    KindUnknown,
    NameMissing,
    ReferenceRefused,
)
from hygie.territory.estate.models import Asset, AssetIdentifier
from hygie.territory.estate.selectors.access import assets_in
from hygie.territory.estate.services.shares import share_for_tie
from hygie.territory.estate.words import field_word
from hygie.territory.organisations.words import plain
from hygie.territory.perimeter import Perimeter

REFERENCES = {"site": AssetKind.SITE, "zone": AssetKind.ZONE, "supplier": AssetKind.SUPPLIER}
TEXTS = ("name", "description", "owner", "technical_owner")
MINUTES = ("max_downtime_min", "max_data_loss_min")
# What care hands down, or what stands or falls with something else.
STRUCTURAL = frozenset({
    *REFERENCES, "kind", "status", "criticality", "max_downtime_min", "hosting", "is_internet",
})  # fmt: skip

_REASONS: Mapping[Fault, str | Promise] = {
    Fault.UNKNOWN_FIELD: _("les éléments de cette nature n'ont pas ce champ."),
    Fault.NOT_TEXT: _("ce n'est pas un texte."),
    Fault.TOO_LONG: _("ce texte est trop long."),
    Fault.NOT_NUMBER: _("un nombre entier est attendu."),
    Fault.OUT_OF_RANGE: _("ce nombre est hors des bornes."),
    Fault.NOT_BOOLEAN: _("oui ou non est attendu."),
    Fault.NOT_DATE: _("une date est attendue, par exemple 2026-01-31."),
    Fault.NOT_A_CHOICE: _("cette valeur n'est pas proposée."),
}


def values_set(
    perimeter: Perimeter, asset: Asset, values: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Set fields on an instance, unsaved.

    Args:
        perimeter: who decides; references must be readable.
        asset: with its organisation.
        values: by name, fields of all and of its kind alike: "owner", "criticality",
            "max_downtime_min", "os"… `site`, `zone` and `supplier` take an asset, its primary key
            or None; "" and None empty a field.

    Returns:
        name → [before, after] of what differs, as the journal keeps it.

    Raises:
        KindUnknown, NameMissing, FieldRefused, ReferenceRefused.
    """
    changed: dict[str, list[Any]] = {}
    if "kind" in values:
        _kind_set(asset, values["kind"], changed)
    for name, value in values.items():
        if name in REFERENCES:
            _reference_set(perimeter, asset, name, value, changed)
        elif name in TEXTS or name in MINUTES or name in {"criticality", "status"}:
            _column_set(asset, name, value, changed)
        elif name != "kind":
            _detail_set(asset, name, value, changed)
    if not asset.name:
        raise NameMissing
    return changed


def identifiers_checked(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Canonical identifiers, each once, in order.

    Raises:
        IdentifierRefused: one identifies nothing.
    """
    found = set()
    for kind, text in pairs:
        value = canonical(IdentifierKind(kind), text)
        if not value:
            raise IdentifierRefused(value=text, kind=Identifier(kind).label)
        found.add((str(kind), value))
    return sorted(found)


def identifiers_write(asset: Asset, pairs: Iterable[tuple[str, str]]) -> list[list[str]] | None:
    """Give an asset exactly these canonical identifiers.

    Returns:
        [before, after] in words for the journal; None when nothing differs.
    """
    wanted = set(pairs)
    known = {(one.kind, one.value): one.pk for one in asset.identifiers.all()}
    if wanted == known.keys():
        return None
    gone = [pk for pair, pk in known.items() if pair not in wanted]
    AssetIdentifier.objects.filter(pk__in=gone).delete()
    AssetIdentifier.objects.bulk_create(
        AssetIdentifier(asset=asset, kind=kind, value=value)
        for kind, value in sorted(wanted - known.keys())
    )
    return [sorted(f"{kind} {value}" for kind, value in pairs) for pairs in (known, wanted)]


def search_key_of(code: str, name: str, identifiers: Iterable[str]) -> str:
    """Everything an asset may be searched by, in one text."""
    return plain(" ".join((code, name, *identifiers)))


def _kind_set(asset: Asset, value: Any, changed: dict[str, list[Any]]) -> None:
    """Another kind has other fields: those that it has not are forgotten, and the journal tells."""
    if value not in set(AssetKind):
        raise KindUnknown(kind=value)
    if value == asset.kind:
        return
    changed["kind"] = [asset.kind, value]
    asset.kind = value
    for name in [name for name in asset.details if detail_field(AssetKind(value), name) is None]:
        changed[name] = [asset.details.pop(name), None]


def _reference_set(
    perimeter: Perimeter, asset: Asset, name: str, value: Any, changed: dict[str, list[Any]]
) -> None:
    pk = value.pk if isinstance(value, Asset) else value or None
    before = getattr(asset, f"{name}_id")
    if pk == before:
        return
    target = None
    if pk is not None:
        target = assets_in(perimeter).filter(pk=pk, kind=REFERENCES[name]).first()
        if target is None or target.pk == asset.pk:
            raise ReferenceRefused(field=field_word(name))
        share_for_tie(perimeter, target, asset.organisation)
    changed[name] = [_name_of(getattr(asset, name)), _name_of(target)]
    setattr(asset, name, target)


def _name_of(asset: Asset | None) -> str | None:
    return asset.name if asset else None


def _column_set(asset: Asset, name: str, value: Any, changed: dict[str, list[Any]]) -> None:
    if name in TEXTS:
        wanted: Any = " ".join(str(value or "").split()) if name != "description" else value or ""
        fault = text_fault(wanted, LONGEST[name])
    elif value in ("", None) and name != "status":
        wanted, fault = None, None
    elif name == "status":
        wanted, fault = value, None if value in AssetStatus.values else Fault.NOT_A_CHOICE
    elif name == "criticality":
        wanted, fault = value, None if value in Criticality.values else Fault.NOT_A_CHOICE
    else:
        wanted, fault = value, integer_fault(value, most=LONGEST_MINUTES)
    _refuse(name, fault)
    before = getattr(asset, name)
    if before != wanted:
        changed[name] = [before, wanted]
        setattr(asset, name, wanted)


def _detail_set(asset: Asset, name: str, value: Any, changed: dict[str, list[Any]]) -> None:
    before = asset.details.get(name)
    if value in ("", None):
        _refuse(name, None if detail_field(AssetKind(asset.kind), name) else Fault.UNKNOWN_FIELD)
        asset.details.pop(name, None)
        wanted = None
    else:
        wanted = " ".join(value.split()) if isinstance(value, str) else value
        _refuse(name, detail_fault(AssetKind(asset.kind), name, wanted))
        asset.details[name] = wanted
    if before != wanted or type(before) is not type(wanted):
        changed[name] = [before, wanted]


def _refuse(name: str, fault: Fault | None) -> None:
    if fault is not None:
        raise FieldRefused(field=field_word(name), reason=_REASONS[fault])
