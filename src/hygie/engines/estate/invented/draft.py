"""How is a map drawn up piece by piece: keys, addresses, names and ties?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from hygie.engines.estate.invented.types import Planted
from hygie.engines.estate.types import AssetRecord, LinkRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

_Item = TypeVar("_Item")

CODES = {
    AssetKind.CARE: "ACT", AssetKind.APPLICATION: "APP", AssetKind.INTERFACE: "FLX",
    AssetKind.IDENTITY: "IDT", AssetKind.SERVER: "SRV", AssetKind.CLUSTER: "GRA",
    AssetKind.STORE: "STO", AssetKind.BACKUP: "SAU", AssetKind.WORKSTATION_GROUP: "GRP",
    AssetKind.WORKSTATION: "PC", AssetKind.DEVICE: "DM", AssetKind.NETWORK: "RES",
    AssetKind.ZONE: "ZON", AssetKind.LINE: "LIG", AssetKind.ACCESS: "ACC",
    AssetKind.SUPPLIER: "FOU", AssetKind.SITE: "SIT",
}  # fmt: skip
_STRIDE = 0x9E3779  # odd: all addresses of a maker come before one comes again


@dataclass(slots=True)
class Book:
    """All that is drawn up, for every establishment of the map.

    Attributes:
        rng: of everything that is drawn.
        as_of: the day on which the map is seen.
        ties: (source, verb, target) of the links, each once.
        kept: keys of assets, and ties, about which nothing is forgotten: planted facts rest on
            them.
    """

    rng: Random
    as_of: dt.date
    assets: dict[str, AssetRecord] = field(default_factory=dict)
    links: list[LinkRecord] = field(default_factory=list)
    ties: set[tuple[str, Verb, str]] = field(default_factory=set)
    planted: list[Planted] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    _counts: dict[AssetKind, int] = field(default_factory=dict)
    _hosts: dict[str, int] = field(default_factory=dict)
    _cards: dict[str, int] = field(default_factory=dict)
    _networks: int = 0

    def add(self, kind: AssetKind, name: str, **fields: Any) -> str:
        """Add an asset; None among its details says nothing. Gives its key."""
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        key = f"{CODES[kind]}-{number:04d}"
        if "identifiers" in fields:
            fields["identifiers"] = tuple(sorted(fields["identifiers"]))
        details = fields.pop("details", None)
        if details:
            fields["details"] = {name: one for name, one in details.items() if one is not None}
        self.assets[key] = AssetRecord(key=key, kind=kind, name=name, **fields)
        return key

    def tie(
        self,
        source: str,
        verb: Verb,
        target: str,
        delay_min: int = 0,
        effect: Effect = Effect.STOP,
        *,
        details: Mapping[str, Value] | None = None,
    ) -> None:
        """Tie two assets, once."""
        if source != target and (source, verb, target) not in self.ties:
            self.ties.add((source, verb, target))
            self.links.append(
                LinkRecord(source, verb, target, "", 1, delay_min, effect, details or {})
            )

    def tie_any(
        self,
        source: str,
        verb: Verb,
        targets: Sequence[str],
        needed: int,
        group: str,
        delay_min: int = 0,
        effect: Effect = Effect.STOP,
    ) -> None:
        """Tie an asset to several of which some suffice; to one alone, without group."""
        fresh = [one for one in dict.fromkeys(targets) if (source, verb, one) not in self.ties]
        fresh = [one for one in fresh if one != source]
        if len(fresh) == 1:
            self.tie(source, verb, fresh[0], delay_min, effect)
            return
        needed = max(1, min(needed, len(fresh)))
        for target in fresh:
            self.ties.add((source, verb, target))
            self.links.append(LinkRecord(source, verb, target, group, needed, delay_min, effect))

    def plant(self, planted: Planted) -> None:
        """Note what must be found, and see that nothing of it is forgotten."""
        self.planted.append(planted)
        self.kept.update(planted.keys, planted.victims)

    def day_before(self, mean_days: float, least: int = 0) -> str:
        """A day in the past, exponentially far."""
        days = least + int(self.rng.expovariate(1 / mean_days))
        return (self.as_of - dt.timedelta(days=days)).isoformat()

    def day_after(self, least: int, most: int) -> str:
        """A day within bounds of days from the day of the map; negative is past."""
        return (self.as_of + dt.timedelta(days=self.rng.randint(least, most))).isoformat()

    def network(self) -> str:
        """A network of 2,046 addresses that no zone has yet."""
        at = self._networks
        self._networks += 1
        return f"10.{16 + at // 32}.{at % 32 * 8}.0/21"

    def address(self, network: str) -> str:
        """The next free address of a network made by `network`."""
        at = self._hosts[network] = self._hosts.get(network, 9) + 1
        first, second, third, _ = network.split("/")[0].split(".")
        return f"{first}.{second}.{int(third) + at // 256}.{at % 256}"

    def mac(self, maker: str) -> str:
        """A hardware address of a maker (6 hexadecimal digits) that no other host has."""
        count = self._cards[maker] = self._cards.get(maker, 0) + 1
        return f"{maker}{count * _STRIDE % 2**24:06x}"

    def serial(self, letters: str) -> str:
        """A serial number that begins with a maker's letters."""
        return f"{letters}{self.rng.randrange(36**7, 36**8):X}"

    def chance(self, share: float) -> bool:
        """True so many times out of one."""
        return self.rng.random() < share

    def pick(self, choices: Sequence[_Item]) -> _Item:
        """One of them, each as likely."""
        return choices[int(self.rng.random() * len(choices))]

    def pick_skewed(self, choices: Sequence[_Item]) -> _Item:
        """One of them, the first ones far more often: in real life few are known by many."""
        return choices[int(self.rng.random() ** 3 * len(choices))]
