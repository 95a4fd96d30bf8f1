"""Every way of writing a file wrong is refused, with the file, the place and what to do."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hygie.programme.referential.faults import Fault, FaultCode, ReferentialError
from hygie.programme.referential.load import load_referential
from tests.programme.referential.conftest import Files, words, write

Refused = Callable[[Files], dict[FaultCode, Fault]]

INDICATORS = "indicators/all.yaml"
MEASURES = "measures/all.yaml"
TREE = "frameworks/care-d9.yaml"


def _row(files: Files, name: str, index: int = 0) -> Any:
    return files[name]["rows"][index]


def _leaf(files: Files) -> Any:
    return files[TREE]["requirements"][1]


def test_the_small_referential_is_sound(files: Files, tmp_path: Path) -> None:
    referential = load_referential(write(files, tmp_path))
    assert [node.row.id for node in referential.requirements()] == ["D9.O1", "D9.O1.A"]
    assert referential.requirement("D9.O1.A").needs_parameters == ("minimum",)
    assert referential.requirement("D9.O1.A").rule is None
    assert referential.domains[0].current_call is not None


def _unknown_field(files: Files) -> None:
    _row(files, INDICATORS)["colour"] = "red"


def _missing_field(files: Files) -> None:
    del _row(files, INDICATORS)["unit"]


def _missing_source(files: Files) -> None:
    del files[INDICATORS]["defaults"]["source"]


def _missing_translation(files: Files) -> None:
    del _row(files, INDICATORS)["title"]["en"]


def _empty_text(files: Files) -> None:
    _row(files, INDICATORS)["title"]["fr"] = "  "


def _bad_date(files: Files) -> None:
    files["axes.yaml"]["rows"][0]["as_of"] = "demain"


def _wrong_unit(files: Files) -> None:
    _row(files, INDICATORS)["unit"] = "metres"


def _wrong_room(files: Files) -> None:
    _row(files, INDICATORS)["measured_by"] = "operations/garden"


def _text_for_number(files: Files) -> None:
    _row(files, MEASURES)["lead_weeks"] = "4"


def _true_for_number(files: Files) -> None:
    _row(files, MEASURES)["lead_weeks"] = True


def _range_reversed(files: Files) -> None:
    _row(files, MEASURES)["cost"]["small"]["once"] = {"low": 10, "high": 1}


def _two_bounds(files: Files) -> None:
    _row(files, INDICATORS)["targets"][0]["at_most"] = 60


def _two_dates(files: Files) -> None:
    _row(files, INDICATORS)["targets"][0]["from"] = dt.date(2026, 1, 1)


def _version_without_changelog(files: Files) -> None:
    files["referential.yaml"]["version"] = 2


def _surer_than_its_halves(files: Files) -> None:
    _row(files, "objectives.yaml")["status"] = "confirmed"


def _assessable_without_rule(files: Files) -> None:
    del _leaf(files)["rule"]


def _group_with_rule(files: Files) -> None:
    files[TREE]["requirements"][0]["rule"] = {"questionnaire": {}}


def _row_is_text(files: Files) -> None:
    files[INDICATORS]["rows"][0] = "share.one"


def _rows_missing(files: Files) -> None:
    files[INDICATORS]["items"] = files[INDICATORS].pop("rows")


def _default_unknown(files: Files) -> None:
    files[INDICATORS]["defaults"]["unit"] = "percent"


def _wrong_schema(files: Files) -> None:
    files[INDICATORS]["schema"] = 2


def _no_schema(files: Files) -> None:
    del files[INDICATORS]["schema"]


def _twice(files: Files) -> None:
    files[INDICATORS]["rows"].append(dict(_row(files, INDICATORS)))


def _question_twice(files: Files) -> None:
    choices = [{"code": c, "text": words(c), "result": "passed"} for c in ("a", "b")]
    question = {
        "code": "q",
        "kind": "unique_choice",
        "text": words("question"),
        "choices": choices,
    }
    _leaf(files)["questions"] = [question, question]


def _unknown_indicator_in_rule(files: Files) -> None:
    _leaf(files)["rule"]["all"][1]["measure"]["indicator"] = "share.two"


def _unknown_document_in_rule(files: Files) -> None:
    _leaf(files)["rule"]["all"][0]["proof"]["document"] = "memo"


def _unknown_parameter(files: Files) -> None:
    files[TREE]["parameters"] = []


def _unknown_document(files: Files) -> None:
    _leaf(files)["documents"] = ["memo"]


def _unknown_parent(files: Files) -> None:
    _leaf(files)["parent"] = "D9.O2"


def _unknown_skill(files: Files) -> None:
    _row(files, MEASURES)["effort"] = {"wizard": 1}


def _unknown_prerequisite(files: Files) -> None:
    _row(files, MEASURES)["prerequisites"] = ["third"]


def _unknown_mapping(files: Files) -> None:
    _row(files, "mappings.yaml")["rows"][0]["ours"] = "D9.O9"


def _unknown_axis(files: Files) -> None:
    _row(files, "objectives.yaml")["axis"] = 2


def measure_cycle(files: Files) -> None:
    _row(files, MEASURES)["prerequisites"] = ["second"]


def _tree_cycle(files: Files) -> None:
    files[TREE]["requirements"][0]["parent"] = "D9.O1.A"


def _idle(files: Files) -> None:
    files[INDICATORS]["rows"].append(_row(files, INDICATORS) | {"code": "share.idle"})


def _target_outside_unit(files: Files) -> None:
    _row(files, INDICATORS)["targets"][0]["at_least"] = 150


def _rule_outside_unit(files: Files) -> None:
    _leaf(files)["rule"]["all"][1]["measure"]["at_least"] = 150


def _parameter_outside_unit(files: Files) -> None:
    files[TREE]["parameters"][0]["value"] = 150.0


def _wrong_direction(files: Files) -> None:
    _row(files, MEASURES)["indicators"][0]["effect"] = "lower"


def _not_reciprocal(files: Files) -> None:
    _row(files, INDICATORS)["objectives"] = []


def _dates_reversed(files: Files) -> None:
    dates = _row(files, "domains.yaml")["calls"][0]["dates"]
    dates["applications_until"] = {"on": dt.date(2025, 1, 1)}


def _bad_rule(files: Files) -> None:
    _leaf(files)["rule"]["all"][0] = {"prove": {"document": "note"}}


def _threshold_above_one(files: Files) -> None:
    inner = {"proof": {"document": "note"}}
    _leaf(files)["rule"] = {"coverage": {"threshold": "66", "of": inner}}


@pytest.mark.parametrize(
    ("breakage", "code", "file", "path"),
    [
        (_unknown_field, FaultCode.UNKNOWN_FIELD, INDICATORS, "rows[0].colour"),
        (_missing_field, FaultCode.MISSING_FIELD, INDICATORS, "rows[0].unit"),
        (_missing_source, FaultCode.MISSING_FIELD, INDICATORS, "rows[0].source"),
        (_missing_translation, FaultCode.MISSING_TRANSLATION, INDICATORS, "rows[0].title.en"),
        (_empty_text, FaultCode.BAD_VALUE, INDICATORS, "rows[0].title.fr"),
        (_bad_date, FaultCode.BAD_DATE, "axes.yaml", "rows[0].as_of"),
        (_wrong_unit, FaultCode.BAD_CHOICE, INDICATORS, "rows[0].unit"),
        (_wrong_room, FaultCode.BAD_VALUE, INDICATORS, "rows[0].measured_by"),
        (_text_for_number, FaultCode.BAD_VALUE, MEASURES, "rows[0].lead_weeks"),
        (_true_for_number, FaultCode.BAD_VALUE, MEASURES, "rows[0].lead_weeks"),
        (_range_reversed, FaultCode.BAD_VALUE, MEASURES, "rows[0].cost.small.once"),
        (_two_bounds, FaultCode.BAD_VALUE, INDICATORS, "rows[0].targets[0]"),
        (_two_dates, FaultCode.BAD_VALUE, INDICATORS, "rows[0].targets[0]"),
        (_version_without_changelog, FaultCode.BAD_VALUE, "referential.yaml", ""),
        (_surer_than_its_halves, FaultCode.BAD_VALUE, "objectives.yaml", "rows[0]"),
        (_assessable_without_rule, FaultCode.BAD_VALUE, TREE, "requirements[1]"),
        (_group_with_rule, FaultCode.BAD_VALUE, TREE, "requirements[0]"),
        (_row_is_text, FaultCode.NOT_A_MAPPING, INDICATORS, "rows[0]"),
        (_rows_missing, FaultCode.MISSING_FIELD, INDICATORS, "rows"),
        (_default_unknown, FaultCode.UNKNOWN_FIELD, INDICATORS, "defaults.unit"),
        (_wrong_schema, FaultCode.SCHEMA_VERSION, INDICATORS, "schema"),
        (_no_schema, FaultCode.SCHEMA_VERSION, INDICATORS, "schema"),
        (_twice, FaultCode.DUPLICATE_CODE, INDICATORS, "rows[1].code"),
        (_question_twice, FaultCode.DUPLICATE_CODE, TREE, "requirements[1].questions[1].code"),
        (
            _unknown_indicator_in_rule,
            FaultCode.UNKNOWN_CODE,
            TREE,
            "requirements[1].rule.all[1].measure.indicator",
        ),
        (
            _unknown_document_in_rule,
            FaultCode.UNKNOWN_CODE,
            TREE,
            "requirements[1].rule.all[0].proof.document",
        ),
        (
            _unknown_parameter,
            FaultCode.UNKNOWN_CODE,
            TREE,
            "requirements[1].rule.all[1].measure.at_least",
        ),
        (_unknown_document, FaultCode.UNKNOWN_CODE, TREE, "requirements[1].documents[0]"),
        (_unknown_parent, FaultCode.UNKNOWN_CODE, TREE, "requirements[1].parent"),
        (_unknown_skill, FaultCode.UNKNOWN_CODE, MEASURES, "rows[0].effort.wizard"),
        (_unknown_prerequisite, FaultCode.UNKNOWN_CODE, MEASURES, "rows[0].prerequisites[0]"),
        (_unknown_mapping, FaultCode.UNKNOWN_CODE, "mappings.yaml", "rows[0].rows[0].ours"),
        (_unknown_axis, FaultCode.UNKNOWN_CODE, "objectives.yaml", "rows[0].axis"),
        (measure_cycle, FaultCode.CYCLE, MEASURES, "rows[0].prerequisites"),
        (_tree_cycle, FaultCode.CYCLE, TREE, "requirements[0].parent"),
        (_idle, FaultCode.UNUSED_INDICATOR, INDICATORS, "rows[1].code"),
        (_target_outside_unit, FaultCode.BOUND_OUTSIDE_UNIT, INDICATORS, "rows[0].targets[0]"),
        (
            _rule_outside_unit,
            FaultCode.BOUND_OUTSIDE_UNIT,
            TREE,
            "requirements[1].rule.all[1].measure",
        ),
        (_parameter_outside_unit, FaultCode.BOUND_OUTSIDE_UNIT, TREE, "parameters[0].value"),
        (_wrong_direction, FaultCode.WRONG_DIRECTION, MEASURES, "rows[0].indicators[0]"),
        (_not_reciprocal, FaultCode.NOT_RECIPROCAL, "objectives.yaml", "rows[0].indicators[0]"),
        (
            _dates_reversed,
            FaultCode.DATES_REVERSED,
            "domains.yaml",
            "rows[0].calls[0].dates.applications_until",
        ),
        (_bad_rule, FaultCode.BAD_RULE, TREE, "requirements[1].rule.all[0]"),
        (
            _threshold_above_one,
            FaultCode.BAD_RULE,
            TREE,
            "requirements[1].rule.coverage.threshold",
        ),
    ],
)
def test_a_wrong_row_is_refused_at_its_place(
    files: Files,
    refused: Refused,
    breakage: Callable[[Files], None],
    code: FaultCode,
    file: str,
    path: str,
) -> None:
    breakage(files)
    faults = refused(files)
    assert code in faults, faults
    assert (faults[code].file, faults[code].path) == (file, path)


def test_every_fault_is_listed_not_only_the_first(files: Files, tmp_path: Path) -> None:
    _unknown_field(files)
    _missing_translation(files)
    files["skills.yaml"]["schema"] = 9
    _text_for_number(files)
    with pytest.raises(ReferentialError) as caught:
        load_referential(write(files, tmp_path))
    assert len(caught.value.faults) == 4
    assert len(str(caught.value).splitlines()) == 4
