"""What would the links that a file shows add to the map, and change?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hygie.connectors.inventories.types import Inventory, ObservedLink, Reference
from hygie.connectors.messages import Severity
from hygie.foundation.imports.planner import Planner
from hygie.territory.estate.choices import LinkVerb
from hygie.territory.estate.services.merge.assets import AssetMerge
from hygie.territory.estate.services.merge.known import KnownMap
from hygie.territory.estate.services.merge.types import LinkKey, MergeOptions, Node, Tie

_TERMS = ("needed", "delay_min", "effect")
_GroupKey: TypeAlias = tuple[int, str]


@dataclass(slots=True)
class _Group:
    """Links of one source that stand for one another, and what they share."""

    verb: str
    terms: dict[str, Any]
    members: dict[LinkKey, None] = field(default_factory=dict)


class LinkMerge:
    """Takes the links of a file one by one; writes nothing.

    Attributes:
        ties: links that the file tells of, or whose group it changes, in order.
        unseen: ends told by an identifier alone, which no asset bears.
    """

    def __init__(
        self, known: KnownMap, assets: AssetMerge, options: MergeOptions, planner: Planner
    ) -> None:
        self.known = known
        self.assets = assets
        self.options = options
        self.planner = planner
        self.ties: dict[LinkKey, Tie] = {}
        self.unseen = 0
        self._groups: dict[_GroupKey, _Group] = {}
        for key, link in known.links.items():
            if link.group:
                terms = {name: getattr(link, name) for name in _TERMS}
                group = self._groups.setdefault(
                    (key[0], link.group), _Group(link.verb, terms)
                )  # fmt: skip
                group.members[key] = None

    def take(self, inventory: Inventory) -> None:
        """All links of a file; a group is settled once all its members are read."""
        for observed in inventory.links:
            self._take(observed)
        for key in {self._group_key(tie): None for tie in self.ties.values() if tie.group}:
            self._settle(key)

    def _take(self, observed: ObservedLink) -> None:
        source = self._end(observed.source, observed)
        target = self._end(observed.target, observed)
        if source is None or target is None:
            return
        if source is target:
            self._note("estate_link_to_itself", observed, name=source.asset.name)
        elif not source.may_edit:
            self._note("estate_link_elsewhere", observed, name=source.asset.name)
        elif not self.assets.may_tie(source, target):
            self._note("estate_not_shared", observed, name=target.asset.name)
        else:
            self._tie(source, target, observed)

    def _end(self, reference: Reference, observed: ObservedLink) -> Node | None:
        """The asset at one end, made when it is only named and may be."""
        if reference.ref:
            return self.assets.by_ref.get(reference.ref)
        found = self.assets.named(reference.text, reference.kinds, reference.identifiers)
        if len(found) == 1:
            return found[0]
        name = reference.text or ", ".join(value for _kind, value in reference.identifiers)
        if found:
            self._note("estate_several", observed, name=name)
            return None
        if reference.kinds and reference.text and self.options.creates:
            return self.assets.made(reference.kinds[0], reference.text, observed.row)
        if reference.text:
            self._note("estate_name_unknown", observed, name=name)
        elif reference.identifiers:
            self.unseen += 1
        return None

    def _tie(self, source: Node, target: Node, observed: ObservedLink) -> None:
        key: LinkKey = source.place, observed.verb.value, target.place
        tie = self.ties.get(key)
        if tie is not None and tie.is_told:
            if tie.group != observed.group and observed.group:
                self._note("estate_link_twice", observed, name=target.asset.name)
            return
        tie = tie or self._tie_of(key)
        tie.is_told, tie.row = True, observed.row
        self.ties[key] = tie
        decides = tie.link is None or self.options.overwrites
        if "group" in observed.told or tie.link is None:
            self._join(key, tie, observed.group if decides else tie.group, observed)
        told = {name: getattr(observed, name) for name in _TERMS if name in observed.told}
        told["effect"] = getattr(told.get("effect"), "value", observed.effect.value)
        if "effect" not in observed.told and tie.link is not None:
            del told["effect"]
        self._take_terms(key, tie, told, decides=decides)
        new = {
            name: value
            for name, value in observed.details.items()
            if decides or name not in tie.details
        }
        tie.details = {**tie.details, **new}

    def _tie_of(self, key: LinkKey) -> Tie:
        """A link as it is on the map, or a new one."""
        link = self.known.links.get(key)
        source, target = self.known.nodes[key[0]], self.known.nodes[key[2]]
        if link is None:
            return Tie(source, key[1], target, None)
        return Tie(
            source, key[1], target, link, link.group, link.needed, link.delay_min, link.effect,
            link.details,
        )  # fmt: skip

    def _join(self, key: LinkKey, tie: Tie, group: str, observed: ObservedLink) -> None:
        """Move a link to a group; one of another nature does not let it in."""
        if tie.group == group and tie.link is not None:
            return
        there = self._groups.get((key[0], group)) if group else None
        if there is not None and there.verb != key[1] and there.members:
            verb = str(LinkVerb(there.verb).label)
            self._note("estate_group_mismatch", observed, name=group, verb=verb)
            group = ""
        if tie.group:
            left = self._groups[key[0], tie.group]
            left.members.pop(key, None)
            self._touch(left.members)
        tie.group = group
        if group:
            terms = {name: getattr(tie, name) for name in _TERMS}
            joined = self._groups.setdefault((key[0], group), _Group(key[1], terms))
            joined.members[key] = None

    def _take_terms(
        self, key: LinkKey, tie: Tie, told: Mapping[str, Any], *, decides: bool
    ) -> None:
        if not tie.group:
            for name, value in told.items():
                if decides:
                    setattr(tie, name, value)
            tie.needed = 1
            return
        group = self._groups[key[0], tie.group]
        is_first = len(group.members) == 1
        if is_first or self.options.overwrites:
            group.terms.update(told)

    def _touch(self, keys: Iterable[LinkKey]) -> None:
        for key in keys:
            if key not in self.ties:
                self.ties[key] = self._tie_of(key)

    def _settle(self, key: _GroupKey) -> None:
        """All members bear the same terms; no more are needed than there are."""
        group = self._groups[key]
        size = len(group.members)
        if group.terms["needed"] > size:
            self.planner.note(
                Severity.WARNING, "estate_group_small", name=key[1], needed=group.terms["needed"],
                size=size,
            )  # fmt: skip
        self._touch(list(group.members))
        for member in group.members:
            tie = self.ties[member]
            tie.needed = min(group.terms["needed"], size)
            tie.delay_min, tie.effect = group.terms["delay_min"], group.terms["effect"]

    def _group_key(self, tie: Tie) -> _GroupKey:
        return tie.source.place, tie.group

    def _note(self, code: str, observed: ObservedLink, **params: str) -> None:
        self.planner.note(Severity.WARNING, code, row=observed.row, **params)
