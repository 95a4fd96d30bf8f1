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
from hygie.connectors.exercise_formats.opening import (
    likely_format,
    read_exercise,
    recognise_exercise,
)
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


def test_teams_told_twice_and_teams_of_the_staff_make_no_further_cell(tmp_path: Path) -> None:
    export = _export()
    export["scenario_teams"] *= 2
    export["scenario_teams"].append({"team_id": "t2", "team_name": "Animation team"})
    export["scenario_injects"][1]["inject_teams"] = ["t2"]
    found = read_openaev(_json(tmp_path, export))
    assert [cell.name for cell in found.scenario.cells] == ["Cellule DSI"]
    first = next(one for one in found.scenario.injects if one.key == "i1")
    assert (first.nature, first.cells) == (Nature.FACILITATION, ())


def test_steps_of_a_chain_and_words_around_messages_are_told(tmp_path: Path) -> None:
    export = _export()
    export["scenario_information"]["scenario_message_header"] = "EXERCICE"
    export["scenario_workflow"] = {"workflow_steps": [{"step_id": "a"}, {"step_id": "b"}]}
    found = read_openaev(_json(tmp_path, export))
    told = [dict(one.params) for one in found.report.of(Code.EXERCISE_NOT_KEPT)]
    assert {"what": "message_header", "count": 1} in told
    assert {"what": "workflow_steps", "count": 2} in told


def test_an_export_of_people_without_a_row_says_so(tmp_path: Path) -> None:
    export = {
        "exercise_information": {"exercise_name": "Vide"}, "exercise_objectives": None,
        "exercise_teams": [{"team_id": "t", "team_name": "DSI"}],
    }  # fmt: skip
    found = read_exercise(_json(tmp_path, export))
    assert [one.code for one in found.report.messages] == [Code.EXERCISE_NO_INJECT]
    empty = read_exercise(_json(tmp_path, {"exercise": {"name": "Vide"}, "injects": []}))
    assert next(empty.report.of(Code.EXERCISE_NO_INJECT)).row is None


def test_tasks_of_players_in_a_common_file_are_sent_to_them(tmp_path: Path) -> None:
    document = {
        "exercise": {"name": "Campagne", "total_duration": "7200", "meta": {"level": "advanced"}},
        "inject_flow": [
            {"inject_uuid": "a", "requirements": {}, "sequence": {"followed_by": []},
             "timing": {"triggered_at": None, "periodic_run_every": 10}},
            {"inject_uuid": "b", "requirements": {"inject_uuid": "a"},
             "timing": {"triggered_at": 1800}},
        ],
        "inject_payloads": [{"uuid": "p", "parameters": {"filename": "a.eml", "contents": "Là"}}],
        "injects": [
            {"uuid": "a", "name": "Ouvrir", "action": "", "target_tool": "MISP",
             "description": "Ouvrez un\nincident"},
            {"uuid": "b", "name": "Mail", "action": "email_to_participants",
             "action_payload_resource_uuid": "p", "description": "Pour l'animation"},
            {"uuid": "c", "name": "Rien", "action": "", "description": None},
        ],
    }  # fmt: skip
    found = read_exercise(_json(tmp_path, document))
    task, mail, nothing = found.scenario.injects
    assert (task.nature, task.body, task.comment) == (
        Nature.INJECT, "Ouvrez un\nincident", "CEXF : MISP",
    )  # fmt: skip
    assert (mail.body, mail.offset_s, mail.conditions) == (
        "Là", 1800, (Condition(On.RESULT, "a", "reached"),),
    )  # fmt: skip
    assert nothing.nature is Nature.FACILITATION
    assert found.scenario.duration_s == 7200
    stream = io.BytesIO()
    write_cexf(stream, found.scenario, remainder=found.remainder)
    assert json.loads(stream.getvalue()) == document


def _zip(**members: str) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    stream.seek(0)
    return stream


def test_the_reader_of_a_file_is_chosen_by_its_content() -> None:
    cexf = '{"exercise": {}, "inject_flow": [], "injects": []}'
    played = '{"exercise_information": {"exercise_name": "x"}}'
    for content, expected in (
        (cexf, ExerciseFormat.CEXF), (played, ExerciseFormat.OPENAEV),
        ("\ufeff " + cexf, ExerciseFormat.CEXF), ("Horaire;Sujet\n", ExerciseFormat.CHRONOGRAM),
        ("", ExerciseFormat.CHRONOGRAM),
    ):  # fmt: skip
        stream = io.BytesIO(content.encode())
        assert likely_format(stream) is expected, content
        assert stream.tell() == 0
    assert likely_format(_zip(a_json=cexf)) is ExerciseFormat.CEXF
    assert likely_format(_zip(a_json="[]", b_json=played)) is ExerciseFormat.OPENAEV
    assert likely_format(_zip(mimetype="x")) is ExerciseFormat.CHRONOGRAM
    assert likely_format(_zip(a_txt="x")) is ExerciseFormat.OPENAEV
    damaged = io.BytesIO(_zip(a_json=cexf).getvalue()[:40])
    assert likely_format(damaged) is ExerciseFormat.OPENAEV


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
