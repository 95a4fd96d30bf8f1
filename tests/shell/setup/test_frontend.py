"""The pages' libraries: from the lock file, complete, whole or not at all."""

import json
import re
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from hygie.shell.setup import frontend, npm
from hygie.shell.setup.frontend import VENDOR, frontend_prepare
from hygie.shell.setup.icons import icon_names, sprite_build
from hygie.shell.setup.speech import SetupRefused
from hygie.shell.setup.vendor import PACKAGES

REPOSITORY = Path(__file__).resolve().parents[3]

# Lays what a real npm would: every listed file, holding its own name.
STAND_IN = """
import os, sys, json
from pathlib import Path
if os.environ.get("STAND_IN") == "fails":
    print("npm error code ENOTFOUND", file=sys.stderr)
    sys.exit(1)
assert sys.argv[1:3] == ["ci", "--ignore-scripts"], sys.argv
for name in json.loads({files!r}):
    if os.environ.get("STAND_IN") == "short" and name.endswith("echarts.common.min.js"):
        continue
    if "--omit=dev" in sys.argv and name.startswith("axe-core/"):
        continue
    path = Path("node_modules", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(name)
Path("node_modules/bootstrap-icons/icons").mkdir(parents=True)
Path("node_modules/bootstrap-icons/icons/gear.svg").write_text(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M8"/></svg>'
)
"""


@pytest.fixture
def design(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A design folder of its own, and a stand-in for npm that counts its runs."""
    files = [f"{p.name}/{name}" for p in PACKAGES for name in (*p.files, *p.licences)]
    script = tmp_path / "npm.py"
    script.write_text(STAND_IN.format(files=json.dumps(files)))
    folder = tmp_path / "design"
    folder.mkdir()
    (folder / "icons.txt").write_text("gear\n")
    vendor = folder / "static" / "vendor"
    monkeypatch.setattr(frontend, "DESIGN", folder)
    monkeypatch.setattr(frontend, "VENDOR", vendor)
    monkeypatch.setattr(frontend, "STAMP", vendor / ".stamp.json")
    monkeypatch.setattr(frontend, "npm_command", lambda _tools: [sys.executable, str(script)])
    monkeypatch.setenv("HYGIE_VENV", str(tmp_path / "venv"))
    monkeypatch.setenv("HYGIE_LANGUAGE", "en")
    return folder


def test_the_listed_files_their_licences_and_the_icons_are_copied(design: Path) -> None:
    frontend_prepare(with_tests=True)
    vendor = design / "static" / "vendor"
    for package in PACKAGES:
        for name in (*package.files, *package.licences):
            assert (vendor / package.folder / Path(name).name).is_file()
    assert 'id="gear"' in (vendor / "icons" / "icons.svg").read_text()


def test_a_second_set_up_asks_npm_for_nothing(
    design: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frontend_prepare()
    monkeypatch.setenv("STAND_IN", "fails")
    frontend_prepare()
    assert not (design / "static" / "vendor" / "axe-core").exists()


def test_a_new_icon_or_the_tests_ask_for_more_and_a_demo_then_keeps_it(design: Path) -> None:
    frontend_prepare()
    (design / "icons.txt").write_text("")
    frontend_prepare()
    assert "gear" not in (design / "static/vendor/icons/icons.svg").read_text()
    frontend_prepare(with_tests=True)
    (design / "icons.txt").write_text("gear")
    frontend_prepare()
    assert (design / "static/vendor/axe-core/axe.min.js").exists()


@pytest.mark.parametrize(
    ("fault", "said"), [("fails", "ENOTFOUND"), ("short", "no longer holds dist/echarts")]
)
def test_a_failure_is_told_and_the_former_files_stand(
    design: Path, monkeypatch: pytest.MonkeyPatch, fault: str, said: str
) -> None:
    frontend_prepare()
    (design / "icons.txt").write_text("# changed\n\ngear # used by the menu\ngear\nbell")
    monkeypatch.setenv("STAND_IN", fault)
    with pytest.raises(SetupRefused, match=re.escape(said)):
        frontend_prepare()
    assert (design / "static/vendor/echarts/echarts.common.min.js").is_file()
    assert 'id="gear"' in (design / "static/vendor/icons/icons.svg").read_text()


def test_an_unknown_icon_is_named(design: Path) -> None:
    (design / "icons.txt").write_text("gear\nnot-an-icon\n")
    with pytest.raises(SetupRefused, match="no icon named 'not-an-icon'"):
        frontend_prepare()


def test_a_line_that_is_no_icon_name_is_refused_with_its_number(tmp_path: Path) -> None:
    listing = tmp_path / "icons.txt"
    listing.write_text("gear\n../../etc/passwd\n")
    with pytest.raises(SetupRefused) as refusal:
        icon_names(listing)
    assert "line 2" in refusal.value.english
    assert "ligne 2" in refusal.value.french


def test_a_drawing_without_view_box_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gear.svg").write_text("<svg><path/></svg>")
    with pytest.raises(SetupRefused):
        sprite_build(["gear"], tmp_path)


def test_an_installed_wheel_needs_no_npm_but_its_files(
    design: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontend, "checkout_find", lambda: None)
    with pytest.raises(SetupRefused):
        frontend_prepare()
    (design / "static" / "vendor").mkdir(parents=True)
    (design / "static" / "vendor" / ".stamp.json").touch()
    frontend_prepare()


def test_without_npm_offline_forbids_to_install_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setenv("HYGIE_OFFLINE", "1")
    monkeypatch.setenv("HYGIE_LANGUAGE", "en")
    with pytest.raises(SetupRefused, match="npm is not found"):
        npm.npm_command(tmp_path)


def test_an_npm_too_old_for_the_lock_file_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "npm"
    old.write_text("#!/bin/sh\necho 6.14.4\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin:/usr/sbin")
    monkeypatch.setattr(npm.shutil, "which", lambda name: str(old) if name == "npm" else None)
    monkeypatch.setenv("HYGIE_OFFLINE", "1")
    with pytest.raises(SetupRefused):
        npm.npm_command(tmp_path)


def test_the_lock_names_no_registry_and_fixes_every_version() -> None:
    package = json.loads((REPOSITORY / "package.json").read_text())
    text = (REPOSITORY / "package-lock.json").read_text()
    assert '"resolved"' not in text
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = json.loads(text)["packages"]
    for name, entry in locked.items():
        assert not name or entry["integrity"].startswith("sha512-"), name
        assert not entry.get("hasInstallScript"), name
    assert all(f"node_modules/{p.name}" in locked for p in PACKAGES)


def test_the_real_files_are_found_and_collected_under_hashed_names(tmp_path: Path) -> None:
    for package in PACKAGES:
        for name in package.files:
            assert finders.find(f"vendor/{package.folder}/{Path(name).name}"), name
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "hygie.foundation.design.staticfiles.HygieStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=str(tmp_path), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    style = tmp_path / names["vendor/bootstrap/bootstrap.min.css"]
    # Byte for byte what the registry signed, the source map's remark included.
    assert style.read_bytes() == (VENDOR / "bootstrap" / "bootstrap.min.css").read_bytes()
    assert style.with_name(style.name + ".gz").is_file()
    assert not list(tmp_path.rglob("*.br"))
