"""How easily is a machine taken by one that can reach it, and who would notice?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.ransomware.defences import DefenceKind, Shield
from hygie.engines.ransomware.parameters import Parameters

_TAKE = {
    Kind.WORKSTATION: "take_workstation",
    Kind.WORKSTATION_GROUP: "take_workstation",
    Kind.SERVER: "take_server",
    Kind.DEVICE: "take_device",
}
_AGENTS = frozenset({Kind.WORKSTATION, Kind.WORKSTATION_GROUP, Kind.SERVER})

# End of public support, for systems whose own date nobody wrote down (Microsoft's lifecycle pages).
_ENDS = (
    (re.compile(r"windows\s*(2000|xp|nt|98|95)|server\s*2000", re.I), date(2014, 4, 8)),
    (re.compile(r"server\s*2003", re.I), date(2015, 7, 14)),
    (re.compile(r"windows\s*vista", re.I), date(2017, 4, 11)),
    (re.compile(r"windows\s*7|server\s*2008", re.I), date(2020, 1, 14)),
    (re.compile(r"windows\s*8", re.I), date(2023, 1, 10)),
    (re.compile(r"server\s*2012", re.I), date(2023, 10, 10)),
    (re.compile(r"windows\s*10(?!.*(ltsc|ltsb|iot))", re.I), date(2025, 10, 14)),
)


@dataclass(frozen=True)
class Judge:
    """Tells of each machine how it stands, and counts what nobody wrote down.

    Attributes:
        values: of the parameters.
        shield: the defences tried.
        as_of: the day on which the map is looked at; None when it holds no date at all.
        doubts: what is unknown → of how many; nothing unknown ever helps the defender.
    """

    values: Parameters
    shield: Shield
    as_of: date | None
    doubts: Counter[str] = field(default_factory=Counter)

    def take(self, asset: AssetRecord) -> float:
        """Probability that a machine falls to one attempt from beside it.

        Attempts have a hazard that the state of the system multiplies (proportional hazards):
        the result stays within 0 … 1 and moves one way only. The agent then stops its share.
        """
        chance = self.values[_TAKE.get(asset.kind, "take_appliance")]
        hazard = 1.0
        if self._is_unsupported(asset):
            hazard = self.values["unsupported_factor"]
        elif self._is_patched(asset):
            hazard = self.values["patched_factor"]
        falls: float = 1.0 - (1.0 - chance) ** hazard
        return falls * self.past_agent(asset)

    def past_agent(self, asset: AssetRecord) -> float:
        """Share of attempts that the agent of a machine lets pass, 1 without any."""
        return 1.0 - self.values["edr_stops"] if self.has_agent(asset) else 1.0

    def has_agent(self, asset: AssetRecord) -> bool:
        """Tell whether an agent watches a machine, now or by the defence that is tried."""
        if asset.details.get("has_edr") is True:
            return True
        # Few medical devices and no appliance can bear one: the defence does not pretend so.
        return asset.kind in _AGENTS and self.shield.covers(DefenceKind.EDR, asset.key)

    def seen(self, machines: Iterable[AssetRecord]) -> float:
        """Probability that an intrusion is noticed before it shows itself.

        An attacker steps on some tens of machines before he launches, whatever the size of the
        house: what counts is on which share of them an agent looks, and whether anybody reads it.
        """
        agents = [self.has_agent(asset) for asset in machines]
        share = sum(agents) / len(agents) if agents else 0.0
        bare = self.values["sensor_bare"]
        is_watched = self.shield.has(DefenceKind.WATCH)
        best = self.values["sensor_watched" if is_watched else "sensor_edr"]
        return bare + (best - bare) * share

    def count(self, asset: AssetRecord) -> None:
        """Count what nobody wrote down of a machine."""
        if _day(asset.details.get("patched_on")) is None:
            self.doubts["patch_unknown"] += 1
        if asset.kind in _AGENTS and "has_edr" not in asset.details:
            self.doubts["edr_unknown"] += 1
        if not asset.zone:
            self.doubts["zone_unknown"] += 1

    def _is_unsupported(self, asset: AssetRecord) -> bool:
        if self.as_of is None:
            return False
        end = _day(asset.details.get("end_of_support"))
        if end is None:
            named = f"{asset.details.get('os', '')} {asset.details.get('os_version', '')}"
            end = next((day for pattern, day in _ENDS if pattern.search(named)), None)
        return end is not None and end < self.as_of

    def _is_patched(self, asset: AssetRecord) -> bool:
        day = _day(asset.details.get("patched_on"))
        if day is not None and self.as_of is not None:
            age = (self.as_of - day).days
            if age <= self.values["patched_within_days"]:
                return True
        # What only its maker may patch is not patched by a decision of the hospital.
        may = asset.details.get("may_patch") is True or asset.kind != Kind.DEVICE
        return may and self.shield.covers(DefenceKind.PATCHING, asset.key)


def newest_day(estate: EstateMap) -> date | None:
    """The last day on which somebody patched or restored something: what a map without date is of.

    Cost: O(assets).
    """
    return max(_days(estate), default=None)


def _days(estate: EstateMap) -> Iterator[date]:
    for asset in estate.assets:
        for name in ("patched_on", "restored_on"):
            if (day := _day(asset.details.get(name))) is not None:
                yield day


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
