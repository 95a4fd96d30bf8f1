"""Which arrays of the map of a place stay in memory, and for how long?

A map is read once in each process, and again only when the revision of one of its organisations
has moved: exploring then costs one small query, whatever the size of the map.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.estate.vocabulary import NEEDS, AssetKind, Verb
from hygie.engines.exploration.types import Ground
from hygie.engines.graph.csr import csr_from_edges
from hygie.foundation.errors import NotFound
from hygie.territory.estate.choices import AssetStatus
from hygie.territory.estate.models import EstateRevision, Link
from hygie.territory.estate.policies import may_read
from hygie.territory.estate.selectors.access import assets_at
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below
from hygie.territory.perimeter import Perimeter

IntArray: TypeAlias = NDArray[np.int32]
LongArray: TypeAlias = NDArray[np.int64]

KINDS = tuple(kind.value for kind in AssetKind)
# Fields of an asset that tie it to another one, after the verbs of links.
REFERENCES = ("site", "zone", "supplier")
TIES = (*(verb.value for verb in Verb), *REFERENCES)
NEEDED = frozenset(verb.value for verb in NEEDS) | {Verb.BACKED_UP_BY.value}
CONTROL = frozenset({Verb.ADMINISTERS.value, Verb.REACHES.value})

# A whole map of 14,000 assets and 80,000 ties weighs some 2 MB.
_KEPT = 8
_kept: "OrderedDict[tuple[object, ...], EstateGround]" = OrderedDict()
_lock = Lock()


@dataclass
class EstateGround:
    """The map of a place as arrays; retired assets are left out.

    Attributes:
        ids: (n,) primary keys, ascending.
        kind: (n,) position in `KINDS`.
        rank: (n,) criticality, declared or inherited, 0 when nobody said.
        source, target: (m,) nodes of each tie.
        tie: (m,) position in `TIES`.
        outside: links that lead out of what is read here.
    """

    ids: LongArray
    kind: IntArray
    rank: IntArray
    source: IntArray
    target: IntArray
    tie: IntArray
    outside: int = 0
    _grounds: dict[frozenset[str], Ground] = field(default_factory=dict)

    def node(self, pk: int) -> int | None:
        """Position of an asset, None when it is not on this map."""
        at = int(np.searchsorted(self.ids, pk))
        return at if at < len(self.ids) and int(self.ids[at]) == pk else None

    def nodes_of(self, pks: list[int]) -> list[int]:
        """Positions of assets, in their order; those that are not on this map are left out."""
        found = (self.node(pk) for pk in dict.fromkeys(pks))
        return [node for node in found if node is not None]

    def ground(self, ties: frozenset[str]) -> Ground:
        """The graph of some ties alone; kept, since a reader looks around with the same ones."""
        if ties not in self._grounds:
            keep = np.isin(self.tie, [place for place, name in enumerate(TIES) if name in ties])
            ends = len(self.ids), self.source, self.target
            self._grounds[ties] = Ground(
                self.kind,
                self.rank,
                csr_from_edges(*ends, keep=keep),
                csr_from_edges(*ends, reverse=True, keep=keep),
            )
        return self._grounds[ties]


def ground_at(perimeter: Perimeter, organisation: Organisation) -> EstateGround:
    """The map of an organisation, of those below, and of what others share with them.

    What is read depends on the organisation alone: who reads it in detail reads all of it, so that
    one copy serves all readers.

    Raises:
        NotFound: this perimeter does not read the organisation in detail.

    Cost: 1 query, 3 the first time and after each change of the map.
    """
    if not may_read(perimeter, organisation):
        raise NotFound
    revisions = tuple(
        EstateRevision.objects.filter(below(organisation, "organisation__"))
        .order_by("organisation_id")
        .values_list("organisation_id", "number", "changed_at")
    )
    key = (organisation.pk, revisions)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    found = _read(perimeter, organisation)
    # Without a revision nothing would tell that the map has changed.
    if revisions:
        with _lock:
            for old in [one for one in _kept if one[0] == organisation.pk]:
                del _kept[old]
            _kept[key] = found
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return found


def _read(perimeter: Perimeter, organisation: Organisation) -> EstateGround:
    read = assets_at(perimeter, organisation).exclude(status=AssetStatus.RETIRED)
    rows = list(
        read.order_by("pk").values_list(
            "pk", "kind", "criticality", "inherited_criticality",
            "site_id", "zone_id", "supplier_id",
        )
    )  # fmt: skip
    places = {kind: place for place, kind in enumerate(KINDS)}
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    links = list(
        Link.objects.filter(source__in=read.order_by().values("pk"))
        .order_by()
        .values_list("source_id", "target_id", "verb")
    )
    source, target, tie = _ends(ids, rows, links)
    known = (source >= 0) & (target >= 0) & (source != target)
    return EstateGround(
        ids=ids,
        kind=np.fromiter((places[row[1]] for row in rows), np.int32, len(rows)),
        rank=np.fromiter((max(row[2] or 0, row[3] or 0) for row in rows), np.int32, len(rows)),
        source=source[known],
        target=target[known],
        tie=tie[known],
        outside=int(np.count_nonzero(target[: len(links)] < 0)),
    )


def _ends(
    ids: LongArray, rows: Sequence[tuple[Any, ...]], links: Sequence[tuple[int, int, str]]
) -> tuple[IntArray, IntArray, IntArray]:
    """Both ends and the verb of each link, then of each reference to a site, zone or supplier."""
    code = {name: place for place, name in enumerate(TIES)}
    ends = np.array([(one[0], one[1]) for one in links], np.int64).reshape(-1, 2)
    sources, targets = [ends[:, 0]], [ends[:, 1]]
    ties = [np.fromiter((code[one[2]] for one in links), np.int32, len(links))]
    for column, name in enumerate(REFERENCES, start=4):
        pairs = np.array(
            [(row[0], row[column]) for row in rows if row[column] is not None], np.int64
        ).reshape(-1, 2)
        sources.append(pairs[:, 0])
        targets.append(pairs[:, 1])
        ties.append(np.full(len(pairs), code[name], np.int32))
    return (
        _positions(ids, np.concatenate(sources)),
        _positions(ids, np.concatenate(targets)),
        np.concatenate(ties),
    )


def _positions(ids: LongArray, wanted: LongArray) -> IntArray:
    """Where each key stands among the sorted ones; -1 when it does not."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int32)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1).astype(np.int32)
