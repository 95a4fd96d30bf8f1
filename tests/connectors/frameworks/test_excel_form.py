"""Framework libraries in Excel, both forms."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from hygie.connectors.frameworks.reader import LibraryReading, read_library
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused

Sheets = dict[str, list[list[object]]]
BASE = "urn:x:risk:req_node:essai"


def meta(**values: object) -> list[list[object]]:
    return [[key, value] for key, value in values.items()]


def workbook(path: Path, sheets: Sheets) -> LibraryReading:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return read_library(path)


@pytest.fixture
def sheets() -> Sheets:
    return {
        "library_meta": [
            *meta(type="library", urn="urn:x:risk:library:essai", version=1, locale="fr"),
            *meta(ref_id="ESSAI", name="Essai", description="d", provider="Nous"),
            ["name[en]", "Trial"],
            ["dependencies", "urn:x:risk:library:a, urn:x:risk:library:b"],
        ],
        "fwk_meta": [
            *meta(type="framework", urn="urn:x:risk:framework:essai", base_urn=BASE),
            *meta(ref_id="ESSAI", name="Essai", description="d", min_score=0, max_score=2),
            *meta(implementation_groups_definition="ig", answers_definition="answ"),
            *meta(scores_definition="scr"),
        ],
        "fwk_content": [
            ["assessable", "depth", "ref_id", "name", "description", "implementation_groups",
             "questions", "answer", "depends_on", "condition", "name[en]", "questions[en]",
             "threats", "scores_definition"],
            [None, 1, "A", "Accès", None, None, None, None, None, None, "Access"],
            ["x", 2, "A.1 é", "Revue", "Revoir", "S,R", "Une ?\nDeux ?", "oui_non\nlibre",
             "/\n1:1,2", "/\nall", "Review", "One?\nTwo?", "t:T1", "bin"],
            [],
            ["x", 2, None, "Sans référence"],
            ["x", 1, None, "Sans parent"],
        ],
        "answ_meta": meta(type="answers", name="answ"),
        "answ_content": [
            ["id", "question_type", "question_choices", "add_score", "compute_result",
             "question_choices[en]"],
            ["oui_non", "unique_choice", "Oui\n| vraiment\nNon", "2\n0", "compliant\n/", "Yes\nNo"],
            ["libre", "text"],
        ],
        "scr_meta": meta(type="scores", name="scr"),
        "scr_content": [["score", "name", "name[en]"], [0, "Nul", "None"], [2, "Total", "Full"]],
        "bin_meta": meta(type="scores", name="bin"),
        "bin_content": [["score", "name"], [0, "Non"], [1, "Oui"]],
        "ig_meta": meta(type="implementation_groups", name="ig"),
        "ig_content": [["ref_id", "name"], ["S", "standard"], ["R", "renforcé"]],
        "pre_meta": meta(type="urn_prefix", name="pre"),
        "pre_content": [["prefix_id", "prefix_value"], ["t", "urn:x:risk:threat:essai"]],
        "thr_meta": meta(type="threats", base_urn="urn:x:risk:threat:essai"),
        "thr_content": [["ref_id", "name"], ["T1", "Rançongiciel"]],
        "mat_meta": meta(type="risk_matrix", urn="urn:x:risk:matrix:m"),
        "mat_content": [["type", "id"]],
        "map_meta": [
            *meta(type="requirement_mapping_set", urn="urn:x:risk:req_mapping_set:m", ref_id="M"),
            *meta(name="M", source_framework_urn="urn:x:risk:framework:essai"),
            *meta(target_framework_urn="urn:x:risk:framework:b", source_node_base_urn=BASE),
            *meta(target_node_base_urn="urn:x:risk:req_node:b"),
        ],
        "map_content": [
            ["source_node_id", "target_node_id", "relationship", "rationale"],
            ["a.1", "1", "subset", "semantic"],
        ],
    }  # fmt: skip


def test_every_part_of_the_present_form_is_kept(tmp_path: Path, sheets: Sheets) -> None:
    reading = workbook(tmp_path / "a.xlsx", sheets)
    library = reading.library
    assert library is not None, reading.report.messages
    assert [m.code for m in reading.report.messages] == [MessageCode.LIBRARY_OBJECT_IGNORED]
    assert (library.format, library.ignored) == ("excel-v2", {"risk_matrix": 1})
    assert library.translations == {"en": {"name": "Trial"}}
    assert len(library.dependencies) == 2
    (framework,) = library.frameworks
    assert [(n.urn.removeprefix(BASE), n.depth, n.assessable, n.row) for n in framework.nodes] == [
        (":a", 1, False, 2), (":a.1-e", 2, True, 3), (":a:1", 2, True, 5),
        (":sans-parent", 1, True, 6),
    ]  # fmt: skip
    assert framework.nodes[1].parent_urn == framework.nodes[0].urn
    assert framework.nodes[0].translations == {"en": {"name": "Access"}}
    assert framework.nodes[1].implementation_groups == ("S", "R")
    assert (
        framework.nodes[1].threats
        == (library.references[0].urn,)
        == ("urn:x:risk:threat:essai:t1",)
    )
    assert [level.name for level in framework.scores] == ["Nul", "Total"]
    assert framework.scores[0].translations == {"en": {"name": "None"}}
    assert framework.nodes[1].scores_ref == "bin" and "bin" in framework.alternative_scores
    one, two = framework.nodes[1].questions
    assert [choice.value for choice in one.choices] == ["Oui\nvraiment", "Non"]
    assert one.choices[0].add_score == Decimal(2) and one.choices[1].compute_result == ""
    assert one.choices[1].translations == {"en": {"value": "No"}}
    assert one.translations == {"en": {"text": "One?"}}
    assert two.kind == "text" and two.depends_on is not None
    assert two.depends_on.condition == "all" and len(two.depends_on.answers) == 2
    there, back = library.mapping_sets
    assert (there.mappings[0].relationship, back.mappings[0].relationship) == ("subset", "superset")
    assert back.mappings[0].target_urn == there.mappings[0].source_urn == f"{BASE}:a.1"


def test_the_older_form_is_understood(tmp_path: Path) -> None:
    reading = workbook(
        tmp_path / "a.xlsx",
        {
            "library_content": [
                ["library_urn", "urn:x:risk:library:vieux"], ["library_version", 3],
                ["library_locale", "fr"], ["library_ref_id", "V"], ["library_name", "Vieux"],
                ["library_name[en]", "Old"], ["framework_urn", "urn:x:risk:framework:vieux"],
                ["framework_ref_id", "V"], ["framework_name", "Vieux"],
                ["threat_base_urn", "urn:x:risk:threat:v", "1"],
                ["tab", "exigences", "requirements", "Chapitre Un"], ["tab", "niveaux", "scores"],
                ["tab", "groupes", "implementation_groups"], ["tab", "menaces", "threats"],
            ],
            "exigences": [
                ["assessable", "depth", "ref_id", "name", "threats", "questions", "answer",
                 "implementation_groups"],
                [None, 1, "1", "Titre"],
                ["x", 2, "1.1 B", "Exigence", "1:T1", "Une ?", "q", "G"],
            ],
            "niveaux": [["score", "name", "description"], [1, "Un", "d"]],
            "groupes": [["ref_id", "name"], ["G", "Groupe"]],
            "menaces": [["ref_id", "name"], ["T1", "Menace"]],
            "answers": [
                ["id", "question_type", "question_choices"], ["q", "unique_choice", "O\nN"],
            ],
        },
    )  # fmt: skip
    library = reading.library
    assert library is not None, reading.report.messages
    assert reading.report.messages == []
    assert (library.format, library.version) == ("excel-v1", 3)
    (framework,) = library.frameworks
    assert [(node.urn.rsplit(":", 1)[-1], node.depth) for node in framework.nodes] == [
        ("chapitre-un", 1), ("1", 2), ("1.1-b", 3),
    ]  # fmt: skip
    last = framework.nodes[2]
    assert last.threats == ("urn:x:risk:threat:v:t1",)
    assert [choice.value for choice in last.questions[0].choices] == ["O", "N"]
    assert framework.scores[0].score == 1 and framework.implementation_groups[0].ref_id == "G"


def test_one_line_stands_for_every_choice_and_every_question(
    tmp_path: Path, sheets: Sheets
) -> None:
    sheets["fwk_content"] = [
        ["assessable", "depth", "ref_id", "node_id", "name", "importance", "weight",
         "scores_definition_ref", "questions", "answer", "depends_on", "condition"],
        ["x", 1, "1", "un", "Revue", "Nice to have", 2.0, "bin",
         "Une ?\nDeux ?\nTrois ?", "oui_non", "1:1", "any"],
    ]  # fmt: skip
    sheets["answ_content"][1][3:5] = ["5", "true"]
    reading = workbook(tmp_path / "a.xlsx", sheets)
    assert reading.library is not None, reading.report.messages
    (node,) = reading.library.frameworks[0].nodes
    assert (node.urn, node.importance, node.weight, node.scores_ref) == (
        f"{BASE}:un", "nice_to_have", 2, "bin",
    )  # fmt: skip
    one, two, three = node.questions
    assert [choice.add_score for choice in one.choices] == [5, 5]
    assert {choice.compute_result for choice in two.choices} == {"true"}
    assert one.depends_on is None
    assert two.depends_on is not None and three.depends_on is not None
    assert two.depends_on.question == three.depends_on.question == one.urn


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "code", "field"),
    [
        ("fwk_content", 2, 1, 4, MessageCode.DEPTH_JUMP, "depth"),
        ("fwk_content", 2, 1, "deux", MessageCode.FIELD_TYPE, "depth"),
        ("fwk_content", 2, 1, None, MessageCode.FIELD_MISSING, "depth"),
        ("fwk_content", 2, 7, "inconnu\nlibre", MessageCode.REFERENCE_UNKNOWN, "answer"),
        ("fwk_content", 2, 7, "a\nb\nc", MessageCode.QUESTION_ANSWERS, "answer"),
        ("fwk_content", 4, 2, "A", MessageCode.URN_DUPLICATE,
         "objects.frameworks[0].requirement_nodes[2].urn"),
        ("map_content", 1, 2, "cousin", MessageCode.FIELD_CHOICE,
         "objects.requirement_mapping_sets[0].requirement_mappings[0].relationship"),
        ("map_content", 1, 0, None, MessageCode.FIELD_MISSING,
         "objects.requirement_mapping_sets[0].requirement_mappings[0].source_requirement_urn"),
        ("scr_content", 1, 0, "zéro", MessageCode.FIELD_TYPE, "score"),
        ("library_meta", 2, 1, "un", MessageCode.FIELD_TYPE, "version"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_with_its_row(
    tmp_path: Path,
    sheets: Sheets,
    sheet: str,
    row: int,
    column: int,
    value: object,
    code: MessageCode,
    field: str,
) -> None:
    sheets[sheet][row][column] = value
    reading = workbook(tmp_path / "a.xlsx", sheets)
    assert reading.library is None
    first = next(m for m in reading.report.messages if m.severity == "error")
    assert first.code is code
    assert field.endswith(first.field.lstrip("…")) or field in first.field
    assert first.row in {row + 1, 1}


def test_a_pair_without_its_content_is_an_error(tmp_path: Path, sheets: Sheets) -> None:
    del sheets["ig_content"]
    reading = workbook(tmp_path / "a.xlsx", sheets)
    assert reading.library is None
    assert reading.report.messages[0].code is MessageCode.SHEET_MISSING


def test_an_ordinary_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        workbook(tmp_path / "a.xlsx", {"Feuil1": [["a", "b"]]})
    assert caught.value.message.code is MessageCode.SHEET_MISSING
    assert caught.value.message.params == {"sheet": "library_meta"}
