"""Which value has each parameter here, and which values are refused?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameter_types import Parameter
from hygie.engines.ransomware.published import PARAMETERS

BY_KEY: Mapping[str, Parameter] = {parameter.key: parameter for parameter in PARAMETERS}

# (what must be less, what must be more): a law is told by its median and its ninth decile.
_ORDERED = (
    ("lateral_median_h", "lateral_p90_h"),
    ("escalation_median_h", "escalation_p90_h"),
    ("launch_median_h", "launch_p90_h"),
    ("rollout_median_h", "rollout_p90_h"),
    ("noise_median_h", "noise_p90_h"),
)
# What is better protected comes back no later, and who looks sees no less.
_NOT_AFTER = (
    ("return_reinstalled_h", "return_offline_h"),
    ("return_offline_h", "return_backup_h"),
    ("return_backup_h", "return_rebuilt_h"),
    ("sensor_bare", "sensor_edr"),
    ("sensor_edr", "sensor_watched"),
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values of all parameters; `changed` names those that are not the default."""

    values: Mapping[str, float]
    changed: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> float:
        return self.values[key]


def parameters(changes: Mapping[str, float] | None = None) -> Parameters:
    """Take the published values, with some changed.

    Args:
        changes: key → value, in the unit of the parameter.

    Returns:
        Every parameter with its value.

    Raises:
        RansomwareError: a key that is none, a value out of bounds, a ninth decile that is not
            beyond its median, or a return sooner with less to return from; all faults of one sort
            are told at once.
    """
    given = dict(changes or {})
    faults = [fault for key, value in given.items() for fault in _faults(key, value)]
    values = {parameter.key: float(parameter.default) for parameter in PARAMETERS}
    if not faults:
        values |= {key: float(value) for key, value in given.items()}
        faults = [
            f"{more} ({values[more]:g}) must be more than {less} ({values[less]:g})"
            for less, more in _ORDERED
            if not values[less] < values[more]
        ]
        faults += [
            f"{more} ({values[more]:g}) must not be less than {less} ({values[less]:g})"
            for less, more in _NOT_AFTER
            if values[less] > values[more]
        ]
    if faults:
        raise RansomwareError("; ".join(faults))
    changed = {key for key in given if values[key] != BY_KEY[key].default}
    return Parameters(values, frozenset(changed))


def _faults(key: str, value: float) -> list[str]:
    found = BY_KEY.get(key)
    if found is None:
        return [f"no parameter is named {key!r}"]
    if not math.isfinite(value) or not found.low <= value <= found.high:
        return [f"{key} is {value:g}: {found.low:g} to {found.high:g} are possible"]
    return []
