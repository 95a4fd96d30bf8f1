"""How is what was compared written, all at once?"""

from collections.abc import Iterable, Sequence
from typing import Any

from hygie.territory.estate.models import Asset, AssetIdentifier, AssetShare, Link, LookAlike
from hygie.territory.estate.services.merge.types import Node, Tie
from hygie.territory.estate.services.rows import rows_insert, rows_save
from hygie.territory.estate.services.values import search_key_of

_BATCH = 2_000
# Those that others refer to come first.
_FIRST = {"supplier": 0, "site": 1, "zone": 2}


def nodes_write(nodes: Iterable[Node]) -> None:
    """Make the new assets, save the changed ones, with their identifiers and shares."""
    touched = list(nodes)
    new = sorted(
        (node for node in touched if node.is_new),
        key=lambda node: (_FIRST.get(node.asset.kind, 9), node.place),
    )
    for node in touched:
        if node.is_new or node.changed or node.new_identifiers:
            asset = node.asset
            asset.search_key = search_key_of(
                asset.code, asset.name, (value for _kind, value in sorted(node.identifiers))
            )
    for batch in _by_rank(new):
        for node in batch:
            _refer(node)
        Asset.objects.bulk_create([node.asset for node in batch], batch_size=_BATCH)
    late = [node for node in new if _refer(node)]
    changed = [
        node for node in touched if not node.is_new and (node.changed or node.new_identifiers)
    ]
    for node in changed:
        _refer(node)
    rows_save([node.asset for node in (*late, *changed)])
    rows_insert(
        AssetIdentifier,
        (
            {"asset": node.asset.pk, "kind": kind, "value": value}
            for node in touched
            for kind, value in node.new_identifiers
        ),
    )
    rows_insert(
        AssetShare,
        (
            {"asset": node.asset.pk, "organisation": place}
            for node in touched
            for place in sorted(node.new_shares)
        ),
    )


def ties_write(ties: Iterable[Tie], origin: str) -> None:
    """Make the new links, save the changed ones."""
    new: list[dict[str, Any]] = []
    changed: list[Link] = []
    for tie in ties:
        terms = {
            "group": tie.group, "needed": tie.needed, "delay_min": tie.delay_min,
            "effect": tie.effect, "details": dict(tie.details),
        }  # fmt: skip
        if tie.link is None:
            ends = {"source": tie.source.asset.pk, "target": tie.target.asset.pk}
            new.append({**ends, "verb": tie.verb, **terms, "origin": origin})
        elif tie.changed():
            for name, value in terms.items():
                setattr(tie.link, name, value)
            changed.append(tie.link)
    rows_insert(Link, new)
    rows_save(changed)


def look_alikes_write(nodes: Iterable[Node], known: Sequence[Node]) -> int:
    """Ask about the new assets that resemble others; gives how many questions."""
    asked = [
        LookAlike(
            organisation_id=node.asset.organisation_id,
            kept_id=known[alike.known].asset.pk,
            other_id=node.asset.pk,
            other_name=node.asset.name,
            reasons=[list(trait) for trait in alike.reasons],
            doubts=[list(trait) for trait in alike.doubts],
            score=alike.score,
        )
        for node in nodes
        for alike in alikes_asked(node, known)
    ]
    LookAlike.objects.bulk_create(asked, batch_size=_BATCH)
    return len(asked)


def alikes_asked(node: Node, known: Sequence[Node]) -> list[Any]:
    """What a new asset resembles, of those that it could be merged with."""
    return [
        alike
        for alike in node.alike
        if node.is_new
        and known[alike.known].may_edit
        and known[alike.known].asset.organisation_id == node.asset.organisation_id
    ]


def _by_rank(nodes: Sequence[Node]) -> list[list[Node]]:
    ranks: dict[int, list[Node]] = {}
    for node in nodes:
        ranks.setdefault(_FIRST.get(node.asset.kind, 9), []).append(node)
    return [ranks[rank] for rank in sorted(ranks)]


def _refer(node: Node) -> bool:
    """Set the references whose asset has a key by now; tells whether one was set late."""
    moved = False
    for name, target in node.references.items():
        if target.asset.pk is not None and getattr(node.asset, f"{name}_id") != target.asset.pk:
            setattr(node.asset, f"{name}_id", target.asset.pk)
            moved = True
    return moved
