"""The packaged referential holds what the programme asks, and says how sure it is."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from hygie.programme.referential.content import Referential
from hygie.programme.referential.load import PACKAGED
from hygie.programme.referential.parameters import references_of
from hygie.programme.referential.vocabulary import (
    Direction,
    Holder,
    Relationship,
    Result,
    Status,
    Unit,
)


def test_four_axes_carry_twenty_objectives(care: Referential) -> None:
    assert [axis.number for axis in care.axes] == [1, 2, 3, 4]
    assert [objective.number for objective in care.objectives] == list(range(1, 21))
    assert Counter(objective.axis for objective in care.objectives) == {1: 6, 2: 4, 3: 4, 4: 6}


def test_only_objective_eleven_has_a_confirmed_number(care: Referential) -> None:
    confirmed = [row.number for row in care.objectives if row.number_status is Status.CONFIRMED]
    assert confirmed == [11]


def test_every_objective_is_measured_by_something(care: Referential) -> None:
    assert all(row.indicators and row.requirements for row in care.objectives)


def test_every_assessable_requirement_belongs_to_an_objective(care: Referential) -> None:
    linked = {code for row in care.objectives for code in row.requirements}
    assert {node.row.id for node in care.requirements() if node.row.assessable} == linked


def test_domain_two_has_seventeen_nodes_thirteen_assessable(care: Referential) -> None:
    nodes = care.framework("care-d2").nodes
    assert [node.row.id for node in nodes] == [
        "D2.P",
        "D2.P1",
        "D2.P2",
        "D2.O1",
        "D2.O1.A",
        "D2.O1.B",
        "D2.O1.C",
        "D2.O1.D",
        "D2.O2",
        "D2.O2.A",
        "D2.O2.B",
        "D2.O3",
        "D2.O3.A",
        "D2.O3.B",
        "D2.O3.C",
        "D2.O3.D",
        "D2.O4",
    ]
    assert sum(node.row.assessable for node in nodes) == 13
    last = nodes[-1]
    assert (last.row.assessable, last.depth) == (True, 1)
    assert last.urn == "urn:hygie:requirement:care:d2.o4"


def test_domain_two_dates_are_those_of_its_order(care: Referential) -> None:
    (domain,) = [row for row in care.domains if row.code == "d2"]
    assert domain.current_call is not None
    dates = domain.current_call.dates
    assert str(dates.phase_start.on) == "2025-07-16"
    assert str(dates.applications_from.on) == "2025-09-02"
    assert dates.attainment_until.status is Status.INFERRED
    assert domain.prerequisites == ("D2.P1", "D2.P2")


def test_five_domains_each_have_their_framework(care: Referential) -> None:
    assert [row.framework for row in care.domains] == [f"care-d{n}" for n in range(1, 6)]


def test_there_are_at_least_sixty_indicators_and_sixty_five_measures(care: Referential) -> None:
    assert len(care.indicators) >= 60
    assert len(care.measures) >= 65


def test_every_assessable_requirement_is_served_by_a_measure(care: Referential) -> None:
    served = {code for measure in care.measures for code in measure.requirements}
    assessable = {node.row.id for node in care.requirements() if node.row.assessable}
    assert assessable <= served


def test_orders_of_magnitude_are_never_shown_as_confirmed(care: Referential) -> None:
    assert {measure.status for measure in care.measures} == {Status.INFERRED}
    assert {size.status for size in care.sizes} == {Status.INFERRED}


def test_a_larger_establishment_never_pays_less(care: Referential) -> None:
    for measure in care.measures:
        cost = measure.cost
        for kind in ("once", "yearly"):
            highs = [getattr(size, kind).high for size in (cost.small, cost.medium, cost.large)]
            assert highs == sorted(highs), (measure.code, kind)


def test_every_measure_serves_something_measured(care: Referential) -> None:
    assert [m.code for m in care.measures if not (m.indicators or m.requirements)] == []


def test_hygiene_and_recyf_numbers_are_widely_covered(care: Referential) -> None:
    hygiene = {number for measure in care.measures for number in measure.hygiene}
    recyf = {number for measure in care.measures for number in measure.recyf}
    assert len(hygiene) >= 38
    assert recyf == set(range(1, 21))


def test_texts_are_not_the_same_in_both_languages_by_mistake(care: Referential) -> None:
    for measure in care.measures:
        for text in (measure.title, measure.description, measure.care_risk):
            assert text.fr != text.en, measure.code
    for indicator in care.indicators:
        assert indicator.help.fr != indicator.help.en, indicator.code


def test_a_boolean_indicator_improves_upwards(care: Referential) -> None:
    booleans = [row for row in care.indicators if row.unit is Unit.BOOLEAN]
    assert {row.direction for row in booleans} == {Direction.HIGHER}


def test_an_indicator_read_by_a_rule_may_be_recorded_on_any_candidate(care: Referential) -> None:
    read = {
        ref.name
        for node in care.requirements()
        for ref in references_of(node.row.rule)
        if ref.kind == "indicator"
    }
    assert {care.indicator(code).held_at for code in read} == {Holder.ANY}


def test_a_target_addresses_organisations_that_can_hold_its_indicator(care: Referential) -> None:
    for indicator in care.indicators:
        kinds = {kind.value for target in indicator.targets for kind in target.kinds}
        assert indicator.held_at is Holder.ANY or kinds <= {indicator.held_at.value}


def test_a_requirement_with_a_questionnaire_has_questions_and_the_reverse(
    care: Referential,
) -> None:
    for node in care.requirements():
        asks = "questionnaire" in str(node.row.rule)
        assert asks == bool(node.row.questions), node.row.id


def test_every_question_can_be_passed(care: Referential) -> None:
    for node in care.requirements():
        for question in node.row.questions:
            assert Result.PASSED in {choice.result for choice in question.choices}


def test_documents_named_by_a_rule_are_listed_as_expected(care: Referential) -> None:
    for node in care.requirements():
        named = {ref.name for ref in references_of(node.row.rule) if ref.kind == "document"}
        assert named <= set(node.row.documents), node.row.id


def test_unsourced_thresholds_wait_for_an_administrator(care: Referential) -> None:
    waiting = {node.row.id for node in care.requirements() if node.needs_parameter}
    assert waiting == {"AX3.O11.A", "D1.O1.B", "D1.O2.B", "D3.O1.A", "D3.O2.A", "D3.O2.B"}
    assert all(care.requirement(code).rule is None for code in waiting)


def test_provisional_domains_are_marked_inferred(care: Referential) -> None:
    for code in ("care-d4", "care-d5"):
        framework = care.framework(code)
        assert {node.row.status for node in framework.nodes} == {Status.INFERRED}


def test_only_the_public_copy_of_the_same_order_is_called_equal(care: Referential) -> None:
    equal = {
        mapped.code
        for mapped in care.mappings
        for link in mapped.rows
        if link.relationship is Relationship.EQUAL
    }
    assert equal == {"ans-care-domaine2"}


def test_every_assessable_requirement_is_linked_to_another_framework(care: Referential) -> None:
    linked = {link.ours for mapped in care.mappings for link in mapped.rows}
    domains = {node.row.id for node in care.requirements() if node.row.assessable}
    assert {code for code in domains if not code.startswith("AX")} <= linked


def test_no_machine_path_or_mail_address_slipped_in() -> None:
    for path in sorted(PACKAGED.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert "/work/" not in text and "/home/" not in text and "@" not in text, path


@pytest.mark.real_data
def test_mappings_point_at_real_nodes_of_the_public_libraries(
    care: Referential, real_data: Path
) -> None:
    for name in ("ans-care-domaine2", "anssi-guide-hygiene"):
        text = (real_data / "frameworks" / f"{name}.yaml").read_text(encoding="utf-8")
        framework = yaml.load(text, Loader=yaml.CSafeLoader)["objects"]["framework"]
        nodes = {node["urn"]: node for node in framework["requirement_nodes"]}
        (mapped,) = [row for row in care.mappings if row.code == name]
        assert mapped.framework_urn == framework["urn"]
        assert {mapped.urn_prefix + link.theirs for link in mapped.rows} <= set(nodes)


@pytest.mark.real_data
def test_domain_two_has_the_tree_of_the_public_library(care: Referential, real_data: Path) -> None:
    text = (real_data / "frameworks" / "ans-care-domaine2.yaml").read_text(encoding="utf-8")
    theirs = yaml.load(text, Loader=yaml.CSafeLoader)["objects"]["framework"]["requirement_nodes"]
    ours = care.framework("care-d2").nodes
    assert [(n.row.id.lower(), n.depth, n.row.assessable) for n in ours] == [
        (node["ref_id"], node["depth"], node["assessable"]) for node in theirs
    ]


@pytest.mark.real_data
def test_our_words_are_not_those_of_the_order(care: Referential, real_data: Path) -> None:
    text = (real_data / "frameworks" / "ans-care-domaine2.yaml").read_text(encoding="utf-8")
    theirs = yaml.load(text, Loader=yaml.CSafeLoader)["objects"]["framework"]["requirement_nodes"]
    copied = _runs(" ".join(str(node.get("description") or "") for node in theirs))
    for node in care.framework("care-d2").nodes:
        row = node.row
        for words in (row.title, row.description, row.explains, row.operational):
            if words is not None:
                assert not _runs(words.fr) & copied, row.id


def _runs(text: str, length: int = 9) -> set[tuple[str, ...]]:
    words = text.lower().replace("’", "'").split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
