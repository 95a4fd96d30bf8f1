"""How do yes, no and not known combine, a column at a time?"""

from dataclasses import dataclass

from hygie.engines.directory.facts import BoolArray


@dataclass(frozen=True, slots=True)
class Tri:
    """A three-valued column: `yes` (n,), `no` (n,), never both; neither = not known.

    Kleene's logic: a known no decides an `and`, a known yes decides an `or`.
    """

    yes: BoolArray
    no: BoolArray

    @property
    def maybe(self) -> BoolArray:
        """Where it is not known, (n,)."""
        unknown: BoolArray = ~(self.yes | self.no)
        return unknown

    @property
    def possible(self) -> BoolArray:
        """Where it is not known to be no, (n,)."""
        possible: BoolArray = ~self.no
        return possible

    def __and__(self, other: "Tri") -> "Tri":
        return Tri(self.yes & other.yes, self.no | other.no)

    def __or__(self, other: "Tri") -> "Tri":
        return Tri(self.yes | other.yes, self.no & other.no)

    def __invert__(self) -> "Tri":
        return Tri(self.no, self.yes)


def certain(mask: BoolArray) -> Tri:
    """The column of a mask (n,) that is known everywhere."""
    return Tri(mask, ~mask)
