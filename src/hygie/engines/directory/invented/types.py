"""What does an invented directory come with: its facts, its planted defects, what must be found?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.vocabulary import EdgeKind


@dataclass(frozen=True, slots=True)
class PlantedPath:
    """A way to tier 0 that a defect opens.

    Attributes:
        source: identifier of the object where it starts, which must be found exposed.
        kinds: relations of its shortest way, in order; their number is its distance.
        members: identifiers of accounts that must be found exposed through it.
    """

    source: str
    kinds: tuple[EdgeKind, ...]
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planting:
    """What a defect did: identifiers at fault, and the path that it opens, if any."""

    guilty: tuple[str, ...] = ()
    path: PlantedPath | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to spoil a sound forest.

    Attributes:
        spoil: changes the forest. levels: by control point, every level that fails because of it,
            side effects included. is_blinding: it leaves other points undecided.
    """

    spoil: Callable[[Forest], Planting]
    levels: Mapping[str, tuple[int, ...]]
    is_blinding: bool = False


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented directory.

    Attributes:
        facts: as complete as an export of ORADAD with sessions and local groups beside it.
        expected: by control point, warnings and informations included, the levels that must fail;
            a point that is not there holds. guilty: by defect, identifiers at fault.
        paths: by defect, the way that it opens. Without any, nobody is exposed.
    """

    facts: DirectoryFacts
    expected: Mapping[str, tuple[int, ...]]
    guilty: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths: Mapping[str, PlantedPath] = field(default_factory=dict)
