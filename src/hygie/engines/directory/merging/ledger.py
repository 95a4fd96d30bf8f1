"""Where is what exports disagree on written down, without growing for ever?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hygie.engines.directory.verdicts import Contradiction

KEPT = 500
"""Contradictions that are listed; the others are counted."""


@dataclass(slots=True)
class Ledger:
    """Contradictions found so far: the first `KEPT`, and how many."""

    contradictions: list[Contradiction] = field(default_factory=list)
    count: int = 0

    def note(self, found: Iterable[Contradiction], count: int) -> None:
        """Write down some of them; `found` is read only as far as there is room.

        Args:
            found: the contradictions, lazily. count: how many there are.
        """
        self.count += count
        for contradiction in found:
            if len(self.contradictions) >= KEPT:
                return
            self.contradictions.append(contradiction)
