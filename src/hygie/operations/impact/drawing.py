"""How is the chain from a loss to an activity drawn, small and focused?"""

from typing import Any

from django.utils.translation import gettext as _

from hygie.operations.impact.answers import LossAnswer
from hygie.operations.impact.why import Why
from hygie.territory.estate.words import kind_word, verb_word

# More is no longer read: the list below holds the rest.
_MOST_NODES = 40


def why_graph(answer: LossAnswer, why: Why) -> dict[str, Any] | None:
    """The chain as nodes and links, from care to what is lost; None when there is nothing to draw.

    Args:
        answer: of the loss. why: of the activity drawn.
    """
    found = answer.found
    names: dict[int, dict[str, Any]] = {}
    links: list[dict[str, str]] = []
    lost = set(answer.lost.nodes.tolist())

    def add(node: int) -> bool:
        if node not in names and len(names) >= _MOST_NODES:
            return False
        if node not in names:
            asset = found.asset(node)
            names[node] = {
                "id": str(found.ids[node]),
                "label": found.names[node],
                "kind": kind_word(asset.kind.value),
                "state": "failed" if node in lost else "",
            }
        return True

    for step in why.steps:
        if step.is_lost or not add(step.node):
            continue
        for member in step.lost:
            if add(member):
                links.append(
                    {
                        "from": str(found.ids[step.node]),
                        "to": str(found.ids[member]),
                        "label": verb_word(step.verb.value) if step.verb else _("dépend de"),
                    }
                )
    if not links:
        return None
    return {
        "nodes": list(names.values()),
        "links": links,
        "focus": str(found.ids[why.node]),
        "layered": True,
    }
