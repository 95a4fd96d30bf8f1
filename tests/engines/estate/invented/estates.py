"""Invented maps that tests share, and the slow way to know what a loss stops in one."""

from collections.abc import Collection
from functools import cache

from hygie.engines.estate.inheritance import ties
from hygie.engines.estate.invented.hospital import invented_group, invented_hospital
from hygie.engines.estate.invented.types import Invented, Member, Size
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import NEEDS, Effect

SEED = 20260601
MEMBERS = (
    Member("220000001", "Centre hospitalier de Valmory", "Valmory", Size.HOSPITAL),
    Member("220000002", "Clinique de Kerlandec", "Kerlandec"),
    Member("220000003", "Centre hospitalier de Briseval", "Briseval"),
)


@cache
def hospital(size: str, gaps: float = 0.25, seed: int = SEED) -> Invented:
    """One establishment; the same object for the same arguments."""
    return invented_hospital(size, seed, gaps=gaps)


@cache
def group() -> Invented:
    """A support establishment and two others that share its systems."""
    return invented_group(MEMBERS, SEED)


class Standing:
    """What stops in a map, told loss by loss."""

    def __init__(self, estate: EstateMap) -> None:
        self.keys = [asset.key for asset in estate.assets]
        groups: dict[object, tuple[str, set[str], int]] = {}
        bound = set()
        for at, link in enumerate(estate.links):
            if link.verb in NEEDS:
                bound.add((link.source, link.target))
                if link.effect == Effect.STOP:
                    name = (link.source, link.group) if link.group else at
                    _, members, _ = groups.setdefault(name, (link.source, set(), link.needed))
                    members.add(link.target)
        lines: dict[str, set[str]] = {}
        for tie in ties(estate):
            pair = self.keys[tie.source], self.keys[tie.target]
            if tie.stops and pair not in bound:
                if pair[1].startswith("LIG"):
                    lines.setdefault(pair[0], set()).add(pair[1])
                else:
                    groups[pair] = (pair[0], {pair[1]}, 1)
        for source, found in lines.items():
            groups[source, "lines"] = (source, found, 1)
        self.groups = list(groups.values())
        self.users: dict[str, list[int]] = {}
        for at, (_, members, _) in enumerate(self.groups):
            for member in members:
                self.users.setdefault(member, []).append(at)

    def stopped(self, lost: Collection[str]) -> set[str]:
        """Keys of all that stops once these are lost, themselves included."""
        down = set(lost)
        waiting = list(lost)
        while waiting:
            for at in self.users.get(waiting.pop(), ()):
                source, members, needed = self.groups[at]
                if source not in down and len(members - down) < needed:
                    down.add(source)
                    waiting.append(source)
        return down
