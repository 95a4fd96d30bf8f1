"""Exports of OpenAEV and files in the Common Exercise Format are read, and hostile ones refused."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hygie.connectors.exercise_formats.cexf import read_cexf
from hygie.connectors.exercise_formats.cexf_writer import write_cexf
from hygie.connectors.exercise_formats.html_text import text_of_html
from hygie.connectors.exercise_formats.openaev import read_openaev
from hygie.connectors.exercise_formats.opening import read_exercise, recognise_exercise
from hygie.connectors.exercise_formats.types import ExerciseFormat
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.exercise.types import Condition
from hygie.engines.exercise.vocabulary import Channel, Match, Nature, On

_SAMPLE = Path("exercises/cexf_misp-01.json")
_FIRST = "19272db1-a7c4-4cb3-aa33-df775b8fec8c"
_MAIL = {"injector_contract_id": "138ad8f8-32f8-4a22-8114-aaa12322bd09"}


def _depends(parent: str, key: str, value: bool, mode: str = "and") -> dict[str, Any]:
    return {
        "dependency_relationship": {"inject_parent_id": parent, "inject_children_id": "x"},
        "dependency_condition": {
            "mode": mode, "conditions": [{"key": key, "value": value, "operator": "eq"}],
        },
    }  # fmt: skip


def _export() -> dict[str, Any]:
    expectation = {
        "expectation_type": "MANUAL", "expectation_name": "Cellule ouverte",
        "expectation_description": "<p>En moins de 15 min</p>", "expectation_score": 80.0,
        "expectation_expiration_time": 900,
    }  # fmt: skip
    return {
        "export_version": 1,
        "scenario_information": {
            "scenario_id": "s", "scenario_name": "Nuit", "scenario_description": "<b>Test</b>",
        },
        "scenario_teams": [{"team_id": "t1", "team_name": "Cellule DSI"}],
        "scenario_users": [{"user_id": "u", "user_email": "someone@example.org"}],
        "scenario_objectives": [{"objective_id": "o", "objective_title": "Tenir"}],
        "scenario_variables": [{"variable_key": "dpi", "variable_value": "DxCare"}],
        "scenario_documents": [{"document_id": "d", "document_name": "note.pdf"}],
        "scenario_channels": [
            {"channel_id": "c", "channel_type": "microblogging", "channel_name": "Oiseau"}
        ],
        "scenario_articles": [
            {"article_id": "a", "article_name": "Panne", "article_content": "Tout est en panne",
             "article_author": "La Voix", "article_channel": "c"}
        ],
        "scenario_injects": [
            {"inject_id": "i2", "inject_title": "Suite", "inject_depends_duration": 1800,
             "inject_type": "openbas_channel", "inject_all_teams": True,
             "inject_depends_on": [_depends("i1", "Cellule ouverte", False)],
             "inject_content": {"articles": ["a"]}},
            {"inject_id": "i1", "inject_title": "Alerte", "inject_depends_duration": 60,
             "inject_injector_contract": _MAIL, "inject_all_teams": False, "inject_teams": ["t1"],
             "inject_documents": [{"document_id": "d"}], "inject_depends_on": [],
             "inject_content": {"subject": "Écrans figés", "expectations": [expectation],
                                "body": "<p>Le ${dpi} ne répond plus.</p><ul><li>A</li></ul>"}},
            {"inject_id": "i3", "inject_title": "Implant", "inject_depends_duration": 90,
             "inject_type": "openaev_implant", "inject_depends_on": None, "inject_content": {}},
            {"inject_id": "i4", "inject_title": "Coupé", "inject_depends_duration": 90,
             "inject_type": "openex_ovh_sms", "inject_enabled": False,
             "inject_content": {"message": "x"}, "inject_depends_on": "i1"},
        ],
    }  # fmt: skip


def _json(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_an_openaev_export_becomes_a_scenario(tmp_path: Path) -> None:
    found = read_openaev(_json(tmp_path, _export()))
    injects = {inject.key: inject for inject in found.scenario.injects}
    assert list(injects) == ["i1", "i3", "i4", "i2"]
    first = injects["i1"]
    assert (first.offset_s, first.channel, first.cells) == (60, Channel.MAIL, ("cellule-dsi",))
    assert first.body == "Le {{dpi}} ne répond plus.\n\n- A"
    assert (first.title, first.comment) == ("Écrans figés", "Alerte")
    assert first.expected == "Cellule ouverte\nEn moins de 15 min"
    assert (first.score, first.deadline_s, first.attachments) == (80, 900, ("note.pdf",))
    assert found.scenario.variables == {"dpi": "DxCare"}
    assert [one.title for one in found.scenario.objectives] == ["Tenir"]
    assert found.scenario.summary == "Test"


def test_press_and_dependencies_of_openaev_are_kept(tmp_path: Path) -> None:
    found = read_openaev(_json(tmp_path, _export()))
    press = found.scenario.injects[-1]
    assert (press.channel, press.sender, press.cells) == (Channel.SOCIAL, "La Voix", ())
    assert press.conditions == (Condition(On.RESULT, "i1", "missed"),)
    assert press.match is Match.ALL
    assert found.scenario.injects[2].conditions == (Condition(On.PLAYED, "i1"),)


def test_what_openaev_has_and_we_have_not_is_told(tmp_path: Path) -> None:
    found = read_openaev(_json(tmp_path, _export()))
    natures = {inject.key: inject.nature for inject in found.scenario.injects}
    assert natures["i3"] is natures["i4"] is Nature.FACILITATION
    unknown = next(found.report.of(Code.EXERCISE_TYPE_UNKNOWN))
    assert (unknown.row, unknown.params["value"]) == (3, "openaev_implant")
    assert next(found.report.of(Code.EXERCISE_DISABLED)).params["count"] == 1
    assert next(found.report.of(Code.EXERCISE_NOT_KEPT)).params == {"what": "users", "count": 1}
    assert "someone@example.org" not in repr(found.scenario)


def test_an_openaev_archive_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "nuit.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("d.pdf", b"%PDF-1.4")
        archive.writestr("autre.json", "[]")
        archive.writestr("Nuit.json", json.dumps(_export()))
    assert recognise_exercise(path) is ExerciseFormat.OPENAEV
    assert len(read_exercise(path).scenario.injects) == 4


def test_the_cexf_sample_goes_in_and_out_unchanged(real_data: Path, tmp_path: Path) -> None:
    path = real_data / _SAMPLE
    found = read_cexf(path)
    stream = io.BytesIO()
    assert write_cexf(stream, found.scenario, remainder=found.remainder) == 2
    assert json.loads(stream.getvalue()) == json.loads(path.read_text("utf-8"))
    again = read_cexf(_json(tmp_path, json.loads(stream.getvalue())))
    assert again.scenario == found.scenario


def test_the_cexf_sample_is_understood(real_data: Path) -> None:
    found = read_exercise(real_data / _SAMPLE)
    mail, flow = found.scenario.injects
    assert (found.scenario.title, found.scenario.duration_s) == ("Phishing e-mail", 7200)
    assert (mail.channel, mail.score, mail.attachments) == (Channel.MAIL, 100, ("email.eml",))
    assert mail.body.startswith("From csirt@telco.lu") and "Publishing (10)" in mail.expected
    assert flow.conditions == (Condition(On.RESULT, _FIRST, "reached"),)
    assert flow.nature is Nature.FACILITATION and "Suricata" in flow.comment
    assert next(found.report.of(Code.EXERCISE_TYPE_UNKNOWN)).params["value"] == "network_connection"


def test_a_change_keeps_the_rest_of_a_cexf_file(real_data: Path, tmp_path: Path) -> None:
    found = read_cexf(real_data / _SAMPLE)
    injects = list(found.scenario.injects)
    injects[0] = replace(injects[0], sender="CSIRT", offset_s=120)
    changed = replace(found.scenario, injects=tuple(injects))
    stream = io.BytesIO()
    write_cexf(stream, changed, remainder=found.remainder)
    document = json.loads(stream.getvalue())
    before = json.loads((real_data / _SAMPLE).read_text("utf-8"))
    assert document["injects"] == before["injects"]
    assert document["inject_payloads"] == before["inject_payloads"]
    assert read_cexf(_json(tmp_path, document)).scenario == changed


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], Code.EXERCISE_NOT_KNOWN),
        ({"a": 1}, Code.EXERCISE_NOT_KNOWN),
        ({"scenario_information": {}, "export_version": 2}, Code.EXERCISE_VERSION),
    ],
)
def test_other_json_texts_are_refused(tmp_path: Path, document: object, code: Code) -> None:
    with pytest.raises(FileRefused) as caught:
        read_exercise(_json(tmp_path, document))
    assert caught.value.message.code is code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"exercise": {}, "injects": [', Code.JSON_TRUNCATED),
        ('{"exercise": {}, "injects": [1 2]}', Code.JSON_DAMAGED),
        ('{"exercise": ' + "[" * 100 + "]" * 100 + "}", Code.JSON_TOO_DEEP),
    ],
)
def test_damaged_json_is_refused(tmp_path: Path, text: str, code: Code) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FileRefused) as caught:
        read_exercise(path)
    assert caught.value.message.code is code


_WRONG: list[object] = [None, 1, -1.5, "x", [], {}, [1], {"a": []}, True, 1e308, [None, {}]]


@pytest.mark.parametrize("wrong", _WRONG)
def test_no_value_of_a_wrong_kind_breaks_a_reader(tmp_path: Path, wrong: object) -> None:
    export = _export()
    for name in list(export["scenario_injects"][1]):
        broken = _export()
        broken["scenario_injects"][1][name] = wrong
        read_openaev(_json(tmp_path, broken))
    for name in export["scenario_injects"][1]["inject_content"]:
        broken = _export()
        broken["scenario_injects"][1]["inject_content"][name] = wrong
        read_openaev(_json(tmp_path, broken))
    for name in ("exercise", "inject_flow", "inject_payloads"):
        document: dict[str, object] = {"exercise": {}, "injects": [{"uuid": "a", "name": "b"}]}
        document[name] = wrong
        if isinstance(document["exercise"], dict):
            read_cexf(_json(tmp_path, document))
    ours = {"scenario": wrong, "injects": {"a": wrong}}
    about = {"name": "x", "meta": {"hygie": ours}}
    found = read_cexf(_json(tmp_path, {"exercise": about, "injects": [{"uuid": "a"}]}))
    assert found.scenario.title == "x"


def test_what_people_read_in_html_is_kept() -> None:
    assert text_of_html("a < b & c") == "a < b & c"
    assert text_of_html("<p>Un&nbsp;&eacute;cran</p><script>x</script><p>deux</p>") == (
        "Un\N{NO-BREAK SPACE}écran\n\ndeux"
    )
    assert text_of_html("<div>" * 5000 + "x") == "x"
