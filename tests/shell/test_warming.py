"""Are kernels made ready once, and can their failure stop a page server?"""

from pathlib import Path

import pytest

from hygie.shell.warming import kernels_warm


def test_each_engine_is_asked_in_order(tmp_path: Path) -> None:
    asked: list[str] = []
    kernels_warm([lambda: asked.append("first"), lambda: asked.append("second")], tmp_path)
    assert asked == ["first", "second"]


def test_a_failure_is_told_in_the_log_and_goes_no_further(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise OSError("no room")

    kernels_warm([broken], tmp_path)
    assert "no room" in caplog.text


def test_a_folder_that_cannot_be_written_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kernels_warm([], tmp_path / "absent")
    assert "at their first use" in caplog.text
