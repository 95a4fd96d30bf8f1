"""How is an asset called when nobody gave it a code?"""

from collections import defaultdict
from collections.abc import Iterable

from hygie.engines.estate.vocabulary import AssetKind as Kind

_PREFIXES: dict[str, str] = {
    Kind.CARE: "ACT", Kind.APPLICATION: "APP", Kind.INTERFACE: "INT", Kind.IDENTITY: "IDE",
    Kind.SERVER: "SRV", Kind.CLUSTER: "GRA", Kind.STORE: "STO", Kind.BACKUP: "SAV",
    Kind.WORKSTATION_GROUP: "GPO", Kind.WORKSTATION: "PST", Kind.DEVICE: "DM",
    Kind.NETWORK: "RES", Kind.ZONE: "ZON", Kind.LINE: "LIA", Kind.ACCESS: "ACC",
    Kind.SUPPLIER: "FOU", Kind.SITE: "SIT",
}  # fmt: skip

_FINESS_LENGTH = 9


def names_elsewhere(code: str) -> bool:
    """Whether a code reads as that of an asset of another establishment: "590000001/APP-0001"."""
    place, slash, _rest = code.partition("/")
    return bool(slash) and len(place) == _FINESS_LENGTH and place.isalnum()


class Codes:
    """Codes of one establishment: those taken, and the next of each kind."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = defaultdict(int)
        for code in self._taken:
            prefix, _dash, number = code.partition("-")
            # Not `isdigit`, which also accepts "²".
            if number.isdecimal() and len(number) < 10:
                self._last[prefix] = max(self._last[prefix], int(number))

    def __contains__(self, code: str) -> bool:
        return code in self._taken

    def take(self, code: str) -> None:
        """This code is given."""
        self._taken.add(code)

    def next(self, kind: str) -> str:
        """A code that no asset has, and that none will be given again: "APP-0124"."""
        prefix = _PREFIXES[kind]
        while True:
            self._last[prefix] += 1
            code = f"{prefix}-{self._last[prefix]:04d}"
            if code not in self._taken:
                self._taken.add(code)
                return code
