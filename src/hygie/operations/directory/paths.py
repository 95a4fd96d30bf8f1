"""By which chain of rights does one object reach tier 0, or another object?"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.vocabulary import EdgeFlag, ObjectKind
from hygie.engines.graph.types import Reach
from hygie.operations.directory.bridge import reach_by, reach_kept, walked_edges
from hygie.operations.directory.errors import ObjectUnknown
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.selectors.packs import Pack, pack_of
from hygie.operations.directory.selectors.points import ObjectRow, object_row
from hygie.operations.directory.words import edge_code, edge_word

MOST_FOUND = 50
_MOST_STEPS = 60
_MOST_BESIDE = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a path."""

    source: ObjectRow
    target: ObjectRow
    kind: int
    verb: str
    code: str
    is_derived: bool
    is_inherited: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One object found by its name, and how far it is from tier 0 (-1 = no known path)."""

    row: ObjectRow
    distance: int
    is_tier_zero: bool


@dataclass(frozen=True, slots=True)
class PathPage:
    """What the path explorer shows.

    Attributes:
        start, goal: where from and where to; goal None = tier 0.
        steps: one shortest path, empty when there is none or nothing was asked.
        beside: other first steps from the start that get closer.
        has_path: None when nothing was asked.
        found: objects whose name was searched.
        kinds: kinds of relations met in this audit, with their number.
    """

    start: ObjectRow | None
    goal: ObjectRow | None
    steps: tuple[Step, ...]
    beside: tuple[Step, ...]
    has_path: bool | None
    found: tuple[Found, ...]
    kinds: tuple[tuple[int, int], ...]


def path_page(
    audit: DirectoryAudit,
    *,
    words: str = "",
    start: str = "",
    goal: str = "",
    kinds: Collection[int] = (),
) -> PathPage:
    """One shortest path between two objects of an audit that the caller may read.

    Args:
        words: part of a name or identifier to search for.
        start, goal: identifiers; an empty goal is tier 0.
        kinds: relations that may be walked; all when empty.

    Raises:
        NoFacts: the audit holds verdicts only. ObjectUnknown: no such object.
    """
    pack = pack_of(audit)
    begin, end = _index(pack, start), _index(pack, goal)
    reach = reach_by(pack, kinds, end) if kinds or end is not None else reach_kept(pack)
    steps: tuple[Step, ...] = ()
    if begin is not None:
        steps = tuple(_steps(pack, list(reach.path(begin))[:_MOST_STEPS]))
    return PathPage(
        start=None if begin is None else _row(pack, begin),
        goal=None if end is None else _row(pack, end),
        steps=steps,
        beside=_beside(pack, reach, begin, kinds) if begin is not None else (),
        has_path=None if begin is None else bool(reach.distance[begin] >= 0),
        found=_found(pack, reach, words),
        kinds=_kinds(pack),
    )


def _index(pack: Pack, identifier: str) -> int | None:
    if not identifier:
        return None
    found = pack.index_of(identifier)
    if found is None:
        raise ObjectUnknown(identifier=identifier[:100])
    return found


def _row(pack: Pack, index: int) -> ObjectRow:
    return object_row(pack, index, int(pack["facts.kind"][index]))


def _steps(pack: Pack, edges: Collection[int]) -> list[Step]:
    table = walked_edges(pack)
    steps = []
    for edge in edges:
        kind, flags = int(table.kind[edge]), int(table.flags[edge])
        steps.append(
            Step(
                source=_row(pack, int(table.source[edge])),
                target=_row(pack, int(table.target[edge])),
                kind=kind,
                verb=edge_word(kind),
                code=edge_code(kind),
                is_derived=bool(flags & EdgeFlag.DERIVED),
                is_inherited=bool(flags & EdgeFlag.INHERITED),
            )
        )
    return steps


def _beside(pack: Pack, reach: Reach, begin: int, kinds: Collection[int]) -> tuple[Step, ...]:
    """Other first steps that lead strictly closer, the witness path's own left out."""
    table = walked_edges(pack)
    places = np.flatnonzero(table.source == begin)
    if kinds:
        places = places[np.isin(table.kind[places], list(kinds))]
    ahead = reach.distance[table.target[places]]
    closer = places[(ahead >= 0) & (ahead < reach.distance[begin])]
    others = closer[closer != reach.next_edge[begin]][:_MOST_BESIDE]
    return tuple(_steps(pack, [int(place) for place in others]))


def _found(pack: Pack, reach: Reach, words: str) -> tuple[Found, ...]:
    wanted = words.strip()
    if not wanted:
        return ()
    indices = pack.names.matching(wanted, MOST_FOUND)
    if not indices:
        indices = pack.identifiers.matching(wanted, MOST_FOUND)
    tier_zero = pack["exposure.tier_zero"]
    return tuple(
        Found(_row(pack, index), int(reach.distance[index]), bool(tier_zero[index]))
        for index in indices
    )


def _kinds(pack: Pack) -> tuple[tuple[int, int], ...]:
    counts = np.bincount(pack["walked.kind"], minlength=1)
    return tuple((int(kind), int(counts[kind])) for kind in np.flatnonzero(counts))


def _short(row: ObjectRow) -> str:
    """A name without its domain, which a drawing has no room for; the list below keeps it."""
    head, at, _domain = row.name.partition("@")
    if at:
        return head
    return row.name.partition(".")[0] if row.kind_code == ObjectKind.COMPUTER else row.name


def path_graph(page: PathPage, object_url: str) -> dict[str, object]:
    """The path and its neighbours as a drawing: nodes, links, focus.

    Args:
        object_url: address of the explorer; `?de=` and the identifier are added.
    """
    nodes: dict[str, dict[str, object]] = {}
    links: list[dict[str, str]] = []
    for step in (*page.steps, *page.beside):
        for row in (step.source, step.target):
            nodes.setdefault(
                row.identifier,
                {"id": row.identifier, "label": _short(row), "kind": row.kind,
                 "url": f"{object_url}?de={row.identifier}"},
            )  # fmt: skip
        links.append(
            {"from": step.source.identifier, "to": step.target.identifier, "label": step.verb}
        )
    if page.steps and page.goal is None:
        nodes[page.steps[-1].target.identifier]["state"] = "failed"
    return {
        "nodes": list(nodes.values()),
        "links": links,
        "focus": page.start.identifier if page.start else "",
        "layered": True,
    }
