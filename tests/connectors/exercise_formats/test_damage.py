"""Whatever happened to a file on its way, its reader answers with a scenario or a clear refusal."""

import copy
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.exercise_formats.mapping import preview
from hygie.connectors.exercise_formats.opening import likely_format, read_exercise
from hygie.connectors.messages import FileRefused
from hygie.engines.exercise.types import ScenarioRecord

_START = dt.datetime.fromisoformat("2026-05-12T09:00")
_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "x",
    [],
    {},
    [[]],
    {"a": {}},
    10**30,
    "\x00",
    0.5,
)
_OPENAEV: dict[str, Any] = {
    "export_version": 1,
    "scenario_information": {"scenario_name": "Nuit", "scenario_message_header": "E"},
    "scenario_teams": [{"team_id": "t", "team_name": "DSI"}],
    "scenario_objectives": [{"objective_title": "Tenir"}],
    "scenario_variables": [{"variable_key": "a", "variable_value": "b"}],
    "scenario_workflow": {"workflow_steps": [{"step_id": "s"}]},
    "scenario_injects": [
        {"inject_id": "i", "inject_title": "a", "inject_depends_duration": 60,
         "inject_type": "openaev_email", "inject_teams": ["t"], "inject_depends_on": [],
         "inject_content": {"subject": "s", "body": "<p>b</p>", "expectations": [
             {"expectation_name": "e", "expectation_score": 10,
              "expectation_expiration_time": 60}]}},
    ],
}  # fmt: skip
_CEXF: dict[str, Any] = {
    "exercise": {"name": "x", "total_duration": "60", "meta": {"level": "beginner", "hygie": {}}},
    "inject_flow": [
        {"inject_uuid": "a", "requirements": {"inject_uuid": "b"},
         "sequence": {"followed_by": ["b"]}, "timing": {"triggered_at": 5}},
    ],
    "inject_payloads": [{"uuid": "p", "parameters": {"content": "t", "filename": "f"}}],
    "injects": [
        {"uuid": "a", "name": "n", "action": "email_to_participants",
         "action_payload_resource_uuid": "p",
         "inject_evaluation": [{"result": "r", "score_range": [0, 10]}]},
        {"uuid": "b", "name": "m", "action": "", "description": "d"},
    ],
}  # fmt: skip


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Jour", "Horaire", "Destinataires", "Sujet", "Points", "Délai"])
    sheet.append(["Jour 1", dt.time(9, 5), "DSI, Tous", "a", 5, dt.timedelta(minutes=5)])
    sheet.append([2, 1430, "- DSI\n- Com", "b", None, "1h30"])
    sheet.append([dt.date(2026, 5, 12), "9h-9h30", "Com", "c", 1.5, 30])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_SHEET = _sheet()
_TEXT = "Horaire;Destinataires;Sujet\n9h05;DSI, Com;L'été\nJour 2 – 14h30;Tous;b\n"


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _places(one, (*path, name))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from _places(one, (*path, rank))


def _with(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    changed = copy.deepcopy(document)
    at = changed
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return changed


def _answers(path: Path) -> None:
    """Each door gives a result or a refusal that names its file."""
    for start in (None, _START):
        try:
            found = read_exercise(path, start=start)
        except FileRefused as refused:
            assert refused.message.file == path.name or refused.message.file.startswith(path.name)
        else:
            assert isinstance(found.scenario, ScenarioRecord)
    try:
        preview(path)
    except FileRefused as refused:
        assert refused.message.code
    with path.open("rb") as stream:
        assert likely_format(stream)


@pytest.mark.parametrize("document", [_OPENAEV, _CEXF], ids=["openaev", "cexf"])
def test_no_value_of_another_type_breaks_a_json_reader(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for place in _places(document):
        for value in _ODD:
            path.write_text(json.dumps(_with(document, place, value)), "utf-8")
            _answers(path)


@settings(max_examples=120, deadline=None)
@given(
    content=st.sampled_from(
        [_SHEET, _TEXT.encode("cp1252"), _TEXT.encode("utf-16"),
         json.dumps(_OPENAEV).encode(), json.dumps(_CEXF).encode()]
    ),
    end=st.floats(0, 1), at=st.floats(0, 1), data=st.binary(max_size=8),
)  # fmt: skip
def test_no_cut_and_no_flipped_byte_breaks_a_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, end: float, at: float, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("x") / "a.bin"
    place, kept = int(at * len(content)), int(end * len(content))
    path.write_bytes((content[:place] + data + content[place + len(data) :])[: kept + 1])
    _answers(path)


@settings(max_examples=120, deadline=None)
@given(
    number=st.sampled_from(["NaN", "inf", "-1", "1e400", "99999999999", "0.5", "", "x"]),
    kind=st.sampled_from(["", ' t="s"', ' t="d"', ' t="b"', ' t="e"', ' t="str"']),
    column=st.sampled_from("ABCDEF"), row=st.integers(1, 4),
)  # fmt: skip
def test_no_odd_cell_breaks_the_reader_of_sheets(
    tmp_path_factory: pytest.TempPathFactory, number: str, kind: str, column: str, row: int
) -> None:
    path = tmp_path_factory.mktemp("x") / "a.xlsx"
    odd = f'<c r="{column}{row}"{kind}><v>{number}</v></c>'
    with (
        zipfile.ZipFile(io.BytesIO(_SHEET)) as source,
        zipfile.ZipFile(path, "w") as target,
    ):
        for member in source.namelist():
            content = source.read(member)
            if member.endswith("sheet1.xml"):
                text = content.decode().replace("</row>", f"{odd}</row>", row)
                content = text.encode()
            target.writestr(member, content)
    _answers(path)
