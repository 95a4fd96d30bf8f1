"""What does the page of a forest's decisions show?"""

import datetime as dt
from typing import Any

from hygie.engines.directory.edges import ROWS
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.models import Forest
from hygie.operations.directory.policies import may_decide
from hygie.operations.directory.selectors.audits import accepted_of, costs_of, tier_zero_of
from hygie.operations.directory.words import ACTION_WORDS
from hygie.territory.perimeter import Perimeter


def cost_fields() -> tuple[dict[str, Any], dict[str, float]]:
    """Kinds of changes: their words, and what each costs by default (the dearest relation)."""
    defaults: dict[str, float] = {}
    for row in ROWS:
        if row.action is not None:
            defaults[row.action.value] = max(defaults.get(row.action.value, 0.0), row.cost)
    return {action: ACTION_WORDS[action] for action in defaults}, defaults


def forest_context(perimeter: Perimeter, forest: Forest, today: dt.date) -> dict[str, Any]:
    """Accepted risks, tier 0 edits and costs."""
    done = forest.done  # type: ignore[attr-defined]  # prefetched by forests_in
    return {
        "forest": forest,
        "audit": done[0] if done else None,
        "risks": [
            {
                "risk": risk,
                "title": point_title(risk.point),
                "is_withdrawn": risk.is_withdrawn,
                "is_expired": risk.expires_on < today,
            }
            for risk in accepted_of(forest)
        ],
        "edits": list(tier_zero_of(forest)),
        "costs": [
            (ACTION_WORDS.get(action, action), cost) for action, cost in costs_of(forest).items()
        ],
        "may_decide": may_decide(perimeter, forest.organisation),
    }
