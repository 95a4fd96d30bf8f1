"""Is this the same thing as one already on the map?

From the surest to the weakest: its code; a serial number or UUID; a MAC address; a host name with a
kind; a name with a kind. An address alone is that of a machine for a while: it names only what
keeps its address, and only when nothing else is told. What would be recognised but is contradicted
(same name, other serial number), or resembles several, is held apart and asked about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from hygie.engines.estate.spelling import loose_key, name_key, short_host, swapped_uuid
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind as Id

MACHINES = frozenset({
    Kind.SERVER, Kind.WORKSTATION, Kind.DEVICE, Kind.NETWORK, Kind.CLUSTER, Kind.STORE, Kind.BACKUP,
})  # fmt: skip
# Kinds whose address is given once and for all; that of a workstation is lent to it.
STILL = MACHINES - {Kind.WORKSTATION}
_STRONG = (Id.SERIAL, Id.UUID)
_SURE = (*_STRONG, Id.MAC)
_MOST_ALIKE = 5
_NONE: frozenset[str] = frozenset()

Trait: TypeAlias = tuple[str, str]
"""What is compared, and the value or values of it."""


class By(StrEnum):
    """What made an asset known."""

    NOTHING = ""
    ITSELF = "itself"
    CODE = "code"
    SERIAL = "serial"
    UUID = "uuid"
    MAC = "mac"
    HOSTNAME = "hostname"
    NAME = "name"
    ADDRESS = "address"


_WEIGHTS = {
    By.SERIAL: 60, By.UUID: 60, By.MAC: 50, By.HOSTNAME: 40, By.NAME: 35, By.ADDRESS: 15,
}  # fmt: skip
_SIMILAR, _SAME_KIND, _DOUBT = 25, 5, 10


@dataclass(frozen=True, slots=True)
class Card:
    """What an asset is recognised by.

    Attributes:
        kind: what it is.
        name: as people say it.
        code: unique within its map; "" = none.
        identifiers: canonical (kind, value) pairs.
        is_kind_guessed: the kind was drawn from clues.
        is_code_given: the code is ours, the establishment has not said any: it tells nothing.
    """

    kind: Kind
    name: str
    code: str = ""
    identifiers: frozenset[tuple[Id, str]] = frozenset()
    is_kind_guessed: bool = False
    is_code_given: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """A known asset that something resembles.

    Attributes:
        known: its position. score: 0 … 100, how likely they are one.
        reasons: what they share. doubts: what sets them against each other, "a ≠ b".
    """

    known: int
    score: int
    reasons: tuple[Trait, ...]
    doubts: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What something is: a known asset, or a new one that may resemble some.

    Attributes:
        known: position of the known asset; None = new.
        by: what made it known.
        alike: what it resembles when it is new, the likeliest first.
        is_unclear: it is one of `alike`, and tells nothing that would say which: making one more
            of it would only add to the confusion.
    """

    known: int | None
    by: By = By.NOTHING
    alike: tuple[Alike, ...] = ()
    is_unclear: bool = False


class _Known:
    """An asset with every way in which it may be found."""

    __slots__ = ("card", "hosts", "loose", "names", "values")

    def __init__(self, card: Card) -> None:
        self.card = card
        self.names = {name_key(card.name)} - {""}
        self.loose = {loose_key(card.name)} - {""}
        self.hosts = _hosts(card)
        self.values: dict[Id, set[str]] = {}
        for kind, value in card.identifiers:
            self.values.setdefault(kind, set()).add(value)

    def take(self, other: "_Known") -> None:
        """It is also known as this."""
        self.names |= other.names
        self.loose |= other.loose
        self.hosts |= other.hosts
        for kind, values in other.values.items():
            self.values.setdefault(kind, set()).update(values)

    def shared(self, kind: Id, other: "_Known") -> set[str]:
        """Identifiers of one kind that both have."""
        ours, theirs = self.values.get(kind, _NONE), other.values.get(kind, _NONE)
        if kind is Id.UUID and ours and theirs:
            return {value for value in ours if value in theirs or swapped_uuid(value) in theirs}
        return set(ours & theirs)

    def differs(self, kind: Id, other: "_Known") -> bool:
        """Whether both have some identifiers of this kind, and none in common."""
        both = self.values.get(kind) and other.values.get(kind)
        return bool(both) and not self.shared(kind, other)

    def hosts_shared(self, other: "_Known") -> set[str]:
        """Names that both bear: the same, or one without domain and the other with."""
        shared = self.hosts & other.hosts
        for one in self.hosts:
            for theirs in other.hosts:
                is_bare = "." not in one or "." not in theirs
                if is_bare and short_host(one) == short_host(theirs):
                    shared.add(max(one, theirs, key=len))
        return shared

    def told(self) -> set[tuple[Id, str]]:
        """All that identifies it but its addresses, which come and go."""
        return {
            (kind, value)
            for kind, values in self.values.items()
            if kind is not Id.ADDRESS
            for value in values
        }

    def weak_traits(self) -> list[Trait]:
        """By which it may be found, and taken for another."""
        return [
            *((By.NAME, key) for key in self.names),
            *(("loose", key) for key in self.loose),
            *((By.HOSTNAME, short_host(host)) for host in self.hosts),
            *((By.ADDRESS, value) for value in self.values.get(Id.ADDRESS, _NONE)),
        ]

    def sure_traits(self) -> list[Trait]:
        """By which it is found whatever else is told."""
        found: list[Trait] = [(kind, one) for kind in _SURE for one in self.values.get(kind, _NONE)]
        uuids = self.values.get(Id.UUID, _NONE)
        return [*found, *((By.UUID, swapped_uuid(value)) for value in uuids)]


class Recogniser:
    """Known assets, found by any of their traits; grows as a file tells of new ones.

    Cost: O(1) a question, whatever the number of assets, as long as few share a trait.
    """

    def __init__(self, cards: Iterable[Card] = ()) -> None:
        self._known: list[_Known] = []
        self._codes: dict[str, int] = {}
        self._sure: dict[Trait, list[int]] = {}
        self._weak: dict[Trait, list[int]] = {}
        # Without those whose establishment gave a code: all that a card with a code may be.
        self._weak_without_code: dict[Trait, list[int]] = {}
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> int:
        """Know one more asset; gives its position."""
        place = len(self._known)
        self._known.append(_Known(card))
        self._index(place, self._known[place])
        if card.code:
            self._codes.setdefault(card.code, place)
        return place

    def also(self, place: int, card: Card) -> None:
        """A known asset is also called, or identified, like this: each of it leads there."""
        other = _Known(card)
        self._known[place].take(other)
        self._index(place, other)
        if card.code:
            self._codes.setdefault(card.code, place)

    def by_code(self, code: str) -> int | None:
        """The asset of this code."""
        return self._codes.get(code)

    def named(self, text: str, kinds: Sequence[Kind] = ()) -> list[int]:
        """Assets of this name, host name included, of some kinds (of any when none is given)."""
        found = dict.fromkeys(self._weak.get((By.NAME, name_key(text)), ()))
        found |= dict.fromkeys(self._weak.get((By.HOSTNAME, short_host(text)), ()))
        return [place for place in found if not kinds or self._known[place].card.kind in kinds]

    def recognise(self, card: Card) -> Decision:
        """Say what this is.

        Args:
            card: as told by a file; without code when the file gives none.

        Returns:
            The decision. Asked again once what it told has been added, it gives a known asset.
        """
        if card.code and card.code in self._codes:
            return Decision(self._codes[card.code], By.CODE)
        seen = _Known(card)
        candidates = self._candidates(seen)
        if (itself := self._itself(seen, candidates)) is not None:
            return Decision(itself, By.ITSELF)
        for by in (By.SERIAL, By.UUID, By.MAC, By.HOSTNAME, By.NAME, By.ADDRESS):
            matching = [at for at in candidates if _agrees(by, seen, self._known[at])]
            sure = [at for at in matching if not _contradicts(by, seen, self._known[at])]
            # A guess of the kind settles nothing but a tie.
            alone = self._of_kind(card.kind, sure) or sure
            whole = [at for at in alone if seen.told() <= self._known[at].told()]
            if len(alone) == 1 or len(whole) == 1:
                return Decision((whole or alone)[0], by)
            if alone and len(whole) == len(alone) and self._are_named(seen, alone):
                return Decision(None, by, self._alike(seen, alone), is_unclear=True)
            if matching:
                break
        alike = self._alike(seen, candidates)
        return Decision(None, By.NOTHING, alike, bool(alike) and _is_only_an_address(seen))

    def _index(self, place: int, known: _Known) -> None:
        tables = [self._weak]
        if not known.card.code or known.card.is_code_given:
            tables.append(self._weak_without_code)
        rows = [(self._sure, trait) for trait in known.sure_traits()]
        rows += [(table, trait) for table in tables for trait in known.weak_traits()]
        for table, trait in rows:
            places = table.setdefault(trait, [])
            if place not in places[-1:]:
                places.append(place)

    def _candidates(self, seen: _Known) -> list[int]:
        """Assets that share something with the card and could be of its kind."""
        has_code = seen.card.code and not seen.card.is_code_given
        weak = self._weak_without_code if has_code else self._weak
        found: dict[int, None] = {}
        for table, traits in ((self._sure, seen.sure_traits()), (weak, seen.weak_traits())):
            for trait in traits:
                found |= dict.fromkeys(table.get(trait, ()))
        return [at for at in found if _may_be(seen.card, self._known[at].card)]

    def _are_named(self, seen: _Known, places: Sequence[int]) -> bool:
        return all(seen.names <= self._known[at].names for at in places)

    def _of_kind(self, kind: Kind, places: Sequence[int]) -> list[int]:
        return [at for at in places if self._known[at].card.kind == kind]

    def _itself(self, seen: _Known, candidates: Sequence[int]) -> int | None:
        """The asset that bears all that the card tells: what an earlier reading of it left."""
        told = seen.told()
        for place in candidates:
            known = self._known[place]
            is_same = seen.card.kind == known.card.kind and seen.names <= known.names
            if is_same and not _codes_differ(seen.card, known.card):
                theirs = known.told()
                if told <= theirs if told else not theirs:
                    return place
        return None

    def _alike(self, seen: _Known, candidates: Sequence[int]) -> tuple[Alike, ...]:
        compared = (_compared(seen, place, self._known[place]) for place in candidates)
        found = [one for one in compared if one is not None]
        return tuple(sorted(found, key=lambda one: (-one.score, one.known))[:_MOST_ALIKE])


def _agrees(by: By, seen: _Known, known: _Known) -> bool:
    if by is By.NAME:
        return bool(seen.names & known.names) and _same_kind(seen.card, known.card)
    if by is By.HOSTNAME:
        return bool(seen.hosts_shared(known)) and _same_kind(seen.card, known.card)
    if by is By.ADDRESS and (known.card.kind not in STILL or not _is_only_an_address(seen)):
        return False
    return bool(seen.shared(Id(by.value), known))


def _contradicts(by: By, seen: _Known, known: _Known) -> bool:
    """Whether something surer than what they share sets them apart."""
    is_weak = by in {By.HOSTNAME, By.NAME, By.ADDRESS}
    if is_weak and _codes_differ(seen.card, known.card):
        return True
    if any(seen.differs(kind, known) for kind in _STRONG if kind.value != by):
        return True
    # The same name at the same address: its network card was replaced.
    is_in_place = bool(seen.shared(Id.ADDRESS, known))
    return is_weak and seen.differs(Id.MAC, known) and not is_in_place


def _compared(seen: _Known, place: int, known: _Known) -> Alike | None:
    """What speaks for and against their being one; None when nothing worth a question does."""
    # Two things of one name with two codes are two things: the establishment says so itself.
    is_sure = any(seen.shared(kind, known) for kind in _SURE)
    if not is_sure and _codes_differ(seen.card, known.card):
        return None
    reasons, score = _reasons(seen, known)
    is_address_only = all(by == By.ADDRESS for by, _value in reasons)
    if is_address_only and not (reasons and _is_only_an_address(seen)):
        return None
    doubts = _doubts(seen, known)
    score += (_SAME_KIND if seen.card.kind == known.card.kind else 0) - _DOUBT * len(doubts)
    return Alike(place, max(1, min(score, 100)), tuple(reasons), doubts)


def _reasons(seen: _Known, known: _Known) -> tuple[list[Trait], int]:
    reasons: list[Trait] = []
    score = 0
    for by in (By.SERIAL, By.UUID, By.MAC, By.ADDRESS):
        if values := seen.shared(Id(by.value), known):
            reasons.append((by.value, ", ".join(sorted(values))))
            score += _WEIGHTS[by]
    if hosts := seen.hosts_shared(known):
        reasons.append((By.HOSTNAME.value, ", ".join(sorted(hosts))))
        score += _WEIGHTS[By.HOSTNAME]
    if seen.names & known.names:
        reasons.append((By.NAME.value, seen.card.name))
        score += _WEIGHTS[By.NAME]
    elif seen.loose & known.loose:
        reasons.append((By.NAME.value, f"{seen.card.name} ~ {known.card.name}"))
        score += _SIMILAR
    return reasons, score


def _doubts(seen: _Known, known: _Known) -> tuple[Trait, ...]:
    card, other = seen.card, known.card
    found: list[Trait] = []
    if card.kind != other.kind and not card.is_kind_guessed:
        found.append(("kind", f"{card.kind.value} ≠ {other.kind.value}"))
    if _codes_differ(card, other):
        found.append(("code", f"{card.code} ≠ {other.code}"))
    for kind in _SURE:
        if seen.differs(kind, known):
            sides = (", ".join(sorted(one.values[kind])) for one in (seen, known))
            found.append((kind.value, " ≠ ".join(sides)))
    if not (seen.loose & known.loose or seen.hosts_shared(known)):
        found.append(("name", f"{card.name} ≠ {other.name}"))
    return tuple(found)


def _hosts(card: Card) -> set[str]:
    """Host names; the name of a machine is one, when it is a single word."""
    found = {value for kind, value in card.identifiers if kind is Id.HOSTNAME}
    name = card.name.strip().lower()
    if card.kind in MACHINES and name and " " not in name:
        found.add(name)
    return found


def _codes_differ(card: Card, known: Card) -> bool:
    """Whether the establishment itself calls them differently."""
    if not card.code or not known.code or card.is_code_given or known.is_code_given:
        return False
    return card.code != known.code


def _may_be(card: Card, known: Card) -> bool:
    return card.kind == known.kind or (card.kind in MACHINES and known.kind in MACHINES)


def _same_kind(card: Card, known: Card) -> bool:
    return card.kind == known.kind or (card.is_kind_guessed and known.kind in MACHINES)


def _is_only_an_address(seen: _Known) -> bool:
    """Whether a scan tells nothing but an address, which it then also gives as a name."""
    addresses = seen.values.get(Id.ADDRESS, _NONE)
    name = seen.card.name
    return bool(addresses) and len(seen.values) == 1 and (not name or name in addresses)
