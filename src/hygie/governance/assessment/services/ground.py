"""On which facts is each organisation judged: its own, its only site's, its members', its group's?

- Own measurements and proofs come first.
- What is known of the only open site of an entity is known of the entity.
- A group or entity without a figure of its own has its members', rolled up as the indicator says.
- What a group holds as a whole (a security policy, a shared backup system) also answers for each
  of its members, for the requirements that the candidate holds as a whole.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from hygie.engines.assessment.types import Fact
from hygie.governance.assessment.bridge import (
    Candidate,
    fact_of_reading,
    fact_of_row,
    facts_as_own,
)
from hygie.governance.assessment.selectors.around import Territory
from hygie.governance.assessment.services.members import MemberValues
from hygie.programme.models import Indicator
from hygie.progress.selectors.facts import facts_of
from hygie.territory.organisations.models import Organisation

# Asks progress for proofs alone: no indicator has an empty code.
_NO_INDICATOR = frozenset({""})
FROM_MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Ground:
    """Facts of the organisations of a tree, as of a day; three queries."""

    tree: Territory
    values: MemberValues
    indicators: tuple[Indicator, ...]
    recorded: dict[int, list[Fact]]

    @classmethod
    def read(
        cls,
        tree: Territory,
        values: MemberValues,
        on: dt.date,
        *,
        indicators: Collection[Indicator],
        dated: frozenset[str],
    ) -> "Ground":
        """Read proofs, and whole series where a rule looks through a window.

        Args:
            indicators: those that some rule reads.
            dated: codes of those read through a window; the latest figure suffices for the others.
        """
        recorded: dict[int, list[Fact]] = defaultdict(list)
        for row in facts_of(list(tree.organisations), dated or _NO_INDICATOR):
            recorded[row.organisation_id].append(fact_of_row(row))
        undated = [one for one in indicators if one.code not in dated]
        for pk in tree.organisations:
            for indicator in undated:
                reading = values.own(pk, indicator.pk)
                fact = fact_of_reading(reading, indicator, pk, ref=f"indicator:{indicator.pk}:{pk}")
                if fact is not None:
                    recorded[pk].append(fact)
        ground = cls(tree, values, tuple(indicators), recorded)
        ground._complete(on)
        return ground

    def facts_of(self, candidate: Candidate) -> list[Fact]:
        """What is known of the candidate and of its units."""
        ids = {candidate.organisation.pk, *(unit.id for unit in candidate.units)}
        return [fact for pk in sorted(ids) for fact in self.recorded.get(pk, ())]

    def facts_with_group(self, candidate: Candidate, facts: list[Fact]) -> list[Fact]:
        """The same, with what the entity and the group above hold for all."""
        organisation = candidate.organisation
        held = [
            fact
            for pk in self.tree.above(organisation)
            for fact in facts_as_own(self._held(pk), organisation.pk)
        ]
        return [*held, *facts] if held else facts

    def _held(self, pk: int) -> list[Fact]:
        """What is recorded at that node itself: what comes from its members says nothing of all."""
        return [fact for fact in self.recorded.get(pk, ()) if not _from_below(fact, pk)]

    def _complete(self, on: dt.date) -> None:
        """Give entities their only site's facts, then groups their members' figures."""
        nodes = list(self.tree.organisations.values())
        for organisation in nodes:
            only = self.tree.only_site_of(organisation)
            if only is not None and only in self.recorded:
                lent = facts_as_own(self.recorded[only], organisation.pk)
                self.recorded[organisation.pk] = [*lent, *self.recorded.get(organisation.pk, ())]
        for organisation in nodes:
            if self.tree.only_site_of(organisation) is None and self.tree.members_of(organisation):
                self._roll_up(organisation, on)

    def _roll_up(self, organisation: Organisation, on: dt.date) -> None:
        own = self.recorded.get(organisation.pk, [])
        known = {fact.code for fact in own if fact.effective_on <= on}
        for indicator in self.indicators:
            if indicator.code in known:
                continue
            fact = fact_of_reading(
                self.values.reading(organisation, indicator),
                indicator,
                organisation.pk,
                ref=f"{FROM_MEMBERS}:{indicator.pk}:{organisation.pk}",
            )
            if fact is not None:
                self.recorded[organisation.pk].append(fact)


def _from_below(fact: Fact, pk: int) -> bool:
    kind, _, rest = fact.ref.partition(":")
    return kind == FROM_MEMBERS or (kind == "indicator" and not rest.endswith(f":{pk}"))
