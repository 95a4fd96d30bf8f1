"""In which words is a defect planted in a sound forest?"""

from collections.abc import Callable

import numpy as np

from hygie.engines.directory.facts import IntArray
from hygie.engines.directory.invented.forest import Forest
from hygie.engines.directory.invented.frame import protect
from hygie.engines.directory.invented.types import Planting
from hygie.engines.directory.vocabulary import EdgeKind, Instant, Number, ObjectKind, Text

Spoil = Callable[[Forest], Planting]
RIGHTS = tuple(kind for kind in EdgeKind if EdgeKind.OWNS <= kind <= EdgeKind.DUMP_SMSA_PASSWORD)
# Roles whose objects are many: each defect takes its own.
_SHARED = ("staff", "admins", "groups", "services", "servers", "clusters", "managed",
           "workstations", "ou:staff", "shared_workstations")  # fmt: skip


def chosen(forest: Forest, role: str) -> int:
    """An object of a role: one of its own where there are many."""
    return forest.one(role) if role in _SHARED else forest.the(role)


def flags(role: str, **flags: bool) -> Spoil:
    """State flags of one object."""

    def spoil(forest: Forest) -> Planting:
        place = chosen(forest, role)
        forest.set(place, **flags)
        return Planting(forest.identifier(place))

    return spoil


def days(role: str, **instants: int) -> Spoil:
    """State dated facts of one object, in days ago."""

    def spoil(forest: Forest) -> Planting:
        place = chosen(forest, role)
        for name, ago in instants.items():
            forest.date(place, Instant[name], ago)
        return Planting(forest.identifier(place))

    return spoil


def number(role: str, column: Number, value: int) -> Spoil:
    """State a number of one object."""

    def spoil(forest: Forest) -> Planting:
        place = chosen(forest, role)
        forest.number(place, column, value)
        return Planting(forest.identifier(place))

    return spoil


def text(role: str, column: Text, value: str | tuple[str, ...], **facts: bool) -> Spoil:
    """State a text of one object, and the flags that go with it."""

    def spoil(forest: Forest) -> Planting:
        place = chosen(forest, role)
        forest.texts.setdefault(column, {})[place] = value
        forest.set(place, **facts)
        return Planting(forest.identifier(place))

    return spoil


def right(role: str, kind: EdgeKind, target: str) -> Spoil:
    """Give a right; the holder is at fault. An owner replaces the one before."""

    def spoil(forest: Forest) -> Planting:
        holder, place = chosen(forest, role), chosen(forest, target)
        if kind == EdgeKind.OWNS:
            forest.unrelate(kind, target=place)
        forest.relate(holder, kind, place)
        return Planting(forest.identifier(holder))

    return spoil


def towards(role: str, kind: EdgeKind, target: str) -> Spoil:
    """State a relation; its target is at fault."""

    def spoil(forest: Forest) -> Planting:
        holder, place = chosen(forest, role), chosen(forest, target)
        if kind == EdgeKind.OWNS:
            forest.unrelate(kind, target=place)
        forest.relate(holder, kind, place)
        return Planting(forest.identifier(place))

    return spoil


def without(role: str, kind: EdgeKind, target: str, *, guilty: str) -> Spoil:
    """Take a relation away."""

    def spoil(forest: Forest) -> Planting:
        source, place = chosen(forest, role), chosen(forest, target)
        forest.unrelate(kind, source, place)
        return Planting(forest.identifier(source if guilty == role else place))

    return spoil


def crowd(shares: dict[str, float], one: Callable[[Forest, IntArray], None]) -> Spoil:
    """Spoil a share of the objects of some roles."""

    def spoil(forest: Forest) -> Planting:
        found = np.concatenate(
            [
                forest.take(role, int(share * len(forest.all(role))))
                for role, share in shares.items()
            ]
        )
        one(forest, found)
        return Planting(forest.identifier(found))

    return spoil


def unread(forest: Forest, place: int) -> None:
    """Make the rights on an object unreadable for whoever exports."""
    for kind in RIGHTS:
        forest.unrelate(kind, target=place)
    forest.set(place, ACES_COLLECTED=False)


def unseen(forest: Forest, place: int) -> None:
    """Make an object invisible for whoever exports."""
    for kind in (*RIGHTS, EdgeKind.CONTAINS):
        forest.unrelate(kind, target=place)
    for texts in forest.texts.values():
        texts.pop(place, None)
    forest.names[place] = ""
    forest.kind[place] = ObjectKind.OTHER
    forest.known[place] = 0
    forest.value[place] = 0


def promote(forest: Forest, accounts: IntArray) -> None:
    """Make administrators of members of the staff, as carefully as can be."""
    tier0 = forest.the("ou:tier0")
    protect(forest, accounts)
    forest.unrelate(EdgeKind.CONTAINS, target=accounts)
    forest.unrelate(EdgeKind.FORCE_CHANGE_PASSWORD, target=accounts)
    forest.unrelate(EdgeKind.HAS_SESSION, target=accounts)
    forest.relate(tier0, EdgeKind.CONTAINS, accounts)
    names = forest.texts[Text.DISTINGUISHED_NAME]
    for place in accounts.tolist():
        names[place] = f"{str(names[place]).partition(',')[0]},{names[tier0]}"
    for rid in (512, 525):
        forest.relate(accounts, EdgeKind.MEMBER_OF, forest.the(f"group:{rid}"))
