"""Framework libraries in YAML: the real ones, every part of the format, every mistake."""

import datetime as dt
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.files.limits import Limits
from hygie.connectors.frameworks.reader import LibraryReading, read_library
from hygie.connectors.frameworks.tree_load import TreeLimits
from hygie.connectors.frameworks.types import Library
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message
from tests.connectors.frameworks.libraries import HEAD, LIBRARY, NODES

BASE = "urn:x:risk:req_node:essai"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "essai.yaml"


def read(path: Path, text: str) -> LibraryReading:
    path.write_text(text, encoding="utf-8")
    return read_library(path)


def library(path: Path, text: str) -> Library:
    reading = read(path, text)
    assert reading.library is not None, reading.report.messages
    return reading.library


def refused(path: Path, text: str | bytes, **options: object) -> Message:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FileRefused) as caught:
        read_library(path, **options)  # type: ignore[arg-type]
    return caught.value.message


@pytest.mark.real_data
def test_the_real_care_library_reads_without_a_word(real_data: Path) -> None:
    reading = read_library(real_data / "frameworks" / "ans-care-domaine2.yaml")
    assert reading.library is not None and reading.report.messages == []
    (framework,) = reading.library.frameworks
    assert (len(framework.nodes), len(framework.assessable)) == (17, 13)
    (restore,) = [node for node in framework.nodes if node.ref_id == "d2.o4"]
    assert (restore.assessable, restore.depth, restore.parent_urn) == (True, 1, "")
    assert [node.order for node in framework.nodes] == list(range(17))
    assert reading.library.locale == "fr"
    assert reading.library.published_on == dt.date(2026, 3, 14)
    policy = framework.nodes[1]
    assert policy.urn == "urn:lulustucru-dsn:risk:req_node:ans-care:d2.p1"
    assert policy.row == 31
    assert "16 juillet 2022" in policy.description


@pytest.mark.real_data
def test_the_real_hygiene_guide_keeps_groups_translations_and_references(real_data: Path) -> None:
    reading = read_library(real_data / "frameworks" / "anssi-guide-hygiene.yaml")
    assert reading.library is not None and reading.report.messages == []
    (framework,) = reading.library.frameworks
    assert (len(framework.nodes), len(framework.assessable)) == (71, 61)
    assert [group.ref_id for group in framework.implementation_groups] == ["S", "R"]
    first = framework.nodes[1]
    assert first.depth == 2 and first.parent_urn == framework.nodes[0].urn
    assert first.translations["en"]["name"]
    assert first.reference_controls
    assert reading.library.dependencies == ("urn:intuitem:risk:library:doc-pol",)


def test_texts_stay_as_they_are_written(path: Path) -> None:
    text = LIBRARY.replace("locale: fr", "locale: no").replace("name: Exigence", "name: Yes")
    found = library(path, text)
    node = found.frameworks[0].nodes[1]
    assert (found.locale, node.ref_id, node.name, node.depth) == ("no", "1.10", "Yes", 2)
    assert (found.version, found.published_on) == (2, dt.date(2026, 3, 14))


def test_every_part_of_the_format_is_kept(path: Path) -> None:
    more = "locale: FR\nlabels: [A, B]\ndependencies: ['URN:x:y:Z']"
    text = f"""
  threats:
  - {{urn: "urn:x:risk:threat:t", ref_id: T, name: Menace}}
  reference_controls:
  - {{urn: "urn:x:risk:function:c", ref_id: C, category: policy, csf_function: protect}}
  risk_matrix: [{{urn: "urn:x:risk:matrix:m"}}, {{urn: "urn:x:risk:matrix:n"}}]
  preset: {{a: b}}
  frameworks:
  - urn: URN:x:risk:framework:Essai
    ref_id: ESSAI
    name: Essai
    min_score: 0
    max_score: 4
    scores_definition:
      scale: [{{score: 0, name: Nul}}, {{score: 4, name: Total, description_doc: doc}}]
      alternatives:
        binaire: [{{score: 0, name: Non}}, {{score: 1, name: Oui}}]
    implementation_groups_definition: [{{ref_id: S, name: standard, description: null}}]
    requirement_nodes:
    - urn: {BASE}:Q
      assessable: true
      name: Avec questions
      importance: mandatory
      weight: 3
      min_score: 0
      max_score: 1
      scores_definition_ref: binaire
      implementation_groups: [S]
      typical_evidence: Preuve
      annotation: Note
      threats: [urn:x:risk:threat:t]
      reference_controls: [urn:x:risk:function:c]
      translations: {{en: {{name: With questions}}}}
      questions:
        {BASE}:q:question:1:
          type: unique_choice
          text: Sauvegardes ?
          choices:
          - {{urn: "{BASE}:q:question:1:choice:1", value: Oui, add_score: "1",
             compute_result: compliant, color: "#00FF00", select_implementation_groups: [S]}}
          - {{urn: "{BASE}:q:question:1:choice:2", value: Non, compute_result: non_compliant}}
        {BASE}:q:question:2:
          type: text
          text: Lesquelles ?
          depends_on:
            question: {BASE}:q:question:1
            answers: ["{BASE}:q:question:1:choice:1"]
            condition: all
"""
    found = library(path, HEAD.replace("locale: fr", more) + text)
    assert (found.locale, found.labels, found.dependencies) == ("fr", ("A", "B"), ("urn:x:y:z",))
    assert found.ignored == {"risk_matrix": 2, "preset": 1}
    assert [(item.kind, item.function) for item in found.references] == [
        ("reference_control", "protect"), ("threat", ""),
    ]  # fmt: skip
    (framework,) = found.frameworks
    assert framework.urn == "urn:x:risk:framework:essai"
    assert [level.score for level in framework.scores] == [0, 4]
    assert [level.name for level in framework.alternative_scores["binaire"]] == ["Non", "Oui"]
    (node,) = framework.nodes
    assert (node.importance, node.weight, node.max_score, node.scores_ref) == (
        "mandatory", 3, 1, "binaire",
    )  # fmt: skip
    assert (node.implementation_groups, node.annotation) == (("S",), "Note")
    assert node.translations == {"en": {"name": "With questions"}}
    first, second = node.questions
    assert (first.choices[0].add_score, first.choices[0].selected_groups) == (Decimal(1), ("S",))
    assert first.choices[1].compute_result == "non_compliant"
    assert second.depends_on is not None and second.depends_on.condition == "all"
    assert second.depends_on.answers == (first.choices[0].urn,)


def test_the_first_form_of_questions_is_understood(path: Path) -> None:
    text = (
        LIBRARY
        + """\
      question:
        question_type: unique_choice
        question_choices: [Oui, Non]
        questions:
        - {urn: "urn:x:q:1", text: Une ?}
        - {urn: "urn:x:q:2", text: Deux ?}
"""
    )
    questions = library(path, text).frameworks[0].nodes[1].questions
    assert [(q.urn, q.kind, [c.value for c in q.choices]) for q in questions] == [
        ("urn:x:q:1", "unique_choice", ["Oui", "Non"]),
        ("urn:x:q:2", "unique_choice", ["Oui", "Non"]),
    ]
    assert questions[1].choices[0].urn == "urn:x:q:2:choice:1"


def test_questions_that_share_their_choices_by_an_alias_stay_apart(path: Path) -> None:
    text = (
        LIBRARY
        + """\
      questions:
        urn:x:q:1: {type: unique_choice, text: Une ?, choices: &c [{value: Oui}, {value: Non}]}
        urn:x:q:2: {type: unique_choice, text: Deux ?, choices: *c}
"""
    )
    one, two = library(path, text).frameworks[0].nodes[1].questions
    assert (one.choices[0].urn, two.choices[0].urn) == ("urn:x:q:1:choice:1", "urn:x:q:2:choice:1")


@pytest.mark.parametrize("key", ["requirement_mapping_sets", "requirement_mapping_set"])
def test_mappings_are_read_under_both_keys(path: Path, key: str) -> None:
    indent = "  - " if key.endswith("s") else "    "
    text = (
        HEAD
        + f"  {key}:\n{indent}urn: urn:x:risk:req_mapping_set:m\n"
        + """\
    ref_id: M
    name: Correspondances
    source_framework_urn: urn:x:risk:framework:a
    target_framework_urn: urn:x:risk:framework:b
    requirement_mappings:
    - source_requirement_urn: urn:x:risk:req_node:a:1
      target_requirement_urn: urn:x:risk:req_node:b:1
      relationship: subset
      strength_of_relationship: 7
      rationale: semantic
"""
    )
    (found,) = library(path, text).mapping_sets
    (mapping,) = found.mappings
    assert (mapping.relationship, mapping.strength, mapping.rationale) == ("subset", 7, "semantic")


def nodes(*lines: str) -> str:
    return NODES.split("    - {urn")[0] + "".join(f"    - {line}\n" for line in lines)


def node(suffix: str, parent: str = "", more: str = "") -> str:
    up = f', parent_urn: "{BASE}:{parent}"' if parent else ""
    return f'{{urn: "{BASE}:{suffix}", assessable: true, name: N{up}{more}}}'


MISTAKES = [
    (nodes(node("a"), node("A")), MessageCode.URN_DUPLICATE, "requirement_nodes[1].urn", "a"),
    (nodes(node("a", "z")), MessageCode.PARENT_UNKNOWN, "requirement_nodes[0].parent_urn", "a"),
    (nodes(node("a", "a")), MessageCode.PARENT_CYCLE, "requirement_nodes[0].parent_urn", "a"),
    (nodes(node("a", "b"), node("b", "c"), node("c", "a")), MessageCode.PARENT_CYCLE,
     "requirement_nodes[0].parent_urn", "a"),
    (nodes(node("a").replace("true", "peut-être")), MessageCode.FIELD_TYPE,
     "requirement_nodes[0].assessable", "a"),
    (nodes(node("a").replace(", name: N", "")), MessageCode.FIELD_MISSING,
     "requirement_nodes[0].name", "a"),
    (nodes("{name: Sans urn, assessable: true}", node("a")), MessageCode.FIELD_MISSING,
     "requirement_nodes[0].urn", None),
    (nodes('{urn: "pas une urn", assessable: true, name: N}', node("a")), MessageCode.URN_INVALID,
     "requirement_nodes[0].urn", None),
    (nodes(node("a"), "juste un texte"), MessageCode.FIELD_TYPE, "requirement_nodes[1]", ""),
    (nodes(node("a", more=", depth: deux")), MessageCode.FIELD_TYPE,
     "requirement_nodes[0].depth", "a"),
    (nodes(node("a", more=", weight: [1]")), MessageCode.FIELD_TYPE,
     "requirement_nodes[0].weight", "a"),
    (nodes(node("a", more=", min_score: 5, max_score: 2")), MessageCode.SCORE_RANGE,
     "requirement_nodes[0].min_score", "a"),
    (nodes(node("a", more=", importance: vitale")), MessageCode.FIELD_CHOICE,
     "requirement_nodes[0].importance", "a"),
    (nodes(node("a", more=", questions: {q: {type: devinette, text: Q}}")),
     MessageCode.FIELD_CHOICE, "requirement_nodes[0].questions[q].type", "a"),
    (nodes(node("a", more=", questions: {q: {type: unique_choice, text: Q}}")),
     MessageCode.FIELD_MISSING, "requirement_nodes[0].questions[q].choices", "a"),
    (nodes(node("a", more=", questions: {q: {type: text, text: Q, depends_on: {question: q}}}")),
     MessageCode.REFERENCE_UNKNOWN, "requirement_nodes[0].questions", "a"),
    (nodes(node("a", more=", questions: texte")), MessageCode.FIELD_TYPE,
     "requirement_nodes[0].questions", "a"),
    (nodes(node("a")).replace("    req", "    min_score: 3\n    max_score: 3\n    req", 1),
     MessageCode.SCORE_RANGE, "min_score", None),
    (nodes(), MessageCode.FIELD_MISSING, "requirement_nodes", None),
]  # fmt: skip


@pytest.mark.parametrize(("objects", "code", "place", "suffix"), MISTAKES)
def test_a_mistake_refuses_the_library_with_path_urn_and_line(
    path: Path, objects: str, code: MessageCode, place: str, suffix: str | None
) -> None:
    reading = read(path, HEAD + objects)
    assert reading.library is None
    found = [m for m in reading.report.messages if m.severity == "error"]
    assert [m.code for m in found] == [code], found
    assert found[0].field == f"objects.framework.{place}"
    assert found[0].row is not None and found[0].row > 8
    if suffix:
        assert found[0].params["urn"] == f"{BASE}:{suffix}"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (("version: 2", "version: deux"), MessageCode.FIELD_TYPE, "version"),
        (("version: 2\n", ""), MessageCode.FIELD_MISSING, "version"),
        (("name: Essai\nversion", "version"), MessageCode.FIELD_MISSING, "name"),
        (("ref_id: ESSAI\nname: Essai\nv", "name: Essai\nv"), MessageCode.FIELD_MISSING, "ref_id"),
        (("locale: fr\n", ""), MessageCode.FIELD_MISSING, "locale"),
        (("urn:x:risk:library:essai", "essai"), MessageCode.URN_INVALID, "urn"),
        (("ref_id: ESSAI\nname", "ref_id: ESSAI\nref_id: AUTRE\nname"),
         MessageCode.YAML_DUPLICATE_KEY, "ref_id"),
        (("provider: Nous", "provider: [Nous]"), MessageCode.FIELD_TYPE, "provider"),
    ],
)  # fmt: skip
def test_a_mistake_at_the_top_is_found(
    path: Path, change: tuple[str, str], code: MessageCode, field: str
) -> None:
    reading = read(path, LIBRARY.replace(*change, 1))
    assert reading.library is None
    assert [(m.code, m.field) for m in reading.report.messages] == [(code, field)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("depth: 2", "depth: 5"), MessageCode.DEPTH_MISMATCH),
        (("depth: 2", "implementation_groups: [Z]"), MessageCode.REFERENCE_UNKNOWN),
        (("depth: 2", "couleur: bleu"), MessageCode.LIBRARY_FIELD_UNKNOWN),
        (("2026-03-14", "hier"), MessageCode.FIELD_TYPE),
        (
            ("depth: 2", "questions: {q: {type: text, text: Q, depends_on: {question: z}}}"),
            MessageCode.REFERENCE_UNKNOWN,
        ),
    ],
)
def test_a_doubt_keeps_the_library(path: Path, change: tuple[str, str], code: MessageCode) -> None:
    reading = read(path, LIBRARY.replace(*change, 1))
    assert reading.library is not None
    assert reading.library.frameworks[0].nodes[1].depth == 2
    assert [m.code for m in reading.report.messages] == [code]


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LAUGHS, MessageCode.YAML_TOO_MANY_NODES),
        ("a: &a [*a]\n", MessageCode.YAML_ALIAS_CYCLE),
        ("a: &a\n  b: *a\n", MessageCode.YAML_ALIAS_CYCLE),
        ("a: !!python/object/apply:os.system ['id']\n", MessageCode.YAML_TAG),
        ("a: !autre x\n", MessageCode.YAML_TAG),
        ("a: &a {b: 1}\nc: {<<: *a}\n", MessageCode.YAML_MERGE_KEY),
        ("a: [1, 2\nb: 3\n", MessageCode.YAML_SYNTAX),
        ("a: *rien\n", MessageCode.YAML_SYNTAX),
        ("? [a, b]\n: c\nd: e\n", MessageCode.YAML_SYNTAX),
        ("a: b\n\tc: d\n", MessageCode.YAML_SYNTAX),
        ("a: " + "[" * 5000 + "\n", MessageCode.YAML_TOO_DEEP),
        ("- " * 5000 + "a\n", MessageCode.YAML_TOO_DEEP),
        ("bonjour\n", MessageCode.LIBRARY_NOT_LIBRARY),
        ("- a\n- b\n", MessageCode.LIBRARY_NOT_LIBRARY),
        ("a: 1\nb: 2\n", MessageCode.LIBRARY_NOT_LIBRARY),
        (HEAD + "  risk_matrix: []\n", MessageCode.LIBRARY_NOTHING_USED),
    ],
)
def test_a_hostile_or_foreign_file_is_refused(path: Path, text: str, code: MessageCode) -> None:
    started = time.perf_counter()
    assert refused(path, text).code is code
    assert time.perf_counter() - started < 2


def test_a_heavy_a_damaged_and_a_binary_file_are_refused(path: Path) -> None:
    assert refused(path, LIBRARY, limits=Limits(max_bytes=100)).code is MessageCode.FILE_TOO_LARGE
    assert refused(path, b"urn: caf\xe9\nobjects: x\n").code is MessageCode.YAML_SYNTAX
    assert refused(path, b"%PDF-1.7\n").code is MessageCode.FILE_TYPE_REFUSED
    small = TreeLimits(max_nodes=10)
    assert refused(path, LIBRARY, tree_limits=small).code is MessageCode.YAML_TOO_MANY_NODES


def test_a_file_of_3_4_megabytes_reads_within_seconds(path: Path) -> None:
    lines, size, count = [LIBRARY], 0, 0
    while size < 3_400_000:
        count += 1
        lines.append(
            f"    - urn: {BASE}:n{count}\n      assessable: true\n      depth: 1\n"
            f"      ref_id: N.{count}\n      name: Exigence {count}\n      description: "
            f'"{"Texte de longueur ordinaire. " * 8}"\n'
            f"      translations: {{en: {{name: Requirement {count}, "
            f'description: "{"Ordinary length. " * 12}"}}}}\n'
        )
        size += len(lines[-1])
    started = time.perf_counter()
    found = library(path, "".join(lines))
    assert time.perf_counter() - started < 3
    assert len(found.frameworks[0].nodes) == count + 2


@settings(max_examples=200, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text(":-[]{}&*!#|>'\" \n\tab1,?%@`", max_size=80).map(str.encode),
    ),
    has_head=st.booleans(),
)  # fmt: skip
def test_no_bytes_make_the_reader_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, has_head: bool
) -> None:
    path = tmp_path_factory.mktemp("y") / "a.yaml"
    path.write_bytes((LIBRARY.encode() if has_head else b"") + data)
    try:
        read_library(path)
    except FileRefused as caught:
        assert caught.message.code in MessageCode
