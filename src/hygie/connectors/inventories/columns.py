"""Which columns may a sheet of assets of one kind have?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hygie.connectors.inventories.link_columns import LINK_COLUMNS, ON_CLUSTER, ON_HOST, LinkColumn
from hygie.connectors.inventories.titles import (
    COMMON,
    DETAILS,
    IDENTIFIERS,
    KIND_WORDS,
    OF_MACHINES,
)
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Column
from hygie.engines.estate.fields import FIELDS, DetailField
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind, Verb

# Details that no field of the kind holds, as JSON: only our own files have it.
EXTRA = "extra"
EXTRA_TITLES = ("Autres détails (JSON)", "Further details")

# What a list of machines may hold.
MACHINES = (
    AssetKind.SERVER, AssetKind.WORKSTATION, AssetKind.NETWORK, AssetKind.STORE, AssetKind.DEVICE,
)  # fmt: skip
# Numbers of rows in the tool that exported the list: each list has a number 1.
_ROW_NUMBERS = frozenset({"id", "identifiant"})

# In a sheet of sites, "Site" is the name; where it stands is another one.
_OF_OWN_KIND: Mapping[AssetKind, tuple[str, tuple[str, ...]]] = {
    AssetKind.SITE: ("site", ("Site parent", "Parent site")),
    AssetKind.ZONE: ("zone", ("Zone parente", "Parent zone")),
    AssetKind.SUPPLIER: ("supplier", ("Fournisseur parent", "Parent supplier")),
}


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The columns of one kind of asset, by what they hold.

    Attributes:
        columns: all of them, as `tables` looks for them: the last one wins a title that two claim.
        details: column → field. identifiers: column → kind. links: column → link.
    """

    columns: tuple[Column, ...]
    details: Mapping[str, DetailField]
    identifiers: Mapping[str, IdentifierKind]
    links: Mapping[str, LinkColumn]


@lru_cache(maxsize=32)
def columns_of(kind: AssetKind | None) -> SheetColumns:
    """The columns of a sheet of assets.

    Args:
        kind: of all rows; None for a sheet whose rows tell theirs, in a column.

    Returns:
        Columns without two that claim one title.
    """
    kinds = tuple(AssetKind) if kind is None else (kind,)
    details = {field.name: field for one in kinds for field in FIELDS[one]}
    links = {} if kind is None else {link.name: link for link in LINK_COLUMNS[kind]}
    titles = _titles(kind, details, links)
    claims = _claims(titles, () if kind is None else KIND_WORDS[kind])
    order = [*(name for name in titles if name != "name"), "name"]
    columns = tuple(
        Column(name, tuple(claims[name]), required=name == "kind" and kind is None)
        for name in order
    )
    identifiers = {name: one for name, (one, _titles) in IDENTIFIERS.items()}
    return SheetColumns(columns, details, identifiers, links)


@lru_cache(maxsize=1)
def machine_columns() -> SheetColumns:
    """The columns of a list of machines of several kinds, as inventory tools export them."""
    details = {field.name: field for one in MACHINES for field in FIELDS[one]}
    others = (one for one in LINK_COLUMNS[AssetKind.SERVER] if one.verb is not Verb.RUNS_ON)
    links = {link.name: link for link in (ON_CLUSTER, ON_HOST, *others)}
    added = {normalised(title) for own in OF_MACHINES.values() for title in own}
    titles = {
        name: (*(one for one in own if normalised(one) not in added), *OF_MACHINES.get(name, ()))
        for name, own in _titles(None, details, links).items()
    }
    titles["key"] = tuple(one for one in titles["key"] if normalised(one) not in _ROW_NUMBERS)
    claims = _claims(titles, tuple(word for one in MACHINES for word in KIND_WORDS[one]))
    order = [*(name for name in titles if name != "name"), "name"]
    columns = tuple(Column(name, tuple(claims[name]), required=False) for name in order)
    identifiers = {name: one for name, (one, _titles) in IDENTIFIERS.items()}
    return SheetColumns(columns, details, identifiers, links)


def _titles(
    kind: AssetKind | None, details: Mapping[str, DetailField], links: Mapping[str, LinkColumn]
) -> dict[str, tuple[str, ...]]:
    """All titles of each column, in the order in which columns are written."""
    common = {name: titles for name, titles in COMMON.items() if kind is None or name != "kind"}
    if kind is not None and kind in _OF_OWN_KIND:
        name, own = _OF_OWN_KIND[kind]
        common[name] = own
    return {
        **common,
        **{name: titles for name, (_kind, titles) in IDENTIFIERS.items()},
        **{name: DETAILS[name] for name in details},
        EXTRA: EXTRA_TITLES,
        **{name: link.titles for name, link in links.items()},
    }


def _claims(
    titles: Mapping[str, tuple[str, ...]], kind_words: tuple[str, ...]
) -> dict[str, list[str]]:
    """Give each title to one column: what is written first, then names, then what is precise."""
    owner: dict[str, str] = {}
    kept: dict[str, list[str]] = {name: [] for name in titles}
    for name, title in _by_weight(titles, kind_words):
        if owner.setdefault(normalised(title), name) == name and title not in kept[name]:
            kept[name].append(title)
    return kept


def _by_weight(
    titles: Mapping[str, tuple[str, ...]], kind_words: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for name, own in titles.items():
        yield name, own[0]
    for word in kind_words:
        yield "name", word
    last = [name for name in titles if name in COMMON]
    for name in [*(name for name in titles if name not in COMMON), *last]:
        for title in titles[name][1:]:
            yield name, title
