"""Which headings and requirements does a framework have, and do they make a tree?"""

from collections.abc import Sequence
from dataclasses import replace

from hygie.connectors.frameworks.fields import Fields
from hygie.connectors.frameworks.questions import questions_of
from hygie.connectors.frameworks.types import RequirementNode
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

_KNOWN_UNUSED = frozenset(
    {"order_id", "maturity", "locale", "visibility_expression", "questions_properties"}
)
_IMPORTANCES = frozenset({"mandatory", "recommended", "nice_to_have", "undefined"})
# A page between the questions: it is shown, never assessed.
_SPLASH = "splash"


def nodes_of(framework: Fields, report: Report) -> tuple[RequirementNode, ...]:
    """Read the nodes of a framework, and check that they make a tree.

    Args:
        framework: the framework.
        report: gets every mistake, with the URN and the path of the node.

    Returns:
        Nodes in the order of the file, their depth computed from their parents.
    """
    nodes: list[RequirementNode] = []
    declared: list[int | None] = []
    places: dict[str, Fields] = {}
    for order, fields in enumerate(framework.maps("requirement_nodes")):
        node, depth = _node(fields, order, report)
        if not node.urn:
            continue
        if node.urn in places:
            fields.error(MessageCode.URN_DUPLICATE, "urn", first=places[node.urn].path)
            continue
        places[node.urn] = fields
        nodes.append(node)
        declared.append(depth)
    depths = _depths(nodes, places)
    return tuple(
        _with_depth(node, depth, depths[node.urn], places[node.urn])
        for node, depth in zip(nodes, declared, strict=True)
    )


def _node(fields: Fields, order: int, report: Report) -> tuple[RequirementNode, int | None]:
    fields.urn = urn = fields.urn_of("urn")
    depth = fields.integer("depth")
    is_splash = fields.text("display_mode").lower() == _SPLASH
    node = RequirementNode(
        urn=urn,
        parent_urn=fields.urn_of("parent_urn", needed=False),
        order=order,
        depth=0,
        assessable=fields.boolean("assessable") and not is_splash,
        ref_id=fields.text("ref_id"),
        name=fields.text("name"),
        description=fields.text("description"),
        annotation=fields.text("annotation"),
        typical_evidence=fields.text("typical_evidence"),
        importance=fields.choice("importance", _IMPORTANCES).replace("undefined", ""),
        weight=fields.integer("weight"),
        min_score=fields.integer("min_score"),
        max_score=fields.integer("max_score"),
        scores_ref=fields.text("scores_definition_ref"),
        implementation_groups=fields.texts("implementation_groups"),
        threats=tuple(urn.lower() for urn in fields.texts("threats")),
        reference_controls=tuple(
            urn.lower()
            for key in ("reference_controls", "security_functions")
            for urn in fields.texts(key)
        ),
        questions=questions_of(fields, report),
        translations=fields.translations(),
        row=fields.row,
    )
    if not _says_something(node):
        fields.error(MessageCode.FIELD_MISSING, "name")
    low, high = node.min_score, node.max_score
    if low is not None and high is not None and low >= high:
        fields.error(MessageCode.SCORE_RANGE, "min_score", low=low, high=high)
    fields.rest(_KNOWN_UNUSED)
    return node, depth


def _says_something(node: RequirementNode) -> bool:
    """A requirement may be its questions, or its annotation, and have no name of its own."""
    own = (node.ref_id, node.name, node.description, node.annotation, node.questions)
    return any(own) or any(any(texts.values()) for texts in node.translations.values())


def _depths(nodes: Sequence[RequirementNode], places: dict[str, Fields]) -> dict[str, int]:
    """Compute the level of each node by climbing to one already known; report what breaks."""
    parents = {node.urn: node.parent_urn for node in nodes}
    depths: dict[str, int] = {}
    for node in nodes:
        climb: dict[str, None] = {}
        urn = node.urn
        while urn and urn in parents and urn not in depths and urn not in climb:
            climb[urn] = None
            urn = parents[urn]
        if urn in climb:
            chain = " > ".join([*climb, urn])
            places[node.urn].error(MessageCode.PARENT_CYCLE, "parent_urn", chain=chain)
        elif urn and urn not in parents:
            last = next(reversed(climb))
            places[last].error(MessageCode.PARENT_UNKNOWN, "parent_urn", parent=urn)
        base = depths.get(urn, 0)
        for level, member in enumerate(reversed(climb), start=1):
            depths[member] = base + level
    return depths


def _with_depth(
    node: RequirementNode, declared: int | None, computed: int, fields: Fields
) -> RequirementNode:
    if declared is not None and declared != computed:
        fields.warning(MessageCode.DEPTH_MISMATCH, "depth", declared=declared, computed=computed)
    return replace(node, depth=computed)
