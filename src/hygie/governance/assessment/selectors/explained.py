"""Every requirement of an organisation with its state and, for those who may know, its reasons."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from hygie.foundation.errors import NotFound
from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.lines import Said, line_say
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.selectors.effective import effective
from hygie.governance.assessment.selectors.requirements import vocabulary
from hygie.programme.models import Framework, Requirement
from hygie.programme.words import localized
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at
from hygie.territory.perimeter import Depth, Perimeter


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """One requirement; reasons, mapping and missing facts are empty below full depth."""

    framework: str
    ref_id: str
    urn: str
    name: str
    state: str
    row: RequirementState | None
    lines: tuple[Said, ...]
    through: str
    missing: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The same for a program."""
        row = self.row
        return {
            "framework": self.framework,
            "ref_id": self.ref_id,
            "urn": self.urn,
            "name": self.name,
            "state": self.state,
            "since_on": row.since_on.isoformat() if row else None,
            "stale_on": row.stale_on.isoformat() if row and row.stale_on else None,
            "coverage": str(row.coverage.normalize()) if row and row.coverage is not None else None,
            "threshold": (
                str(row.threshold.normalize()) if row and row.threshold is not None else None
            ),
            "known_as": row.known_as if row else None,
            "basis": row.basis if row else "nothing",
            "through": self.through,
            "missing": list(self.missing),
            "lines": [
                {"text": line.text, "state": line.state, "depth": line.depth} for line in self.lines
            ],
        }


def explained_states(
    perimeter: Perimeter,
    organisation: Organisation,
    today: dt.date,
    *,
    framework: Framework | None = None,
) -> list[ExplainedRow]:
    """Assessable requirements in force, in the order of their frameworks; four queries.

    Raises:
        NotFound: the organisation is outside the perimeter.
    """
    depth = depth_at(perimeter, organisation)
    if depth < Depth.INDICATORS:
        raise NotFound
    requirements = Requirement.objects.filter(is_assessable=True).select_related("framework")
    requirements = (
        requirements.filter(framework=framework)
        if framework
        else requirements.filter(framework__is_current=True)
    )
    states = {
        row.requirement_id: row
        for row in RequirementState.objects.filter(organisation=organisation).annotate(
            effective=effective(today)
        )
    }
    words = vocabulary(get_language() or "fr")
    is_detailed = depth >= Depth.DETAIL
    found = []
    for requirement in requirements.order_by("framework__origin", "framework__ref_id", "order"):
        row = states.get(requirement.pk)
        shown = row if row and is_detailed else None
        found.append(
            ExplainedRow(
                framework=requirement.framework.ref_id,
                ref_id=requirement.ref_id,
                urn=requirement.urn,
                name=localized(requirement, "name") or localized(requirement, "description"),
                state=str(row.effective) if row else StateChoice.NOT_TESTED.value,
                row=row,
                lines=tuple(line_say(line, words) for line in shown.lines) if shown else (),
                through=str(shown.through.get("name", "")) if shown else "",
                missing=tuple(words.code(code) for code in shown.missing) if shown else (),
            )
        )
    return found
