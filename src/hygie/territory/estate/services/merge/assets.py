"""What would the assets that a file shows add to the map, and change?"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hygie.connectors.inventories.types import Inventory, Observation
from hygie.connectors.messages import Severity
from hygie.engines.estate.matching import By, Card
from hygie.engines.estate.types import AssetRecord
from hygie.engines.estate.values import LONGEST, detail_fault, detail_field
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind
from hygie.foundation.imports.planner import Planner
from hygie.territory.estate.choices import AssetStatus
from hygie.territory.estate.codes import names_elsewhere
from hygie.territory.estate.models import Asset
from hygie.territory.estate.services.merge.known import KnownMap
from hygie.territory.estate.services.merge.types import MergeOptions, Node

REFERENCES = {"site": AssetKind.SITE, "zone": AssetKind.ZONE, "supplier": AssetKind.SUPPLIER}
_COLUMNS = (
    "name", "description", "owner", "technical_owner", "criticality", "max_downtime_min",
    "max_data_loss_min",
)  # fmt: skip


class AssetMerge:
    """Takes the observations of a file one by one; changes nodes, writes nothing.

    Attributes:
        by_ref: node of each observation, by its name within the file.
        touched: nodes that the file tells of or names, in order.
    """

    def __init__(self, known: KnownMap, options: MergeOptions, planner: Planner) -> None:
        self.known = known
        self.options = options
        self.planner = planner
        self.by_ref: dict[str, Node] = {}
        self._by_key: dict[str, Node | None] = {}
        self.touched: dict[Node, None] = {}
        self.kept_fields = 0
        self.elsewhere = 0
        self._wanted: list[tuple[Node, str, str, Observation]] = []

    def take(self, inventory: Inventory) -> None:
        """All that a file shows; references are looked for once every row has been read."""
        for observation in inventory.observations:
            self._take(observation, inventory.seen_on)
        for node, name, text, observation in self._wanted:
            self._refer(node, name, text, observation)

    def named(
        self,
        text: str,
        kinds: Sequence[AssetKind] = (),
        identifiers: Iterable[tuple[IdentifierKind, str]] = (),
    ) -> list[Node]:
        """Assets that a name leads to: those of the map, else the one that the file calls so.

        A file of several establishments writes codes as each of them does.
        """
        found = self.known.named(text, kinds, identifiers)
        if found or not text:
            return found
        node = self._by_key.get(text)
        return [] if node is None or (kinds and AssetKind(node.asset.kind) not in kinds) else [node]

    def made(self, kind: AssetKind, name: str, row: int | None) -> Node:
        """What is only named, and that nothing is called like."""
        asset = Asset(
            organisation=self.known.organisation, kind=kind.value, name=name[: LONGEST["name"]],
            code=self.known.codes.next(kind), is_code_given=True, source=self.options.source,
        )  # fmt: skip
        card = Card(kind, asset.name, asset.code, is_code_given=True)
        node = self.known.make(asset, card)
        node.row = row
        node.changed = {"kind": [None, kind.value], "name": [None, asset.name]}
        self.touched[node] = None
        return node

    def _take(self, observation: Observation, seen_at: dt.datetime | None) -> None:
        record = observation.asset
        place, code, called = self._where(observation)
        card = Card(
            record.kind, record.name, called, frozenset(record.identifiers),
            observation.is_kind_guessed,
        )  # fmt: skip
        decided = self.known.recogniser.recognise(card)
        if decided.is_unclear:
            names = (self.known.nodes[one.known].asset for one in decided.alike)
            shown = ", ".join(f"{one.name} ({one.code})" for one in names)
            self._note(Severity.WARNING, "estate_unclear", observation, name=record.name,
                       choices=shown)  # fmt: skip
            return
        seen_on = observation.seen_on or seen_at
        if decided.known is None:
            node = self._new(observation, place, code, card)
            node.alike = decided.alike
        else:
            node = self.known.nodes[decided.known]
        self.by_ref[observation.ref] = node
        if record.key:
            # Two establishments may use one code: it then leads nowhere by itself.
            first = self._by_key.setdefault(record.key, node)
            self._by_key[record.key] = node if first is node else None
        self.touched[node] = None
        if not node.is_new and not node.may_edit:
            self.elsewhere += 1
            return
        if node.is_told:
            self._note(Severity.INFO, "estate_told_twice", observation, name=node.asset.name)
        self._compare(node, observation, code, by=decided.by)
        self._seen(node, seen_on)
        node.is_told = True
        node.row = node.row if node.row is not None else observation.row
        self._identify(node, record, card)

    def _where(self, observation: Observation) -> tuple[int, str, str]:
        """Which organisation answers for it, its code there, and how it is called here."""
        record, own = observation.asset, self.known.organisation
        key, finess = record.key, record.organisation
        if names_elsewhere(key):
            finess, _slash, key = key.partition("/")
        if not finess or finess == own.code:
            return own.pk, key, key
        called = f"{finess}/{key}" if key else ""
        place = self.known.organisation_of(finess)
        is_known = bool(called) and self.known.recogniser.by_code(called) is not None
        if is_known or place is not None:
            return place or own.pk, key, called
        # Its establishment is not here: it is kept as a stand-in, so that nothing tied to it is
        # lost.
        self._note(Severity.INFO, "estate_stand_in", observation, name=record.name, finess=finess)
        code = f"{finess}-{key}"[: LONGEST["code"]] if key else ""
        return own.pk, code, code

    def _new(self, observation: Observation, place: int, code: str, card: Card) -> Node:
        record = observation.asset
        is_own = place == self.known.organisation.pk
        given = not code
        asset = Asset(
            organisation_id=place, kind=record.kind.value,
            code=code or self.known.codes.next(record.kind),
            is_code_given=given, source=self.options.source,
        )  # fmt: skip
        if not record.name:
            # Nothing to call it by: what it is recognised by.
            values = (value for _kind, value in record.identifiers)
            asset.name = (code or next(values, asset.code))[: LONGEST["name"]]
        if is_own and code:
            self.known.codes.take(code)
        called = asset.code if is_own else card.code
        node = self.known.make(
            asset, Card(card.kind, card.name, called, card.identifiers, False, given)
        )
        if names_elsewhere(record.key) and called != record.key:
            self.known.recogniser.also(node.place, Card(card.kind, "", record.key))
        node.changed = {"kind": [None, record.kind.value]}
        node.identifiers = set()
        return node

    def _compare(self, node: Node, observation: Observation, code: str, *, by: By) -> None:
        record = observation.asset
        # A second row about one asset only completes the first: else two rows would quarrel.
        overwrites = self.options.overwrites and not node.is_told
        if not node.is_new:
            self._call(node, observation, code)
            if overwrites and by is not By.NAME and not observation.is_kind_guessed:
                self._change_kind(node, record.kind)
        for name in _COLUMNS:
            self._set(node, name, getattr(record, name), overwrites=overwrites)
        if "status" in observation.told and (overwrites or node.is_new):
            self._put(node, "status", record.status.value)
        elif node.asset.status == AssetStatus.RETIRED and self.options.is_scan:
            self._note(Severity.WARNING, "estate_retired_seen", observation, name=node.asset.name)
        self._details(node, observation, overwrites=overwrites)
        for name in REFERENCES:
            if text := getattr(record, name):
                self._wanted.append((node, name, text, observation))
        for finess in record.shared_with:
            place = self.known.organisation_of(finess)
            if place is not None and place != node.asset.organisation_id:
                self._share(node, place)
        node.services = observation.services or node.services
        node.components = observation.components or node.components

    def _call(self, node: Node, observation: Observation, code: str) -> None:
        """The establishment's own code takes the place of the one that we gave."""
        is_here = node.asset.organisation_id == self.known.organisation.pk
        if code and node.asset.is_code_given and is_here and code not in self.known.codes:
            self._put(node, "code", code)
            node.asset.is_code_given = False
            self.known.codes.take(code)
            self.known.recogniser.also(node.place, Card(observation.asset.kind, "", code))

    def _change_kind(self, node: Node, kind: AssetKind) -> None:
        if node.asset.kind == kind.value:
            return
        self._put(node, "kind", kind.value)
        kept = {name: one for name, one in node.asset.details.items() if detail_field(kind, name)}
        for name in node.asset.details.keys() - kept.keys():
            node.changed[name] = [node.asset.details[name], None]
        node.asset.details = kept

    def _details(self, node: Node, observation: Observation, *, overwrites: bool) -> None:
        kind = AssetKind(node.asset.kind)
        for name, value in observation.asset.details.items():
            fault = detail_fault(kind, name, value)
            if fault is not None:
                if detail_field(kind, name) or kind == observation.asset.kind:
                    self._note(Severity.WARNING, f"estate_{fault.value}", observation, field=name,
                               value=str(value)[:80])  # fmt: skip
                continue
            before = node.asset.details.get(name)
            if before is not None and (before == value and type(before) is type(value)):
                continue
            if before in (None, "") or overwrites:
                node.changed[name] = [node.changed.get(name, [before])[0], value]
                node.asset.details = {**node.asset.details, name: value}
            else:
                self.kept_fields += 1

    def _set(self, node: Node, name: str, value: Any, *, overwrites: bool) -> None:
        if value is None or value == "":
            return
        before = getattr(node.asset, name)
        if before == value:
            return
        if before is None or before == "" or overwrites:
            self._put(node, name, value)
        else:
            self.kept_fields += 1

    def _put(self, node: Node, name: str, value: Any) -> None:
        before = getattr(node.asset, name)
        if before == value:
            return
        first = None if node.is_new else before
        node.changed[name] = [node.changed.get(name, [first])[0], value]
        setattr(node.asset, name, value)

    def _seen(self, node: Node, seen_at: dt.datetime | None) -> None:
        day = seen_at.date() if seen_at else None
        if day is not None and (node.asset.seen_on is None or node.asset.seen_on < day):
            before = node.asset.seen_on.isoformat() if node.asset.seen_on else None
            node.changed["seen_on"] = [node.changed.get("seen_on", [before])[0], day.isoformat()]
            node.asset.seen_on = day

    def _identify(self, node: Node, record: AssetRecord, card: Card) -> None:
        new = [
            (kind.value, value)
            for kind, value in record.identifiers
            if (kind.value, value) not in node.identifiers
        ]
        if new:
            node.identifiers.update(new)
            node.new_identifiers.extend(new)
            if not node.is_new or node.is_told:
                self.known.recogniser.also(node.place, Card(card.kind, "", "", card.identifiers))

    def _share(self, node: Node, place: int) -> None:
        if place not in node.shares:
            node.shares.add(place)
            node.new_shares.add(place)

    def _refer(self, node: Node, name: str, text: str, observation: Observation) -> None:
        found = self.named(text, (REFERENCES[name],))
        if len(found) > 1:
            self._note(Severity.WARNING, "estate_several", observation, field=name, name=text)
            return
        if not found and not self.options.creates:
            self._note(Severity.WARNING, "estate_name_unknown", observation, field=name, name=text)
            return
        target = found[0] if found else self.made(REFERENCES[name], text, observation.row)
        if target is node:
            return
        before = getattr(node.asset, f"{name}_id")
        place = None if before is None else self.known.place_of(before)
        if target.place == place or name in node.references:
            return
        if before is not None and not self.options.overwrites:
            self.kept_fields += 1
            return
        if not self.may_tie(node, target):
            self._note(Severity.WARNING, "estate_not_shared", observation, field=name, name=text)
            return
        node.references[name] = target
        known = None if place is None else self.known.nodes[place].asset.name
        node.changed[name] = [known, target.asset.name]

    def may_tie(self, source: Node, target: Node) -> bool:
        """Whether the source may rely on the target; what serves elsewhere is shared then."""
        place = source.asset.organisation_id
        if place == target.asset.organisation_id or place in target.shares:
            return True
        if not target.may_edit:
            return False
        self._share(target, place)
        self.touched.setdefault(target, None)
        return True

    def _note(
        self, severity: Severity, code: str, observation: Observation, field: str = "",
        **params: str,
    ) -> None:  # fmt: skip
        self.planner.note(severity, code, row=observation.row, field=field, **params)


# In front of what does not tell by itself what it is, the same in every language.
_MARKS = {"serial": "S/N ", "uuid": "UUID ", "mac": "MAC "}


def shown(values: Iterable[tuple[str, str]]) -> str:
    """Identifiers as a plan shows them."""
    return ", ".join(f"{_MARKS.get(kind, '')}{value}" for kind, value in sorted(values))


def details_of(node: Node) -> Mapping[str, list[Any]]:
    """All that a file does to an asset: field → [before, after]."""
    found = dict(node.changed)
    if node.new_identifiers:
        found["identifiers"] = [None, shown(node.new_identifiers)]
    if node.new_shares:
        found["shared_with"] = [None, sorted(node.new_shares)]
    return found
