"""Which defences can be tried, on which share of the places where they could stand?"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import Parameters


class DefenceKind(StrEnum):
    """What may be set up; values are stored."""

    SEGMENTATION = "segmentation"  # flows between zones and inside them are filtered
    ADMIN_MFA = "admin_mfa"  # a second factor for whoever administers
    TIERING = "tiering"  # secrets of the domain's administrators stay on their own machines
    LOCAL_SECRETS = "local_secrets"  # each machine has its own local administrator's secret
    EDR = "edr"
    PATCHING = "patching"  # within `patched_within_days`
    OFFLINE_BACKUP = "offline_backup"
    SUPPLIER_BASTION = "supplier_bastion"
    WATCH = "watch"  # somebody looks at alerts by day and by night
    FAST_CONTAINMENT = "fast_containment"


@dataclass(frozen=True, slots=True)
class Defence:
    """A defence, and on which share of what it applies to.

    Attributes:
        kind: what is set up.
        share: 0 … 1 of the zones, machines, backups or accesses; None = as far as it usually
            goes: `edr_coverage` for the agent, everywhere for the others.
    """

    kind: DefenceKind
    share: float | None = None


def defence_of(text: str) -> Defence:
    """Read a defence as people type it: "edr", or "edr:80" for 80 %.

    Raises:
        RansomwareError: there is no such defence, or the share is no percentage.
    """
    name, _, percent = text.partition(":")
    try:
        kind = DefenceKind(name.strip())
    except ValueError:
        known = ", ".join(DefenceKind)
        raise RansomwareError(f"no defence is named {name!r}: choose among {known}") from None
    if not percent:
        return Defence(kind)
    try:
        share = float(percent.strip().removesuffix("%")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise RansomwareError(f"{percent!r} is no percentage between 0 and 100")
    return Defence(kind, share)


@dataclass(frozen=True, slots=True)
class Shield:
    """The defences that are tried together: share covered by each."""

    shares: Mapping[DefenceKind, float]

    def has(self, kind: DefenceKind) -> bool:
        """Tell whether a defence that has no places is set up."""
        return self.shares.get(kind, 0) > 0

    def covers(self, kind: DefenceKind, key: str) -> bool:
        """Tell whether a defence stands at one place.

        Places are taken in an order of their own, always the same: with a larger share, whoever
        was covered still is, so that more of a defence is never worse by chance.
        """
        share = self.shares.get(kind, 0.0)
        if share <= 0 or share >= 1:
            return share >= 1
        return zlib.crc32(f"{kind.value}\0{key}".encode()) < share * 2**32


def shield(defences: Iterable[Defence], values: Parameters) -> Shield:
    """Put defences together; of two of one kind the larger share holds.

    Raises:
        RansomwareError: a share is not within 0 … 1.
    """
    shares: dict[DefenceKind, float] = {}
    for defence in defences:
        usual = values["edr_coverage"] if defence.kind == DefenceKind.EDR else 1.0
        share = usual if defence.share is None else defence.share
        if not 0 <= share <= 1:
            raise RansomwareError(f"{defence.kind.value} covers {share:g}: 0 to 1 are possible")
        shares[defence.kind] = max(share, shares.get(defence.kind, 0.0))
    return Shield(shares)
