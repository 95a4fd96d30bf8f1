"""What is on the map already, and which of it does a name or an identifier lead to?"""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from hygie.engines.estate.matching import Card, Recogniser
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind
from hygie.territory.estate.choices import PairState
from hygie.territory.estate.codes import Codes
from hygie.territory.estate.models import Asset, AssetIdentifier, AssetShare, Link, LookAlike
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.access import assets_at, assets_in
from hygie.territory.estate.services.merge.types import LinkKey, Node
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Depth, Perimeter, Right

_KINDS = {kind.value: kind for kind in AssetKind}
_IDENTIFIERS = {kind.value: kind for kind in IdentifierKind}


class KnownMap:
    """The map of an organisation while a file is compared with it; grows with what the file adds.

    Attributes:
        organisation: whose map it is.
        nodes: by place; the places of `recogniser`.
        links: rows by both ends and verb.
    """

    def __init__(
        self, perimeter: Perimeter, organisation: Organisation, others: Iterable[str] = ()
    ) -> None:
        """Read the map of an organisation, and of the others (FINESS) that the file names."""
        self.organisation = organisation
        self.nodes: list[Node] = []
        self.recogniser = Recogniser()
        self._places: dict[int, int] = {}
        self._finess = self._organisations(perimeter)
        self._others = [one.pk for code in others if (one := self._finess.get(code))]
        self._read_assets(perimeter)
        self._read_merged()
        self.links = self._read_links(perimeter)
        own = (node for node in self.nodes if node.asset.organisation_id == organisation.pk)
        self.codes = Codes(node.asset.code for node in own)

    def organisation_of(self, finess: str) -> int | None:
        """Another organisation where the person may change the map."""
        found = self._finess.get(finess)
        return found.pk if found else None

    def place_of(self, pk: int) -> int | None:
        """Place of a known asset."""
        return self._places.get(pk)

    def make(self, asset: Asset, card: Card) -> Node:
        """One more asset."""
        node = Node(self.recogniser.add(card), asset, is_new=True, may_edit=True)
        self.nodes.append(node)
        return node

    def named(
        self,
        text: str,
        kinds: Sequence[AssetKind] = (),
        identifiers: Iterable[tuple[IdentifierKind, str]] = (),
    ) -> list[Node]:
        """Assets that a code, a name or identifiers lead to: none, one, or several.

        Own assets come before those that others share.
        """
        place = self.recogniser.by_code(text) if text else None
        if place is not None and (not kinds or _KINDS[self.nodes[place].asset.kind] in kinds):
            return [self.nodes[place]]
        found = [self.nodes[at] for at in self.recogniser.named(text, kinds)] if text else []
        pairs = frozenset(identifiers)
        if not found and pairs:
            kind = kinds[0] if kinds else AssetKind.SERVER
            seen = Card(kind, text, identifiers=pairs, is_kind_guessed=True)
            known = self.recogniser.recognise(seen).known
            found = [] if known is None else [self.nodes[known]]
        own = [node for node in found if node.asset.organisation_id == self.organisation.pk]
        return own or found

    def _organisations(self, perimeter: Perimeter) -> dict[str, Organisation]:
        """Those where the person may change the map, by number: few, or all for the operator."""
        found = organisations_in(perimeter, depth=Depth.DETAIL, right=Right.RECORD)
        if perimeter.is_operator:
            # The command line sees the whole nation: only the group matters here.
            ght = self.organisation.ght_id or self.organisation.pk
            entity = self.organisation.legal_entity_id or self.organisation.pk
            found = found.filter(ght_id=ght) | found.filter(legal_entity_id=entity)
        return {one.code: one for one in found}

    def _assets(self, perimeter: Perimeter) -> QuerySet[Asset]:
        here = assets_at(perimeter, self.organisation)
        if not self._others:
            return here
        there = assets_in(perimeter).filter(organisation_id__in=self._others)
        return assets_in(perimeter).filter(
            Q(pk__in=here.order_by().values("pk")) | Q(pk__in=there.order_by().values("pk"))
        )

    def _read_assets(self, perimeter: Perimeter) -> None:
        assets = self._assets(perimeter)
        inside = assets.order_by().values("pk")
        identifiers: dict[int, set[tuple[str, str]]] = {}
        rows = AssetIdentifier.objects.filter(asset__in=inside).order_by()
        for pk, kind, value in rows.values_list("asset_id", "kind", "value"):
            identifiers.setdefault(pk, set()).add((kind, value))
        shares: dict[int, set[int]] = {}
        for pk, place in AssetShare.objects.filter(asset__in=inside).values_list(
            "asset_id", "organisation_id"
        ):
            shares.setdefault(pk, set()).add(place)
        owners = Organisation.objects.in_bulk(
            list(assets.order_by().values_list("organisation_id", flat=True).distinct())
        )
        may = {pk: may_edit(perimeter, one) for pk, one in owners.items()}
        for asset in assets.order_by("pk"):
            pairs = identifiers.get(asset.pk, set())
            finess = owners[asset.organisation_id].code
            place = self.recogniser.add(self._card(asset, finess, pairs))
            self.nodes.append(
                Node(place, asset, False, may[asset.organisation_id], pairs,
                     shares.get(asset.pk, set()))
            )  # fmt: skip
            self._places[asset.pk] = place

    def _card(self, asset: Asset, finess: str, pairs: Iterable[tuple[str, str]]) -> Card:
        is_own = asset.organisation_id == self.organisation.pk
        return Card(
            _KINDS[asset.kind],
            asset.name,
            asset.code if is_own else f"{finess}/{asset.code}",
            frozenset((_IDENTIFIERS[kind], value) for kind, value in pairs),
            is_code_given=asset.is_code_given,
        )

    def _read_merged(self) -> None:
        """What was merged still answers to the name and the code that it had."""
        merged = LookAlike.objects.filter(
            organisation_id=self.organisation.pk, state=PairState.MERGED
        )
        for pk, undo in merged.order_by("pk").values_list("kept_id", "undo"):
            place, gone = self._places.get(pk), undo.get("asset")
            if place is not None and gone:
                code = "" if gone["is_code_given"] else gone["code"]
                self.recogniser.also(place, Card(_KINDS[gone["kind"]], gone["name"], code))

    def _read_links(self, perimeter: Perimeter) -> dict[LinkKey, Link]:
        inside = self._assets(perimeter).order_by().values("pk")
        found: dict[LinkKey, Link] = {}
        for link in Link.objects.filter(source__in=inside).order_by("pk").iterator(5000):
            target = self._places.get(link.target_id)
            if target is not None:
                found[self._places[link.source_id], link.verb, target] = link
        return found
