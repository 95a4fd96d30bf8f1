"""Is this tree of texts a library, and what does it hold?"""

from collections.abc import Iterator, Mapping

from hygie.connectors.frameworks.fields import Fields
from hygie.connectors.frameworks.mappings import mapping_sets_of
from hygie.connectors.frameworks.nodes import nodes_of
from hygie.connectors.frameworks.tree_load import LineMap, Tree
from hygie.connectors.frameworks.types import (
    FrameworkData,
    ImplementationGroup,
    Library,
    ReferenceItem,
    ScoreLevel,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal

_SIGNATURE = ("urn", "objects")
_USED_OBJECTS = frozenset(
    {
        "framework",
        "frameworks",
        "requirement_mapping_set",
        "requirement_mapping_sets",
        "reference_controls",
        "security_functions",
        "threats",
    }
)
_KNOWN_UNUSED = frozenset({"convert_library_version", "objects_meta", "annotation"})
_FRAMEWORK_UNUSED = frozenset(
    {
        "reference_controls",
        "threats",
        "field_visibility",
        "outcomes_definition",
        "locale",
        "version",
        "annotation",
        "provider",
        "result_aggregation",
        "score_calculation_method",
        "score_scale_locked",
        "security_functions",
    }
)


def build_library(tree: Tree, form: str, report: Report) -> Library | None:
    """Read a library, and find all of its mistakes.

    Args:
        tree: root of the file.
        form: name of the format, kept in the library.
        report: gets every mistake, with path, line and URN.

    Returns:
        The library, or None when there is at least one error: nothing is half read.

    Raises:
        FileRefused: the file is not a library at all.
    """
    missing = [key for key in _SIGNATURE if not isinstance(tree, LineMap) or not tree.get(key)]
    if missing or not isinstance(tree, LineMap):
        raise refusal(MessageCode.LIBRARY_NOT_LIBRARY, file=report.file, missing=", ".join(missing))
    fields = Fields(tree, "", report)
    fields.urn = fields.urn_of("urn")
    data = fields.mapping("objects")
    objects = Fields(data or LineMap(fields.row), "objects", report, fields.urn)
    names = (fields.text("ref_id", needed=True), fields.text("name", needed=True))
    library = Library(
        urn=fields.urn,
        ref_id=names[0],
        version=fields.integer("version", needed=True) or 0,
        locale=fields.text("locale", needed=True).lower(),
        name=names[1],
        description=fields.text("description"),
        provider=fields.text("provider"),
        packager=fields.text("packager"),
        copyright=fields.text("copyright"),
        published_on=fields.date("publication_date"),
        dependencies=tuple(urn.lower() for urn in fields.texts("dependencies")),
        labels=fields.texts("labels"),
        format=form,
        frameworks=tuple(_frameworks(objects, report, *names)),
        mapping_sets=mapping_sets_of(objects, report),
        references=tuple(_references(objects)),
        ignored=_ignored(data, report),
        translations=fields.translations(),
    )
    fields.rest(_KNOWN_UNUSED)
    if not library.frameworks and not library.mapping_sets and not report.has_errors:
        raise refusal(MessageCode.LIBRARY_NOTHING_USED, file=report.file, found=_contents(data))
    return None if report.has_errors else library


def _contents(objects: LineMap | None) -> str:
    """Say what a library holds: `reference_controls (43), threats (2)`."""
    return ", ".join(
        f"{kind} ({len(value) if isinstance(value, list) else 1})"
        for kind, value in (objects or {}).items()
    )


def _frameworks(objects: Fields, report: Report, ref_id: str, name: str) -> Iterator[FrameworkData]:
    """Read the frameworks; what one does not say of itself, its library says."""
    places: dict[str, str] = {}
    for key in ("framework", "frameworks"):
        for fields in objects.maps(key, may_be_one=True):
            framework = _framework(fields, report, ref_id, name)
            if framework.urn in places:
                fields.error(MessageCode.URN_DUPLICATE, "urn", first=places[framework.urn])
                continue
            places[framework.urn] = fields.path
            yield framework


def _framework(fields: Fields, report: Report, ref_id: str, name: str) -> FrameworkData:
    fields.urn = fields.urn_of("urn")
    scores, alternatives = _scores(fields, report)
    framework = FrameworkData(
        urn=fields.urn,
        ref_id=fields.text("ref_id") or ref_id,
        name=fields.text("name") or name,
        description=fields.text("description"),
        min_score=fields.integer("min_score"),
        max_score=fields.integer("max_score"),
        scores=scores,
        alternative_scores=alternatives,
        implementation_groups=tuple(_groups(fields)),
        nodes=nodes_of(fields, report),
        translations=fields.translations(),
    )
    low, high = framework.min_score, framework.max_score
    if low is not None and high is not None and low >= high:
        fields.error(MessageCode.SCORE_RANGE, "min_score", low=low, high=high)
    if not framework.nodes:
        fields.error(MessageCode.FIELD_MISSING, "requirement_nodes")
    _check_references(framework, report)
    fields.rest(_FRAMEWORK_UNUSED)
    return framework


def _scores(
    fields: Fields, report: Report
) -> tuple[tuple[ScoreLevel, ...], Mapping[str, tuple[ScoreLevel, ...]]]:
    """Read the scale: a list, or a mapping with named alternatives beside the main list."""
    value = fields.raw("scores_definition")
    if not isinstance(value, LineMap):
        return tuple(_levels(fields, "scores_definition")), {}
    part = Fields(value, fields.at("scores_definition"), report, fields.urn)
    main = next((key for key, item in value.items() if isinstance(item, list)), "")
    named = part.mapping("alternatives")
    alternatives = Fields(named or LineMap(part.row), part.at("alternatives"), report, fields.urn)
    return (
        tuple(_levels(part, main)) if main else (),
        {name: tuple(_levels(alternatives, name)) for name in named or {}},
    )


def _levels(fields: Fields, key: str) -> Iterator[ScoreLevel]:
    for part in fields.maps(key):
        score = part.integer("score", needed=True)
        level = ScoreLevel(
            score=score or 0,
            name=part.text("name"),
            description=part.text("description"),
            description_doc=part.text("description_doc"),
            translations=part.translations(),
        )
        part.rest()
        if score is not None:
            yield level


def _groups(fields: Fields) -> Iterator[ImplementationGroup]:
    for part in fields.maps("implementation_groups_definition"):
        group = ImplementationGroup(
            ref_id=part.text("ref_id", needed=True),
            name=part.text("name"),
            description=part.text("description"),
            translations=part.translations(),
        )
        part.rest({"default_selected"})
        if group.ref_id:
            yield group


def _check_references(framework: FrameworkData, report: Report) -> None:
    """Warn of groups and scales that requirements name and that the framework does not define."""
    groups = {group.ref_id for group in framework.implementation_groups}
    for node in framework.nodes:
        unknown = [group for group in node.implementation_groups if group not in groups]
        if node.scores_ref and node.scores_ref not in framework.alternative_scores:
            unknown.append(node.scores_ref)
        for reference in unknown:
            report.warning(
                MessageCode.REFERENCE_UNKNOWN,
                row=node.row,
                field=f"requirement_nodes[{node.order}]",
                urn=node.urn,
                reference=reference,
            )


_REFERENCES = (
    ("reference_controls", "reference_control"),
    ("security_functions", "reference_control"),  # its name in the first form
    ("threats", "threat"),
)


def _references(objects: Fields) -> Iterator[ReferenceItem]:
    for key, kind in _REFERENCES:
        for part in objects.maps(key):
            item = ReferenceItem(
                kind=kind,
                urn=part.urn_of("urn"),
                ref_id=part.text("ref_id"),
                name=part.text("name"),
                description=part.text("description"),
                category=part.text("category"),
                function=part.text("csf_function"),
                translations=part.translations(),
            )
            part.rest({"annotation", "typical_evidence", "provider"})
            if item.urn:
                yield item


def _ignored(objects: LineMap | None, report: Report) -> Mapping[str, int]:
    """Count the objects that the format has and that nothing here uses."""
    found = {}
    for kind, value in (objects or {}).items():
        if kind not in _USED_OBJECTS:
            found[kind] = len(value) if isinstance(value, list) else 1
            report.info(
                MessageCode.LIBRARY_OBJECT_IGNORED,
                field=f"objects.{kind}",
                kind=kind,
                count=found[kind],
            )
    return found
