"""Messages carry a closed code, exactly its parameters, and nothing that hurts a page."""

import json
import re
from pathlib import Path

import pytest

import hygie.connectors
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.message_parameters import MESSAGE_PARAMETERS
from hygie.connectors.messages import Message, Report, Severity, refusal


def test_every_code_documents_its_parameters() -> None:
    assert set(MESSAGE_PARAMETERS) == set(MessageCode)
    assert all(re.fullmatch(r"[a-z_]{4,60}", code) for code in MessageCode)


def test_every_code_is_used_by_a_reader() -> None:
    folder = Path(hygie.connectors.__path__[0])
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
        if path.name not in {"message_codes.py", "message_parameters.py"}
    )
    assert [code.name for code in MessageCode if f"MessageCode.{code.name}" not in sources] == []


def test_a_message_takes_its_own_parameters_only() -> None:
    with pytest.raises(ValueError, match="file_too_large"):
        Message(Severity.ERROR, MessageCode.FILE_TOO_LARGE, {"size": 3})
    message = refusal(MessageCode.FILE_TOO_LARGE, file="a.csv", size=3, limit=2).message
    assert json.loads(json.dumps(dict(message.params))) == {"size": 3, "limit": 2}


def test_a_text_of_the_file_is_cut_and_printable() -> None:
    message = Message(
        Severity.ERROR,
        MessageCode.CELL_NOT_DATE,
        {"value": "\x1b[31m" + "x" * 10_000},
        field="f" * 500,
    )
    value = message.params["value"]
    assert isinstance(value, str) and len(value) == 200 and value.isprintable()
    assert len(message.field) == 80


def test_a_report_keeps_the_first_messages_and_counts_all() -> None:
    report = Report("a.csv", kept_per_code=2)
    for row in range(5):
        report.warning(MessageCode.CELL_EMPTY, row=row, field="x")
    assert [m.row for m in report.of(MessageCode.CELL_EMPTY)] == [0, 1]
    assert report.not_kept == {MessageCode.CELL_EMPTY: 3}
    assert not report.has_errors
    report.error(MessageCode.CELL_EMPTY)
    assert report.has_errors
