"""Which services and components does a file add to an asset, and which has it still?"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from hygie.territory.estate.choices import PartNature
from hygie.territory.estate.models import AssetPart
from hygie.territory.estate.services.merge.types import Node
from hygie.territory.estate.services.rows import rows_insert, rows_save

_PartKey: TypeAlias = tuple[str, str, int | None, str]


class PartMerge:
    """Compares what listens on assets, and what they are made of; writes when told to.

    A part that a file no longer shows stays, with the day when it was last seen: a scan may have
    been filtered, a list may be partial.
    """

    def __init__(self, nodes: Iterable[Node], source: str) -> None:
        self._source = source
        self._new: list[tuple[Node, dict[str, Any]]] = []
        self._changed: list[AssetPart] = []
        told = [node for node in nodes if node.services or node.components]
        known = self._read([node.asset.pk for node in told if not node.is_new])
        for node in told:
            self._compare(node, known.get(node.asset.pk or 0, {}))

    def write(self) -> None:
        """Make the new parts, save the changed ones; assets have their keys by now."""
        rows_insert(AssetPart, ({"asset": node.asset.pk, **row} for node, row in self._new))
        rows_save(self._changed)

    def _read(self, ids: Sequence[int]) -> dict[int, dict[_PartKey, AssetPart]]:
        found: dict[int, dict[_PartKey, AssetPart]] = {}
        for part in AssetPart.objects.filter(asset_id__in=ids).order_by("pk").iterator(5000):
            found.setdefault(part.asset_id, {})[_key_of(part)] = part
        return found

    def _compare(self, node: Node, known: dict[_PartKey, AssetPart]) -> None:
        new = changed = 0
        rows = {_key(row): row for row in _rows(node, self._source)}
        for key, row in rows.items():
            part = known.get(key)
            if part is None:
                self._new.append((node, row))
                new += 1
            elif self._differs(part, row):
                self._changed.append(part)
                changed += 1
        if new or changed:
            node.changed["parts"] = [len(known), len(known) + new]

    def _differs(self, part: AssetPart, row: dict[str, Any]) -> bool:
        """Whether a later look tells something else; what it does not tell stays."""
        if (
            part.seen_on is not None
            and row["seen_on"] is not None
            and row["seen_on"] < part.seen_on
        ):
            return False
        told = {name: value for name, value in row.items() if value not in ("", None)}
        differing = {name: value for name, value in told.items() if getattr(part, name) != value}
        differing.pop("origin", None)
        for name, value in differing.items():
            setattr(part, name, value)
        return bool(differing)


def _rows(node: Node, source: str) -> Iterable[dict[str, Any]]:
    seen_on: dt.date | None = node.asset.seen_on
    empty = {"protocol": "", "port": None, "product": "", "purl": "", "is_certain": True}
    for one in node.services:
        yield {
            "nature": PartNature.SERVICE.value, **empty, "protocol": one.protocol,
            "port": one.port, "name": one.name[:200], "product": one.product[:200],
            "version": one.version[:120], "cpe": (one.cpes[0] if one.cpes else "")[:300],
            "is_certain": one.is_certain, "origin": source, "seen_on": seen_on,
        }  # fmt: skip
    for part in node.components:
        yield {
            "nature": PartNature.COMPONENT.value, **empty, "name": part.name[:200],
            "version": part.version[:120], "purl": part.purl[:300], "cpe": part.cpe[:300],
            "origin": source, "seen_on": seen_on,
        }  # fmt: skip


def _key(row: dict[str, Any]) -> _PartKey:
    if row["nature"] == PartNature.SERVICE:
        return row["nature"], row["protocol"], row["port"], ""
    return row["nature"], "", None, row["purl"] or f"{row['name']} {row['version']}"


def _key_of(part: AssetPart) -> _PartKey:
    names = ("nature", "protocol", "port", "purl", "name", "version")
    return _key({name: getattr(part, name) for name in names})
