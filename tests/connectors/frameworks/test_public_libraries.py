"""What public libraries write beside the documented form: read, never refused, never misread."""

from pathlib import Path

import pytest

from hygie.connectors.message_codes import MessageCode
from tests.connectors.frameworks.libraries import HEAD, LIBRARY
from tests.connectors.frameworks.test_yaml_form import (
    BASE,
    library,
    node,
    nodes,
    path,
    read,
    refused,
)

__all__ = ["path"]


@pytest.mark.parametrize(
    "change",
    [
        ("depth: 2", "importance: undefined"),
        ("depth: 2", "importance: null"),
        ("depth: 2", "questions_properties: {groups: {1: {description: G, order: []}}}"),
        ("    ref_id: ESSAI\n    name: Essai\n", "    result_aggregation: tiered_all\n"),
        ("essai:a.1\n", "essai:a.1::(bis)\n"),
        ("urn:x:risk:req_node:essai:a.1\n", "urn:x:risk:req_node:essai:3.1 a\n"),
    ],
)
def test_what_public_libraries_write_beside_the_documented_form_is_read(
    path: Path, change: tuple[str, str]
) -> None:
    assert change[0] in LIBRARY
    reading = read(path, LIBRARY.replace(*change, 1))
    assert reading.library is not None and reading.report.messages == []
    (framework,) = reading.library.frameworks
    assert (framework.ref_id, framework.name, len(framework.assessable)) == ("ESSAI", "Essai", 1)
    assert framework.nodes[1].importance == ""


def test_a_requirement_may_have_no_name_but_its_questions(path: Path) -> None:
    asked = "questions: {q: {type: unique_choice, text: Sauvegardez-vous ?, choices: [Oui, Non]}}"
    found = library(path, HEAD + nodes(f'{{urn: "{BASE}:a", assessable: true, {asked}}}'))
    (node,) = found.frameworks[0].nodes
    assert (node.ref_id, node.name, node.questions[0].text) == ("", "", "Sauvegardez-vous ?")


def test_a_page_between_questions_and_a_node_without_mark_are_never_assessed(path: Path) -> None:
    splash = f'{{urn: "{BASE}:s", assessable: true, display_mode: splash, name: Bienvenue}}'
    bare = f'{{urn: "{BASE}:t", name: Titre}}'
    framework = library(path, HEAD + nodes(node("a"), splash, bare)).frameworks[0]
    assert [one.assessable for one in framework.nodes] == [True, False, False]


def test_the_first_name_of_reference_controls_is_understood(path: Path) -> None:
    controls = "  security_functions: [{urn: 'urn:x:risk:function:c', ref_id: C, name: Charte}]\n"
    more = node("a", more=', security_functions: ["urn:x:risk:function:C"]')
    found = library(path, HEAD + controls + nodes(more))
    assert [(item.kind, item.name) for item in found.references] == [
        ("reference_control", "Charte")
    ]
    assert found.ignored == {}
    assert found.frameworks[0].nodes[0].reference_controls == ("urn:x:risk:function:c",)


def test_a_library_without_framework_says_what_it_holds(path: Path) -> None:
    text = HEAD + "  security_functions: [{urn: 'urn:x:f:c'}, {urn: 'urn:x:f:d'}]\n"
    message = refused(path, text + "  risk_matrix: [{urn: 'urn:x:m:1'}]\n")
    assert message.code is MessageCode.LIBRARY_NOTHING_USED
    assert message.params == {"found": "security_functions (2), risk_matrix (1)"}


def test_json_is_read_as_well(path: Path) -> None:
    found = library(
        path,
        '{"urn": "urn:x:l:1", "locale": "fr", "ref_id": "L", "name": "L", "version": 1, "objects": '
        '{"framework": {"urn": "urn:x:f:1", "ref_id": "F", "name": "F", "requirement_nodes": '
        '[{"urn": "urn:x:n:1", "assessable": true, "name": "N"}]}}}',
    )
    assert len(found.frameworks[0].assessable) == 1
