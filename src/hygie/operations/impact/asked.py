"""What is asked of a rehearsal: where the attack comes in, how often, who watches, against what?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from hygie.engines.ransomware.defences import Defence, DefenceKind, defence_of
from hygie.engines.ransomware.entries import EntryKind
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import BY_KEY
from hygie.operations.impact.errors import SettingRefused

LEAST_RUNS, MOST_RUNS = 100, 50_000
LEAST_DAYS, MOST_DAYS = 1.0, 340.0
MOST_SEED = 2**31 - 1
TOGETHER = "together"
"""Name of the variant that sets up every defence compared at once."""

# The whole attack takes what these say; a rehearsal may try other hours than the place's own.
HOURS = ("notice_h", "contain_h")


@dataclass(frozen=True, slots=True)
class Asked:
    """The settings of a rehearsal.

    Attributes:
        entry: by which door, `EntryKind`. entry_id: asset that names it, None when none does.
        runs: how many attacks. horizon_days: how long each is followed.
        is_watched: False when nobody ever notices anything.
        notice_h, contain_h: hours to try instead of the place's own; None = those.
        seed: of the draws: the same seed meets the same chance.
        defences: to compare, as "edr" or "edr:80"; each alone, then all together.
    """

    entry: str = EntryKind.ANY.value
    entry_id: int | None = None
    runs: int = 2000
    horizon_days: float = 60.0
    is_watched: bool = True
    notice_h: float | None = None
    contain_h: float | None = None
    seed: int = 1
    defences: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """What is kept of it: runs and seed have columns of their own."""
        data = asdict(self)
        data["defences"] = list(self.defences)
        del data["runs"], data["seed"]
        return data

    @property
    def overrides(self) -> dict[str, float]:
        """Parameters that this rehearsal tries in place of the place's own."""
        tried = {"notice_h": self.notice_h, "contain_h": self.contain_h}
        return {key: value for key, value in tried.items() if value is not None}

    def variants(self) -> dict[str, Sequence[Defence]]:
        """Name of each variant → its defences; all together only when there are several."""
        alone = {text: (defence_of(text),) for text in self.defences}
        if len(alone) < 2:
            return {**alone}
        every = tuple(one for defences in alone.values() for one in defences)
        return {**alone, TOGETHER: every}


def asked_of(data: Mapping[str, Any], *, runs: int, seed: int) -> Asked:
    """The settings that were kept."""
    known = {name: value for name, value in data.items() if name in Asked.__dataclass_fields__}
    return Asked(**{**known, "defences": tuple(data.get("defences", ())), "runs": runs,
                    "seed": seed})  # fmt: skip


def asked_check(asked: Asked) -> Asked:
    """Refuse settings that make no sense.

    Raises:
        SettingRefused: the first that does not fit.
    """
    _within(_("Nombre d'attaques"), asked.runs, LEAST_RUNS, MOST_RUNS)
    _within(_("Jours suivis"), asked.horizon_days, LEAST_DAYS, MOST_DAYS)
    _within(_("Graine"), asked.seed, 0, MOST_SEED)
    for key, value in asked.overrides.items():
        _within(key, value, BY_KEY[key].low, BY_KEY[key].high)
    if asked.entry not in set(EntryKind):
        raise SettingRefused(name=_("Entrée"), value=asked.entry, low=EntryKind.ANY.value,
                             high=EntryKind.ASSET.value)  # fmt: skip
    for text in asked.defences:
        _defence_check(text)
    return asked


def _defence_check(text: str) -> None:
    try:
        defence_of(text)
    except RansomwareError:
        kinds = ", ".join(DefenceKind)
        raise SettingRefused(name=_("Défense"), value=text, low=kinds, high="100 %") from None


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise SettingRefused(name=name, value=f"{value:g}", low=f"{low:g}", high=f"{high:g}")
