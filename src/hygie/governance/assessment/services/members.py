"""Which figure has a group that holds none itself? Its members', rolled up."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hygie.engines.scoring.rollup import NEVER, Reading, RollUp, roll_up
from hygie.governance.assessment.selectors.around import Territory
from hygie.programme.choices import Direction, Unit
from hygie.programme.models import Indicator
from hygie.progress.selectors.facts import latest_values
from hygie.territory.organisations.models import Organisation

_Key = tuple[int, int]  # organisation, indicator
_FULL_SHARE = 100.0


@dataclass(frozen=True, slots=True)
class MemberValues:
    """Latest figures of some organisations and, by roll-up, of the groups they make."""

    tree: Territory
    current: Mapping[_Key, Reading]
    _known: dict[_Key, Reading] = field(default_factory=dict)

    @classmethod
    def read(cls, tree: Territory, on: dt.date) -> "MemberValues":
        """Read the latest figure, as of that day, of every organisation of this tree; one query."""
        current = {
            (organisation_id, indicator_id): Reading(value, known_as, effective_on, expires_on)
            for organisation_id, indicator_id, value, known_as, effective_on, expires_on in (
                latest_values(list(tree.organisations), on)
            )
        }
        return cls(tree, current)

    def own(self, organisation_id: int, indicator_id: int) -> Reading:
        """The organisation's own figure."""
        return self.current.get((organisation_id, indicator_id), NEVER)

    def reading(self, organisation: Organisation, indicator: Indicator) -> Reading:
        """Own figure when there is one, else its only site's, else its members' rolled up.

        A yes-or-no indicator is yes for a group when it is for every member.
        """
        key = (organisation.pk, indicator.pk)
        own = self.current.get(key)
        if own is not None:
            return own
        if key not in self._known:
            self._known[key] = self._from_members(organisation, indicator)
        return self._known[key]

    def _from_members(self, organisation: Organisation, indicator: Indicator) -> Reading:
        only = self.tree.only_site_of(organisation)
        if only is not None:
            return self.own(only, indicator.pk)
        method = RollUp(indicator.rollup)
        members = self.tree.members_of(organisation)
        if method is RollUp.NONE or not members:
            return NEVER
        readings = [self.reading(self.tree.organisations[pk], indicator) for pk in members]
        if not any(reading.is_recorded for reading in readings):
            return NEVER
        found = roll_up(
            method,
            readings,
            self._weights(members, method),
            lower_is_better=indicator.direction == Direction.LOWER,
        )
        is_share = method is RollUp.SHARE and indicator.unit == Unit.BOOLEAN
        if not is_share or found.value is None:
            return found
        return replace(found, value=float(found.value >= _FULL_SHARE))

    def _weights(self, members: list[int], method: RollUp) -> list[float | None]:
        if method is RollUp.HEADCOUNT_MEAN:
            return [self.tree.headcounts.get(pk) for pk in members]
        year = self.tree.common_year(members)
        weights = [self.tree.weight(pk, year) for pk in members]
        return [None if weight is None else float(weight) for weight in weights]
