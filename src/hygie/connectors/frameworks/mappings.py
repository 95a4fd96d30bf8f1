"""Which requirements of two frameworks correspond, according to a library?"""

from collections.abc import Iterator

from hygie.connectors.frameworks.fields import Fields
from hygie.connectors.frameworks.types import MappingSetData, RequirementMapping
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

RELATIONSHIPS = frozenset({"equal", "subset", "superset", "intersect", "not_related"})
_KEYS = ("requirement_mapping_sets", "requirement_mapping_set")


def mapping_sets_of(objects: Fields, report: Report) -> tuple[MappingSetData, ...]:
    """Read the mapping sets of a library, under either of their two keys.

    Args:
        objects: `objects` of the library.
        report: gets every mistake.

    Returns:
        Sets in the order of the file.
    """
    found: list[MappingSetData] = []
    places: dict[str, str] = {}
    for key in _KEYS:
        for fields in objects.maps(key, may_be_one=True):
            one = _mapping_set(fields)
            if one.urn in places:
                fields.error(MessageCode.URN_DUPLICATE, "urn", first=places[one.urn])
                continue
            places[one.urn] = fields.path
            found.append(one)
    return tuple(found)


def _mapping_set(fields: Fields) -> MappingSetData:
    fields.urn = fields.urn_of("urn")
    found = MappingSetData(
        urn=fields.urn,
        ref_id=fields.text("ref_id"),
        name=fields.text("name"),
        description=fields.text("description"),
        source_framework_urn=fields.urn_of("source_framework_urn"),
        target_framework_urn=fields.urn_of("target_framework_urn"),
        mappings=tuple(_mappings(fields)),
        translations=fields.translations(),
    )
    fields.rest({"annotation", "provider", "packager", "locale", "version"})
    return found


def _mappings(fields: Fields) -> Iterator[RequirementMapping]:
    for part in fields.maps("requirement_mappings"):
        source = part.urn_of("source_requirement_urn")
        target = part.urn_of("target_requirement_urn")
        relationship = part.choice("relationship", RELATIONSHIPS, needed=True)
        strength = part.integer("strength_of_relationship")
        rationale = part.text("rationale")
        part.rest({"annotation"})
        if source and target and relationship:
            yield RequirementMapping(source, target, relationship, strength, rationale, part.row)
