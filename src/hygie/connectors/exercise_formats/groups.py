"""Which cells and objectives does a timeline speak of, declared or not?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hygie.connectors.exercise_formats.listed import names_of
from hygie.connectors.exercise_formats.types import LONGEST
from hygie.connectors.exercise_formats.words import EVERYONE, NOBODY, is_staff, kind_of_cell
from hygie.connectors.tables.titles import normalised
from hygie.engines.exercise.types import CellRecord, ObjectiveRecord

_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_BULLET = re.compile(r"^[-–—•*·▪]+\s*")
_JOINED = re.compile(r"\s+(?:et|and)\s+|\s*[&+]\s*")
_EXCEPT = re.compile(r"(.+?)\s*,?\s+(?:sauf|hormis|hors|excepté|except|but)\s+(.+)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(([^()]*)\)$")


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who a row is for.

    Attributes:
        cells: keys; empty = all of them.
        staff: names of those who run the exercise.
        is_for_staff: nobody else receives it.
    """

    cells: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    is_for_staff: bool = False


@dataclass(slots=True)
class Groups:
    """Cells and objectives, those that a file declares and those that its rows bring.

    Attributes:
        mentioned: names that stand somewhere by themselves, normalised → as written.
        created: names of the cells that nothing declares, with how many rows name each.
        created_objectives: titles of the objectives that nothing declares.
    """

    cells: list[CellRecord] = field(default_factory=list)
    objectives: list[ObjectiveRecord] = field(default_factory=list)
    mentioned: Mapping[str, str] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    created_objectives: list[str] = field(default_factory=list)
    _by_name: dict[str, str] = field(default_factory=dict)
    _objective_by_name: dict[str, str] = field(default_factory=dict)

    def declare(self, cells: Iterable[CellRecord], objectives: Iterable[ObjectiveRecord]) -> None:
        """Take what the file declares; keys stand over names."""
        self.cells.extend(cells)
        self.objectives.extend(objectives)
        for cell in self.cells:
            self._by_name.setdefault(normalised(cell.name) or cell.name, cell.key)
        for cell in self.cells:
            self._by_name[normalised(cell.key) or cell.key] = cell.key
        for objective in self.objectives:
            self._objective_by_name.setdefault(_title_key(objective.title), objective.key)
        for objective in self.objectives:
            self._objective_by_name[_title_key(objective.key)] = objective.key

    def is_cell(self, name: str) -> bool:
        """Whether this is the name or the key of a cell."""
        return (normalised(name) or name) in self._by_name

    def is_whole(self, text: str) -> bool:
        """Whether this text, to the letter, is one cell, commas and slashes included."""
        said = text.strip().casefold()
        return any(said in {cell.name.casefold(), cell.key.casefold()} for cell in self.cells)

    def recipients(self, names: Iterable[str]) -> Recipients:
        """Who these names are; a name that nothing declares becomes a cell.

        Args:
            names: as written, not empty.

        Returns:
            Keys of cells; with everyone among the names, all of them.
        """
        cells: list[str] = []
        staff: list[str] = []
        everyone = False
        for name in self._separate(self._without_excepted(list(names))):
            if self.is_cell(name):
                cells.append(self._cell(name))
            elif normalised(name) in EVERYONE:
                everyone = True
            elif is_staff(name):
                staff.append(name)
            else:
                cells.append(self._cell(name))
        for_staff = bool(staff) and not cells and not everyone
        unique = tuple(dict.fromkeys(cells))
        return Recipients(() if everyone else unique, tuple(staff), for_staff)

    def _without_excepted(self, names: list[str]) -> list[str]:
        """The names; of "all but A, B" every other cell, when A and B are known."""
        found = _EXCEPT.fullmatch(names[0]) if names else None
        if not found or normalised(found[1]) not in EVERYONE:
            return names
        left_out = [one for name in (found[2], *names[1:]) for one in _JOINED.split(name) if one]
        if not all(map(self._is_mentioned, left_out)):
            return names
        absent = {normalised(one) for one in left_out}
        declared = {normalised(cell.name): cell.name for cell in self.cells}
        return [
            name
            for said, name in {**declared, **self.mentioned}.items()
            if said not in absent | EVERYONE | NOBODY
            and not is_staff(name)
            and not _EXCEPT.fullmatch(name)
        ]

    def _separate(self, names: Iterable[str]) -> Iterator[str]:
        """Names without bullets; those joined by a word are parted when each stands elsewhere."""
        for written in names:
            name = _BULLET.sub("", written)
            if normalised(name) in NOBODY:
                continue
            parts = [one for one in _JOINED.split(name) if one]
            aside = _ASIDE.search(name)
            head = name[: aside.start()] if aside else ""
            if self.is_cell(name):
                yield name
            elif len(parts) > 1 and all(map(self._is_mentioned, parts)):
                yield from parts
            elif aside and normalised(head) in EVERYONE:
                inside = [one.strip() for one in re.split(r"[,;/]", aside[1]) if one.strip()]
                yield from inside if inside and all(map(self._is_mentioned, inside)) else [head]
            else:
                yield name

    def _is_mentioned(self, name: str) -> bool:
        return self.is_cell(name) or normalised(name) in self.mentioned

    def objective(self, name: str) -> str:
        """The key of an objective; a title that nothing declares becomes one."""
        known = self._objective_by_name.get(_title_key(name))
        if known is not None:
            return known
        taken = {objective.key for objective in self.objectives}
        key = free_key(name, taken, LONGEST["objective_key"], "objective")
        self.objectives.append(ObjectiveRecord(key, name[: LONGEST["objective_title"]]))
        self.created_objectives.append(name)
        self._objective_by_name[_title_key(name)] = key
        return key

    def _cell(self, name: str) -> str:
        said = normalised(name) or name
        if said in self._by_name:
            key = self._by_name[said]
            shown = next((cell.name for cell in self.cells if cell.key == key), name)
            if shown in self.created:
                self.created[shown] += 1
            return key
        taken = {cell.key for cell in self.cells}
        key = free_key(name, taken, LONGEST["cell_key"], "cell")
        shown = name[: LONGEST["cell_name"]]
        self.cells.append(CellRecord(key, kind_of_cell(name), shown))
        self.created[shown] = 1
        self._by_name[said] = key
        return key


def mentioned_in(texts: Iterable[str]) -> dict[str, str]:
    """Names that stand by themselves somewhere in a column of recipients.

    Args:
        texts: of its cells.

    Returns:
        Each name, normalised → as first written; those joined by a word are left out.
    """
    found: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        for written in names_of(text):
            name = _BULLET.sub("", written)
            if not _JOINED.search(name) and not _ASIDE.search(name):
                found.setdefault(normalised(name), name)
    return found


def free_key(name: str, taken: Iterable[str], longest: int, otherwise: str) -> str:
    """A key made of a name, that nothing has yet.

    Args:
        name: any text.
        taken: keys in use.
        longest: characters.
        otherwise: what to start from when the name has no letter and no digit.

    Returns:
        Small letters, digits and hyphens.
    """
    used = taken if isinstance(taken, set | frozenset) else set(taken)
    base = _NOT_IN_KEY.sub("-", normalised(name)).strip("-")[:longest].strip("-") or otherwise
    if base not in used:
        return base
    number = 2
    while f"{base[: longest - 5]}-{number}" in used:
        number += 1
    return f"{base[: longest - 5]}-{number}"


def _title_key(text: str) -> str:
    return normalised(text) or text
