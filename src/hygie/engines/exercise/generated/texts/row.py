"""How is a short row of one cell written?"""

from hygie.engines.exercise.generated.words import EVERY_LEVEL, Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel, Level


def row(
    key: str, cell: Cell, channel: Channel, objective: str, title: Words, sender: Words,
    body: Words, expected: Words, levels: frozenset[Level] = EVERY_LEVEL,
) -> Draft:  # fmt: skip
    """A row worth one point."""
    return Draft(
        key, (cell,), channel, objective, title, sender, body, expected, levels=levels, score=1
    )
