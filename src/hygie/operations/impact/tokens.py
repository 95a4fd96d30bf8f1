"""How is a loss written in an address, and what does it take away on a map?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.types import CompiledNeeds
from hygie.engines.ransomware.losses import LossFamily as Family
from hygie.engines.ransomware.losses import loss_of
from hygie.engines.ransomware.nodes import IntArray, RansomwareError
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.choices import OF_THE_WHOLE, LossFamily
from hygie.operations.impact.errors import LossUnknown

MOST = 50
"""Losses that one address may put together."""


@dataclass(frozen=True, slots=True)
class LossToken:
    """One loss of an address: "supplier:12", "internet"."""

    family: LossFamily
    asset_id: int | None = None

    def __str__(self) -> str:
        return self.family if self.asset_id is None else f"{self.family}:{self.asset_id}"


@dataclass(frozen=True, slots=True)
class NamedLoss:
    """A loss of an address, found on the map.

    Attributes:
        token: as written. name: of the asset, "" for the families that concern the whole.
        key: of the asset, "" likewise.
    """

    token: LossToken
    name: str
    key: str

    @property
    def family_words(self) -> str:
        """What the loss is."""
        return str(self.token.family.label)


@dataclass(frozen=True, slots=True)
class Lost:
    """Everything that an address takes away.

    Attributes:
        losses: as named. unknown: tokens that name nothing of this map any more.
        nodes: (k,) nodes lost, ascending, of `compiled`.
        compiled: the needs to evaluate: those of the map, or those of a network cut apart.
        flows_cut, flows_unknown: needs cut by an isolation, and those nobody can place.
    """

    losses: tuple[NamedLoss, ...]
    unknown: tuple[str, ...]
    nodes: IntArray
    compiled: CompiledNeeds
    flows_cut: int = 0
    flows_unknown: int = 0


def token_of(text: str) -> LossToken:
    """Read a loss of an address.

    Raises:
        LossUnknown: it is none.
    """
    name, _colon, number = text.partition(":")
    if name not in LossFamily.values:
        raise LossUnknown(loss=text[:80])
    family = LossFamily(name)
    if family in OF_THE_WHOLE:
        return LossToken(family)
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise LossUnknown(loss=text[:80])
    return LossToken(family, int(number))


def lost_of(found: ImpactMap, texts: Iterable[str]) -> Lost:
    """What some losses take away together.

    Args:
        found: the map. texts: as addresses write them; repeated ones count once, at most `MOST`.

    Raises:
        LossUnknown: a text is no loss at all; one that this map does not hold is told as unknown.
    """
    losses: list[NamedLoss] = []
    unknown: list[str] = []
    nodes: set[int] = set()
    for text in list(dict.fromkeys(texts))[:MOST]:
        token = token_of(text)
        try:
            named, taken = _one(found, token)
        except RansomwareError:
            unknown.append(text)
            continue
        losses.append(named)
        nodes.update(taken)
    together = (tuple(losses), tuple(unknown), np.array(sorted(nodes), np.int32))
    if any(one.token.family == LossFamily.RED_BUTTON for one in losses):
        cut = found.isolation
        return Lost(*together, found.compiled_isolation, cut.flows_cut, cut.flows_unknown)
    return Lost(*together, found.compiled)


def _one(found: ImpactMap, token: LossToken) -> tuple[NamedLoss, Sequence[int]]:
    if token.family == LossFamily.RED_BUTTON:
        return NamedLoss(token, "", ""), found.isolation.loss.nodes.tolist()
    if token.asset_id is None:
        loss = loss_of(found.numbers, [], _FAMILY[token.family])
        return NamedLoss(token, "", ""), loss.nodes.tolist()
    node = found.node_by_id.get(token.asset_id)
    if node is None:
        raise RansomwareError("no such asset in service")
    asset = found.asset(node)
    loss = loss_of(found.numbers, [asset.key], _FAMILY[token.family])
    return NamedLoss(token, found.names[node], asset.key), loss.nodes.tolist()


_FAMILY = {family: Family(family.value) for family in LossFamily}
